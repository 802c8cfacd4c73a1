"""One plausible value for each type of field, so that a form can be filled in by nobody.

Amounts are whole hundreds of 元: printed in 万元 with two decimals they add up to the last digit. Words name the
field's own label, so that whoever reads the sample report sees which field is printed where, and hold no figure, no
direction (增加、减少) and no claim (完成) that a check could take at its word.
"""

from __future__ import annotations

import re
from functools import cached_property

from generator.facts.accounts import Accounts
from generator.form.fields import ACCOUNT_KINDS, TEXT_KINDS, Field

UNIT = "示例市示例局"
_LONG_UNIT = "示例省示例自治州示例自治县机关事务和公共服务综合保障中心"
_REASON = "因本年示例事项的安排与上年不同，按照批准的计划据实列支"
_SENTENCE = "这里写“{label}”：围绕本单位职责，按照年初安排开展示例工作，各项示例事项均有依据、有记录。"
_LONG_SENTENCES, _LONG_PARAGRAPHS = 4, 3
_LONG_NAME = "以及名称很长要占两三行的示例事项"
_BRACKETS, _LABEL = re.compile("（[^（）]*）|[（）、，。：；“”]"), 8
_ORDINALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_LENGTH = {"类": 3, "款": 5, "项": 7}
_USUAL_LEVEL = {"功能科目": "项", "经济科目": "款"}


class Values:
    """What is filled in in one sample. Its 科目 are those that never had another name: good for any year."""

    def __init__(self, accounts: Accounts, year: int) -> None:
        self.accounts, self.year, self.amounts = accounts, year, 0

    def text(self, one: Field, row: int, turn: int) -> str:
        """`row`: number of the row, from 0; `turn`: how often each choice before it has been gone through."""
        if one.kind in ACCOUNT_KINDS:
            return self.account(one, turn)
        if one.kind == "金额":
            return self.amount()
        if one.kind == "选项":
            return one.choices[row % len(one.choices)]
        if one.kind in TEXT_KINDS:
            return self.words(one, row)
        plain = {
            "个数": str(3 + row % 3),
            "数值": "10" if one.unit == "分" else "90",
            "百分比": "95",
            "年度": str(self.year),
            "日期": f"{self.year + 1}-08-20",
            "是否": "否" if row % 2 else "是",
        }
        return plain[one.kind]

    def amount(self) -> str:
        """Not two alike; all of one size."""
        self.amounts += 1
        return f"{100 * (3000 + self.amounts * 137 % 1999)}"

    def words(self, one: Field, row: int) -> str:
        if one.kind == "原因":
            return _REASON
        if one.kind == "长文":
            return _SENTENCE.format(label=one.label.replace("“", "").replace("”", ""))
        label = _BRACKETS.sub("", one.label)[:_LABEL] or one.name
        return f"{label}{_ORDINALS[row % len(_ORDINALS)] * (1 + row // len(_ORDINALS))}"

    def account(self, one: Field, turn: int) -> str:
        codes = self._codes[one.kind, one.level or _USUAL_LEVEL[one.kind]]
        return codes[turn % len(codes)] if codes else ""

    @cached_property
    def _codes(self) -> dict[tuple[str, str], list[str]]:
        """For each kind and level: one code of each 类, the best known; then the others."""
        found: dict[tuple[str, str], list[str]] = {}
        for kind, digit in zip(ACCOUNT_KINDS, "23", strict=True):
            for level, length in _LENGTH.items():
                first: dict[str, str] = {}
                usable = self._usable(digit, length)
                for code in usable:
                    first.setdefault(code[:3], code)
                found[kind, level] = list(dict.fromkeys((*first.values(), *usable)))
        return found

    def _usable(self, digit: str, length: int) -> list[str]:
        known = (
            code
            for code, one in self.accounts.table.items()
            if code.startswith(digit) and len(code) == length and one.name and not one.formerly
        )
        return sorted(known, key=lambda code: (self.accounts.confidence(code) != "verified", code))


def lengthened(one: Field, text: str) -> str:
    """The same words, long; alike for words that are alike, so that what names something else still names it."""
    if one.kind == "长文":
        return "\n\n".join([text * _LONG_SENTENCES] * _LONG_PARAGRAPHS)
    if one.kind == "文字":
        return _LONG_UNIT if text == UNIT else f"{text}{_LONG_NAME}"
    return text
