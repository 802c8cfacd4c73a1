"""The facts part is believed only where it can be so: everything else is named in one finding."""

from __future__ import annotations

import pytest
from effort import at_most
from lxml import etree

from generator.border.refused import RefusedError
from generator.diagnostics import finding
from generator.word.facts_part import FactsPart, facts_part_of
from generator.word.marks import FACTS_NAMESPACE
from generator.word_file.remembered_figures import named_as_in, recalled

HONEST = """
<document><title>题</title><pack>project-performance</pack></document>
<figures>
<f1><name>收入</name><label>收入</label><value>91.68</value><unit>万元</unit><place>a.xlsx · 收入!B2</place></f1>
<f2><name>增幅</name><value>-0.5</value><unit>%</unit><by>÷</by><of>f1</of><of>u1</of></f2>
</figures>
<unprinted><u1><name>上年</name></u1></unprinted>
<paragraphs><p1>共<f1_1>91.68</f1_1>万元</p1></paragraphs>
<beside><n1>表一</n1></beside>
<tables><t1><name>表</name><row>甲</row></t1></tables>
<charts><c1><name>图</name><kind>饼形</kind></c1></charts>
<order>toc p1 n1 t1 c1</order>
"""


def read(inside: str) -> FactsPart:
    return facts_part_of(etree.fromstring(f'<facts xmlns="{FACTS_NAMESPACE}">{inside}</facts>'))


def said(old: str, new: str) -> str:
    assert old in HONEST
    with pytest.raises(RefusedError) as raised:
        read(HONEST.replace(old, new, 1))
    one = finding(raised.value.code, file="报告.docx", **raised.value.values)
    return f"{one.code} {one.message.removeprefix('“报告.docx”里保存的数据来源已经损坏：')}"


def test_what_the_program_writes() -> None:
    facts = read(HONEST)
    assert facts.order == ("toc", "p1", "n1", "t1", "c1")
    assert {key: one.name for key, one in recalled(facts).items()} == {"f1": "收入", "f2": "增幅", "u1": "上年"}
    assert read("") == FactsPart({}, {}, (), (), (), (), ())


@pytest.mark.parametrize(
    "value",
    ["x", "NaN", "sNaN", "-NaN", "Infinity", "1E+999999", "1e5", "٣", "1_000", "1,000", " 1", "1.", ".5", "--1", "",
     "9" * 25, "0." + "1" * 81],
)  # fmt: skip
def test_a_value_that_is_no_finite_decimal(value: str) -> None:
    shown = value if len(value) <= 40 else value[:40] + "…"
    assert said("<value>91.68</value>", f"<value>{value}</value>") == f"R006 f1的值“{shown}”不是数"


@pytest.mark.parametrize("value", ["0", "-12.5", "9" * 24, "0." + "1" * 80])
def test_a_value_that_is_one(value: str) -> None:
    assert str(read(HONEST.replace("91.68</value>", f"{value}</value>")).figures["f1"].value) == value


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<pack>project-performance", "<pack>/etc", "模板包的名称“/etc”不是名称"),
        ("<pack>project-performance", "<pack>..\\..\\x", "模板包的名称“..\\..\\x”不是名称"),
        ("<pack>project-performance", "<pack>" + "长" * 300, f"模板包的名称“{'长' * 40}…”不是名称"),
        ("<f2><name>", "<f1><name>", "数的编号"),
        ("<f1>", "<f0>", "数的编号"),
        ("<u1><name>上年</name></u1>", "<f9><name>上年</name><value>1</value></f9>", "数的编号“f9”写错或重复"),
        ("<u1><name>上年</name></u1>", "<u1><value>x</value></u1>", "u1的值“x”不是数"),
        ("<of>u1</of>", "<of>u7</of>", "f2的公式里没有“u7”这个数"),
        ("<of>u1</of>", "<of>f2</of>", "f2的公式绕回了自己"),
        ("<u1><name>上年</name></u1>", "<u1><name>上年</name><of>f2</of></u1>", "u1的公式绕回了自己"),
        ("<f1_1>91.68</f1_1>", "<f3_1>91.68</f3_1>", "正文里的数“f3_1”没有来源"),
        ("<f1_1>91.68</f1_1>", "<b>91.68</b>", "正文里的数“b”没有来源"),
        ("toc p1", "p0", "顺序里的“p0”没有内容或重复"),
        ("toc p1", "p2", "顺序里的“p2”没有内容或重复"),
        ("t1 c1", "t99 c1", "顺序里的“t99”没有内容或重复"),
        ("t1 c1", "t1 t1", "顺序里的“t1”没有内容或重复"),
        ("t1 c1", "x1", "顺序里的“x1”没有内容或重复"),
        ("t1 c1", "t²", "顺序里的“t²”没有内容或重复"),
        ("t1 c1", "t" + "1" * 5000, f"顺序里的“t{'1' * 39}…”没有内容或重复"),
    ],
)
def test_what_cannot_be(old: str, new: str, told: str) -> None:
    if old == "<f2><name>":
        new, told = "<f1><name>增幅</name><value>1</value></f1><f2><name>", "数的编号“f1”写错或重复"
    elif old == "<f1>":
        new, told = "<f0><value>1</value></f0><f1>", "数的编号“f0”写错或重复"
    assert said(old, new) == f"R006 {told}"


def chain(length: int, each: int) -> str:
    """Figures of which each is `each` times the one before."""
    inside = "".join(
        f"<f{n}><name>数{n}</name><value>1</value>{'<by>+</by>' + f'<of>f{n - 1}</of>' * each if n > 1 else ''}</f{n}>"
        for n in range(1, length + 1)
    )
    return f"<figures>{inside}</figures>"


@pytest.mark.parametrize(("length", "each"), [(201, 1), (50_000, 1), (40, 2), (199, 3)])
def test_formulas_that_no_one_could_read(length: int, each: int) -> None:
    """A chain beyond reason, and sums of sums that are short to say and endless to write out."""
    with at_most(10), pytest.raises(RefusedError) as raised:
        read(chain(length, each))
    assert raised.value.code == "R006"


def test_a_long_chain_and_a_long_sum_pass() -> None:
    """All 26,880 项 of a unit in one total."""
    facts = read(chain(200, 1))
    assert len(recalled(facts)) == 200
    assert named_as_in(facts, facts) == facts
    wide = "".join(f"<f{n}><name>{n}</name><value>1</value></f{n}>" for n in range(1, 26_881))
    total = "<f30000><value>26880</value><by>Σ</by>" + "".join(f"<of>f{n}</of>" for n in range(1, 26_881)) + "</f30000>"
    with at_most(10):
        assert len(recalled(read(f"<figures>{wide}{total}</figures>"))) == 26_881
