"""What a table that is drawn cell by cell says about reading it: no line of import.yaml repeats it."""

from __future__ import annotations

from pathlib import Path

from support import NAME, pack_folder, said

from generator.pack import load_pack

FIELDS = """
收支总计:
  标签: 收支总计
  字段:
    收入: {类型: 金额, 标签: 收入总计}
    支出: {类型: 金额, 标签: 支出总计}
结转:
  标签: 结转
  字段:
    使用非财政拨款结余: {类型: 金额, 标签: 使用结余}
    年初: {类型: 金额, 标签: 年初结转和结余}
    年末: {类型: 金额, 标签: 年末结转和结余}
三公:
  标签: 三公
  字段:
    合计: {类型: 金额, 标签: 合计}
    接待: {类型: 金额, 标签: 公务接待费}
    接待预算: {类型: 金额, 标签: 公务接待费预算}
"""
TWO_SIDES = """
标题: 收入支出决算总表
列:
  - {头: 收入/项目, 宽: 50}
  - {头: 收入/行次, 宽: 10}
  - {头: 收入/决算数, 宽: 20}
  - {头: 支出/项目, 宽: 50}
  - {头: 支出/决算数, 宽: 20}
令: {总: =收支总计}
行:
  - [=结余名, "27", =结转.使用非财政拨款结余, 结余分配, =总.支出]
  - [年初结转和结余, "28", =结转.年初, 年末结转和结余, =结转.年末 + 0]
  - {单元: [{文: 总计}, "29", =收支总计.收入, 总计, =收支总计.支出], 粗: 是}
"""
HEADS = """
标题: “三公”经费支出决算表
列:
  - {头: 预算数/公务接待费, 宽: 50}
  - {头: 决算数/合计, 宽: 50}
  - {头: 决算数/公务接待费, 宽: 50}
行: [[=三公.接待预算, =三公.合计, =三公.接待]]
读: 三公经费支出决算表
"""


def read(tmp_path: Path, files: dict[str, str]) -> dict[str, str]:
    """Field → row·column, of the tables that a pack with these files fills from."""
    roots = pack_folder(
        tmp_path, files, fields=FIELDS, settings="口径: {结余名: =年度 < 2019 and '用事业基金弥补收支差额' or '结余'}\n"
    )
    loaded = load_pack(NAME, roots)
    assert said(loaded.diagnostics) == [] and loaded.value is not None
    return {
        field: f"{at.row}·{at.column}"
        for table in loaded.value.import_form.tables
        for field, at in table.values.items()
    }


def test_a_cell_that_prints_a_field_alone_is_read_where_it_is_printed(tmp_path: Path) -> None:
    """Not what computes (结转.年末 + 0), nor a name of the table (总.支出); a computed label goes by the field."""
    assert read(tmp_path, {"tables/总表.yaml": TWO_SIDES + "读: 收入支出决算总表\n"}) == {
        "结转.使用非财政拨款结余": "使用非财政拨款结余·决算",
        "结转.年初": "年初结转和结余·决算",
        "收支总计.收入": "收入总计·决算",
        "收支总计.支出": "支出总计·决算",
    }


def test_items_over_the_columns(tmp_path: Path) -> None:
    assert read(tmp_path, {"tables/三公.yaml": HEADS}) == {
        "三公.接待预算": "公务接待费·预算",
        "三公.合计": "合计·决算",
        "三公.接待": "公务接待费·决算",
    }


def test_what_the_author_writes_goes_before_what_the_drawing_says(tmp_path: Path) -> None:
    stated = "读: {表: 收入支出决算总表, 填入: {结转.年末: 年末结转和结余·决算, 结转.年初: 收入总计·决算}}\n"
    found = read(tmp_path, {"tables/总表.yaml": TWO_SIDES + stated})
    assert (found["结转.年末"], found["结转.年初"]) == ("年末结转和结余·决算", "收入总计·决算")


def test_another_table_that_claims_a_field_keeps_it(tmp_path: Path) -> None:
    """The totals of two official tables may differ by a 尾差."""
    other = HEADS.replace("读: 三公经费支出决算表", "读: {表: 三公经费支出决算表, 填入: {收支总计.收入: 合计·决算}}")
    found = read(tmp_path, {"tables/总表.yaml": TWO_SIDES + "读: 收入支出决算总表\n", "tables/三公.yaml": other})
    assert (found["收支总计.收入"], found["收支总计.支出"]) == ("合计·决算", "支出总计·决算")


def test_without_读_nothing_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, {"tables/总表.yaml": TWO_SIDES}) == {}
