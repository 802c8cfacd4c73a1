"""A small report with every kind of thing that can differ, laid out from a few numbers."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from support import DATA, NAME, pack_folder

from generator.case import InputFiles, read_case
from generator.comparing.compare import compare
from generator.comparing.comparison import Comparison
from generator.corrections import Version
from generator.diagnostics import Outcome
from generator.pack import Pack, PackRoots
from generator.pipeline import make_document
from generator.word_file.marked_file import open_marked
from generator.writers.docx import write_docx
from generator.writers.outline import write_outline

FIELDS = """
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 收、支总计}
    上年: {类型: 金额, 标签: 上年收、支总计}
    原因: {类型: 原因, 标签: 变动原因}
人数: {类型: 个数, 标签: 年末人数, 单位: 人}
备查数: {类型: 个数, 标签: 备查数, 单位: 件, 缺省: 0}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      金额: {类型: 金额, 标签: 金额}
      说明: {类型: 文字, 标签: 说明, 缺省: 无}
指标:
  标签: 指标
  行:
    字段:
      名称: {类型: 文字, 标签: 指标名称}
      数值: {类型: 个数, 标签: 数值, 单位: 次}
      基数: {类型: 个数, 标签: 基数, 单位: 次, 缺省: 0}
"""
TEXT = """# 概况

年末共{{ 人数 }}。{% if 人数 > 50 %}另有{{ 备查数 }}备查。{% endif %}

## 收支

{{ 收支.决算 | 万元 }}为全年收、支总计。{{ 收支 | 与上年相比("收、支总计各") }}共有{{ 人数 }}，都在编制以内。

```图 变动
```

## 项目

{% for 行 in 项目 %}
{{ 行.名称 }}支出{{ 行.金额 | 万元 }}，占{{ 行.金额 | 占(项目 | 求和("金额")) }}；{{ 行.说明 }}。

{% endfor %}

```表 项目
```

```表 指标
```
"""
CHARTS = """
变动:
  标题: 收、支总计变动情况
  种类: 柱形
  类别: ["{{ 上年 }}年", "{{ 年度 }}年"]
  系列: [{名: 收、支总计, 值: [=收支.上年, =收支.决算]}]
"""
PROJECTS = """
单位: 万元
列: [{宽: 60, 对齐: 左}, {宽: 30, 对齐: 右}, {宽: 60, 对齐: 左}]
表头: [[项目, 金额, 说明]]
行:
  - {逐行: =项目, 单元: [=行.名称, =行.金额, =行.说明]}
  - [合计, '=项目 | 求和("金额")', ""]
"""
MEASURES = """
列: [{宽: 60, 对齐: 左}, {宽: 30, 对齐: 右}]
表头: [[指标, 数值]]
行:
  - {逐行: =指标, 单元: [=行.名称, =行.数值]}
"""


@dataclass(frozen=True)
class Numbers:
    now: str = "91.68"
    before: str = "36.57"
    people: int = 34
    aside: int = 0
    reason: str = "人员增加"
    projects: Sequence[tuple[str, str, str]] = (("监管", "5", "按月检查"), ("宣传", "3", "印发手册"))
    measures: Sequence[tuple[str, int] | tuple[str, int, int]] = (("检查次数", 12), ("培训次数", 3))
    """Name, number, and one that is not printed."""
    year: int = 2020
    unit: str = "甲局"
    extra: str = field(default="")

    def yaml(self) -> str:
        projects = "".join(f"  - {{名称: {n}, 金额: {a}, 说明: {s}}}\n" for n, a, s in self.projects)
        measures = "".join(
            f"  - {{名称: {n}, 数值: {v}, 基数: {rest[0] if rest else 0}}}\n" for n, v, *rest in self.measures
        )
        head = DATA.replace("2020", str(self.year)).replace("甲局", self.unit)
        return (
            f"{head}收支: {{决算: {self.now}, 上年: {self.before}, 原因: {self.reason}}}\n人数: {self.people}\n"
            f"备查数: {self.aside}\n项目:\n{projects}指标:\n{measures}{self.extra}"
        )


@cache
def templates() -> Path:
    folder = Path(mkdtemp(prefix="juesuan-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    files = {"tables/项目.yaml": PROJECTS, "tables/指标.yaml": MEASURES}
    pack_folder(folder, files, fields=FIELDS, text=TEXT, charts=CHARTS)
    return folder


@cache
def packs() -> dict[str, Outcome[Pack | None]]:
    return {}


@dataclass(frozen=True)
class Laid:
    version: Version
    outline: str
    docx: bytes


def laid(numbers: Numbers, file: str = "数据") -> Laid:
    files = InputFiles(Path(), (("数据.yaml", numbers.yaml()),), "")
    case = read_case(files, PackRoots.with_own((templates(),)), packs()).value
    assert case is not None, NAME
    document = make_document(case).value
    docx = write_docx(document, case.pack.look)
    word = open_marked(file, docx).value
    assert word is not None
    return Laid(Version(word, case.facts, case.pack), write_outline(document), docx)


def between(old: Numbers, new: Numbers, *, inputs: bool = True) -> Comparison:
    a, b = laid(old).version, laid(new).version
    assert a.typed is not None
    assert b.typed is not None
    return compare(a.word, b.word, (a.typed, b.typed) if inputs else None)
