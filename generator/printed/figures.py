"""Numbers in a text: which of them are amounts, and in which unit.

Years, dates, numbering, codes, document numbers and limits («50万元以上», «不足0.01万元») are no amounts. Each token
has a kind:

    A money · P percentage · Q percentage points · N count with its unit · B bare number · Y year
    T a limit, not a figure of the unit itself · G a gap (〔待填〕) · X something else that is written with digits
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache, partial

from generator.printed.model import PrintedFigure, Spot, Token

MONEY = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "百万元": Decimal(1000000)} | {
    "亿元": Decimal(100000000),
    "万": Decimal(10000),
    "亿": Decimal(100000000),
}
_POINTS = ("个百分点", "百分点")
_PERCENT = ("%", "％")
_COUNTS = (
    "万人次", "人次", "批次", "台（套）", "台(套)", "万人", "万户", "万份", "平方米", "公里", "人天", "个月", "小时",
    "人", "辆", "个", "次", "家", "分", "项", "户", "件", "名", "张", "条", "种", "所", "台", "套", "批", "期", "组",
    "处", "间", "只", "片", "亩", "吨", "天", "日", "岁", "份", "例", "座", "艘", "架", "倍",
)  # fmt: skip
_UNLESS = {"分": "(?![别钟之公母])", "元": "(?![旦素])", "日": "(?!常)"}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％（）－＋", "0123456789.,%()-+")
_WIDE = re.compile("[０-９．％]")
_HAS_DIGIT = re.compile(r"\d|待填")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    known = sorted((*_POINTS, *_PERCENT, *MONEY, *_COUNTS), key=len, reverse=True)
    units = "|".join(re.escape(unit) + _UNLESS.get(unit, "") for unit in known)
    return re.compile(
        r"(?P<gap>〔[^〔〕]*待填[^〔〕]*〕)"
        r"|(?P<skip>^\s*\d{1,3}\s*[.、．](?!\d)"  # numbering of the paragraph
        r"|[（(]\d{1,2}[)）]"  # numbering inside it
        r"|[〔\[（(](?:19|20)\d{2}[〕\])）]\s*\d+\s*号"
        r"|(?:附件|附表|[图表第A-Za-z_])\s*\d+(?:\s*[-—]\s*\d+)?"
        r"|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
        r"|(?<![\d.])\d{1,2}(?:\s*[-—至~]\s*\d{1,2})?\s*月份?(?:\s*\d{1,2}\s*日)?)"
        r"|(?P<year>(?<![\d.])(?:19|20)\d{2}\s*(?=年))"
        r"|(?P<sign>(?<![\d%％年月日号])[-－−﹣])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"(?:\s*(?P<unit>{units}))?(?P<limit>\s*(?:[（(]含[）)])?(?:及?以[上下内])|[多余])?"
    )


def normal(text: str) -> str:
    """Full-width digits and signs as half-width ones; the length stays."""
    return text.translate(_FULL_WIDTH) if _WIDE.search(text) else text


def tokens_of(text: str, spot: Spot) -> tuple[Token, ...]:
    """All tokens of a text, in order; figures get `spot` with their characters."""
    if not _HAS_DIGIT.search(text):
        return ()
    found = []
    for match in _pattern().finditer(normal(text)):
        group = match.lastgroup
        if match["number"]:
            found.append(_number(match, spot))
        elif group == "gap":
            found.append(Token("G", match.start(), match.end()))
        elif group == "year":
            found.append(Token("Y", match.start(), match.end(), _figure(match["year"].strip(), "", match, spot)))
        else:
            found.append(Token("X", match.start(), match.end()))
    return tuple(found)


def _number(match: re.Match[str], spot: Spot) -> Token:
    unit = match["unit"] or ""
    text = ("-" if match["sign"] else "") + match["number"]
    end = match.end("unit") if unit else match.end("number")
    if match["limit"] or match.string.endswith("不足", 0, match.start()):
        kind = "T"
    elif not unit:
        kind = "B"
    elif unit in MONEY:
        kind = "A"
    elif unit in _PERCENT:
        kind = "P"
    else:
        kind = "Q" if unit in _POINTS else "N"
    return Token(kind, match.start(), end, _figure(text, unit.replace("％", "%"), match, spot))


def _figure(text: str, unit: str, match: re.Match[str], spot: Spot) -> PrintedFigure:
    step = step_of(text)
    start = match.start("sign") if match["sign"] else match.start("number") if match["number"] else match.start()
    end = match.end("number") if match["number"] else start + len(text)
    return PrintedFigure(text, Decimal(text.replace(",", "")), step, step, unit, spot._replace(start=start, end=end))


_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(12))


def step_of(text: str) -> Decimal:
    """One unit of the last printed digit: «91.68» → 0.01."""
    _, point, decimals = text.partition(".")
    return _STEPS[min(len(decimals), 11)] if point else _STEPS[0]


_PLAIN = re.compile(r"[-－]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-－]?\d+(?:\.\d+)?")


def plain_number(text: str, unit: str, spot: Spot) -> PrintedFigure | None:
    """A cell that holds one number and nothing else; `unit` is the table's. Codes and row numbers read as numbers
    too: what a cell means is known from its column."""
    found = _plain(text)
    return None if found is None else PrintedFigure(found[0], found[1], found[2], found[2], unit, spot)


@lru_cache(maxsize=4096)
def _plain(text: str) -> tuple[str, Decimal, Decimal] | None:
    """Most cells of a table say «0.00»."""
    if not _PLAIN.fullmatch(text):
        return None
    text = text.replace("－", "-")
    return text, Decimal(text.replace(",", "")), step_of(text)


def usual_steps(tokens: Iterable[Token]) -> dict[str, Decimal]:
    """The step that most figures with decimals have, by unit: «万元» → 0.01. Only units with a clear habit."""
    counts: dict[str, Counter[Decimal]] = {}
    for token in tokens:
        figure = token.figure
        if figure is not None and token.kind in "AP" and figure.step < 1:
            counts.setdefault(figure.unit, Counter())[figure.step] += 1
    usual = {}
    for unit, steps in counts.items():
        (step, often), total = steps.most_common(1)[0], sum(steps.values())
        if often >= 3 and often * 4 >= total * 3:
            usual[unit] = step
    return usual


def with_usual_steps(tokens: tuple[Token, ...], usual: dict[str, Decimal]) -> tuple[Token, ...]:
    """«0万元» and «100%» among figures with two decimals: offices drop the zeros."""
    if not any(token.figure and token.kind in "AP" and token.figure.step == 1 for token in tokens):
        return tokens
    return tuple(map(partial(_with_usual_step, usual=usual), tokens))


def _with_usual_step(token: Token, usual: dict[str, Decimal]) -> Token:
    """A bare «0» is nothing at all, not something below a half."""
    figure = token.figure
    if figure is None or token.kind not in "AP" or figure.step != 1 or figure.unit not in usual:
        return token
    step = usual[figure.unit]
    return token._replace(figure=figure._replace(step=step, wide=figure.wide if figure.value else step))
