"""Checking a pack without data: every name that its texts, tables, charts, checks and formulas use must be in the form.

Loading finds mistakes of writing; this finds names that would fail only when a report is made, with the nearest one
that exists. Loop variables over a table of the form are followed («{% for 项 in 项目 | 选是('绩效评价') %}» →
项.名称).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import TemplateSyntaxError, nodes

from generator.checks.rules import sides
from generator.diagnostics import Diagnostic, Outcome, finding, has_errors
from generator.form.fields import Field, GroupSpec, RowsSpec, Spec, children_of
from generator.lint.chapters import chapter_findings, chapter_names
from generator.lint.settings import setting_findings
from generator.lint.unused import asked_for_nothing, missing_roles, own, unused, unused_words
from generator.names import did_you_mean
from generator.pack.pack import Pack, load_pack
from generator.pack.places import PackRoots
from generator.pack.row_lists import NAME, WHEN
from generator.pack.sources import Sources, gather
from generator.place import Located, Place
from generator.render.sentences import read_chapter
from generator.render.spec_templates import SpecError

ROW_KEEPING = frozenset(("筛选", "选是", "有数", "科目属于", "list"))
"""Filters whose result has the columns of the table that they were given."""
ONE_ROW = frozenset(("first", "last"))
_FIGURE_MAKING = frozenset(("占", "增幅", "完成率", "增减额", "求和"))
_ALWAYS = frozenset(("年度", "上年", "行", "列", "组", "项", "loop", "评分表"))
_EXPRESSIONS = frozenset((WHEN, "逐行", "左", "右", "应当"))
"""Words whose value is an expression, with the «=» or without."""
_YEAR_TYPED = re.compile(r"(?<![\d{])20[0-4]\d年(?!」)")


@dataclass(slots=True)
class _Names:
    """What a template may use, and what each local name stands for (None = unknown, not followed)."""

    fields: GroupSpec
    given: frozenset[str]
    variants: frozenset[str]
    """The 句式 of wording.yaml."""
    local: dict[str, Spec | None] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    """Local names that stand for amounts and percentages."""

    def inside(self) -> _Names:
        """The names of a loop or block, which end with it."""
        return replace(self, local=dict(self.local), figures=set(self.figures))

    def with_rows(self, pack: Pack, expression: str) -> _Names:
        """The same where 行 is a row of what the expression gives."""
        inside = self.inside()
        try:
            tree = pack.environment.parse(f"{{{{ ({expression.removeprefix('=')}) }}}}")
        except TemplateSyntaxError:
            return inside  # loading has reported it
        printed = next(tree.find_all(nodes.Output), None)
        inside.local["行"] = _row_of(_stands_for(printed.nodes[0], self)) if printed is not None else None
        return inside


def _names(pack: Pack, given: frozenset[str] = frozenset()) -> _Names:
    variants = frozenset(map(str, pack.report.wording.get("与上年相比") or ()))
    fields = pack.form.fields
    lists: dict[str, Spec | None] = {
        name: _table_of(name, pack) for name in pack.environment.row_lists if name not in fields.children
    }
    return _Names(fields, given, variants, lists)


def _table_of(name: str, pack: Pack) -> RowsSpec:
    """A 行库 as a table whose columns are the words of its rows."""
    words = dict.fromkeys(str(word) for row in pack.environment.row_lists[name].rows for word in row)
    columns = {word: Field(word, f"{name}.{word}", "文字", word) for word in words}
    return RowsSpec(name, name, name, NAME, required=False, carried=False, columns=columns)


_FIELD_CODES = ("T202", "T203", "T204", "T207", "T211")
"""A field, group or table that is left out of the form because of how it is written."""
_PATH = re.compile(r"“([^”]+)”")


def linted(name: str, roots: PackRoots) -> Outcome[Pack | None]:
    """Everything that is wrong with a pack as it stands, one finding for each cause."""
    loaded = load_pack(name, roots)
    pack, found = loaded.value, loaded.diagnostics
    if pack is not None:
        sources = gather(name, roots)
        found = tuple(_without_what_follows(dict.fromkeys((*found, *lint_pack(pack, sources)))))
        # A field may be asked for nothing only because the place that prints it is ill written.
        if not pack.abstract and not has_errors(found):
            found += tuple(asked_for_nothing(pack, sources))
    return Outcome(pack, found)


def _without_what_follows(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Without those that only miss a field which is not there because it is ill written."""
    found = list(findings)
    lost = [match[1] for one in found if one.code in _FIELD_CODES and (match := _PATH.search(one.message))]
    signs = tuple(sign for path in lost for sign in (f"“{path}”", f"“{path}."))
    return [one for one in found if one.code not in ("T101", "T117") or not any(sign in one.message for sign in signs)]


def lint_pack(pack: Pack, sources: Sources) -> list[Diagnostic]:
    """What loading does not find.

    T101 for names that do not exist, T122 for years typed into a text, T118 for tables and charts nobody places,
    T124 for printed figures compared exactly.
    """
    findings: list[Diagnostic] = []
    fence_names = frozenset(_fence_names(sources)) | {*pack.environment.row_lists, *pack.environment.terms}
    fences: list[tuple[str, str]] = []
    printed = chapter_names(sources)
    for name, (file, _) in sources.texts.items():
        if name in printed or own(file, pack):
            findings.extend(_lint_chapter(name, sources, pack, fence_names))
    for file, text in sources.all_texts():
        fences.extend(re.findall(r"^```([图表]) +(.+)", text, re.MULTILINE))
        if re.search(r"^```各表", text, re.MULTILINE):
            fences.extend(("表", entry.table) for entry in sources.order)
        for number, line in enumerate(text.split("\n"), 1):
            if _YEAR_TYPED.search(re.sub(r"《[^》]*》|〔[^〕]*〕", "", line)):
                findings.append(finding("T122", Place(file, number), line=line.strip()[:40]))
    for _, data in sources.tables.values():
        findings.extend(_lint_data(data, pack, _names(pack, fence_names | frozenset(_let_names(data)))))
    findings.extend(_lint_data(sources.data.get("charts.yaml", {}), pack, _names(pack, fence_names)))
    # A pack without a form only lends: what its checks name is judged in the packs that have the fields.
    lends = pack.abstract and not pack.form.fields.children
    with_names = () if lends else ("checks.yaml", "sizes.yaml", "between.yaml")
    exact = (sources.data.get(name, {}) for name in with_names)
    checked = (found for data in exact for found in _lint_data(data, pack, _names(pack, fence_names)))
    findings.extend(found for found in checked if found.code != "T124")  # checks hold exactly
    settings = sources.data.get("pack.yaml", {})
    findings.extend(_lint_data(settings, pack, _names(pack, fence_names)))
    for rows in sources.rows.lists.values():
        conditions = [{WHEN: row[WHEN]} for row in rows.values() if WHEN in row]
        findings.extend(_lint_data(conditions, pack, _names(pack, fence_names)))
    findings.extend(_expressions(pack))
    findings.extend(setting_findings(pack, sources))
    for blank, template in pack.report.blanks.items():
        for _, code, reason in _lint_source(f"{{{{{blank}}}}}", pack, _names(pack)):
            findings.append(finding(code, Place(str(template.filename)), reason=reason, source=blank.strip()))
    if not pack.abstract:
        findings.extend(chapter_findings(pack, sources))
        findings.extend(missing_roles(pack, settings))
        findings.extend(unused(pack, sources, fences))
        findings.extend(unused_words(pack, sources))
    return _by_their_cause(findings, sources)


_MISSING = re.compile(r"没有“([^”]+)”")
_NAMED_PLACES, _NAMED = 4, 12


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


def _fence_names(sources: Sources) -> Iterator[str]:
    """«项目: {{ 项 }}» inside a fence gives the table a name of its own."""
    for _, text in sources.all_texts():
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


def _lint_data(data: object, pack: Pack, names: _Names) -> Iterator[Diagnostic]:
    """Every «=expression» and «{{ … }}» of a YAML file; what stands beside a 逐行 may speak of its 行."""
    if isinstance(data, Mapping):
        rows = data.get("逐行")
        inside = names.with_rows(pack, rows) if isinstance(rows, Located) else names
        for word, value in data.items():
            bare = word in _EXPRESSIONS and isinstance(value, Located) and not value.startswith("=")
            held = Located(f"={value}", value.place) if bare else value
            yield from _lint_data(held, pack, names if word == "逐行" else inside)
    elif isinstance(data, list):
        for value in data:
            yield from _lint_data(value, pack, names)
    elif isinstance(data, Located):
        pieces = [f"{{{{ ({side}) }}}}" for side in sides(data)] if data.startswith("=") else [data]
        for source in (one for one in pieces if "{{" in one):
            if source.count("{{") != source.count("}}"):
                yield finding("T102", data.place, reason="两个大括号没有配对", source=str(data))
            for _, code, reason in _lint_source(source, pack, names):
                yield finding(code, data.place, reason=reason, source=str(data))


def _lint_chapter(name: str, sources: Sources, pack: Pack, given: frozenset[str]) -> Iterator[Diagnostic]:
    """A chapter with the sentences that the pack prints in it."""
    parts = sources.chapter(name)
    try:
        chapter = read_chapter(name, parts, pack.environment)
    except SpecError:
        return  # loading has reported it
    lines = "\n".join(text for _, text in parts).split("\n")
    for line, code, reason in dict.fromkeys(_visit(chapter.tree, _names(pack, given))):
        yield finding(code, chapter.lines.place(line), reason=reason, source=lines[line - 1].strip()[:60])


def _expressions(pack: Pack) -> Iterator[Diagnostic]:
    """The form's own formulas, and its conditions, which decide what must be filled in."""
    conditions = [(path, one, True) for path, one in pack.form.conditions.items()]
    for path, expression, decides in [*((path, one, False) for path, one in pack.form.formulas.items()), *conditions]:
        *above, _ = path.split(".")
        owner: Spec = pack.form.fields
        row: Spec | None = None
        for name in above:
            owner = children_of(owner)[name]
            row = _row_of(owner) or row
        names = _names(pack, frozenset(pack.environment.terms))
        names.local.update({"行": row, "组": _row_of(owner) or owner})
        for _, code, reason in _lint_source(f"{{{{ ({expression.source}) }}}}", pack, names):
            if code == "T101" or decides:
                yield finding(code, expression.place, reason=reason, source=expression.source)


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
        inside = names.inside()
        if isinstance(node.target, nodes.Name):
            inside.local[node.target.name] = _row_of(_stands_for(node.iter, names))
        else:
            inside.local.update(dict.fromkeys(name.name for name in node.target.find_all(nodes.Name)))
        for child in (*node.body, *node.else_):
            yield from _visit(child, inside)
    elif isinstance(node, nodes.Block | nodes.Scope):
        inside = names.inside()
        for child in node.body:
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
        if isinstance(node, nodes.Filter):
            yield from _columns(node, names)
            yield from _variant(node, names)
        for child in node.iter_child_nodes():
            yield from _visit(child, names)


_ALL_COLUMNS = frozenset(("求和", "有数", "类款项", "按类", "按项", "类款"))
"""Filters whose arguments are all columns of the table before them."""
_FIRST_COLUMN = frozenset(("筛选", "选是", "科目属于", "各行"))


def _columns(node: nodes.Filter, names: _Names) -> Iterator[tuple[int, str, str]]:
    """Columns that the table before the filter does not have."""
    rows = _stands_for(node.node, names) if node.node is not None else None
    if not isinstance(rows, RowsSpec):
        return
    count = len(node.args) if node.name in _ALL_COLUMNS else 1 if node.name in _FIRST_COLUMN else 0
    for argument in node.args[:count]:
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str) and argument.value not in rows.columns:
            hint = did_you_mean(argument.value, rows.columns)
            yield node.lineno, "T101", f"“{rows.path}”里没有“{argument.value}”这一列。{hint}"


def _variant(node: nodes.Filter, names: _Names) -> Iterator[tuple[int, str, str]]:
    """«与上年相比(句式="…")»: a variant that wording.yaml has."""
    for argument in node.kwargs if node.name == "与上年相比" else ():
        if argument.key == "句式" and isinstance(argument.value, nodes.Const):
            wanted = str(argument.value.value)
            if wanted not in names.variants:
                yield node.lineno, "T101", f"没有“{wanted}”这种句式。{did_you_mean(wanted, names.variants)}"


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
        there = did_you_mean(node.attr, owner.children) or f"有：{'、'.join(list(owner.children)[:_NAMED])}。"
        return f"“{owner.path or '全部'}”里没有“{node.attr}”。{there}"
    kind = "表" if isinstance(owner, RowsSpec) else "一项" if isinstance(owner, Field) else ""
    return f"“{owner.path}”是{kind}，后面不能再用“.{node.attr}”。"
