"""Which of several files of an input holds what: so that each keeps its own, and what is new goes to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.filling.nothing_said import is_blank
from generator.form.sources import Cell, Listing, Section, Source
from generator.form.value_reading import money_unit
from generator.quantity import MONEY_UNITS


class Files:
    """Files by their number in `sources`, entries by their path in the form («单位.名称»); rows are not looked into.

    `year_path`: where the year is typed. `units`: 金额单位 by file name; a file that does not say takes the one of the
    others.
    """

    def __init__(self, sources: Sequence[Source], year_path: str) -> None:
        self._named: dict[str, int] = {}
        """Path → the first file that names it."""
        self._filled: dict[str, int] = {}
        """Path → the first file where something is typed."""
        for number, source in enumerate(sources):
            self._note(source.root, "", number)
        self._first = self._named.get("报告", self._named.get(year_path, 0))
        self.units = _units(sources)

    def _note(self, section: Section, path: str, number: int) -> None:
        for name, written in section.entries.items():
            inner = f"{path}.{name}" if path else name
            self._named.setdefault(inner, number)
            if isinstance(written, Section):
                self._note(written, inner, number)
            elif (isinstance(written, Cell) and not is_blank(written)) or (
                isinstance(written, Listing) and written.items
            ):
                self._filled.setdefault(inner, number)

    def names(self, path: str) -> bool:
        """Whether any file does."""
        return path in self._named

    def holds(self, number: int, path: str) -> bool:
        """Whether an entry is this file's: the first where something is typed, else the first that names it."""
        return self._filled.get(path, self._named.get(path, number)) == number

    def is_home(self, number: int, path: str) -> bool:
        """Whether this file takes what is new in a group; at the top, "", the file that names the report."""
        return (self._named.get(path, self._first) if path else self._first) == number


def _units(sources: Sequence[Source]) -> dict[str, str]:
    units: dict[str, str] = {}
    for source in sources:
        cell = source.root.entries.get("金额单位")
        if isinstance(cell, Cell) and not is_blank(cell):
            units[source.file] = money_unit(cell.text or "")
    common = next((unit for unit in units.values() if unit in MONEY_UNITS), "元")
    return {source.file: units.get(source.file, common) for source in sources}
