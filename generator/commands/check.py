"""`juesuan check INPUT`: everything that is wrong with the figures and texts, at once.

INPUT is one report's, or the folder of a unit's year with several reports: then each by itself, and what they say of
the same things.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import json_option, leave, show, templates_option

if TYPE_CHECKING:
    from generator.case import InputFiles
    from generator.checks.rulebook import Unchecked
    from generator.diagnostics import Diagnostic, Outcome
    from generator.pack import PackRoots
    from generator.saving import SavedAs
    from generator.year_folder import YearFolder, YearFound

Saved = list["Outcome[SavedAs | None]"]


@click.command(
    "check",
    help="核对填报数据：缺项、勾稽关系、原因、年份、遗留文字；末尾列出没有核对的。"
    "填报数据是一个工作簿（.xlsx）、一个 .yaml 文件，或放有它们的文件夹；也可以是放着几份报告的“单位/年度”文件夹，"
    "各份报告之间相同的数也核对。",
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
    from generator.pack import PackRoots
    from generator.year_folder import year_folder

    roots = PackRoots.with_own(own_packs)
    folder = year_folder(input_path)
    if folder.value is not None:
        _check_year(folder.value, folder.diagnostics, roots, as_json=as_json, annotate=annotate)
    _check_report(input_path, folder.diagnostics, roots, as_json=as_json, annotate=annotate)


def _check_report(path: Path, told: tuple[Diagnostic, ...], roots: PackRoots, *, as_json: bool, annotate: bool) -> None:
    from generator.case import read_input
    from generator.checks.rulebook import unchecked_data, unchecked_lines
    from generator.diagnostics import Outcome
    from generator.pipeline import examine_files, unchecked_of

    files: Outcome[InputFiles | None] = Outcome(None) if told else read_input(path)
    findings = (*told, *files.diagnostics)
    saved: Saved = []
    unchecked: tuple[Unchecked, ...] = ()
    if files.value is not None:
        examined = examine_files(Outcome(files.value, findings), roots)
        findings = examined.diagnostics
        if examined.value is not None:
            unchecked = unchecked_of(examined.value.case, findings)
        if annotate:
            saved = _save_copies(files.value, findings)
    findings += _of_saving(saved, annotate=annotate)
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings, {"not_checked": unchecked_data(unchecked)}))
    else:
        show(findings)
        for line in unchecked_lines(unchecked):
            click.echo(line)
        _say_saved(saved)
    leave(findings)


def _check_year(
    folder: YearFolder, told: tuple[Diagnostic, ...], roots: PackRoots, *, as_json: bool, annotate: bool
) -> None:
    from generator.year_folder import examine_year

    year = examine_year(folder, roots)
    saved: Saved = []
    for one in year.reports if annotate else ():
        if one.report.files.value is not None:
            saved += _save_copies(one.report.files.value, (*one.own_findings, *one.of_between(year.between)))
    besides = (*told, *_of_saving(saved, annotate=annotate))
    if as_json:
        click.echo(_as_json(year, besides))
    else:
        _show_year(year, besides)
        _say_saved(saved)
    leave((*year.findings, *besides))


def _show_year(year: YearFound, besides: Sequence[Diagnostic]) -> None:
    from generator.checks.rulebook import unchecked_lines
    from generator.diagnostics.as_text import summary

    for one in year.reports:
        click.echo(f"【{one.report.name}】{one.title}")
        show(one.findings)
        for line in unchecked_lines(one.unchecked):
            click.echo(line)
        click.echo()
    click.echo("【各报告之间】")
    show((*year.between, *besides))
    click.echo(f"\n{len(year.reports)}份报告，{summary((*year.findings, *besides))}。")


def _as_json(year: YearFound, besides: Sequence[Diagnostic]) -> str:
    """The findings of all, and by report the same ones again with what was not checked."""
    import json

    from generator.checks.rulebook import unchecked_data
    from generator.diagnostics.as_json import as_json as to_json

    reports = [
        {
            "report": one.report.name,
            "title": one.title,
            **json.loads(to_json(one.findings)),
            "not_checked": unchecked_data(one.unchecked),
        }
        for one in year.reports
    ]
    between = json.loads(to_json(year.between))
    return to_json((*year.findings, *besides), {"reports": reports, "between": between})


def _of_saving(saved: Saved, *, annotate: bool) -> tuple[Diagnostic, ...]:
    if annotate and not saved:
        from generator.diagnostics import finding

        return (finding("O040"),)
    return tuple(one for made in saved for one in made.diagnostics)


def _say_saved(saved: Saved) -> None:
    from generator.names import readable

    for made in saved:
        if made.value is not None:
            click.echo(f"核对意见：{readable(str(made.value.path))}")


def _save_copies(files: InputFiles, findings: tuple[Diagnostic, ...]) -> Saved:
    from generator.form.blocks import OPINIONS_COPY
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
