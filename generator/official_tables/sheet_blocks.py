"""A sheet of official tables cut into tables: titles, lines beside them, header rows, body.

Several tables may stand on one sheet, a table may go on under a repeated header, and merged cells may be lost. What a
row is follows from the words in it, never from its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.form.value_reading import half_width
from generator.official_tables.import_form import CROSSED, ImportForm, TableForm, bare, unnumbered
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.xlsx.cells import Calculated, CellGrid, column_letters

CODE_LABEL = re.compile(r".*(?:科目|分类|功能)(?:科目)?编码|编码|科目代码|类|款|项|支出功能分类|经济分类|功能分类")
NAME_LABEL = re.compile(r"(?:功能分类|经济分类)?科目名称|名称")
ITEM_LABEL = re.compile(r"项目(?:\(.*\))?|项目名称|预算科目|科目|支出项目|收入项目|支出功能分类|功能分类")
LINE_LABEL = re.compile(r"行次|栏次|序号")
_OTHER_LABEL = re.compile(r"收入|支出|本年收入|本年支出|人员经费|公用经费|预算数|决算数|金额")
_TOTAL = re.compile(r"合计|总计|小计")
AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+")
_TABLE_NUMBER = re.compile(r"^(?:公开|附|财决)?(?:表[\d一二三四五六七八九十]+|[\d\-—]+表|[A-Z]\d+(?:_\d+)?)[:.、]?")
_BEHIND_TITLE = re.compile(r"(?:\([^()]*\)|续|\d{4}年度?|公开\d+表|(?:金额)?单位:\w+)+$")
_UNIT = re.compile(r"单位[:为](万元|千元|亿元|元)|[（(](万元|千元|亿元|元)[）)]")
_YEAR = re.compile(r"(20\d\d) ?年(?:度|部门决算)")
_DEPARTMENT = re.compile(r"(?:编制单位|编报单位|填报单位|公开部门|公开单位|部门名称|单位名称|部门|单位) ?: ?(\S*)")
_MOST_COLUMNS = 120


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One filled cell: the text as shown, its bare label, its fault (a code of the catalogue) or ""."""

    text: str
    label: str
    fault: str
    row: int
    column: int

    @property
    def is_amount(self) -> bool:
        return bool(AMOUNT.fullmatch(half_width(self.text)))


@dataclass(slots=True)
class TableBlock:
    """One table of a sheet. `header` and `body` are row numbers; `beside` are rows of words outside the table."""

    file: str
    sheet: str
    rows: dict[int, dict[int, SheetCell]]
    merged: Sequence[tuple[int, int, int, int]]
    titles: list[str] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)

    def place(self, row: int, column: int) -> Place:
        return Place(self.file, sheet=self.sheet, cell=f"{column_letters(column)}{row}")

    def unit(self) -> str:
        """元 or 万元 as the lines beside the table, or its header, say; "" when they do not."""
        words = half_width(f"{self.words(self.beside)} {self.words(self.header)}").replace(" ", "")
        match = _UNIT.search(words)
        return match[1] or match[2] if match else ""

    def year(self) -> int:
        match = _YEAR.search(half_width(self.words(self.beside)))
        return int(match[1]) if match else 0

    def department(self) -> str:
        """What stands behind 部门： or 编制单位：, in the same cell or in the next."""
        for number in self.beside:
            spots = list(self.rows[number].values())
            for spot, after in zip(spots, [*spots[1:], None], strict=True):
                match = _DEPARTMENT.match(half_width(spot.text))
                name = (match[1] or (after.text if after is not None else "")) if match else ""
                if name and name not in MONEY_UNITS and "单位" not in name:
                    return name
        return ""

    def texts_beside(self) -> list[str]:
        return [spot.text for row in self.beside for spot in self.rows[row].values()]

    def words(self, rows: Iterable[int]) -> str:
        """The words of these rows, a space between cells."""
        return " ".join(spot.text for row in rows for spot in self.rows[row].values())

    def paths(self) -> dict[int, tuple[str, ...]]:
        """The labels above each column, from the top. Where merged cells were lost, a label reaches to the right."""
        last = max((column for row in (*self.header, *self.body) for column in self.rows.get(row, ())), default=0)
        paths: dict[int, tuple[str, ...]] = dict.fromkeys(range(1, last + 1), ())
        origins: dict[int, tuple[tuple[int, int], ...]] = dict.fromkeys(paths, ())
        for row in self.header:
            found: dict[int, tuple[str, tuple[int, int]]] = {}
            for column in paths:
                spot = self.rows[row].get(column)
                if spot is not None:
                    found[column] = (spot.label, (row, column))
                    continue
                origin = self.merged_origin(row, column)
                if origin is not None and origin[0] in self.header:
                    covering = self.rows[origin[0]].get(origin[1])
                    if covering is not None:
                        found[column] = (covering.label, origin)
                elif origin is None and origins.get(column - 1) == origins[column] and column - 1 in found:
                    found[column] = found[column - 1]
            for column, (label, origin) in found.items():
                if origin not in origins[column]:
                    paths[column] += (label,)
                    origins[column] += (origin,)
        return paths

    def merged_origin(self, row: int, column: int) -> tuple[int, int] | None:
        for first_row, first_column, last_row, last_column in self.merged:
            if first_row <= row <= last_row and first_column <= column <= last_column:
                return first_row, first_column
        return None


def title_of(text: str, forms: Iterable[TableForm]) -> TableForm | None:
    """The table whose title the text ends in; the longest wording decides."""
    plain = _BEHIND_TITLE.sub("", _TABLE_NUMBER.sub("", bare(text)))
    best: tuple[int, TableForm] | None = None
    for form in forms:
        if any(word in plain for word in form.excluded):
            continue
        length = max((len(title) for title in form.titles if plain.endswith(title)), default=0)
        if length and (best is None or length > best[0]):
            best = (length, form)
    return best[1] if best else None


def cut(grid: CellGrid, file: str, sheet: str, form: ImportForm) -> list[TableBlock]:
    """The tables of one sheet, from top to bottom; a sheet without any gives one block without header."""
    return _Cutter(grid, file, sheet, form).blocks()


class _Cutter:
    def __init__(self, grid: CellGrid, file: str, sheet: str, form: ImportForm) -> None:
        self.grid, self.file, self.sheet, self.forms = grid, file, sheet, form.tables
        self.words = [
            word.steps[-1]
            for table in form.tables
            for words in (*table.columns.values(), *(table.rows.values() if table.style == CROSSED else ()))
            for word in words
        ]
        self.rows = {number: self.spots(number) for number in sorted(grid.rows)}
        self.rows = {number: spots for number, spots in self.rows.items() if spots}
        self.found: list[TableBlock] = []

    def spots(self, number: int) -> dict[int, SheetCell]:
        spots: dict[int, SheetCell] = {}
        for column, value in sorted(self.grid.rows[number].items()):
            text, fault = (value.text, value.fault) if isinstance(value, Calculated) else (value, "")
            if column <= _MOST_COLUMNS and text.strip():
                spots[column] = SheetCell(text.strip(), bare(text), fault, number, column)
        return spots

    def blocks(self) -> list[TableBlock]:
        block = self.new_block()
        for number, spots in self.rows.items():
            if self.is_title(spots):
                if block.header or block.body:
                    block = self.new_block()
                block.titles.extend(spot.text for spot in spots.values())
                block.beside.append(number)
            elif self.is_numbers_of_columns(spots):
                continue
            elif self.is_header(spots, block):
                if block.body and not self.repeats(spots, block):
                    block = self.new_block()
                if not block.body:
                    block.header.append(number)
            elif block.header:
                block.body.append(number)
            else:
                block.beside.append(number)
        for one in self.found:
            self.leave_notes_out(one)
        return [one for one in self.found if one.header or one.beside] or [block]

    def new_block(self) -> TableBlock:
        self.found.append(TableBlock(self.file, self.sheet, self.rows, self.grid.merged))
        return self.found[-1]

    def is_title(self, spots: dict[int, SheetCell]) -> bool:
        """A row that holds a table's name and nothing else, beside perhaps its number, date or unit."""
        if len(spots) > 3 or any(spot.is_amount for spot in spots.values()):
            return False
        return any(
            title_of(spot.text, self.forms) is not None and unnumbered(spot.label) == spot.label
            for spot in spots.values()
        )

    @staticmethod
    def is_numbers_of_columns(spots: dict[int, SheetCell]) -> bool:
        """栏次: 1 2 3 …, with or without the word."""
        numbers = [half_width(spot.text) for spot in spots.values() if spot.is_amount]
        words = [spot.label for spot in spots.values() if not spot.is_amount]
        counted = all(number.isdecimal() for number in numbers) and [int(n) for n in numbers] == list(
            range(int(numbers[0]) if numbers else 0, (int(numbers[0]) if numbers else 0) + len(numbers))
        )
        if any(word == "栏次" for word in words):
            return counted
        # Formulas of columns («3=4+5») stand in some forms instead of plain numbers.
        return not words and counted and len(numbers) > 1 and numbers[0] == "1"

    def is_header(self, spots: dict[int, SheetCell], block: TableBlock) -> bool:
        if any(spot.is_amount or spot.fault for spot in spots.values()):
            return False
        level_labels = sum(spot.label in ("类", "款", "项") for spot in spots.values())
        if level_labels >= 2:
            return True
        known = [spot for spot in spots.values() if self.is_header_label(spot.label)]
        if len(known) >= 2 and not all(_TOTAL.fullmatch(spot.label) for spot in known):
            return len(known) * 2 >= len(spots)
        if not known or not block.header or block.body:
            return False
        if any(CODE_LABEL.fullmatch(s.label) or NAME_LABEL.fullmatch(s.label) for s in known):
            return True
        label_columns = {
            column
            for column, path in block.paths().items()
            if any(p.fullmatch(label) for p in (CODE_LABEL, NAME_LABEL, ITEM_LABEL) for label in path)
        }
        return all(spot.column not in label_columns for spot in spots.values())

    def is_header_label(self, label: str) -> bool:
        if unnumbered(label) != label:
            return False
        patterns = (CODE_LABEL, NAME_LABEL, ITEM_LABEL, LINE_LABEL, _OTHER_LABEL)
        return any(p.fullmatch(label) for p in patterns) or any(word.fullmatch(label) for word in self.words)

    def repeats(self, spots: dict[int, SheetCell], block: TableBlock) -> bool:
        """The header again, on the table's next printed page."""
        labels = [spot.label for spot in spots.values()]
        return any(labels == [spot.label for spot in self.rows[row].values()] for row in block.header)

    def leave_notes_out(self, block: TableBlock) -> None:
        """Notes behind the table («注：本表反映…») are words beside it."""
        while block.body:
            spots = self.rows[block.body[-1]]
            if len(spots) > 2 or any(s.is_amount for s in spots.values()):
                return
            first = next(iter(spots.values()))
            if not re.match(r"(?:\d[.、])?(?:注|说明|备注|本表)|.*(?:单位:|填报|反映)", first.label):
                return
            block.beside.append(block.body.pop())
