"""What people type to say nothing: one definition for texts, figures and rows, of YAML files, workbooks and imports.

Three kinds. A mark («-», «/», «——», «。», «…», «N/A») is an empty cell wherever it stands. «无» and its like is an
answer where nothing is a possible one (optional texts, 可填无), else an empty cell. «略», «同上», «见附件» and prose
without a word in it («1») point elsewhere: in a text that has to be written they are an empty cell, too. An amount is
never taken from a word: «无» in one is refused (`filling/values`), so that nobody's 0 is a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from generator.form.sources import Cell, Listing, Section, Written
from generator.form.value_reading import half_width

_NO_VALUE = frozenset(("na", "nil", "null", "none"))
NONE_WORDS = frozenset(("无", "没有", "暂无", "不适用", "不涉及", "未涉及", "无内容", "无此项", "无此事项"))
"""Words that answer «none»; «未发生» tells what happened, it is an answer everywhere."""
_ELSEWHERE = re.compile(
    "(从|省|省略|已)?略|空白?|(暂)?(未填|不填|待定|待补充?|待填写?|不详|不清楚)|[如同](上|前|左|右|上年|去年|往年|上[一]?[行条项格])所?述?"
    "|(详情?|具体|请|参)?(参?见|附)(附件|附表|附后|后|上|上文|上面|上表|前|前文|下|下文|下面|下表|表|报告|正文|说明|文件|相关文件|材料)"
    r"[一二三四五六七八九十\d]*|另附|附后|如题|如附件"
)
_ZERO = re.compile(r"[-+]?(0[0,]*(\.0*)?|\.0+)(%|元|万元)?")
_SAYING = "%％‰‱°√<=>＜＝＞≤≥≦≧⩽⩾≠±"
_LEFT_OVER = "××"
_LONG = 40
"""Characters: a longer text says something unless all of it is signs."""
_PROSE = ("长文", "原因")


def is_blank(cell: Cell) -> bool:
    return cell.text is None or not cell.text.strip()


def is_mark(text: str) -> bool:
    """Signs only, or N/A: no letter, digit or 汉字 in it, and none of the signs that are answers (%, ≥, √, ￥)."""
    if len(text) > _LONG:
        return not any(map(str.isalnum, text))
    core = _core(text)
    return core in _NO_VALUE or not (core or any(map(_is_answer, text)))


def says_none(text: str) -> bool:
    """A mark, or «无» in any of its forms: «无», «（无）», «无。»."""
    return is_mark(text) or _core(text) in NONE_WORDS


def lacks_content(text: str, kind: str, *, none_is_answer: bool = False) -> bool:
    """Whether a text that has to be written says nothing. `kind`: 文字 may be a number or one letter, prose may not."""
    if len(text) > _LONG:
        return is_mark(text)
    if _LEFT_OVER in text:
        return False  # what is left of a model text is told as that
    core = _core(text)
    if core in NONE_WORDS:
        return not none_is_answer
    return is_mark(text) or points_elsewhere(text) or (kind in _PROSE and (len(core) < 2 or core.isdigit()))


def points_elsewhere(text: str) -> bool:
    """«略», «同上», «见附件1»: not what is asked for, but where it may be."""
    return _ELSEWHERE.fullmatch(_core(text)) is not None


def row_is_none(entries: Iterable[Written], *, zeros: bool) -> bool:
    """A row of spaces, marks and «无»; with `zeros` also of dragged-down 0: nobody can say of what they are 0."""
    return all(_is_none(one, zeros) for one in entries)


def holds_text(entries: Iterable[Written]) -> bool:
    """Whether anything at all is typed in the row, be it 0."""
    for one in entries:
        if isinstance(one, Cell):
            if not is_blank(one) and not is_mark(one.text or ""):
                return True
        elif holds_text(one.entries.values() if isinstance(one, Section) else one.items):
            return True
    return False


def _is_none(one: Written, zeros: bool) -> bool:
    if isinstance(one, Section):
        return row_is_none(one.entries.values(), zeros=zeros)
    if isinstance(one, Listing):
        return all(_is_none(item, zeros) for item in one.items)
    text = one.text or ""
    if one.fault:
        return False
    return says_none(text) or (zeros and _ZERO.fullmatch(half_width(text)) is not None)


def _is_answer(sign: str) -> bool:
    return sign in _SAYING or unicodedata.category(sign) in ("So", "Sc")


def _core(text: str) -> str:
    """Its letters, digits and 汉字."""
    return "".join(filter(str.isalnum, half_width(text))).lower()
