"""A pack's 计算 as an Excel formula, where it is made of sums and differences of fields and of columns.

The program trusts none of these: they let an office see its totals while it types. What is more than + − and 求和 has
no formula. A figure counts with its typed value when there is one, else with its own formula, as in the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateError, nodes

from generator.form.blocks import TableBlock
from generator.form.fields import NUMBER_KINDS, Field

ROW = "{row}"
"""Stands for the row's number in the formula of a table's column."""


@dataclass(frozen=True, slots=True)
class FieldSpot:
    """Where a field is typed, and where its formula stands ("" when it has none; the same cell in matrices and official
    tables); `sheet` is quoted and ends in «!».

    Outside tables `row` is the field's; in tables 0.
    """

    sheet: str
    typed: str
    computed: str
    field: Field
    row: int = 0


@dataclass(frozen=True, slots=True)
class TableSpot:
    """`first`: the first data row, `last`: how far rules and sums reach. `belongs`: letter of the column that names the
    row around, `marks`: letter of the column that an inner table's 所属 column names."""

    table: TableBlock
    sheet: str
    first: int
    last: int
    columns: Mapping[tuple[str, ...], FieldSpot]
    belongs: str
    marks: str


@dataclass(frozen=True, slots=True)
class Formula:
    """`terms`: how many rounded figures are in it at least; columns are counted in `ranges`."""

    text: str
    terms: int
    ranges: tuple[str, ...] = ()


@dataclass(slots=True)
class Formulas:
    """Translates for one workbook. `singles` by path from the top, `tables` by their names."""

    singles: Mapping[tuple[str, ...], FieldSpot]
    tables: Mapping[tuple[str, ...], TableSpot]
    _known: dict[tuple[tuple[str, ...], tuple[str, ...]], Formula | None] = field(default_factory=dict)
    _parser: Environment = field(default_factory=Environment)

    def of_line(self, path: tuple[str, ...]) -> Formula | None:
        """The formula of a field outside tables."""
        return self._of((), path, self.singles[path].field)

    def of_column(self, table: tuple[str, ...], column: tuple[str, ...]) -> Formula | None:
        """The formula of a table's computed column, with `ROW` in place of the row."""
        spot = self.tables[table]
        return self._of(table, column, spot.columns[column].field)

    def _of(self, table: tuple[str, ...], path: tuple[str, ...], one: Field) -> Formula | None:
        if (table, path) not in self._known:
            self._known[table, path] = None  # a formula that needs itself has none
            if one.formula and one.kind in NUMBER_KINDS:
                self._known[table, path] = self._translated(one.formula, table, path)
        return self._known[table, path]

    def _translated(self, source: str, table: tuple[str, ...], path: tuple[str, ...]) -> Formula | None:
        try:
            body = self._parser.parse("{{ " + source + " }}").body
        except TemplateError:
            return None
        if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
            return None
        return self._node(body[0].nodes[0], table, path)

    def _node(self, node: nodes.Node, table: tuple[str, ...], path: tuple[str, ...]) -> Formula | None:
        if isinstance(node, nodes.Add | nodes.Sub):
            left, right = self._node(node.left, table, path), self._node(node.right, table, path)
            if left is None or right is None:
                return None
            sign = "+" if isinstance(node, nodes.Add) else "-"
            second = f"({right.text})" if sign == "-" and isinstance(node.right, nodes.Add | nodes.Sub) else right.text
            return Formula(f"{left.text}{sign}{second}", left.terms + right.terms, tuple({*left.ranges, *right.ranges}))
        if isinstance(node, nodes.Filter):
            return self._sum(node, table, path)
        names = _names(node)
        return self._figure(names, table, path) if names else None

    def _figure(self, names: tuple[str, ...], table: tuple[str, ...], path: tuple[str, ...]) -> Formula | None:
        inside = names[0] in ("行", "组") and bool(table)
        if inside:
            wanted = names[1:] if names[0] == "行" else (*path[:-1], *names[1:])
            spot, owner = self.tables[table].columns.get(wanted), table
            sheet, row = "", ROW
        else:
            wanted = (*path[:-1], *names[1:]) if names[0] == "组" else names
            spot, owner = self.singles.get(wanted), ()
            if spot is None or spot.field.kind not in (*NUMBER_KINDS, "年度"):
                return None
            sheet, row = spot.sheet, str(spot.row)
        if spot is None or spot.field.kind not in (*NUMBER_KINDS, "年度"):
            return None
        typed = f"{sheet}${spot.typed}{row}" if inside else f"{sheet}${spot.typed}${row}"
        if not spot.field.formula:
            return Formula(f"N({typed})", 1)
        own = self._of(owner, wanted, spot.field)
        if own is None:
            return None
        if spot.computed == spot.typed:  # the formula stands where a figure may be typed over it
            return Formula(f"N({typed})", own.terms, own.ranges)
        computed = typed.replace(f"${spot.typed}", f"${spot.computed}")
        return Formula(f"N(IF(ISNUMBER({typed}),{typed},{computed}))", own.terms, own.ranges)

    def _sum(self, node: nodes.Filter, table: tuple[str, ...], path: tuple[str, ...]) -> Formula | None:
        """表 | 求和('列', …)."""
        names = _names(node.node) if node.node is not None else ()
        columns = [one.value for one in node.args if isinstance(one, nodes.Const) and isinstance(one.value, str)]
        if node.name != "求和" or not names or not columns or len(columns) != len(node.args) or node.kwargs:
            return None
        inner = names[0] == "行" and bool(table)
        target = self.tables.get((*table, *names[1:]) if inner else names)
        if target is None or (inner and len(target.table.parents) != 1):
            return None
        parts: list[str] = []
        ranges: list[str] = []
        for column in columns:
            spot = target.columns.get((column,))
            if spot is None or spot.field.kind not in NUMBER_KINDS:
                return None
            typed = _range(target, spot.typed)
            if spot.field.formula and (inner or self._of(target.table.names, (column,), spot.field) is None):
                return None
            if inner:
                here = self.tables[table]
                parts.append(f"SUMIFS({typed},{_range(target, target.belongs)},${here.marks}{ROW})")
            elif spot.field.formula and spot.computed != spot.typed:
                computed = _range(target, spot.computed)
                parts.append(f'SUM({computed})+SUM({typed})-SUMIF({typed},"<>",{computed})')
            else:
                parts.append(f"SUM({typed})")
            ranges.append(typed)
        return Formula("+".join(parts), 0, tuple(ranges))


def _names(node: nodes.Node) -> tuple[str, ...]:
    """三公.接待.国内支出 as its names; () for anything else."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        inner = _names(node.node)
        return (*inner, node.attr) if inner else ()
    return ()


def _range(spot: TableSpot, letter: str) -> str:
    return f"{spot.sheet}${letter}${spot.first}:${letter}${spot.last}"
