"""What a pack makes longer and longer ends early, with file and line, and long before time or memory do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from effort import at_most
from support import Form, pack_folder

from generator.expressions import effort

TOO_MUCH = "模板重复得太多：印出的字和循环的次数超过了一份报告的限度，到这里停止"
HINT = "请检查这里的循环是否套得太多，或者一段文字成倍地引用自己；出错的地方："


def nested(inside: str, levels: int = 9) -> str:
    names = "甲乙丙丁戊己庚辛壬"[:levels]
    return "".join(f"{{% for {n} in '0123456789' %}}" for n in names) + inside + "{% endfor %}" * levels


def doubling(first: str, sign: str, times: int = 60) -> str:
    return f"{{% set 甲 = {first} %}}" + f"{{% set 甲 = 甲 {sign} 甲 %}}" * times


QUOTING = (
    "{% set 一 %}"
    + "甲" * 64
    + "{% endset %}"
    + "".join(
        f"{{% set {new} %}}" + f"{{{{ {old} }}}}" * 16 + "{% endset %}"
        for old, new in ("一二", "二三", "三四", "四五", "五六", "六七")
    )
)
ATTACKS = {
    "loops inside loops": nested(""),
    "loops that print": nested("甲乙丙丁"),
    "loops that print a figure": nested("{{ 年度 }}"),
    "loops that print long words": "{% set 长 = '" + "甲" * 100_000 + "' %}" + nested("{{ 长 }}"),
    "loops over lists": nested("").replace("'0123456789'", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 0]"),
    "texts that quote texts": QUOTING + "{{ 七 }}",
    "a list that grows": doubling("[1]", "+"),
    "words that grow": doubling("'甲'", "+"),
    "words that are joined": doubling("'" + "甲" * 400_000 + "'", "~", 0) + "{{ 甲 ~ 甲 }}" * 200,
    "macros that call twice": "".join(
        f"{{% macro 记{n}() %}}{{{{ 记{n + 1}() }}}}{{{{ 记{n + 1}() }}}}{{% endmacro %}}" for n in range(40)
    ) + "{% macro 记40() %}{% endmacro %}{{ 记0() }}",
    "long words behind short names": "{% set 长 %}{{ '" + "甲" * 500_000 + "' }}{% endset %}" + nested("{{ 长 }}", 3),
}  # fmt: skip


def test_the_budget_of_a_document_is_used_up_in_seconds(tmp_path: Path) -> None:
    with at_most(30):
        assert Form(pack_folder(tmp_path, text=nested(""))).report().codes == ["T134"]


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What grows without end ends at any bound; the suite need not wait for the true one."""
    monkeypatch.setattr(effort, "MOST", 3_000_000)


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_chapter_that_grows_without_end(tmp_path: Path, attack: str) -> None:
    form = Form(pack_folder(tmp_path, text=f"第一行\n\n{ATTACKS[attack]}\n\n末行\n"))
    with at_most(30):
        said = form.report().said
    (one,) = said
    assert one in (
        f"T134 example/text/正文.md.j2 第3行 {TOO_MUCH} {HINT}正文“正文”",
        f"T134 example/text/正文.md.j2 {TOO_MUCH} {HINT}正文“正文”",  # where the words are put into paragraphs
    )


def test_numbers_that_grow_are_refused(tmp_path: Path) -> None:
    form = Form(pack_folder(tmp_path, text=doubling("9", "*")))
    with at_most(10):
        assert form.report().said[0].startswith("T104 example/text/正文.md.j2 第1行")


@pytest.mark.usefixtures("small_budget")
def test_a_table_that_grows_without_end(tmp_path: Path) -> None:
    digits = ", ".join(f"'{digit}'" for digit in range(10))
    rows = "".join(f"{'  ' * n}- 逐行: =甲\n{'  ' * n}  单元: [一]\n{'  ' * n}  其下:\n" for n in range(9))
    table = f'列: [{{宽: 20}}]\n令: {{甲: "=[{digits}]"}}\n行:\n{rows}{"  " * 9}- [末]\n'
    form = Form(pack_folder(tmp_path, {"tables/大表.yaml": table}, text="```表 大表\n```\n"))
    with at_most(30):
        (said,) = form.report().said
    assert re.fullmatch(rf"T134 example/tables/大表.yaml 第\d+行 {TOO_MUCH} {HINT}表“大表”", said)
