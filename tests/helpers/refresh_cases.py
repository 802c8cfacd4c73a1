"""One scenario: a generated file, what people did to it, the corrected inputs, what must come out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from office import Office, Step
from word_by_hand import (
    SPACES,
    blocks,
    charts_of,
    comments_of,
    contents_of,
    differing,
    everything,
    headings_of,
    marked,
    read,
    sections_of,
    text_of,
    w,
)
from word_edits import Edit, edited, save_in_word, save_in_wps

from generator.document.nodes import Block, Document, Heading
from generator.pack import PackRoots
from generator.pipeline import examine
from generator.refreshing.refresh import Refreshed, refresh
from generator.word.read import read_facts_part
from generator.word_file.marked_file import Marked, open_marked
from generator.writers.docx import write_docx
from generator.writers.line_counter import estimate_pages

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
OURS, DATE = "决算报告生成器", "2021-11-05T08:00:00Z"
WORD, WPS, OFFICE = "Word", "WPS", "LibreOffice"
_SAVERS: Mapping[str, tuple[Edit, ...]] = {"": (), WORD: (save_in_word(),), WPS: (save_in_wps(),), OFFICE: ()}


@dataclass(frozen=True)
class Change:
    """`old` stands `times` times in the input file `file`; `new` takes its place."""

    file: str
    old: str
    new: str
    times: int = 1


@cache
def built(example: str, changes: tuple[Change, ...] = (), whole: bool = True) -> bytes:
    """The Word file of an example with something corrected in its inputs; page numbers are estimated.

    Not `whole`: without the evaluation reports in 第四部分 and the later tables, for speed.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in (INPUTS / example).glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for change in changes:
                if change.file == path.name:
                    assert text.count(change.old) == change.times, (change.old, text.count(change.old))
                    text = text.replace(change.old, change.new)
            (folder / path.name).write_text(text, encoding="utf-8")
        examined = examine(folder, PackRoots.with_own(())).value
    assert examined is not None
    look = examined.case.pack.look
    document = examined.document if whole else shortened(examined.document)
    return write_docx(document, look, pages=estimate_pages(document, look))


def shortened(document: Document) -> Document:
    kept: list[Block] = []
    part = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            part = block.number.strip()
        if part == "第五部分" and isinstance(block, Heading) and block.number == "二、":
            break
        if part != "第四部分":
            kept.append(block)
    return replace(document, blocks=tuple(kept))


@dataclass(frozen=True)
class Scenario:
    """`edits` by hand on the XML, then `saved` by a program; `in_office`: done by LibreOffice itself before saving.

    Expected: `shows`, texts that stand in one paragraph of the result; `gone`, texts that stand nowhere; `remarks`,
    (kind, words in it) of every line of the report; `comments`, how many of ours; `only_fresh` and `only_here`, how
    many paragraphs or rows differ from the fresh report on either side; `overtyped`, what stands in figures that a
    person typed over; `own_headings`, lines that 目录 has besides; `charts`, False when a person's chart data stay.
    """

    name: str
    correction: str = "less"
    edits: tuple[Edit, ...] = ()
    first: str = ""
    saved: str = ""
    in_office: tuple[Step, ...] = ()
    shows: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    comments: int = 0
    only_fresh: int = 0
    only_here: int = 0
    overtyped: tuple[str, ...] = ()
    own_headings: tuple[str, ...] = ()
    charts: bool = True
    also: tuple[Callable[[bytes], object], ...] = ()
    example: str = "gongjing-2020"
    whole: bool = False
    broken: str = ""


def opened(data: bytes) -> Marked:
    found = open_marked("报告.docx", data).value
    assert found is not None
    return found


def prepared(
    scenario: Scenario, corrections: Mapping[str, tuple[Change, ...]], office: Callable[[], Office] | None = None
) -> tuple[bytes, tuple[str, ...], bytes]:
    """The edited file, what was typed in it, the fresh file."""
    made = edited(built(scenario.example, (), scenario.whole), *scenario.edits, *_SAVERS[scenario.saved])
    docx = made.docx
    if scenario.in_office or scenario.saved == OFFICE:
        assert office is not None
        docx = office().edit(docx, scenario.in_office)
    if scenario.first:
        docx = refreshed(docx, built(scenario.example, corrections[scenario.first], scenario.whole)).docx
    return docx, made.typed, built(scenario.example, corrections[scenario.correction], scenario.whole)


def refreshed(edited_docx: bytes, fresh: bytes) -> Refreshed:
    return refresh(opened(edited_docx), opened(fresh), date=DATE)


def problems(scenario: Scenario, docx: bytes, typed: tuple[str, ...], fresh: bytes, result: Refreshed) -> list[str]:
    """Everything that is not as it should be, in words."""
    found = [*_expected(scenario, fresh, result), *common(docx, typed, fresh, result, scenario.overtyped)]
    if scenario.charts and Counter(charts_of(result.docx)) - Counter(charts_of(fresh)):
        found.append(f"charts: {Counter(charts_of(result.docx)) - Counter(charts_of(fresh))}")
    wanted = [*contents_of(fresh), *scenario.own_headings]
    extra = set(contents_of(result.docx)) - set(wanted)
    if extra:
        found.append(f"目录 has {sorted(extra)}")
    found += [f"目录 lacks {one}" for one in scenario.own_headings if one not in contents_of(result.docx)]
    return found


def _expected(scenario: Scenario, fresh: bytes, result: Refreshed) -> list[str]:
    found = []
    texts = everything(result.docx, without=OURS)
    found += [f"does not show {one!r}" for one in scenario.shows if not any(one in text for text in texts)]
    found += [f"still shows {one!r}" for one in scenario.gone if any(one in text for text in texts)]
    said = [(one.kind, " ".join((*one.trail, one.old, one.new, one.theirs))) for one in result.remarks]
    rest = list(said)
    for kind, words in scenario.remarks:
        hit = next((one for one in rest if one[0] == kind and words in one[1]), None)
        if hit is None:
            found.append(f"no remark {kind} with {words!r}")
        else:
            rest.remove(hit)
    found += [f"unexpected remark {one}" for one in rest]
    ours = [one for one in comments_of(result.docx) if one.author == OURS]
    if len(ours) != scenario.comments:
        found.append(f"{len(ours)} comments of ours: {[(one.on, one.text) for one in ours]}")
    missing, added = differing(blocks(fresh), blocks(result.docx))
    if (len(missing), len(added)) != (scenario.only_fresh, scenario.only_here):
        found.append(f"differs in {len(missing)}/{len(added)}: fresh {_short(missing)}, here {_short(added)}")
    for check in scenario.also:
        answer = check(result.docx)
        if answer is not True:
            found.append(f"{check.__name__}: {answer!r}")
    return found


def _short(texts: list[str]) -> list[str]:
    return [text.replace("\n", "/")[:90] for text in texts[:6]]


def common(
    docx: bytes, typed: tuple[str, ...], fresh: bytes, result: Refreshed, overtyped: tuple[str, ...] = ()
) -> list[str]:
    """What holds after every refreshing."""
    found = []
    texts = everything(result.docx, without=OURS)
    found += [f"typed words are lost: {one!r}" for one in typed if not any(one in text for text in texts)]
    found += _figures(fresh, result, overtyped)
    found += _marks_of_equal_paragraphs(docx, fresh, result.docx)
    theirs = [one for one in comments_of(docx) if one.author != OURS]
    kept = comments_of(result.docx)
    found += [f"a person's comment is lost: {one}" for one in theirs if one.text not in [k.text for k in kept]]
    for what in ("drawing", "footnoteReference", "endnoteReference", "sdt", "txbxContent", "ins", "del"):
        was, now = (_count(one, what) for one in (docx, result.docx))
        lost = was - now
        if what != "drawing" and lost > 0:
            found.append(f"{lost} × w:{what} lost")
    if len(_pictures(result.docx)) < len(_pictures(docx)):
        found.append("a picture is lost")
    if read_facts_part(result.docx) != read_facts_part(fresh):
        found.append("the facts part is not the fresh one")
    if sorted(sections_of(result.docx)) != sorted(sections_of(docx)):
        found.append(f"sections {sections_of(result.docx)}")
    headings = headings_of(result.docx, 9)
    flat = [re.sub(r"\s", "", one) for one in headings]
    dead = [one for one in contents_of(result.docx) if re.sub(r"\s", "", one) not in flat]
    if dead:
        found.append(f"目录 names what is no heading: {dead}")
    found += _twice(result, fresh)
    return found


def unsaid(generated: bytes, fresh: bytes, result: Refreshed) -> list[str]:
    """Old figures that still stand somewhere, and of which neither the report nor a comment speaks."""
    now = {number for text in everything(fresh) for number in _numbers(text)}
    old = {number for _, text in marked(generated) for number in _numbers(text)} - now
    said = [text for one in result.remarks if one.kind != "deleted" for text in (one.old, one.theirs)]
    said += [one.text for one in comments_of(result.docx)]
    told = {number for text in said for number in _numbers(text)}
    return [
        f"{number} stands in {text[:80]!r}, and nobody says so"
        for text in everything(result.docx, without=OURS)
        for number in _numbers(text)
        if number in old and number not in told
    ]


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+\.\d+", unicodedata.normalize("NFKC", text).replace(",", ""))


def _figures(fresh: bytes, result: Refreshed, overtyped: tuple[str, ...]) -> list[str]:
    prints: dict[str, set[str]] = {}
    for mark, text in marked(fresh):
        prints.setdefault(mark.rpartition("_")[0], set()).add(text)
    found = []
    for mark, text in marked(result.docx):
        known = prints.get(mark.rpartition("_")[0])
        if known is None:
            found.append(f"{mark} marks {text!r}, which the fresh report does not have")
        elif text not in known and text not in overtyped:
            found.append(f"{mark} shows {text!r}, not {sorted(known)}")
    names = Counter(mark for mark, _ in marked(result.docx, ""))
    found += [f"{mark} stands {times} times" for mark, times in names.items() if times > 1]
    return found


def _marks_of_equal_paragraphs(edited_docx: bytes, fresh: bytes, docx: bytes) -> list[str]:
    """A paragraph that reads as generated has all of its figures marked; a person's copy without marks need not."""
    wanted, present = dict[str, int](), dict[str, int]()
    plain = {text for text, count in _marks_by_paragraph(edited_docx) if count == 0}
    for text, count in _marks_by_paragraph(fresh):
        wanted[text] = min(count, wanted.get(text, count))
    for text, count in _marks_by_paragraph(docx):
        present[text] = max(count, present.get(text, 0))
    return [
        f"{count} of {wanted[text]} marks in {text[:60]!r}"
        for text, count in present.items()
        if len(text) > 12 and count < wanted.get(text, 0) and text not in plain
    ]


@lru_cache(maxsize=24)
def _marks_by_paragraph(docx: bytes) -> list[tuple[str, int]]:
    found = []
    for paragraph in read(docx).paragraphs():
        starts = (one.get(w("name")) for one in paragraph.iter(w("bookmarkStart")))
        found.append((text_of(paragraph), sum(1 for name in starts if re.fullmatch(r"_f\d+_\d+", name))))
    return found


def _twice(result: Refreshed, fresh: bytes) -> list[str]:
    """Running it again changes nothing: not the text, not the comments, not a chart."""
    again = refreshed(result.docx, fresh)
    first, second = read(result.docx), read(again.docx)
    found = [
        f"running it again changes {name}"
        for name in first.parts
        if not name.startswith(("customXml/", "docProps/")) and first.parts[name] != second.parts.get(name)
    ]
    found += [f"running it again adds {name}" for name in second.parts if name not in first.parts]
    return found


def _count(docx: bytes, what: str) -> int:
    return sum(1 for _ in read(docx).body.iter(w(what)))


def _pictures(docx: bytes) -> list[str]:
    file = read(docx)
    present = {identifier: target for _, target, identifier in file.relations(file.main)}
    embeds = (one.get(f"{{{SPACES['r']}}}embed") for one in file.body.iter(f"{{{SPACES['a']}}}blip"))
    return [present[one] for one in embeds if present.get(one) in file.parts]


def remarks_in_words(result: Refreshed) -> list[str]:
    return [f"{one.kind}: {one.old!r} → {one.new!r}; {one.theirs!r} ({'/'.join(one.trail)})" for one in result.remarks]
