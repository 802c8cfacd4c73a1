"""What a figure of this year was last year: the pack says which field next year's 上年数 comes from (上年对应)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from generator.case import Case
from generator.facts.explain import exact_text
from generator.facts.fact import path_without_keys, walk
from generator.form.fields import prior_target, walk_fields
from generator.quantity import EXACT, MONEY, MONEY_UNITS, Quantity


def last_year(case: Case) -> Mapping[str, Quantity]:
    """Name of a figure → the same of last year, as this year's input states it. What nobody has filled in is no year's
    figure."""
    fields = case.pack.form.fields
    targets = {one.path: target.path for one in walk_fields(fields) if (target := prior_target(fields, one))}
    found = {}
    for fact in walk(case.facts):
        if isinstance(fact, Quantity) and not fact.is_unfilled:
            name = _name_now(fact.name, targets)
            if name:
                found[name] = fact
    return found


def _name_now(name: str, targets: Mapping[str, str]) -> str:
    """«支出[2080104].上年» → «支出[2080104].决算»."""
    target = targets.get(path_without_keys(name), "")
    row = name[: name.rfind("]") + 1]
    table = path_without_keys(row)
    if not row or not target:
        return target
    return row + target[len(table) :] if target.startswith(f"{table}.") else ""


def change_in_words(now: Quantity, before: Quantity) -> str:
    """«上年 365,700.00元，增加 551,100.00元，增长 150.70%»; no rate where last year was nothing, or less."""
    difference = EXACT.subtract(now.value, before.value)
    words = f"上年 {exact_text(before)}，"
    if not difference:
        return words + "与上年持平"
    grown = difference > 0
    words += f"{'增加' if grown else '减少'} {exact_text(Quantity(abs(difference), now.unit))}"
    if before.value <= 0 or now.unit == "%":
        return words
    rate = EXACT.divide(abs(difference) * 100, before.value).quantize(Decimal("0.01"), ROUND_HALF_UP, EXACT)
    return f"{words}，{'增长' if grown else '下降'} {rate}%"


def change_as_printed(text: str, now: Quantity, before: Quantity) -> str:
    """«比上年增加55.11», in the unit and with the decimals in which the figure itself is printed; "" for a figure whose
    print does not show them."""
    step = _step_of(text, now)
    if step is None:
        return ""
    unit, places = step
    difference = EXACT.divide(EXACT.subtract(now.value, before.value), unit).quantize(places, ROUND_HALF_UP, EXACT)
    if not difference:
        return "与上年持平"
    return f"比上年{'增加' if difference > 0 else '减少'}{abs(difference):f}"


def _step_of(text: str, quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """元 in the printed unit, and its last decimal."""
    plain = text.replace(",", "")
    try:
        shown = Decimal(plain)
    except ArithmeticError:
        return None
    places = Decimal(1).scaleb(-len(plain.partition(".")[2]))
    for unit in MONEY_UNITS.values() if quantity.unit == MONEY else (Decimal(1),):
        if EXACT.divide(quantity.value, unit).quantize(places, ROUND_HALF_UP, EXACT) == shown and quantity.value:
            return unit, places
    return None
