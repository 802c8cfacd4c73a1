"""A form as a YAML file to fill in, blank or with what an input already holds, explained by comments.

`parse_yaml` reads it as it is. Of a table that must have rows one empty row stands there to be filled; of one that may
stay empty it is a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.filling.nothing_said import is_blank
from generator.filling.typed_rows import Typed
from generator.form.fields import TOP_WORDS, Field, Fields, GroupSpec, RowsSpec, Spec
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.form.to_confirm import TO_FILL
from generator.quantity import MONEY_UNITS

_WORDS = r"\w（）《》〈〉〔〕“”、，。；：！？…—～·％%"
_PLAIN = re.compile(rf"[{_WORDS}./+ -]*[{_WORDS}]")
_LONGEST_ROW = 160
_MEANS_ELSE = re.compile(r"[-.+ %0]|.* #|(true|false|yes|no|on|off|null|y|n)$", re.IGNORECASE)


def write_yaml(report: str, title: str, fields: Fields, year: int, sources: Sequence[Source] = ()) -> str:
    """The text of the file. `year` is filled in when the sources hold none."""
    typed = Typed(sources, fields)
    unit = typed.word("金额单位")
    year_field = next((one for one in fields.children.values() if isinstance(one, Field) and one.kind == "年度"), None)
    lines = [
        f"# {title}",
        "# 在冒号后面空一格填写；没有发生的金额填 0，不存在的填“不适用”，空着表示还没有填。",
        "# 行首的“#”是说明，不读取；要填的行前面有“#”时，把“#”和它后面的一个空格删去。",
        "# 很长的文字写成“名称: |”，另起一行、多缩进两格再写。",
        f"报告: {report}",
        f"金额单位: {unit or '万元'}  # 可用：{'、'.join(MONEY_UNITS)}；全部金额都按这个单位填",
    ]
    if year_field is not None:
        lines.append(f"{year_field.name}: {typed.word(year_field.name) or year}  # {_remark(year_field)}")
    children = {name: child for name, child in fields.children.items() if child is not year_field}
    lines += _FormYaml(typed, unit).children(children, [source.root for source in sources], 0)
    return "\n".join(lines) + "\n"


def write_part(title: str, fields: Fields, source: Source, remarks: Sequence[str] = ()) -> str:
    """One file of several: what the source holds, in its own order, and nothing else of the form.

    An entry without value stands there to be filled in. Short rows take one line each.
    """
    typed = Typed((source,), fields)
    lines = [f"# {line}" for line in (title, *remarks)]
    for name, written in source.root.entries.items():
        if name in fields.children:
            continue
        if name in TOP_WORDS and isinstance(written, Cell):
            lines.append(f"{name}: {_scalar((written.text or '').strip())}")
    writer = _FormYaml(typed, typed.word("金额单位"), only_written=True)
    names = [name for name in source.root.entries if name in fields.children]
    singles = [name for name in names if isinstance(fields.children[name], Field)]
    lines += writer.children({name: fields.children[name] for name in singles}, [source.root], 0)
    groups = [name for name in names if name not in singles]
    lines += writer.children({name: fields.children[name] for name in groups}, [source.root], 0)
    return "\n".join(lines) + "\n"


class _FormYaml:
    def __init__(self, typed: Typed, unit: str, only_written: bool = False) -> None:
        """`only_written`: leave out what the source does not name at all."""
        self.typed, self.unit, self.only_written = typed, unit, only_written

    def named(self, children: Mapping[str, Spec], sections: Sequence[Section]) -> Mapping[str, Spec]:
        if not self.only_written or not sections:
            return children
        names = dict.fromkeys(name for section in sections for name in section.entries)
        return {name: children[name] for name in names if name in children}

    def children(self, children: Mapping[str, Spec], sections: Sequence[Section], depth: int) -> Iterator[str]:
        indent = "  " * depth
        for name, child in self.named(children, sections).items():
            found = [section.entries[name] for section in sections if name in section.entries]
            if isinstance(child, Field):
                yield from self.field(child, found, indent)
                continue
            if depth == 0:
                yield ""
            yield f"{indent}# {child.label}{'。' + child.help if child.help else ''}{_rows_remark(child)}"
            if isinstance(child, GroupSpec):
                yield f"{indent}{name}:"
                inner = [one for one in found if isinstance(one, Section)]
                yield from self.children(child.children, inner, depth + 1)
            else:
                yield from self.rows(child, found, depth)

    def rows(self, spec: RowsSpec, found: Sequence[Written], depth: int) -> Iterator[str]:
        indent = "  " * depth
        yield f"{indent}{spec.name}:"
        items = [item for listing in found if isinstance(listing, Listing) for item in listing.items]
        only = next(iter(spec.columns)) if len(spec.columns) == 1 else ""
        for item in items:
            is_word = isinstance(item, Cell) and only and not is_blank(item)
            row = Section({only: item}, item.place) if is_word else item
            if isinstance(row, Section):
                yield from self.row(spec, [row], depth)
        if not items:
            blank = self.row(spec, [], depth)
            yield from blank if spec.required else (f"{indent}# {line.removeprefix(indent)}" for line in blank)

    def row(self, spec: RowsSpec, sections: Sequence[Section], depth: int) -> Iterator[str]:
        short = self.short_row(spec, sections, "  " * (depth + 1)) if self.only_written else ""
        if short:
            yield short
            return
        lines = list(self.children(spec.columns, sections, depth + 2))
        place = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
        inner = "  " * (depth + 2)
        lines[place] = f"{'  ' * (depth + 1)}- {lines[place].removeprefix(inner)}"
        yield from lines

    def short_row(self, spec: RowsSpec, sections: Sequence[Section], indent: str) -> str:
        """«- {科目: 2080104, 预算: , 基本支出: 12.00}», "" when it does not fit one line."""
        parts: list[str] = []
        for name, child in self.named(spec.columns, sections).items():
            cell = next((s.entries[name] for s in sections if name in s.entries), None)
            if not isinstance(child, Field) or not isinstance(cell, Cell):
                return ""
            text = (TO_FILL if child.required else "") if is_blank(cell) else self.text(child, cell)
            if "\n" in text:
                return ""
            parts.append(f"{name}: {_scalar(text)}" if text else f"{name}: ")
        if len(spec.columns) == 1 and parts:
            word = parts[0].partition(": ")[2]
            # «- 职责：……» would be taken for a name and its value.
            return f"{indent}- {word if word and not re.search('[:：]', word) else parts[0]}"
        line = f"{indent}- {{{', '.join(parts)}}}" if parts else ""
        return line if len(line) <= _LONGEST_ROW else ""

    def text(self, one: Field, cell: Cell) -> str:
        """The words of a cell, an amount of a file with another unit with its unit behind it."""
        text = (cell.text or "").strip()
        unit = self.typed.unit_of(cell.place.file)
        if one.kind == "金额" and unit not in ("", self.unit) and text.replace(".", "", 1).lstrip("-").isdecimal():
            text += unit
        return text

    def field(self, one: Field, found: Sequence[Written], indent: str) -> Iterator[str]:
        cell = next((cell for cell in found if isinstance(cell, Cell) and not is_blank(cell)), None)
        if cell is None:
            yield f"{indent}{one.name}:  # {_remark(one)}"
            return
        text = self.text(one, cell)
        if "\n" in text and not any(line.startswith((" ", "\t")) for line in text.split("\n")):
            yield from [f"{indent}# {one.name}：{cell.note}"] if cell.note else ()
            yield f"{indent}{one.name}: |-"
            yield from (f"{indent}  {line}" if line else "" for line in text.split("\n"))
        else:
            yield f"{indent}{one.name}: {_scalar(text)}" + (f"  # {cell.note}" if cell.note else "")


def _scalar(text: str) -> str:
    """Plain where YAML cannot mistake it, else in double quotes, which escape like JSON."""
    number = re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text)
    if number or (_PLAIN.fullmatch(text) and not _MEANS_ELSE.match(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def _remark(one: Field) -> str:
    """«预算数；金额；必填»."""
    demand = "必填" if one.required else ""
    if one.formula:
        demand = "不填由程序计算"
    elif one.default is not None and not one.when:
        demand = f"不填按{one.default}"
    elif one.when:
        demand = "视情况必填"
    choices = f"可填：{'、'.join(one.choices)}" if one.choices else ""
    kind = f"{one.kind}（{one.unit}）" if one.unit else f"{one.kind}，填到{one.level}" if one.level else one.kind
    parts = (one.label if one.label != one.name else "", kind, demand, choices, one.help)
    return "；".join(part for part in parts if part)


def _rows_remark(spec: GroupSpec | RowsSpec) -> str:
    if isinstance(spec, GroupSpec):
        return ""
    return "（可填多行，每行以“- ”开头；必填）" if spec.required else "（可填多行，每行以“- ”开头；没有就空着）"
