"""What offices get wrong, and what they are told: one row for each mistake, made in a copy of the example.

Each row: what happened, the change, the finding's code, the file and the text of the line it names, words of the
sentence. Errors end `build` with status 1 and no file; warnings and hints alone leave the status 0. One wrong cell is
one error: what cannot be read is not also called missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from gongjing import ABOUT, ACCOUNTS, FOLDER, OTHER, RESULTS, Change, copied, found_in, line_of
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.diagnostics import CATALOGUE, Severity, has_errors
from generator.diagnostics.as_text import as_text


@dataclass(frozen=True)
class Row:
    what: str
    file: str
    old: str
    new: str
    code: str
    at: str
    """Text of the line that is named; "" for a finding without a line."""
    words: str
    alone: bool = True
    """Nothing else of this severity is reported; False where other figures really stop agreeing as well."""


BUDGET = "    预算: 40000.00"
LAST = "  上年: 365700.00  # 原文 36.57 万元\n  原因: 人员经费增加及公用经费增加"

ERRORS = (
    # -- YAML
    Row("tab", OTHER, "  货物: 0", "\t货物: 0", "I002", "货物: 0", "用了制表符"),
    Row("no space behind the colon", OTHER, "  货物: 0", "  货物:0", "I003", "货物:0", "后面缺一个空格"),
    Row("full-width colon", OTHER, "  货物: 0", "  货物：0", "I004", "货物：0", "用了全角冒号"),
    Row("quote left open", ABOUT, "  简称: 贡", '  简称: "贡', "I005", "简称: ", "引号没有配对"),
    Row(
        "brace left open",
        OTHER,
        "维护费: {预算: 0, 决算: 0, 上年: 0}",
        "维护费: {预算: 0, 决算: 0",
        "I006",
        "维护费: {",
        "没有配对",
    ),
    Row("a value that begins with @", OTHER, "  货物: 0", "  货物: @0", "I010", "@0", "值不能以“@”开头"),
    Row("two documents", OTHER, "国有资产:\n", "---\n国有资产:\n", "I012", "---", "一个文件里有两份内容"),
    Row(
        "a name twice",
        ABOUT,
        "年度: 2020\n",
        "年度: 2020\n年度: 2021\n",
        "I013",
        "年度: 2021",
        "“年度”写了两次：第9行和第10行",
    ),
    Row("brackets sixty deep", OTHER, "  货物: 0", f"  货物: {'[' * 60}{']' * 60}", "I015", "[[[[", "层次太深"),
    Row("indentation", OTHER, "  工程: 0", "   工程: 0", "I019", "工程: 0", "缩进或符号与上下文对不上"),
    Row("backslash", ABOUT, "  简称: 贡井区医疗保障局", '  简称: "贡井区\\医保局"', "I060", "\\", "反斜杠"),
    # -- names and shapes
    Row(
        "a typing error in a name",
        ACCOUNTS,
        "    预算: 43330.00",
        "    予算: 43330.00",
        "I020",
        "予算",
        "您是否指“预算”",
        False,
    ),
    Row("a typing error in a group", OTHER, "政府采购:", "政府彩购:", "I020", "政府彩购", "您是否指“政府采购”", False),
    Row(
        "a group that the form does not have",
        ABOUT,
        "单位构成:\n  - {名称",
        "重点工作二: 无\n单位构成:\n  - {名称",
        "I020",
        "重点工作二",
        "没有“重点工作二”",
    ),
    Row(
        "a value for a group",
        RESULTS,
        "  在职: {行政: 4, 工勤: 1}",
        "  在职: 5人",
        "I021",
        "在职: 5人",
        "应当是一组“名称: 值”",
    ),
    Row(
        "words for a table",
        ABOUT,
        "单位构成:\n  - {名称: 自贡市贡井区医疗保障局（本级）, 性质: 行政单位}",
        "单位构成: 本级",
        "I022",
        "单位构成: 本级",
        "应当是一张表",
        False,
    ),
    Row("a group for a value", OTHER, "  货物: 0", "  货物: {金额: 0}", "I023", "货物: {", "应当是一个值"),
    Row("in two files", ABOUT, "公开时间: 2021", "政府采购: {货物: 1}\n公开时间: 2021", "I024", "货物: 0", "都填写了"),
    Row(
        "a 科目 on two rows",
        ACCOUNTS,
        '  - 科目: "2130506"',
        '  - 科目: "2101504"',
        "I025",
        '科目: "2101504"  # 农',
        "有两行",
        False,
    ),
    # -- amounts
    Row("no known money unit", OTHER, "金额单位: 元", "金额单位: 美元", "I027", "美元", "金额单位“美元”不认识"),
    Row("words for an amount", ACCOUNTS, BUDGET, "    预算: 四万元", "I030", "四万元", "不是金额"),
    Row("percent for an amount", ACCOUNTS, BUDGET, "    预算: 40%", "I031", "40%", "写的是百分数"),
    Row("a date for an amount", ACCOUNTS, BUDGET, "    预算: 2020-04-01", "I032", "2020-04-01", "写的是日期"),
    Row("an error of the sheet", ACCOUNTS, BUDGET, '    预算: "#DIV/0!"', "I034", "#DIV/0!", "公式的错误值"),
    Row("scientific notation", ACCOUNTS, BUDGET, "    预算: 4E+4", "I035", "4E+4", "科学计数法"),
    Row("commas misplaced", ACCOUNTS, BUDGET, "    预算: 4,0000.00", "I036", "4,0000", "逗号、空格或小数点位置不对"),
    Row("a huge number", ACCOUNTS, BUDGET, f"    预算: 4{'0' * 30}", "I040", "预算: 4000000000", "位数太多"),
    Row("a formula", ACCOUNTS, BUDGET, "    预算: =B3+B4", "I052", "=B3", "写的是公式"),
    Row("无 for an amount", OTHER, "  货物: 0", "  货物: 无", "I056", "货物: 无", "没有发生的填 0"),
    Row("a remark behind", OTHER, "  货物: 0", "  货物: 0（约）", "I058", "货物: 0", "不认识“(约)”"),
    Row("不适用 for a budget", ACCOUNTS, BUDGET, "    预算: 不适用", "F008", "预算: 不适用", "报告里要用它计算", False),
    # -- counts, years, days, choices
    Row("half a person", RESULTS, "编制: {行政: 4,", "编制: {行政: 4.5,", "I041", "4.5", "应当是整数"),
    Row("people below zero", OTHER, "出国人数: 0", "出国人数: -1", "I042", "-1", "不能是负数"),
    Row("people in 辆", OTHER, "出国人数: 0", "出国人数: 3辆", "I043", "3辆", "单位应当是“人”，不是“辆”"),
    Row("a far year", ABOUT, "年度: 2020", "年度: 2120", "I044", "2120", "不在 2000 至 2100 之间"),
    Row("a year in words", ABOUT, "年度: 2020", "年度: 二〇二〇", "I045", "二〇二〇", "不是年度"),
    Row("half a date", ABOUT, "2021-10-26", "2021年10月", "I076", "2021年10月", "没有写哪一天"),
    Row("30 February", ABOUT, "2021-10-26", "2021-02-30", "I047", "02-30", "这一天不存在"),
    Row(
        "neither 是 nor 否",
        RESULTS,
        "绩效评价: 否  # 示例补充\n    预算财政拨款: 13640",
        "绩效评价: 没有\n    预算财政拨款: 13640",
        "I048",
        "绩效评价: 没有",
        "只能填“是”或“否”",
    ),
    Row(
        "an unknown choice", ABOUT, "性质: 行政单位", "性质: 政府机关", "I049", "政府机关", "参照公务员法管理的事业单位"
    ),
    # -- left over from a form
    Row("XX", RESULTS, "内设机构2个", "内设机构XX个", "I050", "XX", "还留着“XX”"),
    Row("××", OTHER, "原因: 办公费", "原因: ××", "I050", "××", "还留着“××”"),
    Row("{…}", RESULTS, "项目评价: 项目", "项目评价: “{单位}”项目", "I050", "{单位}", "还留着“{单位}”"),
    # -- 科目
    Row(
        "an unknown 科目",
        ACCOUNTS,
        '  - 科目: "2101504"',
        '  - 科目: "2991599"',
        "A001",
        "2991599",
        "没有编码为 2991599 的科目",
        False,
    ),
    Row(
        "款 instead of 项",
        ACCOUNTS,
        '  - 科目: "2130506"',
        '  - 科目: "21305"',
        "A003",
        '科目: "21305"',
        "是款级科目，这里要填到项",
        False,
    ),
    Row(
        "another 科目's name",
        ACCOUNTS,
        '  - 科目: "2210201"',
        '  - 科目: "2210201 购房补贴"',
        "A005",
        "购房补贴",
        "您是否指 2210203 购房补贴",
        False,
    ),
    Row(
        "the wrong column",
        ACCOUNTS,
        '经济科目: "30113"',
        '经济科目: "2210201"',
        "A010",
        '经济科目: "2210201"',
        "这里要填经济科目",
        False,
    ),
    # -- missing
    Row(
        "a required figure",
        ACCOUNTS,
        "  上年: 365700.00  # 原文",
        "  上年:  # 原文",
        "F002",
        "上年:  #",
        "上年收、支总计是必填项",
    ),
    Row("a budget", ACCOUNTS, "    预算: 133640.00\n", "", "F002", '科目: "2080104"  #', "预算数是必填项"),
    Row("a reason", ACCOUNTS, LAST, LAST.split("\n", maxsplit=1)[0], "F003", "收支总计:", "收、支总计变动原因没有填写"),
    Row(
        "a reason for the budget",
        ACCOUNTS,
        "    预算: 43330.00",
        "    预算: 53330.00",
        "F003",
        '科目: "2101504"  #',
        "决算数与预算数不同的原因没有填写",
        False,
    ),
    Row(
        "a whole table",
        ABOUT,
        "单位构成:\n  - {名称: 自贡市贡井区医疗保障局（本级）, 性质: 行政单位}",
        "单位构成: []",
        "F006",
        "单位构成: []",
        "一行也没有填写",
    ),
    Row(
        "more people than posts",
        RESULTS,
        "在职: {行政: 4,",
        "在职: {行政: 6,",
        "F003",
        "整体评价:\n",
        "在职人数超过编制数的说明没有填写",
    ),
    # -- figures that do not agree
    Row(
        "a typed total",
        ACCOUNTS,
        "收支总计:\n",
        "收支总计:\n  决算: 926800.00\n",
        "F004",
        "决算: 926800",
        "相差 10,000.00元",
        False,
    ),
    Row(
        "a decimal point moved",
        ACCOUNTS,
        "拨款收入: 40000.00",
        "拨款收入: 400000.00",
        "T1-BAL",
        '"2080104", 一般',
        "相差 360,000.00元",
        False,
    ),
    Row(
        "two digits swapped",
        ACCOUNTS,
        "拨款收入: 34500.00",
        "拨款收入: 35400.00",
        "T4-BAL",
        '"2080104", 一般',
        "相差 900.00元",
        False,
    ),
    Row(
        "less than nothing left",
        ACCOUNTS,
        "年末一般公共预算结转和结余: 0",
        "年末一般公共预算结转和结余: -100",
        "T4-GEN-END",
        "-100",
        "小于 0",
        False,
    ),
    Row(
        "details off by 100",
        ACCOUNTS,
        "基本支出: 6400.00",
        "基本支出: 6500.00",
        "X45-BASIC",
        "基本支出: 376071.40",
        "支出明细相加 376,171.40元，相差 100.00元",
    ),
    Row(
        "a detail typed twice",
        ACCOUNTS,
        '"30113", 基本支出: 34500.00}',
        '"30113", 基本支出: 34500.00}\n  - {科目: "2210201", 经济科目: "30113", 基本支出: 34500.00}',
        "X45-BASIC",
        "    基本支出: 34500.00",
        "支出明细相加 69,000.00元",
    ),
    Row(
        "a detail under another 科目",
        ACCOUNTS,
        '"2210201", 经济科目',
        '"2210202", 经济科目',
        "X45-EXTRA",
        '"2210202"',
        "一般公共预算财政拨款支出中没有",
        False,
    ),
    Row(
        "projects below the 项",
        RESULTS,
        "执行财政拨款: 13330.00",
        "执行财政拨款: 3330.00",
        "TN-PERF-ACCOUNT",
        "    项目支出: 43330.00",
        "相差 10,000.00元",
    ),
    Row(
        "a project elsewhere",
        RESULTS,
        '科目: "2130506"',
        '科目: "2130502"',
        "TN-PERF-WHERE",
        "名称: 医保脱贫攻坚",
        "功能分类科目没有财政拨款支出",
        False,
    ),
    Row(
        "spent more than arrived",
        RESULTS,
        "到位: 50000.00",
        "到位: 30000.00",
        "P-ARRIVED",
        "到位: 30000.00  # 原文",
        "执行数超过资金到位数",
    ),
    Row(
        "weights that are not 100",
        RESULTS,
        "预期值: 逐步推开, 实际值: 逐步推开}",
        "预期值: 逐步推开, 实际值: 逐步推开, 权重: 40}",
        "P-WEIGHT",
        "名称: DRGs",
        "权重合计不是 100",
    ),
    Row(
        "reception without its parts",
        OTHER,
        "公务接待费: {预算: 0, 决算: 0, 上年: 0}",
        "公务接待费: {预算: 500, 决算: 500, 上年: 500}",
        "TN-7-RECEPTION",
        "公务接待费: {",
        "公务接待费 500.00元，国内、外事相加 0.00元",
    ),
    Row(
        "cars without money",
        OTHER,
        "轿车金额: 0",
        "轿车金额: 180000",
        "TN-7-CAR-BUY",
        "公务用车购置费",
        "各车型相加 180,000.00元",
    ),
    Row(
        "abroad only in the details",
        ACCOUNTS,
        '"30299", 项目支出: 21000.00',
        '"30212", 项目支出: 21000.00',
        "X67-ABROAD",
        "因公出国境费",
        "支出明细 21,000.00元",
    ),
    Row(
        "small firms beyond all",
        OTHER,
        "中小企业: 0\n",
        "中小企业: 30000\n",
        "TN-PROC-SME",
        "货物",
        "超过政府采购支出总额",
    ),
    Row(
        "smallest beyond small",
        OTHER,
        "小微企业: 0",
        "小微企业: 30000",
        "TN-PROC-MICRO",
        "  中小企业",
        "超过授予中小企业合同金额",
    ),
    # -- which report
    Row(
        "an unknown report",
        ABOUT,
        "报告: final-accounts-sichuan",
        "报告: final-accounts-sichaun",
        "T112",
        "sichaun",
        "您是否指“final-accounts-sichuan”",
    ),
    Row("no report named", ABOUT, "报告: final-accounts-sichuan\n", "", "O035", "", "没有写明做哪一种报告"),
)

REMARKS = (
    Row(
        "a reason that says nothing",
        ACCOUNTS,
        LAST,
        LAST.replace("人员经费增加及公用经费增加", "工作需要"),
        "C001",
        "工作需要",
        "变动幅度（150.70%）超过10%",
    ),
    Row(
        "a reason against the figures",
        ACCOUNTS,
        LAST,
        LAST.replace("增加", "减少"),
        "C002",
        "人员经费减少及",
        "决算数是增加的",
    ),
    Row(
        "last year's year",
        RESULTS,
        "2020年，区医疗保障局严格",
        "2018年，区医疗保障局严格",
        "C003",
        "结果应用: |-",
        "出现2018年（“2018年，区医疗保障局严格按照年初预算进行部门整体支出”），不是2020年度报告应有的年份",
    ),
    Row("the year itself left", ABOUT, "年度: 2020\n", "年度: 2019\n", "O036", "年度: 2019", "2019年度不在", False),
    Row("published too early", ABOUT, "2021-10-26", "2020-10-26", "C004", "2020-10-26", "与2020年度不相称"),
    Row("an amount in 万元", ACCOUNTS, BUDGET, "    预算: 4万元", "I038", "4万元", "已换算为 40000元"),
    Row("a control character", ABOUT, "简称: 贡井区医疗", "简称: 贡井区\x0b医疗", "I016", "简称", "U+000B"),
    Row(
        "groups of travellers, no money",
        OTHER,
        "团组数: 0",
        "团组数: 2",
        "D-3GCONS-ABROAD",
        "出国人数: 0",
        "有的为 0、有的不为 0",
    ),
    Row(
        "spent beyond the budget",
        RESULTS,
        "预算财政拨款: 13330.00",
        "预算财政拨款: 10330.00",
        "P-BUDGET",
        "预算财政拨款: 10330",
        "执行数超过全年预算数",
    ),
    Row(
        "income under another 科目",
        ACCOUNTS,
        '"2210201", 一般',
        '"2210202", 一般',
        "T4-FROM",
        '"2210202", 一般',
        "没有支出，也没有年末结转和结余",
        False,
    ),
    Row(
        "the first unit is not its own",
        ABOUT,
        "  - {名称: 自贡市贡井区医疗保障局（本级）",
        "  - {名称: 贡井区医保中心",
        "D-DUTY",
        "  名称: 自贡市",
        "第一个不是本级",
    ),
)


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert err == ""
    assert "程序内部出错" not in out
    return int(end.value.code or 0), out


PLACED_IN = {"in two files": OTHER, "projects below the 项": ACCOUNTS, "abroad only in the details": OTHER}
"""Where the finding points to another file than the one that was changed."""


def located(row: Row, folder: Path, severity: str) -> str:
    """«错误 I002  三公与其他.yaml 第34行»: the first line of the finding as it is printed."""
    if not row.at:
        return f"{severity} {row.code}"
    file = PLACED_IN.get(row.what, row.file)
    return f"{severity} {row.code}  {file} 第{line_of(folder, file, row.at)}行"


def stopping(row: Row) -> str:
    """What nobody has filled in is 待填, no 错误; a pack's own checks say it themselves."""
    return CATALOGUE[row.code].severity.word if row.code in CATALOGUE else "错误"


@pytest.mark.parametrize("row", ERRORS, ids=lambda row: row.what)
def test_error(row: Row, tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据", Change(row.file, row.old, row.new))
    found = found_in(folder)
    told = [as_text(one) for one in found if one.code == row.code]
    assert any(text.startswith(located(row, folder, stopping(row)) + "\n") and row.words in text for text in told), told
    if row.alone:
        assert [one.code for one in found if one.severity.stops] == [row.code]


@pytest.mark.parametrize("row", REMARKS, ids=lambda row: row.what)
def test_warning_or_hint(row: Row, tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据", Change(row.file, row.old, row.new))
    usual = {one.code for one in found_in(FOLDER)}
    found = [one for one in found_in(folder) if one.code not in usual]
    assert not has_errors(found)
    told = [as_text(one) for one in found if one.code == row.code]
    heads = [located(row, folder, word) + "\n" for word in ("警告", "提示")]
    assert any(text.startswith(tuple(heads)) and row.words in text for text in told), told
    if row.alone:
        assert {one.code for one in found} == {row.code}


def test_the_table_is_long_and_its_rows_differ() -> None:
    rows = ERRORS + REMARKS
    assert len(rows) >= 75
    assert len({(row.file, row.old, row.new) for row in rows}) == len(rows)


@pytest.mark.parametrize("letter", ["I", "A", "F", "T", "O", "X", "P"])
def test_errors_of_every_kind_stop_the_build(letter: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = next(row for row in ERRORS if row.code.startswith(letter) and stopping(row) == "错误")
    folder = copied(tmp_path / "数据", Change(row.file, row.old, row.new))
    status, out = run(capsys, "build", folder, "-o", tmp_path / "出")
    assert status == 1
    assert not (tmp_path / "出").exists()
    leads = located(row, folder, "错误") in out and row.words in out
    assert leads or re.search(f"由此还有：.*{row.code}", out)
    assert "\n有错误，" in out and "没有生成文件。" in out


@pytest.mark.parametrize("row", REMARKS[:2], ids=lambda row: row.what)
def test_warnings_alone_leave_the_status_0(row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path / "数据", Change(row.file, row.old, row.new))
    status, out = run(capsys, "check", folder)
    assert status == 0
    assert located(row, folder, "警告") in out


# -- files ------------------------------------------------------------------------------------------------------------
def test_a_file_in_another_encoding_is_read_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path / "数据")
    text = (folder / OTHER).read_text(encoding="utf-8")
    (folder / OTHER).write_bytes(text.encode("gb18030"))
    status, out = run(capsys, "check", folder)
    assert status == 0
    assert "提示 O006" in out
    assert "已按 GB18030（GBK）读入" in out
    (folder / OTHER).write_bytes(b"\xff\xfe\x00\xd8\x81 \x00" * 9)
    status, out = run(capsys, "build", folder, "-o", tmp_path / "出")
    assert status == 1
    assert f"错误 O005  {OTHER}\n" in out or "错误 O005" in out
    assert "共1个错误" in out  # and not fifty figures «missing» because their file could not be read
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize("name", [ABOUT, ACCOUNTS, OTHER, RESULTS])
def test_an_unreadable_file_is_one_error_not_fifty(name: str, tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据")
    (folder / name).write_text("单位: [未完\n", encoding="utf-8")
    errors = [one for one in found_in(folder) if one.severity is Severity.ERROR]
    assert [(one.code, one.place.file) for one in errors] == [("I006", name)]


def test_an_empty_file(tmp_path: Path) -> None:
    folder = copied(tmp_path / "数据")
    (folder / "其他.yaml").write_text("# 还没有填\n", encoding="utf-8")
    new = [one for one in found_in(folder) if one.code == "I014"]
    assert [(one.severity, one.place.file) for one in new] == [(Severity.WARNING, "其他.yaml")]
    assert not [one for one in found_in(folder) if one.severity is Severity.ERROR]


def test_a_missing_file(tmp_path: Path) -> None:
    """Everything in it is missing, each by name: nothing is taken for 0."""
    folder = copied(tmp_path / "数据")
    (folder / OTHER).unlink()
    missing = [one for one in found_in(folder) if one.severity.stops]
    assert {(one.code, one.severity.word) for one in missing} == {("F002", "待填"), ("F016", "待填")}
    facts = {one.fact for one in missing}
    assert facts >= {"三公.公务接待费.决算", "机关运行经费.上年", "政府采购.总额", "国有资产.专用设备"}


def test_no_money_unit_in_any_file(tmp_path: Path) -> None:
    unit = (Change(file, "金额单位: 元\n", "") for file in (ACCOUNTS, OTHER, RESULTS))
    errors = [one for one in found_in(copied(tmp_path / "数据", *unit)) if one.severity is Severity.ERROR]
    assert {one.code for one in errors} == {"I028"}
    assert {one.place.file for one in errors} == {ACCOUNTS, OTHER, RESULTS}


def test_files_that_are_not_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path / "数据")
    (folder / "决算报表.csv").write_bytes(b"PK\x03\x04")
    (folder / "说明.docx").write_bytes(b"PK\x03\x04")
    status, out = run(capsys, "check", folder)
    assert status == 0
    assert "警告 O033  决算报表.csv\n    “决算报表.csv”没有读取" in out
    assert "说明.docx" not in out


def test_a_folder_without_data_and_a_place_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, code in ((tmp_path, "O032"), (tmp_path / "没有", "O031")):
        status, out = run(capsys, "build", path, "-o", tmp_path / "出")
        assert status == 1
        assert f"错误 {code}\n" in out
        assert out.endswith("有错误，没有生成文件。请改正后重新运行。\n")


# -- many at once -----------------------------------------------------------------------------------------------------
def test_ten_mistakes_are_all_told_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = (
        "a name twice",
        "an unknown choice",
        "a date for an amount",
        "a required figure",
        "details off by 100",
        "people below zero",
        "smallest beyond small",
        "XX",
        "weights that are not 100",
        "spent more than arrived",
    )
    rows = [row for row in ERRORS if row.what in chosen]
    assert len(rows) == 10
    folder = copied(tmp_path / "数据", *(Change(row.file, row.old, row.new) for row in rows))
    status, out = run(capsys, "build", folder, "-o", tmp_path / "出")
    assert status == 1
    for row in rows:
        assert stopping(row) == "待填" or located(row, folder, "错误") in out, row.what
    line = line_of(folder, ACCOUNTS, "上年:  # 原文")
    assert f"    收支总计 1处：上年收、支总计（第{line}行）\n" in out
    assert out.endswith("有错误，还有没填的，没有生成文件。请改正、填好后重新运行；要先看草稿，请加 --draft。\n")
    assert {one.code for one in found_in(folder) if one.severity.stops} == {row.code for row in rows}
    assert not (tmp_path / "出").exists()


# -- whatever is typed ------------------------------------------------------------------------------------------------
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(sorted(SOURCES)),
        st.sampled_from(("delete", "double", "swap", "cut", "type")),
        st.integers(0, 10**6),
        st.sampled_from(
            [*"0159.,:：-—{}[]\"'#&*!|>%@`\t 元年无", "\x00", "\ufffe", "\ufdd0", "０", "不适用", "{{", "}}", "- "]
        ),
    ),
    min_size=1,
    max_size=4,
)


def damaged(text: str, how: str, number: int, character: str) -> str:
    lines = text.split("\n")
    at = number % len(lines)
    if how == "delete":
        del lines[at]
    elif how == "double":
        lines.insert(at, lines[at])
    elif how == "swap":
        other = (number // 7) % len(lines)
        lines[at], lines[other] = lines[other], lines[at]
    elif how == "cut":
        lines[at] = lines[at][: number % (len(lines[at]) + 1)]
    else:
        column = number % (len(lines[at]) + 1)
        lines[at] = lines[at][:column] + character + lines[at][column + 1 :]
    return "\n".join(lines)


@settings(max_examples=60)
@given(DAMAGE)
def test_no_damage_breaks_the_program(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[str, str, int, str]]
) -> None:
    """Findings are sentences with places in the input; never an exception, never a fault put on the templates."""
    texts = dict(SOURCES)
    for file, how, number, character in damage:
        texts[file] = damaged(texts[file], how, number, character)
    office = tmp_path_factory.mktemp("甲局")
    folder = office / "数据"
    folder.mkdir()
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    before = sorted(path.name for path in office.iterdir())
    for one in found_in(folder):
        said = as_text(one)
        assert one.message
        assert "Error" not in said, said
        assert one.code not in ("T101", "T103", "T104"), said
        assert one.place.file in ("", *texts), said
    assert sorted(path.name for path in office.iterdir()) == before
