"""Drafts of the examples with an input taken out: same headings, no line lost, each gap listed and printed in place.

Every input of every example, one at a time, and many together: `tests/long/draft_sweep.py`.
"""

from __future__ import annotations

import random
from functools import cache

import pytest
from drafts import Complete, every_input, examined, without
from example_packs import EXAMPLES, data_of

from generator.drafts import as_draft
from generator.writers.outline import write_outline

THREE_PUBLIC = ("三公与其他.yaml", "三公")
CHAPTER_LOST = [
    ("gongjing-2020", (*THREE_PUBLIC, "公务接待费", "决算")),
    ("gongjing-2020", ("三公与其他.yaml", "政府采购", "货物")),
    ("gongjing-2020", ("绩效.yaml", "项目", 0, "预算财政拨款")),
    ("gongjing-2020", ("绩效.yaml", "整体评价", "编制", "行政")),
    ("taoyuan-2019", ("基本情况.yaml", "人员", "编制")),
    ("chengde-2022", ("基本情况.yaml", "人员", "编制", "行政")),
    ("chengde-2022", ("基本情况.yaml", "机构")),
]


@cache
def complete(example: str) -> Complete:
    return Complete(data_of(example))


@pytest.mark.parametrize(("example", "path"), CHAPTER_LOST, ids=lambda one: "/".join(map(str, one)) if one else "")
def test_inputs_that_took_a_chapter_with_them(example: str, path: tuple[str | int, ...]) -> None:
    assert complete(example).losses(path) == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_some_inputs_of_each_example(example: str) -> None:
    chance = random.Random(example)
    paths = list(every_input(complete(example).data))
    cases = [(path,) for path in chance.sample(paths, 6)] + [tuple(chance.sample(paths, n)) for n in (2, 3)]
    assert {case: complete(example).losses(*case) for case in cases} == {case: [] for case in cases}


def test_the_first_page_lists_the_gaps() -> None:
    data = without(data_of("chengde-2022"), ("基本情况.yaml", "人员", "编制", "行政"), ("履职.yaml", "履职", 1, "内容"))
    outcome = examined(data)
    assert outcome.value is not None
    draft = as_draft(outcome.value.document, outcome.value.case.facts, outcome.diagnostics)
    first_page = write_outline(draft).split("\n分节")[0].splitlines()
    assert first_page[1:] == [
        "P[目录标题] 草稿：还要填写的内容",
        "P 已填 102 项中的 100 项，尚缺 2 处，正文里印作〔待填〕：",
        "P 1. 编制数·行政编制是必填项，没有填写（基本情况.yaml 第48行）",
        "P 2. 部门主要履职情况（第2行）·履职情况是必填项，没有填写（履职.yaml 第39行）",
    ]
