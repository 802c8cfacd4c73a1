"""Who may ask: this machine's own browser, from a page of ours, with the key of this start.

Any website could make a browser ask 127.0.0.1, under a name of its own (DNS rebinding) or by a form: so Host and Origin
are compared, and every address holds a key that nobody else knows.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST = 100 << 20
"""Bytes of what a browser may send at once: the largest workbook with its frame."""
_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",  # with none at all a browser says Origin: null of our own forms
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Lets through what comes from our own pages; everything else gets one sentence."""

    def __init__(self, app: App, host: str, key: str) -> None:
        self.app, self.host, self.key = app, host, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            await PlainTextResponse(refused[1], refused[0], _HEADERS)(scope, receive, send)
            return

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                extra = ((k.encode(), v.encode()) for k, v in _HEADERS.items() if k.encode() not in given)
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        await self.app(scope, _bounded(receive), with_headers)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        heads = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if heads.get("host") != self.host:
            return 403, "不是从本页发出的请求，没有执行。"
        if scope["method"] not in ("GET", "HEAD") and heads.get("origin") != f"http://{self.host}":
            return 403, "不是从本页发出的请求，没有执行。"
        if int(heads.get("content-length") or 0) > LARGEST:
            return 413, f"文件太大，超过 {LARGEST >> 20} MB，没有收。"
        first = str(scope["path"]).split("/")[1]
        if first not in ("open", "again") and not hmac.compare_digest(first.encode(), self.key.encode()):
            return 404, "这个地址已经失效。请从黑色窗口里的地址或桌面图标重新打开。"
        return None


class TooLargeError(Exception):
    """More was sent than its length said, or than may be."""


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def counted() -> MutableMapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise TooLargeError
        return message

    return counted
