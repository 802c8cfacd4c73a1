"""Last year's input above, next year's below: what moves, what stands, what is emptied, what has to be confirmed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path

import pytest
from every import some
from excel_twins import BOOK, INPUTS, ROOTS, twin_of
from hypothesis import given, settings
from hypothesis import strategies as st
from support import pack_folder as any_pack_folder

from generator.case import InputFiles, read_input
from generator.diagnostics import Diagnostic, Outcome, Severity
from generator.facts.fact import Group, Rows, Text, YesNo, walk
from generator.facts.year_words import year_mentions
from generator.form.fields import Field, prior_target, walk_fields
from generator.form.sources import Cell, Listing, Section, Source, Written
from generator.next_year import SAME, WORKBOOK, YAML, NextYear, next_year
from generator.pack import PackRoots
from generator.pipeline import Examined, examine_files
from generator.quantity import Quantity
from generator.reading.read_yaml import parse_yaml
from generator.rolling.roll_forward import Kind
from generator.writing.write_yaml import write_part

REAL = sorted(one.name for one in INPUTS.iterdir() if list(one.glob("*.yaml")))

pack_folder = partial(any_pack_folder, unit="单位.名称")
FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
公开时间: {类型: 日期, 标签: 公开时间}
单位: {标签: 单位, 字段: {名称: {类型: 文字, 标签: 单位名称, 沿用: 是}}}
封面: {类型: 文字, 标签: 封面题名, 沿用: 是}
职能: {类型: 长文, 标签: 主要职能, 沿用: 是}
总结: {类型: 长文, 标签: 全年总结, 年度性: 是}
备注: {类型: 长文, 标签: 备注}
样式: {类型: 选项, 标签: 表的样式, 选项: [甲式, 乙式], 沿用: 是, 变动年度: [2023]}
评价: {类型: 是否, 标签: 是否评价}
等级: {类型: 选项, 标签: 等级, 选项: [优, 良], 年度性: 是}
旧设备: {类型: 个数, 标签: 旧口径设备, 当: "=年度 == 2031"}
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 决算数, 计算: "支出 | 求和('基本', '项目')"}
    上年: {类型: 金额, 标签: 上年数, 必填: 是, 上年对应: 决算}
    合计上年: {类型: 金额, 标签: 合计上年数, 计算: 收支.上年, 上年对应: 决算}
    原因: {类型: 原因, 标签: 变动原因, 当: "=收支.决算 != 收支.上年", 年度性: 是}
    批次: {类型: 个数, 标签: 批次, 必填: 是}
支出:
  标签: 支出
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目, 级次: 项}
      基本: {类型: 金额, 标签: 基本支出, 缺省: 0}
      项目: {类型: 金额, 标签: 项目支出, 缺省: 0}
      预算: {类型: 金额, 标签: 预算数, 必填: 是}
      上年: {类型: 金额, 标签: 上年数, 上年对应: 基本}
      用途: {类型: 长文, 标签: 用途, 沿用: 是}
指标:
  标签: 指标
  行:
    字段:
      名称: {类型: 文字, 标签: 指标, 沿用: 是}
      实际: {类型: 文字, 标签: 实际完成, 年度性: 是, 清空: 是}
"""


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> PackRoots:
    return pack_folder(tmp_path_factory.mktemp("pack"), {"fields.yaml": FIELDS})


def files_of(data: str, year: int = 2020, unit: str = "万元") -> InputFiles:
    head = f"报告: example\n金额单位: {unit}\n年度: {year}\n单位: {{名称: 甲局}}\n"
    if "收支:" not in data:
        head += "收支: {上年: 1, 批次: 3, 原因: 人员经费变动}\n"
    return InputFiles(Path(), (("数据.yaml", head + data),), "")


def made(outcome: Outcome[NextYear | None]) -> NextYear:
    assert outcome.value is not None, [(d.code, d.message, str(d.place)) for d in outcome.diagnostics]
    return outcome.value


def new_text(roots: PackRoots, data: str, year: int = 2020, unit: str = "万元") -> str:
    """The new file without its comments, remarks and blank lines."""
    text = made(next_year(files_of(data, year, unit), roots)).files["数据.yaml"].decode()
    lines = (re.sub(r"\s*(^|  )# .*", "", line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def steps(roots: PackRoots, data: str, year: int = 2020) -> list[str]:
    """«待确认 收支.原因 …», without what stands."""
    rolled = made(next_year(files_of(data, year), roots))
    return [f"{s.kind.value} {s.name} {s.detail}".rstrip() for s in rolled.steps if s.kind is not Kind.STANDS]


# -- figures ----------------------------------------------------------------------------------------------------------
def test_figures_move_to_the_comparison_column_and_the_rest_is_emptied(roots: PackRoots) -> None:
    """The total is the computed one, exact in the file's unit; a blank that a default would hide is marked."""
    data = """
收支: {上年: 30.00, 原因: 人员经费增加, 批次: 3}
支出:
  - {科目: 2080501, 基本: 10.5, 预算: 10.50, 用途: 离退休人员经费}
  - {科目: 2210201, 基本: 20.25, 项目: 0.123456, 预算: 21}
"""
    assert (
        new_text(roots, data)
        == """报告: example
金额单位: 万元
年度: 2021
单位:
  名称: 甲局
收支:
  上年: 30.873456
  原因: 〔待确认〕人员经费增加
  批次:
支出:
  - {科目: 2080501, 基本: 〔待填〕, 预算: 〔待填〕, 用途: 离退休人员经费, 上年: 10.50}
  - {科目: 2210201, 基本: 〔待填〕, 项目: 〔待填〕, 预算: 〔待填〕, 上年: 20.25}"""
    )


@pytest.mark.parametrize(
    ("unit", "typed", "carried"),
    [
        ("元", "365700", "365700.00"),
        ("元", "0", "0"),
        ("千元", "365.7", "365.70"),
        ("万元", "1,234.5", "1234.50"),
        ("万元", "12元", "0.0012"),
        ("亿元", "0.12345678", "0.12345678"),
        ("万元", "不适用", "不适用"),
    ],
)
def test_the_comparison_figure_keeps_every_digit(roots: PackRoots, unit: str, typed: str, carried: str) -> None:
    data = f'支出:\n  - {{科目: 2080505, 基本: "{typed}", 预算: 1}}\n'
    assert f"上年: {carried}}}" in new_text(roots, data, unit=unit)


def test_a_total_typed_with_a_rounding_difference_stays_the_comparison_figure(roots: PackRoots) -> None:
    """Typed 30.76 for parts of 30.75: published was 30.76, though the parts of the new year's column give 30.75."""
    data = """
收支: {决算: 30.76, 上年: 1, 批次: 0, 原因: 增加人员}
支出:
  - {科目: 2080505, 基本: 10.50, 预算: 1}
  - {科目: 2210201, 基本: 20.25, 预算: 1}
"""
    text = new_text(roots, data)
    assert "  决算:\n  上年: 30.76\n" in text
    assert "合计上年: 30.76" in text


def test_what_is_emptied_is_reported_wherever_it_stands(roots: PackRoots) -> None:
    """Nothing filled in: every figure that stood there last year is missed."""
    data = """
公开时间: 2021-10-26
等级: 优
收支: {上年: 1, 批次: 3, 原因: 人员减少}
支出:
  - {科目: 2080505, 基本: 0.5, 预算: 1}
指标:
  - {名称: 培训次数, 实际: 5次}
"""
    assert [line for line in remaining(roots, data) if line.startswith(("F00", "I067"))] == [
        "F002 收支·批次是必填项，没有填写",
        "I067 公开时间还没有填写，留着“〔待填〕”",
        "I067 指标（第1行）·实际完成还没有填写，留着“〔待填〕”",
        "I067 支出（2080505）·基本支出还没有填写，留着“〔待填〕”",
        "I067 支出（2080505）·预算数还没有填写，留着“〔待填〕”",
        "I067 等级还没有填写，留着“〔待填〕”",
    ]


def test_a_figure_that_the_new_year_no_longer_asks_for(roots: PackRoots) -> None:
    assert "新表里没有的 旧设备 2032年度不再填写" in steps(roots, "旧设备: 5\n", 2031)


# -- texts ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "new"),
    [
        ("职能: 管理医保基金。", "职能: 管理医保基金。"),
        ("职能: 2018年机构改革时组建。", "职能: 2018年机构改革时组建。"),
        ("职能: 2020年增设监管科。", "职能: 〔待确认〕2020年增设监管科。"),
        ("职能: 二〇二〇年增设监管科。", "职能: 〔待确认〕二〇二〇年增设监管科。"),
        ("职能: 依据省医保发〔2020〕3号。", "职能: 依据省医保发〔2020〕3号。"),
        ("封面: 甲局2020年度部门决算", "封面: 甲局2021年度部门决算"),
        ("封面: 2020年度部门决算", "封面: 2021年度部门决算"),
        ("封面: 见《甲局2020年度部门决算》", "封面: 见《甲局2020年度部门决算》"),
        ("封面: 乙局2020年度部门决算", "封面: 〔待确认〕乙局2020年度部门决算"),
        ("总结: 完成各项任务。", "总结: 〔待确认〕完成各项任务。"),
        ("总结: 收入{{ 收支.决算 | 万元 }}。", '总结: "〔待确认〕收入{{ 收支.决算 | 万元 }}。"'),
        ("备注: 没有说明怎样结转的文字。", "备注: 〔待确认〕没有说明怎样结转的文字。"),
        ("评价: 是", "评价: 〔待确认〕是"),
        ("样式: 乙式", "样式: 乙式"),
        ("总结: 〔待确认〕前年的话。", "总结: 〔待确认〕前年的话。"),
    ],
)
def test_texts(roots: PackRoots, data: str, new: str) -> None:
    assert new in new_text(roots, data).split("\n")


def test_a_form_that_changes_in_the_new_year_has_to_be_looked_at(roots: PackRoots) -> None:
    assert "样式: 〔待确认〕乙式" in new_text(roots, "样式: 乙式", 2022)


def test_years_are_listed_with_their_sentence(roots: PackRoots) -> None:
    data = "总结: 我局开展培训。2018年9月整体入住政务中心，2020年完成验收。\n封面: 甲局2020年度部门决算\n"
    assert [line for line in steps(roots, data) if "总结" in line or "封面" in line] == [
        "待确认 总结 写有2018年、2020年：“2018年9月整体入住政务中心，2020年完成验收”",
        "年份已改 封面 2020年度→2021年度",
    ]


def test_the_stale_year_of_a_real_report(roots: PackRoots) -> None:
    """A 2019 report said «2018年度总支出3580.91万元»: marked when rolled, then flagged."""
    data = "总结: 2018年度总支出3580.91万元，年末结转结余41.98万元。\n"
    rolled = made(next_year(files_of(data, 2018), roots))
    assert any(s.name == "总结" and s.detail.startswith("写有2018年") for s in rolled.steps)
    assert "I068 全年总结还没有确认，标着“〔待确认〕”" in said(examined(rolled, roots))
    text = rolled.files["数据.yaml"].decode().replace("〔待确认〕", "")
    found = said(examine_files(Outcome(InputFiles(Path(), (("数据.yaml", text), memory(rolled)), "")), roots))
    assert "C027 全年总结说的是2018年的收支“2018年度总支出3580.91万元，年末结……”，而这是2019年度的报告" in found
    assert "N020 全年总结与上年一字不差" in found


# -- 科目 -------------------------------------------------------------------------------------------------------------
def test_accounts_take_the_names_of_the_new_year(roots: PackRoots) -> None:
    data = "支出:\n  - {科目: 2080501 归口管理的行政单位离退休, 预算: 1}\n  - {科目: 2080504, 预算: 1}\n"
    assert "{科目: 2080501 行政单位离退休, 预算: 〔待填〕, 上年: 0}" in new_text(roots, data, 2019)
    assert [line for line in steps(roots, data, 2019) if line.startswith("科目")] == [
        "科目改名 支出[2080501].科目 20805 行政事业单位离退休→行政事业单位养老支出；"
        "2080501 归口管理的行政单位离退休→行政单位离退休",
        "科目停用 支出[2080504].科目 2080504 未归口管理的行政单位离退休，2020年度已不使用",
    ]


# -- another form -----------------------------------------------------------------------------------------------------
def test_another_pack_takes_over(tmp_path: Path) -> None:
    """The old form ends with 2020; the new one lacks 职能, offers other choices, and asks for something more."""
    new_fields = FIELDS.replace("职能:", "职责:").replace("选项: [甲式, 乙式]", "选项: [丙式]")
    new_fields += "人数: {类型: 个数, 标签: 年末人数, 必填: 是}\n"
    pack_folder(tmp_path, {"fields.yaml": FIELDS}, settings="年度: {至: 2020, 以后: next}\n")
    roots = pack_folder(tmp_path, {"fields.yaml": new_fields}, name="next", settings="年度: {自: 2021}\n")
    data = "职能: 管理医保基金。\n样式: 乙式\n"
    outcome = next_year(files_of(data), roots)
    rolled = made(outcome)
    assert [(d.code, d.message) for d in outcome.diagnostics] == [("N011", "2021年度改用“示例报告”，填报项按同名对应")]
    text = rolled.files["数据.yaml"].decode()
    assert "报告: next\n" in text
    assert "人数:  # 年末人数；个数（个）；必填" in text
    assert [f"{s.name} {s.detail} {s.place}" for s in rolled.steps if s.kind is Kind.NO_PLACE] == [
        "职能 管理医保基金。 数据.yaml 第6行",
        "样式 乙式 数据.yaml 第8行",
    ]


def test_a_form_that_ends_without_another(tmp_path: Path) -> None:
    roots = pack_folder(tmp_path, {"fields.yaml": FIELDS}, settings="年度: {至: 2020}\n")
    assert [f"{d.code} {d.message}" for d in next_year(files_of(""), roots).diagnostics] == [
        "N010 “示例报告”只适用到2020年度，没有写明2021年度接着用哪个模板包，仍按原来的表结转"
    ]


def test_the_pack_named_for_later_years_must_exist(tmp_path: Path) -> None:
    roots = pack_folder(tmp_path, {"fields.yaml": FIELDS}, settings="年度: {至: 2020, 以后: nexxt}\n")
    outcome = next_year(files_of(""), roots)
    assert (outcome.value, [d.code for d in outcome.diagnostics]) == (None, ["N002", "T117"])


# -- what the new input remembers -------------------------------------------------------------------------------------
def test_a_reason_left_as_it_was_and_a_changed_comparison_figure(roots: PackRoots) -> None:
    data = "收支: {上年: 1, 批次: 3, 原因: 人员经费增加}\n支出:\n  - {科目: 2080505, 基本: 2, 预算: 2}\n"
    rolled = made(next_year(files_of(data), roots))
    text = rolled.files["数据.yaml"].decode().replace("〔待确认〕", "").replace("上年: 2.00", "上年: 2.50", 1)
    files = InputFiles(Path(), (("数据.yaml", text), memory(rolled)), "")
    assert [line for line in said(examine_files(Outcome(files), roots)) if line.startswith("N")] == [
        "N020 收支·变动原因与上年一字不差",
        "N021 收支·上年数填的是 25,000.00元，上年决算是 20,000.00元，相差 5,000.00元",
        "N021 收支·合计上年数填的是 25,000.00元，上年决算是 20,000.00元，相差 5,000.00元",
    ]


@pytest.mark.parametrize("damaged", ["", "结转记录: 坏了\n", "结转记录:\n  - {项: 收支.上年, 上年数: 乱}\n  - 甲\n"])
def test_without_its_memory_the_input_is_read_all_the_same(roots: PackRoots, damaged: str) -> None:
    rolled = made(next_year(files_of("总结: 完成任务。\n"), roots))
    texts = [("数据.yaml", rolled.files["数据.yaml"].decode()), *([("结转记录.yaml", damaged)] if damaged else [])]
    found = said(examine_files(Outcome(InputFiles(Path(), tuple(texts), "")), roots))
    assert sorted({line[:4] for line in found}) == ["F002", "I067", "I068"] or sorted({line[:4] for line in found}) == [
        "F002",
        "I068",
    ]


def test_marks_are_read_in_any_bracket_and_never_printed(tmp_path: Path) -> None:
    roots = pack_folder(tmp_path, {"fields.yaml": FIELDS}, text="{{ 总结 }}\n")
    for mark in ("〔待确认〕", "[待确认]", "（待确认）：", "【待确认】 "):
        read = examine_files(Outcome(files_of(f'总结: "{mark}完成任务。"\n')), roots)
        assert read.value is not None
        assert [str(f) for f in walk(read.value.case.facts) if isinstance(f, Text) and f.name == "总结"] == [
            "完成任务。"
        ]
        assert "I068 全年总结还没有确认，标着“〔待确认〕”" in said(read)


def test_year_after_year(roots: PackRoots) -> None:
    """2020 → 2021, filled in → 2022: the memory is made anew, nothing of the one before is left."""
    data = "收支: {上年: 1, 批次: 3, 原因: 人员经费增加}\n支出:\n  - {科目: 2080505, 基本: 2, 预算: 2}\n"
    first = made(next_year(files_of(data), roots))
    text = first.files["数据.yaml"].decode().replace("〔待确认〕", "").replace("批次:  #", "批次: 4  #")
    text = (
        text.replace("基本: 〔待填〕", "基本: 5.5")
        .replace("预算: 〔待填〕", "预算: 5")
        .replace("人员经费增加", "补发奖金")
    )
    second = made(next_year(InputFiles(Path(), (memory(first), ("数据.yaml", text)), ""), roots))
    assert sorted(second.files) == ["数据.yaml", "结转记录.yaml"]
    assert "上年: 5.50" in second.files["数据.yaml"].decode()
    assert "原因: 〔待确认〕补发奖金" in second.files["数据.yaml"].decode()
    assert memory(second)[1].count("收支.上年") == 1
    assert '{项: "收支.上年", 上年数: "55000.0"}' in memory(second)[1]
    assert not [line for line in said(examined(second, roots)) if line.startswith("N")]


def test_a_computed_total_beside_what_was_filled_in_may_need_its_reason(tmp_path: Path) -> None:
    """It stands empty like the reasons of the parts, though last year's input did not name the total at all."""
    part = "{类型: 金额, 标签: 预算数, 必填: 是}, 决算: {类型: 金额, 标签: 决算数, 必填: 是}"
    fields = f"""
年度: {{类型: 年度, 必填: 是}}
单位: {{标签: 单位, 字段: {{名称: {{类型: 文字, 沿用: 是}}}}}}
三公:
  标签: “三公”经费
  字段:
    接待费: {{标签: 公务接待费, 字段: {{预算: {part}}}}}
    合计:
      标签: 合计
      字段:
        决算: {{类型: 金额, 标签: 决算数, 计算: 三公.接待费.决算}}
        原因: {{类型: 原因, 标签: 差异原因, 当: "=三公.合计.决算 != 三公.接待费.预算"}}
其他:
  标签: 其他
  字段: {{原因: {{类型: 原因, 标签: 其他原因, 当: "=年度 > 2030"}}}}
"""
    roots = pack_folder(tmp_path, {"fields.yaml": fields})
    data = """报告: example
金额单位: 万元
年度: 2020
单位: {名称: 甲局}
三公: {接待费: {预算: 1, 决算: 1}}
"""
    files = InputFiles(Path(), (("数据.yaml", data),), "")
    text = made(next_year(files, roots)).files["数据.yaml"].decode()
    assert "  合计:\n    原因:  # 差异原因" in text
    assert "其他原因" not in text


# -- the real inputs --------------------------------------------------------------------------------------------------
FORMS = ("yaml", "excel")


@lru_cache
def real(name: str, form: str) -> tuple[InputFiles, Examined, NextYear]:
    """A real input (or its twin in Excel), its facts, and the next year's."""
    if form == "yaml":
        files = read_input(INPUTS / name).value
        assert files is not None
    else:
        files = InputFiles(Path(), (), "", books=((BOOK, twin_of(INPUTS / name)),))
    last = examine_files(Outcome(files), ROOTS).value
    assert last is not None
    return files, last, made(next_year(files, ROOTS))


def new_files(rolled: NextYear) -> InputFiles:
    texts = tuple((n, d.decode()) for n, d in rolled.files.items() if n.endswith(".yaml"))
    return InputFiles(Path(), texts, "", books=tuple((n, d) for n, d in rolled.files.items() if n.endswith(".xlsx")))


def examined(rolled: NextYear, roots: PackRoots = ROOTS) -> Outcome[Examined | None]:
    return examine_files(Outcome(new_files(rolled)), roots)


def memory(rolled: NextYear) -> tuple[str, str]:
    return "结转记录.yaml", rolled.files["结转记录.yaml"].decode()


def said(found: Outcome[Examined | None]) -> list[str]:
    return sorted(f"{d.code} {d.message}" for d in found.diagnostics)


def remaining(roots: PackRoots, data: str) -> list[str]:
    return said(examined(made(next_year(files_of(data), roots)), roots))


def figures(case: Examined) -> dict[str, Quantity]:
    return {fact.name: fact for fact in walk(case.case.facts) if isinstance(fact, Quantity)}


def typed_figures(case: Examined) -> Iterator[Quantity]:
    """Figures that stand in the files, not those that the program computes or takes as default."""
    kinds = {one.path: one for one in walk_fields(case.case.pack.form.fields)}
    for name, figure in figures(case).items():
        one = kinds[re.sub(r"\[[^\]]*\]", "", name)]
        if figure.origin is None and one.default is None:
            yield figure


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", some(REAL, 3))
def test_no_figure_of_the_new_year_is_invented(name: str, form: str) -> None:
    """Whatever figure stands in the new input is the year or last year's figure in the comparison column."""
    rolled = real(name, form)[2]
    new = examined(rolled).value
    assert new is not None
    prior = {one.path for one in walk_fields(new.case.pack.form.fields) if one.prior_of}
    for figure in typed_figures(new):
        path = re.sub(r"\[[^\]]*\]", "", figure.name)
        assert figure.name == "年度" or path in prior, f"{figure.name} = {figure.value}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", some(REAL, 3))
def test_every_comparison_figure_is_last_years(name: str, form: str) -> None:
    """Read back from the new files, filled in or computed, each equals the fact that last year's report printed."""
    _, last, rolled = real(name, form)
    new = examined(rolled).value
    assert new is not None
    fields, old = new.case.pack.form.fields, figures(last)
    compared = 0
    for figure in figures(new).values():
        one = next(f for f in walk_fields(fields) if f.path == re.sub(r"\[[^\]]*\]", "", figure.name))
        target = prior_target(fields, one) if one.prior_of else None
        if target is not None:
            assert figure.value == old[last_name(figure.name, one, target)].value, figure.name
            compared += 1
    expected = [
        n for n in old if any(f.prior_of and f.path == re.sub(r"\[[^\]]*\]", "", n) for f in walk_fields(fields))
    ]
    assert compared >= len([n for n in expected if n in figures(new)])
    assert not [d for d in examined(rolled).diagnostics if d.code == "N021"]


def last_name(name: str, one: Field, target: Field) -> str:
    """The name in last year's facts: the same row, the other column; from the top when it stands elsewhere."""
    above = one.path.rpartition(".")[0]
    if target.path.startswith(f"{above}.") and "[" in name:
        return f"{name.rpartition('.')[0]}.{target.name}"
    return target.path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", some(REAL, 3))
def test_check_names_every_empty_figure(name: str, form: str) -> None:
    """Every figure, date and grade that was emptied is named at its place, or its total is; a computed one follows."""
    _, _, rolled = real(name, form)
    made = examined(rolled)
    found = made.diagnostics
    named = {str(place) for d in found if d.severity is Severity.TO_FILL for place in d.places}
    assert made.value is not None
    totals = {d.fact for d in found if d.code == "F016"}
    families = [one for one in walk_fields(made.value.case.pack.form.fields) if one.path in totals]
    parts = {f"{one.path.rpartition('.')[0]}.{part}" for one in families for part in one.parts}
    emptied = [s for s in rolled.steps if s.kind is Kind.EMPTIED and not s.computed and s.name not in parts]
    assert [f"{s.name} {s.place}" for s in emptied if str(s.place) not in named] == []
    assert emptied


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", some(REAL, 3))
def test_every_offered_text_is_warned_of_at_its_place(name: str, form: str) -> None:
    _, _, rolled = real(name, form)
    warned = {str(d.place) for d in examined(rolled).diagnostics if d.code == "I068"}
    offered = [step for step in rolled.steps if step.kind is Kind.TO_CONFIRM]
    if form == "excel":
        assert {str(step.place) for step in offered} == warned
    assert len(offered) >= len(warned) > 0


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", some(REAL, 3))
def test_no_stale_year_remains_unflagged(name: str, form: str) -> None:
    """Every text that names a year other than the new one is marked, or found by the years guard."""
    _, _, rolled = real(name, form)
    found = examined(rolled)
    assert found.value is not None
    flagged = {str(d.place) for d in found.diagnostics if d.code in ("I068", "C003", "C005", "C027", "N020")}
    for fact in walk(found.value.case.facts):
        if isinstance(fact, Text) and not isinstance(fact, YesNo):
            stale = [one.year for one in year_mentions(fact) if one.year != rolled.year]
            assert not stale or str(fact.place) in flagged, f"{fact.name}: {stale}"


@pytest.mark.parametrize("name", some(REAL, 3))
def test_the_marks_removed_unread_each_text_is_warned_of(name: str) -> None:
    """All marks struck out at once and nothing else done: «与上年一字不差» at each."""
    _, _, rolled = real(name, "yaml")
    texts = tuple((n, d.decode().replace("〔待确认〕", "")) for n, d in rolled.files.items())
    found = examine_files(Outcome(InputFiles(Path(), texts, "")), ROOTS)
    assert found.value is not None
    same = {str(d.place) for d in found.diagnostics if d.code == "N020"}
    kinds = {one.path: one.kind for one in walk_fields(rolled.pack.form.fields)}
    for step in rolled.steps:
        kind = kinds[re.sub(r"\[[^\]]*\]", "", step.name)]
        if step.kind is Kind.TO_CONFIRM and kind in ("长文", "原因"):
            assert str(step.place) in same or len(text_at(found.value, step.name)) <= 4, step.name


def text_at(case: Examined, name: str) -> str:
    return next(str(fact) for fact in walk(case.case.facts) if isinstance(fact, Text) and fact.name == name)


def typed(files: InputFiles) -> list[tuple[str, str]]:
    """The files that an office fills in: without what the program remembers of the year before."""
    return [(name, text) for name, text in files.texts if name != "结转记录.yaml"]


@pytest.mark.parametrize("name", some(REAL, 3))
def test_the_files_keep_their_names_and_entries(name: str) -> None:
    files, _, rolled = real(name, "yaml")
    assert [n for n, _ in typed(files)] == [n for n in rolled.files if n != "结转记录.yaml"]
    for file, text in typed(files):
        (old,) = parse_yaml(((file, text),)).value
        (new,) = parse_yaml(((file, rolled.files[file].decode()),)).value
        assert set(old.root.entries) <= set(new.root.entries)


@pytest.mark.parametrize("name", some(REAL, 3))
def test_filled_in_again_nothing_is_missing(name: str) -> None:
    """Last year's figures typed into the empty cells: no error is left, so nothing was lost on the way."""
    files, _, rolled = real(name, "yaml")
    fields = rolled.pack.form.fields
    texts = []
    for file, text in typed(files):
        (old,), (new,) = (parse_yaml(((file, one),)).value for one in (text, rolled.files[file].decode()))
        filled = filled_again(new.root, old.root)
        assert isinstance(filled, Section)
        texts.append((file, write_part("", fields, Source(file, filled))))
    found = examine_files(Outcome(InputFiles(Path(), tuple(texts), "")), ROOTS)
    errors = [f"{d.code} {d.message}" for d in found.diagnostics if d.severity.stops]
    assert [line for line in errors if not about_the_comparison(line)] == []


def filled_again(new: Written, old: Written | None) -> Written:
    if isinstance(new, Section):
        before = old.entries if isinstance(old, Section) else {}
        return Section({n: filled_again(one, before.get(n)) for n, one in new.entries.items()}, new.place)
    if isinstance(new, Listing):
        rows = old.items if isinstance(old, Listing) else ()
        return Listing(tuple(filled_again(*pair) for pair in zip(new.items, rows, strict=True)), new.place)
    return old if isinstance(old, Cell) and (new.text or "").strip() in ("", "〔待填〕") else new


def about_the_comparison(line: str) -> bool:
    """What last year's figures cannot satisfy in the year after: its opening balance is last year's closing one."""
    return line.startswith(("F004", "X-CARRY", "B-CARRY", "T1-BAL", "T4-BAL")) and any(
        w in line for w in ("结转和结余", "收入总计", "结转结余")
    )


@pytest.mark.parametrize("name", some(REAL, 3))
def test_rows_and_keys_are_kept(name: str) -> None:
    _, last, rolled = real(name, "excel")
    new = examined(rolled).value
    assert new is not None
    assert keys(last.case.facts) == keys(new.case.facts)


def keys(group: Group) -> list[str]:
    names: list[str] = []
    for entry in group.entries.values():
        inner = [entry] if isinstance(entry, Group) else list(entry) if isinstance(entry, Rows) else []
        names += [one.name for one in inner if isinstance(entry, Rows)]
        names += [name for one in inner for name in keys(one)]
    return names


@pytest.mark.parametrize("wanted", [SAME, WORKBOOK, YAML])
@pytest.mark.parametrize("form", FORMS)
def test_workbook_and_yaml_give_the_same(form: str, wanted: str) -> None:
    files = real("gongjing-2020", form)[0]
    other = made(next_year(files, ROOTS, wanted=wanted))
    assert said_without_places(examined(other).diagnostics) == said_without_places(
        examined(real("gongjing-2020", "yaml")[2]).diagnostics
    )
    assert {Path(file).suffix for file in other.files} == (
        {".xlsx"} if wanted == WORKBOOK or (wanted == SAME and form == "excel") else {".yaml"}
    )


def said_without_places(found: tuple[Diagnostic, ...]) -> list[str]:
    """A blank required cell in a row of YAML is marked 〔待填〕, in a workbook it is yellow: both are missing."""
    words = (re.sub(r"(是必填项，没有填写|还没有填写，留着“〔待填〕”)$", "没有填", d.message) for d in found)
    return sorted(words)


def test_a_folder_of_figures_in_excel_and_texts_in_yaml_stays_one(tmp_path: Path) -> None:
    """Neither half takes over the other's entries, and no figure stands in both."""
    texts = dict(real("gongjing-2020", "yaml")[0].texts)
    figures_only = tmp_path / "数"
    figures_only.mkdir()
    for name in ("基本情况.yaml", "收支.yaml", "三公与其他.yaml"):
        (figures_only / name).write_text(texts[name], encoding="utf-8")
    book = twin_of(figures_only)
    files = InputFiles(Path(), (("绩效.yaml", texts["绩效.yaml"]),), "", books=(("数.xlsx", book),))
    rolled = made(next_year(files, ROOTS))
    assert sorted(rolled.files) == ["数.xlsx", "绩效.yaml"]
    assert "收支总计" not in rolled.files["绩效.yaml"].decode()
    assert said_without_places(examined(rolled).diagnostics) == said_without_places(
        examined(real("gongjing-2020", "yaml")[2]).diagnostics
    )


# -- properties -------------------------------------------------------------------------------------------------------
amounts = st.decimals(0, 99999999, places=2, allow_nan=False, allow_infinity=False).map(str)
words = st.text(alphabet="甲乙丙丁年度完成任务。，" + string.digits, min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=60)
@given(st.lists(st.tuples(amounts, st.one_of(st.none(), amounts)), min_size=1, max_size=5), words, words)
def test_rolled_forward_and_compared_no_number_is_invented(
    roots: PackRoots, rows: list[tuple[str, str | None]], standing: str, yearly: str
) -> None:
    codes = ("2080505", "2080501", "2210201", "2101101", "2130506")
    lines = [
        f"  - {{科目: {code}, 基本: {basic}{f', 项目: {project}' if project else ''}, 预算: 1}}"
        for code, (basic, project) in zip(codes, rows, strict=False)
    ]
    total = sum(Decimal(basic) + Decimal(project or 0) for basic, project in rows)
    data = "\n".join(
        [
            f"职能: {quoted(standing)}",
            f"总结: {quoted(yearly)}",
            f"收支: {{上年: {total}, 批次: 7, 原因: 无}}",
            "支出:",
            *lines,
        ]
    )
    files = files_of(data + "\n")
    outcome = next_year(files, roots)
    if outcome.value is None:  # words that are no good text
        assert outcome.diagnostics[0].code == "N002"
        return
    text = outcome.value.files["数据.yaml"].decode()
    (source,) = parse_yaml((("数据.yaml", text),)).value
    allowed = {"2021", *codes, *(str(Decimal(basic)) for basic, _ in rows), f"{total:.2f}", "0", "0.00"}
    for path, cell in cells(source.root):
        if path[-1] not in ("职能", "总结", "报告") and any(char.isdigit() for char in cell):
            assert cell in allowed, f"{path}: {cell}"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def cells(written: Written, path: tuple[str, ...] = ("",)) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(written, Cell):
        yield path, written.text or ""
    elif isinstance(written, Listing):
        for item in written.items:
            yield from cells(item, path)
    else:
        for name, inner in written.entries.items():
            yield from cells(inner, (*path, name))
