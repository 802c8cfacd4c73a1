"""A unit that was renamed: the same report under another name; another unit stays another unit."""

from __future__ import annotations

import pytest
from refresh_cases import OURS, Change, built, opened, refreshed
from word_by_hand import blocks, comments_of, everything
from word_edits import edited, paragraph_behind, type_behind

from generator.corrections import Version, compare_versions, redline_word
from generator.refreshing.remarks import remark_finding
from generator.word_file.same_unit import likeness_of

FORMER, NOW = "自贡市贡井区医疗保障局", "自贡市贡井区医疗保障服务局"
RENAMED = (
    Change("基本情况.yaml", f"名称: {FORMER}\n", f"名称: {NOW}\n"),
    Change("基本情况.yaml", f"名称: {FORMER}（本级）", f"名称: {NOW}（本级）"),
    Change("收支.yaml", "上年: 365700.00", "上年: 966800.00", 3),
)
ELSEWHERE = Change("基本情况.yaml", "名称: 自贡市贡井区", "名称: 自贡市大安区", 2)


@pytest.fixture(scope="module")
def was() -> bytes:
    return built("gongjing-2020", (), False)


@pytest.fixture(scope="module")
def now() -> bytes:
    return built("gongjing-2020", RENAMED, False)


def test_the_name_flows_into_every_place(was: bytes, now: bytes) -> None:
    result = refreshed(was, now)

    assert blocks(result.docx) == blocks(now)
    assert [one for one in everything(result.docx) if FORMER in one] == []
    assert result.remarks == ()


def test_it_flows_into_sentences_that_a_person_has_changed(was: bytes, now: bytes) -> None:
    made = edited(was, type_behind("下属二级预算单位", "（经编办核定）", within="下属二级预算单位"))

    result = refreshed(made.docx, now)

    changed = next(one for one in blocks(result.docx) if "（经编办核定）" in one)
    assert changed.startswith(f"{NOW}下属二级预算单位（经编办核定）")
    assert result.remarks == ()


def test_where_a_person_wrote_it_somebody_is_asked(was: bytes, now: bytes) -> None:
    made = edited(was, paragraph_behind("收、支总计91.68万元", f"{FORMER}成立于2019年。"))

    result = refreshed(made.docx, now)

    assert f"{FORMER}成立于2019年。" in blocks(result.docx)
    assert [(one.on, one.text) for one in comments_of(result.docx) if one.author == OURS] == [
        (FORMER, f"单位名称已改为“{NOW}”：这句话是人写的，没有改动，请核对要不要改。")
    ]
    assert [remark_finding(one, "报告.docx").code for one in result.remarks] == ["R034"]


def test_tracked_changes_and_a_comparison_go_on_with_a_warning(was: bytes, now: bytes) -> None:
    told = f"单位名称由“{FORMER}”改成了“{NOW}”；地名相同，其余的文字 97% 相同，数 83% 相同，按同一个单位改了名称处理"
    marked = redline_word("旧.docx", was, now, author="甲", date="2021-10-26T09:00:00Z")
    assert marked.value is not None
    assert [(one.code, one.message) for one in marked.diagnostics] == [("R032", told)]

    compared = compare_versions(Version(opened(was), None, None), Version(opened(now), None, None))
    assert compared.value is not None
    assert [one.code for one in compared.diagnostics] == ["R032"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("gongjing-2020", ()), ("gongjing-2020", RENAMED), True),
        # another bureau of the same district, form and year
        (("putuo-finance-2024", ()), ("putuo-planning-2024", ()), False),
        # the same figures under the name of another place
        (("gongjing-2020", ()), ("gongjing-2020", (ELSEWHERE,)), False),
    ],
)
def test_what_counts_as_one_unit(
    one: tuple[str, tuple[Change, ...]], other: tuple[str, tuple[Change, ...]], alike: bool
) -> None:
    first, second = (opened(built(name, changes, "gongjing" not in name)).facts for name, changes in (one, other))
    assert likeness_of(first, second).of_one_unit is alike
