# ruff: noqa: E501 - what is typed and what is said stand side by side
"""Sentences from numbers: what an office typed, and what the report then says (design §3)."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import Form, Report, pack_folder

from generator.pack import load_pack

FIELDS = """
收支:
  标签: 收、支总计
  字段:
    决算: {类型: 金额, 标签: 收、支总计, 可负: 是}
    上年: {类型: 金额, 标签: 上年收、支总计, 可负: 是}
    预算: {类型: 金额, 标签: 预算数, 可负: 是}
    原因: {类型: 原因, 标签: 变动原因}
    预算差异原因: {类型: 原因, 标签: 预算差异原因}
比重:
  标签: 比重
  字段:
    今年: {类型: 百分比, 标签: 今年比重}
    去年: {类型: 百分比, 标签: 去年比重}
"""


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory):
    """A pack whose one chapter is the text given; the report of the numbers given."""
    forms: dict[str, Form] = {}

    def report(text: str, data: str, unit: str = "万元") -> Report:
        if text not in forms:
            forms[text] = Form(pack_folder(tmp_path_factory.mktemp("pack"), fields=FIELDS, text=text + "\n"))
        return forms[text].report(data, unit=unit)

    return report


def amounts(**given: object) -> str:
    return "收支: {" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}\n"


OVERALL = '{{ 收支 | 与上年相比(主语="收、支总计各") }}'
SHORT = '支出11.53万元，{{ 收支 | 与上年相比(句式="比上年") }}'
ALIKE = '{{ 收支 | 与上年相比(主语="出国费", 句式="持平句") }}'
GROWN = "人员经费和公用经费都有增加"


@pytest.mark.parametrize(
    ("text", "now", "before", "sentence"),
    [
        (
            OVERALL, "91.68", "36.57",
            f"与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。主要变动原因是{GROWN}。",
        ),
        (
            OVERALL, "36.57", "91.68",
            f"与2019年91.68万元相比，收、支总计各减少55.11万元，下降60.11%。主要变动原因是{GROWN}。",
        ),
        (OVERALL, "36.57", "36.57", "与2019年36.57万元相比，收、支总计各持平。"),
        (OVERALL, "0", "0", "与2019年0万元相比，收、支总计各持平。"),
        (
            OVERALL, "3", "0",
            f"与2019年0万元相比，收、支总计各增加3.00万元（2019年为0，增幅不可比）。主要变动原因是{GROWN}。",
        ),
        (
            OVERALL, "0", "3",
            f"与2019年3.00万元相比，收、支总计各减少3.00万元，下降100%。主要变动原因是{GROWN}。",
        ),
        (SHORT, "11.53", "9.61", f"支出11.53万元，比2019年9.61万元增加1.92万元，增长19.98%。主要原因是{GROWN}。"),
        (SHORT, "9.61", "11.53", f"支出11.53万元，比2019年11.53万元减少1.92万元，下降16.65%。主要原因是{GROWN}。"),
        (SHORT, "9.61", "9.61", "支出11.53万元，与2019年持平。"),
        (SHORT, "9.61", "0", f"支出11.53万元，比2019年增加9.61万元（2019年为0，增幅不可比）。主要原因是{GROWN}。"),
        (ALIKE, "0", "0", "出国费与2019年持平。"),
        (ALIKE, "1.1", "1", f"出国费比2019年增加0.10万元，增长10%。主要原因是{GROWN}。"),
        (ALIKE, "1", "1.1", f"出国费比2019年减少0.10万元，下降9.09%。主要原因是{GROWN}。"),
        (ALIKE, "1", "0", f"出国费比2019年增加1.00万元（2019年为0，增幅不可比）。主要原因是{GROWN}。"),
    ],
)  # fmt: skip
def test_a_year_beside_the_year_before(write, text: str, now: str, before: str, sentence: str) -> None:
    report = write(text, amounts(决算=now, 上年=before, 原因=GROWN))
    assert report.sentences == [sentence]
    assert {"F001", "T103"}.isdisjoint(report.codes)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ("-5", "-8", "与2019年-8.00万元相比，结余增加3.00万元（2019年为负，增幅不可比）。"),
        ("-8", "-5", "与2019年-5.00万元相比，结余减少3.00万元（2019年为负，降幅不可比）。"),
        ("2", "-5", "与2019年-5.00万元相比，结余增加7.00万元（2019年为负，增幅不可比）。"),
        ("-2", "5", "与2019年5.00万元相比，结余减少7.00万元，下降140%。"),
        ("-3", "0", "与2019年0万元相比，结余减少3.00万元（2019年为0，降幅不可比）。"),
        ("0", "-3", "与2019年-3.00万元相比，结余增加3.00万元（2019年为负，增幅不可比）。"),
    ],
)
def test_negative_amounts_keep_the_words_true(write, now: str, before: str, sentence: str) -> None:
    """A base below nothing bears no percentage: −1383 to −93 is no growth of 93%."""
    text = '{{ 收支 | 与上年相比(主语="结余") }}'
    (said,) = write(text, amounts(决算=now, 上年=before, 原因=GROWN)).sentences
    assert said == f"{sentence}主要变动原因是{GROWN}。"


def test_a_difference_too_small_to_print_is_no_difference(write) -> None:
    """Never «增加0.00万元，增长0.00%»; 元 keep the figures apart, the reader cannot."""
    report = write(OVERALL, amounts(决算="365700.02", 上年="365700.01", 原因=GROWN), unit="元")
    assert report.sentences == ["与2019年36.57万元相比，收、支总计各持平。"]


PAIR = "{{ 收支.决算 | 万元 }}。{{ 收支 | 与上年相比(主语='收、支总计各') }}"
BUDGET = (
    "支出{{ 收支.决算 | 万元 }}，预算{{ 收支.预算 | 万元 }}"
    "{{ 收支.决算 | 完成预算(收支.预算) }}，{{ 收支 | 预算比较 }}。"
)


@pytest.mark.parametrize(
    ("now", "before", "sentence", "codes"),
    [
        # never 持平 over two different printed figures; the change then comes from these
        (
            "1000050.00", "1000049.99",
            "100.01万元。与2019年100.00万元相比，收、支总计各增加0.01万元，增长0.01%。",
            ["F010"],
        ),
        (
            "1000049.99", "1000050.00",
            "100.00万元。与2019年100.01万元相比，收、支总计各减少0.01万元，下降0.01%。",
            ["F010"],
        ),
        ("5000100", "5000000", "500.01万元。与2019年500.00万元相比，收、支总计各增加0.01万元，增长0.01%以内。", []),
        # never a change between two equal printed figures
        ("916800", "916750", "91.68万元。与2019年91.68万元相比，收、支总计各持平。", ["F009"]),
        ("1000001.63", "1000000", "100.00万元。与2019年100.00万元相比，收、支总计各持平。", ["F009"]),
        # what is too small for 万元 is said in 元, never as 0.00万元
        ("38", "12.34", "38元。与2019年12.34元相比，收、支总计各增加25.66元（2019年不足0.01万元，增幅不可比）。", []),
        ("38", "0", "38元。与2019年0万元相比，收、支总计各增加38元（2019年为0，增幅不可比）。", []),
        # a base that prints 0.00, a base below nothing
        (
            "1000000", "30",
            "100.00万元。与2019年30元相比，收、支总计各增加100.00万元（2019年不足0.01万元，增幅不可比）。",
            [],
        ),
        (
            "-932200", "-13830000",
            "-93.22万元。与2019年-1383.00万元相比，收、支总计各增加1289.78万元（2019年为负，增幅不可比）。",
            [],
        ),
    ],
)  # fmt: skip
def test_the_words_are_decided_on_the_printed_figures(
    write, now: str, before: str, sentence: str, codes: list[str]
) -> None:
    report = write(PAIR, amounts(决算=now, 上年=before, 原因=GROWN), unit="元")
    (said,) = report.sentences
    assert said.removesuffix(f"主要变动原因是{GROWN}。") == sentence
    assert said.endswith(GROWN + "。") == ("持平" not in said)
    assert [code for code in report.codes if code not in ("C002", "F007")] == codes


def test_a_hint_tells_what_the_reader_cannot_see(write) -> None:
    level = write(PAIR, amounts(决算="916800", 上年="916750"), unit="元").findings
    assert [d.message for d in level] == [
        "收、支总计与上年收、支总计实际相差50.00元，印出来都是91.68万元，报告按持平写"
    ]
    moved = write(PAIR, amounts(决算="1000050", 上年="1000049.99", 原因=GROWN), unit="元").findings
    assert [d.message for d in moved] == [
        "收、支总计与上年收、支总计实际相差0.01元，印出的数相差0.01万元，报告按印出的数写"
    ]


@pytest.mark.parametrize(
    ("now", "budget", "sentence"),
    [
        ("545298.37", "545300", "支出54.53万元，预算54.53万元，完成预算100%，决算数与预算数持平。"),
        ("545300", "545301", "支出54.53万元，预算54.53万元，完成预算100%，决算数与预算数持平。"),
        ("5449.99", "5350.01", "支出0.54万元，预算0.54万元，完成预算100%，决算数与预算数持平。"),
        (
            "999999900", "1000000000",
            "支出99999.99万元，预算100000.00万元，完成预算99.99%以上，决算数小于预算数，主要原因是甲。",
        ),
        (
            "1000000100", "1000000000",
            "支出100000.01万元，预算100000.00万元，完成预算100%以上，决算数大于预算数，主要原因是甲。",
        ),
        ("38", "1000000", "支出38元，预算100.00万元，完成预算0.01%以内，决算数小于预算数，主要原因是甲。"),
        ("38", "0", "支出38元，预算0万元（预算数为0，完成率不可比），决算数大于预算数，主要原因是甲。"),
        (
            "1000000", "38",
            "支出100.00万元，预算38元（预算数不足0.01万元，完成率不可比），决算数大于预算数，主要原因是甲。",
        ),
    ],
)  # fmt: skip
def test_final_accounts_beside_a_budget_that_is_nearly_the_same(write, now: str, budget: str, sentence: str) -> None:
    """Real offices have this every year: a round budget, spent to the last few 元."""
    report = write(BUDGET, amounts(决算=now, 预算=budget, 预算差异原因="甲"), unit="元")
    assert report.sentences == [sentence]


def test_a_share_of_nothing_is_left_out(write) -> None:
    text = "收入{{ 收支.决算 | 万元 }}{{ 收支.决算 | 占比(收支.上年, 总称='上年的') }}。"
    assert write(text, amounts(决算="2", 上年="8")).sentences == ["收入2.00万元，占上年的25%。"]
    for whole in ("0", "-8"):
        assert write(text, amounts(决算="0", 上年=whole)).sentences == ["收入0万元。"]


def test_a_rate_without_a_base_is_no_blank_to_fill_in(write) -> None:
    report = write("占{{ 收支.决算 | 占(收支.上年) }}。", amounts(决算="2", 上年="0"))
    assert report.sentences == ["占—。"]
    assert report.codes == []


SIGN = (
    "{{ 比重.今年 | 百分比 }}{{ 比重.今年 | 比号(比重.去年) }}{{ 比重.去年 | 百分比 }}，"
    "{{ 比重.今年 | 与(比重.去年, '增支', '减支', '持平') }}"
    "{% if 比重.今年 is 大于(50) %}，过半{% endif %}{% if 比重.今年 is not 小于(比重.去年) %}，达标{% endif %}。"
)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ("94.996", "95", "95%＝95%，持平，过半，达标。"),
        ("94.994", "95", "94.99%＜95%，减支，过半。"),
        ("50.004", "50", "50%＝50%，持平，达标。"),
        ("50.005", "50", "50.01%＞50%，增支，过半，达标。"),
    ],
)
def test_signs_and_words_of_a_template(write, now: str, before: str, sentence: str) -> None:
    assert write(SIGN, f"比重: {{今年: {now}, 去年: {before}}}\n").sentences == [sentence]


def test_a_blank_cannot_be_compared(write) -> None:
    assert write(SIGN, "比重: {今年: 5}\n").codes == ["F001"]
    assert write("{{ 收支.决算 | 与('甲') }}", amounts(决算=5)).codes == ["T103"]


def test_equal_years_need_no_reason(write) -> None:
    report = write(OVERALL, amounts(决算=5, 上年=5))
    assert report.sentences == ["与2019年5.00万元相比，收、支总计各持平。"]
    assert report.codes == []


def test_a_change_without_its_reason_is_an_error_that_names_the_cell(write) -> None:
    report = write(OVERALL, amounts(决算=6, 上年=5))
    (missing,) = report.findings
    assert missing.code == "F001"
    assert missing.message == "收、支总计·变动原因没有填写，而报告里要用到它"
    assert missing.hint.startswith("请填写“收支.原因”")
    assert (missing.place.file, missing.place.line) == ("数据.yaml", 6)
    assert report.sentences[0].endswith("主要变动原因是〔待填：收、支总计·变动原因〕。")


@pytest.mark.parametrize("absent", ["决算", "上年"])
def test_a_blank_is_neither_zero_nor_a_hole(write, absent: str) -> None:
    typed = {"决算": "5", "上年": "4", "原因": GROWN}
    del typed[absent]
    report = write(OVERALL, amounts(**typed))
    assert "F001" in report.codes
    assert "〔待填：" in report.sentences[0]
    assert "0" not in report.sentences[0]


def test_a_group_without_reason_asks_for_none(write) -> None:
    report = write(
        '{{ 收支 | 与上年相比(主语="会议费", 决算=收支.预算, 上年=收支.上年, 原因="会议增多。") }}',
        amounts(预算=2, 上年=1),
    )
    assert report.sentences == ["与2019年1.00万元相比，会议费增加1.00万元，增长100%。主要变动原因是会议增多。"]


@pytest.mark.parametrize(
    ("actual", "budget", "sentence"),
    [
        ("13.36", "13.36", "支出为13.36万元，完成预算100%。"),
        ("9.82", "10", "支出为9.82万元，完成预算98.20%。"),
        ("12", "10", "支出为12.00万元，完成预算120%。"),
        ("0", "10", "支出为0万元，完成预算0%。"),
        ("0", "0", "支出为0万元。"),
        ("3", "0", "支出为3.00万元（预算数为0，完成率不可比）。"),
    ],
)
def test_completion_of_a_budget(write, actual: str, budget: str, sentence: str) -> None:
    text = "支出为{{ 收支.决算 | 万元 }}{{ 收支.决算 | 完成预算(收支.预算) }}。"
    assert write(text, amounts(决算=actual, 预算=budget)).sentences == [sentence]


@pytest.mark.parametrize(
    ("actual", "budget", "sentence"),
    [
        ("10", "10", "决算数与预算数持平"),
        ("0", "0", "决算数与预算数持平"),
        ("9", "10", "决算数小于预算数，主要原因是厉行节约"),
        ("11", "10", "决算数大于预算数，主要原因是厉行节约"),
        ("3", "0", "决算数大于预算数，主要原因是厉行节约"),
    ],
)
def test_final_accounts_beside_the_budget(write, actual: str, budget: str, sentence: str) -> None:
    text = "{{ 收支 | 预算比较 }}。"
    report = write(text, amounts(决算=actual, 预算=budget, 预算差异原因="厉行节约。"))
    assert report.sentences == [f"{sentence}。"]


def test_a_budget_missed_without_reason_is_an_error(write) -> None:
    report = write("{{ 收支 | 预算比较 }}。", amounts(决算=1, 预算=2))
    assert report.codes == ["F001"]
    assert "收支.预算差异原因" in report.findings[0].hint


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ("43.2", "42", "比重提高1.20个百分点。"),
        ("42", "43.2", "比重下降1.20个百分点。"),
        ("42", "42", "比重持平。"),
        ("100%", "0", "比重提高100.00个百分点。"),
    ],
)
def test_percentages_differ_by_points(write, now: str, before: str, sentence: str) -> None:
    report = write("比重{{ 比重.今年 | 百分点(比重.去年) }}。", f"比重: {{今年: {now}, 去年: {before}}}\n")
    assert report.sentences == [sentence]


def test_a_province_says_it_in_its_own_words(tmp_path) -> None:
    wording = """
与上年相比:
  总述: {增加: "{主语}比上年多{差额}（{增幅}）。", 原因: "原因：{原因}。"}
"""
    form = Form(pack_folder(tmp_path, fields=FIELDS, text=OVERALL + "\n", wording=wording))
    assert form.report(amounts(决算=6, 上年=5, 原因=GROWN)).sentences == [
        f"收、支总计各比上年多1.00万元（20%）。原因：{GROWN}。"
    ]
    assert form.report(amounts(决算=5, 上年=6, 原因=GROWN)).sentences == [
        f"与2019年6.00万元相比，收、支总计各减少1.00万元，下降16.67%。原因：{GROWN}。"
    ]


TWO_BUDGETS = """
完成预算:
  两个预算:
    比较: [全年]
    有预算: "，完成年初预算{预算数}的{完成率}，完成全年预算{全年预算数}的{全年完成率}"
    预算为零: "（年初预算{基数}），完成全年预算{全年预算数}的{全年完成率}"
    都为零: "，年初、全年都没有预算"
预算比较:
  两个预算: {比较: [全年], 等于: "一样", 大于: "比年初多{差额}、比全年少{全年差额}，因{原因}", 小于: "少{差额}，因{原因}"}
与上年相比:
  两个基数:
    比较: [年初]
    增加: "{决算数}比上年多{差额}（{增幅}），比年初的{年初数}多{年初差额}（{年初增幅}）。"
    减少: "减少{差额}。"
    持平: "与上年持平，比年初多{年初差额}。"
    不可比增加: "比年初多{年初差额}。"
    不可比减少: "减少{差额}。"
    原因: "因{原因}，{年初数}。"
"""
COMPLETED = "决算{{ 收支.决算 | 完成预算(收支.预算, 句式='两个预算', 全年=收支.上年) }}。"
BESIDE = "{{ 收支 | 预算比较(句式='两个预算', 全年=收支.上年) }}。"
GREW = "{{ 收支 | 与上年相比(句式='两个基数', 年初=收支.预算) }}"


@pytest.mark.parametrize(
    ("text", "given", "sentence"),
    [
        (
            COMPLETED,
            {"决算": "5", "预算": "4", "上年": "6"},
            "决算，完成年初预算4.00万元的125%，完成全年预算6.00万元的83.33%。",
        ),
        (COMPLETED, {"决算": "5", "预算": "0", "上年": "5"}, "决算（年初预算为0），完成全年预算5.00万元的100%。"),
        (COMPLETED, {"决算": "5", "预算": "4", "上年": "0"}, "决算，完成年初预算4.00万元的125%，完成全年预算0万元的—。"),
        (COMPLETED, {"决算": "0", "预算": "0", "上年": "0"}, "决算，年初、全年都没有预算。"),
        (COMPLETED, {"决算": "5", "预算": "4"}, "决算〔待填：上年收、支总计〕。"),
        (BESIDE, {"决算": "5", "预算": "4", "上年": "6"}, "比年初多1.00万元、比全年少1.00万元，因忙。"),
        (BESIDE, {"决算": "5", "预算": "5", "上年": "6"}, "一样。"),
        (GREW, {"决算": "6", "上年": "5", "预算": "4"}, "6.00万元比上年多1.00万元（20%），比年初的4.00万元多2.00万元（50%）。因忙，4.00万元。"),
        (GREW, {"决算": "6", "上年": "6", "预算": "6"}, "与上年持平，比年初多0万元。"),
        (GREW, {"决算": "6", "上年": "0", "预算": "4"}, "比年初多2.00万元。因忙，4.00万元。"),
    ],
)  # fmt: skip
def test_a_sentence_compares_with_several_figures(tmp_path, text: str, given: dict[str, str], sentence: str) -> None:
    form = Form(pack_folder(tmp_path, fields=FIELDS, text=text + "\n", wording=TWO_BUDGETS))
    report = form.report(amounts(**given, 原因="忙", 预算差异原因="忙"))
    assert report.sentences == [sentence]
    assert "T103" not in report.codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 收支.决算 | 完成预算(收支.预算, 句式='两个预算') }}", "措辞“完成预算.两个预算”还与“全年”比较，请在括号里写明：全年=…"),
        ("{{ 收支.决算 | 完成预算(收支.预算, 年初=收支.预算) }}", "措辞“完成预算”的“比较”里没有“年初”"),
        ("{{ 收支.决算 | 完成预算(收支.预算, 句式='三个') }}", "措辞 wording.yaml 里没有“完成预算.三个”"),
        ("{{ 收支 | 预算比较(句式='两个预算', 全年=收支.原因) }}", "“全年”要是一个数量"),
    ],
)  # fmt: skip
def test_a_further_figure_is_named_on_both_sides(tmp_path, text: str, said: str) -> None:
    form = Form(pack_folder(tmp_path, fields=FIELDS, text=text + "\n", wording=TWO_BUDGETS))
    (found,) = form.report(amounts(决算=5, 预算=4, 上年=6, 原因=GROWN, 预算差异原因=GROWN)).findings
    assert found.message == f"模板的计算出错：{said}"


def test_the_figures_of_a_further_base_are_known_when_the_pack_is_read(tmp_path) -> None:
    wording = TWO_BUDGETS.replace("{全年预算数}的{全年完成率}", "{全年数}的{全年完成律}", 1)
    findings = load_pack("example", pack_folder(tmp_path, fields=FIELDS, text=OVERALL, wording=wording)).diagnostics
    assert [(one.place.line, one.message, one.hint) for one in findings] == [
        (5, "措辞“完成预算·两个预算”的“有预算”里有不认识的词“{全年数}”", "您是否指“{全年预算数}”？"),
        (5, "措辞“完成预算·两个预算”的“有预算”里有不认识的词“{全年完成律}”", "您是否指“{全年完成率}”？"),
    ]


def test_words_that_wording_does_not_know_are_the_packs_mistake(tmp_path) -> None:
    wording = '与上年相比:\n  总述: {增加: "{主语}多了{差距}。"}\n'
    (found,) = load_pack("example", pack_folder(tmp_path, fields=FIELDS, text=OVERALL, wording=wording)).diagnostics
    assert (found.code, found.place.line) == ("T114", 2)
    assert "差距" in found.message


def test_a_province_names_the_figures_of_both_sides(tmp_path) -> None:
    wording = """
与上年相比:
  总述: {增加: "{主语}由{上年数}增至{本年数}。"}
完成预算: {有预算: "，为预算{预算数}的{完成率}"}
"""
    text = OVERALL + "支出{{ 收支.决算 | 万元 }}{{ 收支.决算 | 完成预算(收支.上年) }}。\n"
    form = Form(pack_folder(tmp_path, fields=FIELDS, text=text, wording=wording))
    assert form.report(amounts(决算=6, 上年=5, 原因=GROWN)).sentences == [
        f"收、支总计各由5.00万元增至6.00万元。主要变动原因是{GROWN}。支出6.00万元，为预算5.00万元的120%。"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{{ 收支 | 与上年相比(句式="没有的") }}', "措辞 wording.yaml 里没有“与上年相比.没有的.增加”"),
        ("{{ 比重 | 与上年相比 }}", "“比重”里没有“决算”，请在过滤器里写明"),
        ("{{ 比重 | 预算比较 }}", "“比重”里没有“决算”，请在过滤器里写明"),
        ("{{ 收支.决算 | 百分点(收支.上年) }}", "百分点只用于两个百分比之差"),
        ("{{ 收支.决算 | 完成预算(比重.今年) }}", "不能把“收支.决算”（元）与“比重.今年”（%）比较"),
        ("{{ 收支.决算 | 百分比 }}", "“收支.决算”（元）不是百分比，不能用“| 百分比”"),
        ("{{ 比重.今年 | 万元 }}", "“比重.今年”（%）不是金额，不能用“| 万元”"),
        ("{{ 收支.决算 | 个数 }}", "“收支.决算”（元）不是个数，不能用“| 个数”"),
    ],
)
def test_a_filter_on_the_wrong_thing_is_the_packs_mistake(write, text: str, words: str) -> None:
    report = write(text, amounts(决算=6, 上年=5, 原因=GROWN) + "比重: {今年: 2, 去年: 1}\n")
    assert report.codes == ["T103"]
    assert words in report.findings[0].message
    assert str(report.findings[0].place) == "example/text/正文.md.j2 第1行"


YUAN = st.decimals(min_value=-(10**10), max_value=10**10, places=2) | st.sampled_from([Decimal(0), Decimal("0.01")])


@settings(max_examples=150)
@given(now=YUAN, before=YUAN)
def test_words_of_direction_never_contradict_the_numbers(write, now: Decimal, before: Decimal) -> None:
    report = write(OVERALL, amounts(决算=f"{now:f}", 上年=f"{before:f}", 原因="甲"), unit="元")
    (sentence,) = report.sentences
    assert not re.search(r"(增长|下降|增加|减少)-", sentence)
    up, down = "增加" in sentence or "增长" in sentence, "减少" in sentence or "下降" in sentence
    assert (up, down) in ((now > before, now < before), (False, False))
    if not (up or down):
        assert abs(now - before) < 50 and "持平" in sentence
    if before <= 0:
        assert "%" not in sentence
    base, change = re.search(r"(-?[\d.]+)(万?元)相比.*?(?:([\d.]+)(万?元)|持平)", sentence).group(1, 3)
    assert change is None or Decimal(change) > 0, (sentence, base)


@settings(max_examples=100)
@given(now=YUAN, before=YUAN)
def test_the_three_patterns_agree(write, now: Decimal, before: Decimal) -> None:
    data = amounts(决算=f"{now:f}", 上年=f"{before:f}", 原因="甲")
    sentences = "".join(write(text, data, "元").sentences[0] for text in (OVERALL, SHORT, ALIKE))
    for words in (("增加", "减少"), ("增长", "下降")):
        assert not all(word in sentences for word in words)
    assert sentences.count("持平") in (0, 3)


@settings(max_examples=100, deadline=None)
@given(base=st.integers(-2000, 10**9), steps=st.integers(-150, 150), half=st.booleans())
def test_on_the_edge_the_sentence_stands_by_its_own_figures(write, base: int, steps: int, half: bool) -> None:
    """Amounts a few 元 apart, many of them at x.xx5 万元: words, change and printed amounts agree."""
    before = Decimal(base // 100 * 100 + 50 if half else base)
    now = before + Decimal(steps) / 3 // Decimal("0.01") / 100
    (said,) = write(PAIR, amounts(决算=f"{now:f}", 上年=f"{before:f}", 原因="甲"), unit="元").sentences
    match = re.fullmatch(
        r"(?P<now>\S+?元)。与2019年(?P<before>\S+?元)相比，收、支总计各"
        r"(?:持平|(?P<way>增加|减少)(?P<by>[\d.]+万?元)(?:，(?:增长|下降)[\d.]+%(?:以内)?|（2019年为?\S+，[增降]幅不可比）))。"
        r"(?:主要变动原因是甲。)?",
        said,
    )
    assert match, said
    first, second = _yuan(match["now"]), _yuan(match["before"])
    assert (match["way"] or "持平") == ("增加" if first > second else "减少" if first < second else "持平"), said
    if match["by"]:
        change = _yuan(match["by"])
        assert change > 0
        assert abs(change - abs(first - second)) <= 150, said  # half a last digit for each of the three


def _yuan(printed: str) -> Decimal:
    number = printed.removesuffix("元")
    return Decimal(number[:-1]) * 10000 if number.endswith("万") else Decimal(number)
