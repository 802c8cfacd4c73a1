"""`juesuan selfcheck`: what this machine has, what it lacks, what that means and what to do."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import json_option, leave, show, templates_option


@click.command(
    "selfcheck", help="自检：Python、字体、LibreOffice、模板包、文件夹能不能写；缺什么、有什么影响、怎么办。"
)
@click.argument("folder", metavar="工作文件夹", required=False, type=click.Path(path_type=Path, file_okay=False))
@json_option
@templates_option
def command(folder: Path | None, as_json: bool, own_packs: tuple[Path, ...]) -> None:
    from generator.diagnostics.as_json import as_json as to_json
    from generator.pack import PackRoots
    from generator.self_check import lacks, look_at, there

    machine = look_at(folder if folder is not None else Path.cwd(), PackRoots.with_own(own_packs))
    missing = list(lacks(machine))
    if as_json:
        click.echo(to_json(missing, {"there": there(machine)}))
        leave(missing)
    for name, found in there(machine).items():
        click.echo(f"正常    {name}：{found}")
    show(missing)
    if not missing:
        click.echo("什么都不缺。")
    leave(missing)
