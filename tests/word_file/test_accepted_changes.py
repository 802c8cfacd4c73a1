"""Tracked changes that are still open count as accepted."""

from __future__ import annotations

from lxml import etree
from word_text import W, flow

from generator.word.xml import W as NAMESPACE
from generator.word_file.accepted_changes import accept_changes

WHO = 'w:id="1" w:author="甲" w:date="2025-01-01T00:00:00Z"'


def body(inside: str) -> etree._Element:
    text = inside.replace("<ins>", f"<w:ins {WHO}>").replace("</ins>", "</w:ins>")
    text = text.replace("<del>", f"<w:del {WHO}>").replace("</del>", "</w:del>")
    text = text.replace("[ins]", f"<w:pPr><w:rPr><w:ins {WHO}/></w:rPr></w:pPr>")
    text = text.replace("[del]", f"<w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>")
    return etree.fromstring(f'<w:body xmlns:w="{NAMESPACE}">{text}</w:body>')


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def gone(text: str) -> str:
    return f"<del><w:r><w:delText>{text}</w:delText></w:r></del>"


def accepted(inside: str) -> list[object]:
    tree = body(inside)
    expected = flow(body(inside), "accept")
    accept_changes(tree)
    names = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "trPrChange", "moveFromRangeStart")
    assert not list(tree.iter(*(f"{W}{name}" for name in names)))
    found = flow(tree, "accept")
    assert found == expected
    return found


def test_words() -> None:
    assert accepted(f"<w:p>{run('甲')}{gone('乙')}<ins>{run('丙')}</ins></w:p>") == ["甲丙"]
    look = f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>"
    assert accepted(f"<w:p>{look}</w:p>") == ["甲"]
    assert accepted(f"<w:p><ins>{gone('乙')}{run('丙')}</ins></w:p>") == ["丙"]


def test_ends_of_paragraphs() -> None:
    assert accepted(f"<w:p>[del]{run('甲')}</w:p><w:p>{run('乙')}</w:p>") == ["甲乙"]
    assert accepted(f"<w:p>[ins]{run('甲')}</w:p><w:p>{run('乙')}</w:p>") == ["甲", "乙"]
    assert accepted(f"<w:p>{run('甲')}</w:p><w:p>[del]{gone('乙')}</w:p><w:p>{run('丙')}</w:p>") == ["甲", "丙"]
    assert accepted(f"<w:p>[del]{run('甲')}</w:p><w:p>[del]{run('乙')}</w:p><w:p>{run('丙')}</w:p>") == ["甲乙丙"]


def test_rows() -> None:
    def row(text: str, mark: str = "") -> str:
        return (
            f"<w:tr>{f'<w:trPr><w:{mark} {WHO}/></w:trPr>' if mark else ''}<w:tc><w:p>{run(text)}</w:p></w:tc></w:tr>"
        )

    last = f"<w:p>{run('末')}</w:p>"
    assert accepted(f"<w:tbl>{row('甲')}{row('乙', 'del')}{row('丙', 'ins')}</w:tbl>{last}") == [
        [[["甲"]], [["丙"]]],
        "末",
    ]
    assert accepted(f"<w:p>[del]{gone('题')}</w:p><w:tbl>{row('乙', 'del')}</w:tbl>{last}") == ["末"]


def test_moved() -> None:
    moved = f"<w:moveFrom {WHO}>{run('甲')}</w:moveFrom>"
    tree = body(f"<w:p>{moved}{run('乙')}<w:moveTo {WHO}>{run('甲')}</w:moveTo></w:p>")
    accept_changes(tree)
    assert flow(tree, "accept") == ["乙甲"]
