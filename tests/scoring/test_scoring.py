"""How indicators, execution and sheets are scored: cases worked by hand, each with its rule in words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from generator.expressions.environment import Environment, compile_expression
from generator.facts.accounts import Accounts
from generator.facts.explain import explain
from generator.facts.fact import FISCAL_YEAR, Entry, Group, Rows, Text
from generator.number_style import NumberStyle
from generator.pack.located_yaml import load_located
from generator.place import Place
from generator.quantity import MONEY, PERCENT, SCORE, Blank, Derived, Quantity
from generator.scoring.rules import Scoring, parse_scoring

NATIONAL = Path(__file__).resolve().parents[2] / "templates" / "performance" / "scoring.yaml"
STYLE = NumberStyle()


def rules(text: str = "") -> Scoring:
    """The national rules, with the entries of `text` in place of theirs."""
    data = load_located(NATIONAL.read_text(encoding="utf-8"), "performance/scoring.yaml")
    scoring, findings = parse_scoring({**data, **(load_located(text, "包/scoring.yaml") or {})}, "包/scoring.yaml")
    assert findings == ()
    return scoring


RULES = rules()
ENVIRONMENT = Environment(Accounts({}, {}), scoring=RULES)
COLUMNS = (
    "一级",
    "二级",
    "三级",
    "方向",
    "目标值",
    "目标",
    "单位",
    "实际值",
    "实际",
    "档次",
    "完成程度",
    "分值",
    "自评得分",
    "偏差原因",
)
NUMBERS = ("目标值", "实际值", "分值", "自评得分")
YEAR = Quantity(Decimal(2022), "年度", "年度")


def row(number: int = 1, **typed: object) -> Group:
    """A row of 指标 as the reader makes it; what is not typed is blank."""
    entries: dict[str, Entry] = {}
    for line, column in enumerate(COLUMNS, 1):
        name, place, value = f"指标[{number}].{column}", Place("自评.yaml", number * 100 + line), typed.get(column)
        if value is None:
            entries[column] = Blank(name, column, place)
        elif column in NUMBERS or column == "完成程度":
            unit = PERCENT if column == "完成程度" else ""
            entries[column] = Quantity(Decimal(str(value)), unit, name, place, column)
        else:
            entries[column] = Text(str(value), name, place, column)
    return Group(f"指标[{number}]", entries, Place("自评.yaml", number * 100), f"指标（第{number}行）")


def table(*rows: Group) -> Rows:
    return Rows("指标", rows, "", Place("自评.yaml", 1), "指标")


def ask(expression: str, environment: Environment = ENVIRONMENT, **names: object) -> object:
    return compile_expression(environment, expression).value({"年度": YEAR, **names})


def printed(value: object) -> str:
    if isinstance(value, Quantity):
        return STYLE.text(value)
    return "空白" if isinstance(value, Blank) else str(value)


def money(wan: object, name: str) -> Quantity:
    return Quantity(Decimal(str(wan)) * 10000, MONEY, name, Place("自评.yaml", 9), name)


# fmt: off
CASES = [
    # 方向 目标 实际 分值  得分     达成   rule
    ("≥", 90, 93, 10, "10分", "是", "超过目标：满分，不加分"),
    ("≥", 90, 90, 10, "10分", "是", "正好达到：满分"),
    ("≥", 90, 81, 10, "9分", "否", "81÷90×10"),
    ("≥", 90, 0, 10, "0分", "否", "一点没做：0÷90×10"),
    ("≥", 3, 1, 10, "3.33分", "否", "1÷3×10，印两位小数"),
    ("≥", 3, 2, 10, "6.67分", "否", "2÷3×10，四舍五入"),
    ("≥", 8, 1, 5, "0.63分", "否", "1÷8×5＝0.625，五入"),
    ("≥", "12.5", "12.25", 8, "7.84分", "否", "小数照算：12.25÷12.5×8"),
    ("≥", 100, 500, 10, "10分", "是", "远超目标：仍是满分"),
    ("≥", 100, -20, 10, "0分", "否", "负的实际值：不得分，不倒扣"),
    ("≥", 0, 0, 10, "10分", "是", "目标为0，实际0已达到：满分"),
    ("≥", 0, 5, 10, "10分", "是", "目标为0，实际更多：满分"),
    ("≥", 0, -1, 10, "空白", "否", "目标为0而未达到：不能按比例，请单位填"),
    ("≥", -5, -3, 10, "10分", "是", "负的目标已达到：满分"),
    ("≥", -5, -8, 10, "空白", "否", "负的目标未达到：不能按比例"),
    (">", 0, 1, 4, "4分", "是", "大于0：满分"),
    (">", 0, 0, 4, "空白", "否", "大于0而实际为0：不能按比例"),
    (">", 90, 91, 10, "10分", "是", "大于目标：满分"),
    (">", 90, 90, 10, "10分", "否", "正好等于不算达成，按比例90÷90×10"),
    (">", 90, 45, 10, "5分", "否", "45÷90×10"),
    ("≤", 100, 80, 10, "10分", "是", "没有超过限度：满分"),
    ("≤", 100, 100, 10, "10分", "是", "正好到限度：满分"),
    ("≤", 100, 125, 10, "8分", "否", "反向：100÷125×10"),
    ("≤", 100, 300, 10, "3.33分", "否", "反向：100÷300×10"),
    ("≤", 100, 0, 10, "10分", "是", "反向实际为0：满分"),
    ("≤", 0, 0, 10, "10分", "是", "一起事故也没有：满分"),
    ("≤", 0, 2, 10, "0分", "否", "不许发生而发生了：0÷2×10"),
    ("≤", -5, -6, 10, "10分", "是", "负的限度已达到：满分"),
    ("≤", -5, -3, 10, "空白", "否", "负的限度超过：不能按比例"),
    ("≤", "3.5", "4", 10, "8.75分", "否", "3.5÷4×10"),
    ("<", 5, 4, 10, "10分", "是", "小于目标：满分"),
    ("<", 5, 5, 10, "10分", "否", "正好等于不算达成，按比例5÷5×10"),
    ("<", 5, 10, 10, "5分", "否", "5÷10×10"),
    ("<", 0, 0, 10, "10分", "否", "反向实际为0：满分，但不小于0"),
    ("<", 0, 1, 10, "0分", "否", "0÷1×10"),
    ("=", 12, 12, 10, "10分", "是", "正好等于：满分"),
    ("=", 12, 9, 10, "7.5分", "否", "少于目标：9÷12×10"),
    ("=", 12, 15, 10, "10分", "是", "多于目标：同≥，满分"),
    ("=", 0, 0, 10, "10分", "是", "目标0实际0：满分"),
    ("=", 0, 1, 10, "0分", "否", "目标0实际大于0：不得分"),
    ("=", 0, -1, 10, "0分", "否", "目标0实际小于0：不得分"),
    ("=", 100, 100, "2.5", "2.5分", "是", "分值可以是小数"),
    ("≥", 90, 60, 0, "0分", "否", "分值为0：得0分"),
    ("≥", None, 60, 10, "空白", "空白", "没有目标值：空白"),
    ("≥", 90, None, 10, "空白", "空白", "没有实际值：空白"),
    (None, 90, 93, 10, "空白", "空白", "没有方向：空白"),
    ("≥", 90, 93, None, "空白", "是", "没有分值：得分空白，达成照判"),
]
# fmt: on


@pytest.mark.parametrize(
    ("direction", "target", "actual", "weight", "points", "reached", "rule"), CASES, ids=[c[-1] for c in CASES]
)
def test_a_quantity(
    direction: str | None, target: object, actual: object, weight: object, points: str, reached: str, rule: str
) -> None:
    one = row(方向=direction, 目标值=target, 实际值=actual, 分值=weight)
    assert (printed(ask("行 | 计分", 行=one)), printed(ask("行 | 达成", 行=one))) == (points, reached), rule


@pytest.mark.parametrize(
    ("target", "actual", "points", "reached", "rule"),
    [
        (500, 500, "10分", "是", "成本正好：满分"),
        (500, 400, "10分", "是", "成本低于标准：满分"),
        (500, 625, "8分", "否", "成本超过标准：500÷625×10"),
        (0, 0, "10分", "是", "没有成本：满分"),
        (0, 3, "0分", "否", "不该有的成本：不得分"),
    ],
)
def test_equal_to_a_ceiling(target: int, actual: int, points: str, reached: str, rule: str) -> None:
    one = row(方向="=", 二级="成本指标", 目标值=target, 实际值=actual, 分值=10)
    assert (printed(ask("行 | 计分", 行=one)), printed(ask("行 | 达成", 行=one))) == (points, reached), rule


BEST, PARTLY, POOR = "达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"


@pytest.mark.parametrize(
    ("tier", "degree", "points", "reached", "fits", "rule"),
    [
        (BEST, None, "10分", "是", True, "达成：缺省100%"),
        (BEST, 85, "8.5分", "是", True, "达成，完成程度85%"),
        (BEST, 80, "8分", "是", True, "80%属于第一档（含）"),
        (BEST, 79, "7.9分", "是", False, "79%不在第一档"),
        (PARTLY, None, "7分", "否", True, "部分达成：缺省70%"),
        (PARTLY, 60, "6分", "否", True, "60%属于第二档（含）"),
        (PARTLY, 80, "8分", "否", False, "80%已属于第一档"),
        (POOR, None, "0分", "否", True, "未达成：缺省0"),
        (POOR, "59.5", "5.95分", "否", True, "59.5%在第三档"),
        (POOR, 60, "6分", "否", False, "60%已属于第二档"),
        (BEST, 120, "10分", "是", False, "超过100%：满分为止"),
        (None, 90, "9分", "空白", True, "没有档次而有完成程度：按完成程度"),
        (None, None, "空白", "空白", True, "都没有：空白"),
    ],
)
def test_a_quality(tier: str | None, degree: object, points: str, reached: str, fits: bool, rule: str) -> None:
    one = row(方向="定性", 档次=tier, 完成程度=degree, 分值=10)
    assert printed(ask("行 | 计分", 行=one)) == points, rule
    assert printed(ask("行 | 达成", 行=one)) == reached, rule
    assert ask("行 | 档次相符", 行=one) is fits, rule


@pytest.mark.parametrize(
    ("actual", "budget", "points", "rule"),
    [
        (100, 100, "10分", "全部执行：满分"),
        ("97.56", 100, "9.76分", "97.56%×10"),
        (120, 100, "10分", "超过预算：满分为止"),
        (0, 100, "0分", "没有执行：0分"),
        (-5, 100, "0分", "负数：0分"),
        (0, 0, "空白", "没有预算：不能计算"),
    ],
)
def test_execution_of_the_budget(actual: object, budget: object, points: str, rule: str) -> None:
    given_ = {"执行": money(actual, "执行数"), "预算": money(budget, "预算数")}
    assert printed(ask("执行 | 执行率得分(预算, 10)", **given_)) == points, rule
    assert printed(ask("执行 | 执行率得分(预算)", **given_)) == points, "分值取自权重"


def test_execution_below_the_floor_gets_nothing() -> None:
    strict = Environment(Accounts({}, {}), scoring=rules("执行率: {不足扣完: 60}"))
    for actual, points in ((60, "6分"), ("59.99", "0分")):
        got = ask("执行 | 执行率得分(预算)", strict, 执行=money(actual, "执行数"), 预算=money(100, "预算数"))
        assert printed(got) == points


def test_the_weight_of_execution_follows_the_year() -> None:
    later = Environment(
        Accounts({}, {}),
        scoring=rules("权重: [{至: 2021, 预算执行率: 10, 产出指标: 90}, {自: 2022, 预算执行率: 20, 产出指标: 80}]"),
    )
    asked = compile_expression(later, "执行 | 执行率得分(预算)")
    for year, points in ((2021, "5分"), (2022, "10分")):
        names = {
            "执行": money(1, "执行数"),
            "预算": money(2, "预算数"),
            FISCAL_YEAR: Quantity(Decimal(year), "年度", "年度"),
        }
        assert printed(asked.value(names)) == points


def test_the_hand_given_score_is_kept() -> None:
    one = row(方向="≥", 目标值=90, 实际值=81, 分值=10, 自评得分="9.5")
    assert (printed(ask("行 | 得分", 行=one)), printed(ask("行 | 计分", 行=one))) == ("9.5分", "9分")


THIRDS = [row(n, 方向="≥", 目标值=3, 实际值=1, 分值=10) for n in (1, 2, 3)]
"""3.33 each."""


def test_the_total_is_what_a_reader_adds_up() -> None:
    """3.33＋3.33＋3.33＋60＋10＝79.99, printed and graded: never 80, never 良."""
    rest = [row(4, 方向="≥", 目标值=1, 实际值=1, 分值=60), row(5, 方向="≥", 目标值=1, 实际值=1, 分值=10)]
    sheet = table(*THIRDS, *rest)
    assert printed(ask("表 | 总分", 表=sheet)) == "79.99分"
    assert printed(ask("表 | 总分 | 等级", 表=sheet)) == "中"
    assert printed(ask("表 | 分值合计", 表=table(*THIRDS))) == "30分"


def test_typed_scores_and_weights_are_added_as_they_are_printed() -> None:
    typed = [row(n, 方向="≥", 目标值=3, 实际值=1, 分值="33.333", 自评得分="3.333") for n in (1, 2, 3)]
    assert printed(ask("表 | 总分", 表=table(*typed))) == "9.99分"
    assert printed(ask("表 | 分值合计", 表=table(*typed))) == "99.99分"
    assert printed(ask("分 | 得分", 分=ask("行.自评得分", 行=typed[0]))) == "3.33"


@pytest.mark.parametrize(
    ("places", "score", "total"), [("0", "3分", "9分"), ("1", "3.3分", "9.9分"), ("3", "3.333分", "9.999分")]
)
def test_a_place_says_how_many_decimals_a_score_has(places: str, score: str, total: str) -> None:
    scoring = rules(f"得分小数: {places}\n")
    style, environment = NumberStyle(score_places=int(places)), Environment(Accounts({}, {}), scoring=scoring)
    points = [ask(words, environment, 行=THIRDS[0], 表=table(*THIRDS)) for words in ("行 | 得分", "表 | 总分")]
    assert [style.text(one) for one in points if isinstance(one, Quantity)] == [score, total]


def test_decimals_of_a_score_that_are_no_number() -> None:
    data = load_located("得分小数: 两位\n", "包/scoring.yaml")
    assert [one.code for one in parse_scoring(data, "包/scoring.yaml")[1]] == ["T117"]


def quotient(top: int, bottom: int) -> Quantity:
    """What a form computes: 15÷16×100＝93.75, 1÷30000×100＝0.00333…."""
    value = Decimal(top) * 100 / bottom
    return Quantity(
        value, PERCENT, "率", origin=Derived("占比", (Quantity(Decimal(top), "人"), Quantity(Decimal(bottom), "人")))
    )


@pytest.mark.parametrize(
    ("direction", "target", "actual", "points"),
    [
        ("≤", "0", quotient(1, 200000), "10分"),  # prints 0%: nothing is over a limit of 0
        ("≤", "0", quotient(1, 20000), "0分"),  # prints 0.01%
        ("≥", "95", quotient(94996, 100000), "10分"),  # prints 95%
        ("≥", "100", quotient(2, 3), "6.67分"),
        ("<", "0.01", quotient(1, 20000), "10分"),  # prints 0.01%, which is not less; in proportion it is all
    ],
)
def test_scores_go_by_what_is_printed(direction: str, target: str, actual: Quantity, points: str) -> None:
    one = row(方向=direction, 目标值=target, 单位="%", 分值=10)
    one = Group(one.name, {**one.entries, "实际值": actual}, one.place, one.label)
    assert printed(ask("行 | 得分", 行=one)) == points


@given(
    st.lists(
        st.tuples(st.sampled_from("≥≤"), st.integers(1, 99), st.integers(1, 99), st.integers(1, 30)),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 4),
)
def test_the_printed_column_adds_up_to_the_printed_total(cells: list[tuple[str, int, int, int]], places: int) -> None:
    rows = [row(n, 方向=d, 目标值=a, 实际值=b, 分值=w) for n, (d, a, b, w) in enumerate(cells, 1)]
    environment = Environment(Accounts({}, {}), scoring=rules(f"得分小数: {places}\n"))
    style = NumberStyle(score_places=places)
    column = [style.text(ask("行 | 得分", environment, 行=one), with_unit=False) for one in rows]  # type: ignore[arg-type]
    whole = style.text(ask("表 | 总分", environment, 表=table(*rows)), with_unit=False)  # type: ignore[arg-type]
    assert sum(map(Decimal, column)) == Decimal(whole)


def test_a_blank_score_leaves_the_total_blank() -> None:
    assert printed(ask("表 | 总分", 表=table(row(方向="≥", 目标值=3, 分值=10)))) == "空白"


@pytest.mark.parametrize(
    ("points", "word"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.995", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades(points: str, word: str) -> None:
    assert str(ask("分 | 等级", 分=Quantity(Decimal(points), SCORE, "总分"))) == word


@pytest.mark.parametrize(
    ("typed", "target", "actual"),
    [
        ({"方向": "≥", "目标值": 90, "实际值": "93.50", "单位": "%"}, "≥90%", "93.5%"),
        ({"方向": "=", "目标值": 12, "实际值": 12, "单位": "次"}, "12次", "12次"),
        ({"方向": "≤", "目标值": "1500", "实际值": 0, "单位": "万元"}, "≤1500万元", "0万元"),
        ({"方向": "≤", "目标值": "10000", "实际值": "9800", "单位": "元"}, "≤10000元", "9800元"),
        ({"方向": "≥", "目标值": 90, "目标": "不低于九成", "实际值": 93, "单位": "%"}, "不低于九成", "93%"),
        ({"方向": "定性", "目标": "明显改善", "档次": BEST}, "明显改善", BEST),
        ({"方向": "定性", "目标": "明显改善", "实际": "有所改善", "档次": PARTLY}, "明显改善", "有所改善"),
        ({"方向": "定性"}, "空白", "空白"),
    ],
)
def test_target_and_actual_in_words(typed: dict[str, object], target: str, actual: str) -> None:
    one = row(**typed)
    assert (printed(ask("行 | 目标文本", 行=one)), printed(ask("行 | 实际文本", 行=one))) == (target, actual)


@pytest.mark.parametrize(
    ("typed", "rate", "over"),
    [
        ({"方向": "≥", "目标值": 100, "实际值": 130}, "130%", True),
        ({"方向": "≥", "目标值": 100, "实际值": "129.99"}, "129.99%", False),
        ({"方向": "≤", "目标值": 100, "实际值": 50}, "200%", False),
        ({"方向": "≤", "目标值": 100, "实际值": 0}, "100%", False),
        ({"方向": "≥", "目标值": 0, "实际值": 5}, "空白", False),
        ({"方向": "定性", "档次": BEST}, "空白", False),
    ],
)
def test_completion_and_far_too_much(typed: dict[str, object], rate: str, over: bool) -> None:
    one = row(**typed)
    assert (printed(ask("行 | 指标完成率", 行=one)), ask("行 | 超额", 行=one)) == (rate, over)


@pytest.mark.parametrize(
    ("name", "unit", "fits"),
    [
        ("参保率", "%", True),
        ("参保率", "人", False),
        ("参保率（含职工）", "人", False),
        ("检查频率", "次/年", True),
        ("培训人数", "人", True),
        ("培训人数", "%", False),
        ("服务人次", "人", False),
        ("补助金额", "万元", True),
        ("补助金额", "", False),
        ("培训次数", "次", True),
        ("群众满意度", "分", False),
        ("群众满意度", "％", True),
        ("建成道路", "公里", True),
    ],
)
def test_units_suit_names(name: str, unit: str, fits: bool) -> None:
    assert ask("行 | 单位相符", 行=row(三级=name, 单位=unit or None, 目标值=1)) is fits


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("已完成", "是"),
        ("达到目标", "是"),
        ("未完成", "否"),
        ("基本达成", "否"),
        ("达到93%", "空白"),
        ("正在办理", "空白"),
        (None, "空白"),
    ],
)
def test_what_the_words_claim(words: str | None, says: str) -> None:
    assert printed(ask("行 | 自称达成", 行=row(方向="≥", 目标值=1, 实际值=1, 实际=words))) == says


@pytest.mark.parametrize(
    ("tier", "points", "fits"),
    [(BEST, 8, True), (BEST, "7.9", False), (PARTLY, 7, True), (PARTLY, 8, False), (POOR, 0, True), (POOR, 6, False)],
)
def test_a_hand_given_score_lies_within_its_tier(tier: str, points: object, fits: bool) -> None:
    one = row(方向="定性", 档次=tier, 分值=10, 自评得分=points)
    assert ask("行 | 档次相符", 行=one) is fits
    assert ask("行 | 得分可核对", 行=one) is False


# -- explained --------------------------------------------------------------------------------------------------------


def explained(**typed: object) -> list[str]:
    found = ask("行 | 计分", 行=row(**typed))
    assert isinstance(found, Quantity)
    return list(explain(found))


def test_a_rounded_score_says_so() -> None:
    assert explained(方向="≥", 目标值=3, 实际值=1, 分值=10)[:3] == [
        "指标[1].得分 = 3.33分",
        "  = 指标[1].分值 × 指标[1].实际值 ÷ 指标[1].目标值（未达到目标，按实际值与目标值之比得分），四舍五入到2位小数",
        "  = 10分 × 1 ÷ 3（未达到目标，按实际值与目标值之比得分），四舍五入到2位小数",
    ]


def test_a_missed_target_is_explained() -> None:
    assert explained(方向="≥", 目标值=90, 实际值=81, 分值=10, 单位="%") == [
        "指标[1].得分 = 9分",
        "  = 指标[1].分值 × 指标[1].实际值 ÷ 指标[1].目标值（未达到目标，按实际值与目标值之比得分）",
        "  = 10分 × 81% ÷ 90%（未达到目标，按实际值与目标值之比得分）",
        "  指标[1].分值 = 10分   自评.yaml 第112行",
        "  指标[1].实际值 = 81%   自评.yaml 第108行",
        "  指标[1].目标值 = 90%   自评.yaml 第105行",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"方向": "≥", "目标值": 90, "实际值": 93}, "93 ≥ 90，达到目标，得满分 10分"),
        ({"方向": "≤", "目标值": 90, "实际值": 0}, "0 ≤ 90，达到目标，得满分 10分"),
        ({"方向": "=", "目标值": 12, "实际值": 15}, "15 ≥ 12，达到目标，得满分 10分"),
        ({"方向": "=", "目标值": 12, "实际值": 12}, "12 = 12，达到目标，得满分 10分"),
        ({"方向": "≤", "目标值": 80, "实际值": 100}, "10分 × 80 ÷ 100（超过目标，按目标值与实际值之比得分）"),
        ({"方向": "=", "目标值": 0, "实际值": 2}, "2 未达到目标 0，10分 全部不得"),
        ({"方向": "定性", "档次": PARTLY}, "10分 × 70%（定性指标，按完成程度得分）"),
    ],
)
def test_each_rule_is_said_in_words(typed: dict[str, object], sentence: str) -> None:
    assert explained(**typed, 分值=10)[2] == f"  = {sentence}"


def test_a_score_without_proportion_asks_for_the_hand_given_one() -> None:
    found = ask("行 | 计分", 行=row(方向=">", 目标值=0, 实际值=0, 分值=10))
    assert isinstance(found, Blank)
    assert (found.name, found.place.line) == ("指标[1].自评得分", 113)
    assert "不能按比例计分" in found.label


# -- properties -------------------------------------------------------------------------------------------------------

AMOUNT = st.decimals(min_value=-1000, max_value=100000, places=2, allow_nan=False, allow_infinity=False)
WEIGHT = st.decimals(min_value=0, max_value=100, places=1, allow_nan=False, allow_infinity=False)


def score_of(direction: str, target: Decimal, actual: Decimal, weight: Decimal) -> Decimal | None:
    found = ask("行 | 计分", 行=row(方向=direction, 目标值=target, 实际值=actual, 分值=weight))
    return found.value if isinstance(found, Quantity) else None


@given(st.sampled_from("≥>=<≤"), AMOUNT, AMOUNT, WEIGHT)
def test_a_score_lies_between_nothing_and_its_weight(d: str, target: Decimal, actual: Decimal, weight: Decimal) -> None:
    found = score_of(d, target, actual, weight)
    assert found is None or 0 <= found <= weight


@given(st.sampled_from("≥>"), AMOUNT, AMOUNT, AMOUNT, WEIGHT)
def test_more_never_scores_less(d: str, target: Decimal, one: Decimal, other: Decimal, weight: Decimal) -> None:
    less, more = (score_of(d, target, actual, weight) for actual in sorted((one, other)))
    assert less is None or more is None or less <= more


@given(st.sampled_from("<≤"), AMOUNT, AMOUNT, AMOUNT, WEIGHT)
def test_less_never_scores_less(d: str, target: Decimal, one: Decimal, other: Decimal, weight: Decimal) -> None:
    less, more = (score_of(d, target, actual, weight) for actual in sorted((one, other)))
    assert less is None or more is None or less >= more


@given(WEIGHT, WEIGHT)
def test_a_higher_total_never_gets_a_lower_grade(one: Decimal, other: Decimal) -> None:
    order = [grade.name for grade in RULES.grades]
    low, high = (
        order.index(str(ask("分 | 等级", 分=Quantity(value, SCORE, "总分")))) for value in sorted((one, other))
    )
    assert high <= low


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=8))
def test_a_total_never_exceeds_its_weights(pairs: list[tuple[Decimal, Decimal]]) -> None:
    rows = table(*(row(n, 方向="≥", 目标值=abs(t) + 1, 实际值=a, 分值=5) for n, (t, a) in enumerate(pairs, 1)))
    found = ask("表 | 总分", 表=rows)
    assert isinstance(found, Quantity)
    assert 0 <= found.value <= 5 * len(pairs)


# -- scoring.yaml -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("满分: 100\n权重: {产出指标: 60, 效益指标: 30}", "T117", 2, "各项权重合计应为 100"),
        ("权重:\n  产出指标: 六十", "T117", 2, "请写一个不小于 0 的数"),
        ("权重: [{自: 去年, 产出指标: 100}]", "T117", 1, "请写四位年份"),
        ("等级:\n  - {不低于: 80, 名: 良}\n  - {不低于: 90, 名: 优}", "T117", 3, "请从高到低写"),
        ("等级:\n  - {不低于: 80}", "T115", 2, "缺少“名”"),
        ("等级:\n  - {不低于: 80, 名: 良, 名称: 优}", "T114", 2, "名称"),
        ("等级: 优", "T117", 1, "请写成清单"),
        ("定性档次:\n- {名: 达成, 上限: 80, 下限: 90, 缺省: 85}", "T117", 2, "下限 ≤ 缺省 ≤ 上限"),
        ("超额: {阀值: 130}", "T114", 1, "阈值"),
        ("超额: 130", "T117", 1, "名称: 值"),
        ("执行率:\n  不足扣完: -1", "T117", 2, "不小于 0"),
        ("容差: 很小", "T117", 1, "不小于 0"),
        ("一级合计核对: 对", "T117", 1, "是"),
        ("层级: {产出指标: 数量指标}", "T117", 1, "清单"),
        ("单位:\n  - {词尾: [率]}", "T115", 2, "可用"),
        ("评分表:\n  - {预算: 执行.预算}", "T115", 2, "指标"),
        ("档次: []", "T114", 1, "定性档次"),
    ],
)
def test_mistakes_in_scoring_yaml(text: str, code: str, line: int, words: str) -> None:
    _, findings = parse_scoring(load_located(text, "包/scoring.yaml"), "包/scoring.yaml")
    assert [(f.code, f.place) for f in findings] == [(code, Place("包/scoring.yaml", line))]
    assert words in f"{findings[0].message}{findings[0].hint}"


def test_a_pack_without_grades_says_so() -> None:
    bare = Environment(Accounts({}, {}), scoring=Scoring())
    with pytest.raises(Exception, match="里没有写“等级”"):
        ask("分 | 等级", bare, 分=Quantity(Decimal(90), SCORE, "总分"))


def test_sheets_are_a_name_only_where_they_are_asked_for() -> None:
    assert ask("评分表 | length") == 0
    with pytest.raises(Exception, match="没有“评分”这个名称") as caught:
        ask("评分")
    assert not isinstance(caught.value, UndefinedError)
