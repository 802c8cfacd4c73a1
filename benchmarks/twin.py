"""A docxtpl template made once from a finished document, and the plain ready texts that fill it.

Everything in doubt is decided in docxtpl's favour: its texts are ready (nothing to compute, format or mark), its styles
are ours, fixed words of table heads stand in the template, columns are written out instead of looped over, nothing is
escaped, and the charts, which it cannot make, are left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from generator.document.nodes import Block, Cell, Chart, Contents, Document, Figure, Heading, Paragraph, Row, Run, Table
from generator.word.look import Look
from generator.word.xml import W
from generator.writers.chart_values import shown
from generator.writers.docx import write_docx
from generator.writers.docx.body import entries
from generator.writers.docx.inline import plain
from generator.writers.grid import slots

Content = dict[str, Any]
_LINE = (Run("{{ 行.文 }}"),)


@dataclass(frozen=True, slots=True)
class Twin:
    """A docxtpl template and what fills it."""

    template: bytes
    content: Content


def twin(document: Document, look: Look, pages: Mapping[str, int]) -> Twin:
    maker = _Maker(document, pages)
    return Twin(write_docx(Document(document.meta, maker.blocks()), look, publish=True), maker.content)


def printed_words(docx: bytes) -> list[str]:
    """The words of each paragraph and cell of a .docx that has any, in order: equal for twins."""
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    marks = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n"}
    words = []
    for paragraph in body.iter(f"{{{W}}}p"):
        runs = paragraph.iter(f"{{{W}}}r")
        pieces = [marks.get(piece.tag) or piece.text or "" for run in runs for piece in run if piece.tag in _PRINTED]
        words.append("".join(pieces))
    return [line for line in words if line]


_PRINTED = {f"{{{W}}}{name}" for name in ("t", "tab", "br")}


class _Maker:
    """Lines of the same style share one branch of a loop, so do rows without spans; each table is its own."""

    def __init__(self, document: Document, pages: Mapping[str, int]) -> None:
        self.document, self.pages = document, pages
        self.content: Content = {}
        self.out: list[Block] = []
        self.lines: list[tuple[Block, Content]] = []

    def blocks(self) -> tuple[Block, ...]:
        for block in self.document.blocks:
            if self.lines_of(block):
                continue
            self.loop()
            if isinstance(block, Table):
                name = f"表{len(self.content)}"
                self.content[name] = _table_content(block)
                self.out.append(_table_pattern(block, name))
            else:
                # docxtpl drops the paragraph of a loop's end, and the section's properties with it.
                self.out += [Paragraph(()), block] if self.out else [block]
        self.loop()
        return tuple(self.out)

    def lines_of(self, block: Block) -> bool:
        """Add a block that prints as lines of words to the open loop; False when it is none."""
        if isinstance(block, Paragraph):
            self.line(Paragraph(_LINE, block.style), plain(block.content))
        elif isinstance(block, Heading):
            pattern = replace(block, number="", content=_LINE, anchor="", in_contents=False)
            self.line(pattern, block.number + plain(block.content))
        elif isinstance(block, Chart):
            if block.empty and not shown(block).series:
                self.line(Paragraph(_LINE, "图无"), block.empty)
            self.line(Paragraph(_LINE, "图题"), plain(block.caption))
        elif isinstance(block, Contents):
            self.line(Paragraph(_LINE, "目录标题"), block.title)
            for entry in entries(self.document.blocks, self.pages):
                self.line(
                    Paragraph((Run("{{ 行.文 }}\t{{ 行.页 }}"),), f"目录{entry.level}"), entry.text, 页=entry.page
                )
        else:
            return False
        return True

    def line(self, pattern: Block, text: str, **more: object) -> None:
        self.lines.append((pattern, {"文": text, **more}))

    def loop(self) -> None:
        if not self.lines:
            return
        name = f"段落{len(self.content)}"
        patterns: list[Block] = []
        for pattern, _ in self.lines:
            if pattern not in patterns:
                patterns.append(pattern)
        self.content[name] = [{"种": patterns.index(pattern), **words} for pattern, words in self.lines]
        self.out.append(_paragraph_tag(f"for 行 in {name}"))
        for number, pattern in enumerate(patterns):
            self.out += [_paragraph_tag(f"if 行.种 == {number}"), pattern, _paragraph_tag("endif")]
        self.out.append(_paragraph_tag("endfor"))
        self.lines = []


# -- tables ------------------------------------------------------------------------------------------------------------
def _table_content(table: Table) -> Content:
    return {
        "题": plain(table.title),
        "号": table.number,
        "左注": plain(table.left_note),
        "单位": table.unit,
        "注": [plain(note) for note in table.notes],
        "组": [[{"粗": row.bold, "格": [_text(cell) for cell in row.cells]} for row in g] for g in _row_groups(table)],
    }


def _table_pattern(table: Table, name: str) -> Table:
    columns = len(table.columns)
    body: list[Row] = []
    for number, rows in enumerate(_row_groups(table)):
        group = f"{name}.组[{number}]"
        if not _loops(rows[0]):
            body.append(replace(rows[0], cells=_places(f"{group}[0]", columns)))
            continue
        weights = sorted({row.bold for row in rows})
        body.append(_row_tag(f"for 行 in {group}", columns))
        if len(weights) == 1:
            body.append(Row(_places("行", columns), bold=weights[0]))
        else:
            body += [_row_tag("if 行.粗", columns), Row(_places("行", columns), bold=True), _row_tag("else", columns)]
            body += [Row(_places("行", columns)), _row_tag("endif", columns)]
        body.append(_row_tag("endfor", columns))
    return replace(
        table,
        head=tuple(replace(row, cells=tuple(map(_text, row.cells))) for row in table.head),
        body=tuple(body),
        title=(Run(f"{{{{ {name}.题 }}}}"),) if table.title else (),
        number=f"{{{{ {name}.号 }}}}" if table.number else "",
        left_note=(Run(f"{{{{ {name}.左注 }}}}"),) if table.left_note else (),
        unit=f"{{{{ {name}.单位 }}}}" if table.unit else "",
        notes=tuple((Run(f"{{{{ {name}.注[{at}] }}}}"),) for at in range(len(table.notes))),
    )


def _row_groups(table: Table) -> list[list[Row]]:
    groups: list[list[Row]] = []
    for row, spanned in zip(table.body, slots(table.body, len(table.columns)), strict=True):
        if groups and not spanned and not row.align and _loops(groups[-1][0]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _loops(row: Row) -> bool:
    """Whether rows such as this one can share a loop."""
    return not row.spans and not row.align


def _places(row: str, columns: int) -> tuple[str, ...]:
    return tuple(f"{{{{ {row}.格[{column}] }}}}" for column in range(columns))


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Figure) else plain(cell) if isinstance(cell, tuple) else cell


def _paragraph_tag(words: str) -> Paragraph:
    """A paragraph of the template that holds only a tag for paragraphs."""
    return Paragraph((Run(f"{{%p {words} %}}"),))


def _row_tag(words: str, columns: int) -> Row:
    """The same for rows."""
    return Row((f"{{%tr {words} %}}", *[""] * (columns - 1)))
