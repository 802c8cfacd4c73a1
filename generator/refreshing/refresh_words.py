"""What every part of a refreshing uses: writing a merge into paragraphs, remarks, comments, marks.

`refresh` decides what belongs together; tables, charts and 目录 have rooms of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as with_other

from generator.refreshing.direction import turned_wrong
from generator.refreshing.figure_prints import Prints, is_besides
from generator.refreshing.merge import merge, renew
from generator.refreshing.merged import CLAUSE, CONFLICT, OVERTYPED, Clash, Merged
from generator.refreshing.old_figures import old_figure, said_now
from generator.refreshing.transplant import Transplant
from generator.word.facts_part import FactsPart, Pieces
from generator.word_file.align import PARAGRAPH_END, Token, tokens
from generator.word_file.blocks import joined, name_of, pieces_of
from generator.word_file.comments import Comments
from generator.word_file.marked_file import Marked
from generator.word_file.paragraph import Element, Marker, replace, w

KEPT, DELETED, LEFTOVER, TABLE, CHART, WORDING = "kept", "deleted", "leftover", "table", "chart", "wording"
CONTRADICTION, FORMER_NAME = "contradiction", "former name"


@dataclass(frozen=True, slots=True)
class RefreshRemark:
    """One line of the report. `trail`: the headings above; `theirs`: what stands in the file.

    `kind`: conflict (both changed the same words; the person's stay), overtyped (a figure that a person typed over; it
    stays), clause (a statement with such a figure, left whole), kept (a person's words whose generated paragraph or row
    is gone), deleted (what a person took out and would read otherwise now), leftover (a number in a person's words that
    equals a figure which changed), wording (a figure whose direction turned beside words that still say the other),
    former name (of the unit, in a person's words), table and chart (edits that could not be joined), contradiction (a
    person's words that say the direction which a fact beside them had, and has no longer).
    """

    kind: str
    trail: tuple[str, ...]
    old: str = ""
    new: str = ""
    theirs: str = ""


@dataclass(slots=True)
class Placed:
    """A figure's mark to put over characters of a paragraph, once everything else is done."""

    paragraph: Element
    start: int
    end: int
    name: str


@dataclass(slots=True)
class Renewal:
    """One refreshing on its way. `edited` is changed in place."""

    edited: Marked
    fresh: Marked
    prints: Prints
    comments: Comments
    transplant: Transplant
    remarks: list[RefreshRemark] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    whole: list[tuple[Element, Element, str]] = field(default_factory=list)
    """(first paragraph, last paragraph, mark) of blocks."""
    twins: dict[str, tuple[Pieces, Pieces]] = field(default_factory=dict)
    """The text of a generated paragraph → it as it was generated and as it is now."""
    copied: set[Element] = field(default_factory=set)
    """A person's paragraphs that were copies of generated ones."""
    seen: set[Element] = field(default_factory=set)
    """Paragraphs that are done."""
    renewed: int = 0
    added: int = 0
    removed: int = 0

    def old_tokens(self, pieces: Pieces) -> list[Token]:
        return self.prints.with_unit(tokens(pieces, lambda mark: name_of(self.edited.facts, mark)))

    def new_tokens(self, pieces: Pieces) -> list[Token]:
        return self.prints.with_unit(tokens(pieces, lambda mark: name_of(self.fresh.facts, mark)))

    def their_tokens(self, elements: list[Element]) -> list[Token]:
        return self.prints.as_marked(self.old_tokens(joined([pieces_of(one) for one in elements], PARAGRAPH_END)))

    def merged(self, base: list[Token], theirs: list[Token], ours: list[Token]) -> Merged:
        return merge(base, theirs, ours, self.prints.form, self.prints.known)

    def apply(
        self,
        elements: list[Element],
        theirs: list[Token],
        merged: Merged,
        trail: tuple[str, ...],
        *,
        ours: list[Token] | None = None,
        untouched: bool = False,
        tell: bool = True,
    ) -> None:
        """Write a merge into the paragraphs `elements`, whose tokens are `theirs`; remember where marks belong.

        `ours`: what is generated now, for a paragraph that has a generated counterpart. Not `tell`: a comment on the
        whole says already that it is out of date.
        """
        self.seen.update(elements)
        result: list[tuple[Token, int]] = []  # what stands there afterwards, and the token it came from
        edits = {edit.start: edit for edit in merged.edits if edit.end > edit.start}
        inserts = {edit.start: edit for edit in merged.edits if edit.end == edit.start}
        index = 0
        while index <= len(theirs):
            if index in inserts:
                result += [(token, -1) for token in inserts[index].tokens]
            if index == len(theirs):
                break
            if index in edits:
                result += [(token, -1) for token in edits[index].tokens]
                index = edits[index].end
                continue
            token = theirs[index]
            result.append((Token(token.text, token.key, merged.marks.get(index, "")), index))
            index += 1
        spots = _spots(theirs)
        for edit in sorted(merged.edits, key=lambda one: (one.start, one.end), reverse=True):
            number, start, end = _range(spots, edit.start, edit.end)
            replace(elements[number], start, end, "".join(token.text for token in edit.tokens))
            self.renewed += 1
        self.place(elements, result)
        for clash in merged.clashes:
            if ours is None or clash.kind == CONFLICT:
                self._clash(elements, result, theirs, clash, trail)
        if ours is not None and merged.clashes:
            self._not_as_generated(elements, result, theirs, merged, ours, trail)
        told = {index for clash in merged.clashes for index in range(clash.start, clash.end)}
        rest = [(at, theirs[came]) for at, (token, came) in enumerate(result) if came >= 0 and not token.mark]
        rest = [(at, token) for at, token in rest if result[at][1] not in told]
        self._former_names(elements, result, trail)
        if tell:
            self._orphans(elements, result, rest, trail)
        if not untouched:
            self._check_words(elements, result, trail)
            for at, token in rest:
                if not token.mark:
                    number, start, end = _position(result, at)
                    self.leftover(elements[number], start, end, token, trail)

    def place(self, elements: list[Element], result: list[tuple[Token, int]]) -> None:
        number = position = 0
        for token, _ in result:
            if token.text == PARAGRAPH_END:
                number, position = number + 1, 0
                continue
            if token.mark:
                name = self.prints.free_name(token.mark)
                self.placed.append(Placed(elements[number], position, position + len(token.text), name))
            position += len(token.text)

    def _clash(
        self,
        elements: list[Element],
        result: list[tuple[Token, int]],
        theirs: list[Token],
        clash: Clash,
        trail: tuple[str, ...],
    ) -> None:
        stands = "".join(token.text for token in theirs[clash.start : clash.end])
        self._tell(elements, _where(result, clash.start, clash.end), clash, stands, trail)

    def _tell(
        self,
        elements: list[Element],
        where: tuple[int, int, int],
        clash: Clash,
        stands: str,
        trail: tuple[str, ...],
    ) -> None:
        remark = RefreshRemark(clash.kind, trail, clash.old, clash.new, stands)
        self.remarks.append(remark)
        number, start, end = where
        if clash.kind == OVERTYPED:
            self.comment_overtyped(elements[number], start, end, stands, clash.new)
            return
        if clash.kind == CLAUSE:
            text = f"这里由人改过，整句没有动。按填报数据是：“{clash.new}”。以填报数据为准的，请照此改；"
            text += "以这里为准的，请改填报数据后重新生成。"
        else:
            new = f"更正后这里是：“{clash.new}”" if clash.new else f"更正后没有这些话：“{clash.old}”"
            text = f"{new}。这里已由人改过，没有自动改动，请核对。"
        self.comments.add(elements[number], start, end, text, instead_of=("更正后", stands))

    def _not_as_generated(
        self,
        elements: list[Element],
        result: list[tuple[Token, int]],
        theirs: list[Token],
        merged: Merged,
        ours: list[Token],
        trail: tuple[str, ...],
    ) -> None:
        """Figures that stand otherwise than the data say now. Told as the next refreshing will find them, so that it
        finds nothing new to say; what only this one can tell comes besides."""
        now = [_as_read_again(token, self.fresh.facts) for token, _ in result]
        told: set[int] = set()
        old = {(clash.kind, clash.start): clash.old for clash in merged.clashes}
        for one in self.merged(ours, now, ours).clashes:
            clash = with_other(one, old=old.get((one.kind, result[one.start][1]), one.old))
            stands = "".join(token.text for token in now[clash.start : clash.end])
            number, start, _ = _position(result, clash.start)
            other, _, end = _position(result, clash.end - 1)
            where = (number, start, end) if number == other else _position(result, clash.start)
            self._tell(elements, where, clash, stands, trail)
            told |= {came for _, came in result[clash.start : clash.end]}
        for clash in merged.clashes:
            numbers = {at for at in range(clash.start, clash.end) if theirs[at].text[:1].isdigit()}
            if clash.kind != CONFLICT and not numbers <= told:
                self._clash(elements, result, theirs, clash, trail)

    def comment_overtyped(self, paragraph: Element, start: int, end: int, stands: str, new: str) -> None:
        begins = f"手工改过的数“{stands}”："
        text = f"{begins}按填报数据应为 {new}。以填报数据为准的，请改成 {new}；以这里为准的，请改填报数据后重新生成。"
        self.comments.add(paragraph, start, end, text, instead_of=(begins, ""))

    def _check_words(self, elements: list[Element], result: list[tuple[Token, int]], trail: tuple[str, ...]) -> None:
        """A difference that turned from growth to decline, beside a person's words that still say the other."""
        for at, (token, _) in enumerate(result):
            if not token.mark:
                continue
            word = turned_wrong(self.fresh.facts, token.mark, "".join(t.text for t, _ in result[:at]))
            if word is None:
                continue
            number, start, end = _position(result, at)
            self.remarks.append(RefreshRemark(WORDING, trail, word.said, word.right, f"{word.said}{token.text}"))
            text = f"增减的说法：{token.text} 前面写的是“{word.said}”，按数据是{word.right}，请核对这一句。"
            self.comments.add(elements[number], start, end, text)

    def leftover(self, paragraph: Element, start: int, end: int, token: Token, trail: tuple[str, ...]) -> None:
        """A number typed by hand that is an old print of a figure which has changed."""
        new = said_now(self.prints, token.text)
        if new is not None:
            self.remarks.append(RefreshRemark(LEFTOVER, trail, token.text, new, token.text))
            self.comments.add(paragraph, start, end, old_figure(token.text, new))

    def _former_names(self, elements: list[Element], result: list[tuple[Token, int]], trail: tuple[str, ...]) -> None:
        """The unit's former name in a person's words."""
        for at, (token, _) in enumerate(result):
            if self.prints.is_former_name(token):
                new = self.prints.unit[1]
                self.remarks.append(RefreshRemark(FORMER_NAME, trail, token.text, new, token.text))
                number, start, end = _position(result, at)
                text = f"单位名称已改为“{new}”：这句话是人写的，没有改动，请核对要不要改。"
                self.comments.add(elements[number], start, end, text)

    def _orphans(
        self,
        elements: list[Element],
        result: list[tuple[Token, int]],
        rest: list[tuple[int, Token]],
        trail: tuple[str, ...],
    ) -> None:
        """Figures that stand as they were generated, and of which nobody can say what they are now."""
        for at, token in rest:
            new = self.prints.orphaned(token)
            if new is None:
                continue
            self.remarks.append(RefreshRemark(LEFTOVER, trail, token.text, new, token.text))
            number, start, end = _position(result, at)
            self.comments.add(elements[number], start, end, old_figure(token.text, new))

    def own(self, paragraph: Element, trail: tuple[str, ...], *, tell: bool = True) -> None:
        """A person's own paragraph: only the marked figures in it are renewed. One that reads as it was generated
        elsewhere is a copy, and renewed like the original."""
        theirs = self.their_tokens([paragraph])
        twin = self.twins.get("".join(token.text for token in theirs))
        if twin is None:
            self.apply([paragraph], theirs, renew(theirs, self.prints.form, self.prints.known), trail, tell=tell)
            return
        self.copied.add(paragraph)
        base, ours = self.old_tokens(twin[0]), self.new_tokens(twin[1])
        merged = self.merged(base, theirs, ours)
        self.apply([paragraph], theirs, merged, trail, ours=ours, untouched=True, tell=tell)

    def take_over(self, made: Element, source: Element) -> None:
        """`made` is a copy of the fresh file's `source`, a paragraph or table: remember where its figures stand."""
        for here, there in zip(_paragraphs(made), _paragraphs(source), strict=True):
            self.seen.add(here)
            self.place([here], [(token, -1) for token in self.new_tokens(pieces_of(there))])

    def mark_table(self, table: Element, mark: str) -> None:
        first = next(iter(table.iter(w("p"))), None)
        if first is not None:
            self.whole.append((first, first, mark))

    def put_marks(self) -> None:
        marker = Marker(self.edited.parts.tree(self.edited.parts.document))
        by_paragraph: dict[Element, list[Placed]] = {}
        for one in self.placed:
            by_paragraph.setdefault(one.paragraph, []).append(one)
        besides: dict[str, int] = {}
        for paragraph in list(self.edited.body.iter(w("p"))):
            for one in by_paragraph.get(paragraph, ()):
                name = one.name
                if is_besides(name):  # numbered as they stand, in whatever order they were found
                    figure = name.partition("_x")[0]
                    besides[figure] = besides.get(figure, 0) + 1
                    name = f"{figure}_x{besides[figure]}"
                marker.over(paragraph, one.start, one.end, name)
        for first, last, mark in self.whole:
            if mark[0] == "t":
                marker.at(first, f"_{mark}")
            else:
                marker.around(first, last, f"_{mark}")


def _paragraphs(element: Element) -> list[Element]:
    return [element] if element.tag == w("p") else list(element.iter(w("p")))


def _as_read_again(token: Token, facts: FactsPart) -> Token:
    """A figure that is marked no more is a number like any other."""
    if token.mark:
        return Token(token.text, f"\0{name_of(facts, token.mark)}", token.mark)
    figure = token.key[:1] == "\0" != token.key[1:2]
    return Token(token.text, token.text if figure else token.key)


def same(one: list[Token], other: list[Token]) -> bool:
    return [token.text for token in one] == [token.text for token in other]


def _spots(theirs: list[Token]) -> list[tuple[int, int, int]]:
    """Of each token: the paragraph's number, first character, end."""
    spots, number, position = [], 0, 0
    for token in theirs:
        spots.append((number, position, position + len(token.text)))
        position += len(token.text)
        if token.text == PARAGRAPH_END:
            number, position = number + 1, 0
    spots.append((number, position, position))
    return spots


def _range(spots: list[tuple[int, int, int]], start: int, end: int) -> tuple[int, int, int]:
    """Paragraph, first character and end of the tokens `start` to `end`; never over a paragraph's end."""
    if end > start:
        return spots[start][0], spots[start][1], spots[end - 1][2]
    if start and spots[start - 1][0] == spots[start][0]:
        return spots[start - 1][0], spots[start - 1][2], spots[start - 1][2]
    return spots[start][0], spots[start][1], spots[start][1]


def _where(result: list[tuple[Token, int]], start: int, end: int) -> tuple[int, int, int]:
    """Where the person's tokens `start` to `end` stand after the merge."""
    kept = [at for at, (_, came) in enumerate(result) if start <= came < end]
    if not kept:
        at = next((at for at, (_, came) in enumerate(result) if came >= start), len(result) - 1)
        number, first, last = _position(result, max(at, 0))
        return number, first, last
    number, first, _ = _position(result, kept[0])
    other, _, last = _position(result, kept[-1])
    return (number, first, last) if other == number else _position(result, kept[0])


def _position(result: list[tuple[Token, int]], at: int) -> tuple[int, int, int]:
    number = position = 0
    for token, _ in result[:at]:
        if token.text == PARAGRAPH_END:
            number, position = number + 1, 0
        else:
            position += len(token.text)
    length = len(result[at][0].text) if at < len(result) and result[at][0].text != PARAGRAPH_END else 0
    return number, position, position + length


def holds_notes(element: Element) -> bool:
    """Something of a person's hangs on it: a comment, a footnote, a picture among the words."""
    wanted = ("commentReference", "commentRangeStart", "footnoteReference", "endnoteReference", "pict", "object")
    return next(element.iter(*(w(one) for one in wanted)), None) is not None
