"""The HTML file: the words of the Word file, readable by everybody, asking nobody for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import kept_packs  # noqa: F401
import pytest
from every import some
from lxml import etree
from lxml import html as lxml_html
from screen import juesuan
from specimen import common_look, merged_table, pie, specimen, wide_table
from word_text import W, body_of

from generator.document.nodes import Document, Meta, Paragraph, Run
from generator.pack import PackRoots
from generator.pipeline import examine
from generator.writers.docx import write_docx
from generator.writers.html import write_html

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLES = sorted(path.name for path in INPUTS.iterdir() if path.is_dir())
LOOK = common_look()
LINES = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "th", "td"}


def page(*blocks: object, title: str = "试") -> Any:
    return lxml_html.fromstring(write_html(Document(Meta(title), blocks), LOOK))  # type: ignore[arg-type]


def words_of_html(data: bytes) -> list[str]:
    """Paragraph by paragraph and cell by cell, white space aside."""
    body = lxml_html.fromstring(data.decode()).find("body")
    lines = ("".join(one.itertext()) for one in body.iter() if one.tag in LINES and not one.xpath("ancestor::svg"))
    return [line for line in map(bare, lines) if line]


def words_of_word(data: bytes) -> list[str]:
    """The same of the Word file, without the page numbers of 目录."""
    return [line for line in map(bare, _word_lines(body_of(data))) if line]


def _word_lines(body: Any) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        entry = paragraph.find(f"{W}hyperlink") is not None
        pieces = [one.text or "" if one.tag == f"{W}t" else "\t" for one in paragraph.iter(f"{W}t", f"{W}tab")]
        yield "".join(pieces).partition("\t")[0] if entry else "".join(pieces)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", some(EXAMPLES, 3))
def test_it_says_what_the_word_file_says(name: str) -> None:
    made = examine(INPUTS / name, PackRoots.with_own()).value
    assert made is not None
    look = made.case.pack.look
    page = write_html(made.document, look)
    assert words_of_html(page) == words_of_word(write_docx(made.document, look))
    assert page == write_html(made.document, look)
    assert len(page) < 400_000


def test_every_node_goes_through() -> None:
    assert words_of_html(write_html(specimen(), LOOK)) == words_of_word(write_docx(specimen(), LOOK))


def test_it_runs_nothing_and_fetches_nothing() -> None:
    nasty = '<script>alert(1)</script><img src="http://example.invalid/a.png" onerror="x">'
    blocks = (Paragraph((Run(nasty),)), replace(pie(nasty, 3), alt=nasty), wide_table(nasty, 1, titled=True))
    data = write_html(Document(Meta(f"</title>{nasty}", author='"><b>'), blocks), LOOK).decode()
    found = lxml_html.fromstring(data)
    assert not found.xpath("//script|//img|//link|//iframe|//object|//@style|//p/b|//@onerror")
    assert not re.search(r"url\(|@import", data)
    assert "default-src 'none'" in found.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert nasty in found.xpath("//p")[0].text


def test_a_reader_hears_the_heads_with_the_cells() -> None:
    [table] = page(wide_table("支出决算表", 1, titled=True)).xpath("//table")
    assert [bare(one.text_content()) for one in table.xpath("caption/p")] == [
        "支出决算表", "公开03表", "编制单位：示例区医疗保障局单位：万元",
    ]  # fmt: skip
    assert _rows(table.find("thead")) == [
        "colgroup×2 项目 | colgroup×6 本年支出",
        "col 科目编码 | col 科目名称 | col 合计 | col 基本支出 | col 项目支出 | col 上缴上级支出 | col 经营支出 | col 对附属单位补助支出",  # noqa: E501
    ]
    assert _rows(table.find("tbody"))[:2] == [
        "row×2 合计 | 91.68 | 91.68 | 91.68 | 91.68 | 91.68 | 91.68",
        "row 2080100 | 行政运行（第1项） | 10.00 | 0.00 | 1.00 | 2.00 | 3.00 | 4.00",
    ]


def test_cells_stay_merged() -> None:
    [table] = page(merged_table()).xpath("//table")
    assert table.get("aria-label") == "项目绩效目标完成情况表"
    assert _rows(table.find("tbody")) == [
        "row↓3 产出指标 | ↓2 数量指标 | 参保人数 ≥ | 20000人 | 20380人",
        "检查定点机构 | 100家 | 100家（含复查）",
        "质量指标 | 资金拨付及时率 | 100% | 100%",
        'row×3 合计得分 | 满分36.57 | ＜&＞"引号"',
    ]


def _rows(part: Any) -> list[str]:
    """Each cell with the scope of its head, ×columns, ↓rows."""
    return [" | ".join(_cell(cell) for cell in row) for row in part.iter("tr")]


def _cell(cell: Any) -> str:
    spans = "".join(f"{sign}{cell.get(name)}" for sign, name in (("×", "colspan"), ("↓", "rowspan")) if cell.get(name))
    return f"{cell.get('scope', '')}{spans} {cell.text_content()}".strip()


def test_headings_step_down_one_by_one_and_the_contents_lead_to_them() -> None:
    found = lxml_html.fromstring(write_html(specimen(), LOOK))
    levels = [int(one.tag[1]) for one in found.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    targets = found.xpath("//nav[@aria-label='目录']//a/@href")
    assert targets and all(len(found.xpath(f"//*[@id='{one[1:]}']")) == 1 for one in targets)


def test_a_chart_is_told_in_words_and_drawn_from_its_values() -> None:
    chart = replace(pie("收入构成", 2), alt="两项收入：13.37万元、26.37万元")
    [drawing] = page(chart).xpath("//figure/*[local-name()='svg']")
    assert drawing.get("role") == "img"
    texts = [one.text for one in drawing.xpath(".//*[local-name()='text']")]
    assert texts == ["一般公共预算财政拨款收入　33.64%", "政府性基金预算财政拨款收入　66.36%"]
    assert drawing.xpath("string(*[local-name()='desc'])") == "两项收入：13.37万元、26.37万元"


def test_bars_are_as_long_as_their_values_say() -> None:
    """10, 9.8 | 20.5, 20.5 | 8, -2.33: the last one hangs below the line."""
    found = lxml_html.fromstring(write_html(specimen(), LOOK))
    [drawing] = found.xpath("//*[local-name()='svg'][*[local-name()='title']='预算与决算']")
    bars = [one for one in drawing.xpath(".//*[local-name()='rect']") if one.get("height") != "16"]
    heights = [int(one.get("height")) for one in bars]
    zero = int(bars[0].get("y")) + heights[0]
    assert [height * 20.5 / heights[2] for height in heights] == pytest.approx([10, 9.8, 20.5, 20.5, 8, 2.33], abs=0.1)
    assert [int(one.get("y")) == zero for one in bars] == [False] * 5 + [True]


def test_the_command_makes_it_beside_the_word_file(tmp_path: Path) -> None:
    shown = juesuan("build", INPUTS / "sichuan-project-2023", "--html", "-o", tmp_path)
    made = sorted(path.name for path in tmp_path.glob("2*"))
    assert shown.status == 0
    assert made == [f"2023-示例县教育局-部门预算项目支出绩效自评表{end}" for end in (".docx", ".html")]
    data = (tmp_path / made[1]).read_bytes()
    assert b"<title>\xe7\xa4\xba\xe4\xbe\x8b" in data and "草稿" not in data.decode()


def test_a_draft_says_so(tmp_path: Path) -> None:
    juesuan("build", INPUTS / "sichuan-project-2023", "--html", "--draft", "-o", tmp_path / "看看.html")
    found = lxml_html.fromstring((tmp_path / "看看.html").read_bytes().decode())
    assert found.xpath("string(//title)").endswith("（草稿）")
    assert etree.tostring(found.find("body")[0], encoding="unicode").startswith('<p class="draft">草稿</p>')
