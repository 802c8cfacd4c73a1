"""What a printed amount is called, so that two places that speak of the same can be found.

A name has four parts, read from headings, titles and labels by the standing words of 部门决算: which funds
(一般公共预算 …), income or spending, basic or project spending, and the item (合计, a 类, a code, 公务接待费). Only the
amounts of the year itself have a name; what is called in no known way has none and is compared with nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from generator.printed.words import has, unnumbered

FUNDS = ("一般公共预算", "政府性基金", "国有资本经营", "财政拨款")
_TOTALS = re.compile("^(?:本年)?(?:收入|支出)(?:决算)?(?:合计|总额)$")
_OF_FUNDS = re.compile("^(?:拨款)?(?:本年)?(?:收入|支出)(?:决算)?(?:合计)?$")
_DECORATION = re.compile(r"[“”\"、，：:\s　]|决算数?$|支出决算$|（类）|（款）|（项）|^其中")
_PUBLIC = ("三公", "因公出国", "公务用车", "公务接待")
PUBLIC_ITEMS = (
    ("因公出国", "因公出国费"),
    ("公务用车购置及运行", "公务用车"),
    ("公务用车购置", "公务用车购置费"),
    ("公务用车运行", "公务用车运行维护费"),
    ("公务接待", "公务接待费"),
)
_PEOPLE = ("人员经费", "公用经费")
_CARRIED = re.compile("^(年初|年末)(?:财政拨款)?结转和结余")


class Name(NamedTuple):
    """`funds` "" means all; `flow` 收入, 支出, 收支; `kind` 基本支出, 项目支出, 预算, or ""; `item` 合计 or what."""

    funds: str
    flow: str
    kind: str
    item: str


def funds_of(text: str) -> str:
    return next((word for word in FUNDS if word in text), "")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A label without numbering, quotes and (类)."""
    text = unnumbered(text)
    while (shorter := _DECORATION.sub("", text)) != text:
        text = shorter
    return text


@lru_cache(maxsize=1024)
def total_name(words: str, funds: str, heading: str = "") -> Name | None:
    """«一般公共预算财政拨款基本支出», «本年收入合计», «收支总计», «公务接待费支出» → their name."""
    text = bare(words)
    if has(text, _PUBLIC):
        return public_name(text, heading)
    own = funds_of(text)
    for word in (own, "预算", "财政拨款") if own else ("财政拨款",):
        text = text.replace(word, "", 1)
    if text in ("收支总计", "收入支出总计", "总收支"):
        return Name(own, "收支", "", "总计")
    for people in _PEOPLE:
        if text in (people, f"日常{people}", f"{people}合计"):
            return Name("一般公共预算" if own in ("", "一般公共预算") else own, "支出", "基本支出", people)
    for kind in ("基本支出", "项目支出"):
        if text in (kind, f"{kind}合计"):
            return Name(own or funds, "支出", kind, "合计")
    if not (_OF_FUNDS if own else _TOTALS).match(text):
        return None
    flow = "收入" if "收入" in text else "支出" if "支出" in text else ""
    return Name(own or funds, flow, "", "合计") if flow else None


def public_name(text: str, heading: str) -> Name | None:
    """三公: «“三公”经费财政拨款支出», «公务用车购置及运行维护费支出»."""
    if "政府性基金" in text or "政府性基金" in heading:
        return None
    if "三公" in text:
        rest = text.replace("三公", "").replace("一般公共预算", "")
        return Name("三公", "支出", "", "合计") if re.fullmatch("经费(?:财政拨款)?(?:支出)?", rest) else None
    for start, item in PUBLIC_ITEMS:
        if text.startswith(start):
            tail = re.sub(r"[（(][^）)]*[)）]", "", text[len(start) :])
            if re.fullmatch("(?:经)?(?:维护)?(?:费)?(?:用)?(?:支出)?", tail):
                return Name("三公", "支出", "", item)
    return None


def carried_item(label: str) -> str:
    match = _CARRIED.match(bare(label))
    return f"{match[1]}结转和结余" if match else ""
