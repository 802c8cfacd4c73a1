"""Which official table a block of rows is.

By the words of titles, and where there is no title at all by the header and the 科目 in it; never by position. A line
or a sheet's name that names another table forbids the guess, and a budget is never read as final accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.facts.accounts import Accounts
from generator.official_tables.account_rows import read_accounts
from generator.official_tables.crossed_cells import read_crossed
from generator.official_tables.header_labels import CODE_LABEL
from generator.official_tables.import_form import ACCOUNTS, CROSSED, ITEMS, MATRIX, ImportForm, TableForm
from generator.official_tables.item_rows import read_items
from generator.official_tables.matrix_rows import read_matrix
from generator.official_tables.sheet_blocks import TableBlock
from generator.official_tables.table_reading import TableReading
from generator.official_tables.titles import is_budget, is_title_like, says_outturn, title_of

_LIKE_ENOUGH, _NARROWER = 60, 51


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a block is none of the tables. `titled`: a line or the sheet's name names it, as another table."""

    reason: str
    titled: bool = False


def read_block(block: TableBlock, form: TableForm, accounts: Accounts, year: int) -> TableReading:
    reading = TableReading(block, form, accounts, year)
    {ITEMS: read_items, CROSSED: read_crossed, ACCOUNTS: read_accounts, MATRIX: read_matrix}[form.style](reading)
    return reading


def which(block: TableBlock, form: ImportForm, sheet_name: str, year: int) -> TableForm | Unknown:
    """`sheet_name`: "" where it is not this block's own, or nobody gave it."""
    titled = _titled(block, form, sheet_name)
    if isinstance(titled, Unknown):
        return titled
    if titled is not None:
        if not block.header:
            return Unknown(f"题名是“{titled.name}”，但没有找到表头")
        return _not_a_budget(block, titled, sheet_name) or titled
    if not block.header:
        return Unknown("没有公开表的题名和表头")
    budget = next((text for text in (*block.above(), sheet_name, block.page.file) if is_budget(text)), "")
    if budget:
        return Unknown(f"没有题名，“{budget}”是预算，不当作决算读", titled=True)
    return _by_header(block, form, year)


def _titled(block: TableBlock, form: ImportForm, sheet_name: str) -> TableForm | Unknown | None:
    """The table by the line nearest to it that names any, else by the sheet's name; None when nothing names it."""
    for text in (*_without_contents(block.above(), form), sheet_name):
        known = title_of(text, form.tables) if text else None
        if known is not None:
            return known
        if text and is_title_like(text):
            return Unknown(f"“{text}”不在这个模板包要填的公开表之列", titled=True)
    return None


def _without_contents(above: Sequence[str], form: ImportForm) -> list[str]:
    """The lines from the nearest one upwards, without a list of titles: where three follow each other, none of them is
    the title of the table that happens to come next."""
    known = [title_of(text, form.tables) for text in above]
    left = list(above)
    for at in range(len(above) - 2):
        three = known[at : at + 3]
        if all(three) and len({id(one) for one in three}) == 3:
            left[at : at + 3] = ["", "", ""]
    return left[::-1]


def _not_a_budget(block: TableBlock, known: TableForm, sheet_name: str) -> Unknown | None:
    """A title without 决算 (收入支出总表) may be a budget's: then something else has to say 决算."""
    around = [*block.above(), sheet_name, block.page.file]
    if any(
        says_outturn(text) for text in (*around, *(spot.text for r in block.header for spot in block.rows[r].values()))
    ):
        return None
    budget = next((text for text in around if is_budget(text)), "")
    reason = f"“{budget}”是预算" if budget else "题名、表头和文件名里都没有“决算”，可能是预算表"
    return Unknown(f"题名像“{known.name}”，但{reason}，不当作决算读", titled=True)


def _by_header(block: TableBlock, form: ImportForm, year: int) -> TableForm | Unknown:
    scores = {table.name: _likeness(block, table, year) for table in form.tables}
    best = max(scores.values(), default=0)
    likely = [table for table in form.tables if scores[table.name] == best]
    # 223 alone may be 国资 in its short form just as well as any table of expenditure.
    likely += [
        t for t in form.tables if _NARROWER <= scores[t.name] < best and len(max(t.account_prefixes, default="")) > 1
    ]
    if best < _LIKE_ENOUGH:
        return Unknown("题名和表头都不像公开表")
    if len(likely) > 1:
        return Unknown(f"没有题名，分不清是{'还是'.join(f'“{table.name}”' for table in likely)}")
    return likely[0]


def _likeness(block: TableBlock, form: TableForm, year: int) -> int:
    """Per cent of the table's columns and named rows that are there; more where the 科目 agree."""
    labels = (label for path in block.paths().values() for label in path)
    if form.style == MATRIX:  # nothing in it is its own but the title
        return 0
    if form.style == CROSSED and any(CODE_LABEL.fullmatch(label) for label in labels):
        return 0
    reading = read_block(block, form, Accounts({}, {}), year)
    table = reading.table
    codes = [row.code for row in table.accounts]
    prefixes = form.account_prefixes
    if codes and prefixes and not all(code.startswith(prefixes) for code in codes):
        return 0
    wanted = len(form.columns) + (len(form.rows) if form.style != ACCOUNTS else 0)
    there = len(table.columns) + (len(table.named_rows) if form.style != ACCOUNTS else 0)
    surplus = 0 if form.style == CROSSED else reading.other_columns
    score = there * 100 // (wanted + surplus) if wanted else 0
    return score + (max(map(len, prefixes)) if codes and prefixes and score else 0)
