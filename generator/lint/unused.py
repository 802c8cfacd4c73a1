"""What stands in a pack and nothing uses, and what nothing says though the program needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic, finding
from generator.facts.fact import PUBLISHED_ROLE, UNIT_ROLE, YEAR_ROLE
from generator.form.fields import walk_fields
from generator.lint.chapters import chapter_names, placeable
from generator.pack.pack import Pack
from generator.pack.row_lists import ROW_WORDS
from generator.pack.sources import Sources
from generator.place import Place, place_of


def unused(pack: Pack, sources: Sources, fences: list[tuple[str, str]]) -> Iterator[Diagnostic]:
    """The pack's own tables, charts and chapters that nothing places; what it inherits is another author's.

    While a name that is placed does not exist, that one is told: it is likely meant for what lies unused.
    """
    wrong = {kind for kind, rest in fences if "{" not in rest and rest.strip() not in placeable(kind, sources)}
    for name, (file, _) in sources.tables.items():
        if own(file, pack) and "表" not in wrong and not _placed("表", name, fences):
            yield finding("T118", Place(file), what="表", word=name)
    for key in sources.data.get("charts.yaml", {}):
        place = place_of(key)
        if own(place.file, pack) and "图" not in wrong and not _placed("图", key, fences):
            yield finding("T118", place, what="图", word=key)
    listed = chapter_names(sources)
    if listed <= sources.texts.keys():
        for name in sources.texts:
            for file, _ in sources.chapter(name):
                if own(file, pack) and name not in listed:
                    yield finding("T127", Place(file), word=name)


_USED_WORD = re.compile(r"\.(\w+)")


def unused_words(pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    """T139: words of the pack's own 行库 that no place asks for, «{权中}» for «{权重}»."""
    said = [text for _, text in sources.all_texts()]
    said += [str(data) for data in (*sources.data.values(), *(data for _, data in sources.tables.values()))]
    asked = {word for text in said for word in _USED_WORD.findall(text)}
    for name, rows in sources.rows.lists.items():
        told: set[str] = set()
        for row in rows.values():
            for word in row:
                if word in (*ROW_WORDS, *told) or (name, word) in sources.rows.used or word in asked:
                    continue
                told.add(str(word))
                if own(place_of(word).file, pack):
                    yield finding("T139", place_of(word), name=name, word=word)


_WITH_NAMES = ("charts.yaml", "checks.yaml", "pack.yaml", "glossary.yaml", "scoring.yaml", "sizes.yaml")


def asked_for_nothing(pack: Pack, sources: Sources) -> Iterator[Diagnostic]:
    """T148: fields that an office must fill in though nothing that the pack prints, draws or checks names them."""
    said = [text for name in chapter_names(sources) & sources.texts.keys() for _, text in sources.chapter(name)]
    said += [str(data) for _, data in sources.tables.values()]
    said += [str(sources.data.get(file, "")) for file in _WITH_NAMES]
    said += [one.source for one in (*pack.form.formulas.values(), *pack.form.conditions.values())]
    words = set(re.findall(r"\w+", " ".join(said)))
    for one in walk_fields(pack.form.fields):
        if one.required and one.name not in words:
            yield finding("T148", Place(f"{pack.name}/fields.yaml"), path=one.path)


def missing_roles(pack: Pack, settings: Mapping[object, object]) -> Iterator[Diagnostic]:
    """T128: what the program cannot know without being told."""
    fields = list(walk_fields(pack.form.fields))
    wanted = {YEAR_ROLE: True, UNIT_ROLE: True, PUBLISHED_ROLE: any(one.kind == "日期" for one in fields)}
    place = next((place_of(key) for key in settings if key == "角色"), Place(f"{pack.name}/pack.yaml"))
    for role, needed in wanted.items():
        if needed and role not in pack.form.fields.roles:
            yield finding("T128", place, word=role, use=_USES[role])


_USES = {
    YEAR_ROLE: "上年、科目的名称、遗留的年份",
    UNIT_ROLE: "文件的作者、两份报告是不是同一单位、题名里的单位",
    PUBLISHED_ROLE: "公开时间与年度是否相称、文件的日期",
}


def own(file: str, pack: Pack) -> bool:
    return file.startswith(f"{pack.name}/")


def _placed(kind: str, name: str, fences: Iterable[tuple[str, str]]) -> bool:
    """Whether a fence names it, or may: «```表 {{ 名 }}» and «```表 {% if … %}» can mean each."""
    return any(word == kind and (rest.strip() == name or "{" in rest) for word, rest in fences)
