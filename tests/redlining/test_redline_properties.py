"""Any two documents: accepted is the new one, rejected the old one, and nothing is cut in the middle."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_text import W, body_of, changed_words, said, tables_touch

from generator.document.nodes import (
    Block,
    Cell,
    Chart,
    ChartSeries,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Meta,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.pack import PackRoots, load_pack
from generator.quantity import Quantity
from generator.redlining.redline import Redlined, redline
from generator.word_file.marked_file import Marked, open_marked
from generator.writers.docx import write_docx

PACK = load_pack("common", PackRoots.with_own(())).value
assert PACK is not None
LOOK = PACK.look
WHO = {"author": "财务科", "date": "2025-03-01T09:30:00Z"}


def quantity(name: str, value: str) -> Quantity:
    return Quantity(Decimal(value) * 10000, "元", name)


# -- documents --------------------------------------------------------------------------------------------------------
names = st.sampled_from(("收入.合计", "支出.合计", "结余", "人数"))
values = st.sampled_from(("91.68", "93.05", "1234.5", "0", "7", "20.21"))
figures = st.builds(lambda name, value: Figure(value, quantity(name, value)), names, values)
words = st.sampled_from(
    ("收入", "支出合计", "万元，比上年增长", "下降", "持平。", "2020年，", "无", "“其中”：", "第3号", "A", " ", "、")
)


def apart(several: Sequence[Inline]) -> Inlines:
    """No number beside another: nobody could tell where the one ends."""
    found: list[Inline] = []
    for one in several:
        if found and isinstance(found[-1], Figure) and not isinstance(one, LineBreak):
            found.append(Run("、"))
        found.append(one)
    return tuple(found)


inlines = st.lists(st.one_of(st.builds(Run, words, st.booleans()), figures, st.just(LineBreak())), max_size=6).map(
    apart
)
cells = st.one_of(words, figures, inlines, st.just(""))
paragraphs = st.builds(Paragraph, inlines, st.sampled_from(("正文", "落款")))
headings = st.builds(
    lambda level, number, text, anchor: Heading(level, number, (Run(text),), f"标题{level}", f"{anchor}", level < 3),
    st.integers(1, 3), st.sampled_from(("一、", "二、", "")), words, st.integers(0, 10**6),
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn, width: int) -> tuple[Row, ...]:
    found: list[Row] = []
    while len(found) < draw(st.integers(1, 4)):
        content: list[Cell] = [draw(cells) for _ in range(width)]
        if draw(st.integers(0, 3)) == 0:
            down = draw(st.integers(2, 3))
            found.append(Row(tuple(content), {0: (down, 1)}))
            found += [Row(("", *(draw(cells) for _ in range(width - 1)))) for _ in range(down - 1)]
        elif draw(st.integers(0, 3)) == 0 and width > 2:
            found.append(Row((content[0], "", *content[2:]), {0: (1, 2)}))
        else:
            found.append(Row(tuple(content)))
    return tuple(found)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(2, 3))
    return Table(
        draw(st.sampled_from(("收支表", "支出表", "项目表"))),
        tuple(Column(30) for _ in range(width)),
        (Row(tuple(draw(words) for _ in range(width))),) if draw(st.booleans()) else (),
        draw(rows(width)),
        title=draw(st.sampled_from(((), (Run("收支表"),), (Run("支出表"),)))),
        unit=draw(st.sampled_from(("", "单位：万元"))),
        notes=draw(st.sampled_from(((), ((Run("注：略。"),),)))),
    )


charts = st.builds(
    lambda name, value: Chart(
        name, "柱形", ("甲", "乙"), (ChartSeries("数", (quantity("甲", value), quantity("乙", value))),),
        (Run(f"图：{name}"),), empty="无",
    ),
    st.sampled_from(("收入结构", "支出结构")), st.sampled_from(("0", "91.68")),
)  # fmt: skip
others = st.sampled_from((SectionStart(), SectionStart(landscape=True), PageBreak()))
blocks = st.one_of(paragraphs, paragraphs, headings, tables(), charts, others)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Block, ...]:
    front: list[Block] = draw(st.lists(paragraphs, max_size=2))
    contents: list[Block] = [Contents()] if draw(st.booleans()) else []
    return (*front, *contents, *draw(st.lists(blocks, min_size=1, max_size=8)))


@st.composite
def edited(draw: st.DrawFn, before: tuple[Block, ...]) -> tuple[Block, ...]:
    """`before` with blocks taken out, put in, replaced, and words of paragraphs and rows of tables changed."""
    found = list(before)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(found)))
        kind = draw(st.sampled_from(("out", "in", "inside", "inside")))
        if kind == "in" or at == len(found):
            found.insert(at, draw(blocks))
        elif kind == "out" and len(found) > 1:
            del found[at]
        else:
            found[at] = draw(changed(found[at]))
    if not any(not isinstance(one, SectionStart | PageBreak) for one in found):
        found.append(draw(paragraphs))
    return tuple(found)


@st.composite
def changed(draw: st.DrawFn, block: Block) -> Block:
    if isinstance(block, Paragraph):
        content = list(block.content)
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 2))] = draw(inlines)[:2]
        return replace(block, content=apart(content))
    if isinstance(block, Table):
        body = [row for row in block.body if not row.spans]
        at = draw(st.integers(0, len(body)))
        body[at : at + draw(st.integers(0, 1))] = draw(rows(len(block.columns)))[:2]
        body = [replace(row, spans={}) for row in body]
        return replace(block, body=tuple(body))
    if isinstance(block, Heading):
        return replace(block, content=(Run(draw(words)),))
    return draw(blocks)


pairs = st.one_of(
    documents().flatmap(lambda before: st.tuples(st.just(before), edited(before))), st.tuples(documents(), documents())
)


def word(content: tuple[Block, ...], page: int = 1) -> bytes:
    pages = {block.anchor: page + n for n, block in enumerate(content) if isinstance(block, Heading)}
    return write_docx(Document(Meta("题", "甲局"), content), LOOK, pages=pages)


def opened(docx: bytes) -> Marked:
    file = open_marked("a.docx", docx).value
    assert file is not None
    return file


def redlined(old: bytes, new: bytes) -> Redlined:
    return redline(opened(old), opened(new), **WHO)


# -- properties -------------------------------------------------------------------------------------------------------
@settings(max_examples=120)
@given(pairs)
def test_accepted_is_the_new_and_rejected_the_old(pair: tuple[tuple[Block, ...], tuple[Block, ...]]) -> None:
    old, new = word(pair[0]), word(pair[1], page=3)
    made = redlined(old, new)
    assert said(made.docx, "accept") == said(new)
    assert said(made.docx, "reject") == said(old)
    assert not tables_touch(made.docx)
    check_whole_figures(made.docx)
    check_marks(made.docx, new)
    assert made == redlined(old, new)
    assert made.changed == (said(old) != said(new))


def check_whole_figures(docx: bytes) -> None:
    for before, piece, after, _ in changed_words(docx):
        assert not (re.search(r"\d\.?\Z", before) and re.match(r"\d", piece)), (before, piece)
        assert not (re.search(r"\d\Z", piece) and re.match(r"\.?\d", after)), (piece, after)


def check_marks(docx: bytes, new: bytes) -> None:
    """Sections, bookmarks and the facts part are the new file's; numbers of changes are their own; fields are whole."""
    body, fresh = body_of(docx), body_of(new)
    names = [one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")]
    assert names == [one.get(f"{W}name") for one in fresh.iter(f"{W}bookmarkStart")]
    for kind in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        assert not [one for gone in body.iter(f"{W}del") for one in gone.iter(kind)]
    sections = [etree.tostring(one, method="c14n") for one in body.iter(f"{W}sectPr")]
    assert sections == [etree.tostring(one, method="c14n") for one in fresh.iter(f"{W}sectPr")]
    numbers = [one.get(f"{W}id") for one in body.iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart")]
    assert len(numbers) == len(set(numbers))
    kinds = [one.get(f"{W}fldCharType") for one in body.iter(f"{W}fldChar")]
    assert kinds == [one.get(f"{W}fldCharType") for one in fresh.iter(f"{W}fldChar")]
    with zipfile.ZipFile(BytesIO(docx)) as made, zipfile.ZipFile(BytesIO(new)) as other:
        assert made.read("customXml/item1.xml") == other.read("customXml/item1.xml")


@settings(max_examples=30)
@given(documents())
def test_equal_files_have_no_change(content: tuple[Block, ...]) -> None:
    made = redlined(word(content), word(content))
    assert not made.changed and (made.paragraphs, made.cells, made.rows, made.tables) == (0, 0, 0, 0)
    assert not list(body_of(made.docx).iter(f"{W}ins", f"{W}del"))
