"""`juesuan` in this process as a console would run it, and the words that must never reach a person."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from generator.cli import main

_BEFORE, _AFTER = r"(?<![A-Za-z0-9_./-])", r"(?![A-Za-z0-9_./-])"
FORBIDDEN = {
    "a token of the renderer": re.compile(r"[\ufdd0-\ufdef\ufffe\uffff]"),
    "a Python value": re.compile(rf"{_BEFORE}(?:None|True|False|NaN|nan|Infinity|NoneType|Ellipsis){_AFTER}"),
    "an object": re.compile(r"\bobject at 0x|<(?:class|function|module|generator|bound method|[a-z]\w*\.[\w.]+)\b"),
    "a class": re.compile(r"\b_?[A-Z][a-z]\w*\("),
    "a call": re.compile(r"\b[A-Za-z_]\w*\([a-z_]+="),
    "an exception": re.compile(r"Traceback|[A-Za-z](?:Error|Exception|Warning)\b|\bError:|程序内部出错"),
    "a module": re.compile(r"\b(?:generator|jinja2|openpyxl|lxml|yaml|click)\.[a-z_]+|\.py\b|site-packages"),
    "a hole that was not filled": re.compile(r"(?<!\{)\{[a-z_]*\}(?!\})|\{\{|\}\}|%\(\w+\)s"),
    "English": re.compile(r"\b[A-Za-z][a-z']+(?: [a-z']+){2,}"),
}
SAID_ON_PURPOSE = (
    *("{{ 年度 }}", "{{ 上年 }}", "{{ 名称 }}", "{{ 名称 | 万元 }}", "用了 {{ }}"),
    *("这里应是“}}”", "apt install libreoffice-writer python"),
)
"""What the program's own advice writes: how to mention a figure, which sign is missing, how to install LibreOffice."""
_COMMAND = re.compile(r"juesuan [a-z-]+(?: [a-z][a-z-]*)*")


def leaks(text: str, typed: tuple[str, ...] = ()) -> list[str]:
    """«a Python value: 共 None 项»: the lines with words that are the program's own; `typed` is what a person wrote."""
    for words in (*SAID_ON_PURPOSE, *typed):
        text = text.replace(words, "…")
    lines = [_COMMAND.sub("…", line) for line in text.splitlines()]
    return [f"{what}: {line}" for line in lines for what, pattern in FORBIDDEN.items() if pattern.search(line)]


@dataclass(frozen=True)
class Shown:
    status: int
    text: str

    @property
    def words(self) -> str:
        """The text; of JSON only what stands in its strings: null, true and the keys belong to the format."""
        try:
            return "\n".join(_strings(json.loads(self.text)))
        except ValueError:
            return self.text


def juesuan(*words: object) -> Shown:
    """Run a command. Ends it in another way than with a status, the test fails."""
    screen = io.StringIO()
    try:
        with redirect_stdout(screen), redirect_stderr(screen):
            main([str(word) for word in words])
    except SystemExit as end:
        status = end.code
    assert isinstance(status, int)
    assert screen.getvalue().strip(), f"nothing was said: {words}"
    return Shown(status, screen.getvalue())


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
