"""`juesuan refresh EDITED.docx INPUT`: corrected figures flow into a Word file that people have edited since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import (
    DRAFT_COPY,
    base_option,
    change_time,
    json_option,
    leave,
    output_of,
    show,
    templates_option,
)
from generator.diagnostics import Diagnostic, finding, has_errors
from generator.names import fitting, readable
from generator.place import Place

if TYPE_CHECKING:
    from generator.corrections import Updated

UPDATED = "（更新）"


@click.command(
    "refresh",
    help="填报数据更正后，更新已在 Word、WPS 里改过的文件：人改的保留，数字、措辞、表、图、目录换成新的；"
    "合不到一起的加批注。原文件不动，另存一份。",
)
@click.argument("edited_path", metavar="改过的文件.docx", type=click.Path(path_type=Path))
@click.argument("input_path", metavar="填报数据", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写则放在原文件旁边，名称后面加“（更新）”",
)
@base_option
@click.option(
    "--todo",
    "to_do",
    type=click.Path(path_type=Path),
    metavar="待办.docx",
    help="另存一份待办：要由人决定的各处，一处一行，可以分给人办、打勾",
)
@click.option("--measure", is_flag=True, help="目录页码用 LibreOffice 实测（要几秒钟）；不写则按版面估算")
@json_option
@templates_option
def command(
    edited_path: Path,
    input_path: Path,
    output: Path | None,
    old_input: Path | None,
    to_do: Path | None,
    measure: bool,
    as_json: bool,
    own_packs: tuple[Path, ...],
) -> None:
    made = _refresh(edited_path, input_path, output, old_input, to_do, measure, own_packs)
    if as_json:
        from generator.diagnostics.as_json import as_json as to_json

        click.echo(to_json(made.findings, made.as_result()))
        leave(made.findings)
    show(made.findings)
    if made.saved is None:
        click.echo(made.words)
        leave(made.findings)
    click.echo(made.summary())
    click.echo(f"已生成：{readable(str(made.saved))}")
    if made.to_do is not None:
        click.echo(f"待办：{readable(str(made.to_do))}")
    if made.updated is not None and made.updated.word.pages:
        click.echo(made.updated.word.words())
    leave(made.findings)


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of it; without `saved` nothing was written, and `words` say so."""

    findings: list[Diagnostic]
    words: str = "没有生成文件，原文件没有改动。"
    updated: Updated | None = None
    saved: Path | None = None
    to_do: Path | None = None

    def summary(self) -> str:
        assert self.updated is not None
        result = self.updated.result
        changed = [f"更新数字、措辞 {result.renewed} 处"]
        changed += [f"新增 {result.added} 段（行）"] if result.added else []
        changed += [f"删去 {result.removed} 段（行）"] if result.removed else []
        asked = sum(one.kind != "deleted" for one in result.remarks)
        return "，".join(changed) + (f"；{asked} 处要由人决定，见上。" if asked else "。")

    def as_result(self) -> dict[str, object]:
        if self.updated is None or self.saved is None:
            return {"file": None}
        result = self.updated.result
        return {
            "file": str(self.saved),
            "todo_file": str(self.to_do) if self.to_do else None,
            "renewed": result.renewed,
            "added": result.added,
            "removed": result.removed,
            "remarks": [
                {"kind": one.kind, "trail": list(one.trail), "old": one.old, "new": one.new, "theirs": one.theirs}
                for one in result.remarks
            ],
            "todo": [{"code": one.code, "what": one.message, "advice": one.hint} for one in self.updated.to_do],
        }


def _refresh(
    edited_path: Path,
    input_path: Path,
    output: Path | None,
    old_input: Path | None,
    to_do: Path | None,
    measure: bool,
    own_packs: tuple[Path, ...],
) -> _Made:
    from generator.corrections import refresh_word, to_do_list
    from generator.marked_copy import marked_copy
    from generator.pack import PackRoots
    from generator.pipeline import examine
    from generator.saving import open_elsewhere, save_output
    from generator.word_file.marked_file import open_marked
    from generator.workspace import WorkspaceError, digest, read_bytes, same_place

    file = readable(edited_path.name)
    place = Place(file)
    roots = PackRoots.with_own(own_packs)
    findings: list[Diagnostic] = []
    try:
        as_saved = edited = read_bytes(edited_path)
        folder, name = _target(edited_path, output)
        if same_place(folder / name, edited_path):
            return _Made([finding("R013", place, file=file)])
        if to_do and any(same_place(to_do, one) for one in (edited_path, folder / name)):
            return _Made([finding("R033", file=readable(to_do.name))])
        if old_input is not None:
            copy = marked_copy(file, edited, old_input, roots)
            findings.extend(copy.diagnostics)
            if copy.value is None:
                return _Made(findings)
            edited = copy.value
        opened = open_marked(file, edited)
        if opened.value is None:
            return _Made(list(opened.diagnostics))
        if open_elsewhere(edited_path):
            findings.append(finding("R014", place, file=file))
        examined = examine(input_path, roots)
        findings.extend(examined.diagnostics)
        if examined.value is None or has_errors(findings):
            return _Made(findings, "填报数据有错误，没有生成文件。请改正后重新运行。")
        updated = refresh_word(file, edited, examined.value, change_time(), measure=measure)
        findings.extend(updated.diagnostics)
        if updated.value is None:
            return _Made(findings)
        if digest(read_bytes(edited_path)) != digest(as_saved):
            return _Made([*findings, finding("R015", place, file=file)])
    except WorkspaceError as error:
        return _Made([*findings, error.diagnostic])
    made = output_of("refresh", examined.value.case, edited_path, input_path)
    kept = save_output(folder, name, updated.value.word.docx, made)
    findings.extend(kept.diagnostics)
    saved, listed = kept.value.path if kept.value else None, None
    if to_do is not None and saved is not None:
        words = to_do_list(saved.name, updated.value, examined.value.case.pack)
        keeping = save_output(to_do.parent, fitting(to_do.name.removesuffix(".docx"), ".docx"), words, made)
        findings.extend(keeping.diagnostics)
        listed = keeping.value.path if keeping.value else None
    return _Made(findings, updated=updated.value, saved=saved, to_do=listed)


def _target(edited: Path, output: Path | None) -> tuple[Path, str]:
    """Folder and name of the result. Beside the edited file it never has that file's own name."""
    stem = edited.stem.removesuffix(DRAFT_COPY)
    while stem.endswith(UPDATED):
        stem = stem[: -len(UPDATED)]
    name = fitting(stem, f"{UPDATED}.docx")
    if output is None:
        return edited.parent, name if name != edited.name else fitting(stem, f"{UPDATED}{UPDATED}.docx")
    return (output.parent, output.name) if output.suffix.lower() == ".docx" else (output, name)
