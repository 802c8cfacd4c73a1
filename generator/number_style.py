"""How a pack prints numbers: the text of any quantity, and the value that a reader takes from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, POINTS, SCORE, YEAR, Quantity, rounded

_KEEP_DECIMALS = ("+", "-", "Σ", "neg", "=")
_QUANTA = [Decimal(1).scaleb(-n) for n in range(12)]


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a pack prints numbers, held to everywhere.

    `places`: decimals of money; `percent_places`: of percentages; `zero`: the text of an exact zero, "" = as any
    number; `whole_percent`: True prints 100% and 0%, False 100.00%; `grouping`: thousands commas; `score_places`: at
    most so many decimals of scores.
    """

    places: int = 2
    percent_places: int = 2
    zero: str = "0"
    whole_percent: bool = True
    grouping: bool = False
    score_places: int = 2

    def money(self, value: Decimal, unit: str = "万元") -> str:
        """`value` 元 as a number in `unit`, without the unit's name; what is printed as 0 looks like 0."""
        if not value and self.zero:
            return self.zero
        scaled = EXACT.divide(value, MONEY_UNITS[unit]).quantize(_QUANTA[self.places], ROUND_HALF_UP, EXACT)
        if not scaled:
            if self.zero:
                return self.zero
            scaled = abs(scaled)
        if self.grouping:
            return f"{scaled:,f}"
        # Up to six decimals str() is never scientific, and it takes a quarter of the time; a report prints thousands.
        return str(scaled) if self.places <= 6 else f"{scaled:f}"

    def percent(self, value: Decimal) -> str:
        """`value` per cent with its sign %; what is printed as a whole number looks like one."""
        scaled = rounded(value, self.percent_places)
        if self.whole_percent and scaled == scaled.to_integral_value():
            return f"{int(scaled)}%"
        return f"{abs(scaled) if scaled == 0 else scaled:f}%"

    def count(self, value: Decimal) -> str:
        """A count: whole numbers without decimals, others as they were given."""
        whole = value.to_integral_value()
        text = f"{whole:f}" if whole == value else f"{value.normalize():f}"
        return "0" if text == "-0" else text

    def text(self, quantity: Quantity, money_unit: str = "万元", *, with_unit: bool = True) -> str:
        """The printed form of any quantity."""
        if quantity.unit == MONEY:
            number = self.money(quantity.value, money_unit)
            return number + money_unit if with_unit else number
        if quantity.unit == PERCENT:
            return self.percent(quantity.value) if with_unit else self.percent(quantity.value)[:-1]
        if quantity.unit == POINTS:
            points = rounded(quantity.value, self.percent_places)
            number = f"{abs(points) if points == 0 else points:f}"
            return number + POINTS if with_unit else number
        if quantity.unit == YEAR:
            return f"{quantity.value:f}"
        if quantity.unit == SCORE:  # 95分, 9.8分, 8.33分
            number = self.count(rounded(quantity.value, self.score_places))
            return number + SCORE if with_unit else number
        number = self.count(self._plain(quantity))
        return number + quantity.unit if with_unit else number

    def printed_value(self, quantity: Quantity, money_unit: str = "万元") -> Decimal:
        """The value that a reader takes from the printed digits, in the base unit."""
        if quantity.unit == MONEY:
            factor = MONEY_UNITS[money_unit]
            return rounded(EXACT.divide(quantity.value, factor), self.places) * factor
        if quantity.unit in (PERCENT, POINTS):
            return rounded(quantity.value, self.percent_places)
        if quantity.unit == SCORE:
            return rounded(quantity.value, self.score_places)
        return self._plain(quantity)

    def _plain(self, quantity: Quantity) -> Decimal:
        """A count or a bare number: as typed; sums with the decimals of their parts, quotients rounded."""
        if quantity.origin is None or quantity.value == quantity.value.to_integral_value():
            return quantity.value
        return rounded(quantity.value, self._decimals(quantity))

    def _decimals(self, quantity: Quantity) -> int:
        origin = quantity.origin
        if quantity.unit == MONEY:
            return self.places
        if quantity.unit in (PERCENT, POINTS):
            return self.percent_places
        if origin is None:
            exponent = quantity.value.normalize().as_tuple().exponent
            return min(max(-exponent, 0), len(_QUANTA) - 1) if isinstance(exponent, int) else 0
        if origin.operation in _KEEP_DECIMALS:
            return max((self._decimals(operand) for operand in origin.operands), default=0)
        return self.percent_places
