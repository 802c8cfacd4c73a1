"""`juesuan explain INPUT FIGURE`: where a printed figure comes from, and every place where it is printed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.common import FINDINGS, show, templates_option


@click.command("explain", help="说明一个数怎么来：公式、各项、在哪里填、印在哪里。数可以写填报项名称或印出来的数。")
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@click.argument("figure", metavar="数")
@templates_option
def command(input_path: Path, figure: str, own_packs: tuple[Path, ...]) -> None:
    from generator.diagnostics import finding
    from generator.facts.explain import explain
    from generator.names import did_you_mean
    from generator.pack import PackRoots
    from generator.pipeline import examine, find_figures

    examined = examine(input_path, PackRoots.with_own(own_packs))
    if examined.value is None:
        show(examined.diagnostics)
        sys.exit(FINDINGS)
    found = find_figures(examined.value, figure)
    if not found.matches:
        show([finding("O037", figure=figure, hint=did_you_mean(figure, found.known))])
        sys.exit(FINDINGS)
    for number, match in enumerate(found.matches):
        if number:
            click.echo("")
        for line in explain(match.quantity):
            click.echo(line)
        click.echo(
            f"  印成“{'”“'.join(match.texts)}”，共{len(match.printed)}处：" if match.printed else "  没有印在报告里。"
        )
        for spot in match.printed:
            click.echo(f"    {spot}")
