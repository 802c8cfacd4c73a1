"""How the page answers: templates, files to take home, jobs that were started."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from generator.web.desk import Desk
from generator.web.jobs import Jobs
from generator.web.views import clock
from generator.workspace import WorkspaceError, changed_at, read_bytes

_PAGES = Path(__file__).resolve().parent / "pages"
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".html": "application/octet-stream",
}


class Answers:
    """Of one start, behind its `key`."""

    def __init__(self, key: str, desk: Desk, jobs: Jobs) -> None:
        self.key, self.desk, self.jobs = key, desk, jobs
        self._pages = Environment(
            loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def page(self, template: str, title: str, status: int = 200, **words: Any) -> HTMLResponse:
        made = self._pages.get_template(template).render(
            key=self.key, title=title, going_on=self.jobs.going_on(), clock=clock, **words
        )
        return HTMLResponse(made, status)

    def refused(self, title: str, words: str) -> HTMLResponse:
        """What the person gave cannot be taken: one sentence says why."""
        return self.page("message.html", title, 400, words=words)

    def to(self, path: str) -> Response:
        return RedirectResponse(f"/{self.key}/{path}", 303)

    def with_packs(self, words: Sequence[str]) -> list[str]:
        """A command line, with the office's own packs where the command may need them."""
        own = [word for folder in self.desk.roots.own for word in ("--templates", str(folder))]
        return [words[0], *own, *words[1:]]

    def started(self, title: str, words: Sequence[str], back: str = "", then: str = "") -> Response:
        """The job's page; `back`: the page to go on from, `then`: one that shows what came of it."""
        return self.to(f"job/{self.jobs.start(title, self.with_packs(words), back, then).number}")

    def made(self, path: Path) -> dict[str, object]:
        """A file, as lists show it."""
        changed, size = changed_at(path)
        return {
            "number": self.desk.number_of(path),
            "name": path.name,
            "at": datetime.fromtimestamp(changed / 1e9).astimezone(),
            "size": f"{max(size // 1024, 1)} KB",
        }

    async def sent(self, path: Path) -> Response:
        try:
            data = await run_in_threadpool(read_bytes, path)
        except WorkspaceError as error:
            return self.page("message.html", "读不了", 404, words=error.diagnostic.message)
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        name = f"attachment; filename*=UTF-8''{quote(path.name)}"
        return Response(data, media_type=kind, headers={"content-disposition": name})

    def asset(self, name: str, kind: str) -> Response:
        assert self._pages.loader is not None
        return Response(self._pages.loader.get_source(self._pages, name)[0], media_type=kind)
