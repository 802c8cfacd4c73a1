"""A table declared once: its columns say what stands above them, which field fills them and what others call them.

From that follow, as data that the other rooms already know: the head of the drawn table, its rows of 科目 and of totals
(tables/*.yaml of `render/table_compiler`), and how the table is recognised and read (import.yaml of
`official_tables/import_form`).

    列: [{头: 项目/科目编码, 值: 编码, 宽: 20, 对齐: 左}, …, {头: 本年支出/基本支出, 字段: 基本支出, 叫法: [基本支出]}]
    行: [{合计: 支出}, {科目: 支出功能分类 | 有数()}]
    读: 支出决算表
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, finding
from generator.filled_forms.form_words import is_labelled
from generator.form.arrangement import OfficialColumn, OfficialTable
from generator.names import did_you_mean
from generator.pack.drawing_read import fills
from generator.place import Located, Place, place_of

ABOVE, FIELD, TOTAL, ACCOUNTS, ALIASES, AS = "头", "字段", "合计", "科目", "叫法", "读作"
READ, NUMBERS, CHANGED, FILLED = "读", "栏次", "改列", "填报"
_CODE, _NAME = "编码", "名称"
_COLUMN_WORDS = (ABOVE, FIELD, "值", TOTAL, ALIASES, AS)
_READ_WORDS = ("表", "题名", "不含", "科目", "合计", "填入")


class DeclaredTable:
    """One tables/*.yaml whose columns are declared; `drawn` and `reading` are what follows."""

    def __init__(self, name: str, file: str, spec: Mapping[str, Any]) -> None:
        self.name, self.file, self.spec = name, file, spec
        self.findings: list[Diagnostic] = []
        columns = spec.get("列")
        self.columns = [one for one in (columns if isinstance(columns, list) else []) if isinstance(one, Mapping)]
        self._change_columns()

    def wrong(self, at: object, reason: str) -> None:
        place = place_of(at) or Place(self.file)
        self.findings.append(finding("T105", place, name=self.name, reason=reason))

    def _change_columns(self) -> None:
        """改列: columns of an inherited table, found by their last label, their field or their number."""
        changes = self.spec.get(CHANGED)
        if changes is None:
            return
        if not isinstance(changes, Mapping):
            self.wrong(changes, f"“{CHANGED}”要写成“列的名称: {{要改的词: 值}}”")
            return
        for name, change in changes.items():
            at = next((n for n, one in enumerate(self.columns) if name in self._names_of(n, one)), None)
            if at is None:
                known = [self._names_of(n, one)[0] for n, one in enumerate(self.columns)]
                self.wrong(name, f"没有“{name}”这一列。{did_you_mean(str(name), known)}")
            elif isinstance(change, Mapping):
                self.columns[at] = {**self.columns[at], **change}
            else:
                self.wrong(name, f"“{CHANGED}”的“{name}”要写成 {{要改的词: 值}}")

    @staticmethod
    def _names_of(number: int, column: Mapping[str, Any]) -> tuple[str, ...]:
        label = str(column.get(ABOVE, "")).rpartition("/")[2]
        return (label or str(number + 1), str(column.get(FIELD, "")), str(number + 1))

    # -- drawn

    def drawn(self) -> dict[str, Any]:
        """The table in the words that draw it; words that are not of a declaration stay as they are."""
        spec = {word: value for word, value in self.spec.items() if word not in (READ, NUMBERS, CHANGED, FILLED)}
        if CHANGED in self.spec:
            spec["列"] = list(self.columns)
        if not any(ABOVE in one for one in self.columns):
            return spec
        for one in self.columns:
            if not isinstance(one.get(ABOVE), str):
                self.wrong(one.get(ABOVE) or next(iter(one), None), f"每一列都要写“{ABOVE}”（表头上的名称），写成文字")
        spec["列"] = [{word: value for word, value in one.items() if word not in _COLUMN_WORDS} for one in self.columns]
        more = spec.get("表头")
        if not self.findings:  # else the head would be judged as well
            spec["表头"] = [*self._head(), *self._numbers(), *(more if isinstance(more, list) else [])]
        rows = spec.get("行")
        if isinstance(rows, list):
            spec["行"] = [self._row(row) for row in rows]
        return spec

    def _head(self) -> list[list[Any]]:
        """Rows of head cells from the columns' paths; what is short reaches down from its uppermost cell."""
        paths = [str(one.get(ABOVE, "")).split("/") for one in self.columns]
        rows: list[list[Any]] = [[] for _ in range(max(map(len, paths)))]
        self._cells(paths, range(len(paths)), 0, 0, rows)
        return rows

    def _cells(
        self, paths: Sequence[Sequence[str]], span: Sequence[int], part: int, level: int, rows: list[list[Any]]
    ) -> None:
        """Cells over the columns of `span`, which share the labels before `part`; the first stand in row `level`."""
        done = 0
        while done < len(span):
            path = paths[span[done]]
            group = [span[done]]
            if len(path) > part + 1:  # a label with others below it reaches as far as it is the same
                for one in span[done + 1 :]:
                    if paths[one][: part + 1] != path[: part + 1] or len(paths[one]) == part + 1:
                        break
                    group.append(one)
            below = max(len(paths[one]) for one in group) - part - 1
            height = len(rows) - level - below if part == 0 or not below else 1
            cell: dict[str, Any] = {"文": Located(path[part], place_of(self.columns[group[0]][ABOVE])), "对齐": "中"}
            if len(group) > 1:
                cell["跨列"] = len(group)
            if height > 1:
                cell["跨行"] = height
            rows[level].append(cell)
            if below:
                self._cells(paths, group, part + 1, level + height, rows)
            done += len(group)

    def _numbers(self) -> Iterator[Any]:
        """栏次: the line that counts the columns of figures."""
        asked = self.spec.get(NUMBERS)
        if asked is None:
            return
        labels = [one for one in self.columns if one.get("值") in (_CODE, _NAME)]
        first: list[Any] = [{"文": "栏次", "对齐": "中", "跨列": len(labels)}] if labels else []
        counted = [{"文": str(number + 1), "对齐": "中"} for number in range(len(self.columns) - len(labels))]
        yield {"单元": [*first, *counted], **({} if asked == "是" else {"当": asked})}

    def _row(self, row: Any) -> Any:
        if not isinstance(row, Mapping) or not (ACCOUNTS in row or TOTAL in row):
            return row
        rest = {word: value for word, value in row.items() if word not in (ACCOUNTS, TOTAL)}
        return {**(self._accounts(row[ACCOUNTS]) if ACCOUNTS in row else self._total(row[TOTAL])), **rest}

    def _accounts(self, rows: Any) -> dict[str, Any]:
        """A line for each 类, 款 and 项 of a field, 类 in bold."""
        names = [str(one[FIELD]) for one in self.columns if FIELD in one and "值" not in one]
        place = place_of(rows)
        quoted = ", ".join(f"'{name}'" for name in names)
        cells: list[Any] = []
        for one in self.columns:
            value = one.get("值", one.get(FIELD))
            if value is None:
                self.wrong(one.get(ABOVE), "这一列没有写“字段”，也没有写“值”")
            expression = value if str(value).startswith("=") else f"=行.{value}"
            cells.append(Located(str(expression), place_of(value)))
        return {
            "逐行": Located(f"={str(rows).removeprefix('=')} | 类款项({quoted})", place),
            "单元": cells,
            "粗": Located("=行.级 == 1", place),
        }

    def _total(self, group: Any) -> dict[str, Any]:
        """The line of totals: of each column the field of this name in `group`, or what its «合计» names."""
        labels = sum(one.get("值") in (_CODE, _NAME) for one in self.columns)
        cells: list[Any] = [{"文": "合计", "对齐": "中", **({"跨列": labels} if labels > 1 else {})}] if labels else []
        for one in self.columns:
            if one.get("值") not in (_CODE, _NAME):
                cells.append(Located(f"={self._total_path(group, one)}", place_of(group)))
        return {"单元": cells, "粗": "是"}

    def _total_path(self, group: Any, column: Mapping[str, Any]) -> str:
        """«支出.基本支出»; a «合计» written as {组: 支出, 基本支出: 另一项} names what stands elsewhere."""
        field = str(column.get(FIELD, ""))
        named = group if isinstance(group, Mapping) else {"组": group}
        return str(named.get(field, f"{named.get('组')}.{column.get(TOTAL, field)}"))

    # -- filled in

    def judge_filled(self, fields: Mapping[Any, Any]) -> None:
        """填报 has to name a table of the form."""
        asked = self.spec.get(FILLED)
        tables = [str(name) for name, spec in fields.items() if isinstance(spec, Mapping) and "行" in spec]
        if asked is not None and asked not in tables:
            self.wrong(asked, f"fields.yaml 里没有“{asked}”这张表。{did_you_mean(str(asked), tables)}")

    def official(self) -> tuple[str, OfficialTable] | None:
        """The table of the form that fills its rows of 科目, and how it lies in a workbook: the columns of one 科目,
        where the drawn table has several side by side (06表: 人员经费 and 公用经费)."""
        rows = [row for row in self.spec.get("行") or () if isinstance(row, Mapping)]
        filled = [str(row[ACCOUNTS]).removeprefix("=").partition("|")[0].strip() for row in rows if ACCOUNTS in row]
        filled = filled or [str(self.spec[FILLED])] if FILLED in self.spec else filled
        if len(filled) != 1 or self.findings or not all(isinstance(one.get(ABOVE), str) for one in self.columns):
            return None
        total = next((row[TOTAL] for row in rows if TOTAL in row), None)
        columns: list[OfficialColumn] = []
        for one in self.columns:
            field, shows = str(one.get(FIELD, "")), one.get("值")
            if shows == _CODE and columns:
                break
            path = self._total_path(total, one) if total is not None and field else ""
            columns.append(OfficialColumn(tuple(str(one[ABOVE]).split("/")), str(shows or field), path))
        return filled[0], OfficialTable(self.name, tuple(columns))

    # -- read

    def reading(self) -> tuple[str, dict[str, Any]] | None:
        """The entry of import.yaml that reads the table back into the fields that fill it, and its name there.

        «读: 支出决算表» fills from a table that import.yaml describes , «读: {题名: …}» describes it as well.
        What neither the columns' fields nor single cells say stands under «填入».
        """
        asked = self.spec.get(READ)
        if asked is None:
            return None
        if not isinstance(asked, str | Mapping):
            self.wrong(next(iter(asked), None), f"“{READ}”要写 import.yaml 里一张表的名称，或“题名: …”的一组内容")
            return None
        words = asked if isinstance(asked, Mapping) else {"表": asked}
        if is_labelled(words):  # its labels stand in the words themselves: `filled_forms` judges them
            return self.name, dict(words)
        for word in words:
            if word not in _READ_WORDS:
                self.wrong(word, f"“{READ}”里有不认识的词“{word}”。{did_you_mean(str(word), _READ_WORDS)}")
        fields = [one for one in self.columns if FIELD in one]
        official = {str(one[FIELD]): str(one.get(AS, one[FIELD])) for one in fields}
        fill: dict[Any, Any] = {}
        rows = self.spec.get("行")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping) and ACCOUNTS in row:
                fill[str(row[ACCOUNTS]).partition("|")[0].strip()] = {"列": official}
            if isinstance(row, Mapping) and TOTAL in row:
                elsewhere = row[TOTAL] if isinstance(row[TOTAL], Mapping) else {}
                for one in fields:
                    if one[FIELD] not in elsewhere:  # else it belongs to another table
                        path = Located(self._total_path(row[TOTAL], one), place_of(row[TOTAL]))
                        fill[path] = f"合计·{official[str(one[FIELD])]}"
        stated = words.get("填入")
        if isinstance(stated, Mapping):
            fill |= stated
        entry: dict[str, Any] = {"填入": fill}
        if "题名" in words:
            entry.update({word: words[word] for word in ("题名", "不含", "科目") if word in words})
            usual = {official[str(one[FIELD])]: [str(one.get(ABOVE, "")).rpartition("/")[2]] for one in fields}
            entry["列"] = usual | {official[str(one[FIELD])]: one[ALIASES] for one in fields if ALIASES in one}
            entry["行"] = {"合计": words.get("合计") or ["合计", "总计"]}
        return str(words.get("表") or self.name), entry

    def printed_alone(self, form: Mapping[str, Any], fields: Any) -> dict[Any, str]:
        """Fields that single cells of the table print, and where `form` has them."""
        rows = self.spec.get("行")
        paths = [str(one.get(ABOVE, "")) for one in self.columns]
        return fills(rows if isinstance(rows, list) else [], paths, form, fields)


def read_back(tables: Iterable[DeclaredTable], described: Mapping[str, Any], fields: Any) -> dict[str, Any]:
    """The entries of import.yaml that follow from tables with «读»; `described`: those that it describes itself.

    What one table's columns or «填入» claim is not read from a single cell of another: two official tables may differ
    by a 尾差.
    """
    entries: dict[str, Any] = {}
    drawn: dict[str, dict[Any, str]] = {}
    for table in tables:
        reading = table.reading()
        if reading is None:
            continue
        name, entry = reading
        if is_labelled(entry):
            entries[name] = entry
            continue
        if "列" not in entry and name not in described:
            table.wrong(table.spec[READ], f"“{READ}”写的“{name}”，import.yaml 里没有。{did_you_mean(name, described)}")
            continue
        entries[name] = entry
        form = described.get(name)
        drawn[name] = table.printed_alone(form, fields) if isinstance(form, Mapping) else {}
    claimed = {path for entry in entries.values() for path in entry.get("填入", ())}
    for name, cells in drawn.items():
        entries[name]["填入"] = {path: at for path, at in cells.items() if path not in claimed} | entries[name]["填入"]
    return entries
