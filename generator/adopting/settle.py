"""One value for each field: what several places say alike, or nothing.

Rows that stand in several chapters are put together. Figures that contradict a change printed beside them, and texts
or figures of which two places say different things, stay out and are told.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from generator.adopting.gathered import Lifted, Rows
from generator.form.fields import Field
from generator.quantity import MONEY_UNITS

_MAJORITY = 2
_LIKE = 0.85


@dataclass(frozen=True, slots=True)
class Value:
    """What goes into a field. `text` with its unit; `places`: where it stands in the old report."""

    field: Field
    rows: Rows
    text: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What stays out: `said`, each with its place."""

    label: str
    said: tuple[tuple[str, str], ...]
    why: str


@dataclass(slots=True)
class Settled:
    values: dict[tuple[str, Rows], Value] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[Lifted] = field(default_factory=list)


def settle(lifted: Sequence[Lifted], checks: Sequence[Lifted]) -> Settled:
    settled = Settled()
    groups: dict[tuple[str, Rows], list[Lifted]] = defaultdict(list)
    for one in _rows_together(lifted, settled):
        groups[one.slot.path, one.rows].append(one)
    for (path, rows), found in groups.items():
        kept = _agreed(found)
        if kept is None:
            first = found[0].slot.field
            assert first is not None
            said = tuple(dict.fromkeys((one.text, one.where) for one in found))
            settled.doubts.append(Doubt(first.label, said, "几处写的不一样"))
            settled.left_out.extend(found)
            continue
        best = kept[0]
        assert best.slot.field is not None
        places = tuple(dict.fromkeys(one.where for one in kept))
        settled.values[path, rows] = Value(best.slot.field, rows, _typed(best), places)
        settled.left_out.extend(one for one in found if one not in kept)
    return settled


def _agreed(found: Sequence[Lifted]) -> list[Lifted] | None:
    """Those that say the same, the most exact first; None when they do not agree."""
    number = number_of(found[0])
    if number is not None:
        numbers = [number_of(one) for one in found]
        order = sorted(range(len(found)), key=lambda at: numbers[at][1] if numbers[at] else Decimal(0))  # type: ignore[index]
        exact = numbers[order[0]]
        assert exact is not None
        if all(one is not None and abs(one[0] - exact[0]) <= max(one[1], exact[1]) for one in numbers):
            return [found[at] for at in order]
        return None
    said = Counter(_same(one.text) for one in found)
    (most, count), *others = said.most_common()
    if others and count < _MAJORITY * others[0][1]:
        longest = max(found, key=lambda one: len(one.text))
        if all(_ratio(one.text, longest.text) >= _LIKE for one in found) and len(longest.text) > 20:
            return [longest, *(one for one in found if one is not longest)]
        return None
    return [one for one in found if _same(one.text) == most]


def number_of(one: Lifted) -> tuple[Decimal, Decimal] | None:
    """Value and half of its last digit, money in 元; None for words."""
    if one.slot.field is None and one.slot.quantity is None:
        return None
    if one.slot.field is not None and one.slot.field.kind not in ("金额", "个数", "数值", "百分比"):
        return None
    match = re.search(r"-?\d[\d,]*(?:\.\d+)?", _half(one.text))
    if match is None:
        return None
    value = Decimal(match[0].replace(",", ""))
    exponent = value.as_tuple().exponent
    scale = MONEY_UNITS.get(_unit(one.unit), Decimal(1))
    half = Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)
    return value * scale, half * scale


def _half(text: str) -> str:
    import unicodedata

    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _typed(one: Lifted) -> str:
    number = number_of(one)
    if number is None:
        text = one.text.replace("**", "")
        if one.slot.field is not None and one.slot.field.kind == "日期":
            return _half(text)
        return text if one.slot.field is not None and one.slot.field.kind == "长文" else text.strip("，；：。")
    match = re.search(r"-?\d[\d,]*(?:\.\d+)?", _half(one.text))
    assert match is not None
    digits = match[0].replace(",", "")
    unit = _unit(one.unit)
    return digits + ("" if unit in ("万元", "%", "") else unit)


def _unit(unit: str) -> str:
    return f"{unit}元" if unit in ("万", "亿") else unit


def _same(text: str) -> str:
    return re.sub(r"[\s。，；：、“”*]", "", _half(text)).lower()


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, _same(one), _same(other), autojunk=False).ratio()


# -- rows -------------------------------------------------------------------------------------------------------------
def _rows_together(lifted: Sequence[Lifted], settled: Settled) -> list[Lifted]:
    """Rows without a name are counted in each chapter; the chapter with most of them counts, what another has too is
    the same row when its words are."""
    seen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in lifted:
        for path, row in one.rows:
            if row[0] == "P" and row not in seen[path][row.partition(".")[0]]:
                seen[path][row.partition(".")[0]].append(row)
    renamed: dict[tuple[str, str], str | None] = {}
    words = _words_of_rows(lifted)
    for path, chapters in seen.items():
        if len(chapters) < 2:
            continue
        main = max(chapters, key=lambda one: len(chapters[one]))
        for chapter, rows in chapters.items():
            if chapter != main:
                for row in rows:
                    renamed[path, row] = _twin(words[path, row], path, chapters[main], words)
    kept: list[Lifted] = []
    for one in lifted:
        now = tuple((path, renamed.get((path, row), row) or "") for path, row in one.rows)
        if all(row for _, row in now):
            kept.append(replace(one, rows=now))
        else:
            settled.left_out.append(one)
    return kept


def _words_of_rows(lifted: Iterable[Lifted]) -> Mapping[tuple[str, str], str]:
    words: dict[tuple[str, str], str] = defaultdict(str)
    for one in lifted:
        for path, row in one.rows:
            words[path, row] += one.text
    return words


def _twin(text: str, path: str, rows: Sequence[str], words: Mapping[tuple[str, str], str]) -> str | None:
    return next((row for row in rows if _ratio(words[path, row], text) >= _LIKE), None)
