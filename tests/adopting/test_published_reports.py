"""Real reports read backwards, held against the examples that were made from them by hand."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from generator.adopting.adopted import Adopted, adopt
from generator.adopting.gathered import key_of
from generator.case import Case, InputFiles, read_case
from generator.diagnostics import Outcome, Severity
from generator.facts.fact import path_without_keys, walk
from generator.form.fields import ACCOUNT_KINDS, NUMBER_KINDS
from generator.form.to_confirm import TO_CONFIRM
from generator.pack import PackRoots
from generator.phrasing.printed_mentions import as_printed
from generator.phrasing.session import Session
from generator.pipeline import Examined, examine, examine_files
from generator.quantity import MONEY_UNITS, Quantity
from generator.writers.docx import write_docx

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
ROOTS = PackRoots.with_own(())
KEYS = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Real:
    """`figures`: how many are read from sentences, of `printed` that have a field; `changed`: fields whose text the
    example mends, so that the published one is another."""

    file: str
    example: str
    figures: int
    printed: int
    changed: frozenset[str] = frozenset()


REPORTS = (
    Real("seeds/000_79c45fc59c11470b.txt", "taoyuan-2019", 21, 21),
    Real("seeds/001_a7644560dd6afa30.txt", "chengde-2022", 14, 14),
    Real("seeds/002_62967d4b60e90b6e.txt", "xihu-2022", 21, 21, frozenset(("公用经费原因",))),
    Real("seeds/003_3ae7e199f53c681b.txt", "heshuo-2018", 17, 17),
    Real(
        "seeds/004_7fbbccf8b4cea76e.txt",
        "gongjing-2020",
        47,
        48,
        frozenset(("机关运行经费.原因", "整体评价.存在问题", "整体评价.改进建议")),
    ),
)


def one_line_a_paragraph(text: str) -> bytes:
    made = docx.Document()
    for line in text.split("\n"):
        if line.strip():
            made.add_paragraph("".join(sign for sign in line if sign >= " " or sign == "\t"))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def plain(text: str) -> str:
    return re.sub(r"[\s，。；：、“”\".,;:()（）*#]", "", unicodedata.normalize("NFKC", text))


def alike(one: str, other: str) -> bool:
    """Most of four signs in a row are in the other, too: the examples mend slips of the pen."""
    pieces = [one[at : at + 4] for at in range(max(len(one) - 3, 1))]
    return sum(piece in other for piece in pieces) >= 0.75 * len(pieces)


def read(real: Real, shared: Path) -> tuple[Adopted, Examined]:
    example = examine(INPUTS / real.example, ROOTS).value
    assert example is not None
    data = one_line_a_paragraph((shared / real.file).read_text(encoding="utf-8", errors="replace"))
    made = adopt("旧报告.docx", data, example.case.pack, ROOTS).value
    assert made is not None
    return made, example


@pytest.mark.parametrize("real", REPORTS, ids=lambda real: real.example)
def test_what_is_read_is_what_the_example_says(real: Real, shared: Path) -> None:
    made, example = read(real, shared)
    assert wrong_figures(made, example) == []
    assert len([value for value in made.values if value.field.kind in NUMBER_KINDS]) == real.figures
    assert real.figures >= 0.95 * real.printed
    texts = texts_of(example)
    strange = [
        value.field.path
        for value in made.values
        if value.field.kind not in (*NUMBER_KINDS, *ACCOUNT_KINDS)
        and not any(alike(plain(value.text), one) for one in texts.get(value.field.path, ()))
    ]
    assert set(strange) <= real.changed
    assert sum(made.shares) == sum(len(line.plain.text) for line in made.report.lines)
    assert share_of_texts(made, texts) >= 0.85
    assert all(value.places for value in made.values)


@pytest.mark.parametrize("real", REPORTS, ids=lambda real: real.example)
def test_the_input_is_read_and_printed_once_it_is_confirmed(real: Real, shared: Path) -> None:
    made, example = read(real, shared)
    confirmed = tuple((name, text.replace(TO_CONFIRM, "")) for name, text in made.texts.items())
    packs = {example.case.pack.name: Outcome(example.case.pack)}
    case = read_case(InputFiles(Path(), confirmed, ""), ROOTS, packs)
    assert [one for one in case.diagnostics if one.severity is Severity.ERROR] == []
    assert examine_files(Outcome(InputFiles(Path(), confirmed, "")), ROOTS, packs).value is not None


def test_pages_of_a_published_pdf(shared: Path) -> None:
    example = examine(INPUTS / "putuo-planning-2024", ROOTS).value
    assert example is not None
    whole = PdfReader(shared / "published" / "putuo-planning-2024.pdf")
    some = PdfWriter()
    for number in (*range(3, 6), *range(19, 28)):  # without the tables
        some.add_page(whole.pages[number])
    buffer = io.BytesIO()
    some.write(buffer)
    made = adopt("公开.pdf", buffer.getvalue(), example.case.pack, ROOTS).value
    assert made is not None
    assert wrong_figures(made, example) == []
    assert len([value for value in made.values if value.field.kind in NUMBER_KINDS]) == 48
    duties = [value for value in made.values if value.field.path == "主要职能.内容"]
    assert len(duties) == 14
    assert (duties[-1].text, duties[-1].places) == ("完成区委、区政府交办的其他任务。", ("第3页第5行",))
    assert sum(made.shares) == sum(len(line.plain.text) for line in made.report.lines)


def texts_of(example: Examined) -> dict[str, list[str]]:
    """The example's texts as printed, by field."""
    found: dict[str, list[str]] = {}
    for fact in walk(as_printed(example.case.facts, Session(example.case.pack.report.printing))):
        if not isinstance(fact, Quantity) and getattr(fact, "name", ""):
            found.setdefault(path_without_keys(fact.name), []).append(plain(str(fact)))
    return found


def wrong_figures(made: Adopted, example: Examined) -> list[str]:
    numbers: dict[str, list[Decimal]] = {}
    for fact in walk(example.case.facts):
        if isinstance(fact, Quantity):
            path = path_without_keys(fact.name)
            numbers.setdefault(path, []).append(fact.value)
            numbers.setdefault(f"{path} {[key_of(key) for key in KEYS.findall(fact.name)]}", []).append(fact.value)
    found = []
    for value in made.values:
        if value.field.kind in NUMBER_KINDS:
            match = re.match(r"(-?[\d.]+)(.*)", value.text)
            assert match is not None
            scale = MONEY_UNITS[match[2] or "万元"] if value.field.kind == "金额" else Decimal(1)
            digits = Decimal(match[1])
            exponent = digits.as_tuple().exponent
            slack = scale * Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)
            own_row = numbers.get(f"{value.field.path} {[row[1:] for _, row in value.rows]}")
            possible = own_row or numbers.get(value.field.path, [])
            if not any(abs(one - digits * scale) <= slack for one in possible):
                found.append(f"{value.field.path} {value.text} {value.places}")
    return found


def share_of_texts(made: Adopted, texts: dict[str, list[str]]) -> float:
    """Of the characters of texts that the old report has word for word, how many were read into their field. What
    stands in tables is not counted."""
    lines = "".join(plain(line.raw) for line in made.report.lines if not line.table)
    lifted: dict[str, list[str]] = {}
    for value in made.values:
        lifted.setdefault(value.field.path, []).append(plain(value.text))
    whole = read = 0
    for path in {value.field.path for value in made.values if value.field.kind in ("长文", "原因")}:
        for text in texts[path]:
            if text in lines:
                whole += len(text)
                read += len(text) * any(alike(text, one) for one in lifted[path])
    return read / whole


def test_rows_of_indicators_come_back_from_the_tables_of_a_printed_report() -> None:
    example = examine(INPUTS / "gongjing-2020", ROOTS).value
    assert example is not None
    data = write_docx(example.document, example.case.pack.look, publish=True)
    made = adopt("旧报告.docx", data, example.case.pack, ROOTS).value
    assert made is not None and made.case is not None
    assert wrong_figures(made, example) == []
    rows = indicators(made.case)
    assert len(rows) == 26 and rows == indicators(example.case)


def indicators(case: Case) -> list[tuple[str, ...]]:
    """Project, levels, wanted, reached."""
    wanted = ("一级", "二级", "三级", "预期值", "实际值")
    found: dict[str, dict[str, str]] = {}
    for fact in walk(case.facts):
        row, _, column = getattr(fact, "name", "").rpartition(".")
        if ".指标[" in row and column in wanted:
            found.setdefault(row, {})[column] = plain(str(fact))
    return [(key_of(row.partition(".指标")[0]), *(one.get(name, "") for name in wanted)) for row, one in found.items()]
