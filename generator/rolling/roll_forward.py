"""Last year's input → next year's: figures move to the comparison column, current cells are emptied, standing texts are
carried, yearly texts are offered for confirmation.

What happens to a field is the pack's word (上年对应, 沿用, 年度性); nothing is guessed and no figure is made. Each file
keeps its entries and their order. It knows nothing of file formats: sources in, sources out, and a list of what was
done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

from generator.facts.accounts import Accounts
from generator.facts.fact import Entry, Facts, Group, Rows, path_without_keys
from generator.facts.year_words import year_mentions
from generator.filling.completed_values import CompiledForm
from generator.filling.nothing_said import is_blank
from generator.form.fields import (
    ACCOUNT_KINDS,
    NUMBER_KINDS,
    TEXT_KINDS,
    Field,
    GroupSpec,
    RowsSpec,
    Spec,
    children_of,
    prior_target,
)
from generator.form.roll_memory import WORD as MEMORY
from generator.form.roll_memory import Memory, digest_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.to_confirm import TO_CONFIRM, TO_FILL, confirmed, is_to_fill
from generator.form.value_reading import half_width
from generator.place import Place
from generator.quantity import YEAR, NotApplicable, Quantity
from generator.rolling.roll_files import Files
from generator.rolling.roll_values import account_in, figure_as_typed, own_names, with_years_moved, years_in


class Kind(Enum):
    """What was done, in the order of the list that the office gets."""

    MOVED = "移到上年"
    EMPTIED = "清空待填"
    TO_CONFIRM = "待确认"
    YEAR_MOVED = "年份已改"
    RENAMED = "科目改名"
    RETIRED = "科目停用"
    NO_PLACE = "新表里没有的"
    STANDS = "沿用"


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with one entry. `name` is its fact's; `place` where it stood last year; `computed`: it need not be
    filled in, the program computes it."""

    kind: Kind
    name: str
    label: str
    place: Place
    detail: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class LastYear:
    """An input without errors: what was typed, and its completed facts."""

    sources: Sequence[Source]
    form: CompiledForm
    facts: Facts
    year: int


@dataclass(frozen=True, slots=True)
class NextForm:
    """`report` is the pack's name; `form` may be another than last year's."""

    report: str
    form: CompiledForm
    accounts: Accounts
    year: int


@dataclass(frozen=True, slots=True)
class Rolled:
    sources: tuple[Source, ...]
    steps: tuple[Step, ...]
    memory: Memory


def roll_forward(last: LastYear, following: NextForm) -> Rolled:
    """Next year's sources, file by file as last year's."""
    roller = _Roller(last, following, Files(last.sources, _year_path(following.form.fields)))
    sources = roller.sources()
    return Rolled(sources, tuple(roller.steps), Memory(roller.figures, frozenset(roller.texts)))


@dataclass(slots=True)
class _Around:
    """What surrounds an entry: its fact's name, and the groups in which comparison figures are looked up, outermost
    first with their path."""

    name: str
    owners: tuple[tuple[str, Group], ...]
    in_row: bool = False
    standing: bool = False

    def inside(self, name: str) -> _Around:
        return _Around(f"{self.name}.{name}" if self.name else name, self.owners, self.in_row, self.standing)


@dataclass(slots=True)
class _Roller:
    """One input on its way into the new year. `number`: of the file at hand."""

    last: LastYear
    following: NextForm
    files: Files
    steps: list[Step] = field(default_factory=list)
    figures: dict[str, Decimal] = field(default_factory=dict)
    texts: set[tuple[str, str]] = field(default_factory=set)
    number: int = 0
    notes: dict[Place, str] = field(default_factory=dict)
    """Where what stands in a place comes from, of values that nobody typed."""

    # -- files ------------------------------------------------------------------------------------------------------
    def sources(self) -> tuple[Source, ...]:
        """All files; what no file holds but the new year needs goes where its group is, or into the first file."""
        made: list[Source] = []
        self.notes = {one.place: one.note for source in self.last.sources for one in _cells(source.root) if one.note}
        for number, source in enumerate(self.last.sources):
            self.number = number
            around = _Around("", (("", self.last.facts),))
            entries = source.root.entries
            words = {name: self.word(name, entries[name]) for name in entries if name in ("报告", "金额单位")}
            rest = {name: one for name, one in entries.items() if name not in (*words, MEMORY)}
            root = Section(rest, source.root.place)
            rolled = self.group(self.following.form.fields, root, self.last.facts, around)
            made.append(Source(source.file, Section({**words, **rolled.entries}, source.root.place)))
        return tuple(made)

    def word(self, name: str, written: Written) -> Written:
        if name == "报告" and isinstance(written, Cell) and not is_blank(written):
            return self.cell(self.following.report)
        return written

    def cell(self, text: str | None) -> Cell:
        return Cell(text, Place(self.last.sources[self.number].file))

    def step(
        self,
        kind: Kind,
        name: str,
        spec: Spec,
        cell: Written | None,
        fact: Entry | None,
        *,
        detail: str = "",
        computed: bool = False,
    ) -> None:
        label = getattr(fact, "label", "") or spec.label or name
        place = cell.place if cell is not None else Place()
        self.steps.append(Step(kind, name, label, place, detail, computed))

    # -- groups and tables ------------------------------------------------------------------------------------------
    def group(self, spec: GroupSpec | RowsSpec, section: Section, facts: Entry | None, around: _Around) -> Section:
        children = children_of(spec)
        entries: dict[str, Written] = {}
        for name, written in section.entries.items():
            fact = facts.entries.get(name) if isinstance(facts, Group) else None
            child = children.get(name)
            inner = around.inside(name)
            if child is None:
                self.no_place(inner.name, name, written)
            elif around.in_row or isinstance(written, Section) or self.files.holds(self.number, child.path):
                made = self.entry(child, written, fact, inner)
                if made is not None:
                    entries[name] = made
            else:
                entries[name] = Listing((), written.place) if isinstance(written, Listing) else self.cell(None)
        if around.in_row or self.files.is_home(self.number, spec.path):
            for name, child in children.items():
                if name not in section.entries and (around.in_row or not self.files.names(child.path)):
                    fact = facts.entries.get(name) if isinstance(facts, Group) else None
                    added = self.absent(child, fact, around.inside(name), beside=bool(spec.path))
                    if added is not None:
                        entries[name] = added
        return Section(entries, section.place)

    def entry(self, spec: Spec, written: Written, fact: Entry | None, around: _Around) -> Written | None:
        if isinstance(spec, Field):
            if isinstance(written, Cell):
                made = self.field(spec, written, fact, around)
                if isinstance(made, Cell) and made.text and not spec.prior_of:
                    return replace(made, note=written.note)
                return made
        elif isinstance(spec, GroupSpec):
            if isinstance(written, Section):
                return self.group(spec, written, fact, around)
        elif isinstance(written, Listing):
            return self.rows(spec, written, fact, around)
        if isinstance(written, Cell) and is_blank(written):
            return written
        self.no_place(around.name, spec.label, written)
        return None

    def rows(self, spec: RowsSpec, listing: Listing, fact: Entry | None, around: _Around) -> Listing:
        sections = [one for item in listing.items if (one := self.row_section(spec, item)) is not None]
        groups = tuple(fact) if isinstance(fact, Rows) else ()
        made: list[Written] = []
        for number, section in enumerate(sections):
            group = groups[number] if number < len(groups) else None
            name = group.name if group is not None else f"{around.name}[{number + 1}]"
            owners = around.owners if group is None else (*around.owners, (spec.path, group))
            inner = _Around(name, owners, True, around.standing or spec.carried)
            if self.has_foreign_key(spec, section):
                self.no_place(name, spec.label, section)
                continue
            made.append(self.group(spec, section, group, inner))
        return Listing(tuple(made), listing.place)

    def row_section(self, spec: RowsSpec, item: Written) -> Section | None:
        if isinstance(item, Section):
            return item
        only = next(iter(spec.columns)) if len(spec.columns) == 1 else ""
        return Section({only: item}, item.place) if isinstance(item, Cell) and only and not is_blank(item) else None

    def has_foreign_key(self, spec: RowsSpec, section: Section) -> bool:
        """A row whose key is a choice that the new form does not offer."""
        key, cell = spec.columns.get(spec.key), section.entries.get(spec.key)
        return isinstance(key, Field) and isinstance(cell, Cell) and not _offers(key, cell)

    def no_place(self, name: str, label: str, written: Written) -> None:
        """Every filled cell of something that the new form lacks."""
        if isinstance(written, Cell):
            if not is_blank(written):
                self.steps.append(Step(Kind.NO_PLACE, name, label, written.place, (written.text or "").strip()))
        elif isinstance(written, Section):
            for word, inner in written.entries.items():
                self.no_place(f"{name}.{word}", f"{label}·{word}", inner)
        else:
            for number, item in enumerate(written.items, 1):
                self.no_place(f"{name}[{number}]", f"{label}（第{number}行）", item)

    def absent(self, spec: Spec, fact: Entry | None, around: _Around, *, beside: bool = False) -> Written | None:
        """What last year's input did not name, where the new year needs it: comparison figures and required fields.

        `beside`: the office filled in what stands beside it, so that its reasons may be asked for as well.
        """
        if isinstance(spec, Field):
            if spec.prior_of:
                return self.prior(spec, None, fact, around)
            asked = (spec.required and spec.default is None) or (
                bool(spec.when) and not around.in_row and "." in spec.path
            )
            return self.cell(None) if asked and not spec.formula else None
        if isinstance(spec, RowsSpec):
            return Listing((), Place()) if spec.required else None
        entries: dict[str, Written] = {}
        for name, child in spec.children.items():
            inner = fact.entries.get(name) if isinstance(fact, Group) else None
            made = self.absent(child, inner, around.inside(name), beside=beside)
            if made is not None:
                entries[name] = made
        needed = beside or any(self.is_needed(spec.children[name]) for name in entries)
        return Section(entries, Place()) if needed and entries else None

    def is_needed(self, spec: Spec) -> bool:
        """Not only asked for under a condition."""
        return not isinstance(spec, Field) or spec.required or bool(spec.prior_of)

    # -- fields -----------------------------------------------------------------------------------------------------
    def field(self, one: Field, cell: Cell, fact: Entry | None, around: _Around) -> Written | None:
        typed = cell if not is_blank(cell) else None
        if one.kind == "年度":
            return self.year(one, typed, fact, around)
        if one.prior_of:
            return self.prior(one, typed, fact, around)
        if typed is None or is_to_fill(typed.text or ""):
            return self.cell(None)
        if one.kind in ACCOUNT_KINDS:
            return self.account(one, typed, fact, around)
        if one.cleared:
            return self.emptied(one, typed, fact, around)
        if one.kind in TEXT_KINDS:
            return self.text(one, typed, fact, around)
        if one.kind in (*NUMBER_KINDS, "日期"):
            return self.stands(one, typed, fact, around) if one.carried else self.emptied(one, typed, fact, around)
        if not _offers(one, typed):
            self.no_place(around.name, one.label, typed)
            return self.cell(None)
        if self.is_key(one, around) or one.carried or (around.standing and not one.yearly):
            if self.following.year in one.changes:
                return self.offered(
                    one, typed, typed.text or "", fact, around, f"{self.following.year}年度起表格有变动"
                )
            return self.stands(one, typed, fact, around)
        if one.yearly:
            return self.emptied(one, typed, fact, around)
        return self.offered(one, typed, typed.text or "", fact, around, "")

    def is_key(self, one: Field, around: _Around) -> bool:
        parent: Spec | None = self.following.form.fields
        *path, name = one.path.split(".")
        for part in path:
            parent = children_of(parent).get(part) if parent is not None else None
        return isinstance(parent, RowsSpec) and parent.key == name

    def stands(self, one: Field, cell: Cell, fact: Entry | None, around: _Around) -> Cell:
        self.step(Kind.STANDS, around.name, one, cell, fact)
        return self.cell(cell.text)

    def year(self, one: Field, cell: Cell | None, fact: Entry | None, around: _Around) -> Cell | None:
        if one.path == _year_path(self.following.form.fields):
            return self.cell(str(self.following.year)) if cell is not None else self.cell(None)
        if cell is None or one.formula or not isinstance(fact, Quantity):
            return self.emptied(one, cell, fact, around) if cell is not None else self.cell(None)
        moved = int(fact.value) + self.following.year - self.last.year
        self.step(Kind.YEAR_MOVED, around.name, one, cell, fact, detail=f"{fact.value:f}→{moved}")
        return self.cell(str(moved))

    def emptied(self, one: Field, cell: Cell, fact: Entry | None, around: _Around) -> Cell | None:
        """A blank that is missed when it stays (required, computed), else the mark, so that no default slips in."""
        if self.is_over(one):
            self.step(Kind.NO_PLACE, around.name, one, cell, fact, detail=f"{self.following.year}年度不再填写")
            return self.cell(None)
        computed = bool(one.formula) and not one.when  # with a condition the formula may have nothing to say
        self.step(Kind.EMPTIED, around.name, one, cell, fact, computed=computed)
        return self.cell(None if computed or (one.required and one.default is None) else TO_FILL)

    def is_over(self, one: Field) -> bool:
        """Asked for only in other years than the new one: «当: =年度 < 2022»."""
        condition = self.following.form.conditions.get(one.path)
        year = _year_path(self.following.form.fields)
        if condition is None or not re.fullmatch(rf"{year}\s*[<>=!]=?\s*\d{{4}}", condition.source.strip()):
            return False
        return not condition.value({year: Quantity(Decimal(self.following.year), YEAR)})

    def prior(self, one: Field, cell: Cell | None, fact: Entry | None, around: _Around) -> Cell | None:
        """Last year's figure in the comparison column, as exactly as it is known."""
        target = prior_target(self.following.form.fields, one)
        figure = self.fact_at(target.path, around) if target is not None else None
        if isinstance(figure, NotApplicable):
            self.step(Kind.MOVED, around.name, one, cell, fact, detail="不适用")
            return self.cell("不适用")
        if not isinstance(figure, Quantity):
            if cell is None:
                return self.cell(None) if one.required else None
            return self.emptied(one, cell, fact, around)
        self.figures[around.name] = figure.value
        text = figure_as_typed(figure, one, self.files.units[self.last.sources[self.number].file])
        if one.formula and (figure.origin is not None or target is None or not target.formula):
            self.step(Kind.MOVED, around.name, one, cell, fact, detail=f"{text}（由程序计算）", computed=True)
            return None
        self.step(Kind.MOVED, around.name, one, cell, fact, detail=text)
        return replace(self.cell(text), note=self.notes.get(figure.place, ""))

    def fact_at(self, path: str, around: _Around) -> Entry | None:
        """The fact that a field of the form has here: in this row, in one around it, or outside tables."""
        for prefix, owner in reversed(around.owners):
            if not prefix or path.startswith(f"{prefix}."):
                entry: Entry | None = owner
                for name in path.removeprefix(f"{prefix}.").split("."):
                    entry = entry.entries.get(name) if isinstance(entry, Group) else None
                return entry
        return None

    def account(self, one: Field, cell: Cell, fact: Entry | None, around: _Around) -> Cell:
        years = (self.last.year, self.following.year)
        account = account_in(cell.text or "", self.following.accounts, *years)
        kind = Kind.RETIRED if account.retired else Kind.RENAMED if account.renamed else Kind.STANDS
        self.step(kind, around.name, one, cell, fact, detail=account.retired or account.renamed)
        return self.cell(account.text)

    def text(self, one: Field, cell: Cell, fact: Entry | None, around: _Around) -> Cell:
        words = confirmed(cell.text or "").strip()
        if self.is_key(one, around):
            if any(mention.year >= self.last.year for mention in year_mentions(words)):
                self.remember(around.name, words)
                detail = f"辨认这一行的名称，没有加记号；{years_in(words)}"
                self.step(Kind.TO_CONFIRM, around.name, one, cell, fact, detail=detail)
                return self.cell(words)
            return self.stands(one, cell, fact, around)
        text = with_years_moved(words, own_names(self.last.facts), self.last.year, self.following.year)
        if text != words:
            detail = f"{self.last.year}年度→{self.following.year}年度"
            self.step(Kind.YEAR_MOVED, around.name, one, cell, fact, detail=detail)
        carried = (one.carried or around.standing) and not one.yearly
        suspect = {mention.year for mention in year_mentions(text) if mention.year >= self.last.year}
        if carried and not suspect - ({self.following.year} if text != words else set()):
            if text == words:
                self.step(Kind.STANDS, around.name, one, cell, fact)
            return self.cell(text)
        self.remember(around.name, words)
        return self.offered(one, cell, text, fact, around, years_in(text))

    def offered(self, one: Field, cell: Cell, text: str, fact: Entry | None, around: _Around, detail: str) -> Cell:
        text = confirmed(text).strip()
        self.step(Kind.TO_CONFIRM, around.name, one, cell, fact, detail=detail)
        if one.kind in TEXT_KINDS:
            self.remember(around.name, text)
        return self.cell(TO_CONFIRM + text)

    def remember(self, name: str, words: str) -> None:
        self.texts.add((path_without_keys(name), digest_of(words)))


def _offers(one: Field, cell: Cell) -> bool:
    """Whether a choice is still one."""
    if one.kind != "选项" or is_blank(cell):
        return True
    return half_width(confirmed(cell.text or "")) in map(half_width, (*one.choices, *one.spellings))


def _year_path(fields: GroupSpec) -> str:
    return fields.year.path if fields.year is not None else ""


def _cells(written: Written) -> Iterator[Cell]:
    if isinstance(written, Cell):
        yield written
    else:
        for inner in written.entries.values() if isinstance(written, Section) else written.items:
            yield from _cells(inner)
