"""The examples' filled-in forms in other shapes, and what is read of them: all right, a part of it, or WRONG.

A shape is the form's grid with something done to it that offices do: columns moved or added, merges lost, labels
wrapped or a little off, cells emptied, directions and units said otherwise, another year's columns beside.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from generator.case import read_case, read_input
from generator.filled_forms.find_forms import FoundForm, forms_on
from generator.filled_forms.form_heads import head_in
from generator.grids.pages_of_file import pages_of
from generator.importing.filler import FilledRow, Imported
from generator.importing.import_forms import fill_forms, read_forms, same, unit_of_forms
from generator.official_tables.import_form import closeness
from generator.official_tables.sheet_blocks import Page
from generator.pack import Pack, PackRoots
from generator.pipeline import make_document
from generator.writers.docx import write_docx
from generator.xlsx.cells import CellGrid

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLES = (
    "gongjing-projects-2020",
    "sichuan-project-2023",
    "taoyuan-2019",
    "xihu-2022",
    "heshuo-2018",
    "gongjing-2020",
)
_LOST = ("merges lost", "merges centred")
Cells = dict[str, str]
"""Path → text of everything that was read."""


@dataclass
class Model:
    """A form as the example's Word file has it, where its list stands, and what is read of it."""

    pack: Pack
    found: FoundForm
    columns: Mapping[str, tuple[int, int]]
    head: int
    body: list[int]
    expected: Cells = field(default_factory=dict)

    @property
    def inner(self) -> list[int]:
        """The first column of each list column that is no level: those that may change places."""
        levels = ("一级", "二级")
        return sorted(first for name, (first, last) in self.columns.items() if name not in levels and first == last)


@dataclass
class Shape:
    model: Model
    grid: CellGrid
    done: list[str] = field(default_factory=list)


# -- the examples' forms ----------------------------------------------------------------------------------------------
def all_forms(examples: Sequence[str] = EXAMPLES) -> list[Model]:
    return [model for example in examples for model in forms_of(example)]


def forms_of(example: str) -> Iterator[Model]:
    files = read_input(INPUTS / example).value
    assert files is not None
    case = read_case(files, PackRoots.with_own(), {}).value
    assert case is not None
    document = make_document(case).value
    for page in pages_of(example, write_docx(document, case.pack.look)):
        for found in forms_on(page, case.pack.import_form.forms):
            rows = [row for row in found.grid.rows if found.start <= row <= found.last]
            listed = found.words.lists[0] if found.words.lists else None
            head = head_in(found.grid, rows, listed.columns, listed.least, 0, "") if listed else None
            model = Model(case.pack, found, {}, 0, [])
            if head is not None:
                model.columns, model.head = head.spans, head.rows[-1]
                named = head.spans.get("三级") or head.spans.get("名称") or (1, 1)
                behind = [row for row in rows if row > model.head]
                cells = [(row, found.grid.in_column(row, *named)) for row in behind]
                model.body = [row for row, _ in takewhile(lambda one: one[1] is not None, cells)]
                if listed is not None and (listed.carried or _is_sum(found, behind, model)):
                    model.body = behind if listed.carried else behind[: len(model.body) + 1]
            model.expected = cells_of(case.pack, [page])[0]
            yield model


def _is_sum(found: FoundForm, behind: Sequence[int], model: Model) -> bool:
    """Whether the row behind the list is its total: it moves with the columns."""
    after = behind[len(model.body) : len(model.body) + 1]
    cells = [cell for row in after for cell in found.grid.beginning_in(row)]
    return any(closeness(found.words.lists[0].total_rows, (cell.label,)) for cell in cells)


def cells_of(pack: Pack, pages: Sequence[Page]) -> tuple[Cells, list[str]]:
    """What is read of the pages, and the codes of what is said."""
    forms = read_forms(pages, pack.import_form.forms, pack.form.fields, 0)
    unit = unit_of_forms(forms.value.forms, "")
    imported = Imported("")
    said = [*forms.diagnostics, *unit.diagnostics]
    if not unit.diagnostics:
        said += fill_forms(imported, forms.value.forms, pack.import_form, pack.form.fields, unit.value)
    cells = {name: filled.text for name, filled in imported.values.items()}
    for path, rows in imported.lists.items():
        cells.update(_of_rows(path, rows))
    return cells, [one.code for one in said]


def _of_rows(path: str, rows: Mapping[str, FilledRow]) -> Iterator[tuple[str, str]]:
    """A row is known by its name, the second of a name by its number; its levels are cells like others."""
    seen: Counter[str] = Counter()
    for row in rows.values():
        name = "".join(row.key.split())
        seen[name] += 1
        where = f"{path}[{name}{'#' * (seen[name] - 1)}]"
        yield from ((f"{where}.{column}", filled.text) for column, filled in row.columns.items())
        for inner, held in row.lists.items():
            yield from _of_rows(f"{where}.{inner}", held)


def judged(shape: Shape) -> tuple[str, str]:
    """right, part or WRONG, and why; a part with nothing said of it and most of it gone is called silent."""
    page = shape.model.found.grid.page
    read, said = cells_of(shape.model.pack, [Page(page.file, page.name, shape.grid, page.named)])
    expected = shape.model.expected
    for path, text in read.items():
        if path not in expected:
            return "WRONG", f"{path} = {text}, not in the form"
        if not same(text, expected[path], "万元"):
            return "WRONG", f"{path} = {text}, is {expected[path]}"
    if len(read) == len(expected):
        return "right", ""
    return "part", f"{len(read)} of {len(expected)}, {'、'.join(sorted(set(said)))}"


# -- shapes -----------------------------------------------------------------------------------------------------------
def shaped(model: Model, chance: random.Random) -> Shape:
    grid = model.found.grid.page.grid
    shape = Shape(model, CellGrid({row: dict(cells) for row, cells in grid.rows.items()}, list(grid.merged)))
    for change in chance.sample(_CHANGES, chance.randint(1, 3)):
        change(shape, chance)
    if chance.random() < 0.3:
        _lose_merges(shape, chance)
    return shape


def _labels_changed(shape: Shape, chance: random.Random) -> None:
    """Spaces, line breaks, colons, （万元） behind: the same labels."""
    words = shape.model.found.words
    wanted = [word.steps[-1] for held in words.labels for word in held]
    wanted += [word.steps[-1] for one in words.lists for held in one.columns.values() for word in held]
    for row, cells in shape.grid.rows.items():
        for column, text in cells.items():
            cell = shape.model.found.grid.cells.get((row, column))
            if cell is None or text != cell.text or not any(word.fullmatch(cell.label) for word in wanted):
                continue
            at = len(str(text)) // 2
            ways = (
                f"{text}：",
                f"{text[:at]}\n{text[at:]}",
                f" {text[:at]} {text[at:]}",
                f"{text}（万元）",
                f"{text}(A)",
            )
            if chance.random() < 0.5:
                cells[column] = chance.choice(ways[:3] if chance.random() < 0.7 or row < shape.model.head else ways)
    shape.done.append("labels")


def _label_off(shape: Shape, chance: random.Random) -> None:
    if not shape.model.columns:
        return
    column, _ = chance.choice(list(shape.model.columns.values()))
    text = str(shape.grid.rows[shape.model.head].get(column, ""))
    if len(text) > 3:
        at = chance.randrange(1, len(text) - 1)
        shape.grid.rows[shape.model.head][column] = f"{text[:at]}植{text[at + 1 :]}"
        shape.done.append(f"“{text}” off")


def _emptied(shape: Shape, chance: random.Random) -> None:
    for row in shape.model.body:
        for column in shape.model.inner:
            if chance.random() < 0.1 and column in shape.grid.rows.get(row, {}):
                del shape.grid.rows[row][column]
    shape.done.append("emptied")


def _swapped(shape: Shape, chance: random.Random) -> None:
    if len(shape.model.inner) < 2 or shape.done:  # positions of the model hold only at first
        return
    one, other = chance.sample(shape.model.inner, 2)
    for row in (shape.model.head, *shape.model.body):
        cells = shape.grid.rows.get(row, {})
        a, b = cells.pop(one, None), cells.pop(other, None)
        cells.update({other: a} if a is not None else {})
        cells.update({one: b} if b is not None else {})
    shape.done.append("swapped")


def _column_added(shape: Shape, chance: random.Random) -> None:
    if not shape.model.columns or shape.done:
        return
    at = chance.choice([*shape.model.inner, max(last for _, last in shape.model.columns.values()) + 1])
    label = chance.choice(("扣分", "备注", "完成率", "复核得分", "上年实际完成值", "2016年指标值"))
    _insert(shape.grid, at)
    shape.grid.rows[shape.model.head][at] = label
    for row in shape.model.body:
        shape.grid.rows[row][at] = str(chance.randint(1, 99))
    shape.done.append(f"{label} added")


def _insert(grid: CellGrid, at: int) -> None:
    for row, cells in grid.rows.items():
        grid.rows[row] = {column + (column >= at): text for column, text in cells.items()}
    grid.merged[:] = [(a, b + (b >= at), c, d + (d >= at)) for a, b, c, d in grid.merged]


def _said_otherwise(shape: Shape, chance: random.Random) -> None:
    spellings = {
        "≥": (">=", "大于等于", "不低于", "≧"),
        "≤": ("<=", "小于等于", "不超过"),
        ">": ("大于",),
        "<": ("小于",),
    }
    if "目标值" not in shape.model.columns:
        return
    for row in shape.model.body:
        for column, text in shape.grid.rows.get(row, {}).items():
            sign, rest = str(text)[:1], str(text)[1:]
            if sign in spellings and rest:
                shape.grid.rows[row][column] = chance.choice(spellings[sign]) + chance.choice(("", " ")) + rest
            elif re.fullmatch(r"\d{5,}[人次]*", str(text)):
                digits = re.match(r"\d+", str(text))
                assert digits is not None
                shape.grid.rows[row][column] = f"{int(digits[0]):,}{str(text)[digits.end() :]}"
            elif re.fullmatch(r"[\d.]+%", str(text)) and chance.random() < 0.3:
                shape.grid.rows[row][column] = str(text).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789%"})
    shape.done.append("said otherwise")


def _rows_added(shape: Shape, chance: random.Random) -> None:
    if not shape.model.body or shape.done:
        return
    at = chance.choice(shape.model.body[1:] or shape.model.body)
    first = shape.model.columns.get("一级", (1, 1))[0]
    name = shape.model.columns.get("三级", (3, 3))[0]
    kind = chance.choice(("blank", "小计", "…", "head"))
    head = {column: text for column, text in shape.grid.rows[shape.model.head].items() if column >= first}
    row: dict[str, Mapping[int, str]] = {
        "blank": {},
        "小计": {first: "小计", shape.model.inner[-1]: "10"},
        "…": {name: "……"},
        "head": head,
    }
    rows = {number + (number >= at): cells for number, cells in shape.grid.rows.items()}
    shape.grid.rows = {**rows, at: dict(row[kind])}
    # An area that the row would split is split: the label stands above the row only.
    merged = []
    for a, b, c, d in shape.grid.merged:
        merged += [(a, b, at - 1, d)] if a < at <= c else [(a + (a >= at), b, c + (c >= at), d)]
    shape.grid.merged[:] = merged
    shape.done.append(f"{kind} row")


def _other_year_beside(shape: Shape, chance: random.Random) -> None:
    """The targets of another year stand in a column of their own under its year; ours under this year's."""
    if shape.done or "目标值" not in shape.model.columns:
        return
    at = shape.model.columns["目标值"][0]
    year = shape.model.expected.get("年度", "")
    if not year:
        return
    head = shape.model.head
    _insert(shape.grid, at)
    rows = {number + (number >= head): cells for number, cells in shape.grid.rows.items()}
    merged = [(a + (a >= head), b, c + (c >= head), d) for a, b, c, d in shape.grid.merged]
    words = chance.choice(
        ((f"{int(year) - 1}年", f"{year}年"), ("上年", "本年度"), ("中长期目标", "年度目标"), ("实施期", "年度"))
    )
    rows[head] = {at: words[0], at + 1: words[1]}
    rows[head + 1][at] = rows[head + 1][at + 1]
    for row in shape.model.body:
        if at + 1 in rows.get(row + 1, {}):
            rows[row + 1][at] = str(chance.randint(100, 999))
    if chance.random() < 0.3:
        del rows[head][at + 1]
    shape.grid.rows, shape.grid.merged[:] = rows, merged
    shape.done.append(f"{words[0]} beside")


def _title_gone(shape: Shape, chance: random.Random) -> None:
    for row in [row for row in shape.grid.rows if row < 1]:
        del shape.grid.rows[row]
    shape.done.append("title gone")


def _lose_merges(shape: Shape, chance: random.Random) -> None:
    centred = chance.random() < 0.3
    for a, b, _, d in shape.grid.merged if centred else ():
        text = shape.grid.rows.get(a, {}).pop(b, None)
        if text is not None:
            shape.grid.rows[a][(b + d) // 2] = text
    shape.grid.merged.clear()
    shape.done.append(_LOST[centred])


Change = Callable[[Shape, random.Random], None]
_CHANGES: tuple[Change, ...] = (
    *(_labels_changed, _label_off, _emptied, _swapped, _column_added),
    *(_said_otherwise, _rows_added, _other_year_beside, _title_gone),
)
