"""Which digits of a text are amounts, and in which unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from printed import text

from generator.printed.figures import tokens_of
from generator.printed.model import Spot


def read(line: str) -> list[str]:
    return [f"{token.kind} {line[token.start : token.end]}" for token in tokens_of(line, Spot("段", 1))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2020年度支出91.68万元，增长150.70%。", ["Y 2020", "A 91.68万元", "P 150.70%"]),
        ("上升7.8个百分点", ["Q 7.8个百分点"]),
        ("1. 公务接待2批次、26人次", ["X 1.", "N 2批次", "N 26人次"]),
        ("（2）支出1.5亿元", ["X （2）", "A 1.5亿元"]),
        ("截至2020年12月31日，1-11月，8月10日", ["X 2020年12月31日", "X 1-11月", "X 8月10日"]),
        ("财预〔2016〕143号，见附件2和表3，DRG2", ["X 〔2016〕143号", "X 附件2", "X 表3", "X G2"]),
        ("单价50万元以上设备0台（套）", ["T 50万元", "N 0台（套）"]),
        ("比2020年增加0.32万元（2020年不足0.01万元）", ["Y 2020", "A 0.32万元", "Y 2020", "T 0.01万元"]),
        ("收入1,234.56万元，下降-24.34%，上浮5%—10%", ["A 1,234.56万元", "P -24.34%", "P 5%", "P 10%"]),
        ("各是4125.49,4143.91万元", ["B 4125.49", "A 4143.91万元"]),
        ("全角９１．６８万元，占１００％", ["A ９１．６８万元", "P １００％"]),
        ("参保55.24万人，得分96分，分别为", ["N 55.24万人", "N 96分"]),
        ("支出〔待填：收支.yaml 第3行〕万元", ["G 〔待填：收支.yaml 第3行〕"]),
    ],
)
def test_tokens(line: str, expected: list[str]) -> None:
    assert read(line) == expected


def test_dropped_zeros_mean_the_usual_digits() -> None:
    """«30» among figures with two decimals is 30.00 at first, 29.5 to 30.5 at most; «0» is nothing."""
    document = text("支出1.25万元、2.50万元、3.75万元，合计30万元，其他0万元。")
    steps = {figure.text: (figure.step, figure.wide) for figure in document.paragraphs[0].figures}
    cent, one = Decimal("0.01"), Decimal(1)
    assert steps["1.25"] == (cent, cent)
    assert steps["30"] == (cent, one)
    assert steps["0"] == (cent, cent)
