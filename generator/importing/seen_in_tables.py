"""What the tables show about the form: their order, titles, lines and columns, as the pack's 看出 says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.importing.filler import Filled, Filler
from generator.official_tables.import_form import ImportForm, Sign, closeness
from generator.official_tables.official_table import OfficialTable


def fill_seen(filler: Filler, tables: Sequence[OfficialTable], form: ImportForm) -> None:
    """Only what a table shows beyond doubt; that something is missing counts where the table stands under its title."""
    known = {table.form.name: (at, table) for at, table in enumerate(tables)}
    for sign in form.signs:
        if sign.table not in known:
            continue
        _, table = known[sign.table]
        value = _value(sign, table, known) or (sign.otherwise if table.is_titled and not table.is_doubtful else "")
        if value and (not sign.before or all(other in known for other in sign.before.values())):
            filler.imported.values.setdefault(sign.path, Filled(value, table.place))


def _value(sign: Sign, table: OfficialTable, known: Mapping[str, tuple[int, OfficialTable]]) -> str:
    for value, words in sign.words.items():
        if any(closeness(words, (line,)) for line in table.words):
            return value
    for value, column in sign.columns.items():
        if column in table.columns:
            return value
    for value, other in sign.before.items():
        at, behind = known.get(other, (-1, None))
        if behind is not None and behind.place.file == table.place.file and known[sign.table][0] < at:
            return value
    return ""
