"""What a person took out stays out; when it would read otherwise now, the report and a comment beside it say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.refreshing.refresh_words import DELETED, RefreshRemark, Renewal
from generator.refreshing.row_pairs import in_order, row_key
from generator.word.facts_part import FactsPart
from generator.word_file.align import words_in
from generator.word_file.blocks import chart_of, generated, table_of
from generator.word_file.paragraph import Element, atoms

_BEGINS = "由人删去、没有恢复的，更正后有变化："
_MOST, _MOST_ROWS, _LONGEST = 6, 4, 30
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True, slots=True)
class Gone:
    """`what` a person took out, and what of it would read otherwise: sentences, or «4.00→4.60»."""

    what: str
    now: str


def tell_deleted(work: Renewal, beside: Element | None, trail: tuple[str, ...], gone: Sequence[Gone]) -> None:
    """One comment for all that was taken out beside one paragraph."""
    work.remarks += [RefreshRemark(DELETED, trail, one.what, one.now) for one in gone]
    if beside is None or not gone:
        return
    lines = [f"“{_short(one.what)}”现在是：{one.now}" if one.now else f"“{_short(one.what)}”" for one in gone[:_MOST]]
    rest = f"；等{len(gone)}处" if len(gone) > _MOST else ""
    text = f"{_BEGINS}{'；'.join(one.rstrip('。') for one in lines)}{rest}。需要的话请补上。"
    work.comments.add(beside, 0, len(atoms(beside)), text, instead_of=(_BEGINS, ""))


def gone_block(old: FactsPart, was: str, new: FactsPart, now: str) -> Gone | None:
    """The block generated as `was`, which stands as `now` in the new version; None when it reads the same."""
    for of, kind in ((table_of, "表"), (chart_of, "图")):
        before, after = of(old, was), of(new, now)
        if before is not None and after is not None:
            what = f"{kind}‘{after.name}’"
            return None if before.rows == after.rows else Gone(what, _changed_rows(before.rows, after.rows))
    said, says = words_in(generated(old, was)), words_in(generated(new, now))
    return None if said == says else Gone(said, _changed_sentences(said, says))


def row_name(row: str) -> str:
    """By what a reader knows a row."""
    return " ".join(row_key(row)) or " ".join(row.split())


def changed_cells(was: str, now: str) -> str:
    before, after = was.split("\t"), now.split("\t")
    if len(before) != len(after):
        return " ".join(now.split())
    return "、".join(f"{one or '空'}→{other or '空'}" for one, other in zip(before, after, strict=True) if one != other)


def _changed_rows(was: Sequence[str], now: Sequence[str]) -> str:
    pairs = in_order(was, now)
    lines = [f"{row_name(now[j])} {changed_cells(was[i], now[j])}" for i, j in pairs.items() if was[i] != now[j]]
    lines += [f"多了“{row_name(row)}”" for n, row in enumerate(now) if n not in pairs.values()]
    lines += [f"少了“{row_name(row)}”" for n, row in enumerate(was) if n not in pairs]
    rest = f"；等{len(lines)}行" if len(lines) > _MOST_ROWS else ""
    return "；".join(lines[:_MOST_ROWS]) + rest


def _changed_sentences(was: str, now: str) -> str:
    known = set(_SENTENCE.findall(was))
    return "".join(one for one in _SENTENCE.findall(now) if one not in known)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}……"
