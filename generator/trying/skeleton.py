"""The files of a new pack: little enough to be read in ten minutes, and right as they stand.

A child of a pack holds only pack.yaml; each other file is a comment that shows one change, with names that its parent
really has, so that taking the «# » away is enough. Without a parent it is the smallest whole report. Nothing of the
parent is copied: what it corrects later reaches the child.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.form.fields import Field, GroupSpec, RowsSpec, Spec, children_of, walk_fields
from generator.pack import Pack

_LISTED = 40


def child_of(parent: Pack, name: str, year: int) -> dict[str, str]:
    """Files by name for a pack that differs from `parent` in little."""
    first, last = parent.years
    from_year = min(year, last) if last else max(year, first or 0)
    return {
        "pack.yaml": _CHILD.format(name=name, parent=parent.name, title=parent.title, year=from_year),
        "fields.yaml": _fields(parent),
        "wording.yaml": _WORDING,
        "checks.yaml": _checks(parent),
        "glossary.yaml": _GLOSSARY,
        "style.yaml": _STYLE,
        "README.md": _read_me(parent, name),
    }


def whole(name: str, parent: str, year: int) -> dict[str, str]:
    """Files by name for the smallest report of its own, on what all packs share."""
    values = {"name": name, "parent": parent, "year": year}
    return {
        "pack.yaml": _WHOLE.format(**values),
        "fields.yaml": _WHOLE_FIELDS,
        "checks.yaml": _WHOLE_CHECKS,
        "text/封面.md.j2": _WHOLE_COVER,
        "text/正文.md.j2": _WHOLE_TEXT,
        "tables/收支情况表.yaml": _WHOLE_TABLE,
        "README.md": _WHOLE_READ_ME.format(**values),
    }


# -- a child ----------------------------------------------------------------------------------------------------------
_CHILD = """\
# 新的模板包。与上级包相同的都不用写；只写不同的。各文件的写法见 templates/README.md。
名称: {name}          # 同文件夹的名称
标题: {title}（请改成本地的名称）
地区: 请写省、市、县
版本: "1"
上级: {parent}
年度: {{自: {year}}}          # 这个样子的表从哪一年起用；有止的写 {{自: {year}, 至: {year}}}
"""


def _fields(parent: Pack) -> str:
    """One label changed: of an amount where the form has one outside its tables."""
    one = _shown_field(parent)
    return (
        "# 要填什么。改一个叫法：写到“标签”为止，别的沿用上级。去掉行首的“# ”就生效。\n"
        f"# 例：把“{one.label}”换一个叫法\n"
        + _commented(_nested(parent.form.fields, one.path.split("."), f"标签: 本地对“{one.label}”的叫法"))
        + "# 例：多填一项\n"
        + _commented("本地说明: {类型: 长文, 标签: 本地另要说明的事项, 年度性: 是}\n")
    )


def _shown_field(parent: Pack) -> Field:
    fields = list(walk_fields(parent.form.fields))
    outside = [one for one in fields if one.kind == "金额" and not _in_rows(parent.form.fields, one)]
    return next(iter([*outside, *fields]))


def _in_rows(spec: Spec, one: Field) -> bool:
    for part in one.path.split(".")[:-1]:
        spec = children_of(spec)[part]
        if isinstance(spec, RowsSpec):
            return True
    return False


def _nested(spec: Spec, path: Sequence[str], last: str, indent: str = "") -> str:
    """The YAML that reaches a field from the top: 字段 inside groups, 行 and 字段 inside tables."""
    name, *rest = path
    lines = f"{indent}{name}:\n"
    inner = children_of(spec)[name]
    if not rest:
        return f"{lines}{indent}  {last}\n"
    step = indent + "  "
    if isinstance(inner, RowsSpec):
        lines += f"{step}行:\n{step}  字段:\n"
        step += "    "
    elif isinstance(inner, GroupSpec):
        lines += f"{step}字段:\n"
        step += "  "
    return lines + _nested(inner, rest, last, step)


def _checks(parent: Pack) -> str:
    one = _shown_field(parent)
    holds = f"{one.path} >= 0" if one.kind == "金额" and not _in_rows(parent.form.fields, one) else "年度 >= 2000"
    own = f"""\
本地-1:
  等级: 提示          # 错误、警告、提示
  应当: "={holds}"
  说明: {one.label}小于 0
  怎么办: 请核对
"""
    removed = "".join(
        f"# 例：上级的一条不要了（它核对：{rule.message.outline({})}）\n" + _commented(f"{rule.code}: null\n")
        for rule in [one for one in parent.rules if not any(need.covers(one.code) for need in parent.rulebook)][:1]
    )
    return f"# 核对关系。去掉行首的“# ”就生效。\n# 例：自己的一条\n{_commented(own)}{removed}"


_WORDING = """\
# 措辞：一句话在全包各处怎样说。上级和共用的说法见 templates/common/wording.yaml，只写要改的一句。
# 例：改“尾差注”这一句（去掉行首的“# ”就生效）
# 尾差注: 因四舍五入，分项相加与合计可能略有出入。
# 例：改“与上年相比”的一种情形；花括号里的词由程序代入，不能改
# 与上年相比:
#   比上年:
#     持平: "与{上年}年相同。"
"""

_GLOSSARY = """\
# 名词解释：列哪些词、按什么次序。写了就以这份清单为准；只写词名的，解释用上级的。正文里没有用到的词不印。
# 例（去掉行首的“# ”就生效）
# - 财政拨款收入
# - {词: 本地名词, 解释: 指……。}
"""

_STYLE = """\
# 版式：只写与上级不同的词。全部的词见 templates/common/style.yaml 的注释。
# 例：正文用四号字，页边距窄一些（去掉行首的“# ”就生效）
# 样式:
#   正文: {字号: 四号}
# 版面:
#   页边距: {左: 25, 右: 25}
"""


def _read_me(parent: Pack, name: str) -> str:
    chapters = "、".join(chapter.name for chapter in parent.report.chapters)
    tables = "、".join(list(parent.report.tables)[:_LISTED])
    return f"""\
# {name}

上级包是 {parent.name}（{parent.title}）。这里只放与它不同的；没有改的文件可以删去。

| 要改的 | 在哪里改 |
|---|---|
| 名称、地区、年度 | pack.yaml |
| 一个叫法、多填一项 | fields.yaml |
| 一句话 | wording.yaml（各处通用的句子）；只在一章里的，见下一行 |
| 一章里的几句 | 新建 text/章名.md.j2，第一行写 {{% extends "上级" %}}，下面只写要改的句。上级的章：{chapters} |
| 一张表 | 新建 tables/表名.yaml，只写要改的词；改一列写“改列”；写了“行”就是整张另写。上级的表：{tables or "无"} |
| 表的次序和编号 | pack.yaml 的“表序” |
| 逐项列出的名单 | rows/名单.yaml：加一行、改一个叫法 |
| 一条核对关系 | checks.yaml |
| 一个名词 | glossary.yaml |
| 字体、字号、页边距 | style.yaml |

`juesuan packs show {parent.name}` 列出上级的全部填报项、章节、表和核对关系，最后一行是它的文件夹。
改一处，运行一次 `juesuan packs lint`，再运行 `juesuan packs try` 看样本。
"""


def _commented(lines: str) -> str:
    return "".join(f"# {line}\n" for line in lines.splitlines())


# -- a pack of its own ------------------------------------------------------------------------------------------------
_WHOLE = """\
# 最小的一个完整的模板包。各文件的写法见 templates/README.md。
名称: {name}          # 同文件夹的名称
标题: 年度收支情况报告
种类: 收支情况报告
地区: 请写省、市、县
版本: "1"
上级: {parent}
年度: {{自: {year}}}
角色: {{年度: 年度, 单位: 单位.名称, 公开日期: 报告日期}}
题名: "{{{{ 单位.名称 }}}}{{{{ 年度 }}}}年度收支情况报告"
文件名: "{{{{ 年度 }}}}-{{{{ 单位.名称 }}}}-收支情况报告"
目录级次: 1
章节: [封面, 正文]          # text/ 里的文件，按印的次序
标题样式:
  默认:
    1: {{编号: "{{一}}、", 样式: 标题2}}
    2: {{编号: "（{{一}}）", 样式: 标题3}}
"""

_WHOLE_FIELDS = """\
# 要填什么。一项写“类型”，一组写“字段”，一张表写“行”。
年度: {类型: 年度, 标签: 年度, 必填: 是}
报告日期: {类型: 日期, 标签: 报告日期, 必填: 是}
单位: {标签: 单位信息, 字段: {名称: {类型: 文字, 标签: 单位名称, 必填: 是, 沿用: 是}}}
收入:
  标签: 收入
  字段:
    本年: {类型: 金额, 标签: 本年收入, 必填: 是}
    上年: {类型: 金额, 标签: 上年收入, 必填: 是, 上年对应: 本年}
    原因: {类型: 原因, 标签: 收入变动原因, 当: "=组.本年 is not 持平于(组.上年)", 年度性: 是}
支出:
  标签: 支出（一个项目一行）
  行:
    必填: 是
    主键: 项目
    字段:
      项目: {类型: 文字, 标签: 项目名称, 必填: 是}
      金额: {类型: 金额, 标签: 支出金额, 必填: 是}
"""

_WHOLE_CHECKS = """\
# 核对关系：左右两边应当相等（不小于、不大于），或者“应当”成立。
支出不超收入:
  等级: 错误
  左: =收入.本年
  右: "=支出 | 求和('金额')"
  关系: 不小于
  说明: 支出合计超过本年收入
  怎么办: 请核对收入和各项目的支出金额
"""

_WHOLE_COVER = """\
```分节 纵向 无页码
```

```样式 封面单位
{{ 单位.名称 }}
```

```样式 封面标题
{{ 年度 }}年度
收支情况报告
```

```样式 封面日期
{{ 报告日期 }}
```

```分节 纵向
```
"""

_WHOLE_TEXT = """\
# 收支总体情况

{{ 年度 }}年度本单位收入{{ 收入.本年 | 万元 }}，{{ 收入 | 与上年相比(决算=收入.本年, 句式="比上年") }}

# 支出情况

{{ 年度 }}年度本单位支出{{ 支出 | 求和('金额') | 万元 }}，各项目支出如下表。

```表 收支情况表
```
"""

_WHOLE_TABLE = """\
标题: 各项目支出表
左注: "编制单位：{{ 单位.名称 }}"
单位: 万元
列:          # 宽用毫米，合计不超过 156
  - {宽: 100, 对齐: 左}
  - {宽: 50, 对齐: 右}
表头:
  - [项目, 支出金额]
行:
  - {单元: [合计, "=支出 | 求和('金额')"], 粗: 是}
  - {逐行: =支出, 单元: [=行.项目, =行.金额]}
"""

_WHOLE_READ_ME = """\
# {name}

一份最小的报告：封面、两段文字、一张表、一条核对关系。改成自己的：

| 要改的 | 在哪里改 |
|---|---|
| 名称、地区、年度、章节的次序、标题的编号 | pack.yaml |
| 要填什么 | fields.yaml |
| 写什么 | text/封面.md.j2、text/正文.md.j2 |
| 表 | tables/收支情况表.yaml |
| 核对 | checks.yaml |

改一处，运行一次 `juesuan packs lint`，再运行 `juesuan packs try` 看样本。
"""
