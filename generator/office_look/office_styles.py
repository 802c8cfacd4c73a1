"""The styles of an office's style.docx, found by their names, and what the writer must know of them."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.word.look import ALIGNMENTS, IN_WORD, Look, Style, TableLook
from generator.word.xml import whole
from generator.word_file.paragraph import Element, w

_ALIGNED = {**{one: one for one in ALIGNMENTS.values()}, "start": "left", "end": "right", "distribute": "both"}
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_KINDS = ("paragraph", "character", "table", "numbering")
_DEEPEST = 20
_MOST = 31_680
_LARGEST = 3_276
"""Half-points; Word knows no larger type."""
_SINGLE = 1.2
"""Height of a line in em where a file counts in lines."""


class OfficeStyles:
    """`missing`: what style.yaml has to say because the file does not, as an office would look for it."""

    def __init__(self, root: Element, restyled: frozenset[str]) -> None:
        self.root, self.restyled = root, restyled
        self.missing: list[str] = []
        for one in root.findall(w("style")):
            if one.get(w("type")) not in _KINDS or not one.get(w("styleId")) or not _name(one):
                root.remove(one)  # no office program writes one; python-docx would stumble over it
        styles = root.findall(w("style"))
        self.by_id = {str(one.get(w("styleId"))): one for one in styles}
        self.by_name: dict[tuple[str, str], Element] = {}
        for one in styles:
            self.by_name.setdefault((str(one.get(w("type"))), _folded(_name(one))), one)
        self.names = {_name(one) for one in styles}

    def settled(self, look: Look) -> Look:
        styles = tuple(self._paragraph(style) for style in look.styles)
        return replace(look, styles=styles, tables=tuple(self._table(table) for table in look.tables))

    # -- finding ------------------------------------------------------------------------------------------------------
    def _found(self, kind: str, *names: str) -> Element | None:
        return next((one for name in names if (one := self.by_name.get((kind, _folded(name)))) is not None), None)

    def _taken_away(self, element: Element | None, name: str) -> Element | None:
        """None, and the file's style gone, where a pack below says the style anew."""
        if element is not None and name in self.restyled:
            self.root.remove(element)
            self.by_id.pop(str(element.get(w("styleId"))))
            self.names.discard(_name(element))
            return None
        if element is None and name not in self.restyled:
            self.missing.append(IN_WORD.get(name, name))
        return element

    def _free(self, identifier: str, name: str) -> tuple[str, str]:
        """Identifier and name for a style that the file does not have."""
        while identifier in self.by_id:
            identifier += "x"
        while name in self.names:
            name += "（2）"
        return identifier, name

    # -- reading ------------------------------------------------------------------------------------------------------
    def _paragraph(self, style: Style) -> Style:
        found = self._taken_away(self._found("paragraph", style.word_name, style.name), style.name)
        if found is None:
            identifier, name = self._free(style.identifier, style.word_name)
            return replace(style, identifier=identifier, word_name=name)
        for numbering in found.findall(f"{w('pPr')}/{w('numPr')}"):
            numbering.getparent().remove(numbering)  # numbers are the program's
        size = min(max(self._number(found, "rPr/sz", "val", 20), 2), _LARGEST)
        em = size * 10
        outline = self._number(found, "pPr/outlineLvl", "val", 9)
        first = self._indent(found, "firstLine", em) or -self._indent(found, "hanging", em)
        return replace(
            style,
            identifier=str(found.get(w("styleId"))),
            word_name=_name(found),
            size=size,
            bold=self._on(found, "rPr/b"),
            align=_ALIGNED.get(self._value(found, "pPr/jc", "val"), "left"),
            line=self._line(found, em),
            before=self._number(found, "pPr/spacing", "before"),
            after=self._number(found, "pPr/spacing", "after"),
            first=first,
            left=self._indent(found, "left", em) or self._indent(found, "start", em),
            right=self._indent(found, "right", em) or self._indent(found, "end", em),
            keep_next=self._on(found, "pPr/keepNext"),
            outline=outline + 1 if 0 <= outline <= 8 else 0,
            on_grid=self._on_grid(found),
        )

    def _on_grid(self, style: Element) -> bool:
        """A line of another height leaves the grid, and its characters keep the grid's spacing."""
        snapped = self._value(style, "pPr/snapToGrid", "val", "1") not in ("0", "false", "off")
        return snapped or self._value(style, "rPr/spacing", "val", "0") != "0"

    def _line(self, style: Element, em: int) -> int:
        said = self._number(style, "pPr/spacing", "line", 240)
        if self._value(style, "pPr/spacing", "lineRule", "auto") != "auto":
            return said
        return 0 if said == 240 else min(round(em * _SINGLE * said / 240), _MOST)

    def _indent(self, style: Element, side: str, em: int) -> int:
        """In hundredths of a character."""
        characters = self._number(style, "pPr/ind", f"{side}Chars")
        return characters or round(self._number(style, "pPr/ind", side) * 100 / em)

    def _table(self, table: TableLook) -> TableLook:
        found = self._taken_away(self._found("table", table.name), table.name)
        if found is None:
            identifier, name = self._free(table.identifier, table.name)
            return replace(table, identifier=identifier, word_name=name)
        borders = found.find(f"{w('tblPr')}/{w('tblBorders')}")
        margins = found.find(f"{w('tblPr')}/{w('tblCellMar')}")
        border = next((one for one in borders if one.get(w("sz"))), None) if borders is not None else None
        heads = [one for one in found.iterfind(w("tblStylePr")) if one.get(w("type")) == "firstRow"]
        shades = [str(one.get(w("fill"))) for head in heads for one in head.iterfind(f"{w('tcPr')}/{w('shd')}")]
        sides = [None if margins is None else margins.find(w(side)) for side in ("left", "top")]
        across, down = (
            usual if one is None else min(max(whole(one.get(w("w"))), 0), _MOST)
            for one, usual in zip(sides, (table.margin_x, table.margin_y), strict=True)
        )
        return replace(
            table,
            identifier=str(found.get(w("styleId"))),
            word_name=_name(found),
            border=table.border if border is None else min(max(whole(border.get(w("sz"))), 0), 96),
            margin_x=across,
            margin_y=down,
            shade=next((one.upper() for one in shades if _COLOUR.fullmatch(one)), ""),
        )

    def _value(self, style: Element, path: str, attribute: str, default: str = "") -> str:
        """What the style, or the style that it is based on, or the file says."""
        steps = "/".join(w(part) for part in path.split("/"))
        element: Element | None = style
        for _ in range(_DEEPEST):
            if element is None:
                break
            one = element.find(steps)
            if one is not None and one.get(w(attribute)) is not None:
                return str(one.get(w(attribute)))
            based = element.find(w("basedOn"))
            element = None if based is None else self.by_id.get(str(based.get(w("val"))))
        part = path.partition("/")[0]
        usual = self.root.find(f"{w('docDefaults')}/{w(f'{part}Default')}/{steps}")
        return default if usual is None else str(usual.get(w(attribute), default))

    def _number(self, style: Element, path: str, attribute: str, default: int = 0) -> int:
        return min(max(whole(self._value(style, path, attribute), default), 0), _MOST)

    def _on(self, style: Element, path: str) -> bool:
        steps = "/".join(w(part) for part in path.split("/"))
        element: Element | None = style
        for _ in range(_DEEPEST):
            if element is None:
                return False
            one = element.find(steps)
            if one is not None:
                return one.get(w("val"), "1") not in ("0", "false", "off")
            based = element.find(w("basedOn"))
            element = None if based is None else self.by_id.get(str(based.get(w("val"))))
        return False


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else str(name.get(w("val"), ""))


def _folded(name: str) -> str:
    """«Heading 1» is «heading1»: programs write it one way and the other."""
    return "".join(name.lower().split())
