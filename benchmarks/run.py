"""`python benchmarks/run.py`: the example and the benchmark document beside the floor and docxtpl, as ratios.

All candidates take turns within each round, so that a busy machine slows all of them alike; medians are printed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parent
sys.path[:0] = [str(_ROOT), str(_HERE)]

from by_docxtpl import render  # noqa: E402
from floor import put_together, taken_apart  # noqa: E402
from twin import Twin, twin  # noqa: E402
from unit import PACKS, ROOTS, Benchmark, sound  # noqa: E402

from generator.case import Case, read_case, read_input  # noqa: E402
from generator.pipeline import make_document  # noqa: E402
from generator.verify.verify import verify  # noqa: E402
from generator.writers.docx import write_docx  # noqa: E402
from generator.writers.line_counter import estimate_pages  # noqa: E402

EXAMPLE = _ROOT / "inputs" / "gongjing-2020"
OURS, FLOOR, DOCXTPL, VERIFY = "本程序", "下限", "docxtpl", "复核"
FACTORS = (1, 4, 16, 64)

Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document ready to be made in three ways."""

    case: Case
    pages: Mapping[str, int]
    docx: bytes
    twin: Twin

    @classmethod
    def of(cls, case: Case) -> Candidate:
        document = make_document(case).value
        look = case.pack.look
        pages = estimate_pages(document, look)
        docx = write_docx(document, look, pages=pages)
        return cls(case, pages, docx, twin(document, look, pages))

    def build(self) -> bytes:
        """Facts in memory and a compiled pack → the bytes of the .docx."""
        return write_docx(make_document(self.case).value, self.case.pack.look, pages=self.pages)

    def warm(self) -> dict[str, Callable[[], object]]:
        parts = taken_apart(self.docx)
        return {
            OURS: self.build,
            FLOOR: lambda: put_together(parts),
            DOCXTPL: lambda: render(self.twin.template, self.twin.content),
            VERIFY: lambda: verify(self.docx),
        }


def measured(work: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Seconds of each, taking turns; one round before the first is not counted."""
    times: Times = {name: [] for name in work}
    for turn in range(rounds + 1):
        for name, do in work.items():
            gc.collect()
            start = time.perf_counter()
            do()
            if turn:
                times[name].append(time.perf_counter() - start)
    return times


def cold(candidate: Candidate, given: Path, folder: Path) -> dict[str, Callable[[], object]]:
    """Whole processes: YAML files → .docx on disk, and template with JSON → .docx on disk."""
    template, content = folder / "template.docx", folder / "content.json"
    template.write_bytes(candidate.twin.template)
    content.write_text(json.dumps(candidate.twin.content, ensure_ascii=False), "utf-8")
    # An empty JUESUAN_SOFFICE: no LibreOffice, so the pages of 目录 are estimated and not measured.
    # JUESUAN_BOUNDED: as if the pack came with the program; one from outside would run in a second process.
    environment = {**os.environ, "JUESUAN_SOFFICE": "", "JUESUAN_BOUNDED": "1", "PYTHONPATH": str(_ROOT)}
    build = [sys.executable, "-m", "generator.cli", "build", str(given), "--templates", str(PACKS), "-o", str(folder)]
    other = [sys.executable, str(_HERE / "by_docxtpl.py"), str(template), str(content), str(folder / "other.docx")]

    def run(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, env=environment, check=True, capture_output=True)

    return {OURS: run(build), DOCXTPL: run(other), VERIFY: lambda: verify(candidate.docx)}


def table(title: str, times: Times) -> str:
    medians = {name: statistics.median(values) for name, values in times.items()}
    lines = [f"{title}（{len(times[OURS])} 轮的中位数）"]
    for name, values in times.items():
        ratio = f"{medians[name] / medians[OURS]:8.2f} × {OURS}" if name != OURS else ""
        lines.append(f"  {name:<8}{medians[name] * 1000:9.1f} 毫秒   最快 {min(values) * 1000:9.1f}{ratio}")
    if FLOOR in medians:
        lines.append(f"  {OURS} ÷ {FLOOR} = {medians[OURS] / medians[FLOOR]:.2f}（目标不大于 2.5）")
        lines.append(f"  {DOCXTPL} ÷ {OURS} = {medians[DOCXTPL] / medians[OURS]:.2f}（目标不小于 5）")
    elif VERIFY in medians:
        lines.append(f"  {VERIFY} ÷ {OURS} = {medians[VERIFY] / medians[OURS]:.2f}（目标不大于 0.1）")
    return "\n".join(lines)


def growth(benchmark: Benchmark, rows: int, most: int, rounds: int) -> str:
    """Warm time at 1 × to `most` × the rows. Linear: what one row more costs stays the same."""
    builds: dict[str, Callable[[], object]] = {}
    factors = [factor for factor in FACTORS if factor <= most]
    if most not in factors:
        factors.append(most)
    sizes: dict[str, int] = {}
    for factor in factors:
        candidate = _Bare(benchmark.case(rows * factor))
        builds[f"{factor} ×"], sizes[f"{factor} ×"] = candidate.build, rows * factor * benchmark.tables
    times = measured(builds, rounds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    lines = [f"行数增长（{rounds} 轮的中位数）"]
    first = next(iter(medians))
    for name, seconds in medians.items():
        more = sizes[name] - sizes[first]
        each = f"   每多一行 {(seconds - medians[first]) / more * 1e6:6.1f} 微秒" if more else ""
        lines.append(f"  {name:>5} {sizes[name]:>7} 行 {seconds * 1000:10.1f} 毫秒{each}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Bare:
    """A case to build without page numbers: estimating the pages of thousands of rows is not what is measured."""

    case: Case

    def build(self) -> bytes:
        return write_docx(make_document(self.case).value, self.case.pack.look)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="测速：与下限、docxtpl 相比")
    parser.add_argument("--rounds", type=int, default=9, help="每项测几轮（缺省 9）")
    parser.add_argument("--rows", type=int, default=64, help="行数最多增到几倍（缺省 64；1 表示不测增长）")
    parser.add_argument("--table-rows", type=int, default=30, help="每张附表的行数（缺省 30）")
    parser.add_argument("--no-cold", action="store_true", help="不测整个进程")
    chosen = parser.parse_args(arguments)

    benchmark = Benchmark()
    cases = {
        "示例 gongjing-2020": sound(read_case(sound(read_input(EXAMPLE)), ROOTS, {})),
        f"50 页、14 张 {chosen.table_rows} 行表": benchmark.case(chosen.table_rows),
    }
    with tempfile.TemporaryDirectory() as name:
        for number, (title, case) in enumerate(cases.items()):
            candidate = Candidate.of(case)
            print(table(f"热：{title}", measured(candidate.warm(), chosen.rounds)), flush=True)
            if not chosen.no_cold:
                folder = Path(name, str(number))
                folder.mkdir()
                given = EXAMPLE if not number else folder / "填报.yaml"
                if number:
                    given.write_text(benchmark.text(chosen.table_rows), "utf-8")
                print(table(f"冷：{title}", measured(cold(candidate, given, folder), chosen.rounds)), flush=True)
    if chosen.rows > 1:
        print(growth(benchmark, chosen.table_rows, chosen.rows, 3))


if __name__ == "__main__":
    main()
