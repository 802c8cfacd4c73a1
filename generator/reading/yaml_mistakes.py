"""A YAML syntax error → what a person did, in Chinese, at the line where it was done.

PyYAML's C and Python parsers word the same mistake differently, and name the line where they noticed it; so the
sentence is chosen from the text of the lines first, and from the parser's words only where the text does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from generator.diagnostics import Diagnostic, finding
from generator.place import Place

_GLUED = re.compile(r"^\s*(?:- +)?([^\s\"'#:：{}\[\],]{1,30}):[^\s:/]")
_WIDE_COLON = re.compile(r"^\s*(?:- +)?([^\s\"'#:：{}\[\],]{1,30})：")


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def explain(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    """One of I001–I010, I012, I060."""
    mistake = _Mistake(error, file, lines_of(text))
    return mistake.in_a_word() or mistake.in_the_text() or mistake.in_the_structure()


class _Mistake:
    """Where the parser stopped: `noticed` the line where it gave up, `began` the one where the broken thing begins."""

    def __init__(self, error: yaml.YAMLError, file: str, lines: Sequence[str]) -> None:
        self.file, self.lines = file, lines
        self.problem = getattr(error, "problem", "") or ""
        self.context = getattr(error, "context", "") or ""
        mark = getattr(error, "problem_mark", None)
        noticed, began = _line(mark), _line(getattr(error, "context_mark", None))
        self.noticed = min(noticed or began or 1, len(lines))
        self.began = min(began or self.noticed, len(lines))
        self.column = int(getattr(mark, "column", 0))

    def _found(self, code: str, line: int, **values: object) -> Diagnostic:
        return finding(code, Place(self.file, line), **values)

    def _text_of(self, line: int) -> str:
        return self.lines[line - 1].strip()[:40]

    @property
    def _here(self) -> str:
        return self.lines[self.noticed - 1]

    def in_a_word(self) -> Diagnostic | None:
        """A quotation mark, an alias, a character, a second document: the parser's own words tell."""
        problem, context, noticed = self.problem, self.context, self.noticed
        if "escape" in problem or "Unicode character" in problem:
            return self._found("I060", noticed)
        if "quoted scalar" in context:
            return self._found("I005", self.began, text=self._text_of(self.began))
        if "scanning an alias" in context or "scanning an anchor" in context:
            return self._found("I010", noticed, character="*" if "alias" in context else "&")
        if "alias" in problem:
            return self._found("I009", noticed, name=_after(self._here, "*"))
        if "single document" in context or "another document" in problem or "but found another" in problem:
            return self._found("I012", noticed)
        return None

    def in_the_text(self) -> Diagnostic | None:
        """What the lines themselves show: a tab, «名称:值» without a space, «名称：值»."""
        around = (self.noticed, self.began, self.noticed - 1)
        tabbed = next((n for n in around if n >= 1 and re.match(r"\s*(- )?\s*\t", self.lines[n - 1])), 0)
        if tabbed or ("cannot start any token" in self.problem and "\t" in self._here):
            return self._found("I002", tabbed or self.noticed)
        if "flow" in self.context:
            return None
        lines = (n for n in dict.fromkeys((self.began, self.noticed, self.noticed - 1)) if n >= 1)
        glued = (_glued(Place(self.file, number), self.lines[number - 1]) for number in lines)
        return next((one for one in glued if one is not None), None)

    def in_the_structure(self) -> Diagnostic:
        """Brackets, colons, indentation; I001 for all that nothing else explains."""
        problem, context, noticed = self.problem, self.context, self.noticed
        if "flow sequence" in context or "flow mapping" in context:
            sign, other = ("[", "]") if "sequence" in context else ("{", "}")
            return self._found("I006", self.began, sign=sign, other=other)
        if "cannot start any token" in problem:
            character = self._here[self.column : self.column + 1] or self._here.strip()[:1]
            return self._found("I010", noticed, character=character)
        if "mapping values are not allowed" in problem:
            return self._second_colon()
        if "could not find expected ':'" in problem:
            return self._found("I007", self.began, text=self._text_of(self.began))
        if "block" in context or "expected <block end>" in problem or "did not find expected" in problem:
            return self._found("I019", noticed, text=self._text_of(noticed))
        return self._found("I001", noticed, text=self._text_of(noticed))

    def _second_colon(self) -> Diagnostic:
        noticed = self.noticed
        before = self.lines[noticed - 2].strip() if noticed > 1 else ""
        if len(re.findall(r":(?:\s|$)", self._here)) > 1:
            return self._found("I008", noticed, text=self._text_of(noticed))
        if before and not re.search(r":(?:\s|$)", before):
            return self._found("I007", noticed - 1, text=before[:40])
        return self._found("I019", noticed, text=self._text_of(noticed))


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
