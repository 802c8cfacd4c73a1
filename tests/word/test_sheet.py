"""The workbook inside a chart: what «编辑数据» opens."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from generator.word.sheet import chart_workbook, column_letter


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters_of_columns(index: int, letter: str) -> None:
    assert column_letter(index) == letter == get_column_letter(index + 1)


def test_categories_down_and_series_across() -> None:
    data = chart_workbook(["2019年", "2020年"], [("收入＜&", ["36.57", "91.68"]), ("支出", ["-1.50", "0"])], "0.00")
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["Sheet1"]
    assert list(book.active.values) == [(None, "收入＜&", "支出"), ("2019年", 36.57, -1.5), ("2020年", 91.68, 0)]


def test_same_numbers_same_bytes() -> None:
    assert chart_workbook(["甲"], [("数", ["1"])], "0.00") == chart_workbook(["甲"], [("数", ["1"])], "0.00")
