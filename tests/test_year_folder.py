"""A unit's year as a folder: 区医保局/2020/决算, 区医保局/2020/项目, and what both share in 本单位.yaml."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from every import some
from example_packs import EXAMPLES, INPUTS
from screen import juesuan

from generator.between.meanings import Meaning, Told, disagreements
from generator.case import Case, read_case, read_input
from generator.diagnostics import Diagnostic, Severity
from generator.expressions.environment import evaluation_names
from generator.pack import PackRoots
from generator.quantity import Quantity
from generator.year_folder import YearFound, examine_year, year_folder

ROOTS = PackRoots.with_own(())
PROJECTS = ("DRGs项目经费", "紧密医联体建设试点", "居民职工基金征收监管", "医保基金监管", "医疗救助监管")


def work_folder(tmp_path: Path, year: int = 2020) -> Path:
    folder = tmp_path / "区医保局" / str(year)
    for name, example in (("决算", f"gongjing-{year}"), ("项目", f"gongjing-projects-{year}")):
        shutil.copytree(INPUTS / example, folder / name, ignore=shutil.ignore_patterns("README.md"))
    return folder


def change(file: Path, old: str, new: str, count: int = 1) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def found(folder: Path) -> YearFound:
    seen = year_folder(folder)
    assert seen.value is not None
    assert seen.diagnostics == ()
    return examine_year(seen.value, ROOTS)


def between(folder: Path) -> list[Diagnostic]:
    return list(found(folder).between)


def said(diagnostics: list[Diagnostic]) -> list[str]:
    return [f"{one.code} {'；'.join(map(str, one.places))} {one.message}" for one in diagnostics]


# -- what the reports say of the same things --------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_examples_are_two_reports_of_one_year(tmp_path: Path, year: int) -> None:
    shown = juesuan("check", work_folder(tmp_path, year))
    assert shown.status == 0
    assert "【决算】部门决算编制的说明（四川省）\n" in shown.text
    assert "【项目】项目支出绩效自评表（财预〔2020〕10号）\n没有发现问题。\n" in shown.text
    assert "【各报告之间】\n没有发现问题。\n\n2份报告，" in shown.text


def test_a_changed_execution_is_one_error_at_both_cells(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    change(folder / "项目" / "项目.yaml", "全年执行数: 30000.00", "全年执行数: 29000.00")
    shown = juesuan("check", folder)
    assert shown.status == 1
    assert shown.text.partition("【各报告之间】\n")[2] == (
        "错误 C050  决算/绩效.yaml 第34行\n"
        "    “DRGs项目经费”的项目全年执行数在各报告里不一致：决算 3.00万元，项目 2.90万元\n"
        "    请核对是哪一份填错，改成一致\n"
        "    涉及：项目/项目.yaml 第17行\n"
        "共1个错误。\n"
        "\n2份报告，1个错误、4个提示。\n"
    )


@pytest.mark.parametrize("project", some(range(len(PROJECTS)), 3))
@pytest.mark.parametrize("column", ["全年预算数", "全年执行数"])
def test_every_amount_of_every_project_is_compared(tmp_path: Path, project: int, column: str) -> None:
    folder = work_folder(tmp_path)
    file = folder / "项目" / "项目.yaml"
    pieces = re.split(rf"({column}: )", file.read_text(encoding="utf-8"))
    pieces[2 * project + 2] = re.sub(r"^[\d.]+", "123456.00", pieces[2 * project + 2])
    file.write_text("".join(pieces), encoding="utf-8")
    (one,) = between(folder)
    assert one.code == "C050"
    assert one.message.startswith(f"“{PROJECTS[project]}”的项目{column}在各报告里不一致：决算 ")
    assert one.message.endswith("，项目 12.35万元")
    assert [place.file for place in one.places] == ["决算/绩效.yaml", "项目/项目.yaml"]


@pytest.mark.parametrize(
    ("executed", "told"), [("30000.00", 0), ("30049.99", 0), ("29950.00", 0), ("30050.00", 1), ("29949.99", 1)]
)
def test_what_is_printed_alike_agrees(tmp_path: Path, executed: str, told: int) -> None:
    """Both print 万元 with two decimals: 3.00."""
    folder = work_folder(tmp_path)
    change(folder / "项目" / "项目.yaml", "全年执行数: 30000.00", f"全年执行数: {executed}")
    assert len(between(folder)) == told


def test_unit_and_year_are_compared(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    change(folder / "项目" / "项目.yaml", "名称: 自贡市贡井区医疗保障局", "名称: 自贡市贡井区医保局")
    change(folder / "项目" / "项目.yaml", "年度: 2020", "年度: 2021")
    assert said(between(folder)) == [
        "C050 决算/基本情况.yaml 第13行；项目/项目.yaml 第12行 单位名称在各报告里不一致："
        "决算 “自贡市贡井区医疗保障局”，项目 “自贡市贡井区医保局”",
        "C050 决算/基本情况.yaml 第9行；项目/项目.yaml 第9行 年度在各报告里不一致：决算 2020年度，项目 2021年度",
    ]


def test_a_project_under_nearly_the_same_name_is_asked_about(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    change(folder / "项目" / "项目.yaml", "名称: DRGs项目经费", "名称: DRG项目经费")
    change(folder / "项目" / "项目.yaml", "名称: 医疗救助监管", "名称: 医疗 救助监管")
    (one,) = between(folder)
    assert (one.code, one.severity) == ("C051", Severity.WARNING)
    assert one.message == "决算的“DRGs项目经费”，项目里没有，却有“DRG项目经费”，两份报告没有对照"


def test_three_reports_of_which_one_says_otherwise(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    shutil.copytree(folder / "项目", folder / "项目（报财政局）")
    change(folder / "项目" / "项目.yaml", "全年执行数: 10000.00", "全年执行数: 10100.00")
    assert [one.message for one in between(folder)] == [
        "“医保基金监管”的项目全年执行数在各报告里不一致：决算、项目（报财政局） 1.00万元，项目 1.01万元",
    ]


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_a_report_agrees_with_its_own_copy_and_not_with_one_of_a_thousandfold_amounts(example: str) -> None:
    """Of every pack: whatever it calls the same as other reports and is not 0, is found when it is changed."""
    case, larger = _case(example, {}), _case(example, {"元": "千元", "万元": "亿元"})
    pack = case.pack
    told = [Told(n, one.facts, pack.meanings, pack.report.printing, {}) for n, one in (("甲", case), ("乙", larger))]
    assert disagreements([told[0], told[0]]).findings == ()
    messages = [one.message for one in disagreements(told).findings]
    amounts = {meaning.name for meaning in pack.meanings} - {"编制人数", "在职人数", "项目得分", "整体自评得分"}
    stated = {name for _, name in disagreements(told).meanings} & amounts
    missed = [name for name in sorted(stated) if not any(f"{name}在各报告里不一致" in message for message in messages)]
    zero = {one.name for one in pack.meanings if _is_zero(one, case)}
    assert set(missed) <= zero
    assert stated or not amounts


def _is_zero(meaning: Meaning, case: Case) -> bool:
    value = meaning.value.value(evaluation_names(case.facts)) if meaning.rows is None else None
    return isinstance(value, Quantity) and value == 0


def _case(example: str, units: dict[str, str]) -> Case:
    files = read_input(INPUTS / example).value
    assert files is not None
    unit = re.compile("^金额单位: (.+)$", re.MULTILINE)
    texts = ((name, unit.sub(lambda m: f"金额单位: {units.get(m[1], m[1])}", text)) for name, text in files.texts)
    files = replace(files, texts=tuple(texts))
    case = read_case(files, ROOTS, {}).value
    assert case is not None
    return case


# -- what they share --------------------------------------------------------------------------------------------------

UNIT = "单位:\n  名称: 自贡市贡井区医疗保障局\n"
SHARED = """\
年度: 2020
单位:
  名称: 自贡市贡井区医疗保障局
  简称: 贡井区医疗保障局
公开时间: 2021-10-26
"""


def sharing(tmp_path: Path, shared: str) -> Path:
    """What 本单位.yaml says stands in no report any more."""
    folder = work_folder(tmp_path)
    (folder / "本单位.yaml").write_text(shared, encoding="utf-8")
    about, projects = folder / "决算" / "基本情况.yaml", folder / "项目" / "项目.yaml"
    for line in (
        "年度: 2020\n",
        "公开时间: 2021-10-26\n",
        "  名称: 自贡市贡井区医疗保障局\n",
        "  简称: 贡井区医疗保障局\n",
    ):
        change(about, line, "")
    change(projects, UNIT, "")
    change(projects, "年度: 2020\n", "")
    return folder


def test_what_stands_once_beside_the_reports_serves_all_of_them(tmp_path: Path) -> None:
    """简称 and 公开时间 are words of one form only; the other leaves them out."""
    year = found(sharing(tmp_path, SHARED))
    assert year.between == ()
    assert [one.severity for one in year.findings if one.severity.stops] == []
    names = [one.examined.document.meta.author for one in year.reports if one.examined is not None]
    assert names == ["自贡市贡井区医疗保障局"] * 2


def test_one_report_by_itself_has_what_is_shared_too(tmp_path: Path) -> None:
    folder = sharing(tmp_path, SHARED)
    assert juesuan("check", folder / "决算").status == 0
    assert juesuan("build", folder / "项目", "-o", tmp_path / "输出").status == 0


def test_a_report_that_says_the_same_itself(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    (folder / "本单位.yaml").write_text(SHARED, encoding="utf-8")
    assert [one for one in found(folder).findings if one.severity.stops] == []


def test_a_report_that_says_something_else_is_an_error_at_both_places(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    (folder / "本单位.yaml").write_text(SHARED.replace("2021-10-26", "2021-10-25"), encoding="utf-8")
    stopping = [one for one in found(folder).findings if one.severity.stops]
    assert said(stopping) == [
        "I024 决算/基本情况.yaml 第10行；本单位.yaml 第5行 "
        "“公开时间”在“基本情况.yaml”、“本单位.yaml”中都填写了，内容不一样"
    ]


def test_a_name_that_no_report_knows(tmp_path: Path) -> None:
    folder = sharing(tmp_path, f"{SHARED}公开时问: 2021-10-26\n")
    (one,) = between(folder)
    assert one.severity is Severity.ERROR
    assert said([one]) == ["I020 本单位.yaml 第6行 没有“公开时问”这一项"]
    assert one.hint == "您是否指“公开时间”？"


def test_an_amount_that_is_shared_says_its_unit(tmp_path: Path) -> None:
    folder = sharing(tmp_path, f"{SHARED}机关运行经费: {{上年: 96120}}\n")
    assert "I028" in [one.code for one in found(folder).findings]
    folder = sharing(tmp_path / "二", f"金额单位: 元\n{SHARED}机关运行经费: {{上年: 96120}}\n")
    assert [one for one in found(folder).findings if one.severity.stops] == []


def test_a_workbook_that_is_shared(tmp_path: Path) -> None:
    """A sheet of a workbook that `new` made, under the name 本单位.xlsx."""
    folder = sharing(tmp_path, SHARED)
    (folder / "本单位.yaml").unlink()
    juesuan("new", "final-accounts-sichuan", "--year", 2020, "-o", tmp_path / "空白.xlsx")
    book = openpyxl.load_workbook(tmp_path / "空白.xlsx")
    for sheet in book.sheetnames:
        if sheet not in ("填报说明", "1 部门信息"):
            del book[sheet]
    unit = "自贡市贡井区医疗保障局"
    filled = {"决算年度": 2020, "公开时间": "2021-10-26", "单位全称": unit, "单位简称": "贡井区医疗保障局"}
    for label, cell in (row for sheet in book for row in sheet.iter_rows(min_col=1, max_col=2)):
        if label.value in filled:
            cell.value = filled[label.value]
    book.save(folder / "本单位.xlsx")
    year = found(folder)
    assert [f"{one.code} {one.message}" for one in year.findings if one.severity.stops] == []


# -- shapes -----------------------------------------------------------------------------------------------------------


def test_files_alone_are_reports_when_they_name_different_ones(tmp_path: Path) -> None:
    folder = tmp_path / "2020"
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted((INPUTS / "gongjing-2020").glob("*.yaml"))]
    head = "报告: final-accounts-sichuan\n金额单位: 元\n"
    texts = [re.sub("^(报告|金额单位): .*\n", "", text, flags=re.MULTILINE) for text in texts]
    (folder / "决算.yaml").write_text(head + "".join(texts), encoding="utf-8")
    shutil.copy(INPUTS / "gongjing-projects-2020" / "项目.yaml", folder)
    assert [one.report.name for one in found(folder).reports] == ["决算", "项目"]
    assert between(folder) == []
    change(folder / "项目.yaml", "全年执行数: 30000.00", "全年执行数: 20000.00")
    (one,) = between(folder)
    assert [place.file for place in one.places] == ["决算.yaml", "项目.yaml"]


def test_the_input_of_one_report_is_read_as_ever(tmp_path: Path) -> None:
    """Several files, a folder with a copy of them, a folder with something else."""
    folder = tmp_path / "决算"
    shutil.copytree(INPUTS / "gongjing-2020", folder)
    shutil.copytree(INPUTS / "gongjing-2020", folder / "备份")
    (folder / "资料").mkdir()
    (folder / "资料" / "说明.yaml").write_text("备忘: 无\n", encoding="utf-8")
    assert year_folder(folder).value is None
    assert juesuan("check", folder).text == juesuan("check", INPUTS / "gongjing-2020").text


def test_a_report_beside_the_folder_of_another(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    shutil.move(folder / "项目" / "项目.yaml", folder / "项目.yaml")
    shutil.rmtree(folder / "项目")
    change(folder / "项目.yaml", "全年执行数: 30000.00", "全年执行数: 20000.00")
    assert [one.report.name for one in found(folder).reports] == ["项目", "决算"]
    assert [one.code for one in between(folder)] == ["C050"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "."), "O039  \n    “区医保局”里是几个年度：2020、2021\n    请写到年度，如 区医保局/2020"),
        (("explain", "2020", "55.11"), "O038  \n    “区医保局/2020”是一个单位一年的文件夹，里面的报告有：决算、项目"),
        (("roll-forward", "2020"), "O038"),
        (("build", "2020", "-o", "全部.docx"), "O042  \n    “区医保局/2020”里有2份报告，一个文件名只够一份"),
        (("build", "2020", "--redline", "2020/决算/收支.yaml"), "里有2份报告，一个旧文件只对得上一份"),
    ],
)
def test_what_a_folder_is_told_that_a_command_cannot_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    for year in (2020, 2021):
        work_folder(tmp_path, year)
    monkeypatch.chdir(tmp_path)
    unit = Path("区医保局")
    paths = [str(unit / word) if word[:4] == "2020" or word == "." else word for word in words]
    shown = juesuan(*paths)
    assert shown.status != 0
    assert told.replace("  \n", "\n") in shown.text.replace("  \n", "\n")


def test_a_file_of_which_nobody_knows_the_report(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    (folder / "职能.yaml").write_text("主要职能: [贯彻落实]\n", encoding="utf-8")
    shown = juesuan("check", folder)
    assert shown.status == 1
    assert "错误 O041  职能.yaml\n" in shown.text
    assert "“区医保局/2020/职能.yaml”没有写明属于哪一份报告" in shown.text.replace(f"{tmp_path}/", "")


def test_a_folder_of_material_is_passed_over_and_told(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    (folder / "原始表").mkdir()
    openpyxl.Workbook().save(folder / "原始表" / "公开表.xlsx")
    shown = juesuan("check", folder)
    assert shown.status == 0
    assert "警告 O043  原始表\n" in shown.text
    assert "2份报告，1个警告、4个提示。" in shown.text


# -- build and JSON ---------------------------------------------------------------------------------------------------


def test_build_makes_every_report_and_none_while_they_disagree(tmp_path: Path) -> None:
    folder, output = work_folder(tmp_path), tmp_path / "输出"
    shown = juesuan("build", folder, "-o", output)
    assert shown.status == 0
    kinds = [f"2020-自贡市贡井区医疗保障局-{kind}.docx" for kind in ("部门决算编制说明", "项目支出绩效自评表")]
    assert sorted(path.name for path in output.glob("*.docx")) == kinds
    alone = tmp_path / "单份"
    juesuan("build", folder / "决算", "-o", alone)
    assert (alone / kinds[0]).read_bytes() == (output / kinds[0]).read_bytes()
    change(folder / "项目" / "项目.yaml", "全年执行数: 30000.00", "全年执行数: 20000.00")
    shown = juesuan("build", folder, "-o", tmp_path / "不应有")
    assert shown.status == 1
    assert "各报告之间不一致，没有生成文件" in shown.text
    assert not (tmp_path / "不应有").exists()


def test_check_as_json(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    change(folder / "项目" / "项目.yaml", "全年执行数: 30000.00", "全年执行数: 20000.00")
    shown = juesuan("check", folder, "--json")
    assert shown.status == 1
    data = json.loads(shown.text)
    assert data["counts"] == {"错误": 1, "待填": 0, "警告": 0, "提示": 4}
    assert [one["report"] for one in data["reports"]] == ["决算", "项目"]
    assert [len(one["findings"]) for one in data["reports"]] == [4, 0]
    assert [one["code"] for one in data["between"]["findings"]] == ["C050"]
    assert data["between"]["findings"][0]["places"][0] == {"file": "决算/绩效.yaml", "line": 34}
    codes = {check["code"] for one in data["reports"][1]["not_checked"] for check in one["checks"]}
    assert "P-XFIN" not in codes  # the folder has checked it


def test_annotated_copies_hold_what_is_between_the_reports(tmp_path: Path) -> None:
    folder = work_folder(tmp_path)
    book = tmp_path / "项目.xlsx"
    juesuan("new", "project-performance", "--year", 2020, "--example", folder / "项目", "-o", book)
    shutil.rmtree(folder / "项目")
    filled = openpyxl.load_workbook(book)
    money = filled["2 项目"]
    cell = next(one for row in money.iter_rows() for one in row if one.value == 30000)
    last = [one for one in money[cell.row] if one.value == 30000][-1]
    last.value = 20000
    filled.save(folder / "项目.xlsx")
    juesuan("check", folder, "--annotate")
    copy = openpyxl.load_workbook(folder / "项目（核对意见）.xlsx")
    note = copy["2 项目"][last.coordinate].comment
    assert note is not None
    assert "“DRGs项目经费”的项目全年执行数在各报告里不一致：项目 2.00万元，决算 3.00万元" in note.text
    assert len(found(folder).reports) == 2  # the copy is no report


# -- the page about it ------------------------------------------------------------------------------------------------

PAGE = (INPUTS.parent / "docs" / "一个单位一年的文件夹.md").read_text(encoding="utf-8")


def test_what_the_page_shows_is_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = work_folder(tmp_path)
    change(folder / "项目" / "项目.yaml", "全年执行数: 30000.00", "全年执行数: 29000.00")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^juesuan .*$", PAGE, re.MULTILINE)
    assert commands == ["juesuan check 区医保局/2020", "juesuan build 区医保局/2020 -o 输出"]
    shown = re.findall(r"^    (?:【|错误|共1|    “|    请|    涉).*$", PAGE, re.MULTILINE)
    printed = juesuan(*commands[0].split()[1:]).text.split("\n")
    assert len(shown) == 6
    assert [line for line in shown if line[4:] not in printed] == []
    change(folder / "项目" / "项目.yaml", "全年执行数: 29000.00", "全年执行数: 30000.00")
    (folder / "本单位.yaml").write_text(PAGE.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    assert juesuan(*commands[1].split()[1:]).status == 0
