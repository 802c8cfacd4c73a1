"""待办: what a refreshed file leaves to people, as a small document to hand out and tick off."""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.document.nodes import Block, Column, Document, Heading, Meta, Paragraph, Row, Run, SectionStart, Table

_LOOK = "表单"
_COLUMNS = (Column(12), Column(80, "左"), Column(48, "左"), Column(16))


def to_do_document(file: str, findings: Sequence[Diagnostic]) -> Document:
    """One row for each finding, in the file's order; `file`: the name of the refreshed file."""
    title = f"{file} 更新后的待办"
    blocks: list[Block] = [SectionStart(), Heading(1, "", (Run("更新后的待办"),), "标题1", "待办")]
    asked = f"下列{len(findings)}处要由人看一看，文件里都有批注。" if findings else "没有要由人决定的地方。"
    words = f"“{file}”更新以后，{asked}"
    blocks.append(Paragraph((Run(words),)))
    if findings:
        head = (Row(("序号", "在哪里，要看什么", "怎么办", "办结")),)
        rows = tuple(Row((str(n), one.message, one.hint, "□")) for n, one in enumerate(findings, 1))
        blocks.append(Table("待办", _COLUMNS, head, rows, style=_LOOK))
    return Document(Meta(title, subject="待办"), tuple(blocks))
