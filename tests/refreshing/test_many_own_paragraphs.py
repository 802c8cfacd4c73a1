"""However much a person has written around a report, refreshing and comparing cost in proportion, not a power of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from effort import calls
from lxml import etree
from one_cell import INPUTS, report

from generator.corrections import Version, compare_versions
from generator.refreshing.refresh import refresh
from generator.word.parts import Parts
from generator.word.xml import W
from generator.word_file.marked_file import open_marked
from generator.writers.docx import write_docx


@pytest.fixture(scope="module")
def docx() -> bytes:
    made = report(INPUTS / "heshuo-2018")
    return write_docx(made.document, made.case.pack.look)


def edited(docx: bytes, count: int, inside: Callable[[int], str], *, lost: bool = False) -> bytes:
    """With `count` pieces of a person's at the front; `lost`: and no mark left in the file."""
    parts = Parts(docx)
    body = parts.tree(parts.document).find(f"{{{W}}}body")
    assert body is not None
    if lost:
        for mark in [*body.iter(f"{{{W}}}bookmarkStart"), *body.iter(f"{{{W}}}bookmarkEnd")]:
            around = mark.getparent()
            assert around is not None
            around.remove(mark)
    for number in range(count):
        body.insert(number, etree.fromstring(f'<w:p xmlns:w="{W}">{inside(number)}</w:p>'))
    return parts.save()


def different(number: int) -> str:
    return f"<w:r><w:t>第{number}条，共{number * 7 % 1000}.{number % 100:02}万元</w:t></w:r>"


def alike(number: int) -> str:
    return "<w:r><w:t>同一句话。</w:t></w:r>"


def marked(number: int) -> str:
    """One paragraph in which many marks stand that a person has pasted there."""
    return "".join(
        f'<w:bookmarkStart w:id="{90000 + n}" w:name="_p{n + 1}_Copy_{n}"/><w:r><w:t>字</w:t></w:r>'
        f'<w:bookmarkEnd w:id="{90000 + n}"/>'
        for n in range(number)
    )


def refreshed(old: bytes, new: bytes) -> None:
    edited, fresh = open_marked("旧", old).value, open_marked("新", new).value
    assert edited is not None and fresh is not None
    refresh(edited, fresh, date="2021-10-26T09:00:00Z")


def compared(old: bytes, new: bytes) -> None:
    before, after = open_marked("旧", old).value, open_marked("新", new).value
    assert before is not None and after is not None
    compare_versions(Version(before, None, None), Version(after, None, None))


@pytest.mark.parametrize("act", [refreshed, compared])
@pytest.mark.parametrize(
    ("inside", "lost"),
    [(different, False), (different, True), (alike, False), (alike, True)],
    ids=["own words", "own words, marks lost", "the same words", "the same words, marks lost"],
)
def test_own_paragraphs(
    docx: bytes, act: Callable[[bytes, bytes], None], inside: Callable[[int], str], lost: bool
) -> None:
    work = [calls(lambda n=n: act(edited(docx, n, inside, lost=lost), docx)) for n in (150, 300, 600)]  # type: ignore[misc]
    assert work[2] - work[1] < 2.3 * (work[1] - work[0])


def test_many_marks_in_one_paragraph(docx: bytes) -> None:
    work = [calls(lambda n=n: refreshed(edited(docx, 1, lambda _: marked(n)), docx)) for n in (100, 200, 400)]  # type: ignore[misc]
    assert work[2] - work[1] < 2.3 * (work[1] - work[0])
