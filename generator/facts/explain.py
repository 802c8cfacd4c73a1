"""Where a figure comes from: formula, operands with values, and the cells they were filled into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from generator.facts.score_formulas import score_formula
from generator.place import NOWHERE, Place
from generator.quantity import EXACT, MONEY, SCORE, Derived, Quantity

UNPRINTED = "没有印在报告里"
UNFILLED = "没有填，按0"


class Unprinted(Quantity):
    """An operand that a Word file names without its value, because the report does not print it: never compared."""

    __slots__ = ()

    def __init__(self, name: str, origin: Derived | None = None, place: Place = NOWHERE, label: str = "") -> None:
        super().__init__(Decimal("NaN"), "", name, place, label, origin)


_MOST_PLACES = 3
_CENT, _MILLIONTH = Decimal("0.01"), Decimal("0.000001")
_SYMBOLS = {"-": " － ", "+": " ＋ ", "÷": " ÷ "}


def exact_text(quantity: Quantity) -> str:
    """The unrounded value with its unit: 365,700.00元; percentages and quotients to six decimals."""
    if isinstance(quantity, Unprinted):
        return f"〔{UNPRINTED}〕"
    value = quantity.value
    if quantity.unit == MONEY:
        cents = value.quantize(_CENT, context=EXACT)
        return f"{cents if value == cents else value:,f}元"
    if quantity.origin is not None and value != value.to_integral_value():
        value = value.quantize(_MILLIONTH, context=EXACT)
        value = value.normalize() if quantity.unit == SCORE else value
    return f"{value:f}{'' if quantity.unit == '年度' else quantity.unit}"


def formula(quantity: Quantity, *, values: bool = False, called: Callable[[Quantity], str] | None = None) -> str:
    """The formula of a derived quantity in names, or in values; "" for a figure that was filled in.

    `called`: the name of an operand, its own where nobody says otherwise.
    """
    origin = quantity.origin
    if origin is None:
        return ""
    part = [exact_text(o) if values else called(o) if called is not None else o.name for o in origin.operands]
    operation = origin.operation
    if operation in ("占比", "完成率"):
        return f"{part[0]} ÷ {part[1]} × 100%"
    if operation == "增幅":
        base = part[1] if isinstance(origin.operands[1], Unprinted) or origin.operands[1].value >= 0 else f"|{part[1]}|"
        return f"（{part[0]} － {part[1]}） ÷ {base} × 100%"
    if operation == "Σ":
        shown = [p for p, o in zip(part, origin.operands, strict=True) if o.value != 0]
        zeros = len(part) - len(shown)
        rest = f"（另有{zeros}项为0）" if zeros and shown else ""
        filled = any(not operand.is_unfilled for operand in origin.operands)
        return " ＋ ".join(shown) + rest if shown else f"{len(part)}项均为0" if filled else UNFILLED
    if operation in _SYMBOLS and len(part) == 2:
        return _SYMBOLS[operation].join(part)
    if operation == "neg":
        return f"－{part[0]}"
    if operation == "abs":
        return f"|{part[0]}|"
    if operation == "=":
        return part[0]
    if operation == "公布数":
        return f"{part[0]}，四舍五入到印出的位数"
    return score_formula(operation, part) or quantity.name


def leaves(quantity: Quantity) -> Iterator[Quantity]:
    """The input figures from which a quantity was made, left to right."""
    if quantity.origin is None:
        yield quantity
        return
    for operand in quantity.origin.operands:
        yield from leaves(operand)


def flattened(quantity: Quantity) -> Quantity:
    """a + b + c as one sum of three, so that the explanation reads like the table."""
    origin = quantity.origin
    if origin is None or origin.operation != "+":
        return quantity
    sum_ = Derived("Σ", quantity.addends())
    return Quantity(quantity.value, quantity.unit, quantity.name, quantity.place, quantity.label, sum_)


def explain(quantity: Quantity, depth: int = 0) -> Iterator[str]:
    """Readable lines, indented two spaces a level; each input figure ends with its place."""
    indent = "  " * depth
    quantity = flattened(quantity)
    # A row's own name already says what its label says.
    wanted = quantity.label and quantity.label != quantity.name and "[" not in quantity.name
    name = f"{quantity.name}（{quantity.label}）" if wanted else quantity.name
    value = f"，{UNPRINTED}" if isinstance(quantity, Unprinted) else f" = {exact_text(quantity)}"
    if quantity.origin is None:
        place = quantity.place or (UNFILLED if quantity.is_unfilled else "")
        yield f"{indent}{name}{value}{f'   {place}' if place else ''}"
        return
    yield f"{indent}{name}{value}"
    yield f"{indent}  = {formula(quantity)}"
    zero = quantity.value == 0 or isinstance(quantity, Unprinted)
    if zero and all(leaf.value == 0 for leaf in leaves(quantity)):  # nothing but zeros below
        if quantity.is_unfilled and formula(quantity) != UNFILLED:
            yield f"{indent}  {UNFILLED}"
        elif where := _places(leaves(quantity)):
            yield f"{indent}  {where}"
        return
    operands = quantity.origin.operands
    if len(operands) > 1 and _some_known(quantity):
        yield f"{indent}  = {formula(quantity, values=True)}"
    summed = quantity.origin.operation == "Σ"
    unknown = [one.name for one in operands if isinstance(one, Unprinted) and one.origin is None and not one.place]
    for operand in operands:
        if (summed and operand.value == 0) or (len(unknown) > 1 and operand.name in unknown):
            continue
        yield from explain(operand, depth + 1)
    if len(unknown) > 1:
        yield f"{indent}  {'各项' if len(unknown) == len(operands) else '、'.join(unknown)}都{UNPRINTED}"


def _places(figures: Iterable[Quantity]) -> str:
    """«收入.yaml 第3行、收入.yaml 第4行 等9处»."""
    places = list(dict.fromkeys(str(one.place) for one in figures if one.place))
    more = f" 等{len(places)}处" if len(places) > _MOST_PLACES else ""
    return "、".join(places[:_MOST_PLACES]) + more


def _some_known(quantity: Quantity) -> bool:
    """Whether a formula in values would say anything."""
    operands = quantity.origin.operands if quantity.origin is not None else ()
    return not operands or not all(isinstance(operand, Unprinted) for operand in operands)


def as_data(quantity: Quantity) -> dict[str, object]:
    """For programs: name, label, value, unit, formula, formula_in_values, place and operands (the same again). `value`
    is null where a Word file does not keep it; what does not apply is left out."""
    quantity = flattened(quantity)
    known = not isinstance(quantity, Unprinted)
    words: list[tuple[str, object]] = [
        ("name", quantity.name),
        ("label", quantity.label),
        ("unit", quantity.unit),
        ("formula", formula(quantity)),
        ("formula_in_values", formula(quantity, values=True) if _some_known(quantity) else ""),
        ("place", quantity.place.as_data()),
        ("operands", [as_data(operand) for operand in quantity.origin.operands] if quantity.origin else []),
    ]
    return {"value": f"{quantity.value:f}" if known else None, **{key: word for key, word in words if word}}
