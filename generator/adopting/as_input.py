"""The values as an input of the form: a tree as if it had been read from a file, and the YAML that a person goes on
with. Every value carries 〔待确认〕 and, as a comment, its place in the old report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.adopting.gathered import Rows
from generator.form.fields import Field, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.to_confirm import TO_CONFIRM
from generator.importing.import_yaml import asks, wish
from generator.place import Place

ADOPTED, TO_FILL = "原报告.yaml", "待填.yaml"
UNIT = "万元"
"""The money unit of what is written: that of the texts."""
TYPED = 2
"""The line that a value stands on in the tree: what a default gives stands elsewhere."""
_LONG, _HEAD = 60, 3


@dataclass(frozen=True, slots=True)
class Entry:
    """`text` as it is typed, without the mark; `note`: where it comes from."""

    text: str
    note: str


@dataclass(slots=True)
class Tree:
    """What is known of a group or of a row."""

    entries: dict[str, Entry] = field(default_factory=dict)
    groups: dict[str, Tree] = field(default_factory=dict)
    rows: dict[str, dict[str, Tree]] = field(default_factory=dict)

    def at(self, path: str, rows: Rows) -> tuple[Tree, str]:
        """The group or row that holds the field, and the field's name there."""
        around, below = self, path
        done = ""
        for table, row in rows:
            inner = table[len(done) :].lstrip(".")
            around, name = around._group(inner)
            around = around.rows.setdefault(name, {}).setdefault(row, Tree())
            done = table
        below = path[len(done) :].lstrip(".")
        return around._group(below)

    def _group(self, path: str) -> tuple[Tree, str]:
        *groups, name = path.split(".")
        around = self
        for group in groups:
            around = around.groups.setdefault(group, Tree())
        return around, name


def as_source(tree: Tree, report: str, unit: str, file: str) -> Source:
    """As if the values had been typed, marks included: for workbooks and for rolling forward."""
    place = Place(file, 1)
    head = {"报告": Cell(report, place), "金额单位": Cell(unit, place)}
    return Source(file, Section({**head, **_section(tree, place, marked=True).entries}, place))


def _section(tree: Tree, place: Place, *, marked: bool) -> Section:
    entries: dict[str, Written] = {}
    for name, entry in tree.entries.items():
        typed = Place(place.file, TYPED, entry.note)
        entries[name] = Cell((TO_CONFIRM if marked and entry.note else "") + entry.text, typed, note=entry.note)
    for name, group in tree.groups.items():
        entries[name] = _section(group, place, marked=marked)
    for name, rows in tree.rows.items():
        entries[name] = Listing(tuple(_section(row, place, marked=marked) for row in rows.values()), place)
    return Section(entries, place)


def as_yaml(tree: Tree, fields: Fields, report: str, unit: str, old: str) -> dict[str, str]:
    """The folder's files by name."""
    writer = _Writer()
    first = [
        f"# 由 juesuan adopt 从“{old}”读入。“#”后面是每项内容在原报告里的位置。",
        "# 标着“〔待确认〕”的请与原报告核对，无误的删去这几个字；写着“待填”的，原报告里没有找到，由本单位填写。",
        f"报告: {report}",
        f"金额单位: {unit}",
        "",
    ]
    second = [
        "# 原报告里没有找到、要由本单位填写的内容。没有发生的金额和个数填 0；“视情况填”的，不涉及就空着。",
        f"金额单位: {unit}",
        "",
    ]
    for spec in fields.children.values():
        (first if _touched(spec, tree) else second).extend(writer.lines(spec, tree, ""))
    files = {ADOPTED: first, TO_FILL: second} if len(second) > _HEAD else {ADOPTED: first}
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in files.items()}


def _touched(spec: Spec, tree: Tree) -> bool:
    return spec.name in tree.entries or spec.name in tree.groups or spec.name in tree.rows


class _Writer:
    def lines(self, spec: Spec, tree: Tree, indent: str) -> Iterator[str]:
        if isinstance(spec, Field):
            if spec.name in tree.entries or not any(part in tree.entries for part in spec.parts):
                yield from self.field(spec, tree.entries.get(spec.name), indent)
        elif isinstance(spec, GroupSpec):
            inner = tree.groups.get(spec.name, Tree())
            inside = [line for child in spec.children.values() for line in self.lines(child, inner, indent + "  ")]
            if inside:
                yield f"{indent}{spec.name}:" + (f"  # {spec.label}" if spec.label != spec.name else "")
                yield from inside
        else:
            yield from self.table(spec, tree.rows.get(spec.name, {}), indent)
        if not indent and (_touched(spec, tree) or asks(spec)):
            yield ""

    def field(self, one: Field, entry: Entry | None, indent: str) -> Iterator[str]:
        if entry is None:
            if asks(one):
                yield f"{indent}{one.name}:  # {wish(one)}"
            return
        text = (TO_CONFIRM if entry.note else "") + entry.text
        if len(text) > _LONG or "\n" in text:
            yield f"{indent}# {one.name}：{entry.note}"
            yield f"{indent}{one.name}: |-"
            yield from (f"{indent}  {line.strip()}" for line in text.split("\n"))
        else:
            yield f"{indent}{one.name}: {_scalar(text)}" + (f"  # {entry.note}" if entry.note else "")

    def table(self, spec: RowsSpec, rows: Mapping[str, Tree], indent: str) -> Iterator[str]:
        if rows:
            yield f"{indent}{spec.name}:  # {spec.label}"
        for row in rows.values():
            inside = [line for child in spec.columns.values() for line in self.lines(child, row, indent + "    ")]
            at = next((number for number, line in enumerate(inside) if not line.lstrip().startswith("#")), None)
            if at is not None:
                inside[at] = f"{indent}  - " + inside[at].removeprefix(indent + "    ")
                yield from inside
        if not rows and spec.required:
            yield f"{indent}{spec.name}:  # 待填：{spec.label}，一行一项，照下面的样子（去掉行首的“#”）"
            columns = [one for one in children_of(spec).values() if isinstance(one, Field) and not one.formula]
            for number, column in enumerate(columns):
                yield f"{indent}#  {'- ' if not number else '  '}{column.name}:  # {column.label}"


def _scalar(text: str) -> str:
    return text if re.fullmatch(r"-?\d+(\.\d+)?", text) else json.dumps(text, ensure_ascii=False)
