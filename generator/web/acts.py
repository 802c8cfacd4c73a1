"""What a person asks the page to do, as the words of a command. The command does it, in a bounded child (`jobs`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from generator.names import safe_file_name
from generator.pack import pack_names
from generator.programs import open_for_person
from generator.web.answers import Answers
from generator.web.desk import OUTPUTS, Desk, Report
from generator.web.uploads import NotTakenError, ReceivedFiles, kept_file, kept_files

TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".pdf", ".html", ".htm", ".xml")
INPUTS = (".xlsx", ".xlsm", ".yaml", ".yml")
OLD = "去年的报告"
FOUND = ("tables", "prior", "budget")
Act = Callable[[Request], Awaitable[Response]]


class Acts:
    """Forms that were sent. Every one ends with a job's page, or with a sentence that says why not."""

    def __init__(self, desk: Desk, answers: Answers, session: Path, received: dict[int, ReceivedFiles]) -> None:
        self.desk, self.answers, self.session, self.received = desk, answers, session, received

    def of(self, act: Callable[[Request], Awaitable[Response]]) -> Act:
        """The act, with refusals of uploads as a page."""

        async def answered(request: Request) -> Response:
            try:
                return await act(request)
            except NotTakenError as refused:
                return self.answers.refused(refused.title, refused.words)

        return answered

    def _report(self, request: Request) -> Report:
        found = self.desk.report(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        return found

    def _started(self, title: str, words: list[str], report: Report) -> Response:
        return self.answers.started(title, words, f"u/{report.number}")

    # -- of one report ------------------------------------------------------------------------------------------------
    async def make(self, request: Request) -> Response:
        report, form = self._report(request), await request.form()
        wanted = [f"--{one}" for one in ("pdf", "html", "publish", "draft") if form.get(one)]
        words = ["build", str(report.path), "-o", str(self.desk.outputs), *wanted]
        return self._started("生成报告", words, report)

    async def open_input(self, request: Request) -> Response:
        """The workbook itself, not a copy: what is saved there is what the page reads."""
        report, form = self._report(request), await request.form()
        main = report.main_file()
        if main is None:
            raise HTTPException(404)
        wanted = main.parent if form.get("what") == "folder" else main
        if await run_in_threadpool(open_for_person, wanted):
            return self.answers.to(f"u/{report.number}?opened=1")
        words = f"这台电脑上打不开它。请到文件夹“{main.parent}”里打开“{main.name}”，改好保存，页面自动更新。"
        raise NotTakenError("请自己打开", words)

    async def annotate(self, request: Request) -> Response:
        report = self._report(request)
        return self._started("标出问题", ["check", str(report.path), "--annotate"], report)

    async def correct(self, request: Request) -> Response:
        report, form = self._report(request), await request.form(max_files=1)
        return self._corrected(str(form.get("what")), await self._edited(form), report)

    def _corrected(self, what: str, edited: Path, report: Report) -> Response:
        if what == "diff":
            table = self.desk.outputs / f"{edited.stem}（更正对照表）.docx"
            return self._started("更正对照表", ["diff", str(edited), str(report.path), "-o", str(table)], report)
        words = ["refresh", str(edited), str(report.path), "-o", str(self.desk.outputs)]
        return self._started("更新 Word", words, report)

    async def _edited(self, form: FormData) -> Path:
        """A finished file from the list, or an uploaded one, of which a copy is kept."""
        chosen = form.get("chosen")
        known = self.desk.file(int(chosen)) if isinstance(chosen, str) and chosen.isdecimal() else None
        return known or await kept_file(form.get("file"), self.desk.folder / OUTPUTS, (".docx",))

    async def publish(self, request: Request) -> Response:
        """公开: the command refuses what may not be published, and says where it stands."""
        report, form = self._report(request), await request.form(max_files=1)
        edited = await self._edited(form)
        dates = [(f"--{one}", str(form.get(one, "")).strip()) for one in ("approved", "day")]
        switches = [f"--{one}" for one in ("reviewed", "accept-changes", "confirm-numbers") if form.get(one)]
        told = [word for option, date in dates if date for word in (option, date)]
        words = ["publish", str(edited), "-o", str(self.desk.outputs), "--base", str(report.path), *told, *switches]
        return self._started("公开", words, report)

    async def next_year(self, request: Request) -> Response:
        report = self._report(request)
        return self._started("做下一年的工作簿", ["roll-forward", str(report.path), "--workbook"], report)

    # -- files put on the page ----------------------------------------------------------------------------------------
    async def receive(self, request: Request) -> Response:
        """What they are is looked at first; nothing comes into the work folder by that."""
        form = await request.form(max_files=12)
        number = len(self.received) + 1
        files = await kept_files(form.getlist("files"), self.session / str(number), (*TABLES, *INPUTS))
        if not files:
            raise NotTakenError("没有文件", "请先选一个文件。")
        words = self.answers.with_packs(["identify", *map(str, files), "--json"])
        job = self.answers.jobs.start("认文件", words, "", f"received/{number}")
        self.received[number] = ReceivedFiles(number, files, job)
        return self.answers.to(f"job/{job.number}")

    async def use(self, request: Request) -> Response:
        """One of the things that can be done with what was put on the page."""
        form, received = await request.form(), self.received.get(request.path_params["number"])
        if received is None:
            raise HTTPException(404)
        chosen, what = str(form.get("file", "")), str(form.get("what", ""))
        if what == "input":
            await received.kept(chosen, self.desk.folder)
            return self.answers.to("")
        if what in ("refresh", "diff"):
            report = self.desk.report(int(str(form.get("report", "0")) or 0))
            if report is None:
                raise HTTPException(404)
            return self._corrected(what, await received.kept(chosen, self.desk.outputs), report)
        pack, year, given = self._form_of(form)
        if what == "adopt":
            return self._adopted(await received.kept(chosen, self.desk.folder / OLD), pack, year, given)
        roles = {name.removeprefix("role-"): str(role) for name, role in form.items() if name.startswith("role-")}
        kept: dict[str, list[str]] = {kind: [] for kind in FOUND}
        for number, role in roles.items():
            if role in kept:
                kept[role].append(str(await received.kept(number, self.desk.folder / "公开表")))
        return self._imported(kept, pack, year, given)

    # -- a new one ----------------------------------------------------------------------------------------------------
    async def new(self, request: Request) -> Response:
        form = await request.form(max_files=12)
        pack, year, given = self._form_of(form)
        if form.get("what") == "adopt":
            old = await kept_file(form.get("old"), self.desk.folder / OLD, (".docx", ".pdf"))
            return self._adopted(old, pack, year, given)
        if form.get("what") == "blank":
            words = ["new", pack, *given[2:], "-o", str(self.desk.folder)]
            return self.answers.started("做空白工作簿", words)
        folder = self.desk.folder / "公开表"
        kept = {kind: [str(one) for one in await kept_files(form.getlist(kind), folder, TABLES)] for kind in FOUND}
        return self._imported(kept, pack, year, given)

    def _form_of(self, form: FormData) -> tuple[str, str, list[str]]:
        """Pack and year that were chosen, and both as words of a command line."""
        pack, year = str(form.get("pack", "")), str(form.get("year", ""))
        if pack not in pack_names(self.desk.roots):
            raise NotTakenError("没有选报告", "请选一种报告。")
        return pack, year, ["--pack", pack, *(["--year", year] if year.isdecimal() and len(year) == 4 else [])]

    def _target(self, *words: str) -> str:
        return str(self.desk.folder / safe_file_name("-".join(words), ()))

    def _adopted(self, old: Path, pack: str, year: str, given: list[str]) -> Response:
        target = self._target(year or "去年", pack, "取自旧报告")
        return self.answers.started("读去年的报告", ["adopt", str(old), *given, "--workbook", "-o", target])

    def _imported(self, kept: dict[str, list[str]], pack: str, year: str, given: list[str]) -> Response:
        if not kept["tables"]:
            raise NotTakenError("没有文件", "请先选今年的公开表。")
        others = [word for kind in FOUND[1:] for file in kept[kind] for word in (f"--{kind}", file)]
        words = ["import", *kept["tables"], *others, *given, "--workbook", "-o", self._target(year or "本年", pack)]
        return self.answers.started("读入公开表", words)

    async def lint(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in pack_names(self.desk.roots):
            raise HTTPException(404)
        return self.answers.started("检查模板包", ["packs", "lint", name], f"packs/{name}")

    async def self_check(self, _request: Request) -> Response:
        return self.answers.started("自检", ["selfcheck", str(self.desk.folder)], "help")

    async def stop(self, request: Request) -> Response:
        found = self.answers.jobs.get(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        await run_in_threadpool(found.cancel)
        return self.answers.to(f"job/{found.number}")
