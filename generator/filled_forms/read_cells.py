"""A cell of a form cleaned for the field that it fills: amounts, numbers, choices, words; nothing said is nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, finding
from generator.filled_forms.form_grid import FormCell
from generator.filled_forms.form_words import label_of
from generator.filling.nothing_said import is_mark
from generator.form.fields import Field
from generator.form.value_reading import half_width
from generator.place import Place
from generator.quantity import MONEY_UNITS

_NUMBER = re.compile(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+) ?(\D*)")


@dataclass(frozen=True, slots=True)
class ReadCell:
    """`text`: as it goes into the field, an amount without its unit; `unit`: an amount's own, "" = that of its form.
    `note`: why it is there, where no cell says it."""

    text: str
    place: Place
    is_amount: bool = False
    unit: str = ""
    note: str = ""


@dataclass(slots=True)
class ReadRow:
    key: str
    place: Place
    cells: dict[str, ReadCell] = field(default_factory=dict)


def typed(cell: FormCell, spec: Field, findings: list[Diagnostic]) -> ReadCell | None:
    """None for an empty cell, and for what the field cannot hold (X054, X075)."""
    if is_mark(cell.text):
        return None
    if spec.kind in ("金额", "个数", "数值", "百分比"):
        return _number(cell, spec, findings)
    if spec.kind == "选项":
        return ReadCell(choice(cell.text, spec), cell.place)
    text = cell.text if spec.kind == "长文" else " ".join(cell.text.split("\n"))
    return ReadCell(text, cell.place)


def choice(text: str, spec: Field) -> str:
    """The choice that is meant: 产出指标（50分）, 产出, >=; else the text, which is then refused by name."""
    plain = half_width(text)
    known = {half_width(one): one for one in spec.choices}
    known |= {half_width(word): one for word, one in spec.spellings.items()}
    for way in (plain, plain.replace(" ", ""), label_of(text), f"{label_of(text)}指标"):
        if way in known:
            return known[way]
    return text.strip()


def _number(cell: FormCell, spec: Field, findings: list[Diagnostic]) -> ReadCell | None:
    match = _NUMBER.fullmatch(half_width(cell.text)) if not cell.fault else None
    behind = match[2].strip() if match else ""
    is_amount = spec.kind == "金额"
    allowed = MONEY_UNITS if is_amount else ("", spec.unit, *(("%",) if spec.kind == "百分比" else ()))
    if match is None or (behind and behind not in allowed):
        code = "X054" if is_amount else "X075"
        findings.append(finding(code, cell.place, what=f"“{spec.label}”", text=cell.text))
        return None
    return ReadCell(match[1].replace(",", ""), cell.place, is_amount, behind if is_amount else "")
