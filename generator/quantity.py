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


class NoRatio(Blank):
    """A share or rate of nothing: there is no such figure, and no cell to fill in."""

    __slots__ = ()


class SaidNothing(Blank):
    """A cell that says nothing in so many words («-», «略»): blank, and `text` is what stands there."""

    __slots__ = ("text",)

    def __init__(self, name: str, label: str, place: Place, text: str) -> None:
        super().__init__(name, label, place)
        self.text = text


class Overtyped(Blank):
    """Left blank so that it is computed, while in the cell that shows the computed figure `text` was typed over it;
    `typed` is what it says, None when it is no figure."""

    __slots__ = ("text", "typed")

    def __init__(self, name: str, label: str, place: Place, text: str, typed: Quantity | None) -> None:
        super().__init__(name, label, place)
        self.text, self.typed = text, typed


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


@dataclass(frozen=True, slots=True)
class Derived:
    """How a quantity came from others: `operation` is a name of `facts.derive` or `facts.score_formulas`, + − × ÷ Σ."""

    operation: str
    operands: tuple[Quantity, ...]


Identity = tuple[str, int]


class Quantity:
    """`value` in the base unit `unit` (元, %, 个百分点, 年度, or a counting word such as 人, 辆, 次).

    `name` is the fact's name («收支总计.决算») for a figure that stands in the input, else its formula.
    `origin` is None for an input figure. `error` is how far the true value may lie from `value` because the office gave
    it rounded: 50 元 for 万元 with two decimals, 0 for figures in 元; sums and differences add their operands' errors.
    """

    __slots__ = ("_identity", "error", "label", "name", "origin", "place", "unit", "value")

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
        self._identity: Identity | None = None

    @property
    def identity(self) -> Identity:
        """What makes it this figure and no other: its name, and what it is made of as a number, good within one run.

        An input figure is its name and place, whatever the value; a constant, which stands nowhere, is its value; a
        derived figure is its operation on its operands, each by its own identity, long sums by their parts. Two boxes
        of the form that are computed from the same cells stay two figures: each has its own name.
        """
        if self._identity is None:
            self._identity = (self.name, hash(self._made_of()))
        return self._identity

    def _made_of(self) -> object:
        if self.origin is None:
            return self.place or self.value
        if self.origin.operation in ("+", "Σ"):
            return ("Σ", *(part.identity for part in self.addends()))
        return (self.origin.operation, *(operand.identity for operand in self.origin.operands))

    def addends(self) -> tuple[Quantity, ...]:
        """The parts of a sum, a + b + c as three; empty for what is no sum."""
        origin = self.origin
        if origin is None or origin.operation not in ("+", "Σ"):
            return ()
        parts: list[Quantity] = []
        pending = [*reversed(origin.operands)]
        while pending:
            operand = pending.pop()
            inner = operand.origin
            if inner is not None and inner.operation == "+" and " + " in operand.name:  # a sum that nobody has named
                pending += reversed(inner.operands)
            else:
                parts.append(operand)
        return tuple(parts)

    @property
    def is_unfilled(self) -> bool:
        """A 0 behind which nothing was filled in: no rows, or cells that stand nowhere."""
        if self.value != 0 or self.place:
            return False
        return self.origin is None or all(operand.is_unfilled for operand in self.origin.operands)

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
            return Quantity(self.value + other, YEAR, f"{self.name}＋{other}", origin=Derived(f"＋{other}", (self,)))
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
            return Quantity(self.value - other, YEAR, f"{self.name}－{other}", origin=Derived(f"－{other}", (self,)))
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
        return Quantity(
            -self.value, self.unit, f"|{self.name}|", NOWHERE, self.label, Derived("abs", (self,)), self.error
        )

    def __mul__(self, other: object) -> Quantity | Blank:
        if isinstance(other, Blank):
            return other
        if isinstance(other, bool) or not isinstance(other, int | Decimal):
            raise UnitError(f"“{self.name}”只能乘以一个数")
        return Quantity(
            EXACT.multiply(self.value, Decimal(other)),
            self.unit,
            f"{self.name}×{other}",
            origin=Derived(f"×{other}", (self,)),
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


def total(parts: Iterable[Quantity | Blank | NotApplicable], unit: str, name: str, label: str = "") -> Quantity | Blank:
    """Exact sum; 不适用 is left out, one blank makes the sum blank. No parts: 0. The sum of one figure is that figure,
    with its name and place."""
    operands = []
    for part in parts:
        if isinstance(part, Quantity):
            if part.unit != unit:
                raise UnitError(f"“{name}”各项单位不一致：{part.name} 是{part.unit}，应为{unit}")
            operands.append(part)
        elif isinstance(part, Blank):
            return part
    if len(operands) == 1:
        return operands[0]
    value = reduce(EXACT.add, [operand.value for operand in operands], Decimal(0))
    error = sum([operand.error for operand in operands], _NO_ERROR)
    return Quantity(value, unit, name, NOWHERE, label, Derived("Σ", tuple(operands)), error)


# -- text -------------------------------------------------------------------------------------------------------------
def rounded(value: Decimal, places: int) -> Decimal:
    """ROUND_HALF_UP to `places` decimals: the one rounding between a quantity and its text."""
    return value.quantize(_QUANTA[places], ROUND_HALF_UP, EXACT)
