"""Templates compiled so that what fails for want of a cell fails alone.

Jinja2 runs a chapter as one program: a comparison with a blank would end it, and everything behind it would be lost.
Here the expression printed, the name set, the cell of a row, the condition and the list of a loop are each tried on
their own; what cannot be worked out is a `Blank` and prints 〔待填〕 where it stands. A condition that cannot be
decided prints what stands under it, both ways when there are two. Mistakes of the pack are no blanks and still end the
chapter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context

from generator.expressions.effort import STEP, spend
from generator.expressions.lines import SOFT
from generator.facts.fact import Rows
from generator.facts.lacking import lacking
from generator.quantity import Blank, BlankUsedError, NotApplicableUsedError

_NEVER_FAIL = frozenset(
    (
        *("元", "千元", "万元", "亿元", "数值", "百分比", "个数", "去句号", "首句加粗", "顿号连接", "引号连接"),
        *("求和", "行数", "占", "增幅", "完成率", "科目名称", "科目全称", "length"),
        *("筛选", "选是", "有数", "各行", "类款项", "按类", "按项", "类款"),
    )
)
"""Filters that print a blank, or hand it on."""
_PARTS_ALONE = ("_行", "_格", "_文", "_记", "_缺")
"""Functions of a table whose cells or pieces are tried one by one."""
NO_ROWS = "_没有行"


# -- while it runs ----------------------------------------------------------------------------------------------------


def tried(work: Callable[[], Any]) -> Any:
    """The value, or the blank that it lacks."""
    try:
        return work()
    except (BlankUsedError, NotApplicableUsedError) as error:
        return lacking(error)


def decided(test: Callable[[], Any]) -> bool | Blank:
    """True or False; a blank when it stands in the way."""
    found = tried(lambda: bool(test()))
    return found if isinstance(found, Blank) else bool(found)


def kept(test: Callable[[], Any]) -> bool:
    """Whether a loop's condition takes the row: one that cannot be judged stays."""
    return decided(test) is not False


def each(work: Callable[[], Any]) -> Any:
    """What a loop runs over; a blank list has no rows and says so."""
    found = tried(work)
    if not isinstance(found, Blank):
        return found
    rows = Rows(found.name, (), "", found.place, found.label)
    rows.gap = found
    return rows


def chosen_of(test: Callable[[], Any], one: Any, other: Any) -> Any:
    """«甲 if … else 乙» of two words or names. Undecided it is blank."""
    verdict = tried(test)
    return verdict if isinstance(verdict, Blank) and verdict.needed else one if verdict else other


def chosen(test: Callable[[], Any], one: Callable[[], Any], other: Callable[[], Any]) -> Any:
    """The same of two expressions; of two lists the longer is taken, so that no part is lost."""
    verdict = decided(test)
    if not isinstance(verdict, Blank):
        return one() if verdict else other()
    lists = [found for found in (tried(other), tried(one)) if isinstance(found, list | tuple | Rows)]
    return max(lists, key=len) if len(lists) == 2 else verdict


def same(left: Any, right: Any) -> bool:
    """«==»; a blank that has to be filled in is not yet equal or different."""
    for side in (left, right):
        if isinstance(side, Blank) and side.needed:
            raise BlankUsedError(side)
    return bool(left == right)


class Trying:
    """What compiled templates call on their environment.

    `gaps` prints where something is missing (`render.gaps`); without it a blank ends the template.
    """

    gaps: Any = None
    tried = staticmethod(tried)
    kept = staticmethod(kept)
    each = staticmethod(each)
    chosen = staticmethod(chosen)
    chosen_of = staticmethod(chosen_of)
    same = staticmethod(same)
    spent = staticmethod(spend)

    def verdict(self, context: Context, test: Callable[[], Any]) -> bool | Blank:
        """Whether what stands under an «if» is printed; a blank when that cannot be said yet."""
        try:
            return bool(test())
        except (BlankUsedError, NotApplicableUsedError):
            blank = decided(test)
            self.gaps.begin(context, blank)
            return blank


# -- what is tried ----------------------------------------------------------------------------------------------------


TRIED = (nodes.Output, nodes.Assign, nodes.For, nodes.If, nodes.CondExpr, nodes.Call)
REPEATED = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
"""What may run more than once."""


def prepare(node: nodes.Node) -> None:
    """Wraps what is tried on its own in one node of a template (of `TRIED`); an empty loop says what it lacks."""
    if isinstance(node, nodes.Output):
        node.nodes = _each_alone(node.nodes)
    elif isinstance(node, nodes.Assign):
        if not (isinstance(node.node, nodes.Call) and _name_of(node.node.node) in _PARTS_ALONE):
            node.node = _alone(node.node)
    elif isinstance(node, nodes.Call):
        if _name_of(node.node) in _PARTS_ALONE:
            for part in node.args:
                if isinstance(part, nodes.List):
                    part.items = _each_alone(part.items)
            node.args = [arg if isinstance(arg, nodes.List) else _alone(arg) for arg in node.args]
    elif isinstance(node, nodes.For):
        _loop(node)
    else:
        node.undecidable = True  # type: ignore[attr-defined]


def count(node: nodes.For | nodes.Macro | nodes.CallBlock | nodes.Block) -> None:
    """Each turn is counted, with the letters that it prints as they stand there."""
    letters = sum(len(leaf.data) for part in node.body for leaf in part.find_all(nodes.TemplateData))
    turn = nodes.MarkSafe(nodes.Const(STEP + letters), lineno=node.lineno)
    turn.how = "spent"  # type: ignore[attr-defined]
    node.body.insert(0, nodes.ExprStmt(turn, lineno=node.lineno))


def _loop(node: nodes.For) -> None:
    if node.test is not None:
        node.test = _wrapped(node.test, "kept")
    if isinstance(node.iter, nodes.List | nodes.Tuple):
        return  # written in the template, never blank
    node.iter = _wrapped(node.iter, "each")
    if not node.else_:
        where = nodes.Const(is_block(node.body))
        call = nodes.Call(nodes.Name(NO_ROWS, "load"), [node.iter, where], [], None, None)
        node.else_ = [nodes.Output([call], lineno=node.lineno).set_lineno(node.lineno)]


_PARAGRAPHS = re.compile(rf"\n|(?:^|{SOFT})[ ]*(?:#|```|\d+\.[ ])")


def is_block(body: Iterable[nodes.Node]) -> bool:
    """Whether whole paragraphs stand there, not sentences of one: an empty line ends one, other line ends are soft."""
    return any(_PARAGRAPHS.search(leaf.data) for node in body for leaf in node.find_all(nodes.TemplateData))


def _wrapped(node: nodes.Node, how: str) -> nodes.Expr:
    """Jinja2 lets nobody add a kind of node; of its own, MarkSafe has no use here."""
    wrapped = nodes.MarkSafe(node, lineno=node.lineno)
    wrapped.how = how  # type: ignore[attr-defined]
    return wrapped


def _alone(node: Any) -> Any:
    return node if _is_safe(node) else _wrapped(node, "tried")


def _each_alone(expressions: list[nodes.Expr]) -> list[nodes.Expr]:
    return list(map(_alone, expressions))


def _name_of(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


def _is_safe(node: nodes.Node | None) -> bool:
    """Whether a blank cannot make it fail: it prints itself, and what is asked of it is blank again."""
    if isinstance(node, nodes.Filter):
        return node.name in _NEVER_FAIL and _is_safe(node.node) and all(map(_is_safe, node.args)) and not node.kwargs
    if isinstance(node, nodes.Getattr):
        return _is_safe(node.node)
    if isinstance(node, nodes.CondExpr):  # its condition is tried for itself
        return _is_safe(node.expr1) and _is_safe(node.expr2)
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(map(_is_safe, node.items))
    return isinstance(node, nodes.Const | nodes.TemplateData | nodes.Name)


def _asks_the_loop(test: nodes.Node) -> bool:
    """«loop.first», «loop.index > 1»: never undecided."""
    names = {node.name for node in (test, *test.find_all(nodes.Name)) if isinstance(node, nodes.Name)}
    return names <= {"loop"} and not list(test.find_all((nodes.Call, nodes.Filter)))


class Code(CodeGenerator):
    """Jinja2's compiler, with «~» going through `Environment.joined` and with the marks of `prepare`."""

    def visit_MarkSafe(self, node: nodes.MarkSafe, frame: Frame) -> None:
        if node.how == "spent":  # type: ignore[attr-defined]
            self.write("environment.spent(context, ")
            self.visit(node.expr, frame)
            self.write(")")
            return
        self.write(f"environment.{node.how}(lambda: ")  # type: ignore[attr-defined]
        self.visit(node.expr, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        if len(node.ops) != 1 or node.ops[0].op not in ("eq", "ne"):
            super().visit_Compare(node, frame)
            return
        self.write("(not " if node.ops[0].op == "ne" else "(")
        self.write("environment.same(")
        self.visit(node.expr, frame)
        self.write(", ")
        self.visit(node.ops[0].expr, frame)
        self.write("))")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        if not hasattr(node, "undecidable") or node.expr2 is None or _asks_the_loop(node.test):
            super().visit_CondExpr(node, frame)
            return
        ways = (node.expr1, node.expr2)
        plain = all(isinstance(way, nodes.Const | nodes.Name) for way in ways)
        self.write("environment.chosen_of(lambda: " if plain else "environment.chosen(lambda: ")
        self.visit(node.test, frame.soft())
        for way in ways:
            self.write(", " if plain else ", lambda: ")
            self.visit(way, frame.soft())
        self.write(")")

    def visit_If(self, node: nodes.If, frame: Frame) -> None:
        if not hasattr(node, "undecidable") or _asks_the_loop(node.test):
            super().visit_If(node, frame)
            return
        inner = frame.soft()
        block = is_block(node.body)
        verdict = self.temporary_identifier()
        self.writeline(f"{verdict} = environment.verdict(context, lambda: ", node)
        self.visit(node.test, inner)
        self.write(")")
        others: list[nodes.Node] = list(node.else_)
        if node.elif_:  # «elif» is an «if» under «else»
            first, *rest = node.elif_
            below = nodes.If(first.test, first.body, rest, node.else_, lineno=first.lineno)
            below.undecidable = True  # type: ignore[attr-defined]
            others = [below]
        self.writeline(f"if {verdict} is not False:")
        self.indent()
        if others:
            self._print(f"environment.gaps.either(context, {verdict}, {block})", frame, verdict)
        self.blockvisit(node.body, inner)
        self.outdent()
        if others:
            self.writeline(f"if {verdict} is not True:")
            self.indent()
            self._print(f"environment.gaps.other(context, {block})", frame, verdict)
            self.blockvisit(others, inner)
            self.outdent()
        self._print(f"environment.gaps.marked(context, {verdict}, {block})", frame, verdict)
        for name in _names_set((*node.body, *others)):
            self.writeline(f"if {verdict}.__class__ is not bool:")
            self.indent()
            self.push_assign_tracking()
            self.newline()
            self.visit(nodes.Name(name, "store"), frame)
            self.write(f" = {verdict}")
            self.pop_assign_tracking(frame)
            self.outdent()

    def _print(self, source: str, frame: Frame, verdict: str) -> None:
        """What is printed when the verdict is neither yes nor no."""
        printed = f"yield {source}" if frame.buffer is None else f"{frame.buffer}.append({source})"
        self.writeline(f"if {verdict}.__class__ is not bool: {printed}")


def _names_set(body: Iterable[nodes.Node]) -> list[str]:
    """The names that a branch sets: undecided, neither value holds behind it."""
    found = [target for node in body for target in _assigned(node)]
    return list(dict.fromkeys(found))


def _assigned(node: nodes.Node) -> Iterable[str]:
    if isinstance(node, nodes.For | nodes.Scope):  # what a loop or a sentence sets ends with it
        return
    if isinstance(node, nodes.Assign):
        for name in (node.target, *node.target.find_all(nodes.Name)):
            if isinstance(name, nodes.Name):
                yield name.name
        return
    for child in node.iter_child_nodes():
        yield from _assigned(child)
