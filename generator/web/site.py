"""The addresses of the page and what answers at each. No rule and no arithmetic here: everything comes from the desk,
the views and the commands."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from generator.pack import PackRoots
from generator.web.acts import Acts
from generator.web.answers import Answers
from generator.web.desk import Desk
from generator.web.guard import App, Guard, TooLargeError
from generator.web.home_pages import HomePages
from generator.web.jobs import Jobs
from generator.web.report_pages import ReportPages
from generator.web.uploads import ReceivedFiles

Handler = Callable[[Request], Awaitable[Response]]
_ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}


class Site:
    """One work folder behind one key."""

    def __init__(self, folder: Path, host: str, roots: PackRoots, session: Path) -> None:
        """`session`: a folder of its own, gone with it: what was put on the page and nobody has used yet."""
        self.jobs = Jobs()
        self.key, self.once, self.again = (secrets.token_urlsafe(24) for _ in range(3))
        self.host = host
        desk = Desk(folder, roots)
        self.answers = Answers(self.key, desk, self.jobs)
        self.app: App = Guard(self._application(desk, session), host, self.key)

    def _application(self, desk: Desk, session: Path) -> Starlette:
        received: dict[int, ReceivedFiles] = {}
        acts, report = Acts(desk, self.answers, session, received), ReportPages(desk, self.answers)
        home = HomePages(desk, self.answers, report, received)
        own, unit = f"/{self.key}", f"/{self.key}/u/{{number:int}}"

        def shown(path: str, page: Handler) -> Route:
            return Route(path, page, methods=("GET",))

        def done(path: str, act: Handler) -> Route:
            return Route(path, acts.of(act), methods=("POST",))

        return Starlette(
            routes=[
                shown("/open/{once}", self.open),
                shown("/again/{again}", self.open_again),
                shown(f"{own}/", home.home),
                *(shown(f"{own}/{name}", self.asset) for name in _ASSETS),
                shown(f"{own}/ask", home.ask),
                shown(f"{own}/help", home.help),
                done(f"{own}/self", acts.self_check),
                shown(f"{own}/packs", home.forms),
                shown(f"{own}/packs/{{name}}", home.form),
                done(f"{own}/packs/{{name}}", acts.lint),
                shown(f"{own}/files", home.files),
                shown(f"{own}/file/{{number:int}}", home.file),
                shown(f"{own}/job/{{number:int}}", home.job),
                done(f"{own}/job/{{number:int}}", acts.stop),
                done(f"{own}/receive", acts.receive),
                shown(f"{own}/received/{{number:int}}", home.received),
                done(f"{own}/received/{{number:int}}", acts.use),
                shown(f"{own}/new", home.new),
                done(f"{own}/new", acts.new),
                shown(unit, report.unit),
                shown(f"{unit}/state", report.state),
                shown(f"{unit}/sheet/{{sheet:int}}", report.sheet),
                shown(f"{unit}/preview", report.preview),
                shown(f"{unit}/look.css", report.look),
                shown(f"{unit}/fig/{{name}}", report.figure),
                shown(f"{unit}/input", report.input),
                done(f"{unit}/input", acts.open_input),
                shown(f"{unit}/make", report.make),
                done(f"{unit}/make", acts.make),
                shown(f"{unit}/correct", report.correct),
                done(f"{unit}/correct", acts.correct),
                shown(f"{unit}/publish", report.publish),
                done(f"{unit}/publish", acts.publish),
                shown(f"{unit}/next", report.next_year),
                done(f"{unit}/next", acts.next_year),
                done(f"{unit}/annotate", acts.annotate),
            ],
            exception_handlers={
                HTTPException: self._http_error,  # type: ignore[dict-item]
                TooLargeError: self._too_large,  # type: ignore[dict-item]
                Exception: self._own_fault,
            },
        )

    async def _http_error(self, _request: Request, error: HTTPException) -> Response:
        words = "没有这一页。" if error.status_code == 404 else "这里不能这样做。"
        return self.answers.page("message.html", words, error.status_code, words=words)

    async def _own_fault(self, _request: Request, error: Exception) -> Response:
        said = f"{type(error).__name__}: {error}"
        words = "程序自己出了错，不是您填错了。您的文件没有改动。请把下面这段复制给技术人员。"
        return self.answers.page("message.html", "程序出了错", 500, words=words, said=said)

    async def _too_large(self, _request: Request, _error: TooLargeError) -> Response:
        return self.answers.page("message.html", "文件太大", 413, words="文件太大，没有收。")

    # -- who may come in, and what every page needs -------------------------------------------------------------------
    async def open(self, request: Request) -> Response:
        """The address with which the browser was started works once: others can see a program's command line."""
        once, self.once = self.once, ""
        if not once or not secrets.compare_digest(request.path_params["once"], once):
            return HTMLResponse("这个地址已经失效。请从黑色窗口里的地址或桌面图标重新打开。", 404)
        return RedirectResponse(f"/{self.key}/", 303)

    async def open_again(self, request: Request) -> Response:
        """Asked by a second start on the same folder: another address that works once."""
        if not secrets.compare_digest(request.path_params["again"], self.again):
            return PlainTextResponse("", 404)
        self.once = secrets.token_urlsafe(24)
        return PlainTextResponse(self.address())

    def address(self) -> str:
        return f"http://{self.host}/open/{self.once}"

    async def asset(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return self.answers.asset(name, _ASSETS[name])
