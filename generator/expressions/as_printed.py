"""«甲 is 大于(乙)», «甲 | 与(乙)»: two figures as the reader sees them, for texts, tables, conditions and checks.

`==`, `<` and `>` compare the exact figures; a sentence that prints rounded ones would contradict itself.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jinja2 import pass_environment

from generator.facts.relation import Printing, Relation
from generator.quantity import Blank, BlankUsedError, NotApplicable, NotApplicableUsedError, Quantity, UnitError


def related(printing: Printing, left: object, right: object) -> Relation:
    """A blank or 不适用 among them raises, as in any comparison."""
    for side in (left, right):
        if isinstance(side, Blank):
            raise BlankUsedError(side)
        if isinstance(side, NotApplicable):
            raise NotApplicableUsedError(side)
    if not isinstance(left, Quantity) or not isinstance(right, Quantity | int | Decimal):
        raise UnitError(f"只有两个数量可以比较，得到的是“{left}”和“{right}”")
    return printing.relation(left, right)


@pass_environment
def _level_with(environment: Any, left: object, right: object) -> bool:
    return related(environment.printing, left, right).seen == 0


@pass_environment
def _above(environment: Any, left: object, right: object) -> bool:
    return related(environment.printing, left, right).seen > 0


@pass_environment
def _below(environment: Any, left: object, right: object) -> bool:
    return related(environment.printing, left, right).seen < 0


@pass_environment
def _word(
    environment: Any, left: object, right: object, above: str = "大于", below: str = "小于", level: str = "等于"
) -> str:
    """大于, 小于, 等于, or the pack's own words (增支, 减支, 持平)."""
    return (level, above, below)[related(environment.printing, left, right).seen]


@pass_environment
def _sign(environment: Any, left: object, right: object) -> str:
    """＞, ＜ or ＝."""
    return related(environment.printing, left, right).sign


PRINTED_TESTS: dict[str, Callable[..., bool]] = {"持平于": _level_with, "大于": _above, "小于": _below}
PRINTED_FILTERS: dict[str, Callable[..., str]] = {"与": _word, "比号": _sign}
