"""Random hand edits and what 公开 makes of them: `python tests/long/publish_sweep.py --seed 1 --count 200`.

Every run lets people edit a report a few times and reads it as nodes: then either something is named that the page
cannot tell, or the page says the file's words, and every word of every table stands in one of the CSV files.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

import word_edits as by_hand  # noqa: E402
from refresh_cases import built  # noqa: E402
from word_by_hand import w  # noqa: E402

from generator.document.nodes import Meta  # noqa: E402
from generator.pack import PackRoots, load_pack  # noqa: E402
from generator.publishing.page import page_of  # noqa: E402
from generator.publishing.tables import table_files  # noqa: E402
from generator.word_file.as_nodes import as_nodes  # noqa: E402
from generator.word_file.marked_file import Marked, open_marked  # noqa: E402

PLACES = ("10. 完成区委", "8. 负责组织", "收、支总计各增加", "2020年本年收入合计", "二、收入决算情况说明")
ROW, OTHER_ROW = "一、一般公共服务支出", "二、外交支出"
EDITS: tuple[Callable[[str], by_hand.Edit], ...] = (
    lambda at: by_hand.type_behind(at, "另加<&>"),
    lambda at: by_hand.paragraph_behind(at, "一段", "=二段"),
    by_hand.split_behind,
    lambda at: by_hand.line_break_behind(at, "另行"),
    by_hand.picture,
    lambda at: by_hand.note(at, "注"),
    lambda at: by_hand.text_box(at, "盒子"),
    by_hand.symbol_behind,
    by_hand.control_around,
    lambda at: by_hand.new_table(at, ("甲", "乙"), ("=1", "2")),
    lambda at: by_hand.date_field(at, "2021年"),
    by_hand.page_break_before,
    lambda at: by_hand.custom_style("局办公室正文", at),
    lambda _: by_hand.move_paragraph(PLACES[0], PLACES[1]),
    lambda _: by_hand.merge_cells(ROW, 0),
    lambda _: by_hand.delete_row(OTHER_ROW),
    lambda _: by_hand.into_cell(OTHER_ROW),
    lambda _: by_hand.retype_cell(ROW, 2, "+说明"),
    lambda _: by_hand.row_behind(ROW, "另列", "1", "2", "3", "4", "5"),
    lambda _: by_hand.joined_with_chart("图1"),
    lambda _: by_hand.delete_chart("图2"),
    lambda _: by_hand.chart_value("图1", "91.68", "92.00"),
    lambda _: by_hand.tables_joined(),
    lambda _: by_hand.update_contents(),
    lambda _: by_hand.save_in_word(),
    lambda _: by_hand.save_in_wps(),
)


def words(lines: Iterable[str]) -> Counter[str]:
    """Pieces of cells, however they are arranged."""
    return Counter(piece for line in lines for piece in re.split(r"\s+", line) if piece)


def words_of_tables(file: Marked) -> Counter[str]:
    return words(
        "".join(one.text or "" if one.tag == w("t") else " " for one in paragraph.iter(w("t"), w("br"), w("tab")))
        for paragraph in (p for table in file.body.iter(w("tbl")) for p in table.iter(w("p")))
    )


def words_of_csv(files: Iterable[bytes]) -> Counter[str]:
    rows: Iterable[Sequence[str]] = (
        row for data in files for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    )
    return words(cell.removeprefix("'") for row in rows for cell in row)


def run(seed: int, report: bytes, look: Any) -> str:
    """What came of one run: "" (nothing to edit), named, made, or the fault."""
    chance = random.Random(seed)
    edits = [chance.choice(EDITS)(chance.choice(PLACES)) for _ in range(chance.randint(1, 4))]
    try:
        docx = by_hand.edited(report, *edits).docx
    except (AssertionError, ValueError, IndexError, StopIteration):
        return ""  # an edit before took away what this one looks for
    file = open_marked("报告.docx", docx).value
    if file is None:
        return ""
    told = as_nodes(file, look)
    if told.lacking:
        return "named"
    if page_of(file, told.blocks, look, Meta("试")) is None:
        return "the page says other words"
    lost = words_of_tables(file) - words_of_csv(table_files(told.blocks).values())
    return f"no CSV holds {dict(lost)}" if lost else "made"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=200)
    asked = options.parse_args()
    pack = load_pack("final-accounts-sichuan", PackRoots.with_own()).value
    assert pack is not None
    report = built("gongjing-2020", (), False)
    counts: Counter[str] = Counter()
    for seed in range(asked.seed, asked.seed + asked.count):
        said = run(seed, report, pack.look)
        counts[said if said in ("", "named", "made") else "FAULT"] += 1
        if said not in ("", "named", "made"):
            print(f"seed {seed}: {said}")
    print(dict(counts))
    return 1 if counts["FAULT"] else 0


if __name__ == "__main__":
    sys.exit(main())
