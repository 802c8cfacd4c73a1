"""Small documents by hand: lines of text, tables as «a | b | c», and what is found in them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.printed.figures import plain_number, tokens_of, usual_steps, with_usual_steps
from generator.printed.model import Cell, Paragraph, ReadDocument, Spot, Table
from generator.verify.findings import said
from generator.verify.verify import Report, verify_document


def text(*lines: str, under: str = "收入支出决算总体情况说明") -> ReadDocument:
    """Paragraphs below one heading."""
    blocks = [Paragraph(at, line, tokens_of(line, Spot("段", at)), (under,)) for at, line in enumerate(lines, 1)]
    usual = usual_steps(token for block in blocks for token in block.tokens)
    return ReadDocument(tuple(one._replace(tokens=with_usual_steps(one.tokens, usual)) for one in blocks))


def table(title: str, drawn: str, *, heads: int = 1, unit: str = "万元", notes: Sequence[str] = ()) -> Table:
    """One line a row, cells between «|»; «<» continues the cell at the left, «^» the one above."""
    fields: list[list[Cell]] = []
    for row, line in enumerate(drawn.strip("\n").splitlines()):
        cells: list[Cell] = []
        for column, words in enumerate(word.rstrip().removeprefix(" ") for word in line.strip().split("|")):
            if words == "<":
                cells.append(cells[-1])
            elif words == "^":
                cells.append(fields[row - 1][column])
            else:
                spot = Spot("表", 1, row + 1, column + 1, 0, len(words))
                figure = plain_number(words, unit, spot)
                tokens = () if figure else tokens_of(words, spot)
                if len(tokens) == 1 and tokens[0].figure and tokens[0].end - tokens[0].start == len(words):
                    figure = tokens[0].figure
                cells.append(Cell(row, column, 1, 1, words, figure, tokens))
        fields.append(cells)
    spread = {id(cell): _spread(cell, fields) for line in fields for cell in line}
    grid = tuple(tuple(spread[id(cell)] for cell in line) for line in fields)
    return Table(1, title, unit, grid, heads, ("决算表",), tuple(notes))


def _spread(cell: Cell, fields: list[list[Cell]]) -> Cell:
    rows = [at for at, line in enumerate(fields) if any(one is cell for one in line)]
    across = sum(1 for one in fields[cell.row] if one is cell)
    return cell._replace(down=len(rows), across=across)


def report(*blocks: Table | ReadDocument) -> Report:
    """All blocks as one document; tables are numbered in order."""
    held: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Table):
            number = 1 + sum(isinstance(one, Table) for one in held)
            held.append(_numbered(block, number))
        else:
            held += block.paragraphs
    return verify_document(ReadDocument(tuple(held)))


def _numbered(block: Table, number: int) -> Table:
    def moved(cell: Cell | None) -> Cell | None:
        if cell is None or cell.figure is None:
            return cell
        return cell._replace(figure=cell.figure._replace(spot=cell.figure.spot._replace(number=number)))

    cells = {id(cell): moved(cell) for line in block.grid for cell in line}
    return block._replace(number=number, grid=tuple(tuple(cells[id(cell)] for cell in line) for line in block.grid))


def wrong(*blocks: Table | ReadDocument) -> list[str]:
    """What the contradictions say."""
    return [said(claim) for claim in report(*blocks).contradictions]


def judged(*blocks: Table | ReadDocument) -> list[str]:
    """«ok 占比＝部分÷总额», one line a claim."""
    return [f"{claim.verdict.value} {claim.rule}" for claim in report(*blocks).claims]
