"""C046 and C026: «没有发生…» beside an amount, and an amount behind other words beside another figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.checks.texts import text_findings
from generator.checks.wording import FormWords
from generator.facts.fact import Facts, Group, Text
from generator.place import Place
from generator.quantity import MONEY, YEAR, Quantity


def facts(amount: str, text: str = "好。", reason: str = "接待增加") -> Facts:
    place = Place("三公.yaml", 4)
    reception = Group(
        "三公.公务接待费",
        {
            "决算": Quantity(Decimal(amount), MONEY, "三公.公务接待费.决算", place, "公务接待费·决算数"),
            "上年": Quantity(Decimal(0), MONEY, "三公.公务接待费.上年", place, "公务接待费·上年决算数"),
            "原因": Text(reason, "三公.公务接待费.原因", Place("三公.yaml", 6), "公务接待费·变动原因"),
        },
        label="公务接待费",
    )
    total = Quantity(Decimal(amount), MONEY, "三公.合计.决算", place, "“三公”经费合计·决算数")
    everything = Group("三公.合计", {"决算": total}, label="“三公”经费合计")
    made = Group(
        "",
        {
            "年度": Quantity(Decimal(2020), YEAR, "年度"),
            "三公": Group("三公", {"公务接待费": reception, "合计": everything}, label="“三公”经费"),
            "总结": Text(text, "总结", Place("总结.yaml", 9), "总结"),
        },
    )
    made.roles = {"年度": "年度"}
    return made


def told(found: Facts) -> list[str]:
    return [f"{d.code} {d.message}" for d in text_findings(found, FormWords()) if d.code in ("C026", "C046")]


@pytest.mark.parametrize(
    "text",
    [
        "没有发生“三公”经费支出，与2019年持平。",
        "本年无公务接待费支出，与2019年持平。",
        "2020年未发生公务接待。",
        "公务接待费按标准从严控制，全年没有发生。",
        "公务接待费为零。",
        '没有发生"三公"经费支出。',
    ],
)
def test_a_denial_beside_an_amount(text: str) -> None:
    (finding,) = told(facts("1000", text))
    assert finding.startswith("C046 总结说")
    assert finding.endswith("是 1,000.00元")
    assert told(facts("0", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "没有超标准公务接待费支出。",
        "2019年没有发生公务接待费支出。",
        "公务接待费没有超预算。",
        "公务接待费未发生变化。",
        "没有发生因公出国（境）费。",
        "公务接待费用于接待，其中外事支出0.32万元。",
        "公务接待费从严控制，支出0.10万元。",
        "公务接待费比上年增加，上年支出0.32万元。",
    ],
)
def test_words_that_deny_nothing(text: str) -> None:
    assert told(facts("1000", text)) == []


def test_a_clause_between_hides_no_amount() -> None:
    text = "公务接待费按标准从严控制，支出0.32万元。"
    assert told(facts("0", text)) == [
        "C026 总结写的是“公务接待费按标准从严控制，支出0.32万元”，而填报的“三公.公务接待费.决算”是 0.00元"
    ]
    assert told(facts("3200", text)) == []


def test_an_items_own_reason() -> None:
    assert told(facts("1000", reason="本年未发生此项支出")) == [
        "C046 公务接待费·变动原因说“本年未发生此项支出”，而填报的公务接待费是 1,000.00元"
    ]
    assert told(facts("0", reason="本年未发生此项支出")) == []


def test_both_places_are_named() -> None:
    (finding,) = [d for d in text_findings(facts("1000", "无公务接待费支出。"), FormWords()) if d.code == "C046"]
    assert [str(place) for place in finding.places] == ["总结.yaml 第9行", "三公.yaml 第4行"]
