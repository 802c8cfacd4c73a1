"""`juesuan refresh EDITED.docx INPUT`: corrected figures flow into a Word file that people have edited since."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.commands.common import FINDINGS, leave, show, templates_option
from generator.diagnostics import Diagnostic, finding, has_errors
from generator.place import Place

UPDATED = "（更新）"


@click.command(
    "refresh",
    help="填报数据更正后，更新已在 Word、WPS 里改过的文件：人改的保留，数字、措辞、表、图、目录换成新的；"
    "合不到一起的加批注。原文件不动，另存一份。",
)
@click.argument("edited_path", metavar="改过的文件.docx", type=click.Path(path_type=Path))
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写则放在原文件旁边，名称后面加“（更新）”",
)
@templates_option
def command(edited_path: Path, input_path: Path, output: Path | None, own_packs: tuple[Path, ...]) -> None:
    from generator.corrections import refresh_word
    from generator.pack import PackRoots
    from generator.pipeline import examine
    from generator.workspace import WorkspaceError, digest, now, open_elsewhere, read_bytes, save_output

    file, place = edited_path.name, Place(edited_path.name)
    try:
        edited = read_bytes(edited_path)
    except WorkspaceError as error:
        _stop([error.diagnostic])
    folder, name = _target(edited_path, output)
    if (folder / name).resolve() == edited_path.resolve():
        _stop([finding("R013", place, file=file)])
    findings: list[Diagnostic] = []
    if open_elsewhere(edited_path):
        findings.append(finding("R014", place, file=file))
    examined = examine(input_path, PackRoots.with_own(own_packs))
    findings.extend(examined.diagnostics)
    if examined.value is None or has_errors(findings):
        _stop(findings, "填报数据有错误，没有生成文件。请改正后重新运行。")
    moment = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    updated = refresh_word(file, edited, examined.value, moment)
    findings.extend(updated.diagnostics)
    if updated.value is None:
        _stop(findings)
    try:
        if digest(read_bytes(edited_path)) != digest(edited):
            _stop([*findings, finding("R015", place, file=file)])
    except WorkspaceError as error:
        _stop([*findings, error.diagnostic])
    kept = save_output(folder, name, updated.value.docx)
    findings.extend(kept.diagnostics)
    show(findings)
    if kept.value is not None:
        result = updated.value.result
        changed = [f"更新数字、措辞 {result.renewed} 处"]
        changed += [f"新增 {result.added} 段（行）"] if result.added else []
        changed += [f"删去 {result.removed} 段（行）"] if result.removed else []
        asked = len(result.remarks)
        click.echo("，".join(changed) + (f"；{asked} 处要由人决定，见上。" if asked else "。"))
        click.echo(f"已生成：{kept.value.path}")
        if updated.value.pages_measured is False:
            click.echo("目录页码：没有找到 LibreOffice，按版面估算；请用 Word 或 WPS 打开，在目录上按 F9 更新。")
    leave(findings)


def _target(edited: Path, output: Path | None) -> tuple[Path, str]:
    """Folder and name of the result. Beside the edited file it never has that file's own name."""
    stem = edited.stem
    while stem.endswith(UPDATED):
        stem = stem[: -len(UPDATED)]
    name = f"{stem}{UPDATED}.docx"
    if output is None:
        return edited.parent, name if name != edited.name else f"{stem}{UPDATED}{UPDATED}.docx"
    return (output.parent, output.name) if output.suffix.lower() == ".docx" else (output, name)


def _stop(findings: list[Diagnostic], words: str = "没有生成文件，原文件没有改动。") -> NoReturn:
    show(findings)
    click.echo(words)
    sys.exit(FINDINGS)
