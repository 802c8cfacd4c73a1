"""A clerk's way through the page, in a real browser, with its script and without."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from screen import juesuan
from serving import Served

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
BOTH = pytest.mark.parametrize("page", [True, False], ids=["script", "no script"], indirect=True)


def workbook_in(folder: Path) -> Path:
    """The filled-in example as a workbook of the work folder."""
    path = folder / "自评.xlsx"
    assert juesuan("new", "project-performance", "--example", INPUTS / "gongjing-projects-2020", "-o", path).status == 0
    return path


def put(path: Path, sheet: str, cell: str, value: object) -> None:
    """As Excel saves it."""
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def an_amount(path: Path) -> tuple[str, str, object]:
    """Sheet, cell and value of an amount that was typed under 全年执行数."""
    for page in load_workbook(path).worksheets:
        heads = [cell for row in page.iter_rows() for cell in row if "全年执行数" in str(cell.value)]
        for below in (page.cell(row, head.column) for head in heads for row in range(head.row + 1, head.row + 4)):
            if isinstance(below.value, int | float):
                return page.title, below.coordinate, below.value
    raise AssertionError(path)


def ended(page: Page) -> Page:
    """Wait for the job of this page to end; without a script it is opened again."""
    for _ in range(120):
        if page.locator("pre.said").count():
            return page
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.content())


@BOTH
def test_from_nothing_to_a_blank_workbook(page: Page, served: Served) -> None:
    expect(page.get_by_text("这个文件夹里还没有报告")).to_be_visible()
    page.get_by_role("link", name="新做一份报告").click()
    blank = page.locator("form", has_text="空白工作簿")
    blank.get_by_label("做哪种报告").select_option("project-performance")
    blank.get_by_label("哪个年度").fill("2020")
    blank.get_by_role("button", name="做空白工作簿").click()
    expect(ended(page).locator("h2")).to_have_text("做好了")
    page.get_by_role("link", name="首页").or_(page.get_by_role("link", name="决算报告生成器")).first.click()
    page.locator(".rows .row").click()
    expect(page.locator(".summary h2")).to_contain_text("处没有填。改好就能生成。")
    assert page.locator(".card.red").count() == 0
    expect(page.locator(".card.grey").first).to_contain_text("还差")


@BOTH
def test_a_report_is_made_and_taken_home(page: Page, served: Served) -> None:
    workbook_in(served.folder)
    page.reload()
    page.locator(".rows .row").click()
    expect(page.locator(".summary h2")).to_contain_text("核对通过")
    page.get_by_role("link", name="生成 Word", exact=True).click()
    page.get_by_label("同时生成网页版").check()
    page.get_by_role("button", name="生成").click()
    ended(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="取 2020-自贡市贡井区医疗保障局-项目支出绩效自评表.docx").click()
    made = Path(taken.value.path()).read_bytes()
    assert taken.value.suggested_filename == "2020-自贡市贡井区医疗保障局-项目支出绩效自评表.docx"
    assert made == (served.folder / "成品" / taken.value.suggested_filename).read_bytes()
    assert Document(BytesIO(made)).tables


def test_a_wrong_cell_is_shown_as_in_excel_and_saving_renews_the_page(page: Page, served: Served) -> None:
    path = workbook_in(served.folder)
    sheet, cell, right = an_amount(path)
    put(path, sheet, cell, "三万元整")
    page.reload()
    page.locator(".rows .row").click()
    expect(page.locator(".summary h2")).to_contain_text("处要改")
    marked = page.locator(".card.red .sheet td.bad").first
    expect(marked).to_contain_text("三万元整")
    expect(page.locator(".card.red .sheet caption").first).to_have_text(sheet)
    expect(page.locator(".card.red .copy").first).to_contain_text(cell)
    page.evaluate("window.kept = 1")
    put(path, sheet, cell, right)
    expect(page.locator(".summary h2")).to_contain_text("核对通过")
    assert page.evaluate("window.kept") == 1, "the page was loaded again"


def test_a_corrected_word_file_keeps_what_a_person_wrote(page: Page, served: Served) -> None:
    path = workbook_in(served.folder)
    assert juesuan("build", path, "-o", served.folder / "成品").status == 0
    [word] = (served.folder / "成品").glob("*.docx")
    document = Document(str(word))
    document.paragraphs[0].insert_paragraph_before("局务会议已经审议。")
    edited = served.folder.parent / "改过.docx"
    document.save(str(edited))
    before = edited.read_bytes()
    page.reload()
    page.locator(".rows .row").click()
    page.get_by_role("link", name="更正").click()
    page.get_by_label("改过的 Word 文件").set_input_files(edited)
    page.get_by_role("button", name="更新 Word").click()
    ended(page)
    with page.expect_download() as taken:
        page.locator(".made a").first.click()
    made = Document(str(taken.value.path()))
    assert made.paragraphs[0].text == "局务会议已经审议。"
    assert edited.read_bytes() == before


def test_publication_asks_before_it_publishes(page: Page, served: Served) -> None:
    """The day of approval and the review of secrets are no figures of the report: they are asked for."""
    shutil.copytree(INPUTS / "gongjing-2020", served.folder / "医保局")
    assert juesuan("build", served.folder / "医保局", "-o", served.folder / "成品").status == 0
    page.reload()
    page.locator(".rows .row").click()
    page.get_by_role("navigation", name="步骤").get_by_role("link", name="公开").click()
    page.get_by_role("button", name="公开").click()
    said = ended(page).locator("pre.said")
    expect(said).to_contain_text("没有公开，什么文件也没有做")
    expect(said).to_contain_text("批复")
    expect(said).to_contain_text("保密审查")
    page.go_back()
    page.get_by_label("财政部门批复决算的日期").fill("2021-09-01")
    page.get_by_label("公开的日期").fill("2021-09-10")
    page.get_by_label("已经作过保密审查").check()
    page.get_by_role("button", name="公开").click()
    expect(ended(page).locator("pre.said")).to_contain_text("存档：")
    with page.expect_download() as taken:
        page.locator(".made a", has_text=".html").first.click()
    web = Path(taken.value.path()).read_text("utf-8")
    assert "自贡市贡井区医疗保障局" in web and "<script" not in web
    page.goto(f"{served.root}files")
    expect(page.locator("h2", has_text="公开")).to_have_count(1)


def test_every_printed_figure_answers(page: Page, served: Served) -> None:
    workbook_in(served.folder)
    page.reload()
    page.locator(".rows .row").click()
    page.get_by_role("navigation", name="步骤").get_by_role("link", name="预览").click()
    links = page.locator(".doc a.f").evaluate_all("all => all.map(one => one.href)")
    assert len(links) > 100
    for link in links[::7]:
        answer = page.request.get(f"{link}?part=1")
        assert answer.ok
        title = re.search(r"<h2>(.*?)</h2>", answer.text())
        assert title and not re.search(r"[\[\]=]|(?<!\d)\.(?!\d)", title[1]), title


def test_the_card_by_keyboard(page: Page, served: Served) -> None:
    workbook_in(served.folder)
    page.reload()
    page.locator(".rows .row").click()
    page.goto(f"{page.url}/preview")
    first = page.locator(".doc a.f").first
    first.focus()
    page.keyboard.press("ArrowRight")
    here = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    card = page.get_by_role("complementary", name="这个数怎么来")
    expect(card).to_be_focused()
    expect(card).to_contain_text("印在报告里")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == here == "p2"


def test_words_of_files_are_only_words(page: Page, served: Served) -> None:
    path = workbook_in(served.folder)
    nasty = "<script>document.title='x'</script><img src=http://example.invalid/>"
    basics = next(one for one in load_workbook(path).sheetnames if one.endswith("基本情况"))
    put(path, basics, "B4", nasty)
    shutil.move(path, served.folder / "a'b&<c>.xlsx")
    page.reload()
    page.locator(".rows .row").click()
    for place in ("", "/preview", "/make"):
        page.goto(f"{served.root}u/1{place}")
        assert "x" not in page.title()[:2]
        assert page.locator("img").count() == 0
