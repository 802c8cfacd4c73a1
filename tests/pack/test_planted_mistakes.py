"""A pack with every kind of file, and one mistake at a time planted in it: each is found at its line, by one finding.

`packs lint` finds what is wrong as it stands; what shows only when a report is made is found by `packs try`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.lint.lint import linted
from generator.pack import PackRoots
from generator.trying.tried import try_pack

PACK = {
    "pack.yaml": """\
名称: planted
标题: 项目收支报告
种类: 项目收支报告
地区: 示例省
版本: "1"
上级: performance
年度: {自: 2020, 至: 2021}
角色: {年度: 年度, 单位: 单位.名称, 公开日期: 报告日期}
题名: "{{ 单位.名称 }}{{ 年度 }}年度报告"
文件名: "{{ 年度 }}-{{ 单位.名称 }}"
目录级次: 2
章节:
- 封面
- {文件: 正文, 标题样式: 默认}
标题样式:
  默认:
    1: {编号: "{一}、", 样式: 标题2}
    2: {编号: "（{一}）", 样式: 标题3}
单位: {金额: 万元}
数字:
  正文: {金额小数: 2, 零: "0"}
原因: {阈值: 10, 最少字数: 6, 套话: [工作需要]}
尾差: 注
""",
    "fields.yaml": """\
年度: {类型: 年度, 标签: 年度, 必填: 是}
报告日期: {类型: 日期, 标签: 报告日期, 必填: 是}
单位: {标签: 单位, 字段: {名称: {类型: 文字, 标签: 单位名称, 必填: 是}}}
收入:
  标签: 收入
  字段:
    本年: {类型: 金额, 标签: 本年收入, 必填: 是}
    上年: {类型: 金额, 标签: 上年收入, 必填: 是, 上年对应: 本年}
    原因: {类型: 原因, 标签: 变动原因, 当: "=组.本年 is not 持平于(组.上年)"}
    合计: {类型: 金额, 标签: 两年合计, 计算: 收入.本年 + 收入.上年}
支出:
  标签: 支出
  行:
    必填: 是
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目, 必填: 是, 级次: 项}
      性质: {类型: 选项, 标签: 性质, 选项: [基本支出, 项目支出]}
      金额: {类型: 金额, 标签: 金额, 必填: 是}
      人数: {类型: 个数, 标签: 人数, 单位: 人, 缺省: 1}
指标:
  标签: 指标
  行:
    必填: 是
    主键: 三级
    字段:
      一级: {类型: 选项, 标签: 一级指标, 必填: 是, 选项: [产出指标, 效益指标]}
      二级: {类型: 选项, 标签: 二级指标, 必填: 是, 选项: [数量指标, 社会效益指标]}
      三级: {类型: 文字, 标签: 三级指标, 必填: 是}
      方向: {类型: 选项, 标签: 方向, 必填: 是, 选项: ["≥"]}
      目标值: {类型: 数值, 标签: 目标值, 必填: 是}
      实际值: {类型: 数值, 标签: 实际值, 必填: 是}
      单位: {类型: 文字, 标签: 计量单位, 必填: 是}
      分值: {类型: 数值, 单位: 分, 标签: 分值, 必填: 是}
""",
    "checks.yaml": """\
支出-1:
  等级: 错误
  左: =收入.本年
  右: "=支出 | 求和('金额')"
  关系: 不小于
  说明: 支出超过收入
  怎么办: 请核对
支出-2:
  等级: 提示
  逐行: =支出
  当: =行.金额 > 0
  应当: =行.人数 > 0
  说明: "{{ 行.科目 }}没有人数"
""",
    "charts.yaml": """\
收支:
  标题: 收入变动
  种类: 柱形
  类别: [上年, 本年]
  系列: [{名: 收入, 值: [=收入.上年, =收入.本年]}]
结构:
  标题: 支出结构
  种类: 饼形
  各项:
    - {逐行: =支出, 名: =行.科目, 值: =行.金额}
""",
    "tables/支出表.yaml": """\
标题: 支出表
左注: "编制单位：{{ 单位.名称 }}"
单位: 万元
列:
  - {宽: 60, 对齐: 左}
  - {宽: 40, 对齐: 右}
  - {宽: 40, 对齐: 右}
表头:
  - [科目, 金额, 人数]
行:
  - {单元: [{文: 合计, 粗: 是}, "=支出 | 求和('金额')", ""], 当: "=收入.本年 > 0"}
  - {逐行: =支出, 单元: [=行.科目, =行.金额, =行.人数]}
空表: 无支出。
空表时: "=支出 | length == 0"
""",
    "text/封面.md.j2": """\
```分节 纵向 无页码
```

```样式 封面标题
{{ 年度 }}年度报告
```

```分节 纵向
```
""",
    "text/正文.md.j2": """\
# 收入情况

{{ 年度 }}年度收入{{ 收入.本年 | 万元 }}，{{ 收入 | 与上年相比(决算=收入.本年, 句式="比上年") }}

```图 收支
```

# 支出情况

{% for 项 in 支出 %}
{{ 项.科目 | 科目名称 }}支出{{ 项.金额 | 万元 }}。

{% endfor %}
```表 支出表
```

```图 结构
```

# 名词解释

```名词解释
```
""",
    "wording.yaml": """\
与上年相比:
  比上年:
    增加: "比{上年}年增加{差额}，增长{增幅}。"
完成预算:
  有预算: "，完成预算{完成率}"
""",
    "glossary.yaml": """\
- 项目支出
- {词: 收入, 解释: 指本年取得的收入。, 出现: [收入]}
- 科目: [支出]
""",
    "scoring.yaml": """\
满分: 100
权重: {预算执行率: 0, 产出指标: 50, 效益指标: 50}
等级:
  - {不低于: 90, 名: 优}
  - {不低于: 0, 名: 差}
定性档次:
  - {名: 达成, 上限: 100, 下限: 80, 缺省: 100}
超额: {阈值: 130}
得分小数: 2
评分表:
  - {指标: 指标}
""",
    "texts.yaml": "（请写明……情况）: 填写说明\n",
    "sizes.yaml": """\
合理范围:
  每个科目: {逐行: =支出, 金额: =行.金额, 除以: =行.人数, 不低于: 1元, 不高于: 1000亿元}
百分率:
  名称: [三级]
  单位: 单位
  数: [目标值, 实际值]
""",
    "import.yaml": """\
抬头: {年度: 年度, 单位: 单位.名称}
表:
  支出决算表:
    填入:
      支出: {列: {金额: 合计}}
      收入.本年: 合计·合计
""",
    "style.yaml": """\
版面:
  页边距: {左: 25}
样式:
  正文: {字体: 仿宋, 字号: 四号}
表格:
  附表: {线宽: 0.75}
图: {高: 70}
""",
}


def written(folder: Path, files: dict[str, str]) -> PackRoots:
    for name, text in files.items():
        path = folder / "planted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return PackRoots.with_own((folder,))


def linted_pack(folder: Path, files: dict[str, str]) -> list[str]:
    """What `packs lint` says: «T114 fields.yaml 3»."""
    return told(linted("planted", written(folder, files)).diagnostics)


def tried_pack(folder: Path, files: dict[str, str]) -> list[str]:
    """What `packs try` says of a pack in which lint finds nothing."""
    checked = linted("planted", roots := written(folder, files))
    assert checked.diagnostics == () and checked.value is not None
    return told(try_pack(checked.value, roots, 2021).diagnostics)


def told(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [
        f"{one.code} {one.place.file.removeprefix('planted/')} {one.place.line}".removesuffix(" 0") for one in findings
    ]


def test_the_pack_itself_is_sound(tmp_path: Path) -> None:
    assert tried_pack(tmp_path, PACK) == []


MISTAKES = (
    ("pack.yaml", "名称: planted", "名称: another", "T117 pack.yaml 1"),
    ("pack.yaml", "种类: 项目", "种别: 项目", "T114 pack.yaml 3"),
    ("pack.yaml", "上级: performance", "上级: performence", "T112 pack.yaml 6"),
    ("pack.yaml", "{自: 2020, 至: 2021}", "{自: 2020, 止: 2021}", "T114 pack.yaml 7"),
    ("pack.yaml", "{自: 2020,", "{自: 二〇二〇,", "T117 pack.yaml 7"),
    ("pack.yaml", "公开日期: 报告日期", "公开日期: 报告时间", "T117 pack.yaml 8"),
    ("pack.yaml", "单位: 单位.名称, ", "", "T128 pack.yaml 8"),
    ("pack.yaml", '题名: "{{ 单位.名称 }}', '题名: "{{ 单位.名字 }}', "T101 pack.yaml 9"),
    ("pack.yaml", "- 封面\n", "- 封皮\n", "T116 pack.yaml 13"),
    ("pack.yaml", "标题样式: 默认}", "标题样式: 缺省}", "T117 pack.yaml 14"),
    ("pack.yaml", "样式: 标题3", "样式: 标题九", "T110 pack.yaml 18"),
    ("pack.yaml", "    2: {编号", "    二: {编号", "T117 pack.yaml 18"),
    ("pack.yaml", "{金额: 万元}", "{金额: 万}", "T117 pack.yaml 19"),
    ("pack.yaml", "金额小数: 2", "金额位数: 2", "T114 pack.yaml 21"),
    ("pack.yaml", '零: "0"', '零: "0", 整数百分比: 有时', "T117 pack.yaml 21"),
    ("pack.yaml", "阈值: 10", "阈值: 一成", "T117 pack.yaml 22"),
    ("pack.yaml", "尾差: 注", "尾差: 调整", "T117 pack.yaml 23"),
    ("pack.yaml", "目录级次: 2", "目录级次: 两级", "T117 pack.yaml 11"),
    ("pack.yaml", "地区: 示例省\n", "地区：示例省\n", "T113 pack.yaml 4"),
    ("fields.yaml", "类型: 日期, 标签: 报告日期", "类型: 时间, 标签: 报告日期", "T202 fields.yaml 2"),
    ("fields.yaml", "标签: 报告日期, 必填: 是", "标签: 报告日期, 必须: 是", "T201 fields.yaml 2"),
    ("fields.yaml", "标签: 本年收入, 必填: 是", "标签: 本年收入, 必填: 要", "T205 fields.yaml 7"),
    ("fields.yaml", "上年对应: 本年", "上年对应: 今年", "T208 fields.yaml 8"),
    ("fields.yaml", "组.本年 is not 持平于(组.上年)", "组.本年 is not 持平(组.上年)", "T102 fields.yaml 9"),
    ("fields.yaml", "组.本年 is not 持平于(组.上年)", "组.今年 is not 持平于(组.上年)", "T101 fields.yaml 9"),
    ("fields.yaml", "计算: 收入.本年 + 收入.上年", "计算: 收入.本年 + 收入.去年", "T101 fields.yaml 10"),
    ("fields.yaml", "计算: 收入.本年 + 收入.上年", "计算: 收入.本年 + 收入.合计", "T121 fields.yaml 10"),
    ("fields.yaml", "主键: 科目", "主键: 科目编码", "T207 fields.yaml 15"),
    ("fields.yaml", "级次: 项", "级次: 目", "T214 fields.yaml 17"),
    ("fields.yaml", "选项: [基本支出, 项目支出]", "选项: 基本支出", "T206 fields.yaml 18"),
    ("fields.yaml", "缺省: 1}", "缺省: 一}", "T209 fields.yaml 20"),
    ("fields.yaml", "  字段:\n    本年", "  栏目:\n    本年", "T204 fields.yaml 4"),
    ("fields.yaml", "    合计: {类型", "    合 计: {类型", "T203 fields.yaml 10"),
    ("fields.yaml", "单位: 人,", "单位: 人, 可负: 是,", "T212 fields.yaml 20"),
    ("fields.yaml", "支出:\n  标签: 支出\n", "支出:\n标签: 支出\n", "T113 fields.yaml 13"),
    ("checks.yaml", "等级: 错误", "等级: 严重", "T117 checks.yaml 2"),
    ("checks.yaml", "关系: 不小于", "关系: 不少于", "T117 checks.yaml 5"),
    ("checks.yaml", "  左: =收入.本年\n", "", "T115 checks.yaml 1"),
    ("checks.yaml", "  说明: 支出超过收入\n", "", "T115 checks.yaml 1"),
    ("checks.yaml", "=收入.本年\n", "=收入.今年\n", "T101 checks.yaml 3"),
    ("checks.yaml", "求和('金额')", "求合('金额')", "T102 checks.yaml 4"),
    ("checks.yaml", "逐行: =支出", "逐列: =支出", "T114 checks.yaml 10"),
    ("checks.yaml", "行.人数 > 0", "行.人次 > 0", "T101 checks.yaml 12"),
    ("checks.yaml", "{{ 行.科目 }}没有", "{{ 行.科目 没有", "T102 checks.yaml 13"),
    ("checks.yaml", "求和('金额')", "求和('钱')", "T101 checks.yaml 4"),
    ("charts.yaml", "种类: 柱形", "种类: 柱状", "T106 charts.yaml 3"),
    ("charts.yaml", "  类别: [上年, 本年]\n", "", "T106 charts.yaml 4"),
    ("charts.yaml", "=收入.上年,", "=收入.去年,", "T101 charts.yaml 5"),
    ("charts.yaml", "  标题: 支出结构\n  种类", "  标题: 支出结构\n  图例: 右\n  种类", "T106 charts.yaml 8"),
    ("charts.yaml", "结构:", "构成:", "T111 text/正文.md.j2 17"),
    ("tables/支出表.yaml", "左注:", "左边注:", "T105 tables/支出表.yaml 2"),
    ("tables/支出表.yaml", "单位: 万元\n", "单位: 万\n", "T117 tables/支出表.yaml 3"),
    ("tables/支出表.yaml", "单位: 万元\n", "单位: 万元\n填报: 开支\n", "T105 tables/支出表.yaml 4"),
    ("tables/支出表.yaml", "{宽: 60, 对齐: 左}", "{宽度: 60, 对齐: 左}", "T105 tables/支出表.yaml 5"),
    ("tables/支出表.yaml", "{宽: 60, 对齐: 左}", "{宽: 60, 对齐: 居左}", "T105 tables/支出表.yaml 5"),
    ("tables/支出表.yaml", "  - [科目, 金额, 人数]", "  - [科目, 金额, 人数, 备注]", "T105 tables/支出表.yaml 9"),
    ("tables/支出表.yaml", "=行.科目, =行.金额", "=行.科目, =行.金额数", "T101 tables/支出表.yaml 12"),
    ("tables/支出表.yaml", "逐行: =支出,", "逐行: =开支,", "T101 tables/支出表.yaml 12"),
    ("tables/支出表.yaml", "{文: 合计, 粗: 是}", "{文: 合计, 加粗: 是}", "T105 tables/支出表.yaml 11"),
    ("tables/支出表.yaml", "{文: 合计, 粗: 是}", "{文: 合计, 跨列: 二}", "T105 tables/支出表.yaml 11"),
    ("text/封面.md.j2", "封面标题", "封皮标题", "T110 text/封面.md.j2 4"),
    ("text/封面.md.j2", "```分节 纵向 无页码", "```分节页 纵向 无页码", "T109 text/封面.md.j2 1"),
    ("text/正文.md.j2", "{{ 收入.本年 | 万元 }}", "{{ 收入.本年 | 百万元 }}", "T102 text/正文.md.j2 3"),
    ("text/正文.md.j2", "{{ 收入.本年 | 万元 }}", "{{ 收入.今年 | 万元 }}", "T101 text/正文.md.j2 3"),
    ("text/正文.md.j2", '句式="比上年"', '句式="比去年"', "T101 text/正文.md.j2 3"),
    ("text/正文.md.j2", "{% endfor %}", "{% endfr %}", "T102 text/正文.md.j2 13"),
    ("text/正文.md.j2", "```表 支出表", "```表 支出总表", "T111 text/正文.md.j2 14"),
    ("text/正文.md.j2", "```图 结构", "```图 收支构成", "T111 text/正文.md.j2 17"),
    ("text/正文.md.j2", "{{ 年度 }}年度收入", "2020年度收入", "T122 text/正文.md.j2 3"),
    ("text/正文.md.j2", "项.金额", "项.数额", "T101 text/正文.md.j2 11"),
    ("text/正文.md.j2", "# 名词解释", "#### 名词解释", "T108 text/正文.md.j2 20"),
    ("text/正文.md.j2", "# 名词解释", "# 名词解释 {附件}", "T108 text/正文.md.j2 20"),
    ("text/正文.md.j2", "# 名词解释", "- 名词解释", "T107 text/正文.md.j2 20"),
    ("wording.yaml", "  比上年:", "  比去年:", "T115 wording.yaml 2"),
    ("wording.yaml", "{差额}", "{增减额}", "T114 wording.yaml 3"),
    ("wording.yaml", "    增加:", "    增长:", "T114 wording.yaml 3"),
    ("wording.yaml", "完成预算:", "预算完成:", "T114 wording.yaml 4"),
    ("wording.yaml", "  有预算: ", "  有预算数: ", "T114 wording.yaml 5"),
    ("glossary.yaml", "解释: 指", "意思: 指", "T114 glossary.yaml 2"),
    ("glossary.yaml", "- 项目支出\n", "- 项目的支出\n", "T115 glossary.yaml 1"),
    ("glossary.yaml", "- 科目: [支出]", "- 科目: [开支]", "T101 glossary.yaml 3"),
    ("glossary.yaml", "词: 收入", "名: 收入", "T114 glossary.yaml 2"),
    ("scoring.yaml", "满分: 100", "总分: 100", "T114 scoring.yaml 1"),
    ("scoring.yaml", "产出指标: 50", "产出指标: 五十", "T117 scoring.yaml 2"),
    ("scoring.yaml", "产出指标: 50", "产出指标: 40", "T117 scoring.yaml 2"),
    ("scoring.yaml", "不低于: 90", "不少于: 90", "T114 scoring.yaml 4"),
    ("scoring.yaml", "缺省: 100", "缺省: 100分", "T117 scoring.yaml 7"),
    ("scoring.yaml", "{指标: 指标}", "{指标: 指标表}", "T117 scoring.yaml 11"),
    ("scoring.yaml", "阈值: 130", "阀值: 130", "T114 scoring.yaml 8"),
    ("texts.yaml", "（请写明……情况）: 填写说明\n", "（请写明……情况）\n", "T113 texts.yaml 1"),
    ("texts.yaml", "填写说明", "[填写说明]", "T117 texts.yaml 1"),
    ("sizes.yaml", "不低于: 1元", "不低于: 1圆", "T117 sizes.yaml 2"),
    ("sizes.yaml", "金额: =行.金额", "金额: =行.数额", "T101 sizes.yaml 2"),
    ("sizes.yaml", "除以: =行.人数", "除: =行.人数", "T114 sizes.yaml 2"),
    ("sizes.yaml", "合理范围:", "范围:", "T114 sizes.yaml 1"),
    ("sizes.yaml", "  单位: 单位\n", "  单位: [单位\n", "T113 sizes.yaml 5"),
    ("import.yaml", "单位: 单位.名称", "单位: 单位.全称", "T117 import.yaml 1"),
    ("import.yaml", "支出决算表:", "支出决算总表:", "T114 import.yaml 3"),
    ("import.yaml", "{金额: 合计}", "{数额: 合计}", "T117 import.yaml 5"),
    ("import.yaml", "合计·合计", "合计·总计", "T117 import.yaml 6"),
    ("import.yaml", "抬头:", "表头:", "T114 import.yaml 1"),
    ("style.yaml", "左: 25", "左: 二十五", "T113 style.yaml 2"),
    ("style.yaml", "字号: 四号", "字号: 四号字", "T113 style.yaml 4"),
    ("style.yaml", "字体: 仿宋", "字型: 仿宋", "T113 style.yaml 4"),
    ("style.yaml", "  正文: {", "  正 文: {", "T118 style.yaml 4"),
    ("style.yaml", "线宽: 0.75", "线粗: 0.75", "T113 style.yaml 6"),
    ("style.yaml", "图: {高: 70}", "图: {高度: 70}", "T113 style.yaml 7"),
)
"""File, what stands there, what is planted instead, and what is said: code, file, line."""

FILES = (
    ("tables/支出表.yml", "标题: 一\n", "T125 tables/支出表.yml"),
    ("text/附录.md", "无。\n", "T125 text/附录.md"),
    ("chart.yaml", "甲: {}\n", "T114 chart.yaml"),
    ("Fields.YAML", "甲: 1\n", "T114 Fields.YAML"),
    ("images/logo.png", "x", "T125 images"),
    ("text/附录.md.j2", "无。\n", "T127 text/附录.md.j2"),
    ("tables/附表.yaml", "列: [{宽: 20}]\n行: [[一]]\n", "T118 tables/附表.yaml"),
    ("备份.txt", "一\n", "T125 备份.txt"),
    ("accounts/functional.xlsx", "x", "T125 accounts/functional.xlsx"),
    ("样例/大纲.md", "一\n", "T125 样例/大纲.md"),
)
"""Files that lie in the pack and are not read, or by nobody."""

SHOWN_BY_SAMPLES = (
    ("text/正文.md.j2", "# 支出情况\n", "# 收入情况\n", "T172 text/正文.md.j2 8"),
    ("text/正文.md.j2", "# 支出情况\n", "# 二、支出情况\n", "T173 text/正文.md.j2 8"),
    ("text/正文.md.j2", "# 名词解释\n", "# 附录\n\n# 名词解释\n", "T167 text/正文.md.j2 20"),
    ("text/正文.md.j2", "# 支出情况\n", "# 支出情况\n\n联系人：〔待填〕\n", "T174 text/正文.md.j2 10"),
    ("text/正文.md.j2", "```表 支出表", "附表1 支出表\n\n```表 支出表", "T169 tables/支出表.yaml 1"),
    ("text/封面.md.j2", "年度报告\n", "年度报告\n" * 13, "T170 text/封面.md.j2 1"),
    ("tables/支出表.yaml", "{宽: 60, 对齐: 左}", "{宽: 160, 对齐: 左}", "T168 tables/支出表.yaml 1"),
    ("checks.yaml", "支出-1:\n", "不能-1: {应当: =年度 < 2000, 说明: 年度不对}\n支出-1:\n", "T160 checks.yaml 1"),
    ("fields.yaml", "标签: 单位名称, 必填: 是", "标签: 单位名称", "T161 fields.yaml 3"),
)
"""What nobody can see in the files alone."""


@pytest.mark.parametrize(("file", "there", "planted", "said"), MISTAKES)
def test_each_mistake_is_found_at_its_line_by_one_finding(
    tmp_path: Path, file: str, there: str, planted: str, said: str
) -> None:
    assert there in PACK[file]
    assert linted_pack(tmp_path, {**PACK, file: PACK[file].replace(there, planted, 1)}) == [said]


@pytest.mark.parametrize(("file", "text", "said"), FILES)
def test_each_stray_file_is_found_by_one_finding(tmp_path: Path, file: str, text: str, said: str) -> None:
    assert linted_pack(tmp_path, {**PACK, file: text}) == [said]


@pytest.mark.parametrize(("file", "there", "planted", "said"), SHOWN_BY_SAMPLES)
def test_what_shows_in_samples_is_found_at_its_line_by_one_finding(
    tmp_path: Path, file: str, there: str, planted: str, said: str
) -> None:
    assert there in PACK[file]
    assert tried_pack(tmp_path, {**PACK, file: PACK[file].replace(there, planted, 1)}) == [said]
