"""A statement is renewed whole or left whole, a value that both changed stays the person's: base, person, data, result.

What stands in ‹› is a figure, with its fact's name as its mark; a figure without ‹› was typed again by hand.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_merge import pieces

from generator.refreshing.merge import merge, renew
from generator.refreshing.statements import Known
from generator.word_file.align import Token

COMPARED = ("\0今年", "\0去年")
KNOWN = Known(
    {"\0差": ("-", COMPARED), "\0率": ("增幅", COMPARED)},
    {"\0差": Decimal(551100), "\0率": Decimal("150.7")},
    {"\0差": Decimal(-50000), "\0率": Decimal("-5.17")},
    {"\0今年": Decimal(916800), "\0去年": Decimal(966800), "\0差": Decimal(-50000), "\0率": Decimal("-5.1717")},
)
REASON, NEW_REASON = "人员经费增加及公用经费增加", "新增参保服务窗口，人员和公用经费相应增加"
ROSE = "与2019年‹36.57 去年›万元相比，收、支总计各增加‹55.11 差›万元，增长‹150.70 率›%。"
FELL = "与2019年‹96.68 去年›万元相比，收、支总计各减少‹5.00 差›万元，下降‹5.17 率›%。"
EQUAL = "与2019年‹91.68 去年›万元持平。"
NEW = {"今年": "91.68", "去年": "96.68", "差": "5.00", "率": "5.17"}


def plain(marked: str) -> str:
    return re.sub("‹(.*?) .*?›", r"\1", marked)


def form(token: Token) -> Token | None:
    text = NEW.get(token.key[1:])
    return Token(text, token.key, token.mark) if text else None


def joined(base: str, theirs: str, ours: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The text that comes out; of what was left, the kind, what stands there and what it is now."""
    words = pieces(theirs)
    made = merge(pieces(base), list(words), pieces(ours), form, KNOWN) if base else renew(list(words), form, KNOWN)
    told = [(one.kind, "".join(t.text for t in words[one.start : one.end]), one.new) for one in made.clashes]
    for edit in reversed(made.edits):
        words[edit.start : edit.end] = edit.tokens
    return "".join(word.text for word in words), told


# -- two reasons ------------------------------------------------------------------------------------------------------
LEAD = "主要变动原因是"
BEFORE, AFTER = f"{LEAD}{REASON}。", f"{LEAD}{NEW_REASON}。"


@pytest.mark.parametrize(
    ("person", "result"),
    [
        ("编制增加戌", None),
        ("地人员调资及公用经费增加", None),
        ("一是新增参保业务人员三名，二是办公用房搬迁，公用经费增加玄", None),
        ("人员经费增加及公用经费大幅增加", None),
        ("人员经费增加", None),
        (f"{REASON}等", None),
        (REASON, NEW_REASON),
        (f"{REASON}，另有办公用房搬迁", f"{NEW_REASON}，另有办公用房搬迁"),
        (f"{REASON}。详见附表", f"{NEW_REASON}。详见附表"),
        (NEW_REASON, NEW_REASON),
    ],
)
def test_a_reason_that_both_changed_stays_the_persons(person: str, result: str | None) -> None:
    text, told = joined(BEFORE, f"{LEAD}{person}。", AFTER)

    assert text == f"{LEAD}{result or person}。"
    assert told == ([] if result else [("conflict", person, AFTER)])


def test_the_words_that_lead_to_a_reason_are_not_the_reason() -> None:
    assert joined(BEFORE, f"其{LEAD}{REASON}。", AFTER) == (f"其{LEAD}{NEW_REASON}。", [])


# -- a lead that says a direction, and the reason behind it ------------------------------------------------------------
PAID_MORE = "本年与上年同期相比增支‹55.11 差›万元。增支的主要原因是参保人数增加，待遇支出增加。"
PAID_LESS = PAID_MORE.replace("增支‹55.11 差›", "减支‹5.00 差›").replace("增支的", "减支的")
LEFT = PAID_LESS.replace("参保人数增加，待遇支出增加", "两名干部退休")
FELL_BY = "本年与上年同期相比减支5.00万元。"


@pytest.mark.parametrize(
    ("person", "ours", "result"),
    [
        (PAID_MORE, PAID_LESS, plain(PAID_LESS)),
        (PAID_MORE.replace("参保人数", "编制"), PAID_LESS, f"{FELL_BY}增支的主要原因是编制增加，待遇支出增加。"),
        (PAID_MORE.replace("参保", "玄参保"), LEFT, f"{FELL_BY}增支的主要原因是玄参保人数增加，待遇支出增加。"),
        (PAID_MORE.replace("参保人数增加，待遇支出增加", "两名干部退休"), LEFT, plain(LEFT)),
        (PAID_MORE.replace("主要", "玄"), PAID_LESS, f"{FELL_BY}增支的玄原因是参保人数增加，待遇支出增加。"),
        (PAID_MORE.replace("‹55.11 差›", "56.00"), PAID_LESS, plain(PAID_MORE).replace("55.11", "56.00")),
    ],
)
def test_a_persons_reason_for_a_rise_is_not_given_for_a_fall(person: str, ours: str, result: str) -> None:
    text, told = joined(PAID_MORE, person, ours)
    assert text == result
    assert bool(told) == ("增支" in result)


def test_what_a_person_wrote_within_a_word_that_compares_is_not_torn() -> None:
    base = "支出‹2.00 支出›万元，完成预算的‹80.00 完成率›%。决算数小于预算数的主要原因：人员减少。"
    ours = base.replace("80.00", "120.00").replace("小于", "大于").replace("人员减少", "人员调入")
    theirs = base.replace("小于", "小玄于")

    text, told = joined(base, theirs, ours)

    assert "小玄于" in text and "大" not in text
    assert [kind for kind, _, _ in told] == ["clause"]


def test_a_word_is_not_turned_when_another_figure_stands_behind_it_now() -> None:
    base = "资产‹69.91 资产›万元，较上年下降‹24.34 率›%；负债‹2.75 负债›万元，较上年下降‹74.58 债率›%。"
    theirs = base.replace("‹24.34 率›%；负债‹2.75 负债›万元，较上年下降", "")
    ours = base.replace("下降‹24.34 率›", "增长‹152.20 率›")

    assert joined(base, theirs, ours)[0] == "资产69.91万元，较上年下降74.58%。"


def test_a_number_typed_again_in_another_place_is_the_same_figure() -> None:
    theirs = "收、支总计各增加55.11万元，增长150.70%，与2019年36.57万元相比。"
    text, told = joined(ROSE, theirs, FELL)
    assert (text, told) == ("收、支总计各减少5.00万元，下降5.17%，与2019年96.68万元相比。", [])


def test_a_reason_behind_figures_in_one_sentence() -> None:
    base, ours = (f"{sentence[:-1]}，{LEAD}{reason}。" for sentence, reason in ((ROSE, REASON), (FELL, NEW_REASON)))
    theirs = base.replace("公用经费增加", "公用经费减少玄")

    text, told = joined(base, theirs, ours)

    assert text == f"{plain(FELL)[:-1]}，{LEAD}人员经费增加及公用经费减少玄。"
    assert [kind for kind, _, _ in told] == ["conflict"]


def test_a_reason_that_names_figures_is_one_value() -> None:
    base = "实际完成‹174.84 甲›万元，年中调整预算，由‹150.00 乙›万元调整为‹174.84 甲›万元。"
    ours = "实际完成‹174.84 甲›万元，人员调资补发，办公用房搬迁。"
    theirs = base.replace("‹150.00 乙›", "151.00")

    text, told = joined(base, theirs, ours)

    assert text == plain(theirs)
    assert [new for _, _, new in told] == [plain(ours)]


def test_a_value_of_several_pieces_is_put_whole_or_not_at_all() -> None:
    base = "目标值≤‹150 目标›万元，年中调整预算，项目支出由‹150.00 乙›万元调整为‹174.84 丙›万元。"
    ours = "目标值≤‹150 目标›万元，两名干部退休，信息系统升级。"
    theirs = "年中调整预算，项目支出目标值≤‹150 目标›万元，由‹150.00 乙›万元调整为‹174.84 丙›万元。"

    text, told = joined(base, theirs, ours)

    assert text == plain(theirs)
    assert [new for _, _, new in told] == [plain(ours)]


def test_sentences_of_a_long_text_are_joined_one_by_one() -> None:
    base = "开展稽核。组织培训。完成清算。"
    theirs, ours = base.replace("稽核", "专项稽核"), base.replace("清算", "年度清算")
    assert joined(base, theirs, ours) == ("开展专项稽核。组织培训。完成年度清算。", [])


# -- a comparison -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("person", "data", "result"),
    [
        (ROSE, FELL, plain(FELL)),
        (ROSE.replace("相比", "决算数相比"), FELL, plain(FELL).replace("相比", "决算数相比")),
        (ROSE, EQUAL, plain(EQUAL)),
        # the person's words for the direction
        (ROSE.replace("增加", "上升"), FELL, None),
        (ROSE.replace("增加", "多出"), FELL, None),
        # a figure that the person changed holds back its direction, its percentage and what it compares
        (ROSE.replace("‹55.11 差›", "55.12"), FELL, None),
        (ROSE.replace("‹55.11 差›", "‹55.12 差›"), FELL, None),
        (ROSE.replace("增长‹150.70 率›%", "增长约1.5倍"), FELL, None),
        (ROSE.replace("‹55.11 差›", "55.12"), EQUAL, None),
        # one that is compared does not: what is made of it is the data's
        (ROSE.replace("‹36.57 去年›", "36.60"), FELL, plain(FELL).replace("96.68", "36.60")),
    ],
)
def test_a_comparison_is_renewed_whole_or_left_whole(person: str, data: str, result: str | None) -> None:
    text, told = joined(ROSE, person, data)

    assert text == (result or plain(person))
    if result is None:
        assert [(kind, new) for kind, _, new in told] == [("clause", plain(data))]
    else:
        assert told == ([] if "36.60" not in person else [("overtyped", "36.60", "96.68")])


OLDER, MORE, RATE = "‹36.57 去年›", "‹55.11 差›", "‹150.70 率›"


@pytest.mark.parametrize(
    ("own", "result"),
    [
        (f"较去年的{OLDER}万元增加{MORE}万元，增幅{RATE}%。", "较去年的96.68万元减少5.00万元，降幅5.17%。"),
        (f"增长{RATE}%，较去年的{OLDER}万元增加{MORE}万元。", "下降5.17%，较去年的96.68万元减少5.00万元。"),
        (f"较去年的{OLDER}万元多花{MORE}万元，增幅{RATE}%。", None),
        (f"去年为{OLDER}万元。", "去年为96.68万元。"),
    ],
)
def test_figures_that_a_person_put_into_words_of_their_own(own: str, result: str | None) -> None:
    text, told = joined("", own, "")

    assert text == (result or plain(own))
    assert [(kind, new) for kind, _, new in told] == ([] if result else [("clause", "96.68、减少5.00、减少5.17")])


# -- how a figure is typed --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("３６．５７万元", "９６．６８万元"),
        ("365,700.00元", "966,800.00元"),
        ("365700元", "966800元"),
        ("0.003657亿元", "0.009668亿元"),
        ("36.570万元", "96.680万元"),
        ("36.57 万元", "96.68 万元"),
        ("三十六点五七万元", "九十六点六八万元"),
        ("叁拾陆点伍柒万元", "玖拾陆点陆捌万元"),
        ("36.58万元", None),
        ("36.57元", None),
        ("三十七万元", None),
    ],
)
def test_the_same_number_is_renewed_in_the_persons_spelling(typed: str, result: str | None) -> None:
    base, ours = "上年为‹36.57 去年›万元。", "上年为‹96.68 去年›万元。"

    text, told = joined(base, f"上年为{typed}。", ours)

    assert text == f"上年为{result or typed}。"
    assert [kind for kind, _, _ in told] == ([] if result else ["overtyped"])


def test_an_amount_in_yuan_is_told_to_the_last_yuan_and_known_again() -> None:
    known = Known(exact={"\0甲": Decimal(133640)})
    ours = pieces("共‹13.36 甲›万元。")
    first = merge(pieces("共‹12.00 甲›万元。"), pieces("共120,000.00元。"), ours, form, known)
    again = merge(ours, pieces("共133,640.00元。"), ours, form, known)
    assert [token.text for edit in first.edits for token in edit.tokens] == ["133,640.00"]
    assert (again.edits, again.clashes) == ([], [])


@pytest.mark.parametrize(
    ("was", "typed", "now", "result"),
    [
        ("150.70", "150.7", "5.17", "5.17"),
        ("150.70", "150.7", "155.80", "155.8"),
        ("120", "一百二十", "125", "一百二十五"),
        ("2020", "２０２０", "2021", "２０２１"),
        ("1,234.50", "1234.5", "2,345.60", "2345.6"),
        ("0", "0", "2.00", "2.00"),
    ],
)
def test_decimals_and_numerals(was: str, typed: str, now: str, result: str) -> None:
    text, told = joined(f"共‹{was} 甲›人。", f"共{typed}人。", f"共‹{now} 甲›人。")
    assert (text, told) == (f"共{result}人。", [])


# -- any sentence -----------------------------------------------------------------------------------------------------
_OLD = ["36.57", "55.11", "150.70", "增加", "增长", "相比", "收、支总计", "%", "人员", "及公用", "，"]
_TYPED = ["", "55.12", "上升", "约", "，玄", "三十", "1.5倍", "减少"]
_CHANGES = st.lists(st.tuples(st.sampled_from(_OLD), st.sampled_from(_TYPED), st.booleans()), max_size=4)


def edited(text: str, changes: list[tuple[str, str, bool]]) -> str:
    for old, new, behind in changes:
        bare = re.sub(rf"‹({re.escape(old)}) [^›]*›", r"\1", text)
        text = bare.replace(old, f"{old}{new}" if behind else new, 1) if old in bare else text
    return text


@settings(max_examples=300)
@given(_CHANGES)
def test_no_comparison_is_half_renewed(changes: list[tuple[str, str, bool]]) -> None:
    """However a person has changed it: behind a new amount stands no old percentage, before it no old direction."""
    theirs = edited(ROSE + BEFORE, changes)
    text, told = joined(ROSE + BEFORE, theirs, FELL + AFTER)

    comparison = text.partition("原因是")[0]
    new = [one for one in ("5.00", "5.17") if re.search(rf"(?<![\d.]){one}(?!\d)", comparison)]
    old = [one for one in ("55.11", "150.70", "36.57") if one in comparison]
    if new:
        assert not old or told, (theirs, text)
        assert not [one for one in old if one != "36.57"], (theirs, text)
        assert not re.search(r"(?:增加|增长|上升)约?(?:5\.00|5\.17)", comparison), (theirs, text)
    if old:
        assert told, (theirs, text)
    person = plain(theirs).partition("原因是")[2]
    assert person in text or NEW_REASON in text, (theirs, text)
    assert person in text or not set("玄") & set(person), (theirs, text)
