"""Recall of `verify` over all examples: errors planted one at a time, found where they are?

    PYTHONPATH=. python tests/long/verify_recall.py --seed 1 --count 100 [--missed]

Prints per example how many were contradicted, and how many were at least hinted at; status 1 where fewer than 95 of
100 were contradicted.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "verify")]

from examples_built import built_examples  # noqa: E402
from planting import plantings  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--missed", action="store_true", help="name each error that was not found")
    parser.add_argument("names", nargs="*", help="only these examples")
    options = parser.parse_args()
    worst = 100.0
    for name, data in built_examples(options.names):
        found = list(plantings(data, random.Random(options.seed), options.count))
        said = 100 * sum(one.said for one in found) / len(found)
        hinted = 100 * sum(one.hinted for one in found) / len(found)
        worst = min(worst, said)
        missed = Counter(one.planted.kind for one in found if not one.said)
        print(f"{name:26} contradicted {said:5.1f}%  hinted {hinted:5.1f}%  missed {dict(missed)}", flush=True)
        for one in found if options.missed else ():
            if not one.said:
                print("    ", "hinted" if one.hinted else "MISSED", one.planted.kind, one.planted.what)
    return int(worst < 95)


if __name__ == "__main__":
    sys.exit(main())
