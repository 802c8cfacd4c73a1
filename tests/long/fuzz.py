"""Broken and hostile input of every kind, through the commands: `tests/long/fuzz.py --seed 1 --count 1250 [KIND …]`.

Prints for each kind how many attempts were made, how they ended, the longest processor time, and each fault: a
traceback, more than 5 s of processor time, more than 400 MB of memory, a person's words lost. Status 1 when there is
one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[0:1] = [str(ROOT / "tests" / "helpers"), str(ROOT)]

from fuzzing import KINDS, attempts  # noqa: E402

import generator.pack  # noqa: E402
from generator.writers.libreoffice import SOFFICE_VARIABLE  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1250, help="attempts of each kind")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"only these: {', '.join(KINDS)}")
    options = parser.parse_args()
    os.environ[SOFFICE_VARIABLE] = "/nowhere/soffice"
    generator.pack.load_pack = cache(generator.pack.load_pack)  # packs do not change between two attempts
    total = faults = 0
    for kind in tuple(options.kinds) or tuple(KINDS):
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            found = attempts(kind, options.seed, options.count, Path(folder))
        total, faults = total + found.attempts, faults + len(found.faults)
        print(f"{kind:24} {found.attempts} attempts, ended {found.statuses}, at most {found.slowest:.1f} s", flush=True)
        for one in found.faults:
            print(f"    {one.what}: {one.where}\n        {one.told.strip()}", flush=True)
    print(f"{total} attempts, {faults} faults")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
