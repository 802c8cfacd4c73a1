"""From published tables to a Word file that a colleague edited and a corrected figure reached: only the browser, Excel
and Word."""

from __future__ import annotations

from pathlib import Path

import clerk
import pytest
from docx import Document
from playwright.sync_api import Page, expect
from serving import Served
from test_page import ended

OWN = "局务会议已经审议。"


@pytest.mark.parametrize("page", [True, False], ids=["script", "no script"], indirect=True)
def test_the_whole_way(page: Page, served: Served, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with_script = "no script" not in request.node.name
    tables = [clerk.published(tmp_path / f"{year}年公开.docx", year) for year in (2023, 2024)]

    page.get_by_label("把文件放进来").set_input_files(tables)
    page.get_by_role("button", name="看看是什么").click()
    received(page)
    expect(page.locator("form", has_text="读入数字")).to_contain_text(
        "2024年公开.docx：认出来了，公开表 9 张，2024年度"
    )
    expect(page.get_by_label("“2023年公开.docx”当作")).to_have_value("prior")
    page.locator("form", has_text="读入数字").get_by_label("做哪种报告").select_option("final-accounts-national")
    page.get_by_role("button", name="读入，做工作簿").click()
    expect(ended(page).locator("pre.said")).to_contain_text("已写入")

    page.goto(served.root)
    page.locator(".rows .row").click()
    expect(page.locator(".summary h2")).to_contain_text("处没有填")
    [book] = served.folder.glob("2024-*/填报.xlsx")
    clerk.fill_in(book, book.parent)
    page.reload()
    expect(page.locator(".summary h2")).to_contain_text("可以生成，有")
    assert clerk.confirm(book) > 10, "what last year's report says is offered"
    page.reload()
    expect(page.locator(".summary h2")).to_have_text("可以生成，有 1 处提醒")

    page.get_by_role("link", name="生成 Word", exact=True).click()
    page.get_by_role("button", name="生成").click()
    word = taken(ended(page), tmp_path / "生成的.docx")
    assert "598.42万元" in text_of(word) and "597.31" not in text_of(word)

    page.goto(f"{served.root}u/1/preview?q=598.42")
    expect(page.locator(".found")).to_contain_text("“598.42”印在")
    clerk.put(book, "9 绩效、采购和资产", "B6", 597.31)
    if with_script:
        expect(page.locator("#paper")).to_contain_text("597.31", timeout=30_000)
    page.goto(f"{served.root}u/1/preview?q=597.31")
    expect(page.locator(".found")).to_contain_text("“597.31”印在")
    page.goto(served.root)
    expect(page.locator(".rows")).to_contain_text("数据改过，Word 还是旧的")

    theirs = clerk.edited(word, tmp_path / "改过的.docx", OWN)
    before = theirs.read_bytes()
    page.get_by_label("把文件放进来").set_input_files(theirs)
    page.get_by_role("button", name="看看是什么").click()
    expect(received(page).locator("main")).to_contain_text("本程序生成的 Word，上海市普陀区财政局，2024年度")
    page.get_by_role("button", name="更新 Word").click()
    renewed = taken(ended(page), tmp_path / "更新的.docx")
    assert Document(str(renewed)).paragraphs[0].text == OWN
    assert "597.31万元" in text_of(renewed)
    assert theirs.read_bytes() == before

    page.goto(f"{served.root}u/1/next")
    page.get_by_role("button", name="做下一年的工作簿").click()
    ended(page)
    page.goto(served.root)
    expect(page.locator(".rows .row", has_text="2025年度")).to_contain_text("处没有填")


def received(page: Page) -> Page:
    """Wait for what the files are; without a script the page is opened again."""
    for _ in range(120):
        if page.locator("h1", has_text="收到的文件").count():
            return page
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.content())


def taken(page: Page, target: Path) -> Path:
    with page.expect_download() as download:
        page.locator(".made a", has_text=".docx").first.click()
    download.value.save_as(target)
    return target


def text_of(word: Path) -> str:
    document = Document(str(word))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
