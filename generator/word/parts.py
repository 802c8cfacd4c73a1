"""A Word package as parts that can be read, changed and written again: what `revise` works on.

Parts that nobody touches keep their bytes. Names are those of the zip («word/document.xml»); relationships are found by
type and target, never by a name that one program happens to use.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.word.package import packed, zipped
from generator.word.xml import R

OFFICE_DOCUMENT = f"{R}/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_LARGEST = 512 * 1024 * 1024
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a .doc, and a .docx with a password, begins."""


class NotWordError(ValueError):
    """Bytes that are no Word file; `code` is the catalogue's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Relation:
    """`target` is a part's name, or an address when `external`."""

    identifier: str
    kind: str
    target: str
    external: bool


class Parts:
    """An opened package. Raises `NotWordError`: R001 no Word file or damaged, R002 locked by a password or a .doc."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_COMPOUND):
            raise NotWordError("R002")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
                if sum(info.file_size for info in infos) > _LARGEST:
                    raise NotWordError("R001")
                self.content = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
            self._types = parsed(self.content["[Content_Types].xml"])
            self.document = next(r.target for r in self.relations("") if r.kind in _MAIN)
            self._trees: dict[str, etree._Element] = {}
            self.tree(self.document)
        except (zipfile.BadZipFile, KeyError, StopIteration, RuntimeError, zlib.error, EOFError, etree.LxmlError):
            raise NotWordError("R001") from None

    # -- parts ------------------------------------------------------------------------------------------------------
    def tree(self, name: str) -> etree._Element:
        """The part as one tree, the same at every call; what is changed in it is written by `save`."""
        if name not in self._trees:
            self._trees[name] = parsed(self.content[name])
        return self._trees[name]

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

    def content_type(self, name: str) -> str:
        for one in self._types:
            if one.get("PartName", "").lstrip("/").lower() == name.lower():
                return str(one.get("ContentType"))
        extension = name.rpartition(".")[2].lower()
        for one in self._types:
            if one.get("Extension", "").lower() == extension:
                return str(one.get("ContentType"))
        return ""

    def names(self) -> Iterator[str]:
        yield from self.content

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
            for one in parsed(self.content[rels])
        )

    def related(self, name: str, kind: str) -> str:
        """The first part of this kind («comments») that `name` points to, or ""."""
        found = (r.target for r in self.relations(name) if r.kind == f"{R}/{kind}" and not r.external)
        return next((target for target in found if target in self.content), "")

    def relate(self, name: str, kind: str, target: str) -> str:
        """Let `name` point to the part `target`; the new relationship's id."""
        rels = _rels_name(name)
        root = parsed(self.content[rels]) if rels in self.content else etree.Element(f"{{{_RELS}}}Relationships")
        taken = {str(one.get("Id")) for one in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        etree.SubElement(
            root,
            f"{{{_RELS}}}Relationship",
            Id=f"rId{number}",
            Type=f"{R}/{kind}",
            Target=posixpath.relpath(target, posixpath.dirname(name) or "."),
        )
        self.content[rels] = _written(root)
        return f"rId{number}"

    def copy_from(self, other: Parts, name: str) -> str:
        """Bring a part of another package here, with all that it points to; its name here."""
        stem = re.sub(r"\d*$", "", name.rpartition(".")[0])
        here = self.add(stem, name.rpartition(".")[2], other.content_type(name), other.content[name])
        copied: list[tuple[Relation, str]] = []
        for relation in other.relations(name):
            target = relation.target if relation.external else self.copy_from(other, relation.target)
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
            self.content[_rels_name(here)] = _written(root)
        return here

    # -- writing ------------------------------------------------------------------------------------------------------
    def save(self) -> bytes:
        """The package; same changes, same bytes. [Content_Types].xml stands first, as all programs expect."""
        for name, tree in self._trees.items():
            self.content[name] = _written(tree)
        self.content["[Content_Types].xml"] = _written(self._types)
        names = ["[Content_Types].xml", *(name for name in self.content if name != "[Content_Types].xml")]
        return zipped(packed(name, self.content[name], store=name.endswith(_DEFLATED)) for name in names)


_MAIN = (OFFICE_DOCUMENT,)
_ALONE = ("word/comments",)
"""Parts of which a file has one."""
_DEFLATED = (".xlsx", ".png", ".jpg", ".jpeg", ".gif")


def parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, _PARSER)


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels_name(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _resolved(name: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
