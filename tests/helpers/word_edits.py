"""What people do to a Word file, done on its XML the way Word does it.

An edit is a function that changes an opened file and returns the words that the person typed:

    made = edited(docx, retype("人员经费增加", "参保人数增加"), comment("36.57", "请核对"), save_in_word())

Anchors are texts that stand within one paragraph; the first such paragraph is meant unless `nth` says otherwise.
"""

from __future__ import annotations

import copy
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree
from word_by_hand import (
    OUR_MARK,
    SPACES,
    Element,
    W,
    WordFile,
    escaped,
    everything,
    in_contents,
    places,
    select,
    set_text,
    text_of,
    w,
    xml,
)

Typed = tuple[str, ...]
Edit = Callable[[WordFile], Typed]
Marks = Literal["removed", "collapsed", "around"]
PERSON, DAY = "王晓丽", "2021-11-02T09:30:00Z"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_START, _END = w("bookmarkStart"), w("bookmarkEnd")


@dataclass(frozen=True)
class Edited:
    docx: bytes
    typed: Typed
    """What a person typed and still stands in the file."""


def edited(docx: bytes, *edits: Edit) -> Edited:
    file = WordFile(docx)
    typed: list[str] = []
    for edit in edits:
        typed += edit(file)
        _drop_half_bookmarks(file.body)
    saved = file.save()
    present = everything(saved)
    return Edited(saved, tuple(one for one in typed if any(one in words for words in present)))


# -- pieces -----------------------------------------------------------------------------------------------------------
def _typed_run(like: Element | None, text: str) -> Element:
    """A run as Word writes what was just typed: an rsid of its own, the hint of an input method for Chinese."""
    run = etree.Element(w("r"), {w("rsidR"): "00B72C41"})
    properties = etree.SubElement(run, w("rPr"))
    old = like.find(w("rPr")) if like is not None else None
    if old is not None:
        for one in old:
            if one.tag not in (w("rStyle"), w("vertAlign"), w("ins"), w("del")):
                properties.append(copy.deepcopy(one))
    fonts = properties.find(w("rFonts"))
    if re.search("[\u4e00-\u9fff“”]", text):
        if fonts is None:
            fonts = etree.Element(w("rFonts"))
            properties.insert(0, fonts)
        fonts.set(w("hint"), "eastAsia")
    if not len(properties):
        run.remove(properties)
    for at, line in enumerate(text.split("\n")):
        if at:
            etree.SubElement(run, w("br"))
        if line:
            set_text(etree.SubElement(run, w("t")), line)
    return run


def _ends(paragraph: Element) -> dict[str, tuple[Element, Element, int, int]]:
    """Bookmarks that begin and end in the paragraph: start, end, and the characters they stand over."""
    spans: dict[str, tuple[Element, Element, int, int]] = {}
    opened: dict[str, tuple[Element, int]] = {}
    position = 0
    read = [one.element for one in places(paragraph)]
    for element in paragraph.iter():
        if element.tag == _START:
            opened[element.get(w("id"))] = (element, position)
        elif element.tag == _END and element.get(w("id")) in opened:
            start, at = opened.pop(element.get(w("id")))
            spans[element.get(w("id"))] = (start, element, at, position)
        position += sum(1 for one in read if one is element)
    return spans


def _drop(*elements: Element) -> None:
    for one in elements:
        one.getparent().remove(one)


def _drop_half_bookmarks(body: Element) -> None:
    """Programs write both ends of a bookmark or none."""
    starts = {one.get(w("id")) for one in body.iter(_START)}
    ends = {one.get(w("id")) for one in body.iter(_END)}
    for one in list(body.iter(_START, _END)):
        if one.get(w("id")) not in (ends if one.tag == _START else starts):
            _drop(one)


def _span(paragraph: Element, text: str, nth: int) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = text_of(paragraph).index(text, start + 1)
    return start, start + len(text)


def _new_paragraph(like: Element, text: str) -> Element:
    """What Enter makes: the same paragraph properties (but no section end), one typed run."""
    paragraph = etree.Element(w("p"), {w("rsidR"): "00B72C41", w("rsidRDefault"): "00B72C41"})
    properties = like.find(w("pPr"))
    if properties is not None:
        kept = copy.deepcopy(properties)
        for name in ("sectPr", "pageBreakBefore", "pPrChange"):
            for one in kept.findall(w(name)):
                kept.remove(one)
        paragraph.append(kept)
    if text:
        first = next(iter(like.iter(w("r"))), None)
        paragraph.append(_typed_run(first if first is not None and first.find(w("t")) is not None else None, text))
    return paragraph


def _without_marks(element: Element, ours_only: bool = False) -> None:
    gone = set()
    for start in list(element.iter(_START)):
        if not ours_only or OUR_MARK.fullmatch(start.get(w("name"))):
            gone.add(start.get(w("id")))
            _drop(start)
    for end in list(element.iter(_END)):
        if end.get(w("id")) in gone:
            _drop(end)


def _properties(run: Element) -> Element:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    return properties


_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath", "rPrChange",
)  # fmt: skip


def _set_in_order(properties: Element, new: Element, order: Sequence[str]) -> None:
    for old in properties.findall(new.tag):
        properties.remove(old)
    rank = {w(name): at for at, name in enumerate(order)}
    at = next((n for n, one in enumerate(properties) if rank.get(one.tag, 99) > rank[new.tag]), len(properties))
    properties.insert(at, new)


# -- typing -----------------------------------------------------------------------------------------------------------
def retype(old: str, new: str, *, within: str = "", nth: int = 0, marks: Marks = "removed") -> Edit:
    """选中一段文字直接重打。

    书签整个在所选范围内：Word 删去（removed），LibreOffice 留下空的（collapsed）；在数字中间逐位改时书签仍在新数字外
    （around）。只有一头在所选范围内的，移到范围的边上。
    """

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(within or old)
        start, end = _span(paragraph, old, nth)
        runs = select(paragraph, old, nth)
        spans = _ends(paragraph)
        typed = _typed_run(runs[0], new) if new else None
        first = runs[0]
        if typed is not None:
            first.addprevious(typed)
        for opening, closing, a, b in spans.values():
            if start <= a and b <= end and a < b:
                if marks == "removed":
                    _drop(opening, closing)
                elif typed is not None:
                    typed.addprevious(opening)
                    (typed if marks == "around" else opening).addnext(closing)
            elif start <= a < end < b:
                (typed if typed is not None else runs[-1]).addnext(opening)
            elif a < start < b <= end:
                (typed if typed is not None else runs[0]).addprevious(closing)
        _drop(*runs)
        return (new,) if new else ()

    return edit


def delete_words(text: str, *, within: str = "", nth: int = 0) -> Edit:
    """选中一段文字按删除键。"""
    return retype(text, "", within=within, nth=nth)


def type_behind(anchor: str, text: str, *, within: str = "", inside_mark: bool = False) -> Edit:
    """把光标放在某处之后打字；紧靠书签末尾时，字在书签外（Word）或书签内（inside_mark）。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(within or anchor)
        last = select(paragraph, anchor)[-1]
        typed = _typed_run(last, text)
        if not inside_mark:
            while last.getnext() is not None and last.getnext().tag == _END:
                last = last.getnext()
        last.addnext(typed)
        return (text,)

    return edit


def type_at_beginning(anchor: str, text: str) -> Edit:
    """在段首打字：字在段落书签之前。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor)
        typed = _typed_run(next(paragraph.iter(w("r"))), text)
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            properties.addnext(typed)
        else:
            paragraph.insert(0, typed)
        return (text,)

    return edit


def overtype(figure: str, new: str, within: str, *, marks: Marks = "removed", nth: int = 0) -> Edit:
    """选中一个数字，打上另一个数字。"""
    return retype(figure, new, within=within, nth=nth, marks=marks)


def move_words(text: str, behind: str, *, within: str = "") -> Edit:
    """选中段内几个字，拖到本段另一处之后：其中数字的书签一起走。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(within or text)
        runs = select(paragraph, text)
        start, end = _span(paragraph, text, 0)
        borders = [
            one
            for opening, closing, a, b in _ends(paragraph).values()
            if start <= a and b <= end
            for one in (opening, closing)
        ]
        moved = [one for one in paragraph if any(one is other for other in (*runs, *borders))]
        target = select(paragraph, behind)[-1]
        while target.getnext() is not None and target.getnext().tag == _END:
            target = target.getnext()
        for one in reversed(moved):
            target.addnext(one)
        return ()

    return edit


def symbol_behind(anchor: str) -> Edit:
    """插入—符号：Wingdings 的对勾。"""

    def edit(file: WordFile) -> Typed:
        last = select(file.paragraph(anchor), anchor)[-1]
        last.addnext(xml('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'))
        return ()

    return edit


def line_break_behind(anchor: str, text: str = "") -> Edit:
    """按 Shift+Enter 换行，再打字。"""

    def edit(file: WordFile) -> Typed:
        last = select(file.paragraph(anchor), anchor)[-1]
        last.addnext(_typed_run(last, f"\n{text}"))
        return (text,) if text else ()

    return edit


# -- paragraphs -------------------------------------------------------------------------------------------------------
def paragraph_behind(anchor: str, *texts: str, nth: int = 0, mark_follows: bool = False) -> Edit:
    """在段末按 Enter 另起一段。mark_follows：段落书签的末端跑到新段末尾。"""

    def edit(file: WordFile) -> Typed:
        old = file.paragraph(anchor, nth)
        last = old
        for text in texts:
            new = _new_paragraph(old, text)
            last.addnext(new)
            last = new
        if mark_follows:
            ends = [closing for _, closing, _, b in _ends(old).values() if b == len(text_of(old))]
            last.extend(ends)
        return texts

    return edit


def paragraph_before(anchor: str, text: str) -> Edit:
    """在段首按 Enter，在上面空出的一行打字。"""

    def edit(file: WordFile) -> Typed:
        old = file.paragraph(anchor)
        old.addprevious(_new_paragraph(old, text))
        return (text,)

    return edit


def split_behind(anchor: str, *, within: str = "") -> Edit:
    """在段落中间按 Enter：新段复制段落格式，段落书签的末端落在第二段。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(within or anchor)
        last = select(paragraph, anchor)[-1]
        while last.getnext() is not None and last.getnext().tag == _END:
            last = last.getnext()
        second = _new_paragraph(paragraph, "")
        second.extend(list(last.itersiblings()))
        paragraph.addnext(second)
        return ()

    return edit


def join_next(anchor: str) -> Edit:
    """在下一段段首按退格键，把它接到本段后面。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor)
        following = paragraph.getnext()
        assert following is not None and following.tag == w("p"), "no paragraph follows"
        paragraph.extend([one for one in following if one.tag != w("pPr")])
        _drop(following)
        return ()

    return edit


def delete_paragraph(anchor: str, *, nth: int = 0, end_stays: bool = False) -> Edit:
    """删去整段。end_stays：书签没有随段落删去，两端都留在正文层（Word 在选到下一段段首时会这样写）。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor, nth)
        if end_stays:
            following = paragraph.getnext()
            for opening, closing, _, _ in _ends(paragraph).values():
                if OUR_MARK.fullmatch(opening.get(w("name"))) and opening.get(w("name"))[1] == "p":
                    paragraph.addprevious(opening)
                    following.addprevious(closing)
        _drop(paragraph)
        return ()

    return edit


def delete_from_to(first: str, last: str) -> Edit:
    """从一段选到另一段，一起删去。"""

    def edit(file: WordFile) -> Typed:
        element, end = file.paragraph(first), file.paragraph(last)
        while element is not end:
            following = element.getnext()
            _drop(element)
            element = following
        _drop(end)
        return ()

    return edit


def new_section(before: str, heading: str, *texts: str, level: int = 2, styled: bool = True) -> Edit:
    """在某个标题前加一整节：自己的标题（套用标题样式，或只是加粗）和几段正文。"""

    def edit(file: WordFile) -> Typed:
        anchor = file.paragraph(before)
        body = file.style("Body Text")
        style = file.style(f"heading {level}") if styled else body
        bold = "" if styled else "<w:b/>"
        made = [
            xml(
                f'<w:p w:rsidR="00B72C41"><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr>'
                f'<w:rFonts w:hint="eastAsia"/>{bold}</w:rPr><w:t>{escaped(heading)}</w:t></w:r></w:p>'
            )
        ]
        for text in texts:
            paragraph = xml(f'<w:p w:rsidR="00B72C41"><w:pPr><w:pStyle w:val="{body}"/></w:pPr></w:p>')
            paragraph.append(_typed_run(None, text))
            made.append(paragraph)
        for one in made:
            anchor.addprevious(one)
        return (heading, *texts)

    return edit


def _chapter(file: WordFile, heading: str) -> list[Element]:
    """A heading and all that stands below it, up to the next one that is not lower."""
    first = file.paragraph(heading)
    level = file.outline_level(first)
    found = [first]
    for element in first.itersiblings():
        if element.tag == w("sectPr") or (element.tag == w("p") and file.outline_level(element) <= level):
            break
        found.append(element)
    return found


def move_chapter(heading: str, before: str) -> Edit:
    """剪切一章，粘贴到另一章前面：书签一起走。"""

    def edit(file: WordFile) -> Typed:
        target = file.paragraph(before)
        for element in _chapter(file, heading):
            target.addprevious(element)
        return ()

    return edit


def delete_chapter(heading: str) -> Edit:
    """删去一章：标题和下面的全部内容。"""

    def edit(file: WordFile) -> Typed:
        _drop(*_chapter(file, heading))
        return ()

    return edit


def move_paragraph(anchor: str, behind: str) -> Edit:
    """剪切一段，粘贴到另一处：书签一起走。"""

    def edit(file: WordFile) -> Typed:
        file.paragraph(behind).addnext(file.paragraph(anchor))
        return ()

    return edit


def copy_paragraph(anchor: str, behind: str, *, marks: Literal["dropped", "duplicated"] = "dropped") -> Edit:
    """复制一段，粘贴到另一处。Word 的副本没有书签（dropped）；有的程序把书签连名字一起复制（duplicated）。"""

    def edit(file: WordFile) -> Typed:
        twin = copy.deepcopy(file.paragraph(anchor))
        if marks == "dropped":
            _without_marks(twin)
        else:
            ids = {one.get(w("id")): str(file.next_id()) for one in twin.iter(_START)}
            for one in list(twin.iter(_START, _END)):
                if one.get(w("id")) in ids:
                    one.set(w("id"), ids[one.get(w("id"))])
        file.paragraph(behind).addnext(twin)
        return ()

    return edit


def retype_paragraph(anchor: str, new: str) -> Edit:
    """三击选中整段重写：段内的书签都没有了，段落格式还在。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor)
        first = next(paragraph.iter(w("r")))
        for one in list(paragraph):
            if one.tag != w("pPr"):
                paragraph.remove(one)
        paragraph.append(_typed_run(first, new))
        return (new,)

    return edit


def paste_plain(anchor: str, text: str) -> Edit:
    """全选一段，换成别处拟好的文字（只保留文本）：书签都没有了，没有改的数和字句照旧。"""
    rewrite = retype_paragraph(anchor, text)

    def edit(file: WordFile) -> Typed:
        rewrite(file)
        return ()

    return edit


# -- looks ------------------------------------------------------------------------------------------------------------
def look(text: str, properties: str, *, within: str = "", nth: int = 0) -> Edit:
    """选中文字改字体、字号、颜色、加粗、突出显示；`properties` 是 w:rPr 里的元素。"""

    def edit(file: WordFile) -> Typed:
        for run in select(file.paragraph(within or text), text, nth):
            for one in xml(f"<w:rPr>{properties}</w:rPr>"):
                _set_in_order(_properties(run), one, _RUN_ORDER)
        return ()

    return edit


def highlight(text: str, *, within: str = "", color: str = "yellow") -> Edit:
    """用荧光笔标一段文字。"""
    return look(text, f'<w:highlight w:val="{color}"/>', within=within)


def centre(anchor: str) -> Edit:
    """把一段改成居中、没有首行缩进。"""

    def edit(file: WordFile) -> Typed:
        properties = file.paragraph(anchor).find(w("pPr"))
        for name in ("ind", "jc"):
            for one in properties.findall(w(name)):
                properties.remove(one)
        end = next((n for n, one in enumerate(properties) if one.tag in (w("rPr"), w("sectPr"))), len(properties))
        properties.insert(end, xml('<w:jc w:val="center"/>'))
        properties.insert(end, xml('<w:ind w:firstLineChars="0" w:firstLine="0"/>'))
        return ()

    return edit


def font_everywhere(name: str) -> Edit:
    """全选，换字体：每个 run 都带上 w:rFonts。"""

    def edit(file: WordFile) -> Typed:
        for run in file.body.iter(w("r")):
            fonts = _properties(run).find(w("rFonts"))
            if fonts is None:
                fonts = etree.Element(w("rFonts"))
                _set_in_order(_properties(run), fonts, _RUN_ORDER)
            fonts.set(w("eastAsia"), name)
        return ()

    return edit


# -- comments, notes, pictures ----------------------------------------------------------------------------------------
def _notes_part(file: WordFile, kind: str, root: str) -> Element:
    name = file.related(kind)
    if not name:
        name = f"word/{kind}.xml"
        first = "" if kind == "comments" else _separators(kind.removesuffix("s"))
        file.add_part(name, f"{_WML}.{kind}+xml", f'<w:{root} xmlns:w="{W}">{first}</w:{root}>')
        file.relate(kind, f"{kind}.xml")
    return file.tree(name)


def _separators(name: str) -> str:
    return "".join(
        f'<w:{name} w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{element}/></w:r></w:p></w:{name}>"
        for number, (kind, element) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
        )
    )


def comment(text: str, words: str, *, within: str = "", author: str = PERSON) -> Edit:
    """选中文字，插入批注。"""

    def edit(file: WordFile) -> Typed:
        runs = select(file.paragraph(within or text), text)
        root = _notes_part(file, "comments", "comments")
        number = len(root)
        root.append(
            xml(
                f'<w:comment w:id="{number}" w:author="{author}" w:date="{DAY}" w:initials="{author[0]}"><w:p><w:r>'
                f'<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{escaped(words)}</w:t></w:r></w:p></w:comment>'
            )
        )
        runs[0].addprevious(xml(f'<w:commentRangeStart w:id="{number}"/>'))
        end = xml(f'<w:commentRangeEnd w:id="{number}"/>')
        runs[-1].addnext(end)
        end.addnext(xml(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        return (words,)

    return edit


def note(anchor: str, words: str, *, within: str = "", kind: Literal["footnote", "endnote"] = "footnote") -> Edit:
    """在文字后面插入脚注或尾注。"""

    def edit(file: WordFile) -> Typed:
        root = _notes_part(file, f"{kind}s", f"{kind}s")
        number = len(root) - 1
        root.append(
            xml(
                f'<w:{kind} w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {escaped(words)}</w:t></w:r></w:p></w:{kind}>'
            )
        )
        last = select(file.paragraph(within or anchor), anchor)[-1]
        while last.getnext() is not None and last.getnext().tag == _END and last.getnext().getnext() is not None:
            last = last.getnext()
        last.addnext(
            xml(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>')
        )
        return (words,)

    return edit


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((200, 30, 30)) * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture(anchor: str, *, own_paragraph: bool = False) -> Edit:
    """插入一张图片（如盖章的扫描件）：在文字后面，或另起一段。"""

    def edit(file: WordFile) -> Typed:
        number = file.next_id()
        name = f"media/image{number}.png"
        file.default_type("png", "image/png")
        file.parts[f"word/{name}"] = _png()
        identifier = file.relate("image", name)
        run = xml(
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="720000" cy="720000"/>'
            f'<wp:docPr id="{number}" name="图片 {number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
            f'uri="{SPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="章.png"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch>'
            '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="720000" cy="720000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
        paragraph = file.paragraph(anchor)
        if own_paragraph:
            new = _new_paragraph(paragraph, "")
            new.append(run)
            paragraph.addnext(new)
        else:
            select(paragraph, anchor)[-1].addnext(run)
        return ()

    return edit


def text_box(anchor: str, words: str) -> Edit:
    """插入文本框：Word 写两份，新格式和 VML。"""

    def edit(file: WordFile) -> Typed:
        number = file.next_id()
        inside = f"<w:txbxContent><w:p><w:r><w:t>{escaped(words)}</w:t></w:r></w:p></w:txbxContent>"
        run = xml(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" '
            f'distR="0"><wp:extent cx="1800000" cy="720000"/><wp:docPr id="{number}" name="文本框 {number}"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{SPACES["wps"]}"><wps:wsp><wps:cNvSpPr '
            'txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="720000"/></a:xfrm><a:prstGeom '
            f'prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect "
            f'id="box{number}" style="width:141.7pt;height:56.7pt"><v:textbox>{inside}</v:textbox></v:rect></w:pict>'
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
        select(file.paragraph(anchor), anchor)[-1].addnext(run)
        return (words,)

    return edit


def hyperlink(text: str, address: str, *, within: str = "") -> Edit:
    """选中文字，插入超链接。"""

    def edit(file: WordFile) -> Typed:
        runs = select(file.paragraph(within or text), text)
        identifier = file.relate("hyperlink", address, external=True)
        link = xml(f'<w:hyperlink r:id="{identifier}" w:history="1"/>')
        runs[0].addprevious(link)
        while link.getnext() is not None and link.getnext() is not runs[-1]:
            link.append(link.getnext())
        link.append(runs[-1])
        for run in runs:
            _set_in_order(_properties(run), xml('<w:color w:val="0563C1"/>'), _RUN_ORDER)
            _set_in_order(_properties(run), xml('<w:u w:val="single"/>'), _RUN_ORDER)
        return ()

    return edit


def date_field(anchor: str, shown: str) -> Edit:
    """插入—日期和时间，自动更新：一个 DATE 域。"""

    def edit(file: WordFile) -> Typed:
        last = select(file.paragraph(anchor), anchor)[-1]
        for one in (
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            f"<w:r><w:t>{escaped(shown)}</w:t></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            '<w:r><w:instrText xml:space="preserve"> DATE \\@ "yyyy年M月d日" </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        ):
            last.addnext(xml(one))
        return (shown,)

    return edit


def control_around(anchor: str, title: str = "请领导审阅") -> Edit:
    """开发工具—格式文本内容控件，套住一整段。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor)
        control = xml(
            f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/><w:id w:val="{file.next_id()}"/></w:sdtPr><w:sdtContent/>'
            "</w:sdt>"
        )
        paragraph.addprevious(control)
        control[-1].append(paragraph)
        return ()

    return edit


def control_in_line(text: str, *, within: str = "") -> Edit:
    """内容控件套住段内的几个字。"""

    def edit(file: WordFile) -> Typed:
        runs = select(file.paragraph(within or text), text)
        control = xml(f'<w:sdt><w:sdtPr><w:id w:val="{file.next_id()}"/></w:sdtPr><w:sdtContent/></w:sdt>')
        runs[0].addprevious(control)
        while control.getnext() is not runs[-1]:
            control[-1].append(control.getnext())
        control[-1].append(runs[-1])
        return ()

    return edit


# -- tracked changes --------------------------------------------------------------------------------------------------
def _change(file: WordFile, name: str) -> Element:
    return xml(f'<w:{name} w:id="{file.next_id()}" w:author="{PERSON}" w:date="{DAY}"/>')


def _strike(file: WordFile, runs: Sequence[Element]) -> None:
    for run in runs:
        around = _change(file, "del")
        run.addprevious(around)
        around.append(run)
        for one in list(run.iter(w("t"))):
            one.tag = w("delText")


def tracked_retype(old: str, new: str, *, within: str = "") -> Edit:
    """修订状态下选中文字重打：旧字 w:del，新字 w:ins；书签留在旧字外。"""

    def edit(file: WordFile) -> Typed:
        runs = select(file.paragraph(within or old), old)
        typed = _typed_run(runs[0], new) if new else None
        _strike(file, runs)
        if typed is not None:
            around = _change(file, "ins")
            around.append(typed)
            last = runs[-1].getparent()
            while last.getnext() is not None and last.getnext().tag == _END and last.getnext().getnext() is not None:
                last = last.getnext()
            last.addnext(around)
        return (new,) if new else ()

    return edit


def tracked_delete(text: str, *, within: str = "") -> Edit:
    """修订状态下删去几个字。"""
    return tracked_retype(text, "", within=within)


def tracked_type(anchor: str, text: str, *, within: str = "") -> Edit:
    """修订状态下打字。"""

    def edit(file: WordFile) -> Typed:
        last = select(file.paragraph(within or anchor), anchor)[-1]
        around = _change(file, "ins")
        around.append(_typed_run(last, text))
        last.addnext(around)
        return (text,)

    return edit


def _mark_properties(paragraph: Element) -> Element:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    mark = properties.find(w("rPr"))
    if mark is None:
        mark = etree.Element(w("rPr"))
        end = next((n for n, one in enumerate(properties) if one.tag in (w("sectPr"), w("pPrChange"))), len(properties))
        properties.insert(end, mark)
    return mark


def tracked_paragraph(anchor: str, text: str) -> Edit:
    """修订状态下另起一段。"""

    def edit(file: WordFile) -> Typed:
        old = file.paragraph(anchor)
        new = _new_paragraph(old, text)
        _mark_properties(new).insert(0, _change(file, "ins"))
        run = new.find(w("r"))
        around = _change(file, "ins")
        run.addprevious(around)
        around.append(run)
        old.addnext(new)
        return (text,)

    return edit


def tracked_delete_paragraph(anchor: str) -> Edit:
    """修订状态下删去整段：字和段落标记都是 w:del，书签还在。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor)
        _mark_properties(paragraph).insert(0, _change(file, "del"))
        _strike(file, [one for one in paragraph if one.tag == w("r")])
        return ()

    return edit


def tracked_look(text: str, *, within: str = "") -> Edit:
    """修订状态下加粗：w:rPrChange。"""

    def edit(file: WordFile) -> Typed:
        for run in select(file.paragraph(within or text), text):
            _set_in_order(_properties(run), xml("<w:b/>"), _RUN_ORDER)
            changed = _change(file, "rPrChange")
            etree.SubElement(changed, w("rPr"))
            _properties(run).append(changed)
        return ()

    return edit


def tracked_move(anchor: str, behind: str) -> Edit:
    """剪切、粘贴一段，开着修订：书签留在原处。"""

    def edit(file: WordFile) -> Typed:
        here = file.paragraph(anchor)
        there = copy.deepcopy(here)
        _without_marks(there)
        for paragraph, name in ((here, "moveFrom"), (there, "moveTo")):
            for run in paragraph.findall(w("r")):
                change = _change(file, name)
                run.addprevious(change)
                change.append(run)
        file.paragraph(behind).addnext(there)
        return ()

    return edit


def accept_all() -> Edit:
    """接受全部修订。"""

    def edit(file: WordFile) -> Typed:
        for around in list(file.body.iter(w("ins"))):
            parent = around.getparent()
            if parent.tag != w("rPr"):
                for one in list(around):
                    around.addprevious(one)
            parent.remove(around)
        for around in list(file.body.iter(w("del"))):
            parent = around.getparent()
            if parent.tag == w("rPr"):
                _drop(parent.getparent().getparent())
            elif parent is not None:
                parent.remove(around)
        for changed in list(file.body.iter(w("rPrChange"))):
            _drop(changed)
        return ()

    return edit


# -- tables -----------------------------------------------------------------------------------------------------------
def _fill(cell: Element, text: str) -> None:
    first, *others = cell.findall(w("p"))
    _drop(*others)
    like = next(iter(first.iter(w("r"))), None)
    for one in list(first):
        if one.tag != w("pPr"):
            first.remove(one)
    if text:
        first.append(_typed_run(like, text))


def row_behind(anchor: str, *cells: str, table: str = "") -> Edit:
    """在某行下方插入一行，填上字。"""

    def edit(file: WordFile) -> Typed:
        row = file.row(anchor, table)
        new = copy.deepcopy(row)
        for cell, text in zip(new.iter(w("tc")), [*cells, *[""] * 40], strict=False):
            _fill(cell, text)
            merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            if merge is not None:
                merge.attrib.clear()
        row.addnext(new)
        return tuple(text for text in cells if text)

    return edit


def delete_row(anchor: str, *, table: str = "") -> Edit:
    """删去表格的一行。"""

    def edit(file: WordFile) -> Typed:
        row = file.row(anchor, table)
        following = row.getnext()
        for cell, below in zip(
            row.iter(w("tc")), following.iter(w("tc")) if following is not None else (), strict=False
        ):
            merge, next_merge = (one.find(f"{w('tcPr')}/{w('vMerge')}") for one in (cell, below))
            begins = merge is not None and merge.get(w("val")) == "restart"
            if begins and next_merge is not None and next_merge.get(w("val"), "continue") == "continue":
                next_merge.set(w("val"), "restart")
                for paragraph in cell.findall(w("p")):
                    below.append(copy.deepcopy(paragraph))
                _drop(below.find(w("p")))
        _drop(row)
        return ()

    return edit


def copy_row(anchor: str, *, table: str = "") -> Edit:
    """复制表格的一行，贴在下面：副本没有书签。"""

    def edit(file: WordFile) -> Typed:
        row = file.row(anchor, table)
        twin = copy.deepcopy(row)
        _without_marks(twin)
        row.addnext(twin)
        return ()

    return edit


def move_row(anchor: str, behind: str, *, table: str = "") -> Edit:
    """把表格的一行拖到另一行下面。"""

    def edit(file: WordFile) -> Typed:
        file.row(behind, table).addnext(file.row(anchor, table))
        return ()

    return edit


def retype_cell(row: str, column: int, text: str, *, table: str = "") -> Edit:
    """单元格里的字全选重打：数字的书签没有了。"""

    def edit(file: WordFile) -> Typed:
        cell = file.row(row, table).findall(w("tc"))[column]
        kept = [one for one in cell.iter(_START) if one.get(w("name"))[1] == "t"]
        ends = [one for one in cell.iter(_END) if one.get(w("id")) in {k.get(w("id")) for k in kept}]
        _fill(cell, text)
        cell.find(w("p")).extend([*kept, *ends])
        return (text,)

    return edit


def shade_cell(row: str, column: int, *, table: str = "") -> Edit:
    """给单元格加底纹。"""

    def edit(file: WordFile) -> Typed:
        properties = file.row(row, table).findall(w("tc"))[column].find(w("tcPr"))
        for old in properties.findall(w("shd")):
            properties.remove(old)
        rank = {w(n): at for at, n in enumerate(["tcW", "gridSpan", "hMerge", "vMerge", "tcBorders"])}
        at = next((n for n, one in enumerate(properties) if one.tag not in rank), len(properties))
        properties.insert(at, xml('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'))
        return ()

    return edit


def column_widths(table: str) -> Edit:
    """拖动表格的竖线：第一列宽一些，最后一列窄一些。"""

    def edit(file: WordFile) -> Typed:
        element = file.table(table)
        columns = element.findall(f"{w('tblGrid')}/{w('gridCol')}")
        first, last = columns[0], columns[-1]
        first.set(w("w"), str(int(first.get(w("w"))) + 100))
        last.set(w("w"), str(int(last.get(w("w"))) - 100))
        widths = [int(one.get(w("w"))) for one in columns]
        for row in element.findall(w("tr")):
            at = 0
            for cell in row.findall(w("tc")):
                span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
                across = int(span.get(w("val"))) if span is not None else 1
                cell.find(f"{w('tcPr')}/{w('tcW')}").set(w("w"), str(sum(widths[at : at + across])))
                at += across
        return ()

    return edit


def merge_cells(row: str, first: int, *, table: str = "") -> Edit:
    """把一行中相邻的两个单元格合并：Word 把两格的段落放在一起。"""

    def edit(file: WordFile) -> Typed:
        left, right = file.row(row, table).findall(w("tc"))[first : first + 2]
        spans = []
        width = 0
        for cell in (left, right):
            span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
            spans.append(int(span.get(w("val"))) if span is not None else 1)
            width += int(cell.find(f"{w('tcPr')}/{w('tcW')}").get(w("w")))
            if span is not None:
                _drop(span)
        properties = left.find(w("tcPr"))
        properties.find(w("tcW")).set(w("w"), str(width))
        properties.find(w("tcW")).addnext(xml(f'<w:gridSpan w:val="{sum(spans)}"/>'))
        for paragraph in right.findall(w("p")):
            if text_of(paragraph):
                left.append(paragraph)
        _drop(right)
        return ()

    return edit


def new_table(anchor: str, *rows: tuple[str, ...]) -> Edit:
    """在一段之后插入一张自己的表格。"""

    def edit(file: WordFile) -> Typed:
        columns = len(rows[0])
        cells = [
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{escaped(text)}</w:t></w:r>'
                "</w:p></w:tc>"
                for text in row
            )
            + "</w:tr>"
            for row in rows
        ]
        table = xml(
            '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
            + '<w:gridCol w:w="2000"/>' * columns
            + "</w:tblGrid>"
            + "".join(cells)
            + "</w:tbl>"
        )
        paragraph = file.paragraph(anchor)
        paragraph.addnext(table)
        table.addnext(_new_paragraph(paragraph, ""))
        return tuple(text for row in rows for text in row)

    return edit


def tables_joined() -> Edit:
    """删去前两张大表之间的段落，后一张的行接到前一张后面。"""

    def edit(file: WordFile) -> Typed:
        found = [one for one in file.body.findall(w("tbl")) if len(one.find(w("tblGrid"))) > 6]
        first, second = found[:2]
        missing = len(first.find(w("tblGrid"))) - len(second.find(w("tblGrid")))
        for row in second.findall(w("tr")):
            properties = row.find(w("trPr"))
            if missing > 0:  # Word lets the shorter rows end before the last columns
                after = etree.SubElement(properties, w("gridAfter"))
                after.set(w("val"), str(missing))
            first.append(row)
        _drop(second)
        return ()

    return edit


def delete_table(text: str) -> Edit:
    """删去整张表格。"""

    def edit(file: WordFile) -> Typed:
        _drop(file.table(text))
        return ()

    return edit


def tracked_row(anchor: str, *cells: str, table: str = "") -> Edit:
    """修订状态下插入一行：w:trPr 里有 w:ins。"""

    def edit(file: WordFile) -> Typed:
        typed = row_behind(anchor, *cells, table=table)(file)
        row = file.row(anchor, table).getnext()
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(0, properties)
        properties.append(_change(file, "ins"))
        for run in list(row.iter(w("r"))):
            around = _change(file, "ins")
            run.addprevious(around)
            around.append(run)
        return typed

    return edit


# -- 目录, charts, headers, properties --------------------------------------------------------------------------------
def type_in_contents(old: str, new: str) -> Edit:
    """直接在目录里改字（更新目录后会丢失）。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.contents(old)
        runs = select(paragraph, old)
        runs[0].addprevious(_typed_run(runs[0], new))
        _drop(*runs)
        return ()

    return edit


def update_contents() -> Edit:
    """按 F9 更新目录：Word 给每行加上制表符和隐藏属性的格式，页码重算。"""

    def edit(file: WordFile) -> Typed:
        for paragraph in file.body.iter(w("p")):
            if not in_contents(paragraph):
                continue
            for run in paragraph.iter(w("r")):
                _set_in_order(_properties(run), xml("<w:noProof/>"), _RUN_ORDER)
            after = False
            for run in paragraph.iter(w("r")):
                after = after or run.find(w("tab")) is not None
                if after:
                    _set_in_order(_properties(run), xml("<w:webHidden/>"), _RUN_ORDER)
            shown = [one for one in paragraph.iter(w("t")) if (one.text or "").isdigit()]
            for one in shown:
                one.text = str(int(one.text) + 1)
        return ()

    return edit


def _chart_paragraph(file: WordFile, caption: str) -> Element:
    return file.paragraph(caption).getprevious()


def delete_chart(caption: str, *, with_caption: bool = True) -> Edit:
    """删去一张图，连同图题。"""

    def edit(file: WordFile) -> Typed:
        title = file.paragraph(caption)
        _drop(title.getprevious())
        if with_caption:
            _drop(title)
        return ()

    return edit


def _chart_part(file: WordFile, caption: str) -> Element:
    chart = next(_chart_paragraph(file, caption).iter(f"{{{SPACES['c']}}}chart"))
    identifier = chart.get(f"{{{SPACES['r']}}}id")
    return file.tree(next(target for _, target, one in file.relations(file.main) if one == identifier))


def recolour_chart(caption: str, color: str = "00B050") -> Edit:
    """给图换颜色。"""

    def edit(file: WordFile) -> Typed:
        tree = _chart_part(file, caption)
        for one in tree.iter(f"{{{SPACES['c']}}}ser", f"{{{SPACES['c']}}}dPt"):
            for fill in one.findall(f"{{{SPACES['c']}}}spPr//{{{SPACES['a']}}}srgbClr"):
                fill.set("val", color)
        return ()

    return edit


def chart_value(caption: str, old: str, new: str) -> Edit:
    """在“编辑数据”里改一个数：图中缓存的值变了（工作簿从略）。"""

    def edit(file: WordFile) -> Typed:
        for one in _chart_part(file, caption).iter(f"{{{SPACES['c']}}}v"):
            if one.text == old:
                one.text = new
        return ()

    return edit


def chart_label(caption: str, old: str, new: str) -> Edit:
    """改图上写着的字。"""

    def edit(file: WordFile) -> Typed:
        for one in _chart_part(file, caption).iter(f"{{{SPACES['a']}}}t"):
            if one.text == old:
                one.text = new
        return ()

    return edit


def joined_with_chart(anchor: str) -> Edit:
    """在一段的末尾按 Delete，下面的图接上来；段的书签没有了，数字的还在。"""

    def edit(file: WordFile) -> Typed:
        paragraph = file.paragraph(anchor)
        chart = next(one for one in file.paragraphs() if next(one.iter(f"{{{SPACES['c']}}}chart"), None) is not None)
        for mark in list(paragraph.iter(_START)):
            if mark.get(w("name")).startswith("_p"):
                _drop(mark)
        paragraph.extend(chart.findall(w("r")))
        _drop(chart)
        return ()

    return edit


def into_cell(anchor: str) -> Edit:
    """剪切一段，粘贴到第一张表的第一格。"""

    def edit(file: WordFile) -> Typed:
        next(file.body.iter(w("tc"))).append(file.paragraph(anchor))
        return ()

    return edit


def resize_chart(caption: str) -> Edit:
    """拖动图的一角，缩小。"""

    def edit(file: WordFile) -> Typed:
        extent = next(_chart_paragraph(file, caption).iter(f"{{{SPACES['wp']}}}extent"))
        extent.set("cx", "3600000")
        extent.set("cy", "1800000")
        return ()

    return edit


def header_text(words: str, kind: Literal["header", "footer"] = "header") -> Edit:
    """在页眉或页脚打字。"""

    def edit(file: WordFile) -> Typed:
        part = "hdr" if kind == "header" else "ftr"
        name = f"{kind}91"
        file.add_part(
            f"word/{name}.xml",
            f"{_WML}.{kind}+xml",
            f'<w:{part} xmlns:w="{W}"><w:p><w:r><w:t>{escaped(words)}</w:t></w:r></w:p></w:{part}>',
        )
        identifier = file.relate(kind, f"{name}.xml")
        section = list(file.body.iter(w("sectPr")))[-1]
        for old in section.findall(w(f"{kind}Reference")):
            if old.get(w("type")) == "default":
                section.remove(old)
        section.insert(0, xml(f'<w:{kind}Reference w:type="default" r:id="{identifier}"/>'))
        return (words,)

    return edit


def footer_words(words: str) -> Edit:
    """在现有页脚的页码后面打字。"""

    def edit(file: WordFile) -> Typed:
        file.tree(file.related("footer")).find(w("p")).append(_typed_run(None, words))
        return (words,)

    return edit


def title_property(words: str) -> Edit:
    """文件—信息：改标题。"""

    def edit(file: WordFile) -> Typed:
        tree = file.tree("docProps/core.xml")
        title = tree.find("{http://purl.org/dc/elements/1.1/}title")
        title.text = words
        return (words,)

    return edit


def custom_style(name: str = "局办公室正文", *anchors: str) -> Edit:
    """新建样式，套用到几段上。"""

    def edit(file: WordFile) -> Typed:
        identifier = "JuBanGongShi"
        file.tree(file.related("styles")).append(
            xml(
                f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="{file.style("Body Text")}"/><w:rPr><w:color w:val="C00000"/></w:rPr></w:style>'
            )
        )
        for anchor in anchors:
            file.paragraph(anchor).find(f"{w('pPr')}/{w('pStyle')}").set(w("val"), identifier)
        return ()

    return edit


def page_break_before(anchor: str) -> Edit:
    """在一段前按 Ctrl+Enter。"""

    def edit(file: WordFile) -> Typed:
        anchor_paragraph = file.paragraph(anchor)
        new = _new_paragraph(anchor_paragraph, "")
        new.append(xml('<w:r><w:br w:type="page"/></w:r>'))
        anchor_paragraph.addprevious(new)
        return ()

    return edit


def own_bookmark(text: str, name: str = "重点") -> Edit:
    """给一段文字加自己的书签。"""

    def edit(file: WordFile) -> Typed:
        runs = select(file.paragraph(text), text)
        number = file.next_id()
        runs[0].addprevious(xml(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'))
        runs[-1].addnext(xml(f'<w:bookmarkEnd w:id="{number}"/>'))
        return ()

    return edit


# -- saving -----------------------------------------------------------------------------------------------------------
def save_in_word() -> Edit:
    """Word 保存：rsid、拼写标记、上次分页位置、书签重新编号；样子相同又挨着的 run 合成一个；同一处的书签换先后。"""

    def edit(file: WordFile) -> Typed:
        body = file.body
        _merge_runs(body)
        for at, paragraph in enumerate(body.iter(w("p"))):
            paragraph.set(w("rsidR"), "00A54E17")
            paragraph.set(w("rsidRDefault"), "00A54E17")
            runs = [one for one in paragraph if one.tag == w("r") and one.find(w("t")) is not None]
            if runs and at % 3 == 0:
                runs[0].addprevious(xml('<w:proofErr w:type="gramStart"/>'))
                runs[-1].addnext(xml('<w:proofErr w:type="gramEnd"/>'))
            if runs and at % 17 == 0:
                first = runs[0].find(w("t"))
                first.addprevious(etree.Element(w("lastRenderedPageBreak")))
        for start in list(body.iter(_START)):
            following = start.getnext()
            if following is not None and following.tag == _START and following.get(w("name")) < start.get(w("name")):
                following.addnext(start)
        back = [one for one in body.iter(_START) if one.get(w("name")) == "_GoBack"]
        ends = [one for one in body.iter(_END) if one.get(w("id")) in {start.get(w("id")) for start in back}]
        _drop(*back, *ends)
        _renumber(body, 0)
        first = next(body.iter(w("r")))
        first.addprevious(xml('<w:bookmarkStart w:id="99999" w:name="_GoBack"/>'))
        first.addprevious(xml('<w:bookmarkEnd w:id="99999"/>'))
        return ()

    return edit


def save_in_wps() -> Edit:
    """WPS 保存：每个 run 都有 w:rFonts 和 w:lang，书签从 0 编号，多一个自己的 customXml 部件（事实部件换了名字）。"""

    def edit(file: WordFile) -> Typed:
        body = file.body
        for run in body.iter(w("r")):
            if run.find(w("t")) is not None:
                if _properties(run).find(w("rFonts")) is None:
                    _set_in_order(_properties(run), xml('<w:rFonts w:hint="eastAsia"/>'), _RUN_ORDER)
                _set_in_order(_properties(run), xml('<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'), _RUN_ORDER)
        _renumber(body, 0)
        if "customXml/item9.xml" in file.parts:
            return ()
        file.save()
        file.parts["customXml/item9.xml"] = file.parts.pop("customXml/item1.xml")
        file.parts["customXml/_rels/item9.xml.rels"] = file.parts.pop("customXml/_rels/item1.xml.rels")
        for one in file.tree("word/_rels/document.xml.rels"):
            if one.get("Target") == "../customXml/item1.xml":
                one.set("Target", "../customXml/item9.xml")
        for name in [n for n in file._trees if n.startswith("customXml/")]:
            del file._trees[name]
        file.parts["customXml/item1.xml"] = (
            b'<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" '
            b'xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>'
        )
        file.relate("customXml", "../customXml/item1.xml")
        return ()

    return edit


def _renumber(body: Element, first: int) -> None:
    """Bookmarks count from `first` in reading order; the ends go with their starts."""
    new: dict[str, str] = {}
    for number, start in enumerate(body.iter(_START), first):
        new[start.get(w("id"))] = str(number)
        start.set(w("id"), new[start.get(w("id"))])
    for end in body.iter(_END):
        if end.get(w("id")) in new:
            end.set(w("id"), new[end.get(w("id"))])


def _merge_runs(body: Element) -> None:
    for run in list(body.iter(w("r"))):
        before = run.getprevious()
        if before is None or before.tag != w("r") or len(run.findall(w("t"))) != 1 or before.attrib != run.attrib:
            continue
        mine, theirs = run.find(w("rPr")), before.find(w("rPr"))
        looks = [b"" if one is None else etree.tostring(one) for one in (mine, theirs)]
        if looks[0] != looks[1] or run[-1].tag != w("t") or before[-1].tag != w("t"):
            continue
        if len(run) != (2 if mine is not None else 1):
            continue
        set_text(before[-1], (before[-1].text or "") + (run[-1].text or ""))
        _drop(run)
