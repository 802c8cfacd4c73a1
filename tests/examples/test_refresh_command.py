"""`juesuan refresh` as an office runs it: a file edited in Word, a corrected figure, wrong pairs and files in use."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
import screen
from docx import Document
from gongjing import ACCOUNTS, FOLDER, ROOT, Change, copied, report_of
from screen import Shown

from generator.pipeline import build_word
from generator.word.read import read_facts_part
from generator.writers.libreoffice import SOFFICE_VARIABLE

LAST_YEAR = Change(ACCOUNTS, "上年: 365700.00", "上年: 966800.00", 3)


def juesuan(*words: object, soffice: Path | str = "/nowhere/soffice") -> Shown:
    """Without LibreOffice unless told."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, str(soffice))
        run = screen.juesuan(*words)
    assert "程序内部出错" not in run.text, run.text
    return run


@pytest.fixture(scope="module")
def generated() -> bytes:
    made = report_of(FOLDER)
    return build_word(made.document, made.case.pack).value.docx


@pytest.fixture
def edited(tmp_path: Path, generated: bytes) -> Path:
    """The report after a person has rewritten a sentence and added one."""
    document = Document(io.BytesIO(generated))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("2020年度收、支总计91.68"))
    paragraph.runs[-1].text = paragraph.runs[-1].text.replace("主要变动原因是", "究其原因，主要是")
    paragraph.insert_paragraph_before("本部门认真贯彻过紧日子的要求。")
    path = tmp_path / "报告.docx"
    document.save(str(path))
    return path


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    return copied(tmp_path / "更正后", LAST_YEAR)


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_a_corrected_figure_flows_into_the_edited_file(edited: Path, corrected: Path) -> None:
    before = edited.read_bytes()

    run = juesuan("refresh", edited, corrected)

    made = edited.with_name("报告（更新）.docx")
    assert run.status == 0, run.text
    assert f"已生成：{made}" in run.text
    assert "更新数字、措辞" in run.text
    assert edited.read_bytes() == before
    assert "本部门认真贯彻过紧日子的要求。" in texts(made)
    assert (
        "2020年度收、支总计91.68万元。与2019年96.68万元相比，收、支总计各减少5.00万元，下降5.17%。"
        "究其原因，主要是人员经费增加及公用经费增加。" in texts(made)
    )


def test_an_edited_draft_becomes_the_report(tmp_path: Path) -> None:
    """The gap is filled, a person's words stay; the page of gaps and the word 草稿 on every page are gone."""
    missing = copied(tmp_path / "缺一项", Change(ACCOUNTS, "收支总计:\n  上年: 365700.00", "收支总计:"))
    made = juesuan("build", missing, "--draft", "-o", tmp_path / "出")
    assert made.status == 0, made.text
    (draft,) = (tmp_path / "出").glob("*（草稿）.docx")
    document = Document(str(draft))
    next(p for p in document.paragraphs if p.text.startswith("2020年度收、支总计91.68")).add_run("（已经局务会研究）")
    document.save(str(draft))

    run = juesuan("refresh", draft, FOLDER)

    assert run.status == 0, run.text
    finished = draft.with_name(draft.name.replace("（草稿）", "（更新）"))
    assert texts(finished)[0] == "自贡市贡井区医疗保障局"
    assert "收、支总计各增加55.11万元，增长150.70%。" in "".join(texts(finished))
    assert "（已经局务会研究）" in "".join(texts(finished))
    assert len(Document(str(finished)).sections) == len(document.sections) - 1
    with zipfile.ZipFile(finished) as package:
        words = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert "草稿" not in words and "草　　稿" not in words and "待填" not in words


def test_the_contents_carry_measured_page_numbers(edited: Path, corrected: Path, libreoffice: Path) -> None:
    run = juesuan("refresh", edited, corrected, "--measure", "-o", edited.with_name("新.docx"), soffice=libreoffice)

    assert run.status == 0, run.text
    assert "按版面估算" not in run.text
    lines = [line for line in texts(edited.with_name("新.docx")) if "\t" in line and line[-1].isdigit()]
    assert "第一部分 部门概况\t4" in lines


def test_twice_is_once(edited: Path, corrected: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"

    juesuan("refresh", edited, corrected, "-o", first)
    run = juesuan("refresh", first, corrected, "-o", second)

    assert "更新数字、措辞 0 处。" in run.text
    assert first.read_bytes() == second.read_bytes()


def test_a_figure_typed_over_stays_and_is_reported(edited: Path, corrected: Path) -> None:
    document = Document(str(edited))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("2020年度收、支总计91.68"))
    next(run for run in paragraph.runs if run.text == "91.68").text = "92.00"
    document.save(str(edited))

    run = juesuan("refresh", edited, corrected, "--json")

    said = json.loads(run.text)
    assert [one["message"] for one in said["findings"] if one["code"] == "R021"] == [
        "第二部分 2020年度部门决算情况说明 › 一、收入支出决算总体情况说明："
        "手工把数改成了“92.00”，按填报数据应为 91.68，没有改动"
    ]
    assert [(one["kind"], one["theirs"], one["new"]) for one in said["remarks"]] == [
        ("overtyped", "92.00", "91.68"),
        ("contradiction", "增加", "减少（更正前是增加）"),  # in the reason that a person has reworded
    ]
    with zipfile.ZipFile(said["file"]) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert "手工改过的数“92.00”：按填报数据应为 91.68。" in comments


# -- wrong use --------------------------------------------------------------------------------------------------------
def refused(run: Shown, code: str, folder: Path, before: set[str]) -> str:
    assert run.status == 1, run.text
    assert f" {code} " in run.text, run.text
    assert {path.name for path in folder.iterdir()} == before
    return run.text


@pytest.mark.parametrize(
    ("code", "change", "said"),
    [
        ("R011", Change("基本情况.yaml", "  名称: 自贡市贡井区医疗保障局", "  名称: 自贡市大安区医疗保障局"), "大安区"),
        ("R012", Change("基本情况.yaml", "年度: 2020\n公开时间: 2021", "年度: 2021\n公开时间: 2022"), "roll-forward"),
    ],
)
def test_another_unit_or_year_is_refused(edited: Path, tmp_path: Path, code: str, change: Change, said: str) -> None:
    other = copied(tmp_path / "别的", change)
    before = {path.name for path in tmp_path.iterdir()}
    examined = juesuan("check", other)
    if "个错误" in examined.text:
        pytest.fail(examined.text)

    assert said in refused(juesuan("refresh", edited, other), code, tmp_path, before)


def test_another_report_is_refused(edited: Path, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}

    said = refused(juesuan("refresh", edited, ROOT / "inputs" / "taoyuan-2019"), "R010", tmp_path, before)

    assert "final-accounts-sichuan" in said and "performance-hunan" in said


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("R001", b"not a Word file"),
        ("R002", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("R003", None),
    ],
)
def test_files_that_are_not_ours_are_refused(
    edited: Path, corrected: Path, tmp_path: Path, code: str, content: bytes | None
) -> None:
    if content is None:
        foreign = Document()
        foreign.add_paragraph("别人做的报告")
        foreign.save(str(edited))
    else:
        edited.write_bytes(content)
    before = {path.name for path in tmp_path.iterdir()}

    refused(juesuan("refresh", edited, corrected), code, tmp_path, before)


def test_the_edited_file_is_never_the_result(edited: Path, corrected: Path, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}

    refused(juesuan("refresh", edited, corrected, "-o", edited), "R013", tmp_path, before)


def test_a_file_that_was_refreshed_can_be_refreshed_again(edited: Path, corrected: Path, tmp_path: Path) -> None:
    juesuan("refresh", edited, corrected)
    first = tmp_path / "报告（更新）.docx"
    content = first.read_bytes()

    run = juesuan("refresh", first, FOLDER)

    assert run.status == 0
    assert first.read_bytes() == content
    assert any(
        text.startswith("2020年度收、支总计91.68万元。与2019年36.57")
        for text in texts(tmp_path / "报告（更新）（更新）.docx")
    )


def test_an_open_file_is_named(edited: Path, corrected: Path, tmp_path: Path) -> None:
    (tmp_path / "~$报告.docx").write_bytes(b"")

    run = juesuan("refresh", edited, corrected)

    assert run.status == 0
    assert "R014" in run.text and "没有保存的改动读不到" in run.text


def test_a_file_changed_meanwhile_is_left_alone(edited: Path, corrected: Path, tmp_path: Path) -> None:
    """A person saves the file while page numbers are measured."""
    saves = tmp_path / "soffice"
    saves.write_text(f"#!/bin/sh\nprintf x >> '{edited}'\nexit 1\n", encoding="utf-8")
    saves.chmod(saves.stat().st_mode | stat.S_IXUSR)
    before = {path.name for path in tmp_path.iterdir()}

    said = refused(juesuan("refresh", edited, corrected, "--measure", soffice=saves), "R015", tmp_path, before)

    assert "又被改过" in said


def test_input_with_errors_is_refused(edited: Path, tmp_path: Path) -> None:
    wrong = copied(tmp_path / "错", Change(ACCOUNTS, "上年: 365700.00", "上年: 三十六万", 3))
    before = {path.name for path in tmp_path.iterdir()}

    run = juesuan("refresh", edited, wrong)

    assert run.status == 1
    assert "填报数据有错误，没有生成文件" in run.text
    assert {path.name for path in tmp_path.iterdir()} == before


def test_the_result_carries_the_new_facts(edited: Path, corrected: Path) -> None:
    juesuan("refresh", edited, corrected)

    facts = read_facts_part(edited.with_name("报告（更新）.docx").read_bytes())

    assert facts is not None
    assert next(one.value for one in facts.figures.values() if one.name == "收支总计.上年") == 966800
