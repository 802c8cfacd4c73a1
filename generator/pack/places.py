"""Where packs are found: those inside the program, and folders that an office adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.border.pack_names import is_pack_name
from generator.workspace import list_folders


def built_in_packs() -> Path:
    """The packs that travel with the program: inside the wheel, or the checkout's templates/."""
    inside = Path(__file__).resolve().parent.parent / "_templates"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class PackRoots:
    """Folders that hold packs; an office's own come first, so that they may replace a pack of the same name."""

    folders: tuple[Path, ...]

    @classmethod
    def with_own(cls, own: Sequence[Path] = ()) -> PackRoots:
        return cls((*own, built_in_packs()))

    @property
    def own(self) -> tuple[Path, ...]:
        """Without the folder that travels with the program."""
        return tuple(folder for folder in self.folders if folder != built_in_packs())

    def find(self, name: str) -> Path | None:
        """The folder of the pack called so: looked up among those that are there, whatever `name` is."""
        return next((folder for folder in _packs(self) if folder.name == name), None)


def pack_names(roots: PackRoots) -> tuple[str, ...]:
    return tuple(sorted({folder.name for folder in _packs(roots)}))


def _packs(roots: PackRoots) -> Iterator[Path]:
    for root in roots.folders:
        for folder in list_folders(root) if root.is_dir() else ():
            if is_pack_name(folder.name) and (folder / "pack.yaml").is_file():
                yield folder
