"""Takes every input out of every example, one at a time, then pairs and triples, and looks at the drafts.

    python tests/long/draft_sweep.py [EXAMPLE …] [--every N]

Prints what was lost; exit status 1 when anything was.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))

from drafts import Complete, every_input
from example_packs import EXAMPLES, data_of


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("examples", nargs="*", default=EXAMPLES)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--together", type=int, default=40, help="pairs and triples for each example")
    chosen = parser.parse_args()
    bad = 0
    for example in chosen.examples:
        began, complete = time.process_time(), Complete(data_of(example))
        paths = list(every_input(complete.data))
        sample = random.Random(example)
        cases = [(path,) for path in paths[:: chosen.every]]
        cases += [tuple(sample.sample(paths, sample.choice((2, 3)))) for _ in range(chosen.together)]
        wrong = 0
        for case in cases:
            losses = complete.losses(*case)
            if losses:
                wrong += 1
                print(example, *("/".join(map(str, path)) for path in case), sep=" ")
                for loss in losses[:6]:
                    print("    ", loss[:160])
        print(f"{example}: {len(cases)} drafts, {wrong} with losses, {time.process_time() - began:.0f} s")
        bad += wrong
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
