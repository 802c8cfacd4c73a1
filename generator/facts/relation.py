"""The one relation between two figures: as the reader sees it.

A sentence prints rounded figures, so its words are decided on the rounded figures too: equal as printed is 持平,
whatever the 元 behind them say, and figures that are printed differently never are. Sentences, signs, the duty to give
a reason, scores and checks ask here; none compares on its own. Identities between figures of the input are another
matter: they hold exactly, within the rounding of the input (`checks.rules`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.facts import derive
from generator.facts.recompute import RATIOS, from_printed
from generator.quantity import MONEY, MONEY_UNITS, Derived, NumberStyle, Quantity, UnitError, rounded

AS_PRINTED = "公布数"
"""The operation of a figure taken as it is printed: «收支总计.决算（公布数）»."""

_FEN = 2
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
        """The unit in which it is printed: 元 for an amount that the unit would print as 0.00."""
        if quantity.unit != MONEY:
            return quantity.unit
        small = self.sentence and quantity.value != 0 and self.style.printed_value(quantity, self.money_unit) == 0
        return MONEY if small and rounded(quantity.value, _FEN) != 0 else self.money_unit

    def value(self, quantity: Quantity) -> Decimal:
        """What the reader takes from the printed digits, in the base unit."""
        shown = self._shown(quantity)
        if shown.unit == MONEY and self.unit_of(shown) == MONEY != self.money_unit:
            return rounded(shown.value, _FEN)
        return self.style.printed_value(shown, self.money_unit)

    def number(self, quantity: Quantity) -> str:
        """The digits, without the unit (`unit_of`)."""
        shown = self._shown(quantity)
        if shown.unit == MONEY and self.unit_of(shown) == MONEY != self.money_unit:
            return f"{rounded(shown.value, _FEN):f}".removesuffix(".00")
        return self.style.text(shown, self.money_unit, with_unit=False)

    def _shown(self, quantity: Quantity) -> Quantity:
        if self.recompute and quantity.origin is not None and quantity.origin.operation in RATIOS:
            value = from_printed(quantity, self.style, self.money_unit)
            if value is not None:
                return Quantity(value, quantity.unit)
        return quantity

    def is_zero(self, quantity: Quantity) -> bool:
        return self.value(quantity) == 0

    def smallest(self, unit: str) -> Decimal:
        """The least size other than 0 that is printed in this unit: 100 元 for 0.01万元, 0.01 for 0.01%."""
        if unit == MONEY:
            return MONEY_UNITS[self.money_unit].scaleb(-self.style.places)
        return Decimal(1).scaleb(-self.style.percent_places)

    def as_printed(self, quantity: Quantity) -> Quantity:
        """The printed figure as a figure of its own, made from the exact one."""
        name = f"{quantity.name}（{AS_PRINTED}）"
        label = f"{quantity.label}（{AS_PRINTED}）" if quantity.label else ""
        made = Derived(AS_PRINTED, (quantity,))
        return Quantity(self.value(quantity), quantity.unit, name, quantity.place, label, made)

    def relation(self, left: Quantity, right: Quantity | int | Decimal) -> Relation:
        """`left` against `right`; a bare number has the unit of `left`. Two units are a mistake: `UnitError`."""
        if not isinstance(right, Quantity):
            if isinstance(right, bool) or (right != 0 and left.unit == MONEY):
                raise UnitError(f"金额“{left.name}”只能与 0 或另一个金额比较")
            right = Quantity(Decimal(right), left.unit, str(right))
        difference = left - right
        assert isinstance(difference, Quantity)
        return Relation(left, right, self, _sign(difference.value), _sign(self.value(left) - self.value(right)))


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
        """Why no percentage can be based on `right`: «零», «不足» (0.00 in the document's unit), «负»; else ""."""
        if self.right.value == 0:
            return "零"
        if self.right.unit == MONEY and self.printing.style.printed_value(self.right, self.printing.money_unit) == 0:
            return "不足"
        return "负" if self.right.value < 0 else ""

    @property
    def from_printed(self) -> bool:
        """Whether the exact difference between two figures printed differently prints as 0 or goes the other way."""
        if self.seen == 0:
            return False
        printing, difference = self.printing, self.left - self.right
        assert isinstance(difference, Quantity)
        sides = (self.left, self.right)
        in_yuan = all(side.value == 0 or printing.unit_of(side) != printing.money_unit for side in sides)
        if difference.unit == MONEY and in_yuan:
            return self.exact != self.seen or rounded(difference.value, _FEN) == 0
        return self.exact != self.seen or printing.style.printed_value(difference, printing.money_unit) == 0

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

    @property
    def disagrees(self) -> bool:
        """Whether the reader sees another direction than the exact values have."""
        return self.exact != self.seen
