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


_TOO_DEEP = "括号、条件或循环套得太深，或者一个式子太长"
_PYTHON_LINES = re.compile(r"^debug_info = '([0-9=&]*)'$", re.MULTILINE)


def python_reason(error: SyntaxError) -> str:
    """Why Python refuses what Jinja2 made of a template: of its own limits there are 100 levels and 20 loops."""
    said = error.msg or ""
    deep = isinstance(error, IndentationError) or "too many" in said or "nested" in said
    return _TOO_DEEP if deep else "括号里同一个值写了两次"


def python_line(error: SyntaxError, source: str) -> int:
    """The template's line for a line of the Python made of it (which ends with a table of both), 0 = unknown."""
    table = _PYTHON_LINES.search(source)
    pairs = [pair.split("=") for pair in table[1].split("&")] if table and table[1] else []
    return max((int(line) for line, python in pairs if int(python) <= (error.lineno or 0)), default=0)


def syntax_line(error: Exception) -> int:
    """The line of a template at which it could not be read on, 0 = unknown.

    An error that is not Jinja2's own has no line: its parser and compiler hold theirs where they stopped.
    """
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = 0, error.__traceback__
    while trace is not None:
        held = trace.tb_frame.f_locals
        stream = getattr(held.get("self"), "stream", None)
        at = getattr(stream, "current", None) or held.get("node") or held.get("self")
        line = getattr(at, "lineno", None) or line
        trace = trace.tb_next
    return line


def syntax_reason(error: Exception) -> str:
    """What is wrong in the writing of a template, with the signs that Jinja2 names."""
    if not isinstance(error, TemplateSyntaxError):
        return _TOO_DEEP if isinstance(error, RecursionError | MemoryError) else "有一个数或一段文字太长"
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
    if isinstance(error, RecursionError):
        return "自己引用自己，或者套得太深"
    if isinstance(error, MemoryError):
        return "要用的内存太多"
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
