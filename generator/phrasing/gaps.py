"""What stands in the text where something is missing: 〔待填：…〕 in place, and the ways that an undecided condition
leaves open.

`Gaps` is what compiled templates call (`expressions.code`); each method returns text with tokens.
"""

from __future__ import annotations

from typing import Any

from generator.document.nodes import Paragraph, Run
from generator.facts.rows_in_doubt import gap_of
from generator.phrasing.phrases import session_of
from generator.phrasing.session import to_fill_in
from generator.quantity import Blank

TABLE_RUN = "_表"
"""The name under which a table's program finds its run."""
_BESIDE_ITEMS = "\n\n   "
"""A paragraph between the items of a numbered list must be indented, or the list would begin again behind it."""


class Gaps:
    """`block`: whole lines stand under the condition, so that what is said of it is a line, too."""

    @staticmethod
    def begin(context: Any, blank: Blank) -> None:
        """Remember how often the blank has been printed before, or how many rows there are."""
        run, session = context.parent.get(TABLE_RUN), session_of(context)
        session.ask_for(blank)
        session.undecided.append(session.gaps.get(blank.name, 0) if run is None else len(run.lines))

    @staticmethod
    def either(context: Any, blank: Blank, block: bool) -> str:
        """Before the first of two ways of saying it."""
        session = session_of(context)
        session.printed(blank)
        return _line(session.token(f"{to_fill_in(blank)[:-1]}；填好后从下面的写法中取一种〕"), block)

    @staticmethod
    def other(context: Any, block: bool) -> str:
        return _line(session_of(context).token("〔或：〕"), block)

    @staticmethod
    def marked(context: Any, blank: Blank, block: bool) -> str:
        """Behind it all: the blank itself, unless it has been printed on the way."""
        run, before = context.parent.get(TABLE_RUN), session_of(context).undecided.pop()
        if run is not None:
            run.doubt(blank, before)
            return ""
        session = session_of(context)
        if session.gaps.get(blank.name, 0) > before:
            return ""
        return _line(session.printed(blank), block)


def no_rows(context: Any, rows: object, block: bool) -> str:
    """In place of the rows that a list must have and has not; "" where none are needed."""
    missing = gap_of(rows)
    return "" if missing is None else _line(session_of(context).printed(missing), block)


def _line(text: str, block: bool) -> str:
    return f"{_BESIDE_ITEMS}{text}\n\n" if block else text


def not_made(what: str) -> Paragraph:
    """What stands where a fault of the pack left nothing."""
    return Paragraph((Run(f"〔{what}没有印出来，原因见核对结果〕"),))
