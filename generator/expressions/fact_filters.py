"""The filters that make facts from facts: rows chosen, summed, laid out by 科目; shares, changes, rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.document.numbering import chinese_number
from generator.facts import account_rows, derive
from generator.facts.accounts import AccountCode, Accounts
from generator.facts.fact import FISCAL_YEAR, Day, Group, Rows
from generator.facts.naming import Chosen, called, condition, inside
from generator.facts.rows_in_doubt import IN_TEXT, counted, doubt_of, gap_stays, length, marked_yes, parted
from generator.quantity import (
    Blank,
    BlankUsedError,
    Quantity,
    UnitError,
)


def _year(context: Context) -> int:
    year = context.get(FISCAL_YEAR)
    return int(year.value) if isinstance(year, Quantity) else 0


def _accounts(context: Context) -> Accounts:
    accounts = getattr(context.environment, "accounts", None)
    assert isinstance(accounts, Accounts)
    return accounts


def _sum(rows: Rows | Sequence[Group], *columns: str) -> Quantity | Blank:
    return account_rows.column_total(rows, *columns)


def _where(rows: Rows | Sequence[Group], column: str, value: object) -> Chosen:
    return parted(rows, column, lambda cell: bool(cell == value), *condition(rows, column, value))


def _truthy(rows: Rows | Sequence[Group], column: str) -> Chosen:
    """Rows whose 是/否 column says 是."""
    return marked_yes(rows, column)


def _inner_rows(rows: Rows | Sequence[Group], table: str) -> Rows | Chosen:
    """The rows of the tables that stand inside these rows, one after the other."""
    found: list[Group] = []
    lacking: Rows | None = None
    for row in rows:
        inner = row.entries[table]
        if not isinstance(inner, Rows):
            raise UnitError(f"“{row.name}.{table}”不是表，不能用“| 各行”")
        found.extend(inner)
        lacking = lacking or (inner if inner.gap is not None else None)
    if lacking is not None and not found:
        return lacking
    together = inside(rows, table, found)
    together.doubt = doubt_of(rows) or (lacking.gap if lacking is not None else None)
    return together


def _starting(rows: Rows | Sequence[Group], column: str, *codes: str | Blank) -> Chosen:
    wanted: list[str] = []
    for code in codes:
        if isinstance(code, Blank):
            raise BlankUsedError(code)
        wanted.append(code)
    return parted(rows, column, lambda cell: str(cell).startswith(tuple(wanted)), "、".join(wanted))


def _by_account(*levels: int) -> Callable[..., Chosen]:
    @pass_context
    def by_levels(context: Context, rows: Rows | Sequence[Group], *columns: str) -> Chosen:
        return account_rows.by_account(rows, "科目", columns, _accounts(context), _year(context), levels)

    return by_levels


@pass_context
def _economic(context: Context, rows: Rows | Sequence[Group], account_column: str, *columns: str) -> Chosen:
    return account_rows.by_account(rows, account_column, columns, _accounts(context), _year(context), (1, 2))


def _merged(rows: Rows | Sequence[Group], *others: Rows | Sequence[Group]) -> Chosen:
    return account_rows.merged([rows, *others])


def _with_amounts(rows: Rows | Sequence[Group], *columns: str) -> Chosen:
    return account_rows.with_amounts(rows, columns)


@pass_context
def _account_name(context: Context, code: object) -> str | Blank:
    if isinstance(code, Blank):
        return code
    return _accounts(context).name(_code(code), _year(context)) or str(code)


@pass_context
def _account_full_name(context: Context, code: object) -> str | Blank:
    if isinstance(code, Blank):
        return code
    return _accounts(context).full_name(_code(code), _year(context)) or str(code)


def _code(code: object) -> str:
    """A code as it was typed keeps the names that the office gave it."""
    return code if isinstance(code, AccountCode) else str(code)


def _count(rows: Sequence[object] | Rows, unit: str = "个") -> Quantity:
    """How many rows, as a quantity: «5个», marked like any other figure."""
    table = called(rows if isinstance(rows, Rows | Chosen) else [row for row in rows if isinstance(row, Group)])
    return Quantity(Decimal(len(rows)), unit, f"{table.name}.行数", table.place, f"{table.label}的行数")


@pass_context
def _length(context: Context, rows: Any) -> int | Blank:
    return length(rows, shown=IN_TEXT in context.parent)


def _difference(current: Quantity | Blank, prior: Quantity | Blank) -> Quantity | Blank:
    return current - prior


def _days_since(day: Day | Blank, earlier: Day | Blank) -> Quantity | Blank:
    """Days from one date to a later one, negative when it is earlier."""
    for one in (day, earlier):
        if isinstance(one, Blank):
            return one
        if not isinstance(one, Day):
            raise UnitError(f"“{one}”不是日期，不能数天数")
    assert isinstance(day, Day)
    assert isinstance(earlier, Day)
    name = f"{earlier.name}至{day.name}的天数"
    return Quantity(Decimal((day.value - earlier.value).days), "天", name, day.place, f"{earlier.label}至{day.label}")


FACT_FILTERS: dict[str, Callable[..., object]] = {
    "length": _length,
    "求和": counted(_sum),
    "筛选": gap_stays(_where),
    "选是": gap_stays(_truthy),
    "科目属于": gap_stays(_starting),
    "有数": gap_stays(_with_amounts),
    "各行": gap_stays(_inner_rows),
    "类款项": gap_stays(_by_account(1, 2, 3)),
    "按类": gap_stays(_by_account(1)),
    "按项": gap_stays(_by_account(3)),
    "类款": gap_stays(_economic),
    "合并行表": _merged,
    "行数": counted(_count),
    "科目名称": _account_name,
    "科目全称": _account_full_name,
    "占": derive.share,
    "增减额": _difference,
    "增幅": derive.change_rate,
    "完成率": derive.completion,
    "汉字": chinese_number,
    "纯数": derive.bare,
    "除以": derive.quotient,
    "天数": _days_since,
}
