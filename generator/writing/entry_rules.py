"""What Excel itself watches while an office types: drop-downs, limits, double keys, totals that turn red.

Limits only warn where the program accepts more (不适用, a 科目 that our list lacks); closed lists refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from generator.facts.accounts import LEVELS, Accounts
from generator.form.blocks import ACCOUNTS, ParentColumn
from generator.form.fields import ACCOUNT_KINDS, Field
from generator.writing import sheet_look as look
from generator.writing.excel_formulas import TableSpot
from generator.writing.positions import quoted

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_LIST = 250  # characters of a drop-down written into the rule itself; Excel refuses more than 255
_LIMIT = "100000000000000"

Kind = Literal["whole", "decimal", "list", "date"]


class Lists:
    """The hidden sheet with the entries of drop-downs that a rule cannot hold, one column each."""

    def __init__(self, workbook: Workbook, accounts: Accounts, year: int) -> None:
        self.workbook, self.accounts, self.year = workbook, accounts, year
        self.columns: dict[str, tuple[str, ...]] = {}

    def range_of(self, entries: tuple[str, ...], title: str) -> str:
        found = next((known for known, held in self.columns.items() if held == entries), title)
        self.columns.setdefault(found, entries)
        letter = get_column_letter(list(self.columns).index(found) + 1)
        return f"{quoted(ACCOUNTS)}${letter}$2:${letter}${len(entries) + 1}"

    def accounts_of(self, one: Field) -> tuple[str, ...]:
        """«2080104 综合业务管理» of the fiscal year, of the level that the field asks for."""
        first = "2" if one.kind == "功能科目" else "3"
        return tuple(
            f"{code} {self.accounts.name(code, self.year)}"
            for code in sorted(self.accounts.table)
            if code.startswith(first)
            and one.level in ("", LEVELS.get(len(code)))
            and self.accounts.in_force(code, self.year)
        )

    def write(self) -> None:
        if not self.columns:
            return
        excel = self.workbook.create_sheet(ACCOUNTS)
        excel.sheet_state = "hidden"
        excel.protection.sheet = True
        for number, (title, entries) in enumerate(self.columns.items(), 1):
            excel.column_dimensions[get_column_letter(number)].width = 48
            for row, entry in enumerate((title, *entries), 1):
                look.words(excel.cell(row, number), entry)


class Rules:
    """The drop-downs, limits and red marks of one sheet; equal rules are joined into one with several areas."""

    def __init__(self, excel: Worksheet, lists: Lists) -> None:
        self.excel, self.lists = excel, lists
        self.made: dict[tuple[str, ...], DataValidation] = {}

    def add(
        self, area: str, kind: Kind, first: str, second: str = "", *, strict: bool, title: str, message: str
    ) -> None:
        key = (kind, first, second, message)
        if key not in self.made:
            self.made[key] = DataValidation(
                type=kind,
                operator="between" if second else None,
                formula1=first,
                formula2=second or None,
                allow_blank=True,
                showErrorMessage=True,
                errorStyle="stop" if strict else "warning",
                errorTitle=title,
                error=message,
            )
        self.made[key].add(area)

    def choices(self, choices: tuple[str, ...], area: str, title: str = "选项") -> None:
        inline = ",".join(choices)
        if len(inline) <= _LONGEST_LIST and not any("," in one or '"' in one for one in choices):
            source = f'"{inline}"'
        else:
            source = self.lists.range_of(choices, title)
        self.add(area, "list", source, strict=True, title="请从列表中选择", message="这里只能填下拉列表中的一项。")

    def field(self, one: Field, area: str) -> None:
        number = "这里要填数，如 91.68；没有这一项的填“不适用”。"
        title = "请核对"
        if one.kind == "选项":
            self.choices(one.choices, area, one.label)
        elif one.kind == "是否":
            self.choices(("是", "否"), area)
        elif one.kind in ACCOUNT_KINDS:
            source = self.accounts_range(one)
            message = "列表里没有这个科目。科目表不一定齐全，确认无误可以照填编码。"
            self.add(area, "list", source, strict=False, title=title, message=message)
        elif one.kind == "金额" and not one.negative:
            message = f"{number}这里一般不是负数。"
            self.add(area, "decimal", "0", _LIMIT, strict=False, title=title, message=message)
        elif one.kind in ("金额", "数值", "百分比"):
            message = "填 98.2 表示 98.2%，不写成 0.982。" if one.kind == "百分比" else number
            self.add(area, "decimal", f"-{_LIMIT}", _LIMIT, strict=False, title=title, message=message)
        elif one.kind == "个数":
            message = "这里要填不小于 0 的整数，不带单位；没有这一项的填“不适用”。"
            self.add(area, "whole", "0", "1000000000", strict=False, title=title, message=message)
        elif one.kind == "年度":
            self.add(
                area, "whole", "2000", "2100", strict=False, title=title, message="这里要填四位数的年份，如 2024。"
            )
        elif one.kind == "日期":
            message = "这里要填日期，如 2024-10-26。"
            self.add(area, "date", "36526", "73415", strict=False, title=title, message=message)

    def accounts_range(self, one: Field) -> str:
        return self.lists.range_of(self.lists.accounts_of(one), f"{one.kind}{one.level}")

    def reference(self, around: TableSpot, parent: ParentColumn, area: str) -> None:
        source = f"{around.sheet}${around.marks}${around.first}:${around.marks}${around.last}"
        message = f"“{around.table.title[:60]}”里没有这一行，请先在那里填写，并且两处写得一样。"
        self.add(area, "list", source, strict=False, title="请核对", message=message)

    def red(self, area: str, formula: str) -> None:
        self.excel.conditional_formatting.add(area, Rule(type="expression", dxf=look.RED, formula=[formula]))

    def duplicates(self, area: str) -> None:
        self.excel.conditional_formatting.add(area, Rule(type="duplicateValues", dxf=look.RED))

    def write(self) -> None:
        for rule in self.made.values():
            self.excel.add_data_validation(rule)
