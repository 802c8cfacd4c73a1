"""Two final accounts on the national nine tables, 普陀区规划和自然资源局 and 普陀区财政局 2024, beside the published.

`pytest --update-golden` rewrites the texts in putuo-planning-2024/ and putuo-finance-2024/; read the change first.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml
from told import every

from generator.cli import main
from generator.diagnostics import Diagnostic
from generator.document.nodes import Cell, Figure, Run, Table
from generator.lint.lint import lint_pack
from generator.pack import PackRoots, load_pack
from generator.pack.sources import gather
from generator.pipeline import Examined, build_word, examine
from generator.word.read import read_outline
from generator.writers.libreoffice import SOFFICE_VARIABLE
from generator.writers.outline import write_outline

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ROOTS = PackRoots.with_own(())
EXAMPLES = ("putuo-planning-2024", "putuo-finance-2024")
UNITS = {"putuo-planning-2024": "上海市普陀区规划和自然资源局", "putuo-finance-2024": "上海市普陀区财政局"}

Golden = Callable[[Path, str], None]
Report = tuple[Examined, tuple[Diagnostic, ...]]


def examined(folder: Path) -> Report:
    outcome = examine(folder, ROOTS)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value, outcome.diagnostics


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {name: examined(ROOT / "inputs" / name) for name in EXAMPLES}


@pytest.fixture(scope="module")
def outlines(reports: dict[str, Report]) -> dict[str, str]:
    return {name: write_outline(report.document) for name, (report, _) in reports.items()}


@pytest.fixture(scope="module")
def words(reports: dict[str, Report]) -> Iterator[dict[str, bytes]]:
    """The Word files, made without LibreOffice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
        found = {}
        for name, (report, _) in reports.items():
            built = build_word(report.document, report.case.pack).value
            assert built is not None
            found[name] = built.docx
        yield found


def printed(outline: str) -> str:
    return re.sub(r"‹(\S+) [^›]*›", r"\1", outline)


# -- the documents ----------------------------------------------------------------------------------------------------
def test_pack_has_no_fault() -> None:
    pack = load_pack("final-accounts-national", ROOTS)
    assert pack.value is not None
    assert [*pack.diagnostics, *lint_pack(pack.value, gather(pack.value.name, ROOTS))] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_outline(outlines: dict[str, str], golden: Golden, name: str) -> None:
    golden(HERE / name / "outline.txt", outlines[name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_published_figures_raise_no_finding(reports: dict[str, Report], name: str) -> None:
    assert reports[name][1] == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_word_file_is_valid_and_reads_back_as_written(
    words: dict[str, bytes], outlines: dict[str, str], validate_docx: Callable[[bytes], str], name: str
) -> None:
    assert validate_docx(words[name]) == ""
    assert read_outline(words[name]).splitlines() == outlines[name].splitlines()


HEADINGS = (
    *("第一部分 {}概况", "一、主要职能", "二、部门决算单位构成", "第二部分 {}⏎2024年度部门决算表"),
    *("一、收入支出决算总表", "二、收入决算表", "三、支出决算表", "四、财政拨款收入支出决算总表"),
    *("五、一般公共预算财政拨款支出决算表", "六、一般公共预算财政拨款基本支出决算表"),
    *("七、财政拨款“三公”经费支出决算表", "八、政府性基金预算财政拨款收入支出决算表"),
    *("九、国有资本经营预算财政拨款收入支出决算表", "第三部分 {}⏎2024年度部门决算情况说明"),
    *("一、收入支出决算总体情况说明", "二、收入决算情况说明", "三、支出决算情况说明"),
    *("四、财政拨款收入支出决算总体情况说明", "五、一般公共预算财政拨款支出决算情况说明"),
    *("（一）一般公共预算财政拨款支出决算总体情况", "（二）一般公共预算财政拨款支出决算结构情况"),
    *("（三）一般公共预算财政拨款支出决算具体情况", "六、一般公共预算财政拨款基本支出决算情况说明"),
    *("七、财政拨款“三公”经费支出决算情况说明", "（一）“三公”经费财政拨款支出决算总体情况说明"),
    *("（二）“三公”经费财政拨款支出决算具体情况说明", "八、政府性基金预算财政拨款收入支出决算情况说明"),
    *("九、国有资本经营预算财政拨款收入支出决算情况说明", "十、预算绩效管理情况", "十一、其他重要事项的情况说明"),
    *("（一）机关运行经费支出情况", "（二）政府采购支出情况", "（三）国有资产占有使用情况说明", "第四部分 名词解释"),
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings(outlines: dict[str, str], name: str) -> None:
    lines = [line for line in printed(outlines[name]).splitlines() if line.startswith("#")]
    assert [re.sub(r"^#+ (?:\[[^]]*\] )?", "", line) for line in lines] == [one.format(UNITS[name]) for one in HEADINGS]


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_a_template_or_form_is_left(outlines: dict[str, str], name: str) -> None:
    text = printed(outlines[name])
    for slip in (r"[。，、；：]{2}", r"\{\{|\}\}|\{%|待填|None|XX|××", r"下降（增长）|增长（减少）|（如有）"):
        assert re.findall(rf".{{0,12}}(?:{slip}).{{0,12}}", text) == []
    for line in text.splitlines():
        for left, right in ("（）", "“”", "《》"):
            assert line.count(left) == line.count(right), line


# -- the import -------------------------------------------------------------------------------------------------------
def leaves(entry: object, path: str = "") -> Iterator[tuple[str, str]]:
    """What a YAML file says, each value with its way; rows are named by their 科目."""
    if isinstance(entry, dict):
        for word, inner in entry.items():
            yield from leaves(inner, f"{path}.{word}")
    elif isinstance(entry, list):
        for row in entry:
            yield from leaves(row, f"{path}[{row['科目']}]")
    elif entry:
        yield path, str(entry)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_input_is_what_import_writes_with_the_gaps_filled(shared: Path, tmp_path: Path, name: str) -> None:
    source = shared / "published" / f"{name}.tables.xlsx"
    arguments = ["import", str(source), "--year", "2024", "--unit", "万元", "-o", str(tmp_path / name)]
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    written, kept = (
        dict(leaves(yaml.load((folder / "公开表.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)))
        for folder in (tmp_path / name, ROOT / "inputs" / name)
    )
    assert len(written) > 150
    seen = {way for way in written if way.startswith(".表式.")}
    assert len(seen) >= 3, "what the tables show of the form"
    assert {way: kept.get(way) for way in written if way not in seen} == {
        way: value for way, value in written.items() if way not in seen
    }


# -- the tables -------------------------------------------------------------------------------------------------------
def words_of(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Figure):
        return cell.text
    return "".join(piece.text for piece in cell if isinstance(piece, Run | Figure))


def tables_of(report: Examined) -> dict[str, list[list[str]]]:
    """The body of each table: the words and figures of its rows."""
    return {
        block.name: [[words_of(cell) for cell in row.cells] for row in block.body]
        for block in report.document.blocks
        if isinstance(block, Table)
    }


def published_tables(shared: Path, name: str) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(shared / "published" / f"{name}.tables.xlsx")
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def label(text: object) -> str:
    return re.sub(r"\s", "", str(text or ""))


def amount(cell: object) -> str:
    """As our tables print it: the published tables leave what is 0 blank in places."""
    return f"{Decimal(str(cell or 0)):.2f}"


def published_rows(rows: list[list[object]], columns: int, amounts: int) -> dict[str, list[str]]:
    """Code (or 合计) → the amounts of the row; codes stand in one column or in 类, 款 and 项."""
    found = {}
    for row in rows:
        code = "".join(label(cell) for cell in row[:columns] if label(cell).isdigit())
        total = "合计" in [label(cell) for cell in row[: columns + 1]]
        values = row[columns + 1 : columns + 1 + amounts]
        if (code or total) and all(cell is None or isinstance(cell, int | float) for cell in values):
            found[code or "合计"] = [amount(cell) for cell in values]
    return found


BY_ACCOUNT = {"收入决算表": 7, "支出决算表": 6, "一般公共预算财政拨款支出决算表": 3}


@pytest.mark.parametrize("table", BY_ACCOUNT)
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_row_by_account_is_the_published_one(
    reports: dict[str, Report], shared: Path, name: str, table: str
) -> None:
    columns = 3 if name == "putuo-finance-2024" else 1
    theirs = published_rows(published_tables(shared, name)[table], columns, BY_ACCOUNT[table])
    ours = {row[0]: row[2:] for row in tables_of(reports[name][0])[table]}
    assert len(theirs) > 15
    assert ours == theirs


@pytest.mark.parametrize("table", ["收入支出决算总表", "财政拨款收入支出决算总表"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_row_of_the_totals_is_the_published_one(
    reports: dict[str, Report], shared: Path, name: str, table: str
) -> None:
    def sides(rows: list[list[object]] | list[list[str]]) -> list[tuple[str, list[str]]]:
        filled = []
        for row in rows:
            for words, *values in (row[:2], row[2:]):
                if label(words):
                    filled.append((label(words), [amount(value or 0) for value in values]))
        return filled

    theirs = sides(published_tables(shared, name)[table][2:])
    assert sides(tables_of(reports[name][0])[table]) == theirs


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_economic_class_is_the_published_one(reports: dict[str, Report], shared: Path, name: str) -> None:
    table = "一般公共预算财政拨款基本支出决算表"
    theirs: dict[str, str] = {}
    for row in published_tables(shared, name)[table]:
        half = len(row) // 2
        for side in (row[:half], row[half:]):
            code = "".join(label(cell) for cell in side[:-1] if label(cell).isdigit()) or label(side[0])
            if isinstance(side[-1], int | float) or code[:3].isdigit():
                theirs[code] = amount(side[-1])
    rows = tables_of(reports[name][0])[table]
    ours = {side[0]: side[2] for row in rows for side in (row[:3], row[3:]) if side[0]}
    assert set(ours) >= set(theirs)
    assert {code: ours[code] for code in theirs} == theirs
    assert {ours[code] for code in set(ours) - set(theirs)} <= {"0.00"}  # 30306 in one of the two


def test_the_row_of_receptions_and_cars_is_the_published_one(reports: dict[str, Report], shared: Path) -> None:
    (*_, theirs) = published_tables(shared, "putuo-planning-2024")["财政拨款三公经费支出决算表"]
    ours = tables_of(reports["putuo-planning-2024"][0])["财政拨款三公经费支出决算表"]
    assert ours == [[amount(cell) for cell in theirs]]
    ours = tables_of(reports["putuo-finance-2024"][0])["财政拨款三公经费支出决算表"]
    assert ours == [["0.95", *["0.00"] * 9, "0.95", "0.00"]]


@pytest.mark.parametrize("name", EXAMPLES)
def test_empty_tables_say_so(reports: dict[str, Report], name: str) -> None:
    for block in reports[name][0].document.blocks:
        if isinstance(block, Table) and block.name.startswith(("政府性基金", "国有资本")):
            assert {cell for row in block.body for cell in map(words_of, row.cells)} == {"合计", "", "0.00"}
            assert "故本表无数据。" in words_of(block.notes[0])


# -- the narrative ----------------------------------------------------------------------------------------------------
SECTION = r"^(?:一|二|三|四|五|六|七|八|九|十|十一)、.*(?:情况说明|管理情况)$"
# What each section prints otherwise than the published text: its figures, then ours. inputs/*/README.md says why.
DIFFERENCES: dict[str, dict[str, tuple[str, str]]] = {
    "putuo-planning-2024": {
        # 99.868 and 95.457 were cut off; 236.64 is table 05, 236.63 tables 01 and 04
        "一般公共预算财政拨款支出决算情况说明": ("99.86 236.63 95.45", "99.87 236.64 95.46"),
        # the published text took 基本支出 of all funds
        "一般公共预算财政拨款基本支出决算情况说明": ("5377.64 4896.98", "5364.75 4884.09"),
        # no «完成预算0.00%» of a zero budget, twice; 购置公务用车0辆 is said besides
        "财政拨款“三公”经费支出决算情况说明": ("0.00", ""),
    },
    "putuo-finance-2024": {
        "财政拨款收入支出决算总体情况说明": ("0.3", "2961.68 63.14 2.09"),
        # 71.654 was printed as 71.73; how much of its budget each 科目 used is said besides
        "一般公共预算财政拨款支出决算情况说明": (
            "71.73",
            "100.00 100.00 100.00 71.65 96.91 99.52 99.78 98.95 99.46 99.47 97.91 99.70",
        ),
        "财政拨款“三公”经费支出决算情况说明": ("0.00 0.00", ""),
        "预算绩效管理情况": ("0 0", ""),
    },
}


def sections(text: str) -> dict[str, Counter[Decimal]]:
    """Heading → the figures below it, as numbers."""
    found: dict[str, Counter[Decimal]] = {}
    heading, body = "", ""
    for line in [*map(str.strip, text.splitlines()), "一、完情况说明"]:
        if re.match(SECTION, line):
            if heading:
                found[heading] = figures(body)
            heading, body = re.sub(r"^.*?、", "", line), ""
        else:
            body += line
    return found


def figures(body: str) -> Counter[Decimal]:
    body = re.sub(r"\s|(?<=\d),(?=\d{3})", "", body)
    body = re.sub(r"(?<![\d.])\d{1,2}[、.](?=\D)|20\d\d年(?:12月31日|末)?", "", body)
    return Counter(Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", body))


@pytest.mark.parametrize("name", EXAMPLES)
def test_figures_of_the_narrative_are_the_published_ones(outlines: dict[str, str], shared: Path, name: str) -> None:
    theirs = sections((shared / "published" / f"{name}.txt").read_text(encoding="utf-8"))
    narrative = re.split(r"(?m)^# 第[三四]部分 .*$", printed(outlines[name]))[1]
    ours = sections(re.sub(r"(?m)^(?:#+|P) ", "", narrative))
    assert list(ours) == list(theirs)
    found = {
        heading: (
            " ".join(map(str, (theirs[heading] - ours[heading]).elements())),
            " ".join(map(str, (ours[heading] - theirs[heading]).elements())),
        )
        for heading in theirs
        if theirs[heading] != ours[heading]
    }
    assert found == DIFFERENCES[name]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_figure_that_differs_is_explained_beside_the_input(name: str) -> None:
    readme = (ROOT / "inputs" / name / "README.md").read_text(encoding="utf-8")
    for heading, (theirs, ours) in DIFFERENCES[name].items():
        assert heading in readme
        for number in {*theirs.split(), *ours.split()} - {"0", "0.00", "100.00"}:
            assert number in readme, number


# -- other years, other places ----------------------------------------------------------------------------------------
def changed(tmp_path: Path, *, year: int, tables: str = "") -> Report:
    """The example of 规划和自然资源局 in another year, with the look of tables that the year has by itself."""
    folder = tmp_path / str(year)
    shutil.copytree(ROOT / "inputs" / EXAMPLES[0], folder)
    basics, official = folder / "基本情况.yaml", folder / "公开表.yaml"
    text = basics.read_text(encoding="utf-8")
    text = re.sub(r"(?ms)^表式:.*?\n\n", "\n", text)
    basics.write_text(text, encoding="utf-8")
    text = official.read_text(encoding="utf-8").replace("年度: 2024", f"年度: {year}")
    official.write_text(text + tables, encoding="utf-8")
    return examined(folder)


def numbered_tables(report: Report) -> list[tuple[str, str]]:
    return [
        (words_of(block.number).strip(), words_of(block.title) or block.name)
        for block in report[0].document.blocks
        if isinstance(block, Table) and block.unit
    ]


FIRST_SIX = ("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表")


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2019, ["公开07表", "公开08表"]),
        (2021, ["公开07表", "公开08表", "公开09表"]),
        (2024, ["公开07表", "公开08表", "公开09表"]),
    ],
)
def test_numbers_of_tables_by_year(tmp_path: Path, year: int, last: list[str]) -> None:
    found = numbered_tables(changed(tmp_path, year=year))
    assert [number for number, _ in found] == [f"公开0{n}表" for n in range(1, 7)] + last


def headings_of(report: Report) -> list[str]:
    outline = printed(write_outline(report[0].document))
    return [line.split("] ", 1)[1] for line in outline.splitlines() if line.startswith("## [附表标题]")]


def test_order_of_tables_by_year(tmp_path: Path) -> None:
    before, after = headings_of(changed(tmp_path, year=2022)), headings_of(changed(tmp_path, year=2023))
    assert before[6:] == [
        "七、一般公共预算财政拨款“三公”经费支出决算表",
        "八、政府性基金预算财政拨款收入支出决算表",
        "九、国有资本经营预算财政拨款支出决算表",
    ]
    assert after[6:] == [
        "七、政府性基金预算财政拨款收入支出决算表",
        "八、国有资本经营预算财政拨款支出决算表",
        "九、财政拨款“三公”经费支出决算表",
    ]
    assert headings_of(changed(tmp_path, year=2019))[6:] == before[6:8]


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (
            2018,
            ("九、医疗卫生与计划生育支出", "十四、资源勘探信息等支出", "十八、国土海洋气象等支出", "二十一、其他支出"),
        ),
        (2019, ("九、卫生健康支出", "十四、资源勘探信息等支出", "十八、自然资源海洋气象等支出", "二十二、其他支出")),
        (
            2020,
            ("九、卫生健康支出", "十四、资源勘探工业信息等支出", "二十六、抗疫特别国债安排的支出", "二十三、其他支出"),
        ),
    ],
)
def test_names_of_classes_by_year(tmp_path: Path, year: int, names: tuple[str, ...]) -> None:
    rows = tables_of(changed(tmp_path, year=year)[0])["收入支出决算总表"]
    assert set(names) <= {row[2] for row in rows}
    income = [row[0] for row in rows if row[0]]
    assert ("三、国有资本经营预算财政拨款收入" in income) == (year >= 2020)
    assert ("使用非财政拨款结余" in income) == (year >= 2019)


FUNDS = """
政府性基金收支:
  - {科目: "2120801", 年初结转和结余: 5, 本年收入: 20, 项目支出: 22, 用途: 征地补偿}
"""


def test_funds_are_told_and_missed_where_they_belong(tmp_path: Path) -> None:
    report = changed(tmp_path, year=2024, tables=FUNDS)
    text = printed(write_outline(report[0].document))
    assert "年初结转和结余5.00万元，本年收入20.00万元，本年支出22.00万元，年末结转和结余3.00万元。" in text
    assert "（项）支出决算为22.00万元，主要用于征地补偿。" in text
    codes = {one.code for one in report[1]}
    assert codes == {"X34-FUND", "F004"}  # the tables of 收入 and 支出 were left as they were


# -- one wrong figure -------------------------------------------------------------------------------------------------
DEFECTS = (
    ("财政拨款收入: 2739.56", "财政拨款收入: 2793.56", {"F004", "T4-TO"}),  # digits swapped in table 02
    ("决算: 3845.25", "决算: 3845.35", {"F004", "T1-OUT"}),  # a class of table 01
    ("合计: 9759.38", "合计: 9579.38", {"F004", "T3-TREE"}),  # the total of table 03
    ("人员经费: 4884.09", "人员经费: 4896.98", {"F004", "X56"}),  # the slip of the published text
    ("决算: 84.62", "决算: 8.462", {"F004"}),  # a decimal point in table 06
    ("年末结转和结余: 100.00", "年末结转和结余: 0.00", {"F004"}),
    ("    国内支出: 0.39", "    国内支出: 3.90", {"TN-7-RECEPTION"}),
    ("上年: 8796.53", "上年: 879.65", {"TN-1-PRIOR"}),
    ('科目: "2120201 城乡社区规划与管理"  # 支出', '科目: "2120203 小城镇基础设施建设"  # 支出', {"X34-MISSING"}),
)


@pytest.mark.parametrize(("right", "wrong", "codes"), DEFECTS, ids=[wrong for _, wrong, _ in DEFECTS])
def test_one_wrong_figure_is_found(tmp_path: Path, right: str, wrong: str, codes: set[str]) -> None:
    folder = tmp_path / "input"
    shutil.copytree(ROOT / "inputs" / EXAMPLES[0], folder)
    file = folder / "公开表.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    outcome = examine(folder, ROOTS)
    assert {one.code for one in every(outcome.diagnostics)} >= codes
    line = text[: text.index(right)].count("\n") + 1
    assert line in {place.line for one in outcome.diagnostics for place in one.places}
