"""Starts the page on this machine alone, opens the browser, ends by itself when nobody looks at it any more."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
import urllib.request
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from generator.pack import PackRoots
from generator.programs import temporary_folder
from generator.web.guard import Receive, Scope, Send
from generator.web.site import Site
from generator.workspace import forget_page, note_page, noted_page

LOCAL = "127.0.0.1"
IDLE = 60 * 60
"""Seconds without a page after which the program ends."""


def serve(folder: Path, roots: PackRoots, tell: Callable[[str, bool], None]) -> None:
    """Serve until the window is closed, or nobody has looked for an hour.

    `tell` gets the address for the browser, and whether the page was running already: then nothing more is done.
    """
    running = _running(folder)
    if running:
        tell(running, True)
        return
    with temporary_folder() as session:
        _serve(folder, roots, tell, session)


def _serve(folder: Path, roots: PackRoots, tell: Callable[[str, bool], None], session: Path) -> None:
    listening = socket.socket()
    listening.bind((LOCAL, 0))
    listening.listen(128)  # the browser may come before the server is ready
    host = f"{LOCAL}:{listening.getsockname()[1]}"
    site = Site(folder, host, roots, session)
    last = [time.monotonic()]

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        last[0] = time.monotonic()
        await site.app(scope, receive, send)

    config = uvicorn.Config(watched, log_level="warning", access_log=False, lifespan="off", server_header=False)
    server = uvicorn.Server(config)

    async def run() -> None:
        tell(site.address(), False)
        ending = asyncio.create_task(_end_when_idle(server, last))
        await server.serve(sockets=[listening])
        ending.cancel()

    # The server ends in order at these, and then raises them again for whoever had them before.
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    note_page(folder, f"{host} {site.again}")
    try:
        asyncio.run(run())
    finally:
        forget_page(folder)
        site.jobs.close()


def open_browser(address: str) -> None:
    """In the person's own browser; where there is none, the address stands on the screen."""
    webbrowser.open(address)


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _running(folder: Path) -> str:
    """The address of a page that serves this folder already, "" when there is none."""
    host, _, again = noted_page(folder).partition(" ")
    if not host.startswith(f"{LOCAL}:") or not again:
        return ""
    try:
        with urllib.request.urlopen(f"http://{host}/again/{again}", timeout=3) as answer:
            address = str(answer.read(500), "ascii")
    except (OSError, ValueError):
        return ""
    return address if address.startswith(f"http://{host}/open/") else ""


async def _end_when_idle(server: uvicorn.Server, last: list[float]) -> None:
    while time.monotonic() - last[0] < IDLE:
        await asyncio.sleep(5)
    server.should_exit = True
