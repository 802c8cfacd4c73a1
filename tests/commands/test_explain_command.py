"""`juesuan explain`: a figure by its name or by what is printed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from support import DATA, pack_folder

from generator.cli import entry
from generator.commands.explain import command

FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数}, 上年: {类型: 金额, 标签: 上年数}}}
"""
TABLE = """
单位: 万元
列: [{宽: 60, 对齐: 左}, {宽: 30, 对齐: 右}]
表头: [[项目, 决算数]]
行: [[本年, =收支.决算]]
"""
TEXT = "# 概况\n\n增长{{ 收支.决算 | 增幅(收支.上年) }}，共{{ 收支.决算 | 万元 }}。\n"


@pytest.fixture
def explain(tmp_path: Path):
    pack_folder(tmp_path / "templates", fields=FIELDS, text=TEXT)
    data = tmp_path / "数据.yaml"
    data.write_text(DATA + "收支: {决算: 5, 上年: 4}\n", encoding="utf-8")

    def run(figure: str) -> Result:
        return CliRunner().invoke(command, [str(data), figure, "--templates", str(tmp_path / "templates")])

    return run


def test_a_printed_figure_and_the_way_back(explain) -> None:
    run = explain("25%")
    assert run.exit_code == 0
    assert run.output == (
        "增幅(收支.决算, 收支.上年) = 25%\n"
        "  = （收支.决算 － 收支.上年） ÷ 收支.上年 × 100%\n"
        "  = （50,000.00元 － 40,000.00元） ÷ 40,000.00元 × 100%\n"
        "  收支.决算（收支·决算数） = 50,000.00元   数据.yaml 第6行\n"
        "  收支.上年（收支·上年数） = 40,000.00元   数据.yaml 第6行\n"
        "  印成“25”，共1处：\n"
        "    第一部分 概况：增长25%，共5.00万元。\n"
    )


def test_by_the_name_of_what_was_worked_out(explain) -> None:
    """As the first line of the answer says it."""
    assert explain("增幅(收支.决算, 收支.上年)").output == explain("25%").output


def test_a_figure_that_is_not_there(explain) -> None:
    run = explain("收支.决祘")
    assert run.exit_code == 1
    assert "错误 O037" in run.output
    assert "没有名为“收支.决祘”的数" in run.output
    assert "您是否指“收支.决算”？" in run.output


# -- a Word file alone ------------------------------------------------------------------------------------------------
@pytest.fixture
def word(tmp_path: Path):
    """A report with the rate, this year's figure in text and table, and last year's figure nowhere."""
    text = TEXT + "\n```表 收支表\n```\n"
    pack_folder(tmp_path / "templates", {"tables/收支表.yaml": TABLE}, fields=FIELDS, text=text)
    data = tmp_path / "数据.yaml"
    data.write_text(DATA + "收支: {决算: 5, 上年: 4}\n", encoding="utf-8")
    path = tmp_path / "报告.docx"
    options = ["--templates", str(tmp_path / "templates")]
    made = CliRunner().invoke(entry, ["build", str(data), "-o", str(path), *options])
    assert made.exit_code == 0, made.output
    data.unlink()
    return path


def ask(path: Path, figure: str, *options: str) -> Result:
    return CliRunner().invoke(command, [str(path), figure, *options])


RATE = (
    "增幅(收支.决算, 收支.上年) = 25%\n"
    "  = （收支.决算 － 收支.上年） ÷ 收支.上年 × 100%\n"
    "  = （50,000.00元 － 〔没有印在报告里〕） ÷ 〔没有印在报告里〕 × 100%\n"
    "  收支.决算（收支·决算数） = 50,000.00元   数据.yaml 第6行\n"
    "  收支.上年（收支·上年数），没有印在报告里   数据.yaml 第6行\n"
)


def test_a_word_file_tells_what_it_prints_and_where_the_rest_stands(word: Path) -> None:
    """Last year's figure is not printed: the file leads to its cell and does not tell its value."""
    assert ask(word, "25%").output == (RATE + "  印成“25”，共1处：\n    第一部分 概况：增长25%，共5.00万元。\n")


def test_by_its_name_in_text_and_table(word: Path) -> None:
    assert ask(word, "收支.决算").output == (
        "收支.决算（收支·决算数） = 50,000.00元   数据.yaml 第6行\n"
        "  印成“5.00”，共2处：\n"
        "    第一部分 概况：增长25%，共5.00万元。\n"
        "    第一部分 概况 › 表“收支表”：第2行第2列“本年” 5.00\n"
    )


def overtype(path: Path, old: str, new: str) -> None:
    document = docx.Document(str(path))
    paragraphs = [*document.paragraphs, *(p for table in document.tables for c in table._cells for p in c.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text == old]
    runs[0].text = new
    document.save(str(path))


def test_a_number_typed_over_by_hand(word: Path) -> None:
    """Asked for by what stands there now or by what the program had printed."""
    overtype(word, "25", "26")
    told = RATE + (
        "  印成“25”，共1处：\n    第一部分 概况：增长26%，共5.00万元。（程序生成的是“25”，后来手工改成了“26”）\n"
    )
    assert ask(word, "26%").output == told
    assert ask(word, "25").output == told


def test_saved_by_libreoffice(word: Path, libreoffice: Path, tmp_path: Path) -> None:
    overtype(word, "25", "26")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    line = [str(libreoffice), profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "另存")]
    subprocess.run([*line, str(word)], check=True, capture_output=True, timeout=120)
    for figure in ("26", "收支.决算"):
        assert ask(tmp_path / "另存" / "报告.docx", figure).output == ask(word, figure).output


def test_as_json(word: Path) -> None:
    overtype(word, "25", "26")
    (rate,) = json.loads(ask(word, "26", "--json").output)["figures"]
    assert rate == {
        "value": "25",
        "name": "增幅(收支.决算, 收支.上年)",
        "unit": "%",
        "formula": "（收支.决算 － 收支.上年） ÷ 收支.上年 × 100%",
        "formula_in_values": "（50,000.00元 － 〔没有印在报告里〕） ÷ 〔没有印在报告里〕 × 100%",
        "operands": [
            {
                "value": "50000",
                "name": "收支.决算",
                "label": "收支·决算数",
                "unit": "元",
                "place": {"file": "数据.yaml", "line": 6},
            },
            {
                "value": None,
                "name": "收支.上年",
                "label": "收支·上年数",
                "place": {"file": "数据.yaml", "line": 6},
            },
        ],
        "texts": ["25"],
        "printed": [
            {
                "trail": ["第一部分 概况"],
                "paragraph": 1,
                "text": "26",
                "excerpt": "增长26%，共5.00万元。",
                "generated": "25",
            }
        ],
    }
    (now,) = json.loads(ask(word, "收支.决算", "--json").output)["figures"]
    assert now["printed"][1] == {
        "trail": ["第一部分 概况"],
        "table": "收支表",
        "row": 2,
        "column": 2,
        "label": "本年",
        "head": "决算数",
        "text": "5.00",
        "excerpt": "第2行第2列“本年” 5.00",
    }


def test_what_a_word_file_does_not_know(word: Path) -> None:
    assert "错误 O037" in ask(word, "收支.决祘").output
    assert "您是否指“收支.决算”？" in ask(word, "收支.决祘").output
    assert ask(word, "收支.上年").output == (
        "收支.上年（收支·上年数），没有印在报告里   数据.yaml 第6行\n  Word 文件里没有它的值，请用填报数据来问。\n"
    )
    findings = json.loads(ask(word, "7.77", "--json").output)["findings"]
    assert [one["code"] for one in findings] == ["O037"]
    word.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    run = ask(word, "25%")
    assert run.exit_code == 1
    assert "错误 R002  报告.docx" in run.output
