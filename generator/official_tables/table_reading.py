"""What the readers of the three styles share: one block as one table, its columns, its amounts, what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.facts.accounts import Accounts
from generator.filling.nothing_said import is_mark
from generator.form.value_reading import half_width
from generator.official_tables.header_labels import LINE_LABEL
from generator.official_tables.header_paths import choose, says_year, this_year
from generator.official_tables.import_form import TableForm, closeness
from generator.official_tables.official_table import OfficialTable, ReadAmount
from generator.official_tables.sheet_blocks import AMOUNT, SheetCell, Spots, TableBlock
from generator.place import Place


class TableReading:
    """`year`: this year where it is known from elsewhere, else 0. `other_columns`: with a header that the form does not
    know; `unknown`: the first column of each part in which none is known. Findings: X052–X054, X058, X065, X066."""

    def __init__(self, block: TableBlock, form: TableForm, accounts: Accounts, year: int) -> None:
        self.block, self.form, self.known = block, form, accounts
        self.findings: list[Diagnostic] = []
        self.paths = block.paths()
        self.other_columns = 0
        self.doubtful: set[str] = set()
        self.unknown: list[int] = []
        self.year = this_year(block.year() or year, self.paths.values(), form.use)
        self.table = OfficialTable(
            form=form,
            stretches=block.stretches(),
            unit=block.unit(),
            year=block.year(),
            department=block.department(),
            says_empty=block.says_empty(),
            is_dated=says_year(self.paths.values()),
            is_titled=bool(block.titles),
            words=block.all_words(),
        )

    def report(self, code: str, spot: SheetCell, **values: object) -> None:
        self.findings.append(finding(code, spot.place, text=spot.text, **values))

    def amount(self, spot: SheetCell | None, what: str) -> ReadAmount | None:
        if spot is None or is_mark(spot.text):
            return None
        text = half_width(spot.text)
        if spot.fault or not AMOUNT.fullmatch(text):
            self.report("X054", spot, what=what)
            return None
        text = text.replace(",", "")
        return ReadAmount(text, Decimal(text), spot.place)

    def amounts(self, spots: Spots, columns: Mapping[str, int], whose: str) -> dict[str, ReadAmount]:
        """The amounts of one row by column; what is empty is left out."""
        read = {name: self.amount(spots.get(at), f"{whose}的{name}") for name, at in columns.items()}
        return {name: amount for name, amount in read.items() if amount is not None}

    def columns_between(self, first: int, last: int) -> dict[str, int]:
        """The form's columns in a part of the table; X065: two are left for one, X066: none is this year's."""
        part = {column: path for column in range(first, last) if (path := self.paths.get(column))}
        choice = choose(part, self.form.columns, self.year)
        strange = [column for column in choice.strange if not LINE_LABEL.fullmatch(part[column][-1])]
        # Amounts under no label at all: of the header only the names of rows were known.
        silent = (column for column in range(first, last) if column not in part)
        strange += [column for column in silent if any(spot.is_amount for spot in self.spots_of(column))]
        self.other_columns += len(strange)
        if strange and not (choice.taken or choice.doubtful or choice.refused):
            self.unknown.append(strange[0])
        for name, columns in choice.doubtful.items():
            self.doubt(name, [(self.named_column(one), self.block.place(one)) for one in columns])
        for name, columns in choice.refused.items():
            shown = "、".join(self.named_column(one) for one in columns)
            self.refuse(name, shown, [self.block.place(one) for one in columns])
        return choice.taken

    def refuse(self, what: str, shown: str, places: Sequence[Place]) -> None:
        """Only figures of another kind stand there: of the budget, of last year."""
        self.doubtful.add(what)
        self.findings.append(finding("X066", *places, table=self.form.name, column=what, shown=shown))

    def nothing_known(self) -> None:
        """Not even the column that names the rows: then no amount of the table is read."""
        filled = (column for column in self.paths if any(spot.is_amount for spot in self.spots_of(column)))
        self.unknown.extend([*filled][:1])

    def named_column(self, column: int) -> str:
        return f"“{'/'.join(self.paths[column])}”"

    def doubt(self, what: str, found: Sequence[tuple[str, Place]]) -> None:
        """Two or more (shown → place) may be meant, and nothing tells which."""
        self.doubtful.add(what)
        shown = "和".join(f"{one}（{place.cell or place.sheet}）" for one, place in found)
        places = [place for _, place in found]
        self.findings.append(finding("X065", *places, table=self.form.name, column=what, shown=shown))

    def row_named(self, label: str) -> str:
        """The form's row with this label in tables without sides, or ""."""
        ranked = sorted(((closeness(w, (label,)), name) for (_, name), w in self.form.rows.items()), reverse=True)
        return ranked[0][1] if ranked and ranked[0][0] else ""

    def put_total(self, row: str, column: str, amount: ReadAmount) -> None:
        """A named row may stand in the table twice, at the top and at the end; two figures for it are an error."""
        known = self.table.totals.setdefault((row, column), amount)
        if known.value != amount.value:
            what = f"“{self.form.name}”{row}的{column}"
            values = {"what": what, "first": known.text, "second": amount.text}
            self.findings.append(finding("X052", known.place, amount.place, **values))

    def spots_of(self, column: int) -> Iterable[SheetCell]:
        for row in self.block.body:
            spot = self.block.rows[row].get(column)
            if spot is not None:
                yield spot
