"""Checking a pack without data: every name that its texts, tables, charts, checks and formulas use must be in the form.

Loading finds mistakes of writing; this finds names that would fail only when a report is made, with the nearest one
that exists. Loop variables over a table of the form are followed («{% for 项 in 项目 | 选是('绩效评价') %}» →
项.名称).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import PUBLISHED_ROLE, UNIT_ROLE, YEAR_ROLE
from generator.form.fields import Field, GroupSpec, RowsSpec, Spec, children_of, walk_fields
from generator.names import did_you_mean
from generator.pack.pack import Pack
from generator.pack.places import PackRoots
from generator.pack.sources import Sources, gather
from generator.place import Located, Place

ROW_KEEPING = frozenset(("筛选", "选是", "有数", "科目属于", "list"))
"""Filters whose result has the columns of the table that they were given."""
ONE_ROW = frozenset(("first", "last"))
_FIGURE_MAKING = frozenset(("占", "增幅", "完成率", "增减额", "求和"))
_ALWAYS = frozenset(("年度", "上年", "行", "列", "组", "项", "loop", "评分表"))
_YEAR_TYPED = re.compile(r"(?<![\d{])20[0-4]\d年(?!」)")


@dataclass(slots=True)
class _Names:
    """What a template may use, and what each local name stands for (None = unknown, not followed)."""

    fields: GroupSpec
    given: frozenset[str]
    local: dict[str, Spec | None] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    """Local names that stand for amounts and percentages."""


def lint_pack(pack: Pack, roots: PackRoots) -> list[Diagnostic]:
    """T101 for names that do not exist, T122 for years typed into a text, T118 for tables and charts nobody places,
    T124 for printed figures compared exactly."""
    sources = gather(pack.name, roots)
    findings: list[Diagnostic] = []
    fence_names = frozenset(_fence_names(sources.texts))
    fences: list[tuple[str, str]] = []
    for file, text in sources.texts.values():
        findings.extend(_lint_text(text, file, pack, fence_names))
        fences.extend(re.findall(r"^```([图表]) +(.+)", text, re.MULTILINE))
        for number, line in enumerate(text.split("\n"), 1):
            if _YEAR_TYPED.search(re.sub(r"《[^》]*》|〔[^〕]*〕", "", line)):
                findings.append(finding("T122", Place(file, number), line=line.strip()[:40]))
    for _, data in sources.tables.values():
        findings.extend(_lint_data(data, pack, fence_names | frozenset(_let_names(data))))
    findings.extend(_lint_data(sources.data.get("charts.yaml", {}), pack, fence_names))
    checked = _lint_data(sources.data.get("checks.yaml", {}), pack, fence_names)
    findings.extend(found for found in checked if found.code != "T124")  # checks hold exactly
    for blank, template in pack.report.blanks.items():
        for _, code, reason in _lint_source(f"{{{{{blank}}}}}", pack, _Names(pack.form.fields, frozenset())):
            findings.append(finding(code, Place(str(template.filename)), reason=reason, source=blank.strip()))
    findings.extend(_conditions(pack))
    if not pack.abstract:
        findings.extend(_missing_roles(pack))
        findings.extend(_unused(pack, sources, fences))
    return _by_their_cause(findings, sources)


def _unused(pack: Pack, sources: Sources, fences: list[tuple[str, str]]) -> Iterator[Diagnostic]:
    """The pack's own tables, charts and chapters that nothing places; what it inherits is another author's."""
    for name, (file, _) in sources.tables.items():
        if _own(file, pack) and not _placed("表", name, fences):
            yield finding("T118", Place(file), what="表", word=name)
    for name, chart in pack.report.charts.items():
        if _own(chart.file, pack) and not _placed("图", name, fences):
            yield finding("T118", Place(chart.file), what="图", word=name)
    chapters = {chapter.name for chapter in pack.report.chapters}
    for name, (file, _) in sources.texts.items():
        if _own(file, pack) and name not in chapters:
            yield finding("T127", Place(file), word=name)


def _missing_roles(pack: Pack) -> Iterator[Diagnostic]:
    """T128: what the program cannot know without being told."""
    fields = list(walk_fields(pack.form.fields))
    wanted = {YEAR_ROLE: True, UNIT_ROLE: True, PUBLISHED_ROLE: any(one.kind == "日期" for one in fields)}
    for role, needed in wanted.items():
        if needed and role not in pack.form.fields.roles:
            yield finding("T128", Place(f"{pack.name}/pack.yaml"), word=role, use=_USES[role])


_USES = {
    YEAR_ROLE: "上年、科目的名称、遗留的年份",
    UNIT_ROLE: "文件的作者、两份报告是不是同一单位、题名里的单位",
    PUBLISHED_ROLE: "公开时间与年度是否相称、文件的日期",
}


def _own(file: str, pack: Pack) -> bool:
    return file.startswith(f"{pack.name}/")


_MISSING = re.compile(r"没有“([^”]+)”")
_NAMED_PLACES = 4


def _by_their_cause(findings: list[Diagnostic], sources: Sources) -> list[Diagnostic]:
    """Names that are missing because the pack took the field away are one mistake, where it was taken away."""
    held: dict[str, list[Diagnostic]] = {}
    rest: list[Diagnostic] = []
    for one in findings:
        match = _MISSING.search(one.message) if one.code == "T101" else None
        path = next((p for p in sources.removed if match and p.rpartition(".")[2] == match[1]), None)
        (rest if path is None else held.setdefault(path, [])).append(one)
    for path, found in held.items():
        files = list(dict.fromkeys(str(one.place) for one in found))
        places = "、".join(files[:_NAMED_PLACES]) + ("等" if len(files) > _NAMED_PLACES else "")
        rest.append(finding("T126", sources.removed[path], word=path, count=len(found), places=places))
    return rest


def _placed(kind: str, name: str, fences: Iterable[tuple[str, str]]) -> bool:
    """Whether a fence names it, or may: «```表 {{ 名 }}» and «```表 {% if … %}» can mean each."""
    return any(word == kind and (rest.strip() == name or "{" in rest) for word, rest in fences)


def _fence_names(texts: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """«项目: {{ 项 }}» inside a fence gives the table a name of its own."""
    for _, text in texts.values():
        for fence in re.findall(r"^```[图表].*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            yield from re.findall(r"^\s*(\w+)\s*[:：]", fence, re.MULTILINE)


def _let_names(data: object) -> Iterator[str]:
    if isinstance(data, Mapping):
        lets = data.get("令")
        if isinstance(lets, Mapping):
            yield from map(str, lets)
        for value in data.values():
            yield from _let_names(value)
    elif isinstance(data, list):
        for value in data:
            yield from _let_names(value)


def _lint_data(data: object, pack: Pack, given: frozenset[str]) -> Iterator[Diagnostic]:
    """Every «=expression» and «{{ … }}» of a YAML file."""
    if isinstance(data, Mapping):
        for value in data.values():
            yield from _lint_data(value, pack, given)
    elif isinstance(data, list):
        for value in data:
            yield from _lint_data(value, pack, given)
    elif isinstance(data, Located):
        source = f"{{{{ ({data[1:]}) }}}}" if data.startswith("=") else data
        if "{{" in source:
            for _, code, reason in _lint_source(source, pack, _Names(pack.form.fields, given)):
                yield finding(code, data.place, reason=reason, source=str(data))


def _lint_text(text: str, file: str, pack: Pack, given: frozenset[str]) -> Iterator[Diagnostic]:
    lines = text.split("\n")
    for line, code, reason in _lint_source(text, pack, _Names(pack.form.fields, given)):
        yield finding(code, Place(file, line), reason=reason, source=lines[line - 1].strip()[:60])


def _conditions(pack: Pack) -> Iterator[Diagnostic]:
    """The form's own conditions decide what must be filled in; `compile_form` has found unknown names."""
    for path, condition in pack.form.conditions.items():
        *above, _ = path.split(".")
        owner: Spec = pack.form.fields
        row: Spec | None = None
        for name in above:
            owner = children_of(owner)[name]
            row = _row_of(owner) or row
        names = _Names(pack.form.fields, frozenset(), {"行": row, "组": _row_of(owner) or owner})
        for _, code, reason in _lint_source(f"{{{{ ({condition.source}) }}}}", pack, names):
            if code == "T124":
                yield finding(code, condition.place, reason=reason, source=condition.source)


def _lint_source(source: str, pack: Pack, names: _Names) -> Iterator[tuple[int, str, str]]:
    """(line, code, what is wrong) for each unknown name and each exact comparison of figures."""
    try:
        tree = pack.environment.parse(source)
    except TemplateSyntaxError:
        return  # loading has reported it
    yield from dict.fromkeys(_visit(tree, names))


def _visit(node: nodes.Node, names: _Names) -> Iterator[tuple[int, str, str]]:
    """Names in the order of the text, each loop with names of its own; a loop over a table stands for its rows."""
    if isinstance(node, nodes.For):
        yield from _visit(node.iter, names)
        inside = _Names(names.fields, names.given, dict(names.local), set(names.figures))
        if isinstance(node.target, nodes.Name):
            inside.local[node.target.name] = _row_of(_stands_for(node.iter, names))
        else:
            inside.local.update(dict.fromkeys(name.name for name in node.target.find_all(nodes.Name)))
        for child in (*node.body, *node.else_):
            yield from _visit(child, inside)
    elif isinstance(node, nodes.Assign):
        yield from _visit(node.node, names)
        for name in [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name):
            names.local[name.name] = _stands_for(node.node, names) if name is node.target else None
            if _is_figure(node.node, names):
                names.figures.add(name.name)
    elif isinstance(node, nodes.Name | nodes.Getattr):
        reason = _wrong(node, names)
        if reason:
            yield node.lineno, "T101", reason
        elif isinstance(node, nodes.Getattr) and not isinstance(node.node, nodes.Name | nodes.Getattr):
            yield from _visit(node.node, names)
    else:
        if isinstance(node, nodes.Compare):
            yield from _exact(node, names)
        for child in node.iter_child_nodes():
            yield from _visit(child, names)


_BETTER = {
    "eq": ("==", "is 持平于(…)"),
    "ne": ("!=", "is not 持平于(…)"),
    "lt": ("<", "is 小于(…)"),
    "lteq": ("<=", "is not 大于(…)"),
    "gt": (">", "is 大于(…)"),
    "gteq": (">=", "is not 小于(…)"),
}


def _exact(node: nodes.Compare, names: _Names) -> Iterator[tuple[int, str, str]]:
    """Amounts or percentages against something other than 0, by their exact values."""
    left = node.expr
    for operand in node.ops:
        sides = (left, operand.expr)
        zero = any(isinstance(side, nodes.Const) and side.value == 0 for side in sides)
        if operand.op in _BETTER and not zero and any(_is_figure(side, names) for side in sides):
            sign, better = _BETTER[operand.op]
            yield node.lineno, "T124", f"“{sign}”请改用“{better}”"
        left = operand.expr


def _is_figure(node: nodes.Node, names: _Names) -> bool:
    """An amount or a percentage, as far as that can be told without data."""
    if isinstance(node, nodes.Filter):
        return node.name in _FIGURE_MAKING
    if isinstance(node, nodes.Add | nodes.Sub | nodes.Mul):
        return _is_figure(node.left, names) or _is_figure(node.right, names)
    if isinstance(node, nodes.Name) and node.name in names.figures:
        return True
    spec = _stands_for(node, names)
    return isinstance(spec, Field) and spec.kind in ("金额", "百分比")


def _row_of(spec: Spec | None) -> Spec | None:
    return GroupSpec(spec.name, spec.path, spec.label, spec.columns) if isinstance(spec, RowsSpec) else None


def _stands_for(node: nodes.Node, names: _Names) -> Spec | None:
    """The part of the form that an expression is, as far as that can be told without data."""
    if isinstance(node, nodes.Filter) and node.node is not None:
        rows = _stands_for(node.node, names) if node.name in (*ROW_KEEPING, *ONE_ROW) else None
        return _row_of(rows) if node.name in ONE_ROW else rows
    if isinstance(node, nodes.Name):
        if node.name in names.local:
            return names.local[node.name]
        return names.fields.children.get(node.name)
    if isinstance(node, nodes.Getattr):
        owner = _stands_for(node.node, names)
        return children_of(owner).get(node.attr) if isinstance(owner, GroupSpec) else None
    return None


def _wrong(node: nodes.Node, names: _Names) -> str:
    """Why this dotted name does not exist, or ""."""
    if isinstance(node, nodes.Name):
        if node.ctx != "load" or node.name in names.local or node.name in names.fields.children:
            return ""
        if node.name in _ALWAYS or node.name in names.given or node.name.startswith("_"):
            return ""
        return f"没有“{node.name}”这个名称。{did_you_mean(node.name, names.fields.children)}"
    assert isinstance(node, nodes.Getattr)
    inside = _wrong(node.node, names) if isinstance(node.node, nodes.Name | nodes.Getattr) else ""
    if inside:
        return inside
    owner = _stands_for(node.node, names)
    if owner is None:
        return ""
    if isinstance(owner, GroupSpec):
        if node.attr in owner.children:
            return ""
        return f"“{owner.path or '全部'}”里没有“{node.attr}”。{did_you_mean(node.attr, owner.children)}"
    kind = "表" if isinstance(owner, RowsSpec) else "一项" if isinstance(owner, Field) else ""
    return f"“{owner.path}”是{kind}，后面不能再用“.{node.attr}”。"
