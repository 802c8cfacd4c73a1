"""目录: a complete TOC field, right without pressing F9 and giving the same entries after it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.frames.frame import field
from generator.word.look import Look, Sheet
from generator.word.xml import run

_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    level: int
    text: str
    bookmark: str
    page: int


def contents(entries: tuple[ContentsEntry, ...], look: Look, sheet: Sheet, breaks: bool, end: str) -> str:
    """The entries' paragraphs; the field opens in the first and closes in the last, so no empty line is left over."""
    deepest = max((entry.level for entry in entries), default=2)
    opening = _BEGIN.format(rf'TOC \o "1-{deepest}" \h \z \u')
    out = []
    final = len(entries) - 1
    levels = max(n for n in range(1, 10) if any(style.name == f"目录{n}" for style in look.styles))
    for index, entry in enumerate(entries):
        style = look.style(f"目录{min(entry.level, levels)}")
        new_page = "<w:pageBreakBefore/>" if breaks and index == 0 else ""
        tab = ""
        if sheet.text_width != look.portrait.text_width:
            tab = (
                f'<w:tabs><w:tab w:val="clear" w:pos="{look.portrait.text_width}"/>'
                f'<w:tab w:val="right" w:leader="dot" w:pos="{sheet.text_width}"/></w:tabs>'
            )
        page = field(rf"PAGEREF {entry.bookmark} \h", str(entry.page))
        link = (
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>{page}'
            "</w:hyperlink>"
        )
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style.identifier}"/>{new_page}{tab}{end if index == final else ""}</w:pPr>'
            f"{opening if index == 0 else ''}{link}{_END if index == final else ''}</w:p>"
        )
    if not entries:
        out.append(f"<w:p><w:pPr>{'<w:pageBreakBefore/>' if breaks else ''}{end}</w:pPr>{opening}{_END}</w:p>")
    return "".join(out)
