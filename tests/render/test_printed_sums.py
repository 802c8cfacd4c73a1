"""尾差 as a reader finds it: the drawn table above, the sums below that its printed parts miss."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Form, Report, pack_folder, plain

from generator.document.nodes import Block, Column, Figure, Heading, Paragraph, Row, Run, Table
from generator.number_style import NumberStyle
from generator.place import Place
from generator.quantity import MONEY, Quantity, total
from generator.tails.printed_sums import PrintedSum, operand_sums, split_sums, table_sums, text_sums
from generator.tails.tails import Drawn, Tails

STYLE = NumberStyle(zero="0.00", whole_percent=False)
NOTE = "存在尾差。"


def wan(amount: object, name: str = "", error: int = 0) -> Figure:
    """An amount in 万元 with more digits than are printed; `error` 元 for one that was typed rounded."""
    value = Decimal(str(amount)) * 10000
    quantity = Quantity(value, MONEY, name or f"某数{amount}", Place("数据.yaml", 1), error=Decimal(error))
    return Figure(STYLE.money(value), quantity)


def table(head: Sequence[Sequence[object]], *body: Sequence[object], error: int = 0) -> Table:
    """Cells: words, numbers in 万元, (words, rows, columns) for a wide one; "" below and beside it."""
    width = len(head[0])
    return Table("表", (Column(20),) * width, tuple(map(_row, head)), tuple(_row(row, error) for row in body))


def _row(cells: Sequence[object], error: int = 0) -> Row:
    spans = {at: (cell[1], cell[2]) for at, cell in enumerate(cells) if isinstance(cell, tuple)}
    made = [
        cell[0] if isinstance(cell, tuple) else cell if isinstance(cell, str) else wan(cell, error=error)
        for cell in cells
    ]
    return Row(tuple(made), spans)


def missed(sums: Sequence[PrintedSum]) -> list[str]:
    """«99.99 ≠ 100.00»-like lines; each sum once."""
    lines = (f"{one.whole.figure.text} ≠ {' + '.join(p.figure.text for p in one.parts)}" for one in sums if one.miss)
    return list(dict.fromkeys(lines))


CODES = [("项目", 1, 2), "", ("合计", 2, 1)], ["科目编码", "科目名称", ""]


def test_a_class_over_its_items() -> None:
    """公开05表: 302 = 151.98 over 26.22 + 78.19 + 47.56 = 151.97."""
    drawn = table(
        CODES,
        [("合计", 1, 2), "", 161.98],
        ["301", "工资福利支出", 10],
        ["30101", "基本工资", 10],
        ["302", "商品和服务支出", 151.98],
        ["30201", "办公费", 26.224],
        ["30202", "印刷费", 78.194],
        ["30299", "其他", 47.562],
    )
    assert missed(table_sums(drawn, "万元")) == ["151.98 ≠ 26.22 + 78.19 + 47.56"]


def test_sections_and_items_below_a_class() -> None:
    drawn = table(
        CODES,
        ["208", "社会保障和就业支出", 10.006],
        ["20801", "人力资源事务", 5.003],
        ["2080101", "行政运行", 5.003],
        ["20805", "养老支出", 5.003],
        ["2080505", "养老保险", 5.003],
        ["210", "卫生健康支出", 1],
        [("合计", 1, 2), "", 11.006],
    )
    assert missed(table_sums(drawn, "万元")) == ["10.01 ≠ 5.00 + 5.00"]


def test_totals_below_their_rows_and_over_a_total() -> None:
    drawn = table(
        [["项目", "决算数", "项目", "决算数"]],
        ["一、财政拨款收入", 3.004, "一、教育支出", 3.004],
        ["二、事业收入", 3.004, "二、卫生支出", 3.004],
        ["", "", "三、住房支出", 1],
        ["本年收入合计", 6.008, "本年支出合计", 7.008],
        ["年初结转和结余", 1.004, "年末结转和结余", 0.004],
        ["总计", 7.012, "总计", 7.012],
    )
    assert missed(table_sums(drawn, "万元")) == [
        "6.01 ≠ 3.00 + 3.00",
        "7.01 ≠ 3.00 + 3.00 + 1.00",
    ]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ((9.009, 6.006, 3.003, 3.003, 3.003), ["6.01 ≠ 3.00 + 3.00"]),
        ((9.008, 6.004, 3.002, 3.002, 3.004), ["9.01 ≠ 6.00 + 3.00"]),
        ((9, 6, 3, 3, 3), []),
    ],
)
def test_columns_under_one_head(row: Sequence[float], found: list[str]) -> None:
    drawn = table(
        [["项目", "合计", ("一般公共预算", 1, 3), "", "", "基金"], ["", "", "小计", "基本支出", "项目支出", ""]],
        ["支出", *row],
    )
    assert missed(table_sums(drawn, "万元")) == found


def test_economic_by_functional_in_two_pieces() -> None:
    """合计 stands in the first piece, its parts in both: the note is wanted where the whole stands."""
    codes = ["科目编码", "科目名称", "合计"]
    first = table(
        [[*codes, "301", "30101"], ["", "", "", "工资", "基本工资"]], ["2080101", "运行", 4.008, 2.004, 2.004]
    )
    second = table([[*codes, "302", "30201"], ["", "", "", "商品", "办公费"]], ["2080101", "运行", 4.008, 2.004, 2.004])
    assert missed(split_sums([first, second], "万元")) == ["4.01 ≠ 2.00 + 2.00"]
    blocks: list[Block] = [first, second]
    tails(blocks, Drawn(0, 2, "万元", STYLE)).note_tables()
    assert [len(block.notes) for block in blocks if isinstance(block, Table)] == [1, 0]


def test_typed_totals_keep_the_note() -> None:
    """Typed in 万元 with two decimals, each may be off by 50 元; a whole that is off by more is no sum of these."""
    rows = [[("合计", 1, 2), "", 100.41], ["208", "甲", 42.58], ["210", "乙", 57.82]]
    assert missed(table_sums(table(CODES, *rows, error=50), "万元")) == ["100.41 ≠ 42.58 + 57.82"]
    rows[0][2] = 100.45
    assert missed(table_sums(table(CODES, *rows, error=50), "万元")) == []


def test_a_share_within_and_rows_without_numbers_are_no_addends() -> None:
    drawn = table(
        [["项目", "金额"]], ["人员经费", 3.004], ["其中：奖金", 1], ["公用经费", 3.004], ["备注", "无"], ["合计", 6.008]
    )
    assert missed(table_sums(drawn, "万元")) == ["6.01 ≠ 3.00 + 3.00"]


def test_what_was_added_up_is_known_without_a_word_of_it() -> None:
    parts = [wan("33.333333", f"第{n}项") for n in range(3)]
    whole = total((part.quantity for part in parts), MONEY, "三公")
    assert isinstance(whole, Quantity)
    shown = Figure(STYLE.money(whole.value), whole)
    assert missed(list(operand_sums([shown, *parts], "万元"))) == ["100.00 ≠ 33.33 + 33.33 + 33.33"]
    assert missed(list(operand_sums([shown, *parts[:2]], "万元"))) == [], "who cannot see a part cannot miss it"


def sentence(*pieces: object) -> Paragraph:
    return Paragraph(tuple(Run(piece) if isinstance(piece, str) else wan(piece) for piece in pieces))


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        (
            [sentence("支出合计", 6.008, "万元，其中：基本支出", 3.004, "万元；项目支出", 3.004, "万元。")],
            ["6.01 ≠ 3.00 + 3.00"],
        ),
        ([sentence("支出", 6.008, "万元。与上年", 3.004, "万元相比，增加", 3.004, "万元。")], []),
        (
            [
                sentence("支出", 6.008, "万元。其中："),
                sentence("1. 甲", 3.004, "万元"),
                sentence("2. 乙", 3.004, "万元"),
            ],
            ["6.01 ≠ 3.00 + 3.00"],
        ),
        (
            [sentence("支出", 6.008, "万元。其中："), Heading(1, "", (), "标题1", "a"), sentence("甲", 6.004, "万元")],
            [],
        ),
    ],
)
def test_sums_in_sentences(blocks: list[Block], found: list[str]) -> None:
    assert missed(list(text_sums(blocks, "万元"))) == found


def test_a_small_amount_in_yuan_is_added_as_what_it_is() -> None:
    small = Figure("38", Quantity(Decimal(38), MONEY, "小额"))
    shown = Paragraph((Run("合计"), wan("3.0038"), Run("万元，其中："), wan("3"), Run("万元、"), small, Run("元。")))
    assert [one.miss for one in text_sums([shown], "万元")] == [Decimal(-38)]


# -- properties -------------------------------------------------------------------------------------------------------

AMOUNTS = st.lists(
    st.lists(st.decimals(min_value=0, max_value=10**7, places=2), min_size=3, max_size=3), min_size=1, max_size=9
)
"""元: for each item 基本支出 by two funds and 项目支出."""


def accounts(leaves: list[list[Decimal]]) -> tuple[Table, dict[tuple[int, int], Decimal]]:
    """类款项 in threes × (合计 | 一般公共预算（小计 | 基本 | 项目）| 基金); and the exact cells by (row, column)."""
    lines: list[tuple[str, list[list[Decimal]]]] = [("合计", leaves)]
    for first in range(0, len(leaves), 3):
        group = leaves[first : first + 3]
        lines += [(f"{201 + first}", group), (f"{201 + first}01", group)]
        lines += [(f"{201 + first}01{n:02d}", [leaf]) for n, leaf in enumerate(group, 1)]
    exact: dict[tuple[int, int], Decimal] = {}
    rows = []
    for at, (code, held) in enumerate(lines):
        a, b, c = (sum((leaf[n] for leaf in held), Decimal(0)) for n in range(3))
        cells = [a + b + c, a + b, a, b, c]
        exact |= {(at, column): value for column, value in enumerate(cells)}
        rows.append(Row((code, "名称", *(_cell(value, code, column) for column, value in enumerate(cells)))))
    head = (
        _row(["科目编码", "科目名称", ("合计", 2, 1), ("一般公共预算", 1, 3), "", "", ("基金", 2, 1)]),
        _row(["", "", "", "小计", "基本支出", "项目支出", ""]),
    )
    return Table("支出表", (Column(20),) * 7, head, tuple(rows)), exact


def _cell(value: Decimal, code: str, column: int) -> Figure:
    return Figure(STYLE.money(value), Quantity(value, MONEY, f"支出[{code}].{column}"))


def by_hand(drawn: Table) -> list[Decimal]:
    """The misses of all sums of `accounts`, from the printed digits alone."""
    printed = [[Decimal(cell.text) for cell in row.cells if isinstance(cell, Figure)] for row in drawn.body]
    codes = [str(row.cells[0]) for row in drawn.body]
    found = []
    for at, code in enumerate(codes):
        below = {"合计": 3, 3: 5, 5: 7}.get(code if code == "合计" else len(code))
        prefix = "" if code == "合计" else code
        parts = [n for n, other in enumerate(codes) if other.startswith(prefix) and len(other) == below and n != at]
        if parts and below:
            parts = [n for n in parts if codes[n] != "合计"]
            found += [printed[at][column] - sum(printed[n][column] for n in parts) for column in range(5)]
        whole, subtotal, basic, project, fund = printed[at]
        found += [whole - subtotal - fund, subtotal - basic - project]
    return found


def tails(blocks: list[Block], *drawn: Drawn) -> Tails:
    return Tails(STYLE, STYLE, "万元", NOTE, drawn, blocks)


@given(AMOUNTS)
def test_the_note_is_there_exactly_when_a_printed_sum_misses(leaves: list[list[Decimal]]) -> None:
    drawn, _ = accounts(leaves)
    blocks: list[Block] = [drawn]
    tails(blocks, Drawn(0, 1, "万元", STYLE)).note_tables()
    noted = isinstance(blocks[0], Table) and bool(blocks[0].notes)
    assert noted == any(by_hand(drawn))


@given(AMOUNTS)
def test_levelled_tables_add_up(leaves: list[list[Decimal]]) -> None:
    drawn, exact = accounts(leaves)
    blocks: list[Block] = [drawn]
    done = tails(blocks, Drawn(0, 1, "万元", STYLE))
    told = list(done.level())
    done.note_tables()
    (made,) = blocks
    assert isinstance(made, Table)
    assert made.notes == () and not any(by_hand(made))
    shown, before = _printed(made), _printed(drawn)
    assert all(abs(shown[at] - value / 10000) < Decimal("0.01") for at, value in exact.items())
    moved = [at for at, number in before.items() if number != shown[at]]
    assert len(told) <= len(moved) and bool(told) == bool(moved)


def _printed(drawn: Table) -> dict[tuple[int, int], Decimal]:
    cells = ((at, column, cell) for at, row in enumerate(drawn.body) for column, cell in enumerate(row.cells[2:]))
    return {(at, column): Decimal(cell.text) for at, column, cell in cells if isinstance(cell, Figure)}


def test_a_moved_figure_says_where_what_and_how() -> None:
    """Three thirds of 100: the first takes the missing last digit, in the table and in the sentence."""
    parts = [wan("33.333333", f"第{n}项") for n in (1, 2, 3)]
    drawn = Table(
        "支出表",
        (Column(20), Column(20)),
        (Row(("项目", "金额")),),
        (*(Row((f"第{n}项", part)) for n, part in enumerate(parts, 1)), Row(("合计", wan("99.999999", "合计")))),
    )
    blocks: list[Block] = [Paragraph((Run("第1项"), parts[0], Run("万元。"))), drawn]
    (told,) = tails(blocks, Drawn(1, 1, "万元", STYLE)).level()
    assert told.code == "F015"
    assert told.message == (
        "为使分项与合计相加相符（尾差调平），第1项 333,333.33元印为 33.34万元，不是 33.33万元：开头 第1段"
    )
    assert [str(place) for place in told.places] == ["数据.yaml 第1行"]
    table_now = blocks[1]
    assert isinstance(table_now, Table)
    assert [row.cells[1].text for row in table_now.body if isinstance(row.cells[1], Figure)] == [
        "33.34",
        "33.33",
        "33.33",
        "100.00",
    ]
    assert isinstance(blocks[0], Paragraph)
    assert [piece.text for piece in blocks[0].content if isinstance(piece, Figure)] == ["33.34"]


# -- from input to document ------------------------------------------------------------------------------------------

FIELDS = """
支出:
  标签: 支出
  字段:
    合计: {类型: 金额, 标签: 支出合计, 计算: "各项 | 求和('金额')"}
各项:
  标签: 各项支出
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 名称}
      金额: {类型: 金额, 标签: 金额}
"""
SPENT = """
列: [{宽: 60}, {宽: 30}]
表头: [[项目, 金额]]
行:
  - {逐行: =各项, 单元: [=行.名称, =行.金额]}
  - [合计, =支出.合计]
"""
TEXT = """
共{{ 支出.合计 | 万元 }}，其中：{% for 项 in 各项 %}{{ 项.名称 }}{{ 项.金额 | 万元 }}；{% endfor %}

```尾差注
```

```表 支出表
```
"""
THIRDS = "各项: [{名称: 甲, 金额: 333333.33}, {名称: 乙, 金额: 333333.33}, {名称: 丙, 金额: 333333.33}]\n"


def report(tmp_path: Path, data: str, unit: str, settings: str = "") -> Report:
    files = {"tables/支出表.yaml": SPENT}
    folder = pack_folder(tmp_path, files, fields=FIELDS, text=TEXT, settings=settings)
    return Form(folder).report(data, unit=unit)


@pytest.mark.parametrize(
    ("data", "unit", "notes"),
    [
        (THIRDS, "元", 2),  # 100.00 = 33.33 + 33.33 + 33.33
        ("各项: [{名称: 甲, 金额: 30}, {名称: 乙, 金额: 70}]\n", "万元", 0),
        ("支出: {合计: 100.41}\n各项: [{名称: 甲, 金额: 42.58}, {名称: 乙, 金额: 57.82}]\n", "万元", 2),  # typed
        ("支出: {合计: 100.40}\n各项: [{名称: 甲, 金额: 42.58}, {名称: 乙, 金额: 57.82}]\n", "万元", 0),
    ],
)
def test_the_note_in_a_document(tmp_path: Path, data: str, unit: str, notes: int) -> None:
    made = report(tmp_path, data, unit)
    assert made.codes == []
    assert plain(made.outline).count("因四舍五入，部分合计数与分项之和存在尾差。") == notes


def test_a_place_that_wants_sums_to_add_up(tmp_path: Path) -> None:
    made = report(tmp_path, THIRDS, "元", "尾差: 调平\n")
    assert made.codes == ["F015"]
    assert plain(made.outline) == (
        "P 共100.00万元，其中：甲33.34万元；乙33.33万元；丙33.33万元；\n"
        "T 支出表 4 行 × 2 列\n  H 项目 | 金额\n"
        "  - 甲 | 33.34\n  - 乙 | 33.33\n  - 丙 | 33.33\n  - 合计 | 100.00\n"
    )


def test_a_switch_that_does_not_exist(tmp_path: Path) -> None:
    (found,) = report(tmp_path, THIRDS, "元", "尾差: 抹平\n").findings
    assert (found.code, str(found.place)) == ("T117", "example/pack.yaml 第21行")
    assert "请写“注”或“调平”" in found.hint
