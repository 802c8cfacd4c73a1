"""Right official tables in the shapes that offices have them in, and whether each is read right, refused, or wrong.

The tables are those of the examples' reports. A shape permutes the columns, puts another year's or a budget's group
beside each, splits the table over pages, says the labels otherwise, loses the merges of the head, adds lines and notes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from generator.border.refused import RefusedError
from generator.case import read_case, read_input
from generator.grids.pages_of_file import pages_of
from generator.importing.pieces import read_pages
from generator.importing.table_sums import wrong_sums
from generator.official_tables.header_labels import names_rows
from generator.official_tables.header_paths import ThisYear, choose, is_qualifier
from generator.official_tables.import_form import BUDGET, CROSSED, OUTTURN, TableForm
from generator.official_tables.sheet_blocks import Page, cut
from generator.official_tables.titles import title_of
from generator.pack import Pack, PackRoots, load_pack
from generator.pipeline import make_document
from generator.writers.docx import write_docx
from generator.xlsx.cells import CellGrid

PACK = "final-accounts-national"
INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLES = ("putuo-planning-2024", "putuo-finance-2024")
PAIRS = (
    ("决算数", "年初预算数"), ("决算数", "全年预算数"), ("决算数", "调整预算数"), ("决算数", "上年决算数"),
    ("本年决算数", "上年决算数"), ("2024年决算数", "2023年决算数"), ("2024年度决算数", "2023年度决算数"),
    ("本年数", "上年数"), ("2024年", "2023年"), ("决算", "预算"), ("本年决算", "年初预算"), ("决算数", "2023年决算数"),
)  # fmt: skip
_FURTHER = ("全年预算数", "前年决算数", "增减额", "完成预算的%", "调整数")
_FURTHER_OF_BUDGET = ("前年执行数", "增减额", "增减%", "调整数")
UNTOLD = (("", "年初预算数"), ("", "上年数"), ("甲", "乙"), ("实际支出", "上年数"))
"""Nothing says which is the outturn, or says it in words that no form has: only refusing is right."""
OF_BUDGET = (
    ("2024年预算数", "2023年预算数"), ("预算数", "上年执行数"), ("年初预算数", "全年预算数"), ("本年数", "上年数"),
    ("2024年预算数", "2023年执行数"), ("年初预算数", "调整预算数"), ("本年预算数", "上年预算数"),
    ("2024年", "2023年"), ("预算数", "执行数"), ("本年预算", "上年预算"), ("2024年年初预算数", "2023年决算数"),
)  # fmt: skip
_UNTOLD_OF_BUDGET = (("", "执行数"), ("", "上年数"), ("甲", "乙"), ("实际支出", "上年数"))
YEARS = (("本年数", "上年数"), ("2024年", "2023年"), ("2024年度", "2023年度"), ("本年", "上年"))


@dataclass(frozen=True)
class Column:
    """The labels above it; `is_label`: its cells are words; `values`: a cell for each row."""

    path: tuple[str, ...]
    is_label: bool
    values: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """A table as columns. `expected`: (table, figure) → its text."""

    form: TableForm
    columns: tuple[Column, ...]
    expected: dict[tuple[str, str], str]


@dataclass
class Shape:
    """Pages with the table in another shape, and what was done to it. `told`: a person can read it."""

    model: Model
    pages: list[Page]
    done: list[str] = field(default_factory=list)
    told: bool = True


# -- right tables -----------------------------------------------------------------------------------------------------
def right_tables(pack: Pack, example: str) -> Iterator[Model]:
    files = read_input(INPUTS / example).value
    assert files is not None
    case = read_case(files, PackRoots.with_own(), {}).value
    assert case is not None
    document = make_document(case).value
    assert document is not None
    for page in pages_of(example, write_docx(document, case.pack.look)):
        for block in cut(page, pack.import_form):
            form = next((f for text in block.titles if (f := title_of(text, pack.import_form.tables))), None)
            if form is None or not block.header:
                continue
            texts = {
                column: tuple(block.rows[row][column].text if column in block.rows[row] else "" for row in block.body)
                for column in block.paths()
            }
            columns = tuple(
                Column(path, _is_label(path, texts[column]), texts[column]) for column, path in block.paths().items()
            )
            model = Model(form, columns, {})
            shape = Shape(model, [Page("表.xlsx", form.titles[0], _grid(columns, "merged"))])
            yield replace(model, expected=figures(pack, shape.pages)[0])


def budgets(pack: Pack, models: Sequence[Model]) -> Iterator[Model]:
    """The same figures as tables of a published budget."""
    forms = {form.name: form for form in pack.import_form.budgets}
    for model in models:
        name = {"一般公共预算财政拨款支出决算表": "一般公共预算支出预算表", "三公经费支出决算表": "三公经费预算表"}.get(
            model.form.name
        )
        if name is not None:
            columns = tuple(one for one in model.columns if "决算" not in one.path[-1])
            made = Model(forms[name], columns, {})
            page = Page("表.xlsx", forms[name].titles[0], _grid(columns, "merged"))
            yield replace(made, expected=figures(pack, [page], BUDGET)[0])


def _is_label(path: Sequence[str], texts: Sequence[str]) -> bool:
    """The head of the code or name of a row; «类 款 项» too, whose cells are digits."""
    filled = [text for text in texts if text]
    with_amounts = bool(filled) and all("." in text for text in filled)
    return bool(path) and names_rows(path[-1]) and not with_amounts


def figures(pack: Pack, pages: Sequence[Page], use: str = OUTTURN) -> tuple[dict[tuple[str, str], str], list[str]]:
    """What is read of the pages, and the codes of what is said of the table."""
    form, year = (pack.import_form, 0) if use == OUTTURN else (pack.import_form.for_budget(), 2024)
    read = read_pages(pages, form, pack.report.accounts, year)
    found = {(t.form.name, what): str(a.value.normalize()) for t in read.value for what, a in t.named_amounts()}
    # A note that the shape may add says which budget the column is.
    found = {(table, what.replace("全年预算", "预算")): text for (table, what), text in found.items()}
    sums = (one for table in read.value for one in wrong_sums(table, "万元"))
    findings = [one for one in (*read.diagnostics, *sums) if one.place.sheet != _ANOTHER]
    return found, [one.code for one in findings]


# -- shapes -----------------------------------------------------------------------------------------------------------
def shaped(model: Model, chance: random.Random) -> Shape:
    shape = Shape(model, [])
    columns = model.columns
    if chance.random() < 0.4:
        columns = _relabelled(model, columns, chance)
        shape.done.append("relabelled")
    if chance.random() < 0.6:
        columns, how, shape.told = _doubled(model, columns, chance)
        shape.done.append(how)
    if chance.random() < 0.5:
        columns = _permuted(columns, chance, keep_groups=chance.random() < 0.7)
        shape.done.append("permuted")
    merged = chance.choice(("merged", "merged", "left only", "repeated", "centred"))
    shape.done.append(merged)
    _paginate(shape, columns, merged, chance)
    return shape


def _regions(columns: Sequence[Column]) -> Iterator[tuple[bool, list[Column]]]:
    """Label columns and the value columns between them, in turn."""
    run: list[Column] = []
    for column in columns:
        if run and run[-1].is_label != column.is_label:
            yield run[0].is_label, run
            run = []
        run.append(column)
    if run:
        yield run[0].is_label, run


def _permuted(columns: Sequence[Column], chance: random.Random, keep_groups: bool) -> tuple[Column, ...]:
    out: list[Column] = []
    for is_label, run in _regions(columns):
        groups: dict[object, list[Column]] = {}
        for at, column in enumerate(run):
            groups.setdefault(column.path[0] if keep_groups and column.path else at, []).append(column)
        parts = list(groups.values())
        if not is_label:
            chance.shuffle(parts)
        out.extend(column for part in parts for column in part)
    return tuple(out)


def _relabelled(model: Model, columns: Sequence[Column], chance: random.Random) -> tuple[Column, ...]:
    """Other wordings of import.yaml, spaces, the unit behind the label."""
    if model.form.style == CROSSED:
        return tuple(columns)
    out: list[Column] = []
    for is_label, run in _regions(columns):
        paths = {at: column.path for at, column in enumerate(run)}
        taken = {} if is_label else choose(paths, model.form.columns, ThisYear(0, use=model.form.use)).taken
        wordings = {at: _wordings(model.form, name) for name, at in taken.items()}
        for at, column in enumerate(run):
            label = column.path[-1] if column.path else ""
            others = wordings.get(at, [])
            if len(column.path) == 1 and others and not is_qualifier(label):
                label = chance.choice(others)
            if label and not is_label and chance.random() < 0.3:
                label = chance.choice((" ".join(label), f"{label}（万元）", label.replace("(", "（")))
            out.append(replace(column, path=(*column.path[:-1], label) if column.path else ()))
    return tuple(out)


def _wordings(form: TableForm, name: str) -> list[str]:
    steps = [word.steps[0].pattern for word in form.columns[name] if len(word.steps) == 1]
    return [one.replace("\\", "") for one in steps if "*" not in one]


def _doubled(model: Model, columns: Sequence[Column], chance: random.Random) -> tuple[tuple[Column, ...], str, bool]:
    """Beside each value another one that nobody asked for, under words that say so."""
    is_budget = model.form.use == BUDGET
    untold = _UNTOLD_OF_BUDGET if is_budget else UNTOLD
    pairs = YEARS if model.form.style == CROSSED else untold if chance.random() < 0.2 else PAIRS
    pairs = OF_BUDGET if is_budget and pairs is PAIRS else pairs
    own, other = chance.choice(pairs)
    place = chance.choice(("above", "below", "before", "behind", "joined"))
    if model.form.style == CROSSED:
        place = chance.choice(("above", "before"))
    own_first = chance.random() < 0.5
    further = (
        chance.choice(_FURTHER_OF_BUDGET if is_budget else _FURTHER)
        if chance.random() < 0.3 and model.form.style != CROSSED
        else ""
    )
    others = [word for word in (other, further) if word]
    out: list[Column] = []
    for is_label, run in _regions(columns):
        if is_label:
            out.extend(run)
            continue
        mine = [replace(one, path=_with(one.path, own, place, model.form)) for one in run]
        groups = [mine] if own_first else []
        groups += [[_strange(one, _with(one.path, word, place, model.form), chance) for one in run] for word in others]
        groups += [] if own_first else [mine]
        in_turn = zip(*groups, strict=True) if place == "below" else groups
        out.extend(column for group in in_turn for column in group)
    return tuple(out), f"{'|'.join([own, *others] if own_first else [*others, own])} {place}", pairs is not untold


def _strange(one: Column, path: tuple[str, ...], chance: random.Random) -> Column:
    values = tuple(str(chance.randrange(10**6) / 100) if text else "" for text in one.values)
    return Column(path, False, values)


def _with(path: tuple[str, ...], words: str, place: str, form: TableForm) -> tuple[str, ...]:
    if not words:
        return path
    if form.style != CROSSED and path and is_qualifier(path[-1]):
        return (*path[:-1], words)
    if form.style != CROSSED:
        path = tuple(label for label in path if not is_qualifier(label))
    if place == "above":
        return (words, *path)
    if place == "below":
        return (*path, words)
    last = {"before": f"{words}{path[-1]}", "behind": f"{path[-1]}（{words}）", "joined": f"{path[-1]}-{words}"}[place]
    return (*path[:-1], last)


# -- pages ------------------------------------------------------------------------------------------------------------
def _paginate(shape: Shape, columns: Sequence[Column], merged: str, chance: random.Random) -> None:
    form, count = shape.model.form, len(columns[0].values)
    title = chance.choice((form.titles[0], f"2024年度{form.titles[0]}", f"甲市财政局{form.titles[0]}", *form.titles))
    cuts = [0, count]
    if count > 8 and form.style != CROSSED and chance.random() < 0.5:
        cuts = [0, *sorted(chance.sample(range(3, count - 3), chance.choice((1, 1, 2)))), count]
        shape.done.append("split")
    way = chance.choice(("title", "title（续）", "续表", "head", "nothing")) if len(cuts) > 2 else ""
    named = chance.random() < 0.2
    untitled = not named and chance.random() < 0.05
    shape.done.extend(word for word, said in ((way, way), ("sheet named", named), ("untitled", untitled)) if said)
    for number, (first, last) in enumerate(pairwise(cuts)):
        above: list[list[str]] = []
        if not number:
            above = [] if named or untitled else [[title]]
            above += [line for line in _LINES if chance.random() < 0.5]
        elif way.startswith("title"):
            above = [[title + way.removeprefix("title")]]
        elif way == "续表":
            above = [["续表"]]
        with_head = not number or way != "nothing"
        notes = _NOTES if number == len(cuts) - 2 and chance.random() < 0.4 else []
        part = [replace(one, values=one.values[first:last]) for one in columns]
        grid = _grid(part, merged, head=with_head, above=above, notes=notes)
        if chance.random() < 0.2:
            grid = _moved(grid)
        name = title if named and not number else f"Sheet{number + 1}"
        shape.pages.append(Page("表.xlsx", name, grid))
    if chance.random() < 0.15:
        whole = _grid(columns, "merged", above=[[title]])
        shape.pages.append(Page("表.xlsx", "副本", whole))
        shape.done.append("copy")
    if chance.random() < 0.2:
        strange = [one if one.is_label else replace(one, values=tuple("7.77" for _ in one.values)) for one in columns]
        text = chance.choice(_BUDGETS if form.use == OUTTURN else _FINAL_ACCOUNTS)
        shape.pages.append(Page("表.xlsx", _ANOTHER, _grid(strange, "merged", above=[[text]])))
        shape.done.append(text)


_LINES = [["附件2"], ["公开表"], ["部门：甲市财政局", "", "2024年度"], ["", "", "金额单位：万元"]]
_NOTES = [["注：本表反映部门本年度支出情况。"], ["说明：上年数为2023年度决算数，预算数为全年预算数。"]]
_ANOTHER = "另一张"
_BUDGETS = (
    "部门支出总表",
    "2025年部门支出预算总表",
    "一般公共预算支出表",
    "2025年财政拨款收支预算总表",
)


_FINAL_ACCOUNTS = ("一般公共预算财政拨款支出决算表", "支出决算表", "部门支出总表", "2024年政府采购预算表")


def _grid(
    columns: Sequence[Column],
    style: str,
    head: bool = True,
    above: Sequence[Sequence[str]] = (),
    notes: Sequence[Sequence[str]] = (),
) -> CellGrid:
    """`style`: how a label goes over several columns: merged, repeated, centred in one of them, or left only."""
    depth = max(len(one.path) for one in columns) if head else 0
    labels: list[list[str]] = []
    for level in range(depth):
        row: list[str] = []
        for at, one in enumerate(columns):
            here, before = one.path[: level + 1], columns[at - 1].path[: level + 1] if at else None
            goes_on = here == before and not (one.is_label or len(one.path) == level + 1)
            row.append("" if len(here) <= level or (goes_on and style != "repeated") else here[-1])
        labels.append(row)
    areas = list(_areas(columns, depth))
    if style == "centred":
        for top, left, _, right in areas:
            middle = (left + right) // 2
            labels[top][left], labels[top][middle] = "", labels[top][left]
    body = [[one.values[number] for one in columns] for number in range(len(columns[0].values))]
    rows = [*above, *labels, *body, *notes]
    cells = {r: {c: text for c, text in enumerate(row, 1) if text} for r, row in enumerate(rows, 1) if any(row)}
    start = len(above) + 1
    merged = [(top + start, left + 1, down + start, right + 1) for top, left, down, right in areas]
    return CellGrid(cells, merged if style == "merged" else [])


def _areas(columns: Sequence[Column], depth: int) -> Iterator[tuple[int, int, int, int]]:
    """(top, left, bottom, right), from 0, of the labels that go over more than one cell."""
    for level in range(depth):
        first = 0
        while first < len(columns):
            path, last = columns[first].path, first
            while len(path) > level + 1 and last + 1 < len(columns):
                after = columns[last + 1].path
                if after[: level + 1] != path[: level + 1] or len(after) <= level + 1:
                    break
                last += 1
            down = depth - level if len(path) == level + 1 else 1
            if len(path) > level and (last > first or down > 1):
                yield level, first, level + down - 1, last
            first = last + 1


def _moved(grid: CellGrid) -> CellGrid:
    rows = {row: {column + 1: text for column, text in cells.items()} for row, cells in grid.rows.items()}
    return CellGrid(rows, [(a, b + 1, c, d + 1) for a, b, c, d in grid.merged])


# -- the judge --------------------------------------------------------------------------------------------------------
def judged(pack: Pack, shape: Shape) -> tuple[str, str]:
    """right, refused (something is missing, and something is said), or WRONG; with what shows it."""
    try:
        found, codes = figures(pack, shape.pages, shape.model.form.use)
    except RefusedError as error:
        return "refused", error.code
    wrong = {key: text for key, text in found.items() if shape.model.expected.get(key) != text}
    missing = shape.model.expected.keys() - found.keys()
    if wrong:
        key = min(wrong)
        return "WRONG", f"{key} read {wrong[key]}, is {shape.model.expected.get(key)}"
    if missing:
        return ("refused", " ".join(sorted(set(codes)))) if codes else ("WRONG", f"silently without {min(missing)}")
    return "right", " ".join(sorted(set(codes)))


def swapped(pack: Pack, shape: Shape) -> tuple[str, str]:
    """The same pages given as the other kind: nothing may be read of them."""
    use = BUDGET if shape.model.form.use == OUTTURN else OUTTURN
    try:
        found, codes = figures(pack, [page for page in shape.pages if page.name != _ANOTHER], use)
    except RefusedError as error:
        return "refused", error.code
    if found:
        return "WRONG", f"as {use}: {min(found)}"
    return ("refused", " ".join(sorted(set(codes)))) if codes else ("WRONG", f"as {use}: silently nothing")


def all_right_tables() -> tuple[Pack, list[Model]]:
    pack = load_pack(PACK, PackRoots.with_own()).value
    assert pack is not None
    return pack, [model for example in EXAMPLES for model in right_tables(pack, example)]
