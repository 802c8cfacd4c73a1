"""The report against the published original: every heading, in order; every figure, chapter by chapter.

What differs stands in the two tables below with its reason, and in the page beside the input. Nothing else differs.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from gongjing import FOLDER

HEADINGS = {
    "（1）DRGs项目经费项目绩效目标完成情况综述。": "（1）DRGs项目经费绩效目标完成情况综述。",  # 项目 was doubled
    "项目绩效目标完成情况表": "项目绩效目标完成情况表（2020年度）",  # the year stood on a line of its own
    "贡井区医疗保障局2020年部门整体支出绩效评价报告": "自贡市贡井区医疗保障局2020年部门整体支出绩效评价报告",
    "（二）资金计划、到位及使用情况（可用表格形式反映）。": "（二）资金计划、到位及使用情况。",  # a hint to the writer
    "医保基金监管项目": "医保基金监管项目2020年绩效评价报告",  # one title on two lines
    "2020年绩效评价报告": "",
}
"""Heading of the original → heading here, "" where it is part of the one before. Why: beside each."""


class Difference(NamedTuple):
    part: str
    figure: str
    more: int
    page: str
    """Words of the row in the page beside the input."""


FIGURES = (
    Difference("第二部分", "1", -2, "十（四）医疗救助监管综述 | 预算数1万元，执行数1万元 | 3万元"),
    Difference("第二部分", "3", +2, "十（四）医疗救助监管综述 | 预算数1万元，执行数1万元 | 3万元"),
    Difference("第二部分", "100", -1, "七（一）“三公”经费 | 完成预算100%，决算数与预算数持平 | 决算数与预算数持平"),
    Difference("第二部分", "0", -1, "七（二）3 公务接待 | 支出0万元0 | 支出0万元"),
    Difference("第二部分", "0", -2, "十（二）政府采购 | 占政府采购支出总额的0% | 不印比重"),
    Difference("第二部分", "0", +3, "七（二）3 国内公务接待 | 只有支出0万元 | 另印0批次、0人次、共计支出0万元"),
    Difference("第二部分", "0", +10, "情况表 其它资金 | 空白 | 其他资金0.00"),
    Difference("第二部分", "2020", +7, "图1至图7 图题 | 没有年度和单位 | 图题写明2020年度和单位"),
    Difference("第二部分", "2020", +2, "八、九 | 支出0万元 | 另印“本部门2020年度没有……财政拨款收入和支出”"),
    Difference(
        "附件1", "2019", +1, "附件1 三（二）结果应用 | “三公经费”明显下降 | 没有发生“三公”经费支出，与2019年持平"
    ),
    Difference("附件2 居民职工", "3", -1, "附件2 居民职工基金征收监管 二（二）2 | 该项目3万元全部到位 | 5万元"),
    Difference("附件2 居民职工", "5", +1, "附件2 居民职工基金征收监管 二（二）2 | 该项目3万元全部到位 | 5万元"),
)
"""How many times more (or less) a figure is printed here than in the original, part by part."""

PARTS = {
    "第一部分": r"第一部分",
    "第二部分": r"第二部分",
    "第三部分": r"第三部分",
    "附件1": r"第四部分",
    "附件2 DRGs": r"(?:\[附件题名\] )?DRGs",
    "附件2 紧密医联体": r"(?:\[附件题名\] )?紧密医联体",
    "附件2 居民职工": r"(?:\[附件题名\] )?居民职工",
    "附件2 医保基金": r"(?:\[附件题名\] )?医保基金监管项目",
    "附件2 医疗救助": r"(?:\[附件题名\] )?医疗救助监管项目",
}


@pytest.fixture(scope="module")
def original(shared: Path) -> str:
    """The published report from 第一部分 to the end of 附件 2."""
    (path,) = (shared / "seeds").glob("004_*.txt")
    return first_four_parts(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ours(outline: str) -> str:
    """The same parts of our outline, figures as printed; what charts repeat from the sentence above is left out."""
    text = re.sub(r"‹(\S+) [^›]*›", r"\1", first_four_parts(outline))
    chart = re.compile(r"  (?!- ).* \| ")
    kept = (line for line in text.splitlines() if not line.startswith("T ") and not chart.match(line))
    return re.sub(r"⟦[^⟧]*⟧|\[附件标题\d\] ", "", "\n".join(kept))


def first_four_parts(text: str) -> str:
    start, end = (re.search(rf"^#+ {part}", text, re.M) for part in ("第一部分", "第五部分"))
    assert start is not None
    assert end is not None
    return text[start.start() : end.start()]


def normal(text: str) -> str:
    """Without marks of headings and bold type, without spaces, brackets and punctuation in full width."""
    return re.sub(r"[\s#*⏎]|\[[^]]*\]", "", text).translate(str.maketrans("(),:", "（），："))


def original_headings(text: str) -> list[str]:
    """Lines set as headings, and those that the original runs into the paragraph: «（一）机构组成。区医疗保障局…»."""
    found = []
    for line in text.splitlines():
        words = normal(line)
        run_in = re.match(r"（[一二三四]）[^。]*。|（\d）[^。]*综述。", words)
        if line.startswith("#") or words == "项目绩效目标完成情况表":
            found.append(words)
        elif run_in:
            found.append(run_in[0])
    return found


def test_every_heading_once_and_in_order(original: str, ours: str) -> None:
    expected = [HEADINGS.get(words, words) for words in original_headings(original)]
    found = [normal(line.removeprefix("  表题")) for line in ours.splitlines() if line.startswith(("#", "  表题"))]
    assert found == [words for words in expected if words]
    assert len(found) > 150


def test_the_table_of_headings_holds_nothing_superfluous(original: str) -> None:
    assert set(HEADINGS) <= set(original_headings(original))


def figures_by_part(text: str) -> dict[str, Counter[Decimal]]:
    """Every number of each part with how often it stands there; 3 and 3.00 are the same number."""
    starts = []
    for pattern in PARTS.values():
        found = re.search(rf"^(?:#+ ?)?\**{pattern}", text, re.M)
        assert found is not None, pattern
        starts.append(found.start())
    ends = [*starts[1:], len(text)]
    return {
        part: Counter(Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text[start:end]))
        for part, start, end in zip(PARTS, starts, ends, strict=True)
    }


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_of_the_original_and_no_other(original: str, ours: str, part: str) -> None:
    expected = Counter(figures_by_part(original)[part])
    for difference in FIGURES:
        if difference.part == part:
            expected[Decimal(difference.figure)] += difference.more
    found = figures_by_part(ours)[part]
    assert {n: found[n] - expected[n] for n in found | expected if found[n] != expected[n]} == {}
    assert found


def test_each_difference_is_told_beside_the_input() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [one.page for one in FIGURES if one.page not in page] == []


def test_units_stand_behind_the_same_figures(original: str, ours: str) -> None:
    """«91.68万元», «150.70%», «1478人»: a figure with its unit in the original stands here with that unit."""
    pattern = r"(\d+(?:\.\d+)?)(万元|%|人次|人|家|次|个|辆|条|件|份|名|批次|台)"

    def pairs(text: str) -> Counter[tuple[Decimal, str]]:
        return Counter((Decimal(number), unit) for number, unit in re.findall(pattern, re.sub(r"\s", "", text)))

    lost = pairs(original).keys() - pairs(ours).keys()
    assert lost == {(Decimal(5), "人")}  # 在职在编人员5人: here 名, as in the rest of the sentence
