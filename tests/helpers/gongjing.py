"""The example of 贡井区医疗保障局 2020, and 2021: where it stands, copies with something changed, its document."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.case import read_case, read_input
from generator.diagnostics import Diagnostic, Outcome
from generator.pack import Pack, PackRoots
from generator.pipeline import Examined, Wanted, build_word, check_case, examine, make_document, without_repeats
from generator.writers.outline import write_outline
from generator.writers.pages import Paged

ROOT = Path(__file__).resolve().parents[2]
FOLDER, NEXT_FOLDER = ROOT / "inputs" / "gongjing-2020", ROOT / "inputs" / "gongjing-2021"
GOLDEN = ROOT / "tests" / "examples" / "gongjing-2020"
NAME = "2020-自贡市贡井区医疗保障局-部门决算编制说明"
ROOTS = PackRoots.with_own(())
ABOUT, ACCOUNTS, OTHER, RESULTS = "基本情况.yaml", "收支.yaml", "三公与其他.yaml", "绩效.yaml"

_packs: dict[str, Outcome[Pack | None]] = {}


@dataclass(frozen=True)
class Change:
    """`old` stands exactly once in `file`, unless `times` says otherwise; `new` takes its place."""

    file: str
    old: str
    new: str
    times: int = 1


def copied(folder: Path, *changes: Change) -> Path:
    """The example in `folder`, changed. Only the .yaml files: the page README.md is no input."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, folder)
    for change in changes:
        path = folder / change.file
        text = path.read_text(encoding="utf-8")
        assert text.count(change.old) == change.times, (change.old, text.count(change.old))
        path.write_text(text.replace(change.old, change.new), encoding="utf-8")
    return folder


def line_of(folder: Path, file: str, text: str) -> int:
    """The first line of `file` that holds `text`."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in f"{line}\n")


def found_in(path: Path) -> tuple[Diagnostic, ...]:
    """What `juesuan check` finds; the pack is loaded once for all tests."""
    files = read_input(path)
    if files.value is None:
        return files.diagnostics
    read = read_case(files.value, ROOTS, _packs)
    if read.value is None:
        return (*files.diagnostics, *read.diagnostics)
    made = make_document(read.value)
    return without_repeats((*files.diagnostics, *read.diagnostics, *check_case(read.value), *made.diagnostics))


def report_of(path: Path) -> Examined:
    examined = examine(path, ROOTS).value
    assert examined is not None
    return examined


def outline_of(path: Path) -> str:
    return write_outline(report_of(path).document)


def word_of(examined: Examined, **options: bool) -> Paged:
    built = build_word(examined.document, examined.case.pack, Wanted(**options))
    assert built.diagnostics == ()
    return built.value


def parts(docx: bytes) -> Mapping[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
