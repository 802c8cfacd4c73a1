"""The Word file of the example: valid, the same bytes each time, every figure marked, charts with their own numbers."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from gongjing import FOLDER, NAME, ROOT, parts
from lxml import etree

from generator.document.nodes import Chart, Heading
from generator.document.walk import figures
from generator.pipeline import Examined
from generator.word.read import read_facts_part, read_outline
from generator.writers.libreoffice import SOFFICE_VARIABLE
from generator.writers.pages import Paged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VARIANTS = ("", "公开", "草稿")


def body(docx_bytes: bytes) -> etree._Element:
    return etree.fromstring(parts(docx_bytes)["word/document.xml"])


def bookmarks(docx_bytes: bytes) -> dict[str, str]:
    """Name of each bookmark → the text between its ends."""
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    open_marks: set[str] = set()
    for element in body(docx_bytes).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name")
            assert name not in found, f"{name} stands twice"
            names[element.get(f"{W}id")] = name
            found[name] = []
            open_marks.add(name)
        elif element.tag == f"{W}bookmarkEnd":
            open_marks.discard(names[element.get(f"{W}id")])
        else:
            for name in open_marks:
                found[name].append(element.text or "")
    assert not open_marks
    return {name: "".join(words) for name, words in found.items()}


# -- the file as such -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("variant", VARIANTS)
def test_valid_against_the_standard(
    files: dict[str, bytes], validate_docx: Callable[[bytes], str], variant: str
) -> None:
    assert validate_docx(files[variant]) == ""


def test_valid_with_measured_page_numbers(printed: Paged, validate_docx: Callable[[bytes], str]) -> None:
    assert validate_docx(printed.docx) == ""


def test_same_input_same_bytes_in_another_process(files: dict[str, bytes], tmp_path: Path) -> None:
    for seed in ("1", "77"):
        folder = tmp_path / seed
        run = subprocess.run(
            [sys.executable, "-m", "generator.cli", "build", str(FOLDER), "-o", str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, SOFFICE_VARIABLE: "/nowhere/soffice", "TZ": f"UTC{seed[0]}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        made = (folder / f"{NAME}.docx").read_bytes()
        assert hashlib.sha256(made).hexdigest() == hashlib.sha256(files[""]).hexdigest()


@pytest.mark.parametrize("variant", ["", "草稿"])
def test_read_back_it_is_the_outline_that_was_written(files: dict[str, bytes], outline: str, variant: str) -> None:
    assert read_outline(files[variant]).splitlines() == outline.splitlines()


def test_the_draft_says_so_on_every_page(files: dict[str, bytes]) -> None:
    draft = parts(files["草稿"])
    headers = {name for name in draft if name.startswith("word/header")}
    assert headers and all("草稿" in draft[name].decode() for name in headers)
    sections = list(body(files["草稿"]).iter(f"{W}sectPr"))
    kinds = [{reference.get(f"{W}type") for reference in one.iter(f"{W}headerReference")} for one in sections]
    assert kinds[0] == {"default", "even"}
    assert not any(
        "草稿" in part.decode("utf-8", "replace") for name, part in parts(files[""]).items() if "header" in name
    )


# -- marks ------------------------------------------------------------------------------------------------------------
def test_every_printed_figure_is_marked_and_its_mark_tells_the_fact(files: dict[str, bytes], report: Examined) -> None:
    facts = read_facts_part(files[""])
    assert facts is not None
    marked = Counter()
    for name, text in bookmarks(files[""]).items():
        match = re.fullmatch(r"_f(\d+)_(\d+)", name)
        if match:
            fact = facts.figures[f"f{match[1]}"]
            marked[fact.name, fact.value, text] += 1
    expected = Counter((f.quantity.name, f.quantity.value, f.text) for f in figures(report.document))
    assert marked == expected
    assert sum(marked.values()) > 1000


def test_every_heading_and_paragraph_keeps_its_generated_text(files: dict[str, bytes]) -> None:
    facts = read_facts_part(files[""])
    assert facts is not None
    marks = {name: text for name, text in bookmarks(files[""]).items() if re.fullmatch(r"_p\d+", name)}
    assert set(marks) == {f"_p{number}" for number in range(1, len(facts.paragraphs) + 1)}
    for number, generated in enumerate(facts.paragraphs, 1):
        plain = re.sub(r"‹(\S+) [^›]*›", r"\1", generated)
        assert marks[f"_p{number}"] == re.sub(r"\s|\*\*|⏎", lambda m: m[0] if m[0] == " " else "", plain), number


def test_the_facts_part_holds_what_is_printed_and_no_more(files: dict[str, bytes], report: Examined) -> None:
    part = parts(files[""])["customXml/item1.xml"].decode()
    for secret in (str(ROOT), str(Path.home()), "/tmp", "\\\\", "file:"):
        assert secret not in part
    facts = read_facts_part(files[""])
    assert facts is not None
    printed_figures = {(f.quantity.name, f.quantity.value) for f in figures(report.document)}
    shown = {(fact.name, fact.value) for key, fact in facts.figures.items() if key.startswith("f")}
    assert shown == printed_figures
    unprinted = [fact for key, fact in facts.figures.items() if key.startswith("u")]
    assert {fact.value for fact in unprinted} == {None, 0}
    assert not [fact for fact in unprinted if fact.value == 0 and fact.place], "a 0 that nobody filled in tells nothing"
    for fact in facts.figures.values():
        assert re.fullmatch(r"|(基本情况|收支|三公与其他|绩效)\.yaml 第\d+行", fact.place), fact.place
        assert all(operand in facts.figures for operand in fact.operands)


def test_from_a_printed_digit_back_to_the_line_of_the_file(files: dict[str, bytes]) -> None:
    facts = read_facts_part(files[""])
    assert facts is not None
    by_name = {fact.name: fact for fact in facts.figures.values()}
    rise = by_name["收支总计.决算 - 收支总计.上年"]
    assert rise.value == Decimal("551100.00")
    assert [facts.figures[one].name for one in rise.operands] == ["收支总计.决算", "收支总计.上年"]
    line = (FOLDER / "收支.yaml").read_text(encoding="utf-8").splitlines()
    last = facts.figures[rise.operands[1]]
    assert "365700.00" in line[int(re.sub(r"\D", "", last.place)) - 1]


# -- the copy for publication -----------------------------------------------------------------------------------------
def test_the_published_copy_shows_the_same_and_hides_the_rest(files: dict[str, bytes]) -> None:
    public = parts(files["公开"])
    assert not [name for name in public if name.startswith("customXml")]
    assert not [name for name in bookmarks(files["公开"]) if not name.startswith("_Toc")]
    core = etree.fromstring(public["docProps/core.xml"])
    words = {etree.QName(element).localname: (element.text or "") for element in core}
    assert words.get("creator", "") == words.get("lastModifiedBy", "") == ""
    assert "yaml" not in public["word/document.xml"].decode()
    assert read_facts_part(files["公开"]) is None

    def shown(data: bytes) -> list[str]:
        return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body(data).iter(f"{W}p")]

    assert shown(files["公开"]) == shown(files[""])


@pytest.mark.parametrize("variant", VARIANTS)
def test_contents_lead_to_headings_that_exist(files: dict[str, bytes], report: Examined, variant: str) -> None:
    marks = bookmarks(files[variant])
    links = [link.get(f"{W}anchor") for link in body(files[variant]).iter(f"{W}hyperlink")]
    listed = [block for block in report.document.blocks if isinstance(block, Heading) and block.in_contents]
    assert len(links) == len(listed) == 33
    for link, heading in zip(links, listed, strict=True):
        words = "".join(getattr(piece, "text", "") for piece in heading.content)
        assert marks[link] == f"{heading.number}{words}"
    fields = "".join(t.text or "" for t in body(files[variant]).iter(f"{W}instrText"))
    assert fields.count("PAGEREF") == 33
    assert r'TOC \o "1-2"' in fields


# -- other readers ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("variant", VARIANTS)
def test_python_docx_sees_all_words_and_figures(files: dict[str, bytes], report: Examined, variant: str) -> None:
    document = docx.Document(io.BytesIO(files[variant]))
    seen = [paragraph.text for paragraph in document.paragraphs]
    assert (
        "2020年度收、支总计91.68万元。与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。"
        "主要变动原因是人员经费增加及公用经费增加。" in seen
    )
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "第一部分 部门概况",
        "第二部分 2020年度部门决算情况说明",
        "第三部分 名词解释",
        "第四部分 附件",
        "第五部分 附表",
    ]
    cells = [t.text or "" for table in document.tables for t in table._tbl.iter(f"{W}t")]
    text = "\n".join(seen + cells)
    for figure in {f.text for f in figures(report.document)}:
        assert figure in text


def test_every_chart_s_workbook_holds_the_values_that_the_chart_shows(
    files: dict[str, bytes], report: Examined
) -> None:
    archive = parts(files[""])
    relations = {
        one.get("Id"): f"word/{one.get('Target')}" for one in etree.fromstring(archive["word/_rels/document.xml.rels"])
    }
    charts = list(body(files[""]).iter(f"{C}chart"))
    wanted = [block for block in report.document.blocks if isinstance(block, Chart)]
    assert len(wanted) == 7
    assert len(charts) == 6  # the seventh, “三公”经费, has nothing to show and prints 无
    for chart in charts:
        path = Path(relations[chart.get(f"{R}id")])
        root = etree.fromstring(archive[str(path)])
        links = etree.fromstring(archive[f"{path.parent}/_rels/{path.name}.rels"])
        (target,) = [one.get("Target") for one in links if one.get("Target").endswith(".xlsx")]
        sheet = openpyxl.load_workbook(io.BytesIO(archive[os.path.normpath(path.parent / target)])).active
        references = list(root.iter(f"{C}f"))
        assert references
        for reference in references:
            cells = sheet[reference.text.rpartition("!")[2].replace("$", "")]
            flat = [cell.value for row in (cells if isinstance(cells, tuple) else ((cells,),)) for cell in row]
            cached = [v.text for v in reference.getparent().iter(f"{C}v")]
            assert [str(value) for value in flat] == [
                _same(value, text) for value, text in zip(flat, cached, strict=True)
            ]


def _same(value: object, text: str) -> str:
    """The cached text as the cell would print it: «4.00» beside the number 4."""
    return str(type(value)(Decimal(text))) if isinstance(value, int | float) else text
