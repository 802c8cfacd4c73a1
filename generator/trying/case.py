"""The case that a pack carries: the folder 样例 with an input and the outline of its report.

Whoever changes the pack sees in the outline what else has changed with it.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

from generator.case import InputFiles
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.pack import Pack, PackRoots
from generator.pack.sources import CASE, OUTLINE
from generator.pipeline import examine_files
from generator.place import Place
from generator.workspace import read_text
from generator.writers.outline import write_outline

INPUT = "填报数据.yaml"
_SHOWN = 60
_LINE = 100
"""So many characters of a line can be reviewed at once."""
_PIECE = re.compile(rf".{{1,{_LINE}}}(?:$|(?= \| )|(?<=[。；，]))|.{{1,{_LINE}}}")


def case_folder(pack: Pack, roots: PackRoots) -> Path | None:
    """Where the pack's case stands, or would."""
    folder = roots.find(pack.name)
    return None if folder is None else folder / CASE


def built_outline(pack: Pack, files: Outcome[InputFiles | None], roots: PackRoots) -> Outcome[str | None]:
    """The outline of the report that the case makes. T176 for what keeps it from being made."""
    if files.value is None:
        return Outcome(None, tuple(_kept_from(one, pack) for one in files.diagnostics))
    examined = examine_files(Outcome(files.value, files.diagnostics), roots, {pack.name: Outcome(pack)})
    stopped = [one for one in examined.diagnostics if one.severity.stops]
    if examined.value is None or stopped:
        return Outcome(None, tuple(_kept_from(one, pack) for one in stopped))
    return Outcome(_folded(write_outline(examined.value.document)))


def _folded(outline: str) -> str:
    """The outline with long lines broken, before a cell or behind a clause; what goes on is indented."""
    return "".join("\n    ".join(_PIECE.findall(line) or [""]) + "\n" for line in outline.splitlines())


def compared(pack: Pack, folder: Path, outline: str) -> tuple[Diagnostic, ...]:
    """T166 names the first line in which the outline is another."""
    read = read_text(folder / OUTLINE)
    if read.value is None:
        return read.diagnostics
    pairs = zip_longest(outline.splitlines(), read.value.splitlines(), fillvalue="")
    for number, (now, then) in enumerate(pairs, 1):
        if now != then:
            place = Place(f"{pack.name}/{CASE}/{OUTLINE}", number)
            return (finding("T166", place, now=_around(now, then), then=_around(then, now), pack=pack.name),)
    return ()


def _kept_from(one: Diagnostic, pack: Pack) -> Diagnostic:
    return finding("T176", Place(f"{pack.name}/{CASE}/{one.place.file}", one.place.line), said=one.message)


def _around(line: str, other: str) -> str:
    """The line from a little before the first letter in which both differ."""
    at = next((n for n, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), min(len(line), len(other)))
    start = max(at - 20, 0)
    cut = line[start : start + _SHOWN]
    return f"{'…' if start else ''}{cut}{'…' if start + _SHOWN < len(line) else ''}"
