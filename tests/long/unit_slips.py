"""How many amounts in the wrong unit are noticed: `python tests/long/unit_slips.py [EXAMPLE …]`.

In every example, each amount that is filled in is made ten thousand times as large and as small, one at a time; then
each table; then the whole input, by its 金额单位. Printed for each example: how many slips are called by their name
(C040, C041, C043), noticed otherwise (an error or a warning that was not there before), met by a hint only, not
noticed; and which.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

from typed_amounts import Amount, amounts_in, texts_of, trees_of  # noqa: E402

from generator.case import InputFiles, Packs  # noqa: E402
from generator.diagnostics import Diagnostic, Outcome, Severity  # noqa: E402
from generator.form.fields import GroupSpec  # noqa: E402
from generator.pack import PackRoots, load_pack  # noqa: E402
from generator.pipeline import examine_files  # noqa: E402
from generator.quantity import MONEY_UNITS  # noqa: E402

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
ROOTS = PackRoots.with_own(())
NAMED = {"C040", "C041", "C043"}
KINDS = ("named", "noticed", "hint", "silent")


class Input:
    """The files of an example as trees of words."""

    def __init__(self, folder: Path) -> None:
        self.trees = trees_of(folder)
        self.pack = next(tree["报告"] for tree in self.trees.values() if "报告" in tree)
        self.packs: Packs = {self.pack: load_pack(self.pack, ROOTS)}
        loaded = self.packs[self.pack].value
        assert loaded is not None
        self.form: GroupSpec = loaded.form.fields
        self.usual = {(one.code, one.message) for one in self.findings()}

    def findings(self) -> tuple[Diagnostic, ...]:
        return examine_files(Outcome(InputFiles(Path(), texts_of(self.trees), "")), ROOTS, self.packs).diagnostics

    def amounts(self) -> list[Amount]:
        return [one for tree in self.trees.values() for one in amounts_in(self.form, tree)]

    def noticed(self) -> str:
        new = [one for one in self.findings() if (one.code, one.message) not in self.usual]
        if any(one.code in NAMED for one in new):
            return "named"
        if any(one.severity >= Severity.WARNING for one in new):
            return "noticed"
        return "hint" if any(one.code == "C042" for one in new) else "silent"


def slipped(given: Input, amounts: list[Amount], power: int) -> str:
    """What is noticed when these amounts are ten to the `power` times as large; the input is left as it was."""
    before = [one.holder[one.key] for one in amounts]
    for one in amounts:
        one.holder[one.key] = f"{one.value.scaleb(power):f}"
    kind = given.noticed()
    for one, text in zip(amounts, before, strict=True):
        one.holder[one.key] = text
    return kind


def whole_input(given: Input, power: int) -> str:
    """The same with the word behind 金额单位, where there is such a unit; else with all amounts."""
    trees = [tree for tree in given.trees.values() if "金额单位" in tree]
    before = [tree["金额单位"] for tree in trees]
    wanted = [MONEY_UNITS[word].scaleb(power) for word in before]
    units = {size: word for word, size in MONEY_UNITS.items()}
    if any(size not in units for size in wanted):
        return slipped(given, given.amounts(), power)
    for tree, size in zip(trees, wanted, strict=True):
        tree["金额单位"] = units[size]
    kind = given.noticed()
    for tree, word in zip(trees, before, strict=True):
        tree["金额单位"] = word
    return kind


def sweep(example: str) -> Mapping[str, Counter[str]]:
    given = Input(INPUTS / example)
    counts: dict[str, Counter[str]] = {"cell": Counter(), "table": Counter(), "file": Counter()}
    amounts = given.amounts()
    for power in (4, -4):
        for one in amounts:
            _count(counts["cell"], slipped(given, [one], power), f"{example} {one.name} ×10^{power}")
        for table in dict.fromkeys(one.table for one in amounts):
            members = [one for one in amounts if one.table == table]
            _count(counts["table"], slipped(given, members, power), f"{example} all of {table} ×10^{power}")
        _count(counts["file"], whole_input(given, power), f"{example} the whole input ×10^{power}")
    return counts


def _count(counter: Counter[str], kind: str, what: str) -> None:
    counter[kind] += 1
    if kind in ("silent", "hint"):
        print(f"    {kind}: {what}")


def main(examples: list[str]) -> None:
    together: dict[str, Counter[str]] = {}
    for example in examples or sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir()):
        print(example, flush=True)
        for what, counter in sweep(example).items():
            together.setdefault(what, Counter()).update(counter)
    for what, counter in together.items():
        said = counter.total() - counter["silent"] - counter["hint"]
        print(f"{what}: {said} of {counter.total()} noticed; " + ", ".join(f"{kind} {counter[kind]}" for kind in KINDS))


if __name__ == "__main__":
    main(sys.argv[1:])
