"""What was made of a report, and whether it still says what the data say: by the facts part of each Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from generator.border.refused import RefusedError
from generator.document.nodes import Meta
from generator.saving import untouched
from generator.word.read import read_facts_part
from generator.workspace import WorkspaceError, changed_at, read_bytes

WordState = Literal["none", "current", "stale", "edited", "stale and edited"]


@dataclass(frozen=True, slots=True)
class Word:
    """A finished Word file. `said`: what its facts part says of the whole, empty for a copy for publication."""

    path: Path
    at: datetime
    said: dict[str, str]
    untouched: bool

    def is_of(self, meta: Meta) -> bool:
        mine = (meta.pack, meta.author, meta.year)
        return bool(self.said) and mine == tuple(self.said.get(word, "") for word in ("pack", "unit", "year"))

    def state(self, meta: Meta) -> WordState:
        current = (self.said.get("inputs"), self.said.get("version")) == (meta.input_hash, meta.pack_version)
        if current:
            return "current" if self.untouched else "edited"
        return "stale" if self.untouched else "stale and edited"


class MadeFiles:
    """Each file is read once, and again when it has changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Word]] = {}

    def newest(self, files: Sequence[Path], meta: Meta) -> Word | None:
        """The newest Word file of this report. `files`: the newest first."""
        words = (self._word(file) for file in files if file.suffix.lower() == ".docx")
        return next((one for one in words if one is not None and one.is_of(meta)), None)

    def _word(self, file: Path) -> Word | None:
        try:
            changed = changed_at(file)
            known = self._known.get(file)
            if known is None or known[0] != changed:
                at = datetime.fromtimestamp(changed[0] / 1e9).astimezone()
                self._known[file] = known = changed, Word(file, at, _said(file), untouched(file))
            return known[1]
        except WorkspaceError:
            return None


def _said(file: Path) -> dict[str, str]:
    try:
        facts = read_facts_part(read_bytes(file))
    except (RefusedError, ValueError):
        return {}
    return dict(facts.document) if facts is not None else {}
