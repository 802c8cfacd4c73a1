"""What this machine has for the program, and what it lacks: asked first, then judged."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.border.budgets import megabytes
from generator.diagnostics import Diagnostic, finding
from generator.names import readable
from generator.pack import PackRoots, load_pack, pack_names
from generator.programs import font_names, has_browser
from generator.workspace import WorkspaceError, free_bytes, try_writing
from generator.writers.libreoffice import find_libreoffice, has_uno

NEEDED_BYTES = 200 << 20
"""Room for a year of one unit: Word files, PDFs and what LibreOffice puts aside meanwhile."""

FONTS: Mapping[str, tuple[str, ...]] = {
    "仿宋": ("仿宋", "FangSong"),
    "黑体": ("黑体", "SimHei"),
    "楷体": ("楷体", "KaiTi"),
    "宋体": ("宋体", "SimSun"),
    "方正小标宋简体": ("方正小标宋", "FZXiaoBiaoSong"),
}
"""Chinese name of a font → names under which systems list it, a _GB2312 behind it or not."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What was found. `fonts`: all names in one text, None where nobody tells; `wanted`: those packs name; `packs`:
    title and years; `broken`: packs that cannot be read; `unwritable`: why nothing can be written, free 0 then."""

    python: str
    folder: Path
    free: int
    unwritable: Diagnostic | None
    packs: tuple[str, ...]
    broken: tuple[str, ...]
    wanted: frozenset[str]
    fonts: str | None
    libreoffice: Path | None
    uno: bool
    browser: bool


def look_at(folder: Path, roots: PackRoots) -> Machine:
    """Ask the machine; `folder`: where the reports lie."""
    free, unwritable = 0, None
    try:
        try_writing(folder)
        free = free_bytes(folder)
    except WorkspaceError as error:
        unwritable = error.diagnostic
    packs: list[str] = []
    broken: list[str] = []
    wanted: set[str] = set()
    for name in pack_names(roots):
        pack = load_pack(name, roots).value
        if pack is None:
            broken.append(name)
        elif not pack.abstract:
            first, last = pack.years
            packs.append(f"{pack.title}（{pack.region}，{_span(first, last)}）")
            wanted |= {one.east_asian for one in pack.look.fonts}
    office = find_libreoffice()
    return Machine(
        platform.python_version(), folder, free, unwritable, tuple(packs), tuple(broken), frozenset(wanted),
        font_names(), office, office is not None and has_uno(office), has_browser(),
    )  # fmt: skip


def _span(first: int | None, last: int | None) -> str:
    return f"{first or ''}—{last or ''}年度" if first or last else "各年度"


def there(machine: Machine) -> dict[str, str]:
    """What is there, in words: name → what was found."""
    found = {"Python": machine.python, "模板包": f"{len(machine.packs)} 个：" + "、".join(machine.packs)}
    if machine.unwritable is None:
        found["工作文件夹"] = f"{readable(str(machine.folder.absolute()))}（能写）"
        found["可用空间"] = megabytes(machine.free)
    if machine.libreoffice is not None:
        found["LibreOffice"] = readable(str(machine.libreoffice))
    here = [name for name in sorted(machine.wanted) if machine.fonts is not None and _listed(name, machine.fonts)]
    if here:
        found["字体"] = "、".join(here)
    if machine.browser:
        found["浏览器"] = "有"
    return found


def lacks(machine: Machine) -> Iterator[Diagnostic]:
    """What is missing, what that means, what to do; errors where no report can be made."""
    if machine.unwritable is not None:
        yield machine.unwritable
    elif machine.free < NEEDED_BYTES:
        yield finding("D001", left=megabytes(machine.free), needed=megabytes(NEEDED_BYTES))
    if not machine.packs:
        yield finding("D002")
    elif machine.broken:
        yield finding("D003", names="、".join(machine.broken))
    if machine.libreoffice is None:
        yield finding("D004")
    elif not machine.uno:
        yield finding("D005")
    if machine.fonts is None:
        yield finding("D007")
    elif gone := missing_fonts(machine.wanted, machine.fonts):
        yield finding("D006", names="、".join(gone))
    if not machine.browser:
        yield finding("D008")


def missing_fonts(wanted: frozenset[str], fonts: str) -> Sequence[str]:
    return [name for name in sorted(wanted) if not _listed(name, fonts)]


def _listed(name: str, fonts: str) -> bool:
    """Under its Chinese or its English name, as a system lists it."""
    plain = name.removesuffix("_GB2312")
    return any(one.casefold() in fonts.casefold() for one in FONTS.get(plain, (plain,)))
