"""How many shapes of filled-in forms are read right: `python tests/long/form_shapes.py --seed 1 --count 2000`.

Each is one of the examples' forms in another shape (tests/helpers/form_shapes.py). Printed: each WRONG one with what
was done to it, what was done where only a part was read, and the counts. Leaves with 1 when one is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

from form_shapes import all_forms, judged, shaped  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    wish = parser.parse_args()
    models = all_forms()
    counts: Counter[str] = Counter()
    partly: Counter[str] = Counter()
    for number in range(wish.count):
        shape = shaped(models[number % len(models)], random.Random(f"{wish.seed}.{number}"))
        verdict, why = judged(shape)
        counts[verdict] += 1
        if verdict == "part":
            partly.update(shape.done)
        elif verdict == "WRONG":
            print(f"WRONG {wish.seed}.{number} {shape.model.found.words.name} {'，'.join(shape.done)}: {why}")
    for what, times in partly.most_common(12):
        print(f"a part only {times}: {what}")
    print(f"seed {wish.seed}, {wish.count} shapes: {', '.join(f'{counts[one]} {one}' for one in counts)}")
    return int(counts["WRONG"] > 0)


if __name__ == "__main__":
    sys.exit(main())
