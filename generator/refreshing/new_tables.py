"""What each generated table has become in the new version, read only where two of them have to be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.refreshing.row_pairs import in_order
from generator.word.facts_part import FactsPart
from generator.word_file.blocks import Block, name_of, pieces_of, table_of
from generator.word_file.paragraph import w


@dataclass(slots=True)
class NewTables:
    """`blocks`: mark of a table as it was generated → the fresh one; `fresh`: the facts of the new version. Without
    them nothing has changed."""

    was: FactsPart
    blocks: Mapping[str, Block] = field(default_factory=dict)
    fresh: FactsPart | None = None
    _names: dict[str, frozenset[str]] = field(default_factory=dict)
    _rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _turned: dict[str, dict[int, int]] = field(default_factory=dict)

    def names(self, mark: str) -> frozenset[str]:
        """Of the facts whose figures stand in the table."""
        if mark not in self._names:
            paragraphs = self.blocks[mark].element.iter(w("p")) if mark in self.blocks else ()
            found = (figure for one in paragraphs for _, figure in pieces_of(one) if figure)
            self._names[mark] = frozenset(name_of(self.fresh, one) for one in found) if self.fresh else frozenset()
        return self._names[mark]

    def rows(self, mark: str) -> tuple[str, ...]:
        if mark not in self._rows:
            block = self.blocks.get(mark)
            self._rows[mark] = tuple(row.text() for row in block.rows()) if block is not None else ()
        return self._rows[mark]

    def row(self, mark: str, old: int) -> str | None:
        """What a generated row reads now; None when it is no more."""
        table = table_of(self.was, mark)
        if mark not in self._turned:
            self._turned[mark] = in_order(table.rows, self.rows(mark)) if table is not None else {}
        new = self._turned[mark].get(old)
        return None if new is None else self.rows(mark)[new]
