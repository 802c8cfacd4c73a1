"""What goes into the fields of a form, table by table, each figure with the cell it came from; two that contradict each
other are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from generator.diagnostics import Diagnostic, finding
from generator.facts.accounts import LEVELS
from generator.form.fields import Field, Fields, RowsSpec, Spec
from generator.importing.table_sums import wrong_sums
from generator.official_tables.import_form import ACCOUNTS, ITEMS, Address, ImportForm, RowsFill, spec_at
from generator.official_tables.official_table import AccountRow, OfficialTable, half_digit
from generator.place import NOWHERE, Place
from generator.quantity import MONEY_UNITS

_LENGTHS = {level: length for length, level in LEVELS.items()}


@dataclass(frozen=True, slots=True)
class Filled:
    """What goes into a field, as text, and where it was read; without a place, `note` says why it is there.
    `unsure`: it is written with 〔待确认〕."""

    text: str
    place: Place = NOWHERE
    note: str = ""
    unsure: bool = False


@dataclass(slots=True)
class FilledRow:
    """`key`: code and name of the 科目. `lists`: tables inside the row, path within the row → key → row."""

    key: str
    place: Place
    columns: dict[str, Filled] = field(default_factory=dict)
    lists: dict[str, dict[str, FilledRow]] = field(default_factory=dict)


@dataclass(slots=True)
class Imported:
    """`lists`: path of a table field → code → row."""

    unit: str
    values: dict[str, Filled] = field(default_factory=dict)
    lists: dict[str, dict[str, FilledRow]] = field(default_factory=dict)


def amount_text(amount: str, unit: str, ruling: str) -> str:
    """The amount as the table says it: two decimals at least where its unit is 万元, its unit behind it where another
    unit rules the file."""
    whole, _, decimals = amount.partition(".")
    if unit == "万元":
        decimals = decimals.ljust(2, "0")
    text = f"{whole or '0'}.{decimals}" if decimals else whole
    return text if unit == ruling else text + unit


class Filler:
    """`imported` grows table by table; what is wrong is in `findings`."""

    def __init__(self, fields: Fields, unit: str, tables: Sequence[OfficialTable]) -> None:
        self.fields, self.unit = fields, unit
        units = Counter(table.unit or unit for table in tables)
        self.imported = Imported(units.most_common(1)[0][0] if units else unit)
        self.findings: list[Diagnostic] = []

    def check(self, table: OfficialTable) -> None:
        self.findings.extend(wrong_sums(table, table.unit or self.unit))

    def text(self, table: OfficialTable, amount: str) -> str:
        return amount_text(amount, table.unit or self.unit, self.imported.unit)

    def values(self, table: OfficialTable, addresses: Mapping[str, Address]) -> None:
        """X092: what a table declared empty fills is 0; X094: nothing stands in it, and nothing says why."""
        for path, address in addresses.items():
            self.value(table, path, address)
        if table.amounts or table.is_doubtful:
            return
        columns = table.columns or set(table.form.columns)
        there = (path for path, address in addresses.items() if address.column in columns)
        wanted = [path for path in there if _must_be_typed(spec_at(self.fields, path))]
        if table.says_empty:
            zero = Filled("0", table.place, f"{table.form.name}写明没有数，按 0 填")
            wanted = [path for path in wanted if self.imported.values.setdefault(path, zero) is zero]
        if wanted:
            values = {"table": table.form.name, "count": len(wanted), "line": table.says_empty[:60]}
            self.findings.append(finding("X092" if table.says_empty else "X094", table.place, **values))

    def value(self, table: OfficialTable, path: str, address: Address) -> None:
        amount = table.totals.get((address.row, address.column))
        if amount is not None:
            spec = spec_at(self.fields, path)
            is_money = not isinstance(spec, Field) or spec.kind == "金额"
            text = self.text(table, amount.text) if is_money else f"{amount.value.normalize():f}"
            self.put(path, Filled(text, amount.place))
        elif table.amounts and _must_be_typed(spec_at(self.fields, path)) and _is_blank_there(table, address):
            self.imported.values.setdefault(path, Filled("0", table.place, f"{table.form.name}中空着，按 0 填"))

    def put(self, path: str, filled: Filled) -> None:
        known = self.imported.values.setdefault(path, filled)
        if known is not filled and known.note:
            self.imported.values[path] = filled
        elif not self.same(known.text, filled.text):
            self.conflict(path, known, filled)

    def put_cell(self, row: FilledRow, own: str, filled: Filled, spec: RowsSpec) -> None:
        known = row.columns.setdefault(own, filled)
        if not self.same(known.text, filled.text):
            self.conflict(f"{spec.label}·{row.key}·{own}", known, filled)

    def same(self, one: str, other: str) -> bool:
        """Two amounts as they go into fields; in different units, as far as the digits of the coarser one say."""
        (first, of_first), (second, of_second) = (_number_and_factor(text, self.imported.unit) for text in (one, other))
        rounded = max(half_digit(first) * of_first, half_digit(second) * of_second) if of_first != of_second else 0
        return abs(Decimal(first) * of_first - Decimal(second) * of_second) <= rounded

    @staticmethod
    def length(level: str) -> int:
        """Digits of a code of this level."""
        return _LENGTHS[level]

    def conflict(self, what: str, known: Filled, other: Filled) -> None:
        self.findings.append(
            finding("X052", known.place, other.place, what=f"“{what}”", first=known.text, second=other.text)
        )

    def rows(self, table: OfficialTable, fill: RowsFill) -> None:
        spec = spec_at(self.fields, fill.path)
        if not isinstance(spec, RowsSpec):
            return
        key = spec.columns.get(spec.key)
        wanted = key.level if isinstance(key, Field) else ""
        rows = self.imported.lists.setdefault(fill.path, {})
        for account in chosen(table, fill):
            amounts = {own: account.amounts[name] for own, name in fill.columns.items() if name in account.amounts}
            if not amounts or (table.form.style == ITEMS and not any(a.value for a in amounts.values())):
                continue
            if wanted and not fill.level and len(account.code) < _LENGTHS[wanted]:
                level = LEVELS[len(account.code)]
                shown = f"{account.code} {account.name}"
                self.findings.append(finding("X059", account.place, table=table.form.name, account=shown, level=level))
            row = rows.setdefault(account.code, FilledRow(f"{account.code} {account.name}".strip(), account.place))
            for own, amount in amounts.items():
                self.put_cell(row, own, Filled(self.text(table, amount.text), amount.place), spec)
            for own, text in fill.fixed.items():
                row.columns.setdefault(own, Filled(text))

    def missing(self, form: ImportForm, tables: Sequence[OfficialTable]) -> None:
        """X056, once for all: which tables there are not. Where none is given, none is missed."""
        found = {table.form.name for table in tables}
        missed = [
            f"“{table.name}”" for table in form.tables if table.fills and not table.optional and table.name not in found
        ]
        if missed and tables:
            self.findings.append(finding("X056", tables="、".join(missed)))


def _is_blank_there(table: OfficialTable, address: Address) -> bool:
    return address.row in table.named_rows | {""} and address.column in table.columns


def _must_be_typed(spec: Spec | None) -> bool:
    return isinstance(spec, Field) and bool(spec.required or spec.when) and spec.default is None and not spec.formula


def _number_and_factor(text: str, unit: str) -> tuple[str, Decimal]:
    """The digits, and how many 元 one is; `unit` where none stands behind them."""
    digits = text.rstrip("元万千亿")
    return digits, MONEY_UNITS.get(text.removeprefix(digits) or unit, Decimal(1))


def chosen(table: OfficialTable, fill: RowsFill) -> list[AccountRow]:
    """The rows of the level asked for, else those that have no finer ones below them."""
    if fill.level in _LENGTHS:
        return [row for row in table.accounts if len(row.code) == _LENGTHS[fill.level]]
    if table.form.style != ACCOUNTS:
        return list(table.accounts)
    codes = sorted({row.code for row in table.accounts})
    inner = {code for code, after in pairwise(codes) if after.startswith(code)}
    return [row for row in table.accounts if row.code not in inner]
