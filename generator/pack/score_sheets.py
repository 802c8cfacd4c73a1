"""The names that scoring.yaml's 评分表 gives must be in the pack's form."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, finding
from generator.form.fields import Field, Fields, GroupSpec, RowsSpec, Spec, children_of
from generator.names import did_you_mean
from generator.place import place_of
from generator.scoring.rules import Scoring


def sheet_findings(scoring: Scoring, fields: Fields, pack: str) -> Iterator[Diagnostic]:
    """T117 for names that the pack itself wrote; a sheet that it inherits may name what this form does not have."""
    for sheet in scoring.sheets:
        table = _at(fields, sheet["逐行"]) if "逐行" in sheet else None
        for word, path in sheet.items():
            if place_of(path).file.partition("/")[0] != pack:
                continue
            owner: Spec = table if isinstance(table, RowsSpec) and word != "逐行" else fields
            wanted = RowsSpec if word in ("逐行", "指标") else Field
            if not isinstance(_at(owner, path), wanted):
                hint = did_you_mean(path, list(_paths(owner, wanted))) or "请写 fields.yaml 里的名称"
                yield finding("T117", place_of(path), what="评分表的", word=word, value=path, hint=hint)


def _at(owner: Spec, path: str) -> Spec | None:
    """What stands under a dotted name in a group or in the rows of a table."""
    spec: Spec | None = owner
    for part in path.split("."):
        spec = children_of(spec).get(part) if spec is not None else None
    return spec


def _paths(owner: Spec, wanted: type[Field] | type[RowsSpec]) -> Iterator[str]:
    for name, child in children_of(owner).items():
        if isinstance(child, wanted):
            yield name
        elif isinstance(child, GroupSpec):
            yield from (f"{name}.{inner}" for inner in _paths(child, wanted))
