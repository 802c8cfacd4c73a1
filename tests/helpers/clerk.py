"""What a clerk does at her desk besides the browser: published tables at hand, gaps filled in Excel, Word edited."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook
from screen import juesuan

from generator.case import InputFiles, read_case
from generator.facts.fact import Day, Text, walk
from generator.pack import PackRoots
from generator.pipeline import make_document
from generator.quantity import MONEY, Quantity
from generator.writers.docx import write_docx

_MARK = "〔待确认〕"
EXAMPLE = Path(__file__).resolve().parents[2] / "inputs" / "putuo-finance-2024"


def published(path: Path, year: int) -> Path:
    """The example's report of that year as it stands on a website: no marks."""
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in sorted(EXAMPLE.glob("*.yaml"))]
    files = tuple((name, text.replace("年度: 2024", f"年度: {year}")) for name, text in texts)
    case = read_case(InputFiles(EXAMPLE, files, ""), PackRoots.with_own(), {}).value
    assert case is not None
    document = make_document(case).value
    assert document is not None
    path.write_bytes(write_docx(document, case.pack.look, publish=True))
    return path


def known() -> dict[str, object]:
    """What the example's office knows, by the fact's name: words, and figures as they are typed, amounts in 万元."""
    texts = tuple((one.name, one.read_text(encoding="utf-8")) for one in sorted(EXAMPLE.glob("*.yaml")))
    case = read_case(InputFiles(EXAMPLE, texts, ""), PackRoots.with_own(), {}).value
    assert case is not None
    found: dict[str, object] = {}
    for fact in walk(case.facts):
        if isinstance(fact, Quantity):
            found[fact.name] = float(fact.value / 10000 if fact.unit == MONEY else fact.value)
        elif isinstance(fact, Text | Day):
            found[fact.name] = str(fact)
    return found


def gaps(path: Path) -> list[dict[str, Any]]:
    said = json.loads(juesuan("check", path, "--json").text)
    return [one for one in said["findings"] if one["severity"] == "待填"]


def confirm(path: Path) -> int:
    """Last year's words have been read and are right: the marks go. How many."""
    book = load_workbook(path)
    marked = [cell for page in book for row in page.iter_rows() for cell in row if str(cell.value).startswith(_MARK)]
    for cell in marked:
        cell.value = str(cell.value).removeprefix(_MARK).strip()
    book.save(path)
    return len(marked)


def fill_in(path: Path, folder: Path) -> None:
    """All that is still missing, typed into the workbook's cells and saved by openpyxl."""
    answers = known()
    for _ in range(3):
        book = load_workbook(path)
        for gap in gaps(folder):
            place = gap["places"][0] if "places" in gap else gap["place"]
            sheet = book[place["sheet"]]
            if "cell" in place:
                sheet[place["cell"]] = answers.get(gap["fact"], "按合同约定办理")
            else:  # a list without a row: the first one below its head
                titles = {row: str(sheet.cell(row, 1).value) for row in range(1, sheet.max_row)}
                [row] = [at for at, said in titles.items() if said[:1] == "◆" and said[2:] in gap["message"]]
                sheet.cell(row + 4, 1).value = "贯彻执行财政工作的法律法规"
        book.save(path)
        if not gaps(folder):
            return
    raise AssertionError(gaps(folder))


def put(path: Path, sheet: str, cell: str, value: object) -> None:
    """As Excel saves it."""
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def edited(word: Path, target: Path, words: str) -> Path:
    """Saved under another name, with a sentence of her own at the top."""
    shutil.copy(word, target)
    document = Document(str(target))
    document.paragraphs[0].insert_paragraph_before(words)
    document.save(str(target))
    return target
