"""What all commands share: showing findings, ending, options, the time in a Word file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from generator.diagnostics import Diagnostic, has_errors
from generator.own_child import CHILD

if TYPE_CHECKING:
    from generator.case import Case
    from generator.pack import PackRoots
    from generator.saving import Made

FINE, FINDINGS, WRONG_USE = 0, 1, 2
OPTION_OF_PACKS = "--templates"
DRAFT_COPY = "（草稿）"
"""What the name of a draft ends with."""

F = TypeVar("F", bound=Callable[..., Any])


def is_child() -> bool:
    """Whether this command runs bounded already."""
    return CHILD in os.environ


def templates_option(function: F) -> F:
    return click.option(
        OPTION_OF_PACKS,
        "own_packs",
        multiple=True,
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="文件夹",
        help="另有模板包的文件夹；同名的包以它为准，可写多次",
    )(function)


def base_option(function: F) -> F:
    return click.option(
        "--base",
        "old_input",
        type=click.Path(path_type=Path),
        metavar="当时的填报数据",
        help="文件里没有标记时用：存成过 .doc、.wps、.odt 的，别的程序存过的，公开用的副本；写明做它时用的填报数据",
    )(function)


def json_option(function: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取")(function)


def output_of(by: str, case: Case, *inputs: Path) -> Made:
    """What a report made of this case is; `inputs`: the paths given to the command."""
    from generator.facts.fact import UNIT_ROLE, Text
    from generator.saving import Made

    unit = case.facts.role(UNIT_ROLE)
    named = str(unit) if isinstance(unit, Text) else ""
    return Made(by, case.pack.name, named, str(case.facts.fiscal_year or ""), inputs)


def change_time() -> str:
    """Now, for changes and comments in a Word file: Word shows their time as it stands there, whatever the zone."""
    from generator.workspace import now

    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print the findings, errors first, to standard output."""
    from generator.diagnostics.as_text import report_lines

    for line in report_lines(diagnostics):
        click.echo(line)


def give_up(diagnostics: Iterable[Diagnostic], *, as_json: bool = False, words: str = "") -> NoReturn:
    """Say why nothing was made, and end. `words`: a last line, not for JSON."""
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(diagnostics))
    else:
        show(diagnostics)
        if words:
            click.echo(words)
    sys.exit(FINDINGS)


def with_marks(
    file: str, data: bytes, old_input: Path, roots: PackRoots, *, as_json: bool = False
) -> tuple[bytes, list[Diagnostic]]:
    """The Word file with the marks that it lost, and what there is to say of it; without one the command ends."""
    from generator.marked_copy import marked_copy

    copy = marked_copy(file, data, old_input, roots)
    if copy.value is None:
        give_up(copy.diagnostics, as_json=as_json, words="没有生成文件。")
    return copy.value, list(copy.diagnostics)


def leave(diagnostics: Sequence[Diagnostic]) -> NoReturn:
    """End with the status that the findings call for."""
    sys.exit(FINDINGS if has_errors(diagnostics) else FINE)
