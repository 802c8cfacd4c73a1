"""The largest honest files known pass the border, and how near they come to its budgets.

    PYTHONPATH=. python tests/long/large_files.py

26,880 rows of ten figures as YAML and as a workbook, a workbook with 30 MB of pictures, a report of 60 projects; status
1 where one is refused. Smaller ones stand in `tests/border/test_large_files.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from large_files import projects_report, workbook, yaml_rows  # noqa: E402

from generator.border.archive import Archive  # noqa: E402
from generator.border.budgets import TEXT_BYTES  # noqa: E402
from generator.border.yaml_text import Amount, compose  # noqa: E402
from generator.word.parts import Parts  # noqa: E402
from generator.xlsx.book import open_book  # noqa: E402


def yaml() -> str:
    text, amount = yaml_rows(26_880), Amount()
    assert len(text.encode()) < TEXT_BYTES
    compose(text, amount)
    return f"{len(text.encode()):,} bytes, {amount}"


def rows_in_a_workbook() -> str:
    book = open_book(workbook(26_880))
    assert len(book.grid(book.sheets[0]).rows) == 26_880
    return f"{book.package.unpacked:,} bytes unpacked, {book.package.tags:,} tags, ratio {_ratio(book.package.archive)}"


def pictures() -> str:
    data = workbook(1_000, pictures=30)
    book = open_book(data)
    assert len(book.grid(book.sheets[0]).rows) == 1_000
    return f"{len(data):,} bytes"


def sixty_projects() -> str:
    data = projects_report(60)
    parts = Parts(data)
    tags = sum(parts.content[name].count(b"<") for name in parts.xml)
    return f"{len(data):,} bytes, {len(parts.content)} parts, {tags:,} tags, ratio {_ratio(Archive(data))}"


def _ratio(archive: Archive) -> int:
    """The greatest of a part of a megabyte or more."""
    large = [info for info in archive.parts.values() if info.file_size > 1_000_000]
    return max((info.file_size // info.compress_size for info in large), default=1)


FILES: tuple[Callable[[], str], ...] = (yaml, rows_in_a_workbook, pictures, sixty_projects)


def measured() -> Iterator[bool]:
    for one in FILES:
        try:
            print(f"{one.__name__:20} {one()}", flush=True)
            yield True
        except Exception as error:  # whatever refuses an honest file is named, and the others are tried
            print(f"{one.__name__:20} REFUSED {error!r} {getattr(error, 'values', '')}", flush=True)
            yield False


if __name__ == "__main__":
    sys.exit(not all([*measured()]))
