"""How a form lies in a workbook: its sheets, the words by which rows and columns are found."""

from __future__ import annotations

import pytest
from support import loaded, pack_folder

from generator.form.layout import FormSheet, Layout, ParentColumn, TableSheet, lay_out, plain
from generator.pack import PackRoots, load_pack
from generator.pack.sources import usable_names

FIELDS = """
公开时间: {类型: 日期, 标签: 公开时间}
三公:
  标签: “三公”经费（一般公共预算）
  字段:
    接待费: {标签: 公务接待费, 字段: {决算: {类型: 金额, 标签: 决算数}, 上年: {类型: 金额, 标签: 上年决算数}}}
    出国费: {标签: 出国（境）费, 字段: {决算: {类型: 金额, 标签: 决算数}, 次数: {类型: 个数, 标签: 出国（境）费批次}}}
    批次: {类型: 个数, 标签: 批次合计, 单位: 批}
    明细: {标签: 明细, 行: {字段: {事由: {类型: 文字, 标签: 明细}}}}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      人数: {类型: 个数, 标签: 人数, 单位: 人}
      预算: {标签: 预算, 字段: {财政: {类型: 金额, 标签: 财政拨款}, 合计: {类型: 金额, 标签: 预算合计}}}
      指标:
        标签: 绩效指标
        行:
          字段:
            三级: {类型: 文字, 标签: 三级指标}
            依据: {标签: 依据, 行: {字段: {文件: {类型: 文字, 标签: 文件}}}}
"""


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    pack = loaded(pack_folder(tmp_path_factory.mktemp("packs"), fields=FIELDS)).value
    assert pack is not None
    return lay_out(pack.form.fields)


def table(layout: Layout, name: str) -> TableSheet:
    sheet = layout.sheet(name)
    assert isinstance(sheet, TableSheet)
    return sheet


def test_sheets_follow_the_form(layout: Layout) -> None:
    names = [sheet.name for sheet in layout.sheets]
    assert names == ["填报说明", "基本情况", "三公", "三公·明细", "项目", "项目·指标", "项目·指标·依据"]


def test_report_year_and_unit_stand_on_the_first_sheet(layout: Layout) -> None:
    assert [line.label for line in layout.forms[0].lines] == ["报告", "决算年度", "金额单位"]
    assert [line.label for line in layout.forms[1].lines] == ["单位名称", "公开时间"]


def test_labels_of_inner_groups_say_whose_they_are_as_messages_do(layout: Layout) -> None:
    form = layout.sheet("三公")
    assert isinstance(form, FormSheet)
    assert [(line.heading, line.label) for line in form.lines] == [
        ("", "批次合计"),
        ("公务接待费", "公务接待费·决算数"),
        ("公务接待费", "公务接待费·上年决算数"),
        ("出国（境）费", "出国（境）费·决算数"),
        ("出国（境）费", "出国（境）费批次"),
    ]
    line = form.line("出国(境)费·决算数 ")
    assert line is not None and line.names == ("三公", "出国费", "决算")


def test_columns_of_a_group_inside_a_row_and_units_in_headers(layout: Layout) -> None:
    project = table(layout, "项目")
    assert [column.header for column in project.columns] == ["项目名称", "人数（人）", "预算·财政拨款", "预算合计"]
    by_label, by_header = project.column("人数"), project.column("人数(人)")
    assert by_label is by_header is not None


def test_an_inner_table_names_the_row_to_which_its_rows_belong(layout: Layout) -> None:
    inner = table(layout, "项目·指标")
    assert [parent.header for parent in inner.parents] == ["所属项目名称"]
    assert inner.numbered and inner.key is None and inner.inside == ("指标",)
    innermost = table(layout, "项目·指标·依据")
    assert [parent.header for parent in innermost.parents] == ["所属项目名称", "所属绩效指标序号"]
    assert isinstance(innermost.column("所属绩效指标序号"), ParentColumn)
    assert innermost.column("序号") is None


def test_a_title_never_looks_like_a_header(layout: Layout) -> None:
    assert table(layout, "三公·明细").title == "明细（一行一项）"


@pytest.mark.parametrize("name", usable_names(PackRoots.with_own(())))
def test_words_of_every_pack_are_unique_on_their_sheet(name: str) -> None:
    pack = load_pack(name, PackRoots.with_own(())).value
    assert pack is not None
    sheets = lay_out(pack.form.fields).sheets
    assert len({plain(sheet.name) for sheet in sheets}) == len(sheets)
    for sheet in sheets:
        assert len(sheet.name) <= 31
        words = (
            [line.label for line in sheet.lines]
            if isinstance(sheet, FormSheet)
            else [one.header for one in (*sheet.parents, *sheet.columns)]
        )
        assert len({plain(word) for word in words}) == len(words), sheet.name
