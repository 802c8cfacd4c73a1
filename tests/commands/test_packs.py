"""`juesuan packs show`: a pack as an office reads it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from support import pack_folder

from generator.cli import entry

FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数, 必填: 是}, 合计: {类型: 金额, 计算: 收支.决算}}}
指标:
  标签: 绩效指标
  行:
    字段:
      三级: {类型: 文字, 标签: 三级指标}
      人数: {类型: 个数, 单位: 人}
"""
CHECKS = """
甲: {左: =收支.决算, 右: =收支.合计, 说明: 两数不等, 等级: 警告}
乙: {逐行: =指标, 应当: =行.人数 > 1, 说明: "“{{ 行.三级 }}”只有 {{ 行.人数 | 个数 }}，不到{{ '超额' | 计分规则 }}"}
"""


def test_a_pack_in_words(tmp_path: Path) -> None:
    pack_folder(tmp_path, fields=FIELDS, checks=CHECKS)
    run = CliRunner().invoke(entry, ["packs", "--templates", str(tmp_path), "show", "example"])
    assert run.output.splitlines() == [
        "示例报告（example，第1版）",
        "种类：示例    地区：示例省",
        "章节：正文",
        "表：无",
        "图：无",
        "核对关系：2条",
        "  警告 甲  两数不等",
        "  错误 乙  “〔三级指标〕”只有 〔个数〕，不到〔超额〕",
        "填报项（*必填，=由程序计算）：",
        "  *年度  年度  决算年度",
        "   单位  文字  单位名称",
        "   收支  收支",
        "    *决算  金额  决算数",
        "    =合计  金额",
        "   指标（可填多行）  绩效指标",
        "     三级  文字  三级指标",
        "     人数  个数（人）",
        f"文件在：{tmp_path / 'example'}",
    ]
