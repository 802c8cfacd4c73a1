"""Whether one slip gives one leading finding at its cells: `python tests/long/one_cause.py [--seed N] [EXAMPLE …]`.

Each kind of slip is planted in every example where it can be made, `--count` times each. Printed for each kind: how
often there is one leading finding at the cells that were touched (`right`), one that names no touched cell or another
slip (`wrong`), several, or none: slips that no check can see are counted apart as `unseen` (nothing new is said).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

import book_slips  # noqa: E402
import planted_slips  # noqa: E402
from book_slips import BOOK_KINDS, BookExample  # noqa: E402
from planted_slips import KINDS, Example, Found  # noqa: E402

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
OUTCOMES = ("right", "several", "wrong", "unseen")


Plant = Callable[[random.Random], "tuple[str, Found] | None"]


def _in_words(name: str, kinds: Iterable[str]) -> Iterator[tuple[str, Plant]]:
    """Slips in the YAML files."""
    example = Example(INPUTS / name)
    for kind in kinds:
        if kind in KINDS:

            def plant(rng: random.Random, kind: str = kind) -> tuple[str, Found] | None:
                slip = KINDS[kind](example, rng)
                return None if slip is None else (slip.told, planted_slips.outcome(example, slip))

            yield kind, plant


def _in_books(name: str, kinds: Iterable[str]) -> Iterator[tuple[str, Plant]]:
    """Slips in the workbook that says the same."""
    chosen = [kind for kind in kinds if kind in BOOK_KINDS]
    example = BookExample(INPUTS / name) if chosen else None
    for kind in chosen:

        def plant(rng: random.Random, kind: str = kind) -> tuple[str, Found] | None:
            assert example is not None
            slip = BOOK_KINDS[kind](example, rng)
            return None if slip is None else (slip.told, book_slips.outcome(example, slip))

        yield kind, plant


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=2)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--show", default="", help="outcomes to print in full, such as wrong,several")
    parser.add_argument("examples", nargs="*")
    given = parser.parse_args()
    names = given.examples or sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir())
    counts = {kind: Counter[str]() for kind in given.kind or (*KINDS, *BOOK_KINDS)}
    for name in names:
        plants: list[tuple[str, Plant]] = [*_in_words(name, counts), *_in_books(name, counts)]
        for kind, plant in plants:
            for number in range(given.count):
                found = plant(random.Random(f"{given.seed} {name} {kind} {number}"))
                if found is None:
                    continue
                told, what = found
                counts[kind][what.word] += 1
                if what.word in given.show.split(","):
                    print(f"-- {kind} {name} #{number}: {what.word}; {told}")
                    for one in what.leading:
                        print(f"     {one.code} {one.place} {one.message} [{len(one.consequences)}]")
    together = Counter[str]()
    for kind, counter in counts.items():
        together.update(counter)
        print(f"{kind:　<12}" + "  ".join(f"{word} {counter[word]}" for word in OUTCOMES))
    seen = together.total() - together["unseen"]
    print(f"right {together['right']} of {seen} that any check sees; " + str(dict(together)))


if __name__ == "__main__":
    main()
