"""The rules that all Word files of the tests are held to: the document with every node keeps them, and each of them
finds what breaks it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from specimen import common_look, specimen
from word_rules import RULES, Package, broken_rules, runs_as_word_writes_them

from generator.writers.docx import write_docx

DOCUMENT, CHART, RELS = "word/document.xml", "word/charts/chart1.xml", "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return Package(write_docx(specimen(), common_look())).parts


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def table(grid: int, *rows: str) -> str:
    columns = '<w:gridCol w:w="100"/>' * grid
    written = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>"


def cell(properties: str = "", inside: str = "<w:p/>") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def mark(number: int, name: str, end: str = '<w:bookmarkEnd w:id="{}"/>') -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{end.format(number)}'


PARAGRAPHS = [
    ("bookmarks_are_whole", mark(9001, "_F1_1"), "bookmark name _f1_1 stands twice"),
    ("bookmarks_are_whole", mark(1, "neu"), "bookmark id 1 stands twice"),
    ("bookmarks_are_whole", mark(9001, "n" * 41), f"bookmark name {'n' * 41} is too long"),
    ("bookmarks_are_whole", mark(9001, "neu", ""), "bookmarkStart 9001 without its end"),
    ("bookmarks_are_whole", '<w:bookmarkEnd w:id="9001"/>', "bookmarkEnd 9001 without its start"),
    ("references_lead_to_bookmarks", "<w:r><w:instrText>REF no</w:instrText></w:r>", "no is referred to but not there"),
    ("references_lead_to_bookmarks", '<w:hyperlink w:anchor="no"/>', "no is referred to but not there"),
    ("notes_are_there", '<w:r><w:commentReference w:id="7"/></w:r>', "comment 7 is referred to but not there"),
    ("notes_are_there", '<w:commentRangeStart w:id="7"/>', "commentRangeStart 7 without its end"),
    ("notes_are_there", '<w:r><w:footnoteReference w:id="7"/></w:r>', "footnote 7 is referred to but not there"),
    ("notes_are_there", '<w:r><w:endnoteReference w:id="7"/></w:r>', "endnote 7 is referred to but not there"),
    ("styles_are_declared", '<w:pPr><w:pStyle w:val="Nobody"/></w:pPr>', "style Nobody is used but not declared"),
    ("children_in_order", '<w:pPr><w:jc w:val="left"/><w:keepNext/></w:pPr>', "keepNext in pPr stands too late"),
    ("children_in_order", "<w:r><w:rPr><w:b/><w:b/></w:rPr></w:r>", "b in rPr stands twice"),
    ("children_in_order", "<w:pPr><w:b/></w:pPr>", "b in pPr does not belong there"),
    ("children_in_order", "<w:pPr><w:sectPr><w:pgMar/><w:pgSz/></w:sectPr></w:pPr>", "pgSz in sectPr stands too late"),
    ("properties_come_first", "<w:r><w:t>1</w:t></w:r><w:pPr/>", "pPr is not the first in p"),
    ("properties_come_first", "<w:r><w:t>1</w:t><w:rPr/></w:r>", "rPr is not the first in r"),
    ("fields_end", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "a field does not end"),
    ("fields_end", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "end of a field without its begin"),
    ("struck_text_is_marked", '<w:del w:id="1"><w:r><w:t>1</w:t></w:r></w:del>', "w:t within w:del"),
    ("struck_text_is_marked", "<w:r><w:delText>1</w:delText></w:r>", "w:delText outside w:del"),
    ("struck_text_is_marked", "<w:p/>", "a paragraph within a paragraph"),
]  # fmt: skip
"""Rule, what a paragraph holds, what is said."""
TABLES = [
    ("children_in_order", table(1, cell("<w:vAlign/><w:gridSpan/>")), "gridSpan in tcPr stands too late"),
    ("children_in_order", table(1, cell() + "<w:trPr/>"), "trPr in tr stands too late"),
    ("children_in_order", table(1, "<w:trPr><w:ins/><w:cantSplit/></w:trPr>"), "cantSplit in trPr stands too late"),
    ("children_in_order", "<w:tbl><w:tblGrid/><w:tblPr/></w:tbl>", "tblPr in tbl stands too late"),
    ("children_in_order", "<w:tbl><w:tblPr><w:jc/><w:tblW/></w:tblPr></w:tbl>", "tblW in tblPr stands too late"),
    ("tables_are_rectangles", table(2, cell()), "row 1 of a table fills 1 of 2 columns"),
    ("tables_are_rectangles", table(1, cell("", "")), "a cell does not end with a paragraph"),
    (
        "tables_are_rectangles",
        table(2, cell() + cell('<w:vMerge w:val="restart"/>'), cell("<w:vMerge/>") + cell()),
        "row 2, column 1 of a table goes on with a merge that nobody began",
    ),
]  # fmt: skip
CHANGED = [
    ("children_in_order", DOCUMENT, "<wp:docPr ", "<wp:docPr/><wp:docPr ", "docPr in inline stands twice"),
    ("children_in_order", CHART, "<c:plotArea>", "<c:legend/><c:plotArea>", "plotArea in chart stands too late"),
    ("drawings_have_ids", DOCUMENT, '<wp:docPr id="2"', '<wp:docPr id="1"', "docPr id 1 stands twice"),
    ("styles_are_declared", "word/styles.xml", 'w:styleId="J15"', 'w:styleId="J14"', "style J14 stands twice"),
    ("charts_have_axes", CHART, '<c:axId val="111"/>', '<c:axId val="5"/>', "axis 5 is named but not there"),
    ("charts_have_axes", CHART, '<c:axId val="112"/><c:sc', '<c:axId val="111"/><c:sc', "axis 111 stands twice"),
    ("charts_have_axes", CHART, '<c:ptCount val="2"/>', '<c:ptCount val="1"/>', "2 points, more than the count says"),
    ("parts_have_types", TYPES, 'Extension="xlsx"', 'Extension="xls"', "Sheet1.xlsx: no content type"),
    ("parts_have_types", TYPES, '"/word/footer1.xml"', '"/word/footer9.xml"', "word/footer1.xml: no content type"),
    ("parts_have_types", TYPES, '"/word/footer1.xml"', '"/word/footer9.xml"', "has a content type but is not there"),
    ("relations_lead", RELS, '"styles.xml"', '"style.xml"', "leads to word/style.xml, which is not there"),
    ("relations_lead", RELS, '"rId3"', '"rId1"', "relation rId1 stands twice"),
    ("relations_lead", DOCUMENT, 'r:id="rIdChart1"', 'r:id="rIdChart99"', "rIdChart99 is used but not declared"),
]  # fmt: skip
"""Rule, part, what stands there, what takes its place, what is said."""
PLANTED = [
    *((rule, DOCUMENT, "<w:body>", f"<w:body><w:p>{inside}</w:p>", said) for rule, inside, said in PARAGRAPHS),
    *((rule, DOCUMENT, "<w:body>", f"<w:body>{written}", said) for rule, written, said in TABLES),
    *CHANGED,
]


def test_the_document_with_every_node_keeps_all_rules(whole: dict[str, bytes]) -> None:
    assert broken_rules(zipped(whole)) == []
    assert list(runs_as_word_writes_them(Package(zipped(whole)))) == []


def test_sizes_do_not_stand_before_bold(whole: dict[str, bytes]) -> None:
    text = whole[DOCUMENT].decode().replace("<w:body>", "<w:body><w:p><w:r><w:rPr><w:sz/><w:b/></w:rPr></w:r></w:p>")
    package = Package(zipped({**whole, DOCUMENT: text.encode()}))
    assert list(runs_as_word_writes_them(package)) == [f"{DOCUMENT}: b in rPr stands too late"]


def test_each_rule_is_broken_below() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, *_ in PLANTED}


@pytest.mark.parametrize(("rule", "part", "old", "new", "said"), PLANTED)
def test_what_breaks_a_rule_is_found(
    whole: dict[str, bytes], rule: str, part: str, old: str, new: str, said: str
) -> None:
    text = whole[part].decode()
    assert old in text
    package = Package(zipped({**whole, part: text.replace(old, new, 1).encode()}))
    (judge,) = (one for one in RULES if one.__name__ == rule)
    assert any(one.endswith(said) for one in judge(package))


def test_a_part_that_stands_twice(whole: dict[str, bytes]) -> None:
    made = BytesIO(zipped(whole))
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/footer1.xml", whole["word/footer1.xml"])
    assert broken_rules(made.getvalue()) == ["word/footer1.xml: stands twice in the zip"]


def test_a_workbook_within_the_file_is_looked_at_too(whole: dict[str, bytes]) -> None:
    sheet = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    parts = dict(Package(whole[sheet]).parts)
    del parts["xl/styles.xml"]
    found = broken_rules(zipped({**whole, sheet: zipped(parts)}))
    assert f"{sheet}: xl/styles.xml: has a content type but is not there" in found
