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
from generator.official_tables.header_paths import says_other, this_year, without_funds
from generator.official_tables.import_form import (
    ACCOUNTS,
    CROSSED,
    ITEMS,
    MATRIX,
    OUTTURN,
    ImportForm,
    TableForm,
    closeness,
)
from generator.official_tables.item_rows import read_items
from generator.official_tables.matrix_rows import read_matrix
from generator.official_tables.official_table import OfficialTable
from generator.official_tables.sheet_blocks import TableBlock
from generator.official_tables.table_reading import TableReading
from generator.official_tables.titles import is_budget, is_title_like, says_outturn, title_of

_LIKE_ENOUGH, _NARROWER = 60, 51


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a block is none of the tables. `titled`: a line or the sheet's name names it, as another table; `outturn`:
    it is known as one of final accounts, where a budget is looked for. `title`: that line."""

    reason: str
    titled: bool = False
    outturn: bool = False
    title: str = ""


def read_block(block: TableBlock, form: TableForm, accounts: Accounts, year: int) -> TableReading:
    reading = TableReading(block, form, accounts, year)
    {ITEMS: read_items, CROSSED: read_crossed, ACCOUNTS: read_accounts, MATRIX: read_matrix}[form.style](reading)
    _rename(reading.table)
    return reading


def _rename(table: OfficialTable) -> None:
    """«注：预算数为全年预算数» says which of two columns a head without this word is."""
    for column, (other, words) in table.form.renamed.items():
        if other not in table.columns and any(closeness(words, (line,)) for line in table.words):
            table.columns = {other if one == column else one for one in table.columns}
            table.totals = {(r, other if c == column else c): amount for (r, c), amount in table.totals.items()}
            for row in table.accounts:
                row.amounts = {other if c == column else c: amount for c, amount in row.amounts.items()}


def which(block: TableBlock, form: ImportForm, sheet_name: str, year: int) -> TableForm | Unknown:
    """`sheet_name`: "" where it is not this block's own, or nobody gave it."""
    titled = _titled(block, form, sheet_name)
    if isinstance(titled, Unknown):
        return titled
    if titled is not None:
        if not block.header and (not block.says_empty() or block.holds_amounts()):
            return Unknown(f"题名是“{titled.name}”，但没有找到表头")
        wrong = _not_a_budget if form.use == OUTTURN else _not_final_accounts
        return wrong(block, titled, sheet_name) or titled
    if not block.header:
        return Unknown("没有公开表的题名和表头")
    if form.use != OUTTURN:
        return _untitled_budget(block, form, sheet_name, year)
    budget = next((text for text in (*block.above(), sheet_name, block.page.file) if is_budget(text)), "")
    if budget:
        return Unknown(f"没有题名，“{budget}”是预算，不当作决算读", titled=True)
    heads = ["/".join(path) for path in block.paths().values()]
    if any(map(_says_budget, heads)) and not any(map(says_outturn, heads)):
        return Unknown("没有题名，表头只有预算数，不当作决算读")
    return _by_header(block, form, year)


def _titled(block: TableBlock, form: ImportForm, sheet_name: str) -> TableForm | Unknown | None:
    """The table by the line nearest to it that names any, else by the sheet's name; None when nothing names it."""
    for text in (*_without_contents(block.above(), form), sheet_name):
        known = title_of(text, form.tables) if text else None
        if known is not None:
            return known
        if text and is_title_like(text, form.use):
            if form.use != OUTTURN and is_budget(text, form.use):
                return Unknown(f"“{text}”", titled=True, outturn=True)
            return Unknown(f"“{text}”不在这个模板包要填的公开表之列", titled=True, title=text)
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


def _not_final_accounts(block: TableBlock, known: TableForm, sheet_name: str) -> Unknown | None:
    """The titles of published budgets mostly do not say so: then nothing near may say 决算."""
    near = [*block.titles, *block.above(), sheet_name]
    if any(map(_says_budget, near)):
        return None
    around = (*near, *_outturn_columns(block), block.page.file)
    said = next((text for text in around if says_outturn(without_funds(text)) and not _says_budget(text)), "")
    return Unknown(f"“{known.name}”（{said}）", titled=True, outturn=True) if said else None


def _says_budget(text: str) -> bool:
    return "预算" in without_funds(text)


def _outturn_columns(block: TableBlock) -> list[str]:
    """Heads that say 决算 of this year; a budget may show last year's beside."""
    paths = block.paths().values()
    year = this_year(block.year(), paths)
    return [shown for path in paths if says_outturn(shown := "/".join(path)) and not says_other(path, year)]


def _untitled_budget(block: TableBlock, form: ImportForm, sheet_name: str, year: int) -> TableForm | Unknown:
    """Without a title something has to say that it is a budget."""
    around = [*block.above(), sheet_name, block.page.file, *("/".join(path) for path in block.paths().values())]
    said = next((text for text in around if is_budget(text, form.use)), "")
    if said:
        return Unknown(f"“{said}”", titled=True, outturn=True)
    if not any(map(_says_budget, around)):
        return Unknown("没有题名，也没有哪里写着是预算")
    return _by_header(block, form, year)


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
