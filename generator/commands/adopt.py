"""`juesuan adopt OLD --pack P`: a report made by hand becomes an input, of its own year or rolled forward to the next;
what was not found in it and what of it was not used is listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import give_up, json_option, leave, show, templates_option
from generator.diagnostics import Diagnostic, finding, has_errors
from generator.names import readable
from generator.place import Place
from generator.saving import save_new_folder
from generator.workspace import WorkspaceError, read_bytes

if TYPE_CHECKING:
    from generator.adopting.adopted import Adopted
    from generator.pack import Pack, PackRoots

_NOTHING = "没有写入任何文件。"


@click.command(
    "adopt",
    help="读入手工做的旧报告（.docx 或 PDF），对照模板包的章节和句子，把文字、名单和印出的数填进填报数据，"
    "每项注明在原报告里的位置并标上“〔待确认〕”。没有找到的、没有用上的逐处列出。",
)
@click.argument("old", metavar="旧报告", type=click.Path(path_type=Path))
@click.option("--pack", "pack_name", required=True, metavar="包名", help="按哪个模板包读")
@click.option(
    "--year",
    type=click.IntRange(2000, 2100),
    metavar="年度",
    help="做哪个年度的填报数据：报告本年度的（不写即是），或下一年度的（数移到上年数）",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="文件夹", help="写到哪里（新的文件夹）")
@click.option("--workbook", "as_workbook", is_flag=True, help="写成一本填报工作簿（.xlsx）")
@json_option
@templates_option
def command(
    old: Path,
    pack_name: str,
    year: int | None,
    output: Path | None,
    as_workbook: bool,
    as_json: bool,
    own_packs: tuple[Path, ...],
) -> None:
    from generator.adopting.told import FILE, data, lines, listing
    from generator.diagnostics.as_json import as_json as to_json
    from generator.pack import PackRoots, load_pack

    roots = PackRoots.with_own(own_packs)
    loaded = load_pack(pack_name, roots)
    if loaded.value is None or has_errors(loaded.diagnostics):
        give_up(loaded.diagnostics, as_json=as_json, words=_NOTHING)
    pack = loaded.value
    adopted, findings = _adopted(old, pack, roots, year, as_json)
    files = _files(adopted, pack, year or adopted.year, as_workbook)
    files[FILE] = listing(adopted).encode()
    folder = output if output is not None else old.resolve().parent / f"{old.stem}-填报"
    try:
        folder = save_new_folder(folder, files)
    except WorkspaceError as error:
        give_up([error.diagnostic], as_json=as_json, words=_NOTHING)
    written = [readable(str(folder / name)) for name in files]
    if as_json:
        click.echo(to_json(findings, {**data(adopted), "files": written}))
    else:
        if findings:
            show(findings)
        for line in lines(adopted, FILE):
            click.echo(line)
        click.echo(f"已写入：{'、'.join(written)}")
        of_next = year not in (None, adopted.year)
        rest = "" if of_next else f"：原报告里没有的还有 {len(adopted.missing)} 处要填"
        click.echo(f"接着请核对、填写，并运行 juesuan check{rest}。")
    leave(findings)


def _adopted(
    old: Path, pack: Pack, roots: PackRoots, year: int | None, as_json: bool
) -> tuple[Adopted, tuple[Diagnostic, ...]]:
    from generator.adopting.adopted import adopt
    from generator.border.refused import BrokenError, OverBudgetError, RefusedError

    name = readable(old.name)
    try:
        made = adopt(name, read_bytes(old), pack, roots, year or 0)
    except WorkspaceError as error:
        give_up([error.diagnostic], as_json=as_json, words=_NOTHING)
    except RefusedError as error:
        told = finding(error.code, Place(name), file=name, **error.values)
        give_up([told], as_json=as_json, words=_NOTHING)
    except (ValueError, BrokenError, OverBudgetError):
        give_up([finding("L004", Place(name), file=name)], as_json=as_json, words=_NOTHING)
    if made.value is None:
        give_up(made.diagnostics, as_json=as_json, words=_NOTHING)
    return made.value, made.diagnostics


def _files(adopted: Adopted, pack: Pack, year: int, as_workbook: bool) -> dict[str, bytes]:
    if year != adopted.year:
        from generator.adopting.next_year import next_years

        return next_years(adopted, pack, as_workbook)
    if not as_workbook:
        return {name: text.encode() for name, text in adopted.texts.items()}
    from generator.adopting.as_input import UNIT, as_source
    from generator.writing.write_workbook import NewBook, write_workbook

    source = as_source(adopted.tree, pack.name, UNIT, adopted.report.file)
    book = NewBook(
        report=pack.name,
        title=pack.title,
        fields=pack.form.fields,
        accounts=pack.report.accounts,
        year=adopted.year,
        sources=(source,),
    )
    made = write_workbook(book)
    show(made.diagnostics)
    return {"填报.xlsx": made.value}
