"""`juesuan packs`: which forms there are, what one asks for, and whether it is well written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.common import FINDINGS, give_up, leave, show, templates_option
from generator.diagnostics import Diagnostic, has_errors
from generator.names import readable


@click.group("packs", invoke_without_command=True, help="模板包：列出、查看、检查，写出版式文件。")
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


@command.command("style", help="写出一个模板包的版式文件 style.docx，可以在 Word、WPS 里改字体、封面、页眉。")
@click.argument("name", metavar="包名")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("style.docx"),
    metavar="文件或文件夹",
    help="写到哪里；不写则是当前文件夹的 style.docx",
)
@click.pass_obj
def write_style(roots: object, name: str, output: Path) -> None:
    from generator.pack import PackRoots, load_pack
    from generator.saving import Made, save_output
    from generator.word.sample_file import sample_file
    from generator.writers.docx.kept_frame import frame_file

    assert isinstance(roots, PackRoots)
    loaded = load_pack(name, roots)
    if loaded.value is None or has_errors(loaded.diagnostics):
        give_up(loaded.diagnostics, words="没有生成文件。")
    look = loaded.value.look
    if output.suffix.lower() != ".docx":
        output = output / "style.docx"
    saved = save_output(output.parent, output.name, sample_file(frame_file(look), look), Made("style", name))
    if findings := (*loaded.diagnostics, *saved.diagnostics):
        show(findings)
    if saved.value is not None:
        click.echo(f"已生成：{readable(str(saved.value.path))}")
        click.echo("在 Word 或 WPS 里改好后，以 style.docx 为名放进模板包的文件夹，或者放在填报数据旁边。")
    leave(saved.diagnostics)


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
