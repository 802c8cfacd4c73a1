"""Lines broken one at a time; the nearest tests must turn red.

    python tests/long/mutants.py [--list] [number …]

Works on a copy of the tree. First the tests of the mutants asked for run unbroken, or red would say nothing; then each
mutant alone, «killed» or «LIVES» with the processor time that it took. Exit status 1 when one lives; a line that is no
longer in its file, or not alone, is an error: the mutant must follow the code.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("generator", "templates", "inputs", "tests", "pyproject.toml")
PASSED, FAILED = 0, 1
"""Exit statuses of pytest."""
LONGEST = 600
"""Seconds after which a mutant that does not come to an end counts as killed."""


@dataclass(frozen=True)
class Mutant:
    """`old` is part of one line of the file, and of no other; `new` takes its place."""

    number: str
    broken: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


QUANTITY, PHRASES, RULES = "generator/quantity.py", "generator/phrasing/phrases.py", "generator/checks/rules.py"
MERGE, SANDBOX = "generator/refreshing/merge.py", "generator/expressions/environment.py"
SAVING, WORD, ROLLING = "generator/saving.py", "generator/writers/docx", "generator/rolling"
NUMBERS, WORDING = ("tests/test_quantity.py",), ("tests/render/test_wording.py",)
IDENTITIES = ("tests/checks/test_rules.py",)
JOINING, REACH, WRITING = ("tests/refreshing/test_merge.py",), ("tests/expressions",), ("tests/writers/test_docx.py",)
KILLING, OUTPUTS = ("tests/test_killed_while_saving.py",), ("tests/test_saving.py",)
NEXT_YEAR = "tests/rolling/test_roll_forward.py"

MUTANTS = (
    # -- numbers and words
    Mutant(
        "01", "a half is rounded to the even digit", QUANTITY,
        "return value.quantize(_QUANTA[places], ROUND_HALF_UP, EXACT)",
        'return value.quantize(_QUANTA[places], "ROUND_HALF_EVEN", EXACT)', NUMBERS,
    ),
    Mutant(
        "02", "half a cent of printed money is rounded to the even digit", "generator/number_style.py",
        "quantize(_QUANTA[self.places], ROUND_HALF_UP, EXACT)",
        'quantize(_QUANTA[self.places], "ROUND_HALF_EVEN", EXACT)', NUMBERS,
    ),
    Mutant(
        "03", "a decrease from 0 is worded as an increase", PHRASES,
        'f"不可比{case}" if why', '"不可比增加" if why', WORDING,
    ),
    Mutant(
        "04", "larger and smaller than the budget are swapped", "generator/facts/relation.py",
        '("等于", "大于", "小于"), (', '("等于", "小于", "大于"), (', WORDING,
    ),
    Mutant(
        "05", "an identity sees only what is too much", RULES,
        '"等于": abs(amount) <= slack', '"等于": amount <= slack', IDENTITIES,
    ),
    Mutant(
        "06", "the rounding of the right side is not forgiven", RULES,
        "slack = left.error + right.error", "slack = left.error", IDENTITIES,
    ),
    Mutant(
        "07", "a sum forgets that its parts were typed rounded", QUANTITY,
        "error = sum([operand.error for operand in operands], _NO_ERROR)", "error = _NO_ERROR", NUMBERS,
    ),
    Mutant(
        "20", "growth over a negative base has the wrong sign", "generator/facts/derive.py",
        "EXACT.multiply(difference.value, 100), abs(prior.value))",
        "EXACT.multiply(difference.value, 100), prior.value)", ("tests/facts/test_derive.py",),
    ),
    Mutant(
        "24", "figures that are printed alike are not 持平", "generator/facts/relation.py",
        "_sign(self.value(left) - self.value(right)))", "exact)", ("tests/facts/test_relation.py",),
    ),
    Mutant(
        "25", "不大于 forgives no rounding", RULES, '"不大于": amount <= slack', '"不大于": amount <= 0', IDENTITIES,
    ),
    Mutant(
        "29", "a blank is left out of a sum", QUANTITY, "            return part", "            continue", NUMBERS,
    ),
    Mutant(
        "32", "more than the target gives more than the weight", "generator/scoring/scores.py",
        "if _reached(direction, limit, b, a):", "if a == b:", ("tests/scoring",),
    ),
    # -- the Word file
    Mutant(
        "08", "the pages of 目录 are off by one", f"{WORD}/contents.py",
        "str(entry.page)", "str(entry.page + 1)", WRITING,
    ),
    Mutant(
        "09", "a figure printed twice in a row has one bookmark name twice", f"{WORD}/table.py",
        "counts[number] = count = counts[number] + 1", "count = counts[number] + 1", WRITING,
    ),
    Mutant(
        "16", "the published copy names its author", f"{WORD}/__init__.py",
        '"" if publish else meta.author', "meta.author", WRITING,
    ),
    Mutant(
        "17", "the published copy keeps the marks", f"{WORD}/__init__.py",
        "marks = None if publish else Marks()", "marks = Marks()", WRITING,
    ),
    Mutant(
        "23", "the head of a table is not repeated on the next page", f"{WORD}/table.py",
        "<w:cantSplit/><w:tblHeader/>", "<w:cantSplit/>", WRITING,
    ),
    Mutant(
        "28", "the field of 目录 asks for fewer levels than it shows", f"{WORD}/contents.py",
        "deepest = max((entry.level", "deepest = min((entry.level", WRITING,
    ),
    Mutant(
        "30", "the file tells the value of what it does not print", "generator/word/marks.py",
        "known=operand.is_unfilled", "known=True", WRITING,
    ),
    Mutant(
        "35", "a heading that was not measured is on page 1", "generator/writers/pages.py",
        "found.get(bookmark, estimated[bookmark])", "found.get(bookmark, 1)",
        ("tests/writers/test_pdf.py::test_a_heading_that_was_not_measured_is_estimated_and_named",),
    ),
    # -- the joining of three versions
    Mutant(
        "10", "a changed figure overwrites what a person typed over it", MERGE,
        "elif shown == old:", "elif shown:", JOINING,
    ),
    Mutant(
        "11", "nobody is told of words that both have changed", MERGE,
        "self._clash(CONFLICT, start", "False and self._clash(CONFLICT, start", JOINING,
    ),
    Mutant(
        "27", "words that a person has written already are put there twice", MERGE,
        "if self.theirs[at].text in said:", "if False:", JOINING,
    ),
    # -- the sandbox
    Mutant(
        "12", "the methods of Python's words and numbers are left to Jinja2", SANDBOX,
        "def is_safe_attribute(", "def _is_safe_attribute(", REACH,
    ),
    Mutant(
        "13", "powers are allowed", SANDBOX, 'frozenset(("+", "*", "**", "%"))', 'frozenset(("+", "*", "%"))', REACH,
    ),
    Mutant(
        "31", "the sandbox is open", SANDBOX, 'return type(obj).__name__ == "LoopContext" and', "return True or", REACH,
    ),
    Mutant(
        "22", "a workbook may declare a DOCTYPE", "generator/xlsx/workbook_package.py",
        "parser.StartDoctypeDeclHandler = refuse", "parser.StartDoctypeDeclHandler = None",
        ("tests/reading/test_hostile_files.py::test_each_gives_one_sentence_soon[a DOCTYPE and no more]",),
    ),
    # -- saving
    Mutant(
        "14", "a file is written over the old one", SAVING,
        'os.replace(place / "output", target)', 'target.write_bytes((place / "output").read_bytes())', KILLING,
    ),
    Mutant(
        "15", "a file is not on the disk when it takes its name", SAVING,
        "os.fsync(stream.fileno())", "pass", KILLING,
    ),
    Mutant(
        "21", "a person's file is overwritten", SAVING,
        "if present not in record.states:", "if False:", OUTPUTS,
    ),
    Mutant(
        "26", "a file that is open in Word is replaced", SAVING,
        "if target.is_dir() or open_elsewhere(target):", "if target.is_dir():", OUTPUTS,
    ),
    Mutant(
        "40", "another report is overwritten", SAVING,
        "return None if record.of in ({}, made) else _spoken(record.of)", "return None", OUTPUTS,
    ),
    Mutant(
        "41", "a record forgets the file that it is written for", SAVING,
        "before = [] if mode is None else", "before = [] if True else", KILLING,
    ),
    Mutant(
        "42", "what a living process makes is cleared", SAVING,
        "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass", OUTPUTS,
    ),
    Mutant(
        "43", "what a killed run left stays", SAVING,
        "    clear_leavings(folder)\n    while True:", "    while True:", KILLING,
    ),
    Mutant(
        "44", "a folder half filled looks like a whole one", SAVING,
        "    return any(any(files.iterdir())", "    return False and any(any(files.iterdir())", OUTPUTS,
    ),
    # -- rolling forward
    Mutant(
        "18", "an emptied field is not marked 待填", f"{ROLLING}/roll_forward.py",
        "one.default is None) else TO_FILL)", "one.default is None) else None)",
        (f"{NEXT_YEAR}::test_figures_move_to_the_comparison_column_and_the_rest_is_emptied",),
    ),
    Mutant(
        "19", "last year's figure is not remembered", f"{ROLLING}/roll_forward.py",
        "self.figures[around.name] = figure.value", "pass",
        (f"{NEXT_YEAR}::test_a_reason_left_as_it_was_and_a_changed_comparison_figure",),
    ),
    Mutant(
        "33", "the year in the report's own name stays", f"{ROLLING}/roll_values.py",
        "return match[0].replace(str(old), str(new)) if", "return match[0] if",
        (f"{NEXT_YEAR}::test_texts",),
    ),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    asked = [one for one in arguments if one != "--list"]
    unknown = sorted(set(asked) - {one.number for one in MUTANTS})
    if unknown:
        print(f"no mutant {', '.join(unknown)}")
        return 2
    chosen = sorted((one for one in MUTANTS if not asked or one.number in asked), key=lambda one: one.number)
    if "--list" in arguments:
        for one in chosen:
            print(f"{one.number}  {one.broken}\n    {one.file}: {one.old} → {one.new}\n    {' '.join(one.tests)}")
        return 0
    lost = [one for one in chosen if (ROOT / one.file).read_text(encoding="utf-8").count(one.old) != 1]
    for one in lost:
        print(f"{one.number}  {one.file} does not hold once: {one.old}")
    return 2 if lost else _run(chosen)


def _run(chosen: list[Mutant]) -> int:
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        tree = Path(name)
        for part in COPIED:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tree / part)
        whole = sorted({path for one in chosen for path in one.tests})
        status, seconds, said = _tested(tree, whole)
        print(f"unbroken: {'green' if status == PASSED else 'RED'}, {seconds:.0f} s", flush=True)
        if status != PASSED:
            print(said)
            return 2
        alive = [one.number for one in chosen if not _killed(tree, one)]
    print(f"{len(chosen) - len(alive)} of {len(chosen)} killed" + (f"; alive: {', '.join(alive)}" if alive else ""))
    return 1 if alive else 0


def _killed(tree: Path, one: Mutant) -> bool:
    file = tree / one.file
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(one.old, one.new), encoding="utf-8")
    status, seconds, said = _tested(tree, one.tests)
    file.write_text(text, encoding="utf-8")
    if status not in (PASSED, FAILED):
        print(f"{one.number}  the mutant itself is broken: pytest ends with {status}\n{said}")
        return False
    print(f"{one.number}  {'killed' if status == FAILED else 'LIVES '} {seconds:4.0f} s  {one.broken}", flush=True)
    return status == FAILED


def _tested(tree: Path, tests: list[str] | tuple[str, ...]) -> tuple[int, float, str]:
    """Pytest's exit status, the processor time, and what it said."""
    # No compiled files: the broken line and the whole one are written within the same second.
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    before = _used()
    try:
        run = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return FAILED, _used() - before, ""
    return run.returncode, _used() - before, run.stdout[-2000:]


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
