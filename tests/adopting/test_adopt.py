"""`juesuan adopt`: a report made by hand above, the input that comes of it below."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from support import SETTINGS, pack_folder

from generator.cli import entry

PACK = SETTINGS.replace("{{ 单位 }}", "{{ 单位.名称 }}")
FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {标签: 单位, 字段: {名称: {类型: 文字, 标签: 单位名称, 沿用: 是}, 简称: {类型: 文字, 标签: 单位简称}}}
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 收支总计, 必填: 是}
    上年: {类型: 金额, 标签: 上年收支总计, 必填: 是, 上年对应: 决算}
    原因: {类型: 原因, 标签: 变动原因, 当: "=收支.决算 != 收支.上年", 年度性: 是}
接待:
  标签: 公务接待费
  字段:
    支出: {类型: 金额, 标签: 公务接待费, 必填: 是}
    批次: {类型: 个数, 标签: 接待批次, 单位: 批次, 必填: 是}
    用途: {类型: 文字, 标签: 公务接待费的用途, 必填: 是}
基金:
  标签: 政府性基金
  字段: {支出: {类型: 金额, 标签: 政府性基金支出, 必填: 是}, 结余: {类型: 金额, 标签: 政府性基金结余, 必填: 是}}
国资:
  标签: 国有资本经营
  字段: {支出: {类型: 金额, 标签: 国有资本经营支出, 必填: 是}, 结余: {类型: 金额, 标签: 国有资本经营结余, 必填: 是}}
职能: {标签: 主要职能, 行: {字段: {内容: {类型: 长文, 标签: 职能, 必填: 是}}}}
工作:
  标签: 重点工作
  行: {字段: {标题: {类型: 文字, 标签: 工作, 必填: 是}, 内容: {类型: 长文, 标签: 情况, 必填: 是}}}
问题: {类型: 长文, 标签: 存在的问题, 必填: 是}
"""

TEXT = """
```样式 封面单位
{{ 单位.名称 }}
```

# {{ 年度 }}年度决算说明

## 主要职能

{% for 行 in 职能 %}
1. {{ 行.内容 }}

{% endfor %}
## 重点工作

{% for 行 in 工作 %}
### {{ 行.标题 }}

{{ 行.内容 }}

{% endfor %}
## 收支情况

{{ 年度 }}年度收、支总计{{ 收支.决算 | 万元 }}。{{ 收支 | 与上年相比(主语="收、支总计各") }}

## 公务接待

公务接待费支出{{ 接待.支出 | 万元 }}，国内公务接待{{ 接待.批次 | 个数 }}。主要用于{{ 接待.用途 | 去句号 }}。

## 政府性基金

{{ 年度 }}年政府性基金预算支出{{ 基金.支出 | 万元 }}，年末结余{{ 基金.结余 | 万元 }}。

## 国有资本经营

{{ 年度 }}年国有资本经营预算支出{{ 国资.支出 | 万元 }}，年末结余{{ 国资.结余 | 万元 }}。

## 存在的问题

{{ 问题 }}
"""

REPORT = """示例县甲局
2020年度决算说明
一、主要职能
1.拟订本县规划。
2.监督规划的实施。
二、重点工作
1.编制规划
完成三个乡镇的规划，群众满意。
三、收支情况
２０２０年度收、支总计1,234.56万元。与2019年1200.00万元相比，收支总计各增加34.56万元，增长2.88%，主要原因是在职人员增加两名。
四、公务接待
公务接待费支出9.87万元，国内公务接待12批次。主要用于接待上级检查、外地考察。另有会议费3.20万元。
五、政府性基金
2020年政府性基金预算支出5.00万元，年末结余1.50万元。
六、国有资本经营
2020年国有资本经营预算支出0万元，年末结余0万元。
七、存在的问题
一是预算编制不够细。
二是执行进度不够均衡。
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    pack_folder(tmp_path / "templates", {"fields.yaml": FIELDS, "pack.yaml": PACK}, text=TEXT)
    return tmp_path


def hand_made(text: str) -> bytes:
    """A Word file without headings, one line a paragraph."""
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def adopt(office: Path, report: str | bytes, *options: str, name: str = "去年.docx") -> Result:
    (office / name).write_bytes(report if isinstance(report, bytes) else hand_made(report))
    own = ["--pack", "example", "--templates", str(office / "templates"), "-o", str(office / "新")]
    return CliRunner().invoke(entry, ["adopt", str(office / name), *own, *options], catch_exceptions=False)


def lifted(office: Path, report: str) -> dict[str, str]:
    """Field → what goes into it, of a report."""
    made = json.loads(adopt(office, report, "--json").output)
    return {one["field"]: one["text"] for one in made["values"]}


def test_texts_lists_and_figures_go_into_the_input_with_their_places(office: Path) -> None:
    made = adopt(office, REPORT)
    assert made.exit_code == 0
    assert (
        made.output
        == f"""从“去年.docx”（2020年度）读入：文字 8 项，数 8 个；都标着“〔待确认〕”
原报告 311 字：填入 124 字，格式里原有的 175 字，没有用上的 12 字（1 处，逐处列在“对照.md”）
已写入：{office / "新" / "原报告.yaml"}、{office / "新" / "对照.md"}
接着请核对、填写，并运行 juesuan check：原报告里没有的还有 0 处要填。
"""
    )
    assert (
        (office / "新" / "原报告.yaml").read_text(encoding="utf-8")
        == """# 由 juesuan adopt 从“去年.docx”读入。“#”后面是每项内容在原报告里的位置。
# 标着“〔待确认〕”的请与原报告核对，无误的删去这几个字；写着“待填”的，原报告里没有找到，由本单位填写。
报告: example
金额单位: 万元

年度: 2020

单位:
  名称: "〔待确认〕示例县甲局"  # 原报告第1段

收支:
  决算: "〔待确认〕1234.56"  # 原报告第10段
  上年: "〔待确认〕1200.00"  # 原报告第10段
  原因: "〔待确认〕在职人员增加两名"  # 原报告第10段

接待:  # 公务接待费
  支出: "〔待确认〕9.87"  # 原报告第12段
  批次: "〔待确认〕12"  # 原报告第12段
  用途: "〔待确认〕接待上级检查、外地考察"  # 原报告第12段

基金:  # 政府性基金
  支出: "〔待确认〕5.00"  # 原报告第14段
  结余: "〔待确认〕1.50"  # 原报告第14段

国资:  # 国有资本经营
  支出: "〔待确认〕0"  # 原报告第16段
  结余: "〔待确认〕0"  # 原报告第16段

职能:  # 主要职能
  - 内容: "〔待确认〕拟订本县规划。"  # 原报告第4段
  - 内容: "〔待确认〕监督规划的实施。"  # 原报告第5段

工作:  # 重点工作
  - 标题: "〔待确认〕编制规划"  # 原报告第7段
    内容: "〔待确认〕完成三个乡镇的规划，群众满意。"  # 原报告第8段

# 问题：原报告第18段
问题: |-
  〔待确认〕一是预算编制不够细。
  二是执行进度不够均衡。
"""
    )


def test_what_was_not_used_is_listed(office: Path) -> None:
    adopt(office, REPORT)
    listing = (office / "新" / "对照.md").read_text(encoding="utf-8")
    assert "- 上年收支总计：1200.00万元（第10段）\n" in listing
    assert listing.endswith("## 原报告里没有用上的\n\n- 第12段：另有会议费3.20万元。\n")


def test_what_was_not_found_is_to_be_filled_in(office: Path) -> None:
    adopt(office, REPORT.replace("，国内公务接待12批次", ""))
    assert "  批次:  # 待填：接待批次（单位：批次）\n" in (office / "新" / "原报告.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("收支总计各增加34.56万元，增长2.88%", "收支总计各增加43.56万元，增长2.88%"),
        ("收支总计各增加34.56万元", "收支总计各减少34.56万元"),
    ],
)
def test_figures_that_contradict_the_change_beside_them_stay_out(office: Path, old: str, new: str) -> None:
    made = json.loads(adopt(office, REPORT.replace(old, new), "--json").output)
    assert [(one["label"], one["why"]) for one in made["left_out"]] == [
        ("收支总计", "与旁边写的增减对不上"),
        ("上年收支总计", "与旁边写的增减对不上"),
    ]
    assert "收支.上年" not in {one["field"] for one in made["values"]}


def test_a_figure_of_another_year_stays_out(office: Path) -> None:
    found = lifted(office, REPORT.replace("2020年政府性基金预算支出", "2018年政府性基金预算支出"))
    assert "基金.支出" not in found
    assert found["国资.支出"] == "0"


def test_a_sentence_without_its_heading_does_not_lend_its_figures_to_the_chapter_above(office: Path) -> None:
    without = REPORT.replace("2020年政府性基金预算支出5.00万元，年末结余1.50万元。\n六、国有资本经营\n", "").replace(
        "国有资本经营预算支出0万元，年末结余0万元", "国有资本收益支出7.00万元，年末结余6.00万元"
    )
    found = lifted(office, without)
    assert not {"基金.支出", "基金.结余", "国资.支出", "国资.结余"} & set(found)


def test_an_amount_without_its_unit_stays_out(office: Path) -> None:
    found = lifted(office, REPORT.replace("公务接待费支出9.87万元", "公务接待费支出9.87"))
    assert "接待.支出" not in found
    assert found["接待.批次"] == "12"


def test_a_text_whose_next_heading_is_gone_keeps_to_its_first_paragraph(office: Path) -> None:
    found = lifted(office, REPORT.replace("二、重点工作\n1.编制规划\n", ""))
    assert [found[name] for name in found if name.startswith("职能")] == ["拟订本县规划。", "监督规划的实施。"]


def test_two_places_that_say_different_things_leave_the_field_empty(office: Path) -> None:
    twice = REPORT.replace("五、政府性基金", "公务接待费支出9.78万元，国内公务接待12批次。\n五、政府性基金")
    made = json.loads(adopt(office, twice, "--json").output)
    assert [(one["label"], one["why"]) for one in made["left_out"]] == [("公务接待费", "几处写的不一样")]


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("1.拟订本县规划。\n2.", "1.拟订本县规划。3.办理其他事项。2.", "办理其他事项"),  # two items on one line
        ("示例县甲局\n2020", "示例县甲局工作报告\n2020", "工作报告"),  # the name and a title on one line
        ("二是执行进度", "一是执行进度", "执行进度"),  # a second text begins whose heading is gone
    ],
)
def test_what_has_no_clear_border_stays_out(office: Path, old: str, new: str, gone: str) -> None:
    assert old in REPORT
    made = adopt(office, REPORT.replace(old, new))
    assert made.exit_code == 0
    assert gone not in (office / "新" / "原报告.yaml").read_text(encoding="utf-8")
    assert gone in (office / "新" / "对照.md").read_text(encoding="utf-8")


def test_rolled_forward_the_figures_become_last_years(office: Path) -> None:
    made = adopt(office, REPORT, "--year", "2021")
    assert made.exit_code == 0
    text = (office / "新" / "填报.yaml").read_text(encoding="utf-8")
    assert "  上年: 〔待确认〕1234.56  # 原报告第10段\n" in text
    assert text.count("1234.56") == 1
    assert "  决算:  # 收支总计；金额；必填\n" in text
    assert "名称: 〔待确认〕示例县甲局  # 原报告第1段\n" in text
    assert "原因: 〔待确认〕在职人员增加两名  # 原报告第10段\n" in text
    assert "内容: 〔待确认〕完成三个乡镇的规划，群众满意。  # 原报告第8段\n" in text
    assert "# 问题：原报告第18段\n问题: |-\n  〔待确认〕一是预算编制不够细。" in text


def test_a_workbook_instead(office: Path) -> None:
    adopt(office, REPORT, "--workbook")
    book = load_workbook(office / "新" / "填报.xlsx")
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"〔待确认〕1234.56", "〔待确认〕示例县甲局"} <= words


@pytest.mark.parametrize(
    ("report", "options", "code"),
    [
        ("示例县甲局\n今年工作\n", (), "L001"),
        ("2020年菜谱\n2020年的豆腐\n", (), "L002"),
        (REPORT, ("--year", "2023"), "L003"),
        (b"no Word file", (), "L004"),
    ],
)
def test_what_cannot_be_read_is_said(office: Path, report: str | bytes, options: Sequence[str], code: str) -> None:
    made = adopt(office, report, *options)
    assert made.exit_code == 1
    assert f"错误 {code}" in made.output
    assert made.output.endswith("没有写入任何文件。\n")
    assert not (office / "新").exists()


ROWS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
编制:
  标签: 编制
  字段:
    行政: {类型: 个数, 标签: 行政编制, 单位: 人, 必填: 是}
    事业: {类型: 个数, 标签: 事业编制, 单位: 人, 必填: 是}
在职:
  标签: 在职
  字段:
    合计: {类型: 个数, 标签: 在职人数, 单位: 人, 必填: 是}
    事业: {类型: 个数, 标签: 在职事业人员, 单位: 人, 必填: 是}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称, 必填: 是}
      财政拨款: {类型: 金额, 标签: 财政拨款, 必填: 是}
      其他资金: {类型: 金额, 标签: 其他资金, 缺省: 0}
      预算: {类型: 金额, 标签: 预算数, 计算: "行.财政拨款 + 行.其他资金"}
      到位: {类型: 金额, 标签: 到位数, 必填: 是}
"""
ROWS_TEXT = """
# {{ 年度 }}年度决算说明

## 人员情况

{{ 年度 }}年末行政编制{{ 编制.行政 | 个数 }}，事业编制{{ 编制.事业 | 个数 }}，
在职人员{{ 在职.合计 | 个数 }}，其中事业人员{{ 在职.事业 | 个数 }}。

## 项目情况

{% for 行 in 项目 %}
### {{ 行.名称 }}项目

由财政拨款{{ 行.财政拨款 | 万元 }}
{% if 行.其他资金 > 0 %}，其他资金{{ 行.其他资金 | 万元 }}{% endif %}，按计划安排。

截至年末该项目{% if 行.到位 is 持平于(行.预算) %}{{ 行.到位 | 万元 }}全部到位
{% else %}到位资金{{ 行.到位 | 万元 }}{% endif %}。

{% endfor %}
"""


def read_from(tmp_path: Path, *project: str) -> str:
    """The input read from a report with persons and a project of these lines."""
    pack_folder(tmp_path / "templates", {"fields.yaml": ROWS, "pack.yaml": SETTINGS}, text=ROWS_TEXT)
    lines = (
        "2020年度决算说明",
        "一、人员情况",
        "2020年末行政编制5人，事业编为19人，在职人员20人，其中事业人员15人。",
        "二、项目情况",
        "（一）河道治理项目",
        *project,
        "河道治理见附表。",
    )
    result = adopt(tmp_path, "\n".join(lines))
    assert (tmp_path / "新").exists(), result.output
    return (tmp_path / "新" / "原报告.yaml").read_text(encoding="utf-8")


def test_the_same_persons_in_other_words_between_their_neighbours(tmp_path: Path) -> None:
    assert '  事业: "〔待确认〕19"  # 原报告第3段' in read_from(tmp_path, "由财政拨款5万元，按计划安排。")


@pytest.mark.parametrize(
    ("given", "paid", "read"),
    [
        ("由区财政拨款5万元，按计划安排。", "截至年末该项目5万元全部到位。", ["财政拨款", "到位"]),
        ("由区财政拨款5万元，按计划安排。", "截至年末该项目3万元全部到位。", ["财政拨款"]),
        ("由省财政拨款3万元，区财政拨款2万元，按计划安排。", "截至年末该项目5万元全部到位。", []),
    ],
)
def test_all_of_it_is_what_the_row_has(tmp_path: Path, given: str, paid: str, read: list[str]) -> None:
    text = read_from(tmp_path, given, paid)
    assert [name for name in ("财政拨款", "到位") if f'{name}: "〔待确认〕' in text] == read
