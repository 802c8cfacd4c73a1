"""How one value passes into the new year: a figure as it is typed, a text's years, a 科目's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.facts.accounts import Accounts
from generator.facts.fact import SHORT_NAME_ROLE, UNIT_ROLE, Facts, Text
from generator.facts.year_words import YearMention, sentence_around, year_mentions
from generator.filling.account_value import taken_as_account
from generator.form.fields import Field
from generator.form.to_confirm import confirmed
from generator.quantity import EXACT, MONEY, MONEY_UNITS, PERCENT, Quantity

_OWN_REPORT = r"\s*年度?(?=\s*(?:部门)?(?:整体支出|项目支出|预算绩效|绩效自评|绩效评价|决算|社会保险))"
_TITLE = re.compile(r"《[^》]*》")
_LONGEST_TITLE = 40
_TWELFTH = Decimal("1e-12")


def figure_as_typed(figure: Quantity, one: Field, unit: str) -> str:
    """An amount in the file's 金额单位, exactly; other figures as they were typed, computed ones to twelve decimals.

    Amounts keep two decimals: «0» stays for a nought that is exact, «0.00» says that it may have been rounded.
    """
    value = figure.value
    if figure.unit == MONEY:
        value = EXACT.divide(value, MONEY_UNITS[unit])
        if value == 0 and figure.error == 0:
            return "0"
        plain = value.normalize(EXACT)
        exponent = plain.as_tuple().exponent
        return f"{plain:.{max(2, -exponent if isinstance(exponent, int) else 2)}f}"
    if value == value.to_integral_value():
        text = f"{value.to_integral_value():f}"
    else:
        text = f"{value if figure.origin is None else value.quantize(_TWELFTH, context=EXACT).normalize():f}"
    return f"{text}%" if one.kind == "百分比" or figure.unit == PERCENT else text


# -- texts ------------------------------------------------------------------------------------------------------------
def own_names(facts: Facts) -> tuple[str, ...]:
    """What the unit is called, in full and for short."""
    named = (facts.role(word) for word in (UNIT_ROLE, SHORT_NAME_ROLE))
    return tuple(str(one) for one in named if isinstance(one, Text) and one)


def with_years_moved(text: str, names: Sequence[str], old: int, new: int) -> str:
    """The year moved in the report's own name: «甲局2020年度部门决算», or a text that is such a title.

    Titles in 《》 are of papers that exist.
    """
    titles = [match.span() for match in _TITLE.finditer(text)]
    owner = "|".join(re.escape(name) for name in names)
    pattern = rf"(?:(?:{owner})(?:关于)?\s*|\A){old}{_OWN_REPORT}" if names else rf"\A{old}{_OWN_REPORT}"

    def moved(match: re.Match[str]) -> str:
        inside = any(begin <= match.start() < end for begin, end in titles)
        is_own = not match[0].startswith(str(old)) or len(text) <= _LONGEST_TITLE
        return match[0].replace(str(old), str(new)) if is_own and not inside else match[0]

    return re.sub(pattern, moved, text)


def years_in(text: str) -> str:
    """«写有2020年：“2020年，……”», "" when the text names no year."""
    found: dict[int, YearMention] = {}
    for mention in year_mentions(text):
        found.setdefault(mention.year, mention)
    if not found:
        return ""
    years = "、".join(f"{year}年" for year in sorted(found))
    return f"写有{years}：“{sentence_around(text, min(one.start for one in found.values()))}”"


# -- 科目 -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NextAccount:
    """`text`: what to type. `renamed`: «21305 扶贫→巩固脱贫衔接乡村振兴», of the code or one above it; `retired`:
    why it can no longer be used."""

    text: str
    renamed: str = ""
    retired: str = ""


def account_in(typed: str, accounts: Accounts, old: int, new: int) -> NextAccount:
    """The code stays; a former name beside it becomes the one in force."""
    account = taken_as_account(confirmed(typed))
    code, given = account.code, account.name
    if not code:
        return NextAccount(typed)
    name = accounts.name(code, new)
    if not accounts.in_force(code, new):
        return NextAccount(typed, retired=f"{code} {name}，{new}年度已不使用")
    changed = [
        f"{level} {accounts.name(level, old)}→{accounts.name(level, new)}"
        for level in (*accounts.parents(code), code)
        if accounts.name(level, old) != accounts.name(level, new)
    ]
    former = given in accounts.names(code) and given != name
    return NextAccount(f"{code} {name}" if former else typed, renamed="；".join(changed))
