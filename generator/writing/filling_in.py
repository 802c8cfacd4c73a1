"""What every block of a new workbook is written with: what was typed, where things stand, formulas, lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

from generator.diagnostics import Diagnostic, finding
from generator.facts.accounts import Accounts
from generator.filling.typed_rows import Typed, TypedRow
from generator.form.fields import Field
from generator.form.layout import Layout
from generator.form.sources import Cell
from generator.form.value_reading import half_width, printable
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.word.sheet import cell_words
from generator.writing.cell_values import LONGEST_TEXT, write_value
from generator.writing.entry_rules import Lists, Rules
from generator.writing.excel_formulas import Formula, Formulas
from generator.writing.positions import Positions

UNIT_NAME = "金额单位"


class FillingIn:
    """One workbook in the making."""

    def __init__(
        self, layout: Layout, typed: Typed, accounts: Accounts, year: int, sentences: Mapping[str, str]
    ) -> None:
        self.layout, self.typed, self.sentences = layout, typed, sentences
        word = half_width(typed.word(UNIT_NAME))
        self.unit = word if word in MONEY_UNITS else "万元"
        self.rows: dict[tuple[str, ...], list[TypedRow]] = {one.names: list(typed.rows(one)) for one in layout.tables}
        self.positions = Positions.of(layout, {names: len(rows) for names, rows in self.rows.items()})
        self.formulas = Formulas(self.positions.lines, self.positions.tables)
        self.findings: list[Diagnostic] = []
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.lists = Lists(self.workbook, accounts, year)

    def fill(self, target: ExcelCell, cell: Cell, one: Field, label: str) -> None:
        """One typed value. X030 when it is longer than a cell can hold."""
        text = printable(cell.text or "").strip()
        if len(cell_words(text)) > LONGEST_TEXT:
            place = Place(sheet=str(target.parent.title), cell=target.coordinate)
            self.findings.append(finding("X030", place, cell.place, label=label, count=len(text), most=LONGEST_TEXT))
        else:
            write_value(target, text, one, half_width(self.typed.unit_of(cell.place.file)), self.unit)


@dataclass(slots=True)
class PageInk:
    """One sheet in the making: its rules, the widths of its columns, how far it is written."""

    excel: Worksheet
    rules: Rules
    widths: list[float] = field(default_factory=list)
    last: int = 1

    def width(self, columns: int) -> float:
        return sum(self.widths[:columns])


def demand(one: Field) -> str:
    """What the office has to do with a field, in a word or two."""
    if one.formula:
        return "填它或各项" if one.parts else "可不填"
    if one.required:
        return "必填"
    if one.default is not None and not one.when:
        return f"不填按{one.default}"
    return "视情况必填" if one.when else "选填"


def advice(one: Field) -> str:
    """The pack's 说明, and how to type what people ask about."""
    ways = {"百分比": "98.2 表示 98.2%", "日期": "如 2024-10-26"}
    return "；".join(part for part in (one.help, ways.get(one.kind, "")) if part)


def tolerance(made: Formula, one: Field) -> str:
    """What rounding of the parts explains: half a last digit for each. Amounts in 元 are exact, others have 2 decimals.

    Parts of a column count as twenty: a rule of one sheet cannot count rows of another in every Excel.
    """
    if one.kind != "金额":
        return "0.000001"
    terms = made.terms + (20 if made.ranges else 0) + 1
    return f'IF({UNIT_NAME}="元",0.001,0.005*{terms}+0.00001)'
