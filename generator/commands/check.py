"""`juesuan check INPUT`: everything that is wrong with the figures and texts, at once."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import leave, show, templates_option


@click.command(
    "check", help="核对填报数据：缺项、勾稽关系、原因、年份、遗留文字。填报数据是一个 .yaml 文件或放有它们的文件夹。"
)
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取")
@templates_option
def command(input_path: Path, as_json: bool, own_packs: tuple[Path, ...]) -> None:
    from generator.pack import PackRoots
    from generator.pipeline import examine

    findings = examine(input_path, PackRoots.with_own(own_packs)).diagnostics
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings))
    else:
        show(findings)
    leave(findings)
