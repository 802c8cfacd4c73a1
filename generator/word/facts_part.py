"""The facts part of a Word file, read by a schema: what a file says of its figures is believed only where it can be so.

A person may have the file in hand, another program may have saved it, somebody may have tampered with it. Whatever is
not as `marks` writes it is named in one finding (R006) before any reader meets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from generator.border.budgets import FIGURE_DECIMALS, FIGURE_DEPTH, FIGURE_DIGITS, FIGURE_TERMS
from generator.border.pack_names import is_pack_name, shown
from generator.border.refused import RefusedError
from generator.word.marks import FACTS_NAMESPACE, MarkedChart, MarkedTable

_NUMBER = re.compile(rf"-?[0-9]{{1,{FIGURE_DIGITS}}}(\.[0-9]{{1,{FIGURE_DECIMALS}}})?")
_KEY = re.compile(r"[fu][1-9][0-9]{0,6}")
_PRINT = re.compile(r"(f[1-9][0-9]{0,6})_x?[0-9]{1,7}")
_BLOCK = re.compile(r"([pntc])([1-9][0-9]{0,6})")
_CONTENTS = "toc"


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A quantity as the file remembers it; `value` is None when it was not printed. Operands: «f3» or «u1»."""

    name: str
    label: str
    value: Decimal | None
    unit: str
    place: str
    operation: str
    operands: tuple[str, ...]


Pieces = tuple[tuple[str, str], ...]
"""A generated paragraph: (words, "") or (printed number, «f3_1», the figure's mark)."""


@dataclass(frozen=True, slots=True)
class FactsPart:
    """`figures` by «f3» or «u1»; paragraph n of `written` (from 1) carries the bookmark `_p{n}`, of `beside` `_n{n}`;
    `order` holds the marks of all blocks as they were generated, «toc» where 目录 stands."""

    document: Mapping[str, str]
    figures: Mapping[str, ReadFact]
    written: tuple[Pieces, ...]
    beside: tuple[Pieces, ...]
    tables: tuple[MarkedTable, ...]
    charts: tuple[MarkedChart, ...]
    order: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The generated text of every heading and paragraph."""
        return tuple("".join(text for text, _ in pieces) for pieces in self.written)


def facts_part_of(root: etree._Element) -> FactsPart:
    """The facts part below its root. Raises `RefusedError` (R006)."""
    document = {_local(element): element.text or "" for element in _children(root, "document")}
    pack = document.get("pack", "")
    if pack and not is_pack_name(pack):
        raise _damaged(f"模板包的名称“{shown(pack)}”不是名称")
    figures = _figures(root)
    _judge_formulas(figures)
    facts = FactsPart(
        document,
        figures,
        tuple(_pieces(element, figures) for element in _children(root, "paragraphs")),
        tuple(_pieces(element, figures) for element in _children(root, "beside")),
        tuple(MarkedTable(_word(element, "name"), _words(element, "row")) for element in _children(root, "tables")),
        tuple(
            MarkedChart(
                _word(element, "name"),
                _word(element, "kind"),
                _word(element, "alt"),
                _words(element, "row"),
                _words(element, "label"),
            )
            for element in _children(root, "charts")
        ),
        tuple(_word(root, "order").split()),
    )
    _judge_order(facts)
    return facts


def _damaged(what: str) -> RefusedError:
    return RefusedError("R006", what=what)


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    group = root.find(f"{{{FACTS_NAMESPACE}}}{name}")
    return [] if group is None else list(group)


def _word(element: etree._Element, name: str) -> str:
    return element.findtext(f"{{{FACTS_NAMESPACE}}}{name}") or ""


def _words(element: etree._Element, name: str) -> tuple[str, ...]:
    return tuple(found.text or "" for found in element.findall(f"{{{FACTS_NAMESPACE}}}{name}"))


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _figures(root: etree._Element) -> dict[str, ReadFact]:
    """Printed ones have a value, the others only where nobody filled them in."""
    figures: dict[str, ReadFact] = {}
    for group, letter in (("figures", "f"), ("unprinted", "u")):
        for element in _children(root, group):
            key, value = _local(element), _word(element, "value")
            if not _KEY.fullmatch(key) or key[0] != letter or key in figures:
                raise _damaged(f"数的编号“{shown(key)}”写错或重复")
            if (value or letter == "f") and not _NUMBER.fullmatch(value):
                raise _damaged(f"{key}的值“{shown(value)}”不是数")
            figures[key] = ReadFact(
                _word(element, "name"),
                _word(element, "label"),
                Decimal(value) if value else None,
                _word(element, "unit"),
                _word(element, "place"),
                _word(element, "by"),
                _words(element, "of"),
            )
    return figures


def _judge_formulas(figures: Mapping[str, ReadFact]) -> None:
    """Every figure is made of others that are there, never of itself, and written out not longer than can be read."""
    depth: dict[str, int] = {}
    terms: dict[str, int] = {}
    above: set[str] = set()
    for first in figures:
        waiting = [first]
        while waiting:
            key = waiting[-1]
            operands = figures[key].operands
            if lost := [one for one in operands if one not in figures]:
                raise _damaged(f"{key}的公式里没有“{shown(lost[0])}”这个数")
            above.add(key)
            open_ones = [one for one in operands if one not in depth]
            if any(one in above for one in open_ones):
                raise _damaged(f"{key}的公式绕回了自己")
            if open_ones:
                waiting.append(open_ones[-1])
                continue
            waiting.pop()
            above.discard(key)
            if key not in depth:
                depth[key] = 1 + max((depth[one] for one in operands), default=0)
                terms[key] = sum(terms[one] for one in operands) or 1
            if depth[key] > FIGURE_DEPTH or terms[key] > FIGURE_TERMS:
                raise _damaged(f"{key}的公式套得太深、太长")
    if sum(terms.values()) > FIGURE_TERMS:
        raise _damaged("各数的公式太长")


def _pieces(element: etree._Element, figures: Mapping[str, ReadFact]) -> Pieces:
    pieces = [(element.text or "", "")]
    for figure in element:
        mark = _local(figure)
        match = _PRINT.fullmatch(mark)
        if match is None or match[1] not in figures:
            raise _damaged(f"正文里的数“{shown(mark)}”没有来源")
        pieces += [(figure.text or "", mark), (figure.tail or "", "")]
    return tuple(piece for piece in pieces if piece[0])


def _judge_order(facts: FactsPart) -> None:
    """Each block that the order names is there, and is named once."""
    there = {"p": facts.written, "n": facts.beside, "t": facts.tables, "c": facts.charts}
    seen: set[str] = set()
    for mark in facts.order:
        if mark == _CONTENTS:
            continue
        match = _BLOCK.fullmatch(mark)
        if match is None or int(match[2]) > len(there[match[1]]) or mark in seen:
            raise _damaged(f"顺序里的“{shown(mark)}”没有内容或重复")
        seen.add(mark)
