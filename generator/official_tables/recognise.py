"""Official tables (公开表) recognised in a sheet: which block of rows is which table.

By the words of titles and headers, and by the 科目 in it where those leave a choice; never by position.
"""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostic, Outcome, finding
from generator.facts.accounts import Accounts
from generator.official_tables.import_form import ACCOUNTS, CROSSED, ImportForm, TableForm, bare
from generator.official_tables.sheet_blocks import TableBlock, cut, title_of
from generator.official_tables.table_reader import OfficialTable, TableReader
from generator.place import Place
from generator.xlsx.cells import CellGrid


def read_sheet(
    grid: CellGrid, file: str, sheet: str, form: ImportForm, accounts: Accounts
) -> Outcome[tuple[OfficialTable, ...]]:
    """All official tables of one sheet. Reports X050 (not recognised), X053, X054, X057, X058."""
    tables: list[OfficialTable] = []
    findings: list[Diagnostic] = []
    if not any(grid.rows.values()):
        return Outcome(())
    blocks = cut(grid, file, sheet, form)
    headed = [block for block in blocks if block.header]
    for block in headed or blocks[:1]:
        named = title_of(sheet, form.tables) if block is (headed or blocks)[0] else None
        found = _which(block, form, named)
        if isinstance(found, str):
            findings.append(finding("X050", Place(file, sheet=sheet), reason=found))
            continue
        reader = TableReader(block, found, accounts)
        tables.append(reader.table())
        findings.extend(reader.findings)
    return Outcome(tuple(tables), tuple(findings))


def _which(block: TableBlock, form: ImportForm, sheet_named: TableForm | None) -> TableForm | str:
    """The table, or why it is none."""
    by_title = next((t for t in (title_of(title, form.tables) for title in block.titles) if t is not None), None)
    by_title = by_title or sheet_named
    if by_title is not None:
        return by_title if block.header else f"题名是“{by_title.name}”，但没有找到表头"
    if not block.header:
        return "没有公开表的题名和表头"
    other = next((text for text in (*block.texts_beside(), block.sheet) if _OTHER_TITLE.fullmatch(bare(text))), "")
    if other:
        return f"“{other}”不在这个模板包要填的公开表之列"
    scores = {table.name: _likeness(block, table) for table in form.tables}
    best = max(scores.values(), default=0)
    likely = [table for table in form.tables if scores[table.name] == best]
    # 223 alone may be 国资 in its short form just as well as any table of expenditure.
    likely += [
        t for t in form.tables if _NARROWER <= scores[t.name] < best and len(max(t.account_prefixes, default="")) > 1
    ]
    if best < _LIKE_ENOUGH:
        return "题名和表头都不像公开表"
    if len(likely) > 1:
        return f"没有题名，分不清是{'还是'.join(f'“{table.name}”' for table in likely)}"
    return likely[0]


_LIKE_ENOUGH, _NARROWER = 60, 51
_OTHER_TITLE = re.compile(r".*(?:决算|预算|情况|明细|自评|绩效)(?:明细)?表(?:\(.*\))?")


def _likeness(block: TableBlock, form: TableForm) -> int:
    """Per cent of the table's columns and named rows that are there; more where the 科目 agree."""
    reader = TableReader(block, form, Accounts({}, {}))
    table = reader.table()
    codes = [row.code for row in table.accounts]
    prefixes = form.account_prefixes
    if codes and prefixes and not all(code.startswith(prefixes) for code in codes):
        return 0
    wanted = len(form.columns) + (len(form.rows) if form.style != ACCOUNTS else 0)
    there = len(table.columns) + (len(table.named_rows) if form.style != ACCOUNTS else 0)
    surplus = 0 if form.style == CROSSED else reader.other_columns
    score = there * 100 // (wanted + surplus) if wanted else 0
    return score + (max(map(len, prefixes)) if codes and prefixes and score else 0)
