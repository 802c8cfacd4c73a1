"""Reports made by hand are read without a wrong figure and without a text in the wrong field.

    python tests/long/adopt_sweep.py --seed 1 --count 200

Takes an example, prints its report, forgets all marks and styles, edits it as hands do (other connecting words,
sentences and paragraphs in another order, other numbers of headings, chapters and headings gone, sentences added,
figures in other width and with separators) and reads it again. What is lifted must stand in the example's own facts.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx

from generator.adopting.adopted import Adopted, adopt, grammar_for
from generator.document.nodes import Chart, Document, Figure, Heading, Paragraph, Run, Table
from generator.document.occurrences import words
from generator.facts.fact import path_without_keys, walk
from generator.form.fields import NUMBER_KINDS
from generator.pack import PackRoots
from generator.phrasing.printed_mentions import as_printed
from generator.phrasing.session import Session
from generator.pipeline import Examined, examine
from generator.quantity import MONEY_UNITS, Quantity

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = "另据有关方面的材料"


@dataclass
class Line:
    text: str
    heading: bool = False
    table: tuple[tuple[str, ...], ...] = ()


Edit = Callable[[list[Line], random.Random], None]


def lines_of(document: Document) -> list[Line]:
    found: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(Line(block.number + words(block.content), True))
        elif isinstance(block, Paragraph):
            found.append(Line(words(block.content)))
        elif isinstance(block, Chart):
            found.append(Line(words(block.caption)))
        elif isinstance(block, Table):
            rows = tuple(tuple(_cell(cell) for cell in row.cells) for row in (*block.head, *block.body))
            found.append(Line(words(block.title), table=rows))
    return [line for line in found if line.text.strip() or line.table]


def _cell(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Figure) else "".join(p.text for p in cell if isinstance(p, Run | Figure))  # type: ignore[attr-defined]


def as_word(lines: Sequence[Line]) -> bytes:
    made = docx.Document()
    for line in lines:
        if line.text.strip():
            made.add_paragraph(line.text)
        if line.table:
            table = made.add_table(len(line.table), max(len(row) for row in line.table))
            for row, texts in zip(table.rows, line.table, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


# -- edits ------------------------------------------------------------------------------------------------------------
def _some(lines: list[Line], dice: random.Random, share: float) -> list[Line]:
    return [line for line in lines if not line.heading and not line.table and dice.random() < share]


def reworded(lines: list[Line], dice: random.Random) -> None:
    pairs = [
        ("主要原因是", "主要原因："),
        ("其中：", "其中，"),
        ("与", "较"),
        ("支出决算为", "支出决算"),
        ("；", "，"),
        ("增加", "增长"),
        ("共", ""),
    ]
    old, new = dice.choice(pairs)
    for line in _some(lines, dice, 0.5):
        line.text = line.text.replace(old, new)


def sentences_moved(lines: list[Line], dice: random.Random) -> None:
    for line in _some(lines, dice, 0.3):
        parts = re.findall("[^。]+。?", line.text)
        dice.shuffle(parts)
        line.text = "".join(parts)


def sentences_gone(lines: list[Line], dice: random.Random) -> None:
    for line in _some(lines, dice, 0.3):
        parts = re.findall("[^。]+。?", line.text)
        if len(parts) > 1:
            parts.pop(dice.randrange(len(parts)))
            line.text = "".join(parts)


def clauses_gone(lines: list[Line], dice: random.Random) -> None:
    for line in _some(lines, dice, 0.3):
        parts = re.findall("[^，；。]+[，；。]?", line.text)
        if len(parts) > 2:
            parts.pop(dice.randrange(len(parts)))
            line.text = "".join(parts)


def sentence_added(lines: list[Line], dice: random.Random) -> None:
    for line in _some(lines, dice, 0.1):
        line.text += f"{FOREIGN}，往来款{dice.randint(1, 99)}.{dice.randint(10, 99)}万元。"


def paragraph_added(lines: list[Line], dice: random.Random) -> None:
    for _ in range(5):
        year, persons = dice.randint(2001, 2019), dice.randint(1, 9)
        amount = f"{dice.randint(1, 99)}.{dice.randint(10, 99)}"
        text = f"{FOREIGN}，{year}年支出{amount}万元，增加{persons}人。"
        lines.insert(dice.randrange(len(lines)), Line(text))


def renumbered(lines: list[Line], dice: random.Random) -> None:
    style = dice.choice(["", "（{}）", "{}．", "{}、"])
    for number, line in enumerate(lines):
        if line.heading:
            bare = re.sub(
                r"^(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、])\s*",
                "",
                line.text,
            )
            line.text = style.format(number % 20 + 1) + bare


def headings_gone(lines: list[Line], dice: random.Random) -> None:
    lines[:] = [line for line in lines if not line.heading or dice.random() > 0.15]


def chapters_gone(lines: list[Line], dice: random.Random) -> None:
    heads = [at for at, line in enumerate(lines) if line.heading]
    for at in sorted(dice.sample(heads, min(3, len(heads))), reverse=True):
        following = next((h for h in heads if h > at), len(lines))
        del lines[at:following]


def paragraphs_swapped(lines: list[Line], dice: random.Random) -> None:
    for at in range(len(lines) - 1):
        if (
            not (lines[at].heading or lines[at + 1].heading or lines[at].table or lines[at + 1].table)
            and dice.random() < 0.1
        ):
            lines[at], lines[at + 1] = lines[at + 1], lines[at]


def full_width(lines: list[Line], dice: random.Random) -> None:
    table = {ord(one): ord(one) + 0xFEE0 for one in "0123456789."}
    for line in _some(lines, dice, 0.5):
        line.text = line.text.translate(table)


def separated(lines: list[Line], dice: random.Random) -> None:
    for line in _some(lines, dice, 0.7):
        line.text = re.sub(r"\d+\.\d\d(?=万元)", lambda m: f"{Decimal(m[0]):,}", line.text)


def in_yuan(lines: list[Line], dice: random.Random) -> None:
    for line in _some(lines, dice, 0.3):
        line.text = re.sub(r"(\d+\.\d\d)万元", lambda m: f"{Decimal(m[1]) * 10000:,.2f}元", line.text)


def figures_gone_wrong(lines: list[Line], dice: random.Random) -> None:
    """A unit forgotten, or a blank in the middle of a sentence."""
    for line in _some(lines, dice, 0.2):
        line.text = line.text.replace("万元", dice.choice(["", " 万元", "万"]), 1)


def joined(lines: list[Line], dice: random.Random) -> None:
    for at in range(len(lines) - 2, 0, -1):
        if (
            not (lines[at].heading or lines[at - 1].heading or lines[at].table or lines[at - 1].table)
            and dice.random() < 0.1
        ):
            lines[at - 1].text += lines.pop(at).text


EDITS: tuple[Edit, ...] = (
    *(reworded, sentences_moved, sentences_gone, clauses_gone, sentence_added, paragraph_added, renumbered),
    *(headings_gone, chapters_gone, paragraphs_swapped, full_width, separated, in_yuan, figures_gone_wrong, joined),
)


# -- judging ----------------------------------------------------------------------------------------------------------
def plain(text: str) -> str:
    text = re.sub(f"{FOREIGN}[^。]*(?:。|$)", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s\d,，。；;：:、“”\".()（）与较元万]|主要原因是?|其中|增加|增长|共|为", "", text)


def wrong(adopted: Adopted, examined: Examined) -> list[str]:
    """What was lifted and is not so in the example."""
    printed = as_printed(examined.case.facts, Session(examined.case.pack.report.printing))
    texts: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, list[Decimal]] = defaultdict(list)
    for fact in walk(printed):
        path = path_without_keys(getattr(fact, "name", "") or "")
        if isinstance(fact, Quantity):
            numbers[path].append(fact.value)
        else:
            texts[path].append(plain(str(fact)))
    found = []
    for value in adopted.values:
        path = value.field.path
        if value.field.kind in NUMBER_KINDS:
            match = re.match(r"-?[\d.]+", value.text)
            assert match is not None
            unit = value.text[match.end() :] or ("万元" if value.field.kind == "金额" else "")
            scale = MONEY_UNITS.get(unit, Decimal(1))
            digits = Decimal(match[0])
            exponent = digits.as_tuple().exponent
            slack = scale * Decimal("0.51").scaleb(exponent if isinstance(exponent, int) else 0)
            if not any(
                abs(one - digits * scale) <= max(slack, Decimal(51) if unit == "元" else slack) for one in numbers[path]
            ):
                found.append(f"{path} {value.text} {value.places} 应为 {numbers[path][:4]}")
        else:
            mine = plain(value.text)
            if mine and not any(_belongs(mine, one) for one in texts[path]) and value.field.kind != "功能科目":
                found.append(f"{path} “{value.text[:60]}” {value.places} 应为 {[one[:40] for one in texts[path][:3]]}")
    return found


def _belongs(mine: str, one: str) -> bool:
    """The whole text, or a part of it (the rest was edited away or stands elsewhere)."""
    if mine == one or (len(mine) > 3 and mine in one):
        return True
    if len(mine) <= 8:
        return False
    pieces = [mine[at : at + 4] for at in range(len(mine) - 3)]
    return sum(piece in one for piece in pieces) >= 0.75 * len(pieces)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    roots = PackRoots.with_own(())
    cases = []
    for folder in sorted((ROOT / "inputs").iterdir()):
        if (folder / "README.md").exists() and asked.only in folder.name:
            made = examine(folder, roots).value
            if made is not None and made.case.facts.fiscal_year:
                cases.append((folder.name, made))
    grammars = {name: grammar_for(one.case.pack, one.case.facts.fiscal_year) for name, one in cases}
    bad = 0
    lifted = 0
    for number in range(asked.count):
        dice = random.Random(f"{asked.seed}-{number}")
        name, examined = cases[number % len(cases)]
        lines = lines_of(examined.document)
        edits = dice.sample(EDITS, dice.randint(0, 4)) if number >= len(cases) else []
        for edit in edits:
            edit(lines, dice)
        year = examined.case.facts.fiscal_year
        made = adopt(f"{name}.docx", as_word(lines), examined.case.pack, roots, year, grammars[name])
        if made.value is None:
            continue
        lifted += len(made.value.values)
        whole = sum(len(line.plain.text) for line in made.value.report.lines)
        mistakes = wrong(made.value, examined)
        if sum(made.value.shares) != whole:
            mistakes.append(f"{sum(made.value.shares)} 字，应为 {whole} 字")
        for mistake in mistakes:
            print(f"{number} {name} {[edit.__name__ for edit in edits]}: {mistake}")
        bad += bool(mistakes)
    print(f"{asked.count} 份，读入 {lifted} 项，{bad} 份有错")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
