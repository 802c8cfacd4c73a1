"""Cells as offices fill them → facts: a table of what stands in the cell and what is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from read_files import read_workbook
from xlsx_by_hand import parts, zipped

from generator.diagnostics import Outcome
from generator.facts.accounts import Accounts
from generator.facts.fact import Fact, Group
from generator.filling.to_facts import to_facts
from generator.form.fields import parse_fields
from generator.quantity import Blank, NotApplicable, Quantity, Unreadable

FORM = parse_fields(
    {
        "年度": {"类型": "年度"},
        "公开时间": {"类型": "日期"},
        "表": {
            "字段": {
                "金额": {"类型": "金额", "可负": "是"},
                "合计": {"类型": "金额", "计算": "=表.金额"},
                "比重": {"类型": "百分比"},
                "人数": {"类型": "个数", "单位": "人"},
                "是否": {"类型": "是否"},
                "说明": {"类型": "长文"},
            }
        },
    },
    "fields.yaml",
).value
STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs>'
PERCENT, DAY = ' s="1"', ' s="2"'


def words(text: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def read(label: str, cell: str, unit: str = "万元") -> tuple[Fact, Outcome[Group]]:
    """The fact made of one cell. `cell`: what stands between «<c r="B2"» and «</c>»."""
    header = f'<row r="1"><c{words("项目")}</c><c{words("填写")}</c></row>'
    front = f'{header}<row r="2"><c{words("金额单位")}</c><c{words(unit)}</c></row>'
    line = f'{header}<row r="2"><c{words(label)}</c><c{cell}</c></row>'
    sheet = "基本情况" if label == "公开时间" else "表"
    data = zipped(
        parts(("填报说明", f"<sheetData>{front}</sheetData>"), (sheet, f"<sheetData>{line}</sheetData>"), styles=STYLES)
    )
    source = read_workbook("填报.xlsx", data, FORM)
    assert source.value is not None
    facts = to_facts([source.value], FORM, Accounts({}, {}))
    group = facts.value if label == "公开时间" else facts.value["表"]
    assert isinstance(group, Group)
    found = group[label]
    assert not isinstance(found, Group) and not hasattr(found, "rows")
    return found, facts


AMOUNTS = [  # what stands in the cell, 元, findings
    ("><v>91.68</v>", "916800", []),
    ("><v>133640.0</v>", "1336400000", []),
    ("><v>36.570000000000007</v>", "365700", []),
    (words("1,234.56"), "12345600", []),
    (words("１，２３４．５６"), "12345600", []),
    (words("  91.68　"), "916800", []),
    (words("91.68万元"), "916800", []),
    (words("916800元"), "916800", ["I038"]),
    ("><f>B1*2</f><v>91.679999999999993</v>", "916800", []),
    ("><v>-4.5</v>", "-45000", []),
    ("><v>0</v>", "0", []),
]


@pytest.mark.parametrize(("cell", "yuan", "codes"), AMOUNTS)
def test_amounts(cell: str, yuan: str, codes: list[str]) -> None:
    found, facts = read("金额", cell)
    assert isinstance(found, Quantity)
    assert (found.value, str(found.place)) == (Decimal(yuan), "填报.xlsx · 表!B2")
    assert [one.code for one in facts.diagnostics] == codes


@pytest.mark.parametrize(
    ("label", "cell", "value"),
    [
        ("比重", PERCENT + "><v>0.1507</v>", "15.07"),
        ("比重", "><v>15.07</v>", "15.07"),
        ("比重", words("15.07%"), "15.07"),
        ("比重", words("１５．０７ ％"), "15.07"),
        ("人数", "><v>36</v>", "36"),
        ("人数", words("36人"), "36"),
    ],
)
def test_percentages_and_counts(label: str, cell: str, value: str) -> None:
    found, facts = read(label, cell)
    assert isinstance(found, Quantity) and found.value == Decimal(value)
    assert facts.diagnostics == ()


@pytest.mark.parametrize(
    ("label", "cell", "text"),
    [
        ("公开时间", DAY + "><v>44495</v>", "2021年10月26日"),
        ("公开时间", words("2021/10/26"), "2021年10月26日"),
        ("公开时间", words("2021年10月26日"), "2021年10月26日"),
        ("是否", ' t="b"><v>1</v>', "是"),
        ("是否", words("否"), "否"),
        ("说明", words("一是加强管理。\n二是=节约开支。"), "一是加强管理。\n二是=节约开支。"),
        ("说明", "><v>0.95</v>", "0.95"),
        ("说明", PERCENT + "><v>0.95</v>", "95%"),
        ("说明", DAY + "><v>44495</v>", "2021-10-26"),
        ("说明", words("字" * 30_000), "字" * 30_000),
    ],
)
def test_days_answers_and_words(label: str, cell: str, text: str) -> None:
    found, facts = read(label, cell)
    assert str(found) == text
    assert facts.diagnostics == ()


@pytest.mark.parametrize(
    ("label", "cell", "code"),
    [
        ("金额", ' t="e"><f>A1/0</f><v>#DIV/0!</v>', "I034"),
        ("金额", ' t="e"><v>#REF!</v>', "I034"),
        ("说明", ' t="e"><v>#N/A</v>', "I034"),
        ("金额", "><f>SUM(C1:C9)</f><v></v>", "X010"),
        ("说明", "><f>A1</f>", "X010"),
        ("金额", PERCENT + "><v>0.15</v>", "I031"),
        ("金额", DAY + "><v>44495</v>", "I032"),
        ("金额", words("九十万"), "I030"),
        ("公开时间", "><v>44495</v>", "I046"),
    ],
)
def test_what_is_no_value_is_refused_at_its_cell(label: str, cell: str, code: str) -> None:
    found, facts = read(label, cell)
    assert isinstance(found, Unreadable)
    (one,) = facts.diagnostics
    assert (one.code, one.place.cell) == (code, "B2")


@pytest.mark.parametrize("cell", ["/><c", ' s="1"/><c', words("   "), ' t="str"><f>IF(A1="","",1)</f><v></v>'])
def test_blank_stays_blank_and_knows_its_cell(cell: str) -> None:
    found, facts = read("金额", cell if not cell.endswith("<c") else ">")
    assert isinstance(found, Blank) and not isinstance(found, Unreadable)
    assert found.place.cell == "B2" and facts.diagnostics == ()


def test_not_applicable() -> None:
    assert isinstance(read("金额", words("不适用"))[0], NotApplicable)


@pytest.mark.parametrize("cell", ["><f>B1</f><v></v>", ' t="e"><f>B1/0</f><v>#DIV/0!</v>'])
def test_a_failed_formula_in_a_computed_field_is_the_programs_to_compute(cell: str) -> None:
    found, facts = read("合计", cell)
    assert type(found) is Blank and facts.diagnostics == ()
