"""A pack's report made from symbols: each text a sign of its own, each amount a quantity that knows its field.

Several renderings, with amounts that rise, fall, stay, are nothing, show the wordings of each sentence.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.case import Case
from generator.document.nodes import Document
from generator.filling.completed_values import complete
from generator.filling.to_facts import to_facts
from generator.form.fields import ACCOUNT_KINDS, NUMBER_KINDS, TEXT_KINDS, Field, RowsSpec, Spec, children_of
from generator.pack import Pack
from generator.pipeline import make_document
from generator.trying.kinds import Kind
from generator.trying.plausible import Values
from generator.trying.sample import Instance, Sample, Tree, as_source, instances, made
from generator.trying.variants import of_kind

_FIRST = 0x3400
"""Signs of Extension A: letters for every station, in no office's text."""
SIGNS = range(_FIRST, 0x4DC0)


@dataclass(frozen=True, slots=True)
class Rendering:
    """`names`: sign → the name of its fact; `days`: the same for dates, as printed; `labels`: what
    stands before a sign and belongs to it; `accounts`: full name of a 科目, as printed → the facts that hold it."""

    document: Document
    names: Mapping[str, str]
    days: Mapping[str, str]
    labels: Mapping[str, str]
    accounts: Mapping[str, tuple[str, ...]]


def renderings(pack: Pack, year: int) -> Iterator[Rendering]:
    ordinary = made(pack, year)
    for change in (_as_it_is, _reversed, _alike, _fallen_to_nothing, _risen_from_nothing):
        sample = Sample(Kind.ORDINARY, year, copy.deepcopy(ordinary.tree))
        change(list(instances(pack.form.fields, sample.tree)))
        yield _rendered(sample, pack)
    few = Sample(Kind.ORDINARY, year, copy.deepcopy(ordinary.tree))
    _one_row_each(pack.form.fields, few.tree)
    yield _rendered(few, pack)
    yield _rendered(Sample(Kind.ORDINARY, year, copy.deepcopy(ordinary.tree)), pack, labelled=True)
    everything = Sample(Kind.ORDINARY, year, copy.deepcopy(ordinary.tree))
    _filled_up(everything, pack)
    yield _rendered(everything, pack)
    _alike_in_one_part(list(instances(pack.form.fields, everything.tree)))
    yield _rendered(everything, pack)
    for kind in (Kind.ZERO, Kind.EMPTY):
        yield _rendered(of_kind(ordinary, pack, kind), pack)


def _rendered(sample: Sample, pack: Pack, *, labelled: bool = False) -> Rendering:
    """`labelled`: names hold their own label («项目名称〇»): a pack may write «项目» behind those that do not."""
    fields = pack.form.fields
    sign, day = _FIRST, 0
    for one in instances(fields, sample.tree):
        if one.field.kind == "日期" and one.value:
            day += 1
            one.holder[one.field.name] = f"{sample.year + 1}-{day % 9 + 1:02d}-{day % 17 + 11}"
    for one in list(instances(fields, sample.tree)):
        wanted = one.value or (one.field.when and sample.kind is not Kind.EMPTY)
        if one.field.kind in TEXT_KINDS and wanted and sign < SIGNS.stop:
            before = one.field.label if labelled and one.field.kind == "文字" else ""
            one.holder[one.field.name] = before + chr(sign) * (1 if one.field.kind == "文字" else 2)
            sign += 1
    named = list(instances(fields, sample.tree))
    names = {one.value[-1]: one.name for one in named if one.field.kind in TEXT_KINDS and one.value}
    days = {_printed_day(one.value): one.name for one in named if one.field.kind == "日期" and one.value}
    source = as_source(sample)
    facts = complete(pack.form, to_facts((source,), fields, pack.report.accounts).value)
    document = make_document(Case(pack, facts.value, "", sources=(source,))).value
    labels = {one.value[-1]: one.field.label for one in named if labelled and one.field.kind == "文字" and one.value}
    accounts: dict[str, tuple[str, ...]] = {}
    for one in named:
        if one.field.kind in ACCOUNT_KINDS and one.value:
            full = pack.report.accounts.full_name(one.value, sample.year)
            accounts[full] = (*accounts.get(full, ()), one.name)
    return Rendering(document, names, days, labels, accounts)


def _printed_day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _one_row_each(spec: Spec, tree: Tree) -> None:
    for name, child in children_of(spec).items():
        if isinstance(child, RowsSpec):
            key = child.columns.get(child.key)
            rows = tree.get(name, [])
            if not (isinstance(key, Field) and key.kind == "选项"):
                tree[name] = rows = [row for row in rows if "否" not in row.values()][:1]
            for row in rows:
                _one_row_each(child, row)
        elif not isinstance(child, Field):
            _one_row_each(child, tree.get(name, {}))


def _filled_up(sample: Sample, pack: Pack) -> None:
    """Figures that may be left out, too."""
    values = Values(pack.report.accounts, sample.year)
    for one in list(instances(pack.form.fields, sample.tree)):
        if not one.value and one.field.kind in NUMBER_KINDS and not one.field.formula:
            one.holder[one.field.name] = values.text(one.field, 0, 0)


Change = Callable[[list[Instance]], None]


def _amounts(found: list[Instance]) -> list[Instance]:
    return [one for one in found if one.field.kind in ("金额", "个数") and one.value]


def _as_it_is(found: list[Instance]) -> None:
    pass


def _reversed(found: list[Instance]) -> None:
    amounts = [one for one in found if one.field.kind == "金额" and one.value]
    values = [one.value for one in amounts]
    for one, value in zip(amounts, reversed(values), strict=True):
        one.holder[one.field.name] = value
    for one in found:
        if one.field.kind == "是否" and one.value:
            one.holder[one.field.name] = "否" if one.value == "是" else "是"
        elif one.field.kind == "选项" and one.value in one.field.choices:
            choices = one.field.choices
            one.holder[one.field.name] = choices[(choices.index(one.value) + 1) % len(choices)]


def _alike(found: list[Instance]) -> None:
    for one in _amounts(found):
        one.holder[one.field.name] = "300000" if one.field.kind == "金额" else "3"


def _alike_in_one_part(found: list[Instance]) -> None:
    """What may be left out is nothing: a total is its one part, and all of it can have been paid."""
    _alike(found)
    for one in _amounts(found):
        if one.field.kind == "金额" and one.field.default is not None:
            one.holder[one.field.name] = "0"


def _is_compared(one: Field) -> bool:
    return bool(one.prior_of) or "上年" in one.path or "预算" in one.name


def _fallen_to_nothing(found: list[Instance]) -> None:
    for one in _amounts(found):
        if not _is_compared(one.field):
            one.holder[one.field.name] = "0"


def _risen_from_nothing(found: list[Instance]) -> None:
    for one in _amounts(found):
        if _is_compared(one.field):
            one.holder[one.field.name] = "0"
