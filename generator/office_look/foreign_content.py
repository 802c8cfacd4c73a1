"""What a stranger's text may carry that does not come along: links, embedded objects, notes, comments, fields that
fetch; and the blanks «{{ … }}» that it leaves for a unit's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.frames.frame_file import BLANK
from generator.word.xml import R
from generator.word_file.paragraph import Element, runs, w

_RUN = w("r")
_GONE = [
    w(name)
    for name in (
        *("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("dataBinding", "altChunk", "subDoc", "lastRenderedPageBreak"),
    )
]
_GONE_WITH_THEIR_RUN = [w(f"{name}Reference") for name in ("comment", "footnote", "endnote")]
_OBJECTS = [w(name) for name in ("object", "control", "movie")]
_VML = "{urn:schemas-microsoft-com:vml}"
_ADDRESSES = ("src", "href", "{urn:schemas-microsoft-com:office:office}href")
_QUIET_FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "STYLEREF", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE")
)
"""Fields that name no other file and no other place."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Foreign:
    """`count`: links and objects that were left behind."""

    def __init__(self) -> None:
        self.count = 0

    def taken_out(self, tree: Element, known: Mapping[str, str]) -> set[str]:
        """Change `tree` in place; `known`: relationships that come along → their names here. Those that are used."""
        for one in list(tree.iter(*_GONE)):
            _remove(one)
        for one in list(tree.iter(*_GONE_WITH_THEIR_RUN)):
            _remove_run(one)
        for one in list(tree.iter(*_OBJECTS)):
            self.count += 1
            _remove_run(one)
        self._fields(tree)
        for one in tree.iter():
            if str(one.tag).startswith(_VML):
                for name in _ADDRESSES:
                    one.attrib.pop(name, None)
        used: set[str] = set()
        for one in list(tree.iter()):
            for key in [str(name) for name in one.attrib if str(name).startswith(f"{{{R}}}")]:
                here = known.get(str(one.get(key)))
                if here is not None:
                    one.set(key, here)
                    used.add(here)
                else:
                    self.count += 1
                    _leave_behind(one, key)
        return used

    def _fields(self, tree: Element) -> None:
        for one in list(tree.iter(w("fldSimple"))):
            if _word(str(one.get(w("instr"), ""))) not in _QUIET_FIELDS:
                self.count += 1
                _unwrap(one)
        opened: list[list[Element]] = []
        for one in list(tree.iter(w("fldChar"), w("instrText"))):
            if one.get(w("fldCharType")) == "begin":
                opened.append([])
            if not opened:
                _remove(one)
                continue
            opened[-1].append(one)
            if one.get(w("fldCharType")) == "end":
                field = opened.pop()
                code = "".join(part.text or "" for part in field if part.tag == w("instrText"))
                if _word(code) not in _QUIET_FIELDS:
                    self.count += 1
                    for part in field:
                        _remove(part)
        for field in opened:  # never ended: Word would ask to repair the file
            for part in field:
                _remove(part)


def _word(code: str) -> str:
    return (code.split() or [""])[0].upper()


def _leave_behind(element: Element, key: str) -> None:
    """An element that points to what does not come along: a link keeps its words, a picture goes with its run."""
    name = str(element.tag).rpartition("}")[2]
    if name.startswith("hlink"):
        _remove(element)
    elif name == "svgBlip":
        _remove(element.getparent())
    elif name == "hyperlink" or (name == "blip" and key.endswith("}link")):
        element.attrib.pop(key)
    else:
        _remove_run(element)


def _remove(element: Element) -> None:
    around = element.getparent()
    if around is not None:
        around.remove(element)


def _remove_run(element: Element) -> None:
    run = next(element.iterancestors(_RUN), None)
    _remove(element if run is None else run)


def _unwrap(element: Element) -> None:
    around = element.getparent()
    if around is not None:
        at = around.index(element)
        around[at : at + 1] = list(element)


# -- blanks -----------------------------------------------------------------------------------------------------------
def whole_blanks(tree: Element) -> None:
    """Let each «{{ … }}» stand in one element, however Word cut its paragraph into runs."""
    for paragraph in tree.iter(w("p")):
        texts = _texts(paragraph)
        words = "".join(one.text or "" for one in texts)
        for found in BLANK.finditer(words) if len(texts) > 1 and "{{" in words else ():
            start = 0
            first: Element | None = None
            for one in texts:
                text = one.text or ""
                end = start + len(text)
                low, high = max(found.start() - start, 0), min(found.end() - start, len(text))
                if low < high:
                    if first is None:
                        first, rest = one, text[high:]
                        held = text[:low] + found[0]
                    else:
                        one.text = text[high:]
                        one.set(_SPACE, "preserve")
                start = end
            if first is not None:
                # As long as before: what is moved here is taken away there, and later places are counted anew.
                first.text = held + rest
                first.set(_SPACE, "preserve")


def blanks_in(tree: Element) -> Iterator[str]:
    for paragraph in tree.iter(w("p")):
        for one in _texts(paragraph):
            yield from BLANK.findall(one.text or "")


def stray_signs(tree: Element) -> Iterator[str]:
    """Paragraphs with a «{{», «}}» or «{%» that is no blank."""
    for paragraph in tree.iter(w("p")):
        words = "".join(one.text or "" for one in _texts(paragraph))
        if any(sign in BLANK.sub("", words) for sign in ("{{", "}}", "{%", "%}")):
            yield words


def _texts(paragraph: Element) -> list[Element]:
    return [one for run in runs(paragraph) for one in run.iterchildren(w("t"))]
