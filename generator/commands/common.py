"""What all commands share: showing findings, exit statuses, the options that several of them have."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.diagnostics import Diagnostic, has_errors

FINE, FINDINGS, WRONG_USE = 0, 1, 2

F = TypeVar("F", bound=Callable[..., Any])


def templates_option(function: F) -> F:
    return click.option(
        "--templates",
        "own_packs",
        multiple=True,
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="文件夹",
        help="另有模板包的文件夹；同名的包以它为准，可写多次",
    )(function)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print the findings, errors first, to standard output."""
    from generator.diagnostics.as_text import report_lines

    for line in report_lines(diagnostics):
        click.echo(line)


def leave(diagnostics: Sequence[Diagnostic]) -> None:
    """End with the status that the findings call for."""
    sys.exit(FINDINGS if has_errors(diagnostics) else FINE)
