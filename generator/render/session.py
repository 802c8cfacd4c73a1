"""One rendering: the things printed so far and the findings.

A template's output is text, but a figure must stay a figure and an office's words must stay literal. So every value
that a template prints leaves a token in the text, two Unicode noncharacters around a number, and the session keeps
the thing itself. Readers of input refuse noncharacters, therefore a token can never come from an office's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

from generator.diagnostics import Diagnostic
from generator.document.nodes import Figure, Inline, Inlines, LineBreak, Run
from generator.expressions.environment import blank_finding
from generator.facts.fact import Day, Group, Rows
from generator.facts.recompute import RATIOS, from_printed
from generator.quantity import Blank, Misapplied, NotApplicable, NumberStyle, Quantity

_GAP = "〔待填："
TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")


@dataclass(slots=True)
class Session:
    """`style` formats quantities printed without a filter; `money_unit` their unit."""

    style: NumberStyle
    money_unit: str = "万元"
    recompute: bool = False
    items: list[object] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    gaps: dict[str, int] = field(default_factory=dict)
    """How often each blank has been printed."""
    undecided: list[int] = field(default_factory=list)
    """For each condition that is undecided right now, outermost first: that number when it began."""
    _reported: set[str] = field(default_factory=set)

    def token(self, item: object) -> str:
        """Keep `item` and return the token that stands for it in the text."""
        self.items.append(item)
        return f"\ufdd0{len(self.items) - 1}\ufdd1"

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a finding, each sentence and place once."""
        key = f"{diagnostic.code}{diagnostic.message}{diagnostic.places}"
        if key not in self._reported:
            self._reported.add(key)
            self.diagnostics.append(diagnostic)

    def figure(self, quantity: Quantity, text: str, unit: str = "") -> str:
        """A token for a figure, followed by its unit as plain words."""
        return self.token(Figure(text, quantity)) + unit

    def printed(self, value: object) -> str:
        """What stands in the text for any value that a template prints."""
        if isinstance(value, str):
            if not value or "\ufdd0" not in value:
                return self.token(str(value)) if value else ""
            return self._protected(value)
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, Blank):
            if value.needed or not self.undecided:  # else it may turn out that nobody needs it
                self.report(blank_finding(value))
            self.gaps[value.name] = self.gaps.get(value.name, 0) + 1
            return self.token(to_fill_in(value))
        if isinstance(value, NotApplicable):
            return self.token("不适用")
        if isinstance(value, Day):
            return self.token(str(value))
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Group | Rows | list | tuple | dict):
            return self.token(value)
        if isinstance(value, int | float | Decimal | Undefined):
            return self.token(str(value))  # an undefined name raises here
        raise SecurityError(type(value).__name__)  # machinery of the program, not something of the report

    def _protected(self, text: str) -> str:
        """Tokens stay, the words between them become literal; blank lines stay what they are, paragraph ends."""
        result, position = [], 0
        for match in TOKEN.finditer(text):
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
        unit = money_unit or self.money_unit
        number = self.number(quantity, unit)
        number = number if signed else number.removeprefix("-")
        suffix = unit if quantity.unit == "元" else "" if quantity.unit == "年度" else quantity.unit
        return self.figure(quantity, number, suffix)

    def number(self, quantity: Quantity, money_unit: str = "") -> str:
        """The digits of a figure in the running text. With `recompute`, ratios come from the printed operands."""
        unit = money_unit or self.money_unit
        if self.recompute and quantity.origin is not None and quantity.origin.operation in RATIOS:
            value = from_printed(quantity, self.style, unit)
            if value is not None:
                return self.style.text(Quantity(value, quantity.unit), unit, with_unit=False)
        return self.style.text(quantity, unit, with_unit=False)

    def pieces(self, text: str) -> Iterator[object]:
        """The text cut at its tokens: literal strings and the things behind the tokens."""
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


def to_fill_in(blank: Blank) -> str:
    """What is printed for a blank."""
    label = blank.label or blank.name
    return f"〔“不适用”不能用来计算：{label}〕" if isinstance(blank, Misapplied) else f"〔待填：{label}〕"


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
