"""What a pack's author wrote wrongly of a 表单, a 双科目 table or 减 is said with file and line."""

from __future__ import annotations

from pathlib import Path

from support import NAME, pack_folder, said

from generator.pack import load_pack

FIELDS = """
项目:
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      预算: {类型: 金额, 标签: 预算数}
      指标:
        行: {字段: {三级: {类型: 文字, 标签: 三级指标, 必填: 是}, 目标值: {类型: 数值, 标签: 目标值}}}
支出:
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目}
      基本支出: {类型: 金额, 标签: 基本支出}
明细:
  行:
    字段:
      科目: {类型: 功能科目, 标签: 科目}
      经济: {类型: 经济科目, 标签: 经济}
      基本支出: {类型: 金额, 标签: 基本支出}
"""


def findings(tmp_path: Path, text: str) -> list[str]:
    roots = pack_folder(tmp_path, {"import.yaml": text}, fields=FIELDS)
    return said(load_pack(NAME, roots).diagnostics)


def test_right_words(tmp_path: Path) -> None:
    text = """
表:
  自评表:
    样式: 表单
    逐张: 项目
    栏: {名称: [项目名称]}
    交叉: [{列: {预算: [预算数]}, 行: {"": [合计]}}]
    清单: {指标: {列: {三级: [三级指标], 目标值: [目标值]}}}
  明细表:
    样式: 双科目
    列: {合计: [合计]}
    行: {合计: [合计]}
    填入: {明细: {行: 科目, 列: 经济, 照: 支出, 分: {基本支出: ""}}}
"""
    assert findings(tmp_path, text) == []


def test_mistakes(tmp_path: Path) -> None:
    text = """
表:
  自评表:
    样式: 表单
    逐张: 专项
    栏目: {项目.名称: [项目名称]}
    交叉: [{列: {预算: [预算数]}, 行: {"": [合计]}, 填入: 项目}]
    清单:
      项目: {列: {名称: [名称], 目标: [目标值]}, 合计: {行: [合计], 列: {预算: 得分}}, 读: 是}
  明细表:
    样式: 双科目
    列: {合计: [合计]}
    行: {合计: [合计]}
    填入: {明细: {行: 科目, 列: 经济分类, 照: 支出, 分: {基本支出: ""}}}
  支出决算表:
    填入:
      支出: {列: {基本支出: 基本支出}, 减: {基本支出: [支出.项目支出]}}
"""
    field = "请写 fields.yaml 里的填报项"
    assert [one.removeprefix("T117 example/import.yaml ") for one in findings(tmp_path, text)] == [
        "第17行 import.yaml 的“支出决算表”的值“支出.项目支出”不能用 您是否指“支出.基本支出”？",
        "第14行 import.yaml 的“明细”的值“明细.经济分类”不能用 您是否指“明细.经济”？",
        "T114 example/import.yaml 第6行 import.yaml 的表“自评表”里有不认识的词“栏目” 您是否指“栏”？",
        f"第5行 import.yaml 的“自评表”的值“专项”不能用 {field}",
        "T114 example/import.yaml 第7行 表“自评表”的“交叉”里有不认识的词“填入” 您是否指“填”？",
        f"第7行 import.yaml 的“自评表”的值“预算”不能用 {field}",
        "T114 example/import.yaml 第9行 表“自评表”的清单“项目”里有不认识的词“读” 您是否指“不读”？",
        f"第9行 import.yaml 的“自评表”的值“项目.目标”不能用 {field}",
        "第9行 表“自评表”合计的“预算”的值“得分”不能用 清单的列：名称",
        f"第9行 import.yaml 的“自评表”的值“预算”不能用 {field}",
    ]
