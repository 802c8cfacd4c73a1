"""更正对照表: a comparison as a document for the approval of whoever signs the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.comparing.comparison import ChangedFact, ChangedText, Comparison
from generator.comparing.comparison_words import (
    FIGURES_OF_TWO_YEARS,
    NONE,
    Folded,
    amounts,
    chart_values,
    first_of,
    folded,
    groups,
    is_seen,
    places,
    short,
    summary,
)
from generator.document.nodes import (
    Block,
    Column,
    Document,
    Heading,
    Inlines,
    LineBreak,
    Meta,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.document.occurrences import Spot
from generator.word_file.align import changes, tokens, without_digits

_PLACES = 4
_LONG = 80
"""So many rows are read one by one; of more only what is corrected and what the sentences say is listed."""
_BRIEF = (12, 76, 20, 20, 22, 13, 62)
_SENTENCES = 6
"""So many sentences in which only figures changed are shown before and after; more are named by their places."""
_LOOK = "表单"


def correction_document(comparison: Comparison) -> Document:
    """Landscape; amounts as they are printed, changed words in bold, computed figures below their cause."""
    new, old = comparison.new, comparison.old
    title = new.title or old.title
    blocks: list[Block] = [
        SectionStart(landscape=True),
        Heading(1, "", (Run(title), LineBreak(), Run("更正对照表")), "标题1", "更正对照表"),
        Paragraph((Run(_opening(comparison)),)),
    ]
    chapters = 0

    def chapter(words: str, *inside: Block) -> None:
        nonlocal chapters
        chapters += 1
        blocks.append(Heading(2, f"{'一二三四'[chapters - 1]}、", (Run(words),), "标题2", words))
        blocks.extend(inside)

    if any(map(is_seen, comparison.facts)):
        chapter(FIGURES_OF_TWO_YEARS if comparison.of_two_years else "更正的数", _figures(comparison))
    if comparison.texts or comparison.charts:
        chapter("变动的文字", _texts(comparison))
    if comparison.extras:
        chapter("增加和删去的内容", _extras(comparison))
    if comparison.hand_edits:
        words = "下列各数是生成以后在 Word 文件里直接改的，填报数据没有改，请核实。"
        chapter("在文件里手工改过的数", replace(_hand_edits(comparison), left_note=(Run(words),)))
    blocks.append(_signatures())
    return Document(Meta(f"{title}更正对照表", subject="更正对照表", year=new.year), tuple(blocks))


def _opening(comparison: Comparison) -> str:
    old, new = comparison.old, comparison.new
    years = f"{old.year}年度、{new.year}年度" if old.year != new.year else f"{new.year}年度" if new.year else ""
    whose = f"{new.unit or old.unit}{years}" if years or new.unit else "本报告"
    same = old.file == new.file
    versions = f"更正前、后的文件同名（“{old.file}”）" if same else f"更正前为“{old.file}”，更正后为“{new.file}”"
    return f"现将{whose}报告两个版本的差别列表对照如下。{versions}。{summary(comparison)}。"


def _signatures() -> Table:
    """What people fill in by hand."""
    columns = (
        Column(24), Column(33), Column(20), Column(33), Column(20), Column(33), Column(20), Column(42, "右"),
    )  # fmt: skip
    empty: Inlines = (LineBreak(), LineBreak())
    reason = Row(("更正原因", empty, "", "", "", "", "", ""), {1: (1, 7)})
    names = Row(("经办人", (LineBreak(),), "审核人", "", "负责人", "", "日期", "年　　月　　日"))
    return Table("签字", columns, (), (reason, names), style=_LOOK)


def _figures(comparison: Comparison) -> Table:
    columns: tuple[Column, ...] = (
        Column(12), Column(53, "左"), Column(25, "右"), Column(25, "右"), Column(28, "右"), Column(13),
        Column(69, "左"),
    )  # fmt: skip
    sides = ("上年报告", "本年报告的上年数", "相差") if comparison.of_two_years else ("更正前", "更正后", "增减")
    head = Row(("序号", "项目", *sides, "单位", "所在位置"))
    unseen = sum(not is_seen(fact) for fact in comparison.facts)
    notes = [f"另有{unseen}个算出的数变化不到末位数字，印出来不变，没有列入。"] if unseen else []
    rows, tables = tuple(_figure_rows(comparison, None)), Counter[str]()
    if len(rows) > _LONG:
        columns = tuple(replace(column, width=width) for column, width in zip(columns, _BRIEF, strict=True))
        rows = tuple(_figure_rows(comparison, tables))
        where = "、".join(f"{table}{count}个" for table, count in tables.items())
        if tables:
            notes.append(f"另有{tables.total()}个随之变化的数只印在表里，由程序重新计算，没有逐个列出：{where}。")
    told = tuple((Run(note),) for note in notes)
    return Table("更正的数", columns, (head,), rows, notes=told, style=_LOOK)


def _figure_rows(comparison: Comparison, tables: Counter[str] | None) -> Iterator[Row]:
    """`tables`: takes up what is computed and stands in tables only, when the rows are too many to be read; each row
    then names one place."""
    number, most = 0, _PLACES if tables is None else 1
    for group in groups(comparison.facts):
        each = folded(group)
        if tables is not None:
            counted = [one for one in each if one.fact is not group.cause and _only_in_tables(one.fact)]
            tables.update(one.fact.printed[0].spot.table.removesuffix("（续）") for one in counted)
            each = tuple(one for one in each if one not in counted)
        if not each:
            continue
        if group.cause is not None:
            number += 1
        else:
            words = (
                "以下各数由上列几项更正共同引起"
                if group.known
                else "以下各数随之变化（引起变化的填报数没有印在报告里）"
            )
            yield Row((words, "", "", "", "", "", ""), {0: (1, 7)}, align={0: "左"})
            number += 1
        below = 0
        for one in each:
            if one.fact is group.cause:
                yield _figure_row(str(number), one, most, bold=True)
                continue
            below += 1
            yield _figure_row(f"{number}.{below}", one, most, "随之：" if group.cause else "")


def _only_in_tables(fact: ChangedFact) -> bool:
    return bool(fact.printed) and all(place.spot.table for place in fact.printed)


def _figure_row(number: str, one: Folded, most: int, before: str = "", *, bold: bool = False) -> Row:
    fact, name = one.fact, before + one.fact.spoken
    shown = amounts(fact)
    change = shown.change.lstrip("+")
    if shown.old == NONE:
        change = "新增"
    elif shown.new == NONE:
        change = "删去"
    where = places(fact, most, cells=False) or "没有印在报告里"
    here = {short(place.spot, cell=False) for place in fact.printed}
    also = [short(place.spot, cell=False) for other in one.also for place in other.printed]
    if most > 1 and (others := first_of((place for place in also if place not in here), most)):
        where += f"；同一数还印在：{others}"
    if shown.change_unit != shown.unit and shown.change != NONE:
        change += shown.change_unit
    words = [(Run(cell, bold=bold),) for cell in (number, name, shown.old, shown.new, change)]
    return Row((*words, shown.unit, where))


def _texts(comparison: Comparison) -> Table:
    columns = (Column(14), Column(47, "左"), Column(82, "左"), Column(82, "左"))
    few = [text for text in comparison.texts if not _only_figures(text)]
    rest = [text for text in comparison.texts if _only_figures(text)]
    if len(rest) <= _SENTENCES:
        few, rest = list(comparison.texts), []
    rows = [(_place(text), *_with_bold(text.old.strip(), text.new.strip())) for text in few]
    rows += [
        (
            f"{short(chart.spot)} 图“{chart.name}”",
            *_with_bold(chart_values(chart, new=False), chart_values(chart, new=True)),
        )
        for chart in comparison.charts
    ]
    return Table(
        "变动的文字",
        columns,
        (Row(("序号", "所在位置", "原文", "更正后")),),
        tuple(Row((str(number), *row)) for number, row in enumerate(rows, 1)),
        notes=(_only_new_figures(rest),) if rest else (),
        style=_LOOK,
    )


def _only_figures(text: ChangedText) -> bool:
    return without_digits(text.old) == without_digits(text.new)


def _only_new_figures(texts: Sequence[ChangedText]) -> Inlines:
    where = "；".join(dict.fromkeys(map(_place, texts)))
    return (Run(f"另有{len(texts)}处只有上面所列的数变了，文字没有变，不逐句列出：{where}。"),)


def _place(text: ChangedText) -> str:
    if text.kind == "标题":
        return f"标题“{short(text.old_spot)}”"
    return _full(text.new_spot)


def _full(spot: Spot) -> str:
    return short(spot) if spot.table else str(spot)


def _with_bold(old: str, new: str) -> tuple[Inlines, Inlines]:
    """Both texts with the words in bold that the other has not."""
    a, b = tokens(((old, ""),), str), tokens(((new, ""),), str)
    marked_a, marked_b = [False] * len(a), [False] * len(b)
    for change in changes(a, b):
        marked_a[change.i1 : change.i2] = [True] * (change.i2 - change.i1)
        marked_b[change.j1 : change.j2] = [True] * (change.j2 - change.j1)
    return (
        _inlines([token.text for token in a], marked_a) or (Run("（没有）"),),
        _inlines([token.text for token in b], marked_b) or (Run("（没有）"),),
    )


def _inlines(words: Sequence[str], bold: Sequence[bool]) -> Inlines:
    found: list[Run | LineBreak] = []
    for word, strong in zip(words, bold, strict=True):
        last = found[-1] if found else None
        if word == "\n":
            found.append(LineBreak())
        elif isinstance(last, Run) and last.bold == strong:
            found[-1] = Run(last.text + word, strong)
        else:
            found.append(Run(word, strong))
    return tuple(found)


def _extras(comparison: Comparison) -> Table:
    columns = (Column(14), Column(18), Column(18), Column(65, "左"), Column(110, "左"))
    rows = tuple(
        Row((str(number), "增加" if one.added else "删去", one.kind, _full(one.spot), one.text.replace("\n", "")))
        for number, one in enumerate(comparison.extras, 1)
    )
    return Table("增加和删去的内容", columns, (Row(("序号", "增删", "类别", "所在位置", "内容")),), rows, style=_LOOK)


def _hand_edits(comparison: Comparison) -> Table:
    columns = (Column(14), Column(60, "左"), Column(75, "左"), Column(38, "右"), Column(38, "右"))
    rows = tuple(
        Row((str(number), one.file, _full(one.spot), one.generated, one.text))
        for number, one in enumerate(comparison.hand_edits, 1)
    )
    return Table("手工改过的数", columns, (Row(("序号", "文件", "所在位置", "程序生成", "改成")),), rows, style=_LOOK)
