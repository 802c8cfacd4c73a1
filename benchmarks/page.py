"""What the page costs beside the commands: `python benchmarks/page.py [EXAMPLE] [--rounds N]`.

Processor time as ratios, each round measures all in turn: the web page against the Word writing of the same document;
the first preview (the whole process, from its start) and a later one (a cell was changed, everything is read again)
against a cold `juesuan build` (the whole process).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]
_BUILD = "from generator.cli import main; main()"
_FIRST = "from asking import Asked; from pathlib import Path; import sys; Asked(Path(sys.argv[1])).text('u/1/preview')"


def cpu_of(program: str, *words: str) -> float:
    """Seconds of processor time of a whole process."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "helpers")))
    before = os.times()
    subprocess.run(
        [sys.executable, "-c", program, *words],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def writers(example: Path) -> tuple[float, float]:
    """HTML and Word of the same document, in this process."""
    from generator.pack import PackRoots
    from generator.pipeline import examine
    from generator.writers.docx import write_docx
    from generator.writers.html import write_html

    examined = examine(example, PackRoots.with_own()).value
    assert examined is not None
    spent = []
    for write in (write_html, write_docx):
        write(examined.document, examined.case.pack.look)
        began = time.process_time()
        write(examined.document, examined.case.pack.look)
        spent.append(time.process_time() - began)
    return spent[0], spent[1]


def later(folder: Path) -> float:
    """A preview after a change, the page being open for a while."""
    from asking import Asked

    asked = Asked(folder)
    asked.text("u/1/preview")
    [first, *_] = sorted(next(folder.iterdir()).glob("*.yaml"))
    first.write_text(first.read_text("utf-8") + "\n# 改过\n", "utf-8")
    began = time.process_time()
    asked.text("u/1/preview")
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("example", nargs="?", default="gongjing-2020")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds = []
    with tempfile.TemporaryDirectory() as place:
        for number in range(options.rounds):
            folder = Path(place) / str(number)
            shutil.copytree(ROOT / "inputs" / options.example, folder / options.example)
            cold = cpu_of(_BUILD, "build", str(folder / options.example), "-o", str(folder.parent / f"{number}.docx"))
            first = cpu_of(_FIRST, str(folder))
            html, word = writers(folder / options.example)
            rounds.append((html / word, first / cold, later(folder) / cold))
    for name, bound, ratios in zip(
        ("网页 / Word", "第一次预览 / 冷生成", "以后的预览 / 冷生成"),
        (0.5, 1.5, 1 / 3),
        zip(*rounds, strict=True),
        strict=True,
    ):
        print(f"{name}  {statistics.median(ratios):.2f}（{min(ratios):.2f}—{max(ratios):.2f}），目标 ≤ {bound:.2f}")


if __name__ == "__main__":
    main()
