"""The tables of a document as CSV files that Excel opens with a double click: as they are printed, cell by cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.document.nodes import Block, Cell, Figure, Inlines, LineBreak, Table
from generator.names import safe_file_name

_CONTINUED = "（续）"
_STARTS_FORMULA = tuple("=+-@＝＋－＠\t\r")
_NUMBER = re.compile(r"[-+－]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?")
_DASHES = re.compile(r"[-－]+")


def table_files(blocks: Iterable[Block]) -> dict[str, bytes]:
    """File name (the table's title) → UTF-8 with BOM, lines ended by CRLF; a table that goes on in a second one is
    whole."""
    found: dict[str, bytes] = {}
    for table in _whole(block for block in blocks if isinstance(block, Table)):
        title = safe_file_name(_plain(table.title).replace("\n", "").strip() or table.name or "表")
        name, number = f"{title}.csv", 1
        while name.lower() in {one.lower() for one in found}:
            number += 1
            name = f"{title}（{number}）.csv"
        found[name] = _csv(_lines(table))
    return found


def _whole(tables: Iterable[Table]) -> list[Table]:
    found: list[Table] = []
    for table in tables:
        last = found[-1] if found else None
        if last is not None and table.name == last.name + _CONTINUED and len(table.columns) == len(last.columns):
            found[-1] = replace(last, body=(*last.body, *table.body), notes=(*last.notes, *table.notes))
        else:
            found.append(table)
    return found


def _lines(table: Table) -> Iterator[Sequence[str]]:
    """The lines above with number and unit, the rows, the notes. A merged cell stands where it begins."""
    left = (*_plain(table.left_note).split("\t"), table.unit)
    for line in ((table.number,), left):
        if any(line):
            yield [words for words in line if words]
    for row in (*table.head, *table.body):
        yield [_text(cell) for cell in row.cells]
    for note in table.notes:
        yield [_plain(note).replace("\t", " ")]


def _text(cell: Cell) -> str:
    if isinstance(cell, Figure):
        return cell.text
    return cell if isinstance(cell, str) else _plain(cell)


def _plain(content: Inlines) -> str:
    return "".join("\n" if isinstance(one, LineBreak) else one.text for one in content)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(words) for words in line] for line in lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(words: str) -> str:
    """Excel runs what begins like a formula, whoever typed it; numbers and dashes are left as they are."""
    bare = words.strip(" \u3000\xa0")
    harmless = not bare.startswith(_STARTS_FORMULA) or _NUMBER.fullmatch(bare) or _DASHES.fullmatch(bare)
    return words if harmless else f"'{words}"
