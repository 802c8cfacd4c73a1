"""Pages of the whole work folder: the list of reports, a question to all of them, what a form asks for, files, help."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from generator.own_child import run_command
from generator.pack import Pack, load_pack, pack_names
from generator.web.answers import Answers
from generator.web.desk import Desk, Report, Seen
from generator.web.report_pages import ReportPages
from generator.web.uploads import Received, ReceivedFiles
from generator.web.views import rows

_READ_AT_HOME = 12


class HomePages:
    def __init__(
        self, desk: Desk, answers: Answers, of_report: ReportPages, received: dict[int, ReceivedFiles]
    ) -> None:
        self.desk, self.answers, self.of_report, self.received_files = desk, answers, of_report, received
        self._packs: list[tuple[str, str]] = []

    async def home(self, _request: Request) -> Response:
        return await run_in_threadpool(self._home)

    def _read(self) -> list[tuple[Report, Seen | None]]:
        """Of many reports those that nobody has opened yet are not read for a list."""
        every = enumerate(self.desk.reports())
        return [(one, one.seen(self.desk.packs) if at < _READ_AT_HOME else one.last) for at, one in every]

    def _home(self) -> Response:
        listed = [(one, seen, self.of_report.word_of(seen) if seen else None) for one, seen in self._read()]
        made = [self.answers.made(path) for path in self.desk.made()[:8]]
        return self.answers.page("home.html", "首页", rows=rows(listed), made=made, folder=self.desk.folder.name)

    async def ask(self, request: Request) -> Response:
        return await run_in_threadpool(self._ask, request.query_params.get("q", "").strip()[:80])

    def _ask(self, wanted: str) -> Response:
        """Where a figure stands, in all reports of the folder."""
        found = []
        for report, seen in self._read() if wanted else ():
            if seen is not None and (hits := self.of_report.figures(report, seen).find(wanted)):
                found.append((report.number, self.of_report.about(report, seen)["heading"], hits))
        return self.answers.page("ask.html", f"问一个数 {wanted}".strip(), wanted=wanted, found=found)

    async def new(self, _request: Request) -> Response:
        packs = await run_in_threadpool(self.packs)
        return self.answers.page("new.html", "新做一份报告", packs=packs)

    def packs(self) -> list[tuple[str, str]]:
        """Name and title of every form: read once, compiling them all takes seconds."""
        if not self._packs:
            self._packs = self._titles()
        return self._packs

    def _titles(self) -> list[tuple[str, str]]:
        found = ((name, load_pack(name, self.desk.roots).value) for name in pack_names(self.desk.roots))
        return [(name, title_of(pack)) for name, pack in found if pack is not None and not pack.abstract]

    async def forms(self, _request: Request) -> Response:
        packs = await run_in_threadpool(self.packs)
        return self.answers.page("packs.html", "报告格式", packs=packs, named=list(pack_names(self.desk.roots)))

    async def form(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in pack_names(self.desk.roots):
            raise HTTPException(404)
        pack = (await run_in_threadpool(load_pack, name, self.desk.roots)).value
        ended = await run_in_threadpool(run_command, self.answers.with_packs(("packs", "show", name)))
        said = ended.output.decode("utf-8", "replace")
        return self.answers.page("pack.html", pack.title if pack is not None else name, name=name, said=said)

    async def received(self, request: Request) -> Response:
        """What the files are that were put on the page, and what can be done with each."""
        of = self.received_files.get(request.path_params["number"])
        found = of.told() if of is not None else None
        if of is None or found is None:
            raise HTTPException(404)
        packs = await run_in_threadpool(self.packs)
        reports = await run_in_threadpool(self._read)
        return self.answers.page("received.html", "收到的文件", found=found, number=of.number, packs=packs,
                                 same=[self._same(one, reports) for one in found])  # fmt: skip

    @staticmethod
    def _same(one: Received, reports: list[tuple[Report, Seen | None]]) -> int:
        """The number of the report that is of this unit, year and form, 0 for none."""
        for report, seen in reports:
            meta = seen.examined.document.meta if seen is not None and seen.examined is not None else None
            if meta is not None and one.unit and (meta.pack, meta.author, meta.year) == (one.pack, one.unit, one.year):
                return report.number
        return 0

    async def help(self, _request: Request) -> Response:
        return self.answers.page("help.html", "帮助")

    async def files(self, _request: Request) -> Response:
        return await run_in_threadpool(self._files)

    def _files(self) -> Response:
        made = [self.answers.made(path) for path in self.desk.made()]
        published = [
            (one.folder.name, one.record.day, [self.answers.made(file) for file in one.public_files()])
            for one in self.desk.publications()
        ]
        return self.answers.page("files.html", "文件", made=made, published=published)

    async def file(self, request: Request) -> Response:
        path = self.desk.file(request.path_params["number"])
        if path is None:
            raise HTTPException(404)
        return await self.answers.sent(path)

    async def job(self, request: Request) -> Response:
        found = self.answers.jobs.get(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        if found.then and found.ended and found.fine:
            return self.answers.to(found.then)
        inside = self.desk.folder.resolve()
        made = [one for one in found.made() if one.is_file() and one.resolve().is_relative_to(inside)]
        title = found.title if found.ended else f"正在{found.title}"
        return self.answers.page("job.html", title, job=found, files=[self.answers.made(one) for one in made])


def title_of(pack: Pack) -> str:
    first, last = pack.years
    span = f"{first or ''}—{last}年度" if last else f"{first}年度起" if first else "各年度"
    return f"{pack.title}（{pack.region}，{span}）" if pack.region else f"{pack.title}（{span}）"
