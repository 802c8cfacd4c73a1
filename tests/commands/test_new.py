"""`juesuan new`: blank forms, and the twin of an existing input."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from support import pack_folder

from generator.case import Case, read_case, read_input
from generator.commands.new import command
from generator.facts.fact import walk
from generator.pack import PackRoots
from generator.pipeline import examine
from generator.quantity import Quantity

INPUTS = sorted(p for p in (Path(__file__).resolve().parents[2] / "inputs").iterdir() if list(p.glob("*.yaml")))

FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数, 必填: 是}, 上年: {类型: 金额, 标签: 上年数}}}
项目:
  标签: 项目
  行: {必填: 是, 主键: 名称, 字段: {名称: {类型: 文字, 标签: 名称}, 数: {类型: 个数, 标签: 数, 必填: 是}}}
备注: {标签: 备注, 行: {字段: {内容: {类型: 长文, 标签: 内容, 必填: 是}}}}
"""


@pytest.fixture
def new(tmp_path: Path) -> Callable[..., Result]:
    pack_folder(tmp_path / "templates", fields=FIELDS)

    def run(*arguments: object) -> Result:
        own = ["--templates", str(tmp_path / "templates")]
        return CliRunner().invoke(command, [*map(str, arguments), *own], catch_exceptions=False)

    return run


def case_of(path: Path, own: Path | None = None) -> tuple[Case, list[str]]:
    files = read_input(path)
    assert files.value is not None
    read = read_case(files.value, PackRoots.with_own((own,) if own else ()), {})
    assert read.value is not None, read.diagnostics
    return read.value, [one.code for one in (*files.diagnostics, *read.diagnostics)]


def facts_of(case: Case) -> dict[str, object]:
    """Name → value, unit and how exactly it is known; words for the rest."""
    return {
        fact.name: (fact.value, fact.unit, fact.error) if isinstance(fact, Quantity) else (type(fact), str(fact))
        for fact in walk(case.facts)
    }


def test_a_blank_workbook_for_the_year(new: Callable[..., Result], tmp_path: Path) -> None:
    made = new("example", "--year", 2023, "-o", tmp_path / "填报")
    assert (made.exit_code, made.output) == (0, f"已生成：{tmp_path / '填报' / '2023-example-填报.xlsx'}\n")
    front = load_workbook(tmp_path / "填报" / "2023-example-填报.xlsx")["填报说明"]
    assert [front.cell(row, 2).value for row in (4, 5, 6)] == ["example", 2023, "万元"]


def test_a_blank_yaml_file_is_read_and_only_lacks_what_is_required(new: Callable[..., Result], tmp_path: Path) -> None:
    made = new("example", "--yaml", "--year", 2023, "-o", tmp_path / "我的.yaml")
    assert made.exit_code == 0
    text = (tmp_path / "我的.yaml").read_text(encoding="utf-8")
    assert "  决算:  # 决算数；金额；必填\n" in text
    assert "#   - 内容:  # 长文；必填\n" in text
    case, codes = case_of(tmp_path / "我的.yaml", tmp_path / "templates")
    assert str(case.facts["年度"].value) == "2023"
    assert set(codes) <= {"F002", "F003", "F006"} and len(codes) >= 2


def test_a_year_is_proposed(new: Callable[..., Result], tmp_path: Path) -> None:
    made = new("example", "-o", tmp_path / "空白.xlsx")
    assert made.exit_code == 0
    assert 2020 <= load_workbook(tmp_path / "空白.xlsx")["填报说明"]["B5"].value <= 2100


def test_a_file_that_a_person_has_filled_in_is_not_overwritten(new: Callable[..., Result], tmp_path: Path) -> None:
    target = tmp_path / "空白.xlsx"
    new("example", "--year", 2023, "-o", target)
    target.write_bytes(target.read_bytes() + b"\0")
    made = new("example", "--year", 2023, "-o", target)
    assert "O020" in made.output and (tmp_path / "空白（2）.xlsx").exists()


def test_an_unknown_pack(new: Callable[..., Result]) -> None:
    made = new("exmaple")
    assert made.exit_code == 1 and "没有生成文件。" in made.output


def test_a_pack_that_others_build_on(new: Callable[..., Result]) -> None:
    made = new("performance")
    assert made.exit_code == 1 and "T119" in made.output


def test_an_example_of_another_report(new: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "数据.yaml").write_text("报告: other\n年度: 2020\n", encoding="utf-8")
    made = new("example", "--example", tmp_path / "数据.yaml")
    assert made.exit_code == 1 and "X031" in made.output and "做的是“other”" in made.output


def test_what_the_form_cannot_take_is_said(new: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "数据.yaml").write_text("报告: example\n收支: {结算: 1}\n", encoding="utf-8")
    made = new("example", "--example", tmp_path / "数据.yaml")
    assert made.exit_code == 1 and "I020" in made.output


def test_an_example_that_is_not_there(new: Callable[..., Result], tmp_path: Path) -> None:
    made = new("example", "--example", tmp_path / "没有")
    assert made.exit_code == 1 and "O031" in made.output


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
@pytest.mark.parametrize("folder", INPUTS, ids=lambda path: path.name)
def test_the_twin_of_every_example_holds_the_same_facts(folder: Path, suffix: str, tmp_path: Path) -> None:
    case, _ = case_of(folder)
    arguments = [case.pack.name, "--example", str(folder), "-o", str(tmp_path / f"twin{suffix}")]
    made = CliRunner().invoke(command, arguments + (["--yaml"] if suffix == ".yaml" else []), catch_exceptions=False)
    assert made.exit_code == 0, made.output
    twin, _ = case_of(tmp_path / f"twin{suffix}")
    assert facts_of(twin) == facts_of(case)


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_a_rolled_input_made_into_another_form_still_remembers_last_year(suffix: str, tmp_path: Path) -> None:
    """A comparison figure that someone changes is told in the workbook as it is in the folder it was made from."""
    source, made = tmp_path / "甲-2021", tmp_path / "新" / f"填报{suffix}"
    shutil.copytree(next(path for path in INPUTS if path.name == "gongjing-2021"), source)
    accounts = source / "收支.yaml"
    text = accounts.read_text(encoding="utf-8")
    accounts.write_text(text.replace("上年: 916800.00", "上年: 926800.00", 1), encoding="utf-8")

    def warned(path: Path) -> list[str]:
        return [one.message for one in examine(path, PackRoots.with_own(())).diagnostics if one.code == "N021"]

    run = CliRunner().invoke(command, ["final-accounts-sichuan", "--example", str(source), "-o", str(made)])
    assert run.exit_code == 0, run.output
    assert (
        warned(made)
        == warned(source)
        == ["上年收、支总计填的是 926,800.00元，上年决算是 916,800.00元，相差 10,000.00元"]
    )

    run = CliRunner().invoke(
        command, ["final-accounts-sichuan", "--example", str(source), "--year", "2020", "-o", str(made)]
    )
    assert run.exit_code == 0, run.output


@pytest.mark.parametrize(("year", "said"), [(2019, True), (2020, False), (2021, False), (2022, True)])
def test_a_year_that_the_form_has_not_seen_is_told_at_once(tmp_path: Path, year: int, said: bool) -> None:
    pack_folder(tmp_path / "templates", fields=FIELDS, settings="年度: {自: 2020, 至: 2021}\n")
    own = ["--templates", str(tmp_path / "templates"), "-o", str(tmp_path / "填报.xlsx"), "--year", str(year)]
    made = CliRunner().invoke(command, ["example", *own])
    assert (f"警告 O036\n    {year}年度不在“示例报告”适用的年度（2020—2021）之内" in made.output) is said
    assert (made.exit_code, (tmp_path / "填报.xlsx").exists()) == (0, True)


def test_what_is_said_of_the_year_is_there_for_programs_too(tmp_path: Path) -> None:
    pack_folder(tmp_path / "templates", fields=FIELDS, settings="年度: {至: 2021, 以后: final-accounts-national}\n")
    own = ["--templates", str(tmp_path / "templates"), "-o", str(tmp_path / "填报.yaml"), "--year", "2024", "--json"]
    made = json.loads(CliRunner().invoke(command, ["example", *own]).output)
    assert [(one["code"], one["hint"]) for one in made["findings"]] == [
        ("O036", "2024年度请用“final-accounts-national”")
    ]
    assert made["file"] == str(tmp_path / "填报.yaml")
