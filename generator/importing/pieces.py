"""Pages → official tables: pieces of one table are put together before they are read, copies are compared.

A piece stands under the title again, under the header again, says 续表, or simply goes on; its rows are none that the
table has already. A copy has the same rows: with the same figures it is harmless, with others an error names both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.facts.accounts import Accounts
from generator.importing.table_sums import TOTAL, wrong_sums
from generator.official_tables.account_rows import CODE, account_groups, code_of
from generator.official_tables.import_form import ACCOUNTS, CROSSED, OUTTURN, ImportForm, TableForm
from generator.official_tables.official_table import OfficialTable, Stretch, same_amount
from generator.official_tables.recognise import Unknown, read_block, which
from generator.official_tables.sheet_blocks import Page, SheetCell, TableBlock, cut
from generator.official_tables.table_reading import TableReading
from generator.official_tables.titles import is_continued, title_of
from generator.place import Place

Rows = list[Mapping[int, SheetCell]]


@dataclass(slots=True)
class _Found:
    """A table so far: its rows from all its pieces."""

    block: TableBlock
    form: TableForm
    reading: TableReading


def read_pages(
    pages: Iterable[Page], form: ImportForm, accounts: Accounts, year: int = 0
) -> Outcome[tuple[OfficialTable, ...]]:
    """All official tables of the pages, which may come from several files. `year`: this year, 0 = unknown.

    Reports X050 (not recognised), X052 (a copy with other figures), X053, X054, X057, X058, X065, X066,
    X068–X070; of budgets X074 (final accounts among them), and all that nobody asked for in one X076.
    """
    reader = _PagesReader(form, accounts, year)
    for page in pages:
        reader.add(page)
    return reader.outcome()


class _PagesReader:
    def __init__(self, form: ImportForm, accounts: Accounts, year: int) -> None:
        self.form, self.accounts, self.year = form, accounts, year
        self.found: list[_Found] = []
        self.last: _Found | None = None
        self.unread: TableBlock | None = None
        self.unread_by_name = False
        self.findings: list[Diagnostic] = []
        self.others: dict[str, Place] = {}
        self.skipped: TableBlock | None = None

    def outcome(self) -> Outcome[tuple[OfficialTable, ...]]:
        wanted = [one for one in self.found if self.form.use == OUTTURN or one.form.fills]
        self.others.update((one.form.name, one.block.page.place()) for one in self.found if one not in wanted)
        if self.others:
            names = "、".join(f"“{name}”" for name in self.others)
            self.findings.append(finding("X076", *self.others.values(), tables=names))
        for one in wanted:
            self.findings.extend(one.reading.findings)
            self.findings.extend(missing := list(_missing_columns(one.reading)))
            table = one.reading.table
            table.is_doubtful = bool(one.reading.findings or missing)
            if len(table.stretches) > 1 and not _has_total(table):
                places = "、".join(f"{part.place}" for part in table.stretches)
                values = {"table": one.form.name, "count": len(table.stretches), "places": places}
                self.findings.append(finding("X070", table.place, **values))
        return Outcome(tuple(one.reading.table for one in wanted), tuple(self.findings))

    def add(self, page: Page) -> None:
        if not any(page.grid.rows.values()):
            return
        blocks = cut(page, self.form)
        headed = [block for block in blocks if block.header]
        for block in blocks:
            first = block is (headed or blocks)[0]
            if block.header or not headed or _holds_amounts(block) or (block.titles and block.says_empty()):
                self.add_block(block, page.name if first and page.named else "", bool(headed))

    def add_block(self, block: TableBlock, sheet_name: str, beside_others: bool) -> None:
        known = which(block, self.form, sheet_name, self.year)
        continued = block.continued or is_continued(sheet_name)
        titled = known.titled if isinstance(known, Unknown) else _is_titled(block, sheet_name, self.form)
        if (continued or not titled) and self.goes_on(block, continued):
            return
        if isinstance(known, Unknown) and self.form.use != OUTTURN and self.passed_over(block, known, continued):
            self.unread = self.last = None
            return
        self.skipped = None
        if isinstance(known, Unknown):
            # A document has many tables; those of words alone are nobody's figures.
            worth_a_word = block.page.named or known.titled or _holds_amounts(block)
            if continued or block.header or (worth_a_word and not beside_others):
                code = "X068" if continued else "X050"
                self.findings.append(finding(code, block.page.place(), reason=known.reason))
            self.unread = block if block.header and _holds_figures(block) else None
            self.unread_by_name = known.titled
            self.last = None
            return
        before, self.unread = self.unread, None
        earlier = next((one for one in reversed(self.found) if one.form is known), None)
        reason = ""
        if before is not None and _labels(before) == _labels(block) and not (titled and self.unread_by_name):
            reason = "它前面有一段列相同的表，也没有读入"
        elif continued and not titled and earlier is None:
            reason = "没有读到它前面的部分"
        if reason:
            self.findings.append(finding("X068", block.page.place(), reason=reason))
            return
        if earlier is None:
            self.start(block, known)
        elif not self.joined(earlier, block):
            self.compare(earlier, block)

    def passed_over(self, block: TableBlock, known: Unknown, continued: bool) -> bool:
        """Of a budget: a table by name that fills nothing, or what goes on from such a one; final accounts are told."""
        if not known.titled or continued:
            before = self.skipped
            return before is not None and (continued or not block.header or _labels(block) == _labels(before))
        if known.outturn:
            self.findings.append(finding("X074", block.page.place(), what=known.reason))
        else:
            self.others[known.title] = block.page.place()
        self.skipped = block
        return True

    def start(self, block: TableBlock, form: TableForm) -> None:
        self.last = _Found(block, form, read_block(block, form, self.accounts, self.year))
        self.found.append(self.last)

    def goes_on(self, block: TableBlock, continued: bool) -> bool:
        """Whether a block without a title is the rest of the table before it; then it is joined."""
        last = self.last
        if last is None or not (continued or last.reading.table.amounts):
            return False
        return self.joined(last, block)

    def joined(self, found: _Found, block: TableBlock) -> bool:
        """Put the block's rows behind those of the table, if its columns are the same and its rows go on there."""
        rows = _fitting_rows(found, block)
        if not rows or _is_complete(found.reading.table) or not _are_new(found.block, rows) or _differ(found, block):
            return False
        whole = _appended(found.block, block, rows)
        reading = read_block(whole, found.form, self.accounts, self.year)
        if not _go_on(reading, len(found.block.body)):
            return False
        if not block.header and not _is_read_whole(found.reading, reading):
            return False
        found.block, found.reading = whole, reading
        self.last = found
        return True

    def compare(self, earlier: _Found, block: TableBlock) -> None:
        """A table that is there already: nothing to say when its figures are the same."""
        table, reading = earlier.reading.table, read_block(block, earlier.form, self.accounts, self.year)
        other = reading.table
        self.last = None
        if not other.amounts:
            return
        if _differ(earlier, block):
            names = {"first": _whose(table), "second": _whose(other)}
            self.findings.append(finding("X069", table.place, other.place, table=earlier.form.name, **names))
        elif not table.columns & other.columns:
            _add_columns(table, other)
            earlier.reading.findings.extend(reading.findings)
        else:
            self.findings.extend(_differences(table, other))


def _is_titled(block: TableBlock, sheet_name: str, form: ImportForm) -> bool:
    return any(title_of(text, form.tables) is not None for text in (*block.titles, sheet_name) if text)


def _labels(block: TableBlock) -> list[tuple[str, ...]]:
    return [path for path in block.paths().values() if path]


def _holds_figures(block: TableBlock) -> bool:
    return any(spot.is_amount for row in block.body for spot in block.rows[row].values())


def _holds_amounts(block: TableBlock) -> bool:
    rows = (block.rows[row].values() for row in block.beside)
    return any(sum(spot.is_amount for spot in row) > 1 for row in rows)


def _is_complete(table: OfficialTable) -> bool:
    """Whether nothing can follow: its sums add up, or its last item is there."""
    if table.form.style == ACCOUNTS:
        return _has_total(table) and bool(table.accounts) and not any(wrong_sums(table, table.unit))
    lasts = dict(table.form.rows)
    return set(lasts.values()) <= table.named_rows


def _has_total(table: OfficialTable) -> bool:
    return table.form.style != ACCOUNTS or any(row == TOTAL for row, _ in table.totals)


def _differ(found: _Found, block: TableBlock) -> bool:
    """Whether two blocks are of different units or years."""
    table = found.reading.table
    names, years = {table.department, block.department()} - {""}, {table.year, block.year()} - {0}
    return len(names) > 1 or len(years) > 1


def _whose(table: OfficialTable) -> str:
    return f"{table.department}{f'{table.year}年度' if table.year else ''}" or "没有写单位和年度的"


def _fitting_rows(found: _Found, block: TableBlock) -> Rows:
    """The rows of a piece, in the columns of the table; none when it has other columns."""
    columns = {column: path for column, path in found.reading.paths.items() if path}
    if not block.header:
        rows = [block.rows[row] for row in block.beside if len(block.rows[row]) > 1]
        # A page may begin in another column than the one before; it is then as wide.
        first, last = min(map(min, rows), default=0), max(map(max, rows), default=0)
        shift = first - min(columns, default=0)
        for by in (0, shift) if last - shift == max(columns, default=0) else (0,):
            if all(column - by in columns for row in rows for column in row):
                return [{column - by: spot for column, spot in row.items()} for row in rows]
        return []
    own = {column: path for column, path in block.paths().items() if path}
    same = list(own.values()) == list(columns.values())
    if not same and [path[-1] for path in own.values()] != [path[-1] for path in columns.values()]:
        return []
    places = dict(zip(own, columns, strict=True))
    return [{places[at]: spot for at, spot in block.rows[row].items() if at in places} for row in block.body]


def _key(row: Mapping[int, SheetCell]) -> tuple[str, ...]:
    return tuple(spot.label for spot in row.values() if not spot.is_amount or CODE.fullmatch(spot.label))


def _is_read_whole(before: TableReading, after: TableReading) -> bool:
    """Whether rows without any header gave amounts and no complaint."""
    return after.table.amounts > before.table.amounts and len(after.findings) <= len(before.findings)


def _are_new(block: TableBlock, rows: Rows) -> bool:
    """Whether the rows are others than those of the table; a page may say the total or the class once more."""
    known = {_key(block.rows[row]) for row in block.body}
    again = sum(_key(row) in known for row in rows)
    return again * 2 < len(rows) or not block.body


def _appended(block: TableBlock, piece: TableBlock, rows: Rows) -> TableBlock:
    first = max(block.rows) + 1
    numbers = range(first, first + len(rows))
    lines = [spot.row for row in rows for spot in row.values()]
    further = [*block.further, Stretch(piece.page.place(), min(lines), max(lines))]
    joined = {**block.rows, **dict(zip(numbers, rows, strict=True))}
    return replace(block, rows=joined, body=[*block.body, *numbers], further=further)


def _go_on(reading: TableReading, old: int) -> bool:
    """Whether the codes of the rows behind the first `old` follow those before them, group by group."""
    if reading.form.style != ACCOUNTS:
        return True
    again = TableReading(reading.block, reading.form, reading.known, reading.year.value)
    for group in account_groups(again):
        carried = ["", "", ""]
        codes = [code_of(reading.block.rows[row], group, carried)[0] for row in reading.block.body]
        before, after = [code for code in codes[:old] if code], [code for code in codes[old:] if code]
        if before and after and max(after) <= max(before):
            return False
    return True


def _add_columns(table: OfficialTable, other: OfficialTable) -> None:
    """The rest of a wide table, printed on a page of its own."""
    rows = {row.code: row for row in table.accounts}
    for row in other.accounts:
        if row.code in rows:
            rows[row.code].amounts.update(row.amounts)
        else:
            table.accounts.append(row)
    table.totals.update(other.totals)
    table.columns |= other.columns
    table.named_rows |= other.named_rows
    table.stretches += other.stretches


def _differences(table: OfficialTable, other: OfficialTable) -> Iterator[Diagnostic]:
    """X052 for the first figure in which two copies of a table differ."""
    known = dict(table.named_amounts())
    for what, amount in other.named_amounts():
        first = known.get(what)
        if first is None or not same_amount(first, table.unit, amount, other.unit):
            shown = first.text if first is not None else "没有这一格"
            place = first.place if first is not None else table.place
            named = f"“{table.form.name}”有两份，{what}"
            yield finding("X052", place, amount.place, what=named, first=shown, second=amount.text)
            return


def _missing_columns(reading: TableReading) -> Iterator[Diagnostic]:
    """X057. A form without this column is no fault; one with a column that nobody knows probably calls it otherwise."""
    table = reading.table
    for at in reading.unknown:
        wanted = "、".join(reading.form.columns)
        yield finding("X057", reading.block.place(at), table=reading.form.name, column=wanted)
    if reading.unknown:
        return
    if not table.amounts and not reading.findings and _holds_figures(reading.block):
        wanted = "、".join(reading.form.columns)
        yield finding("X057", table.place, table=reading.form.name, column=wanted)
        return
    if reading.other_columns and reading.form.style != CROSSED:
        for column in reading.form.columns:
            if column not in table.columns and column not in reading.doubtful:
                yield finding("X057", table.place, table=reading.form.name, column=column)
