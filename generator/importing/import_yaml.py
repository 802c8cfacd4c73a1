"""What was read from official tables, written as an input folder that a person goes on with.

Each figure carries a comment naming its cell; what the tables do not hold stands there empty, marked 待填.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.form.fields import Field, Fields, GroupSpec, RowsSpec, Spec, walk_fields
from generator.form.to_confirm import TO_CONFIRM
from generator.importing.filler import Filled, FilledRow, Imported
from generator.place import Place

FROM_TABLES, TO_FILL = "公开表.yaml", "待填.yaml"
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")


def as_yaml(imported: Imported, fields: Fields, pack: str, several_files: bool) -> dict[str, str]:
    """The folder's files by name. `several_files`: comments name the file as well as sheet and cell."""
    writer = _ImportedYaml(imported, several_files)
    first = [
        "# 由 juesuan import 从公开表读入。“#”后面是每个数所在的工作表和单元格；写着“待填”的由本单位填写。",
        "# 各数与公开表一致；公开表更正后，请改这里的数，或者重新读入。",
        f"报告: {pack}",
        *([f"金额单位: {imported.unit}"] if imported.unit else []),
        "",
    ]
    second = [
        "# 公开表里没有、要由本单位填写的内容。没有发生的金额和个数填 0；“视情况填”的，不涉及就空着。",
        *([f"金额单位: {imported.unit}"] if imported.unit else []),
        "",
    ]
    for spec in fields.children.values():
        (first if writer.touched(spec) else second).extend(writer.lines(spec, ""))
    return {name: "\n".join(lines) + "\n" for name, lines in ((FROM_TABLES, first), (TO_FILL, second))}


class _ImportedYaml:
    def __init__(self, imported: Imported, several_files: bool) -> None:
        self.imported, self.several_files = imported, several_files

    def touched(self, spec: Spec) -> bool:
        if isinstance(spec, RowsSpec):
            return bool(self.imported.lists.get(spec.path))
        if isinstance(spec, GroupSpec):
            return any(self.touched(child) for child in spec.children.values())
        return spec.path in self.imported.values

    def lines(self, spec: Spec, indent: str) -> Iterator[str]:
        if isinstance(spec, Field):
            beside = (f"{spec.path.rpartition('.')[0]}.{part}".lstrip(".") for part in spec.parts)
            said = any(path in self.imported.values for path in beside)
            yield from self.field(spec, self.imported.values.get(spec.path), indent, said)
        elif isinstance(spec, GroupSpec):
            inside = [line for child in spec.children.values() for line in self.lines(child, indent + "  ")]
            if inside:
                yield f"{indent}{spec.name}:" + (f"  # {spec.label}" if spec.label != spec.name else "")
                yield from inside
        else:
            yield from self.table(spec, self.imported.lists.get(spec.path, {}), indent)
        if not indent and (self.touched(spec) or asks(spec)):
            yield ""

    def field(self, one: Field, filled: Filled | None, indent: str, said: bool = False) -> Iterator[str]:
        """`said`: parts of a total that stand in the tables say what it is."""
        if filled is not None:
            text = (TO_CONFIRM if filled.unsure else "") + filled.text
            yield f"{indent}{one.name}: {_scalar(text)}{self.comment(filled)}"
        elif asks(one) and not said:
            yield f"{indent}{one.name}:  # {wish(one)}"

    def table(self, spec: RowsSpec, rows: Mapping[str, FilledRow], indent: str) -> Iterator[str]:
        if rows:
            yield f"{indent}{spec.name}:  # {spec.label}"
            for row in rows.values():
                lines = list(self.row(spec, row, f"{indent}    "))
                yield f"{indent}  - {lines[0].lstrip()}"
                yield from lines[1:]
        elif spec.required:
            yield f"{indent}{spec.name}:  # 待填：{spec.label}，一行一项，照下面的样子（去掉行首的“#”）"
            for number, column in enumerate(walk_fields(spec)):
                if not column.formula:
                    yield f"{indent}#  {'- ' if not number else '  '}{column.name}:  # {column.label}"

    def row(self, spec: RowsSpec, row: FilledRow, indent: str) -> Iterator[str]:
        if spec.key:
            yield f"{indent}{spec.key}: {_scalar(row.key)}{self.comment(Filled(row.key, row.place))}"
        for column in spec.columns.values():
            if column.name != spec.key:
                yield from self.column(column, row, indent)

    def column(self, spec: Spec, row: FilledRow, indent: str) -> Iterator[str]:
        if isinstance(spec, Field):
            said = any(part in row.columns for part in spec.parts)
            yield from self.field(spec, row.columns.get(spec.name), indent, said)
        elif isinstance(spec, RowsSpec):
            yield from self.table(spec, row.lists.get(spec.name, {}), indent)

    def comment(self, filled: Filled) -> str:
        if filled.note:
            return f"  # {filled.note}"
        return f"  # {self.shown(filled.place)}" if filled.place else ""

    def shown(self, place: Place) -> str:
        return str(place if self.several_files else Place(sheet=place.sheet, cell=place.cell))


def asks(spec: Spec) -> bool:
    """Whether the office has to type something here that no program knows."""
    if isinstance(spec, RowsSpec):
        return spec.required
    if isinstance(spec, GroupSpec):
        return any(asks(child) for child in spec.children.values())
    if spec.formula:
        return bool(spec.parts) or spec.required
    return (spec.default is None or bool(spec.when)) and (spec.required or bool(spec.when))


def wish(one: Field) -> str:
    """«待填：预算数（单位：个）»."""
    sure = bool(one.parts) if one.formula else one.required
    wish = f"{'待填' if sure else '视情况填'}：{one.label}"
    details = [
        *([f"单位：{one.unit}"] if one.unit else []),
        *([f"可填：{'、'.join(one.choices)}"] if one.choices else []),
        *([one.help] if one.help else []),
    ]
    return wish + (f"（{'；'.join(details)}）" if details else "")


def _scalar(text: str) -> str:
    """Amounts plain, words in quotes; a code alone stays a text."""
    return text if _AMOUNT.fullmatch(text) else json.dumps(text, ensure_ascii=False)
