"""Lists of the pack's within one paragraph: names with their figures («甲98%、乙100%»), a name and its explanation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.adopting.gathered import Gathered, Piece, Rows, key_of
from generator.adopting.grammar import Pattern, Slot
from generator.adopting.plain_text import Clause, Plain, clauses_of, numbering
from generator.adopting.sentences import Match, Pair

_LED_IN = re.compile(".*?分别[为是]|其中：?")
_CLOSED = re.compile("[为是达到约计：]+$")
_LONGEST_NAME, _TELLING = 30, 4


class OwnLists:
    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered

    def explained(self, piece: Piece, pool: Sequence[Pattern]) -> bool:
        """«卫生健康支出（类）…（项）：指…», where the pack prints an office's explanation of each 科目 of a table: goes
        into the row of a 科目 that the sentences before have told."""
        start = len(numbering(piece.text.text))
        name, colon, _ = piece.text.text[start:].partition("：")
        if not colon:
            return False
        for pattern in pool:
            if len(pattern.slots) != 2 or not re.fullmatch(
                "[\U000f0000-\U000ffffd]：[\U000f0000-\U000ffffd]。?", pattern.text
            ):
                continue
            key, text = pattern.slots
            code = self.gathered.account(name) if self.gathered.is_account(key) else ""
            own = ((key.rows[0][0], code),) if code and len(key.rows) == 1 and key.rows == text.rows else ()
            if own and any(one.rows == own for one in self.gathered.reading.lifted):
                end = start + len(name)
                self.gathered.put(key, own, piece.text.cut(start, end), "")
                self.gathered.put(text, own, piece.text.cut(end + 1), "")
                self.gathered.know(piece.text, (*range(start), end))
                piece.order = pattern.order
                return True
        return False

    def within(self, match: Match, body: Plain, clauses: Sequence[Clause], covered: set[int], rows: Rows) -> None:
        """Names with a figure each, behind words of the pack's own up to the end of the sentence: all of them, or none;
        then the office's text to which the paragraph goes on, where the pack has one there."""
        first = next((at for at in range(1, len(match.pattern.clauses)) if _named(match.pattern, at)), 0)
        lead = next((pair for pair in match.pairs if pair.mine == first - 1 and pair.words >= _TELLING), None)
        if not first or lead is None or clauses[lead.last].stop == "。":
            return
        key, figure = (match.pattern.slots[token.slot] for token in match.pattern.clauses[first].tokens)
        listed = _listed(clauses, lead, match.pattern.clauses[first].tokens[1].mark)
        if not listed or not self.gathered.is_key(key) or len(key.rows) != len(rows) + 1 or covered & set(listed):
            return
        names = [_name_of(body, clauses[at]) for at in listed]
        if len({name.text for name in names}) != len(names) or not all(
            0 < len(one.text) <= _LONGEST_NAME for one in names
        ):
            return
        for name, at in zip(names, listed, strict=True):
            clause, token = clauses[at], clauses[at].tokens[0]
            own = (*rows, (key.rows[-1][0], f"K{key_of(name.text)}"))
            self.gathered.put(key, own, name, "")
            self.gathered.put(figure, own, body.cut(token.start, token.start + len(token.text)), token.unit, "")
            start = clauses[at - 1].end
            spots = {*range(start, clause.end + 1)} - {*range(token.start, token.start + len(token.text))}
            self.gathered.know(
                body, [one for one in sorted(spots) if one >= len(body.text) or body.at[one] not in name.at]
            )
        covered |= set(listed)
        self._rest(match.pattern, first, body, clauses, listed[-1], covered)

    def _rest(
        self, pattern: Pattern, first: int, body: Plain, clauses: Sequence[Clause], last: int, covered: set[int]
    ) -> None:
        after = next((at for at in range(first, len(pattern.clauses)) if not _named(pattern, at)), len(pattern.clauses))
        behind = set(range(last + 1, len(clauses)))
        if after != len(pattern.clauses) - 1 or not behind or behind & covered:
            return
        (token, *others), slot = pattern.clauses[after].tokens, _only(pattern, after)
        if slot is not None and not others and token.mark == "T" and slot.field is not None and not slot.rows:
            self.gathered.put(slot, (), body.cut(clauses[last].end + 1), "")
            covered |= behind


def is_bare_list(text: str, patterns: Sequence[Pattern]) -> bool:
    """Whether a paragraph begins with such a list whose leading words are gone: it is no text, and what follows it has
    no clear beginning."""
    marks = {p.clauses[at].tokens[1].mark for p in patterns for at in range(1, len(p.clauses)) if _named(p, at)}
    first = next(iter(clauses_of(text)), None)
    return first is not None and first.stop == "、" and len(first.tokens) == 1 and first.tokens[0].mark in marks


def _only(pattern: Pattern, at: int) -> Slot | None:
    clause = pattern.clauses[at]
    return pattern.slots[clause.tokens[0].slot] if clause.key == "T" else None


def _named(pattern: Pattern, at: int) -> bool:
    """Whether the clause is nothing but a name and a figure of one row."""
    clause = pattern.clauses[at]
    if len(clause.tokens) != 2 or clause.key not in ("T％", "T￥", "T#", "T#人") or clause.tokens[1].slot < 0:
        return False
    key, figure = (pattern.slots[token.slot] for token in clause.tokens)
    return bool(key.rows) and key.rows == figure.rows and figure.field is not None


def _listed(clauses: Sequence[Clause], lead: Pair, mark: str) -> list[int]:
    """The clauses behind `lead` up to the end of the sentence, when each is words with one figure at its end."""
    found: list[int] = []
    for at in range(lead.last + 1, len(clauses)):
        clause = clauses[at]
        if len(clause.tokens) != 1 or clause.tokens[0].mark != mark or not clause.key.endswith(mark) or clause.year:
            return []
        found.append(at)
        if clause.stop in ("。", "", "\n"):
            return found
    return []


def _name_of(body: Plain, clause: Clause) -> Plain:
    words = body.text[clause.start : clause.tokens[0].start]
    led, closed = _LED_IN.match(words), _CLOSED.search(words)
    start = clause.start + (led.end() if led else 0)
    return body.cut(start, max(start, clause.start + (closed.start() if closed else len(words))))
