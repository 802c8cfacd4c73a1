"""The same content through docxtpl: a template made once from our own document, and plain ready texts to fill it.

Everything in doubt is decided in docxtpl's favour: its texts are ready (nothing to compute, format or mark), its styles are
ours, fixed words of table heads stand in the template, columns are written out instead of looped over, nothing is
escaped, and the charts, which it cannot make, are left out.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.document.nodes import Block, Cell, Document, Heading, Paragraph, Row, Table
    from generator.word.look import Look

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Twin:
    """A docxtpl template and what fills it."""

    template: bytes
    content: Content


def render(template: bytes, content: Content) -> bytes:
    """The measured work: load, render, save."""
    from docxtpl import DocxTemplate

    made = DocxTemplate(io.BytesIO(template))
    made.render(content)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def twin(document: Document, look: Look, pages: Mapping[str, int]) -> Twin:
    from generator.document.nodes import Document
    from generator.writers.docx import write_docx

    maker = _Maker(document, look, pages)
    return Twin(write_docx(Document(document.meta, maker.blocks()), look, publish=True), maker.content)


class _Maker:
    """Lines of the same style share one branch of a loop, so do rows without spans, and tables that look the same."""

    def __init__(self, document: Document, look: Look, pages: Mapping[str, int]) -> None:
        self.document, self.look, self.pages = document, look, pages
        self.content: Content = {}
        self.out: list[Block] = []
        self.lines: list[tuple[Block, dict[str, object]]] = []

    def blocks(self) -> tuple[Block, ...]:
        from generator.document.nodes import Paragraph, Table

        position, all_blocks = 0, self.document.blocks
        while position < len(all_blocks):
            block = all_blocks[position]
            alike = _tables_alike(all_blocks[position:])
            if len(alike) > 1:
                self.loop_of_tables(alike)
                position += 2 * len(alike)
                continue
            position += 1
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
        """Put a block that prints as lines of words to the open loop; False when it is none."""
        from generator.document.nodes import Chart, Contents, Heading, Paragraph
        from generator.writers.chart_values import shown
        from generator.writers.docx.body import entries
        from generator.writers.docx.inline import plain

        if isinstance(block, Paragraph):
            self.line(Paragraph(_run("{{ 行.文 }}"), block.style), 文=plain(block.content))
        elif isinstance(block, Heading):
            self.line(_heading_pattern(block, "行.文"), 文=block.number + plain(block.content))
        elif isinstance(block, Chart):
            if block.empty and not shown(block).series:
                self.line(Paragraph(_run("{{ 行.文 }}"), "图无"), 文=block.empty)
            self.line(Paragraph(_run("{{ 行.文 }}"), "图题"), 文=plain(block.caption))
        elif isinstance(block, Contents):
            self.line(Paragraph(_run("{{ 行.文 }}"), "目录标题"), 文=block.title)
            for entry in entries(self.document.blocks, self.pages):
                pattern = Paragraph(_run("{{ 行.文 }}\t{{ 行.页 }}"), f"目录{entry.level}")
                self.line(pattern, 文=entry.text, 页=entry.page)
        else:
            return False
        return True

    def line(self, pattern: Block, **words: object) -> None:
        self.lines.append((pattern, words))

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

    def loop_of_tables(self, alike: Sequence[tuple[Heading, Table]]) -> None:
        from generator.writers.docx.inline import plain

        self.loop()
        name = f"各表{len(self.content)}"
        self.content[name] = [
            {"标题": heading.number + plain(heading.content), **_table_content(table)} for heading, table in alike
        ]
        heading, table = alike[-1]
        self.out += [_paragraph_tag(f"for 表 in {name}"), _heading_pattern(heading, "表.标题")]
        self.out += [_table_pattern(table, "表"), _paragraph_tag("endfor")]


def _tables_alike(blocks: Sequence[Block]) -> list[tuple[Heading, Table]]:
    """The headings with tables at the beginning whose tables differ in nothing but words."""
    from generator.document.nodes import Heading, Table

    found: list[tuple[Heading, Table]] = []
    for heading, table in zip(blocks[::2], blocks[1::2], strict=False):
        if not isinstance(heading, Heading) or not isinstance(table, Table):
            break
        if found and _table_pattern(found[0][1], "表") != _table_pattern(replace(table, name=found[0][1].name), "表"):
            break
        found.append((heading, table))
    return found


def _heading_pattern(heading: Heading, word: str) -> Heading:
    return replace(heading, number="", content=_run(f"{{{{ {word} }}}}"), anchor="", in_contents=False)


def _row_groups(table: Table) -> list[list[Row]]:
    from generator.writers.grid import slots

    groups: list[list[Row]] = []
    for row, spanned in zip(table.body, slots(table.body, len(table.columns)), strict=True):
        if groups and not spanned and not row.align and _loops(groups[-1][0]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _table_content(table: Table) -> Content:
    from generator.writers.docx.inline import plain

    return {
        "题": plain(table.title),
        "号": table.number,
        "左注": plain(table.left_note),
        "单位": table.unit,
        "注": [plain(note) for note in table.notes],
        "组": [
            [{"粗": row.bold, "格": [_text(cell) for cell in row.cells]} for row in rows] for rows in _row_groups(table)
        ],
    }


def _table_pattern(table: Table, name: str) -> Table:
    from generator.document.nodes import Row

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
        title=_run(f"{{{{ {name}.题 }}}}") if table.title else (),
        number=f"{{{{ {name}.号 }}}}" if table.number else "",
        left_note=_run(f"{{{{ {name}.左注 }}}}") if table.left_note else (),
        unit=f"{{{{ {name}.单位 }}}}" if table.unit else "",
        notes=tuple(_run(f"{{{{ {name}.注[{at}] }}}}") for at in range(len(table.notes))),
    )


def _run(text: str) -> tuple[Any, ...]:
    from generator.document.nodes import Run

    return (Run(text),)


def _loops(row: Row) -> bool:
    """Whether rows such as this one can share a loop."""
    return not row.spans and not row.align


def _paragraph_tag(words: str) -> Paragraph:
    """A paragraph of the template that holds only a tag for paragraphs."""
    from generator.document.nodes import Paragraph

    return Paragraph(_run(f"{{%p {words} %}}"))


def _row_tag(words: str, columns: int) -> Row:
    """The same for rows."""
    from generator.document.nodes import Row

    return Row((f"{{%tr {words} %}}", *[""] * (columns - 1)))


def _places(row: str, columns: int) -> tuple[str, ...]:
    return tuple(f"{{{{ {row}.格[{column}] }}}}" for column in range(columns))


def _text(cell: Cell) -> str:
    from generator.document.nodes import Figure
    from generator.writers.docx.inline import plain

    return cell.text if isinstance(cell, Figure) else plain(cell) if isinstance(cell, tuple) else cell


def main(arguments: Sequence[str]) -> None:
    """One cold run: template, content as JSON, and where the .docx goes."""
    template, content, output = map(Path, arguments)
    output.write_bytes(render(template.read_bytes(), json.loads(content.read_text("utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1:])
