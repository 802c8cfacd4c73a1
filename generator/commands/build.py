"""`juesuan build INPUT`: the finished Word document, and the PDF when asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.commands.common import (
    DRAFT_COPY,
    FINE,
    WRONG_USE,
    base_option,
    change_time,
    give_up,
    leave,
    output_of,
    show,
    templates_option,
    with_marks,
)
from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.names import PROGRAM, readable

if TYPE_CHECKING:
    from generator.pack import PackRoots
    from generator.pipeline import Examined, Wanted
    from generator.redlining.redline import Redlined
    from generator.saving import Made
    from generator.writers.pages import Paged
    from generator.year_folder import YearFolder

REDLINED = "（修订）"


@click.command(
    "build",
    help="核对填报数据并生成 Word 文件。有错误时不生成；填报数据是一个工作簿、一个 .yaml 文件，或放有它们的文件夹；"
    "也可以是放着几份报告的“单位/年度”文件夹，每份报告各生成一个文件。",
)
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    metavar="文件或文件夹",
    help="生成到哪里；不写则放到 outputs 文件夹，文件名按年度和单位取",
)
@click.option("--pdf", is_flag=True, help="同时生成 PDF，带标签，读屏软件能读（需要 LibreOffice）")
@click.option("--pdf-a", is_flag=True, help="同时生成长期保存用的 PDF（PDF/A-2b，未经验证；需要 LibreOffice）")
@click.option("--html", is_flag=True, help="同时生成网页文件（.html）：一个文件，放到网站上公开，手机上也能看")
@click.option("--publish", is_flag=True, help="生成公开用的副本：不含数字标记、数据来源和作者")
@click.option("--draft", is_flag=True, help="有错误也生成，每页印“草稿”，首页列出还缺什么，没有填的地方印〔待填〕")
@click.option(
    "--redline",
    "old",
    type=click.Path(path_type=Path),
    metavar="旧文件",
    help="与较早生成的 Word 文件（可以在 Word、WPS 里改过）相比，改动标成修订，可以逐处接受或拒绝；旧文件不会改动",
)
@base_option
@click.option("--author", default=PROGRAM, metavar="名字", help=f"修订的作者，与 --redline 同用；不写则为“{PROGRAM}”")
@click.option("--measure", is_flag=True, help="目录页码用 LibreOffice 实测（要几秒钟）；不写则按版面估算")
@templates_option
def command(
    input_path: Path,
    output: Path,
    old: Path | None,
    old_input: Path | None,
    author: str,
    own_packs: tuple[Path, ...],
    **wanted: bool,
) -> None:
    from generator.pack import PackRoots
    from generator.pipeline import Wanted, examine
    from generator.workspace import WorkspaceError, read_bytes
    from generator.year_folder import year_folder

    roots = PackRoots.with_own(own_packs)
    try:
        before = read_bytes(old) if old is not None else b""
    except WorkspaceError as error:
        give_up([error.diagnostic])
    if old is not None and old_input is not None:
        before, told = with_marks(readable(old.name), before, old_input, roots)
        show(told)
    request = Wanted(**wanted)
    if old is not None and (request.publish or request.html):
        show([finding("R043", other="--publish" if request.publish else "--html")])
        sys.exit(WRONG_USE)
    asked = _Asked(request, output, old, before, author)
    folder = year_folder(input_path)
    if folder.value is not None:
        _build_year(folder.value, folder.diagnostics, roots, asked)
    if folder.diagnostics:
        give_up(folder.diagnostics, words="没有生成文件。")
    _build_report(input_path, examine(input_path, roots), asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command was asked for: `old` and `before`, path and bytes of the file to compare with, and `author`."""

    wanted: Wanted
    output: Path
    old: Path | None
    before: bytes
    author: str


def _build_year(folder: YearFolder, told: Sequence[Diagnostic], roots: PackRoots, asked: _Asked) -> NoReturn:
    """Every report of a unit's year. While they contradict each other, none is made but drafts."""
    from generator.year_folder import examine_year

    if asked.old is not None or asked.output.suffix.lower() in (".docx", ".pdf", ".html"):
        what = "一个旧文件只对得上一份" if asked.old is not None else "一个文件名只够一份"
        names = "、".join(one.name for one in folder.reports)
        show([finding("O042", path=folder.path, count=len(folder.reports), what=what, reports=names)])
        sys.exit(WRONG_USE)
    year = examine_year(folder, roots)
    between = (*told, *year.between)
    if has_errors(between) and not asked.wanted.draft:
        give_up(between, words="各报告之间不一致，没有生成文件。请改正后重新运行。")
    statuses: list[int] = []
    for one in year.reports:
        click.echo(f"【{one.report.name}】{one.title}")
        try:
            _build_report(one.report.path, Outcome(one.examined, one.own_findings), asked)
        except SystemExit as end:
            statuses.append(int(str(end.code)))
    if between:
        click.echo("【各报告之间】")
        show(between)
    sys.exit(max(statuses, default=FINE))


def _build_report(input_path: Path, examined: Outcome[Examined | None], asked: _Asked) -> NoReturn:
    from generator.drafts import as_draft

    request, output, old = asked.wanted, asked.output, asked.old
    findings: list[Diagnostic] = list(examined.diagnostics)
    made = examined.value
    if made is None or (has_errors(findings) and not request.draft):
        give_up(findings, words=_refusal(findings, draft=made is not None))
    if request.draft:
        made = replace(made, document=as_draft(made.document, made.case.facts, findings))
    built = _built(made, request, readable(old.name) if old is not None else "", asked.before, asked.author)
    findings.extend(built.diagnostics)
    if built.value is None:
        give_up(findings, words="没有生成文件。")
    word, changes = built.value
    copy = "（公开）" if request.publish else REDLINED if old is not None else ""
    kind = (DRAFT_COPY if request.draft else "") + copy
    made_from = (input_path,) if old is None else (input_path, old)
    place = _target(output, old, _report_name(made), kind)
    saved = _save(word, *place, output_of("build", made.case, *made_from))
    findings.extend(saved.diagnostics)
    show(findings)
    for path in saved.value:
        click.echo(f"已生成：{readable(str(path))}")
    for line in (changes, word.words()):
        if line and saved.value:
            click.echo(line)
    if request.draft and saved.value:
        click.echo("这是草稿，不能作为定稿。")
        sys.exit(FINE)
    leave(findings)


def _refusal(findings: Sequence[Diagnostic], *, draft: bool) -> str:
    wrong = any(one.severity is Severity.ERROR for one in findings)
    waiting = any(one.severity is Severity.TO_FILL for one in findings)
    what = "有错误，还有没填的" if wrong and waiting else "有错误" if wrong else "还没有填完"
    cure = "改正、填好" if wrong and waiting else "改正" if wrong else "填好"
    offered = "；要先看草稿，请加 --draft。" if draft else "。"
    return f"{what}，没有生成文件。请{cure}后重新运行{offered}"


def _built(made: Examined, wanted: Wanted, old: str, before: bytes, author: str) -> Outcome[tuple[Paged, str] | None]:
    """The Word file and what a redline says of itself, "" without an old file."""
    from generator.pipeline import build_report

    if not old:
        built = build_report(made, wanted)
        return Outcome((built.value, ""), built.diagnostics)
    from generator.corrections import build_redline

    redlined = build_redline(old, before, made, wanted, author=author, date=change_time())
    if redlined.value is None:
        return Outcome(None, redlined.diagnostics)
    return Outcome((redlined.value.word, _spoken(redlined.value.changes)), redlined.diagnostics)


def _save(word: Paged, folder: Path, name: str, made: Made) -> Outcome[list[Path]]:
    from generator.saving import save_output

    saved: list[Path] = []
    findings: list[Diagnostic] = []
    for suffix, data in ((".docx", word.docx), (".pdf", word.pdf), (".html", word.html)):
        if data is not None:
            kept = save_output(folder, name + suffix, data, made)
            findings.extend(kept.diagnostics)
            if kept.value is not None:
                saved.append(kept.value.path)
    return Outcome(saved, tuple(findings))


def _report_name(made: Examined) -> str:
    """The pack's name for the file; a long unit is cut in it, not year and kind."""
    from generator.facts.fact import Text, walk
    from generator.names import safe_file_name

    typed = (str(one) for one in walk(made.case.facts) if isinstance(one, Text))
    return safe_file_name(made.document.meta.file_name, typed)


def _target(output: Path, old: Path | None, title: str, kind: str) -> tuple[Path, str]:
    """Folder and name without suffix. A name that was asked for is taken as it is, but never that of the old file."""
    from generator.names import fitting
    from generator.workspace import same_place

    if output.suffix.lower() not in (".docx", ".pdf", ".html"):
        return output, title + kind
    is_old = old is not None and same_place(output.with_suffix(".docx"), old)
    mark = REDLINED if is_old else ""
    return output.parent, fitting(output.stem, f"{mark}.docx").removesuffix(".docx")


def _spoken(made: Redlined) -> str:
    """«修订：改动 3 段、12 个单元格，增删 2 行。»"""
    if not made.changed:
        return "修订：与旧文件相比，文字没有变化。"
    nothing = "文字没有变化；分段、图片等处的改动标在文件里"
    changed = "、".join(f"{n} {of}" for n, of in ((made.paragraphs, "段"), (made.cells, "个单元格")) if n)
    rows = "、".join(f"{n} {of}" for n, of in ((made.rows, "行"), (made.tables, "张表")) if n)
    said = "，".join(words for words in (changed and f"改动 {changed}", rows and f"增删 {rows}") if words)
    return f"修订：{said or nothing}。"
