"""The operations that make a score or a rate of an indicator, and the sentence that explains each."""

from __future__ import annotations

from collections.abc import Sequence

FULL, PROPORTION, REVERSE, NOTHING, TIER, EXECUTION, BELOW_FLOOR = (
    *("满分", "比例得分", "反比得分", "不得分", "定性得分", "执行率得分", "执行率过低"),
)
REVERSE_COMPLETION, NONE_OF_A_LIMIT = "反向完成率", "未发生"
_ROUNDED = "·"


def rounded_operation(operation: str, places: int) -> str:
    """The operation of a score that was rounded on its way: «比例得分·2»."""
    return f"{operation}{_ROUNDED}{places}"


def score_formula(operation: str, part: Sequence[str]) -> str:
    """The rule behind a score with its operands as names or values; "" for an operation that is none of ours."""
    operation, _, places = operation.partition(_ROUNDED)
    ending = "" if not places else f"，四舍五入到{places}位小数" if places != "0" else "，四舍五入到整数"
    if operation.startswith(FULL):
        return f"{part[1]} {operation.removeprefix(FULL)} {part[2]}，达到目标，得满分 {part[0]}{ending}"
    sentence = _FORMULAS.get(operation)
    return sentence.format(*part) + ending if sentence else ""


_FORMULAS = {
    PROPORTION: "{0} × {1} ÷ {2}（未达到目标，按实际值与目标值之比得分）",
    REVERSE: "{0} × {1} ÷ {2}（超过目标，按目标值与实际值之比得分）",
    NOTHING: "{1} 未达到目标 {2}，{0} 全部不得",
    TIER: "{0} × {1}（定性指标，按完成程度得分）",
    EXECUTION: "{0} × {1} ÷ {2}（按预算执行率得分）",
    BELOW_FLOOR: "执行率 {1} ÷ {2} 不足 {3}，{0} 全部不得",
    REVERSE_COMPLETION: "{0} ÷ {1} × 100%（越少越好，目标值比实际值）",
    NONE_OF_A_LIMIT: "{0} 没有发生，未超过 {1}，按 100% 计",
}
