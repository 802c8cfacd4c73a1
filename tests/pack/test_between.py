"""between.yaml: which figures of a pack other reports may hold too, as its author writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import said

from generator.lint.lint import linted
from generator.pack import PackRoots

PACK = """\
名称: 本省
标题: 本省自评表
种类: 项目支出绩效自评表
版本: "1"
上级: project-performance
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("项目得分: {数: null}\n", []),
        ("本地补助: {说明: 本省的补助, 逐行: =项目, 数: =行.全年执行数, 等级: 警告}\n", []),
        (
            "项目得份: {数: =年度}\n",
            ["T150 本省/between.yaml 第1行 common/between.yaml 里没有“项目得份”"],
        ),
        ("项目得分: {数: =行.总份}\n", ["T101 本省/between.yaml 第1行"]),
        ("本年支出: {数: =支出.合计}\n", ["T101 本省/between.yaml 第1行"]),
        ("本年支出: {数: 支出.合计}\n", ["T117 "]),
        ("本年支出: {数: =(}\n", ["T102 本省/between.yaml 第1行"]),
        ("本年支出: {款: =年度}\n", ["T114 本省/between.yaml 第1行 between.yaml 的“本年支出”"]),
        ("本年支出: {等级: 严重}\n", ["T117 "]),
        ("本年支出: =年度\n", ["T115 "]),
    ],
)
def test_mistakes_are_told_at_their_line(tmp_path: Path, text: str, told: list[str]) -> None:
    folder = tmp_path / "本省"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "between.yaml").write_text(text, encoding="utf-8")
    found = said(linted("本省", PackRoots.with_own((tmp_path,))).diagnostics)
    assert [one for one, words in zip(found, told, strict=False) if not one.startswith(words)] == []
    assert len(found) == len(told), found
