"""Where on the pages forms stand, and which of the pack's forms each is: by its title, else by its labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.filled_forms.form_grid import FormGrid
from generator.filled_forms.form_heads import head_in
from generator.filled_forms.form_words import FormLayout
from generator.official_tables.import_form import closeness
from generator.official_tables.sheet_blocks import Page
from generator.official_tables.titles import is_title_like, plain_title


@dataclass(frozen=True, slots=True)
class FoundForm:
    """`first` … `last`: its rows, from the title on; `start`: the first row behind the title."""

    words: FormLayout
    grid: FormGrid
    first: int
    start: int
    last: int


@dataclass(slots=True)
class _Stretch:
    """Rows under one title, or from one project's name to the next. `form`: None = by labels, False = another's."""

    first: int
    start: int
    form: FormLayout | bool | None
    rows: list[int]


def forms_on(page: Page, forms: Sequence[FormLayout]) -> list[FoundForm]:
    """The forms of one page, from top to bottom; none where it holds other things."""
    grid = FormGrid(page)
    by_sheet = form_titled(page.name, forms) if page.named else None
    found: list[FoundForm] = []
    before: FormLayout | None = None
    for stretch in _stretches(grid, forms):
        known = stretch.form
        if known is False or not stretch.rows:
            before = None
            continue
        words = known if isinstance(known, FormLayout) else before or by_sheet or _by_labels(grid, stretch, forms)
        if words is not None and _has_any(grid, stretch, words):
            found.append(FoundForm(words, grid, stretch.first, stretch.start, stretch.rows[-1]))
            before = words
    return found


def form_titled(text: str, forms: Sequence[FormLayout]) -> FormLayout | None:
    """The form whose title the text ends in; the longest wording decides."""
    plain = plain_title(text)
    best: tuple[int, FormLayout] | None = None
    for form in forms:
        if any(word in plain for word in form.excluded):
            continue
        length = max((len(title) for title in form.titles if plain.endswith(title)), default=0)
        if length and (best is None or length > best[0]):
            best = (length, form)
    return best[1] if best else None


def _stretches(grid: FormGrid, forms: Sequence[FormLayout]) -> Iterator[_Stretch]:
    current = _Stretch(grid.rows[0] if grid.rows else 1, 1, None, [])
    named = False
    for row in grid.rows:
        title = _title_in(grid, row, forms)
        starts = row > 0 and _names_one(grid, row, forms)
        if title is not None:
            if current.rows:
                yield current
                current, named = _Stretch(row, row + 1, title, []), False
            else:  # of titles below each other ours counts, else the last
                current.form = title if isinstance(title, FormLayout) or current.form is None else current.form
                current.start = row + 1
        elif starts and named:
            yield current
            current = _Stretch(row, row, None, [row])
        elif row > 0:
            current.rows.append(row)
            named |= starts
    yield current


def _title_in(grid: FormGrid, row: int, forms: Sequence[FormLayout]) -> FormLayout | bool | None:
    """The form that the row names; False = it names something else, None = it is no title."""
    cells = grid.beginning_in(row)
    if len(cells) > 3 or any(cell.text.replace(".", "").isdecimal() for cell in cells):
        return None
    for cell in cells:
        known = form_titled(cell.text, forms)
        if known is not None and len(cell.text) <= 60:
            return known
    return False if len(cells) == 1 and is_title_like(cells[0].text) else None


def _names_one(grid: FormGrid, row: int, forms: Sequence[FormLayout]) -> bool:
    """Whether the row begins with the label of what a form is about, 项目名称."""
    cells = grid.beginning_in(row)
    if not cells or len(cells) > 4:
        return False
    keys = [next(iter(form.beside.values())) for form in forms if form.each and form.beside]
    return any(closeness(words, (label,)) for words in keys for label in (cells[0].label, inside(cells[0].text)[0]))


def inside(text: str) -> tuple[str, str]:
    """«项目名称：甲» in one cell → label and value; ("", "") when it is not so."""
    label, colon, value = text.replace("：", ":").partition(":")
    return (label.strip(), value.strip()) if colon and value.strip() else ("", "")


def _by_labels(grid: FormGrid, stretch: _Stretch, forms: Sequence[FormLayout]) -> FormLayout | None:
    """The one form most of whose labels are there; None where two are equally likely."""
    scores = [(_likeness(grid, stretch, form), form) for form in forms]
    best = max((score for score, _ in scores), default=0.0)
    likely = [form for score, form in scores if score == best]
    return likely[0] if best >= 0.6 and len(likely) == 1 else None


def _likeness(grid: FormGrid, stretch: _Stretch, form: FormLayout) -> float:
    """The part of its labels that are there. A form about projects needs the project's label, a list its head."""
    if form.each and not any(_names_one(grid, row, (form,)) for row in stretch.rows):
        return 0
    there, wanted = _labels_there(grid, stretch, form), len(list(form.labels))
    for one in form.lists:
        head = head_in(grid, stretch.rows, one.columns, one.least, 0, form.name)
        if head is None:
            return 0
        there, wanted = there + len(head.spans), wanted + len(one.columns)
    return there / wanted if wanted else 0


def _labels_there(grid: FormGrid, stretch: _Stretch, form: FormLayout) -> int:
    labels = {cell.label for row in stretch.rows for cell in grid.beginning_in(row) if len(cell.label) < 40}
    return sum(any(word.steps[-1].fullmatch(label) for word in words for label in labels) for words in form.labels)


def _has_any(grid: FormGrid, stretch: _Stretch, form: FormLayout) -> bool:
    heads = (head_in(grid, stretch.rows, one.columns, one.least, 0, form.name) for one in form.lists)
    return any(head is not None for head in heads) or _labels_there(grid, stretch, form) >= 2
