"""What Jinja2 and Python refuse, said to the author of a pack: no English sentence reaches a screen."""

from __future__ import annotations

import re

from jinja2 import TemplateSyntaxError

from generator.quantity import UnitError

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_SIGNS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of statement block": "{%",
    "begin of print statement": "{{",
    "name": "名称",
    "string": "引号里的文字",
    "integer": "数字",
    "template data / text": "文字",
}
"""Jinja2's names for the signs of a template."""

_CLOSERS = ("}}", "}", "%}", ")", "]")
_UNFINISHED = "没有写完，可能缺少括号或引号"
_SYNTAX = (
    ("Unexpected end of template", "没有写完，可能缺少 {% endfor %} 或 {% endif %}"),
    ("end of template", _UNFINISHED),
    ("Expected an expression", _UNFINISHED),
    ("Missing end of", _UNFINISHED),
    ("unknown tag", "用了不认识的标签"),
    ("unexpected char", "有不能用的字符，可能是全角标点"),
    ("unexpected", "有多余的记号"),
)


def syntax_reason(error: TemplateSyntaxError) -> str:
    """What is wrong in the writing of a template, with the signs that Jinja2 names."""
    said = (error.message or "").partition(". ")[0]
    if _CHINESE.search(said.partition("'")[0]):
        return said  # the program's own refusal
    signs = [_SIGNS.get(word, word) for word in _QUOTED.findall(said)]
    if said.startswith("expected token") and signs[1:] and "end of template" not in said:
        wanted, found = signs
        return f"没有写完，这里应是“{wanted}”" if found in _CLOSERS else f"这里应是“{wanted}”，写的是“{found}”"
    reason = next((chinese for start, chinese in _SYNTAX if start in said), "看不懂这里的写法")
    if reason == "有多余的记号" and signs and signs[0] in _CLOSERS:
        return _UNFINISHED
    return reason if "没有写完" in reason or not signs else f"{reason}：“{signs[0]}”"


def run_reason(error: Exception) -> str:
    """Why something could not be worked out: the program's own sentence, or what Python's refusal means."""
    said = str(error)
    if isinstance(error, UnitError) or (isinstance(error, ValueError | TypeError) and _CHINESE.search(said)):
        return said
    if isinstance(error, ZeroDivisionError):
        return "除数是 0"
    if isinstance(error, KeyError) and str(error.args[0]).isidentifier():
        return f"没有“{error.args[0]}”这一列、这一项"
    if isinstance(error, IndexError):
        return "要的那一项不存在：列名没有写，或者序号太大"
    if isinstance(error, TypeError) and "argument" in said and "()" in said:
        return "括号里的值多了、少了，或叫法不对"
    return "有一样东西不能这样用，例如把一张表、一组或文字当作一个数，或把一个数当作一张表"
