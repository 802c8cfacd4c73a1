"""Lists with something missing: a table without the rows that it must have, a row whose deciding cell is blank.

A selection that cannot judge a row keeps it, in doubt: its words are shown, it is in no sum and in no count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from generator.facts.fact import Entry, Group, Rows
from generator.facts.naming import Chosen, chosen, condition
from generator.quantity import Blank, Quantity

IN_TEXT = "_session"
"""A name that only templates know: there rows in doubt are shown, in checks nothing is judged by them."""
Selection = Rows | Sequence[Group]


def gap_of(rows: object) -> Blank | None:
    """What stands for rows that are not there."""
    if isinstance(rows, Blank):
        return rows
    return rows.gap if isinstance(rows, Rows) and not rows.rows else None


def doubt_of(rows: object) -> Blank | None:
    """The blank because of which these rows cannot be counted or added up."""
    missing = rows.doubt if isinstance(rows, Chosen) else gap_of(rows)
    if missing is not None or not isinstance(rows, Iterable):
        return missing
    return next((row.doubt for row in rows if isinstance(row, Group) and row.doubt is not None), None)


def gap_stays(work: Callable[..., Any]) -> Callable[..., Any]:
    """For a filter that makes a list of a list: of one that lacks its rows, the same."""

    @wraps(work)
    def filtered(*given: Any, **words: Any) -> Any:
        rows = next((one for one in given[:2] if isinstance(one, Rows | Blank | list | tuple)), None)
        return rows if gap_of(rows) is not None else work(*given, **words)

    return filtered


def counted(work: Callable[..., Any]) -> Callable[..., Any]:
    """For a filter that makes one figure of a list: of rows in doubt there is none."""

    @wraps(work)
    def filtered(*given: Any, **words: Any) -> Any:
        rows = next((one for one in given[:2] if isinstance(one, Rows | Blank | list | tuple)), None)
        doubt = doubt_of(rows)
        return work(*given, **words) if doubt is None else doubt

    return filtered


def needs_rows(work: Callable[..., Any]) -> Callable[..., Any]:
    """For a filter that takes one of a list's rows: of none there is none."""

    @wraps(work)
    def filtered(*given: Any, **words: Any) -> Any:
        missing = next((gap for gap in map(gap_of, given[:2]) if gap is not None), None)
        return work(*given, **words) if missing is None else missing

    return filtered


def length(rows: Any, *, shown: bool) -> int | Blank:
    """How many rows are `shown`, those in doubt among them; in a check nothing is judged by rows in doubt."""
    missing = gap_of(rows) if shown else doubt_of(rows)
    return len(rows) if missing is None else missing


def parted(rows: Selection, column: str, fits: Callable[[Entry], bool], key: str, words: str = "") -> Chosen:
    """The rows that belong to one of several parts, called by `key` and `words` (`naming.chosen`). One in doubt is
    shown in each, its figures unknown: in which they belong shows when the cell is filled in."""
    found = chosen(rows, (), key, words)
    for row in rows:
        cell = row.entries[column]
        if isinstance(cell, Blank) and cell.needed:
            found.append(row.doubtful(cell, {n: cell for n, e in row.entries.items() if isinstance(e, Quantity)}))
            found.doubt = found.doubt or cell
        elif fits(cell):
            found.append(row)
    return found


def marked_yes(rows: Selection, column: str) -> Chosen:
    """The rows whose 是/否 says 是. One in doubt goes with the rows that are filled in like it."""
    found = chosen(rows, (), *condition(rows, column, "是"))
    sure = [(row, str(row.entries[column])) for row in rows]
    for row, answer in sure:
        cell = row.entries[column]
        if isinstance(cell, Blank) and cell.needed:
            found.doubt = found.doubt or cell
            yes = max((_alike(row, one) for one, said in sure if said == "是"), default=1.0)
            no = max((_alike(row, one) for one, said in sure if said == "否"), default=0.0)
            if yes >= no:
                found.append(row.doubtful(cell))
        elif answer == "是":
            found.append(row)
    return found


def _alike(row: Group, other: Group) -> float:
    """How far the same columns are filled in, 0 to 1."""
    here, there = ({name for name, entry in one.entries.items() if not _is_empty(entry)} for one in (row, other))
    return len(here & there) / len(here | there) if here | there else 1.0


def _is_empty(entry: Entry) -> bool:
    return isinstance(entry, Blank) or (isinstance(entry, Rows) and not entry.rows)
