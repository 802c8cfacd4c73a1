"""Whether two files whose units have different names are versions of one report: a unit that was renamed.

The unit's name aside, two versions of one report say nearly the same; another unit of the same place and pack does not.
Measured: a report with a reason, three figures and the name corrected shares 99 % of its characters and 94 % of its
figures with the earlier one; two bureaus of one district 34 % and 1 %, a bureau and its own next year 39 % and 16 %.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from generator.word.facts_part import FactsPart
from generator.word_file.align import words_in

_ENOUGH_TEXT, _ENOUGH_FIGURES = 60, 50
_NAME = "\0"


class Likeness(NamedTuple):
    """`text`: percent of the earlier version's characters in lines that the other one has too; `figures`: percent of
    its typed figures, zeros aside, that are the same; 100 where there are none."""

    text: int
    figures: int

    @property
    def of_one_unit(self) -> bool:
        return self.text >= _ENOUGH_TEXT and self.figures >= _ENOUGH_FIGURES


def likeness_of(old: FactsPart, new: FactsPart) -> Likeness:
    before, after = _lines(old), _lines(new)
    all_of = sum(len(line) * count for line, count in before.items())
    same = sum(len(line) * min(count, after[line]) for line, count in before.items())
    typed = {fact.name: fact.value for fact in old.figures.values() if not fact.operation and fact.value}
    now = {fact.name: fact.value for fact in new.figures.values()}
    equal = sum(now.get(name) == value for name, value in typed.items())
    return Likeness(_percent(same, all_of), _percent(equal, len(typed)))


def renamed(old: FactsPart, new: FactsPart) -> bool:
    """Whether both tell their unit, and tell two names."""
    one, other = old.document.get("unit", ""), new.document.get("unit", "")
    return bool(one and other) and one != other


def _lines(facts: FactsPart) -> Counter[str]:
    unit = facts.document.get("unit", "")
    written = [words_in(pieces) for pieces in (*facts.written, *facts.beside)]
    rows = [row for table in facts.tables for row in table.rows]
    return Counter(line.replace(unit, _NAME) if unit else line for line in (*written, *rows) if line.strip())


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 100
