"""The look from Word: `packs style` writes style.docx, an office changes it, the next report shows it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pictures import png
from support import pack_folder

from generator.cli import entry

COVER = "```分节 纵向 无页码\n```\n\n```样式 封面单位\n包的封面\n```\n"
TEXT = "```分节 纵向\n```\n\n# 概况\n\n甲。\n\n```分节 横向\n```\n\n```表 表一\n```\n"
TABLE = "标题: 表一\n列: [{宽: 60}, {宽: 60}]\n表头: [[项目, 数]]\n行: [[甲, 乙]]\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DATA = "报告: example\n金额单位: 万元\n年度: 2020\n单位: 甲局\n"
CHAPTERS = "章节: [封面, 正文]\n"


class Place:
    """A folder with a pack and one unit's input; `style` is where the office's file goes."""

    def __init__(self, folder: Path, **parts: str) -> None:
        self.folder, self.templates = folder, folder / "templates"
        files = {"text/封面.md.j2": COVER, "text/正文.md.j2": TEXT, "tables/表一.yaml": TABLE}
        pack_folder(self.templates, files, **parts)
        settings = self.templates / "example" / "pack.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("章节: [正文]\n", CHAPTERS), encoding="utf-8")
        (folder / "甲局.yaml").write_text(DATA, encoding="utf-8")
        self.style = self.templates / "example" / "style.docx"

    def run(self, *words: str) -> Any:
        return CliRunner().invoke(entry, list(words), catch_exceptions=False)

    def start(self) -> Any:
        """What `packs style` writes, opened."""
        made = self.run("packs", "--templates", str(self.templates), "style", "example", "-o", str(self.folder / "始"))
        assert made.exit_code == 0, made.output
        return docx.Document(str(self.folder / "始" / "style.docx"))

    def said(self, *options: str) -> str:
        """What `build` says."""
        target = self.folder / "报告.docx"
        target.unlink(missing_ok=True)
        templates = ("--templates", str(self.templates))
        return self.run("build", str(self.folder / "甲局.yaml"), "-o", str(target), *templates, *options).output

    def built(self, *options: str) -> bytes:
        said = self.said(*options)
        assert "已生成" in said, said
        return (self.folder / "报告.docx").read_bytes()

    def findings(self) -> list[str]:
        """«T152 提示 …» of style.docx."""
        return [line for line in self.said().splitlines() if re.match(r"\S+ T1\d\d", line)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def opened(report: bytes) -> Any:
    return docx.Document(io.BytesIO(report))


def before_body(document: Any) -> Any:
    """The paragraph «{{ 正文 }}»."""
    return next(one for one in document.paragraphs if one.text == "{{ 正文 }}")


def part_of(report: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        return archive.read(name).decode()


def texts(report: bytes) -> list[str]:
    return [one.text for one in opened(report).paragraphs]


# -- round trip -------------------------------------------------------------------------------------------------------
def test_the_file_to_begin_with_changes_nothing(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    plain = opened(place.built())
    place.start().save(str(place.style))
    report = place.built()
    assert place.findings() == []
    assert validate_docx(report) == ""
    same = opened(report)
    assert [one.text for one in same.paragraphs] == [one.text for one in plain.paragraphs]
    assert [one.style.name for one in same.paragraphs] == [one.style.name for one in plain.paragraphs]
    for one, other in zip(same.sections, plain.sections, strict=True):
        assert (one.page_width, one.left_margin, one.top_margin) == (
            other.page_width,
            other.left_margin,
            other.top_margin,
        )
        assert one.footer.paragraphs[0].text == other.footer.paragraphs[0].text


def test_the_file_to_begin_with_shows_every_style(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    document = place.start()
    assert validate_docx((place.folder / "始" / "style.docx").read_bytes()) == ""
    shown = {one.style.name for one in document.paragraphs}
    assert {"Heading 1", "Body Text", "附表标题", "封面标题"} <= shown
    assert [one.style.name for one in document.tables] == ["附表", "表单"]
    said = document.core_properties
    assert (said.author, said.comments, said.last_modified_by, said.title) == ("", "", "", "")
    assert said.created.year == said.modified.year == 2000


def test_the_same_input_gives_the_same_bytes(place: Place) -> None:
    place.start().save(str(place.style))
    assert place.built() == place.built()


# -- what an office changes -------------------------------------------------------------------------------------------
def test_a_style_changed_in_word(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    document = place.start()
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size = "隶书", Pt(30)
    heading.element.rPr.rFonts.set(qn("w:eastAsia"), "隶书")
    document.sections[0].left_margin = Mm(40)
    document.save(str(place.style))
    report = place.built()
    assert validate_docx(report) == ""
    made = opened(report)
    (title,) = (one for one in made.paragraphs if one.text.endswith("概况"))
    assert (title.style.font.size, title.style.element.rPr.rFonts.get(qn("w:eastAsia"))) == (Pt(30), "隶书")
    upright = [one for one in made.sections if one.page_width < one.page_height]
    assert {round(one.left_margin.mm) for one in upright} == {40}


def test_a_header_with_words_of_the_unit_and_a_logo(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    """Word cuts «{{ 单位 }}» into as many runs as it likes."""
    document = place.start()
    for header in (document.sections[0].header, document.sections[0].even_page_header):
        header.is_linked_to_previous = False
        for piece in ("{", "{ 单", "位 }", "}　", "{{ 年度 }}年"):
            header.paragraphs[0].add_run(piece)
        header.paragraphs[0].add_run().add_picture(io.BytesIO(png()), width=Mm(20))
    document.save(str(place.style))
    report = place.built()
    assert validate_docx(report) == ""
    cover, upright, lying = opened(report).sections
    assert cover.header.is_linked_to_previous
    for section in (upright, lying):
        for header in (section.header, section.even_page_header):
            assert header.paragraphs[0].text == "甲局　2020年"
            assert header.part.related_parts and "a:blip" in header.part.element.xml


def test_the_header_stays_in_a_draft(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    document = place.start()
    document.sections[0].header.paragraphs[0].add_run("内部资料")
    document.save(str(place.style))
    report = place.built("--draft")
    assert validate_docx(report) == ""
    *_, cover, upright, _ = opened(report).sections
    assert [one.text for one in upright.header.paragraphs] == ["草　　稿", "内部资料"]
    assert [one.text for one in cover.header.paragraphs] == ["草　　稿"]
    assert [one.text for one in upright.even_page_header.paragraphs] == ["草　　稿"]


def test_a_first_page_of_its_own_is_that_of_the_report(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    document = place.start()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run("仅首页")
    document.save(str(place.style))
    report = place.built()
    assert validate_docx(report) == ""
    first, *others = opened(report).sections
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == "仅首页"
    assert not any(one.different_first_page_header_footer for one in others)


def test_a_cover_made_in_word_stands_in_place_of_the_packs(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    document = place.start()
    marker = before_body(document)
    marker.insert_paragraph_before("{{ 单位 }}决算")
    marker.insert_paragraph_before("内部").add_run().add_break(WD_BREAK.PAGE)
    document.save(str(place.style))
    report = place.built()
    assert validate_docx(report) == ""
    assert texts(report)[:3] == ["甲局决算", "内部", "第一部分 概况"]
    cover, upright, _ = opened(report).sections
    assert cover.footer.is_linked_to_previous and "—" in upright.footer.paragraphs[0].text
    assert 'w:type="page"' not in part_of(report, "word/document.xml")  # the section ends the page


def test_the_pages_of_a_cover_count(tmp_path: Path) -> None:
    place = Place(tmp_path)
    chapter = place.templates / "example" / "text" / "正文.md.j2"
    chapter.write_text(f"```分节 纵向\n```\n\n```目录\n```\n\n{TEXT}", encoding="utf-8")
    assert "第一部分 概况\t3" in texts(place.built())  # cover, contents
    document = place.start()
    for words in ("一", "二"):
        before_body(document).insert_paragraph_before(words).add_run().add_break(WD_BREAK.PAGE)
    document.save(str(place.style))
    assert "第一部分 概况\t4" in texts(place.built())


def test_numbers_are_the_programs(place: Place) -> None:
    document = place.start()
    numbering = docx.oxml.parse_xml(f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    document.styles["Heading 1"].element.pPr._insert_numPr(numbering)
    document.save(str(place.style))
    assert opened(place.built()).styles["Heading 1"].element.pPr.numPr is None


def test_a_cover_that_ends_with_a_section_keeps_its_own_header(
    place: Place, validate_docx: Callable[[bytes], str]
) -> None:
    document = place.start()
    marker = before_body(document)
    last = marker.insert_paragraph_before("封面")
    document.add_section(WD_SECTION.NEW_PAGE)  # only to have a w:sectPr of python-docx at hand
    section = document.element.body.sectPr
    document.element.body.remove(section)
    last._p.get_or_add_pPr().append(section)
    document.element.body.append(document.element.body.findall(qn("w:p"))[-1].pPr.sectPr)
    document.sections[0].header.is_linked_to_previous = False
    document.sections[0].header.paragraphs[0].add_run("封面的页眉")
    document.save(str(place.style))
    report = place.built()
    assert validate_docx(report) == ""
    assert texts(report)[:2] == ["封面", "第一部分 概况"]
    assert opened(report).sections[0].header.paragraphs[0].text == "封面的页眉"


def test_what_stands_before_the_text_without_a_new_page_goes_above_the_packs_cover(place: Place) -> None:
    document = place.start()
    before_body(document).insert_paragraph_before().add_run().add_picture(io.BytesIO(png()), width=Mm(20))
    document.save(str(place.style))
    report = place.built()
    assert texts(report)[:3] == ["", "包的封面", "第一部分 概况"]
    assert "a:blip" in opened(report).paragraphs[0]._p.xml


def test_without_the_line_of_the_text_all_words_are_samples(place: Place) -> None:
    document = place.start()
    marker = before_body(document)
    marker.insert_paragraph_before("草拟的话")
    marker.text = "（正文）"
    document.save(str(place.style))
    assert texts(place.built())[:2] == ["包的封面", "第一部分 概况"]


def test_the_head_of_a_table_shaded_in_word(place: Place) -> None:
    document = place.start()
    style = document.styles["附表"].element
    style.append(docx.oxml.parse_xml(
        f'<w:tblStylePr xmlns:w="{style.nsmap["w"]}" w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="ddeeff"/>'
        "</w:tcPr></w:tblStylePr>"
    ))  # fmt: skip
    document.save(str(place.style))
    head, body = opened(place.built()).tables[0].rows
    assert [cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) for cell in head.cells] == ["DDEEFF", "DDEEFF"]
    assert [cell._tc.tcPr.find(qn("w:shd")) for cell in body.cells] == [None, None]


def test_a_file_beside_the_input_goes_before_that_of_the_pack(place: Place) -> None:
    for target, words in ((place.style, "包的页眉"), (place.folder / "style.docx", "单位的页眉")):
        document = place.start()
        document.sections[0].header.paragraphs[0].text = words
        document.save(str(target))
    assert opened(place.built()).sections[1].header.paragraphs[0].text == "单位的页眉"


def test_what_a_child_says_in_style_yaml_goes_before_its_parents_file(place: Place) -> None:
    document = place.start()
    for name in ("Heading 1", "Body Text"):
        document.styles[name].font.size = Pt(30)
    document.save(str(place.style))
    child = place.templates / "child"
    child.mkdir()
    (child / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    (child / "style.yaml").write_text("样式: {标题1: {字号: 20}}\n版面: {页边距: {左: 33}}\n", encoding="utf-8")
    (place.folder / "甲局.yaml").write_text(DATA.replace("example", "child"), encoding="utf-8")
    made = opened(place.built())
    assert (made.styles["Heading 1"].font.size, made.styles["Body Text"].font.size) == (Pt(20), Pt(30))
    assert round(made.sections[1].left_margin.mm) == 33


def test_a_file_that_another_program_saved(
    place: Place,
    saved_by_libreoffice: Callable[[dict[str, bytes]], dict[str, Path]],
    validate_docx: Callable[[bytes], str],
) -> None:
    document = place.start()
    document.styles["Heading 1"].font.size = Pt(30)
    before_body(document).insert_paragraph_before("{{ 单位 }}的封面").add_run().add_break(WD_BREAK.PAGE)
    document.save(str(place.style))
    saved = saved_by_libreoffice({"style.docx": place.style.read_bytes()})["style.docx"]
    place.style.write_bytes(saved.read_bytes())
    report = place.built()
    assert place.findings() == []
    assert validate_docx(report) == ""
    assert texts(report)[:2] == ["甲局的封面", "第一部分 概况"]
    (title,) = (one for one in opened(report).paragraphs if one.text.endswith("概况"))
    assert title.style.font.size == Pt(30)
    assert "—" in opened(report).sections[1].footer.paragraphs[0].text


def test_a_file_of_words_own_making(place: Place, validate_docx: Callable[[bytes], str]) -> None:
    """No style of ours, American paper, no page numbers: style.yaml says what is missing, once."""
    docx.Document().save(str(place.style))
    report = place.built()
    assert validate_docx(report) == ""
    assert place.findings() == ["警告 T153  example/style.docx", "提示 T152  example/style.docx"]
    assert "—" in opened(report).sections[1].footer.paragraphs[0].text
    said = place.said()
    assert "style.docx 里没有这些样式，照 style.yaml 的样子印：" in said and "style.docx 的纸张是 216×279 毫米" in said


# -- what does not come along -----------------------------------------------------------------------------------------
def test_changes_and_comments_are_left_behind(place: Place) -> None:
    document = place.start()
    first = before_body(document).insert_paragraph_before("封面")
    first._p.append(docx.oxml.parse_xml(
        f'<w:ins xmlns:w="{W}" w:id="1" w:author="甲" w:date="2024-01-01T00:00:00Z"><w:r><w:t>一</w:t></w:r></w:ins>'
    ))  # fmt: skip
    first._p.append(docx.oxml.parse_xml(
        f'<w:del xmlns:w="{W}" w:id="2" w:author="甲"><w:r><w:delText>二</w:delText></w:r></w:del>'
    ))  # fmt: skip
    words = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="甲"><w:p/></w:comment></w:comments>'.encode()
    comments = Part(PackURI("/word/comments.xml"), CONTENT_TYPE.WML_COMMENTS, words, document.part.package)
    document.part.relate_to(comments, RELATIONSHIP_TYPE.COMMENTS)
    first._p.append(docx.oxml.parse_xml(f'<w:r xmlns:w="{W}"><w:commentReference w:id="0"/></w:r>'))
    header = document.sections[0].header.paragraphs[0]
    header._p.append(docx.oxml.parse_xml(
        f'<w:del xmlns:w="{W}" w:id="3" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    ))  # fmt: skip
    header.add_run("新")
    document.settings.element.insert(0, docx.oxml.OxmlElement("w:trackRevisions"))
    document.save(str(place.style))
    assert "T154" in place.findings()[0] and "style.docx 里的修订、批注没有带过来" in place.said()
    report = place.built()
    assert texts(report)[0] == "封面一"
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        assert not [name for name in archive.namelist() if "comments" in name]
    headers = opened(report).sections[1].header._element.xml
    assert "新" in headers and "旧" not in headers
    for xml in (part_of(report, "word/document.xml"), headers, part_of(report, "word/settings.xml")):
        assert not re.search(r"<w:(ins|del|comment\w*|trackRevisions)[ />]", xml)


def test_links_objects_and_fields_that_fetch_are_left_behind(
    place: Place, validate_docx: Callable[[bytes], str]
) -> None:
    document = place.start()
    paragraph = before_body(document).insert_paragraph_before("见")
    link = document.part.relate_to(
        "http://example.com/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", True
    )
    paragraph._p.append(docx.oxml.parse_xml(
        f'<w:hyperlink xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{link}"><w:r><w:t>网站</w:t></w:r></w:hyperlink>'
    ))  # fmt: skip
    paragraph._p.append(docx.oxml.parse_xml(
        f'<w:fldSimple xmlns:w="{W}" w:instr="INCLUDEPICTURE http://example.com/a.png"><w:r><w:t>图</w:t></w:r>'
        "</w:fldSimple>"
    ))  # fmt: skip
    picture = document.part.relate_to(
        "http://example.com/b.png", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", True
    )
    for address in (f'r:id="{picture}"', 'src="http://example.com/c.png"'):
        paragraph._p.append(docx.oxml.parse_xml(
            f'<w:r xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:imagedata {address}/></v:shape></w:pict>'
            "</w:r>"
        ))  # fmt: skip
    document.save(str(place.style))
    assert "T155" in place.findings()[0] and "3 处链接" in place.said()
    report = place.built()
    assert validate_docx(report) == ""
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        assert not [name for name in archive.namelist() if b"example.com" in archive.read(name)]
    assert texts(report)[0] == "见网站图"


def test_blanks_that_cannot_be_filled(place: Place) -> None:
    document = place.start()
    before_body(document).insert_paragraph_before("{{ 单位 + }}，{{ 单为 }}，{% if 年度 %}")
    document.save(str(place.style))
    said = place.said()
    assert "T102  example/style.docx" in said and "T156  example/style.docx" in said
    place.style.unlink()
    document = place.start()
    before_body(document).insert_paragraph_before("{{ 单为 }}")
    document.save(str(place.style))
    linted = place.run("packs", "--templates", str(place.templates), "lint", "example").output
    assert "T101  example/style.docx" in linted and "您是否指“单位”" in linted


# -- what is refused --------------------------------------------------------------------------------------------------
def repacked(path: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()} | (more or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def hostile() -> Iterator[tuple[str, Callable[[Path], None], str]]:
    def same(_: str, data: bytes) -> bytes:
        return data

    def with_entity(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        return data.replace(b"<w:document", b'<!DOCTYPE d [<!ENTITY e "e">]><w:document', 1)

    def macros(name: str, data: bytes) -> bytes:
        main = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return data.replace(main, b"ms-word.document.macroEnabled.main+xml") if "Types" in name else data

    yield "bomb", lambda path: repacked(path, same, {"word/media/a.bin": b"\0" * (300 << 20)}), "R005"
    yield "DTD", lambda path: repacked(path, with_entity), "R001"
    yield "macros", lambda path: repacked(path, macros), "T151"
    yield "old", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) and None, "R002"
    yield "no zip", lambda path: path.write_bytes(b"abc") and None, "R001"


@pytest.mark.parametrize(("make", "code"), [pytest.param(make, code, id=name) for name, make, code in hostile()])
def test_what_is_no_honest_file_is_refused(place: Place, make: Callable[[Path], None], code: str) -> None:
    place.start().save(str(place.style))
    make(place.style)
    said = place.said()
    assert f"错误 {code}  example/style.docx" in said and "没有生成文件" in said
    assert not (place.folder / "报告.docx").exists()


def test_styles_that_no_office_program_writes_are_passed_over(place: Place) -> None:
    place.start().save(str(place.style))

    def harmed(name: str, data: bytes) -> bytes:
        strange = b'<w:style w:type="kind" w:styleId="x"><w:name w:val="x"/></w:style><w:style w:type="table"/>'
        return data.replace(b"</w:styles>", strange + b"</w:styles>") if name == "word/styles.xml" else data

    repacked(place.style, harmed)
    assert "第一部分 概况" in texts(place.built())


def test_a_page_without_room_for_text(place: Place) -> None:
    document = place.start()
    document.sections[0].left_margin = Mm(180)
    document.save(str(place.style))
    assert "“example/style.docx”不能用作版式文件：除去页边距，页面几乎没有地方印字" in place.said()


def test_a_word_file_under_another_name_is_pointed_out(place: Place) -> None:
    place.start().save(str(place.style.with_name("版式.docx")))
    said = place.said()
    assert "模板包里的“版式.docx”不会被用到" in said and "请另存为“style.docx”" in said


# -- colours and pictures of style.yaml -------------------------------------------------------------------------------
STYLE = """
样式: {标题1: {颜色: "C00000"}}
表格: {附表: {底色: "001122"}}
图片:
  页眉: {文件: 徽标.png, 宽: 20, 说明: 甲局徽标}
  封面: {文件: 徽标.png, 宽: 40, 说明: 甲局徽标, 对齐: 右}
"""


def test_colours_shades_and_pictures(tmp_path: Path, validate_docx: Callable[[bytes], str]) -> None:
    place = Place(tmp_path, style=STYLE)
    (place.style.with_name("徽标.png")).write_bytes(png())
    report = place.built()
    assert validate_docx(report) == ""
    made = opened(report)
    assert str(made.styles["Heading 1"].font.color.rgb) == "C00000"
    head = made.tables[0].rows[0].cells[0]
    assert head._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "001122"
    assert texts(report)[:2] == ["", "包的封面"]
    cover = made.inline_shapes[0]
    assert (round(cover.width.mm), round(cover.height.mm)) == (40, 10)
    assert cover._inline.docPr.get("descr") == "甲局徽标"
    for header in (made.sections[1].header, made.sections[1].even_page_header):
        assert "甲局徽标" in header._element.xml
    # and the file to begin with has them as well, so that nothing is lost by laying it in the pack
    place.start().save(str(place.style))
    again = place.built()
    assert validate_docx(again) == "" and texts(again)[:2] == ["", "包的封面"]
    assert "甲局徽标" in opened(again).sections[1].header._element.xml


@pytest.mark.parametrize(
    ("style", "data", "said"),
    [
        ("图片:\n  页眉:\n    文件: 徽标.png\n    宽: 20\n    说明: 徽\n", None,
         "T157  example/style.yaml 第2行\n    图片“徽标.png”不在模板包的文件夹里"),
        ("图片: {页眉: {文件: 徽标.png, 宽: 20, 说明: 徽}}\n", b"GIF89a", "图片“徽标.png”不是能用的 PNG 或 JPEG 图片"),
        ("图片: {页眉: {文件: 徽标.png, 宽: 20, 说明: 徽}}\n", png()[:20], "图片“徽标.png”不是能用的 PNG 或 JPEG 图片"),
        ("图片: {页眉: {文件: 徽标.png, 宽: 20, 说明: 徽}}\n", png()[:16] + b"\xff" * 8 + png()[24:],
         "图片“徽标.png”太大：图片的像素 4,294,967,295×4,294,967,295"),
        ("字体: {}\n", png(), "T125  example/徽标.png\n    模板包里的“徽标.png”不会被用到"),
        ("图片:\n  页眉:\n    文件: ../徽标.png\n    宽: 20\n    说明: 徽\n", png(), "T113  example/style.yaml 第3行"),
        ("图片:\n  页眉:\n    文件: 徽标.gif\n    宽: 20\n    说明: 徽\n", png(), "应是模板包里的一个 .png 或"),
        ("图片:\n  页眉:\n    文件: 徽标.png\n    说明: 徽\n    宽: 300\n", png(), "T113  example/style.yaml 第5行"),
        ("图片:\n  页面: {文件: 徽标.png, 说明: 徽, 宽: 3}\n", png(), "“图片”里不认识“页面”。您是否指“页眉”？"),
        ("图片:\n  页眉: {文件: 徽标.png, 宽: 3}\n", png(), "“图片·页眉”里缺少“说明”。"),
        ("样式:\n  正文:\n    颜色: 红\n", None, "T113  example/style.yaml 第3行"),
        ("表格:\n  附表:\n    底色: \"12345\"\n", None, "“表格·附表·底色”应是六位十六进制的颜色"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_line(tmp_path: Path, style: str, data: bytes | None, said: str) -> None:
    place = Place(tmp_path, style=style)
    if data is not None:
        (place.style.with_name("徽标.png")).write_bytes(data)
    assert said in place.said()
