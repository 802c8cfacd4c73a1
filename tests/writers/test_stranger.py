"""Whatever a file asks LibreOffice to fetch, nobody is called: a listener on this machine hears nothing."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from pathlib import Path

import pytest
from calling_out import listening, packed, parts_of, spreadsheet_calling, word_file_calling
from example_packs import INPUTS, original
from pypdf import PdfReader
from screen import juesuan
from specimen import common_look

from generator.document.nodes import Document, Meta, Paragraph, Run
from generator.writers.docx import write_docx
from generator.writers.libreoffice import PYTHON_VARIABLE, Converter
from generator.writers.to_xlsx import to_xlsx
from generator.writers.without_links import BrokenPackageError, without_links

EXAMPLE = "gongjing-projects-2020"


def one_sentence() -> bytes:
    return write_docx(Document(Meta("测试"), (Paragraph((Run("一句话。"),)),)), common_look())


# -- the copy ---------------------------------------------------------------------------------------------------------
def external(docx: bytes) -> list[str]:
    """The paths that the file still names outside itself."""
    relations = b"".join(data for name, data in parts_of(docx).items() if name.endswith(".rels")).decode()
    return re.findall(r'Target="http://there/([^"]*)"', relations)


def test_of_all_links_only_hyperlinks_stay_in_the_copy() -> None:
    calling = word_file_calling(one_sentence(), "http://there")
    assert sorted(external(calling)) == [
        *(
            "chunk.html",
            "frame.html",
            "linked.png",
            "object.xlsx",
            "page.html",
            "part.docx",
            "template.dotm",
            "vml.png",
        ),
    ]
    assert external(without_links(calling)) == ["page.html"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r:link="_1"', 'r:link="_5"'),  # a picture that takes the hyperlink's address for its own
        ('<v:imagedata r:id="_4"/>', '<v:imagedata r:id="_5"/>'),
    ],
)
def test_a_hyperlink_that_is_used_for_something_else_goes_too(old: str, new: str) -> None:
    parts = parts_of(word_file_calling(one_sentence(), "http://there"))
    document = parts["word/document.xml"].decode()
    assert old in document
    parts["word/document.xml"] = document.replace(old, new).encode()
    assert external(without_links(packed(parts))) == []


@pytest.mark.parametrize("target", ["http://there/a.png", "//there/a.png", "\\\\there\\a.png", "file:///a.png"])
def test_an_address_is_one_even_where_it_says_that_it_is_not(target: str) -> None:
    parts = parts_of(one_sentence())
    rels = parts["word/_rels/document.xml.rels"].decode()
    line = f'<Relationship Id="_9" Type="http://x/image" Target="{target}" TargetMode="Internal"/>'
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", f"{line}</Relationships>").encode()
    assert target not in parts_of(without_links(packed(parts)))["word/_rels/document.xml.rels"].decode()


def test_a_file_without_links_is_handed_on_as_it_is() -> None:
    assert without_links(one_sentence()) == one_sentence()
    for broken in (b"", one_sentence()[:-30], packed({"word/_rels/document.xml.rels": b"<"})):
        with pytest.raises(BrokenPackageError):
            without_links(broken)


# -- LibreOffice ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["uno", "plain"])
def test_a_word_file_full_of_links_becomes_a_pdf_and_nobody_is_called(
    libreoffice: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if way == "plain":
        monkeypatch.setenv(PYTHON_VARIABLE, "/nowhere/python")
    with listening() as (address, heard), Converter() as converter:
        made = converter.to_pdf(word_file_calling(one_sentence(), address))
        (settings,) = tmp_path.rglob("registrymodifications.xcu")
        assert "BlockUntrustedRefererLinks" in settings.read_text(encoding="utf-8")
    assert made.value is not None
    assert PdfReader(io.BytesIO(made.value)).pages[0].extract_text().split()[-4:] == ["一句话。", "—", "1", "—"]
    assert heard == []
    assert list(tmp_path.iterdir()) == []


def test_refresh_measures_an_edited_report_with_links_and_nobody_is_called(libreoffice: Path, tmp_path: Path) -> None:
    edited = tmp_path / "改过.docx"
    with listening() as (address, heard):
        edited.write_bytes(word_file_calling(original(EXAMPLE), address))
        shown = juesuan("refresh", edited, INPUTS / EXAMPLE, "--measure", "-o", tmp_path / "更新.docx")
    assert (shown.status, heard) == (0, []), shown.text
    assert "linked.png" in "".join(map(str, parts_of((tmp_path / "更新.docx").read_bytes()).values()))


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_workbook_of_another_program_is_read_and_nobody_is_called(
    libreoffice: Path, tmp_path: Path, kind: str
) -> None:
    with listening() as (address, heard):
        (tmp_path / "甲.ods").write_bytes(spreadsheet_calling(address))
        if kind == "xls":
            profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
            convert = [
                libreoffice,
                profile,
                "--headless",
                "--convert-to",
                "xls",
                "--outdir",
                tmp_path,
                tmp_path / "甲.ods",
            ]
            subprocess.run(convert, check=True, capture_output=True, timeout=120)
            heard.clear()
        made = to_xlsx(f"甲.{kind}", (tmp_path / f"甲.{kind}").read_bytes())
    assert made.value is not None
    assert b"<v>91.68</v>" in parts_of(made.value)["xl/worksheets/sheet1.xml"]
    assert heard == []
