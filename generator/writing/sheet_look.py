"""How a workbook looks: fonts, colours, borders, number formats, widths. It knows kinds of fields, no cells."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from generator.form.fields import ACCOUNT_KINDS, NUMBER_KINDS, Field

_BODY, _HEAD = "宋体", "黑体"
_LINE = Side(style="thin", color="BFBFBF")


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


TITLE = Font(name=_HEAD, size=16, color="1F3864")
BLOCK_TITLE = Font(name=_HEAD, size=14, color="1F3864")
HEADER = Font(name=_HEAD, size=11, color="1F3864")
HEADING = Font(name=_HEAD, size=11)
BODY = Font(name=_BODY, size=11)
SMALL = Font(name=_BODY, size=10, color="595959")
LINK = Font(name=_BODY, size=11, color="0563C1", underline="single")
WARNING = Font(name=_BODY, size=10, color="C00000", bold=True)

HEADER_FILL, HEADING_FILL, LOCKED_FILL = _fill("D9E2F3"), _fill("F2F2F2"), _fill("E7E6E6")
REQUIRED_FILL, OPTIONAL_FILL = _fill("FFF2CC"), _fill("F2F9EC")
RED = DifferentialStyle(font=Font(color="9C0006", bold=True), fill=PatternFill(bgColor="FFC7CE", fill_type="solid"))

BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
UNLOCKED, LOCKED = Protection(locked=False), Protection(locked=True)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
PLAIN = Alignment(horizontal="left", vertical="center")

TAB_FRONT, TAB_FORM, TAB_TABLE = "C00000", "2F75B5", "548235"

_FORMATS = {
    "金额": "#,##0.00####",
    "个数": "0",
    "年度": "0",
    "日期": 'yyyy"年"m"月"d"日"',
    "文字": "@",
    **dict.fromkeys(ACCOUNT_KINDS, "@"),
}
_WIDTHS = {"金额": 16, "个数": 11, "数值": 12, "百分比": 12, "年度": 10, "日期": 16, "是否": 10, "文字": 24}


def number_format(one: Field) -> str:
    return _FORMATS.get(one.kind, "General")


def alignment(one: Field) -> Alignment:
    if one.kind in NUMBER_KINDS:
        return RIGHT
    return TOP if one.kind in ("长文", "原因") else WRAPPED


def column_width(one: Field, header: str) -> float:
    """In characters; headers wrap to two or three lines."""
    if one.kind in ("长文", "原因"):
        return 48
    if one.kind in ACCOUNT_KINDS:
        return 34
    if one.kind == "选项":
        longest = max((text_width(choice) for choice in one.choices), default=8)
        return min(max(longest + 4, 12), 34)
    return max(_WIDTHS.get(one.kind, 14), min(text_width(header) * 0.55 + 2, 26))


def text_width(text: str) -> int:
    """A Chinese character is two wide."""
    return sum(2 if ord(one) > 0x2E7F or one in "“”‘’—…·" else 1 for one in text)


def height_of(text: str, width: float) -> float:
    """Height in points of wrapped text in a cell `width` characters wide."""
    lines = sum(max(1, -(-text_width(part) // max(int(width), 1))) for part in text.split("\n"))
    return 15.0 * lines + 3


# -- applying it ------------------------------------------------------------------------------------------------------
class _GrowingRow(RowDimension):
    """A row with a height that still grows with what is typed: openpyxl would declare the height fixed."""

    @property
    def customHeight(self) -> bool:
        return False


def grow(excel: Worksheet, row: int, texts: Iterable[tuple[object, float]], least: float = 18) -> None:
    """Make the row high enough for these texts in cells of these widths; Excel allows 409 points."""
    heights = (height_of(str(text), width) for text, width in texts if text is not None and str(text)[:1] != "=")
    excel.row_dimensions[row] = _GrowingRow(excel, index=row, ht=min(max(least, *heights, 0), 409))


def style(cell: Cell | MergedCell, font: Font, fill: PatternFill | None, alignment: Alignment) -> None:
    cell.font, cell.alignment, cell.border = font, alignment, BOX
    if fill is not None:
        cell.fill = fill


def input_style(cell: Cell | MergedCell, one: Field) -> None:
    style(cell, BODY, REQUIRED_FILL if one.required else OPTIONAL_FILL, alignment(one))
    cell.number_format, cell.protection = number_format(one), UNLOCKED


def words(cell: Cell | MergedCell, text: str) -> None:
    """Words stay words, whatever sign they begin with."""
    assert isinstance(cell, Cell)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(("=", "'")):
        cell.quotePrefix = True
