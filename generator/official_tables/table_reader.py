"""One official table, once it is known which: what each of its amounts stands for.

By the words of headers and rows as import.yaml lists them. It knows nothing of the fields that the amounts will fill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.diagnostics import Diagnostic, finding
from generator.facts.accounts import Accounts
from generator.form.nothing_said import is_mark
from generator.form.value_reading import half_width
from generator.official_tables.import_form import CROSSED, ITEMS, TableForm, bare, closeness, unnumbered
from generator.official_tables.sheet_blocks import (
    AMOUNT,
    CODE_LABEL,
    ITEM_LABEL,
    LINE_LABEL,
    NAME_LABEL,
    SheetCell,
    TableBlock,
)
from generator.place import Place

_CODE = re.compile(r"(\d{3}(?:\d{2}){0,2})(?!\d)(\D.*)?")


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """As it stands in the cell, without thousands commas. `value` in the table's unit."""

    text: str
    value: Decimal
    place: Place


@dataclass(slots=True)
class AccountRow:
    """One 科目 of a table. `amounts` by column; a column that is empty here is left out."""

    code: str
    name: str
    place: Place
    amounts: dict[str, ReadAmount] = field(default_factory=dict)


@dataclass(slots=True)
class OfficialTable:
    """`columns`: those that the header has. `totals`: (row, column) → amount, of named rows such as 合计."""

    form: TableForm
    file: str
    sheet: str
    rows: tuple[int, int]
    unit: str = ""
    year: int = 0
    department: str = ""
    columns: set[str] = field(default_factory=set)
    named_rows: set[str] = field(default_factory=set)
    totals: dict[tuple[str, str], ReadAmount] = field(default_factory=dict)
    accounts: list[AccountRow] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return Place(self.file, sheet=self.sheet)

    @property
    def amounts(self) -> int:
        return len(self.totals) + sum(len(row.amounts) for row in self.accounts)


class TableReader:
    """One block as one table. `other_columns`: columns with a header that the form does not know."""

    def __init__(self, block: TableBlock, form: TableForm, accounts: Accounts) -> None:
        self.block, self.form, self.known = block, form, accounts
        self.findings: list[Diagnostic] = []
        self.paths = block.paths()
        self.other_columns = 0

    def table(self) -> OfficialTable:
        block = self.block
        body = block.body or block.header
        table = OfficialTable(
            form=self.form,
            file=block.file,
            sheet=block.sheet,
            rows=(body[0], body[-1]),
            unit=block.unit(),
            year=block.year(),
            department=block.department(),
        )
        if self.form.style == CROSSED:
            self.read_crossed(table)
        elif self.form.style == ITEMS:
            self.read_items(table)
        else:
            self.read_accounts(table)
        for column in self.form.columns:
            # A form without this column is no fault; one with a column that nobody knows probably calls it otherwise.
            if column not in table.columns and self.other_columns and self.form.style != CROSSED:
                self.findings.append(finding("X057", table.place, table=self.form.name, column=column))
        return table

    def report(self, code: str, spot: SheetCell, **values: object) -> None:
        self.findings.append(finding(code, self.block.place(spot.row, spot.column), text=spot.text, **values))

    def amount(self, spot: SheetCell | None, what: str) -> ReadAmount | None:
        if spot is None or is_mark(spot.text):
            return None
        text = half_width(spot.text)
        if spot.fault or not AMOUNT.fullmatch(text):
            self.report("X054", spot, what=what)
            return None
        text = text.replace(",", "")
        return ReadAmount(text, Decimal(text), self.block.place(spot.row, spot.column))

    def columns_between(self, first: int, last: int) -> dict[str, int]:
        """Columns of the form in a part of the table; the wording with most steps wins."""
        best: dict[str, tuple[int, int]] = {}
        for column in range(first, last):
            path = self.paths.get(column, ())
            ranked = sorted(
                ((closeness(words, path), name) for name, words in self.form.columns.items()), key=lambda one: -one[0]
            )
            if ranked and ranked[0][0]:
                score, name = ranked[0]
                if name not in best or score > best[name][0]:
                    best[name] = (score, column)
            elif path and not LINE_LABEL.fullmatch(path[-1]):
                self.other_columns += 1
        return {name: column for name, (_, column) in best.items()}

    def row_named(self, label: str) -> str:
        """The form's row with this label in tables without sides, or ""."""
        ranked = sorted(((closeness(w, (label,)), name) for (_, name), w in self.form.rows.items()), reverse=True)
        return ranked[0][1] if ranked and ranked[0][0] else ""

    # -- 科目 -------------------------------------------------------------------------------------------------------
    def read_accounts(self, table: OfficialTable) -> None:
        groups = self.account_groups()
        if not groups:
            return
        carried = [["", "", ""] for _ in groups]
        for number in self.block.body:
            spots = self.block.rows[number]
            labelled = [self.label_of(spots, group) for group in groups]
            for index, group in enumerate(groups):
                self.read_account_row(
                    table,
                    spots,
                    group,
                    carried[index],
                    [g.columns for g in groups[index + 1 :]]
                    if labelled[index] and not any(labelled[index + 1 :])
                    else [],
                )
        for group in groups:
            table.columns |= set(group.columns)

    def account_groups(self) -> list[_Group]:
        paths = self.paths
        codes = [
            c
            for c, path in paths.items()
            if any(CODE_LABEL.fullmatch(label) for label in path) and not NAME_LABEL.fullmatch(path[-1])
        ]
        if not codes:
            texts = {
                c: [self.block.rows[r][c].label for r in self.block.body if c in self.block.rows[r]] for c in paths
            }
            codes = [
                c
                for c, found in texts.items()
                if any(_CODE.fullmatch(t) for t in found) and not self.is_value_column(c)
            ][:1]
        parts: list[list[int]] = []
        for column in codes:
            if parts and column == parts[-1][-1] + 1 and len(parts[-1]) < 3:
                parts[-1].append(column)
            else:
                parts.append([column])
        groups: list[_Group] = []
        last = max(paths, default=0) + 1
        for index, part in enumerate(parts):
            end = parts[index + 1][0] if index + 1 < len(parts) else last
            named = next((c for c in range(part[-1] + 1, end) if paths[c] and NAME_LABEL.fullmatch(paths[c][-1])), 0)
            if not named and part[-1] + 1 < end and not self.is_value_column(part[-1] + 1):
                named = part[-1] + 1
            columns = self.columns_between(max(named, part[-1]) + 1, end)
            groups.append(_Group(part, named, columns))
        return groups

    def is_value_column(self, column: int) -> bool:
        return any(closeness(words, self.paths.get(column, ())) for words in self.form.columns.values())

    @staticmethod
    def label_of(spots: Mapping[int, SheetCell], group: _Group) -> bool:
        return any(column in spots for column in (*group.codes, group.name))

    def read_account_row(
        self,
        table: OfficialTable,
        spots: Mapping[int, SheetCell],
        group: _Group,
        carried: list[str],
        further: Sequence[Mapping[str, int]],
    ) -> None:
        """`further`: columns of the groups to the right when this row's label reaches over them."""
        code, name, spot = self.code_of(spots, group, carried)
        if spot is None:
            stray = next((spots[c] for c in group.columns.values() if c in spots and spots[c].is_amount), None)
            if stray is not None and not self.is_under_another_label(spots, group):
                self.report("X053", stray, table=self.form.name)
            return
        if code:
            row = AccountRow(code, name, self.block.place(spot.row, spot.column))
            for column, at in group.columns.items():
                amount = self.amount(spots.get(at), f"{code} {name}的{column}")
                if amount is not None:
                    row.amounts[column] = amount
            table.accounts.append(row)
            return
        labels = [
            spots[c] for c in (*group.codes, group.name) if c in spots and spots[c].label not in ("类", "款", "项")
        ]
        named = next((n for n in (self.row_named(s.label) for s in labels) if n), "")
        cells = dict(group.columns)
        if named and not any(at in spots for at in cells.values()):
            for columns in further:
                cells = dict(columns) if any(at in spots for at in columns.values()) else cells
        filled = [spots[at] for at in cells.values() if at in spots]
        if named:
            table.named_rows.add(named)
            for column, at in cells.items():
                amount = self.amount(spots.get(at), f"{named}的{column}")
                if amount is not None:
                    table.totals.setdefault((named, column), amount)
        elif labels and any(s.is_amount for s in filled):
            bad = next((s for s in labels if re.search(r"\d{3}", s.label)), None)
            self.report("X058" if bad else "X053", bad or labels[0], table=self.form.name)

    def is_under_another_label(self, spots: Mapping[int, SheetCell], group: _Group) -> bool:
        """A total whose label stands in a group to the left, merged over this one."""
        return any(spot.column < group.codes[0] and not spot.is_amount for spot in spots.values())

    def code_of(
        self, spots: Mapping[int, SheetCell], group: _Group, carried: list[str]
    ) -> tuple[str, str, SheetCell | None]:
        """Code and name of the row, and the cell where they begin; the code is "" for a row of another kind."""
        cells = [spots.get(column) for column in group.codes]
        first = next((cell for cell in (*cells, spots.get(group.name)) if cell is not None), None)
        if first is None:
            return "", "", None
        name_spot = spots.get(group.name)
        name = name_spot.label if name_spot is not None else ""
        if len(group.codes) > 1 and any(cell is not None and cell.label.isdecimal() for cell in cells):
            return self.joined_code(cells, carried), name, first
        match = _CODE.fullmatch(first.label)
        if match is None or first.column == group.name:
            return "", name, first
        return match[1], name or (match[2] or ""), first

    @staticmethod
    def joined_code(cells: Sequence[SheetCell | None], carried: list[str]) -> str:
        """类, 款 and 项 from their columns; some forms print each only where it changes, or whole codes."""
        texts = [cell.label if cell is not None else "" for cell in cells]
        if not all(text.isdecimal() for text in texts if text):
            return ""
        deepest = max(index for index, text in enumerate(texts) if text)
        code = ""
        for index in range(deepest + 1):
            text = texts[index] or carried[index]
            if len(text) > 3 and text.startswith(code):
                code = text
            else:
                code += text.zfill(3 if index == 0 else 2)
            if texts[index]:
                carried[index:] = [text, *[""] * (2 - index)]
        return code if _CODE.fullmatch(code) else ""

    # -- 项目 -------------------------------------------------------------------------------------------------------
    def read_items(self, table: OfficialTable) -> None:
        sides = self.form.sides
        parts = self.item_columns()
        last = max(self.paths, default=0) + 1
        for index, column in enumerate(parts):
            end = parts[index + 1] if index + 1 < len(parts) else last
            columns = self.columns_between(column + 1, end)
            table.columns |= set(columns)
            if len(parts) == 1:
                self.read_side(table, sides, column, columns)
            else:
                side = next((s for s in sides if any(s in label for label in self.paths[column])), "")
                side = side or (sides[index] if index < len(sides) else "")
                if side and not (index >= len(sides)):
                    self.read_side(table, (side,), column, columns)

    def item_columns(self) -> list[int]:
        """Columns that hold the names of items: their header says so, or they hold words and no amounts."""
        named = [c for c, path in self.paths.items() if path and ITEM_LABEL.fullmatch(path[-1])]
        if named:
            return named
        found = []
        for column in self.paths:
            spots = [self.block.rows[row][column] for row in self.block.body if column in self.block.rows[row]]
            words = [spot for spot in spots if not spot.is_amount]
            if len(words) >= 3 and len(words) * 2 > len(spots):
                found.append(column)
        return found

    def read_side(self, table: OfficialTable, sides: Sequence[str], column: int, columns: Mapping[str, int]) -> None:
        """`sides`: one, or both when they stand one below the other."""
        seen: list[str] = []
        taken: set[str] = set()
        remaining = list(sides)
        for number in self.block.body:
            spots = self.block.rows[number]
            spot = spots.get(column)
            if spot is None or spot.is_amount:
                continue
            seen.append(unnumbered(spot.label))
            name = self.item_named(remaining[0], tuple(seen), taken)
            amounts = {}
            for official, at in columns.items():
                amount = self.amount(spots.get(at), f"{spot.label}的{official}")
                if amount is not None:
                    amounts[official] = amount
            if name:
                taken.add(name)
                table.named_rows.add(name)
                for official, amount in amounts.items():
                    table.totals.setdefault((name, official), amount)
                last_of_side = [row for side, row in self.form.rows if side == remaining[0]][-1]
                if name == last_of_side and len(remaining) > 1:
                    remaining.pop(0)
                    seen.clear()
                continue
            code = self.class_named(seen[-1]) if remaining[-1] == self.form.sides[-1] else ""
            if code:
                place = self.block.place(spot.row, spot.column)
                table.accounts.append(AccountRow(code, seen[-1], place, amounts))
            elif any(amount.value for amount in amounts.values()):
                self.report("X053", spot, table=self.form.name)

    def item_named(self, side: str, seen: tuple[str, ...], taken: set[str]) -> str:
        ranked = [
            (closeness(words, seen), name)
            for (at, name), words in self.form.rows.items()
            if at == side and name not in taken
        ]
        best = max(ranked, key=lambda one: one[0], default=(0, ""))
        return best[1] if best[0] else ""

    def class_named(self, label: str) -> str:
        """The 类 with this name, current or former."""
        for code in self.known.below.get("", ()):
            if code.startswith("2") and any(bare(name) == label for name in self.known.names(code)):
                return code
        return ""

    # -- 交叉 -------------------------------------------------------------------------------------------------------
    def read_crossed(self, table: OfficialTable) -> None:
        for number in self.block.body:
            spots = self.block.rows[number]
            beside = tuple(unnumbered(s.label) for s in spots.values() if not s.is_amount)
            for column, path in self.paths.items():
                address = self.crossing(path, beside)
                if address is None:
                    continue
                row, official = address
                table.columns.add(official)
                table.named_rows.add(row)
                if address not in table.totals:
                    amount = self.amount(self.amount_spot(spots, column), f"{row}的{official}")
                    if amount is not None:
                        table.totals[address] = amount

    def amount_spot(self, spots: Mapping[int, SheetCell], column: int) -> SheetCell | None:
        """The cell, unless it is the label of its row."""
        spot = spots.get(column)
        if spot is None or spot.is_amount or spot.fault:
            return spot
        return None if self.row_named(unnumbered(spot.label)) or spot.column == min(spots) else spot

    def crossing(self, path: tuple[str, ...], beside: tuple[str, ...]) -> tuple[str, str] | None:
        """Item and column of a cell, from the labels above it and beside it."""
        for labels in (path, beside):
            for label in labels:
                official = next((n for n, words in self.form.columns.items() if closeness(words, (label,))), "")
                if not official:
                    continue
                rest = tuple(unnumbered(one) for one in path if one != label)
                ranked = [
                    (closeness(words, way), name)
                    for (_, name), words in self.form.rows.items()
                    for way in (rest, *((one,) for one in beside))
                ]
                best = max(ranked, key=lambda one: one[0], default=(0, ""))
                if best[0]:
                    return best[1], official
        return None


@dataclass(frozen=True, slots=True)
class _Group:
    """Code columns (one, or 类 款 项), the name's column (0 = none), and the form's columns beside them."""

    codes: Sequence[int]
    name: int
    columns: Mapping[str, int]
