"""Where a figure comes from: formula, operands with values, and the cells they were filled into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.facts.scoring import score_formula
from generator.quantity import MONEY, SCORE, Derived, Quantity

_SYMBOLS = {"-": " － ", "+": " ＋ ", "÷": " ÷ "}


def exact_text(quantity: Quantity) -> str:
    """The unrounded value with its unit: 365,700.00元; percentages and quotients to six decimals."""
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
        base = part[1] if origin.operands[1].value >= 0 else f"|{part[1]}|"
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
    return score_formula(operation, part) or quantity.name


def spoken_name(quantity: Quantity) -> str:
    """A derived figure as an office would call it: «机关运行经费支出的增幅», «收、支总计与上年收、支总计之差»."""
    origin = quantity.origin
    if origin is None or not origin.operands:
        return quantity.label or quantity.name
    names = [_called(operand) for operand in origin.operands]
    if origin.operation == "增幅":
        now, before = origin.operands
        return f"{names[0]}的{'降幅' if now.value < before.value else '增幅'}"
    if origin.operation in ("占比", "完成率") and len(names) == 2:
        return f"{names[0]}占{names[1]}的比重" if origin.operation == "占比" else f"{names[0]}的预算完成率"
    if origin.operation == "-" and len(names) == 2:
        return f"{names[0]}与{names[1]}之差"
    return quantity.label or quantity.name


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
    label = f"（{quantity.label}）" if wanted else ""
    if quantity.origin is None:
        place = f"   {quantity.place}" if quantity.place else ""
        yield f"{indent}{quantity.name}{label} = {exact_text(quantity)}{place}"
        return
    yield f"{indent}{quantity.name}{label} = {exact_text(quantity)}"
    yield f"{indent}  = {formula(quantity)}"
    if quantity.value == 0 and all(leaf.value == 0 for leaf in leaves(quantity)):
        return  # nothing but zeros below
    if len(quantity.origin.operands) > 1:
        yield f"{indent}  = {formula(quantity, values=True)}"
    summed = quantity.origin.operation == "Σ"
    for operand in quantity.origin.operands:
        if not (summed and operand.value == 0):
            yield from explain(operand, depth + 1)
