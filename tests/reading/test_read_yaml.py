"""What an office types above, what it is told below."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from read_files import read_yaml

from generator.diagnostics import CATALOGUE
from generator.facts.accounts import AccountCode, Accounts
from generator.facts.fact import Day, Group, Rows, YesNo, walk
from generator.filling.to_facts import pack_name
from generator.form.fields import Fields, parse_fields, walk_fields
from generator.pack.places import PackRoots
from generator.pack.sources import gather
from generator.quantity import Blank, NotApplicable, Quantity, SaidNothing, Unreadable
from generator.reading.read_yaml import parse_yaml

TEMPLATES = Path(__file__).parents[2] / "templates"

FORM = """
年度: {类型: 年度, 标签: 决算年度}
公开时间: {类型: 日期, 标签: 公开时间}
单位:
  标签: 单位信息
  字段:
    名称: {类型: 文字, 标签: 单位全称}
    性质: {类型: 选项, 标签: 单位性质, 选项: [行政单位, 其他事业单位]}
    参公: {类型: 是否, 标签: 是否参公}
收支总计:
  标签: 收、支总计
  字段:
    决算: {类型: 金额, 标签: 收、支总计, 计算: 收入.合计}
    上年: {类型: 金额, 标签: 上年收、支总计}
    结余: {类型: 金额, 标签: 年末结余, 可负: 是}
    原因: {类型: 原因, 标签: 变动原因}
    完成率: {类型: 百分比, 标签: 预算完成率}
    权重: {类型: 数值, 标签: 权重}
车辆: {类型: 个数, 标签: 车辆数, 单位: 辆}
设备: {类型: 个数, 标签: 设备数, 单位: 台（套）}
职能:
  标签: 主要职能（参照三定方案）
  行: {字段: {内容: {类型: 长文, 标签: 职能}}}
支出:
  标签: 支出（填到项）
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目编码, 级次: 项}
      金额: {类型: 金额, 标签: 金额, 缺省: 0}
经济:
  标签: 经济分类
  行:
    字段:
      科目: {类型: 经济科目, 标签: 经济科目编码, 级次: 款}
      金额: {类型: 金额, 标签: 金额}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      指标:
        标签: 绩效指标
        行:
          字段:
            三级: {类型: 文字, 标签: 三级指标}
            分值: {类型: 数值, 标签: 分值}
"""


def _accounts() -> Accounts:
    folder = TEMPLATES / "common" / "accounts"
    names = ("functional.csv", "economic.csv", "renames.csv")
    return Accounts.load(*((folder / name).read_text(encoding="utf-8") for name in names))


ACCOUNTS = _accounts()


def form(text: str = FORM) -> Fields:
    outcome = parse_fields(yaml.safe_load(text), "fields.yaml")
    assert outcome.diagnostics == ()
    return outcome.value


SMALL = form()


def read(*texts: str, unit: str = "金额单位: 万元\n") -> Group:
    """Facts of texts in which nothing is wrong; the unit's line stands last, so that lines count from the text."""
    return read_yaml([(f"{n}.yaml", text + unit) for n, text in enumerate(texts, 1)], SMALL, ACCOUNTS).value


def told(*texts: str, unit: str = "金额单位: 万元\n") -> list[str]:
    files = [(f"{n}.yaml", f"{text}\n{unit}") for n, text in enumerate(texts, 1)]
    outcome = read_yaml(files, SMALL, ACCOUNTS)
    return [f"{d.severity.word} {d.code} {d.place} {d.message}" for d in outcome.diagnostics]


MISTAKES = [
    # -- the file
    ("年度:2020", "错误 I003 1.yaml 第1行 “年度:”后面缺一个空格"),
    ("年度：2020", "错误 I004 1.yaml 第1行 “年度：”用了全角冒号"),
    ("单位:\n\t名称: 甲局", "错误 I002 1.yaml 第2行 这一行用了制表符（Tab）缩进"),
    ('单位:\n  名称: "甲局\n车辆: 3', '错误 I005 1.yaml 第2行 引号没有配对，从这一行开始：名称: "甲局'),
    ("收支总计: {决算: 1, 上年: 2\n车辆: 3", "错误 I006 1.yaml 第1行 括号“{”没有配对，或括号里少了逗号"),
    ("车辆: 3\n本年人员增加较多", "错误 I007 1.yaml 第2行 这一行缺少冒号：本年人员增加较多"),
    (
        "收支总计:\n  原因: 两点: 人员增加",
        "错误 I008 1.yaml 第2行 一行里有两个“冒号加空格”：原因: 两点: 人员增加",
    ),
    ("职能: *duty", "错误 I009 1.yaml 第1行 引用了没有定义的记号“*duty”"),
    ("单位:\n  名称: @甲局", "错误 I010 1.yaml 第2行 值不能以“@”开头"),
    ("单位:\n  名称: **甲局**", "错误 I010 1.yaml 第2行 值不能以“*”开头"),
    ("车辆: 3\n---\n设备: 3", "错误 I012 1.yaml 第2行 一个文件里有两份内容，由这里的“---”隔开"),
    ("车辆: 3\n设备: 1\n车辆: 4", "错误 I013 1.yaml 第3行 “车辆”写了两次：第1行和第3行"),
    ("单位:\n  名称: 甲\n  名称: 乙", "错误 I013 1.yaml 第3行 “名称”写了两次：第2行和第3行"),
    ("车辆: " + "[" * 60 + "]" * 60, "错误 I015 1.yaml 第1行 这里的层次太深，或者自己引用了自己"),
    ("职能: &a\n- *a", "错误 I015 1.yaml 第1行 这里的层次太深，或者自己引用了自己"),
    ("单位:\n  名称: 甲\x07局", "警告 I016 1.yaml 第2行 第2行有看不见的控制字符（U+0007），已删去"),
    ('单位:\n  名称: "甲\\x07局"', "警告 I016 1.yaml 第2行 单位信息·单位全称里有看不见的控制字符（U+0007），已删去"),
    ("? [车辆]\n: 3", "错误 I017 1.yaml 第1行 这里的名称不是一个词"),
    ("单位:\n  <<: 甲局", "错误 I018 1.yaml 第2行 “<<”后面应当是一组“名称: 值”"),
    ("单位:\n    名称: 甲\n  性质: 乙", "错误 I019 1.yaml 第3行 这一行的缩进或符号与上下文对不上：性质: 乙"),
    ('单位:\n  名称: "甲\\局"', "错误 I060 1.yaml 第2行 双引号里的反斜杠“\\”写法不对"),
    # -- names and shapes
    ("车辆数: 3", "错误 I020 1.yaml 第1行 没有“车辆数”这一项"),
    ("收支总计: {决算数: 3}", "错误 I020 1.yaml 第1行 “收支总计”里没有“决算数”这一项"),
    ("收支总计: 91.68", "错误 I021 1.yaml 第1行 “收支总计”（收、支总计）应当是一组“名称: 值”，这里是“91.68”"),
    ("支出: 91.68", "错误 I022 1.yaml 第1行 “支出”（支出（填到项））应当是一张表，一行一项"),
    (
        "收支总计:\n  决算: [1, 2]",
        "错误 I023 1.yaml 第2行 “收支总计.决算”（收、支总计）应当是一个值，这里是一组内容或清单",
    ),
    (
        "支出:\n- {科目: 2080104, 金额: 1}\n- {科目: 2210201}\n- {科目: '2080104 综合业务管理'}",
        "错误 I025 1.yaml 第4行 “支出（填到项）”中“2080104”有两行，前一行在第2行",
    ),
    ("支出:\n- 2080104", "错误 I026 1.yaml 第2行 “支出[1]”不是一行“名称: 值”"),
    # -- amounts
    ("收支总计: {上年: 约36万}", "错误 I030 1.yaml 第1行 上年收、支总计写的是“约36万”，不是金额"),
    ("收支总计: {上年: 36%}", "错误 I031 1.yaml 第1行 上年收、支总计写的是百分数“36%”"),
    ("收支总计: {上年: 2020-10-26}", "错误 I032 1.yaml 第1行 上年收、支总计写的是日期“2020-10-26”"),
    ("收支总计: {上年: true}", "错误 I033 1.yaml 第1行 上年收、支总计写的是“true”"),
    ("收支总计: {上年: 是}", "错误 I033 1.yaml 第1行 上年收、支总计写的是“是”"),
    ('收支总计: {上年: "#DIV/0!"}', "错误 I034 1.yaml 第1行 上年收、支总计是公式的错误值“#DIV/0!”"),
    ("收支总计: {上年: 1e5}", "错误 I035 1.yaml 第1行 上年收、支总计写成了科学计数法“1e5”"),
    ('收支总计: {上年: "1,23.4"}', "错误 I036 1.yaml 第1行 上年收、支总计“1,23.4”里的逗号、空格或小数点位置不对"),
    ("收支总计: {上年: 12 34}", "错误 I036 1.yaml 第1行 上年收、支总计“12 34”里的逗号、空格或小数点位置不对"),
    ("收支总计: {上年: -3}", "警告 I037 1.yaml 第1行 上年收、支总计是负数“-3”"),
    (
        "收支总计: {上年: 365700元}",
        "提示 I038 1.yaml 第1行 上年收、支总计写的是“365700元”，本文件的金额单位是万元，已换算为 36.57万元",
    ),
    ("收支总计: {上年: 0.0000001}", "警告 I039 1.yaml 第1行 上年收、支总计“0.0000001”折合成元后超过两位小数"),
    ("收支总计: {上年: 91680000000}", "错误 I040 1.yaml 第1行 上年收、支总计“91680000000”位数太多"),
    ("收支总计: {上年: '=SUM(A1:A3)'}", "错误 I052 1.yaml 第1行 上年收、支总计写的是公式“=SUM(A1:A3)”"),
    ("收支总计: {上年: 无}", "错误 I056 1.yaml 第1行 上年收、支总计写的是“无”"),
    ("收支总计: {上年: (3.5)}", "错误 I057 1.yaml 第1行 上年收、支总计写的是“(3.5)”，不知道括号的意思"),
    ("收支总计: {上年: 36美元}", "错误 I058 1.yaml 第1行 上年收、支总计写的是“36美元”，不认识“美元”"),
    ("收支总计: {完成率: 0.98}", "警告 I053 1.yaml 第1行 收、支总计·预算完成率写的是“0.98”，按 0.98% 读入"),
    # -- counts, years, dates, words
    ("车辆: 2.5", "错误 I041 1.yaml 第1行 车辆数写的是“2.5”，应当是整数"),
    ("车辆: -2", "错误 I042 1.yaml 第1行 车辆数写的是“-2”，不能是负数"),
    ("车辆: 2人", "错误 I043 1.yaml 第1行 车辆数写的是“2人”，单位应当是“辆”，不是“人”"),
    ("年度: 1020", "错误 I044 1.yaml 第1行 决算年度“1020”不在 2000 至 2100 之间"),
    ("年度: 去年", "错误 I045 1.yaml 第1行 决算年度写的是“去年”，不是年度"),
    ("公开时间: 2021年", "错误 I046 1.yaml 第1行 公开时间写的是“2021年”，不是完整的日期"),
    ("公开时间: 2021-2-30", "错误 I047 1.yaml 第1行 公开时间“2021-2-30”这一天不存在"),
    ("单位: {参公: 对}", "错误 I048 1.yaml 第1行 单位信息·是否参公写的是“对”"),
    ("单位: {性质: 行政机关}", "错误 I049 1.yaml 第1行 单位信息·单位性质写的是“行政机关”，不在可选的值里"),
    ("收支总计: {原因: 增加XX万元}", "错误 I050 1.yaml 第1行 收、支总计·变动原因里还留着“XX”"),
    ("收支总计: {原因: 详见某某文件}", "错误 I050 1.yaml 第1行 收、支总计·变动原因里还留着“某某”"),
    ("收支总计: {原因: '因{原因}增加'}", "错误 I050 1.yaml 第1行 收、支总计·变动原因里还留着“{原因}”"),
    (
        "收支总计: {原因: （如持平作持平表述）}",
        "错误 I050 1.yaml 第1行 收、支总计·变动原因里还留着“（如持平作持平表述）”",
    ),
    ("单位:\n  名称: |\n    甲\n    局", "警告 I051 1.yaml 第2行 单位信息·单位全称只能是一行，已把几行连成一行"),
    # -- 科目
    ("支出: [{科目: 9080104}]", "错误 A001 1.yaml 第1行 支出（第1行）·科目编码：没有编码为 9080104 的科目"),
    (
        "支出: [{科目: 2080133 某项业务}]",
        "警告 A002 1.yaml 第1行 支出（2080133）·科目编码：本程序的科目表里没有 2080133，按所写的名称“某项业务”印",
    ),
    ("支出: [{科目: 22102}]", "错误 A003 1.yaml 第1行 支出（第1行）·科目编码：22102 是款级科目，这里要填到项"),
    ("经济: [{科目: 3010101}]", "错误 A004 1.yaml 第1行 经济分类（第1行）·经济科目编码：3010101 太细，这里只填到款"),
    (
        "支出: [{科目: 2080104 住房公积金}]",
        "错误 A005 1.yaml 第1行 支出（第1行）·科目编码：编码 2080104 的名称是“综合业务管理”，这里写的是“住房公积金”",
    ),
    (
        "年度: 2024\n支出: [{科目: 2080501 归口管理的行政单位离退休}]",
        "警告 A006 1.yaml 第2行 支出（2080501）·科目编码：科目 2080501 2024年度的名称是“行政单位离退休”，"
        "“归口管理的行政单位离退休”是别的年度的名称",
    ),
    (
        "支出: [{科目: 2101704 中医药专项}]",
        "提示 A007 1.yaml 第1行 支出（2101704）·科目编码：科目 2101704 写的名称是“中医药专项”，"
        "本程序的科目表里是“中医（民族医）药专项”，尚待核实；已用所写的名称",
    ),
    (
        "支出: [{科目: 2101704}]",
        "提示 A008 1.yaml 第1行 支出（2101704）·科目编码：科目 2101704 在本程序的科目表里叫“中医（民族医）药专项”，"
        "尚待核实",
    ),
    ("支出: [{科目: 行政运行}]", "错误 A009 1.yaml 第1行 支出（第1行）·科目编码写的是“行政运行”，没有科目编码"),
    (
        "支出: [{科目: 2080133}]",
        "错误 A013 1.yaml 第1行 支出（第1行）·科目编码：本程序的科目表里没有 2080133，这里只写了编码，报告里印不出名称",
    ),
    (
        "支出: [{科目: 综合业务管理}]",
        "提示 A014 1.yaml 第1行 支出（2080104）·科目编码只写了名称“综合业务管理”，按科目 2080104 读取",
    ),
    (
        "年度: 2024\n支出: [{科目: 2170404}]",
        "警告 A015 1.yaml 第2行 支出（2170404）·科目编码：科目 2170404 中央金融机构注资特别国债支出 从2025年度起才有，"
        "这是2024年度的报告",
    ),
    ("支出: [{科目: 30101}]", "错误 A010 1.yaml 第1行 支出（第1行）·科目编码：30101 是经济科目，这里要填功能科目"),
    (
        "经济: [{科目: 50101}]",
        "错误 A011 1.yaml 第1行 经济分类（第1行）·经济科目编码：50101 是政府预算支出经济分类科目",
    ),
    (
        "年度: 2024\n支出: [{科目: 2089901}]",
        "警告 A012 1.yaml 第2行 支出（2089901）·科目编码：科目 2089901 其他社会保障和就业支出 在2024年度已不使用",
    ),
]


@pytest.mark.parametrize(
    ("text", "sentence"), MISTAKES, ids=[f"{s.split()[1]}-{n}" for n, (_, s) in enumerate(MISTAKES)]
)
def test_one_mistake_is_told_once_with_its_line(text: str, sentence: str) -> None:
    assert told(text) == [sentence]


def test_every_code_of_reading_has_a_case_here() -> None:
    elsewhere = {"I001", "I011", "I014", "I024", "I027", "I028", "I029", "A016"}
    shown = {sentence.split()[1] for _, sentence in MISTAKES} | elsewhere
    read_here = {code for code in CATALOGUE if code[0] == "A" or (code[0] == "I" and code <= "I060")}
    assert read_here <= shown


HINTS = [
    ("车辆数: 3", "您是否指“车辆”？"),
    ("决算: 3", "“决算”应写在“收支总计”下面，请检查缩进"),
    ("收支总计:\n  决算:91.68", "请另起一行并缩进两格，逐项填写。“决算:”后面要空一格"),
    ("收支总计: {决算:91.68, 上年: 3}", "“决算:”后面要空一格"),
    ("支出:\n  科目: 2080104\n  金额: 3", "请在每一行的第一项前面加“- ”（减号和一个空格）"),
    ("支出: [{科目: 2080194}]", "请按当年《政府收支分类科目》核对；编码没有错的，在后面空一格写上名称，如“2080194 "),
    ("支出: [{科目: 2080194 综合业务管理}]", "科目表里叫这个名称的是 2080104 综合业务管理。"),
    ("支出: [{科目: 2280104 综合业务管理}]", "科目表里叫这个名称的是 2080104 综合业务管理。"),
    ("支出: [{科目: 22102}]", "住房改革支出下面有：2210201 住房公积金、2210202 提租补贴、2210203 购房补贴"),
    ("支出: [{科目: 21211}]", "农业土地开发资金安排的支出下面没有项，请填 2121100"),
    ("支出: [{科目: 机关服务}]", "请填科目编码，可以在后面空一格写名称。叫这个名称的有 2010103 机关服务、"),
    ("单位: {性质: 行政机关}", "您是否指“行政单位”？可选：行政单位、其他事业单位"),
]


@pytest.mark.parametrize(("text", "hint"), HINTS)
def test_hints_say_what_to_do(text: str, hint: str) -> None:
    outcome = read_yaml([("1.yaml", f"{text}\n金额单位: 万元\n")], SMALL, ACCOUNTS)
    assert outcome.diagnostics[0].hint.startswith(hint)


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = "年度: 去年\n车辆数: 3\n收支总计:\n  决算: 约3\n  上年: 1e5\n"
    text += "支出:\n- {科目: 22102}\n- {科目: 2210201, 金额: 多}"
    codes = [line.split()[1] + line.split()[3] for line in told(text)]
    assert codes == ["I020第2行", "I045第1行", "I030第4行", "I035第5行", "A003第7行", "I030第8行"]


def test_an_unreadable_file_does_not_hide_the_others() -> None:
    assert told("车辆:3\n年度: 2020", "设备: 两台", unit="") == [
        "错误 I003 1.yaml 第1行 “车辆:”后面缺一个空格",
        "错误 I030 2.yaml 第1行 设备数写的是“两台”，不是个数",
    ]


def test_the_same_field_in_two_files_names_both() -> None:
    outcome = read_yaml([("数.yaml", "年度: 2020\n车辆: 3\n"), ("文.yaml", "车辆: 4\n")], SMALL, ACCOUNTS)
    (one,) = outcome.diagnostics
    assert (one.code, one.message) == ("I024", "“车辆”在“数.yaml”、“文.yaml”中都填写了，内容不一样")
    assert [str(place) for place in one.places] == ["数.yaml 第2行", "文.yaml 第1行"]


def test_files_of_a_folder_are_one_form() -> None:
    facts = read("收支总计: {决算: 1}\n", "收支总计: {上年: 2}\n")
    assert facts["收支总计"]["决算"] == Quantity(Decimal(10000), "元")  # type: ignore[index]
    assert facts["收支总计"]["上年"].place.file == "2.yaml"  # type: ignore[index,union-attr]


def test_no_unit_of_money_is_asked_for_once() -> None:
    assert told("收支总计: {决算: 91.68, 上年: 3}", unit="") == [
        "错误 I028 1.yaml 第1行 没有写金额单位，“91.68”不知道是元还是万元"
    ]
    assert told("收支总计: {决算: 91.68万元}", unit="") == []
    assert told("车辆: 3", unit="") == []


def test_a_wrong_unit_of_money_is_told_once() -> None:
    assert told("收支总计: {决算: 3}", unit="金额单位: 美元") == ["错误 I027 1.yaml 第2行 金额单位“美元”不认识"]


def test_each_file_has_its_own_unit_of_money() -> None:
    facts = read("收支总计: {决算: 3}\n金额单位: 元\n", "收支总计: {上年: 3}\n金额单位: 亿元\n", unit="")
    values = [facts["收支总计"][name].value for name in ("决算", "上年")]  # type: ignore[index,union-attr]
    assert values == [Decimal(3), Decimal(300000000)]


def test_a_file_without_unit_takes_the_one_that_the_others_agree_on() -> None:
    facts = read("收支总计: {决算: 3}\n", "金额单位: 万元\n", unit="")
    assert facts["收支总计"]["决算"].value == 30000  # type: ignore[index,union-attr]
    assert told("收支总计: {决算: 3}", "金额单位: 万元", "金额单位: 元", unit="") == [
        "错误 I028 1.yaml 第1行 没有写金额单位，“3”不知道是元还是万元"
    ]


def test_the_report_is_named_once() -> None:
    sources = parse_yaml([("a.yaml", "年度: 2020"), ("b.yaml", "报告: final-accounts-sichuan")]).value
    assert pack_name(sources) == "final-accounts-sichuan"
    assert told("报告: 甲", "报告: 乙", unit="") == ["错误 I029 1.yaml 第1行 各文件写的报告不一样：“甲”、“乙”"]


def test_empty_and_shapeless_files() -> None:
    assert told("", unit="") == ["警告 I014 1.yaml 文件“1.yaml”是空的"]
    assert told("# 以后再填", unit="") == ["警告 I014 1.yaml 文件“1.yaml”是空的"]
    assert told("- 甲", unit="") == ["错误 I011 1.yaml 第1行 文件的内容不是“名称: 值”的形式：- 甲"]
    assert told("年度:2020", unit="") == ["错误 I003 1.yaml 第1行 “年度:”后面缺一个空格"]
    assert told("%YAML 9.9\n---\n年度: 2020", unit="") == ["错误 I001 1.yaml 第1行 这一行不合 YAML 的写法：%YAML 9.9"]


def test_a_款_that_nobody_can_name_is_told_once_and_one_row_names_it_for_all() -> None:
    rows = "支出: [{科目: 2121901 甲}, {科目: 2121902 %s}]"
    assert [line.split()[1] for line in told(rows % "乙")] == ["A002", "A002", "A016"]
    assert [line.split()[1] for line in told(rows % "城乡社区支出（类）某款（款）乙（项）")] == ["A002", "A002"]


# -- what is read ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("91.68", "916800"),
        ("'91.68'", "916800"),
        ("1,234.56", "12345600"),
        ("１，２３４．５６", "12345600"),
        ("1 234.56", "12345600"),
        ("　91.68　", "916800"),
        ("91.68万元", "916800"),
        ("91.68 万元", "916800"),
        ("+3", "30000"),
        ("0", "0"),
        ("0.00", "0"),
        (".5", "5000"),
        ("007", "70000"),
        ("12345678.123456", "123456781234.56"),
    ],
)
def test_amounts_are_read_exactly_as_typed(typed: str, yuan: str) -> None:
    text = f"收支总计:\n  决算: {typed}"
    assert told(text) == []
    amount = read(text + "\n")["收支总计"]["决算"]  # type: ignore[index]
    assert isinstance(amount, Quantity)
    assert (amount.value, amount.unit) == (Decimal(yuan), "元")
    assert (amount.name, amount.label, str(amount.place)) == ("收支总计.决算", "收、支总计", "1.yaml 第2行")


def test_not_applicable_is_neither_blank_nor_zero() -> None:
    assert isinstance(read("收支总计: {决算: 不适用}\n")["收支总计"]["决算"], NotApplicable)  # type: ignore[index]


@pytest.mark.parametrize("typed", ["－", "—", "'-'", "/", "N/A", "……", "'\\'"])
def test_a_dash_is_a_blank_that_remembers_it(typed: str) -> None:
    blank = read(f"收支总计: {{决算: {typed}}}\n")["收支总计"]["决算"]  # type: ignore[index]
    assert isinstance(blank, SaidNothing)
    assert blank.text == typed.strip("'")


@pytest.mark.parametrize("typed", ["", "~", "null", "''", "'  '", "'　'"])
def test_blank_is_blank_at_its_line(typed: str) -> None:
    blank = read(f"收支总计:\n  决算: {typed}\n")["收支总计"]["决算"]  # type: ignore[index]
    assert type(blank) is Blank
    assert str(blank.place) == "1.yaml 第2行"


def test_what_cannot_be_read_is_not_merely_blank() -> None:
    facts = read("收支总计: {决算: 多}\n单位: 甲局\n")
    assert isinstance(facts["收支总计"]["决算"], Unreadable)  # type: ignore[index]
    assert isinstance(facts["单位"]["名称"], Unreadable)  # type: ignore[index]


def test_other_kinds() -> None:
    facts = read(
        "年度: '2020'\n公开时间: 2021年10月26日\n单位: {名称: '*甲# 局', 性质: 行政单位, 参公: 否}\n"
        "收支总计: {结余: －1.5, 完成率: 98.2%, 权重: 7.5, "
        "原因: '一是人员增加。\r\n二是调资。'}\n车辆: ３辆\n设备: 2台\n"
    )
    assert facts["年度"].value == 2020  # type: ignore[union-attr]
    assert isinstance(facts["公开时间"], Day)
    assert str(facts["公开时间"]) == "2021年10月26日"
    unit, totals = facts["单位"], facts["收支总计"]
    assert isinstance(unit, Group)
    assert isinstance(totals, Group)
    assert (unit["名称"], unit["性质"]) == ("*甲# 局", "行政单位")
    assert isinstance(unit["参公"], YesNo)
    assert (bool(unit["参公"]), str(unit["参公"])) == (False, "否")
    assert [(totals[n].value, totals[n].unit) for n in ("结余", "完成率", "权重")] == [  # type: ignore[union-attr]
        (Decimal(-15000), "元"),
        (Decimal("98.2"), "%"),
        (Decimal("7.5"), ""),
    ]
    assert [(facts[n].value, facts[n].unit) for n in ("车辆", "设备")] == [(3, "辆"), (2, "台（套）")]  # type: ignore[union-attr]
    assert told("收支总计: {结余: -3}") == []


@pytest.mark.parametrize("typed", ["2021-10-26", "2021/10/26", "2021年10月26日", "2021.10.26", "２０２１－１０－２６"])
def test_dates(typed: str) -> None:
    assert str(read(f"公开时间: {typed}\n")["公开时间"]) == "2021年10月26日"


def test_rows_are_named_by_key_or_number() -> None:
    facts = read(
        "支出:\n- {科目: 2080104 综合业务管理, 金额: 13.36}\n- {科目: 2210201}\n"
        "项目:\n- 名称: DRGs项目经费\n  指标:\n  - {三级: 完成率, 分值: 10}\n  - {三级: 满意度}\n"
    )
    names = [fact.name for fact in walk(facts) if not fact.name.startswith(("收支", "单位"))]
    assert names[4:] == [
        *("支出[2080104].科目", "支出[2080104].金额", "支出[2210201].科目", "支出[2210201].金额"),
        *("项目[DRGs项目经费].名称", "项目[DRGs项目经费].指标[1].三级", "项目[DRGs项目经费].指标[1].分值"),
        *("项目[DRGs项目经费].指标[2].三级", "项目[DRGs项目经费].指标[2].分值"),
    ]
    rows = facts["支出"]
    assert isinstance(rows, Rows)
    assert rows["2080104"]["金额"].value == 133600  # type: ignore[union-attr]
    default = rows["2210201"]["金额"]
    assert (default.value, str(default.place), default.label) == (0, "1.yaml 第3行", "支出（2210201）·金额")  # type: ignore[union-attr]


def test_a_code_keeps_the_name_that_only_the_office_knows() -> None:
    rows = read("支出: [{科目: 2080133 某项业务}]\n")["支出"]
    code = rows[0]["科目"]  # type: ignore[index]
    assert isinstance(code, AccountCode)
    assert (str(code), ACCOUNTS.name(code)) == ("2080133", "某项业务")
    assert ACCOUNTS.full_name(code) == "社会保障和就业支出（类）人力资源和社会保障管理事务（款）某项业务（项）"


def test_a_table_of_one_column_may_be_a_plain_list() -> None:
    rows = read("职能:\n- 贯彻国家法律法规。\n- {内容: 组织实施。}\n-\n")["职能"]
    assert [row["内容"] for row in rows] == ["贯彻国家法律法规。", "组织实施。"]  # type: ignore[union-attr]


def test_anchors_and_merges_are_ok() -> None:
    facts = read("项目:\n- &a {名称: 甲, 指标: [{三级: 完成率}]}\n- {<<: *a, 名称: 乙}\n")
    rows = facts["项目"]
    assert isinstance(rows, Rows)
    assert [(row["名称"], row["指标"][0]["三级"]) for row in rows] == [("甲", "完成率"), ("乙", "完成率")]  # type: ignore[index]


def test_what_nobody_wrote_knows_where_it_belongs() -> None:
    facts = read("车辆: 3\n收支总计:\n\n  决算: 1\n")
    places = {name: str(facts[name].place) for name in ("公开时间", "单位", "支出")}
    assert places == {"公开时间": "1.yaml 第1行", "单位": "1.yaml 第1行", "支出": "1.yaml 第1行"}
    assert str(facts["收支总计"]["上年"].place) == "1.yaml 第2行"  # type: ignore[index,union-attr]
    assert len(facts["支出"]) == 0  # type: ignore[arg-type]


def stands_in_a_table(path: str, facts: Group) -> bool:
    entry: object = facts
    for part in path.split("."):
        if isinstance(entry, Rows):
            return True
        entry = entry.entries.get(part) if isinstance(entry, Group) else None
    return False


def test_every_field_of_the_form_is_always_there() -> None:
    packs = sorted(TEMPLATES.glob("*/fields.yaml"))
    assert packs
    roots = PackRoots.with_own(())
    for pack in packs:
        fields = parse_fields(gather(pack.parent.name, roots).data["fields.yaml"], "fields.yaml").value
        facts = read_yaml([], fields, ACCOUNTS).value
        singles = [one.path for one in walk_fields(fields)]
        in_tables = [path for path in singles if path not in {fact.name for fact in walk(facts)}]
        assert [path for path in in_tables if not stands_in_a_table(path, facts)] == []


# -- properties --------------------------------------------------------------------------------------------------------

_WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@given(
    fen=st.integers(min_value=-(10**15), max_value=10**15),
    unit=st.sampled_from(["元", "万元"]),
    stated=st.booleans(),
    commas=st.booleans(),
    wide=st.booleans(),
)
@settings(max_examples=150)
def test_any_amount_reads_back_exactly(fen: int, unit: str, stated: bool, commas: bool, wide: bool) -> None:
    value = Decimal(fen).scaleb(-2 if unit == "元" else -6)
    typed = f"{value:,f}" if commas else f"{value:f}"
    typed = typed.translate(_WIDE) if wide else typed
    suffix, line = (unit, "元") if stated else ("", unit)
    facts = read(f"收支总计:\n  结余: '{typed}{suffix}'\n", unit=f"金额单位: {line}\n")
    amount = facts["收支总计"]["结余"]  # type: ignore[index]
    assert isinstance(amount, Quantity)
    assert amount.value == Decimal(fen).scaleb(-2)


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_any_file_is_read_or_explained(text: str) -> None:
    outcome = read_yaml([("a.yaml", text)], SMALL, ACCOUNTS)
    assert list(outcome.value) == list(SMALL.children)


@given(
    st.text(alphabet=":-?{}[]&*#|>'\"%@`!,\n\t 甲：0123456789.eE元/年月日\x07\x85\u2028\ud800\ufffe<~", max_size=60),
    st.sampled_from(["年度", "公开时间", "车辆", "支出", "收支总计", "单位"]),
)
@settings(max_examples=300)
def test_any_value_is_read_or_explained(text: str, name: str) -> None:
    inner = {"支出": "- 科目: ", "收支总计": "  决算: ", "单位": "  名称: "}
    before = f"{name}:\n{inner[name]}" if name in inner else f"{name}: "
    outcome = read_yaml([("a.yaml", f"{before}{text}\n金额单位: 元\n")], SMALL, ACCOUNTS)
    assert list(outcome.value) == list(SMALL.children)
    for one in outcome.diagnostics:
        assert "\x07" not in one.message + one.hint
