"""A Word file without marks, and the input that its report was made from → the same file with its marks.

Serves what was saved as .doc, .wps or .odt or by a program that drops the marks, published copies, pasted documents.
"""

from __future__ import annotations

from pathlib import Path

from generator.border.refused import RefusedError
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.names import readable
from generator.pack import PackRoots
from generator.pipeline import examine
from generator.place import Place
from generator.word.parts import Parts
from generator.word_file.marked_file import open_marked
from generator.word_file.restored_marks import restored
from generator.writers.docx import write_docx
from generator.writers.to_docx import SUFFIXES, to_docx

_MOST = 6
_LONGEST = 40


def marked_copy(file: str, data: bytes, old_input: Path, roots: PackRoots) -> Outcome[bytes | None]:
    """The .docx with marks; `data` are the bytes of the file named `file`, which may be a .doc or .odt.

    R060 its marks are all there: it is given back as it is; R061 it is not the report of that input; R064 what of the
    report was not found in it; R062, R063, R001, R002, R005 what cannot be opened; findings of the input when nothing
    can be laid out.
    """
    place = Place(file)
    if file.lower().endswith(SUFFIXES) or data.startswith(b"\xd0\xcf\x11\xe0"):
        changed = to_docx(file, data)
        if changed.value is None:
            return changed
        data = changed.value
    present = open_marked(file, data)
    if present.value is not None:
        return Outcome(data, (finding("R060", place, file=file),))
    examined = examine(old_input, roots)
    if examined.value is None:
        return Outcome(None, examined.diagnostics)
    old = open_marked(readable(old_input.name), write_docx(examined.value.document, examined.value.case.pack.look))
    assert old.value is not None
    try:
        made = restored(file, Parts(data), old.value)
    except RefusedError as error:
        return Outcome(None, (finding(error.code, place, file=file, **error.values),))
    if not made.is_that_report:
        shares = {"words": f"{made.words * 100:.0f}%", "figures": f"{made.figures * 100:.0f}%"}
        return Outcome(None, (finding("R061", place, file=file, base=readable(str(old_input)), **shares),))
    notes: tuple[Diagnostic, ...] = ()
    if made.lost:
        said = "、".join(map(_short, made.lost[:_MOST])) + (f"等{len(made.lost)}处" if len(made.lost) > _MOST else "")
        notes = (finding("R064", place, file=file, said=said),)
    return Outcome(made.file.parts.save(), notes)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……”"
