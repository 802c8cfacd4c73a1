"""An example input as the workbook that an office would have filled in, and what comes of it."""

from __future__ import annotations

from pathlib import Path

from earlier_workbook import earlier_workbook

from generator.case import Case, cached_pack, read_case, read_input
from generator.diagnostics import Diagnostic, Outcome
from generator.filling.to_facts import pack_name
from generator.form.sources import Cell
from generator.pack import Pack, PackRoots
from generator.pipeline import check_case, make_document, without_repeats
from generator.reading.read_yaml import parse_yaml
from generator.writing.write_workbook import NewBook, write_workbook

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
ROOTS = PackRoots.with_own(())
BOOK = "填报.xlsx"

_packs: dict[str, Outcome[Pack | None]] = {}


def twin_of(folder: Path, earlier: bool = False) -> bytes:
    """The workbook with everything that stands in the folder's YAML files; `earlier`: in the earlier layout."""
    files = read_input(folder).value
    assert files is not None
    sources = parse_yaml(files.texts).value
    pack = cached_pack(pack_name(sources), ROOTS, _packs).value
    assert pack is not None
    year = next(cell for source in sources if isinstance(cell := source.root.entries.get("年度"), Cell))
    if earlier:
        return earlier_workbook(pack.name, pack.form.fields, sources, int(year.text or ""))
    made = write_workbook(
        NewBook(pack.name, pack.title, pack.form.fields, pack.report.accounts, int(year.text or ""), sources)
    )
    assert made.diagnostics == ()
    return made.value


def case_of(path: Path) -> Case:
    files = read_input(path).value
    assert files is not None
    case = read_case(files, ROOTS, _packs).value
    assert case is not None
    return case


def found_in(path: Path) -> tuple[Diagnostic, ...]:
    """What `juesuan check` finds; each pack is loaded once for all tests."""
    files = read_input(path)
    if files.value is None:
        return files.diagnostics
    read = read_case(files.value, ROOTS, _packs)
    if read.value is None:
        return (*files.diagnostics, *read.diagnostics)
    made = make_document(read.value)
    return without_repeats((*files.diagnostics, *read.diagnostics, *check_case(read.value), *made.diagnostics))
