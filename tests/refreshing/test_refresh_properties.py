"""Whatever people do to a file, in whatever order: their words stay, the figures are fresh, twice is like once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import count

import word_edits as by_hand
from hypothesis import given, settings
from hypothesis import strategies as st
from refresh_cases import common, opened, refreshed, unsaid
from word_by_hand import WordFile, blocks, charts_of, contents_of
from word_edits import Edit, Typed, edited, save_in_word, save_in_wps

from generator.document.nodes import (
    Chart,
    ChartSeries,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Meta,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.number_style import NumberStyle
from generator.quantity import Derived, Quantity
from generator.word.look import parse_look
from generator.writers.docx import write_docx

PRINT = NumberStyle()
LINES = ("全年收、支总计", "全年收入合计", "财政拨款收入为", "机关运行经费支出")
"""How the paragraphs of the report begin; edits find them by these words."""
HEADINGS = ("总体情况", "收入情况", "拨款情况", "运行经费情况")


@cache
def _look() -> object:
    import yaml
    from refresh_cases import INPUTS

    style = INPUTS.parent / "templates" / "common" / "style.yaml"
    return parse_look(yaml.safe_load(style.read_text(encoding="utf-8")))


def _amount(name: str, wan: int) -> Quantity:
    return Quantity(Decimal(wan) * 100, "元", name)


def _shown(quantity: Quantity) -> Figure:
    size = Quantity(abs(quantity.value), quantity.unit)
    return Figure(PRINT.text(size, with_unit=False), quantity)


def report(values: tuple[int, int, int, int], rows: int, reason: str) -> bytes:
    """A small report: prose with growth or decline, a chart, a table, 目录. `values` in hundredths of 万元."""
    entries = map("_Toc{}".format, count(90_000_001))  # as a generated report names them
    first = Heading(1, "第一部分 ", (Run("收支情况"),), "标题1", next(entries))
    blocks: list[object] = [SectionStart(), Contents(), first]
    now, before, income, office = values
    last = _amount("上年", before)
    for number, (words, heading) in enumerate(zip(LINES, HEADINGS, strict=True)):
        this = _amount(heading, (now, income, income, office)[number])
        if number == 2:
            blocks.append(Heading(1, "第二部分 ", (Run("其他情况"),), "标题1", next(entries)))
        blocks.append(Heading(2, f"{'一二'[number % 2]}、", (Run(heading),), "标题2", next(entries)))
        blocks.append(Paragraph((Run(words), _shown(this), Run("万元。"), *_compared(this, last), Run(reason))))
    this = _amount("总体情况", now)
    blocks.append(
        Chart("收支", "柱形", ("上年", "本年"), (ChartSeries("收支", (last, this)),), (Run("图1：收支"),), alt="收支")
    )
    body = tuple(Row((f"项目{n}", _shown(_amount(f"项目[{n}].决算", now + n)))) for n in range(rows))
    blocks.append(Table("项目表", (Column(60), Column(40)), (Row(("项目", "金额")),), body, (Run("项目表"),)))
    blocks.append(Paragraph((Run("以上数据已经核对。"),)))
    return write_docx(Document(Meta("小报告"), tuple(blocks)), _look())  # type: ignore[arg-type]


def _compared(this: Quantity, last: Quantity) -> tuple[Run | Figure, ...]:
    if this.value == last.value:
        return (Run("与上年"), _shown(last), Run("万元持平。"))
    grown = Quantity(this.value - last.value, "元", f"{this.name} - {last.name}", origin=Derived("-", (this, last)))
    word = "增加" if grown.value > 0 else "减少"
    return (Run("与上年"), _shown(last), Run(f"万元相比，{word}"), _shown(grown), Run("万元。"))


# -- edits ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Attempt:
    """An edit by its name and arguments; one whose place an earlier edit has taken away is left out, whole."""

    name: str
    words: tuple[str, ...]

    def __call__(self, file: WordFile) -> Typed:
        before = file.save()
        try:
            return EDITS[self.name][0](*self.words)(file)
        except (AssertionError, StopIteration, IndexError, ValueError, AttributeError):
            file.restore(before)
            return ()


_LINE, _HEADING, _ROW = (
    st.sampled_from(LINES),
    st.sampled_from(HEADINGS),
    st.sampled_from([f"项目{n}" for n in range(4)]),
)
_WORDS = st.sampled_from(["（人写的甲）", "人写的乙，", "据实列支；", "经核实"])
_SENTENCE = st.sampled_from(["这一段是人写的。", "经局务会研究同意。", "另有补充说明在后。"])
EDITS: dict[str, tuple[Callable[..., Edit], tuple[st.SearchStrategy[str], ...]]] = {
    "type behind a unit": (lambda a, t: by_hand.type_behind("万元", t, within=a), (_LINE, _WORDS)),
    "type in the middle": (lambda a, t: by_hand.type_behind("与上年", t, within=a), (_LINE, _WORDS)),
    "type at the beginning": (by_hand.type_at_beginning, (_LINE, _WORDS)),
    "retype": (lambda a, t: by_hand.retype("主要原因", t, within=a), (_LINE, _WORDS)),
    "delete words": (lambda a: by_hand.delete_words("以及其他", within=a), (_LINE,)),
    "digit before": (lambda a: by_hand.type_behind("与上年", "1", within=a), (_LINE,)),
    "full width": (lambda a: by_hand.paragraph_behind(a, "上年为９１．６８万元。"), (_LINE,)),
    "move words": (lambda a: by_hand.move_words("与上年", "主要原因", within=a), (_LINE,)),
    "paragraph behind": (by_hand.paragraph_behind, (_LINE, _SENTENCE)),
    "paragraph behind, mark follows": (
        lambda a, t: by_hand.paragraph_behind(a, t, mark_follows=True),
        (_LINE, _SENTENCE),
    ),
    "paragraph before": (by_hand.paragraph_before, (_LINE, _SENTENCE)),
    "split": (lambda a: by_hand.split_behind("万元。", within=a), (_LINE,)),
    "join": (by_hand.join_next, (_LINE,)),
    "delete paragraph": (by_hand.delete_paragraph, (_LINE,)),
    "delete paragraph, mark stays": (lambda a: by_hand.delete_paragraph(a, end_stays=True), (_LINE,)),
    "retype paragraph": (by_hand.retype_paragraph, (_LINE, _SENTENCE)),
    "highlight": (lambda a: by_hand.highlight("万元", within=a), (_LINE,)),
    "bold": (lambda a: by_hand.look("与上年", "<w:b/>", within=a), (_LINE,)),
    "comment": (lambda a, t: by_hand.comment("万元", t, within=a), (_LINE, _SENTENCE)),
    "footnote": (lambda a, t: by_hand.note("万元", t, within=a), (_LINE, _SENTENCE)),
    "picture": (lambda: by_hand.picture("以上数据", own_paragraph=True), ()),
    "control": (by_hand.control_around, (_LINE,)),
    "tracked words": (lambda a, t: by_hand.tracked_type("万元", t, within=a), (_LINE, _WORDS)),
    "tracked delete": (lambda a: by_hand.tracked_delete("以及其他", within=a), (_LINE,)),
    "tracked paragraph": (by_hand.tracked_paragraph, (_LINE, _SENTENCE)),
    "copy": (by_hand.copy_paragraph, (_LINE, _LINE)),
    "copy with marks": (lambda a, b: by_hand.copy_paragraph(a, b, marks="duplicated"), (_LINE, _LINE)),
    "move paragraph": (by_hand.move_paragraph, (_LINE, _LINE)),
    "move chapter": (by_hand.move_chapter, (_HEADING, _HEADING)),
    "delete chapter": (by_hand.delete_chapter, (_HEADING,)),
    "rename a heading": (by_hand.retype, (_HEADING, _WORDS)),
    "section": (lambda a, t: by_hand.new_section(a, "人加的一节", t), (_HEADING, _SENTENCE)),
    "row": (lambda r, t: by_hand.row_behind(r, t, "1"), (_ROW, _WORDS)),
    "delete row": (by_hand.delete_row, (_ROW,)),
    "copy row": (by_hand.copy_row, (_ROW,)),
    "move row": (by_hand.move_row, (_ROW, _ROW)),
    "cell": (lambda r, t: by_hand.retype_cell(r, 0, t), (_ROW, _WORDS)),
    "delete table": (lambda: by_hand.delete_table("项目0"), ()),
    "recolour": (lambda: by_hand.recolour_chart("图1：收支"), ()),
    "delete chart": (lambda: by_hand.delete_chart("图1：收支"), ()),
    "F9": (by_hand.update_contents, ()),
    "Word": (save_in_word, ()),
    "WPS": (save_in_wps, ()),
}
_ATTEMPTS = st.sampled_from(sorted(EDITS)).flatmap(
    lambda name: st.tuples(*EDITS[name][1]).map(lambda words: Attempt(name, words))
)


_VALUES = st.integers(100, 99_999)
_REPORTS = st.tuples(
    st.tuples(_VALUES, _VALUES, _VALUES, _VALUES),
    st.integers(1, 5),
    st.sampled_from(["主要原因是人员增加以及其他。", "主要原因是人员减少以及其他。"]),
)


@settings(max_examples=60)
@given(_REPORTS, _REPORTS, st.lists(_ATTEMPTS, max_size=6))
def test_any_sequence_of_edits(
    was: tuple[tuple[int, int, int, int], int, str],
    now: tuple[tuple[int, int, int, int], int, str],
    edits: list[Attempt],
) -> None:
    generated, fresh = report(*was), report(*now)
    made = edited(generated, *edits)
    result = refreshed(made.docx, fresh)
    assert common(made.docx, made.typed, fresh, result) == []
    assert unsaid(generated, fresh, result) == []


@settings(max_examples=30)
@given(_REPORTS, _REPORTS, st.sampled_from([None, save_in_word(), save_in_wps()]))
def test_a_file_that_nobody_edited_becomes_the_fresh_one(
    was: tuple[tuple[int, int, int, int], int, str],
    now: tuple[tuple[int, int, int, int], int, str],
    saved: Edit | None,
) -> None:
    made = edited(report(*was), *([saved] if saved else []))
    fresh = report(*now)
    result = refreshed(made.docx, fresh)
    assert blocks(result.docx) == blocks(fresh)
    assert charts_of(result.docx) == charts_of(fresh)
    assert contents_of(result.docx) == contents_of(fresh)
    assert [one.kind for one in result.remarks] == []
    assert common(made.docx, (), fresh, result) == []


def test_the_edited_file_is_not_needed_twice() -> None:
    """The bytes given are the same afterwards; opening them again gives the same answer."""
    was, now = report((9168, 3657, 9168, 1153), 3, "主要原因。"), report((9168, 9668, 9168, 1153), 3, "主要原因。")
    before = bytes(was)
    first, second = refreshed(was, now), refreshed(was, now)
    assert was == before and first.docx == second.docx and first.remarks == second.remarks
    assert opened(first.docx).facts == opened(now).facts
