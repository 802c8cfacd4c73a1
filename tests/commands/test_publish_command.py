"""`juesuan publish`: what it refuses, what it makes, what it keeps, what it says the next time."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html as lxml_html
from refresh_cases import built
from word_by_hand import text_of, w
from word_edits import (
    comment,
    edited,
    header_text,
    note,
    overtype,
    paragraph_behind,
    picture,
    retype,
    save_in_word,
    tracked_row,
    tracked_type,
)

from generator.commands.diff import command as diff
from generator.commands.publish import command
from generator.publishing.archive import published_in
from generator.word.parts import Parts

TYPED = "参保人数增加是主要原因"
NAME = "2020-自贡市贡井区医疗保障局-部门决算编制说明"
SAID = ("--approved", "2021-08-20", "--reviewed", "--day", "2021-09-01")
INPUTS = Path(__file__).resolve().parents[2] / "inputs" / "gongjing-2020"


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUESUAN_SOFFICE", "/nowhere/soffice")


@pytest.fixture(scope="module")
def worked_on() -> bytes:
    return edited(built("gongjing-2020", (), False), retype("人员经费增加", TYPED), save_in_word()).docx


def publish(*words: object, said: tuple[str, ...] = SAID) -> Result:
    result = CliRunner().invoke(command, [str(word) for word in (*words, *said)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told(*words: object, said: tuple[str, ...] = SAID) -> Any:
    return json.loads(publish(*words, "--json", said=said).stdout)


def paragraphs(docx: bytes) -> list[str]:
    parts = Parts(docx)
    return [text_of(one) for one in parts.tree(parts.document).iter(w("p"))]


def saved(folder: Path, docx: bytes) -> Path:
    path = folder / "报告.docx"
    path.write_bytes(docx)
    return path


def made(folder: Path, day: str = "2021-09-01") -> Path:
    return folder / f"{NAME}（公开{day}）"


# -- what is made ------------------------------------------------------------------------------------------------------
def test_the_words_stay_and_what_leads_behind_them_goes(
    worked_on: bytes, tmp_path: Path, validate_docx: Callable[[bytes], str]
) -> None:
    run = publish(saved(tmp_path, worked_on))

    assert run.exit_code == 0, run.output
    data = (made(tmp_path) / "公开" / f"{NAME}.docx").read_bytes()
    assert paragraphs(data) == paragraphs(worked_on)
    assert any(TYPED in words for words in paragraphs(data))
    with zipfile.ZipFile(made(tmp_path) / "公开" / f"{NAME}.docx") as archive:
        names, inside = archive.namelist(), b"".join(archive.read(name) for name in archive.namelist())
    assert not [name for name in names if "customXml" in name or "comments" in name]
    for trace in (b"juesuan:facts", b'w:name="_f', b'w:name="_p', b"rsid", b"\xe7\x8e\x8b\xe6\x99\x93\xe4\xb8\xbd"):
        assert trace not in inside, trace
    assert validate_docx(data) == ""
    root = Parts(data).tree("word/document.xml")
    marks = {one.get(w("name")) for one in root.iter(w("bookmarkStart"))}
    assert {one.get(w("anchor")) for one in root.iter(w("hyperlink"))} <= marks
    assert marks and all(str(name).startswith("_Toc") for name in marks)


def test_the_web_page_and_the_tables_carry_the_persons_words(worked_on: bytes, tmp_path: Path) -> None:
    docx = edited(worked_on, paragraph_behind(TYPED, "另加的一段<b>，含“引号”。")).docx
    publish(saved(tmp_path, docx))

    page = lxml_html.fromstring((made(tmp_path) / "公开" / f"{NAME}.html").read_text(encoding="utf-8"))
    lines = [one.text_content() for one in page.iter("p")]
    assert [line for line in lines if TYPED in line] and "另加的一段<b>，含“引号”。" in lines
    table = (made(tmp_path) / "公开" / "表格" / "收入支出决算总表.csv").read_bytes()
    assert table.startswith("\ufeff公开01表\r\n编制单位：自贡市贡井区医疗保障局,单位：万元\r\n".encode())
    assert "一、一般公共预算财政拨款收入,1,91.68,一、一般公共服务支出,32,0.00\r\n" in table.decode()


def test_a_page_that_could_not_say_the_same_is_not_made(worked_on: bytes, tmp_path: Path) -> None:
    docx = edited(worked_on, picture(TYPED), note(TYPED, "见附件")).docx

    run = publish(saved(tmp_path, docx))

    assert run.exit_code == 0
    assert "警告 P021" in run.output and "的图片" in run.output and "的脚注" in run.output
    assert not (made(tmp_path) / "公开" / f"{NAME}.html").exists()
    assert (made(tmp_path) / "公开" / f"{NAME}.docx").exists()


def test_a_table_that_holds_what_no_csv_can_hold_is_not_made(worked_on: bytes, tmp_path: Path) -> None:
    data = told(saved(tmp_path, edited(worked_on, picture("一、一般公共服务支出")).docx))

    assert {one["code"] for one in data["findings"]} >= {"P020", "P021", "P022"}
    assert set(data["not_made"]) == {"pdf", "html", "csv"}
    assert not [name for name in data["files"] if name.endswith(".csv")]


def test_without_libreoffice_it_says_so(worked_on: bytes, tmp_path: Path) -> None:
    run = publish(saved(tmp_path, worked_on))

    assert "警告 P020" in run.output
    assert "没有做 PDF：" in run.output


# -- what is refused ---------------------------------------------------------------------------------------------------
def test_everything_that_is_open_is_told_at_once_with_its_place(worked_on: bytes, tmp_path: Path) -> None:
    docx = edited(
        worked_on,
        retype(TYPED, "[待确认]参保人数增加〔待填〕人"),
        comment("36.57", "请核对"),
        tracked_type("10. 完成区委", "（修改）"),
        tracked_row("一、一般公共服务支出", "另", "", "", "", "", ""),
        header_text("草　　稿"),
    ).docx

    run = publish(saved(tmp_path, docx))
    assert run.exit_code == 1
    assert "没有公开，什么文件也没有做。" in run.output
    assert [path.name for path in tmp_path.iterdir()] == ["报告.docx"]

    data = told(tmp_path / "报告.docx")
    assert data["folder"] is None and data["files"] == []
    assert {one["code"] for one in data["findings"] if one["severity"] == "错误"} == {"R056", "R057", "R058"}
    assert [(one["kind"], one["where"]["trail"][-1], one["words"], one["author"]) for one in data["refused"]] == [
        ("gap", "一、收入支出决算总体情况说明", "….70%。主要变动原因是[待确认]参保人数增加〔待填〕人及…", ""),
        ("gap", "一、收入支出决算总体情况说明", "…是[待确认]参保人数增加〔待填〕人及公用经费增加。", ""),
        ("gap", "页眉", "草　　稿", ""),
        ("change", "（一）主要职能。", "10. 完成区委（修改）、区政府交办的其他任务。", "王晓丽"),
        ("change", "一、收入支出决算总表", "另", "王晓丽"),
        ("comment", "一、收入支出决算总体情况说明", "2020年度收、支总计91.68万元。与2019…", "王晓丽"),
    ]
    row = data["refused"][4]["where"]
    assert (row["table"], row["row"], data["refused"][5]["said"]) == ("收入支出决算总表", 5, "请核对")


def test_open_changes_are_accepted_on_demand(worked_on: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, edited(worked_on, tracked_type(TYPED, "（按实有人数）")).docx)

    assert "有“王晓丽”的修订 1 处没有接受" in publish(path).output
    assert publish(path, "--accept-changes").exit_code == 0
    data = Parts((made(tmp_path) / "公开" / f"{NAME}.docx").read_bytes())
    assert list(data.tree(data.document).iter(w("ins"))) == []
    assert any("（按实有人数）" in words for words in paragraphs(data.save()))
    assert "（按实有人数）" in (made(tmp_path) / "公开" / f"{NAME}.html").read_text(encoding="utf-8")


def test_hidden_words_are_refused(worked_on: bytes, tmp_path: Path) -> None:
    parts = Parts(worked_on)
    for run in parts.tree(parts.document).iter(w("r")):
        if TYPED in "".join(one.text or "" for one in run.iter(w("t"))):
            run.find(w("rPr")).append(run.makeelement(w("vanish")))

    assert "错误 R059" in publish(saved(tmp_path, parts.save())).output


def test_numbers_of_people_are_named_and_need_a_word(worked_on: bytes, tmp_path: Path) -> None:
    docx = edited(
        worked_on,
        paragraph_behind(TYPED, "联系电话：0813-2601234", "找王某13812345678", "收款人李某，510302 19900101 1239"),
    ).docx
    path = saved(tmp_path, docx)

    run = publish(path)
    assert run.exit_code == 1
    for words in (
        "提示 P010", "印着联系电话：0813-2601234", "警告 P011", "印着手机号码：13812345678",
        "错误 P012", "印着身份证号码：510302 19900101 1239",
    ):  # fmt: skip
        assert words in run.output
    data = told(path, "--confirm-numbers")
    assert [(one["kind"], one["asked"]) for one in data["numbers"]] == [
        ("电话号码", True), ("手机号码", False), ("身份证号码", False),
    ]  # fmt: skip
    assert "P013" in {one["code"] for one in data["findings"]} and data["folder"]
    record = json.loads((made(tmp_path) / "存档" / "公开记录.json").read_text(encoding="utf-8"))
    assert [one["kind"] for one in record["numbers"]] == ["身份证号码"]
    assert "19900101" not in json.dumps(record)


# -- what the law asks -------------------------------------------------------------------------------------------------
def test_the_day_of_approval_and_the_review_are_asked_for(worked_on: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, worked_on)

    run = publish(path, said=())
    assert run.exit_code == 1
    assert "错误 P001" in run.output and "错误 P002" in run.output and "错误 P0" in run.output
    assert "错误 P006" in publish(path, said=("--approved", "2021-09-02", "--reviewed", "--day", "2021-09-01")).output
    late = publish(path, said=("--approved", "2021年8月1日", "--reviewed", "--day", "2021-08-22"))
    assert "警告 P005" in late.output and "隔了21天" in late.output and late.exit_code == 0
    assert "P005" not in publish(path, said=("--approved", "2021-08-01", "--reviewed", "--day", "2021-08-21")).output


def with_input(tmp_path: Path, *lines: str) -> Path:
    folder = tmp_path / "填报"
    folder.mkdir()
    for path in INPUTS.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text + ("\n".join(("", *lines, "")) if "公开时间" in text else ""), "utf-8")
    return folder


def test_the_input_may_answer(tmp_path: Path, worked_on: bytes) -> None:
    folder = with_input(tmp_path, "批复日期: 2021-08-25", "保密审查: 已审查")

    run = publish(saved(tmp_path, worked_on), "--base", folder, said=("--day", "2021-09-01"))
    assert run.exit_code == 0, run.output
    kept = made(tmp_path) / "存档" / "填报数据"
    assert {one.name: one.read_bytes() for one in kept.iterdir()} == {
        one.name: one.read_bytes() for one in folder.iterdir()
    }
    assert "P030" not in run.output and "P031" not in run.output
    assert "文中印的公开时间是 2021-10-26，这次公开的日期是 2021-09-01" in run.output and "P007" in run.output
    assert "错误 P004" in publish(tmp_path / "报告.docx", "--base", folder).output


def test_what_is_not_reviewed_is_not_published(tmp_path: Path) -> None:
    folder = with_input(tmp_path, "保密审查: 尚未审查")

    run = publish(folder, "-o", tmp_path)
    assert run.exit_code == 1
    assert "错误 P003" in run.output and "D-SECRET" not in run.output


# -- what is kept ------------------------------------------------------------------------------------------------------
def test_a_correction_is_held_against_what_was_published(worked_on: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, worked_on)
    first = publish(path)
    assert "P030" in first.output and "与上次公开" not in first.output
    before = {one: one.read_bytes() for one in made(tmp_path).rglob("*") if one.is_file()}

    again = publish(path, said=(*SAID[:-1], "2021-09-05"))
    assert "与上次公开的完全相同，没有另做" in again.output
    assert not made(tmp_path, "2021-09-05").exists()

    path.write_bytes(edited(worked_on, retype(TYPED, "参保人数增加较多")).docx)
    second = publish(path)
    assert "与上次公开（2021-09-01）相比：" in second.output and "参保人数增加较多" in second.output
    newest = made(tmp_path, "2021-09-01之2")
    assert (newest / "存档" / "更正对照表.docx").is_file()
    assert before == {one: one.read_bytes() for one in made(tmp_path).rglob("*") if one.is_file()}
    compared = CliRunner().invoke(diff, [str(made(tmp_path)), str(newest)])
    assert "参保人数增加较多" in compared.output and compared.exit_code == 0

    (made(tmp_path) / "存档" / "报告.docx").write_bytes(worked_on + b"\0")
    (newest / "存档" / "报告.docx").write_bytes(worked_on)
    assert "警告 P040" in CliRunner().invoke(diff, [str(made(tmp_path)), str(path)]).output
    third = told(path)
    assert "P040" in {one["code"] for one in third["findings"]} and third["last"]["folder"] == str(newest)


def test_figures_that_the_input_says_otherwise_or_a_person_typed_are_told(tmp_path: Path) -> None:
    docx = edited(built("gongjing-2020", (), False), overtype("36.57", "36.75", "收、支总计各增加")).docx
    path = saved(tmp_path, docx)
    folder = with_input(tmp_path)
    text = (folder / "收支.yaml").read_text(encoding="utf-8")
    (folder / "收支.yaml").write_text(text.replace("上年: 365700.00", "上年: 966800.00"), encoding="utf-8")

    run = publish(path, "--base", folder)
    assert "警告 P031" in run.output and "警告 P032" in run.output
    assert "程序印的是 36.57，现在是 36.75" in run.output


def test_a_record_that_somebody_broke_is_none(worked_on: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, worked_on)
    publish(path)
    record = made(tmp_path) / "存档" / "公开记录.json"
    whole = json.loads(record.read_text(encoding="utf-8"))
    for broken in (
        "[" * 9000,
        "{}",
        json.dumps({**whole, "working": "../../报告.docx"}),
        json.dumps({**whole, "files": 1}),
    ):
        record.write_text(broken, encoding="utf-8")
        assert published_in(made(tmp_path)) is None
    assert told(path)["folder"] == str(made(tmp_path, "2021-09-01之2"))


def test_what_cannot_be_published(worked_on: bytes, tmp_path: Path) -> None:
    run = publish(saved(tmp_path, worked_on), "-o", tmp_path / "副本.docx")
    assert run.exit_code == 1 and "错误 P050" in run.output
    parts = Parts(worked_on)
    parts.add("word/vbaProject", "bin", "application/vnd.ms-office.vbaProject", b"macro")
    assert "错误 P051" in publish(saved(tmp_path, parts.save())).output
