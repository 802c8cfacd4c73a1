"""What a pack says about its workbook: what stands together on a page, which tables look like official ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TEXTS = "文字"
"""Stands for all texts and reasons of the form."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """`contents`: names at the top of the form; () for the page of `TEXTS`."""

    title: str
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialColumn:
    """`above`: what stands over it, from the top. `shows`: the field of a row, 编码, 名称, or "" for anything else;
    `total`: the path of the field that its cell in the row 合计 shows, "" = none."""

    above: tuple[str, ...]
    shows: str
    total: str = ""


@dataclass(frozen=True, slots=True)
class OfficialTable:
    title: str
    columns: tuple[OfficialColumn, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`official` by the name of the table of the form that it fills."""

    pages: tuple[PageSpec, ...] = ()
    official: Mapping[str, OfficialTable] = field(default_factory=dict)
