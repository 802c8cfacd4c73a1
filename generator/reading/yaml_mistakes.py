"""A YAML syntax error → what a person did, in Chinese, at the line where it was done.

PyYAML's C and Python parsers word the same mistake differently, and name the line where they noticed it; so the
sentence is chosen from the text of the lines first, and from the parser's words only where the text does not tell.
"""

from __future__ import annotations

import re

import yaml

from generator.diagnostics import Diagnostic, finding
from generator.place import Place

_GLUED = re.compile(r"^\s*(?:- +)?([^\s\"'#:：{}\[\],]{1,30}):[^\s:/]")
_WIDE_COLON = re.compile(r"^\s*(?:- +)?([^\s\"'#:：{}\[\],]{1,30})：")


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def explain(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    """One of I001–I010, I012."""
    lines = lines_of(text)
    problem, context = getattr(error, "problem", "") or "", getattr(error, "context", "") or ""
    noticed, began = _line(getattr(error, "problem_mark", None)), _line(getattr(error, "context_mark", None))
    noticed = min(noticed or began or 1, len(lines))
    began = min(began or noticed, len(lines))
    here = lines[noticed - 1]

    def found(code: str, line: int, **values: object) -> Diagnostic:
        return finding(code, Place(file, line), **values)

    if "escape" in problem or "Unicode character" in problem:
        return found("I060", noticed)
    if "quoted scalar" in context:
        return found("I005", began, text=lines[began - 1].strip()[:40])
    if "scanning an alias" in context or "scanning an anchor" in context:
        return found("I010", noticed, character="*" if "alias" in context else "&")
    if "alias" in problem:
        return found("I009", noticed, name=_after(here, "*"))
    if "single document" in context or "another document" in problem or "but found another" in problem:
        return found("I012", noticed)
    tabbed = next((n for n in (noticed, began, noticed - 1) if n >= 1 and re.match(r"\s*(- )?\s*\t", lines[n - 1])), 0)
    if tabbed or ("cannot start any token" in problem and "\t" in here):
        return found("I002", tabbed or noticed)
    for number in dict.fromkeys((began, noticed, noticed - 1)):
        if number >= 1 and "flow" not in context:
            glued = _glued(Place(file, number), lines[number - 1])
            if glued is not None:
                return glued
    if "flow sequence" in context or "flow mapping" in context:
        sign, other = ("[", "]") if "sequence" in context else ("{", "}")
        return found("I006", began, sign=sign, other=other)
    if "cannot start any token" in problem:
        column = getattr(error.problem_mark, "column", 0) if isinstance(error, yaml.MarkedYAMLError) else 0
        return found("I010", noticed, character=here[column : column + 1] or here.strip()[:1])
    if "mapping values are not allowed" in problem:
        before = lines[noticed - 2].strip() if noticed > 1 else ""
        if len(re.findall(r":(?:\s|$)", here)) > 1:
            return found("I008", noticed, text=here.strip()[:40])
        if before and not re.search(r":(?:\s|$)", before):
            return found("I007", noticed - 1, text=before[:40])
        return found("I019", noticed, text=here.strip()[:40])
    if "could not find expected ':'" in problem:
        return found("I007", began, text=lines[began - 1].strip()[:40])
    if "block" in context or "expected <block end>" in problem or "did not find expected" in problem:
        return found("I019", noticed, text=here.strip()[:40])
    return found("I001", noticed, text=here.strip()[:40])


def not_a_mapping(place: Place, line: str) -> Diagnostic:
    """A whole file that is words or a list: I003, I004 or I011."""
    return _glued(place, line) or finding("I011", place, text=line.strip()[:40])


def _glued(place: Place, line: str) -> Diagnostic | None:
    for code, pattern in (("I003", _GLUED), ("I004", _WIDE_COLON)):
        match = pattern.match(line)
        if match:
            return finding(code, place, name=match[1])
    return None


def _line(mark: object) -> int:
    line = getattr(mark, "line", None)
    return int(line) + 1 if line is not None else 0


def _after(line: str, sign: str) -> str:
    match = re.search(re.escape(sign) + r"([^\s,\]}]+)", line)
    return match[1] if match else ""
