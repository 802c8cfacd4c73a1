"""What an office's text says of an item against the item's own figure: «没有发生公务接待费» beside 0.10万元,
«公务接待费从严控制，支出0.32万元» beside 0.

Items are the groups of the form with a 决算, and single amounts, each by the words of its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.checks.amounts import Span, amounts
from generator.checks.remark import Remark
from generator.facts.explain import exact_text, leaves
from generator.facts.fact import Facts, Group, Text
from generator.place import Place
from generator.quantity import MONEY, Quantity

_LEAST = 4
_QUOTES = str.maketrans("", "", '“”"‘’「」')
_TAIL = re.compile(r"(?:合计)?(?:决算数|支出数|支出|金额|数)?$")
_NONE = r"(?:没有|未曾|未|无)(?:实际)?(?:再)?"
_HAPPEN = r"(?:发生|产生|安排|开支|支出|列支|使用|支付)"
_DENIED_BEFORE = re.compile(rf"{_NONE}{_HAPPEN}?(?:过|任何|一般公共预算|财政拨款|财政拨款安排的|用于)*$")
_DENIED_BEHIND = re.compile(
    rf"^(?:支出|费用|经费|开支|决算数?)*(?:[^。；]*，)?(?:全年|本年度?|当年度?|均|都|也)*"
    rf"(?:{_NONE}{_HAPPEN}(?:此项|该项|相关)?(?:支出|费用|经费|开支|业务)?|(?:支出)?为零|零支出)$"
)
_ENDS = re.compile(r"^(?:的)?(?:支出|费用|经费|开支|收支|业务|活动|预算|事项|情况|行为)*(?:$|[、及和与（])")
_OTHER_MATTER = re.compile(r"超|违|虚|挪|截留|变化|变动|增|减|上年|去年|预算安排|其中|(?:19|20)\d\d年")
_OF_ITS_OWN = re.compile(
    rf"^(?:本年度?|当年度?|今年|全年)?{_NONE}{_HAPPEN}(?:此项|该项|相关|这项|此类)*(?:支出|费用|经费|开支|业务|活动)*$"
)
_SPENT = re.compile(r"(?:支出|决算数?|发生|开支|列支|合计|共计|金额)(?:了|数|额|为|是|共计|合计|共)*\s*$")
_NOT_THE_WHOLE = re.compile(r"其中|用于|分别|一是|上年|去年|预算|比|较|增|减|降|节约|人均|(?:19|20)\d\d年|年初")


@dataclass(frozen=True, slots=True)
class Items:
    """Amounts of the fiscal year by the words that name them; the same words may name several."""

    by_words: dict[str, list[Quantity]]
    pattern: re.Pattern[str] | None
    fiscal: str

    @classmethod
    def of(cls, facts: Facts) -> Items:
        found: dict[str, list[Quantity]] = {}
        for words, quantity in _named(facts):
            found.setdefault(words, []).append(quantity)
        longest_first = sorted(found, key=len, reverse=True)
        # 费 at the end may be left out: «没有公务接待».
        sources = (
            re.escape(words).removesuffix("费") + ("费?" if words.endswith("费") else "") for words in longest_first
        )
        return cls(
            found,
            re.compile("|".join(sources)) if longest_first else None,
            f"{facts.fiscal_year}年" if facts.fiscal_year else "",
        )

    def remarks(self, line: str) -> Iterator[Remark]:
        """C046 a denial beside an amount, C026 another amount behind the item's name."""
        if self.pattern is None:
            return
        for sentence in re.split("[。；;！\n]", line.translate(_QUOTES)):
            named = list(self.pattern.finditer(sentence))
            for number, match in enumerate(named):
                end = named[number + 1].start() if number + 1 < len(named) else len(sentence)
                begin = named[number - 1].end() if number else 0
                spent = [quantity for quantity in self._meant(match[0]) if quantity.value]
                if spent and self._denies(sentence, match, begin, end):
                    clause = max(sentence.rfind("，", 0, match.start()), sentence.rfind(",", 0, match.start())) + 1
                    yield _against("C046", spent[0], sentence[clause:end].strip("，、 "))
                yield from self._other_amount(sentence, match, end)

    def _meant(self, words: str) -> list[Quantity]:
        return self.by_words.get(words) or self.by_words.get(f"{words}费", [])

    def _denies(self, sentence: str, match: re.Match[str], begin: int, end: int) -> bool:
        clause = re.split("[，,：:]", sentence[begin : match.start()])[-1]
        behind = sentence[match.end() : end]
        first = re.split("[，,]", behind)[0]
        if _OTHER_MATTER.search(self._of_another_year(clause + first)):
            return False
        if _DENIED_BEFORE.search(clause) and _ENDS.match(first):
            return True
        parts = re.split("[，,]", behind)
        return any(
            _DENIED_BEHIND.match("，".join(parts[: count + 1])) and not _OTHER_MATTER.search(parts[count])
            for count in range(len(parts))
        )

    def _of_another_year(self, clause: str) -> str:
        return clause.replace(self.fiscal, "") if self.fiscal else clause

    def _other_amount(self, sentence: str, match: re.Match[str], end: int) -> Iterator[Remark]:
        between = sentence[match.end() : end]
        found = amounts(between)
        meant = self._meant(match[0])
        if len(found) != 1 or found[0].unit != MONEY or not meant:
            return
        typed, before = found[0], between[: found[0].start]
        clause = re.split("[，,：:]", sentence[: match.start()])[-1]
        if (before.strip() and not _SPENT.search(before)) or _NOT_THE_WHOLE.search(
            self._of_another_year(clause + between)
        ):
            return
        if not any(typed.span.meets(_possible(quantity)) for quantity in meant):
            yield _against("C026", meant[0], f"{match[0]}{between[: typed.end]}")


def own_denials(facts: Facts) -> Iterator[tuple[Text, Remark]]:
    """C046 for an item's own reason: «本年未发生此项支出» beside an amount."""
    for group in _groups(facts):
        amount = group.entries.get("决算")
        if not isinstance(amount, Quantity) or amount.unit != MONEY or not amount.value:
            continue
        for entry in group.entries.values():
            if isinstance(entry, Text) and any(_OF_ITS_OWN.match(part) for part in re.split("[，,。；\n]", entry)):
                yield entry, _against("C046", amount, str(entry))


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for entry in group.entries.values():
        if isinstance(entry, Group):
            yield from _groups(entry)


def _named(facts: Facts) -> Iterator[tuple[str, Quantity]]:
    for group in _groups(facts):
        current = group.entries.get("决算")
        for name, entry in group.entries.items():
            if not isinstance(entry, Quantity) or entry.unit != MONEY or (current is not None and name != "决算"):
                continue
            label = group.label if name == "决算" else entry.label.rpartition("·")[2]
            words = _TAIL.sub("", re.sub(r"（[^（）]*）$", "", label)).translate(_QUOTES)
            if len(words) >= _LEAST and not re.match("上年|年初|年末", words):
                yield words, entry


def _against(code: str, quantity: Quantity, words: str) -> Remark:
    places = [quantity.place] if quantity.place else [leaf.place for leaf in leaves(quantity) if leaf.place]
    name = quantity.label.partition("·")[0] if code == "C046" else quantity.name
    given = exact_text(quantity)
    where: tuple[Place, ...] = tuple(places[:4])
    return Remark(code, *where, **{"typed" if code == "C026" else "words": words[:60], "name": name, "given": given})


def _possible(quantity: Quantity) -> Span:
    slack = quantity.error or Decimal(0)
    return Span(quantity.value - slack, quantity.value + slack)
