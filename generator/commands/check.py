"""`juesuan check INPUT`: everything that is wrong with the figures and texts, at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import json_option, leave, show, templates_option

if TYPE_CHECKING:
    from generator.case import InputFiles
    from generator.diagnostics import Diagnostic, Outcome
    from generator.saving import SavedAs


@click.command(
    "check",
    help="核对填报数据：缺项、勾稽关系、原因、年份、遗留文字。"
    "填报数据是一个工作簿（.xlsx）、一个 .yaml 文件，或放有它们的文件夹。",
)
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@json_option
@click.option(
    "--annotate",
    is_flag=True,
    help="在工作簿旁边另存一份“（核对意见）”副本：有问题的单元格涂色、加批注，第一张表列出全部意见；原工作簿不动",
)
@templates_option
def command(input_path: Path, as_json: bool, annotate: bool, own_packs: tuple[Path, ...]) -> None:
    from generator.case import read_input
    from generator.checks.rulebook import Unchecked, unchecked_data, unchecked_lines
    from generator.pack import PackRoots
    from generator.pipeline import examine_files, unchecked_of

    files = read_input(input_path)
    findings = files.diagnostics
    saved: list[Outcome[SavedAs | None]] = []
    unchecked: tuple[Unchecked, ...] = ()
    if files.value is not None:
        from generator.diagnostics import Outcome

        examined = examine_files(Outcome(files.value, findings), PackRoots.with_own(own_packs))
        findings = examined.diagnostics
        if examined.value is not None:
            unchecked = unchecked_of(examined.value.case, findings)
        if annotate:
            saved = _save_copies(files.value, findings)
            findings += tuple(one for made in saved for one in made.diagnostics)
    if annotate and not saved:
        from generator.diagnostics import finding

        findings += (finding("O040"),)
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings, {"not_checked": unchecked_data(unchecked)}))
    else:
        from generator.names import readable

        show(findings)
        for line in unchecked_lines(unchecked):
            click.echo(line)
        for made in saved:
            if made.value is not None:
                click.echo(f"核对意见：{readable(str(made.value.path))}")
    leave(findings)


def _save_copies(files: InputFiles, findings: tuple[Diagnostic, ...]) -> list[Outcome[SavedAs | None]]:
    from generator.form.layout import OPINIONS_COPY
    from generator.names import fitting
    from generator.saving import Made, save_output
    from generator.writing.annotate import annotated

    return [
        save_output(
            files.folder,
            fitting(Path(name).stem, f"{OPINIONS_COPY}.xlsx"),
            annotated(name, data, findings),
            Made("check", inputs=(files.folder / name,)),
        )
        for name, data in files.books
    ]
