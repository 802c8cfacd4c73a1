"""Two reports in one folder: whatever their units are called, neither is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from screen import juesuan
from support import pack_folder

DATA = "报告: {pack}\n金额单位: 万元\n年度: 2020\n单位: {unit}\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for kind in ("说明", "自评"):
        pack_folder(tmp_path / "templates", name=kind)
        settings = tmp_path / "templates" / kind / "pack.yaml"
        text = settings.read_text("utf-8").replace(
            '文件名: "{{ 年度 }}-{{ 单位 }}"', f'文件名: "{{{{ 年度 }}}}-{{{{ 单位 }}}}-{kind}"'
        )
        settings.write_text(text, encoding="utf-8")
    return tmp_path


def build(office: Path, folder: str, pack: str, unit: str, *more: str) -> str:
    """What was made, and the codes of what was found."""
    (office / folder).mkdir(exist_ok=True)
    (office / folder / "数据.yaml").write_text(DATA.format(pack=pack, unit=unit), encoding="utf-8")
    shown = juesuan("build", folder, "--templates", "templates", *more)
    assert shown.status == 0, shown.text
    codes = [line.split()[1] for line in shown.text.splitlines() if line.startswith(("警告", "错误"))]
    made = shown.text.split("已生成：outputs/")[1].splitlines()[0]
    return " ".join([made, *codes])


LONG = "".join(map(chr, range(0x5000, 0x5050)))
"""Eighty characters, none of them twice."""


def test_two_kinds_of_one_unit_with_a_long_name(office: Path) -> None:
    assert build(office, "甲", "说明", LONG) == f"2020-{LONG[:62]}-说明.docx"
    assert build(office, "乙", "自评", LONG) == f"2020-{LONG[:62]}-自评.docx"
    assert build(office, "甲", "说明", LONG, "--draft") == f"2020-{LONG[:62]}-说明（草稿）.docx"


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [(f"{LONG}一局", f"{LONG}二局", LONG[:62]), ('"甲/乙"', '"甲:乙"', "甲_乙")],
    ids=["the first characters", "signs"],
)
def test_units_whose_files_have_one_name(office: Path, one: str, other: str, name: str) -> None:
    assert build(office, "甲", "说明", one) == f"2020-{name}-说明.docx"
    assert build(office, "乙", "说明", other) == f"2020-{name}-说明（2）.docx O021"
    assert build(office, "甲", "说明", one) == f"2020-{name}-说明.docx"
    assert build(office, "乙", "说明", other) == f"2020-{name}-说明（2）.docx O021"


def test_one_unit_from_two_inputs(office: Path) -> None:
    assert build(office, "项目一", "自评", "甲局") == "2020-甲局-自评.docx"
    assert build(office, "项目二", "自评", "甲局") == "2020-甲局-自评（2）.docx O021"


def test_the_same_report_after_a_correction(office: Path) -> None:
    assert build(office, "甲", "说明", "甲局") == "2020-甲局-说明.docx"
    text = office / "templates" / "说明" / "text" / "正文.md.j2"
    text.write_text("改过。\n", encoding="utf-8")
    assert build(office, "甲", "说明", "甲局") == "2020-甲局-说明.docx"


def test_opinions_on_two_workbooks_of_one_name(office: Path) -> None:
    (office / "甲").mkdir()
    assert juesuan("new", "说明", "--templates", "templates", "-o", "甲/填报.xlsx").status == 0
    (office / "甲" / "填报.xlsm").write_bytes((office / "甲" / "填报.xlsx").read_bytes())
    shown = juesuan("check", "甲", "--annotate", "--templates", "templates")
    assert "核对意见：甲/填报（核对意见）.xlsx" in shown.text
    assert "核对意见：甲/填报（核对意见）（2）.xlsx" in shown.text
