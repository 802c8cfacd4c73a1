"""Random units of every pack: the shipped examples with all amounts multiplied, and last year's figures, budgets and
other amounts that no identity binds drawn to sit on the edges (equal, one 分 or half a printed unit apart, zero, tiny,
negative, huge). What the checks refuse is no unit; the document of the others must not contradict itself.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from typed_amounts import Amount, amounts_in, texts_of, trees_of

from generator.case import InputFiles, Packs
from generator.diagnostics import Diagnostic, Outcome, has_errors
from generator.form.fields import Field, Spec, children_of
from generator.pack import PackRoots, load_pack
from generator.pipeline import Examined, examine_files

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
NAMES = tuple(sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir()))
ROOTS = PackRoots.with_own(())
FACTORS = (1, 1, 1, 3, 7, 13, 101, 10007)
NEUTRAL = "按照当年工作安排据实列支"


class Unit(NamedTuple):
    """`examined` is None where the checks refuse it; `refused`: why."""

    name: str
    texts: tuple[tuple[str, str], ...]
    examined: Examined | None
    refused: tuple[Diagnostic, ...]


class Units:
    """One example as the ground of many units."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.trees: dict[str, Any] = trees_of(INPUTS / name)
        pack = next(tree["报告"] for tree in self.trees.values() if "报告" in tree)
        self.packs: Packs = {pack: load_pack(pack, ROOTS)}
        loaded = self.packs[pack].value
        assert loaded is not None
        self.form = loaded.form.fields
        self.in_yuan = any(tree.get("金额单位") == "元" for tree in self.trees.values())

    def draw(self, seed: str) -> Unit:
        """Where the checks refuse it: reasons and texts are given where they are asked for, totals left to the program,
        then fewer amounts on edges, at last as large as the example itself."""
        refused: tuple[Diagnostic, ...] = ()
        texts: tuple[tuple[str, str], ...] = ()
        for edges, plain in ((6, False), (6, True), (3, True), (1, True), (0, True)):
            trees = self._trees(random.Random(seed), edges, plain)
            for _ in range(3):
                texts = texts_of(trees)
                found = examine_files(Outcome(InputFiles(Path(), texts, "")), ROOTS, self.packs)
                if found.value is not None and not has_errors(found.diagnostics):
                    return Unit(self.name, texts, found.value, ())
                refused = tuple(one for one in found.diagnostics if one.severity.stops)
                if not _answer(trees, refused):
                    break
        return Unit(self.name, texts, None, refused)

    def _trees(self, dice: random.Random, edges: int, plain: bool) -> dict[str, Any]:
        trees = copy.deepcopy(self.trees)
        trees.pop("结转记录.yaml", None)
        if plain:
            for tree in trees.values():
                _leave_to_the_program(self.form, tree)
        amounts = [one for tree in trees.values() for one in amounts_in(self.form, tree)]
        factor = dice.choice(FACTORS)
        if not edges or (plain and not self.in_yuan):
            factor = 1  # what was lost by rounding to 万元 would be multiplied too
        for one in amounts:
            one.holder[one.key] = f"{one.value * factor:f}"
        free = [one for one in amounts if one.field.like]
        for one in dice.sample(free, min(edges, len(free))):
            one.holder[one.key] = f"{self._edge(one, dice):f}"
        return trees

    def _edge(self, one: Amount, dice: random.Random) -> Decimal:
        """Beside another amount of the same row or group, or beside their sum."""
        siblings = [n for key, text in one.holder.items() if key != one.key and (n := _plain(text))] or [one.value]
        near = dice.choice([*siblings, sum(siblings, Decimal(0)), one.value])
        cent = Decimal("0.01") if self.in_yuan else Decimal("0.000001")
        half = Decimal(50) if self.in_yuan else Decimal("0.005")
        steps = (Decimal(0), cent, -cent, half, -half, half - cent, cent - half, 2 * half, -2 * half, half * 3)
        return dice.choice((*(near + step for step in steps), Decimal(0), cent, half - cent, near * 10, near / 3))


def _plain(text: object) -> Decimal:
    return Decimal(text) if isinstance(text, str) and text.replace(".", "", 1).isdigit() and "." in text else Decimal(0)


def _leave_to_the_program(spec: Spec, held: object) -> None:
    """Typed totals go where the form always computes them too; the grand totals have to be alike as printed."""
    for one in held if isinstance(held, list) else [held]:
        if not isinstance(one, dict):
            continue
        for child in children_of(spec).values():
            if not isinstance(child, Field):
                _leave_to_the_program(child, one.get(child.name))
            elif child.kind == "金额" and child.formula and not child.required and "总计" not in child.label:
                one.pop(child.name, None)


def _answer(trees: dict[str, Any], refused: tuple[Diagnostic, ...]) -> bool:
    """A neutral text in every cell that asks for a reason, a reason that fits put in place of one that does not; False
    where there is nothing of the kind."""
    asked = [one for one in refused if one.code == "F003" and one.fact]
    return sum(_put(tree, one.fact, NEUTRAL) for one in asked for tree in trees.values()) > 0


def _put(tree: dict[str, Any], name: str, text: str) -> bool:
    """«项目[甲].资金.执行原因»: into the group or row that stands there already; False where none does."""
    *path, last = re.split(r"\.(?![^\[]*\])", name)
    here: Any = tree
    for step in path:
        group, _, key = step.partition("[")
        here = here.get(group) if isinstance(here, dict) else None
        if key and isinstance(here, list):
            key = key.removesuffix("]")
            rows = [row for row in here if isinstance(row, dict) and key in row.values()]
            here = rows[0] if rows else here[int(key) - 1] if key.isdigit() and int(key) <= len(here) else None
    if not isinstance(here, dict) or (not path and "报告" not in tree):
        return False
    here[last] = text
    return True


def units(names: tuple[str, ...], seed: int, count: int) -> Iterator[Unit]:
    """`count` units for each of the examples, refused ones among them."""
    for name in names:
        ground = Units(name)
        for number in range(count):
            yield ground.draw(f"{seed} {name} {number}")
