"""Random units of every pack, each document read again: `tests/long/one_voice.py --seed 1 --count 250 [EXAMPLE …]`.

Prints for each example how many units the checks refused, how many documents were read, how many claims were judged in
them, and each contradiction of the program's own making (V001); status 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from random_units import NAMES, units  # noqa: E402

from generator.pipeline import read_again  # noqa: E402
from generator.verify.verify import verify  # noqa: E402
from generator.writers.docx import write_docx  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=250)
    parser.add_argument("names", nargs="*", help="only these examples")
    options = parser.parse_args()
    wrong = 0
    for name in tuple(options.names) or NAMES:
        counts: Counter[str] = Counter()
        for number, unit in enumerate(units((name,), options.seed, options.count)):
            if unit.examined is None:
                counts["refused"] += 1
                counts.update(f"refused by {one.code}" for one in unit.refused[:1])
                continue
            docx = write_docx(unit.examined.document, unit.examined.case.pack.look, pages=None)
            counts["documents"] += 1
            counts["claims"] += len(verify(docx).claims)
            for one in read_again(docx, unit.examined.case):
                counts[one.code] += 1
                if one.code == "V001":
                    wrong += 1
                    print(f"  {name} {number}: {one.message}", flush=True)
        print(f"{name:26} {dict(counts)}", flush=True)
    print(f"{wrong} contradictions of the program's own making")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
