"""What a Word file remembers of its figures: numbers for their bookmarks, and the facts part."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree
from specimen import LAST_YEAR, RATE, THIS_YEAR, UNPRINTED, yuan

from generator.quantity import Derived, Quantity
from generator.word.marks import (
    FACTS_NAMESPACE,
    STORE_ITEM,
    MarkedChart,
    MarkedTable,
    Marks,
    facts_part,
    item_properties_part,
)


def facts(marks: Marks, **document: str) -> etree._Element:
    return etree.fromstring("".join(facts_part(document, marks)).encode())


def shown(element: etree._Element) -> str:
    """«<f1><name>甲</name></f1>», without declarations."""
    return re.sub(r' xmlns="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


def group(marks: Marks, name: str) -> list[str]:
    return [shown(one) for one in facts(marks).find(f"{{{FACTS_NAMESPACE}}}{name}")]


def test_one_number_for_one_figure() -> None:
    marks = Marks()
    again = yuan("收支总计.决算", "91.68", "C3")
    other_place, other_name = yuan("收支总计.决算", "91.68", "C4"), yuan("收入.合计", "91.68")
    assert [marks.number(one) for one in (THIS_YEAR, LAST_YEAR, again, other_place, other_name)] == [1, 2, 1, 3, 4]
    assert marks.find(again) == 1
    assert marks.find(UNPRINTED) == 0


def test_blocks_are_remembered_in_their_order() -> None:
    marks = Marks()
    assert [marks.block(mark) for mark in ("p1", "t1", "p2")] == ["_p1", "_t1", "_p2"]
    assert facts(marks).findtext(f"{{{FACTS_NAMESPACE}}}order") == "p1 t1 p2"


def test_a_figure_with_its_place_and_how_it_was_made() -> None:
    marks = Marks()
    for quantity in (THIS_YEAR, LAST_YEAR, RATE):
        marks.number(quantity)
    first, _, rate = group(marks, "figures")
    assert first == (
        "<f1><name>收支总计.决算</name><label>决算</label><value>916800</value><unit>元</unit>"
        "<place>示例区医保局.xlsx · 收支总计!C3</place></f1>"
    )
    assert rate.endswith("<unit>%</unit><by>÷</by><of>u1</of><of>f2</of></f3>")


def test_an_operand_that_is_not_printed_gives_its_name_and_place_and_never_its_value() -> None:
    marks = Marks()
    marks.number(RATE)
    assert group(marks, "unprinted") == [
        "<u1><name>收支总计.决算 - 收支总计.上年</name><by>-</by><of>u3</of><of>u2</of></u1>",
        "<u2><name>收支总计.上年</name><label>上年</label><place>示例区医保局.xlsx · 收支总计!D3</place></u2>",
        "<u3><name>收支总计.决算</name><label>决算</label><place>示例区医保局.xlsx · 收支总计!C3</place></u3>",
    ]


def test_a_value_is_written_one_way_only() -> None:
    """The same figure is 30000.00 in one input, 3E+4 in another."""
    marks = Marks()
    for number, value in enumerate(("30000.00", "3E+4", "0.50", "-2", "0.00")):
        marks.number(Quantity(Decimal(value), "元", f"数{number}"))
    assert re.findall("<value>(.*?)</value>", "".join(group(marks, "figures"))) == ["30000", "30000", "0.5", "-2", "0"]


def test_what_an_office_typed_stays_words() -> None:
    marks = Marks()
    marks.number(Quantity(Decimal(1), "人", "甲<乙>&丙", label="<b>"))
    marks.tables.append(MarkedTable("表<1>", ("甲&\t乙", "丙\t丁")))
    marks.charts.append(MarkedChart("图&", "饼形", "说<明>", ("甲\t1",)))
    root = facts(marks, title="题<&>")
    said = {etree.QName(one).localname: one.text for one in root.iter() if one.text}
    assert (said["title"], said["label"]) == ("题<&>", "<b>")
    assert [one.text for one in root.iter(f"{{{FACTS_NAMESPACE}}}name")] == ["甲<乙>&丙", "表<1>", "图&"]
    assert [one.text for one in root.iter(f"{{{FACTS_NAMESPACE}}}row")] == ["甲&\t乙", "丙\t丁", "甲\t1"]
    assert said["alt"] == "说<明>"


def test_elements_only() -> None:
    """LibreOffice drops the attributes of custom XML when it saves."""
    marks = Marks()
    marks.number(RATE)
    marks.tables.append(MarkedTable("表", ("甲",)))
    assert [one.attrib for one in facts(marks, title="题").iter() if one.attrib] == []


def test_an_operand_met_twice_is_told_once() -> None:
    marks = Marks()
    double = Quantity(Decimal(2), "元", "两倍", origin=Derived("+", (UNPRINTED, UNPRINTED)))
    marks.number(double)
    assert group(marks, "figures")[0].endswith("<by>+</by><of>u1</of><of>u1</of></f1>")
    assert len(group(marks, "unprinted")) == 1


def test_word_finds_the_part_by_its_identifier() -> None:
    assert f'ds:itemID="{STORE_ITEM}"' in item_properties_part()
    assert f'ds:uri="{FACTS_NAMESPACE}"' in item_properties_part()
