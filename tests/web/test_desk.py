"""The work folder on the page: several units, a unit's year with what its reports say differently, own packs, what
files are that somebody puts there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import clerk
import pytest
from asking import Asked, words
from screen import juesuan

INPUTS = Path(__file__).resolve().parents[2] / "inputs"


def identified(*files: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(juesuan("identify", *files, "--json").text)["files"]
    return found


def test_what_the_reports_of_a_year_say_differently_stands_on_each_page(tmp_path: Path) -> None:
    """The project's execution is changed in one report only."""
    year = tmp_path / "区医保局" / "2020"
    for name in ("gongjing-2020", "gongjing-projects-2020"):
        shutil.copytree(INPUTS / name, year / name)
    asked = Asked(tmp_path)
    rows = asked.get("").xpath("//*[@class='rows']//a[@class='row']")
    assert len(rows) == 2
    assert all("说得不一样" not in words(asked.get(row.get("href").split("/", 2)[2])) for row in rows)
    [file] = (year / "gongjing-projects-2020").glob("*.yaml")
    text = file.read_text("utf-8")
    changed = text.replace("全年执行数: 10000.00}", "全年执行数: 9900.00}")
    assert changed != text
    file.write_text(changed, "utf-8")
    for row in asked.get("").xpath("//*[@class='rows']//a[@class='row']"):
        page = words(asked.get(row.get("href").split("/", 2)[2]))
        assert "与本单位这一年的别的报告有" in page and "与别的报告不一样" in page


def test_two_years_beside_each_other_are_not_compared(tmp_path: Path) -> None:
    for name in ("gongjing-projects-2020", "gongjing-projects-2021"):
        target = tmp_path / f"{name}.xlsx"
        assert juesuan("new", "project-performance", "--example", INPUTS / name, "-o", target).status == 0
    asked = Asked(tmp_path)
    for number in (1, 2):
        assert "说得不一样" not in words(asked.get(f"u/{number}"))


def test_what_a_file_is(tmp_path: Path) -> None:
    book = tmp_path / "表.xlsx"
    assert juesuan("new", "project-performance", "--example", INPUTS / "gongjing-projects-2020", "-o", book).status == 0
    assert juesuan("build", book, "-o", tmp_path / "成品").status == 0
    [word] = (tmp_path / "成品").glob("*.docx")
    tables = clerk.published(tmp_path / "公开.docx", 2024)
    photo = tmp_path / "照片.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    notes = tmp_path / "便条.docx"
    clerk.Document().save(str(notes))
    found = {one["file"]: one for one in identified(book, word, tables, photo, notes)}
    assert (
        found["表.xlsx"]["words"]
        == "填报工作簿，自贡市贡井区医疗保障局，2020年度，项目支出绩效自评表（财预〔2020〕10号）。"
    )
    assert found[word.name]["kind"] == "生成的Word" and found[word.name]["year"] == "2020"
    assert found["公开.docx"]["words"].startswith("公开表 9 张，2024年度：收入支出决算总表、收入决算表")
    assert found["公开.docx"]["pack"] and found["公开.docx"]["report"]
    assert [found[name]["kind"] for name in ("照片.xlsx", "便条.docx")] == ["不认识", "不认识"]


def test_an_office_s_own_forms_are_there_too(tmp_path: Path) -> None:
    packs = tmp_path / "模板"
    assert juesuan("packs", "new", "my-town", "--parent", "project-performance", "-o", packs).status == 0
    (tmp_path / "决算").mkdir()
    asked = Asked(tmp_path / "决算", packs)
    page = asked.get("packs/my-town")
    assert "填报项" in words(page.xpath("//pre")[0])
    assert "my-town" in words(asked.get("packs"))


@pytest.mark.parametrize("wanted", ["91.68", "公务接待费"])
def test_a_question_to_all_reports(wanted: str, tmp_path: Path) -> None:
    for name in ("gongjing-2020", "sichuan-project-2023"):
        shutil.copytree(INPUTS / name, tmp_path / name)
    page = Asked(tmp_path).get(f"ask?q={wanted}")
    assert [words(one) for one in page.xpath("//h2")] == ["自贡市贡井区医疗保障局2020年度部门决算编制的说明"]
    assert page.xpath("//li/a[contains(@href, '/fig/p')]")


def test_a_workbook_that_is_half_saved_or_gone_leaves_what_was_read(tmp_path: Path) -> None:
    book = tmp_path / "自评.xlsx"
    assert juesuan("new", "project-performance", "--example", INPUTS / "gongjing-projects-2020", "-o", book).status == 0
    whole = book.read_bytes()
    asked = Asked(tmp_path)
    assert "核对通过" in words(asked.get("u/1"))
    book.write_bytes(whole[: len(whole) // 2])
    page = words(asked.get("u/1"))
    assert "“自评.xlsx”正在保存，稍等自动再读。" in page and "核对通过" in page and "读不了" not in page
    book.unlink()
    page = words(asked.get("u/1"))
    assert "“自评.xlsx”不在文件夹里了" in page and "核对通过" in page
    book.write_bytes(whole)
    page = words(asked.get("u/1"))
    assert "核对通过" in page and "正在保存" not in page and "不在文件夹里" not in page
