"""The page asked without a browser: `Asked(folder).get("u/1/preview")` is what it answers, as HTML."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import html

from generator.pack import PackRoots
from generator.web.site import Site

HOST = "127.0.0.1:9"


class Asked:
    def __init__(self, folder: Path, *own_packs: Path) -> None:
        self.site = Site(folder, HOST, PackRoots.with_own(own_packs), folder / ".session")

    def get(self, path: str) -> Any:
        """The page as a tree of elements."""
        return html.fromstring(self.text(path))

    def text(self, path: str) -> str:
        with ThreadPoolExecutor(1) as beside:  # a browser of another test may have a loop in this thread
            status, body = beside.submit(lambda: asyncio.run(self._ask(path))).result()
        assert status == 200, (path, status, body.decode())
        return body.decode()

    async def _ask(self, path: str) -> tuple[int, bytes]:
        where, _, query = path.partition("?")
        scope: MutableMapping[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": f"/{self.site.key}/{where}", "raw_path": b"", "root_path": "", "server": None, "client": None,
            "query_string": quote(query, safe="=&%").encode(), "headers": [(b"host", HOST.encode())],
        }  # fmt: skip
        sent: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        await self.site.app(scope, receive, send)
        return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def words(element: Any) -> str:
    """The text of an element, as it is read."""
    return " ".join(element.text_content().split())
