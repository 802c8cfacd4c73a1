"""Words and digits of a report speak alike: amounts on the edge, nothing at all, tiny amounts, bases below zero."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from example_packs import EXAMPLES, ROOTS, Data, data_of

from generator.case import InputFiles
from generator.diagnostics import Outcome
from generator.pack import Pack
from generator.pipeline import examine_files
from generator.writers.outline import write_outline

PACKS: dict[str, Outcome[Pack | None]] = {}


def report(example: str, change: Callable[[Data], None]) -> tuple[str, set[str]]:
    """The text of an example with something changed, figures as printed, and the codes of all findings."""
    data = data_of(example)
    change(data)
    texts = tuple((name, yaml.safe_dump(one, allow_unicode=True, sort_keys=False)) for name, one in data.items())
    made = examine_files(Outcome(InputFiles(Path(), texts, ""), ()), ROOTS, PACKS)
    assert made.value is not None
    text = re.sub(r"‹([^ ›]*) [^›]*›", r"\1", write_outline(made.value.document))
    return text, {found.code for found in made.diagnostics}


def paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.match(r"P(\[\w+\])? ", line)]


def put(path: str, value: object) -> Callable[[Data], None]:
    """«基金.0.上年待遇支出» in whichever file has it."""

    def change(data: Data) -> None:
        *above, last = (int(part) if part.isdecimal() else part for part in path.split("."))
        holder: Any = next(one for one in data.values() if above[0] in one)
        for part in above:
            holder = holder[part]
        holder[last] = value

    return change


@pytest.mark.parametrize(
    ("example", "path", "value", "said", "unsaid"),
    [
        # the budget differs by 1 元: nothing that a reader could see, and no reason is asked for
        ("putuo-planning-2024", "一般公共预算支出.0.预算", 54.5301,
         "年初预算为54.53万元，支出决算为54.53万元，完成年初预算的100.00%。决算数与预算数持平。", "〔待填"),
        # 1 元 less than last year prints the same amount: 持平, and no reason for 减支
        ("heshuo-2018", "基金.0.上年待遇支出", 3029.231,
         "待遇支出3029.23万元，本年与上年同期持平。", "的主要原因是"),
        # 94.9993 % against a target of 95 %
        ("xihu-2022", "政府采购.实际", 14.2499,
         "政府采购执行率=（14.25/15.00）×100%=95%≥95%。", "主要原因：财政资金压缩"),
        ("xihu-2022", "政府采购.实际", 14.249,
         "政府采购执行率=（14.25/15.00）×100%=94.99%＜95%。", "%≥95%。"),
        ("xihu-2022", "决算.公用经费", 67.7201,
         "公用经费控制率=（67.72/67.72）×100%=100%≤100%。", "主要原因：公用经费贴补"),
        # one rate, one look: 27 ÷ 32 in both annexes
        ("taoyuan-2019", "人员.编制", 32, "84.38%", "84.375%"),
        ("taoyuan-2019", "三公.上年预算", 20.0001, "| ≤0% | 0% |", "-0%"),
        # reasons of 1.63 元
        ("gongjing-2020", "收支总计.上年", 916801.63,
         "2020年度收、支总计91.68万元。与2019年91.68万元相比，收、支总计各持平。", "各增加0.00"),
        # a base that prints as nothing
        ("gongjing-2020", "收支总计.上年", 30,
         "与2019年30元相比，收、支总计各增加91.68万元（2019年不足0.01万元，增幅不可比）。", "各增加91.68万元，增长"),
        ("xihu-2022", "资产.净资产", {"决算": 67.16, "上年": -5},
         "净资产67.16万元，较上年增加72.16万元（上年为负，增幅不可比）。", "增长1443"),
    ],
)  # fmt: skip
def test_amounts_that_only_look_alike(example: str, path: str, value: object, said: str, unsaid: str) -> None:
    text, codes = report(example, put(path, value))
    assert said in text
    assert unsaid not in text
    assert not {"F001", "F003", "T103"} & codes


def test_no_income_in_the_year() -> None:
    """A unit being wound up spends what it carried over: shares of nothing are nothing to fill in."""

    def change(data: Data) -> None:
        for one in data.values():
            if "收入功能分类" in one:
                one["收入功能分类"] = [{"科目": "2101101", "一般公共预算财政拨款收入": 0}]
            if "结转结余" in one:
                one["结转结余"]["年初一般公共预算结转和结余"] = 916800.00

    text, codes = report("gongjing-2020", change)
    assert (
        "P 2020年本年收入合计0万元，其中：一般公共预算财政拨款收入0万元；政府性基金预算财政拨款收入0万元；"
        "上级补助收入0万元；事业收入0万元；经营收入0万元；附属单位上缴收入0万元；其他收入0万元。" in text
    )
    assert "P 2020年本年收入合计0万元。" in text, "附件1 lists only what is there"
    assert "F001" not in codes


def test_a_unit_without_general_budget() -> None:
    """Only 事业收入, the tables of the general budget with one row of 0: nothing stands behind «主要用于以下方面»."""

    def change(data: Data) -> None:
        for one in data.values():
            if "一般公共预算支出" in one:
                one["一般公共预算支出"] = [{"科目": "2101101", "基本支出": 0, "预算": 0}]
            if "支出明细" in one:
                one["支出明细"] = [{**one["支出明细"][0], "基本支出": 0, "项目支出": 0}]
            if "收入功能分类" in one:
                one["其他资金支出"] = [
                    {"科目": row["科目"], "基本支出": row["一般公共预算财政拨款收入"]} for row in one["收入功能分类"]
                ]
                one["收入功能分类"] = [
                    {"科目": row["科目"], "事业收入": row["一般公共预算财政拨款收入"]} for row in one["收入功能分类"]
                ]

    text, _ = report("gongjing-2020", change)
    assert "P 2020年一般公共预算财政拨款支出0万元。\n" in text
    lines = text.split("\n")
    behind = [after for line, after in pairwise(lines) if line.endswith(("其中：", "以下方面："))]
    assert behind
    assert all(line.startswith("P ") for line in behind), "nothing is announced that does not come"
    assert "事业收入91.68万元，占100%" in text


# -- the empty dimension: every example with nothing, with next to nothing, with bases of nothing ----------------------


def _amounts(data: Data, new: Callable[[str, Any], Any]) -> None:
    def walk(node: Any) -> None:
        for key, value in list(node.items()) if isinstance(node, dict) else enumerate(node):
            if isinstance(value, dict | list):
                walk(value)
            elif (
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and "科目" not in str(key)
                and "年度" not in str(key)
            ):
                node[key] = new(str(key), value)

    for one in data.values():
        walk(one)


def _nothing(data: Data) -> None:
    _amounts(data, lambda key, value: 0)


def _next_to_nothing(data: Data) -> None:
    """38 元 for every amount; counts and percentages stay."""
    small = 38 if any(one.get("金额单位") == "元" for one in data.values()) else 0.0038
    _amounts(data, lambda key, value: small if isinstance(value, float) or value >= 1000 else value)


def _no_year_before(data: Data) -> None:
    _amounts(data, lambda key, value: 0 if "上年" in key else value)


def _below_zero(data: Data) -> None:
    _amounts(data, lambda key, value: -abs(value) if "上年" in key else value)


def _no_budget(data: Data) -> None:
    _amounts(data, lambda key, value: 0 if "预算" in key else value)


STRANGE = (
    r"-0(?:\.0+)?(?:%|万?元)",  # a zero with a sign
    r"(?:增加|减少|增支|减支)0(?:\.0+)?万?元|(?:增长|下降|幅为)0(?:\.0+)?%",  # a change of nothing
    r"[：，；]。|：；|占[。；，]",  # something announced that does not come
)
TWO_LOOKS = r"(?<![\d.])0\.00(?:万元|%)|(?<!\d)100\.00%"
"""Zero and whole numbers where the document has said «0万元», «0%» and «100%»."""


@pytest.mark.parametrize("change", [_nothing, _next_to_nothing, _no_year_before, _below_zero, _no_budget])
@pytest.mark.parametrize("example", EXAMPLES)
def test_sentences_of_a_unit_with_nothing_to_say(example: str, change: Callable[[Data], None]) -> None:
    text, codes = report(example, change)
    strange = STRANGE if example.startswith("putuo") else (*STRANGE, TWO_LOOKS)  # putuo: 0.00万元 throughout
    assert [found[0] for pattern in strange for line in paragraphs(text) if (found := re.search(pattern, line))] == []
    lines = text.splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("P ") and line.endswith(("：", "；")):
            assert re.match(r"P |T |C |  ", following), (line, following)
    assert not {"T101", "T103"} & codes
