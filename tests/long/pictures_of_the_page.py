"""The pictures of docs/用浏览器办.md, taken anew: `python tests/long/pictures_of_the_page.py [FOLDER]`.

A page is really served and clicked through in Chromium, with an example's figures and one slip in them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "helpers")]

import clerk  # noqa: E402
from openpyxl import load_workbook  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402
from screen import juesuan  # noqa: E402
from serving import start, stop  # noqa: E402


def desk(folder: Path) -> Path:
    """A work folder: a report that is made, one with a slip, one that is blank."""
    book = folder / "医保局-2020.xlsx"
    example = ROOT / "inputs" / "gongjing-2020"
    assert juesuan("new", "final-accounts-sichuan", "--example", example, "-o", book).status == 0
    projects = folder / "项目自评-2020.xlsx"
    example = ROOT / "inputs" / "gongjing-projects-2020"
    assert juesuan("new", "project-performance", "--example", example, "-o", projects).status == 0
    assert juesuan("build", projects, "-o", folder / "成品").status == 0
    for page in load_workbook(book).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.value in (133640, 133640.0):
                    clerk.put(book, page.title, cell.coordinate, 136340)
                    return book
    raise AssertionError


def taken(page: Page, root: str, target: Path) -> None:
    def picture(name: str) -> None:
        path = target / f"页面-{name}.png"
        page.screenshot(path=path)
        with Image.open(path) as shot:
            shot.quantize(96).save(path, optimize=True)

    picture("首页")
    page.goto(f"{root}u/1")
    picture("核对")
    page.goto(f"{root}u/1/preview")
    page.locator(".doc a.f", has_text="55.11").first.click()
    page.locator("#card h2").wait_for()
    page.wait_for_timeout(800)
    picture("一个数怎么来")
    page.goto(f"{root}new")
    picture("新做一份")
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(f"{root}u/1")
    picture("手机")


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    place = Path(tempfile.mkdtemp()) / "决算报告"
    place.mkdir()
    desk(place)
    served = start(place)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as programs:
        browser = programs.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--lang=zh-CN"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(served.once)
        taken(page, page.url, target)
        browser.close()
    stop(served)
    shutil.rmtree(place.parent)


if __name__ == "__main__":
    main()
