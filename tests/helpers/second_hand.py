"""A second computation, apart from the product: its own reading of the .docx, of the YAML texts and its own arithmetic.

Of each figure that a document prints it follows the history written in the file (operation, operands, places) down to
the typed words at the named lines, works the value out in fractions, and compares it, rounded once, with the digits
that stand there; and the last word of growth or decline before a change with the sign of that change.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SCALES = {"亿元": 10**8, "万元": 10**4, "千元": 1000, "元": 1}
UP = ("增加", "增长", "上升", "提高", "增收", "增支", "增幅", "扩大")
DOWN = ("减少", "下降", "降低", "减收", "减支", "降幅", "缩小")
_TURN = re.compile("|".join((*UP, *DOWN)))
_DIGITS = re.compile(r"-?[\d,]+(?:\.\d+)?")


class UnknownError(Exception):
    """The history does not lead to a number; the message says where it ends."""


@dataclass
class Told:
    name: str
    unit: str
    place: str
    by: str
    of: list[str]


@dataclass
class Print:
    figure: str
    text: str
    before: str
    after: str
    table: bool
    around: str
    """Words that may name the table's unit."""


def _total(p: list[Fraction]) -> Fraction:
    return sum(p, Fraction(0))


_WORKED_OUT: dict[str, Callable[[list[Fraction]], Fraction]] = {
    **dict.fromkeys(("Σ", "+"), _total),
    "-": lambda p: p[0] - p[1],
    "－1": lambda p: p[0] - 1,
    "neg": lambda p: -p[0],
    "abs": lambda p: abs(p[0]),
    "÷": lambda p: p[0] / p[1],
    **dict.fromkeys(("占比", "完成率", "反向完成率"), lambda p: p[0] / p[1] * 100),
    "增幅": lambda p: (p[0] - p[1]) / abs(p[1]) * 100,
    **dict.fromkeys(("=", "满分≥", "满分≤", "满分="), lambda p: p[0]),
    "定性得分": lambda p: p[0] * p[1] / 100,
    **dict.fromkeys(("比例得分", "执行率得分", "反比得分"), lambda p: p[0] * p[1] / p[2]),
    **dict.fromkeys(("不得分", "执行率过低"), lambda p: Fraction(0)),
    "未发生": lambda p: Fraction(100),
}


@dataclass
class History:
    """What one document says of its figures, and what the typed texts say."""

    told: dict[str, Told]
    prints: list[Print]
    typed: dict[tuple[str, int], list[tuple[str, str]]]
    units: dict[str, int]
    trees: dict[str, object]
    """All files as one tree."""
    rules: list[dict[str, Any]]
    """scoring.yaml of the pack and of those that it stands on."""
    year: int
    _known: dict[str, Fraction] = field(default_factory=dict)

    def value(self, key: str) -> Fraction:
        if key not in self._known:
            self._known[key] = self._worked_out(self.told[key])
        return self._known[key]

    def _worked_out(self, one: Told) -> Fraction:
        if not one.by:
            return self._typed(one)
        operation, _, places = one.by.partition("·")
        parts = [self.value(operand) for operand in one.of]
        made = self._operation(operation, parts, one)
        return rounded(made, int(places)) if places else made

    def _operation(self, operation: str, parts: list[Fraction], one: Told) -> Fraction:
        if operation == "公布数":
            return self._published(one.of[0])
        if operation not in _WORKED_OUT:
            raise UnknownError(f"{one.name}: {operation}?")
        return _WORKED_OUT[operation](parts)

    def _published(self, key: str) -> Fraction:
        """A figure as it is printed; one that is not printed, in 万元 to two places."""
        for one in self.prints:
            if one.figure == key:
                size = number(one.text) * self.scale(one, key)
                return size if self.value(key) >= 0 else -abs(size)
        return rounded(self.value(key) / 10**4, 2) * 10**4

    def scale(self, one: Print, key: str) -> int:
        if self.told[key].unit != "元":
            return 1
        if not one.table:
            return next((size for word, size in SCALES.items() if one.after.startswith(word)), 0)
        return next((size for word, size in SCALES.items() if word in one.around), 0)

    def _typed(self, one: Told) -> Fraction:
        if one.name.endswith(".行数"):
            return Fraction(self._rows(one.name.removesuffix(".行数")))
        if one.place.endswith("scoring.yaml"):
            return self._rule(one)
        where = re.fullmatch(r"(\S+\.yaml) 第(\d+)行", one.place)
        if where is None:
            raise UnknownError(f"{one.name}: neither made of others nor typed ({one.place or 'no place'})")
        file, column = where[1], re.split(r"[.\]]", one.name)[-1]
        tier = re.fullmatch(r"档次“(.*)”", column)
        if tier:
            return self._tier(tier[1])
        found = [text for key, text in self.typed.get((file, int(where[2])), ()) if key == column]
        if len(found) > 1:
            raise UnknownError(f"{one.name}: at {one.place} stand {found}")
        scale = self.units[file] if one.unit == "元" else 1
        return number(found[0].strip()) * scale if found else Fraction(0)  # nobody filled it in

    def _rows(self, name: str) -> int:
        """«单位构成[性质=行政单位]»: how many rows the typed list holds, of that kind."""
        path, _, chosen = name.partition("[")
        column, _, word = chosen.removesuffix("]").partition("=")
        rows: object = self.trees
        for part in path.split("."):
            rows = rows.get(part, []) if isinstance(rows, dict) else []
        return sum(not chosen or str(row.get(column, "")) == word for row in rows)  # type: ignore[attr-defined]

    def _rule(self, one: Told) -> Fraction:
        """A weight of the place's rules, of the year of the report."""
        word = one.name.partition(".")[2]
        for rules in self.rules:
            weights = rules.get("权重", {})
            for some in weights if isinstance(weights, list) else [weights]:
                if some and int(some.get("自", 0)) <= self.year <= int(some.get("至", 9999)) and word in some:
                    return number(some[word])
        raise UnknownError(f"{one.name}: no such weight")

    def _tier(self, word: str) -> Fraction:
        for rules in self.rules:
            for tier in rules.get("定性档次", ()):
                if tier["名"] == word:
                    return number(tier["缺省"])
        raise UnknownError(f"档次{word}: no such tier")


def number(text: str) -> Fraction:
    plain = text.replace(",", "").replace("，", "").removesuffix("%").strip()
    try:
        return Fraction(plain)
    except ValueError:
        raise UnknownError(f"“{text}” is no number") from None


def rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    size = abs(value) * 10**places
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)


# -- reading ----------------------------------------------------------------------------------------------------------
def history(texts: Mapping[str, str], docx: bytes) -> History:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        part = etree.fromstring(package.read("customXml/item1.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    typed: dict[tuple[str, int], list[tuple[str, str]]] = {}
    units: dict[str, int] = {}
    trees: dict[str, Any] = {}
    for name, text in texts.items():
        trees.update(yaml.load(text, yaml.BaseLoader))
        node = yaml.compose(text, yaml.SafeLoader)
        for key, value, line in _scalars(node):
            typed.setdefault((name, line), []).append((key, value))
            if key == "金额单位":
                units[name] = SCALES[value]
    told = {}
    for group in part:
        if etree.QName(group).localname in ("figures", "unprinted"):
            told.update({etree.QName(one).localname: _told(one) for one in group})
    _units_below(told)
    return History(told, list(_prints(body)), typed, units, trees, _rules(str(trees["报告"])), int(trees["年度"]))


def _rules(pack: str) -> list[dict[str, Any]]:
    found = []
    while pack:
        rules, head = TEMPLATES / pack / "scoring.yaml", TEMPLATES / pack / "pack.yaml"
        if rules.exists():
            found.append(yaml.load(rules.read_text("utf-8"), yaml.BaseLoader))
        pack = str(yaml.load(head.read_text("utf-8"), yaml.BaseLoader).get("上级", ""))
    return found


def _told(one: etree._Element) -> Told:
    words: dict[str, list[str]] = {}
    for child in one:
        words.setdefault(etree.QName(child).localname, []).append(child.text or "")
    name, unit, place, by = (words.get(key, [""])[0] for key in ("name", "unit", "place", "by"))
    return Told(name, unit, place, by, words.get("of", []))


_ALIKE = ("Σ", "+", "-", "=", "neg", "abs", "公布数")
_RATIOS = ("占比", "完成率", "增幅", "反向完成率", "比例得分", "反比得分", "执行率得分", "÷")


def _units_below(told: dict[str, Told]) -> None:
    """An operand that is not printed tells no unit: parts of a sum have the sum's, the two sides of a ratio agree."""
    waiting = True
    while waiting:
        waiting = False
        for one in told.values():
            parts = [told[key] for key in one.of]
            if one.by in _ALIKE:
                unit = one.unit or next((part.unit for part in parts if part.unit), "")
                alike = [one, *parts]
            elif one.by.partition("·")[0] in _RATIOS:
                alike = parts[-2:]
                unit = next((part.unit for part in alike if part.unit), "")
            else:
                continue
            for part in alike:
                if unit and not part.unit:
                    part.unit, waiting = unit, True


def _scalars(node: yaml.Node | None, key: str = "") -> Iterator[tuple[str, str, int]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalars(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, key)
    elif isinstance(node, yaml.ScalarNode):
        yield key, node.value, node.start_mark.line + 1


def _prints(body: etree._Element) -> Iterator[Print]:
    recent: list[str] = []
    for block in body.iter(f"{W}p", f"{W}tbl"):
        table = block if block.tag == f"{W}tbl" else None
        if table is None and next(block.iterancestors(f"{W}tbl"), None) is not None:
            continue
        if table is None:
            words = "".join(block.itertext(f"{W}t"))
            yield from _paragraph(block, False, "")
            recent = [*recent[-3:], words]
        else:
            around = " ".join((*recent, *("".join(row.itertext(f"{W}t")) for row in list(table.iter(f"{W}tr"))[:3])))
            for paragraph in table.iter(f"{W}p"):
                yield from _paragraph(paragraph, True, around)


def _paragraph(paragraph: etree._Element, table: bool, around: str) -> Iterator[Print]:
    text, open_marks, done = "", {}, []
    for element in paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if element.tag == f"{W}t":
            text += element.text or ""
        elif element.tag == f"{W}bookmarkStart":
            match = re.fullmatch(r"_(f\d+)_\d+", str(element.get(f"{W}name")))
            if match:
                open_marks[element.get(f"{W}id")] = (match[1], len(text))
        elif element.get(f"{W}id") in open_marks:
            key, start = open_marks.pop(element.get(f"{W}id"))
            done.append((key, start, len(text)))
    for key, start, end in done:
        yield Print(key, text[start:end], text[:start], text[end:], table, around)


# -- judging ----------------------------------------------------------------------------------------------------------
def wrong_prints(texts: Mapping[str, str], docx: bytes) -> tuple[int, list[str]]:
    """How many prints were worked out again, and what is wrong with them, one sentence each."""
    told = history(texts, docx)
    wrong, judged = [], 0
    for one in told.prints:
        fact = told.told[one.figure]
        try:
            value = told.value(one.figure)
        except (UnknownError, ZeroDivisionError) as error:
            wrong.append(f"{fact.name}: {error}")
            continue
        digits = _DIGITS.search(one.text)
        if digits is None:
            if value != 0 and rounded(value, 2) != 0 and one.text not in ("", "—"):
                wrong.append(f"{fact.name} = {float(value)}: printed “{one.text}”")
            continue
        judged += 1
        places = len(digits[0].partition(".")[2])
        scale = told.scale(one, one.figure)
        expected = {rounded(value / size, places) for size in ([scale] if scale else SCALES.values())}
        shown = Fraction(digits[0].replace(",", ""))
        if shown not in expected and shown not in {abs(size) for size in expected}:
            wrong.append(f"{fact.name} = {float(value)}: printed “…{one.before[-20:]}〈{one.text}〉{one.after[:6]}”")
        turn = _TURN.findall(re.split(r"[，。；、（）]", one.before[-12:])[-1])
        if not one.table and turn and fact.by in ("-", "增幅") and (turn[-1] in UP) != (value > 0) and value:
            wrong.append(f"{fact.name} = {float(value)}: “{turn[-1]}{one.text}”")
    return judged, wrong
