"""Marks, first rows and places taken from a report: `python tests/long/lost_witnesses.py --seed 1 --count 500`.

Each run damages a generated file (tests/helpers/lost_witnesses.py), corrects the input and refreshes the file. Printed:
each run that has a fault, with what was done; the count. Leaves with 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

from lost_witnesses import REFUSED, attempt  # noqa: E402
from office import Office  # noqa: E402

from generator.writers.libreoffice import find_libreoffice  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="begin with this run")
    parser.add_argument("--example", default="", help="«gongjing-2020» instead of a small report")
    parser.add_argument("--office", action="store_true", help="LibreOffice saves each file before: .docx, .doc, .odt")
    wish = parser.parse_args()
    wrong = 0
    soffice = find_libreoffice() if wish.office else None
    office = Office(soffice, Path(mkdtemp())) if soffice else None
    kinds: Counter[str] = Counter()
    for number in range(wish.first, wish.first + wish.count):
        made, correction, found = attempt(f"{wish.seed}.{number}", wish.example, office)
        kinds.update([one for one in made.done if one == REFUSED or one.startswith("saved as")])
        wrong += bool(found)
        if found:
            print(f"WRONG {wish.seed}.{number} {correction}: {'，'.join(made.done)}", flush=True)
            for one in found[:6]:
                print(f"    {one}", flush=True)
    if office:
        office.close()
    print(f"seed {wish.seed}, {wish.count} runs, {wrong} wrong", *(f"{kind} {times}" for kind, times in kinds.items()))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
