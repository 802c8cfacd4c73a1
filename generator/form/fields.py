"""What an office fills in: a pack's fields.yaml as a checked value.

This module knows the words of fields.yaml; it knows nothing of how an office's figures are written down.
The words are documented in templates/README.md, section “填报项 fields.yaml”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Outcome, Severity, finding
from generator.facts.fact import YEAR_ROLE
from generator.form.arrangement import Arrangement
from generator.names import did_you_mean
from generator.place import Located, Place, place_of

TEXT_KINDS = ("文字", "长文", "原因")
ACCOUNT_KINDS = ("功能科目", "经济科目")
NUMBER_KINDS = ("金额", "个数", "数值", "百分比")
KINDS = (*TEXT_KINDS, *NUMBER_KINDS, "年度", "日期", "是否", "选项", *ACCOUNT_KINDS)
TOP_WORDS = ("报告", "金额单位", "结转记录")
"""Words of an input file that are not fields."""

RESERVED = (*TOP_WORDS, "上年", "行", "组", "列", "评分表")
_KEY_KINDS = ("文字", "选项", *ACCOUNT_KINDS)
_SEVERITIES = {"错误": Severity.ERROR, "警告": Severity.WARNING, "无": None}
_FLAGS = {"是": True, "否": False, True: True, False: False}
_FIELD_WORDS = (
    *("类型", "标签", "必填", "缺省", "计算", "核对", "当", "年度性", "沿用", "上年对应"),
    *("可比", "变动年度", "清空", "级次", "单位", "选项", "可负", "说明"),
    *("可填无", "承上", "单位在", "方向在", "倒推"),
)
_GROUP_WORDS = ("标签", "说明", "字段", "行")
_ROWS_WORDS = ("标签", "说明", "主键", "必填", "沿用", "字段", "预填")
_ONLY_FOR = {
    "级次": ACCOUNT_KINDS,
    "单位": ("个数", "数值"),
    "选项": ("选项",),
    "可负": ("金额",),
    "可填无": TEXT_KINDS,
    "承上": ("文字", "选项"),
    "单位在": ("数值",),
    "方向在": ("数值",),
    "倒推": ("金额", "个数"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One value. `path` is the place in the form («支出明细.科目»), without row keys.

    `default`, `formula` and `when` are texts as the pack wrote them; `formula` and `when` without the leading "=".
    `reconcile` is how loudly a typed value that differs from `formula` is reported; None = not at all.
    `changes`: years in which the form changed here, so that a carried value has to be looked at. `cleared`: a text that
    is not even offered next year. `like`: the field whose figure is of the same size in an ordinary year (可比; what
    上年对应 names, unless 可比 says 否), "" = none. `none_is_answer`: a text that has to be written and may be «无».
    `fills_down`: a blank cell of this column repeats the one above. `unit_in`, `sign_in`: columns of the same row to
    which the unit and the direction of «≥98%» belong. `spellings`: how else a choice may be typed → the choice.
    `parts`: of a total that says what its parts are (倒推), the fields beside it that its formula adds up.
    """

    name: str
    path: str
    kind: str
    label: str
    required: bool = False
    default: str | None = None
    formula: str = ""
    reconcile: Severity | None = Severity.ERROR
    when: str = ""
    yearly: bool = False
    carried: bool = False
    prior_of: str = ""
    like: str = ""
    level: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    negative: bool = False
    changes: tuple[int, ...] = ()
    cleared: bool = False
    none_is_answer: bool = False
    fills_down: bool = False
    unit_in: str = ""
    sign_in: str = ""
    spellings: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """`roles`: of the whole form, the paths of the fields that play a part for the program (`facts.fact.ROLES`);
    `arrangement`: of the whole form, how its workbook is laid out."""

    name: str
    path: str
    label: str
    children: Mapping[str, Spec]
    help: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    arrangement: Arrangement = field(default_factory=Arrangement)

    @property
    def year(self) -> Field | None:
        """The field of the fiscal year; it stands outside all groups."""
        found = self.children.get(self.roles.get(YEAR_ROLE, ""))
        return found if isinstance(found, Field) else None


@dataclass(frozen=True, slots=True)
class RowsSpec:
    """A table; `key` is the column that identifies a row, "" when rows are counted. `given`: the rows with which a
    blank form begins, column → text."""

    name: str
    path: str
    label: str
    key: str
    required: bool
    carried: bool
    columns: Mapping[str, Spec]
    help: str = ""
    given: tuple[Mapping[str, str], ...] = ()


Spec = Field | GroupSpec | RowsSpec
Fields = GroupSpec
"""The whole form: a group without name."""


def children_of(spec: Spec) -> Mapping[str, Spec]:
    if isinstance(spec, GroupSpec):
        return spec.children
    return spec.columns if isinstance(spec, RowsSpec) else {}


def walk_fields(spec: Spec) -> Iterator[Field]:
    """Every single field, in the order of the form; the columns of tables included."""
    if isinstance(spec, Field):
        yield spec
    for child in children_of(spec).values():
        yield from walk_fields(child)


def walk_tables(spec: Spec) -> Iterator[RowsSpec]:
    """Every table, tables within rows included."""
    if isinstance(spec, RowsSpec):
        yield spec
    for child in children_of(spec).values():
        yield from walk_tables(child)


def parse_fields(data: Mapping[object, object], file: str) -> Outcome[Fields]:
    """fields.yaml as data → the form. What is wrong is reported (T201–T217) and left out."""
    reader = _FieldsParser(Place(file))
    for name in data:
        if name in RESERVED:
            reader.place = place_of(name) or reader.place
            reader.report("T210", name=name)
    children = reader.children(data, "")
    years = [one.name for one in children.values() if isinstance(one, Field) and one.kind == YEAR_ROLE]
    fields = Fields("", "", "", children, roles={YEAR_ROLE: years[0]} if years else {})
    for one in walk_fields(fields):
        for word, sibling, kinds in (("单位在", one.unit_in, ("文字",)), ("方向在", one.sign_in, ("选项",))):
            beside = _target(fields, one, sibling) if sibling else None
            if sibling and (beside is None or beside.kind not in kinds or _parent(beside) != _parent(one)):
                reader.place = reader.places.get(one.path, reader.place)
                suggestion = f"请写同一行里类型是“{kinds[0]}”的一项"
                reader.report("T208", path=one.path, word=word, target=sibling, suggestion=suggestion)
        beside_it = [_target(fields, one, f"{_parent(one)}.{part}".lstrip(".")) for part in one.parts]
        if not all(part and part.kind == one.kind and part.required and not part.negative for part in beside_it):
            reader.place = reader.places.get(one.path, reader.place)
            reader.report("T218", path=one.path, formula=one.formula or "没有写")
        likes = [part.strip() for part in one.like.split("+") if one.like != one.prior_of]
        for word, target in (("上年对应", one.prior_of), *(("可比", part) for part in likes)):
            if target and _target(fields, one, target) is None:
                reader.place = reader.places.get(one.path, reader.place)
                paths = [f.path for f in walk_fields(fields)]
                reader.report(
                    "T208",
                    path=one.path,
                    word=word,
                    target=target,
                    suggestion=did_you_mean(target, paths) or "请改正",
                )
    return Outcome(fields, tuple(reader.findings))


def prior_target(fields: Fields, one: Field) -> Field | None:
    """The field whose figure becomes `one` next year: 上年对应 names a sibling or a full path."""
    return _target(fields, one, one.prior_of)


def _target(fields: Fields, one: Field, target: str) -> Field | None:
    parent = _parent(one)
    for path in (f"{parent}.{target}" if parent else target, target):
        spec: Spec | None = fields
        for part in path.split("."):
            spec = children_of(spec).get(part) if spec is not None else None
        if isinstance(spec, Field):
            return spec
    return None


def _parent(one: Field) -> str:
    return one.path.rpartition(".")[0]


@dataclass(slots=True)
class _FieldsParser:
    place: Place
    findings: list[Diagnostic] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    """Where each name stands, by path."""

    def report(self, code: str, **values: object) -> None:
        self.findings.append(finding(code, self.place, **values))

    def children(self, data: Mapping[object, object], path: str) -> dict[str, Spec]:
        found: dict[str, Spec] = {}
        for key, value in data.items():
            name, inner = str(key), f"{path}.{key}" if path else str(key)
            self.place = self.places[inner] = place_of(key) or self.place
            if not name.isidentifier():
                self.report("T203", name=name, path=inner)
            elif not isinstance(value, Mapping):
                self.report("T211", path=inner)
            else:
                spec = self.spec(name, inner, value)
                if spec is not None:
                    found[name] = spec
        return found

    def spec(self, name: str, path: str, data: Mapping[object, object]) -> Spec | None:
        label, help_ = self.text(data, "标签", path) or name, self.text(data, "说明", path)
        if "类型" in data:
            return self.field(name, path, label, help_, data)
        if "行" in data and isinstance(data["行"], Mapping):
            self.known_words(data, _GROUP_WORDS, path)
            rows = data["行"]
            self.known_words(rows, _ROWS_WORDS, f"{path}.行")
            columns = self.children(self.mapping(rows, "字段", path), path)
            key = self.text(rows, "主键", path)
            self.place = place_of(rows.get("主键")) or self.place
            if key and key not in columns:
                self.report("T207", path=path, key=key, suggestion=did_you_mean(key, columns) or "请改正")
                key = ""
            elif key and getattr(columns[key], "kind", "") not in _KEY_KINDS:
                self.report("T215", path=path, key=key, kinds="、".join(_KEY_KINDS))
                key = ""
            required, carried = self.flag(rows, "必填", path), self.flag(rows, "沿用", path)
            given = self.given(rows, columns, path)
            return RowsSpec(name, path, label, key, required, carried, columns, help_, given)
        if "字段" in data:
            self.known_words(data, _GROUP_WORDS, path)
            return GroupSpec(name, path, label, self.children(self.mapping(data, "字段", path), path), help_)
        unknown = [str(word) for word in data if word not in _FIELD_WORDS and word not in _GROUP_WORDS]
        suggestion = next((s for s in (did_you_mean(w, ("类型", "字段", "行")) for w in unknown) if s), "")
        self.report("T204", path=path, suggestion=suggestion)
        return None

    def given(
        self, data: Mapping[object, object], columns: Mapping[str, Spec], path: str
    ) -> tuple[Mapping[str, str], ...]:
        """预填: rows of a 行库 (their words that are columns here), or a list of rows."""
        value = data.get("预填", [])
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(rows) < len(value):
            self.report("T211", path=f"{path}.预填")
        return tuple(
            {str(word): _plain(text) for word, text in row.items() if isinstance(columns.get(str(word)), Field)}
            for row in rows
        )

    def field(self, name: str, path: str, label: str, help_: str, data: Mapping[object, object]) -> Field | None:
        self.known_words(data, _FIELD_WORDS, path)
        kind = str(data["类型"])
        if kind not in KINDS:
            self.report("T202", path=path, kind=kind, suggestion=did_you_mean(kind, KINDS), kinds="、".join(KINDS))
            return None
        for word, kinds in _ONLY_FOR.items():
            if word in data and kind not in kinds:
                self.report("T212", path=path, word=word, kind=kind, kinds="、".join(kinds))
        level = self.text(data, "级次", path)
        if level and level not in ("类", "款", "项"):
            self.report("T214", path=path, level=level)
            level = ""
        formula = self.expression(data, "计算", path)
        parts = _summands(formula, path) if self.flag(data, "倒推", path) else ()
        choices, spellings = self.choices(data, path) if kind == "选项" else ((), {})
        default = None if data.get("缺省") is None else _plain(data["缺省"])
        reconcile_word = self.text(data, "核对", path) or "错误"
        if reconcile_word not in _SEVERITIES:
            self.report("T213", path=path, word=reconcile_word)
        if default is not None and not _fits(kind, default, choices):
            self.report("T209", path=path, default=default, kind=kind)
            default = None
        return Field(
            name=name,
            path=path,
            kind=kind,
            label=label,
            required=self.flag(data, "必填", path),
            default=default,
            formula=formula,
            reconcile=_SEVERITIES.get(reconcile_word, Severity.ERROR),
            when=self.expression(data, "当", path),
            yearly=self.flag(data, "年度性", path),
            carried=self.flag(data, "沿用", path),
            prior_of=self.text(data, "上年对应", path),
            like=self.like(data, path),
            level=level,
            unit=self.text(data, "单位", path) or ("个" if kind == "个数" else ""),
            choices=choices,
            negative=self.flag(data, "可负", path),
            cleared=self.flag(data, "清空", path),
            none_is_answer=self.flag(data, "可填无", path),
            fills_down=self.flag(data, "承上", path),
            unit_in=self.text(data, "单位在", path),
            sign_in=self.text(data, "方向在", path),
            spellings=spellings,
            changes=self.years(data, "变动年度", path),
            parts=parts,
            help=help_ or ("填了它，各项加起来又等于它的，空着的各项就是0" if parts else ""),
        )

    def like(self, data: Mapping[object, object], path: str) -> str:
        value = data.get("可比")
        if value is None:
            return self.text(data, "上年对应", path)
        return "" if value in ("否", False) else self.text(data, "可比", path)

    def known_words(self, data: Mapping[object, object], words: tuple[str, ...], path: str) -> None:
        for word in data:
            if word not in words:
                suggestion = did_you_mean(str(word), words) or f"可用的词：{'、'.join(words)}"
                self.report("T201", word=word, path=path, suggestion=suggestion)

    def flag(self, data: Mapping[object, object], word: str, path: str) -> bool:
        value = data.get(word, False)
        if isinstance(value, str | bool) and value in _FLAGS:
            return _FLAGS[value]
        self.report("T205", path=path, word=word, value=_plain(value))
        return False

    def text(self, data: Mapping[object, object], word: str, path: str) -> str:
        value = data.get(word)
        if isinstance(value, list | Mapping):
            self.report("T216", path=path, word=word)
            return ""
        return "" if value is None else _plain(value).strip()

    def expression(self, data: Mapping[object, object], word: str, path: str) -> str:
        """An expression that knows its line."""
        place = place_of(data.get(word)) or self.place
        return Located(self.text(data, word, path).removeprefix("=").strip(), place)

    def mapping(self, data: Mapping[object, object], word: str, path: str) -> Mapping[object, object]:
        value = data.get(word)
        if isinstance(value, Mapping):
            return value
        self.report("T211", path=f"{path}.{word}")
        return {}

    def years(self, data: Mapping[object, object], word: str, path: str) -> tuple[int, ...]:
        value = data.get(word)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        if all(str(one).isdecimal() and 2000 <= int(str(one)) <= 2100 for one in listed):
            return tuple(int(str(one)) for one in listed)
        self.report("T217", path=path, word=word)
        return ()

    def choices(self, data: Mapping[object, object], path: str) -> tuple[tuple[str, ...], dict[str, str]]:
        """选项: values, each alone or as «{值: [other spellings]}» → the values, and spelling → value."""
        value = data.get("选项")
        choices: list[str] = []
        spellings: dict[str, str] = {}
        for one in value if isinstance(value, list) else ():
            named, others = next(iter(one.items())) if isinstance(one, Mapping) and len(one) == 1 else (one, [])
            if isinstance(named, list | Mapping) or not isinstance(others, list):
                choices.clear()
                break
            choices.append(_plain(named))
            spellings.update((str(other), _plain(named)) for other in others)
        if not choices:
            self.report("T206", path=path)
        return tuple(choices), spellings


def _summands(formula: str, path: str) -> tuple[str, ...]:
    """The names beside `path` that a formula adds up; what is no such sum is one name that does not exist."""
    homes = ("行.", "组.", f"{path.rpartition('.')[0]}.")
    names = (part.strip() for part in formula.split("+"))
    return tuple(next((name.removeprefix(home) for home in homes if name.startswith(home)), name) for name in names)


def _plain(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def _fits(kind: str, default: str, choices: tuple[str, ...]) -> bool:
    """A default is what the pack's author wrote; it is held to the plainest form of its kind."""
    if kind in (*NUMBER_KINDS, "年度"):
        return default.lstrip("-").replace(".", "", 1).isdecimal() and (kind != "个数" or default.isdecimal())
    if kind == "是否":
        return default in ("是", "否")
    return kind != "选项" or default in choices
