"""How reading and checking a workbook grow with its rows: `python benchmarks/many_rows.py`.

One workbook of the pack project-performance with 12,500, 25,000 and 50,000 indicators, ten in each project, filled in
by the program's own writer. Each size is measured in a process of its own: processor time to read and to check, and
the most memory that the process held.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from indicators import ROOTS, filled_workbook  # noqa: E402

SIZES = (12_500, 25_000, 50_000)


def measure(file: Path) -> None:
    """Reads and checks; prints seconds, findings and megabytes with spaces between them."""
    from generator.case import read_case, read_input
    from generator.pipeline import check_case

    begun = time.process_time()
    files = read_input(file).value
    read = read_case(files, ROOTS, {}) if files is not None else None
    if read is None or read.value is None:
        raise SystemExit(f"{file}: nothing could be read")
    seen = time.process_time()
    found = (*read.diagnostics, *check_case(read.value))
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seen - begun:.2f} {done - seen:.2f} {peak:.0f} {len(found)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ROWS")
    parser.add_argument("--folder", type=Path, default=ROOT / "outputs" / "many-rows")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure)
        return
    chosen.folder.mkdir(parents=True, exist_ok=True)
    print(f"{'指标行':>8}{'文件 MB':>9}{'读 秒':>9}{'核对 秒':>9}{'内存 MB':>9}{'意见':>6}{'每千行 秒':>10}")
    for rows in chosen.sizes:
        file = chosen.folder / f"{rows}.xlsx"
        if not file.exists():
            file.write_bytes(filled_workbook(rows))
        command = [sys.executable, __file__, "--measure", str(file)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        reading, checking, peak, found = run.stdout.split()
        each = (float(reading) + float(checking)) / rows * 1000
        size = file.stat().st_size / 1024**2
        print(f"{rows:>11}{size:>11.1f}{reading:>11}{checking:>12}{peak:>11}{found:>8}{each:>13.3f}")


if __name__ == "__main__":
    main()
