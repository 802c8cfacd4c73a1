"""Forms that run over several pages of a document: what goes on without a title is put under the list above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.filled_forms.find_forms import FoundForm, forms_on
from generator.filled_forms.form_grid import FormGrid
from generator.filled_forms.form_heads import head_in
from generator.filled_forms.form_words import FormLayout
from generator.official_tables.import_form import closeness
from generator.official_tables.sheet_blocks import Page

_NO_LINE = re.compile(r"[\s\d—\-–第页共/]*|\(?（?续表?）?\)?")


@dataclass(frozen=True, slots=True)
class FoundForms:
    """`others`: the pages on which there is no form; `torn`: those right behind a form's open list whose columns are
    others than the list's."""

    forms: tuple[FoundForm, ...]
    others: tuple[Page, ...]
    torn: tuple[tuple[FoundForm, Page], ...]


def find_forms(pages: Iterable[Page], layouts: Sequence[FormLayout]) -> FoundForms:
    """All forms of the pages, pieces joined. Sheets of a workbook are never pieces: people name and title those."""
    forms: list[FoundForm] = []
    others: list[Page] = []
    torn: list[tuple[FoundForm, Page]] = []
    before: Page | None = None
    for page in pages:
        here = forms_on(page, layouts) if layouts else []
        open_form = forms[-1] if forms and before is forms[-1].grid.pages[-1] else None
        joined = _joined(open_form, page, here) if open_form is not None else None
        if joined is not None:
            forms[-1] = joined
        elif here:
            forms.extend(here)
        else:
            others.append(page)
            if open_form is not None and open_form.words.lists and _may_go_on(open_form, page, with_total=True):
                torn.append((open_form, page))
        before = page
    return FoundForms(tuple(forms), tuple(others), tuple(torn))


def _joined(form: FoundForm, page: Page, here: Sequence[FoundForm]) -> FoundForm | None:
    """The form with the page's rows behind its own; None where they are none of its list."""
    if not _may_go_on(form, page):
        return None
    if here and (len(here) > 1 or here[0].words is not form.words or form.words.each):
        return None
    columns = _list_columns(form)
    own = FormGrid(page)
    rows = [row for row in own.rows if row > 0]
    if not columns or not rows or not len(columns) - 1 <= own.last_column <= len(columns):
        return None
    listed = form.words.lists[0]
    head = head_in(own, rows[:1], listed.columns, listed.least, 0, "")
    form.grid.extend(own, columns, rows[0] + (head is not None))
    return replace(form, last=form.grid.rows[-1])


def _may_go_on(form: FoundForm, page: Page, *, with_total: bool = False) -> bool:
    """Of the same document, nothing above it but perhaps a page's number, its rows as full as those of an open list."""
    above = [page.grid.text(row, column) for row, cells in page.grid.rows.items() if row < 1 for column in cells]
    if page.named or page.file != form.grid.page.file or not all(map(_NO_LINE.fullmatch, above)):
        return False
    if with_total and not form.words.lists[0].total_rows:
        return False  # nothing says that the list is not over
    columns = _list_columns(form)
    return bool(columns) and any(len(cells) * 2 >= len(columns) for row, cells in page.grid.rows.items() if row > 0)


def _list_columns(form: FoundForm) -> list[int]:
    """Where the columns of the form's one list begin; none when it has no such list, or its total is there."""
    if len(form.words.lists) != 1:
        return []
    listed = form.words.lists[0]
    rows = [row for row in form.grid.rows if form.start <= row <= form.last]
    head = head_in(form.grid, rows, listed.columns, listed.least, 0, "")
    if head is None:
        return []
    behind = (cell for row in rows if row > head.rows[-1] for cell in form.grid.beginning_in(row))
    ends = (listed.total_rows, *form.words.labels)
    if any(closeness(words, (cell.label,)) for cell in behind for words in ends):
        return []
    return sorted({cell.column for row in head.rows for cell in form.grid.covering(row)})
