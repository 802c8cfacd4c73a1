"""`juesuan identify FILE…`: what a file is, judged by its content, and what can be done with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.common import json_option, templates_option
from generator.names import readable

if TYPE_CHECKING:
    from generator.official_tables.sheet_blocks import Page
    from generator.pack import Pack, PackRoots

_YEAR = re.compile(r"20\d\d(?=\s*年)")
_PART = re.compile(r"第[一二三四五六七八]部分|决算情况说明|名词解释|绩效自评|部门概况|单位概况")
"""What stands in every report of the kind that we make."""
_LEAST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Recognised:
    """`kind`: 填报数据, 生成的Word, 公开表, 预算公开表, 表单, 旧报告 or 不认识. `words`: what it is. `pack`: the
    form it is of, or fits best; `tables`: those that were read."""

    file: str
    kind: str
    words: str
    pack: str = ""
    unit: str = ""
    year: str = ""
    tables: tuple[str, ...] = ()
    report: bool = False
    """Beside its tables it holds the report's text."""


@click.command(
    "identify",
    help="认文件：看内容说明一个文件是什么（填报数据、程序生成的 Word、公开表、预算公开表、自评表、以前的报告），"
    "可以拿来做什么。",
)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@templates_option
def command(files: tuple[Path, ...], as_json: bool, own_packs: tuple[Path, ...]) -> None:
    """JSON: `{"files": [{file, kind, words, pack, unit, year, tables}]}`."""
    from generator.pack import PackRoots

    roots = PackRoots.with_own(own_packs)
    found = [recognised(file, roots) for file in files]
    if as_json:
        click.echo(json.dumps({"files": [asdict(one) for one in found]}, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.file}：{one.words}")


def recognised(path: Path, roots: PackRoots) -> Recognised:
    """By content alone; what a file is called counts only for which reader may try it."""
    name = readable(path.name)
    known = _of_ours(path, name, roots) or _as_input(path, name, roots)
    if known is not None:
        return known
    tables, report = _as_tables(path, name, roots), _as_old_report(path, name)
    if tables is not None and report is not None:
        return replace(tables, words=f"{tables.words}里面还有报告的正文，也可以按以前的报告读。", report=True)
    return tables or report or Recognised(name, "不认识", _why_not(path))


def _why_not(path: Path) -> str:
    """What is wrong with a file that nobody can open; else what it was not found to be."""
    from generator.commands.import_tables import read_file
    from generator.diagnostics import Outcome
    from generator.workspace import WorkspaceError

    try:
        opened: Outcome[Any] = read_file(path)
    except WorkspaceError as error:
        opened = Outcome(None, (error.diagnostic,))
    if opened.value is None and opened.diagnostics:
        return f"读不了：{opened.diagnostics[0].message}。"
    return "认不出是什么：没有填报工作簿的工作表，没有公开表的题名，也不是程序生成的文件或以前的报告。"


def _of_ours(path: Path, name: str, roots: PackRoots) -> Recognised | None:
    from generator.corrections import is_word, read_word

    word = read_word(path).value if is_word(path) else None
    if word is None:
        return None
    said = word.facts.document
    pack, unit, year = (said.get(key, "") for key in ("pack", "unit", "year"))
    words = f"本程序生成的 Word，{_joined(unit, year, _title(pack, roots))}。可以用来更正、对照、公开。"
    return Recognised(name, "生成的Word", words, pack, unit, year)


def _as_input(path: Path, name: str, roots: PackRoots) -> Recognised | None:
    from generator.case import BOOK_SUFFIXES, YAML_SUFFIXES, parse, read_input
    from generator.filling.to_facts import pack_name
    from generator.pipeline import examine

    if path.suffix.lower() not in (*BOOK_SUFFIXES, *YAML_SUFFIXES):
        return None
    files = read_input(path).value
    pack = pack_name(parse(files).value.fronts) if files is not None else ""
    if not pack:
        return None
    examined = examine(path, roots).value
    meta = examined.document.meta if examined is not None else None
    unit, year = (meta.author, meta.year) if meta is not None else ("", "")
    kind = "填报工作簿" if path.suffix.lower() in BOOK_SUFFIXES else "填报数据"
    return Recognised(name, "填报数据", f"{kind}，{_joined(unit, year, _title(pack, roots))}。", pack, unit, year)


def _as_tables(path: Path, name: str, roots: PackRoots) -> Recognised | None:
    """Tables that some pack knows: of the packs that know most of them the one whose years they are of."""
    from generator.commands.import_tables import read_file
    from generator.pack import load_pack, pack_names
    from generator.workspace import WorkspaceError

    try:
        pages = read_file(path).value
    except WorkspaceError:
        pages = None
    if not pages:
        return None
    packs = [pack for one in pack_names(roots) if (pack := load_pack(one, roots).value) and not pack.abstract]
    found = [one for pack in packs for one in _read(pages, pack, name)]
    return max(found, key=lambda one: len(one.tables), default=None)


def _read(pages: Sequence[Page], pack: Pack, name: str) -> list[Recognised]:
    """What a pack reads on the pages: tables of the year, of the budget, forms that people filled in."""
    from generator.importing.import_forms import read_forms
    from generator.importing.pieces import read_pages

    form, accounts = pack.import_form, pack.report.accounts
    made = []
    for kind, known in (("公开表", form), ("预算公开表", form.for_budget())):
        if any(table.fills for table in known.tables):
            read = read_pages(pages, known, accounts).value
            names = tuple(dict.fromkeys(table.form.name for table in read))
            year = str(next((table.year for table in read if table.year), ""))
            if names and _in_years(pack, year):
                words = f"{kind} {len(names)} 张{_of(year)}：{'、'.join(names)}。数字可以读进来。"
                made.append(Recognised(name, kind, words, pack.name, "", year, names))
    forms = read_forms(pages, form.forms, pack.form.fields, 0).value.forms if form.forms else ()
    names = tuple(one.words.name for one in forms)
    year = str(next((one.year for one in forms if one.year), ""))
    if names and _in_years(pack, year):
        words = f"填好的表单 {len(names)} 张{_of(year)}：{'、'.join(names)}。可以读进来。"
        made.append(Recognised(name, "表单", words, pack.name, "", year, names))
    return made


def _of(year: str) -> str:
    return f"，{year}年度" if year else ""


def _in_years(pack: Pack, year: str) -> bool:
    first, last = pack.years
    return not year or ((first or 0) <= int(year) <= (last or 9999))


def _as_old_report(path: Path, name: str) -> Recognised | None:
    from generator.adopting.old_report import read_report
    from generator.border.refused import RefusedError
    from generator.workspace import WorkspaceError, read_bytes

    if path.suffix.lower() not in (".docx", ".pdf"):
        return None
    try:
        report = read_report(name, read_bytes(path))
    except (RefusedError, WorkspaceError, ValueError):  # ValueError: no Word file
        return None
    lines = [line.raw for line in report.lines]
    parts = {part for line in lines for part in _PART.findall(line)}
    years = Counter(year for line in lines for year in _YEAR.findall(line))
    if len(parts) < _LEAST_PARTS or not years:
        return None
    year = years.most_common(1)[0][0]
    words = f"以前的报告，多半是{year}年度的（不是本程序生成的）。能取出文字和数，每一处都要看过才算数。"
    return Recognised(name, "旧报告", words, "", "", year)


def _title(pack: str, roots: PackRoots) -> str:
    from generator.pack import load_pack

    loaded = load_pack(pack, roots).value
    return loaded.title if loaded is not None else pack


def _joined(unit: str, year: str, title: str) -> str:
    return "，".join(part for part in (unit, f"{year}年度" if year else "", title) if part)
