"""What `juesuan explain` says of a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.facts.derive import change_rate, share
from generator.facts.explain import exact_text, explain, formula, leaves
from generator.facts.naming import spoken_name
from generator.place import Place
from generator.quantity import MONEY, PERCENT, YEAR, Quantity, total


def wan(amount: object, name: str, line: int = 0, label: str = "") -> Quantity:
    return Quantity(Decimal(str(amount)) * 10000, MONEY, name, Place("收支.yaml", line), label)


def lines(quantity: object) -> str:
    assert isinstance(quantity, Quantity)
    return "\n".join(explain(quantity))


NOW = wan("91.68", "收支总计.决算", 4, "收、支总计")
BEFORE = wan("36.57", "收支总计.上年", 5, "上年收、支总计")


def test_a_typed_figure_says_where_it_stands() -> None:
    assert lines(NOW) == "收支总计.决算（收、支总计） = 916,800.00元   收支.yaml 第4行"


def test_a_rate_shows_formula_numbers_and_cells() -> None:
    assert lines(change_rate(NOW, BEFORE)) == (
        "增幅(收支总计.决算, 收支总计.上年) = 150.697293%\n"
        "  = （收支总计.决算 － 收支总计.上年） ÷ 收支总计.上年 × 100%\n"
        "  = （916,800.00元 － 365,700.00元） ÷ 365,700.00元 × 100%\n"
        "  收支总计.决算（收、支总计） = 916,800.00元   收支.yaml 第4行\n"
        "  收支总计.上年（上年收、支总计） = 365,700.00元   收支.yaml 第5行"
    )


def test_a_long_sum_reads_like_the_table() -> None:
    three = wan(1, "甲", 1) + wan(2, "乙", 2) + wan(3, "丙", 3)
    assert lines(three) == (
        "甲 + 乙 + 丙 = 60,000.00元\n"
        "  = 甲 ＋ 乙 ＋ 丙\n"
        "  = 10,000.00元 ＋ 20,000.00元 ＋ 30,000.00元\n"
        "  甲 = 10,000.00元   收支.yaml 第1行\n"
        "  乙 = 20,000.00元   收支.yaml 第2行\n"
        "  丙 = 30,000.00元   收支.yaml 第3行"
    )


def test_rows_of_zero_are_counted_not_listed() -> None:
    rows = [wan(amount, f"表[{n}].数", n) for n, amount in enumerate((5, 0, 0), 1)]
    assert lines(total(rows, MONEY, "表.数合计")).split("\n")[1] == "  = 表[1].数（另有2项为0）"


def test_the_way_back_goes_through_every_step() -> None:
    whole = total([NOW, BEFORE], MONEY, "合计")
    made = share(NOW - BEFORE, whole)
    assert isinstance(made, Quantity)
    assert [leaf.name for leaf in leaves(made)] == ["收支总计.决算", "收支总计.上年", "收支总计.决算", "收支总计.上年"]


def test_a_difference_in_brackets_stays_in_brackets() -> None:
    made = NOW - (BEFORE + wan(1, "丙"))
    assert isinstance(made, Quantity)
    assert made.name == "收支总计.决算 - (收支总计.上年 + 丙)"
    assert formula(-NOW) == "－收支总计.决算"


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (wan("0.123456", "甲"), "1,234.56元"),
        (Quantity(Decimal("0.005"), MONEY), "0.005元"),
        (Quantity(Decimal("-1234.5"), MONEY), "-1,234.50元"),
        (Quantity(Decimal("98.2"), PERCENT), "98.2%"),
        (Quantity(Decimal("36"), "人"), "36人"),
        (Quantity(Decimal("2020"), YEAR), "2020"),
        (Quantity(Decimal(10**20), MONEY), "100,000,000,000,000,000,000.00元"),
    ],
)
def test_exact_values(quantity: Quantity, text: str) -> None:
    assert exact_text(quantity) == text


def spending(code: str, basic: object, project: object) -> tuple[Quantity, Quantity]:
    name, label = f"支出[{code}]", f"支出（{code}）"
    return wan(basic, f"{name}.基本支出", label=f"{label}·基本支出"), wan(
        project, f"{name}.项目支出", label=f"{label}·项目支出"
    )


def test_a_derived_figure_is_called_in_the_words_of_the_form() -> None:
    """Never by the names of the program: «支出[208].基本支出 + 支出[208].项目支出»."""
    whole = wan(100, "支出.合计", label="支出合计")
    one, other = spending("2080104", 13, 2), spending("2080109", 21, 0)
    basic, project = (
        total([one[n], other[n]], MONEY, f"支出[208].{word}", f"支出（208）·{word}")
        for n, word in ((0, "基本支出"), (1, "项目支出"))
    )
    assert isinstance(basic, Quantity) and isinstance(project, Quantity)
    for made, name in (
        (share(one[0] + one[1], whole), "支出（2080104）·基本支出＋项目支出占支出合计的比重"),
        (share(basic + project, whole), "支出（208）·基本支出＋项目支出占支出合计的比重"),
        (share(whole + one[0], whole), "支出合计＋支出（2080104）·基本支出占支出合计的比重"),
        (change_rate(whole, one[0]), "支出合计的增幅"),
        (change_rate(one[0], whole), "支出（2080104）·基本支出的降幅"),
    ):
        assert isinstance(made, Quantity)
        assert spoken_name(made) == name
