"""A pack in words: what to fill in, chapters, tables, charts, checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.form.fields import Field, GroupSpec, RowsSpec, Spec, walk_fields
from generator.pack import Pack
from generator.place import Place


def describe(pack: Pack) -> Iterator[str]:
    yield f"{pack.title}（{pack.name}，第{pack.version}版）"
    yield f"种类：{pack.kind}    地区：{pack.region or '不限'}"
    yield "章节：" + _listed(chapter.name for chapter in pack.report.chapters)
    for chapter in pack.report.chapters:
        if chapter.sentences:
            yield f"  章节 {chapter.name}：句 " + "、".join(
                _sentence(*one, chapter.file) for one in chapter.sentences.items()
            )
    yield "表：" + _listed(pack.report.tables)
    yield "图：" + _listed(pack.report.charts)
    yield f"核对关系：{len(pack.rules)}条"
    labels = _labels(pack.form.fields)
    for rule in pack.rules:
        yield f"  {rule.severity.word} {rule.code}  {rule.message.outline(labels)}"
    yield "填报项（*必填，=由程序计算）："
    yield from _fields(pack.form.fields, 1)


def _sentence(name: str, place: Place, file: str) -> str:
    """«收入构成（第19行）»; one that another pack's file gives is told with the file."""
    return f"{name}（{f'第{place.line}行' if place.file == file else place}）"


def _listed(names: Iterable[str]) -> str:
    return "、".join(names) or "无"


def _labels(form: GroupSpec) -> Mapping[str, str]:
    """What the office calls the fields of each name; a name that has several labels in the form is left out."""
    labels: dict[str, set[str]] = {}
    for one in walk_fields(form):
        labels.setdefault(one.name, set()).add(one.label)
    return {name: found.pop() for name, found in labels.items() if len(found) == 1}


def _fields(spec: GroupSpec | RowsSpec, depth: int) -> Iterator[str]:
    children = spec.children if isinstance(spec, GroupSpec) else spec.columns
    for name, child in children.items():
        yield "  " * depth + _line(name, child)
        if not isinstance(child, Field):
            yield from _fields(child, depth + 1)


def _line(name: str, spec: Spec) -> str:
    if isinstance(spec, Field):
        mark = "*" if spec.required else "=" if spec.formula else " "
        unit = f"（{spec.unit}）" if spec.unit else ""
        label = f"  {spec.label}" if spec.label and spec.label != name else ""
        return f"{mark}{name}  {spec.kind}{unit}{label}"
    many = "（可填多行）" if isinstance(spec, RowsSpec) else ""
    return f" {name}{many}  {spec.label}"
