"""Pages that everybody can use: axe-core finds nothing, nothing scrolls sideways, on a desk and on a telephone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from serving import Served

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
PAGES = (
    *(
        "",
        "new",
        "help",
        "files",
        "packs",
        "ask?q=91.68",
        "u/1",
        "u/2",
        "u/2/make",
        "u/2/correct",
        "u/2/next",
        "u/2/publish",
    ),
    *("u/2/preview", "u/2/preview?q=91.68", "u/2/preview?cmp=1&only=1", "u/2/fig/p60", "u/1/preview"),
)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(width: int, browser: Browser, served: Served) -> None:
    for name in ("gongjing-2020", "sichuan-project-2023"):
        shutil.copytree(INPUTS / name, served.folder / name)
    broken = served.folder / "broken"
    shutil.copytree(INPUTS / "gongjing-2020", broken)
    income = broken / "收支.yaml"
    income.write_text(income.read_text("utf-8").replace("133640", "133650", 1), "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(served.once)
    root, found = page.url, []
    for path in PAGES:
        page.goto(root + path)
        if path == "u/2/preview":
            page.locator(".doc a.f").nth(60).click()
            page.locator("#card h2").wait_for()
        for one in Axe().run(page).response["violations"]:
            found.append((path, one["id"], one["nodes"][0]["html"][:200]))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((path, "wider than the window", ""))
    context.close()
    assert found == []
