"""The invented unit of the benchmark: its whole filled-in YAML, made from nothing but the wanted size."""

from __future__ import annotations

import random
from pathlib import Path

from generator.pack import Pack, PackRoots
from generator.pipeline import Case, InputFiles, cached_pack, read_case

PACKS = Path(__file__).parent / "pack"
ROOTS = PackRoots.with_own((PACKS,))
TABLES, ROWS, PIECES_OF_WORK = 14, 30, 16
_SENTENCES = 10
"""In each piece of work; with the tables, charts and contents this fills 50 pages."""

_WHO = ("全局干部职工", "各科室", "机关党支部", "经办大厅", "基金监管股", "综合业务股", "各乡镇便民服务中心", "定点医疗机构")
_HOW = (
    "坚持以人民为中心的发展思想，",
    "按照“应保尽保、应助尽助”的要求，",
    "紧扣年度目标任务，",
    "会同卫生健康、民政、税务等部门，",
    "聚焦群众急难愁盼问题，",
    "认真落实过紧日子的要求，",
    "对照巡察反馈意见，",
)
_WHAT = (
    "扎实推进城乡居民参保登记和基金征缴",
    "持续优化异地就医直接结算服务",
    "全面开展定点机构协议管理和年度考核",
    "稳步实施药品和医用耗材集中带量采购",
    "深入开展打击欺诈骗保专项治理行动",
    "不断完善困难群众医疗救助台账",
    "进一步规范政府采购和合同管理",
    "有序推进医保信息平台建设和数据治理",
    "切实加强预算执行和绩效运行监控",
)
_RESULT = (
    "，各项指标均达到年初预期",
    "，群众满意度较上年有所提高",
    "，基金运行总体平稳、安全可控",
    "，有关做法在全市作了交流",
    "，为完成全年任务打下了坚实基础",
)
_FUND = ("财政拨款", "非财政拨款", "一般公共预算财政拨款", "政府性基金预算财政拨款", "项目资金")
_KIND = ("收入决算表", "支出决算表", "收支明细表")
_ITEMS = ("行政运行", "一般行政管理事务", "信息化建设", "医疗保障经办事务", "医疗救助", "机关服务", "住房公积金")


def filled_in(rows: int = ROWS, tables: int = TABLES, pieces: int = PIECES_OF_WORK) -> str:
    """The unit's YAML; the same text for the same numbers."""
    chance = random.Random(2020)
    out = ["报告: benchmark\n金额单位: 元\n年度: 2020\n公开时间: 2021-10-26\n单位: {名称: 示例市示例区医疗保障局}\n重点工作:\n"]
    for number in range(1, pieces + 1):
        out.append(
            f"- 标题: 第{number}项工作{chance.choice(_ITEMS)}\n  内容: |\n{_long_text(chance)}"
            f"  预算: {_money(chance)}\n  决算: {_money(chance)}\n  上年: {_money(chance)}\n"
            f"  原因: {chance.choice(_WHAT)}。\n"
        )
    out.append("附表:\n")
    for number in range(1, tables + 1):
        out.append(f"- 名称: {chance.choice(_FUND)}{chance.choice(_KIND)}（{number}）\n  编号: 公开{number:02}表\n  明细:\n")
        out += [_row(chance, row) for row in range(1, rows + 1)]
    return "".join(out)


def _money(chance: random.Random) -> str:
    return f"{chance.randrange(10**5, 10**10) / 100:.2f}"


def _long_text(chance: random.Random) -> str:
    sentences = [
        f"{chance.choice(_WHO)}{chance.choice(_HOW)}{chance.choice(_WHAT)}{chance.choice(_RESULT)}。"
        for _ in range(_SENTENCES)
    ]
    return "".join(f"    {''.join(sentences[at : at + 4])}\n" for at in range(0, len(sentences), 4))


def _row(chance: random.Random, number: int) -> str:
    columns = ("年初结转", "本年收入", "预算", "基本支出", "项目支出", "人员经费", "公用经费", "年末结转")
    money = ", ".join(f"{column}: {_money(chance)}" for column in columns)
    return f"  - {{项目: {number}号{chance.choice(_ITEMS)}, {money}}}\n"


def pack() -> Pack:
    made = cached_pack("benchmark", ROOTS, {})
    if made.value is None or made.diagnostics:
        raise SystemExit("\n".join(map(str, made.diagnostics)))
    return made.value


def case(text: str) -> Case:
    """The completed facts of a filled-in text, read as from a file."""
    made = read_case(InputFiles(PACKS, (("测速.yaml", text),), "0" * 64), ROOTS, {})
    if made.value is None or made.diagnostics:
        raise SystemExit("\n".join(map(str, made.diagnostics)))
    return made.value
