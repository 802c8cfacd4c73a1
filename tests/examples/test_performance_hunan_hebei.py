"""The 部门整体支出绩效自评 reports of 桃源县 2019 (Hunan) and 承德市 2022 (Hebei) against their published originals.

Every heading in order, every figure printed or told in the page beside the input, and what the program finds when the
published contradictions are put back. `pytest --update-golden` rewrites the outlines; read the change before keeping
it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from gongjing import ROOTS, found_in, report_of

from generator.diagnostics import Diagnostic, Severity
from generator.pipeline import Examined, Wanted, build_word, examine
from generator.writers.outline import write_outline

HERE = Path(__file__).parent
INPUTS = HERE.parents[1] / "inputs"
TAOYUAN, CHENGDE = EXAMPLES = ("taoyuan-2019", "chengde-2022")
SEEDS = {TAOYUAN: "000_*.txt", CHENGDE: "001_*.txt"}

Golden = Callable[[Path, str], None]
Validate = Callable[[bytes], str]


@cache
def example(name: str) -> tuple[Examined, tuple[Diagnostic, ...]]:
    outcome = examine(INPUTS / name, ROOTS)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value, outcome.diagnostics


def outline(name: str) -> str:
    return write_outline(example(name)[0].document)


def printed(name: str) -> str:
    """The outline with figures as printed, without the names of their facts."""
    return re.sub(r"‹(\S*) [^›]*›", r"\1", outline(name))


# -- the report itself ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EXAMPLES)
def test_outline(name: str, golden: Golden) -> None:
    (HERE / name).mkdir(exist_ok=True)
    golden(HERE / name / "outline.txt", outline(name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_corrected_input_has_neither_errors_nor_warnings(name: str) -> None:
    assert [d for d in example(name)[1] if d.severity is not Severity.INFO] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_word_file_is_valid(name: str, validate_docx: Validate) -> None:
    made = example(name)[0]
    for publish in (False, True):
        built = build_word(made.document, made.case.pack, Wanted(publish=publish))
        assert built.value is not None
        assert validate_docx(built.value.docx) == ""


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_a_template_is_left(name: str) -> None:
    for slip in (r"[。，、；：]{2}", r"\{\{|\}\}|\{%|待填|None|××", r"[一-鿿，。][,;:]", r"“”|（）|《》"):
        assert re.findall(rf".{{0,12}}(?:{slip}).{{0,12}}", printed(name)) == []


# -- against the published original -----------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def originals(shared: Path) -> dict[str, str]:
    return {name: next((shared / "seeds").glob(pattern)).read_text(encoding="utf-8") for name, pattern in SEEDS.items()}


HEADINGS = {
    TAOYUAN: [
        *("一、部门基本情况", "（一）机构、人员构成", "（二）单位主要职责"),
        *("二、部门财务情况", "（一）部门整体支出情况", "（二）部门预算收支决算情况"),
        *("1.部门预算收支情况", "2.部门决算收支情况", "（三）“三公经费”支出费用和管理情况"),
        *("三、部门绩效目标", "（一）部门绩效总目标", "（二）年度部门绩效目标", "1.产出指标", "2.效益指标"),
        *("四、绩效评价工作情况", "（一）绩效评价的目的", "（二）绩效评价实施过程"),
        *("五、综合评价结果", "六、部门整体支出绩效情况", "1.严抓基础，基金征缴目标基本完成"),
        *("2.狠抓监管，稽核工作有成效", "3.强化服务，提高人民满意度"),
        *("4.经济性评价", "5.效率性评价和有效性评价", "七、存在的主要问题", "八、有关建议"),
    ],
    CHENGDE: [
        *("部门整体支出绩效评价报告", "一、部门基本情况", "（一）部门职能与机构设置"),
        *("（二）人员情况", "（三）部门年度决算整体收支及使用情况", "（四）部门主要履职情况"),
        *("1、保障能力不断增强。", "2、重点改革扎实推进。", "3、基金运行持续规范。", "4、服务效能稳步提升。"),
        *("（一）绩效评价目的", "（二）绩效评价实施过程", "三、部门整体支出绩效自评得分情况", "四、存在的问题及措施"),
    ],
}
"""Headings in the order of the originals, with the numbers that they have here."""

ADDED = {
    TAOYUAN: [
        "2019年度部门整体支出绩效自评报告",
        "附件1",
        "部门整体支出绩效评价指标表",
        "附件2",
        "部门整体支出绩效评价基础数据表",
    ],
    CHENGDE: ["二、绩效评价工作情况"],
}
"""The title (no chapter), the attachments of which the original prints only the names, and a heading that was lost."""

RENUMBERED = {"4.经济性评价": "1.", "5.效率性评价和有效性评价": "2.", "七、存在的主要问题": "", "八、有关建议": ""}
"""Number in the original, where it is another one."""


def normal(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("(),:．", "（），：."))


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_stand_in_the_order_of_the_original(name: str, originals: dict[str, str]) -> None:
    original, position = normal(originals[name]), 0
    for heading in HEADINGS[name]:
        words = heading
        if heading in RENUMBERED:
            words = RENUMBERED[heading] + re.sub(r"^(?:\d\.|[七八]、)", "", heading)
        found = original.find(words, position)
        assert found >= 0, heading
        position = found + len(words)
    lines = [line for line in printed(name).splitlines() if line.startswith("#")]
    ours = [normal(re.sub(r"^#+ *(?:\[[^]]*\])? *", "", line)) for line in lines]
    assert [one for one in ours if one not in ADDED[name]] == HEADINGS[name]
    assert [one for one in ours if one in ADDED[name]] == ADDED[name]


CORRECTED = {
    TAOYUAN: {"36": "实有工作人员36人 | 34人", "5.34": "当期基金结余5.34万元 | 43.52万元"},
    CHENGDE: {"50.6": "职工50.6万人，居民273.74万人 | 职工52.94万人"},
}
"""Figures of the original that are not printed, each with its row in the page beside the input."""


def figures(text: str) -> set[Decimal]:
    return {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_figure_of_the_original_is_printed_or_told(name: str, originals: dict[str, str]) -> None:
    page = (INPUTS / name / "README.md").read_text(encoding="utf-8")
    missing = figures(originals[name]) - figures(printed(name))
    assert missing == {Decimal(number) for number in CORRECTED[name]}
    assert [row for row in CORRECTED[name].values() if row not in page] == []


# -- what the published contradictions would have been told ------------------------------------------------------------
def published(name: str) -> list[dict[str, Any]]:
    text = (HERE / "as_published" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.safe_load(text)
    return loaded


def with_slips(name: str, folder: Path, *slips: dict[str, Any]) -> Path:
    """The input as it was published: each 改为 back to its 原文."""
    shutil.copytree(INPUTS / name, folder)
    for slip in slips:
        path = folder / slip["文件"]
        text = path.read_text(encoding="utf-8")
        assert text.count(slip["改为"]) == 1, slip
        path.write_text(text.replace(slip["改为"], slip["原文"]), encoding="utf-8")
    return folder


def lines_of(folder: Path, slip: dict[str, Any]) -> tuple[str, range]:
    """The lines on which the slip stands; a text of several lines is named by the line on which it begins («|-»)."""
    text = (folder / slip["文件"]).read_text(encoding="utf-8")
    lines = text.splitlines()
    number = text[: text.index(slip["原文"])].count("\n")
    indent = indent_of(lines[number])
    above = next((n for n in range(number, -1, -1) if lines[n] and indent_of(lines[n]) < indent), number)
    first = above if lines[above].endswith("|-") else number
    return slip["文件"], range(first + 1, number + slip["原文"].count("\n") + 2)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def found_at(folder: Path, slip: dict[str, Any], findings: Iterable[Diagnostic]) -> set[str]:
    """Codes of the findings that name one of these lines."""
    file, lines = lines_of(folder, slip)
    return {d.code for d in findings if any(p.file == file and p.line in lines for p in d.places)}


CASES = [pytest.param(name, slip, id=f"{name}-{slip['说明']}") for name in EXAMPLES for slip in published(name)]


@pytest.mark.parametrize(("name", "slip"), CASES)
def test_each_published_contradiction_is_found_where_it_stands(name: str, slip: dict[str, Any], tmp_path: Path) -> None:
    folder = with_slips(name, tmp_path / name, slip)
    assert set(slip["应发现"]) <= found_at(folder, slip, found_in(folder))


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_published_contradictions_are_found_together(name: str, tmp_path: Path) -> None:
    slips = published(name)
    folder = with_slips(name, tmp_path / name, *slips)
    findings = found_in(folder)
    for slip in slips:
        assert set(slip["应发现"]) <= found_at(folder, slip, findings), slip["说明"]


# -- every identity of the forms --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "file", "old", "new", "code"),
    [
        (
            TAOYUAN,
            "收支.yaml",
            "工资福利支出: 325.44\n  商品和服务支出",
            "工资福利支出: 325.54\n  商品和服务支出",
            "X-SPEND",
        ),
        (TAOYUAN, "收支.yaml", "  追加: 0", "  追加: 12.5", "P-REASON"),
        (TAOYUAN, "收支.yaml", "决算: 1984.95}", "决算: 1984.00}", "X-PROJECT"),
        (TAOYUAN, "收支.yaml", "预算: 1938.95, 决算", "预算: 1938.00, 决算", "X-PROJECT-BUDGET"),
        (TAOYUAN, "收支.yaml", "上年: 3245.00", "上年: 3244.00", "X-PROJECT-PRIOR"),
        (
            TAOYUAN,
            "收支.yaml",
            "公用经费: {上年: 68.35, 预算: 75.09",
            "公用经费: {上年: 68.35, 预算: 75.90",
            "X-RUNNING",
        ),
        (TAOYUAN, "收支.yaml", "决算: 12.85}", "决算: 72.85}", "N-RUNNING"),
        (TAOYUAN, "收支.yaml", "使用年初结转结余: 41.42", "使用年初结转结余: 43.42", "X-CARRY"),
        (TAOYUAN, "收支.yaml", "预算安排: 2344.31", "预算安排: 2344.13", "X-INCOME"),
        (TAOYUAN, "收支.yaml", "财政拨款收入: 2344.31", "财政拨款收入: 2444.31", "X-GRANT"),
        (TAOYUAN, "收支.yaml", "{预算: 20, 决算: 9.87", "{预算: 8, 决算: 9.87", "X-3G"),
        (TAOYUAN, "绩效情况.yaml", "金额: 7588.81", "金额: 7588.18", "N-FUND-IN"),
        (TAOYUAN, "绩效情况.yaml", "金额: 10114.91", "金额: 10141.91", "N-FUND-OUT"),
        (TAOYUAN, "绩效情况.yaml", "金额: -1026.1", "金额: 1026.1", "N-FUND-LEFT"),
        (TAOYUAN, "绩效情况.yaml", "人数: 177}", "人数: 178}", "N-SERVED"),
        (TAOYUAN, "指标.yaml", "总分: 96", "总分: 97", "P-TOTAL"),
        (TAOYUAN, "指标.yaml", "等级: 优秀", "等级: 良好", "P-GRADE"),
        (TAOYUAN, "指标.yaml", "单位: 人, 实际值: 53809, 分值: 2", "单位: 人, 实际值: 53809, 分值: 3", "P-WEIGHT"),
        (CHENGDE, "收支.yaml", "年末结转和结余: 38.33", "年末结转和结余: 38.43", "F004"),
        (CHENGDE, "收支.yaml", "合计: 1651.40", "合计: 1651.04", "F004"),
        (CHENGDE, "收支.yaml", "本年支出: 2534.09", "本年支出: 2543.09", "F004"),
        (CHENGDE, "收支.yaml", "合计: 2.45", "合计: 2.54", "F004"),
        (CHENGDE, "收支.yaml", "年末结转和结余: 38.33", "年末结转和结余: -38.33", "B-CARRY"),
        (CHENGDE, "收支.yaml", "政府采购: 0", "政府采购: 30000", "X-PROC"),
        (CHENGDE, "收支.yaml", "合计: 2.45", "合计: 9002.45", "X-3G"),
        (CHENGDE, "履职.yaml", "结余: 1.96", "结余: 1.69", "F004"),
        (CHENGDE, "基本情况.yaml", "总分: 88", "总分: 92", "P-GRADE"),
        (CHENGDE, "基本情况.yaml", "总分: 88", "总分: 108", "P-SCORE-RANGE"),
        (CHENGDE, "基本情况.yaml", "承德市医疗保障局（本级）", "承德市医保局（本级）", "D-DUTY"),
    ],
)
def test_a_changed_figure_breaks_its_identity(
    name: str, file: str, old: str, new: str, code: str, tmp_path: Path
) -> None:
    slip = {"文件": file, "改为": old, "原文": new}
    found = found_in(with_slips(name, tmp_path / name, slip))
    assert code in {one.code for head in found for one in (head, *head.consequences)}


def test_one_changed_figure_is_printed_everywhere(tmp_path: Path) -> None:
    """编制 30 instead of 26: the sentence, the ratio in both tables and its score follow; the excess is not told."""
    slip = {"文件": "基本情况.yaml", "改为": "编制: 26", "原文": "编制: 30"}
    made = report_of(with_slips(TAOYUAN, tmp_path / TAOYUAN, slip))
    text = re.sub(r"‹(\S*) [^›]*›", r"\1", write_outline(made.document))
    assert "县编委核定人员编制30人" in text
    assert text.count("90%") >= 2
    assert "103.85" not in text
    assert "超过核定编制1人" not in text


def test_tick_boxes_follow_the_choice(tmp_path: Path) -> None:
    assert "☐项目实施过程评价　☑项目完成结果评价" in printed(CHENGDE)
    slip = {"文件": "基本情况.yaml", "改为": "实施过程评价: 否", "原文": "实施过程评价: 是"}
    made = report_of(with_slips(CHENGDE, tmp_path / CHENGDE, slip))
    assert "☑项目实施过程评价　☑项目完成结果评价" in write_outline(made.document)
