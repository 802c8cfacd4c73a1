"""Titles of tables: which official table a line names, whether it names another one, whether it speaks of a budget."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.official_tables.header_paths import as_outturn, without_funds
from generator.official_tables.import_form import OUTTURN, TableForm, bare, unnumbered

CONTINUED = re.compile(r"\(?(?:续|续表\d*|续上表|接上表|接上页|续前表)\)?")
_CONTINUED_BEHIND = re.compile(r"(?:\(续表?[\d一二三四五六七八九十]*\)|(?<=表)续\d*|续表\d*)$")
_TABLE_NUMBER = re.compile(
    r"^(?:附件?\d*[:、]?)?(?:公开|附|财决)?(?:表(?:[\d二三四五六七八九十]|一(?!般))+|[\d\-—]+表|[A-Z]{1,2}\d+(?:[_-]\d+)?)[:.、]?"
)
_BEHIND_TITLE = re.compile(
    r"(?:\([^()]*\)|续表?|\d{4}年度?|(?:公开|财决|附)[\d\-—一二三四五六七八九十]+表|(?:金额)?单位:\w+)+$"
)
_BEGINS_ANOTHER = re.compile(
    r"(?:收入|支出|收支|项目|类|资金|专户|专项|明细|汇总|上级|补助|人员|公用|经济分类|功能分类|基本建设|经营|其他|非税|结余|资产"
    r"|及|和|与|、)$"
)
"""«收入» before 支出决算表 makes another table of it: 收入支出决算表 (财决02)."""
_TITLE = re.compile(
    r".*(?:表|一览|台账)(?:\([^()]*\))?|.*(?:支出|收入|收支|经费|拨款)(?:预算|决算|计划)|.*\d{4}年度?(?:部门|单位)?预算(?:草案|公开)?"
)
_GENERAL = re.compile(
    r"(?:公开|附|财决|套)?(?:表[\d一二三四五六七八九十]*|[\d\-—]+表|附表\d*)"
    r"|.*(?:部门|单位|年度?|局|委|院|校|处|办|中心|会|队|所|镇|乡|街道|政府|本级|公开)决算(?:公开)?(?:报表|表格|表|附表|样表|套表)"
    r"|(?:公开|决算|附|报)?(?:报表|表格|附表|样表|套表)|封面.*|.*代码表"
)


def plain_title(text: str) -> str:
    return _BEHIND_TITLE.sub("", _TABLE_NUMBER.sub("", unnumbered(bare(text))))


def title_of(text: str, forms: Iterable[TableForm]) -> TableForm | None:
    """The table whose title the text ends in; the longest wording decides. Those of a budget mostly do not say so, and
    their wordings are written without the word."""
    best: tuple[int, TableForm] | None = None
    for form in forms:
        plain = _plain_for(text, form.use)
        if is_budget(plain):
            continue
        if form.use != OUTTURN:
            plain = plain.replace("决算", "")
        if any(word in plain for word in form.excluded):
            continue
        length = max((len(title) for title in form.titles if _ends_in(plain, title)), default=0)
        if length and (best is None or length > best[0]):
            best = (length, form)
    return best[1] if best else None


@lru_cache(maxsize=4096)
def _plain_for(text: str, use: str) -> str:
    return plain_title(as_outturn(text, use))


def _ends_in(plain: str, title: str) -> bool:
    return plain.endswith(title) and not _BEGINS_ANOTHER.search(plain[: -len(title)])


def is_title_like(text: str, use: str = OUTTURN) -> bool:
    """Whether a line names a table, known or not: 部门支出总表, 2025年部门预算; not 公开03表 or 部门决算公开表."""
    text = as_outturn(text, use)
    label = bare(text)
    if len(label) > 60 or re.search(r"[:。;；，,]|本表|见附|如下|详见", re.sub(r"^附[件表]?\d*:", "", label)):
        return False
    plain = plain_title(text)
    if len(plain) < 3 or _GENERAL.fullmatch(label) or _GENERAL.fullmatch(plain):
        return False
    return bool(_TITLE.fullmatch(plain))


def is_continued(text: str) -> bool:
    """支出决算表（续）, 续表: the table goes on here."""
    label = re.sub(r"(?:金额)?单位:\w+$", "", bare(text))
    return bool(CONTINUED.fullmatch(label) or _CONTINUED_BEHIND.search(label))


def is_budget(text: str, use: str = OUTTURN) -> bool:
    """预算 without 决算; in 一般公共预算财政拨款 the word does not count. When a budget is looked for: the reverse."""
    plain = without_funds(bare(as_outturn(text, use)))
    return "预算" in plain and "决算" not in plain


def says_outturn(text: str) -> bool:
    """A budget has no figures of the year's end either."""
    label = bare(text)
    return any(word in label for word in ("决算", "年末结转", "统计数"))
