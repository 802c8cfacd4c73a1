"""Tables as CSV: as printed, harmless in Excel, one file for one table."""

from __future__ import annotations

import csv
import io

import pytest
from specimen import merged_table, wide_table

from generator.document.nodes import Column, Row, Run, Table
from generator.publishing.tables import table_files


def table(*cells: str, name: str = "表") -> Table:
    return Table(name, (Column(20),) * len(cells), (), (Row(cells),))


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_stands_there_as_it_is_printed() -> None:
    [(name, data)] = table_files((wide_table("支出决算表", 1, titled=True),)).items()

    assert name == "支出决算表.csv"
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    assert rows(data)[:6] == [
        ["公开03表"],
        ["编制单位：示例区医疗保障局", "单位：万元"],
        ["项目", "", "本年支出", "", "", "", "", ""],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
        ["合计", "", "91.68", "91.68", "91.68", "91.68", "91.68", "91.68"],
        ["2080100", "行政运行（第1项）", "10.00", "0.00", "1.00", "2.00", "3.00", "4.00"],
    ]


def test_merged_cells_stand_where_they_begin() -> None:
    [data] = table_files((merged_table(),)).values()

    assert ["产出指标", "数量指标", "参保人数 ≥", "20000人", "20380人"] in rows(data)
    assert ["", "", "检查定点机构", "100家", "100家\n（含复查）"] in rows(data)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "＝1+1", " =1+1", "\t=1", "-1+1", '=HYPERLINK("x")']
)
def test_what_a_person_typed_is_no_formula(cell: str) -> None:
    [data] = table_files((table(cell, "b"),)).values()
    assert rows(data) == [[f"'{cell}", "b"]]


@pytest.mark.parametrize("cell", ["-1,234.50", "-5%", "+3.00", "—", "-", "－", "", '说"是"，\n换行', "91.68"])
def test_numbers_and_dashes_stay(cell: str) -> None:
    [data] = table_files((table(cell, "b"),)).values()
    assert rows(data) == [[cell, "b"]]


def test_file_names_are_titles_and_differ() -> None:
    titled = Table("内部名", (Column(20),), (), (Row(("x",)),), title=(Run("收入/支出：表"),))
    files = table_files((titled, table("a", name="甲"), table("b", name="甲"), table("c", name="甲（续）")))

    assert list(files) == ["收入_支出：表.csv", "甲.csv", "甲（2）.csv"]
    assert rows(files["甲（2）.csv"]) == [["b"], ["c"]]
