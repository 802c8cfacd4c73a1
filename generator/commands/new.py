"""`juesuan new PACK`: a workbook (or YAML file) to fill in, blank or as the twin of an existing input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import give_up, json_option, leave, show, templates_option
from generator.diagnostics import Diagnostic, Outcome, finding, has_errors

if TYPE_CHECKING:
    from generator.form.sources import Source
    from generator.pack import Pack

_NOT_TAKEN = ("I013", "I020", "I021", "I022", "I023", "I024", "I026")
"""What of an input has no place in the form, or two."""

_NOTHING_MADE = "没有生成文件。"
_FORMS = (".xlsx", ".yaml", ".yml")
"""A name with one of these says in which form the file is wanted."""


@click.command("new", help="生成空白的填报工作簿（.xlsx），填好后交给 check 和 build。包名见 juesuan packs。")
@click.argument("pack_name", metavar="包名")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年度", help="填报哪个年度；不写则为上一年")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写则写到当前文件夹，按年度和包名取名",
)
@click.option("--yaml", "as_yaml", is_flag=True, help="生成 YAML 文件，不生成工作簿")
@click.option("--example", type=click.Path(path_type=Path), metavar="填报数据", help="把已有的填报数据照原样填进去")
@json_option
@templates_option
def command(
    pack_name: str,
    year: int | None,
    output: Path | None,
    as_yaml: bool,
    example: Path | None,
    as_json: bool,
    own_packs: tuple[Path, ...],
) -> None:
    from generator.names import readable, safe_file_name
    from generator.pack import PackRoots, load_pack
    from generator.pack.sources import usable_names
    from generator.saving import Made, save_output
    from generator.workspace import WorkspaceError

    roots = PackRoots.with_own(own_packs)
    loaded = load_pack(pack_name, roots)
    findings: list[Diagnostic] = list(loaded.diagnostics)
    pack = loaded.value
    if pack is not None and pack.abstract:
        findings.append(finding("T119", name=pack_name, known="、".join(usable_names(roots))))
    if pack is None or has_errors(findings):
        give_up(findings, as_json=as_json, words=_NOTHING_MADE)
    sources: tuple[Source, ...] = ()
    if example is not None:
        try:
            filled = _sources(example, pack)
        except WorkspaceError as error:
            give_up([*findings, error.diagnostic], as_json=as_json, words=_NOTHING_MADE)
        findings.extend(filled.diagnostics)
        sources = filled.value
        if has_errors(filled.diagnostics):
            give_up(findings, as_json=as_json, words=_NOTHING_MADE)
    fiscal = year or _year_of(sources, pack)
    findings.extend(pack.unseen_year(fiscal))
    if output is not None and output.suffix.lower() in _FORMS:
        as_yaml = output.suffix.lower() != ".xlsx"
    data = _made(pack, fiscal, sources, as_yaml)
    findings.extend(data.diagnostics)
    folder, name = output or Path(), safe_file_name(f"{fiscal}-{pack_name}-填报") + (".yaml" if as_yaml else ".xlsx")
    if output is not None and output.suffix.lower() in _FORMS:
        folder, name = output.parent, output.name
    made = Made("new", pack_name, year=str(fiscal), inputs=() if example is None else (example,))
    kept = save_output(folder, name, data.value, made)
    findings.extend(kept.diagnostics)
    path = readable(str(kept.value.path)) if kept.value is not None else ""
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(findings, {"file": path}))
        leave(findings)
    if findings:
        show(findings)
    if path:
        click.echo(f"已生成：{path}")
    leave(findings)


def _sources(example: Path, pack: Pack) -> Outcome[tuple[Source, ...]]:
    """What stands in the example's files. X031 when it is of another report; what the form cannot take is reported."""
    from generator.case import read_input
    from generator.filling.to_facts import pack_name, pack_place, to_facts
    from generator.reading.read_excel import open_workbook, read_forms
    from generator.reading.read_yaml import parse_yaml

    files = read_input(example)
    if files.value is None:
        return Outcome((), files.diagnostics)
    parsed = parse_yaml(files.value.texts)
    opened = [open_workbook(name, data) for name, data in files.value.books]
    workbooks = [one.value for one in opened if one.value is not None]
    findings = [*files.diagnostics, *parsed.diagnostics, *(d for one in opened for d in one.diagnostics)]
    fronts = (*parsed.value, *(workbook.front for workbook in workbooks))
    named = pack_name(fronts)
    if named not in ("", pack.name):
        return Outcome((), (*findings, finding("X031", pack_place(fronts), named=named, wanted=pack.name)))
    forms = read_forms(workbooks, parsed.value, pack.form.fields)
    sources = (*parsed.value, *forms.value)
    structure = to_facts(sources, pack.form.fields, pack.report.accounts).diagnostics
    findings += [*forms.diagnostics, *(one for one in structure if one.code in _NOT_TAKEN)]
    return Outcome(sources, tuple(findings))


def _year_of(sources: tuple[Source, ...], pack: Pack) -> int:
    """The example's 年度; without one last year, or the form's nearest."""
    from generator.facts.fact import YEAR_ROLE, Facts
    from generator.filling.to_facts import to_facts
    from generator.quantity import Quantity
    from generator.workspace import today

    facts: Facts = to_facts(sources, pack.form.fields, pack.report.accounts).value
    typed = facts.role(YEAR_ROLE)
    if isinstance(typed, Quantity):
        return int(typed.value)
    first, last = pack.years
    return max(first or 0, min(last or 9999, today().year - 1))


def _made(pack: Pack, year: int, sources: tuple[Source, ...], as_yaml: bool) -> Outcome[bytes]:
    """What roll-forward remembers of the year before goes along, unless the form is made for another year."""
    from generator.form.given_rows import given_rows
    from generator.form.roll_memory import memory_of, memory_yaml

    filled = sources or given_rows(pack.form.fields)
    memory = memory_of(sources)
    kept = memory if (memory.figures or memory.texts) and _year_of(sources, pack) == year else None
    if as_yaml:
        from generator.writing.write_yaml import write_yaml

        text = write_yaml(pack.name, pack.title, pack.form.fields, year, filled)
        return Outcome((f"{text}\n{memory_yaml(kept)}" if kept is not None else text).encode())
    from generator.pack.new_workbook import new_workbook

    return new_workbook(pack, year, filled, kept)
