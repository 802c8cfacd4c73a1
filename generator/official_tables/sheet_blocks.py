"""A page of official tables cut into tables: titles, lines beside them, header rows, body.

A page is a sheet of a workbook or a table of a document. Several tables may stand on one, a table may go on under a
repeated header, and merged cells may be lost. What a row is follows from the words in it, never from its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.form.value_reading import half_width
from generator.official_tables.header_labels import CODE_LABEL, ITEM_LABEL, LINE_LABEL, NAME_LABEL, paths_of
from generator.official_tables.header_paths import is_qualifier, readings
from generator.official_tables.import_form import CROSSED, ImportForm, bare, unnumbered
from generator.official_tables.official_table import Stretch
from generator.official_tables.titles import CONTINUED, is_continued, is_title_like, title_of
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.xlsx.cells import Calculated, CellGrid, column_letters

_OTHER_LABEL = re.compile(r"收入|支出|本年收入|本年支出|人员经费|公用经费|预算数|决算数|金额")
_ACROSS = re.compile(r"3\d\d(?:\d\d)?")
"""A 经济科目 over a column."""
_TOTAL = re.compile(r"合计|总计|小计")
AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+")
_UNIT = re.compile(r"单位[:为](?:人民币)?(万元|千元|亿元|元)|[（(](?:人民币)?(万元|千元|亿元|元)[）)]")
_YEAR = re.compile(r"(20\d\d) ?年(?:度|(?:部门|单位)?[预决]算|[^\d\s]{2,30}表(?!\S))")
_DEPARTMENT = re.compile(r"(?:编制单位|编报单位|填报单位|公开部门|公开单位|部门名称|单位名称|部门|单位) ?: ?(\S*)")
_SAYS_EMPTY = re.compile(
    r"[本此该]表(?:格)?(?:为空|无|没有|不涉及|未发生|无需填)|空表(?!格)|(?:无|没有)(?:此项|该项|本项|相关|此类|数据|内容|发生额)"
    r"|(?:^|[:,，。;；]|部门|单位|本年度?|\d{4}年度?)(?:无|没有|未发生|未安排|未使用|不涉及)[^。;；]*(?:收入|支出|收支|经费|拨款|预算|业务|资金)"
)
_MOST_COLUMNS = 120


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a workbook, or one table of a document with the lines above it (in rows below 1).

    `named`: the name is people's own word, not a count of pages and tables.
    """

    file: str
    name: str
    grid: CellGrid
    named: bool = True

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Of a cell; of the whole for lines that stand above a document's table."""
        if row < 1:
            return Place(self.file, sheet=self.name)
        cell = f"{column_letters(column)}{row}" if self.named else f"第{row}行第{column}列"
        return Place(self.file, sheet=self.name, cell=cell)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One filled cell: the text as shown, its bare label, its fault (a code of the catalogue) or ""."""

    text: str
    label: str
    fault: str
    row: int
    column: int
    page: Page

    @property
    def is_amount(self) -> bool:
        return bool(AMOUNT.fullmatch(half_width(self.text)))

    @property
    def place(self) -> Place:
        return self.page.place(self.row, self.column)


Spots = Mapping[int, SheetCell]


@dataclass(slots=True)
class TableBlock:
    """One table of a page. `header` and `body` are row numbers; `beside` are rows of words outside the table.

    `stretches`: where its rows stand, once pieces from other pages were added. `continued`: it says 续表. `numbered`:
    its columns are counted (栏次).
    """

    page: Page
    rows: dict[int, Mapping[int, SheetCell]]
    merged: Sequence[tuple[int, int, int, int]]
    titles: list[str] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    continued: bool = False
    further: list[Stretch] = field(default_factory=list)
    numbered: bool = False

    def stretches(self) -> tuple[Stretch, ...]:
        own = [row for row in self.body or self.header if row in self.page.grid.rows] or [0]
        return Stretch(self.page.place(), own[0], own[-1]), *self.further

    def place(self, column: int) -> Place:
        """Of a column, by the lowest cell of its header."""
        for row in reversed(self.header):
            spots = self.rows[row]
            if column in spots:
                return spots[column].place
        return self.page.place(self.header[-1], column) if self.header else self.page.place()

    def above(self) -> list[str]:
        """The lines above the header, cell by cell, those of the title among them."""
        narrow = (self.rows[row] for row in self.rows_above() if len(self.rows[row]) <= 3)
        return [spot.text for spots in narrow for spot in spots.values()]

    def rows_above(self) -> list[int]:
        """Of a piece without a header those above its first amount."""
        amounts = (row for row in self.beside if any(spot.is_amount for spot in self.rows[row].values()))
        first = self.header[0] if self.header else next(amounts, None)
        return [row for row in self.beside if first is None or row < first]

    def unit(self) -> str:
        """元 or 万元 as the lines beside the table, or its header, say; "" when they do not."""
        for rows in (self.rows_above(), self.header, self.beside):
            match = _UNIT.search(half_width(self.words(rows)).replace(" ", ""))
            if match:
                return match[1] or match[2]
        return ""

    def year(self) -> int:
        """As the lines above say; notes below the table speak of other years too."""
        match = _YEAR.search(half_width(self.words(self.rows_above())))
        return int(match[1]) if match else 0

    def department(self) -> str:
        """What stands behind 部门： or 编制单位：, in the same cell or in the next."""
        return department_in([spot.text for spot in self.rows[number].values()] for number in self.beside)

    def all_words(self) -> frozenset[str]:
        """Labels and lines, bare, without their numbers."""
        rows = (self.rows[row] for row in (*self.beside, *self.header, *self.body))
        words = {unnumbered(spot.label) for spots in rows for spot in spots.values() if not spot.is_amount}
        return frozenset(words | ({"栏次"} if self.numbered else set()))

    def says_empty(self) -> str:
        """The line beside the table, or in it, that says that it has no figures; "" when none does."""
        rows = [*self.beside, *(row for row in self.body if not any(s.is_amount for s in self.rows[row].values()))]
        lines = (spot.text for row in rows for spot in self.rows[row].values())
        return next((line for line in lines if _SAYS_EMPTY.search(bare(line))), "")

    def holds_amounts(self) -> bool:
        rows = (self.rows[row] for row in (*self.beside, *self.body))
        return any(spot.is_amount for spots in rows for spot in spots.values())

    def words(self, rows: Iterable[int]) -> str:
        """The words of these rows, a space between cells."""
        return " ".join(spot.text for row in rows for spot in self.rows[row].values())

    def paths(self) -> dict[int, tuple[str, ...]]:
        """The labels above each column, from the top."""
        last = max((column for row in (*self.header, *self.body) for column in self.rows.get(row, ())), default=0)
        return paths_of([(row, self.rows[row]) for row in self.header], self.merged, last)


def department_in(lines: Iterable[Sequence[str]]) -> str:
    """The name behind 部门： or 编制单位： in one of the lines, each the texts of its cells; "" when none has it."""
    for texts in lines:
        for text, after in zip(texts, [*texts[1:], ""], strict=True):
            match = _DEPARTMENT.match(half_width(text))
            name = match[1] or after if match else ""
            if name and name not in MONEY_UNITS and "单位" not in name:
                return name
    return ""


def cut(page: Page, form: ImportForm) -> list[TableBlock]:
    """The tables of one page, from top to bottom; a page without any gives one block without header."""
    return _Cutter(page, form).blocks()


class _Cutter:
    def __init__(self, page: Page, form: ImportForm) -> None:
        self.page, self.forms, self.use = page, form.tables, form.use
        self.labels: dict[str, bool] = {}
        self.words = [
            word.steps[-1]
            for table in form.tables
            for words in (*table.columns.values(), *(table.rows.values() if table.style == CROSSED else ()))
            for word in words
        ]
        rows = {number: self.spots(number) for number in sorted(page.grid.rows)}
        self.rows: dict[int, Mapping[int, SheetCell]] = {number: spots for number, spots in rows.items() if spots}
        self.found: list[TableBlock] = []

    def spots(self, number: int) -> dict[int, SheetCell]:
        spots: dict[int, SheetCell] = {}
        for column, value in sorted(self.page.grid.rows[number].items()):
            text, fault = (value.text, value.fault) if isinstance(value, Calculated) else (value, "")
            if column <= _MOST_COLUMNS and text.strip():
                spots[column] = SheetCell(text.strip(), bare(text), fault, number, column, self.page)
        return spots

    def blocks(self) -> list[TableBlock]:
        block = self.new_block()
        for number, spots in self.rows.items():
            if self.begins_a_table(spots, block):
                if block.header or block.body:
                    block = self.new_block()
                block.continued |= any(is_continued(spot.text) for spot in spots.values())
                block.titles.extend(spot.text for spot in spots.values())
                block.beside.append(number)
            elif self.is_numbers_of_columns(spots):
                block.numbered = True
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
        self.found.append(TableBlock(self.page, self.rows, self.page.grid.merged))
        return self.found[-1]

    def begins_a_table(self, spots: Spots, block: TableBlock) -> bool:
        """A row that holds a table's name and nothing else, beside perhaps its number, date or unit."""
        if len(spots) > 3 or any(spot.is_amount for spot in spots.values()):
            return False
        if any(CONTINUED.fullmatch(spot.label) for spot in spots.values()):
            return True
        numbered = any(
            unnumbered(spot.label) != spot.label and not spot.label.endswith("表") for spot in spots.values()
        )
        if not numbered and any(title_of(spot.text, self.forms) is not None for spot in spots.values()):
            return True
        # A table that nobody asked for ends the one above it all the same.
        return bool(block.body) and any(is_title_like(spot.text, self.use) for spot in spots.values())

    @staticmethod
    def is_numbers_of_columns(spots: Spots) -> bool:
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

    def is_header(self, spots: Spots, block: TableBlock) -> bool:
        labels = [spot.label for spot in spots.values()]
        names = any(map(NAME_LABEL.fullmatch, labels)) and any(map(CODE_LABEL.fullmatch, labels))
        if any(
            (spot.is_amount and not (names and _ACROSS.fullmatch(spot.label))) or spot.fault for spot in spots.values()
        ):
            return False
        if names:
            return True
        level_labels = sum(spot.label in ("类", "款", "项") for spot in spots.values())
        if level_labels >= 2:
            return True
        known = [spot for spot in spots.values() if self.is_header_label(spot.label)]
        begun = bool(block.header) and not block.body
        if begun and any(CODE_LABEL.fullmatch(spot.label) or NAME_LABEL.fullmatch(spot.label) for spot in known):
            return True
        if len(known) >= 2 and not all(_TOTAL.fullmatch(spot.label) for spot in known):
            return len(known) * 2 >= len(spots)
        if not begun or (not known and len(spots) < 2):
            return False
        label_columns = {
            column
            for column, path in block.paths().items()
            if any(p.fullmatch(label) for p in (CODE_LABEL, NAME_LABEL, ITEM_LABEL) for label in path)
        }
        return all(spot.column not in label_columns for spot in spots.values())

    def is_header_label(self, label: str) -> bool:
        known = self.labels.get(label)
        if known is None:
            known = self.labels[label] = unnumbered(label) == label and self.is_known_label(label)
        return known

    def is_known_label(self, label: str) -> bool:
        patterns = (CODE_LABEL, NAME_LABEL, ITEM_LABEL, LINE_LABEL, _OTHER_LABEL)
        if is_qualifier(label) or any(one.fullmatch(label) for one in patterns):
            return True
        return any(word.fullmatch(name) for name, _ in readings(label) for word in self.words)

    def repeats(self, spots: Spots, block: TableBlock) -> bool:
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
