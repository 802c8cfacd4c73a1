"""`juesuan build INPUT`: the finished Word document, and the PDF when asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import FINE, WRONG_USE, change_time, give_up, leave, show, templates_option
from generator.diagnostics import Diagnostic, finding, has_errors
from generator.names import PROGRAM

if TYPE_CHECKING:
    from generator.redlining.redline import Redlined

REDLINED = "（修订）"
_NOTHING = "没有生成文件。"


@click.command(
    "build", help="核对填报数据并生成 Word 文件。有错误时不生成；填报数据是一个 .yaml 文件或放有它们的文件夹。"
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
@click.option("--pdf", is_flag=True, help="同时生成 PDF（需要 LibreOffice）")
@click.option("--publish", is_flag=True, help="生成公开用的副本：不含数字标记、数据来源和作者")
@click.option("--draft", is_flag=True, help="有错误也生成，每页印“草稿”，没有填的地方印〔待填〕")
@click.option(
    "--redline",
    "old",
    type=click.Path(path_type=Path),
    metavar="旧文件",
    help="与较早生成的 Word 文件（可以在 Word、WPS 里改过）相比，改动标成修订，可以逐处接受或拒绝；旧文件不会改动",
)
@click.option("--author", default=PROGRAM, metavar="名字", help=f"修订的作者，与 --redline 同用；不写则为“{PROGRAM}”")
@templates_option
def command(
    input_path: Path,
    output: Path,
    pdf: bool,
    publish: bool,
    draft: bool,
    old: Path | None,
    author: str,
    own_packs: tuple[Path, ...],
) -> None:
    from generator.pack import PackRoots
    from generator.pipeline import build_word, examine
    from generator.workspace import WorkspaceError, read_bytes, save_output
    from generator.writers.libreoffice import to_pdf

    before = b""
    if old is not None:
        try:
            before = read_bytes(old)
        except WorkspaceError as error:
            give_up([error.diagnostic])
        if publish:
            show([finding("R043")])
            sys.exit(WRONG_USE)
    examined = examine(input_path, PackRoots.with_own(own_packs))
    findings: list[Diagnostic] = list(examined.diagnostics)
    made = examined.value
    if made is None or (has_errors(findings) and not draft):
        offered = "。" if made is None else "；要先看草稿，请加 --draft。"
        give_up(findings, words=f"有错误，没有生成文件。请改正后重新运行{offered}")
    built = build_word(made.document, made.case.pack, publish=publish, draft=draft, pdf=pdf and old is None)
    findings.extend(built.diagnostics)
    if built.value is None:
        give_up(findings, words=_NOTHING)
    docx, printed, changes = built.value.docx, built.value.pdf, ""
    if old is not None:
        from generator.corrections import redline_word

        redlined = redline_word(old.name, before, docx, author=author, date=change_time())
        findings.extend(redlined.diagnostics)
        if redlined.value is None:
            give_up(findings, words=_NOTHING)
        docx, changes = redlined.value.docx, _spoken(redlined.value)
        if pdf:
            shown = to_pdf(docx)
            findings.extend(shown.diagnostics)
            printed = shown.value
    kind = ("（草稿）" if draft else "") + ("（公开）" if publish else REDLINED if old is not None else "")
    folder, name = _target(output, old, made.document.meta.file_name, kind)
    saved: list[Path] = []
    for suffix, data in ((".docx", docx), (".pdf", printed)):
        if data is not None:
            kept = save_output(folder, name + suffix, data)
            findings.extend(kept.diagnostics)
            if kept.value is not None:
                saved.append(kept.value.path)
    show(findings)
    for path in saved:
        click.echo(f"已生成：{path}")
    if changes and saved:
        click.echo(changes)
    if saved and built.value.pages_measured is not None:
        click.echo(
            "目录页码：由 LibreOffice 实测；用 Word 或 WPS 打开时个别页码可能相差一页，在目录上按 F9 可以更新。"
            if built.value.pages_measured
            else "目录页码：没有找到 LibreOffice，按版面估算；请用 Word 或 WPS 打开，在目录上按 F9 更新。"
        )
    if draft and saved:
        click.echo("这是草稿，不能作为定稿。")
        sys.exit(FINE)
    leave(findings)


def _target(output: Path, old: Path | None, title: str, kind: str) -> tuple[Path, str]:
    """Folder and name without suffix. A name that was asked for is taken as it is, but never that of the old file."""
    from generator.names import safe_file_name

    if output.suffix.lower() not in (".docx", ".pdf"):
        return output, safe_file_name(title) + kind
    is_old = old is not None and output.with_suffix(".docx").resolve() == old.resolve()
    return output.parent, output.stem + (REDLINED if is_old else "")


def _spoken(made: Redlined) -> str:
    """«修订：改动 3 段、12 个单元格，增删 2 行。»"""
    if not made.changed:
        return "修订：与旧文件相比，文字没有变化。"
    changed = "、".join(f"{n} {of}" for n, of in ((made.paragraphs, "段"), (made.cells, "个单元格")) if n)
    rows = "、".join(f"{n} {of}" for n, of in ((made.rows, "行"), (made.tables, "张表")) if n)
    return (
        "修订："
        + "，".join(words for words in (changed and f"改动 {changed}", rows and f"增删 {rows}") if words)
        + "。"
    )
