"""更正对照表 of many figures: each number once, with the other places where it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from generator.comparing.comparison import ChangedFact, ChangedText, Comparison, PrintedChange, Side
from generator.comparing.correction_table import correction_document
from generator.document.nodes import Run, Table
from generator.document.occurrences import Spot


def fact(name: str, place: str, old: str, new: str, *causes: int) -> ChangedFact:
    where = PrintedChange(Spot((), 0, place, 1, 1), Spot((), 0, place, 1, 1), old, new)
    values = (Decimal(old) * 10000, Decimal(new) * 10000)
    return ChangedFact(name, name, "元", *values, not causes, printed=(where,), causes=causes)


def tables(comparison: Comparison) -> dict[str, Table]:
    return {one.name: one for one in correction_document(comparison).blocks if isinstance(one, Table)}


def plain_text(cell: object) -> str:
    return cell if isinstance(cell, str) else "".join(one.text for one in cell if isinstance(one, Run))  # type: ignore[attr-defined]


def rows(table: Table) -> list[str]:
    return [" | ".join(map(plain_text, row.cells)) for row in table.body]


def test_a_number_that_is_corrected_in_many_places_stands_in_one_row() -> None:
    facts = (
        fact("项目支出", "支出决算表", "4.00", "4.60"),
        fact("款合计", "支出决算表", "4.00", "4.60", 0),
        fact("类合计", "明细表", "4.00", "4.60", 0),
        fact("总支出", "总表", "91.68", "92.28", 0),
    )

    assert rows(tables(Comparison(Side("旧"), Side("新"), facts))["更正的数"]) == [
        "1 | 项目支出 | 4.00 | 4.60 | 0.60 | 万元 | 支出决算表；同一数还印在：明细表",
        "1.1 | 随之：总支出 | 91.68 | 92.28 | 0.60 | 万元 | 总表",
    ]


def test_many_figures_take_few_pages() -> None:
    """What is computed and stands in tables only is counted; each row names one place."""
    corrected = [fact(f"项目{n}", "支出决算表", f"{n}.00", f"{n}.60") for n in range(60)]
    computed = [fact(f"合计{n}", "总表" if n % 3 else "总表（续）", f"{n}.10", f"{n}.70", n) for n in range(60)]
    said = PrintedChange(Spot(("一、支出",), 1), Spot(("一、支出",), 1), "91.68", "97.68")
    places = (said, *(PrintedChange(one := Spot((), 0, f"表{n}", 1, 1), one, "91.68", "97.68") for n in range(4)))
    total = replace(fact("总支出", "总表", "91.68", "97.68", 0, 1), printed=places)

    table = tables(Comparison(Side("旧"), Side("新"), (*corrected, *computed, total)))["更正的数"]

    assert len(rows(table)) == 62
    assert rows(table)[0] == "1 | 项目0 | 0.00 | 0.60 | 0.60 | 万元 | 支出决算表"
    assert rows(table)[-1] == "61.1 | 总支出 | 91.68 | 97.68 | 6.00 | 万元 | 一、支出 第1段 等5处"
    assert [plain_text(note) for note in table.notes] == [
        "另有60个随之变化的数只印在表里，由程序重新计算，没有逐个列出：总表60个。"
    ]


def test_sentences_in_which_only_figures_changed_are_named_by_their_places_when_they_are_many() -> None:
    here = Spot(("一、收入",), 1)
    figures = tuple(
        ChangedText(
            "句子", replace(here, paragraph=n), replace(here, paragraph=n), f"收入{n}.00万元。", f"收入{n}.60万元。"
        )
        for n in range(1, 9)
    )
    words = ChangedText("句子", here, here, "比上年增加。", "比上年减少。")

    few = tables(Comparison(Side("旧"), Side("新"), texts=(words, *figures[:6])))["变动的文字"]
    many = tables(Comparison(Side("旧"), Side("新"), texts=(words, *figures)))["变动的文字"]

    assert len(few.body) == 7
    assert len(many.body) == 1
    assert plain_text(many.notes[0]).startswith(
        "另有8处只有上面所列的数变了，文字没有变，不逐句列出：一、收入 第1段；一、收入 第2段"
    )
