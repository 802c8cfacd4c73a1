"""What was written in all files of one unit and year → the facts of the form.

Every field of the form is in the result: what nobody wrote is a `Blank` (or its default) that knows where it belongs.
Required fields, conditions and formulas are the next station's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.diagnostics import Outcome
from generator.facts.accounts import LEVELS, Accounts
from generator.facts.fact import Day, Entry, Facts, Group, Rows, Text
from generator.facts.naming import short_label
from generator.filling.measures import measured_fields, taken_apart
from generator.filling.nothing_said import is_blank, says_none
from generator.filling.rows_as_typed import repeated_above, rows_with_content
from generator.filling.values import default_value, read_value
from generator.form.blocks import COMPUTED_SUFFIX
from generator.form.fields import TOP_WORDS, Field, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.value_reading import Reading, half_width, money_unit
from generator.names import did_you_mean
from generator.place import NOWHERE, Place
from generator.quantity import MONEY_UNITS, Blank, Overtyped, Quantity, Unreadable


def to_facts(sources: Sequence[Source], fields: Fields, accounts: Accounts) -> Outcome[Facts]:
    """Facts of all files together; a field that stands in two of them says the same in both, or is reported.

    Reports I020–I059 and A001–A016.
    """
    reading = Reading(accounts)
    reading.units = _money_units(sources, reading)
    reading.year = _fiscal_year(sources, fields)
    _one_report(sources, reading)
    builder = _Builder(fields, reading)
    place = sources[0].root.place if sources else NOWHERE
    facts = builder.group(fields, [source.root for source in sources], "", place)
    facts.roles = fields.roles
    for code, spot in reading.unnamed_accounts.items():
        if code not in reading.account_names:
            reading.report("A016", spot, account=code, level=LEVELS[len(code)])
    return Outcome(facts, tuple(reading.findings))


def pack_name(sources: Sequence[Source]) -> str:
    """The word behind 报告 in the first file that has one, or ""."""
    cell = _report_cell(sources)
    return (cell.text or "").strip() if cell is not None else ""


def pack_place(sources: Sequence[Source]) -> Place:
    """Where that word stands."""
    cell = _report_cell(sources)
    return cell.place if cell is not None else NOWHERE


def _report_cell(sources: Sequence[Source]) -> Cell | None:
    for source in sources:
        cell = source.root.entries.get("报告")
        if isinstance(cell, Cell) and cell.text is not None and cell.text.strip():
            return cell
    return None


def _one_report(sources: Sequence[Source], reading: Reading) -> None:
    cells = [s.root.entries["报告"] for s in sources if "报告" in s.root.entries]
    named: dict[str, Place] = {}
    for cell in cells:
        if not isinstance(cell, Cell):
            reading.report("I023", cell.place, name="报告", label="报告")
        elif cell.text is not None and cell.text.strip():
            named.setdefault(cell.text.strip(), cell.place)
    if len(named) > 1:
        reading.report("I029", *named.values(), names="、".join(f"“{name}”" for name in named))


def stated_units(sources: Sequence[Source]) -> tuple[dict[str, str], dict[str, Place]]:
    """金额单位 of each file as it is applied, and where each is written."""
    written = {source.file: source.root.entries.get("金额单位") for source in sources}
    places = {file: cell.place for file, cell in written.items() if isinstance(cell, Cell) and not is_blank(cell)}
    return _money_units(sources, Reading(Accounts({}, {}))), places


def _money_units(sources: Sequence[Source], reading: Reading) -> dict[str, str]:
    """金额单位 of each file. A file that does not say takes the one word on which the others agree."""
    units: dict[str, str] = {}
    for source in sources:
        cell = source.root.entries.get("金额单位")
        if cell is None:
            continue
        if not isinstance(cell, Cell):
            reading.report("I023", cell.place, name="金额单位", label="金额单位")
            reading.asked_unit.add(source.file)
        elif cell.text is not None and not is_blank(cell):
            word = money_unit(cell.text)
            if word in MONEY_UNITS:
                units[source.file] = word
            else:
                reading.report("I027", cell.place, text=word)
                reading.asked_unit.add(source.file)
    agreed = set(units.values())
    if len(agreed) == 1 and not reading.asked_unit:
        word = agreed.pop()
        return {source.file: units.get(source.file, word) for source in sources}
    return units


def _fiscal_year(sources: Sequence[Source], fields: Fields) -> int:
    """The 年度 field's value, quietly: it decides which names the 科目 have, before anything else is read."""
    field = fields.year
    if field is None:
        return 0
    for source in sources:
        cell = source.root.entries.get(field.name)
        if isinstance(cell, Cell):
            value = read_value(cell, field, "", "", Reading(Accounts({}, {})))
            if isinstance(value, Quantity):
                return int(value.value)
    return 0


class _Builder:
    __slots__ = ("fields", "misread", "places_of_names", "reading")

    def __init__(self, fields: Fields, reading: Reading) -> None:
        self.fields, self.reading = fields, reading
        self.misread = False  # inside a group whose own text could not be read: its fields are not merely blank
        self.places_of_names: dict[str, list[str]] = {}
        self._index(fields)

    def _index(self, spec: Spec) -> None:
        for child in children_of(spec).values():
            self.places_of_names.setdefault(child.name, []).append(child.path)
            self._index(child)

    def group(self, spec: GroupSpec, sections: Sequence[Section], name: str, place: Place, label: str = "") -> Group:
        here = sections[0].place if sections else place
        for section in sections:
            self.unknown_names(section, spec, name)
        measured = measured_fields(spec)
        if measured:
            sections = [taken_apart(section, spec, measured) for section in sections]
        beside = {word: cell for one in sections for word, cell in one.entries.items() if _is_computed(word)}
        entries = {
            child.name: self.entry(
                child,
                [section.entries[child.name] for section in sections if child.name in section.entries],
                f"{name}.{child.name}" if name else child.name,
                here,
                label,
            )
            for child in spec.children.values()
        }
        for word, cell in beside.items():
            self.overtyped(spec.children.get(word.removesuffix(COMPUTED_SUFFIX)), cell, entries)
        return Group(name, entries, here, spec.label)

    def entry(self, spec: Spec, written: Sequence[Written], name: str, place: Place, above: str) -> Entry:
        if isinstance(spec, GroupSpec):
            sections = [one for one in written if isinstance(one, Section)]
            for one in written:
                if isinstance(one, Listing) or (isinstance(one, Cell) and not _none(one)):
                    self.reading.report(
                        "I021", one.place, name=name, label=spec.label, shape=_shape(one), hint=_colon_hint(one)
                    )
            begins = written[0].place if written else place
            outside, self.misread = (
                self.misread,
                self.misread or (bool(written) and not sections and not _blank(written)),
            )
            group = self.group(spec, sections, name, begins, short_label(spec.label))
            self.misread = outside
            return group
        filled = [one for one in written if not _nothing(one)]
        if len(filled) > 1 and not self.agree(spec, filled, name, above):
            self.reading.report("I024", *(one.place for one in filled), name=name, files=_files(filled))
        written = filled or written
        if isinstance(spec, RowsSpec):
            return self.rows(spec, written[0] if written else Cell(None, place), name, above)
        return self.value(spec, written[0] if written else None, name, place, above)

    def agree(self, spec: Field | RowsSpec, written: Sequence[Written], name: str, above: str) -> bool:
        """Whether the same stands in all places: the figure that is meant, however it was typed."""
        quiet = _Builder(self.fields, Reading(self.reading.accounts, self.reading.units, self.reading.year))
        first, *others = [quiet.entry(spec, [one], name, one.place, above) for one in written]
        return all(_same(first, other) for other in others)

    def value(self, field: Field, written: Written | None, name: str, place: Place, above: str) -> Entry:
        label = field.label if not above or above in field.label else f"{above}·{field.label}"
        if written is None and self.misread:
            return Unreadable(name, label, place)
        if written is None:
            return default_value(field, name, label, place)
        if isinstance(written, Cell):
            return read_value(written, field, name, label, self.reading)
        self.reading.report("I023", written.place, name=name, label=label)
        return Unreadable(name, label, written.place)

    def overtyped(self, field: Spec | None, written: Written, entries: dict[str, Entry]) -> None:
        """What was typed over a figure that the program computes; it is told when it says something else."""
        blank = entries.get(field.name) if isinstance(field, Field) and field.formula else None
        if isinstance(field, Field) and type(blank) is Blank and isinstance(written, Cell) and not is_blank(written):
            quiet = Reading(self.reading.accounts, self.reading.units, self.reading.year)
            typed = read_value(written, field, "", "", quiet)
            text = half_width(written.text or "")
            quantity = typed if isinstance(typed, Quantity) else None
            entries[field.name] = Overtyped(blank.name, blank.label, written.place, text, quantity)

    # -- tables -----------------------------------------------------------------------------------------------------
    def rows(self, spec: RowsSpec, written: Written, name: str, above: str) -> Rows:
        label = short_label(spec.label)
        if above and above not in label:
            label = f"{above}·{label}"
        items: tuple[Written, ...] = ()
        if isinstance(written, Listing):
            items = written.items
        elif isinstance(written, Section) or not _none(written):
            self.reading.report("I022", written.place, name=name, label=spec.label, hint=_dash_hint(written))
        numbered = ((n, self.row_section(spec, item, f"{name}[{n}]")) for n, item in enumerate(items, 1))
        typed = rows_with_content([(n, one) for n, one in numbered if one is not None], spec, self.reading)
        rows: list[Group] = []
        seen: dict[str, Place] = {}
        for number, section in repeated_above(typed, spec, self.reading):
            key = self.row_key(spec, section)
            closed = half_width(key).replace(" ", "")
            if closed in seen:
                self.duplicate_row(spec, key, section.place, seen[closed])
            elif key:
                seen[closed] = section.place
            title = f"{label}（{key or f'第{number}行'}）"
            columns = GroupSpec(spec.name, spec.path, title, spec.columns)
            rows.append(self.group(columns, [section], f"{name}[{key or number}]", section.place, title))
        return Rows(name, rows, spec.key, written.place, spec.label)

    def duplicate_row(self, spec: RowsSpec, key: str, place: Place, first: Place) -> None:
        spot = f"第{first.line}行" if first.line else str(first)
        self.reading.report("I025", place, first, label=spec.label, key=key, column=spec.key, first=spot)

    def row_section(self, spec: RowsSpec, item: Written, name: str) -> Section | None:
        """A row; a table of one column may be written as a plain list."""
        if isinstance(item, Section):
            return item
        if isinstance(item, Cell) and is_blank(item):
            return None
        only = next(iter(spec.columns.values())) if len(spec.columns) == 1 else None
        if isinstance(item, Cell) and isinstance(only, Field) and not _colon_hint(item):
            return Section({only.name: item}, item.place)
        self.reading.report("I026", item.place, name=name, label=spec.label, hint=_colon_hint(item))
        return None

    def row_key(self, spec: RowsSpec, section: Section) -> str:
        """The key as it stands in names (of a 科目 the code alone), or "". It is read again with its row."""
        cell, column = section.entries.get(spec.key), spec.columns.get(spec.key)
        if not isinstance(cell, Cell) or not isinstance(column, Field) or cell.text is None:
            return ""
        quiet = Reading(self.reading.accounts, self.reading.units, self.reading.year)
        value = read_value(cell, column, "", "", quiet)
        return str(value) if isinstance(value, str) else ""

    def unknown_names(self, section: Section, spec: GroupSpec, name: str) -> None:
        known = [*spec.children, *(TOP_WORDS if not name else ())]
        for word, written in section.entries.items():
            if word in known or _is_computed(word):
                continue
            near, elsewhere = did_you_mean(word, known), self.places_of_names.get(word, [])
            path = elsewhere[0].rpartition(".")[0] if elsewhere else ""
            if _colon_hint(Cell(word, written.place)):
                hint = _colon_hint(Cell(word, written.place))
            elif len(elsewhere) == 1:
                hint = f"“{word}”应写在“{path}”下面，请检查缩进" if path else f"“{word}”应写在最左边，不缩进"
            else:
                hint = near or f"这里可以填：{'、'.join(known[:12])}{' 等' if len(known) > 12 else ''}"
            self.reading.report("I020", written.place, word=word, where=f"“{name}”里" if name else "", hint=hint)


def _is_computed(word: str) -> bool:
    """The locked cell beside a computed one."""
    return word.endswith(COMPUTED_SUFFIX)


def _nothing(written: Written) -> bool:
    return (isinstance(written, Cell) and is_blank(written)) or (isinstance(written, Listing) and not written.items)


def _same(one: Entry, other: Entry) -> bool:
    if isinstance(one, Group) and isinstance(other, Group):
        return all(_same(entry, other.entries[name]) for name, entry in one.entries.items())
    if isinstance(one, Rows) and isinstance(other, Rows):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Day) and isinstance(other, Day):
        return one.value == other.value
    if isinstance(one, Quantity | Text):
        return one == other
    return type(one) is type(other) and not isinstance(one, Unreadable)


def _none(written: Written) -> bool:
    """«无» or «-» instead of a group or table: there is nothing of it."""
    return isinstance(written, Cell) and says_none(written.text or "")


def _blank(written: Sequence[Written]) -> bool:
    return all(map(_none, written))


def _shape(written: Written) -> str:
    if isinstance(written, Cell):
        text = (written.text or "").strip()
        return f"“{text if len(text) <= 30 else text[:28] + '……'}”"
    return "一个清单" if isinstance(written, Listing) else "一组内容"


def _colon_hint(written: Written) -> str:
    """A cell such as «决算:12» or «决算：12» was meant as name and value."""
    if isinstance(written, Cell) and written.text:
        match = re.match(r"\s*([\w（）“”]{1,30})(:|：)\S", written.text)
        if match and match[2] == ":":
            return f"“{match[1]}:”后面要空一格"
        if match:
            return f"“{match[1]}：”用了全角冒号，请改用半角冒号“:”，后面空一格"
    return ""


def _dash_hint(written: Written) -> str:
    if isinstance(written, Section):
        return "请在每一行的第一项前面加“- ”（减号和一个空格）"
    return _colon_hint(written) or "请另起一行，每一行以“- ”（减号和一个空格）开头"


def _files(written: Sequence[Written]) -> str:
    return "、".join(f"“{file}”" for file in dict.fromkeys(one.place.file for one in written))
