"""What a figure is and what it is called: rows above, names below."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.expressions.environment import Environment, compile_expression
from generator.facts.accounts import AccountCode, Accounts
from generator.facts.explain import leaves
from generator.facts.fact import Entry, Group, Rows, Text, YesNo
from generator.facts.naming import spoken_name
from generator.place import Place
from generator.quantity import MONEY, Quantity
from generator.scoring.rules import Scoring

ENVIRONMENT = Environment(Accounts({}, {}), scoring=Scoring())


def row(table: str, label: str, number: int, key: str = "", **cells: object) -> Group:
    """Line `number` of 数据.yaml; numbers are 元."""
    name, place = f"{table}[{key or number}]", Place("数据.yaml", number)
    entries: dict[str, Entry] = {}
    for column, cell in cells.items():
        full = f"{name}.{column}"
        known = isinstance(cell, int)
        entries[column] = Quantity(Decimal(str(cell)), MONEY, full, place) if known else cell  # type: ignore[assignment]
    return Group(name, entries, place, f"{label}（{key or f'第{number}行'}）")


SPENDING = Rows(
    "支出明细",
    [
        row("支出明细", "支出", 1, 科目=AccountCode("30201"), 资金=Text("财政"), 追加=YesNo("是"), 数=7, 上年=1),
        row("支出明细", "支出", 2, 科目=AccountCode("30206"), 资金=Text("财政"), 追加=YesNo("否"), 数=5, 上年=0),
        row("支出明细", "支出", 3, 科目=AccountCode("30206"), 资金=Text("其他"), 追加=YesNo("是"), 数=7, 上年=2),
        row("支出明细", "支出", 4, 科目=AccountCode("31002"), 资金=Text("其他"), 追加=YesNo("否"), 数=0, 上年=3),
    ],
    place=Place("数据.yaml", 9),
    label="支出（按明细填）",
)
MEASURES = Rows(
    "指标",
    [
        row("指标", "绩效指标", n, name, 名称=Text(name), 一级=Text(first), 分值=points, 自评得分=score)
        for n, name, first, points, score in (
            *((1, "立项", "决策", 10, 9), (2, "预算", "决策", 10, 10)),
            *((3, "资金", "过程", 12, 12), (4, "制度", "过程", 8, 7)),
        )
    ],
    "名称",
)


def ask(expression: str) -> object:
    names = {"年度": Quantity(Decimal(2020), "年度", "年度"), "支出明细": SPENDING, "指标": MEASURES}
    return compile_expression(ENVIRONMENT, expression).value(names)


def figure(expression: str) -> Quantity:
    found = ask(expression)
    assert isinstance(found, Quantity)
    return found


@pytest.mark.parametrize(
    ("expression", "name", "spoken"),
    [
        ("支出明细 | 求和('数')", "支出明细.数合计", "支出·数合计"),
        ("支出明细 | 求和('数', '上年')", "支出明细.数＋上年合计", "支出·数＋上年合计"),
        ("支出明细 | 筛选('资金', '财政') | 求和('数')", "支出明细[资金=财政].数", "支出（资金：财政）·数"),
        ("支出明细 | 科目属于('科目', '302') | 求和('数')", "支出明细[302].数", "支出（302）·数"),
        ("支出明细 | 科目属于('科目', '302', '310') | 求和('数')", "支出明细[302、310].数", "支出（302、310）·数"),
        ("支出明细 | 选是('追加') | 求和('数')", "支出明细[追加=是].数", "支出（追加：是）·数"),
        ("支出明细 | 有数('上年') | 求和('数')", "支出明细[上年有数].数", "支出（上年有数）·数"),
        (
            "支出明细 | 筛选('资金', '其他') | 科目属于('科目', '3') | 求和('数')",
            "支出明细[资金=其他][3].数",
            "支出（资金：其他）（3）·数",
        ),
        ("(支出明细 | list)[1:3] | 求和('数')", "支出明细[2、3].数", "支出（2、3）·数"),
        ("支出明细 | 科目属于('科目', '4') | 求和('数')", "支出明细[4].数", "支出（4）·数"),
        ("支出明细 | 科目属于('科目', '4') | 行数", "支出明细[4].行数", "支出（4）的行数"),
        ("(支出明细 | 类款('科目', '数')) | 筛选('级', 1) | 求和('数')", "支出明细[按类款][级=1].数", ""),
        ("(支出明细 | 类款('科目', '数'))[0].数", "支出明细[302].数", "支出（302）·数"),
        ("(支出明细 | 筛选('资金', '财政') | 类款('科目', '数'))[0].数", "支出明细[资金=财政][302].数", ""),
    ],
)
def test_the_name_of_a_sum_tells_which_rows(expression: str, name: str, spoken: str) -> None:
    found = figure(expression)
    assert found.name == name
    if spoken:
        assert spoken_name(found) == spoken


def test_the_sum_of_one_figure_is_that_figure() -> None:
    found = figure("支出明细 | 科目属于('科目', '30201') | 求和('数')")
    assert (found.name, str(found.place), found.origin) == ("支出明细[1].数", "数据.yaml 第1行", None)
    assert found.identity == SPENDING[0].entries["数"].identity  # type: ignore[union-attr]


def test_two_choices_of_equal_value_are_two_figures() -> None:
    one, other = (figure(f"支出明细 | 筛选('资金', '{word}') | 求和('数', '上年')") for word in ("财政", "其他"))
    assert one.value != other.value or one.identity != other.identity
    first, second = (
        figure("支出明细 | 筛选('资金', '无') | 求和('数')"),
        figure("支出明细 | 筛选('资金', '缺') | 求和('数')"),
    )
    assert first == second == 0
    assert first.identity != second.identity


def test_two_parts_of_a_score_sheet_of_19_points_each_are_two_figures() -> None:
    one, other = (figure(f"指标 | 筛选('一级', '{word}') | 总分") for word in ("决策", "过程"))
    assert one.value == other.value == 19
    assert (one.name, other.name) == ("指标[一级=决策].总分", "指标[一级=过程].总分")
    assert one.identity != other.identity
    assert [leaf.name for leaf in leaves(other)] == ["指标[资金].自评得分", "指标[制度].自评得分"]
    share_of = figure("指标 | 筛选('一级', '过程') | 总分 | 占(指标 | 筛选('一级', '过程') | 分值合计)")
    assert spoken_name(share_of) == "绩效指标（一级：过程）·总分占绩效指标（一级：过程）·分值的比重"


def test_the_same_question_gives_the_same_figure() -> None:
    question = "支出明细 | 筛选('资金', '财政') | 求和('数') | 占(支出明细 | 求和('数'))"
    assert figure(question).identity == figure(question).identity


def test_a_figure_is_not_its_value() -> None:
    before, after = (Quantity(Decimal(n), MONEY, "收入.合计", Place("数据.yaml", 3)) for n in (1, 2))
    assert before.identity == after.identity
    assert before.identity != Quantity(Decimal(1), MONEY, "收入.合计", Place("数据.yaml", 4)).identity


def test_a_long_sum_is_its_parts_however_it_was_grouped() -> None:
    a, b, c = (Quantity(Decimal(n), MONEY, name, Place("数据.yaml", n)) for n, name in enumerate("甲乙丙", 1))
    assert ((a + b) + c).identity == (a + (b + c)).identity  # type: ignore[union-attr, operator]
    assert (a - b).identity != (b - a).identity  # type: ignore[union-attr]
    assert (a * 2).identity != (a * 3).identity  # type: ignore[union-attr]
    assert abs(a - b).identity != (a - b).identity  # type: ignore[union-attr, arg-type]


def test_two_boxes_of_the_form_stay_two_figures() -> None:
    """机关运行经费 is filled in from 公用经费, and both are printed: each has its own name and word."""
    whole = figure("支出明细 | 求和('数')")
    assert whole.named("公用经费").identity != whole.named("机关运行经费").identity


def test_a_zero_tells_whether_anything_was_filled_in() -> None:
    assert figure("支出明细 | 科目属于('科目', '4') | 求和('数')").is_unfilled
    assert not figure("支出明细 | 科目属于('科目', '310') | 求和('数')").is_unfilled
    assert not figure("支出明细 | 求和('数')").is_unfilled
