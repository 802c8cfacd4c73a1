"""How each figure was printed and is printed now, so that one is renewed wherever a person has put it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from generator.refreshing.direction import directions
from generator.refreshing.spelling import same_number, spelled, value_of
from generator.refreshing.statements import Known
from generator.word.facts_part import FactsPart
from generator.word_file.align import Token, tokens, version_pairs
from generator.word_file.blocks import Block, generated, name_of, pieces_of
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import w

_NUMBER_GOES_ON = re.compile(r"[\d.,，．%％]")
_NUMBER = re.compile(r"\d[\d,，]*(?:[.．]\d+)?[%％]?")
_UNIT = "\0\0"
_TELLING, _MOST_CHOICES = 3, 3
"""A number of fewer digits says too little to be recognised in a person's words."""


class Prints:
    def __init__(self, edited: Marked, fresh: Marked, new_blocks: Sequence[Block]) -> None:
        self.edited, self.fresh = edited, fresh
        self.unit = (edited.facts.document.get("unit", ""), fresh.facts.document.get("unit", ""))
        """The unit's name before and now."""
        self.old_texts: dict[str, set[str]] = {}
        """Figure «f3» → the ways in which the file as generated printed it in its paragraphs."""
        for pieces in (*edited.facts.written, *edited.facts.beside):
            for text, mark in pieces:
                if mark:
                    self.old_texts.setdefault(_figure(mark), set()).add(text)
        self.old_cells = {cell for table in edited.facts.tables for row in table.rows for cell in row.split("\t")}
        self.new_texts: dict[str, list[str]] = {}
        self.forms: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        self._counts: dict[str, int] = {}
        self._used: set[str] = set()
        for block in new_blocks:
            paragraphs = [block.element] if block.kind == "p" else list(block.element.iter(w("p")))
            for paragraph in paragraphs:
                for text, mark in pieces_of(paragraph):
                    if mark:
                        self._print(mark, text)
        self.by_name: dict[str, list[str]] = {}
        for figure in self.new_texts:
            self.by_name.setdefault(fresh.facts.figures[figure].name, []).append(figure)
        self.known = Known(
            {**_made(edited.facts), **_made(fresh.facts)},
            directions(edited.facts),
            directions(fresh.facts),
            {f"\0{fact.name}": fact.value for fact in fresh.facts.figures.values() if fact.value is not None},
        )
        self._printed_now = {_plain(text) for texts in self.new_texts.values() for text in texts}
        self._printed_before = {_plain(text) for texts in self.old_texts.values() for text in texts}
        self._printed_before |= {_plain(cell) for cell in self.old_cells}

    def with_unit(self, found: list[Token]) -> list[Token]:
        """The same tokens; where the unit was renamed, each of its names is one, the same piece in all versions."""
        before, now = self.unit
        if not before or not now or before == now:
            return found
        names = [[token.text for token in tokens([(name, "")], str)] for name in sorted((before, now), key=len)[::-1]]
        made: list[Token] = []
        at = 0
        firsts = {one[0] for one in names}
        while at < len(found):
            name = None
            if found[at].text in firsts:
                name = next((one for one in names if [token.text for token in found[at : at + len(one)]] == one), None)
            made.append(found[at] if name is None else Token("".join(name), _UNIT))
            at += 1 if name is None else len(name)
        return made

    def is_former_name(self, token: Token) -> bool:
        return token.key == _UNIT and token.text == self.unit[0]

    def _print(self, mark: str, text: str) -> None:
        texts = self.new_texts.setdefault(_figure(mark), [])
        if text not in texts:
            texts.append(text)

    def learn(self, to_new: Mapping[str, str]) -> None:
        """Which print became which, from the paragraphs of both generated versions."""
        for old, new in to_new.items():
            if old[0] in "pn":
                before = tokens(generated(self.edited.facts, old), lambda mark: name_of(self.edited.facts, mark))
                after = tokens(generated(self.fresh.facts, new), lambda mark: name_of(self.fresh.facts, mark))
                for i, j in version_pairs(before, after):
                    if before[i].mark and after[j].mark:
                        self.learn_one(before[i].key, before[i].text, after[j].text, after[j].mark)

    def learn_one(self, key: str, old: str, new: str, mark: str) -> None:
        self.forms.setdefault((key, old), {})[(new, _figure(mark))] = None

    def form(self, token: Token) -> Token | None:
        """The figure of `token`, untouched by hand, as it is printed now; None when that is not certain."""
        if not self.as_generated(token):
            was = self._otherwise_typed(token)
            now = self.form(Token(was, token.key, token.mark)) if was else None
            return now and Token(spelled(token.text, "", now.text, "", None), now.key, now.mark)
        known = self.forms.get((token.key, token.text), {})
        if known:
            (text, figure), *_ = known
            return Token(text, token.key, f"{figure}_x") if all(other == text for other, _ in known) else None
        same_name = self.by_name.get(token.key[1:], [])
        if len(same_name) != 1:
            same = [figure for figure in same_name if token.text in self.new_texts[figure]]
            return Token(token.text, token.key, f"{same[0]}_x") if len(same) == 1 else None
        figure = same_name[0]
        texts = self.new_texts[figure]
        alike = [one for one in texts if _looks_like(one, token.text)]
        chosen = texts[0] if len(texts) == 1 else alike[0] if alike else ""
        return Token(chosen, token.key, f"{figure}_x") if chosen else None

    def as_generated(self, token: Token) -> bool:
        """A marked figure that nobody has typed over."""
        if not token.mark:
            return False
        return token.text in self.old_texts.get(_figure(token.mark), ()) or token.text in self.old_cells

    def _otherwise_typed(self, token: Token) -> str:
        """The generated print that a person has typed in another way, «９１．６８»; "" for another number."""
        texts = sorted(self.old_texts.get(_figure(token.mark), ())) if token.mark else ()
        return next((text for text in texts if same_number(token.text, "", text, "")), "")

    def as_marked(self, theirs: Sequence[Token]) -> list[Token]:
        """Words that a person typed at the edge of a mark belong beside the figure, not to it."""
        found: list[Token] = []
        for token in theirs:
            if not token.mark or self.as_generated(token) or value_of(token.text) is not None:
                found.append(token)
                continue
            known = sorted(self.old_texts.get(_figure(token.mark), ()))
            print_ = next((one for one in known if _at_edge(one, token.text)), "")
            if not print_:
                number = _NUMBER.search(token.text)  # beside it stands what a person typed
                if number is None:
                    found += tokens([(token.text, "")], str)  # the number was taken out of the mark
                    continue
                print_ = number[0]
            before, _, after = token.text.partition(print_)
            for text, mark in ((before, ""), (print_, token.mark), (after, "")):
                if text:
                    found += [Token(text, token.key, mark)] if mark else tokens([(text, "")], str)
        return found

    def free_name(self, mark: str) -> str:
        """A bookmark for this print of the figure; one that a person has put besides gets a number of its own."""
        figure = _figure(mark)
        if not is_besides(mark) and mark not in self._used:
            self._used.add(mark)
            return f"_{mark}"
        self._counts[figure] = self._counts.get(figure, 0) + 1
        return f"_{figure}_x{self._counts[figure]}"

    def outdated(self, text: str) -> str | None:
        """What a number typed by hand would be now, when it is an old print of a figure that has changed; "" when the
        figure is no more."""
        wanted = _plain(text)
        if sum(c.isdigit() for c in text) < _TELLING or not re.search(r"[.%％．]", text):
            return None
        if wanted in self._printed_now or wanted not in self._printed_before:
            return None
        found = [known for (_, old), forms in self.forms.items() if _plain(old) == wanted for known, _ in forms]
        return _choice(found)

    def orphaned(self, token: Token) -> str | None:
        """What a marked figure, untouched by hand, that could not be renewed may be now; "" when nothing tells."""
        if not self.as_generated(token):
            return None
        texts = [text for text, _ in self.forms.get((token.key, token.text), {})]
        if not texts:
            texts = [text for figure in self.by_name.get(token.key[1:], ()) for text in self.new_texts[figure]]
            if token.text in texts:
                return None
        return _choice(texts)


def _made(facts: FactsPart) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Of each figure, by its token's key, the operation and the keys of what it is made of."""
    return {
        f"\0{fact.name}": (fact.operation, tuple(f"\0{facts.figures[one].name}" for one in fact.operands))
        for fact in facts.figures.values()
        if fact.operation
    }


def is_besides(mark: str) -> bool:
    """Whether this print of a figure is not one that was generated where it stands."""
    return "_x" in mark


def _figure(mark: str) -> str:
    return mark.partition("_")[0]


def _choice(texts: Sequence[str]) -> str:
    """«15.36 或 13.36»; "" when there are too many to help."""
    each = dict.fromkeys(texts)
    return " 或 ".join(each) if len(each) <= _MOST_CHOICES else ""


def _plain(text: str) -> str:
    """The same number, however a person types it."""
    words = unicodedata.normalize("NFKC", text).replace(",", "").rstrip("%")
    return words.rstrip("0").rstrip(".") if "." in words else words


def _at_edge(print_: str, text: str) -> bool:
    """Whether the print stands in `text` with words, not more digits, around it."""
    before, found, after = text.partition(print_)
    if not found or text == print_:
        return False
    return not _NUMBER_GOES_ON.match(after) and not _NUMBER_GOES_ON.match(before[-1:])


def _looks_like(one: str, other: str) -> bool:
    """Same decimals, same thousands."""
    return len(one.partition(".")[2]) == len(other.partition(".")[2]) and ("," in one) == ("," in other)
