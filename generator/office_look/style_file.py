"""An office's own style.docx: judged, and put into the order of a frame (`frames.frame_file`).

What is taken along: styles, numbering, fonts by name, theme, settings; of the pages the first upright and the first
lying one with their headers and footers; what stands before the paragraph «{{ 正文 }}» as a cover. All else stays
behind: the rest of the text, macros, links, embedded objects, comments, notes, other programs' data. Parts get names of
ours, so that nothing in the package leads anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from generator.border.refused import RefusedError
from generator.frames.frame import settings_part
from generator.frames.styles import theme_part
from generator.office_look.foreign_content import Foreign, blanks_in, stray_signs, whole_blanks
from generator.office_look.office_pages import Pages, front_of
from generator.office_look.office_styles import OfficeStyles
from generator.word.look import Look
from generator.word.package import content_types, packed, relationships, zipped
from generator.word.parts import Parts
from generator.word.xml import R
from generator.word_file.accepted_changes import accept_changes
from generator.word_file.paragraph import DOC_PR, Element, w

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "application/vnd.openxmlformats-package."
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_IMAGES = {
    "image/png": "png", "image/jpeg": "jpeg", "image/jpg": "jpg", "image/gif": "gif", "image/bmp": "bmp",
    "image/tiff": "tiff", "image/x-emf": "emf", "image/x-wmf": "wmf",
}  # fmt: skip
_TRACKED = [w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange")]
_NOT_OURS = (
    *("zoom", "view", "attachedTemplate", "linkStyles", "mailMerge", "trackRevisions", "documentProtection"),
    *("revisionView", "rsids", "footnotePr", "endnotePr", "docVars", "updateFields", "saveThroughXslt"),
    *("writeProtection", "attachedSchema", "schemaLibrary", "formsDesign", "docEvents", "removePersonalInformation"),
)
"""Of the settings: what belongs to that file, or would have Word ask, fetch or refuse something."""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class StyleFile:
    """`look`: that of style.yaml with what the file says in its place. `cover`: it has one, on pages of its own.
    `blanks`: what is asked for between «{{» and «}}». `notes`: what the office should know: code and values."""

    look: Look
    cover: bool
    blanks: tuple[str, ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...]


def read_style_file(data: bytes, look: Look, restyled: frozenset[str] = frozenset()) -> StyleFile:
    """`restyled`: names of styles and tables, and 版面, that a pack below says otherwise. Raises `RefusedError`."""
    return _Cleaning(Parts(data), look, restyled).done()


class _Cleaning:
    def __init__(self, parts: Parts, look: Look, restyled: frozenset[str]) -> None:
        self.parts, self.look, self.restyled = parts, look, restyled
        self.notes: list[tuple[str, Mapping[str, object]]] = []
        self.out: list[tuple[str, str, bytes]] = []
        self.related: dict[str, dict[str, tuple[str, str]]] = {}
        self.images: dict[str, str] = {}
        self.stories: dict[str, str] = {}
        self.foreign = Foreign()
        self.blanks: list[str] = []
        self.drawings = 0

    def done(self) -> StyleFile:
        root = self.parts.look(self.parts.document)
        body = root.find(w("body"))
        if any("macroEnabled" in kind or name.endswith("vbaProject.bin") for name, kind in self._kinds()):
            raise RefusedError("T151", reason="它带有宏（.docm）")
        styles_name = self.parts.related(self.parts.document, "styles")
        if body is None or not styles_name:
            raise RefusedError("T151", reason="它不是普通的 Word 文件（.docx），里面没有正文或者没有样式")
        self._tracked(root)
        styles = OfficeStyles(self.parts.look(styles_name), self.restyled)
        front, own_page = front_of(body)
        pages = Pages(body, front, self.look, "版面" in self.restyled)
        settled = pages.settled(styles.settled(self.look))
        self._missing(styles)
        for width, height in pages.papers:
            if max(abs(width - self.look.portrait.width), abs(height - self.look.portrait.height)) > 57:
                found, usual = (
                    f"{wide * 25.4 / 1440:.0f}×{high * 25.4 / 1440:.0f}"
                    for wide, high in ((width, height), (self.look.portrait.width, self.look.portrait.height))
                )
                self.notes.append(("T153", {"found": found, "usual": usual}))
        self._document(root, pages, front, own_page)
        self._shared("styles", styles.root)
        self._settings()
        self._others()
        if self.foreign.count:
            self.notes.append(("T155", {"count": self.foreign.count}))
        look = replace(settled, base=self._package(), front_pages=pages.front_pages, pictures=())
        return StyleFile(look, own_page, tuple(dict.fromkeys(self.blanks)), tuple(self.notes))

    def _kinds(self) -> list[tuple[str, str]]:
        return [(name, self.parts.content_type(name)) for name in self.parts.content]

    def _tracked(self, root: Element) -> None:
        """Changes are taken as accepted, comments are left behind: both are said."""
        said = [
            word
            for word, there in (
                ("修订", next(root.iter(*_TRACKED), None) is not None),
                ("批注", any(r.kind.endswith("/comments") for r in self.parts.relations(self.parts.document))),
            )
            if there
        ]
        if said:
            self.notes.append(("T154", {"what": "、".join(said)}))
        accept_changes(root)

    def _missing(self, styles: OfficeStyles) -> None:
        names = styles.missing
        if names:
            listed = "、".join(names[:_SHOWN]) + (f"等 {len(names)} 种" if len(names) > _SHOWN else "")
            self.notes.append(("T152", {"names": listed}))

    # -- parts --------------------------------------------------------------------------------------------------------
    def _document(self, root: Element, pages: Pages, front: list[Element], own_page: bool) -> None:
        made = etree.Element(root.tag, nsmap=root.nsmap)
        for name, value in root.attrib.items():
            made.set(name, value)
        body = etree.SubElement(made, w("body"))
        for block in pages.ended(front, own_page):
            body.append(block)
        body.extend(pages.ends())
        self._clean(made, self.parts.document, "word/document.xml", prefix="rIdOffice")
        self._add("word/document.xml", f"{_ML}document.main+xml", made)

    def _story(self, kind: str, source: str) -> str:
        """A header or footer; its name here."""
        if source not in self.stories:
            number = sum(1 for name in self.stories.values() if kind in name) + 1
            self.stories[source] = name = f"word/{kind}{number}.xml"
            tree = self.parts.look(source)
            accept_changes(tree)
            self._clean(tree, source, name)
            self._add(name, f"{_ML}{kind}+xml", tree)
        return self.stories[source]

    def _clean(self, tree: Element, source: str, name: str, prefix: str = "rId") -> None:
        """Take out what does not come along; point to the parts under their names here."""
        known: dict[str, str] = {}
        kept: dict[str, tuple[str, str]] = {}
        asked = {one.get(f"{{{R}}}id") for one in tree.iter(w("headerReference"), w("footerReference"))}
        for number, relation in enumerate(self.parts.relations(source), 1):
            kind, target = relation.kind.rpartition("/")[2], relation.target
            if relation.external or target not in self.parts.content:
                continue
            if kind == "image" and self.parts.content_type(target) in _IMAGES:
                here = self._image(target)
            elif kind in ("header", "footer") and relation.identifier in asked:
                here = self._story(kind, target)
            else:
                continue
            known[relation.identifier] = f"{prefix}{number}"
            kept[f"{prefix}{number}"] = (f"{R}/{kind}", here.removeprefix("word/"))
        used = self.foreign.taken_out(tree, known)
        self.related[name] = {key: value for key, value in kept.items() if key in used}
        whole_blanks(tree)
        self.notes += [("T156", {"text": text}) for text in stray_signs(tree)]
        self.blanks += blanks_in(tree)
        for drawing in tree.iter(DOC_PR):
            self.drawings += 1
            drawing.set("id", str(self.drawings))

    def _image(self, source: str) -> str:
        if source not in self.images:
            kind = self.parts.content_type(source)
            self.images[source] = name = f"word/media/image{len(self.images) + 1}.{_IMAGES[kind]}"
            self.out.append((name, kind, self.parts.content[source]))
        return self.images[source]

    def _shared(self, kind: str, tree: Element) -> None:
        """A part that the document has once: styles, numbering, …"""
        self._add(f"word/{kind}.xml", f"{_ML}{kind}+xml", tree)
        self.related["word/document.xml"][f"rId{kind.capitalize()}"] = (f"{R}/{kind}", f"{kind}.xml")

    def _settings(self) -> None:
        name = self.parts.related(self.parts.document, "settings")
        tree = self.parts.look(name) if name else etree.fromstring(settings_part().encode())
        for one in list(tree):
            if one.tag in [w(word) for word in _NOT_OURS] or any(
                key.startswith(f"{{{R}}}") for inner in one.iter() for key in map(str, inner.attrib)
            ):
                tree.remove(one)
        self._shared("settings", tree)

    def _others(self) -> None:
        numbering = self.parts.related(self.parts.document, "numbering")
        if numbering:
            tree = self.parts.look(numbering)
            self._clean(tree, numbering, "word/numbering.xml")
            self._shared("numbering", tree)
        fonts = self.parts.related(self.parts.document, "fontTable")
        if fonts:
            tree = self.parts.look(fonts)
            for font in tree:
                for one in [child for child in font if str(child.tag).startswith(w("embed"))]:
                    font.remove(one)
            self._shared("fontTable", tree)
        theme = self.parts.related(self.parts.document, "theme")
        # A theme with pictures of its own is rare, and nothing of ours shows them.
        own = theme and not self.parts.relations(theme)
        data = self.parts.content[theme] if own else theme_part(self.look).encode()
        self.out.append(("word/theme/theme1.xml", _THEME, data))
        self.related["word/document.xml"]["rIdTheme"] = (f"{R}/theme", "theme/theme1.xml")

    def _add(self, name: str, kind: str, tree: Element) -> None:
        self.out.append((name, kind, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)))

    def _package(self) -> bytes:
        xml = [(name, kind) for name, kind, _ in self.out if name.endswith(".xml")]
        endings = {name.rpartition(".")[2]: kind for name, kind, _ in self.out if not name.endswith(".xml")}
        types = content_types(
            {"rels": f"{_PACKAGE}relationships+xml", "xml": "application/xml", **endings},
            {f"/{name}": kind for name, kind in xml},
        )
        links = {f"word/_rels/{name.removeprefix('word/')}.rels": held for name, held in self.related.items() if held}
        return zipped(
            (
                packed("[Content_Types].xml", types),
                packed("_rels/.rels", relationships({"rId1": (f"{R}/officeDocument", "word/document.xml")})),
                *(packed(name, relationships(held)) for name, held in links.items()),
                *(packed(name, data) for name, _, data in self.out),
            )
        )
