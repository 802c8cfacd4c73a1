"""Where in a pack something stands that is seen in its documents: the line of a heading, a table, a field, a check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.facts.fact import path_without_keys
from generator.pack import Pack
from generator.pack.located_yaml import words_of
from generator.pack.sources import Sources
from generator.place import Place, place_of

_FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_MARK = re.compile(r"^#+ *|\s*\{[^{}]*\}\s*$|\*\*")


class PackLines:
    def __init__(self, pack: Pack, sources: Sources) -> None:
        self.pack, self.sources = pack, sources
        self.own = Place(f"{pack.name}/pack.yaml")
        files = (one for chapter in pack.report.chapters for one in sources.chapter(chapter.name))
        self.chapters = [(file, text.split("\n")) for file, text in files]

    def first_chapter(self) -> Place:
        return Place(self.chapters[0][0], 1) if self.chapters else self.own

    def of_heading(self, words: str, times: int = 0) -> Place:
        """The line that is this heading, whatever is filled in in it; `times`: so often it has been printed before."""
        found = list(self.headings(words))
        most = max((letters for letters, _ in found), default=0)
        places = [place for letters, place in found if letters == most]
        return places[min(times, len(places) - 1)] if places else self.own

    def headings(self, words: str) -> Iterator[tuple[int, Place]]:
        """Every line that may be this heading, with how many of its letters it gives literally."""
        for file, lines in self.chapters:
            for number, line in enumerate(lines, 1):
                if line.startswith("#"):
                    literal = _FILLED.split(_MARK.sub("", _FILLED.sub("{{}}", line)).strip())
                    if re.fullmatch(".*".join(map(re.escape, literal)), words, re.DOTALL):
                        yield sum(map(len, literal)), Place(file, number)

    def of_words(self, words: str) -> Place:
        """The first line of a chapter in which they stand."""
        for file, lines in self.chapters:
            for number, line in enumerate(lines, 1):
                if words in line:
                    return Place(file, number)
        return self.own

    def of_table(self, name: str) -> Place:
        table = self.pack.report.tables.get(name.removesuffix("（续）"))
        if table is None:
            return self.own
        _, spec = self.sources.tables[table.name]
        title = spec.get("标题") or next(iter(spec), "")
        return Place(table.file, place_of(title).line)

    def of_field(self, fact: str) -> Place:
        """Of a fact's name: where the field is declared, or what is around it."""
        here: Any = self.sources.data.get("fields.yaml", {})
        place = Place(f"{self.pack.name}/fields.yaml")
        for part in path_without_keys(fact).split("."):
            for inside in ("行", "字段"):
                held = here.get(inside) if isinstance(here, Mapping) else None
                here = held if isinstance(held, Mapping) else here
            key = next((one for one in here if one == part), None) if isinstance(here, Mapping) else None
            if key is None:
                return place
            place, here = place_of(key) or place, here[key]
        return place

    def of_use(self, fact: str) -> Place:
        """Where the author can mend that this field is printed: its declaration, or in a parent's form the own line
        that prints it."""
        declared, sign = self.of_field(fact), f".{path_without_keys(fact).rpartition('.')[2]}"
        own = f"{self.pack.name}/"
        if declared.file.startswith(own):
            return declared
        printed = (
            Place(file, number)
            for file, lines in self.chapters
            if file.startswith(own)
            for number, line in enumerate(lines, 1)
            if sign in line
        )
        in_tables = (
            place_of(word)
            for file, table in self.sources.tables.values()
            if file.startswith(own)
            for word in words_of(table)
            if sign in word
        )
        return next(printed, None) or next(in_tables, None) or declared

    def of_rule(self, code: str) -> Place:
        key = next((one for one in self.sources.data.get("checks.yaml", {}) if one == code), None)
        return place_of(key) or Place(f"{self.pack.name}/checks.yaml")
