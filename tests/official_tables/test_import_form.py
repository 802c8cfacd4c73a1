"""A pack's import.yaml: what its author wrote wrongly is said with file and line, with the nearest name that exists."""

from __future__ import annotations

from pathlib import Path

from support import NAME, pack_folder, said

from generator.official_tables.import_form import Word, bare, unnumbered
from generator.pack import load_pack

FIELDS = """
收入:
  字段:
    合计: {类型: 金额, 标签: 本年收入合计}
支出:
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目}
      基本支出: {类型: 金额, 标签: 基本支出}
"""


def findings(tmp_path: Path, text: str) -> list[str]:
    roots = pack_folder(tmp_path, {"import.yaml": text}, fields=FIELDS)
    return said(load_pack(NAME, roots).diagnostics)


def test_a_pack_fills_its_fields_from_the_tables_that_all_packs_share(tmp_path: Path) -> None:
    text = """
抬头: {年度: 年度}
表:
  收入决算表: {填入: {收入.合计: 合计·合计}}
  支出决算表: {填入: {支出: {列: {基本支出: 基本支出}}}}
"""
    roots = pack_folder(tmp_path, {"import.yaml": text}, fields=FIELDS)
    loaded = load_pack(NAME, roots)
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    assert [table.name for table in loaded.value.import_form.tables if table.fills] == ["收入决算表", "支出决算表"]


def test_mistakes(tmp_path: Path) -> None:
    text = """
抬头: {年度: 年份}
表:
  收入决算表:
    填入:
      收入.总计: 合计·合计
      收入.合计: 合计·收入
  支出决算表:
    样本: 科目
    样式: 表格
    填入:
      支出: {列: {基本支出: 基本, 项目支出: 项目支出}, 层次: 项}
"""
    assert findings(tmp_path, text) == [
        "T117 example/import.yaml 第2行 import.yaml 的“抬头”的值“年份”不能用 您是否指“年度”？",
        "T117 example/import.yaml 第6行 import.yaml 的“收入决算表”的值“收入.总计”不能用 您是否指“收入.合计”？",
        "T117 example/import.yaml 第7行 表“收入决算表”填入的“收入.合计”的值“合计·收入”不能用 您是否指“合计·事业收入”？",
        "T114 example/import.yaml 第9行 import.yaml 的表“支出决算表”里有不认识的词“样本” 您是否指“样式”？",
        "T117 example/import.yaml 第10行 表“支出决算表”的“样式”的值“表格”不能用 可用：科目、项目、交叉、双科目、表单",
        "T114 example/import.yaml 第12行 表“支出决算表”填入的“支出”里有不认识的词“层次” 您是否指“级次”？",
        "T117 example/import.yaml 第12行 表“支出决算表”填入的“基本支出”的值“基本”不能用 您是否指“基本支出”？",
        "T117 example/import.yaml 第12行 import.yaml 的“支出决算表”的值“支出.项目支出”不能用 您是否指“支出.基本支出”？",
    ]


def test_labels_without_what_drifts() -> None:
    assert bare(" 因 公 出 国 （ 境 ） 费用") == "因公出国(境)费用"
    assert bare("“三公”经费（万元）") == "三公经费"
    assert unnumbered("二十四、抗疫特别国债安排的支出") == "抗疫特别国债安排的支出"
    assert unnumbered(bare("其中：（1）公务用车购置费")) == "公务用车购置费"
    assert unnumbered("2.公务接待费") == "公务接待费"


def test_wordings_name_a_label_and_what_stands_above_it() -> None:
    path = ("决算数", "公务用车购置及运行费", "小计")
    assert Word.of("公务用车购置及运行*费/小计").matches(path)
    assert Word.of("小计").matches(path)
    assert not Word.of("公务用车购置及运行维护费").matches(path)
    assert not Word.of("预算数/小计").matches(path)
