"""The files of a pack and of the packs that it builds on, joined: its own entries win, `null` removes one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.border.pack_names import PACK_NAMES, is_pack_name, shown
from generator.diagnostics import Diagnostic, finding
from generator.form.arrangement import OfficialTable
from generator.names import did_you_mean
from generator.pack.declared_tables import DeclaredTable, read_back
from generator.pack.joining import joined
from generator.pack.located_yaml import PackYamlError, load_located
from generator.pack.places import PackRoots, pack_names
from generator.pack.row_lists import EACH, RowLists, named_rows, read_list
from generator.pack.table_order import ORDER, Entry, TableOrder
from generator.pack.terms import TERMS, constants
from generator.place import NOWHERE, Place, place_of
from generator.render.sentences import holds_sentences
from generator.render.spec_templates import is_yes
from generator.word.look import PICTURE_FILES
from generator.workspace import leads_out, list_files, list_folders, read_text

MAPPINGS = (
    "pack.yaml",
    "fields.yaml",
    "checks.yaml",
    "charts.yaml",
    "wording.yaml",
    "style.yaml",
    "scoring.yaml",
    "texts.yaml",
    "import.yaml",
    "sizes.yaml",
    "rulebook.yaml",
    "between.yaml",
)
LISTS = ("glossary.yaml",)


@dataclass(slots=True)
class Sources:
    """All texts of a pack. `data` by file name; `tables` and `texts` by name with the file that won."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    sentences: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By chapter: the files that give single sentences of it, grandparents first."""
    accounts: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    standard_look: Mapping[str, Any] = field(default_factory=dict)
    """style.yaml of `common` alone."""
    row_files: dict[str, tuple[str, Any]] = field(default_factory=dict)
    order: list[Entry] = field(default_factory=list)
    official: dict[str, OfficialTable] = field(default_factory=dict)
    """The declared tables of 科目, by the name of the table of the form that fills them."""
    rows: RowLists = field(default_factory=RowLists)
    """The 行库, and what was written out of them."""
    removed: dict[str, Place] = field(default_factory=dict)
    """Fields that a pack takes away from its parents («=null»): path → where it does."""
    style_file: Path | None = None
    """The nearest style.docx."""
    restyled: set[str] = field(default_factory=set)
    """Styles and tables, and 版面, that packs below it say anew in their style.yaml."""
    pictures: dict[str, Path] = field(default_factory=dict)

    def chapter(self, name: str) -> list[tuple[str, str]]:
        """File and text of a chapter, then of those that change sentences of it."""
        return [self.texts[name], *self.sentences.get(name, [])]

    def all_texts(self) -> Iterator[tuple[str, str]]:
        """File and text of every chapter, and of what changes it."""
        for name in self.texts:
            yield from self.chapter(name)


def gather(name: str, roots: PackRoots, asked_at: Place = NOWHERE) -> Sources:
    """Read the pack and its parents. What cannot be read is reported (T112, T113, T120)."""
    sources = Sources(name)
    lineage = _lineage(name, roots, sources, asked_at)
    for folder in reversed(lineage):
        _add(folder, sources)
        if folder is lineage[-1]:
            sources.standard_look = sources.data.get("style.yaml", {})
    sources.folders = lineage
    _write_out(sources)
    return sources


def _write_out(sources: Sources) -> None:
    """What the files say once for many places, written out when all packs are joined: 行库, 口径, 表序, tables."""
    rows, main = sources.rows, sources.data.get("pack.yaml", {})
    for name, (file, data) in sources.row_files.items():
        rows.lists[name], found = read_list(data, file)
        sources.findings.extend(found)
    rows.constants = constants(main.get(TERMS))
    rows.conditional = frozenset(map(str, main.get(TERMS) or ())) - frozenset(rows.constants)
    rows.lists = {name: rows.expanded(held) for name, held in rows.lists.items()}  # a row may speak of another list
    sources.data = {file: rows.expanded(data) for file, data in sources.data.items()}
    sources.tables = {name: (file, rows.expanded(data)) for name, (file, data) in sources.tables.items()}
    sources.texts = {name: (file, rows.text(text, Place(file, 1))) for name, (file, text) in sources.texts.items()}
    for name, changed in sources.sentences.items():
        sources.sentences[name] = [(file, rows.text(text, Place(file, 1))) for file, text in changed]
    for data in (*sources.data.values(), *(data for _, data in sources.tables.values())):
        rows.open_holes(data)
    sources.findings.extend(dict.fromkeys(rows.findings))
    order = TableOrder(main.get(ORDER), f"{sources.name}/pack.yaml", sources.tables)
    sources.findings.extend(order.findings)
    sources.order = order.entries
    declared = [
        DeclaredTable(name, file, {**order.words_of(name), **data}) for name, (file, data) in sources.tables.items()
    ]
    sources.tables = {one.name: (one.file, one.drawn()) for one in declared}
    for one in declared:
        one.judge_filled(sources.data.get("fields.yaml", {}))
    sources.official = dict(table for one in reversed(declared) if (table := one.official()) is not None)
    stated = sources.data.get("import.yaml", {})
    readings = read_back(declared, stated.get("表") or {}, sources.data.get("fields.yaml", {}))
    sources.findings.extend(one for table in declared for one in table.findings)
    if readings:
        read = joined(stated, {"表": readings}, deep=True)  # in the order of import.yaml, whose own words win
        sources.data["import.yaml"] = joined(read, stated, deep=True)


def _lineage(name: str, roots: PackRoots, sources: Sources, asked_at: Place) -> list[Path]:
    """The pack's folder, its parent's, and so on; `common` closes the line of every pack."""
    lineage: list[Path] = []
    current, place = name, asked_at
    while current:
        folder = roots.find(current)
        if folder is None:
            known = pack_names(roots)
            hint = did_you_mean(current, known) if is_pack_name(current) else PACK_NAMES
            sources.findings.append(finding("T112", place, name=shown(current), known="、".join(known), hint=hint))
            return lineage
        if folder in lineage:
            sources.findings.append(finding("T120", place, name=current))
            return lineage
        lineage.append(folder)
        main = folder / "pack.yaml"
        data = _load(main, f"{folder.name}/pack.yaml", sources) if _stays(main, folder, sources) else None
        parent = data.get("上级") if isinstance(data, Mapping) else None
        current, place = (str(parent), place_of(parent)) if parent else ("", NOWHERE)
    return lineage


def _load(path: Path, shown: str, sources: Sources) -> Any:
    read = read_text(path)
    if read.value is None:
        sources.findings.extend(read.diagnostics)
        return None
    try:
        return load_located(read.value, shown)
    except PackYamlError as error:
        if error.diagnostic not in sources.findings:
            sources.findings.append(error.diagnostic)
        return None


def not_a_mapping(file: str, instead: str = "") -> Diagnostic:
    return finding("T113", Place(file, 1), reason=f"整个文件应是{instead or '“名称: 值”的样子'}")


def _files(pack: Path, folder: str, suffix: str, sources: Sources) -> list[Path]:
    """The files of one of a pack's folders; a pack need not have every folder. Links that lead out are reported."""
    inside = pack / folder
    if not inside.is_dir() or not _stays(inside, pack, sources):
        return []
    return [path for path in list_files(inside, (suffix,)) if _stays(path, pack, sources)]


def _stays(path: Path, pack: Path, sources: Sources) -> bool:
    """Whether a file or folder of the pack is in the pack: T135 for a link to some other place of the machine."""
    if not leads_out(path, pack):
        return True
    shown = f"{pack.name}/{path.relative_to(pack).as_posix()}"
    found = finding("T135", Place(shown), name=path.name)
    if found not in sources.findings:
        sources.findings.append(found)
    return False


def _add(folder: Path, sources: Sources) -> None:
    pack = folder.name
    _strange_files(folder, sources)
    for path in _files(folder, "", ".yaml", sources):
        data = _load(path, f"{pack}/{path.name}", sources)
        if path.name in MAPPINGS and isinstance(data, Mapping):
            sources.findings.extend(_two_lists(sources.data.get(path.name, {}), data))
            inherited = {k: v for k, v in sources.data.get(path.name, {}).items() if k not in _OWN}
            if path.name == "fields.yaml":
                sources.removed.update(_taken_away(inherited, data))
            whole = _WHOLE.get(path.name, ())
            sources.data[path.name] = joined(inherited, data, deep=path.name in _DEEP, whole=whole)
        elif path.name in LISTS and isinstance(data, list):
            sources.data[path.name] = _resolved(data, sources.data.get(path.name, []))
        elif path.name in (*MAPPINGS, *LISTS):
            if data is not None:  # an empty file adds nothing
                sources.findings.append(not_a_mapping(f"{pack}/{path.name}", "清单" if path.name in LISTS else ""))
        else:
            hint = did_you_mean(path.name, (*MAPPINGS, *LISTS))
            sources.findings.append(
                finding("T114", Place(f"{pack}/{path.name}"), what="模板包", word=path.name, hint=hint)
            )
    _add_rows(folder, sources)
    _add_tables(folder, sources)
    _office_files(folder, sources)
    for path in _files(folder, "text", ".j2", sources):
        read = read_text(path)
        sources.findings.extend(read.diagnostics)
        if read.value is not None:
            _add_text(path.name.removesuffix(".md.j2"), f"{pack}/text/{path.name}", read.value, sources)
    for path in _files(folder, "accounts", ".csv", sources):
        read = read_text(path)
        sources.findings.extend(read.diagnostics)
        if read.value is not None:
            sources.accounts[path.stem] = read.value


def _add_rows(folder: Path, sources: Sources) -> None:
    """rows/: a mapping is joined with what the packs below have, a plain list of names replaces it."""
    for path in _files(folder, "rows", ".yaml", sources):
        file = f"{folder.name}/rows/{path.name}"
        data, (_, below) = _load(path, file, sources), sources.row_files.get(path.stem, ("", {}))
        if isinstance(data, Mapping):
            inherited = {name: words for name, words in named_rows(below) if isinstance(name, str)}
            data = joined(inherited, data, deep=True)
        sources.row_files[path.stem] = (file, data)


def _add_tables(folder: Path, sources: Sources) -> None:
    """tables/: a file with rows is a whole table, one without changes some words of the table below, an empty one
    takes it away."""
    for path in _files(folder, "tables", ".yaml", sources):
        data = _load(path, f"{folder.name}/tables/{path.name}", sources)
        if isinstance(data, Mapping):
            below = sources.tables.get(path.stem)
            if below is not None and "行" not in data:  # a child that changes some words of an inherited table
                data = joined(below[1], data, deep=True)
            sources.tables[path.stem] = (f"{folder.name}/tables/{path.name}", data)
        elif data is None and path.stem in sources.tables:
            del sources.tables[path.stem]
        elif data is not None:
            sources.findings.append(not_a_mapping(f"{folder.name}/tables/{path.name}"))


def _add_text(name: str, file: str, text: str, sources: Sources) -> None:
    if not holds_sentences(text):
        sources.texts[name] = (file, text)
        sources.sentences.pop(name, None)
    elif name in sources.texts:
        sources.sentences.setdefault(name, []).append((file, text))
    else:
        hint = did_you_mean(name, sources.texts) or f"上级的正文有：{'、'.join(sources.texts) or '无'}"
        sources.findings.append(finding("T146", Place(file), name=name, hint=hint))


def _office_files(folder: Path, sources: Sources) -> None:
    """style.docx and pictures; what a pack's own style.yaml says stands behind its style.docx, before a parent's."""
    found = [path for path in list_files(folder, (".docx", *PICTURE_FILES)) if _stays(path, folder, sources)]
    own = next((path for path in found if path.name == STYLE_FILE), None)
    sources.pictures.update((path.name, path) for path in found if path.suffix.lower() in PICTURE_FILES)
    if own is not None:
        sources.style_file = own
        sources.restyled.clear()
    elif sources.style_file is not None:
        stated = _load(folder / "style.yaml", f"{folder.name}/style.yaml", sources) if _has_look(folder) else None
        for word in ("样式", "表格"):
            inside = stated.get(word) if isinstance(stated, Mapping) else None
            sources.restyled.update(map(str, inside) if isinstance(inside, Mapping) else ())
        if isinstance(stated, Mapping) and "版面" in stated:
            sources.restyled.add("版面")


def _has_look(folder: Path) -> bool:
    return any(path.name == "style.yaml" for path in list_files(folder, (".yaml",)))


def _resolved(entries: list[Any], inherited: list[Any]) -> list[Any]:
    """A glossary's own order; an entry that is only a word takes the explanation of the packs below."""
    known = {str(e["词"]): e for e in inherited if isinstance(e, Mapping) and "词" in e}
    return [known.get(str(e), e) if isinstance(e, str) else e for e in entries]


_DEEP = (
    "pack.yaml",
    "style.yaml",
    "wording.yaml",
    "fields.yaml",
    "import.yaml",
    "sizes.yaml",
    "rulebook.yaml",
    "between.yaml",
)
_OWN = frozenset(("抽象",))
"""Words that a child does not inherit."""
_WHOLE = {"pack.yaml": ("年度",)}
"""Entries that are replaced whole though they are mappings: a form's last year is no other form's."""


def _two_lists(parent: Mapping[Any, Any], child: Mapping[Any, Any]) -> Iterator[Diagnostic]:
    """T147: entries of the same name that repeat for different lists; joined they would be one."""
    for key, value in child.items():
        before = parent.get(key)
        if not isinstance(before, Mapping) or not isinstance(value, Mapping):
            continue
        if EACH in before and EACH in value and before[EACH] != value[EACH]:
            old, new = (str(one[EACH] if isinstance(one[EACH], str) else "……") for one in (before, value))
            yield finding("T147", place_of(key), word=key, old=old, new=new)
        else:
            yield from _two_lists(before, value)


def _taken_away(parent: Mapping[Any, Any], child: Mapping[Any, Any], path: str = "") -> Iterator[tuple[str, Place]]:
    for key, value in child.items():
        if value is None and key in parent:
            yield f"{path}{key}", place_of(key)
        elif isinstance(value, Mapping) and isinstance(parent.get(key), Mapping):
            inside = path if key in ("字段", "行") else f"{path}{key}."
            yield from _taken_away(parent[key], value, inside)


CASE, OUTLINE = "样例", "大纲.txt"
"""A folder of the pack that no report reads: an input, and the outline of what it makes (`packs try`)."""
STYLE_FILE = "style.docx"
_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps")
_FOLDERS = {"": ".yaml", "rows": ".yaml", "tables": ".yaml", "text": ".md.j2", "accounts": ".csv", CASE: ".yaml"}
_ALIKE = {".yml": ".yaml", ".md": ".md.j2", ".j2": ".md.j2", ".txt": ".md.j2", ".json": ".yaml"}
_NO_PART = re.compile(r"README.*|Thumbs\.db|desktop\.ini|__.*", re.IGNORECASE)


def _strange_files(folder: Path, sources: Sources) -> None:
    """T125: what lies in a pack and would never be read, as editors on Windows like to name it."""
    for inside in list_folders(folder):
        if inside.name not in _FOLDERS:
            hint = did_you_mean(inside.name, [name for name in _FOLDERS if name]) or "请把它移到别处"
            sources.findings.append(finding("T125", Place(f"{folder.name}/{inside.name}"), word=inside.name, hint=hint))
    for name, ending in _FOLDERS.items():
        where = folder / name if name else folder
        for path in list_files(where, None) if where.is_dir() and not leads_out(where, folder) else ():
            of_case = name == CASE and (path.name == OUTLINE or path.suffix.lower() == ".xlsx")
            if path.name.lower().endswith(ending) or _NO_PART.fullmatch(path.name) or of_case:
                continue
            if not name and (path.name == STYLE_FILE or path.suffix.lower() in PICTURE_FILES):
                continue
            right = path.name.removesuffix(path.suffix) + ending
            hint = f"请改名为“{right}”" if _ALIKE.get(path.suffix.lower()) == ending else "请把它移到别处"
            if not name and path.suffix.lower() in _WORD:
                hint = f"用作版式的 Word 文件请另存为“{STYLE_FILE}”"
            shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            sources.findings.append(finding("T125", Place(shown), word=path.name, hint=hint))


def mended(
    data: Mapping[Any, Any], standard: Mapping[Any, Any], path: Sequence[str]
) -> tuple[Place, Mapping[Any, Any]]:
    """The data with the entry at `path` as `standard` has it, or without it; and where that entry stands."""
    word, *inside = path
    key = next((one for one in data if one == word), None)
    place = place_of(key)
    value, usual = data.get(word), standard.get(word)
    if inside and isinstance(value, Mapping):
        spot, value = mended(value, usual if isinstance(usual, Mapping) else {}, inside)
        return spot or place, {**data, (word if key is None else key): value}
    rest = {one: held for one, held in data.items() if one != word}
    return place_of(value) or place, rest if usual is None else {**rest, word: usual}


def usable_names(roots: PackRoots) -> tuple[str, ...]:
    """Packs that can make a report."""
    return tuple(name for name in pack_names(roots) if not _is_abstract(name, roots))


def _is_abstract(name: str, roots: PackRoots) -> bool:
    return is_yes(gather(name, roots).data.get("pack.yaml", {}).get("抽象"))
