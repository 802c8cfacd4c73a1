"""What an example has typed: its files as trees of words, and every amount in them with the field that it fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from generator.form.fields import Field, Spec, children_of


def trees_of(folder: Path) -> dict[str, Any]:
    return {path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in sorted(folder.glob("*.yaml"))}


def texts_of(trees: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, yaml.dump(tree, allow_unicode=True)) for name, tree in trees.items())


@dataclass(frozen=True)
class Amount:
    """One filled-in amount: the mapping that holds it and its key, where it stands and in which table."""

    holder: dict[str, Any]
    key: str
    name: str
    table: str
    field: Field

    @property
    def value(self) -> Decimal:
        return plain_number(self.holder[self.key])


def amounts_in(spec: Spec, held: object, path: str = "") -> Iterator[Amount]:
    for number, one in enumerate(held if isinstance(held, list) else [held], 1):
        if not isinstance(one, dict):
            continue
        for child in children_of(spec).values():
            here = f"{path}[{number}].{child.name}" if isinstance(held, list) else f"{path}.{child.name}".lstrip(".")
            if not isinstance(child, Field):
                yield from amounts_in(child, one.get(child.name), here)
            elif child.kind == "金额" and plain_number(one.get(child.name)):
                yield Amount(one, child.name, here, here.partition("[")[0].partition(".")[0], child)


def plain_number(text: object) -> Decimal:
    """0 for what is no plain number."""
    try:
        return Decimal(text.replace(",", "")) if isinstance(text, str) else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
