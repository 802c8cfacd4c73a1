"""`juesuan diff`: two versions of a report, as text, JSON and a table for approval."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.oxml.ns import qn
from support import DATA, pack_folder

from generator.cli import entry

FIELDS = """
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 收、支总计}
    上年: {类型: 金额, 标签: 上年收、支总计, 上年对应: 决算}
    原因: {类型: 原因, 标签: 变动原因}
    备查: {类型: 金额, 标签: 备查数, 缺省: 0}
"""
TEXT = '# 概况\n\n收、支总计{{ 收支.决算 | 万元 }}。{{ 收支 | 与上年相比("收、支总计各") }}\n'
OTHER = "# 概况\n\n收、支总计{{ 收支.决算 | 万元 }}。\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


class Office:
    """A desk with two packs and whatever is written on it."""

    def __init__(self, desk: Path) -> None:
        self.desk = desk
        for name, text in (("example", TEXT), ("other", OTHER)):
            pack_folder(desk / "templates", name=name, fields=FIELDS, text=text)

    def input(self, name: str, amounts: str, head: str = DATA) -> Path:
        path = self.desk / name
        path.write_text(f"{head}收支: {{{amounts}, 原因: 人员增加}}\n", encoding="utf-8")
        return path

    def word(self, name: str, source: Path) -> Path:
        run = self.run("build", str(source), "-o", str(self.desk / name))
        assert run.exit_code == 0, run.output
        return self.desk / name

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(entry, [*words, "--templates", str(self.desk / "templates")])

    def diff(self, *words: object) -> Result:
        return self.run("diff", *map(str, words))


def test_two_inputs(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    new = office.input("新.yaml", "决算: 91.68, 上年: 96.68")
    run = office.diff(old, new)
    assert run.exit_code == 0
    assert run.output == (
        f"旧：{old}\n新：{new}\n"
        "更正的数 1 个，随之变化的数 2 个；变动的文字 1 处。\n"
        "\n"
        "更正的数\n"
        "  收支.上年（收支·上年收、支总计）            36.57 → 96.68 万元，增加 60.11  新.yaml 第6行\n"
        "    印在：第一部分 概况 第1段\n"
        "    随之 收支·收、支总计与收支·上年收、支总计之差  55.11 → -5.00 万元，减少 60.11\n"
        "      印在：第一部分 概况 第1段\n"
        "    随之 收支·收、支总计的增减幅              150.70% → -5.17%，减少 155.87 个百分点\n"
        "      印在：第一部分 概况 第1段\n"
        "\n"
        "变动的文字\n"
        "  第一部分 概况 第1段\n"
        "    原：与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。\n"
        "    新：与2019年96.68万元相比，收、支总计各减少5.00万元，下降5.17%。\n"
    )


def test_nothing_differs(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    run = office.diff(old, office.word("旧.docx", old))
    assert run.exit_code == 0
    assert run.output.splitlines()[-1] == "没有差别。"


def test_json(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    new = office.input("新.yaml", "决算: 91.68, 上年: 96.68, 备查: 3")
    run = office.diff(office.word("旧.docx", old), new, "--json")
    assert run.exit_code == 0
    data = json.loads(run.output)
    assert list(data) == [
        *("old", "new", "different", "summary", "figures", "texts", "charts", "extras", "hand_edits"),
        *("findings", "counts"),
    ]
    assert data["old"]["file"] == "旧.docx"
    assert data["different"] is True
    typed, difference, rate = data["figures"]
    spot = {"trail": ["第一部分 概况"], "paragraph": 1}
    assert typed == {
        "name": "收支.上年",
        "label": "收支·上年收、支总计",
        "unit": "元",
        "old": "365700",
        "new": "966800",
        "difference": "601100",
        "direct": True,
        "seen": True,
        "causes": [],
        "printed_old": "36.57",
        "printed_new": "96.68",
        "printed_difference": "+60.11",
        "printed_unit": "万元",
        "old_place": {"file": "旧.yaml", "line": 6},
        "new_place": {"file": "新.yaml", "line": 6},
        "printed": [{"old": {"text": "36.57", **spot}, "new": {"text": "96.68", **spot}}],
    }
    assert difference["causes"] == rate["causes"] == ["收支.上年"]
    assert data["texts"][0]["new"] == {
        "text": "与2019年96.68万元相比，收、支总计各减少5.00万元，下降5.17%。",
        **spot,
    }
    both = json.loads(office.diff(old, new, "--json").output)
    assert [(one["name"], one["printed"]) for one in both["figures"] if not one["printed"]] == [("收支.备查", [])]


def test_the_table_for_approval(office: Office, validate_docx: Callable[[bytes], str]) -> None:
    table = table_of(office)
    assert validate_docx(table) == ""


def table_of(office: Office) -> bytes:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    new = office.input("新.yaml", "决算: 91.68, 上年: 96.68, 备查: 3")
    target = office.desk / "审批" / "更正对照表.docx"
    run = office.diff(old, new, "-o", target)
    assert run.exit_code == 0
    assert run.output.endswith(f"\n更正对照表：{target}\n")
    return target.read_bytes()


def test_what_the_table_for_approval_says(office: Office) -> None:
    document = docx.Document(io.BytesIO(table_of(office)))
    assert [one.text for one in document.paragraphs if one.text] == [
        "甲局2020年度报告\n更正对照表",
        "现将甲局2020年度报告两个版本的差别列表对照如下。更正前为“旧.yaml”，更正后为“新.yaml”。"
        "更正的数 2 个，随之变化的数 2 个；变动的文字 1 处。",
        "一、更正的数",
        "二、变动的文字",
    ]
    figures, texts, signatures = (
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    )
    here = "第一部分 概况 第1段"
    assert figures == [
        ["序号", "项目", "更正前", "更正后", "增减", "单位", "所在位置"],
        ["1", "收支·上年收、支总计", "36.57", "96.68", "60.11", "万元", here],
        ["1.1", "随之：收支·收、支总计与收支·上年收、支总计之差", "55.11", "-5.00", "-60.11", "万元", here],
        ["1.2", "随之：收支·收、支总计的增减幅", "150.70", "-5.17", "-155.87个百分点", "%", here],
        ["2", "收支·备查数", "0.00", "30,000.00", "30,000.00", "元", "没有印在报告里"],
    ]
    assert texts[1][1:] == [
        here,
        "与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。",
        "与2019年96.68万元相比，收、支总计各减少5.00万元，下降5.17%。",
    ]
    bold = [
        "".join(run.text for run in cell.paragraphs[0].runs if run.bold) for cell in document.tables[1].rows[1].cells
    ]
    assert bold[2:] == ["36.57增加55.11增长150.70", "96.68减少5.00下降5.17"]
    assert signatures[0][0] == "更正原因"
    assert signatures[1][0::2] == ["经办人", "审核人", "负责人", "日期"]
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in document.tables[:2])
    assert not any("customXml" in str(part.partname) for part in document.part.package.iter_parts())


def test_a_table_that_somebody_has_written_on_stays(office: Office) -> None:
    table_of(office)
    target = office.desk / "审批" / "更正对照表.docx"
    target.write_bytes(target.read_bytes() + b"\0")
    run = office.diff(office.desk / "旧.yaml", office.desk / "新.yaml", "-o", target)
    assert "提示 O020" in run.output or "警告 O020" in run.output
    assert (target.parent / "更正对照表（2）.docx").is_file()


def test_the_two_files_are_never_changed(office: Office) -> None:
    old = office.word("旧.docx", office.input("旧.yaml", "决算: 91.68, 上年: 36.57"))
    new = office.word("新.docx", office.input("新.yaml", "决算: 91.68, 上年: 96.68"))
    before = {path: (path.read_bytes(), os.stat(path).st_mtime_ns) for path in (old, new)}
    assert office.diff(old, new, "-o", office.desk / "对照.docx").exit_code == 0
    for one in (old, new):
        run = office.diff(old, new, "-o", one)
        assert run.exit_code == 1
        assert f"错误 R054\n    对照表不能存成“{one.name}”，它就是要比较的文件" in run.output
    assert {path: (path.read_bytes(), os.stat(path).st_mtime_ns) for path in (old, new)} == before


def test_the_table_is_a_word_file(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    run = office.diff(old, old, "-o", office.desk / "对照表.pdf")
    assert run.exit_code == 1
    assert "错误 R053\n    对照表不能存成“对照表.pdf”" in run.output
    assert not (office.desk / "对照表.pdf").exists()


def test_another_kind_of_report(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    new = office.input("新.yaml", "决算: 91.68, 上年: 36.57", DATA.replace("example", "other"))
    run = office.diff(old, new)
    assert run.exit_code == 1
    assert "错误 R050\n    两份不是同一种报告" in run.output


def test_another_unit(office: Office, tmp_path: Path) -> None:
    """The unit is the report's own: only packs with 单位·名称 have one."""
    inputs = Path(__file__).resolve().parents[2] / "inputs"
    other = tmp_path / "乙局"
    other.mkdir()
    for path in (inputs / "putuo-finance-2024").glob("*.yaml"):
        (other / path.name).write_bytes(path.read_bytes())
    run = office.diff(inputs / "putuo-planning-2024", other)
    assert run.exit_code == 1
    assert "错误 R051\n    两份不是同一个单位的：一份是“上海市普陀区规划和自然资源局”，一份是“上海市普陀区财政局”" in (
        run.output
    )


def test_of_another_year_only_its_prior_figures_are_compared(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    new = office.input("新.yaml", "决算: 80, 上年: 91.86", DATA.replace("2020", "2021"))
    same = office.input("同.yaml", "决算: 80, 上年: 91.68", DATA.replace("2020", "2021"))
    run = office.diff(old, new)
    assert run.exit_code == 0
    assert "提示 R052\n    两份是不同年度的：一份是2020年度，一份是2021年度" in run.output
    assert "与上年报告不一致的上年数 1 个。" in run.output
    assert "收支.上年（收支·上年收、支总计）" in run.output
    assert "91.68 → 91.86 万元" in run.output
    assert "没有差别。" in office.diff(old, same).output


def test_another_version_of_the_pack(office: Office) -> None:
    source = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    old = office.word("旧.docx", source)
    pack = office.desk / "templates" / "example" / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace('版本: "1"', '版本: "2"'), encoding="utf-8")
    run = office.diff(old, source)
    assert run.exit_code == 0
    assert "提示 R055\n    两份是用模板包的不同版本（1、2）做的" in run.output
    assert run.output.splitlines()[-1] == "没有差别。"


def test_errors_in_the_figures_do_not_prevent_comparing(office: Office) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    new = office.desk / "新.yaml"
    new.write_text(f"{DATA}收支: {{决算: 80, 上年: 36.57}}\n", encoding="utf-8")
    run = office.diff(old, new)
    assert run.exit_code == 0
    assert f"新：{new}（其中有待填1处，请运行 juesuan check 查看）" in run.output
    assert "91.68 → 80.00 万元，减少 11.68" in run.output


@pytest.mark.parametrize("as_json", [False, True])
def test_a_file_that_cannot_be_read(office: Office, as_json: bool) -> None:
    old = office.input("旧.yaml", "决算: 91.68, 上年: 36.57")
    (office.desk / "坏.docx").write_text("不是 Word 文件", encoding="utf-8")
    run = office.diff(old, office.desk / "坏.docx", *(["--json"] if as_json else []))
    assert run.exit_code == 1
    if as_json:
        assert [one["code"] for one in json.loads(run.output)["findings"]] == ["R001"]
    else:
        assert "错误 R001  坏.docx\n    “坏.docx”不是 Word 文件（.docx），或者已经损坏" in run.output
    assert "错误 O001" in office.diff(old, office.desk / "没有.docx").output


def test_a_pack_that_is_no_longer_there(office: Office) -> None:
    """The facts are in the two Word files; the table takes the common look."""
    old = office.word("旧.docx", office.input("旧.yaml", "决算: 91.68, 上年: 36.57"))
    new = office.word("新.docx", office.input("新.yaml", "决算: 91.68, 上年: 96.68"))
    target = office.desk / "对照.docx"
    run = CliRunner().invoke(entry, ["diff", str(old), str(new), "-o", str(target)])
    assert run.exit_code == 0, run.output
    assert "36.57 → 96.68 万元" in run.output
    assert len(docx.Document(str(target)).tables) == 3
