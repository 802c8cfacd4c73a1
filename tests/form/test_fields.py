"""fields.yaml: the words of a form, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.diagnostics import CATALOGUE, Severity
from generator.form.fields import KINDS, Field, GroupSpec, RowsSpec, parse_fields, prior_target, walk_fields
from generator.pack.places import PackRoots
from generator.pack.sources import gather
from generator.place import Located, Place

TEMPLATES = Path(__file__).parents[2] / "templates"

MISTAKES = [
    ("车辆: {类型: 个数, 标鉴: 车辆数}", "T201 填报项“车辆”里有不认识的词“标鉴”", "您是否指“标签”？"),
    ("组甲: {标签: 甲, 必填: 是, 字段: {}}", "T201 填报项“组甲”里有不认识的词“必填”", "可用的词：标签、说明、字段、行"),
    ("车辆: {类型: 个薮}", "T202 填报项“车辆”的类型“个薮”不存在", "您是否指“个数”？可用的类型：文字"),
    ("收支 总计: {类型: 金额}", "T203 填报项名称“收支 总计”不能用在表达式里（收支 总计）", "名称只用汉字"),
    ("车辆: {标签: 车辆, 类形: 个数}", "T204 填报项“车辆”没有写类型，也没有写字段或行", "您是否指“类型”？"),
    ("车辆: {类型: 个数, 必填: 必须}", "T205 填报项“车辆”的“必填”写的是“必须”，只能写“是”或“否”", "请改为"),
    ("性质: {类型: 选项}", "T206 填报项“性质”的类型是“选项”，但没有列出可选的值", "请写成 选项: [甲, 乙]"),
    (
        "表: {行: {主键: 科木, 字段: {科目: {类型: 功能科目}}}}",
        "T207 表“表”的主键“科木”不在它的字段里",
        "您是否指“科目”？",
    ),
    (
        "数: {类型: 金额, 计算: 甲 - 乙, 倒推: 是}",
        "T218 填报项“数”写了“倒推”，它的计算（甲 - 乙）却不是同组各项相加",
        "请写成同组几项相加；各项都要写“必填: 是”，类型与合计相同，不能写“可负”",
    ),
    ("数: {类型: 金额, 上年对应: 收支.决算}", "T208 填报项“数”的上年对应“收支.决算”不存在", "请改正"),
    (
        "数: {类型: 数值, 单位在: 度量}",
        "T208 填报项“数”的单位在“度量”不存在",
        "请写同一行里类型是“文字”的一项",
    ),
    (
        "性: {类型: 文字}\n数: {类型: 数值, 方向在: 性}",
        "T208 填报项“数”的方向在“性”不存在",
        "请写同一行里类型是“选项”的一项",
    ),
    ("性: {类型: 选项, 选项: [甲, {乙: 丙}]}", "T206 填报项“性”的类型是“选项”，但没有列出可选的值", "请写成"),
    ("数: {类型: 个数, 缺省: 无}", "T209 填报项“数”的缺省值“无”不是合适的个数", "请改正缺省值"),
    ("数: {类型: 选项, 选项: [甲], 变动年度: 二三}", "T217 填报项“数”的“变动年度”应当是年份", "请写成 变动年度: 2023"),
    ("上年: {类型: 金额}", "T210 最上层的填报项不能叫“上年”，这个词另有用处", "请换一个名称"),
    ("车辆: 个数", "T211 “车辆”应当是“名称: 值”的一组内容", "请检查这里的缩进"),
    (
        "车辆: {类型: 金额, 级次: 项}",
        "T212 填报项“车辆”的类型是“金额”，不能写“级次”",
        "“级次”只用于：功能科目、经济科目",
    ),
    ("数: {类型: 金额, 核对: 严格}", "T213 填报项“数”的核对方式“严格”不存在", "请写“错误”“警告”或“无”"),
    ("科目: {类型: 功能科目, 级次: 目}", "T214 填报项“科目”的级次“目”不存在", "请写“类”“款”或“项”"),
    ("表: {行: {主键: 数, 字段: {数: {类型: 金额}}}}", "T215 表“表”的主键“数”类型不合适", "主键的类型只能是"),
    ("数: {类型: 金额, 标签: [甲, 乙]}", "T216 填报项“数”的“标签”应当是一段文字", "如果文字里有逗号"),
]


@pytest.mark.parametrize(("text", "sentence", "hint"), MISTAKES, ids=[s[:4] for _, s, _ in MISTAKES])
def test_a_wrong_form_is_explained(text: str, sentence: str, hint: str) -> None:
    (one,) = parse_fields(yaml.safe_load(text), "fields.yaml").diagnostics
    assert f"{one.code} {one.message}" == sentence
    assert one.hint.startswith(hint)
    assert (one.severity, str(one.place)) == (Severity.ERROR, "fields.yaml")


def test_every_code_of_the_form_has_a_case() -> None:
    assert {code for code in CATALOGUE if code.startswith("T2")} == {sentence[:4] for _, sentence, _ in MISTAKES}


def test_a_form_becomes_fields_groups_and_tables() -> None:
    outcome = parse_fields(
        yaml.safe_load(
            """
            机关运行经费:
              标签: 机关运行经费
              字段:
                决算: {类型: 金额, 标签: 支出, 计算: 甲.乙, 核对: 警告, 说明: 不填则取合计}
                上年: {类型: 金额, 必填: 是, 上年对应: 决算}
            支出: {标签: 支出, 行: {必填: 是, 沿用: 是, 主键: 科目, 字段: {科目: {类型: 功能科目, 级次: 项}}}}
            车辆: {类型: 个数, 缺省: 0, 当: "=支出 > 0", 年度性: 是}
            """
        ),
        "fields.yaml",
    )
    assert outcome.diagnostics == ()
    group, table, cars = outcome.value.children.values()
    assert isinstance(group, GroupSpec)
    current, prior = group.children.values()
    assert current == Field(
        name="决算",
        path="机关运行经费.决算",
        kind="金额",
        label="支出",
        formula="甲.乙",
        reconcile=Severity.WARNING,
        help="不填则取合计",
    )
    assert isinstance(prior, Field)
    assert (prior.label, prior.required, prior_target(outcome.value, prior)) == ("上年", True, current)
    assert isinstance(table, RowsSpec)
    assert (table.key, table.required, table.carried, table.columns["科目"].path) == ("科目", True, True, "支出.科目")
    assert isinstance(cars, Field)
    assert (cars.unit, cars.default, cars.when, cars.yearly) == ("个", "0", "支出 > 0", True)


def test_a_mistake_has_its_line_when_the_file_keeps_lines() -> None:
    names = {Located("车辆", Place("fields.yaml", 3)): {"类型": "个薮"}}
    (one,) = parse_fields(names, "fields.yaml").diagnostics
    assert str(one.place) == "fields.yaml 第3行"


def test_the_forms_of_the_packs_are_right() -> None:
    roots = PackRoots.with_own(())
    for file in sorted(TEMPLATES.glob("*/fields.yaml")):
        # A pack that builds on another writes only what differs: the form is what all of them make together.
        outcome = parse_fields(gather(file.parent.name, roots).data["fields.yaml"], file.name)
        assert outcome.diagnostics == ()
        assert any(walk_fields(outcome.value))


def test_readme_names_every_word_and_type() -> None:
    readme = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    section = readme.split("## 填报项 fields.yaml", 1)[1].split("\n## ", 1)[0]
    words = ("类型", "标签", "必填", "缺省", "计算", "核对", "当", "年度性", "沿用", "清空", "变动年度", "上年对应")
    more_words = ("级次", "单位", "选项", "可负", "说明", "字段", "行", "主键")
    assert [word for word in (*words, *more_words, *KINDS) if f"`{word}`" not in section] == []
