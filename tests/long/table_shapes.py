"""How many shapes of right tables are read right: `python tests/long/table_shapes.py --seed 1 --count 2000`.

Each is one of the examples' tables in another shape (tests/helpers/table_shapes.py); with `--budget` as a published
budget's, with `--swap` given as the other kind. Printed: what was refused by which
code, each WRONG one with what was done to it, and the counts. Leaves with 1 when one is wrong, or when less than nine
of ten are right of those in which something says which figures are meant.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

from table_shapes import all_right_tables, budgets, judged, shaped, swapped  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--budget", action="store_true", help="tables of published budgets")
    parser.add_argument("--swap", action="store_true", help="given as the other kind: all refused")
    wish = parser.parse_args()
    pack, models = all_right_tables()
    if wish.budget:
        models = list(budgets(pack, models))
    counts: Counter[str] = Counter()
    told: Counter[str] = Counter()
    refused: dict[str, list[str]] = {}
    for number in range(wish.count):
        chance = random.Random(f"{wish.seed}.{number}")
        shape = shaped(models[number % len(models)], chance)
        verdict, why = swapped(pack, shape) if wish.swap else judged(pack, shape)
        counts[verdict] += 1
        told[verdict] += shape.told
        if verdict == "refused":
            refused.setdefault(f"{why} · {shape.model.form.name}", []).append(f"{number} {'，'.join(shape.done)}")
        elif verdict == "WRONG":
            print(f"WRONG {wish.seed}.{number} {shape.model.form.name} {'，'.join(shape.done)}: {why}")
    for what, cases in sorted(refused.items(), key=lambda one: -len(one[1])):
        print(f"refused {len(cases)}: {what}; {wish.seed}.{cases[0]}")
    right = told["right"] * 100 / sum(told.values())
    untold = wish.count - sum(told.values())
    verdicts = f"{counts['right']} right, {counts['refused']} refused by name, {counts['WRONG']} wrong"
    readable = f"{right:.1f} % right of those that a person can read (all but {untold})"
    print(f"seed {wish.seed}, {wish.count} shapes: {verdicts}; {readable}")
    return int(counts["WRONG"] > 0 or (right < (85 if wish.budget else 90) and not wish.swap))


if __name__ == "__main__":
    sys.exit(main())
