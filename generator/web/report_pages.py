"""The pages of one report: what is found in it, its sheets, the preview, one figure, what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from generator.checks.rulebook import unchecked_lines
from generator.corrections import compare_versions, read_version
from generator.diagnostics import Diagnostic, Severity
from generator.web.answers import Answers
from generator.web.desk import Desk, Report, Seen
from generator.web.excerpt import SIDE, WRONG, Book
from generator.web.figures import Figures
from generator.web.made_files import MadeFiles, Word
from generator.web.preview import PreviewInk, Wish, contents_of, marks_of
from generator.web.views import Numbers, causes, gaps, key_of, state_of, word_view
from generator.workspace import digest
from generator.writers.html import paper

_END = "</section>\n"
_NOTHING = re.compile(r'<section class="front">.*?</section>\n|<section[^>]*>\n</section>\n(?=.)', re.DOTALL)
"""Covers, and sections of which nothing is shown, but for the last: there stands what is said at the end."""

_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,5}")


class Shown(NamedTuple):
    """A preview: its body, its stylesheet, and where the words asked for stand."""

    body: str
    style: str
    hits: list[tuple[str, str, str]]


class ReportPages:
    def __init__(self, desk: Desk, answers: Answers) -> None:
        self.desk, self.answers = desk, answers
        self.made_files = MadeFiles()
        self._kept: dict[tuple[int, str], tuple[object, Any]] = {}
        self._numbers: dict[int, Numbers] = {}

    # -- what is made of one reading ----------------------------------------------------------------------------------
    def _report(self, request: Request) -> Report:
        found = self.desk.report(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        return found

    async def seen(self, report: Report) -> Seen:
        return await run_in_threadpool(report.seen, self.desk.packs)

    def _once_for(self, report: Report, seen: Seen, what: str, make: Callable[[], Any]) -> Any:
        """What is made of one reading is kept until the next."""
        key = (report.number, what)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not seen:
            self._kept[key] = kept = (seen, make())
        return kept[1]

    def numbers(self, report: Report) -> Numbers:
        return self._numbers.setdefault(report.number, Numbers())

    def _books(self, report: Report, seen: Seen) -> dict[str, Book]:
        made = self._once_for(report, seen, "books", lambda: {name: Book(data) for name, data in seen.books.items()})
        return dict(made)

    def figures(self, report: Report, seen: Seen) -> Figures:
        found = self._once_for(report, seen, "figures", lambda: Figures(seen, self.numbers(report)))
        assert isinstance(found, Figures)
        return found

    def word_of(self, seen: Seen) -> Word | None:
        """The newest finished Word file of this report."""
        if seen.examined is None:
            return None
        return self.made_files.newest(self.desk.made(), seen.examined.document.meta)

    def about(self, report: Report, seen: Seen) -> dict[str, Any]:
        """What every page of one report shows above."""
        meta = seen.examined.document.meta if seen.examined is not None else None
        state = state_of(seen)
        main = report.main_file()
        return {
            "number": report.number,
            "name": report.name,
            "heading": meta.title if meta is not None else report.name,
            "unit": (meta.author if meta is not None else "") or report.name,
            "state": state,
            "word": word_view(seen, state, self.word_of(seen)),
            "read_at": seen.at,
            "trouble": report.trouble,
            "main": main.name if main is not None else "",
            "can_preview": seen.examined is not None,
            "made": [self.answers.made(path) for path in self.desk.made()],
        }

    async def _form(self, request: Request, template: str, title: str) -> Response:
        report = self._report(request)
        seen = await self.seen(report)
        about = await run_in_threadpool(self.about, report, seen)
        return self.answers.page(template, f"{title} - {about['heading']}", **about)

    # -- pages --------------------------------------------------------------------------------------------------------
    async def unit(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self.seen(report)
        return await run_in_threadpool(self._unit, report, seen, bool(request.query_params.get("opened")))

    def _unit(self, report: Report, seen: Seen, opened: bool) -> Response:
        books, numbers = self._books(report, seen), self.numbers(report)
        found = causes(seen.findings, seen.texts, books, numbers)
        between, unchecked = self._between(report, seen)
        about = self.about(report, seen)
        return self.answers.page(
            "unit.html",
            f"{about['state'].text} - {about['heading']}",
            causes=found,
            between=between,
            opened=opened,
            stopping=[one for one in found if one.colour == "red"],
            findings=sum(1 + len(one.following) for one in found),
            gaps=gaps(seen),
            gap_count=seen.count(Severity.TO_FILL),
            unchecked=list(unchecked_lines(unchecked))[1:],
            sheets=list(enumerate(sheet for _, sheet in _sheets(books))),
            seen_state=_shown_state(report),
            **about,
        )

    def _between(self, report: Report, seen: Seen) -> tuple[list[Any], Any]:
        """Where this report and another of the unit's year do not say the same, and what was not checked then."""
        year = self.desk.of_year(report)
        mine = next((one for one in year[0].reports if one.report is seen.found.report), None) if year else None
        if year is None or mine is None:
            return [], seen.found.unchecked
        compared: tuple[Diagnostic, ...] = mine.of_between(year[0].between)
        made = {name: Book(data) for name, data in year[1].items()} if compared else {}
        return causes(compared, seen.texts, {**made, **self._books(report, seen)}, self.numbers(report)), mine.unchecked

    async def state(self, request: Request) -> Response:
        """For the page's script: whether the files have changed since they were read."""
        report = self._report(request)
        if report.trouble:
            await self.seen(report)
        return JSONResponse({"state": await run_in_threadpool(_shown_state, report)})

    async def sheet(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self.seen(report)
        asked = request.query_params.get("at", "")
        return await run_in_threadpool(self._sheet, report, seen, request.path_params["sheet"], asked)

    def _sheet(self, report: Report, seen: Seen, number: int, asked: str) -> Response:
        """`asked`: the cell from which somebody came, «E5»."""
        books = self._books(report, seen)
        pairs = _sheets(books)
        if number >= len(pairs):
            raise HTTPException(404)
        file, sheet = pairs[number]
        marks: dict[str, str] = {asked: SIDE} if _CELL.fullmatch(asked) else {}
        for one in seen.findings:
            for at, place in enumerate(one.places):
                if (place.file, place.sheet) == (file, sheet) and place.cell:
                    worse = one.severity >= Severity.TO_FILL and at < max(one.wrong, 1)
                    marks[place.cell] = WRONG if worse or marks.get(place.cell) == WRONG else SIDE
        view = books[file].whole(sheet, marks)
        return self.answers.page("sheet.html", sheet, view=view, **self.about(report, seen))

    async def preview(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self.seen(report)
        if seen.examined is None:
            return self.answers.to(f"u/{report.number}")
        asked = {name: request.query_params.get(name, "").strip()[:80] for name in ("q", "cmp", "only", "old")}
        return await run_in_threadpool(self._preview, report, seen, asked)

    def _preview(self, report: Report, seen: Seen, asked: dict[str, str]) -> Response:
        assert seen.examined is not None
        document, figures = seen.examined.document, self.figures(report, seen)
        shown = self._paper(report, seen, asked)
        found = figures.find(asked["q"]) if asked["q"] else []
        marks = self._marks(report, seen)
        about = self.about(report, seen)
        return self.answers.page(
            "preview.html", f"预览 - {about['heading']}", paper=Markup(shown.body), found=found, hits=shown.hits[:50],
            asked=asked, comparable=figures.comparable, marked=len(marks), contents=contents_of(document),
            since=self._since(report, seen) if asked["old"] else None, seen_state=_shown_state(report), **about,
        )  # fmt: skip

    def _marks(self, report: Report, seen: Seen) -> Any:
        numbers = self.numbers(report)

        def number_of(one: Diagnostic) -> int:
            return numbers.of(key_of(one)) if one.severity is not Severity.INFO else 0

        return self._once_for(report, seen, "marks", lambda: marks_of(seen, number_of))

    def _paper(self, report: Report, seen: Seen, asked: dict[str, str]) -> Shown:
        examined = seen.examined
        assert examined is not None
        compared = self.figures(report, seen).compared if asked.get("cmp") else None
        wish = Wish(compared, bool(asked.get("only")), asked.get("q", ""))

        def made() -> Shown:
            page = f"/{self.answers.key}/u/{report.number}"
            ink = PreviewInk(examined.document, page, self._marks(report, seen), wish)
            whole = paper(examined.document, examined.case.pack.look, ink)
            body = _NOTHING.sub("", whole.body) if wish.only else whole.body
            return Shown(body.removesuffix(_END) + ink.rest() + _END, whole.style, ink.hits)

        if wish != Wish():
            return made()
        kept: Shown = self._once_for(report, seen, "paper", made)
        return kept

    def _since(self, report: Report, seen: Seen) -> Any:
        """What differs from the Word file that was made last; None when there is none, or none that can be compared."""
        word = self.word_of(seen)
        if word is None:
            return None
        old, new = (read_version(path, self.desk.roots).value for path in (word.path, report.path))
        return compare_versions(old, new).value if old is not None and new is not None else None

    async def look(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self.seen(report)
        if seen.examined is None:
            raise HTTPException(404)
        return Response((await run_in_threadpool(self._paper, report, seen, {})).style, media_type="text/css")

    async def figure(self, request: Request) -> Response:
        report = self._report(request)
        seen = await self.seen(report)
        return await run_in_threadpool(self._figure, report, seen, request.path_params["name"], request.query_params)

    def _figure(self, report: Report, seen: Seen, name: str, query: Any) -> Response:
        view = self.figures(report, seen).get(name)
        if view is None:
            raise HTTPException(404)
        template = {"1": "card.html", "tip": "tip.html"}.get(query.get("part"), "figure.html")
        sheets = {pair: at for at, pair in enumerate(_sheets(self._books(report, seen)))}
        return self.answers.page(template, f"{view.text} 怎么来", view=view, sheets=sheets, **self.about(report, seen))

    async def make(self, request: Request) -> Response:
        return await self._form(request, "make.html", "生成")

    async def correct(self, request: Request) -> Response:
        return await self._form(request, "correct.html", "更正")

    async def publish(self, request: Request) -> Response:
        return await self._form(request, "publish.html", "公开")

    async def next_year(self, request: Request) -> Response:
        return await self._form(request, "next.html", "新的一年")

    async def input(self, request: Request) -> Response:
        main: Path | None = self._report(request).main_file()
        if main is None:
            raise HTTPException(404)
        return await self.answers.sent(main)


def _sheets(books: dict[str, Book]) -> list[tuple[str, str]]:
    """File and sheet, as the addresses count them."""
    return [(file, sheet) for file, book in books.items() for sheet in book.sheets()]


def _shown_state(report: Report) -> str:
    """Of its files, and of what is said of them: another one means that the page is to be renewed."""
    return digest(f"{report.state()} {report.trouble}".encode())[:16]
