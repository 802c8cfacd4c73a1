"""One rendering: the things printed so far and the findings.

A template's output is text, but a figure must stay a figure and an office's words must stay literal. So every value
that a template prints leaves a token in the text, two Unicode noncharacters around a number, and the session keeps
the thing itself. Readers of input refuse noncharacters, therefore a token can never come from an office's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

from generator.diagnostics import Diagnostic, finding
from generator.document.nodes import Figure, Inline, Inlines, LineBreak, Run
from generator.expressions.effort import Effort
from generator.expressions.environment import blank_finding
from generator.expressions.lines import SOFT
from generator.facts.explain import exact_text
from generator.facts.fact import Day, Group, Rows
from generator.facts.lacking import Misapplied
from generator.facts.naming import spoken_name
from generator.facts.relation import Printing, Relation
from generator.quantity import YEAR, Blank, NoRatio, NotApplicable, Quantity, UnitError

_GAP = "〔待填："
TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
_KEPT = re.compile(f"{TOKEN.pattern}|{SOFT}")


@dataclass(slots=True)
class Session:
    """`printing` says how quantities are printed without a filter."""

    printing: Printing
    items: list[object] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    effort: Effort = field(default_factory=Effort)
    """What is left for everything printed."""
    gaps: dict[str, int] = field(default_factory=dict)
    """How often each blank has been printed."""
    undecided: list[int] = field(default_factory=list)
    """For each condition that is undecided right now, outermost first: that number when it began."""
    _reported: set[str] = field(default_factory=set)

    def token(self, item: object) -> str:
        """Keep `item` and return the token that stands for it in the text."""
        self.items.append(item)
        return f"\ufdd0{len(self.items) - 1}\ufdd1"

    def ask_for(self, blank: Blank) -> None:
        """Report what is missing. Under an undecided condition only what the form requires in any case: whether the
        rest is needed shows when the condition can be decided."""
        if blank.needed or not self.undecided:
            self.report(blank_finding(blank))

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a finding, each sentence and place once."""
        key = f"{diagnostic.code}{diagnostic.message}{diagnostic.places}"
        if diagnostic.code == "T134":  # all that comes behind fails likewise
            key = diagnostic.code
        if key not in self._reported:
            self._reported.add(key)
            self.diagnostics.append(diagnostic)

    def figure(self, quantity: Quantity, text: str, unit: str = "") -> str:
        """A token for a figure, followed by its unit as plain words."""
        return self.token(Figure(text, quantity)) + unit

    def printed(self, value: object) -> str:
        """What stands in the text for any value that a template prints."""
        if isinstance(value, str):
            if not value or not _KEPT.search(value):
                return self.token(str(value)) if value else ""
            return self._protected(value)
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, NoRatio):
            return self.token("—")
        if isinstance(value, Blank):
            self.ask_for(value)
            self.gaps[value.name] = self.gaps.get(value.name, 0) + 1
            return self.token(to_fill_in(value))
        if isinstance(value, NotApplicable):
            return self.token("不适用")
        if isinstance(value, Day):
            return self.token(str(value))
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Group | Rows | list | tuple | dict):
            return self.token(value)  # for a fence, which gives it to its table; `pieces` refuses it
        if isinstance(value, int | float | Decimal | Undefined):
            return self.token(str(value))  # an undefined name raises here
        raise SecurityError(type(value).__name__)  # machinery of the program, not something of the report

    def _protected(self, text: str) -> str:
        """Tokens and line ends stay, the words between become literal; blank lines stay paragraph ends."""
        result, position = [], 0
        for match in _KEPT.finditer(text):
            between = text[position : match.start()]
            result.append(between if not between or between.isspace() else self.token(between))
            result.append(match[0])
            position = match.end()
        rest = text[position:]
        result.append(rest if not rest or rest.isspace() else self.token(rest))
        return "".join(result)

    def bold(self, text: str) -> str:
        """Words, and the figures among them, in bold."""
        return "".join(
            self.token(
                Figure(piece.text, piece.quantity, True) if isinstance(piece, Figure) else Run(str(piece), bold=True)
            )
            for piece in self.pieces(text)
        )

    def quantity(self, quantity: Quantity, money_unit: str = "", *, signed: bool = True) -> str:
        """The figure's token with its unit behind it, in the pack's number style; not `signed`: by its size."""
        printing = replace(self.printing, money_unit=money_unit) if money_unit else self.printing
        number, unit = printing.number(quantity), printing.unit_of(quantity)
        return self.figure(quantity, number if signed else number.removeprefix("-"), "" if unit == YEAR else unit)

    def digits(self, quantity: Quantity) -> str:
        """The figure's token alone; its unit stands elsewhere."""
        return self.figure(quantity, self.printing.cells.number(quantity))

    def related(self, left: Quantity, right: Quantity) -> Relation:
        """How two figures stand to each other in the text; F009 and F010 where the exact ones say otherwise."""
        relation = self.printing.relation(left, right)
        if relation.from_printed:
            self.report(_remark(relation))
        return relation

    def pieces(self, text: str) -> Iterator[object]:
        """The text cut at its tokens, all of them words and figures. Raises `UnitError` for a thing without words."""
        for piece in self.things(text):
            if isinstance(piece, Group | Rows):
                what = "一张表" if isinstance(piece, Rows) else "一组内容"
                raise UnitError(f"“{piece}”是{what}，不能直接印，请写明其中哪一项")
            if isinstance(piece, list | tuple | dict):
                raise UnitError("清单不能直接印，请用“| 顿号连接”，或用循环逐项写")
            self.effort.spend(len(piece if isinstance(piece, str) else getattr(piece, "text", "")))
            yield piece

    def things(self, text: str) -> Iterator[object]:
        """The text cut at its tokens: literal strings and the things behind the tokens, rows and lists among them."""
        position = 0
        for match in TOKEN.finditer(text):
            if match.start() > position:
                yield text[position : match.start()]
            yield self.items[int(match[1])]
            position = match.end()
        if position < len(text):
            yield text[position:]

    def inlines(self, text: str, *, bold: bool = False) -> Inlines:
        """Text with tokens as runs and figures; a line break inside an office's words becomes `LineBreak`."""
        result: list[Inline] = []
        for piece in self.pieces(text):
            append_inline(result, piece, bold)
        return tuple(result)

    def plain(self, text: str) -> str:
        """The text as a reader sees it, without figures' identity: for file names, captions, alt texts."""
        return "".join(p.text if isinstance(p, Figure) else str(p) for p in self.pieces(text))


def _remark(relation: Relation) -> Diagnostic:
    left, right, text = relation.left, relation.right, relation.printing.text
    values = {"left": spoken_name(left), "right": spoken_name(right)}
    places = [side.place for side in (left, right) if side.place]
    exact = abs(left - right)  # type: ignore[arg-type]
    if relation.seen == 0:
        return finding("F009", *places, **values, printed=text(left), exact=exact_text(exact))
    return finding("F010", *places, **values, printed=text(abs(relation.difference)), exact=exact_text(exact))


def to_fill_in(blank: Blank) -> str:
    """What is printed for a blank."""
    label = blank.label or blank.name
    if not isinstance(blank, Misapplied):
        return f"〔待填：{label}〕"
    return f"〔算不出：{label}〕" if isinstance(blank.entry, NoRatio) else f"〔“不适用”不能用来计算：{label}〕"


def append_inline(result: list[Inline], piece: object, bold: bool = False) -> None:
    """Add one piece; neighbouring words of the same weight become one run."""
    if isinstance(piece, Figure):
        result.append(Figure(piece.text, piece.quantity, bold or piece.bold))
        return
    if isinstance(piece, Run | LineBreak):
        result.append(Run(piece.text, bold or piece.bold) if isinstance(piece, Run) else piece)
        return
    for number, line in enumerate(str(piece).split("\n")):
        if number:
            result.append(LineBreak())
        if not line:
            continue
        last = result[-1] if result else None
        if isinstance(last, Run) and last.bold == bold:
            if line.startswith(_GAP) and last.text.endswith(line):
                continue  # one blank asked for twice in a row
            result[-1] = Run(last.text + line, bold)
        else:
            result.append(Run(line, bold))
