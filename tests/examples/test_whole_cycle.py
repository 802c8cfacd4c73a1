"""An office's year from one report to the next: 2020 built and edited, a figure corrected, 2021 rolled forward, filled
in and built.

Each step takes what the one before left in the office's folder; the commands are those an office types. The second half
holds the inputs of the second year in inputs/ against their predecessors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from gongjing import ACCOUNTS, FOLDER, NAME, NEXT_FOLDER, ROOT, ROOTS, Change, copied

from generator.cli import entry
from generator.facts.fact import Text, YesNo, path_without_keys, walk
from generator.form.fields import Field, prior_target, walk_fields
from generator.pipeline import Examined, examine
from generator.quantity import Quantity
from generator.word.read import read_outline
from generator.writers.libreoffice import SOFFICE_VARIABLE
from generator.writers.outline import write_outline

NEXT_NAME = NAME.replace("2020", "2021")
FOUND_LATE = (
    Change(
        ACCOUNTS, '"2101501", 一般公共预算财政拨款收入: 376071.40', '"2101501", 一般公共预算财政拨款收入: 377071.40'
    ),
    Change(ACCOUNTS, "预算: 376071.40\n    基本支出: 376071.40", "预算: 377071.40\n    基本支出: 377071.40"),
    Change(ACCOUNTS, '经济科目: "30201", 基本支出: 14200.00', '经济科目: "30201", 基本支出: 15200.00'),
)
"""办公费 of 1,000元 that was booked late: 91.68 becomes 91.78, the running costs 11.53 become 11.63."""


def juesuan(*words: object) -> str:
    """What the command says; it has to go well. Page numbers are estimated: LibreOffice is not asked."""
    run = CliRunner().invoke(
        entry, [str(word) for word in words], env={SOFFICE_VARIABLE: "/nowhere/soffice"}, catch_exceptions=False
    )
    assert run.exit_code == 0, run.output
    return run.output


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def report_of(folder: Path) -> Examined:
    made = examine(folder, ROOTS).value
    assert made is not None
    return made


def figures(outline: str) -> dict[str, set[str]]:
    """Fact → the ways in which it is printed, in sentences and in tables: ‹0 三公.合计.决算›, ‹0.00 三公.合计.决算›."""
    found: dict[str, set[str]] = {}
    for printed, name in re.findall(r"‹(\S+) ([^›]*)›", outline):
        found.setdefault(name, set()).add(printed)
    return found


def plain(outline: str) -> str:
    return re.sub(r"‹(\S+) [^›]*›", r"\1", outline)


def comparisons(this: Examined) -> Iterator[tuple[str, str, Quantity]]:
    """Each figure of the year before: its name, the name that it had in last year's facts, and itself."""
    fields = this.case.pack.form.fields
    by_path = {one.path: one for one in walk_fields(fields)}
    for fact in walk(this.case.facts):
        one = by_path.get(path_without_keys(fact.name))
        target = prior_target(fields, one) if isinstance(one, Field) and one.prior_of else None
        if isinstance(fact, Quantity) and target is not None:
            yield fact.name, target.path, fact


def known(report: Examined) -> dict[str, Decimal]:
    return {fact.name: fact.value for fact in walk(report.case.facts) if isinstance(fact, Quantity)}


# -- one office, one year ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Office:
    folder: Path

    @property
    def input(self) -> Path:
        return self.folder / "医保局-2020"

    @property
    def next_input(self) -> Path:
        return self.folder / "医保局-2021"

    @property
    def report(self) -> Path:
        return self.folder / "报告" / f"{NAME}.docx"

    @property
    def corrected(self) -> Path:
        return self.folder / "报告" / f"{NAME}（更新）.docx"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The report of 2020 is built, and a person goes over it in Word: a sentence rewritten, a paragraph added."""
    office = Office(tmp_path_factory.mktemp("office"))
    copied(office.input)
    juesuan("build", office.input, "-o", office.report.parent)
    document = Document(str(office.report))
    first = next(p for p in document.paragraphs if p.text.startswith("2020年度收、支总计91.68"))
    first.runs[-1].text = first.runs[-1].text.replace("主要变动原因是", "究其原因，主要是")
    first.insert_paragraph_before("本部门认真贯彻过紧日子的要求。")
    document.save(str(office.report))
    return office


@pytest.fixture(scope="module")
def refreshed(started: Office) -> Office:
    """The bureau finds an invoice that was booked late; the corrected figures are brought into the edited file."""
    copied(started.input, *FOUND_LATE)
    juesuan("refresh", started.report, started.input)
    return started


@pytest.fixture(scope="module")
def rolled(refreshed: Office) -> Office:
    """A year later the corrected input becomes the form of 2021."""
    juesuan("roll-forward", refreshed.input)
    return refreshed


def test_the_correction_comes_in_and_the_persons_words_stay(refreshed: Office) -> None:
    lines = paragraphs(refreshed.corrected)

    assert "本部门认真贯彻过紧日子的要求。" in lines
    assert (
        "2020年度收、支总计91.78万元。与2019年36.57万元相比，收、支总计各增加55.21万元，增长150.97%。"
        "究其原因，主要是人员经费增加及公用经费增加。" in lines
    )
    assert not [line for line in lines if "91.68" in line or "11.53万元" in line]
    assert [line for line in paragraphs(refreshed.report) if "91.68" in line], "the file edited before is left alone"


def test_the_comparison_figures_are_those_of_the_corrected_year(rolled: Office) -> None:
    """To the last 分 of the facts, and as the corrected report of 2020 prints them."""
    facts = known(report_of(rolled.input))
    published = figures(read_outline(rolled.corrected.read_bytes()))
    moved = list(comparisons(report_of(rolled.next_input)))

    assert {name: figure.value for name, _, figure in moved} == {name: facts[before] for name, before, _ in moved}
    assert {name: f"{figure.value}" for name, _, figure in moved if figure.value} == {
        "收支总计.上年": "917800.00",
        "财政拨款.上年": "917800.00",
        "一般公共预算.上年": "917800.00",
        "机关运行经费.上年": "116290.00",
    }
    assert {before: published[before] for _, before, figure in moved if figure.value} == {
        "收支总计.决算": {"91.78"},
        "财政拨款.决算": {"91.78"},
        "一般公共预算.合计": {"91.78"},
        "机关运行经费.决算": {"11.63"},
    }
    for _, before, figure in moved:
        assert figure.value or published.get(before, {"0"}) <= {"0", "0.00"}, before


def test_filled_in_the_year_compares_itself_with_the_corrected_one(rolled: Office, tmp_path: Path) -> None:
    """The office fills in the form; here with what inputs/gongjing-2021 holds, but for the figures moved."""
    folder = tmp_path / "医保局-2021"
    folder.mkdir()
    for path in NEXT_FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("916800.00", "917800.00").replace("115290.00", "116290.00")
        (folder / path.name).write_text(text, encoding="utf-8")
    memory = (rolled.next_input / "结转记录.yaml").read_text(encoding="utf-8")
    assert (folder / "结转记录.yaml").read_text(encoding="utf-8") == memory

    said = juesuan("check", folder)
    juesuan("build", folder, "-o", tmp_path / "报告")

    assert "警告" not in said
    assert [
        line for line in paragraphs(tmp_path / "报告" / f"{NEXT_NAME}.docx") if line.startswith("2021年度收、支总计")
    ] == [
        "2021年度收、支总计101.01万元。与2020年91.78万元相比，收、支总计各增加9.23万元，增长10.06%。"
        "主要变动原因是招录公务员1名并正常晋级晋档，人员经费增加；新增国家医保信息平台上线保障项目。"
    ]


def test_last_years_word_file_does_not_take_this_years_figures(refreshed: Office) -> None:
    run = CliRunner().invoke(
        entry,
        ["refresh", str(refreshed.report), str(NEXT_FOLDER), "-o", str(refreshed.folder / "不应有.docx")],
        env={SOFFICE_VARIABLE: "/nowhere/soffice"},
    )

    assert run.exit_code == 1
    assert " R012 " in run.output
    assert not (refreshed.folder / "不应有.docx").exists()


# -- the second years in inputs/ --------------------------------------------------------------------------------------
PAIRS = [
    (path.parent.with_name(re.sub(r"\d{4}$", lambda year: str(int(year[0]) - 1), path.parent.name)), path.parent)
    for path in sorted((ROOT / "inputs").glob("*/结转记录.yaml"))
]
each_pair = pytest.mark.parametrize(("before", "after"), PAIRS, ids=[after.name for _, after in PAIRS])


def test_there_are_second_years() -> None:
    assert [after.name for _, after in PAIRS] == ["gongjing-2021", "gongjing-projects-2021"]


@each_pair
def test_what_it_remembers_is_what_roll_forward_writes(before: Path, after: Path, tmp_path: Path) -> None:
    juesuan("roll-forward", before, "-o", tmp_path / after.name)

    files = sorted(path.name for path in after.glob("*.yaml"))
    assert sorted(path.name for path in (tmp_path / after.name).iterdir()) == files
    assert (tmp_path / after.name / "结转记录.yaml").read_bytes() == (after / "结转记录.yaml").read_bytes()
    made = {name: figure.value for name, _, figure in comparisons(report_of(tmp_path / after.name))}
    assert {name: figure.value for name, _, figure in comparisons(report_of(after))} == made


@each_pair
def test_its_comparison_figures_are_last_years(before: Path, after: Path) -> None:
    facts = known(report_of(before))
    assert [name for name, old, figure in comparisons(report_of(after)) if figure.value != facts[old]] == []


@each_pair
def test_it_is_said_to_be_an_example_and_no_mark_is_left(before: Path, after: Path) -> None:
    for path in after.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "〔待" not in text
        assert path.name == "结转记录.yaml" or (text.startswith("# 示例：") and "全部是示例" in text), path.name
    assert "**本年的数和文字全部是示例**" in (after / "README.md").read_text(encoding="utf-8")


@cache
def outline(folder: Path) -> str:
    return write_outline(report_of(folder).document)


@each_pair
def test_only_its_own_years_are_printed(before: Path, after: Path) -> None:
    """2021, and 2020 to compare with; the day of publication lies in 2022. 2019 stands in numbers of documents only."""
    text = re.sub(r"〔\d{4}〕|(?:公开时间|填报日期)：2022年\d+月\d+日", "", plain(outline(after)))
    years = set(re.findall(r"(?<![\d.])20\d\d(?=[年—-])", text))
    assert {"2021"} <= years <= {"2020", "2021"}
    assert not re.findall(r"(?<![\d.])20(?:1\d|2[2-9])(?![\d.])", text)


@each_pair
def test_no_sentence_of_last_year_is_left(before: Path, after: Path) -> None:
    """What is written anew each year is new: no sentence of last year's stands in such a text of this year."""

    def sentences(report: Examined) -> set[str]:
        yearly = {one.path for one in walk_fields(report.case.pack.form.fields) if one.yearly}
        return {
            sentence
            for fact in walk(report.case.facts)
            if isinstance(fact, Text) and not isinstance(fact, YesNo) and path_without_keys(fact.name) in yearly
            for sentence in re.split(r"[。；\n]", str(fact))
            if len(sentence) > 10
        }

    assert sentences(report_of(before)) & sentences(report_of(after)) == set()


def test_each_figure_of_last_year_is_printed_as_last_year_printed_it() -> None:
    before, now = figures(outline(FOLDER)), figures(outline(NEXT_FOLDER))
    again = {
        old: (now[name], before[old])
        for name, old, figure in comparisons(report_of(NEXT_FOLDER))
        if figure.value and name in now
    }
    assert again == {
        "收支总计.决算": ({"91.68"}, {"91.68"}),
        "财政拨款.决算": ({"91.68"}, {"91.68"}),
        "一般公共预算.合计": ({"91.68"}, {"91.68"}),
        "机关运行经费.决算": ({"11.53"}, {"11.53"}),
    }


def test_the_charts_begin_with_the_column_that_ended_last_years() -> None:
    """«2019年 36.57, 2020年 91.68» is followed by «2020年 91.68, 2021年 101.01»."""

    def columns(folder: Path) -> list[tuple[list[str], list[str]]]:
        found = re.findall(r"^C 柱形 .*\n  \| (.*)\n  [^|]*\| (.*)$", plain(outline(folder)), re.MULTILINE)
        return [(years.split(" | "), values.split(" | ")) for years, values in found]

    assert columns(NEXT_FOLDER)
    for (years, values), (next_years, next_values) in zip(columns(FOLDER), columns(NEXT_FOLDER), strict=True):
        assert (next_years[0], next_values[0]) == (years[1], values[1])


def test_the_two_reports_of_the_bureau_agree() -> None:
    """Names and money of the projects: 部门决算 2021 and 项目支出绩效自评表 2021."""
    accounts, projects = (report_of(folder) for folder in (NEXT_FOLDER, ROOT / "inputs" / "gongjing-projects-2021"))
    tables = known(projects)
    judged = {
        fact.name.removesuffix(".绩效评价")
        for fact in walk(accounts.case.facts)
        if isinstance(fact, YesNo) and str(fact) == "是"
    }
    spent = known(accounts)
    assert len(judged) == 6
    for name in judged:
        money = {column: tables[f"{name}.资金[当年财政拨款].全年{column}数"] for column in ("预算", "执行")}
        assert money == {column: spent[f"{name}.{column}"] for column in ("预算", "执行")}, name
