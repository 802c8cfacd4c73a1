"""From a folder of files to the findings: what there is to read, which form, which year."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import DATA, pack_folder

from generator.corrections import find_figures
from generator.diagnostics import Diagnostic
from generator.document.nodes import Paragraph
from generator.pack import PackRoots
from generator.pipeline import examine

FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数}, 上年: {类型: 金额, 标签: 上年数}}}
"""
TEXT = "收支{{ 收支.决算 | 万元 }}，增加{{ 收支.决算 - 收支.上年 }}，增长{{ 收支.决算 | 增幅(收支.上年) }}。\n"


@pytest.fixture
def roots(tmp_path: Path) -> PackRoots:
    return pack_folder(tmp_path / "templates", fields=FIELDS, text=TEXT, settings="年度: {自: 2020, 至: 2021}\n")


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def lines(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.code} {d.place} {d.message}".replace("  ", " ") for d in findings]


GOOD = DATA + "收支: {决算: 5, 上年: 4}\n"


def test_files_of_a_folder_are_one_report(tmp_path, roots) -> None:
    folder = written(tmp_path / "甲局", 一=DATA, 二="金额单位: 元\n收支: {决算: 50000, 上年: 40000}\n")
    examined = examine(folder, roots)
    assert examined.diagnostics == () and examined.value is not None
    (paragraph,) = examined.value.document.blocks
    assert isinstance(paragraph, Paragraph)
    meta = examined.value.document.meta
    assert (meta.title, meta.file_name, meta.pack) == ("甲局2020年度报告", "2020-甲局", "example")


def test_one_file_is_enough(tmp_path, roots) -> None:
    assert examine(written(tmp_path / "甲局", 一=GOOD) / "一.yaml", roots).diagnostics == ()


def test_nothing_there(tmp_path, roots) -> None:
    assert lines(examine(tmp_path / "没有", roots).diagnostics) == [f"O031 找不到“{tmp_path / '没有'}”"]
    assert lines(examine(written(tmp_path / "空"), roots).diagnostics) == [f"O032 “{tmp_path / '空'}”里没有填报文件"]


def test_files_of_another_kind(tmp_path, roots) -> None:
    folder = written(tmp_path / "甲局", 一=GOOD)
    (folder / "照片.jpg").write_bytes(b"")
    (folder / "决算.csv").write_bytes(b"")
    assert [d.code for d in examine(folder, roots).diagnostics] == ["O033"]
    assert [d.code for d in examine(folder / "照片.jpg", roots).diagnostics] == ["O034"]


def test_a_report_without_its_form(tmp_path, roots) -> None:
    (found,) = examine(written(tmp_path / "甲局", 一="年度: 2020\n"), roots).diagnostics
    assert (found.code, found.message) == ("O035", "没有写明做哪一种报告")
    assert "example" in found.hint and "common" not in found.hint


def test_a_form_of_that_name_does_not_exist(tmp_path, roots) -> None:
    (found,) = examine(written(tmp_path / "甲局", 一=GOOD.replace("报告: example", "报告: exampel")), roots).diagnostics
    assert found.code == "T112"
    assert "您是否指“example”？" in found.hint


@pytest.mark.parametrize(("year", "fine"), [(2019, False), (2020, True), (2021, True), (2022, False)])
def test_a_form_has_its_years(tmp_path, roots, year: int, fine: bool) -> None:
    found = examine(written(tmp_path / "甲局", 一=GOOD.replace("2020", str(year))), roots).diagnostics
    assert ([d.code for d in found] == []) == fine
    if not fine:
        assert lines(found) == [f"O036 一.yaml 第4行 {year}年度不在“示例报告”适用的年度（2020—2021）之内"]


def test_the_same_input_gives_the_same_document(tmp_path, roots) -> None:
    folder = written(tmp_path / "甲局", 一=GOOD)
    first, second = examine(folder, roots).value, examine(folder, roots).value
    assert first is not None and second is not None
    assert first.document.meta == second.document.meta


def test_a_reader_who_recomputes_is_told(tmp_path, roots) -> None:
    data = DATA.replace("万元", "元") + "收支: {决算: 115280, 上年: 96120}\n"
    found = examine(written(tmp_path / "甲局", 一=data), roots).diagnostics
    assert [d.code for d in found] == ["F007"]
    assert "按公布的数复算，收支·决算数的增幅为 19.98%，报告按元计算印为 19.93%" in found[0].message


def test_recomputing_can_be_the_rule(tmp_path) -> None:
    roots = pack_folder(tmp_path / "templates", fields=FIELDS, text=TEXT, settings="复算口径: 公布数\n")
    data = DATA.replace("万元", "元") + "收支: {决算: 115280, 上年: 96120}\n"
    examined = examine(written(tmp_path / "甲局", 一=data), roots)
    assert examined.diagnostics == () and examined.value is not None
    assert [m.texts for m in find_figures(examined.value, "19.98%").matches] == [("19.98",)]


def test_a_decline_is_printed_by_its_size_and_kept_with_its_sign(tmp_path) -> None:
    """«减少0.96万元，下降16.62%»: the words carry the sign, the explanation needs it."""
    text = '# 概况\n\n{{ 收支.决算 | 万元 }}。{{ 收支 | 与上年相比("收、支总计", 原因="少了") }}\n'
    for rule in ("元", "公布数"):
        folder = tmp_path / rule
        roots = pack_folder(folder / "templates", fields=FIELDS, text=text, settings=f"复算口径: {rule}\n")
        examined = examine(written(folder / "甲局", 一=DATA + "收支: {决算: 4, 上年: 5}\n"), roots).value
        assert examined is not None
        (difference,) = find_figures(examined, "收支.决算 - 收支.上年").matches
        assert difference.quantity.value == -10000
        assert difference.texts == ("1.00",)
        (rate,) = find_figures(examined, "20%").matches
        assert rate.quantity.value == -20
        assert "减少1.00万元，下降20%。" in rate.printed[0].excerpt


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("收支.决算", ["收支.决算"]),
        ("5.00", ["收支.决算"]),
        ("5.00万元", ["收支.决算"]),
        ("25%", ["增幅(收支.决算, 收支.上年)"]),
        ("7.77", []),
    ],
)
def test_figures_are_found_by_name_or_by_what_is_printed(tmp_path, roots, wanted: str, names: list[str]) -> None:
    examined = examine(written(tmp_path / "甲局", 一=GOOD), roots).value
    assert examined is not None
    assert [match.quantity.name for match in find_figures(examined, wanted).matches] == names
