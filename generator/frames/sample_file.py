"""style.docx as an office begins with it: the frame of a pack, and each style shown by a line of its own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.shared import Twips

from generator.frames.frame_maker import saved
from generator.word.look import IN_WORD, Look, TableLook

BODY = "{{ 正文 }}"
_HELP = (
    "上面一行代表报告的正文：它前面的内容（封面、徽标）照样印在报告最前面，它后面的都是样张，不印。",
    "要改字体、字号、行距、颜色，请改样式本身（在“样式”窗格里右键选“修改”）；只改这里的几个字，报告里不会变。",
    "页边距、页眉、页脚在这一页和最后的横页上改。改好后存为 style.docx，放进模板包，或者放在填报数据旁边。",
)


def sample_file(frame: bytes, look: Look) -> bytes:
    """The frame with `{{ 正文 }}` and a sample of every style and table; what stands in front stays there."""
    document = docx.Document(BytesIO(frame))
    upright = document.paragraphs[-1]
    body = look.styles[0].identifier
    for text in (BODY, *_HELP):
        _line(upright, text, body)
    for style in look.styles:
        _line(upright, f"{IN_WORD.get(style.name, style.name)}：这个样式的文字", style.identifier)
    for table in look.tables:
        _table(document, look, table)
    return saved(document)


def _line(before: Any, text: str, identifier: str) -> None:
    made = before.insert_paragraph_before(text)
    made._p.get_or_add_pPr().get_or_add_pStyle().val = identifier


def _table(document: Any, look: Look, table: TableLook) -> None:
    made = document.add_table(rows=2, cols=3)
    made._tbl.tblPr.get_or_add_tblStyle().val = table.identifier
    for row, style, words in zip(made.rows, (table.head, table.text), ("表头", "文字"), strict=True):
        for number, cell in enumerate(row.cells, 1):
            cell.width = Twips(look.landscape.text_width // 3)
            paragraph = cell.paragraphs[0]
            paragraph.text = f"{table.name}的{words} {number}"
            paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = look.style(style).identifier
    document.add_paragraph()
