"""A small report of sums over chosen rows: two of them equal, one of a single row, one of none."""

from __future__ import annotations

from pathlib import Path

from support import DATA, pack_folder

FIELDS = """
明细:
  标签: 支出明细
  行:
    字段:
      类: {类型: 文字, 标签: 类别}
      数: {类型: 金额, 标签: 金额}
"""
TEXT = """# 概况

{% for 类 in ['甲', '乙', '丙', '丁'] %}
{{ 类 }}类支出{{ 明细 | 筛选('类', 类) | 求和('数') | 万元 }}。

{% endfor %}
共支出{{ 明细 | 求和('数') | 万元 }}，甲类占{{ 明细 | 筛选('类', '甲') | 求和('数') | 占(明细 | 求和('数')) }}。
"""
ROWS = (("甲", "12"), ("甲", "7"), ("乙", "10"), ("乙", "9"), ("丙", "5"))


def written(folder: Path, *rows: tuple[str, str]) -> Path:
    """The input with these rows (类, 万元), the pack beside it in templates/."""
    pack_folder(folder / "templates", fields=FIELDS, text=TEXT)
    lines = "".join(f"  - {{类: {kind}, 数: {amount}}}\n" for kind, amount in rows)
    (folder / "数据.yaml").write_text(f"{DATA}明细:\n{lines}", encoding="utf-8")
    return folder / "数据.yaml"
