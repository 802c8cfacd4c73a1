"""Numbers with a unit that know how they were made.

Money is kept in 元, percentages in per cent, everything as `Decimal`; nothing is rounded before it becomes text.
Arithmetic between quantities gives a quantity whose `origin` names the formula and the operands, so that any printed
digit can be explained. A wrong-unit operation raises `UnitError`: it is a mistake of the rule or template, never data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Any

from generator.place import NOWHERE, Place

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Quotients carry 60 digits: no published figure can be rounded twice by them."""

MONEY, PERCENT, POINTS, YEAR, SCORE = "元", "%", "个百分点", "年度", "分"
MONEY_UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(100000000)}
_NO_ERROR = Decimal(0)
_QUANTA = [Decimal(1).scaleb(-n) for n in range(12)]


class UnitError(ValueError):
    """Two quantities whose units do not belong together; the message is a Chinese sentence."""


class BlankUsedError(ValueError):
    """A blank was needed as a number or a decision; `blank` names its cell."""

    def __init__(self, blank: Blank) -> None:
        super().__init__(f"{blank.label or blank.name}没有填写")
        self.blank = blank


class Blank:
    """A field that nobody filled in. Not zero: arithmetic with it stays blank, printing it is reported.

    `needed`: the form asks for it, so that nothing can be decided before it is filled in. One that may stay blank
    counts as no.
    """

    __slots__ = ("label", "name", "needed", "place")

    def __init__(self, name: str, label: str = "", place: Place = NOWHERE) -> None:
        self.name, self.label, self.place = name, label, place
        self.needed = False

    def _stay(self, _other: object) -> Blank:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _stay

    def __neg__(self) -> Blank:
        return self

    def __bool__(self) -> bool:
        if self.needed:
            raise BlankUsedError(self)
        return False

    def __lt__(self, _other: object) -> bool:
        raise BlankUsedError(self)

    __le__ = __gt__ = __ge__ = __contains__ = __lt__

    def __len__(self) -> int:
        raise BlankUsedError(self)

    def __iter__(self) -> Iterator[Any]:
        raise BlankUsedError(self)

    def __repr__(self) -> str:
        return f"Blank({self.name})"


class NotApplicableUsedError(ValueError):
    """不适用 was needed as a number; `entry` names its cell."""

    def __init__(self, entry: NotApplicable) -> None:
        super().__init__(f"{entry.label or entry.name}写的是“不适用”")
        self.entry = entry


class Unreadable(Blank):
    """Something is written there that could not be read; the reader has reported it already."""

    __slots__ = ()

    def __init__(self, name: str, label: str = "", place: Place = NOWHERE) -> None:
        super().__init__(name, label, place)
        self.needed = True


class NotApplicable:
    """The office wrote 不适用: printed as such, left out of sums; other arithmetic with it has no meaning."""

    __slots__ = ("label", "name", "place")

    def __init__(self, name: str, label: str = "", place: Place = NOWHERE) -> None:
        self.name, self.label, self.place = name, label, place

    def _refuse(self, _other: object) -> Blank:
        raise NotApplicableUsedError(self)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse

    def __bool__(self) -> bool:
        return False


class Misapplied(Blank):
    """What comes of 不适用 where a number or a decision was needed: nothing that could be printed."""

    __slots__ = ()

    def __init__(self, entry: NotApplicable) -> None:
        super().__init__(entry.name, entry.label, entry.place)
        self.needed = True


@dataclass(frozen=True, slots=True)
class Derived:
    """How a quantity came from others: `operation` is a name of `facts.derivation`, or + − × ÷ Σ."""

    operation: str
    operands: tuple[Quantity, ...]


class Quantity:
    """`value` in the base unit `unit` (元, %, 个百分点, 年度, or a counting word such as 人, 辆, 次).

    `name` is the fact's name («收支总计.决算») for a figure that stands in the input, else its formula.
    `origin` is None for an input figure. `error` is how far the true value may lie from `value` because the office gave
    it rounded: 50 元 for 万元 with two decimals, 0 for figures in 元; sums and differences add their operands' errors.
    """

    __slots__ = ("error", "label", "name", "origin", "place", "unit", "value")

    def __init__(
        self,
        value: Decimal,
        unit: str,
        name: str = "",
        place: Place = NOWHERE,
        label: str = "",
        origin: Derived | None = None,
        error: Decimal = _NO_ERROR,
    ) -> None:
        self.value, self.unit, self.name, self.place, self.label, self.origin = value, unit, name, place, label, origin
        self.error = error

    def named(self, name: str, label: str = "") -> Quantity:
        """The same derived quantity under a fact's name; its formula stays explainable."""
        return Quantity(self.value, self.unit, name, self.place, label or self.label, self.origin, self.error)

    # -- arithmetic -------------------------------------------------------------------------------------------------
    def _same_unit(self, other: Quantity, verb: str) -> None:
        if other.unit != self.unit:
            raise UnitError(
                f"不能把“{self.name or self.unit}”（{self.unit}）与“{other.name or other.unit}”（{other.unit}）{verb}"
            )

    def __add__(self, other: object) -> Quantity | Blank:
        if isinstance(other, Blank):
            return other
        if self.unit == YEAR and isinstance(other, int):
            return Quantity(self.value + other, YEAR, f"{self.name}＋{other}", origin=Derived("+", (self,)))
        if isinstance(other, NotApplicable):
            raise NotApplicableUsedError(other)
        if not isinstance(other, Quantity):
            raise UnitError(f"“{self.name}”只能与另一个数量相加")
        self._same_unit(other, "相加")
        return Quantity(
            EXACT.add(self.value, other.value),
            self.unit,
            _join(self, "+", other),
            origin=Derived("+", (self, other)),
            error=self.error + other.error,
        )

    def __radd__(self, other: object) -> Quantity | Blank:
        if other == 0:
            return self
        return self.__add__(other)

    def __sub__(self, other: object) -> Quantity | Blank:
        if isinstance(other, Blank):
            return other
        if self.unit == YEAR and isinstance(other, int):
            return Quantity(self.value - other, YEAR, f"{self.name}－{other}", origin=Derived("-", (self,)))
        if isinstance(other, NotApplicable):
            raise NotApplicableUsedError(other)
        if not isinstance(other, Quantity):
            raise UnitError(f"“{self.name}”只能与另一个数量相减")
        self._same_unit(other, "相减")
        unit = POINTS if self.unit == PERCENT else self.unit
        return Quantity(
            EXACT.subtract(self.value, other.value),
            unit,
            _join(self, "-", other),
            origin=Derived("-", (self, other)),
            error=self.error + other.error,
        )

    def __neg__(self) -> Quantity:
        return Quantity(-self.value, self.unit, f"-{self.name}", origin=Derived("neg", (self,)), error=self.error)

    def __abs__(self) -> Quantity:
        if self.value >= 0:
            return self
        return Quantity(-self.value, self.unit, self.name, self.place, self.label, self.origin, self.error)

    def __mul__(self, other: object) -> Quantity | Blank:
        if isinstance(other, Blank):
            return other
        if isinstance(other, bool) or not isinstance(other, int | Decimal):
            raise UnitError(f"“{self.name}”只能乘以一个数")
        return Quantity(
            EXACT.multiply(self.value, Decimal(other)),
            self.unit,
            f"{self.name}×{other}",
            origin=Derived("×", (self,)),
            error=EXACT.multiply(self.error, abs(Decimal(other))),
        )

    __rmul__ = __mul__

    # -- comparison -------------------------------------------------------------------------------------------------
    def _comparable(self, other: object) -> Decimal:
        if isinstance(other, Quantity):
            self._same_unit(other, "比较")
            return other.value
        if isinstance(other, Blank):
            raise BlankUsedError(other)
        if isinstance(other, NotApplicable):
            raise NotApplicableUsedError(other)
        if isinstance(other, int | Decimal) and not isinstance(other, bool):
            if other == 0 or self.unit not in (MONEY,):
                return Decimal(other)
            raise UnitError(f"金额“{self.name}”只能与 0 或另一个金额比较")
        raise UnitError(f"“{self.name}”不能与“{other}”比较")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Quantity):
            return self.unit == other.unit and self.value == other.value
        if isinstance(other, int | Decimal) and not isinstance(other, bool):
            return self.value == self._comparable(other)
        return False

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: object) -> bool:
        return self.value < self._comparable(other)

    def __le__(self, other: object) -> bool:
        return self.value <= self._comparable(other)

    def __gt__(self, other: object) -> bool:
        return self.value > self._comparable(other)

    def __ge__(self, other: object) -> bool:
        return self.value >= self._comparable(other)

    def __bool__(self) -> bool:
        raise UnitError(f"不能把数量“{self.name}”当作是或否；请写 “{self.name} > 0” 或 “{self.name} == 0”")

    def __repr__(self) -> str:
        return f"Quantity({self.name} = {self.value} {self.unit})"


def _join(left: Quantity, sign: str, right: Quantity) -> str:
    wrapped = f"({right.name})" if sign == "-" and right.origin is not None and "+" in right.name else right.name
    return f"{left.name} {sign} {wrapped}"


def total(parts: Iterable[Quantity | Blank | NotApplicable], unit: str, name: str) -> Quantity | Blank:
    """Exact sum; 不适用 is left out, one blank makes the sum blank. No parts: 0."""
    operands = []
    for part in parts:
        if isinstance(part, Quantity):
            if part.unit != unit:
                raise UnitError(f"“{name}”各项单位不一致：{part.name} 是{part.unit}，应为{unit}")
            operands.append(part)
        elif isinstance(part, Blank):
            return part
    value = reduce(EXACT.add, [operand.value for operand in operands], Decimal(0))
    error = sum([operand.error for operand in operands], _NO_ERROR)
    return Quantity(value, unit, name, origin=Derived("Σ", tuple(operands)), error=error)


# -- text -------------------------------------------------------------------------------------------------------------
def rounded(value: Decimal, places: int) -> Decimal:
    """ROUND_HALF_UP to `places` decimals: the one rounding between a quantity and its text."""
    return value.quantize(_QUANTA[places], ROUND_HALF_UP, EXACT)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a pack prints numbers, held to everywhere.

    `places`: decimals of money; `percent_places`: of percentages; `zero`: the text of an exact zero, "" = as any
    number; `whole_percent`: True prints 100% and 0%, False 100.00%; `grouping`: thousands commas.
    """

    places: int = 2
    percent_places: int = 2
    zero: str = "0"
    whole_percent: bool = True
    grouping: bool = False

    def money(self, value: Decimal, unit: str = "万元") -> str:
        """`value` 元 as a number in `unit`, without the unit's name."""
        if not value and self.zero:
            return self.zero
        scaled = EXACT.divide(value, MONEY_UNITS[unit]).quantize(_QUANTA[self.places], ROUND_HALF_UP, EXACT)
        if not scaled:
            scaled = abs(scaled)
        if self.grouping:
            return f"{scaled:,f}"
        # Up to six decimals str() is never scientific, and it takes a quarter of the time; a report prints thousands.
        return str(scaled) if self.places <= 6 else f"{scaled:f}"

    def percent(self, value: Decimal) -> str:
        """`value` per cent with its sign %."""
        scaled = rounded(value, self.percent_places)
        if self.whole_percent and value == scaled and scaled == scaled.to_integral_value():
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
            number = self.count(rounded(quantity.value, 2))
            return number + SCORE if with_unit else number
        number = self.count(quantity.value)
        return number + quantity.unit if with_unit else number

    def printed_value(self, quantity: Quantity, money_unit: str = "万元") -> Decimal:
        """The value that a reader takes from the printed digits, in the base unit."""
        if quantity.unit == MONEY:
            factor = MONEY_UNITS[money_unit]
            return rounded(EXACT.divide(quantity.value, factor), self.places) * factor
        if quantity.unit in (PERCENT, POINTS):
            return rounded(quantity.value, self.percent_places)
        if quantity.unit == SCORE:
            return rounded(quantity.value, 2)
        return quantity.value
