"""The house stands: imports go downwards only, and few modules touch disk, clock and other programs."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "generator").rglob("*.py"))

FLOORS = (
    ("cli",),
    ("commands",),
    ("web", "adopting"),
    ("trying",),
    ("pipeline",),
    ("lint",),
    ("pack",),
    ("office_look",),
    ("causes",),
    ("plausibility",),
    ("grids", "importing", "between", "joining"),
    ("filled_forms",),
    (
        *("checks", "render", "reading", "writing", "official_tables", "rolling", "writers"),
        *("comparing", "redlining", "refreshing", "verify"),
    ),
    ("filling",),
    ("form", "word_file", "xlsx", "printed", "phrasing", "tails"),
    ("expressions",),
    ("scoring",),
    ("frames",),
    ("facts", "document", "word", "workspace"),
    ("border",),
    ("diagnostics",),
    ("number_style",),
    ("quantity",),
    ("place",),
    ("names",),
)
"""Top floor first. Rooms of one floor do not know each other; the lowest floor reads left to right."""

ROOM_OF = {
    "chinese_help": "cli",
    "saving": "workspace",
    **dict.fromkeys(("case", "corrections", "drafts", "next_year", "unit_file", "year_folder"), "pipeline"),
    **dict.fromkeys(("joined_files", "marked_copy", "publishing", "self_check"), "pipeline"),
    "programs": "workspace",
    "own_child": "workspace",
    "patterns": "names",
}
"""The click words in Chinese belong to the command line; correcting and rolling forward are further orders of the same
stations."""

HEIGHT = {room: len(FLOORS) - number for number, floor in enumerate(FLOORS) for room in floor}

TOUCHES_THE_WORLD = {
    "open",
    "read_text",
    "write_text",
    "read_bytes",
    "write_bytes",
    "unlink",
    "mkdir",
    "rename",
    "rmtree",
    "copyfile",
}
CLOCKS_AND_PROGRAMS = {"subprocess", "tempfile", "time", "socket"}
MAY_TOUCH = {
    "generator/workspace.py",
    "generator/saving.py",
    "generator/programs.py",
    "generator/writers/uno_worker.py",
    "generator/web/start.py",
}
"""start.py is the only module that listens, and opens the browser. uno_worker.py
runs inside LibreOffice's own Python, where nothing of ours can be imported."""


def room(path: Path) -> str:
    name = path.relative_to(ROOT / "generator").parts[0].removesuffix(".py")
    return ROOM_OF.get(name, name)


def imported_rooms(path: Path) -> set[str]:
    """Rooms named by any import of the module, type-only and late ones included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            first, _, rest = name.partition(".")
            if first == "generator" and rest:
                found.add(ROOM_OF.get(rest.split(".")[0], rest.split(".")[0]))
    return found


def test_every_room_has_its_floor() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} <= set(HEIGHT)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downwards_only(path: Path) -> None:
    here = room(path)
    upwards = {
        other for other in imported_rooms(path) if other != here and here in HEIGHT and HEIGHT[other] >= HEIGHT[here]
    }
    assert not upwards, f"{path.name} in “{here}” imports {', '.join(sorted(upwards))}"


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path: Path) -> set[str]:
    """Modules of the same room that the module imports, type-only and late imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """The names along one circle of arrows, the first again at the end; empty when there is none."""
    left, done = dict(arrows), set[str]()
    while left:
        free = [name for name, targets in left.items() if targets <= done]
        if not free:
            walked = [next(iter(left))]
            while walked[-1] not in walked[:-1]:
                walked.append(next(iter(left[walked[-1]] - done)))
            return walked[walked.index(walked[-1]) :]
        done |= set(free)
        left = {name: targets for name, targets in left.items() if name not in done}
    return []


@pytest.mark.parametrize("here", sorted({room(path) for path in MODULES} - {"__init__"}))
def test_no_circles_inside_a_room(here: str) -> None:
    inside = {module(path): path for path in MODULES if room(path) == here}
    # A room's own __init__ only passes names on: what imports a module inside imports it too.
    arrows = {name: (imported_modules(path) & set(inside)) - {name} for name, path in inside.items()}
    assert circle(arrows) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["b", "c", "b"]
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def world_touched(path: Path) -> set[str]:
    """Names in the module that open files, read the clock or start programs."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= CLOCKS_AND_PROGRAMS & {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= CLOCKS_AND_PROGRAMS & {node.module.split(".")[0]}
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id == "open":
                found.add("open")
            elif isinstance(called, ast.Attribute):
                owner = called.value.id if isinstance(called.value, ast.Name) else ""
                if called.attr in TOUCHES_THE_WORLD and owner not in ("self", "archive", "workspace"):
                    found.add(f"{owner}.{called.attr}")
                if called.attr in ("now", "today", "utcnow"):
                    found.add(f"{owner}.{called.attr}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_workspace_touches_disk_and_clock(path: Path) -> None:
    if str(path.relative_to(ROOT)) not in MAY_TOUCH:
        assert not world_touched(path)


def test_the_search_finds_what_it_looks_for() -> None:
    assert {"open", "subprocess", "tempfile"} <= {
        word.split(".")[-1]
        for path in MODULES
        if str(path.relative_to(ROOT)) in MAY_TOUCH
        for word in world_touched(path)
    }
