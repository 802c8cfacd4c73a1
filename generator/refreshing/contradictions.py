"""A person's words that say growth beside a fact that has become a decline: asked about, for nobody can say what they
speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.refreshing.old_figures import EVEN, difference_now, direction
from generator.refreshing.refresh_words import CONTRADICTION, RefreshRemark, Renewal
from generator.refreshing.regions import Regions
from generator.word.facts_part import FactsPart, Pieces, ReadFact
from generator.word_file.align import words_in
from generator.word_file.blocks import Block, generated
from generator.word_file.paragraph import text_of

_UP = ("增加", "增长", "上升", "增收", "增支", "增幅", "上涨", "提高", "扩大")
_DOWN = ("减少", "下降", "减收", "减支", "降幅", "回落", "下滑", "下跌", "降低", "缩减")
_WORD = re.compile("|".join((*_UP, *_DOWN)))
_CLAUSE = re.compile(r"[^，。；、：\n（）]+")
_DIGITS = re.compile(r"[\d.,，．]")


@dataclass(frozen=True, slots=True)
class _Turned:
    """A difference that went one way and goes the other, or nowhere. `was`: 增加 or 减少; `now`: «减少 5.00», 持平."""

    label: str
    was: str
    now: str


def contradictions(work: Renewal, found: Regions, blocks: Sequence[Block], to_new: dict[str, str]) -> None:
    """Asks at each word of a person's in the paragraph of such a fact, and in the person's own paragraph behind it."""
    was, now = work.edited.facts, work.fresh.facts
    turned = _turned(was, now)
    if not turned:
        return
    generated_ones = {number for numbers in found.of.values() for number in numbers}
    for mark in was.order:
        if mark[0] != "p" or mark not in found.of:
            continue
        facts = _of(generated(was, mark), turned)
        if not facts:
            continue
        ours = words_in(generated(now, to_new[mark])) if mark in to_new else ""
        for number in found.of[mark]:
            _ask(work, blocks[number], ours, facts)
        behind = _own_behind(blocks, found.of[mark][-1], generated_ones)
        if behind is not None and blocks[behind].element not in work.copied:
            _ask(work, blocks[behind], "", facts)


def _turned(was: FactsPart, now: FactsPart) -> dict[str, _Turned]:
    """By the figure's key in the edited file."""
    found = {}
    for key, fact in was.figures.items():
        before = direction(fact)
        value = difference_now(now, fact, was) if before else None
        if value is None or ((value > 0) == (before == "增加") and value):
            continue
        after = EVEN if not value else "增加" if value > 0 else "减少"
        found[key] = _Turned(_label(was, fact), before, after)
    return found


def _label(facts: FactsPart, fact: ReadFact) -> str:
    """«收、支总计与上年收、支总计之差»."""
    labels = [facts.figures[one].label or facts.figures[one].name for one in fact.operands if one in facts.figures]
    if fact.label or len(labels) != 2:
        return fact.label or fact.name
    return f"{labels[0]}的增减幅" if fact.operation == "增幅" else f"{labels[0]}与{labels[1]}之差"


def _of(pieces: Pieces, turned: dict[str, _Turned]) -> list[_Turned]:
    keys = dict.fromkeys(mark.partition("_")[0] for _, mark in pieces if mark)
    return [turned[key] for key in keys if key in turned]


def _own_behind(blocks: Sequence[Block], number: int, generated_ones: set[int]) -> int | None:
    """The person's own paragraph that follows; captions and charts between them do not part them, a heading does."""
    for here in range(number + 1, min(number + 6, len(blocks))):
        block = blocks[here]
        if block.kind != "p" or block.level < 10 or any(mark[0] == "p" for mark in block.marks):
            return None
        if here not in generated_ones and text_of(block.element).strip():
            return here
    return None


def _ask(work: Renewal, block: Block, ours: str, facts: Sequence[_Turned]) -> None:
    """`ours`: the text as it is generated now, whose clauses are no person's words."""
    element = block.element
    if element.getparent() is None:
        return
    known = _without_digits(ours)
    text = text_of(element)
    figures = [one for one in work.placed if one.paragraph is element]
    for clause in _CLAUSE.finditer(text):
        if _without_digits(clause[0]) in known or _DIGITS.search(clause[0]):
            continue  # beside a figure it has been judged by the figure
        if any(clause.start() <= one.start < clause.end() for one in figures):
            continue
        for word in _WORD.finditer(clause[0]):
            if _is_told(work, clause[0], word.start()):
                continue
            said = "增加" if word[0] in _UP else "减少"
            fact = next((one for one in facts if one.was == said), None)
            if fact is not None:
                _tell(work, block, clause.start() + word.start(), word[0], fact)


def _is_told(work: Renewal, clause: str, at: int) -> bool:
    """Whether the word that begins at `at` stands in words that are asked about already."""
    asked = {one.theirs for one in work.remarks if one.kind != CONTRADICTION and one.theirs}
    return any(
        clause in words or 0 <= at - clause.find(words) < len(words)
        for words in asked
        if words in clause or clause in words
    )


def _tell(work: Renewal, block: Block, start: int, word: str, fact: _Turned) -> None:
    work.remarks.append(
        RefreshRemark(CONTRADICTION, block.trail, fact.label, f"{fact.now}（更正前是{fact.was}）", word)
    )
    text = f"这里写的是“{word}”，而{fact.label}更正后是{fact.now}（更正前是{fact.was}）：请核对这句话还对不对。"
    work.comments.add(block.element, start, start + len(word), text)


def _without_digits(text: str) -> str:
    return _DIGITS.sub("", text)
