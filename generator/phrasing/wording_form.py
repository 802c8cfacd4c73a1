"""What wording.yaml may hold: its words, and in each sentence the figures that stand in braces.

A sentence may use every figure that it is about; `phrases` fills them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.names import did_you_mean
from generator.place import NOWHERE, Place, place_of

BRACES = re.compile(r"\{([^{}]*)\}")
_CHANGE = ("上年", "上年数", "本年数", "决算数", "主语", "差额", "增幅", "基数")
_BUDGET = ("决算数", "预算数", "差额", "原因")
_FORM: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "基数": {"零": (), "不足": ("最小",), "负": ()},
    "百分比": {"微小": ("最小",), "以上": ("百分比",)},
    "占比": {"有总数": ("总称", "占比", "部分", "总数"), "总数为零": ("总称", "部分", "总数")},
    "完成预算": {
        "有预算": ("完成率", "决算数", "预算数"),
        "预算为零": ("基数", "决算数", "预算数"),
        "都为零": ("决算数", "预算数"),
    },
    "预算比较": {"等于": _BUDGET[:2], "大于": _BUDGET, "小于": _BUDGET},
    "百分点": {
        "增加": ("差额", "本年数", "上年数"),
        "减少": ("差额", "本年数", "上年数"),
        "持平": ("本年数", "上年数"),
    },
}
_NOTE, _VARIANTS = "尾差注", "与上年相比"
_VARIANT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("增加", "减少", "持平", "不可比增加", "不可比减少"), _CHANGE),
    "原因": (*_CHANGE, "原因"),
}
BASES = "比较"
FURTHER: Mapping[str, tuple[str, ...]] = {
    _VARIANTS: ("数", "差额", "增幅"),
    "完成预算": ("预算数", "完成率"),
    "预算比较": ("预算数", "差额"),
}
"""What a sentence may say of each further base that its 比较 names («比较: [全年]» → {全年预算数}, {全年完成率})."""
_WITH_FORMS = frozenset(("完成预算", "预算比较"))
"""Those that have one form of their own and may have others beside it, each with a name (句式)."""
_OPTIONAL = frozenset(("原因",))
"""A sentence of change may do without a reason."""


def wording_findings(data: Mapping[str, Any], file: str) -> Iterator[Diagnostic]:
    """T114 for a word or a {figure} that nobody would use, T115 for a sentence that is missing."""
    known = (_VARIANTS, _NOTE, *_FORM)
    for word, inside in data.items():
        if word == _VARIANTS:
            for name, variant in _mapping(inside, word, file):
                yield from _sentences(variant, _VARIANT, f"{word}·{name}", name, file, FURTHER[str(word)])
        elif word in _WITH_FORMS and isinstance(inside, Mapping):
            form, further = _FORM[str(word)], FURTHER[str(word)]
            others = {name: held for name, held in inside.items() if isinstance(held, Mapping) and name not in form}
            own = {name: held for name, held in inside.items() if name not in others}
            yield from _sentences(own, form, str(word), word, file, further)
            for name, variant in others.items():
                yield from _sentences(variant, form, f"{word}·{name}", name, file, further)
        elif word in _FORM:
            yield from _sentences(inside, _FORM[str(word)], str(word), word, file)
        elif word == _NOTE:
            yield from _braces(inside, (), str(word), word, file)
        else:
            yield _unknown(word, "措辞 wording.yaml", word, known, file)


def _mapping(data: object, word: object, file: str) -> Iterator[tuple[object, object]]:
    if isinstance(data, Mapping):
        yield from data.items()
    else:
        yield from ((word, data),)


def further_bases(data: object) -> tuple[str, ...]:
    """The names that a form's 比较 gives to what it compares with besides."""
    named = data.get(BASES) if isinstance(data, Mapping) else None
    return tuple(map(str, named)) if isinstance(named, list) else (str(named),) if named else ()


def _sentences(
    data: object,
    form: Mapping[str, tuple[str, ...]],
    what: str,
    at: object,
    file: str,
    further: tuple[str, ...] = (),
) -> Iterator[Diagnostic]:
    what = f"措辞“{what}”"
    if not isinstance(data, Mapping):
        yield finding("T115", _spot(at, file), what=what, word="、".join(form))
        return
    more = tuple(f"{base}{figure}" for base in further_bases(data) for figure in further)
    for word, sentence in data.items():
        if word in form:
            yield from _braces(sentence, (*form[str(word)], *more), f"{what}的“{word}”", word, file)
        elif word == BASES and further:
            continue
        else:
            yield _unknown(word, what, word, form, file)
    missing = [word for word in form if word not in data and word not in _OPTIONAL]
    if missing:
        yield finding("T115", _spot(at, file), what=what, word="、".join(missing))


def _braces(sentence: object, known: tuple[str, ...], what: str, at: object, file: str) -> Iterator[Diagnostic]:
    for name in dict.fromkeys(BRACES.findall(str(sentence))):
        if name not in known:
            yield _unknown(f"{{{name}}}", what, sentence, tuple(f"{{{one}}}" for one in known), file)


def _unknown(word: object, what: str, at: object, known: Iterable[str], file: str) -> Diagnostic:
    words = tuple(known)
    hint = did_you_mean(str(word), words) or (f"可用的有：{'、'.join(words)}" if words else "这一句没有可以代入的数")
    return finding("T114", _spot(at, file), what=what, word=word, hint=hint)


def _spot(at: object, file: str) -> Place:
    place = place_of(at)
    return place if place is not NOWHERE else Place(file)
