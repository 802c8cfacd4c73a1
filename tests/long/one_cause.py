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
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

from planted_slips import KINDS, Example, outcome  # noqa: E402

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
OUTCOMES = ("right", "several", "wrong", "unseen")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=2)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--show", default="", help="outcomes to print in full, such as wrong,several")
    parser.add_argument("examples", nargs="*")
    given = parser.parse_args()
    names = given.examples or sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir())
    counts = {kind: Counter[str]() for kind in given.kind or KINDS}
    for name in names:
        example = Example(INPUTS / name)
        for kind, counter in counts.items():
            for number in range(given.count):
                rng = random.Random(f"{given.seed} {name} {kind} {number}")
                slip = KINDS[kind](example, rng)
                if slip is None:
                    continue
                found = outcome(example, slip)
                counter[found.word] += 1
                if found.word in given.show.split(","):
                    print(f"-- {kind} {name} #{number}: {found.word}; {slip.told}")
                    for one in found.leading:
                        print(f"     {one.code} {one.place} {one.message} [{len(one.consequences)}]")
    together = Counter[str]()
    for kind, counter in counts.items():
        together.update(counter)
        print(f"{kind:　<12}" + "  ".join(f"{word} {counter[word]}" for word in OUTCOMES))
    seen = together.total() - together["unseen"]
    print(f"right {together['right']} of {seen} that any check sees; " + str(dict(together)))


if __name__ == "__main__":
    main()
