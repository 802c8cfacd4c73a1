"""A Word package opened, changed and written again: what nobody touches stays as it is."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from specimen import common_look, specimen

from generator.border.refused import BrokenError, RefusedError
from generator.word.package import content_types, packed, relationships, zipped
from generator.word.parts import Parts, Relation
from generator.word.xml import R, W
from generator.writers.docx import write_docx

BODY = f'<w:document xmlns:w="{W}"><w:body/></w:document>'
PICTURE = b"\x89PNG\r\n\x1a\n"


def docx(
    main: str = "word/document.xml",
    rels: dict[str, tuple[str, str]] | None = None,
    kind: str = f"{R}/officeDocument",
    **more: bytes,
) -> bytes:
    """A package of one document and the parts `more`, «word__media__p1_png» for word/media/p1.png."""
    folder, _, file = main.rpartition("/")
    parts = {
        "[Content_Types].xml": content_types({"xml": "application/xml", "PNG": "image/png"}, {f"/{main}": "t/main"}),
        "_rels/.rels": relationships({"rId1": (kind, f"/{main}")}),
        main: BODY,
        f"{folder}/_rels/{file}.rels": relationships(rels or {}),
        **{name.replace("__", "/").replace("_", "."): data for name, data in more.items()},
    }
    return zipped(packed(name, content) for name, content in parts.items())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R001"),
        (b"%PDF-1.7", "R001"),
        (zipped([packed("a.txt", "x")]), "R001"),
        (docx()[:-40], "R001"),
        (docx(kind=f"{R}/other"), "R001"),
        (docx().replace(b"word/document.xml", b"word/documint.xml", 1), "R001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "R002"),
    ],
    ids=["empty", "a PDF", "another zip", "cut off", "no main document", "renamed", "a .doc or a password"],
)
def test_what_is_no_word_file(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as raised:
        Parts(data)
    assert raised.value.code == code


def test_the_main_document_is_found_by_its_relationship_never_by_name() -> None:
    assert Parts(docx("doc/main2.xml")).document == "doc/main2.xml"
    strict = docx(kind="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument")
    assert Parts(strict).document == "word/document.xml"


def test_nothing_changed_every_part_as_it_was() -> None:
    data = write_docx(specimen(), common_look())
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(BytesIO(Parts(data).save())) as after:
        assert sorted(before.namelist()) == sorted(after.namelist())
        assert after.namelist()[0] == "[Content_Types].xml"
        unread = [n for n in before.namelist() if n not in ("word/document.xml", "[Content_Types].xml")]
        assert [n for n in unread if before.read(n) != after.read(n)] == []
    assert Parts(data).save() == Parts(data).save()


def test_a_change_of_a_tree_is_written() -> None:
    parts = Parts(docx())
    parts.tree(parts.document)[0].set("changed", "1")
    assert parts.tree(parts.document)[0].get("changed") == "1"
    again = Parts(parts.save())
    assert again.tree(again.document)[0].get("changed") == "1"


def test_a_replaced_part_is_read_anew() -> None:
    parts = Parts(docx())
    parts.tree(parts.document)
    parts.replace(parts.document, BODY.replace("<w:body/>", "<w:body><w:p/></w:body>").encode())
    assert len(parts.tree(parts.document)[0]) == 1


def test_relations_are_names_of_parts_or_addresses() -> None:
    rels = {"rId1": (f"{R}/image", "media/p1.png"), "rId2": (f"{R}/customXml", "../customXml/item1.xml")}
    data = docx(rels=rels, word__media__p1_png=PICTURE)
    link = '<Relationship Id="rId9" Type="t/hyperlink" Target="http://www.gov.cn" TargetMode="External"/>'
    parts = Parts(data)
    name = "word/_rels/document.xml.rels"
    parts.replace(name, parts.content[name].replace(b"</Relationships>", f"{link}</Relationships>".encode()))
    assert parts.relations(parts.document) == (
        Relation("rId1", f"{R}/image", "word/media/p1.png", False),
        Relation("rId2", f"{R}/customXml", "customXml/item1.xml", False),
        Relation("rId9", "t/hyperlink", "http://www.gov.cn", True),
    )
    assert parts.related(parts.document, "image") == "word/media/p1.png"
    assert parts.related(parts.document, "customXml") == ""  # it points to what is not there
    assert parts.relations("word/没有.xml") == ()


def test_content_types_by_name_or_ending() -> None:
    parts = Parts(docx())
    assert parts.content_type("word/document.xml") == "t/main"
    assert parts.content_type("word/other.xml") == "application/xml"
    assert parts.content_type("word/p.png") == "image/png"
    assert parts.content_type("word/p.gif") == ""


def test_new_parts_take_a_free_number() -> None:
    parts = Parts(docx(word__charts__chart1_xml=b"<a/>"))
    assert parts.add("word/charts/chart", "xml", "t/chart", b"<b/>") == "word/charts/chart2.xml"
    assert parts.add("word/charts/chart", "xml", "t/chart", b"<c/>") == "word/charts/chart3.xml"
    assert parts.add("word/comments", "xml", "t/comments", b"<d/>") == "word/comments.xml"
    again = Parts(parts.save())
    assert again.content["word/charts/chart3.xml"] == b"<c/>"
    assert again.content_type("word/charts/chart3.xml") == "t/chart"


def test_new_relations_take_a_free_identifier() -> None:
    parts = Parts(docx(rels={"rId3": (f"{R}/styles", "styles.xml"), "x": (f"{R}/theme", "theme.xml")}))
    assert parts.relate(parts.document, "chart", "word/charts/chart1.xml") == "rId4"
    assert parts.relate(parts.document, "customXml", "customXml/item1.xml") == "rId5"
    assert [r.target for r in parts.relations(parts.document)][2:] == ["word/charts/chart1.xml", "customXml/item1.xml"]
    assert parts.relate("word/charts/chart1.xml", "package", "word/embeddings/a.xlsx") == "rId1"  # its first


def test_a_part_comes_from_another_file_with_all_that_it_points_to() -> None:
    """A chart with its workbook, beside the chart that this file has already."""
    theirs = Parts(write_docx(specimen(), common_look()))
    ours = Parts(docx(word__charts__chart1_xml=b"<a/>"))
    name = ours.copy_from(theirs, "word/charts/chart1.xml")
    assert name == "word/charts/chart2.xml"
    assert ours.content[name] == theirs.content["word/charts/chart1.xml"]
    (workbook,) = ours.relations(name)
    (original,) = theirs.relations("word/charts/chart1.xml")
    assert (workbook.identifier, workbook.kind) == (original.identifier, original.kind)
    assert ours.content[workbook.target] == theirs.content[original.target]
    assert ours.content_type(workbook.target) == theirs.content_type(original.target)
    assert zipfile.ZipFile(BytesIO(ours.save())).testzip() is None


def test_pictures_and_workbooks_are_not_deflated_again() -> None:
    data = Parts(docx(word__media__p1_png=PICTURE, word__embeddings__a_xlsx=b"PK" * 99)).save()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        stored = {info.filename for info in archive.infolist() if info.compress_type == zipfile.ZIP_STORED}
    assert stored == {"word/media/p1.png", "word/embeddings/a.xlsx"}


def test_an_entity_from_outside_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    body = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>' + BODY.replace(
        "<w:body/>", "<w:body>&e;</w:body>"
    )
    parts = Parts(docx())
    parts.replace(parts.document, body.encode())
    with pytest.raises(BrokenError):
        parts.tree(parts.document)
