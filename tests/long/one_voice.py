"""Random units of every pack, each document judged twice: `tests/long/one_voice.py --seed 1 --count 250 [EXAMPLE …]`.

From what is printed (contradictions of the program's own making, V001), and from what was typed, by a computation apart
from the product (tests/helpers/second_hand.py). Prints for each example how many units the checks refused, how many
documents were read, how many claims and how many prints were judged in them, and what is wrong; status 1 when anything
is.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[0:1] = [str(ROOT / "tests" / "helpers"), str(ROOT)]

from one_voice import judged  # noqa: E402
from random_units import NAMES, units  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=250)
    parser.add_argument("names", nargs="*", help="only these examples")
    options = parser.parse_args()
    gc.set_threshold(100_000, 20, 20)
    wrong = 0
    for name in tuple(options.names) or NAMES:
        counts: Counter[str] = Counter()
        for number, unit in enumerate(units((name,), options.seed, options.count)):
            if unit.examined is None:
                counts["refused"] += 1
                counts.update(f"refused by {one.code}" for one in unit.refused[:1])
                continue
            found = judged(unit)
            counts.update({"documents": 1, "claims": found.claims, "prints": found.prints, "wrong": len(found.wrong)})
            for one in found.wrong:
                print(f"  {name} {number}: {one}", flush=True)
        wrong += counts["wrong"]
        print(f"{name:26} {dict(counts)}", flush=True)
    print(f"{wrong} wrong figures or contradictions")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
