"""A page that is really served, and a browser that really opens it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serving import Served, start, stop

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A page for an empty work folder."""
    folder = tmp_path / "决算报告"
    folder.mkdir()
    running = start(folder)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        assert os.environ.get("JUESUAN_REQUIRE_BROWSER") != "1", "no Chromium here"
        pytest.skip("没有 Chromium，页面没有在浏览器里试")
    with sync_playwright() as programs:
        opened = programs.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=[True], ids=["script"])
def page(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Page]:
    """The home page of `served`. Nothing may be asked of anybody else, nothing may go wrong in its script."""
    context = browser.new_context(java_script_enabled=request.param, accept_downloads=True)
    context.set_default_timeout(60_000)
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda one: asked.append(one.url))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    opened.goto(served.once)
    served.root = opened.url
    yield opened
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(f"http://{served.host}/")] == []
