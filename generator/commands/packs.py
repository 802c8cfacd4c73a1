"""`juesuan packs`: which forms there are, what one asks for, whether it is well written and fits; a new one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.common import FINDINGS, give_up, json_option, leave, show, templates_option
from generator.diagnostics import has_errors
from generator.names import readable


@click.group("packs", invoke_without_command=True, help="模板包：列出、查看、新建、检查、试样本、写出版式文件。")
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
    from generator.names import readable
    from generator.pack import PackRoots, load_pack

    assert isinstance(roots, PackRoots)
    loaded = load_pack(name, roots)
    if loaded.value is None:
        show(loaded.diagnostics)
        sys.exit(FINDINGS)
    for line in describe(loaded.value):
        click.echo(line)
    click.echo(f"文件在：{readable(str(roots.find(name)))}")


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
    from generator.frames.kept_frame import frame_file
    from generator.frames.sample_file import sample_file
    from generator.pack import PackRoots, load_pack
    from generator.saving import Made, save_output

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
    from generator.lint.lint import linted
    from generator.pack import PackRoots, pack_names

    assert isinstance(roots, PackRoots)
    findings = [one for name in names or pack_names(roots) for one in linted(name, roots).diagnostics]
    show(dict.fromkeys(findings))
    leave(findings)


@command.command("new", help="新建一个模板包：一个文件夹，写好开头，照里面的例子改。已有的文件不会改动。")
@click.argument("name", metavar="名称")
@click.option(
    "--parent", "--上级", "parent", metavar="包名", help="与哪个包相近：只写不同的地方；不写则是最小的完整的包"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="放在哪个文件夹里；不写则放在 --templates 的文件夹，没有写 --templates 的，放在“我的模板”",
)
@click.pass_obj
def new_pack(roots: object, name: str, parent: str | None, output: Path | None) -> None:
    from generator.commands.pack_new import OWN_PACKS, make_pack
    from generator.pack import PackRoots

    assert isinstance(roots, PackRoots)
    own = roots.folders[:-1]
    make_pack(name, parent, output or (own[0] if own else OWN_PACKS), roots)


@command.command(
    "try",
    help="试一个模板包：先检查写法，再按填报项做几份样本（平常、全零、空表、最长，几个年度），"
    "核对、生成 Word、读回来，指出哪里排不好、写不对。",
)
@click.argument("name", metavar="包名")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="样本的填报数据和 Word 文件放到哪里；不写则不留下文件",
)
@click.option(
    "--write-outline",
    "--写大纲",
    "write_outline",
    is_flag=True,
    help="把包里“样例”的报告写成大纲（样例/大纲.txt），以后每次试都与它比；没有样例的，放进一份样本",
)
@json_option
@click.pass_obj
def try_pack(roots: object, name: str, output: Path | None, write_outline: bool, as_json: bool) -> None:
    from generator.commands.pack_try import try_one
    from generator.pack import PackRoots

    assert isinstance(roots, PackRoots)
    try_one(name, roots, output, as_json=as_json, write_outline=write_outline)
