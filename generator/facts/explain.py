"""Where a figure comes from: formula, operands with values, and the cells they were filled into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.facts.score_formulas import score_formula
from generator.quantity import MONEY, SCORE, Derived, Quantity

UNPRINTED = "没有印在报告里"


class Unprinted(Quantity):
    """An operand that a Word file names without its value, because the report does not print it: never compared."""

    __slots__ = ()

    def __init__(self, name: str, origin: Derived | None = None) -> None:
        super().__init__(Decimal("NaN"), "", name, origin=origin)


_SYMBOLS = {"-": " － ", "+": " ＋ ", "÷": " ÷ "}


def exact_text(quantity: Quantity) -> str:
    """The unrounded value with its unit: 365,700.00元; percentages and quotients to six decimals."""
    if isinstance(quantity, Unprinted):
        return f"〔{UNPRINTED}〕"
    value = quantity.value
    if quantity.unit == MONEY:
        return (
            f"{value.quantize(Decimal('0.01')):,f}元" if value == value.quantize(Decimal("0.01")) else f"{value:,f}元"
        )
    if quantity.origin is not None and value != value.to_integral_value():
        value = value.quantize(Decimal("0.000001"))
        value = value.normalize() if quantity.unit == SCORE else value
    return f"{value:f}{'' if quantity.unit == '年度' else quantity.unit}"


def formula(quantity: Quantity, *, values: bool = False) -> str:
    """The formula of a derived quantity in names, or in values; "" for a figure that was filled in."""
    origin = quantity.origin
    if origin is None:
        return ""
    part = [exact_text(o) if values else o.name for o in origin.operands]
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
        return " ＋ ".join(shown) + rest if shown else f"{len(part)}项均为0" if part else "没有数据行，合计为0"
    if operation in _SYMBOLS and len(part) == 2:
        return _SYMBOLS[operation].join(part)
    if operation == "neg":
        return f"－{part[0]}"
    if operation == "=":
        return part[0]
    if operation == "公布数":
        return f"{part[0]}，四舍五入到印出的位数"
    return score_formula(operation, part) or quantity.name


def spoken_name(quantity: Quantity, *, signed: bool = False) -> str:
    """A derived figure as an office would call it: «机关运行经费支出的增幅», «收、支总计与上年收、支总计之差».

    `signed`: its value is shown with its sign, a rate is then called 增减幅 whichever way it goes.
    """
    origin = quantity.origin
    if origin is None or not origin.operands:
        return quantity.label or quantity.name
    names = [_called(operand) for operand in origin.operands]
    if origin.operation == "增幅":
        now, before = origin.operands
        return f"{names[0]}的{'增减幅' if signed else '降幅' if now.value < before.value else '增幅'}"
    if origin.operation in ("占比", "完成率") and len(names) == 2:
        return f"{names[0]}占{names[1]}的比重" if origin.operation == "占比" else f"{names[0]}的预算完成率"
    if origin.operation == "-" and len(names) == 2:
        return f"{names[0]}与{names[1]}之差"
    return _called(quantity)


def _called(quantity: Quantity) -> str:
    """The label of a figure; a sum without one is called after its parts: «支出（208）·基本支出＋项目支出»."""
    origin = quantity.origin
    if quantity.label or origin is None or origin.operation not in ("+", "Σ") or not origin.operands:
        return quantity.label or quantity.name
    if origin.operation == "Σ":
        first, code = next(leaves(quantity)).label, re.search(r"\[(\w+)\]", quantity.name)
        return re.sub(r"（\w+）(?=·)", f"（{code[1]}）", first, count=1) if first and code else quantity.name
    called = [_called(operand) for operand in origin.operands]
    table, _, column = called[0].rpartition("·")
    if not table or any(one.rpartition("·")[0] != table for one in called):
        return "＋".join(called)
    return f"{table}·{'＋'.join([column, *(one.rpartition('·')[2] for one in called[1:])])}"


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
    if origin is None or origin.operation != "+" or len(origin.operands) != 2:
        return quantity
    parts: list[Quantity] = []
    pending = [*origin.operands]
    while pending:
        operand = pending.pop(0)
        inner = operand.origin
        unnamed = inner is not None and inner.operation == "+" and " + " in operand.name
        if inner is not None and unnamed:
            pending = [*inner.operands, *pending]
        else:
            parts.append(operand)
    return Quantity(
        quantity.value, quantity.unit, quantity.name, quantity.place, quantity.label, Derived("Σ", tuple(parts))
    )


def explain(quantity: Quantity, depth: int = 0) -> Iterator[str]:
    """Readable lines, indented two spaces a level; each input figure ends with its place."""
    indent = "  " * depth
    quantity = flattened(quantity)
    # A row's own name already says what its label says.
    wanted = quantity.label and quantity.label != quantity.name and "[" not in quantity.name
    name = f"{quantity.name}（{quantity.label}）" if wanted else quantity.name
    value = f"，{UNPRINTED}" if isinstance(quantity, Unprinted) else f" = {exact_text(quantity)}"
    if quantity.origin is None:
        place = f"   {quantity.place}" if quantity.place else ""
        yield f"{indent}{name}{value}{place}"
        return
    yield f"{indent}{name}{value}"
    yield f"{indent}  = {formula(quantity)}"
    if quantity.value == 0 and all(leaf.value == 0 for leaf in leaves(quantity)):
        return  # nothing but zeros below
    operands = quantity.origin.operands
    if len(operands) > 1 and _some_known(quantity):
        yield f"{indent}  = {formula(quantity, values=True)}"
    summed = quantity.origin.operation == "Σ"
    unknown = [operand.name for operand in operands if isinstance(operand, Unprinted) and operand.origin is None]
    for operand in operands:
        if (summed and operand.value == 0) or (len(unknown) > 1 and operand.name in unknown):
            continue
        yield from explain(operand, depth + 1)
    if len(unknown) > 1:
        yield f"{indent}  {'各项' if len(unknown) == len(operands) else '、'.join(unknown)}都{UNPRINTED}"


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
