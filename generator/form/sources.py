"""What stands in an input file before anybody knows what it means: cells, sections and lists, each with its place.

Readers of file formats produce it; `to_facts` turns it into facts. So YAML and workbooks give the same facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.place import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One value exactly as typed; None = nothing typed.

    `fault`: the code of the catalogue that says why `text` is not a value (a formula that failed), "" for typed ones.
    `note`: where it comes from, for who reads the file that it is written into; "" when it was typed.
    """

    text: str | None
    place: Place
    fault: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Named entries. An entry that stands on its own (an empty section, too) begins at its name."""

    entries: Mapping[str, Written]
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Written, ...]
    place: Place


Written = Cell | Section | Listing


@dataclass(frozen=True, slots=True)
class Source:
    """One input file. `root` also holds 报告 and 金额单位."""

    file: str
    root: Section
