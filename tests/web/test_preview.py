"""The preview: every printed figure answers, and answers for itself; what is wrong, changed or looked for is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from asking import Asked, words
from every import some
from screen import juesuan

from generator.document.nodes import Chart
from generator.document.occurrences import occurrences
from generator.pack import PackRoots
from generator.pipeline import examine

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLES = sorted(one.name for one in INPUTS.iterdir() if one.is_dir())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with two examples."""
    folder: Path = tmp_path_factory.mktemp("决算报告")
    for name in ("gongjing-2020", "sichuan-project-2023"):
        shutil.copytree(INPUTS / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def asked(desk: Path) -> Asked:
    return Asked(desk)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_printed_figure_is_a_link_to_its_own_card(name: str, tmp_path: Path) -> None:
    shutil.copytree(INPUTS / name, tmp_path / name)
    page = Asked(tmp_path)
    examined = examine(INPUTS / name, PackRoots.with_own()).value
    assert examined is not None
    printed = [one.figure.text for one in occurrences(examined.document)]
    every = page.get("u/1/preview").xpath("//*[@id='paper']//a[@class='f']")
    links = [link for link in every if link.getparent().get("class") != "values"]
    charted = [link for link in every if link.getparent().get("class") == "values"]
    assert bool(charted) == any(isinstance(block, Chart) for block in examined.document.blocks)
    assert [link.text for link in links] == printed
    assert [link.get("href") for link in links] == [f"fig/p{at}" for at in range(1, len(printed) + 1)]
    for link in (*some(links, max(len(links) // 12, 1)), *charted[:2]):
        card = page.get(f"u/1/{link.get('href')}?part=1")
        assert words(card.xpath("//*[@class='big']")[0]) == link.text
        [title] = card.xpath("//h2")
        assert not set("[]=＋+") & set(title.text), title.text


def test_a_figure_tells_what_it_was_last_year(asked: Asked) -> None:
    page = asked.get("u/1/preview?cmp=1")
    chips = {words(chip) for chip in page.xpath("//*[@class='chip']")}
    assert "比上年增加55.11" in chips
    [paragraph] = [
        words(one) for one in page.xpath("//*[@id='paper']//p") if "收、支总计" in words(one) and "比上年" in words(one)
    ][:1]
    assert "91.68万元比上年增加55.11" in paragraph
    assert "比上年" not in words(asked.get("u/1/preview").xpath("//*[@id='paper']//p[contains(., '91.68')]")[0])
    hit = asked.get("u/1/preview?q=91.68").xpath("//*[@class='found']//li/a")[0].get("href").lstrip("#")
    card = words(asked.get(f"u/1/fig/{hit}?part=1"))
    assert "上年 365,700.00元，增加 551,100.00元，增长 150.70%" in card


@pytest.mark.parametrize("wanted", ["91.68", "916800", "916,800.00元", "91.68万元"])
def test_an_amount_is_found_however_it_is_written(wanted: str, asked: Asked) -> None:
    found = words(asked.get(f"u/1/preview?q={wanted}").xpath("//*[@class='found']")[0])
    assert f"“{wanted}”印在 32 处，是 11 个数" in found


def test_words_are_found_where_they_stand(asked: Asked) -> None:
    page = asked.get("u/1/preview?q=公务接待费")
    links = page.xpath("//*[@class='found']//li/a[starts-with(@href, '#b')]")
    assert links
    for link in links:
        assert "公务接待费" in words(page.xpath(f"//*[@id='{link.get('href')[1:]}']")[0])
    assert "报告里没有印“二〇九九”" in words(asked.get("u/1/preview?q=二〇九九"))


def test_only_what_has_a_problem(tmp_path: Path) -> None:
    shutil.copytree(INPUTS / "gongjing-2020", tmp_path / "甲")
    income = tmp_path / "甲" / "收支.yaml"
    text = income.read_text("utf-8")
    assert "133640" in text
    income.write_text(text.replace("133640", "133650", 1), "utf-8")
    page = Asked(tmp_path)
    paper = page.get("u/1/preview?only=1").xpath("//*[@id='paper']")[0]
    shown = paper.xpath(".//*[@class='marked']")
    assert shown and all(one.xpath(".//a[contains(@class, 'mark ')]") for one in shown)
    assert "略去" in words(paper)
    unit = page.get("u/1")
    for mark in paper.xpath(".//a[contains(@class, 'red')]"):
        anchor = mark.get("href").partition("#")[2]
        assert unit.xpath(f"//*[@id='{anchor}']"), "the mark leads to a card of the report's page"
    whole = page.get("u/1/preview").xpath("//*[@id='paper']//a[@class='f']")
    few = {link.get("id"): link.text for link in paper.xpath(".//a[@class='f']")}
    assert 0 < len(few) < len(whole)
    assert few.items() <= {link.get("id"): link.text for link in whole}.items()


def test_a_card_leads_to_its_cells(tmp_path: Path) -> None:
    book = tmp_path / "自评.xlsx"
    assert juesuan("new", "project-performance", "--example", INPUTS / "gongjing-projects-2020", "-o", book).status == 0
    asked = Asked(tmp_path)
    links = asked.get("u/1/preview").xpath("//*[@id='paper']//a[@class='f']")
    cells = [one for link in links for one in asked.get(f"u/1/{link.get('href')}?part=1").xpath("//ul/li/a")][:400]
    leading = [one.get("href").split("/u/1/")[1] for one in cells if "/sheet/" in one.get("href")]
    assert len(leading) > 10
    for where in some(sorted(set(leading)), 10):
        path, _, row = where.partition("#")
        [marked] = asked.get(f"u/1/{path}").xpath(f"//tr[@id='{row}']/td[contains(@class, 'side')]")
        assert words(marked)


def test_a_gap_is_seen_where_it_is_printed(tmp_path: Path) -> None:
    shutil.copytree(INPUTS / "sichuan-project-2023", tmp_path / "项目")
    file = tmp_path / "项目" / "项目.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("    执行原因: 年中按", "    # 执行原因: 年中按", 1), "utf-8")
    asked = Asked(tmp_path)
    marked = asked.get("u/1/preview?only=1").xpath("//*[@class='marked']")
    assert [one for one in marked if "待填" in words(one.xpath("./p")[0]) and "〔待填" in words(one)]
    assert len(marked) < len(asked.get("u/1/preview").xpath("//*[@id='paper']//p | //*[@id='paper']//table"))


def test_what_changed_since_the_word_file_was_made(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk / "sichuan-project-2023", tmp_path / "项目")
    assert juesuan("build", tmp_path / "项目", "-o", tmp_path / "成品").status == 0
    page = Asked(tmp_path)
    assert "已生成" in words(page.get("").xpath("//*[@class='rows']")[0])
    assert "与上次生成的没有不同" in words(page.get("u/1/preview?old=1"))
    file = tmp_path / "项目" / "项目.yaml"
    text = file.read_text("utf-8")
    changed = text.replace("年中按实际招标价", "年中依照实际招标价")
    assert changed != text
    file.write_text(changed, "utf-8")
    assert "数据改过，Word 还是旧的" in words(page.get("").xpath("//*[@class='rows']")[0])
    since = page.get("u/1/preview?old=1").xpath("//*[contains(@class, 'since')]")[0]
    assert any("年中依照实际招标价" in words(one) for one in since.xpath(".//ins"))
    assert any("年中按实际招标价" in words(one) for one in since.xpath(".//del"))
