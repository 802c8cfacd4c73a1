"""`juesuan publish EDITED.docx`: the copy for publication of a Word file that people have edited."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import give_up, json_option, leave, show
from generator.diagnostics import finding
from generator.names import fitting, readable

PUBLIC = "（公开）"


@click.command(
    "publish",
    help="把在 Word、WPS 里改定的文件另存成公开用的副本：人写的字都在，数字标记、数据来源、批注、作者、修订编号、"
    "隐藏书签都去掉。文中还有〔待填〕〔待确认〕或没有接受的修订时不生成。原文件不动。",
)
@click.argument("edited", metavar="改定的文件.docx", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写则放在原文件旁边，名称后面加“（公开）”",
)
@click.option("--accept-changes", "accept", is_flag=True, help="把没有接受的修订都接受")
@json_option
def command(edited: Path, output: Path | None, accept: bool, as_json: bool) -> None:
    """JSON: `{"file": …, findings as of check}`."""
    from generator.publishing import publish_word
    from generator.saving import Made, save_output
    from generator.workspace import WorkspaceError, read_bytes, same_place

    file = readable(edited.name)
    name = fitting(edited.stem, f"{PUBLIC}.docx")
    folder = edited.parent
    if output is not None:
        folder, name = (output.parent, output.name) if output.suffix.lower() == ".docx" else (output, name)
    if same_place(folder / name, edited):
        give_up([finding("R013", file=file)], as_json=as_json)
    try:
        made = publish_word(file, read_bytes(edited), accept=accept)
    except WorkspaceError as error:
        give_up([error.diagnostic], as_json=as_json)
    if made.value is None:
        give_up(made.diagnostics, as_json=as_json, words="没有生成公开用的副本。")
    kept = save_output(folder, name, made.value, Made("publish", inputs=(edited,)))
    findings = [*made.diagnostics, *kept.diagnostics]
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings, {"file": str(kept.value.path) if kept.value else None}))
        leave(findings)
    show(findings)
    if kept.value is not None:
        click.echo(f"已生成：{readable(str(kept.value.path))}")
    leave(findings)
