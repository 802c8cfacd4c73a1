"""What expressions of a pack may reach: facts, and of Python nothing but a loop's own counters."""

from __future__ import annotations

import pytest
from effort import at_most

from generator.expressions.environment import Environment, EvaluationError, compile_expression
from generator.facts.accounts import Accounts

ENVIRONMENT = Environment(Accounts({}, {}))
NAMES = {"词": "甲", "数": 5, "项": {"一": 1}, "列": ["甲", "乙"]}


def refused(source: str) -> str:
    """The code of the finding."""
    expression = compile_expression(ENVIRONMENT, source)
    with at_most(5), pytest.raises(EvaluationError) as caught:
        expression.value(NAMES)
    return caught.value.diagnostic.code


@pytest.mark.parametrize(
    "source",
    [
        "'a'.ljust(1000000000)",
        "词.replace('甲', '乙')",
        "'{0.__class__}'.format(数)",
        "'{0:>400000000}'.format(1)",
        "'{0:>400000000}'['format'](1)",
        "'{a:>400000000}'.format_map(项)",
        "词.join(列)",
        "数.bit_length()",
        "数.real",
        "项.items()",
        "列.append('丙')",
        "词.__class__.__mro__",
        "数.__class__.__base__.__subclasses__()",
    ],
)
def test_no_attribute_of_a_python_value_is_reached(source: str) -> None:
    assert refused(source) == "T104"


@pytest.mark.parametrize("source", ["9 ** 9 ** 9", "词 * 1000000000", "'%999999999d' % 1", "列 * 1000000000"])
def test_no_sign_keeps_the_machine_busy(source: str) -> None:
    assert refused(source) == "T104"


def test_words_are_not_joined_until_the_memory_is_full() -> None:
    long = "'" + "甲" * 100_000 + "'"
    assert refused(" ~ ".join([long] * 11)) == "T104"


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "__builtins__"])
def test_none_of_jinja2s_own_names_is_there(name: str) -> None:
    assert refused(name) == "T101"


def test_a_loop_counts() -> None:
    template = ENVIRONMENT.from_string("{% for 一 in 列 %}{{ loop.index }}/{{ loop.length }}{{ 一 }} {% endfor %}")
    assert template.render(NAMES) == "1/2甲 2/2乙 "


@pytest.mark.parametrize("source", ["大 * 大", "9" * 31 + " * 2"])
def test_whole_numbers_are_not_multiplied_for_ever(source: str) -> None:
    expression = compile_expression(ENVIRONMENT, source)
    with pytest.raises(EvaluationError) as caught:
        expression.value({"大": 10**31})
    assert caught.value.diagnostic.code == "T104"


def test_sums_are_what_they_were() -> None:
    assert compile_expression(ENVIRONMENT, "[1] + 列 + ['丙']").value(NAMES) == [1, "甲", "乙", "丙"]
    assert compile_expression(ENVIRONMENT, "数 + 数 * 2").value(NAMES) == 15
