"""The invented unit of the benchmark: its whole filled-in YAML, made from nothing but the wanted size."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TypeVar

from generator.case import Case, InputFiles, cached_pack, read_case
from generator.diagnostics import Outcome
from generator.diagnostics.as_text import as_text
from generator.form.fields import Fields, children_of
from generator.pack import Pack, PackRoots

T = TypeVar("T")

PACKS = Path(__file__).parent / "pack"
ROOTS = PackRoots.with_own((PACKS,))
ROWS, PIECES_OF_WORK = 30, 16
_SENTENCES = 10
"""In each piece of work; with the tables, charts and contents this fills 50 pages."""

_WHO = ("全局干部职工", "各科室", "机关党支部", "经办大厅", "基金监管股", "综合业务股", "各乡镇便民服务中心")
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
_ITEMS = ("行政运行", "一般行政管理事务", "信息化建设", "医疗保障经办事务", "医疗救助", "机关服务", "住房公积金")


def filled_in(form: Fields, rows: int = ROWS, pieces: int = PIECES_OF_WORK) -> str:
    """The unit's YAML for the form of the pack; the same text for the same numbers."""
    chance = random.Random(2020)
    out = ["报告: benchmark\n金额单位: 元\n年度: 2020\n公开时间: 2021-10-26\n"]
    out.append("单位: {名称: 示例市示例区医疗保障局}\n重点工作:\n")
    for number in range(1, pieces + 1):
        out.append(
            f"- 标题: 第{number}项工作{chance.choice(_ITEMS)}\n  内容: |\n{_long_text(chance)}"
            f"  预算: {_money(chance)}\n  决算: {_money(chance)}\n  上年: {_money(chance)}\n"
            f"  原因: {chance.choice(_WHAT)}。\n"
        )
    for table in form.children.values():
        if table.name.startswith("表"):
            out.append(f"{table.name}:\n")
            columns = [field.name for field in children_of(table).values() if field.name != "项目"]
            out += [_row(chance, row, columns) for row in range(1, rows + 1)]
    return "".join(out)


def _money(chance: random.Random) -> str:
    return f"{chance.randrange(10**5, 10**10) / 100:.2f}"


def _long_text(chance: random.Random) -> str:
    sentences = [
        f"{chance.choice(_WHO)}{chance.choice(_HOW)}{chance.choice(_WHAT)}{chance.choice(_RESULT)}。"
        for _ in range(_SENTENCES)
    ]
    return "".join(f"    {''.join(sentences[at : at + 4])}\n" for at in range(0, len(sentences), 4))


def _row(chance: random.Random, number: int, columns: list[str]) -> str:
    money = ", ".join(f"{column}: {_money(chance)}" for column in columns)
    return f"  - {{项目: {number}号{chance.choice(_ITEMS)}, {money}}}\n"


class Benchmark:
    """The pack, compiled once, and cases of any size."""

    def __init__(self) -> None:
        self.packs: dict[str, Outcome[Pack | None]] = {}
        self.pack = sound(cached_pack("benchmark", ROOTS, self.packs))
        self.tables = len(self.pack.report.tables)

    def text(self, rows: int = ROWS, pieces: int = PIECES_OF_WORK) -> str:
        return filled_in(self.pack.form.fields, rows, pieces)

    def case(self, rows: int = ROWS, pieces: int = PIECES_OF_WORK) -> Case:
        files = InputFiles(PACKS, (("填报.yaml", self.text(rows, pieces)),), "0" * 64)
        return sound(read_case(files, ROOTS, self.packs))


def sound(made: Outcome[T | None]) -> T:
    if made.value is None or made.diagnostics:
        raise SystemExit("\n".join(map(as_text, made.diagnostics)))
    return made.value
