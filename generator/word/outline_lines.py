"""The lines of an outline: a document as text that a person reads and a test compares.

    # 第一部分 部门概况
    P 2020年度收、支总计‹91.68 收支总计.决算›万元。
    T 收入决算表 3 行 × 4 列

The outline writer makes them from the nodes, the reader from a Word file; both use only these functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LINE_BREAK = "⏎"
NEW_PAGE = "分页"


def section(landscape: bool, page_numbers: bool) -> str:
    return f"分节 {'横' if landscape else '纵'}{'' if page_numbers else ' 无页码'}"


def heading(level: int, style: str, text: str) -> str:
    named = "" if style == f"标题{level}" else f"[{style}] "
    return f"{'#' * level} {named}{text}".rstrip()


def paragraph(style: str, text: str) -> str:
    return f"P{'' if style == '正文' else f'[{style}]'} {text}".rstrip()


def contents(title: str, entries: Iterable[str]) -> list[str]:
    return [f"目录 {title}".rstrip(), *(f"  {entry}" for entry in entries)]


def table(
    name: str, above: Sequence[tuple[str, str]], head: Sequence[str], body: Sequence[str], columns: int
) -> list[str]:
    """`above`: what stands over the grid, as (style, text); rows as `row` gives them."""
    return [
        f"T {name} {len(body)} 行 × {columns} 列",
        *(beside(style, text) for style, text in above),
        *(f"  H {row}".rstrip() for row in head),
        *(f"  - {row}".rstrip() for row in body),
    ]


def beside(style: str, text: str) -> str:
    """A line that belongs to a table or chart: title, number, note, caption."""
    return f"  {style} {text}".rstrip()


def row(cells: Iterable[tuple[str, int, int]]) -> str:
    """Cells as (text, rows, columns); 0 rows: covered from above."""
    return " | ".join(
        "↑" if not down else text if (down, across) == (1, 1) else f"{text} ⟦{down}×{across}⟧"
        for text, down, across in cells
    )


def chart(
    kind: str, name: str, categories: Sequence[str], series: Iterable[tuple[str, Sequence[str], Sequence[str]]]
) -> list[str]:
    """Series as (name, values as printed, words of the points' own labels)."""
    out = [f"C {kind} {name}", f"  | {' | '.join(categories)}"]
    for words, values, labels in series:
        out.append(f"  {words} | {' | '.join(values)}")
        if any(labels):
            out.append(f"  标签 | {' | '.join(labels)}")
    return out


def empty_chart(kind: str, name: str, words: str) -> list[str]:
    return [f"C {kind} {name}", f"  {words}".rstrip()]


def figure(text: str, name: str) -> str:
    return f"‹{text} {name}›"


def inline(pieces: Iterable[tuple[str, bool]]) -> str:
    """Pieces as (text, bold); however the runs were cut, the same words give the same line."""
    out: list[str] = []
    strong = False
    for text, bold in pieces:
        if text:
            if bold != strong:
                out.append("**")
                strong = bold
            out.append(text)
    if strong:
        out.append("**")
    return "".join(out)
