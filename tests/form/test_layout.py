"""How a form lies in a workbook: its pages and blocks, the words by which rows and columns are found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import loaded, pack_folder

from generator.form.blocks import Block, FormBlock, MatrixBlock, ParentColumn, TableBlock, plain
from generator.form.fields import walk_fields
from generator.form.layout import Layout, lay_out, lay_out_earlier
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


def table(layout: Layout, title: str) -> TableBlock:
    block = layout.block(title)
    assert isinstance(block, TableBlock)
    return block


def shape(layout: Layout) -> list[str]:
    kinds = {FormBlock: "表单", MatrixBlock: "矩阵", TableBlock: "表"}
    return [f"{page.name}：" + "、".join(f"{kinds[type(b)]} {b.title}" for b in page.blocks) for page in layout.pages]


def test_pages_are_numbered_and_what_belongs_together_stands_together(layout: Layout) -> None:
    assert shape(layout) == [
        "填报说明：表单 填报说明",
        "1 基本情况：表单 基本情况、表 明细（一行一项）",
        "2 项目：表 项目、表 项目：绩效指标、表 项目·指标：依据",
    ]


def test_the_pack_says_what_stands_on_a_sheet(tmp_path: Path) -> None:
    pages = "工作簿: {项目表: [项目], 经费: [三公]}\n"
    pack = loaded(pack_folder(tmp_path, fields=FIELDS, settings=pages)).value
    assert pack is not None
    assert [line.partition("：")[0] for line in shape(lay_out(pack.form.fields))] == ["填报说明", "1 项目表", "2 经费"]
    assert pack.form.fields.arrangement.pages[1].contents == ("三公",)


@pytest.mark.parametrize(
    ("pages", "hint"),
    [
        ("{经费: [三弓]}", "您是否指“三公”？"),
        ("{经费: [三公], 项目: [三公, 项目]}", "它已经在别的工作表上，一项内容只能有一处"),
        ("{经费: 三公}", "请写清单，如 [单位, 主要职能]，或者“文字”"),
        ("[三公]", "应写成“工作表的名称: [填报内容]”的一组内容"),
    ],
)
def test_a_sheet_of_what_is_not_there_is_told(pages: str, hint: str, tmp_path: Path) -> None:
    found = loaded(pack_folder(tmp_path, fields=FIELDS, settings=f"工作簿: {pages}\n")).diagnostics
    assert [(one.code, one.hint) for one in found] == [("T117", hint)]


def test_earlier_every_group_and_table_had_a_sheet(tmp_path: Path) -> None:
    pack = loaded(pack_folder(tmp_path, fields=FIELDS)).value
    assert pack is not None
    names = [page.name for page in lay_out_earlier(pack.form.fields).pages]
    assert names == ["填报说明", "基本情况", "三公", "三公·明细", "项目", "项目·指标", "项目·指标·依据"]


def test_report_year_and_unit_stand_on_the_first_sheet(layout: Layout) -> None:
    assert [line.label for line in layout.front.lines] == ["报告", "决算年度", "金额单位"]
    basics = layout.block("基本情况")
    assert isinstance(basics, FormBlock) and [line.label for line in basics.lines[:2]] == ["单位名称", "公开时间"]


def test_labels_of_inner_groups_say_whose_they_are_as_messages_do(layout: Layout) -> None:
    form = layout.block("基本情况")
    assert isinstance(form, FormBlock)
    assert [(line.heading, line.label) for line in form.lines[2:]] == [
        ("“三公”经费", "批次合计"),
        ("“三公”经费·公务接待费", "公务接待费·决算数"),
        ("“三公”经费·公务接待费", "公务接待费·上年决算数"),
        ("“三公”经费·出国（境）费", "出国（境）费·决算数"),
        ("“三公”经费·出国（境）费", "出国（境）费批次"),
    ]
    line = form.line("出国(境)费·决算数 ")
    assert line is not None and line.names == ("三公", "出国费", "决算")


MATRIX = """
三公:
  标签: 三公经费
  字段:
    出国: {标签: 出国费, 字段: {预算: {类型: 金额, 标签: 预算数}, 决算: {类型: 金额, 标签: 决算数}, 原因: {类型: 原因}}}
    接待: {标签: 接待费, 字段: {预算: {类型: 金额, 标签: 预算数}, 决算: {类型: 金额, 标签: 决算数}}}
    批次: {类型: 个数, 标签: 接待批次, 单位: 批}
"""


def test_groups_that_ask_for_the_same_are_a_matrix_and_texts_a_page(tmp_path: Path) -> None:
    pack = loaded(pack_folder(tmp_path, fields=MATRIX)).value
    assert pack is not None
    layout = lay_out(pack.form.fields)
    assert shape(layout)[2:] == [
        "2 三公经费：矩阵 三公经费、表单 三公经费（其他数据）",
        "3 文字与原因：表单 文字与原因",
    ]
    matrix = layout.block("三公经费")
    assert isinstance(matrix, MatrixBlock)
    assert (matrix.rows, matrix.columns) == (("出国费", "接待费"), ("预算数", "决算数"))


def test_columns_of_a_group_inside_a_row_and_units_in_headers(layout: Layout) -> None:
    project = table(layout, "项目")
    assert [column.header for column in project.columns] == ["项目名称", "人数（人）", "预算·财政拨款", "预算合计"]
    by_label, by_header = project.column("人数"), project.column("人数(人)")
    assert by_label is by_header is not None


def test_an_inner_table_names_the_row_to_which_its_rows_belong(layout: Layout) -> None:
    inner = table(layout, "项目：绩效指标")
    assert [parent.header for parent in inner.parents] == ["所属项目名称"]
    assert inner.numbered and inner.key is None and inner.inside == ("指标",)
    innermost = table(layout, "项目·指标：依据")
    assert [parent.header for parent in innermost.parents] == ["所属项目名称", "所属绩效指标序号"]
    assert isinstance(innermost.column("所属绩效指标序号"), ParentColumn)
    assert innermost.column("序号") is None


def test_a_title_never_looks_like_a_header(layout: Layout) -> None:
    assert table(layout, "明细（一行一项）").names == ("三公", "明细")


@pytest.mark.parametrize("name", usable_names(PackRoots.with_own(())))
def test_every_field_of_every_pack_has_one_place(name: str) -> None:
    pack = load_pack(name, PackRoots.with_own(())).value
    assert pack is not None
    layout = lay_out(pack.form.fields)
    placed = sorted(path for block in layout.blocks for path in places(block))
    assert placed == sorted(one.path for one in walk_fields(pack.form.fields))
    assert len(layout.pages) <= 12 and all(len(page.name) <= 31 for page in layout.pages)
    labels = (held for block in layout.blocks for held in words(block))
    for names in ([page.name for page in layout.pages], [block.name for block in layout.blocks], *labels):
        assert len({plain(word).lower() for word in names}) == len(names), names


def places(block: Block) -> Iterator[str]:
    """The path of every field that the block has a place for."""
    lines = block.totals.values() if isinstance(block, TableBlock) else block.lines
    yield from (".".join(line.names) for line in lines if line.field is not None)
    if isinstance(block, TableBlock):
        yield from (column.field.path for column in block.columns)


def words(block: Block) -> list[list[str]]:
    """What must be told apart within a block."""
    if isinstance(block, FormBlock):
        return [[line.label for line in block.lines]]
    if isinstance(block, MatrixBlock):
        return [list(block.rows), list(block.columns)]
    return [[one.header for one in (*block.parents, *block.columns)]]
