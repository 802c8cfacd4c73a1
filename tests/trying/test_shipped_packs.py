"""Each pack that travels with the program: sane samples of all kinds and years, its own case, nothing untrue said."""

from __future__ import annotations

import pytest
from every import some

from generator.case import read_input
from generator.diagnostics import Severity
from generator.pack import PackRoots, load_pack
from generator.pack.sources import usable_names
from generator.trying.case import built_outline, case_folder, compared
from generator.trying.tried import try_pack

ROOTS = PackRoots.with_own()
PACKS = usable_names(ROOTS)
LATEST = 2025

TRUE_OF_THEM = {
    # In 2018 and 2019 the tables have no row for 国有资本经营预算, and nothing keeps an office from filling it in.
    "final-accounts-national": ["T175 收入支出决算总表", "T175 财政拨款收入支出决算总表"],
    # 基本支出 and 项目支出 of 政府性基金 are held against the 支出明细 together only, but printed apart.
    "final-accounts-sichuan": ["T175 财政拨款支出决算明细表"],
    # A name of the unit of two lines.
    "fund-performance-xinjiang": ["T170 封面"],
    # Two opinions of three lines each.
    "performance-hebei": ["T170 封面"],
    # 项目支出 is printed, the projects that it is made of may be left out and are printed as 0.
    "performance-hunan": ["T175 部门整体支出绩效评价基础数据表"],
}
"""What is found, and why it is true; all warnings."""


@pytest.mark.parametrize("name", some(PACKS, 4))
def test_what_is_found_is_true(name: str) -> None:
    pack = load_pack(name, ROOTS).value
    assert pack is not None
    tried = try_pack(pack, ROOTS, LATEST)
    said = [f"{one.code} {one.place.file.rpartition('/')[2].partition('.')[0]}" for one in tried.diagnostics]
    assert said == TRUE_OF_THEM.get(name, [])
    assert {one.severity for one in tried.diagnostics} <= {Severity.WARNING}
    assert all(one.docx for one in tried.value)
    kinds = {one.sample.kind.value for one in tried.value}
    assert kinds == {"平常", "全零", "空表", "最长"}


@pytest.mark.parametrize("name", PACKS)
def test_its_case_gives_the_outline_that_lies_beside_it(name: str) -> None:
    """After a change that is meant: `juesuan packs try NAME --write-outline`, and the change read line by line."""
    pack = load_pack(name, ROOTS).value
    assert pack is not None
    folder = case_folder(pack, ROOTS)
    assert folder is not None and folder.is_dir()
    built = built_outline(pack, read_input(folder), ROOTS)
    assert built.diagnostics == () and built.value is not None
    assert compared(pack, folder, built.value) == ()
