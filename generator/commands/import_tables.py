"""`juesuan import TABLES… -o INPUT`: official tables as the treasury's software gave them, or as they were published,
become an input folder; what they do not hold is listed."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.commands.common import FINDINGS, leave, show, templates_option
from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.form.fields import Field
from generator.form.sources import Cell
from generator.names import readable
from generator.place import Place
from generator.quantity import MONEY_UNITS
from generator.saving import save_new_folder
from generator.workspace import WorkspaceError, list_files, read_bytes

if TYPE_CHECKING:
    from generator.filled_forms.read_form import ReadForm
    from generator.form.fields import Spec
    from generator.importing.filler import Imported
    from generator.official_tables.import_form import ImportForm
    from generator.official_tables.official_table import OfficialTable
    from generator.official_tables.sheet_blocks import Page
    from generator.pack import Pack, PackRoots

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".docx", ".pdf", ".html", ".htm", ".xml")


@click.command("import", help="读入公开表（决算表）、自评表、指标表，写成填报数据；表里没有、还要填写的，逐项列出。")
@click.argument("tables", metavar="公开表…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="填报数据写到哪里（新的文件夹）",
)
@click.option(
    "--prior",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="上年公开表",
    help="上年的公开表，填入上年数；可写多次",
)
@click.option(
    "--budget",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="预算公开表",
    help="本年度的部门预算公开表，填入年初预算；可写多次",
)
@click.option(
    "--pack",
    "pack_name",
    default="final-accounts-national",
    metavar="包名",
    help="填成哪个模板包的数据；缺省为全国通行的九张表",
)
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年度", help="决算年度；不写则从表上读")
@click.option("--unit", type=click.Choice(tuple(MONEY_UNITS)), metavar="单位", help="表上没有写金额单位时用：元、万元")
@click.option("--workbook", "as_workbook", is_flag=True, help="同时写一本可以接着填的填报工作簿")
@templates_option
def command(
    tables: tuple[Path, ...],
    output: Path,
    prior: tuple[Path, ...],
    budget: tuple[Path, ...],
    pack_name: str,
    year: int | None,
    unit: str | None,
    as_workbook: bool,
    own_packs: tuple[Path, ...],
) -> None:
    from generator.importing.import_forms import fill_forms, unit_of_forms
    from generator.importing.import_tables import fill, unit_of_all
    from generator.importing.import_yaml import as_yaml
    from generator.importing.matrix_fill import fill_matrices
    from generator.importing.taken_off import take_off
    from generator.pack import PackRoots, load_pack

    roots = PackRoots.with_own(own_packs)
    loaded = load_pack(pack_name, roots)
    pack = loaded.value
    if pack is None or has_errors(loaded.diagnostics):
        stop(loaded.diagnostics)
    assert pack is not None
    form, fields = pack.import_form, pack.form.fields
    if not (form.forms or any(table.fills for table in form.tables)):
        stop([finding("X063", pack=pack_name)])
    if budget and not any(table.fills for table in form.budgets):
        stop([finding("X098", pack=pack_name)])
    read = read_files(tables, pack, form, year or 0, with_forms=True)
    found, forms = read.value
    years = ({table.year for table in found} | {one.year for one in forms}) - {0}
    this_year = year or (years.pop() if len(years) == 1 else 0)
    read_prior = read_files(prior, pack, form, this_year - 1 if this_year else 0)
    read_budget = read_files(budget, pack, form.for_budget(), this_year)
    earlier, planned = read_prior.value[0], read_budget.value[0]
    every = (*found, *earlier, *planned)
    findings = [*read.diagnostics, *read_prior.diagnostics, *read_budget.diagnostics]
    if budget:
        findings = without_other_readings(findings, every)
    if not found and not forms:
        stop(findings)
    common, of_forms = unit_of_all(every, unit or ""), unit_of_forms(forms, unit or "")
    if common.diagnostics or of_forms.diagnostics:
        stop([*findings, *common.diagnostics, *of_forms.diagnostics])
    filled = fill(found, earlier, form, fields, common.value, year or 0, planned)
    findings.extend(filled.diagnostics)
    findings.extend(take_off(filled.value, found))
    findings.extend(fill_matrices(filled.value, found, common.value))
    findings.extend(fill_forms(filled.value, forms, form, fields, of_forms.value))
    places = [table.place for table in every] + [one.place for one in forms]
    several = len({place.file for place in places}) > 1
    texts = as_yaml(filled.value, fields, pack.name, several)
    if prior:
        offered = offer_last_years(filled.value, texts, prior, pack, roots, this_year)
        texts = as_yaml(filled.value, fields, pack.name, several)
    show_tables("读入", found, common.value)
    show_forms(forms)
    show_tables("读入上年的", earlier, common.value)
    show_tables("读入预算", planned, common.value)
    show(findings)
    files = workbook_of(texts, pack) if as_workbook else {name: text.encode() for name, text in texts.items()}
    try:
        output = save_new_folder(output, files)
    except WorkspaceError as error:
        stop([error.diagnostic])
    click.echo(f"已写入：{'、'.join(readable(str(output / name)) for name in files)}")
    show_remaining(texts, pack, roots)
    if prior and offered:
        click.echo(f"另有 {offered} 处照上年的报告填了，标着“〔待确认〕”，请改成本年的情况。")
    leave(findings)


_KINDS = ("金额", "个数", "选项等", "文字", "原因")


def _order_of(spec: Spec | None) -> int:
    """Of the kinds of what is left: figures first, reasons last."""
    kind = spec.kind if isinstance(spec, Field) else "长文"
    return {"金额": 0, "个数": 1, "数值": 1, "百分比": 1, "文字": 3, "长文": 3, "原因": 4}.get(kind, 2)


def stop(findings: Iterable[Diagnostic]) -> NoReturn:
    show(findings)
    click.echo("没有写入。")
    sys.exit(FINDINGS)


def without_other_readings(findings: Iterable[Diagnostic], tables: Iterable[OfficialTable]) -> list[Diagnostic]:
    """Without refusals of what another reading has taken: one file may hold the budget and the final accounts."""
    taken = {(part.place.file, part.place.sheet) for table in tables for part in table.stretches}
    refusals = ("X050", "X074")
    return [one for one in findings if one.code not in refusals or (one.place.file, one.place.sheet) not in taken]


def read_files(
    paths: Sequence[Path], pack: Pack, form: ImportForm, year: int, *, with_forms: bool = False
) -> Outcome[tuple[tuple[OfficialTable, ...], tuple[ReadForm, ...]]]:
    """Every official table of the files, and of those in a folder; what goes on from file to file is put together. With
    `with_forms` the pack's filled-in forms, too; of last year nobody asks for them. `form`: which tables are known.

    `year`: what 本年 means on them, 0 = unknown. Reports X001–X009, X027, X028, X064 beside those of `read_pages` and
    `read_forms`.
    """
    from generator.importing.import_forms import read_forms
    from generator.importing.pieces import read_pages

    pages: list[Page] = []
    opened: list[str] = []
    findings: list[Diagnostic] = []
    for path in paths:
        try:
            files = list_files(path, _SUFFIXES) if os.path.isdir(path) else (path,)
            if not files:
                findings.append(finding("X064", Place(name := readable(path.name)), file=name))
            for file in files:
                one = read_file(file)
                pages.extend(one.value or ())
                opened.extend([readable(file.name)] if one.value is not None else [])
                findings.extend(one.diagnostics)
        except WorkspaceError as error:
            findings.append(error.diagnostic)
    forms = read_forms(pages, pack.import_form.forms, pack.form.fields, year)
    read = read_pages(forms.value.others, form, pack.report.accounts, year)
    told = (*(forms.diagnostics if with_forms else ()), *read.diagnostics)
    with_tables = {stretch.place.file for table in read.value for stretch in table.stretches}
    named = {one.place.file for one in told if one.code in ("X052", "X074", "X076", "X081")}
    empty = [name for name in opened if name not in with_tables | named | {one.place.file for one in forms.value.forms}]
    findings.extend(finding("X064", Place(name), file=name) for name in dict.fromkeys(empty))
    return Outcome((read.value, forms.value.forms if with_forms else ()), (*findings, *told))


def read_file(file: Path) -> Outcome[tuple[Page, ...] | None]:
    """None when the file cannot be read."""
    from generator.border.file_kinds import refusal
    from generator.border.refused import RefusedError
    from generator.grids.pages_of_file import is_foreign_book, kind_of, pages_of
    from generator.writers.to_xlsx import SUFFIXES, to_xlsx

    name = readable(file.name)
    data = read_bytes(file)
    try:
        if kind_of(data) == "workbook" and (file.suffix.lower() in SUFFIXES or is_foreign_book(data)):
            converted = to_xlsx(name, data)
            if any(one.code == "X027" for one in converted.diagnostics):
                return Outcome(None, converted.diagnostics)
            if converted.value is None:
                raise refusal(name, data)
            data = converted.value
        return Outcome(pages_of(name, data))
    except RefusedError as error:
        return Outcome(None, (finding(error.code, Place(name), file=name, **error.values),))


def workbook_of(texts: Mapping[str, str], pack: Pack) -> dict[str, bytes]:
    from generator.pack.new_workbook import new_workbook
    from generator.reading.read_yaml import parse_yaml

    sources = parse_yaml(tuple(texts.items())).value
    words = {name: cell.text or "" for name, cell in sources[0].root.entries.items() if isinstance(cell, Cell)}
    year = words.get(pack.import_form.year_field, "")
    made = new_workbook(pack, int(year) if year.isdecimal() else 0, sources)
    show(made.diagnostics)
    return {"填报.xlsx": made.value}


def offer_last_years(
    imported: Imported, texts: Mapping[str, str], prior: Sequence[Path], pack: Pack, roots: PackRoots, year: int
) -> int:
    """What last year's reports (Word, PDF) say where `texts` lack something; how much that was. A file that is no such
    report offers nothing."""
    from generator.adopting.adopted import adopt
    from generator.adopting.next_year import rolled
    from generator.border.refused import BrokenError, OverBudgetError, RefusedError
    from generator.importing.last_years_words import offer

    missing = [one.fact for one in read_again(texts, pack, roots) if one.severity is Severity.TO_FILL]
    offered = 0
    for path in prior if missing and year else ():
        if path.suffix.lower() not in (".docx", ".pdf"):
            continue
        try:
            report = adopt(readable(path.name), read_bytes(path), pack, roots, year - 1).value
        except (WorkspaceError, RefusedError, ValueError, BrokenError, OverBudgetError):
            continue  # told when its tables were read
        if report is not None:
            note = f"照 {readable(path.name)}"
            names = offer(imported, missing, rolled(report, pack)[0], pack.form.fields, note)
            missing = [name for name in missing if name not in names]
            offered += len(names)
    return offered


def read_again(texts: Mapping[str, str], pack: Pack, roots: PackRoots) -> tuple[Diagnostic, ...]:
    from generator.case import InputFiles, read_case

    return read_case(InputFiles(Path(), tuple(texts.items()), ""), roots, {pack.name: Outcome(pack)}).diagnostics


def show_tables(what: str, tables: Sequence[OfficialTable], unit: str) -> None:
    if not tables:
        return
    click.echo(f"{what}公开表 {len(tables)} 张：")
    for table in tables:
        amounts = f"{table.amounts} 个数" if table.amounts else "没有数"
        places = (
            Place(sheet=one.place.sheet) if one.place.file == table.place.file else one.place
            for one in table.stretches[1:]
        )
        where = "、".join(
            f"{place} 第{one.first}至{one.last}行"
            for place, one in zip((table.place, *places), table.stretches, strict=True)
        )
        click.echo(f"  {table.form.name}    {where}    {amounts}，{table.unit or unit}")


def show_forms(forms: Sequence[ReadForm]) -> None:
    if not forms:
        return
    click.echo(f"读入表单 {len(forms)} 张：")
    for form in forms:
        rows = "、".join(f"{path} {len(held)} 行" for path, held in form.tables.items() if held)
        click.echo(f"  {form.words.name}    {form.place}    {len(form.values)} 项" + (f"，{rows}" if rows else ""))


def show_remaining(texts: Mapping[str, str], pack: Pack, roots: PackRoots) -> None:
    """What the written files still lack, group by group, and how many other findings there are."""
    from generator.facts.fact import path_without_keys
    from generator.official_tables.import_form import spec_at

    told = read_again(texts, pack, roots)
    missing = [d for d in told if d.severity is Severity.TO_FILL]
    fields = pack.form.fields
    order = [child.label for child in fields.children.values()]
    groups: dict[str, Counter[str]] = {}
    specs = {path: spec_at(fields, path) for path in dict.fromkeys(path_without_keys(one.fact) for one in missing)}
    paths = sorted((path_without_keys(one.fact) for one in missing), key=lambda path: _order_of(specs[path]))
    kinds = Counter(_KINDS[_order_of(specs[path])] for path in paths)
    for path in paths:
        spec, top = specs[path], fields.children[path.partition(".")[0]]
        above = spec_at(fields, path.rpartition(".")[0])
        label = spec.label if spec is not None else path
        if above is not None and above is not top and above.label not in label:
            label = f"{above.label}·{label}"
        groups.setdefault(top.label, Counter())[label] += 1
    if groups:
        counted = "、".join(f"{kind} {kinds[kind]}" for kind in _KINDS if kinds[kind])
        click.echo(f"还要填写 {len(missing)} 项（文件里标着“待填”“视情况填”）：{counted}")
        if len(specs) < len(missing):
            click.echo(f"  同一栏的各行合算一件，共 {len(specs)} 件。")
    for group, labels in sorted(groups.items(), key=lambda one: order.index(one[0])):
        shown = [label if count == 1 else f"{label}（{count} 行）" for label, count in labels.items()]
        click.echo(f"  {group}" + ("" if shown == [group] else f"：{'、'.join(shown)}"))
    others = [d for d in told if d.severity not in (Severity.TO_FILL, Severity.INFO) and d.code != "I068"]
    if others:
        click.echo(f"读入的数有 {len(others)} 处要核对，请运行 juesuan check 查看。")
