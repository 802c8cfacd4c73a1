"""Numbers without their unit, for holding amounts and counts against an indicator's figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.facts.derive import bare, quotient
from generator.facts.explain import formula, leaves
from generator.quantity import MONEY, PERCENT, Blank, Quantity, UnitError

PAID = Quantity(Decimal("56173800"), MONEY, "基金.保费收入", error=Decimal(50))
PEOPLE = Quantity(Decimal(13701), "人", "缴费人数")


def test_money_in_the_unit_asked_for_with_its_rounding() -> None:
    in_wan = bare(PAID, "万元")
    assert isinstance(in_wan, Quantity)
    assert (in_wan.value, in_wan.unit, in_wan.error) == (Decimal("5617.38"), "", Decimal("0.005"))
    assert list(leaves(in_wan)) == [PAID]


def test_counts_and_percentages_need_no_unit() -> None:
    for quantity in (PEOPLE, Quantity(Decimal("80.4"), PERCENT, "覆盖率")):
        number = bare(quantity)
        assert isinstance(number, Quantity)
        assert (number.value, number.unit) == (quantity.value, "")


def test_average_explains_itself() -> None:
    average = quotient(bare(PAID, "元"), bare(PEOPLE))
    assert isinstance(average, Quantity)
    assert round(average.value, 2) == Decimal("4099.98")
    assert formula(average) == "基金.保费收入（元） ÷ 缴费人数（人）"
    assert list(leaves(average)) == [PAID, PEOPLE]


@pytest.mark.parametrize(("quantity", "unit"), [(PAID, ""), (PEOPLE, "万元"), (PAID, "万")])
def test_money_without_unit_and_counts_with_one_are_slips_of_the_pack(quantity: Quantity, unit: str) -> None:
    with pytest.raises(UnitError, match="金额要写明单位"):
        bare(quantity, unit)


def test_only_bare_numbers_are_divided() -> None:
    with pytest.raises(UnitError, match="请先写“| 纯数”".replace("|", "[|]")):
        quotient(PAID, PEOPLE)


def test_blank_stays_blank_and_nothing_is_divided_by_zero() -> None:
    empty = Blank("缴费人数", "缴费人数")
    assert bare(empty) is empty
    assert quotient(empty, bare(PEOPLE)) is empty
    assert quotient(bare(PEOPLE), empty) is empty
    nobody = quotient(bare(PEOPLE), Quantity(Decimal(0), "", "享受人次"))
    assert isinstance(nobody, Blank)
    assert nobody.label == "享受人次为0时的商"
