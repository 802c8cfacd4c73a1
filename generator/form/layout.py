"""How a form lies in a workbook: the one place that the writer, the reader and the table import share.

The first page, «填报说明», says what to do, lists the others, and asks for 报告, 年度 and 金额单位. The others are
numbered («1 部门信息»). On each stand blocks (`blocks`), one below the other. The pack says what stands together
(`arrangement`); what it does not name is put together by size, so that every field has exactly one place.

- A group whose inner groups ask for the same («三公»: 预算 决算 上年 原因) is a matrix.
- Other single fields of a page are one form, a field a row; «【…】» is a heading before a group's.
- Texts and reasons outside tables and matrices stand together on a page of their own, each with its sentence.
- A table has one row for what each column asks for, its head, then data. A table inside another table's rows has one
  column before its own for each table around it, outermost first: «所属» and the label of that table's key column. It
  holds the key of the row to which this row belongs. Where that table has no key, it begins with a column «序号», and
  the inner table's column is «所属»+label+«序号».
- A table of 科目 that the pack declares as an official one has that table's head and order of columns, then the
  columns that the official table lacks, and a row 合计 above its data.
- «科目表» (hidden) holds what the drop-downs of 科目 offer; nothing is read from it. «结转记录»: `roll_memory`.

Before, each group and each table had a sheet of its own, named by its names in the input, and no block had a title
with a mark: `lay_out_earlier`. Such workbooks are still read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.form.arrangement import OfficialTable, PageSpec
from generator.form.blocks import (
    ACCOUNTS,
    BASICS,
    CODE,
    FRONT,
    NAME,
    Block,
    Column,
    FormBlock,
    FormLine,
    MatrixBlock,
    TableBlock,
    plain,
    short,
)
from generator.form.fields import TEXT_KINDS, Field, Fields, GroupSpec, RowsSpec, Spec
from generator.form.labelled_fields import Single, all_tables, make_table, read_alike, singles, unique_labels, with_unit
from generator.form.roll_memory import WORD as MEMORY

_LONGEST_NAME = 31  # Excel's limit for the name of a sheet
_MOST_LINES = 45
"""Lines of a form that the program puts together on one page, if the pack does not say so."""
_FEW_COLUMNS, _FEW_TABLES = 4, 4
"""Tables of few columns stand a few on a page."""
_TEXTS_PAGE, _LISTS_PAGE = "文字与原因", "名单与明细"
_LONG_TEXTS = tuple(kind for kind in TEXT_KINDS if kind != "文字")


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of the workbook."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """`pages` in the order of the workbook; the first is «填报说明». «科目表» is not among them. `earlier`: a block is
    a sheet, known by the sheet's name."""

    pages: tuple[Page, ...]
    earlier: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for page in self.pages for block in page.blocks)

    def block(self, name: str) -> Block | None:
        wanted = plain(name)
        return next((one for one in self.blocks if plain(one.name) == wanted), None)

    @property
    def front(self) -> FormBlock:
        front = self.pages[0].blocks[0]
        assert isinstance(front, FormBlock)
        return front

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(one for one in self.blocks if isinstance(one, TableBlock))


def lay_out(fields: Fields) -> Layout:
    """The workbook of a form."""
    builder = _Builder(fields)
    return Layout(tuple(builder.pages()))


def lay_out_earlier(fields: Fields) -> Layout:
    """As workbooks were before: a sheet for each group and each table."""
    return Layout(tuple(Page(block.name, (block,)) for block in _Earlier(fields).blocks()), earlier=True)


def front_block(fields: Fields) -> FormBlock:
    lines = [FormLine(("报告",), "报告", None), FormLine(("金额单位",), "金额单位", None)]
    if fields.year is not None:
        lines.insert(1, FormLine((fields.year.name,), fields.year.label, fields.year))
    return FormBlock(FRONT, FRONT, "", tuple(lines))


def _top_fields(fields: Fields) -> dict[str, Field]:
    found = {one.name: one for one in fields.children.values() if isinstance(one, Field)}
    if fields.year is not None:
        del found[fields.year.name]
    return found


class _Names:
    """Names that are given once, regardless of case, and short enough for a sheet."""

    def __init__(self) -> None:
        self.taken: set[str] = {plain(ACCOUNTS), plain(MEMORY)}

    def give(self, wanted: str) -> str:
        name, number = wanted[:_LONGEST_NAME], 1
        while plain(name).lower() in self.taken:
            number += 1
            tail = f"（{number}）"
            name = wanted[: _LONGEST_NAME - len(tail)] + tail
        self.taken.add(plain(name).lower())
        return name


# -- the earlier layout -----------------------------------------------------------------------------------------------
class _Earlier:
    def __init__(self, fields: Fields) -> None:
        self.fields, self.names = fields, _Names()

    def blocks(self) -> Iterator[Block]:
        front = front_block(self.fields)
        yield replace(front, name=self.names.give(FRONT))
        yield from self.form(BASICS, BASICS, "", _top_fields(self.fields), ())
        for spec in self.fields.children.values():
            if isinstance(spec, GroupSpec):
                yield from self.form(spec.name, spec.label, spec.help, spec.children, (spec.name,))
            for names, table, parents in all_tables({spec.name: spec}):
                yield make_table(table, names, parents, self.names.give("·".join(names)))

    def form(
        self, name: str, title: str, help_: str, children: Mapping[str, Spec], names: tuple[str, ...]
    ) -> Iterator[Block]:
        found = list(singles(children, (), ()))
        if found:
            lines = tuple(
                FormLine((*names, *inner), label, one, "·".join(above))
                for (inner, above, one), label in zip(found, unique_labels(found), strict=True)
            )
            yield FormBlock(self.names.give(name), title, help_, lines)


# -- pages ------------------------------------------------------------------------------------------------------------
class _Builder:
    """`texts` and `claimed` fill while the blocks before them are made: what a matrix or an official table shows has no
    other place."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.names, self.titles = _Names(), _Names()
        self.texts: list[Single] = []
        self.official: dict[tuple[str, ...], TableBlock] = {}
        self.claimed: set[tuple[str, ...]] = set()
        for names, spec, parents in all_tables(fields.children):
            official = fields.arrangement.official.get(".".join(names))
            made = self.as_official(make_table(spec, names, parents, ""), official) if official is not None else None
            if made is not None:
                self.official[names] = made
                self.claimed |= {line.names for line in made.totals.values()}

    def pages(self) -> Iterator[Page]:
        yield Page(self.names.give(FRONT), (front_block(self.fields),))
        self.titles.give(FRONT)
        stated = self.fields.arrangement.pages
        named = {name for page in stated for name in page.contents}
        rest = [
            spec for name, spec in self.fields.children.items() if name not in named and not isinstance(spec, Field)
        ]
        specs = [page for page in stated if page.contents]
        texts = next((page.title for page in stated if not page.contents), _TEXTS_PAGE)
        top: dict[str, Spec] = dict(_top_fields(self.fields))
        number = 0
        for spec in [*specs, *self.automatic(rest, begin=not specs and bool(top))]:
            children = top if not number else {}
            children = children | {
                name: self.fields.children[name] for name in spec.contents if name in self.fields.children
            }
            for title, blocks in _pieces(spec.title, list(self.blocks(spec.title, children))):
                number += 1
                yield Page(self.names.give(f"{number} {_sheet_words(title)}"), tuple(blocks))
        if self.texts:
            yield Page(self.names.give(f"{number + 1} {_sheet_words(texts)}"), (self.form(texts, self.texts, True),))

    def automatic(self, rest: Sequence[Spec], begin: bool) -> Iterator[PageSpec]:
        """Pages for what the pack does not name. `begin`: single fields of the top want a first page."""
        plain_groups = [one for one in rest if isinstance(one, GroupSpec) and not _matrix_rows(one)]
        yield from _form_pages(plain_groups, begin)
        for one in rest:
            if isinstance(one, GroupSpec) and _matrix_rows(one):
                yield PageSpec(short(one.label), (one.name,))
        yield from _table_pages([one for one in rest if isinstance(one, RowsSpec)])

    def blocks(self, page: str, children: Mapping[str, Spec]) -> Iterator[Block]:
        """Matrices, one form, then the tables of one page."""
        lines: list[Single] = []
        title = page
        for spec in children.values():
            if isinstance(spec, GroupSpec):
                matrix = self.matrix(spec)
                if matrix is not None:
                    yield matrix
                    title = f"{page}（其他数据）"
                taken = {line.names for line in matrix.lines} if matrix is not None else set()
                found = singles({spec.name: spec}, (), ())
                lines += (one for one in found if one[0] not in taken and one[0] not in self.claimed)
            elif isinstance(spec, Field):
                lines.append(((spec.name,), (), spec))
        self.texts += (one for one in lines if one[2].kind in _LONG_TEXTS)
        lines = [one for one in lines if one[2].kind not in _LONG_TEXTS]
        if lines:
            yield self.form(title, lines)
        for names, table, parents in all_tables(children):
            made = self.official.get(names) or make_table(table, names, parents, "")
            title_ = self.titles.give(made.title)
            yield replace(made, name=title_, title=title_)

    def form(self, title: str, found: Sequence[Single], sentences: bool = False) -> FormBlock:
        """Headings name the groups from the top; labels the innermost group, and the others where two read alike."""
        labels = unique_labels(found, within=1)
        lines = tuple(
            FormLine(names, label, one, "·".join(above))
            for (names, above, one), label in zip(found, labels, strict=True)
        )
        helps = [spec.help for name in dict.fromkeys(one[0][0] for one in found) if (spec := self.group(name)).help]
        title = self.titles.give(title)
        return FormBlock(title, title, "；".join(helps), lines, sentences)

    def group(self, name: str) -> GroupSpec:
        found = self.fields.children[name]
        return found if isinstance(found, GroupSpec) else GroupSpec(name, name, name, {})

    def matrix(self, spec: GroupSpec) -> MatrixBlock | None:
        inner = _matrix_rows(spec)
        if not inner:
            return None
        headers: dict[str, str] = {}
        for name in _asked_again(inner):
            first = next(held for one in inner if isinstance(held := one.children.get(name), Field))
            headers[name] = with_unit(first.label, first)
        cells: dict[tuple[str, str], FormLine] = {}
        rows = [short(one.label) if _distinct(inner) else one.label for one in inner]
        for label, one in zip(rows, inner, strict=True):
            for name, header in headers.items():
                field_ = one.children.get(name)
                if isinstance(field_, Field):
                    line = FormLine((spec.name, one.name, name), f"{label}·{field_.label}", field_)
                    cells[label, header] = line
        title = self.titles.give(spec.label)
        return MatrixBlock(title, title, spec.help, tuple(rows), tuple(headers.values()), cells)

    def as_official(self, made: TableBlock, official: OfficialTable) -> TableBlock | None:
        """The official columns first, in their order and under their head; then those that the office adds. None when
        the lowest words of the head do not tell the columns apart."""
        by_name = {one.names[0]: one for one in made.columns if len(one.names) == 1}
        headed: dict[tuple[str, ...], Column] = {}
        named: tuple[str, ...] = ()
        totals: dict[tuple[str, ...], FormLine] = {}
        for one in official.columns:
            column = made.key if one.shows == CODE else by_name.get(one.shows)
            named = one.above if one.shows == NAME else named
            if column is None or column.names in headed:
                continue
            headed[column.names] = replace(column, header=with_unit(one.above[-1], column.field), above=one.above)
            path = tuple(one.total.split("."))
            field_ = _single_at(self.fields, path) if path not in self.claimed else None
            if field_ is not None:
                totals[column.names] = FormLine(path, field_.label, field_)
        columns = (*headed.values(), *(one for one in made.columns if one.names not in headed))
        words = [*(one.header for one in columns), *named[-1:]]
        if any(read_alike(words)) or made.key is None or made.key.names not in headed:
            return None
        return replace(made, title=official.title, columns=columns, official=True, named=named, totals=totals)


def _pieces(title: str, blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """What stands together; a wide table inside the rows of another has a page of its own, for both may be long."""
    held: list[Block] = []
    for block in blocks:
        if held and isinstance(block, TableBlock) and block.parents and len(block.columns) > _FEW_COLUMNS:
            yield title, held
            held, title = [], block.title
        held.append(block)
    if held:
        yield title, held


def _form_pages(groups: Sequence[GroupSpec], begin: bool) -> Iterator[PageSpec]:
    """Groups in their order, as many on a page as there is room for."""
    held: list[GroupSpec] = []
    count = 0
    for one in groups:
        size = sum(found[2].kind not in _LONG_TEXTS for found in singles(one.children, (), ()))
        if held and count + size > _MOST_LINES:
            yield PageSpec(BASICS if begin else f"{short(held[0].label)}等", tuple(group.name for group in held))
            held, count, begin = [], 0, False
        held.append(one)
        count += size
    if held or begin:
        title = BASICS if begin else short(held[0].label) + ("等" if len(held) > 1 else "")
        yield PageSpec(title, tuple(group.name for group in held))


def _table_pages(tables: Sequence[RowsSpec]) -> Iterator[PageSpec]:
    """Long tables alone, short lists a few on a page."""
    few: list[RowsSpec] = []
    for one in tables:
        if sum(1 for _ in singles(one.columns, (), ())) > _FEW_COLUMNS:
            yield PageSpec(short(one.label), (one.name,))
        else:
            few.append(one)
    for start in range(0, len(few), _FEW_TABLES):
        held = few[start : start + _FEW_TABLES]
        title = short(held[0].label) if len(held) == 1 else _LISTS_PAGE
        yield PageSpec(title, tuple(one.name for one in held))


def _matrix_rows(spec: GroupSpec) -> list[GroupSpec]:
    """The inner groups that ask for the same, when there are at least two of them and two things that they ask for."""
    inner = [one for one in spec.children.values() if isinstance(one, GroupSpec)]
    asked = _asked_again(inner)
    rows = [one for one in inner if sum(name in asked for name in one.children) > 1]
    return rows if len(rows) > 1 else []


def _asked_again(inner: Sequence[GroupSpec]) -> list[str]:
    """Names of single fields that at least two of the groups have, in the order of the first that has them."""
    counts = Counter(name for one in inner for name, held in one.children.items() if isinstance(held, Field))
    return [name for name, count in counts.items() if count > 1]


def _distinct(groups: Sequence[GroupSpec]) -> bool:
    return len({plain(short(one.label)) for one in groups}) == len(groups)


def _sheet_words(title: str) -> str:
    """Words that Excel takes for the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")


def _single_at(fields: Fields, path: tuple[str, ...]) -> Field | None:
    spec: Spec | None = fields
    for part in path:
        spec = spec.children.get(part) if isinstance(spec, GroupSpec) else None
    return spec if isinstance(spec, Field) else None
