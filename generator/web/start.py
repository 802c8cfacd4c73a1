"""Starts the page on this machine alone, opens the browser, ends by itself when nobody looks at it any more."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn

from generator.pack import PackRoots
from generator.web.guard import Receive, Scope, Send
from generator.web.site import Site

LOCAL = "127.0.0.1"
IDLE = 60 * 60
"""Seconds without a page after which the program ends."""


def serve(folder: Path, roots: PackRoots, tell: Callable[[str], None], port: int = 0) -> None:
    """Serve until the window is closed, or nobody has looked for an hour. `tell` gets the address for the browser."""
    listening = socket.socket()
    listening.bind((LOCAL, port))
    host = f"{LOCAL}:{listening.getsockname()[1]}"
    site = Site(folder, host, roots)
    last = [time.monotonic()]

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        last[0] = time.monotonic()
        await site.app(scope, receive, send)

    config = uvicorn.Config(watched, log_level="warning", access_log=False, lifespan="off", server_header=False)
    server = uvicorn.Server(config)

    async def run() -> None:
        tell(f"http://{host}/open/{site.once}")
        ending = asyncio.create_task(_end_when_idle(server, last))
        await server.serve(sockets=[listening])
        ending.cancel()

    try:
        asyncio.run(run())
    finally:
        site.jobs.close()


async def _end_when_idle(server: uvicorn.Server, last: list[float]) -> None:
    while time.monotonic() - last[0] < IDLE:
        await asyncio.sleep(5)
    server.should_exit = True
