"""The look of a pack from the office's side: its style.docx, and the pictures that style.yaml names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jinja2 import Template

from generator.border.refused import BrokenError, OverBudgetError, RefusedError
from generator.diagnostics import Diagnostic, Outcome, finding
from generator.expressions.environment import Environment
from generator.pack.sources import STYLE_FILE, Sources
from generator.place import NOWHERE, Place, place_of
from generator.render.spec_templates import SpecError, compile_template
from generator.word.look import Look, Picture
from generator.workspace import WorkspaceError, read_bytes


@dataclass(frozen=True, slots=True)
class OfficeLook:
    """`blanks`: what covers, headers and footers ask for, compiled. `cover`: they bring a cover of their own."""

    look: Look
    blanks: Mapping[str, Template]
    cover: bool = False


def office_look(
    data: bytes, file: str, look: Look, environment: Environment, restyled: frozenset[str] = frozenset()
) -> Outcome[OfficeLook]:
    """`look` with what a style.docx says in its place; as it is where the file cannot be used (T151, R001–R005).
    T152–T155 say what does not come along, T102 and T156 which blanks cannot be filled."""
    from generator.office_look.style_file import read_style_file  # few packs have such a file

    place = Place(file)
    try:
        read = read_style_file(data, look, restyled)
    except RefusedError as error:
        return Outcome(OfficeLook(look, {}), (finding(error.code, place, file=file, **error.values),))
    findings = [finding(code, place, **values) for code, values in read.notes]
    blanks: dict[str, Template] = {}
    for blank in read.blanks:
        try:
            blanks[blank] = compile_template(f"{{{{{blank}}}}}", file, environment, f"{{{{{blank}}}}}")
        except SpecError as error:
            findings.extend(replace(one, places=(place,)) for one in error.diagnostics)
    return Outcome(OfficeLook(read.look, blanks, read.cover), tuple(findings))


def pack_look(sources: Sources, stated: Look, environment: Environment) -> Outcome[OfficeLook]:
    """What style.yaml states, with the pack's pictures and its style.docx. T125: a picture that nothing names."""
    shown = _with_pictures(stated, sources)
    findings = list(shown.diagnostics)
    used = {picture.file for picture in stated.pictures}
    for name, path in sources.pictures.items():
        if name not in used and path.parent.name == sources.name:
            hint = "请在 style.yaml 的“图片”里写上它，或者把它移到别处"
            findings.append(finding("T125", Place(f"{sources.name}/{name}"), word=name, hint=hint))
    if sources.style_file is None:
        return Outcome(OfficeLook(shown.value, {}), tuple(findings))
    try:
        data = read_bytes(sources.style_file)
    except WorkspaceError as error:
        return Outcome(OfficeLook(shown.value, {}), (*findings, error.diagnostic))
    file = f"{sources.style_file.parent.name}/{STYLE_FILE}"
    read = office_look(data, file, shown.value, environment, frozenset(sources.restyled))
    return Outcome(read.value, (*findings, *read.diagnostics))


def _with_pictures(look: Look, sources: Sources) -> Outcome[Look]:
    """The pictures' bytes; one that is not there or is none is left out (T157)."""
    words = sources.data.get("style.yaml", {}).get("图片")
    stated = {str(place): place_of(place) for place in (words if isinstance(words, Mapping) else {})}
    files = sources.pictures
    held: list[Picture] = []
    findings: list[Diagnostic] = []
    for picture in look.pictures:
        reason = "不在模板包的文件夹里"
        if picture.file in files:
            from generator.border.picture import picture_size

            try:
                data = read_bytes(files[picture.file])
                width, height = picture_size(data)
                held.append(replace(picture, data=data, height=max(round(picture.width * height / width), 1)))
                continue
            except WorkspaceError as error:
                reason = error.diagnostic.message
            except OverBudgetError as error:
                reason = "太大：{what} {found}，最多 {most}".format(**error.values)
            except BrokenError:
                reason = "不是能用的 PNG 或 JPEG 图片"
        findings.append(finding("T157", stated.get(picture.place, NOWHERE), file=picture.file, reason=reason))
    return Outcome(replace(look, pictures=tuple(held)), tuple(findings))
