"""The copy of a Word file that LibreOffice gets: without relationships to other places."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_OFFICE = re.compile(r"\{[^}]*/officeDocument/(?:2006/)?relationships\}")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
"""A target that names a place outside the package, whatever its TargetMode says."""
_LINKS = ("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver")
"""Elements that lead a reader elsewhere when he clicks; nothing is fetched for them."""


class BrokenPackageError(Exception):
    """No zip, or a relationship part that is no XML."""


def without_links(package: bytes) -> bytes:
    """The package without what it fetches from elsewhere: linked pictures and objects, templates, frames, parts.

    Hyperlinks stay, unless a picture uses one for its own. The same bytes where there is nothing to take out. Raises
    `BrokenPackageError`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            changed = {
                name: data
                for name in archive.namelist()
                if name.lower().endswith(".rels") and (data := _kept_inside(archive, name)) is not None
            }
            return _with_parts(archive, changed) if changed else package
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, KeyError) as error:
        raise BrokenPackageError from error
    except etree.LxmlError as error:
        raise BrokenPackageError from error


def _kept_inside(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The relationships that stay; None where all do."""
    root = etree.fromstring(archive.read(name), _PARSER)
    outside = [one for one in root.iterchildren(etree.Element) if _leads_elsewhere(one)]
    links = [one for one in outside if str(one.get("Type", "")).endswith("/hyperlink")]
    fetched = _fetched(archive, name) if links else set()
    gone = [one for one in outside if one not in links or one.get("Id") in fetched]
    for one in gone:
        root.remove(one)
    return etree.tostring(root, encoding="UTF-8", standalone=True) if gone else None


def _leads_elsewhere(relationship: etree._Element) -> bool:
    mode, target = relationship.get("TargetMode", "Internal"), relationship.get("Target", "")
    return mode.strip().lower() != "internal" or _ELSEWHERE.match(target.strip()) is not None


def _fetched(archive: zipfile.ZipFile, name: str) -> set[str]:
    """The relationships that the part uses for anything but a link."""
    folder, file = posixpath.split(name)
    part = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
    if part not in archive.namelist():
        return set()
    return {
        str(value)
        for element in etree.fromstring(archive.read(part), _PARSER).iter(etree.Element)
        if etree.QName(element).localname not in _LINKS
        for attribute, value in element.attrib.items()
        if _OFFICE.match(str(attribute))
    }


def _with_parts(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in dict.fromkeys(archive.namelist()):
            copy.writestr(name, changed[name] if name in changed else archive.read(name))
    return made.getvalue()
