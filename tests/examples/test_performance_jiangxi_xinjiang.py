"""Two performance reports, 西湖区 2022 (江西) and 和硕县 2018 (新疆), against what the offices published.

`pytest --update-golden` rewrites the texts in xihu-2022/ and heshuo-2018/; read the change before keeping it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from told import every

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_text import report_lines
from generator.pack import PackRoots
from generator.pipeline import Examined, build_word, examine
from generator.word.read import read_outline
from generator.writers.libreoffice import SOFFICE_VARIABLE
from generator.writers.outline import write_outline

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ROOTS = PackRoots.with_own(())
EXAMPLES = ("xihu-2022", "heshuo-2018")
SEEDS = {"xihu-2022": "002_*.txt", "heshuo-2018": "003_*.txt"}

Golden = Callable[[Path, str], None]


def examined(folder: Path) -> tuple[Examined, tuple[Diagnostic, ...]]:
    outcome = examine(folder, ROOTS)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value, outcome.diagnostics


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[Examined, tuple[Diagnostic, ...]]]:
    return {name: examined(ROOT / "inputs" / name) for name in EXAMPLES}


@pytest.fixture(scope="module")
def outlines(reports: dict[str, tuple[Examined, tuple[Diagnostic, ...]]]) -> dict[str, str]:
    return {name: write_outline(report.document) for name, (report, _) in reports.items()}


@pytest.fixture(scope="module")
def words(reports: dict[str, tuple[Examined, tuple[Diagnostic, ...]]]) -> Iterator[dict[str, bytes]]:
    """The Word files, made without LibreOffice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
        found = {}
        for name, (report, _) in reports.items():
            built = build_word(report.document, report.case.pack).value
            assert built is not None
            found[name] = built.docx
        yield found


# -- the documents ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EXAMPLES)
def test_outline(outlines: dict[str, str], golden: Golden, name: str) -> None:
    golden(HERE / name / "outline.txt", outlines[name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_diagnostics(reports: dict[str, tuple[Examined, tuple[Diagnostic, ...]]], golden: Golden, name: str) -> None:
    _, found = reports[name]
    assert [one for one in found if one.severity is not Severity.INFO] == []
    golden(HERE / name / "diagnostics.txt", "\n".join(report_lines(found)) + "\n")


@pytest.mark.parametrize("name", EXAMPLES)
def test_word_file_is_valid_and_reads_back_as_written(
    words: dict[str, bytes], outlines: dict[str, str], validate_docx: Callable[[bytes], str], name: str
) -> None:
    assert validate_docx(words[name]) == ""
    assert read_outline(words[name]).splitlines() == outlines[name].splitlines()


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_a_template_or_form_is_left(outlines: dict[str, str], name: str) -> None:
    text = printed(outlines[name])
    for slip in (
        r"[。，、；：]{2}",
        r"\{\{|\}\}|\{%|待填|None|XX|××|\*\*（",
        r"增长（减少）|（如有）|（险种）|（包括|（主要是",
        "【",
    ):
        assert re.findall(rf".{{0,12}}(?:{slip}).{{0,12}}", text) == []
    assert not re.search(r"1[3-9]\d{9}", text)
    for line in text.splitlines():
        for left, right in ("（）", "“”", "《》", "〔〕"):
            assert line.count(left) == line.count(right), line


def printed(outline: str) -> str:
    return re.sub(r"‹(\S+) [^›]*›", r"\1", outline)


def headings(outline: str) -> list[str]:
    return [re.sub(r"^#+ (?:\[[^]]*\] )?", "", line) for line in outline.splitlines() if line.startswith("#")]


HEADINGS = {
    "xihu-2022": (
        *("一、部门概况", "（一）部门主要职责职能，组织架构、人员及资产等基本情况", "1.单位主要职责", "2.单位基本情况"),
        *("3.现有资产情况", "（二）当年部门履职总体目标、工作任务", "（三）当年部门（单位）年度整体支出绩效目标"),
        *("（四）部门（单位）预算绩效管理开展情况", "（五）当年部门（单位）预算及执行情况"),
        *("二、部门（单位）整体支出绩效实现情况", "（一）履职完成情况", "（二）履职效果情况"),
        *("（三）社会满意度及可持续性影响", "三、部门整体支出绩效中存在问题及改进措施", "（一）主要问题及原因分析"),
        *("1.政府采购执行率", "2.公用经费控制率", "（二）改进的方向和具体措施", "四、绩效自评结果拟应用和公开情况"),
    ),
    "heshuo-2018": (
        *("一、社会保险基金收支余总体情况", "（一）社会保险基金总体情况"),
        *("（二）社会保险基金支出预算绩效目标设定情况", "二、各项社会保险基金预算完成及运行情况"),
        *("（一）职工基本医疗保险基金预算完成及运行情况分析",),
        *("三、各项社会保险基金支出组织实施情况和绩效管理情况", "（一）社会保险管理情况分析"),
        *("（二）绩效目标完成情况分析", "四、其他需要说明的问题", "（一）后续工作计划"),
        *("（二）主要经验及做法、存在问题和建议", "五、附表"),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings(outlines: dict[str, str], name: str) -> None:
    assert headings(printed(outlines[name])) == list(HEADINGS[name])


def original(shared: Path, name: str) -> str:
    (path,) = (shared / "seeds").glob(SEEDS[name])
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_stand_in_the_original_in_this_order(shared: Path, name: str) -> None:
    """Number and mark aside, which some headings of the originals lack."""
    text = re.sub(r"\s", "", original(shared, name))
    position = 0
    for heading in HEADINGS[name]:
        bare = re.sub(r"^(?:[一二三四五]+、|（[一二三四五]+）|\d\.)", "", heading)
        found = text.find(bare, position)
        assert found >= 0, heading
        position = found + len(bare)


# -- every figure of the original -------------------------------------------------------------------------------------
NUMBER = re.compile(r"\d+(?:\.\d+)?")
CORRECTED = {
    "xihu-2022": {
        "23": "编制控制数 | 23 | 24",
        "10332": "征缴总额10332万元",
        "6569": "征缴总额6569万元",
        "13800000000": "联系人、联系电话",
    },
    "heshuo-2018": {},
}
"""Figures of the original that are not printed: the words of their row in the page beside the input."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_figure_of_the_original_is_printed_or_corrected(
    shared: Path, outlines: dict[str, str], name: str
) -> None:
    expected = {Decimal(number) for number in NUMBER.findall(original(shared, name))}
    ours = re.sub(r"⟦[^⟧]*⟧|^T .*$", "", printed(outlines[name]), flags=re.M)
    found = {Decimal(number) for number in NUMBER.findall(ours)}
    assert {str(number) for number in expected - found} == set(CORRECTED[name])
    page = (ROOT / "inputs" / name / "README.md").read_text(encoding="utf-8")
    assert [row for row in CORRECTED[name].values() if row not in page] == []
    assert len(expected) > 40


def test_assets_go_down_in_words(outlines: dict[str, str]) -> None:
    assert (
        "我单位资产总额（账面净值，下同）69.91万元，较上年下降24.34%；负债总额2.75万元，较上年下降74.58%；"
        "净资产67.16万元，较上年下降17.67%。"
    ) in printed(outlines["xihu-2022"])


def test_both_tables_hold_the_same_indicators_in_the_same_order(outlines: dict[str, str]) -> None:
    """目标表 36 rows; 自评表 the same rows in three parts, each with its actual value."""
    text = printed(outlines["xihu-2022"])
    _, goals, *parts = re.split(r"^T 部门整体支出绩效", text, flags=re.M)
    cells = [[c.strip() for c in line[4:].split(" | ")] for line in goals.splitlines() if line.startswith("  - ")]
    start = next(number for number, row in enumerate(cells) if row[0] == "**一级指标**")
    wanted = [(row[2], row[3]) for row in cells[start + 1 :]]
    rows = [line[4:].split(" | ") for part in parts for line in part.splitlines() if line.startswith("  - ")]
    given = [(row[2].strip(), row[3].strip()) for row in rows]
    assert len(wanted) == 36
    assert given == wanted
    assert all(row[4].strip() for row in rows)


def test_contact_cells_stay_and_are_empty(outlines: dict[str, str]) -> None:
    assert re.search(r"- 联系人 \| — \| 联系电话 \| —", outlines["xihu-2022"])


# -- what the program finds in the published text ---------------------------------------------------------------------
def changes(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / "as_published" / f"{name}.yaml").read_text(encoding="utf-8")))


CHANGES = [(name, number, one) for name in EXAMPLES for number, one in enumerate(changes(name))]


def changed_copy(name: str, folder: Path, *some: dict[str, Any]) -> list[int]:
    """The example in `folder` with the published words back in it; the line of each."""
    folder.mkdir(parents=True)
    for path in (ROOT / "inputs" / name).glob("*.yaml"):
        shutil.copy(path, folder)
    for one in some:
        path = folder / one["文件"]
        text = path.read_text(encoding="utf-8")
        assert text.count(one["改为"]) == 1, (one["改为"], text.count(one["改为"]))
        path.write_text(text.replace(one["改为"], one["原文"]), encoding="utf-8")
    return [line_of(folder / one["文件"], one["原文"]) for one in some]


def line_of(path: Path, words: str) -> int:
    return path.read_text(encoding="utf-8").partition(words)[0].count("\n") + 1


@pytest.mark.parametrize(("name", "number", "one"), CHANGES, ids=[f"{n}-{i}" for n, i, _ in CHANGES])
def test_published_slip_is_found(
    reports: dict[str, tuple[Examined, tuple[Diagnostic, ...]]],
    name: str,
    number: int,
    one: dict[str, Any],
    tmp_path: Path,
) -> None:
    """Where the slip stands, and nowhere before it was put back."""
    (line,) = changed_copy(name, tmp_path / "改", one)
    path = tmp_path / "改" / one["文件"]
    found = codes_at(examine(tmp_path / "改", ROOTS).diagnostics, path, line)
    assert set(one["应发现"]) <= found
    assert one["应发现"]
    assert not set(one["应发现"]) & {d.code for d in reports[name][1]}


def codes_at(found: tuple[Diagnostic, ...], path: Path, line: int) -> set[str]:
    """Codes of the findings that name a line of the entry (a row, a group, a long text) in which this line stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [n for n, text in enumerate(lines, 1) if re.match(r"[^\s#]|  - ", text)] + [len(lines) + 1]
    first = max(n for n in starts if n <= line)
    entry = range(first, next(n for n in starts if n > first))
    return {one.code for one in every(found) if any(p.file == path.name and p.line in entry for p in one.places)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_published_slips_together(name: str, tmp_path: Path) -> None:
    slips = changes(name)
    changed_copy(name, tmp_path / "改", *slips)
    found = {one.code for one in every(examine(tmp_path / "改", ROOTS).diagnostics)}
    assert {code for one in slips for code in one["应发现"]} <= found


# -- identities -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "file", "old", "new", "code"),
    [
        ("heshuo-2018", "收支.yaml", "保费收入: 5617.38", "保费收入: 5617.83", "F004"),
        ("heshuo-2018", "收支.yaml", "上解上级支出: 5654.77", "上解上级支出: 5654.70", "FUND-PASS"),
        ("heshuo-2018", "收支.yaml", "上级补助收入: 3029.23", "上级补助收入: 3129.23", "FUND-AID"),
        ("heshuo-2018", "收支.yaml", "  转移支出: 1.92", "  转移支出: 2.92", "F004"),
        ("heshuo-2018", "收支.yaml", "在职人次: 1187", "在职人次: 1178", "F004"),
        ("heshuo-2018", "收支.yaml", "执行社会保险基金: 8684", "执行社会保险基金: 8648", "P-XFIN"),
        ("heshuo-2018", "收支.yaml", "待遇预算: 2958.34", "待遇预算: 9958.34", "TN-BUDGET"),
        ("heshuo-2018", "绩效.yaml", "实际值: 79006", "实际值: 79060", "P-XTXT-TIMES"),
        ("heshuo-2018", "绩效.yaml", "实际值: 342", "实际值: 324", "P-XTXT-PAID"),
        ("heshuo-2018", "绩效.yaml", "实际值: 383", "实际值: 385", "P-XTXT-ENJOYED"),
        ("xihu-2022", "基本情况.yaml", "净资产: {决算: 67.16", "净资产: {决算: 67.61", "F004"),
        ("xihu-2022", "基本情况.yaml", "聘用: 16", "聘用: 14", "F004"),
        ("xihu-2022", "基本情况.yaml", "编制: {行政: 5, 事业: 19, 合计: 24}", "编制: {行政: 5, 事业: 9}", "N-HEADCAP"),
        ("xihu-2022", "基本情况.yaml", "本级财政安排: 607.94\n  收入: 607.94", "本级财政安排: 606.94", "BUD-YEAR"),
        ("xihu-2022", "基本情况.yaml", "实际: 8.84", "实际: 18.84", "N-PROC"),
        ("xihu-2022", "基本情况.yaml", "  公用经费: 36.90", "  公用经费: 396.90", "BUD-RUNNING"),
        ("xihu-2022", "绩效指标.yaml", "实际值: 174.84", "实际值: 147.84", "P-XFIN-PROJECT"),
        ("xihu-2022", "绩效指标.yaml", "实际值: 379.64", "实际值: 376.94", "P-XFIN-BASIC"),
        ("xihu-2022", "绩效指标.yaml", "实际值: 100, 核对对象", "实际值: 91.21, 核对对象", "P-XFIN-RATE"),
        (
            "xihu-2022",
            "绩效指标.yaml",
            "对象: 参保人员满意度, 结果: 100",
            "对象: 参保人员满意度, 结果: 98",
            "P-XTXT-SURVEY",
        ),
    ],
)
def test_a_broken_identity_is_found_where_it_stands(
    name: str, file: str, old: str, new: str, code: str, tmp_path: Path
) -> None:
    (line,) = changed_copy(name, tmp_path / "改", {"文件": file, "改为": old, "原文": new})
    found = [one for one in every(examine(tmp_path / "改", ROOTS).diagnostics) if one.code == code]
    assert found, code
    assert any(place.file == file and line <= place.line <= line + 1 for one in found for place in one.places), found
