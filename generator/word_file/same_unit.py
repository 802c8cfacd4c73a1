"""Whether two files whose units have different names are versions of one report: a unit that was renamed.

The unit's name aside, two versions of one report say nearly the same; another unit of the same place and pack does not.
Measured: a report with a reason, three figures and the name corrected shares 99 % of its characters and 94 % of its
figures with the earlier one; two bureaus of one district 34 % and 1 %, a bureau and its own next year 39 % and 16 %.
Names that begin with different places are two units whatever they share.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from generator.word.facts_part import FactsPart
from generator.word_file.align import words_in

_ENOUGH_TEXT, _ENOUGH_FIGURES = 60, 50
_NAME = "\0"
_PLACE = re.compile("([一-龥]{2,7}?)(?:自治区|自治州|自治县|地区|省|市|州|盟|区|县|旗)")
_PLACES = re.compile(f"(?:{_PLACE.pattern})+")


class Likeness(NamedTuple):
    """`place`: whether both names begin with the same place, or one of them with none; `text`: percent of the earlier
    version's characters in lines that the other one has too; `figures`: percent of its typed figures, zeros aside, that
    are the same; 100 where there are none."""

    place: bool
    text: int
    figures: int

    @property
    def of_one_unit(self) -> bool:
        return self.place and self.text >= _ENOUGH_TEXT and self.figures >= _ENOUGH_FIGURES


def likeness_of(old: FactsPart, new: FactsPart) -> Likeness:
    before, after = _lines(old), _lines(new)
    all_of = sum(len(line) * count for line, count in before.items())
    same = sum(len(line) * min(count, after[line]) for line, count in before.items())
    typed = {fact.name: fact.value for fact in old.figures.values() if not fact.operation and fact.value}
    now = {fact.name: fact.value for fact in new.figures.values()}
    equal = sum(now.get(name) == value for name, value in typed.items())
    places = (_place(facts.document.get("unit", "")) for facts in (old, new))
    return Likeness(_same_place(*places), _percent(same, all_of), _percent(equal, len(typed)))


def renamed(old: FactsPart, new: FactsPart) -> bool:
    """Whether both tell their unit, and tell two names."""
    one, other = old.document.get("unit", ""), new.document.get("unit", "")
    return bool(one and other) and one != other


def _place(unit: str) -> list[str]:
    """«自贡市贡井区医疗保障局» → 自贡, 贡井; whether a 县 has become a 区 does not matter."""
    begins = _PLACES.match(unit)
    return _PLACE.findall(begins[0]) if begins else []


def _same_place(one: list[str], other: list[str]) -> bool:
    return not one or not other or one[-1] == other[-1]


def _lines(facts: FactsPart) -> Counter[str]:
    unit = facts.document.get("unit", "")
    written = [words_in(pieces) for pieces in (*facts.written, *facts.beside)]
    rows = [row for table in facts.tables for row in table.rows]
    return Counter(line.replace(unit, _NAME) if unit else line for line in (*written, *rows) if line.strip())


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 100
