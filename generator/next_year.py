"""The stations of rolling forward: last year's input → facts → next year's sources → its files, read back.

Nothing is saved here: the command gets the files' bytes and the list of what was done, with places in the new files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.case import BOOK_SUFFIXES, Case, InputFiles, Packs, cached_pack, read_case
from generator.diagnostics import Diagnostic, Outcome, Severity, finding, has_errors
from generator.facts.fact import Facts, walk
from generator.form.roll_memory import FILE as MEMORY_FILE
from generator.form.roll_memory import memory_yaml
from generator.form.sources import Source
from generator.pack import Pack, PackRoots
from generator.pack.new_workbook import new_workbook
from generator.pipeline import examine_files
from generator.place import Place
from generator.rolling.roll_forward import LastYear, NextForm, Rolled, Step, roll_forward
from generator.writing.write_yaml import write_part, write_yaml

SAME, WORKBOOK, YAML = "same", "workbook", "yaml"
"""In which form next year's input is wanted: as last year's, one workbook, YAML."""

_REMARKS = (
    "由上年的填报数据结转而来：上年数已移到对比栏，本年的数空着或写着“〔待填〕”，请逐项填写。",
    "文字前面写着“〔待确认〕”的是上年的内容：请改成本年的情况，再删去“〔待确认〕”；没有变化的只删去这几个字。",
    "没有发生的金额填 0，不存在的填“不适用”。行首的“#”是说明，不读取。",
)


@dataclass(frozen=True, slots=True)
class NextYear:
    """`files`: bytes by name. `steps`: what was done, placed in the new files. `missing`: what is to be filled in."""

    last: int
    year: int
    pack: Pack
    files: Mapping[str, bytes]
    steps: tuple[Step, ...]
    missing: tuple[Diagnostic, ...]


def next_year(
    files: InputFiles,
    roots: PackRoots,
    year: int | None = None,
    wanted: str = SAME,
    one_file: str = "",
    as_named: bool = False,
) -> Outcome[NextYear | None]:
    """Next year's input. `one_file`: the name of the single file that is to hold all of it, "" for a folder's files;
    `as_named`: it is the new file's name already, not last year's.

    Reports N001–N003 and the errors of the input when there is none, N010 and N011 when the form changes.
    """
    packs: Packs = {}
    examined = examine_files(Outcome(files), roots, packs)
    errors = tuple(d for d in examined.diagnostics if d.severity.stops)
    if errors or examined.value is None:
        return Outcome(None, (finding("N002", count=len(errors)), *errors))
    case = examined.value.case
    last = _year_of(case)
    if last is None:
        return Outcome(None, (finding("N003"),))
    if year is not None and year != last + 1:
        return Outcome(None, (finding("N001", last=last, next=last + 1, year=year),))
    chosen = _pack_of(case.pack, last + 1, roots, packs)
    if chosen.value is None:
        return Outcome(None, chosen.diagnostics)
    pack = chosen.value
    rolled = roll_forward(
        LastYear(case.sources, case.pack.form, case.facts, last),
        NextForm(pack.name, pack.form, pack.report.accounts, last + 1),
    )
    name = one_file if as_named or not one_file else for_next_year(one_file, last)
    written = _NextYearFiles(pack, last, rolled, {name for name, _ in files.books}, wanted).files(name)
    if has_errors(written.diagnostics):
        return Outcome(None, written.diagnostics)
    again = _read_again(written.value, roots, packs)
    findings = (*chosen.diagnostics, *written.diagnostics)
    steps = _placed(rolled.steps, again.value.facts if again.value is not None else None)
    missing = tuple(one for one in again.diagnostics if one.severity is Severity.TO_FILL)
    return Outcome(NextYear(last, last + 1, pack, written.value, steps, missing), findings)


def _year_of(case: Case) -> int | None:
    return case.facts.fiscal_year or None


def _pack_of(pack: Pack, year: int, roots: PackRoots, packs: Packs) -> Outcome[Pack | None]:
    """The pack of that year: the same, or the one named by 年度·以后. N010: none is named."""
    first = pack
    seen = {pack.name}
    while pack.years[1] is not None and year > pack.years[1]:
        if not pack.successor or pack.successor in seen:
            return Outcome(pack, (finding("N010", pack=pack.title, last=pack.years[1], year=year),))
        seen.add(pack.successor)
        loaded = cached_pack(pack.successor, roots, packs)
        if loaded.value is None or has_errors(loaded.diagnostics):
            return Outcome(None, loaded.diagnostics)
        pack = loaded.value
    return Outcome(pack, (finding("N011", pack=pack.title, year=year),) if pack is not first else ())


# -- writing ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _NextYearFiles:
    pack: Pack
    last: int
    rolled: Rolled
    books: set[str]
    """Which of last year's files were workbooks."""
    wanted: str

    @property
    def year(self) -> int:
        return self.last + 1

    def files(self, one_file: str) -> Outcome[dict[str, bytes]]:
        sources = self.rolled.sources
        if one_file:
            if one_file.lower().endswith(BOOK_SUFFIXES):
                return self.workbook(one_file, sources)
            text = self.part(sources[0]) if len(sources) == 1 and not self.books else self.whole()
            return Outcome({one_file: f"{text}\n{memory_yaml(self.rolled.memory)}".encode()})
        if self.wanted == WORKBOOK:
            return self.workbook("填报.xlsx", sources)
        in_books = tuple(source for source in sources if source.file in self.books)
        if self.wanted == YAML and in_books:
            text = f"{self.whole()}\n{memory_yaml(self.rolled.memory)}"
            return Outcome({"填报.yaml": text.encode()})
        parts = {
            in_year(source.file, self.last): self.part(source).encode()
            for source in sources
            if source not in in_books and set(source.root.entries) - {"金额单位"}
        }
        if not in_books:
            return Outcome({**parts, MEMORY_FILE: memory_yaml(self.rolled.memory).encode()})
        name = str(Path(in_year(in_books[0].file, self.last)).with_suffix(".xlsx"))
        book = self.workbook(name, in_books)
        return Outcome({**parts, **book.value}, book.diagnostics)

    def title(self) -> str:
        return f"{self.year}年度{self.pack.title}"

    def part(self, source: Source) -> str:
        return write_part(self.title(), self.pack.form.fields, source, _REMARKS)

    def whole(self) -> str:
        pack = self.pack
        return write_yaml(pack.name, self.title(), pack.form.fields, self.year, self.rolled.sources)

    def workbook(self, name: str, sources: tuple[Source, ...]) -> Outcome[dict[str, bytes]]:
        made = new_workbook(self.pack, self.year, sources, self.rolled.memory)
        return Outcome({name: made.value}, made.diagnostics)


def in_year(name: str, last: int) -> str:
    """A file's or folder's name for the next year: the year in it moved, else the same."""
    return name.replace(str(last), str(last + 1))


def for_next_year(name: str, last: int) -> str:
    """A name beside the old one: with the year moved, or behind it when it has none."""
    moved = in_year(name, last)
    if moved != name:
        return moved
    path = Path(name)
    suffix = path.suffix if path.suffix.lower() in (".yaml", ".yml", *BOOK_SUFFIXES) else ""
    return f"{name.removesuffix(suffix)}-{last + 1}{suffix}"


# -- reading back -----------------------------------------------------------------------------------------------------
def _read_again(written: Mapping[str, bytes], roots: PackRoots, packs: Packs) -> Outcome[Case | None]:
    texts = tuple((name, data.decode()) for name, data in written.items() if not name.endswith(BOOK_SUFFIXES))
    books = tuple((name, data) for name, data in written.items() if name.endswith(BOOK_SUFFIXES))
    return read_case(InputFiles(Path(), texts, "", books=books), roots, packs)


def _placed(steps: tuple[Step, ...], facts: Facts | None) -> tuple[Step, ...]:
    """The steps with the places of the new files; what has no place there keeps the old one."""
    if facts is None:
        return steps
    places = {fact.name: (fact.place, fact.label) for fact in walk(facts)}
    placed: list[Step] = []
    for step in steps:
        place, label = places.get(step.name, (Place(), ""))
        placed.append(replace(step, place=place or step.place, label=label or step.label))
    return tuple(placed)
