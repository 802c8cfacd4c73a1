"""Telephones, identity cards, bank accounts in a text; amounts, dates and codes are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.personal_numbers import ACCOUNT, IDENTITY, MOBILE, PHONE, personal_numbers

ID, CARD = "510302199001011239", "6222021234567890128"

FOUND = [
    ("联系电话：0813-2601234", PHONE, "0813-2601234"),
    ("电话（０８１３）２６０ １２３４", PHONE, "（０８１３）２６０ １２３４"),
    ("请拨打02886541234。电话：02886541234", PHONE, "02886541234"),
    ("热线 400-810-1234", PHONE, "400-810-1234"),
    ("联系人王某（13812345678）", MOBILE, "13812345678"),
    ("手机：138 1234 5678", MOBILE, "138 1234 5678"),
    ("+86-138-1234-5678", MOBILE, "86-138-1234-5678"),
    ("二〇二〇年１３８１２３４５６７８", MOBILE, "１３８１２３４５６７８"),
    (f"身份证号{ID}", IDENTITY, ID),
    (f"补助发放对象：李某，{ID[:6]} {ID[6:14]} {ID[14:]}。", IDENTITY, f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
    ("张某 11010519491231002x", IDENTITY, "11010519491231002x"),
    ("老证 110105491231002", IDENTITY, "110105491231002"),
    (" ".join(ID), IDENTITY, " ".join(ID)),
    (CARD, ACCOUNT, CARD),
    ("6222 0212 3456 7890 128", ACCOUNT, "6222 0212 3456 7890 128"),
    ("6222-0212\u200b-3456-7890-128", ACCOUNT, "6222-0212\u200b-3456-7890-128"),
    ("开户行：建行贡井支行，账号51001234567890123", ACCOUNT, "51001234567890123"),
]


@pytest.mark.parametrize(("text", "kind", "number"), FOUND, ids=[text for text, _, _ in FOUND])
def test_a_number_of_a_person_is_seen(text: str, kind: str, number: str) -> None:
    assert (kind, number) in [(one.kind, one.text) for one in personal_numbers(text)]
    assert all(text[one.start : one.end] == one.text for one in personal_numbers(text))


def test_several_in_a_row_are_several() -> None:
    assert [(one.kind, one.text) for one in personal_numbers(f"{ID} 13812345678 {CARD}")] == [
        (IDENTITY, ID), (MOBILE, "13812345678"), (ACCOUNT, CARD),
    ]  # fmt: skip
    assert [one.text for one in personal_numbers("电话：2601234、2605678")] == ["2601234", "2605678"]


def test_the_words_before_it_say_what_it_is() -> None:
    assert [one.labelled for one in personal_numbers("联系电话：0813-2601234")] == [True]
    assert [one.labelled for one in personal_numbers("找王某0813-2601234")] == [False]
    assert [one.labelled for one in personal_numbers("联系电话：13812345678")] == [True]
    assert [one.labelled for one in personal_numbers("李某（手机：13812345678）")] == [False]
    assert [(one.kind, one.labelled) for one in personal_numbers("2601234", "联系电话")] == [(PHONE, True)]
    assert personal_numbers("2601234", "合计") == []


@pytest.mark.parametrize(
    "text",
    [
        "合计123,456,789,012,345.00元，13812345678元，6222021234567890128元",
        "13812345678.00 6222021234567890128.50",
        "2080501 行政单位离退休 2101202 301 30101",
        "2017 2018 2019 2020 2021 2022，4000 5000 6000 7000",
        "财预〔2016〕143号，川财库〔2021〕36号，2021-08-30，2021年9月1日10:30",
        "电话费12345678元，手机 1200 部，固定电话 8 部，邮电费2601234.00元",
        "统一社会信用代码11510302008435123X，项目编号：51030220200101000123",
        "110105194912310021 110105194913310029",
        "第13812345678901号，T13812345678，0.00 100.00% 9,999.99",
        "账户余额123456789012元，银行账户2021年清理3个",
        "咨询电话：12345",
    ],
)
def test_amounts_dates_and_codes_are_none(text: str) -> None:
    assert personal_numbers(text) == []


@settings(max_examples=300, deadline=None)
@given(
    st.decimals(0, Decimal("999999999999999.99"), places=2),
    st.sampled_from(["{:,.2f}", "{:.2f}", "{:.2f}元", "{:,.0f}元", "支出{:.2f}万元", "收入 {:,.2f} 万元，增长"]),
    st.sampled_from(["", "　", "其他支出 ", "（"]),
)
def test_no_amount_is_one(amount: Decimal, spelling: str, before: str) -> None:
    assert personal_numbers(before + spelling.format(amount)) == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([ID, CARD, "13812345678"]), st.data())
def test_neither_width_nor_unseen_signs_hide_one(number: str, data: st.DataObject) -> None:
    written = "".join(
        (chr(ord(digit) + 0xFEE0) if data.draw(st.booleans()) else digit)
        + data.draw(st.sampled_from(["", "", "\u200b"]))
        for digit in number
    )
    [found] = personal_numbers(f"给{written}的")
    assert found.kind == {ID: IDENTITY, CARD: ACCOUNT}.get(number, MOBILE)


def test_published_reports_hold_none(shared) -> None:  # type: ignore[no-untyped-def]
    lines = [line for file in sorted((shared / "published").glob("*.txt")) for line in file.read_text().splitlines()]
    assert lines
    assert [one for line in lines for one in personal_numbers(line)] == []
