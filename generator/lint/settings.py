"""Words of pack.yaml, glossary.yaml, texts.yaml and style.yaml that are read as something else, or as nothing, when
they are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.checks.rulebook import rulebook_findings
from generator.diagnostics import Diagnostic, finding
from generator.form.fields import walk_tables
from generator.names import did_you_mean
from generator.pack.located_yaml import words_of
from generator.pack.pack import Pack
from generator.pack.sources import Sources
from generator.place import Place, place_of
from generator.quantity import MONEY_UNITS

_YES_OR_NO = ("整数百分比", "千分位", "另页", "抽象", "粗", "网格", "与下段同页", "前导点", "一级合计核对")
_YES_NO = ("是", "否", "true", "false", "True", "False")


def setting_findings(pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    settings = sources.data.get("pack.yaml", {})
    own = f"{pack.name}/pack.yaml"
    name = settings.get("名称")
    if name is not None and place_of(name).file == own and str(name) != pack.name:
        hint = f"名称同文件夹名，请写 {pack.name}，或给文件夹改名"
        yield finding("T117", place_of(name), what="pack.yaml 的", word="名称", value=name, hint=hint)
    for file in ("pack.yaml", "scoring.yaml"):
        yield from _yes_or_no(sources.data.get(file, {}), file)
    for file, table in sources.tables.values():
        yield from _yes_or_no(table, "表")
        unit = table.get("单位")
        if unit is not None and str(unit) not in MONEY_UNITS:
            hint = f"请写{'、'.join(MONEY_UNITS)}中的一个；不印单位的，删去这一行"
            yield finding("T117", place_of(unit) or Place(file), what="表的", word="单位", value=unit, hint=hint)
    yield from _tables_of_glossary(pack, sources)
    for key, value in sources.data.get("texts.yaml", {}).items():
        if not isinstance(value, str):
            yield finding(
                "T117", place_of(key), what="texts.yaml 的", word=key, value="……", hint="后面请写一句话，如 填写说明"
            )
    yield from _styles_of_nobody(pack, sources)
    if not pack.abstract:
        yield from rulebook_findings(pack.rulebook, [rule.code for rule in pack.rules])


def _yes_or_no(data: Any, what: str) -> Iterator[Diagnostic]:
    if isinstance(data, Mapping):
        for word, value in data.items():
            if word in _YES_OR_NO and isinstance(value, str) and value not in _YES_NO and not value.startswith("="):
                yield finding("T117", place_of(value), what=what, word=word, value=value, hint="请写“是”或“否”")
            else:
                yield from _yes_or_no(value, what)
    elif isinstance(data, list):
        for value in data:
            yield from _yes_or_no(value, what)


def _tables_of_glossary(pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    """«科目: [一般公共预算支出]»: each a table of the form."""
    tables = [one.path for one in walk_tables(pack.form.fields)]
    for entry in sources.data.get("glossary.yaml", []):
        named = entry.get("科目") if isinstance(entry, Mapping) else None
        for table in named if isinstance(named, list) else []:
            if str(table) not in tables:
                reason = f"没有“{table}”这张填报表。{did_you_mean(str(table), tables)}"
                yield finding("T101", place_of(table), reason=reason, source="科目")


def _styles_of_nobody(pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    """T118 for a style that the pack adds and nothing names: likely one of the usual ones, mistyped."""
    usual = sources.standard_look
    for part in ("样式", "表格"):
        mine = sources.data.get("style.yaml", {}).get(part)
        for key in mine if isinstance(mine, Mapping) else ():
            place = place_of(key)
            if place.file != f"{pack.name}/style.yaml" or key in (usual.get(part) or {}) or _is_named(key, sources):
                continue
            yield finding("T118", place, what=part, word=key)


def _is_named(style: str, sources: Sources) -> bool:
    if any(re.search(rf"^```样式 +{re.escape(style)}\s*$", text, re.MULTILINE) for _, text in sources.all_texts()):
        return True
    settings = (sources.data.get(file, {}) for file in ("pack.yaml", "style.yaml"))
    holders = (*settings, *(table for _, table in sources.tables.values()))
    return any(style == word for data in holders for word in words_of(data))
