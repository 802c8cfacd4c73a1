"""`juesuan packs`: which forms there are, what one asks for, and whether it is well written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.common import FINDINGS, leave, show, templates_option
from generator.diagnostics import Diagnostic


@click.group("packs", invoke_without_command=True, help="模板包：列出、查看、检查。")
@templates_option
@click.pass_context
def command(context: click.Context, own_packs: tuple[Path, ...]) -> None:
    from generator.pack import PackRoots

    context.obj = PackRoots.with_own(own_packs)
    if context.invoked_subcommand is None:
        context.invoke(list_packs)


@command.command("list", help="列出全部模板包。")
@click.pass_obj
def list_packs(roots: object) -> None:
    from generator.pack import PackRoots, load_pack, pack_names

    assert isinstance(roots, PackRoots)
    for name in pack_names(roots):
        pack = load_pack(name, roots).value
        if pack is None:
            click.echo(f"{name}    （写法有误，请运行 juesuan packs lint {name}）")
        elif not pack.abstract:
            first, last = pack.years
            span = f"{first or ''}—{last or ''}年度" if first or last else "各年度"
            click.echo(f"{name}    {pack.title}    {pack.region}  {span}")


@command.command("show", help="查看一个模板包：填什么、有哪些章节、表、图和核对关系。")
@click.argument("name", metavar="包名")
@click.pass_obj
def show_pack(roots: object, name: str) -> None:
    from generator.commands.describe_pack import describe
    from generator.pack import PackRoots, load_pack

    assert isinstance(roots, PackRoots)
    loaded = load_pack(name, roots)
    if loaded.value is None:
        show(loaded.diagnostics)
        sys.exit(FINDINGS)
    for line in describe(loaded.value):
        click.echo(line)


@command.command("lint", help="检查模板包的写法；不写包名则检查全部。")
@click.argument("names", metavar="[包名]…", nargs=-1)
@click.pass_obj
def lint(roots: object, names: tuple[str, ...]) -> None:
    from generator.pack import PackRoots, load_pack, pack_names
    from generator.pack.lint import lint_pack

    assert isinstance(roots, PackRoots)
    findings: list[Diagnostic] = []
    for name in names or pack_names(roots):
        loaded = load_pack(name, roots)
        findings.extend(loaded.diagnostics)
        if loaded.value is not None:
            findings.extend(lint_pack(loaded.value, roots))
    show(dict.fromkeys(findings))
    leave(findings)
