"""The one relation between two figures: as the reader sees it.

A sentence prints rounded figures, so its words are decided on the rounded figures too: equal as printed is 持平,
whatever the 元 behind them say, and figures that are printed differently never are. Sentences, signs, the duty to give
a reason, scores and checks ask here; none compares on its own. Identities between figures of the input are another
matter: they hold exactly, within the rounding of the input (`checks.rules`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from generator.facts import derive
from generator.facts.recompute import RATIOS, from_printed
from generator.number_style import NumberStyle
from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, YEAR, Derived, Quantity, rounded

AS_PRINTED = "公布数"
"""The operation of a figure taken as it is printed: «收支总计.决算（公布数）»."""

_FEN = 2
_SMALLER = ("万元", MONEY)
_WORDS, _SIGNS = ("等于", "大于", "小于"), ("＝", "＞", "＜")
"""By the direction 0, 1, -1."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How a document prints its figures.

    `money_unit`: the unit of its amounts. `recompute`: percentages come from the printed operands (复算口径: 公布数).
    `sentence`: amounts too small for the unit are printed in 元 («38元»); False for cells and charts, whose unit stands
    in the head: there they look like zero.
    """

    style: NumberStyle
    money_unit: str = "万元"
    recompute: bool = False
    sentence: bool = True

    def unit_of(self, quantity: Quantity) -> str:
        """The unit in which it is printed: a smaller one for an amount that the document's unit would print as 0.00."""
        if quantity.unit != MONEY:
            return quantity.unit
        if self.sentence and quantity.value != 0 and self.style.printed_value(quantity, self.money_unit) == 0:
            smaller = (unit for unit in _SMALLER if MONEY_UNITS[unit] < MONEY_UNITS[self.money_unit])
            return next((unit for unit in smaller if self._in(unit, quantity) != 0), self.money_unit)
        return self.money_unit

    def _in(self, unit: str, quantity: Quantity) -> Decimal:
        """The printed amount in this unit, as a value in 元; 元 below the document's unit are printed to the 分."""
        if unit == MONEY != self.money_unit:
            return rounded(quantity.value, _FEN)
        return self.style.printed_value(quantity, unit)

    def value(self, quantity: Quantity) -> Decimal:
        """What the reader takes from the printed digits, in the base unit."""
        shown = self._shown(quantity)
        return self._in(self.unit_of(shown) if shown.unit == MONEY else self.money_unit, shown)

    def number(self, quantity: Quantity) -> str:
        """The digits, without the unit (`unit_of`)."""
        shown = self._shown(quantity)
        unit = self.unit_of(shown) if shown.unit == MONEY else self.money_unit
        if unit == MONEY != self.money_unit:
            return f"{rounded(shown.value, _FEN):f}".removesuffix(".00")
        return self.style.text(shown, unit, with_unit=False)

    def bare(self, quantity: Quantity) -> str:
        """The digits for a formula («0.0038/15.00»): in the document's unit, all of them where its decimals leave 0."""
        if quantity.unit != MONEY or self.unit_of(quantity) == self.money_unit:
            return self.number(quantity)
        return f"{EXACT.divide(self.value(quantity), MONEY_UNITS[self.money_unit]).normalize():f}"

    def _shown(self, quantity: Quantity) -> Quantity:
        if self.recompute and quantity.origin is not None and quantity.origin.operation in RATIOS:
            value = from_printed(quantity, self.value)
            if value is not None:
                return Quantity(value, quantity.unit)
        return quantity

    @property
    def cells(self) -> Printing:
        """The same for cells and bare digits: the unit stands elsewhere and stays."""
        return replace(self, sentence=False)

    def text(self, quantity: Quantity) -> str:
        """Digits and unit."""
        unit = self.unit_of(quantity)
        return self.number(quantity) + ("" if unit == YEAR else unit)

    def is_zero(self, quantity: Quantity) -> bool:
        return self.value(quantity) == 0

    def smallest(self, unit: str) -> Quantity:
        """The least size other than 0 that is printed in this unit: 0.01万元, 0.01%."""
        least = Decimal(1).scaleb(-self.style.percent_places if unit == PERCENT else -self.style.places)
        return Quantity(least * MONEY_UNITS[self.money_unit] if unit == MONEY else least, unit)

    def as_printed(self, quantity: Quantity) -> Quantity:
        """The printed figure as a figure of its own, made from the exact one."""
        name = f"{quantity.name}（{AS_PRINTED}）"
        label = f"{quantity.label}（{AS_PRINTED}）" if quantity.label else ""
        made = Derived(AS_PRINTED, (quantity,))
        return Quantity(self.value(quantity), quantity.unit, name, quantity.place, label, made)

    def relation(self, left: Quantity, right: Quantity | int | Decimal) -> Relation:
        """`left` against `right`; a bare number has the unit of `left`. Two units are a mistake: `UnitError`."""
        exact = (left > right) - (left < right)
        if not isinstance(right, Quantity):
            right = Quantity(Decimal(right), left.unit, str(right))
        return Relation(left, right, self, exact, _sign(self.value(left) - self.value(right)))


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


@dataclass(frozen=True, slots=True)
class Relation:
    """`left` against `right`: 1 greater, 0 equal, -1 smaller; `seen` as printed, `exact` by the values behind.

    Rounding keeps order: `seen` is `exact` or 0, save for percentages that are computed from printed figures.
    """

    left: Quantity
    right: Quantity
    printing: Printing
    exact: int
    seen: int

    @property
    def word(self) -> str:
        """等于, 大于 or 小于, as printed."""
        return _WORDS[self.seen]

    @property
    def sign(self) -> str:
        """＝, ＞ or ＜, as printed."""
        return _SIGNS[self.seen]

    @property
    def base(self) -> str:
        """Why no percentage can be based on `right`: «零», «负», «不足» (0.00 in the document's unit); else ""."""
        if self.right.value == 0:
            return "零"
        if self.right.value < 0:
            return "负"
        return "不足" if self.printing.cells.is_zero(self.right) else ""

    @property
    def from_printed(self) -> bool:
        """Whether the exact figures contradict the printed ones: by their direction, or a difference printed as 0."""
        if self.exact != self.seen:
            return True
        if self.seen == 0:
            return False
        printing, difference = self.printing, self.left - self.right
        assert isinstance(difference, Quantity)
        sides = (self.left, self.right)
        in_yuan = all(side.value == 0 or printing.unit_of(side) != printing.money_unit for side in sides)
        if difference.unit == MONEY and in_yuan:
            return rounded(difference.value, _FEN) == 0
        return printing.style.printed_value(difference, printing.money_unit) == 0

    @property
    def operands(self) -> tuple[Quantity, Quantity]:
        """What change and percentage come from: the exact figures, or the printed ones where these contradict."""
        if self.from_printed:
            return self.printing.as_printed(self.left), self.printing.as_printed(self.right)
        return self.left, self.right

    @property
    def difference(self) -> Quantity:
        """`left` − `right`, signed, to be printed; only where they are printed differently."""
        first, second = self.operands
        difference = first - second
        assert isinstance(difference, Quantity)
        return difference

    @property
    def rate(self) -> derive.Operand:
        """增幅, signed; blank for a base of 0."""
        return derive.change_rate(*self.operands)

    @property
    def completion(self) -> derive.Operand:
        """`left` as a percentage of `right`; blank for a base of 0."""
        return derive.completion(*self.operands)
