"""PDFs as a screen reader tells them: `python tests/long/spoken_pdfs.py SEED COUNT [--examples]`.

COUNT documents of random tables (merged cells, rows that a page end cuts, heads of one to three rows): every cell tells
the words of that cell of the Word file, and every row has the same columns. With --examples each of inputs/ as well,
judged by pdfua and, where it is installed (`pip install outloud`), by outloud: errors are counted.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[0:1] = [str(Path(__file__).resolve().parents[1] / "helpers"), str(Path(__file__).resolve().parents[2])]

from long_report import sentences  # noqa: E402
from pdf_checkers import errors_in  # noqa: E402
from specimen import common_look  # noqa: E402
from spoken_pdf import misread_cells, torn_tables  # noqa: E402

from generator.document.nodes import Column, Document, Meta, Paragraph, Row, Run, Table  # noqa: E402
from generator.pack import PackRoots  # noqa: E402
from generator.pipeline import Wanted, build_word, examine  # noqa: E402
from generator.writers.docx import write_docx  # noqa: E402
from generator.writers.pdf import pdf_of  # noqa: E402

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
LOOK = common_look()


def random_rows(dice: random.Random, count: int, columns: int, long: float) -> tuple[Row, ...]:
    covered: set[tuple[int, int]] = set()
    rows = []
    for number in range(count):
        spans: dict[int, tuple[int, int]] = {}
        for column in range(columns):
            if (number, column) in covered or dice.random() > 0.15:
                continue
            down, across = dice.randint(1, min(4, count - number)), dice.randint(1, min(3, columns - column))
            places = {(number + i, column + j) for i in range(down) for j in range(across)}
            whole = {(i, j) for i in range(number, number + down) for j in range(columns)}
            if not places & covered and not whole <= covered | places:
                spans[column] = (down, across)
                covered |= places
        rows.append(Row(tuple(random_words(dice, long) for _ in range(columns)), spans))
    return tuple(rows)


def random_words(dice: random.Random, long: float) -> str:
    if dice.random() < 0.15:
        return ""
    if dice.random() < long:
        return sentences(dice, dice.randint(1, 6))
    amount = f"{dice.randint(0, 99999):,}.{dice.randint(0, 99):02}"
    return dice.choice((amount, str(dice.randint(0, 30)), "决算数", "—"))


def random_document(seed: int) -> Document:
    dice = random.Random(seed)
    blocks: list[Paragraph | Table] = []
    for number in range(3):
        columns = dice.randint(2, 7)
        head = random_rows(dice, dice.randint(0, 3), columns, 0)
        body = random_rows(dice, dice.randint(1, 30), columns, dice.choice((0, 0.1, 0.4)))
        widths = tuple(Column(150 / columns) for _ in range(columns))
        blocks.append(Paragraph((Run(sentences(dice, dice.randint(1, 20))),)))
        blocks.append(Table(f"表{number}", widths, head, body, style=dice.choice(("附表", "表单"))))
    return Document(Meta("测试"), tuple(blocks))


def examples() -> Iterator[tuple[str, bytes, bytes]]:
    """Name, Word file, PDF."""
    for folder in sorted(INPUTS.iterdir()):
        examined = examine(folder, PackRoots.with_own(())).value
        assert examined is not None
        word = build_word(examined.document, examined.case.pack, Wanted(pdf=True))
        assert word.value.pdf is not None, word.diagnostics
        assert not [one for one in word.diagnostics if one.code == "W031"], word.diagnostics
        yield folder.name, word.value.docx, word.value.pdf


def complaints(docx: bytes, pdf: bytes, checked: bool) -> list[str]:
    found = [*misread_cells(docx, pdf), *torn_tables(pdf)]
    if checked:
        with TemporaryDirectory() as folder:
            path = Path(folder, "checked.pdf")
            path.write_bytes(pdf)
            found += errors_in(path)
    return found


def main(seed: int, count: int, with_examples: bool) -> None:
    bad = 0
    for number in range(seed, seed + count):
        docx = write_docx(random_document(number), LOOK)
        made = pdf_of(docx)
        assert made.value is not None, made.diagnostics
        found = [*(one.message for one in made.diagnostics), *complaints(docx, made.value, False)]
        bad += bool(found)
        if found:
            print(f"seed {number}: {len(found)}", *found[:3], sep="\n    ")
    print(f"{count} random documents, {bad} told wrongly")
    if with_examples:
        for name, docx, pdf in examples():
            found = complaints(docx, pdf, True)
            print(name, f"{len(found)} errors", *found[:3], sep="\n    ")
            bad += bool(found)
    sys.exit(bad > 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), "--examples" in sys.argv)
