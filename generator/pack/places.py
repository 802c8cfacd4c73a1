"""Where packs are found: those inside the program, and folders that an office adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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

    def find(self, name: str) -> Path | None:
        for folder in self.folders:
            if (folder / name / "pack.yaml").is_file():
                return folder / name
        return None


def pack_names(roots: PackRoots) -> tuple[str, ...]:
    return tuple(sorted(set(_names(roots))))


def _names(roots: PackRoots) -> Iterator[str]:
    for root in roots.folders:
        if root.is_dir():
            yield from (folder.name for folder in list_folders(root) if (folder / "pack.yaml").is_file())
