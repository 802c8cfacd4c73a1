"""A Word package as parts that can be read, changed and written again: what `revise` works on.

Parts that nobody touches keep their bytes. Names are those of the zip («word/document.xml»); relationships are found by
type and target, never by a name that one program happens to use.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

from lxml import etree

from generator.border.archive import Archive, LockedError
from generator.border.refused import BrokenError, OverBudgetError, RefusedError
from generator.border.xml import Tags, parsed
from generator.word.package import packed, zipped
from generator.word.xml import R

OFFICE_DOCUMENT = f"{R}/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a .doc, and a .docx with a password, begins."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`target` is a part's name, or an address when `external`."""

    identifier: str
    kind: str
    target: str
    external: bool


class Content(MutableMapping[str, bytes]):
    """The parts by name: what was changed is held, all else is unpacked when it is asked for."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._changed: dict[str, bytes | None] = dict.fromkeys(archive.parts)

    def __getitem__(self, name: str) -> bytes:
        changed = self._changed[name]
        return self._archive.read(name) if changed is None else changed

    def __setitem__(self, name: str, data: bytes) -> None:
        self._changed[name] = data

    def __delitem__(self, name: str) -> None:
        del self._changed[name]

    def __contains__(self, name: object) -> bool:
        return name in self._changed

    def __iter__(self) -> Iterator[str]:
        return iter(self._changed)

    def __len__(self) -> int:
        return len(self._changed)


class Parts:
    """An opened package, all of it judged: every part unpacks to its end, every XML part is parsed.

    Raises `RefusedError`: R001 no Word file or damaged, R002 locked by a password or a .doc, R005 beyond the budget.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_COMPOUND):
            raise RefusedError("R002")
        try:
            archive = Archive(data)
            self.content = Content(archive)
            self._trees: dict[str, etree._Element] = {}
            self._seen: dict[str, etree._Element] = {}
            self._judge(archive)
            self._types = self.look(_TYPES_PART)
            self.document = next(r.target for r in self.relations("") if r.kind in _MAIN)
            self.tree(self.document)
        except OverBudgetError as error:
            raise RefusedError("R005", **error.values) from None
        except LockedError:
            raise RefusedError("R002") from None
        except (BrokenError, KeyError, StopIteration):
            raise RefusedError("R001") from None

    def _judge(self, archive: Archive) -> None:
        tags = Tags()

        def parse(name: str) -> None:
            data = archive.read(name)
            tags.add(data)
            self._seen[name] = parsed(data)

        for name in archive.parts:
            if name.endswith(_XML):
                parse(name)
            else:
                archive.verify((name,))
        sources = (_source_of(name) for name in archive.parts if name.endswith(".rels"))
        for relation in [one for source in sources for one in self.relations(source)]:
            kind, target = relation.kind.rpartition("/")[2], relation.target
            if kind in _READ_AS_XML and target in self.content and target not in self._seen:
                parse(target)

    # -- parts ------------------------------------------------------------------------------------------------------
    def look(self, name: str) -> etree._Element:
        """The part as a tree to be read only: the part keeps its bytes."""
        if name in self._trees:
            return self._trees[name]
        if name not in self._seen:
            self._seen[name] = parsed(self.content[name])
        return self._seen[name]

    def tree(self, name: str) -> etree._Element:
        """The part as one tree, the same at every call; what is changed in it is written by `save`."""
        if name not in self._trees:
            self._trees[name] = self.look(name)
            self._seen.pop(name, None)
        return self._trees[name]

    @property
    def xml(self) -> frozenset[str]:
        """The parts that are XML: judged at opening."""
        return frozenset((*self._seen, *self._trees))

    def custom(self) -> Iterator[etree._Element]:
        """The roots of what other programs, and this one, keep in the file for themselves."""
        return (self.look(name) for name in self.custom_names())

    def custom_names(self) -> Iterator[str]:
        for name in self.content:
            if name.startswith("customXml/") and "/_rels/" not in name and name.endswith(".xml"):
                yield name

    def add(self, near: str, extension: str, content_type: str, data: bytes) -> str:
        """A new part; its name, «near1.extension» with a number that is free (none where a file has only one)."""
        number, name = 0, f"{near}.{extension}" if near in _ALONE else ""
        while not name or name in self.content:
            number += 1
            name = f"{near}{number}.{extension}"
        self.content[name] = data
        etree.SubElement(self._types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        return name

    def replace(self, name: str, data: bytes) -> None:
        self.content[name] = data
        self._trees.pop(name, None)
        self._seen.pop(name, None)

    def drop(self, name: str) -> None:
        """Take a part out, what it alone points from, and every relationship that leads to it."""
        for rels in [one for one in self.content if one.endswith(".rels")]:
            source = _source_of(rels)
            gone = {one.identifier for one in self.relations(source) if one.target == name and not one.external}
            if gone:
                root = self.tree(rels)
                for one in [one for one in root if one.get("Id") in gone]:
                    root.remove(one)
        for one in [one for one in self._types if one.get("PartName", "").lstrip("/").lower() == name.lower()]:
            self._types.remove(one)
        for gone_part in (name, _rels_name(name)):
            self.content.pop(gone_part, None)
            self._trees.pop(gone_part, None)
            self._seen.pop(gone_part, None)

    def content_type(self, name: str) -> str:
        for one in self._types:
            if one.get("PartName", "").lstrip("/").lower() == name.lower():
                return str(one.get("ContentType"))
        extension = name.rpartition(".")[2].lower()
        for one in self._types:
            if one.get("Extension", "").lower() == extension:
                return str(one.get("ContentType"))
        return ""

    # -- relationships ------------------------------------------------------------------------------------------------
    def relations(self, name: str) -> tuple[Relation, ...]:
        """What the part `name` points to; "" is the package itself."""
        rels = _rels_name(name)
        if rels not in self.content:
            return ()
        return tuple(
            Relation(
                str(one.get("Id")),
                str(one.get("Type")).replace(_STRICT, R),
                str(one.get("Target"))
                if one.get("TargetMode") == "External"
                else _resolved(name, str(one.get("Target"))),
                one.get("TargetMode") == "External",
            )
            for one in self.look(rels)
        )

    def related(self, name: str, kind: str) -> str:
        """The first part of this kind («comments») that `name` points to, or ""."""
        found = (r.target for r in self.relations(name) if r.kind == f"{R}/{kind}" and not r.external)
        return next((target for target in found if target in self.content), "")

    def relate(self, name: str, kind: str, target: str, *, external: bool = False) -> str:
        """Let `name` point to the part `target`, or to an address; the new relationship's id."""
        rels = _rels_name(name)
        root = self.look(rels) if rels in self.content else etree.Element(f"{{{_RELS}}}Relationships")
        taken = {str(one.get("Id")) for one in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        one = etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=f"rId{number}", Type=f"{R}/{kind}")
        one.set("Target", target if external else posixpath.relpath(target, posixpath.dirname(name) or "."))
        if external:
            one.set("TargetMode", "External")
        self.replace(rels, _written(root))
        return f"rId{number}"

    def unrelate(self, name: str, kind: str) -> None:
        """Take out the relationships of this kind («attachedTemplate») that `name` has."""
        if (rels := _rels_name(name)) in self.content:
            root = self.tree(rels)
            for one in [one for one in root if str(one.get("Type")).rpartition("/")[2] == kind]:
                root.remove(one)

    def copy_from(self, other: Parts, name: str) -> str:
        """Bring a part of another package here, with all that it points to; its name here."""
        return self._copy(other, name, {})

    def _copy(self, other: Parts, name: str, copied_already: dict[str, str]) -> str:
        """What points to itself, or to what is not there, comes from no office program."""
        stem = re.sub(r"\d*$", "", name.rpartition(".")[0])
        here = self.add(stem, name.rpartition(".")[2], other.content_type(name), other.content[name])
        copied_already[name] = here
        copied: list[tuple[Relation, str]] = []
        for relation in other.relations(name):
            target = relation.target
            if not relation.external:
                if target not in other.content:
                    continue
                target = copied_already.get(target) or self._copy(other, target, copied_already)
            copied.append((relation, target))
        if copied:
            root = etree.Element(f"{{{_RELS}}}Relationships")
            for relation, target in copied:
                one = etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=relation.identifier, Type=relation.kind)
                if relation.external:
                    one.set("Target", target)
                    one.set("TargetMode", "External")
                else:
                    one.set("Target", posixpath.relpath(target, posixpath.dirname(here)))
            self.replace(_rels_name(here), _written(root))
        return here

    # -- writing ------------------------------------------------------------------------------------------------------
    def save(self) -> bytes:
        """The package; same changes, same bytes. [Content_Types].xml stands first, as all programs expect."""
        for name, tree in self._trees.items():
            self.content[name] = _written(tree)
        self.content[_TYPES_PART] = _written(self._types)
        names = [_TYPES_PART, *(name for name in self.content if name != _TYPES_PART)]
        return zipped(packed(name, self.content[name], store=name.endswith(_DEFLATED)) for name in names)


_MAIN = (OFFICE_DOCUMENT,)
_TYPES_PART = "[Content_Types].xml"
_XML = (".xml", ".rels")
_READ_AS_XML = frozenset(("officeDocument", "styles", "comments", "chart", "header", "footer", "footnotes", "endnotes"))
"""What readers parse when a relationship leads there, whatever the part is called."""
_ALONE = ("word/comments",)
"""Parts of which a file has one."""
_DEFLATED = (".xlsx", ".png", ".jpg", ".jpeg", ".gif")


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels_name(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _source_of(rels: str) -> str:
    """The part whose relationships these are; "" for the package itself."""
    folder, _, file = rels.rpartition("/")
    return posixpath.join(folder.rpartition("_rels")[0].rstrip("/"), file.removesuffix(".rels"))


def _resolved(name: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
