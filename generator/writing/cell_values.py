"""One typed value → one cell of a new workbook: a number or a date where a cell holds exactly that, else words."""

from __future__ import annotations

import re
from datetime import date

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles.numbers import FORMAT_TEXT

from generator.form.fields import NUMBER_KINDS, Field
from generator.writing import sheet_look as look

LONGEST_TEXT = 32767
"""Characters that a cell of Excel can hold."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DIGITS_KEPT = 15  # a cell holds a binary float


def write_value(target: ExcelCell, text: str, one: Field, unit: str, book_unit: str) -> None:
    """`unit`: 金额单位 of the file in which an amount was typed; in a book with another one it is put behind it."""
    day = _DAY.fullmatch(text) if one.kind == "日期" else None
    digits = text.rstrip("%％") if one.kind == "百分比" else text
    if day is not None and _exists(day):
        target.value = date(*(int(part) for part in day.groups()))
        target.number_format = look.number_format(one)
    elif one.kind == "金额" and unit not in ("", book_unit) and _PLAIN_NUMBER.fullmatch(text):
        look.words(target, text + unit)
    elif one.kind in (*NUMBER_KINDS, "年度") and _PLAIN_NUMBER.fullmatch(digits) and _kept(digits, one, unit):
        target.value = float(digits) if "." in digits else int(digits)
    else:
        look.words(target, text)
        if _PLAIN_NUMBER.fullmatch(text):
            target.number_format = FORMAT_TEXT
        elif len(text) > 255:
            target.number_format = "General"  # older Excel shows #### for a long text in a cell of format 文本


def _exists(match: re.Match[str]) -> bool:
    try:
        date(*(int(part) for part in match.groups()))
    except ValueError:
        return False
    return True


def _kept(digits: str, one: Field, unit: str) -> bool:
    """Whether a cell keeps all that the digits say: fifteen of them, and how exactly an amount in 万元 was given."""
    if len(digits.lstrip("-").replace(".", "")) > _DIGITS_KEPT:
        return False
    decimals = digits.partition(".")[2]
    if one.kind != "金额" or unit == "元" or not decimals:
        return True
    return bool(float(digits)) and not (len(decimals) > 2 and decimals.endswith("0"))
