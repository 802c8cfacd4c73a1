"""`juesuan join A.docx B.docx`: two colleagues' edits of one generated file, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import (
    base_option,
    change_time,
    give_up,
    json_option,
    leave,
    show,
    templates_option,
    with_marks,
)
from generator.diagnostics import finding
from generator.names import fitting, readable

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.joining.join import Joined

JOINED = "（合并）"


@click.command(
    "join",
    help="两个人各自改过同一份生成的文件，合成一份：一人改的照收（连同格式、批注、脚注、图片），两人改得一样的收一次，"
    "改得不一样的保留第一份的、把第二份的写进批注。两份原文件都不动。",
)
@click.argument("first", metavar="甲改的.docx", type=click.Path(path_type=Path))
@click.argument("other", metavar="乙改的.docx", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写则放在第一份旁边，名称后面加“（合并）”",
)
@base_option
@json_option
@templates_option
def command(
    first: Path,
    other: Path,
    output: Path | None,
    old_input: Path | None,
    as_json: bool,
    own_packs: tuple[Path, ...],
) -> None:
    """JSON: `{"file", "taken", "added", "removed", "remarks": [{kind, trail, words}], findings as of check}`."""
    from generator.joined_files import EditedCopy, join_files
    from generator.pack import PackRoots
    from generator.saving import Made, save_output
    from generator.workspace import WorkspaceError, read_bytes, same_place

    name = fitting(first.stem, f"{JOINED}.docx")
    folder = first.parent
    if output is not None:
        folder, name = (output.parent, output.name) if output.suffix.lower() == ".docx" else (output, name)
    if any(same_place(folder / name, path) for path in (first, other)):
        give_up([finding("R013", file=name)], as_json=as_json)
    try:
        copies = [EditedCopy(label, read_bytes(path)) for label, path in _labels(first, other).items()]
    except WorkspaceError as error:
        give_up([error.diagnostic], as_json=as_json)
    findings: list[Diagnostic] = []
    if old_input is not None:
        marked = [
            with_marks(one.name, one.docx, old_input, PackRoots.with_own(own_packs), as_json=as_json) for one in copies
        ]
        copies = [EditedCopy(one.name, docx) for one, (docx, _) in zip(copies, marked, strict=True)]
        findings += [one for _, told in marked for one in told]
    made = join_files(copies[0], copies[1], date=change_time())
    findings += made.diagnostics
    if made.value is None:
        give_up(findings, as_json=as_json, words="没有生成文件，两份原文件没有改动。")
    kept = save_output(folder, name, made.value.docx, Made("join", inputs=(first, other)))
    findings += kept.diagnostics
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings, _as_result(made.value, kept.value.path if kept.value else None)))
        leave(findings)
    show(findings)
    if kept.value is not None:
        click.echo(_summary(made.value))
        click.echo(f"已生成：{readable(str(kept.value.path))}")
    leave(findings)


def _labels(first: Path, other: Path) -> dict[str, Path]:
    """What to call the two: those that are called alike say their folders too, or which is which."""
    names = [readable(path.name) for path in (first, other)]
    if names[0] == names[1]:
        names = [readable(f"{path.absolute().parent.name}/{path.name}") for path in (first, other)]
    if names[0] == names[1]:
        names = [f"{names[0]}（第{number}份）" for number in "一二"]
    return dict(zip(names, (first, other), strict=True))


def _summary(made: Joined) -> str:
    parts = [f"并入 {made.taken} 处"]
    parts += [f"新增 {made.added} 段（行）"] if made.added else []
    parts += [f"删去 {made.removed} 段（行）"] if made.removed else []
    asked = sum(one.kind in ("conflict", "deleted") for one in made.remarks)
    return "，".join(parts) + (f"；{asked} 处要由人决定，文件里加了批注。" if asked else "。")


def _as_result(made: Joined, saved: Path | None) -> dict[str, object]:
    remarks = [{"kind": one.kind, "trail": list(one.trail), "words": one.words} for one in made.remarks]
    return {
        "file": str(saved) if saved else None,
        "taken": made.taken,
        "added": made.added,
        "removed": made.removed,
        "remarks": remarks,
    }
