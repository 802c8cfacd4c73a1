"""`juesuan diff OLD NEW`: what was corrected: figures, sentences, rows; on request as a Word table for approval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import base_option, give_up, json_option, leave, show, templates_option

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic


@click.command(
    "diff",
    help="比较同一份报告的两个版本：更正的数、随之变化的数、变动的文字、增减的行和表。两边都可以是填报数据，"
    "也可以是生成的 Word 文件（在 Word、WPS 里改过的也行）。两份文件都不会改动。",
)
@click.argument("old", metavar="旧", type=click.Path(path_type=Path))
@click.argument("new", metavar="新", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="对照表.docx",
    help="另存一份更正对照表（Word），供审批",
)
@base_option
@json_option
@templates_option
def command(
    old: Path,
    new: Path,
    output: Path | None,
    old_input: Path | None,
    as_json: bool,
    own_packs: tuple[Path, ...],
) -> None:
    from generator.corrections import compare_versions, read_version
    from generator.pack import PackRoots

    if output is not None and (wrong := _wrong_output(output, old, new)):
        give_up(wrong, as_json=as_json)
    roots = PackRoots.with_own(own_packs)
    sides = [read_version(path, roots, old_input) for path in (old, new)]
    before, after = (side.value for side in sides)
    if before is None or after is None:
        give_up([d for side in sides if side.value is None for d in side.diagnostics], as_json=as_json)
    compared = compare_versions(before, after)
    if compared.value is None:
        give_up(compared.diagnostics, as_json=as_json)
    of_files = (side.diagnostics for side in sides if side.value is not None and side.value.typed is None)
    findings = [*(one for told in of_files for one in told), *compared.diagnostics]
    comparison = compared.value
    saved = None
    if output is not None:
        from generator.corrections import correction_table
        from generator.saving import Made, save_output

        made = correction_table(comparison, after.pack or before.pack)
        sides_of = comparison.new
        of = Made("diff", sides_of.pack, sides_of.unit, sides_of.year, (old, new))
        kept = save_output(output.parent, output.name, made, of)
        findings += kept.diagnostics
        saved = kept.value
    if as_json:
        from generator.comparing.comparison_text import comparison_json
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(comparison_json(comparison, json.loads(to_json(findings))))
    else:
        from generator.comparing.comparison_text import comparison_lines
        from generator.diagnostics.as_text import summary
        from generator.names import readable

        for name, path, side in (("旧", old, sides[0]), ("新", new, sides[1])):
            stopping = [d for d in side.diagnostics if d.severity.stops]
            note = f"（其中有{summary(stopping)}，请运行 juesuan check 查看）" if stopping else ""
            click.echo(f"{name}：{readable(str(path))}{note}")
        if findings:
            show(findings)
        for line in comparison_lines(comparison):
            click.echo(line)
        if saved is not None:
            click.echo(f"\n更正对照表：{readable(str(saved.path))}")
    leave(findings)


def _wrong_output(output: Path, old: Path, new: Path) -> list[Diagnostic]:
    from generator.diagnostics import finding
    from generator.workspace import same_place

    if output.suffix.lower() != ".docx":
        return [finding("R053", file=output.name)]
    if any(same_place(output, path) for path in (old, new)):
        return [finding("R054", file=output.name)]
    return []
