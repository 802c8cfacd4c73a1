"""«以下5个方面：…», «…等七个股室»: a stated count against what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.remark import Remark

_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_COUNT = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})"
_ANNOUNCED = re.compile(rf"(?:以下|下列|如下){_COUNT}(?:个|项|家|类|种|方面|点|条)[^：:。；;，,\n]{{0,12}}[：:]")
_AFTER_LIST = re.compile(rf"等{_COUNT}(?:个|项|家|类|种|所)[\u4e00-\u9fff]")
_BEFORE_ITEMS = re.compile(r"^.*?(?:外|下设了?|设有|设置了?|设立了?|内设|包括|包含|分为|有)")
_BRACKETED = re.compile(r"[（(“《][^（(“《）)”》]*[）)”》]")
_ENUMERATED = (
    re.compile(r"(?:^|[；;。，,：:\s])([一二三四五六七八九十]{1,3})是"),
    re.compile(r"(?:^|[；;。，,：:\s])[（(]([\d一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(?:^|[；;。，,：:\s])(\d{1,2})[.、．)）](?!\d)"),
)
_CIRCLED = re.compile("[①-⑳]")


def chinese_number(word: str) -> int:
    """1–99 in digits or characters."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS.get(word, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def list_remarks(line: str) -> Iterator[Remark]:
    """C025."""
    announced = list(_ANNOUNCED.finditer(line))
    for number, match in enumerate(announced):
        end = announced[number + 1].start() if number + 1 < len(announced) else len(line)
        stated, listed = chinese_number(match[1]), _listed(line[match.end() : end])
        if listed and stated not in listed:
            yield Remark("C025", words=match[0].rstrip("：:"), stated=stated, listed=max(listed))
    for match in _AFTER_LIST.finditer(line):
        nearby = _BRACKETED.sub("", line[max(0, match.start() - 300) : match.start()])
        clauses = re.split(r"[，,；;。：:\n]", nearby)
        if match.start() > 300 and len(clauses) == 1:
            continue
        items = _BEFORE_ITEMS.sub("", clauses[-1], count=1)
        stated, count = chinese_number(match[1]), items.count("、") + 1
        if count > stated > 0 and not re.search("[和及与]", items):
            yield Remark("C025", words=match[0][:-1], stated=stated, listed=count)


def _listed(text: str) -> set[int]:
    """How many items may be meant; empty when the text does not say clearly."""
    for pattern in _ENUMERATED:
        numbers = [chinese_number(m[1]) for m in pattern.finditer(text)]
        if numbers[:2] == [1, 2]:
            last = 0
            for number in numbers:
                last = number if number == last + 1 else last
            return {last}
    if _CIRCLED.match(text.lstrip()):
        return {len(_CIRCLED.findall(text))}
    sentence = re.split(r"[。！？\n]", text, maxsplit=1)[0]
    plain = _BRACKETED.sub("〇", sentence)
    if "；" in plain:
        items = [item for item in plain.split("；") if item.strip()]
        return {len(items)} if not plain.rstrip().endswith("等") else set()
    items = plain.split("、")
    if len(items) < 2 or re.search(r"等|[，,]", plain) or max(map(len, items)) > 15:
        return set()
    joined = len(re.findall(r"[和与及]", items[-1]))
    return set(range(len(items), len(items) + joined + 1)) if not re.search("[和与及]", "".join(items[:-1])) else set()
