"""Jinja2 sources of a pack → compiled templates whose mistakes carry the pack's own lines."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Template

from generator.diagnostics import Diagnostic, finding
from generator.expressions.environment import Environment
from generator.expressions.refusals import syntax_line, syntax_reason
from generator.place import Place


class SpecError(Exception):
    """A table's or chart's YAML is not well formed; holds the findings."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


def is_yes(value: object) -> bool:
    return value is True or value in ("是", "true", "True")


def original_place(line: int, file: str, places: Sequence[Place]) -> Place:
    """Where a line of the compiled program comes from: of a table its parent may have written some lines."""
    known = places[line - 1] if places and 0 < line <= len(places) else Place()
    return known or Place(file, 0 if places else line)


def compile_template(
    source: str, file: str, environment: Environment, what: str, places: Sequence[Place] = (), first_line: int = 1
) -> Template:
    """Jinja2 source → template whose tracebacks carry `file` and its lines. Raises `SpecError`.

    `places`: where each line of the source was written, when it is not the file itself; `first_line` is the line of a
    text of one piece.
    """
    if first_line > 1:  # a comment prints nothing and counts lines
        source = f"{{#{chr(10) * (first_line - 1)}#}}{source}"
    try:
        code = environment.compile(source, name=file, filename=file)
        return Template.from_code(environment, code, environment.make_globals(None))
    except Exception as error:  # a stranger writes what neither Jinja2 nor Python was made for
        place = original_place(syntax_line(error), file, places)
        raise SpecError(finding("T102", place, reason=syntax_reason(error), source=what)) from error
