"""The addresses of the page and what each answers. No rule and no arithmetic here: everything comes from the desk, the
views and the commands."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from generator.checks.rulebook import unchecked_lines
from generator.diagnostics import Severity
from generator.names import fitting, safe_file_name
from generator.pack import Pack, PackRoots, load_pack, pack_names
from generator.saving import save_new
from generator.web.desk import OUTPUTS, Desk, Report, Seen
from generator.web.excerpt import SIDE, WRONG, Book
from generator.web.guard import App, Guard, TooLargeError
from generator.web.jobs import Job, Jobs
from generator.web.views import Figures, Numbers, causes, clock, gaps, rows, state_of
from generator.workspace import WorkspaceError, changed_at, digest, read_bytes
from generator.writers.html import paper
from generator.writers.html.inline import LinkedInk

_PAGES = Path(__file__).resolve().parent / "pages"
_UPLOADED = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".pdf", ".html", ".htm", ".xml", ".yaml", ".yml")
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".html": "application/octet-stream",
}
_READ_AT_HOME = 12
Handler = Callable[[Request], Awaitable[Response]]


class Site:
    """One work folder behind one key."""

    def __init__(self, folder: Path, host: str, roots: PackRoots) -> None:
        self.desk = Desk(folder, roots)
        self.jobs = Jobs()
        self.key, self.once, self.again = (secrets.token_urlsafe(24) for _ in range(3))
        self.host = host
        self._kept: dict[tuple[int, str], Any] = {}
        self._numbers: dict[int, Numbers] = {}
        self._pages = Environment(
            loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.app: App = Guard(self._application(), host, self.key)

    def _application(self) -> Starlette:
        def at(path: str, handler: Handler, *methods: str) -> Route:
            return Route(path, handler, methods=methods or ("GET",))

        own = f"/{self.key}"
        return Starlette(
            routes=[
                at("/open/{once}", self.open),
                at("/again/{again}", self.open_again),
                at(f"{own}/", self.home),
                at(f"{own}/page.css", self.style),
                at(f"{own}/page.js", self.script),
                at(f"{own}/icon.svg", self.icon),
                at(f"{own}/help", self.help),
                at(f"{own}/new", self.new, "GET", "POST"),
                at(f"{own}/u/{{number:int}}", self.unit),
                at(f"{own}/u/{{number:int}}/state", self.unit_state),
                at(f"{own}/u/{{number:int}}/sheet/{{sheet:int}}", self.sheet),
                at(f"{own}/u/{{number:int}}/preview", self.preview),
                at(f"{own}/u/{{number:int}}/look.css", self.look),
                at(f"{own}/u/{{number:int}}/fig/{{name}}", self.figure),
                at(f"{own}/u/{{number:int}}/make", self.make, "GET", "POST"),
                at(f"{own}/u/{{number:int}}/correct", self.correct, "GET", "POST"),
                at(f"{own}/u/{{number:int}}/next", self.next_year, "GET", "POST"),
                at(f"{own}/u/{{number:int}}/annotate", self.annotate, "POST"),
                at(f"{own}/u/{{number:int}}/input", self.input),
                at(f"{own}/files", self.files),
                at(f"{own}/file/{{number:int}}", self.file),
                at(f"{own}/job/{{number:int}}", self.job, "GET", "POST"),
            ],
            exception_handlers={
                HTTPException: self._http_error,  # type: ignore[dict-item]
                TooLargeError: self._too_large,  # type: ignore[dict-item]
                Exception: self._own_fault,
            },
        )

    # -- answering ----------------------------------------------------------------------------------------------------
    def _page(self, template: str, title: str, status: int = 200, **words: Any) -> HTMLResponse:
        made = self._pages.get_template(template).render(
            key=self.key, title=title, going_on=self.jobs.going_on(), clock=clock, many=len(self._numbers), **words
        )
        return HTMLResponse(made, status)

    async def _http_error(self, _request: Request, error: HTTPException) -> Response:
        words = "没有这一页。" if error.status_code == 404 else "这里不能这样做。"
        return self._page("message.html", words, error.status_code, words=words)

    async def _own_fault(self, _request: Request, error: Exception) -> Response:
        said = f"{type(error).__name__}: {error}"
        words = "程序自己出了错，不是您填错了。您的文件没有改动。请把下面这段复制给技术人员。"
        return self._page("message.html", "程序出了错", 500, words=words, said=said)

    async def _too_large(self, _request: Request, _error: TooLargeError) -> Response:
        return self._page("message.html", "文件太大", 413, words="文件太大，没有收。")

    def _report(self, request: Request) -> Report:
        found = self.desk.report(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        return found

    async def _seen(self, report: Report) -> Seen:
        return await run_in_threadpool(report.seen, self.desk.roots)

    def _once_for(self, report: Report, seen: Seen, what: str, make: Callable[[], Any]) -> Any:
        """What is made of one reading is kept until the next."""
        key = (report.number, what)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not seen:
            self._kept[key] = kept = (seen, make())
        return kept[1]

    def _books(self, report: Report, seen: Seen) -> dict[str, Book]:
        made = self._once_for(report, seen, "books", lambda: {name: Book(data) for name, data in seen.books.items()})
        return dict(made)

    def _figures(self, report: Report, seen: Seen) -> Figures:
        found = self._once_for(report, seen, "figures", lambda: Figures(seen))
        assert isinstance(found, Figures)
        return found

    def _about(self, report: Report, seen: Seen) -> dict[str, Any]:
        """What every page of one report shows above."""
        meta = seen.examined.document.meta if seen.examined is not None else None
        return {
            "number": report.number,
            "name": report.name,
            "heading": meta.title if meta is not None else report.name,
            "unit": (meta.author if meta is not None else "") or report.name,
            "state": state_of(seen),
            "read_at": seen.at,
            "main": main.name if (main := report.main_file()) is not None else "",
            "can_preview": seen.examined is not None,
            "made": [self._made(path) for path in self.desk.made()],
        }

    def _made(self, path: Path) -> dict[str, object]:
        changed, size = changed_at(path)
        return {
            "number": self.desk.number_of(path),
            "name": path.name,
            "at": datetime.fromtimestamp(changed / 1e9).astimezone(),
            "size": f"{max(size // 1024, 1)} KB",
        }

    # -- pages --------------------------------------------------------------------------------------------------------
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

    async def home(self, _request: Request) -> Response:
        reports = self.desk.reports()
        # Of many, those that nobody has opened yet are not read for a list.
        seen = [(one, await self._seen(one) if at < _READ_AT_HOME else one.last) for at, one in enumerate(reports)]
        made = [self._made(path) for path in self.desk.made()[:8]]
        return self._page("home.html", "首页", rows=rows(seen), made=made, folder=self.desk.folder.name)

    async def help(self, _request: Request) -> Response:
        return self._page("help.html", "帮助")

    async def unit(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        numbers = self._numbers.setdefault(report.number, Numbers())
        books = await run_in_threadpool(self._books, report, seen)
        found = await run_in_threadpool(causes, seen, books, numbers)
        sheets = [(at, name) for at, name in enumerate(self._sheets(books))]
        about = self._about(report, seen)
        state = state_of(seen)
        return self._page(
            "unit.html",
            f"{state.text} - {about['heading']}",
            causes=found,
            stopping=[one for one in found if one.colour == "red"],
            gaps=gaps(seen),
            gap_count=seen.count(Severity.TO_FILL),
            unchecked=list(unchecked_lines(seen.unchecked))[1:],
            sheets=sheets,
            seen_state=_short(seen.state),
            **about,
        )

    @staticmethod
    def _sheets(books: dict[str, Book]) -> list[str]:
        return [sheet for book in books.values() for sheet in book.sheets()]

    async def unit_state(self, request: Request) -> Response:
        """For the page's script: whether the files have changed since they were read."""
        report = self._report(request)
        return JSONResponse({"state": _short(report.state())})

    async def sheet(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        books = await run_in_threadpool(self._books, report, seen)
        pairs = [(file, sheet) for file, book in books.items() for sheet in book.sheets()]
        number = request.path_params["sheet"]
        if number >= len(pairs):
            raise HTTPException(404)
        file, sheet = pairs[number]
        marks: dict[str, str] = {}
        for one in seen.findings:
            for at, place in enumerate(one.places):
                if (place.file, place.sheet) == (file, sheet) and place.cell:
                    worse = one.severity >= Severity.TO_FILL and at < max(one.wrong, 1)
                    marks[place.cell] = WRONG if worse or marks.get(place.cell) == WRONG else SIDE
        view = await run_in_threadpool(books[file].whole, sheet, marks)
        return self._page("sheet.html", sheet, view=view, **self._about(report, seen))

    async def preview(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        if seen.examined is None:
            return RedirectResponse(f"/{self.key}/u/{report.number}", 303)
        made = await run_in_threadpool(self._paper, report, seen)
        wanted = request.query_params.get("q", "").strip()[:80]
        found = self._figures(report, seen).find(wanted) if wanted else []
        return self._page(
            "preview.html", f"预览 - {seen.examined.document.meta.title}", paper=Markup(made.body), found=found,
            wanted=wanted, seen_state=_short(seen.state), **self._about(report, seen),
        )  # fmt: skip

    def _paper(self, report: Report, seen: Seen) -> Any:
        examined = seen.examined
        assert examined is not None

        def made() -> object:
            return paper(examined.document, examined.case.pack.look, LinkedInk())

        return self._once_for(report, seen, "paper", made)

    async def look(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        if seen.examined is None:
            raise HTTPException(404)
        return Response((await run_in_threadpool(self._paper, report, seen)).style, media_type="text/css")

    async def figure(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        view = self._figures(report, seen).get(request.path_params["name"])
        if view is None:
            raise HTTPException(404)
        whole = request.query_params.get("part") != "1"
        name = "figure.html" if whole else "card.html"
        return self._page(name, f"{view.text} 怎么来", view=view, **self._about(report, seen))

    # -- acts ---------------------------------------------------------------------------------------------------------
    async def make(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        if request.method == "GET":
            return self._page("make.html", "生成", **self._about(report, seen))
        form = await request.form()
        wanted = [f"--{one}" for one in ("pdf", "html", "publish", "draft") if form.get(one)]
        return self._started("生成报告", ["build", str(report.path), "-o", str(self.desk.outputs), *wanted], report)

    async def annotate(self, request: Request) -> Response:
        report = self._report(request)
        return self._started("标出问题", ["check", str(report.path), "--annotate"], report)

    async def correct(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        if request.method == "GET":
            return self._page("correct.html", "更正", **self._about(report, seen))
        form = await request.form(max_files=1)
        edited = await self._edited(form)
        if isinstance(edited, Response):
            return edited
        if form.get("what") == "publish":
            words = ["publish", str(edited), "-o", str(self.desk.outputs), "--base", str(report.path)]
            return self._started("公开", words, report)
        if form.get("what") == "diff":
            table = self.desk.outputs / f"{edited.stem}（更正对照表）.docx"
            words = ["diff", str(edited), str(report.path), "-o", str(table)]
            return self._started("更正对照表", words, report)
        words = ["refresh", str(edited), str(report.path), "-o", str(self.desk.outputs)]
        return self._started("更新 Word", words, report)

    async def _edited(self, form: FormData) -> Path | Response:
        """A finished file from the list, or an uploaded one, of which a copy is kept."""
        chosen = form.get("chosen")
        if isinstance(chosen, str) and chosen.isdecimal():
            known = self.desk.file(int(chosen))
            if known is not None:
                return known
        return await self._kept_file(form.get("file"), OUTPUTS, (".docx",))

    async def next_year(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self._seen(report)
        if request.method == "GET":
            return self._page("next.html", "新的一年", **self._about(report, seen))
        return self._started("做下一年的工作簿", ["roll-forward", str(report.path), "--workbook"], report)

    async def new(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page("new.html", "新做一份报告", packs=await run_in_threadpool(self._packs))
        form = await request.form(max_files=12)
        pack, year = str(form.get("pack", "")), str(form.get("year", ""))
        if pack not in pack_names(self.desk.roots):
            return self._page("message.html", "没有选报告", 400, words="请选一种报告。")
        given = ["--year", year] if year.isdecimal() and len(year) == 4 else []
        if form.get("what") == "adopt":
            old = await self._kept_file(form.get("old"), "去年的报告", (".docx", ".pdf"))
            if not isinstance(old, Path):
                return old
            target = self.desk.folder / safe_file_name(f"{year or '去年'}-{pack}-取自旧报告", ())
            words = ["adopt", str(old), "--pack", pack, *given, "--workbook", "-o", str(target)]
            return self._started("读去年的报告", words, None)
        if form.get("what") == "blank":
            return self._started("做空白工作簿", ["new", pack, *given, "-o", str(self.desk.folder)], None)
        tables: dict[str, list[str]] = {"tables": [], "prior": [], "budget": []}
        for name, kept in tables.items():
            for one in form.getlist(name):
                file = await self._kept_file(one, "公开表", _UPLOADED)
                if isinstance(file, Path):
                    kept.append(str(file))
                elif isinstance(one, UploadFile) and one.filename:
                    return file
        if not tables["tables"]:
            return self._page("message.html", "没有文件", 400, words="请先选公开表的文件。")
        target = self.desk.folder / safe_file_name(f"{year or '本年'}-{pack}", ())
        others = [word for kind in ("prior", "budget") for one in tables[kind] for word in (f"--{kind}", one)]
        words = ["import", *tables["tables"], *others, "--pack", pack, *given, "--workbook", "-o", str(target)]
        return self._started("读入公开表", words, None)

    def _packs(self) -> list[tuple[str, str]]:
        found = ((name, load_pack(name, self.desk.roots).value) for name in pack_names(self.desk.roots))
        return [(name, _title_of(pack)) for name, pack in found if pack is not None and not pack.abstract]

    async def _kept_file(self, given: object, below: str, endings: tuple[str, ...]) -> Path | Response:
        """A copy of an uploaded file in the work folder, under its own name made harmless; nothing is overwritten."""
        if not isinstance(given, UploadFile) or not given.filename:
            return self._page("message.html", "没有文件", 400, words="请先选一个文件。")
        name = Path(given.filename.replace("\\", "/")).name
        if not name.lower().endswith(endings):
            words = f"这里收 {'、'.join(endings)} 文件，“{name}”不是。文件没有收下。"
            return self._page("message.html", "不是这里要的文件", 400, words=words)
        stem, ending = safe_file_name(Path(name).stem, ()), Path(name).suffix.lower()
        folder = self.desk.folder / below
        data = await given.read()
        try:
            return await run_in_threadpool(_save_beside, folder, stem, ending, data)
        except WorkspaceError as error:
            return self._page("message.html", "没有收下", 400, words=error.diagnostic.message)

    def _started(self, title: str, words: list[str], report: Report | None) -> Response:
        back = f"u/{report.number}" if report is not None else ""
        job = self.jobs.start(title, words, back)
        return RedirectResponse(f"/{self.key}/job/{job.number}", 303)

    async def job(self, request: Request) -> Response:
        found = self.jobs.get(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        if request.method == "POST":
            found.cancel()
            return RedirectResponse(f"/{self.key}/job/{found.number}", 303)
        return self._page(
            "job.html", self._job_title(found), job=found, files=[self._made(one) for one in self._of(found)]
        )

    @staticmethod
    def _job_title(job: Job) -> str:
        return f"{'正在' if not job.ended else ''}{job.title}"

    def _of(self, job: Job) -> list[Path]:
        inside = self.desk.folder.resolve()
        return [one for one in job.made() if one.is_file() and one.resolve().is_relative_to(inside)]

    # -- files --------------------------------------------------------------------------------------------------------
    async def files(self, _request: Request) -> Response:
        return self._page("files.html", "文件", made=[self._made(path) for path in self.desk.made()])

    async def file(self, request: Request) -> Response:
        path = self.desk.file(request.path_params["number"])
        if path is None:
            raise HTTPException(404)
        return await self._sent(path)

    async def input(self, request: Request) -> Response:
        main = self._report(request).main_file()
        if main is None:
            raise HTTPException(404)
        return await self._sent(main)

    async def _sent(self, path: Path) -> Response:
        try:
            data = await run_in_threadpool(read_bytes, path)
        except WorkspaceError as error:
            return self._page("message.html", "读不了", 404, words=error.diagnostic.message)
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        name = f"attachment; filename*=UTF-8''{quote(path.name)}"
        return Response(data, media_type=kind, headers={"content-disposition": name})

    async def style(self, _request: Request) -> Response:
        return self._asset("page.css", "text/css")

    async def script(self, _request: Request) -> Response:
        return self._asset("page.js", "text/javascript")

    async def icon(self, _request: Request) -> Response:
        return self._asset("icon.svg", "image/svg+xml")

    def _asset(self, name: str, kind: str) -> Response:
        assert self._pages.loader is not None
        return Response(self._pages.loader.get_source(self._pages, name)[0], media_type=kind)


def _title_of(pack: Pack) -> str:
    first, last = pack.years
    span = f"{first or ''}—{last or ''}年度" if first or last else "各年度"
    return f"{pack.title}（{pack.region}，{span}）" if pack.region else f"{pack.title}（{span}）"


def _short(state: str) -> str:
    return digest(state.encode())[:16]


def _save_beside(folder: Path, stem: str, ending: str, data: bytes) -> Path:
    """Under a name that is free: «报告.docx», «报告（2）.docx»."""
    for number in range(1, 1000):
        mark = f"（{number}）" if number > 1 else ""
        path = folder / fitting(stem, f"{mark}{ending}")
        if not path.exists():
            return save_new(path, data)
        if read_bytes(path) == data:
            return path
    raise AssertionError(folder)
