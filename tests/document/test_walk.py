"""Every printed figure, in the order in which a reader meets it."""

from __future__ import annotations

from specimen import LAST_YEAR, RATE, THIS_YEAR, specimen, wan

from generator.document.nodes import (
    Chart,
    ChartSeries,
    Column,
    Document,
    Heading,
    LineBreak,
    Meta,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
)
from generator.document.occurrences import occurrences
from generator.document.walk import block_figures, figures

A, B, C = wan(THIS_YEAR), wan(LAST_YEAR), wan(RATE)


def test_in_sentences_and_headings() -> None:
    assert list(block_figures(Paragraph((Run("共"), A, LineBreak(), Run("增长"), C)))) == [A, C]
    assert list(block_figures(Heading(1, "一、", (Run("收入"), B), "标题1", "_Toc1"))) == [B]
    assert list(block_figures(PageBreak())) == []


def test_in_a_table_above_in_and_below_it() -> None:
    table = Table(
        "表", (Column(30), Column(30)), (Row(("项目", A)),), (Row(("甲", (Run("约"), B))), Row((C, ""))),
        title=(Run("题"), B), left_note=(Run("共"), C), notes=((Run("注："), A), (B,)),
    )  # fmt: skip
    assert list(block_figures(table)) == [B, C, A, B, C, A, B]


def test_of_a_chart_only_the_caption_is_printed() -> None:
    chart = Chart("图", "饼形", ("甲",), (ChartSeries("收入", (THIS_YEAR,)),), (Run("图1："), A))
    assert list(block_figures(chart)) == [A]


def test_a_document_from_first_to_last() -> None:
    assert list(figures(Document(Meta("题"), (Paragraph((A,)), Paragraph((B, A)))))) == [A, B, A]
    assert list(figures(specimen())) == [one.figure for one in occurrences(specimen())]
