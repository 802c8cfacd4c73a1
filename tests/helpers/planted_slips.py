"""Slips of the hand as accountants make them, planted in the words of an example, and what is then told of them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typed_amounts import texts_of, trees_of

from generator.case import Case, InputFiles, Packs, read_case
from generator.causes.typed_tables import Spot, TypedCell, TypedInput, TypedTable
from generator.diagnostics import CATALOGUE, Diagnostic, Outcome, Severity
from generator.filling.to_facts import stated_units
from generator.form.sources import Listing, Section, Source, Written
from generator.pack import PackRoots
from generator.pipeline import examine_files
from generator.place import Place

_FORM = 8
"""So many figures one below another are a form of which an accountant pastes a column."""
CAUSES = frozenset(code for code in CATALOGUE if "C060" <= code <= "C079")
ROOTS = PackRoots.with_own(())


@dataclass(frozen=True)
class Slip:
    """`codes`: those that tell it rightly; `touched`: the spots that were changed; `named`: what a finding must say
    where the touched row is gone."""

    trees: dict[str, Any]
    touched: tuple[Spot, ...]
    codes: tuple[str, ...]
    told: str
    named: str = ""


@dataclass(frozen=True)
class Found:
    word: str
    leading: tuple[Diagnostic, ...]


class Example:
    """An example's files as trees of words, its tables, and what is always said of it."""

    def __init__(self, folder: Path) -> None:
        self.trees = trees_of(folder)
        self.packs: Packs = {}
        self.case = self.read(self.trees)
        self.usual = {(one.code, one.message) for one in self.findings(self.trees)}
        units, _ = stated_units(self.case.sources)
        self.input = TypedInput(self.case.sources, self.case.pack.form.fields, self.case.facts, units)

    def files(self, trees: dict[str, Any]) -> InputFiles:
        return InputFiles(Path(), texts_of(trees), "")

    def read(self, trees: dict[str, Any]) -> Case:
        case = read_case(self.files(trees), ROOTS, self.packs).value
        assert case is not None
        return case

    def findings(self, trees: dict[str, Any]) -> tuple[Diagnostic, ...]:
        return examine_files(Outcome(self.files(trees)), ROOTS, self.packs).diagnostics

    def tables(self, rows: int, columns: int = 1, *, keyed: bool = False) -> list[TypedTable]:
        return [
            one
            for one in self.input.tables
            if len(one.lines) >= rows
            and len(one.filled) >= min(columns, 1)
            and len(one.columns) >= columns
            and (one.key_column or len(one.lines) >= _FORM)
            and (one.key_column or not keyed)
        ]


def outcome(example: Example, slip: Slip) -> Found:
    new = [one for one in example.findings(slip.trees) if (one.code, one.message) not in example.usual]
    leading = tuple(one for one in new if one.severity in (Severity.WARNING, Severity.ERROR))
    if not leading:
        return Found("unseen", ())
    tried = [one for one in leading if one.code in CAUSES]
    case = example.read(slip.trees)
    places = places_of(case, slip.touched)
    rows = places_of(case, tuple(spot[:-1] for spot in slip.touched))
    for one in tried:
        named = slip.named and slip.named in one.message
        if not (one.code in (*slip.codes, "C069") and (named or set(one.places[: one.wrong]) & places)):
            return Found("wrong", leading)
    if len(leading) > 1:
        return Found("several", leading)
    named = slip.named and slip.named in leading[0].message
    near = places if tried else places | rows  # a pack's own check may name the row; it claims no cause
    at_all = named or set(leading[0].places) & near
    return Found("right" if at_all else "wrong" if tried else "several", leading)


def places_of(case: Case, spots: tuple[Spot, ...]) -> set[Place]:
    found = {one.place for spot in spots if (one := words_at(case.sources, spot)) is not None}
    return {place for place in found if place}


def words_at(sources: Sequence[Source], spot: Spot) -> Written | None:
    """What stands at a spot."""
    number, *steps = spot
    assert isinstance(number, int)
    one: Written | None = sources[number].root
    for step in steps:
        if isinstance(one, Section):
            one = one.entries.get(str(step))
        elif isinstance(one, Listing) and isinstance(step, int) and step < len(one.items):
            one = one.items[step]
        else:
            return None
    return one


# -- planting ---------------------------------------------------------------------------------------------------------


class Draft:
    """The trees of an example, to be changed spot by spot."""

    def __init__(self, example: Example) -> None:
        self.example, self.trees = example, copy.deepcopy(example.trees)
        self.touched: list[Spot] = []

    def holder(self, spot: Spot) -> Any:
        number, *steps = spot
        one: Any = self.trees[list(self.trees)[int(str(number))]]
        for step in steps[:-1]:
            one = one[step]
        return one

    def write(self, cell: TypedCell, text: str | None) -> None:
        holder = self.holder(cell.spot)
        if (cell.text or None) == text:
            return
        self.touched.append(cell.spot)
        if text is None:
            holder.pop(cell.spot[-1], None)
        else:
            holder[cell.spot[-1]] = text

    def slip(self, told: str, *codes: str, named: str = "") -> Slip | None:
        return Slip(self.trees, tuple(self.touched), codes, told, named) if self.touched or named else None


Kind = Callable[[Example, random.Random], "Slip | None"]


def _chosen(found: list[TypedTable], rng: random.Random) -> TypedTable | None:
    return rng.choice(found) if found else None


def _column(table: TypedTable, rng: random.Random, rows: int = 3) -> int | None:
    """A column with enough figures in it."""
    full = [
        c
        for c in range(len(table.columns))
        if sum(1 for line in table.cells if (cell := line[c]) is not None and cell.value) >= rows
    ]
    return rng.choice(full) if full else None


def _texts(table: TypedTable, column: int) -> list[TypedCell] | None:
    cells = [line[column] for line in table.cells]
    return None if any(cell is None for cell in cells) else [cell for cell in cells if cell is not None]


def slid(columns: str, steps: int, around: bool = False, block: bool = False) -> Kind:
    def plant(example: Example, rng: random.Random) -> Slip | None:
        table = _chosen(example.tables(4), rng)
        column = _column(table, rng) if table is not None else None
        if table is None or column is None:
            return None
        chosen = [column] if columns == "one" else list(range(len(table.columns)))
        last = len(table.lines) - 1
        begin = rng.randrange(0, max(1, last - 2))
        end = rng.randrange(begin + 2, last + 1) if block else last
        draft = Draft(example)
        for one in chosen:
            cells = _texts(table, one)
            if cells is None:
                return None
            texts = [cell.text for cell in cells]
            count = end - begin + 1
            for line in range(begin, end + 1):
                origin = line - steps
                if begin <= origin <= end:
                    text = texts[origin]
                else:
                    text = texts[begin + (origin - begin) % count] if around else (texts[line] if block else None)
                draft.write(cells[line], text)
        return draft.slip(
            f"{table.label} {[table.columns[c] for c in chosen]} rows {begin}–{end} by {steps}", "C060", "C063"
        )

    return plant


def aside(example: Example, rng: random.Random) -> Slip | None:
    table = _chosen(example.tables(3, 2), rng)
    if table is None:
        return None
    draft = Draft(example)
    for line in table.cells:
        texts = [cell.text if cell is not None else None for cell in line]
        for n, cell in enumerate(line):
            if cell is not None:
                draft.write(cell, texts[n - 1] if n else None)
    return draft.slip(f"{table.label} one column to the right", "C061", "C062")


def exchanged(example: Example, rng: random.Random) -> Slip | None:
    table = _chosen(example.tables(3, 2), rng)
    if table is None:
        return None
    one, two = rng.sample(range(len(table.columns)), 2)
    draft = Draft(example)
    for line in table.cells:
        a, b = line[one], line[two]
        if a is not None and b is not None:
            draft.write(a, b.text)
            draft.write(b, a.text)
    return draft.slip(f"{table.label} {table.columns[one]} ↔ {table.columns[two]}", "C062", "C061")


def rows_moved(pair: bool) -> Kind:
    def plant(example: Example, rng: random.Random) -> Slip | None:
        table = _chosen(example.tables(4, keyed=True), rng)
        if table is None:
            return None
        order = list(range(len(table.lines)))
        if pair:
            a, b = rng.sample(order, 2)
            order[a], order[b] = b, a
        else:
            order.sort(key=lambda n: -max((c.value for c in table.cells[n] if c is not None), default=0))
        draft = Draft(example)
        for line, origin in enumerate(order):
            for cell, source in zip(table.cells[line], table.cells[origin], strict=True):
                if cell is not None and source is not None:
                    draft.write(cell, source.text)
        return draft.slip(f"{table.label} rows {order}", "C063", "C060")

    return plant


def one_cell(how: str) -> Kind:
    def plant(example: Example, rng: random.Random) -> Slip | None:
        cells = [
            one
            for one in example.input.cells.values()
            if one.text and one.value and one.text.strip("-").replace(".", "").isdigit()
        ]
        rng.shuffle(cells)
        for cell in cells:
            text = _mistyped(how, cell.text or "", rng)
            if text is not None:
                draft = Draft(example)
                draft.write(cell, text)
                return draft.slip(f"{cell.name} {cell.text} → {text}", "C064", "C069")
        return None

    return plant


def _mistyped(how: str, text: str, rng: random.Random) -> str | None:
    digits = [n for n, c in enumerate(text) if c.isdigit()]
    if len(digits) < 3:
        return None
    if how == "sign":
        return text[1:] if text.startswith("-") else f"-{text}"
    if how == "transposed":
        pairs = [
            n
            for n in range(len(text) - 1)
            if text[n : n + 2].isdigit() and text[n] != text[n + 1] and (n or text[1] != "0")
        ]
        if not pairs:
            return None
        n = rng.choice(pairs)
        return text[:n] + text[n + 1] + text[n] + text[n + 2 :]
    if how == "point":
        whole, _, part = text.partition(".")
        return f"{whole[:-1]}.{whole[-1]}{part}" if len(whole) > 1 else None
    n = rng.choice(digits[1:-1])
    if how == "lost":
        return text[:n] + text[n + 1 :] if text[n] != "0" else None
    if how == "doubled":
        return text[:n] + text[n] + text[n:]
    if how == "unit":
        return f"{float(text) * 10000:.0f}" if len(text) < 9 else None
    return text[:n] + rng.choice([d for d in "123456789" if d != text[n]]) + text[n + 1 :]


def total_typed_over(example: Example, rng: random.Random) -> Slip | None:
    cells = [
        one
        for one in example.input.cells.values()
        if one.text and one.value and "合计" in one.name and "[" not in one.name
    ]
    if not cells:
        return None
    cell = rng.choice(cells)
    draft = Draft(example)
    draft.write(cell, f"{cell.value / cell.scale * rng.randrange(103, 190) / 100:.2f}")
    return draft.slip(f"{cell.name} typed over", "C064", "C069")


def column_filled(how: str) -> Kind:
    def plant(example: Example, rng: random.Random) -> Slip | None:
        table = _chosen(example.tables(3, 1, keyed=True), rng)
        column = _column(table, rng) if table is not None else None
        if table is None or column is None:
            return None
        cells = [cell for line in table.cells if (cell := line[column]) is not None]
        draft = Draft(example)
        begin = 0 if how == "dropped" else rng.randrange(0, max(1, len(cells) - 2))
        first = cells[begin].text
        for cell in cells[begin:]:
            draft.write(cell, {"dropped": None, "zero": "0", "dragged": first}[how])
        named = table.columns[column]
        return draft.slip(f"{table.label} {table.columns[column]} {how} from {begin}", "C068", "C064", named=named)

    return plant


def column_of_other(example: Example, rng: random.Random) -> Slip | None:
    """Last year's or the budget's figures pasted over this year's."""
    table = _chosen(example.tables(3, 2), rng)
    column = _column(table, rng) if table is not None else None
    if table is None or column is None:
        return None
    other = rng.choice([c for c in range(len(table.columns)) if c != column])
    draft = Draft(example)
    for line in table.cells:
        a, b = line[column], line[other]
        if a is not None and b is not None:
            draft.write(a, b.text)
    return draft.slip(
        f"{table.label} {table.columns[column]} = {table.columns[other]}", "C068", named=f"“{table.columns[column]}”"
    )


def row(how: str) -> Kind:
    def plant(example: Example, rng: random.Random) -> Slip | None:
        table = _chosen(example.tables(3, keyed=True), rng)
        full = (
            [n for n, cells in enumerate(table.cells) if any(c is not None and c.value for c in cells)] if table else []
        )
        if table is None or not full:
            return None
        number = rng.choice(full)
        line = table.lines[number]
        draft = Draft(example)
        rows = draft.holder(line.spot)
        at = int(str(line.spot[-1]))
        if how == "deleted":
            del rows[at]
            draft.touched += [cell.spot for cells in table.cells for cell in cells if cell is not None]
            return draft.slip(f"{table.label} row {line.key} deleted", "C067", "C069", named=line.key)
        if how == "doubled":
            rows.insert(at + 1, dict(rows[at]))
            draft.touched += [(*line.spot, table.key_column), (*line.spot[:-1], at + 1, table.key_column)]
            return draft.slip(f"{table.label} row {line.key} doubled", "C065")
        key = rows[at][table.key_column]
        digits = [n for n, c in enumerate(key) if c.isdigit()]
        if len(digits) < 3:
            return None
        n = rng.choice(digits[1:])
        if how == "code":
            changed = key[:n] + str((int(key[n]) + rng.randrange(1, 10)) % 10) + key[n + 1 :]
        elif how == "code lost":
            changed = key[:n] + key[n + 1 :]
        else:
            changed = key[: n + 1] + key[n:]
        rows[at][table.key_column] = changed
        draft.touched.append((*line.spot, table.key_column))
        return draft.slip(f"{table.label} {key} → {changed}", "C066")

    return plant


def subtotal(example: Example, rng: random.Random) -> Slip | None:
    tables = [
        t
        for t in example.tables(4, keyed=True)
        if all(line.key[:3].isdigit() and len(line.key) > 4 for line in t.lines)
    ]
    table = _chosen(tables, rng)
    if table is None:
        return None
    prefix = rng.choice(table.lines).key[:-2]
    parts = [n for n, line in enumerate(table.lines) if line.key.startswith(prefix)]
    draft = Draft(example)
    rows = draft.holder(table.lines[0].spot)
    made: dict[str, str] = {table.key_column: prefix}
    for column in range(len(table.columns)):
        cells = [c for n in parts if (c := table.cells[n][column]) is not None]
        if cells:
            made[str(cells[0].spot[-1])] = f"{sum(c.value for c in cells) / cells[0].scale:f}"
    at = int(str(table.lines[parts[0]].spot[-1]))
    rows.insert(at, made)
    draft.touched.append((*table.lines[parts[0]].spot[:-1], at, table.key_column))
    return draft.slip(f"{table.label} subtotal {prefix}", "C065")


def renamed(example: Example, rng: random.Random) -> Slip | None:
    table = _chosen(example.tables(3, 1, keyed=True), rng)
    column = _column(table, rng) if table is not None else None
    if table is None or column is None:
        return None
    draft = Draft(example)
    for line in table.cells:
        cell = line[column]
        if cell is not None and not cell.blank:
            holder, name = draft.holder(cell.spot), str(cell.spot[-1])
            holder[f"{name}数"] = holder.pop(name)
            draft.touched.append((*cell.spot[:-1], f"{name}数"))
    return draft.slip(f"{table.label} {table.columns[column]} renamed", "C070")


def unit_of_file(example: Example, rng: random.Random) -> Slip | None:
    draft = Draft(example)
    for number, tree in enumerate(draft.trees.values()):
        if tree.get("金额单位") in ("元", "万元"):
            tree["金额单位"] = "万元" if tree["金额单位"] == "元" else "元"
            draft.touched.append((number, "金额单位"))
    touched = [one.spot for one in example.input.cells.values() if one.text]
    draft.touched += touched if draft.touched else []
    return draft.slip("unit of file")


def wrong_year(example: Example, rng: random.Random) -> Slip | None:
    draft = Draft(example)
    for number, tree in enumerate(draft.trees.values()):
        if "年度" in tree and str(tree["年度"]).isdigit():
            tree["年度"] = str(int(tree["年度"]) + rng.choice((-1, 1)))
            draft.touched.append((number, "年度"))
    return draft.slip("year", "C071")


KINDS: dict[str, Kind] = {
    "列下移一行": slid("one", 1),
    "列上移一行": slid("one", -1),
    "列下移两行": slid("one", 2),
    "列整体循环": slid("one", 1, around=True),
    "全表下移": slid("all", 1),
    "全表循环": slid("all", 1, around=True),
    "块错一行": slid("one", 1, block=True),
    "全块错一行": slid("all", 1, block=True),
    "右移一栏": aside,
    "两栏对调": exchanged,
    "两行对调": rows_moved(True),
    "排序没带": rows_moved(False),
    "整栏漏填": column_filled("dropped"),
    "零拖下来": column_filled("zero"),
    "数拖下来": column_filled("dragged"),
    "贴了别栏": column_of_other,
    "丢负号": one_cell("sign"),
    "数字颠倒": one_cell("transposed"),
    "小数点": one_cell("point"),
    "少一位": one_cell("lost"),
    "重一位": one_cell("doubled"),
    "错一位": one_cell("digit"),
    "格单位": one_cell("unit"),
    "文件单位": unit_of_file,
    "合计改写": total_typed_over,
    "删一行": row("deleted"),
    "重一行": row("doubled"),
    "错编码": row("code"),
    "编码少位": row("code lost"),
    "编码多位": row("code doubled"),
    "混小计": subtotal,
    "栏名改了": renamed,
    "错年度": wrong_year,
}
