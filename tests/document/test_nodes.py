"""The nodes of a document: what they are without being told, and that they stay what they are."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import get_args

import pytest
from specimen import specimen

from generator.document.nodes import (
    Block,
    Chart,
    Column,
    Contents,
    Document,
    Heading,
    Meta,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)

WORDS = (Run("甲"),)


def test_what_is_not_said() -> None:
    """Body text, centred columns, upright pages with numbers, a heading that stands in 目录."""
    assert Paragraph(WORDS).style == "正文"
    assert Column(30).align == "中"
    assert Contents().title == "目录"
    assert (SectionStart().landscape, SectionStart().page_numbers) == (False, True)
    heading = Heading(1, "一、", WORDS, "标题1", "_Toc1")
    assert (heading.in_contents, heading.page_break_before) == (True, False)
    assert Table("表", (), (), ()).style == "附表"
    chart = Chart("图", "饼形", (), (), WORDS)
    assert (chart.money_unit, chart.style.places) == ("万元", 2)


@pytest.mark.parametrize("block", [Paragraph(WORDS), Row(("甲",)), Table("表", (), (), ()), Document(Meta("题"), ())])
def test_a_document_is_never_changed_only_made_anew(block: object) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(block, fields(block)[0].name, ())  # type: ignore[arg-type]


def test_rows_do_not_share_what_they_are_not_given() -> None:
    first, second = Row(("甲",)), Row(("乙",))
    first.spans[0] = (2, 1)
    assert second.spans == {}


def test_whether_page_numbers_are_needed() -> None:
    assert Document(Meta("题"), (Paragraph(WORDS), Contents())).has_contents
    assert not Document(Meta("题"), (Paragraph(WORDS),)).has_contents


def test_the_specimen_holds_every_block() -> None:
    """It goes through every writer: a node that is missing there would be tried nowhere."""
    assert {type(block) for block in specimen().blocks} == set(get_args(Block))
