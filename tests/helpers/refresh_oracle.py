"""What must hold of any refreshed file, told from the texts alone: nothing here knows how a refreshing works.

A sentence of the result stands in the edited file or in the new build, or is made of whole clauses of them; a clause of
the person's own may have its figures and its direction renewed, both of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from refresh_cases import OURS, common, unsaid
from word_by_hand import Element, blocks, comments_of, marked, places, read, text_of, w
from word_rules import broken_rules

from generator.refreshing.refresh import Refreshed
from generator.verify.verify import verify
from generator.word.read import read_facts_part

_UP = ("增加", "增长", "上升", "增幅", "增多", "增支", "增收")
_DOWN = ("减少", "下降", "降低", "降幅", "减支", "减收")
_WORD = re.compile("|".join((*_UP, *_DOWN)))
_TURNED = re.compile("|".join((*_UP, *_DOWN, "[<>≥≤＜＞]")))
"""What is renewed with its figure, and never without it."""
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")
_SIGNED = re.compile(r"(?<![\d.）)])[-－](?=\d)")
_CLAUSE_ENDS = re.compile(r"[，：（）]|(?<=原因是)|(?<=原因为)")
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千点]{2,}(?=万元|元|人|%)")


def faults(
    generated: bytes,
    edited: bytes,
    fresh: bytes,
    result: Refreshed,
    *,
    whole: tuple[str, ...] = (),
    overtyped: tuple[str, ...] = (),
) -> list[str]:
    """`whole`: texts of which no part may stand without the rest: what a person typed, what the data say now;
    `overtyped`: numbers that a person put in the place of generated ones."""
    found = [one for one in common(edited, (), fresh, result, overtyped) if not _same_print(one)]
    found += [f"not told: {one}" for one in unsaid(generated, fresh, result)]
    found += [f"broken: {one}" for one in broken_rules(result.docx)]
    found += _sentences(edited, fresh, result.docx)
    found += _directions(fresh, result.docx)
    found += _false(edited, fresh, result)
    found += [f"in pieces: {one}" for one in whole if _in_pieces(one, result.docx)]
    return found


def spellings(number: str) -> list[str]:
    """Ways in which somebody types an amount in 万元 or a percentage, the units that go with them left aside."""
    wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９")).replace(".", "．")
    value = Decimal(number)
    short = number.rstrip("0").rstrip(".")
    return [wide, short, f"{value * 10000:,.2f}", f"{value / 10000:f}", chinese(number)]


def chinese(number: str) -> str:
    whole, _, rest = number.partition(".")
    names = "零一二三四五六七八九"
    words = ""
    for place, digit in zip(range(len(whole) - 1, -1, -1), whole, strict=True):
        if digit != "0":
            words += names[int(digit)] + ("", "十", "百", "千")[place % 4] + ("万" if place == 4 else "")
        elif words and not words.endswith("零"):
            words += "零"
    words = words.rstrip("零") or "零"
    words = words[1:] if words.startswith("一十") else words
    return words + "点" + "".join(names[int(digit)] for digit in rest)


def _same_print(fault: str) -> bool:
    """Whether a figure is found to show otherwise what it should show."""
    match = re.fullmatch(r"_f\S+ shows '(.+)', not \['([\d.]+)'\]", fault)
    if match is None or match[1] in spellings(match[2]):
        return match is not None
    if re.fullmatch(r"\d+\.\d+", match[1]) and Decimal(match[1]) == Decimal(match[2]):
        return True  # 89.0, where the person had one decimal
    yuan = re.fullmatch(r"[\d,]+\.\d\d", match[1])  # an amount in 元 is shown to the last 元
    return yuan is not None and abs(Decimal(yuan[0].replace(",", "")) / 10000 - Decimal(match[2])) <= Decimal("0.005")


# -- sentences --------------------------------------------------------------------------------------------------------
def sentences_of(docx: bytes) -> Iterator[str]:
    for block in blocks(docx):
        if "\t" not in block:
            for one in re.split(r"[。；！？\n]", block.replace("\ufffc", "")):
                if one.strip():
                    yield one.strip()


def _clauses(sentence: str, turned: set[str]) -> list[str]:
    """A reason is a text of its own, whatever leads up to it; but what leads up to a rise (`turned`) and the reason of
    a fall make no sentence."""
    found = [one for one in _CLAUSE_ENDS.split(sentence) if one]
    for at in range(len(found) - 2, -1, -1):
        if _led([found[at]]) & turned:
            found[at : at + 2] = ["".join(found[at : at + 2])]
    return found


def _led(sentences: list[str]) -> set[str]:
    """Directions that lead up to a reason: «增支的主要原因是»."""
    leads = [one for sentence in sentences for one in _CLAUSE_ENDS.split(sentence) if re.search("原因[是为]$", one)]
    return {word for lead in leads for word in _WORD.findall(lead)}


def _masked(clause: str) -> str:
    text = _CHINESE.sub("#", _NUMBER.sub("#", _SIGNED.sub("", clause)))
    return re.sub(r"(?:万元|亿元|千元|元)", "¥", _TURNED.sub("±", unicodedata.normalize("NFKC", text)))


def _numbers(clause: str) -> list[str]:
    return [unicodedata.normalize("NFKC", one) for one in (*_NUMBER.findall(clause), *_CHINESE.findall(clause))]


def _sentences(edited: bytes, fresh: bytes, result: bytes) -> Iterator[str]:
    former, now = (read_facts_part(docx).document.get("unit", "") for docx in (edited, fresh))
    theirs = [*sentences_of(edited)]
    theirs += [one.replace(former, now) for one in theirs if former and former != now and former in one]
    ours = list(sentences_of(fresh))
    known = {*theirs, *ours}
    turned = _led(theirs) ^ _led(ours)
    of_theirs = {clause for sentence in theirs for clause in _clauses(sentence, turned)}
    clauses = of_theirs | {clause for sentence in ours for clause in _clauses(sentence, turned)}
    masks: dict[str, list[str]] = {}
    for clause in of_theirs:
        masks.setdefault(_masked(clause), []).append(clause)
    for sentence in sentences_of(result):
        if sentence in known:
            continue
        for clause in _clauses(sentence, turned):
            if clause in clauses:
                continue
            alike = masks.get(_masked(clause), [])
            if not alike:
                yield f"nobody wrote {clause!r} in {sentence!r}"
            elif all(_half(clause, one) for one in alike):
                yield f"half renewed: {clause!r} in {sentence!r}"


def _half(clause: str, theirs: str) -> bool:
    """The direction was changed, and no figure with it."""
    turned = _TURNED.findall(clause) != _TURNED.findall(theirs)
    return turned and _numbers(clause) == _numbers(theirs)


def _in_pieces(text: str, docx: bytes) -> bool:
    """Whether a sign of its beginning or end stands in the file, and the whole does not."""
    first, last = text[:4], text[-4:]
    return any((first in block or last in block) and text not in block for block in blocks(docx))


# -- figures and their directions -------------------------------------------------------------------------------------
def _said(docx: bytes) -> dict[str, set[bool]]:
    """Of each marked figure, which ways the words before it in its clause say."""
    found: dict[str, set[bool]] = {}
    file = read(docx)
    shown = dict(marked(docx))
    for paragraph in file.paragraphs():
        text = text_of(paragraph)
        for mark, at in _places(paragraph):
            word = _WORD.findall(re.split(r"[，。；、（）]", text[:at])[-1])
            if word and mark in shown:
                found.setdefault(mark.split("_")[1], set()).add(word[-1] in _UP)
    return found


def _places(paragraph: Element) -> Iterator[tuple[str, int]]:
    at = {id(one.element): number for number, one in reversed(list(enumerate(places(paragraph))))}
    waiting: list[str] = []
    for element in paragraph.iter():
        if element.tag == w("bookmarkStart") and re.fullmatch(r"_f\d+_x?\d+", str(element.get(w("name")))):
            waiting.append(str(element.get(w("name"))))
        elif id(element) in at:
            yield from ((name, at[id(element)]) for name in waiting)
            waiting = []


def _directions(fresh: bytes, result: bytes) -> Iterator[str]:
    right, said = _said(fresh), _said(result)
    for figure, ways in said.items():
        if figure in right and not ways <= right[figure]:
            yield f"the words before figure {figure} say another direction than in the new build"


def _false(edited: bytes, fresh: bytes, result: Refreshed) -> Iterator[str]:
    """What the result says of its own numbers and is not so, though neither the edited file nor the new build says it.
    Where one of the numbers is asked about, or the paragraph that a chart is compared with, somebody will see to it. An
    amount in Chinese numerals is no number to the verifier, which takes another one for it; so it does where a person
    has put whole clauses in another order."""
    comments = [one.on for one in comments_of(result.docx) if one.author == OURS]
    asked = {number for text in (*comments, *(one.theirs for one in result.remarks)) for number in _numbers(text)}
    paragraphs = [one for one in blocks(result.docx) if "\t" not in one]
    beside = [one for one in paragraphs if any(text and text in one for text in comments)]
    unread = {number for one in paragraphs if _CHINESE.search(one) for number in _numbers(one)}
    generated = {clause for sentence in sentences_of(fresh) for clause in _clauses(sentence, set())}
    stands = {clause for sentence in sentences_of(result.docx) for clause in _clauses(sentence, set())}
    rearranged = {number for clause in generated & stands for number in _numbers(clause)}
    before = [*_claims(edited), *_claims(fresh)]
    rules, numbers = {rule for rule, _, _ in before}, {frozenset(figures) for _, figures, _ in before}
    for rule, figures, word in _claims(result.docx):
        known = rule in rules or frozenset(figures) in numbers or asked & set(figures) or unread & set(figures)
        known = known or set(figures) <= rearranged
        if rule == "图上的数与文字一致":
            known = known or any(figures[0] in _numbers(one) for one in beside)
        if not known:
            yield f"false: {rule} {' '.join(figures)} {word}"


def _claims(docx: bytes) -> list[tuple[str, list[str], str]]:
    """What does not follow from the file's own numbers: the rule, these numbers, the word."""
    found = []
    for one in verify(docx).contradictions:
        figures = [figure.text for figure in (*one.figures, *((one.stated,) if one.stated else ()))]
        found.append((re.sub(r"([㐀-㐮]).*?\1", "", one.rule), figures, one.word))
    return found
