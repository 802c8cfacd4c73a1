"""A chart of an edited file brought up to date: new data in the person's colours, fonts and size."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import zip_longest

from generator.refreshing.chart_data import CHART, c, chart_part, chart_rows, same_rows
from generator.refreshing.refresh_words import CHART as CHART_KEPT
from generator.refreshing.refresh_words import RefreshRemark, Renewal
from generator.refreshing.standing_charts import Standing
from generator.word.read_chart import DRAWING_NAMESPACE, own_labels, read_series
from generator.word.xml import R, whole
from generator.word_file.blocks import Block
from generator.word_file.paragraph import DOC_PR, OBJECT, Element, atoms, text_of, w


def a(name: str) -> str:
    return f"{{{DRAWING_NAMESPACE}}}{name}"


def refresh_chart(
    work: Renewal,
    chart: Standing,
    trail: tuple[str, ...],
    mark: str,
    source: Block,
    new_mark: str,
    *,
    copied: bool = False,
) -> bool:
    """`copied`: a person's copy of the chart. False when a person has taken the chart out, and it would look otherwise
    now."""
    was = work.edited.facts.charts[int(mark[1:]) - 1]
    now = work.fresh.facts.charts[int(new_mark[1:]) - 1]
    paragraph = chart.paragraph
    if not copied:
        work.whole.append((paragraph, paragraph, new_mark))
    part = chart_part(work.edited.parts, chart.drawing)
    if not part:
        words = text_of(paragraph)
        if was.rows:
            return was.rows == now.rows
        if words != was.alt:
            if now.rows or now.alt != was.alt:
                _stays(work, paragraph, trail, was.name)
        elif now.rows or now.alt != was.alt:
            _replace(work, paragraph, None, source.element)
        return True
    tree = work.edited.parts.tree(part)
    if not (same_rows(chart_rows(tree), was.rows) and _same_labels(tree, was.labels)):
        if not (same_rows(chart_rows(tree), now.rows) and _same_labels(tree, now.labels)):
            _stays(work, paragraph, trail, was.name)
        return True
    if not now.rows:
        _replace(work, paragraph, chart.drawing, source.element)
        return True
    _describe(paragraph, was.alt, now.alt)
    fresh = chart_part(work.fresh.parts, next(source.element.iter(CHART), None))
    if was.kind != now.kind or was.labels != now.labels or chart_rows(tree) != chart_rows(work.fresh.parts.tree(fresh)):
        _renew(work, part, tree, fresh)
    return True


def _stays(work: Renewal, paragraph: Element, trail: tuple[str, ...], name: str) -> None:
    work.remarks.append(RefreshRemark(CHART_KEPT, trail, theirs=f"图“{name}”"))
    text = f"图“{name}”的数据由人改过：没有自动更新，请核对图中的数。"
    work.comments.add(paragraph, 0, len(atoms(paragraph)), text)


def _replace(work: Renewal, paragraph: Element, drawing: Element | None, source: Element) -> None:
    """Words instead of a chart, or the other way round; what a person has put beside the chart stays there."""
    made = work.transplant.element(source)
    new = [child for child in made if child.tag != w("pPr")]
    work.renewed += 1
    run = None if drawing is None else next(drawing.iterancestors(w("r")))
    if run is not None and text_of(paragraph) != OBJECT:
        for child in new:
            run.addprevious(child)
        run.getparent().remove(run)
        return
    properties = paragraph.find(w("pPr"))
    for child in list(paragraph):
        if child is not properties:
            paragraph.remove(child)
    paragraph.extend(new)
    style, fresh = (one.find(f"{w('pPr')}/{w('pStyle')}") for one in (paragraph, made))
    if style is not None and fresh is not None:
        style.set(w("val"), str(fresh.get(w("val"))))


def _renew(work: Renewal, part: str, tree: Element, source: str) -> None:
    """The fresh data in the chart that is there; one of another kind or with other series is replaced whole."""
    fresh = work.fresh.parts.tree(source)
    mine, theirs = list(tree.iter(c("ser"))), list(fresh.iter(c("ser")))
    kinds = [[_plot(one) for one in series] for series in (mine, theirs)]
    if kinds[0] == kinds[1] and all(one.find(c("val")) is not None for one in mine):
        for here, there in zip(mine, theirs, strict=True):
            for name in ("tx", "cat", "val"):
                old, new = here.find(c(name)), there.find(c(name))
                if old is not None and new is not None:
                    here.replace(old, copy.deepcopy(new))
            _points(here, there)
            _labels(here, there)
    else:
        relation = tree.find(c("externalData"))
        for child in list(tree):
            tree.remove(child)
        for child in fresh:
            tree.append(copy.deepcopy(child))
        new_relation = tree.find(c("externalData"))
        if relation is not None and new_relation is not None:
            new_relation.set(f"{{{R}}}id", str(relation.get(f"{{{R}}}id")))
        elif new_relation is not None:
            tree.remove(new_relation)
    book, new_book = work.edited.parts.related(part, "package"), work.fresh.parts.related(source, "package")
    if book and new_book:
        work.edited.parts.replace(book, work.fresh.parts.content[new_book])
    work.renewed += 1


def _plot(series: Element) -> str:
    """barChart, pieChart, …"""
    return str(series.getparent().tag)


def _points(here: Element, there: Element) -> None:
    """Slices that are new need a colour of their own; those of the person keep theirs."""
    known = {_index(one) for one in here.findall(c("dPt"))}
    last = next((one for one in reversed(here.findall(c("dPt")))), None)
    for point in there.findall(c("dPt")):
        if _index(point) not in known and last is not None:
            made = copy.deepcopy(point)
            last.addnext(made)
            last = made


def _labels(here: Element, there: Element) -> None:
    """The words at points, in the person's type; who took the labels away does without."""
    labels = here.find(c("dLbls"))
    if labels is None:
        return
    old, new = own_labels(here), own_labels(there)
    for index, label in old.items():
        if index not in new:
            labels.remove(label)
            continue
        looks = next(label.iter(a("rPr")), None)
        made = copy.deepcopy(new[index])
        for look in list(made.iter(a("rPr"))) if looks is not None else ():
            look.getparent().replace(look, copy.deepcopy(looks))  # type: ignore[union-attr, arg-type]
        for name in (
            "tx",
            "showVal",
            "showCatName",
            "showPercent",
        ):  # LibreOffice clears these: Word then shows nothing
            was, now = label.find(c(name)), made.find(c(name))
            if was is not None and now is not None:
                label.replace(was, now)
    taken = {_index(one) for one in labels.findall(c("dLbl"))}
    for index in sorted(new.keys() - taken, key=whole):
        at = len([one for one in labels.findall(c("dLbl")) if whole(_index(one)) < whole(index)])
        labels.insert(at, copy.deepcopy(new[index]))


def _index(point: Element) -> str:
    index = point.find(c("idx"))
    return "" if index is None else str(index.get("val"))


def _describe(paragraph: Element, was: str, now: str) -> None:
    for one in paragraph.iter(DOC_PR):
        if one.get("descr") == was:
            one.set("descr", now)


def _same_labels(tree: Element, remembered: Sequence[str]) -> bool:
    """Whether the points still say what the program wrote: who changes 42.40% by hand has changed the chart. Labels
    that a person took away are no other words."""
    rows = [row.split("\t") for row in remembered]
    return all(
        not words or words[-1] == label
        for series, row in zip(read_series(tree), rows, strict=False)
        for words, label in zip_longest(series.labels, row, fillvalue=())
    )
