"""Which column of a form's head is meant: by its label, never by its place; another year's is none, two an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, finding
from generator.filled_forms.form_grid import FormCell, FormGrid
from generator.official_tables.header_paths import ThisYear, readings, says_other
from generator.official_tables.import_form import Words, closeness

LONGEST_LABEL = 30
_GROUP = re.compile(
    r"(?:(?P<year>20\d\d)年?度?|(?P<own>年度|本年度?|当年|全年)|(?P<other>[上去前]年度?|上一年度|实施期|中长?期|长期|三年|总体))"
    r"(?:绩效)?(?:目标|指标|情况|值|数|规划|计划|完成|预算|决算|执行|实际|资金)*"
)
_QUANTITY = re.compile(r"[值数分率额]|完成|得分")
"""A label of something that a year has; 一级指标 and 偏差原因 are none."""
_YEAR = re.compile(r"(20\d\d) ?年?")


@dataclass(slots=True)
class Head:
    """`rows`: its rows; `spans`: field → first and last column; `strange`: labels that nobody asked for."""

    rows: tuple[int, ...]
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    strange: list[FormCell] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)


def field_of(grid: FormGrid, cell: FormCell, wanted: Mapping[str, Words], year: int) -> str:
    """The field whose label the cell is, or "". 2020年执行数 and 上年执行数 are 执行数 in the year 2020 and never."""
    if len(cell.label) > LONGEST_LABEL:
        return ""
    asked = (cell.label, id(wanted), year)  # a pack's words outlive the grid
    if asked not in grid.asked:
        grid.asked[asked] = _field_of(cell.label, wanted, year)
    return grid.asked[asked]


def _field_of(label: str, wanted: Mapping[str, Words], year: int) -> str:
    said = _with_this_year(label, year)
    for name, besides in ((label, ""), (said, ""), *readings(said)):
        if besides and (says_other([besides], ThisYear(year)) or (not year and _YEAR.search(besides))):
            continue
        rank, found = max(((closeness(words, (name,)), one) for one, words in wanted.items()), default=(0, ""))
        if rank:
            return found
    return ""


def _with_this_year(label: str, year: int) -> str:
    """2020年决算数 → 本年决算数, 2019年决算数 → 上年决算数 in the year 2020."""
    names = {str(year): "本年", str(year - 1): "上年"} if year else {}
    return _YEAR.sub(lambda found: names.get(found[1], found[0]), label)


def head_in(
    grid: FormGrid, rows: Iterable[int], wanted: Mapping[str, Words], least: int, year: int, form: str
) -> Head | None:
    """The first rows in which `least` of the wanted labels stand, read as a head of one or two rows."""
    numbers = list(rows)
    for at, row in enumerate(numbers):
        if len(_named(grid, grid.covering(row), wanted, year)) < least:
            continue
        head = Head((row,))
        after = numbers[at + 1] if at + 1 < len(numbers) else 0
        if after and _is_second_row(grid, after, row, wanted, year):
            head.rows = (row, after)
        _choose(grid, head, wanted, year, form)
        return head
    return None


def _named(grid: FormGrid, cells: Iterable[FormCell], wanted: Mapping[str, Words], year: int) -> set[str]:
    return {name for cell in cells if (name := field_of(grid, cell, wanted, year))}


def _is_second_row(grid: FormGrid, row: int, first: int, wanted: Mapping[str, Words], year: int) -> bool:
    """Labels again, below labels of groups; a row of data has none."""
    own = grid.beginning_in(row)
    known, above = _named(grid, own, wanted, year), _named(grid, grid.beginning_in(first), wanted, year)
    return bool(known) and len(known) * 2 >= len(own) and not known <= above


def _choose(grid: FormGrid, head: Head, wanted: Mapping[str, Words], year: int, form: str) -> None:
    cells = {(one.row, one.column): one for row in head.rows for one in grid.covering(row)}
    named: dict[str, list[FormCell]] = {}
    for cell in cells.values():
        name = field_of(grid, cell, wanted, year)
        if name:
            named.setdefault(name, []).append(cell)
        elif not any(one.row > cell.row and cell.column <= one.column <= cell.last_column for one in cells.values()):
            head.strange.append(cell)
    for name, several in named.items():
        judged = {cell.column: _group_over(grid, cell, head.rows[0], year) for cell in several}
        left = [cell for cell in several if judged[cell.column] is not False]
        if len(left) == 1 and judged[left[0].column] is not None:
            head.spans[name] = (left[0].column, left[0].last_column)
        elif left:
            shown = "和".join(f"“{cell.text}”（{cell.place.cell}）" for cell in left)
            head.findings.append(finding("X065", *(c.place for c in left), table=form, column=name, shown=shown))
        else:
            shown = "、".join(f"“{cell.text}”（{cell.place.cell}）" for cell in several)
            head.findings.append(finding("X066", *(c.place for c in several), table=form, column=name, shown=shown))


def _group_over(grid: FormGrid, cell: FormCell, first: int, year: int) -> bool | None:
    """Whether the group that the label stands under is this year's; True where there is none, None where merges were
    lost and another year's label may reach over it."""
    sure: bool | None = True
    for row in {cell.row - 1, first - 1}:
        groups = [(one, match) for one in grid.covering(row) if (match := _GROUP.fullmatch(one.label))]
        over = [match for one, match in groups if one.column <= cell.column <= one.last_column]
        if over and not _is_own(over[0], year):
            return False
        if over or any(one.last_column > one.column for one, _ in groups) or not _QUANTITY.search(cell.label):
            continue
        # No label of the row is merged. One reaches to the right as far as the next; the first may stand in the middle.
        left = [match for one, match in groups if one.column < cell.column]
        if groups and not _is_own(left[-1] if left else groups[0][1], year):
            sure = None
    return sure


def _is_own(group: re.Match[str], year: int) -> bool:
    return bool(group["own"]) or (bool(year) and group["year"] == str(year))
