"""YAML is counted as if every alias were written out, without doing so."""

from __future__ import annotations

import pytest
from effort import at_most

from generator.border.yaml_text import Amount, TooDeepError, compose
from generator.pack.located_yaml import PackYamlError, load_located
from generator.reading.read_yaml import parse_yaml


def counted(text: str) -> Amount:
    amount = Amount()
    compose(text, amount)
    return amount


def said(*texts: str) -> list[str]:
    """What is said of the input files 1.yaml, 2.yaml …"""
    with at_most(20):
        read = parse_yaml([(f"{number}.yaml", text) for number, text in enumerate(texts, 1)])
    return [f"{one.severity.word} {one.code} {one.place} {one.message}" for one in read.diagnostics]


def listed(count: int, row: str = "- {名称: 甲, 金额: 1}") -> str:
    return "项目:\n" + f"{row}\n" * count


@pytest.mark.parametrize(
    ("text", "rows", "cells", "repeated_rows", "repeated_cells"),
    [
        ("年度: 2020\n单位: {名称: 甲}", 0, 2, 0, 0),
        (listed(3), 3, 6, 0, 0),
        ("项目: [[1, 2], [3, 4], 5]", 2, 5, 0, 0),
        ("甲: &a [{名: 一}, {名: 二}]\n乙: *a\n丙: *a", 6, 6, 4, 4),
        # the row *r is written, what it holds is repeated
        ("项目:\n- &r {名: 甲, 指标: [{一: 1}, {二: 2}]}\n- *r\n- *r", 9, 9, 4, 6),
        ("甲: &a {一: 1, 二: 2}\n乙: {<<: *a, 三: 3}", 0, 5, 0, 2),
        ("", 0, 0, 0, 0),
    ],
)
def test_what_counts(text: str, rows: int, cells: int, repeated_rows: int, repeated_cells: int) -> None:
    assert counted(text) == Amount(rows, cells, repeated_rows, repeated_cells)


def bomb(levels: int, each: str = "*") -> str:
    """Lists of ten times the list before."""
    lines = ["甲0: &a0 [[1]]"]
    lines += [f"甲{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels + 1)]
    return "\n".join(lines)


TOO_MUCH = "错误 I069 1.yaml 填报数据太多，“1.yaml”没有读取："


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (listed(200_001, "- []"), "行数 200,001 行，最多 200,000 行"),
        (
            "甲: &a [" + "1," * 1000 + "]\n" + "".join(f"乙{n}: *a\n" for n in range(1000)),
            "格数 1,001,000 格，最多 1,000,000 格",
        ),
        ("数: [" + "1," * 2_100_000 + "]", "格数 1,000,000 格以上，最多 1,000,000 格"),
        (
            "项目:\n- &r {指标: [" + "{甲: 1}," * 100 + "]}\n" + "- *r\n" * 499,
            "用“*”引用重复的行数 49,900 行，最多 2,000 行",
        ),
        (
            "甲: &a {"
            + ", ".join(f"数{n}: 1" for n in range(201))
            + "}\n"
            + "".join(f"乙{n}: *a\n" for n in range(100)),
            "用“*”引用重复的格数 20,100 格，最多 20,000 格",
        ),
        (bomb(6), "行数 2,345,671 行，最多 200,000 行"),
        (bomb(30), "行数 一万亿行以上，最多 200,000 行"),
    ],
    ids=[
        "rows",
        "cells",
        "words",
        "a row of a hundred, 500 times",
        "cells by alias",
        "bomb",
        "bigger",
    ],
)
def test_too_much_is_told_with_both_numbers(text: str, told: str) -> None:
    (only,) = said(text)
    assert only == TOO_MUCH + told


def test_all_files_of_an_input_count_together() -> None:
    half = "甲: &a [" + "[1]," * 1200 + "]\n乙: *a"
    assert said(half) == []
    assert said(half, half) == [
        "错误 I069 2.yaml 填报数据太多，“2.yaml”没有读取：用“*”引用重复的行数 2,400 行，最多 2,000 行"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "甲: " + "[" * 41 + "]" * 41,
        "甲: " + "{甲: " * 5000 + "1" + "}" * 5000,
        "甲: &a [*a]",
        "甲: &a {乙: {丙: *a}}",
        "\n".join(["甲0: &a0 [1]", *(f"甲{n}: &a{n} [*a{n - 1}]" for n in range(1, 60))]),
    ],
    ids=["brackets", "five thousand", "itself", "itself, further in", "by aliases"],
)
def test_too_deep(text: str) -> None:
    (only,) = said(text)
    assert "这里的层次太深，或者自己引用了自己" in only
    with pytest.raises(TooDeepError):
        counted(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲: 1\n乙: &a [*a]", "包/fields.yaml 第2行 模板包的文件写法有误：这里的层次太深，或者自己引用了自己"),
        (bomb(9), "行数 "),
        (bomb(5) + "\n甲9: *a5", "行数 "),
    ],
)
def test_a_pack_s_files_pass_the_same_border(text: str, told: str) -> None:
    with at_most(20), pytest.raises(PackYamlError) as raised:
        load_located(text, "包/fields.yaml")
    one = raised.value.diagnostic
    assert one.code == "T113" and told in f"{one.place} {one.message}"


def test_honest_ones_pass() -> None:
    """A unit with all its 项: each a row with its name and ten figures; indicators that forty projects share."""
    row = "- {科目: 2080101, " + ", ".join(f"数{n}: 1234.56" for n in range(10)) + "}"
    whole = counted(listed(26_880, row))
    assert (whole.rows, whole.cells) == (26_880, 295_680)
    shared = "指标: &i [{名称: 一}, {名称: 二}]\n项目:\n" + "- {名称: 甲, 指标: *i}\n" * 40
    assert counted(shared).repeated_rows == 80


def test_a_text_with_many_signs_is_only_looked_at_longer() -> None:
    assert said("说明: " + "，:-" * 350_000) == []
