# ruff: noqa: E501 - a mistake and what is said of it stand side by side
"""What a form says many times is written once: 行库, 口径, 表序, declared and inherited tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Form, loaded, pack_folder, plain, said

from generator.lint.lint import lint_pack, linted
from generator.pack import PackRoots
from generator.pack.sources import gather

KINDS = """
财政拨款收入: {字段: 财政拨款, 叫法: 财政拨款}
事业收入: {字段: 事业收入, 自: 2020}
其他收入: {字段: 其他收入}
"""
FIELDS = """
收入明细:
  标签: 收入明细
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目编码, 级次: 项}
      合计: {类型: 金额, 标签: 合计, 计算: "【收入种类+行.{名}】"}
      "{名}": {逐项: 收入种类, 类型: 金额, 缺省: 0}
收入:
  标签: 收入合计
  字段:
    "{字段}": {逐项: 收入种类, 类型: 金额, 标签: "{名}", 计算: "收入明细 | 求和('{名}')"}
    合计: {类型: 金额, 标签: 本年收入合计, 计算: "【收入种类+收入.{字段}】"}
"""
DATA = """
收入明细:
- {科目: 2080104, 财政拨款收入: 30, 事业收入: 5}
- {科目: 2080199, 财政拨款收入: 10, 其他收入: 1}
"""


def form(folder: Path, text: str, files: dict[str, str] | None = None, fields: str = FIELDS, **parts: str) -> Form:
    return Form(pack_folder(folder, {"rows/收入种类.yaml": KINDS, **(files or {})}, fields=fields, text=text, **parts))


def mistakes(folder: Path, text: str = "无。\n", files: dict[str, str] | None = None, **parts: str) -> list[str]:
    roots = pack_folder(
        folder, {"rows/收入种类.yaml": KINDS, **(files or {})}, **{"fields": FIELDS, **parts}, text=text
    )
    return said(linted("example", roots).diagnostics)


# -- one list -----------------------------------------------------------------------------------------------------------
def test_fields_sums_and_sentences_follow_one_list(tmp_path: Path) -> None:
    text = (
        "本年收入{{ 收入.合计 | 万元 }}，其中：【收入种类；{名}{{ 收入.{字段} | 万元 }}】。\n\n"
        "{% for 项 in 收入种类 %}{{ 项.名 }}{{ 收入[项.字段] | 万元 }}。{% endfor %}\n"
    )
    assert form(tmp_path, text).report(DATA).sentences == [
        "本年收入46.00万元，其中：财政拨款收入40.00万元；事业收入5.00万元；其他收入1.00万元。",
        "财政拨款收入40.00万元。事业收入5.00万元。其他收入1.00万元。",
    ]


def test_a_row_with_years_is_there_in_those_years_only(tmp_path: Path) -> None:
    text = "{% for 项 in 收入种类 %}{{ 项.叫 }}；{% endfor %}\n"
    kinds = """
财政拨款收入: {叫: {2018: 财政补助收入, 2020: 财政拨款收入, 2023: 拨款}, 字段: 财政拨款}
事业收入: {叫: 事业收入, 字段: 事业收入, 自: 2021}
经营收入: {叫: 经营收入, 字段: 经营收入, 至: 2019}
捐赠收入: {叫: 捐赠收入, 字段: 捐赠收入, 当: =收入明细 | length > 5}
其他收入: {叫: 其他收入, 字段: 其他收入, 当: =收入明细 | length > 1}
"""
    made = form(tmp_path, text, {"rows/收入种类.yaml": kinds})
    assert made.report(DATA.replace(", 事业收入: 5", "")).sentences == ["财政拨款收入；其他收入；"]


def test_a_child_adds_a_row_to_the_list_and_every_place_follows(tmp_path: Path) -> None:
    text = "【收入种类；{名}{{ 收入.{字段} | 万元 }}】，共{{ 收入.合计 | 万元 }}。\n"
    form(tmp_path, text)
    child = tmp_path / "child" / "rows"
    child.mkdir(parents=True)
    (child.parent / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    (child / "收入种类.yaml").write_text("其他收入: null\n利息收入: {字段: 利息}\n", encoding="utf-8")
    data = "收入明细:\n- {科目: 2080104, 财政拨款收入: 30, 利息收入: 2}\n"
    report = Form(PackRoots.with_own((tmp_path,)), "child").report(data)
    assert report.sentences == ["财政拨款收入30.00万元；事业收入0万元；利息收入2.00万元，共32.00万元。"]


def test_a_table_declared_once_is_drawn(tmp_path: Path) -> None:
    table = """
标题: 收入决算表
列:
  - {头: 项目/科目编码, 值: 编码, 宽: 20, 对齐: 左}
  - {头: 项目/科目名称, 值: 名称, 宽: 40, 对齐: 左}
  - {头: 合计, 字段: 合计, 宽: 20, 对齐: 右}
  - {逐项: 收入种类, 头: "{名}", 字段: "{名}", 合计: "{字段}", 宽: 20, 对齐: 右}
栏次: 是
行:
  - {合计: 收入}
  - {科目: 收入明细}
"""
    outline = form(tmp_path, "```表 收入决算表\n```\n", {"tables/收入决算表.yaml": table}).report(DATA).outline
    assert (
        plain(outline)
        == """
T 收入决算表 5 行 × 6 列
  表题 收入决算表
  H 项目 ⟦1×2⟧ | 合计 ⟦2×1⟧ | 财政拨款收入 ⟦2×1⟧ | 事业收入 ⟦2×1⟧ | 其他收入 ⟦2×1⟧
  H 科目编码 | 科目名称 | ↑ | ↑ | ↑ | ↑
  H 栏次 ⟦1×2⟧ | 1 | 2 | 3 | 4
  - **合计** ⟦1×2⟧ | **46.00** | **40.00** | **5.00** | **1.00**
  - **208** | **社会保障和就业支出** | **46.00** | **40.00** | **5.00** | **1.00**
  - 20801 | 人力资源和社会保障管理事务 | 46.00 | 40.00 | 5.00 | 1.00
  - 2080104 | 综合业务管理 | 35.00 | 30.00 | 5.00 | 0.00
  - 2080199 | 其他人力资源和社会保障管理事务支出 | 11.00 | 10.00 | 0.00 | 1.00
""".lstrip()
    )


def test_a_head_of_three_levels(tmp_path: Path) -> None:
    table = """
列:
  - {头: 合计/预算数, 宽: 10}
  - {头: 合计/决算数, 宽: 10}
  - {头: 用车/小计/预算数, 宽: 10}
  - {头: 用车/小计/决算数, 宽: 10}
  - {头: 用车/购置费, 宽: 10}
  - {头: 接待费, 宽: 10}
行: [["1", "2", "3", "4", "5", "6"]]
"""
    outline = form(tmp_path, "```表 表\n```\n", {"tables/表.yaml": table}).report(DATA).outline
    assert [line for line in plain(outline).split("\n") if line.startswith("  H")] == [
        "  H 合计 ⟦2×2⟧ | 用车 ⟦1×3⟧ | 接待费 ⟦3×1⟧",
        "  H ↑ | 小计 ⟦1×2⟧ | 购置费 ⟦2×1⟧ | ↑",
        "  H 预算数 | 决算数 | 预算数 | 决算数 | ↑ | ↑",
    ]


def test_what_is_asked_of_two_lists_repeats_for_each_pair(tmp_path: Path) -> None:
    files = {
        "rows/两数.yaml": "[预算, 决算]\n",
        "tables/表.yaml": "列: [{逐项: [收入种类, 两数], 头: '{收入种类.名}/{两数.名}数', 宽: 10}]\n"
        "行: [[{逐项: [收入种类, 两数], 文: '{字段}{两数.名}'}]]\n",
    }
    outline = form(tmp_path, "```表 表\n```\n", files).report(DATA).outline
    assert plain(outline).split("\n")[1:4] == [
        "  H 财政拨款收入 ⟦1×2⟧ | 事业收入 ⟦1×2⟧ | 其他收入 ⟦1×2⟧",
        "  H 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数",
        "  - 财政拨款预算 | 财政拨款决算 | 事业收入预算 | 事业收入决算 | 其他收入预算 | 其他收入决算",
    ]


# -- 口径 and 表序 --------------------------------------------------------------------------------------------------------
def test_a_place_says_its_words_and_conditions_once(tmp_path: Path) -> None:
    settings = "口径: {预算名: 全年预算, 有其他: =收入.其他收入 > 0, 双倍: =收入.合计 + 收入.合计}\n"
    text = "【预算名】数、{{ 预算名 }}；{% if 有其他 %}有{% else %}没有{% endif %}其他收入，{{ 双倍 | 万元 }}。\n"
    assert form(tmp_path, text, settings=settings).report(DATA).sentences == [
        "全年预算数、全年预算；有其他收入，92.00万元。"
    ]


TABLE = "标题: {0}\n列: [{{宽: 20}}]\n行: [[{0}]]\n"
ORDER = """
表序:
  编号: 公开{02}表
  左注: "单位：{{ 单位 }}"
  各表: [甲表, {表: 乙表, 当: =收入.其他收入 > 0}, 丙表]
"""


def numbered(folder: Path, data: str, order: str = ORDER) -> list[str]:
    files = {f"tables/{name}.yaml": TABLE.format(name) for name in ("甲表", "乙表", "丙表")}
    text = "```表 甲表\n```\n{% if 收入.其他收入 > 0 %}\n```表 乙表\n```\n{% endif %}\n```表 丙表\n```\n"
    outline = form(folder, text, files, settings=order).report(data).outline
    return [line.strip() for line in plain(outline).split("\n") if line.strip().startswith(("表题", "表号", "表左注"))]


def test_tables_are_numbered_in_their_order_and_those_left_out_leave_no_gap(tmp_path: Path) -> None:
    assert numbered(tmp_path / "a", DATA) == [
        *("表题 甲表", "表号 公开01表", "表左注 单位：甲局"),
        *("表题 乙表", "表号 公开02表", "表左注 单位：甲局"),
        *("表题 丙表", "表号 公开03表", "表左注 单位：甲局"),
    ]
    assert numbered(tmp_path / "b", DATA.replace(", 其他收入: 1", "")) == [
        *("表题 甲表", "表号 公开01表", "表左注 单位：甲局"),
        *("表题 丙表", "表号 公开02表", "表左注 单位：甲局"),
    ]


def test_all_tables_of_the_order_are_printed_with_their_titles_on_paper_that_fits(tmp_path: Path) -> None:
    files = {f"tables/{name}.yaml": TABLE.format(name) for name in ("甲表", "乙表", "丙表")}
    files["tables/乙表.yaml"] += "方向: 横\n"
    order = ORDER.replace(
        "[甲表, {表: 乙表, 当: =收入.其他收入 > 0}, 丙表]", "[丙表, {表: 乙表, 当: =收入.其他收入 > 0}, 甲表]"
    )
    outline = plain(form(tmp_path, "```各表\n```\n", files, settings=order).report(DATA).outline)
    assert [line for line in outline.split("\n") if line and not line.startswith(("  -", "T ", "  表左注"))] == [
        *("## 一、丙表", "  表号 公开01表"),
        *("分节 横", "## 二、乙表", "  表号 公开02表"),
        *("分节 纵", "## 三、甲表", "  表号 公开03表"),
    ]


def test_a_child_changes_some_words_and_one_column_of_an_inherited_table(tmp_path: Path) -> None:
    table = "标题: 收入表\n列:\n  - {头: 名称, 宽: 20}\n  - {头: 数, 宽: 20}\n行: [[甲, 乙]]\n注: 上级的注。\n"
    form(tmp_path, "```表 收入表\n```\n", {"tables/收入表.yaml": table})
    child = tmp_path / "child" / "tables"
    child.mkdir(parents=True)
    (child.parent / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    (child / "收入表.yaml").write_text("标题: 本省收入表\n改列: {数: {头: 决算数}}\n", encoding="utf-8")
    own = Form(PackRoots.with_own((tmp_path,)), "child")
    assert plain(own.report(DATA).outline).split("\n")[:5] == [
        "T 收入表 1 行 × 2 列",
        "  表题 本省收入表",
        "  H 名称 | 决算数",
        "  - 甲 | 乙",
        "  表注 上级的注。",
    ]
    (child / "收入表.yaml").write_text("改列: {金额: {头: 决算数}}\n", encoding="utf-8")
    assert said(loaded(own.roots, "child").diagnostics) == [
        "T105 child/tables/收入表.yaml 第1行 表“收入表”的写法有误：没有“金额”这一列。 写法见 templates/README.md 的 tables 一节"
    ]


def test_a_mistake_in_an_inherited_table_stands_in_the_file_that_holds_it(tmp_path: Path) -> None:
    form(tmp_path, "```表 表\n```\n", {"tables/表.yaml": "标题: 甲\n列: [{宽: 20}]\n行:\n  - [=收入.合计 |]\n"})
    child = tmp_path / "child" / "tables"
    child.mkdir(parents=True)
    (child.parent / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    (child / "表.yaml").write_text("标题: 乙\n", encoding="utf-8")
    found = loaded(PackRoots.with_own((tmp_path,)), "child").diagnostics
    assert [str(one.place) for one in found] == ["example/tables/表.yaml 第4行"]


# -- checks ---------------------------------------------------------------------------------------------------------------
def test_a_relation_in_one_line(tmp_path: Path) -> None:
    checks = """
甲: {关系: =收入.合计 ＝ 收入.财政拨款, 名: [本年收入, 财政拨款]}
乙: {关系: =收入.其他收入 ≥ 收入.事业收入, 名: [其他收入, 事业收入], 等级: 警告}
丙: {关系: =收入.其他收入 ≤ 收入.事业收入, 说明: 不会出现}
"""
    assert form(tmp_path, "无。\n", checks=checks).report(DATA).said == [
        "甲 数据.yaml 第8行 本年收入与财政拨款不一致：本年收入 460,000.00元，财政拨款 400,000.00元，相差 60,000.00元",
        "乙 数据.yaml 第8行 事业收入超过其他收入：其他收入 10,000.00元，事业收入 50,000.00元，相差 40,000.00元",
    ]


# -- what a child says of one row --------------------------------------------------------------------------------------
def test_a_child_changes_one_of_the_entries_that_a_list_made(tmp_path: Path) -> None:
    """It says what differs, takes one away, adds a field to a group: the others stay as the list made them."""
    fields = """
"{名}":
  逐项: 两种预算
  标签: "{名}"
  字段:
    收入: {类型: 金额, 缺省: 1}
    支出: {类型: 金额, 缺省: 2}
"""
    text = "{{ 基金.收入 | 万元 }}、{{ 基金.上年 | 万元 }}、{{ 国资.收入 | 万元 }}。\n"
    files = {"rows/两种预算.yaml": "基金: {标签: 政府性基金}\n国资: {}\n"}
    form(tmp_path, "无。\n", files, fields=fields)
    child = tmp_path / "child" / "text"
    child.mkdir(parents=True)
    (child.parent / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    (child.parent / "fields.yaml").write_text(
        "基金: {字段: {上年: {类型: 金额, 缺省: 3}}}\n国资: {字段: {支出: null}}\n", encoding="utf-8"
    )
    (child / "正文.md.j2").write_text(text, encoding="utf-8")
    own = Form(PackRoots.with_own((tmp_path,)), "child")
    report = own.report()
    assert (report.said, report.sentences) == ([], ["1元、3元、1元。"])
    assert said(loaded(own.roots, "child").diagnostics) == []
    (child / "正文.md.j2").write_text("{{ 国资.支出 }}\n", encoding="utf-8")
    pack = loaded(own.roots, "child").value
    assert pack is not None
    assert [one.code for one in lint_pack(pack, gather(pack.name, own.roots))] == ["T101"]


def test_two_lists_under_one_name_are_told(tmp_path: Path) -> None:
    files = {"rows/甲库.yaml": "[甲]\n", "rows/乙库.yaml": "[乙]\n"}
    form(tmp_path, "无。\n", files, fields='"{名}": {逐项: 甲库, 类型: 金额, 缺省: 0}\n')
    child = tmp_path / "child"
    child.mkdir()
    (child / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    (child / "fields.yaml").write_text('"{名}": {逐项: 乙库, 类型: 金额, 缺省: 0}\n', encoding="utf-8")
    assert said(loaded(PackRoots.with_own((tmp_path,)), "child").diagnostics) == [
        "T147 child/fields.yaml 第1行 “{名}”在上级包里照行库“甲库”逐项，这里又照行库“乙库”，两处会合成一个"
        " 请换一个写法，如 “{乙库.名}”；只改其中一项的，直接写那一项的名称"
    ]


# -- what is written wrongly --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("files", "parts", "found"),
    [
        (
            {},
            {"fields": FIELDS.replace("逐项: 收入种类, 类型: 金额, 缺省: 0", "逐项: 收入种累, 类型: 金额, 缺省: 0")},
            "T136 example/fields.yaml 第12行 没有行库“收入种累” 您是否指“收入种类”？",
        ),
        (
            {},
            {"checks": "一: {关系: =收入.合计 = 收入.财政拨款, 名: [甲, 乙]}\n"},
            "T117 example/checks.yaml 第1行 核对关系“一”“关系”的值“=收入.合计 = 收入.财政拨款”不能用"
            " 写成“关系: =甲 ＝ 乙”，中间只有一个记号（＝、≡、≤、≥），前后有空格",
        ),
        (
            {},
            {"checks": "一: {关系: =收入.合计 ＝ 收入.财政, 名: [甲, 乙]}\n"},
            "T101 example/checks.yaml 第1行 模板用了不存在的名称：“收入”里没有“财政”。您是否指“财政拨款”？"
            " 出错的地方：=收入.合计 ＝ 收入.财政",
        ),
        (
            {},
            {"settings": "表序: {编号: 表1, 各表: [收人表]}\n"},
            "T111 example/pack.yaml 第21行 没有表“收人表”",
        ),
        (
            {},
            {"settings": "口径: {预算名: [年初]}\n"},
            "T117 example/pack.yaml 第21行 口径“预算名”的值“……”不能用"
            " 名称只用汉字、字母、数字，值写文字，或以 = 开头的表达式",
        ),
        (
            {},
            {"settings": "口径: {有收入: =收入.合计 > 0}\n", "wording": "完成预算: {有预算: 【有收入】}\n"},
            "T102 example/wording.yaml 第1行 模板的写法有误：口径“有收入”是表达式，不能写成【有收入】"
            " 出错的地方：请写 {{ 有收入 }}",
        ),
        (
            {},
            {"checks": "一: {应当: =收入.合计 / 收入.财政拨款 > 1, 说明: 无}\n"},
            "T102 example/checks.yaml 第1行 模板的写法有误：不能用“/”；两个数相除写“甲 | 除以(乙)”，比重写“甲 | 占(乙)”"
            " 出错的地方：收入.合计 / 收入.财政拨款 > 1",
        ),
        (
            {},
            {"fields": FIELDS + "联系人: {类型: 文字, 必填: 是}\n"},
            "T148 example/fields.yaml “联系人”是必填的，可是正文、表、图、核对关系里都没有用到"
            " 不用的填报项，在 fields.yaml 里写 null 删去；要留着备查的，去掉“必填”",
        ),
        (
            {"rows/收入种类.yaml": KINDS.replace("叫法", "教法")},
            {},
            "T139 example/rows/收入种类.yaml 第2行 行库“收入种类”里的“教法”没有用到 可以删去；如果是写错了字，请改正",
        ),
        (
            {"rows/另库.yaml": "甲: {字: 一}\n乙: {}\n"},
            {"fields": FIELDS + '"{名}": {逐项: 另库, 类型: 金额, 标签: "第{字}项"}\n'},
            "T137 example/fields.yaml 第18行 行库“另库”的“乙”没有写“字”，这里要用它 请在 rows/另库.yaml 的“乙”里补上",
        ),
        (
            {"rows/另库.yaml": "甲: 乙\n"},
            {},
            "T138 example/rows/另库.yaml 第1行 行库的写法有误：“甲”应写成“名称: {标签: …}” 写法见 templates/README.md 的 rows 一节",
        ),
        (
            {"rows/另库.yaml": "甲: {自: 今年}\n"},
            {},
            "T138 example/rows/另库.yaml 第1行 行库的写法有误：“自”要写年度，如 2020 写法见 templates/README.md 的 rows 一节",
        ),
    ],
)
def test_mistakes(tmp_path: Path, files: dict[str, str], parts: dict[str, str], found: str) -> None:
    assert found in mistakes(tmp_path, files=files, **parts)


ONE_TABLE = {"tables/表.yaml": "列: [{宽: 10}]\n行: [[甲]]\n"}
PLACED, ALL_PLACED = "```表 表\n```\n", "```各表\n```\n"


def _table(columns: str, rows: str, more: str = "") -> dict[str, dict[str, str] | str]:
    return {"files": {"tables/表.yaml": f"列: {columns}\n行: {rows}\n{more}"}, "text": PLACED}


def _order(stated: str) -> dict[str, dict[str, str] | str]:
    return {"files": ONE_TABLE, "settings": f"表序: {stated}\n", "text": ALL_PLACED}


def _kind(rows: str) -> dict[str, dict[str, str] | str]:
    return {"files": {"rows/另.yaml": rows}, "text": "{% for 项 in 另 %}{{ 项.名 }}{% endfor %}\n"}


CODE, COLUMN = "{头: 甲, 值: 编码, 宽: 10}", "{头: 甲, 宽: 10}"
_T105 = "T105 example/tables/表.yaml 第{}行 表“表”的写法有误：{} 写法见 templates/README.md 的 tables 一节"
_T138 = "T138 example/{} 行库的写法有误：{} 写法见 templates/README.md 的 rows 一节"
ONCE: dict[str, tuple[dict[str, dict[str, str] | str], str]] = {
    "口径互相需要": (
        {"settings": "口径: {甲: =乙 + 1, 乙: =甲 + 1}\n", "text": "{{ 甲 }}\n"},
        "T121 example/pack.yaml 第21行 计算公式互相需要对方的结果：甲、乙 请改写其中一个公式",
    ),
    "口径需要自己": (
        {"settings": "口径: {甲: =甲}\n", "text": "{{ 甲 }}\n"},
        "T121 example/pack.yaml 第21行 计算公式互相需要对方的结果：甲 请改写其中一个公式",
    ),
    "口径用了没有的名称": (
        {"settings": "口径: {甲: =没有 > 1}\n", "text": "{{ 甲 }}\n"},
        "T101 example/pack.yaml 第21行 模板用了不存在的名称：没有“没有”这个名称。 出错的地方：=没有 > 1",
    ),
    "口径与填报项同名": (
        {"settings": "口径: {收入: 年初}\n"},
        "T117 example/pack.yaml 第21行 “口径”的值“收入”不能用 与填报项同名，请换一个名称",
    ),
    "行库与填报项同名": (
        {"files": {"rows/收入.yaml": "[甲]\n"}},
        "T117 example/rows/收入.yaml “行库”的值“收入”不能用 与填报项同名，请换一个名称",
    ),
    "口径与行库同名": (
        {"settings": "口径: {收入种类: 甲}\n"},
        "T117 example/pack.yaml 第21行 “口径”的值“收入种类”不能用 与行库同名，请换一个名称",
    ),
    "逐项不是名称": (
        {"fields": FIELDS + '"{名}": {逐项: {甲: 1}, 类型: 金额}\n'},
        _T138.format("fields.yaml 第18行", "“逐项”要写行库的名称，或几个名称的清单"),
    ),
    "逐项的名称里没有词": (
        {"fields": FIELDS + "甲乙: {逐项: 收入种类, 类型: 金额}\n"},
        _T138.format("fields.yaml 第18行", "“甲乙”写了“逐项”，名称里却没有 {名} 这样的词，各行会合成一个"),
    ),
    "词没有一个行库有": (
        {"fields": FIELDS + '"{名}甲": {逐项: 收入种类, 类型: 金额, 标签: "{没有}"}\n'},
        _T138.format("fields.yaml 第18行", "这里所用的行库都没有“没有”这个词"),
    ),
    "预填没有的行库": (
        {"fields": FIELDS.replace("主键: 科目", "主键: 科目\n    预填: 没有")},
        "T136 example/fields.yaml 第9行 没有行库“没有” 行库写在 rows/没有.yaml",
    ),
    "至比自早": (
        _kind("甲: {自: 2025, 至: 2020}\n"),
        _T138.format("rows/另.yaml 第1行", "“甲”的“至”比“自”早，哪一年都没有"),
    ),
    "行的当用了没有的名称": (
        _kind("甲: {当: 没有 > 1}\n"),
        "T101 example/rows/另.yaml 第1行 模板用了不存在的名称：没有“没有”这个名称。 出错的地方：=没有 > 1",
    ),
    "正文用了行库没有的词": (
        {"text": "{% for 项 in 收入种类 %}{{ 项.没有 }}{% endfor %}\n"},
        "T101 example/text/正文.md.j2 第1行 模板用了不存在的名称：“收入种类”里没有“没有”。有：标签、字段、名、自。"
        " 出错的地方：{% for 项 in 收入种类 %}{{ 项.没有 }}{% endfor %}",
    ),
    "正文用了没有的行库": (
        {"text": "甲。\n\n甲【没有：{名}】乙。\n"},
        "T136 example/text/正文.md.j2 第3行 没有行库“没有” 行库写在 rows/没有.yaml",
    ),
    "正文用了没有的口径": (
        {"text": "甲。\n\n【也没有】。\n"},
        "T149 example/text/正文.md.j2 第3行 “【也没有】”照原样印出来：没有这个口径",
    ),
    "有的列没有头": (
        _table(f"[{COLUMN}, {{宽: 10}}]", "[[甲, 乙]]"),
        _T105.format(1, "每一列都要写“头”（表头上的名称），写成文字"),
    ),
    "科目的列填报表没有": (
        _table(f"[{CODE}, {{头: 乙, 字段: 没有, 宽: 10}}]", "[{科目: 收入明细}]"),
        "T101 example/tables/表.yaml 第2行 模板用了不存在的名称：“收入明细”里没有“没有”这一列。"
        " 出错的地方：=收入明细 | 类款项('没有')",
    ),
    "读的不是名称": (
        _table(f"[{CODE}, {{头: 乙, 字段: 合计, 宽: 10}}]", "[{科目: 收入明细}]", "读: [3]\n"),
        _T105.format(3, "“读”要写 import.yaml 里一张表的名称，或“题名: …”的一组内容"),
    ),
    "读的表没有": (
        _table(f"[{CODE}, {{头: 乙, 字段: 合计, 宽: 10}}]", "[{科目: 收入明细}]", "读: 没有这张\n"),
        _T105.format(3, "“读”写的“没有这张”，import.yaml 里没有。"),
    ),
    "行不是清单": (
        _table(f"[{COLUMN}]", "甲"),
        _T105.format(2, "“行”要写成一行一项的清单"),
    ),
    "改列不是一组": (
        _table(f"[{COLUMN}]", "[[甲]]", "改列: [甲]\n"),
        "T105 example/tables/表.yaml 表“表”的写法有误：“改列”要写成“列的名称: {要改的词: 值}” 写法见 templates/README.md 的 tables 一节",
    ),
    "表序不是一组": (
        {"settings": "表序: [甲]\n"},
        "T117 example/pack.yaml 第21行 pack.yaml“表序”的值“……”不能用 应写成“各表: [表一, 表二]”的一组内容",
    ),
    "表序的表写了两处": (
        _order('{编号: "表{1}", 各表: [表, 表]}'),
        "T117 example/pack.yaml 第21行 表序“各表”的值“表”不能用 一张表写在两处的，每一处都要写“当”，不然会印两遍、编两个号",
    ),
    "表序的编号不会数": (
        _order("{编号: 公开表, 各表: [表]}"),
        "T117 example/pack.yaml 第21行 表序“编号”的值“公开表”不能用 要有 {02}（两位数）或 {1}，程序在那里写第几张",
    ),
    "表序的当用了没有的名称": (
        _order("{各表: [{表: 表, 当: 没有 > 1}]}"),
        "T101 example/pack.yaml 第21行 模板用了不存在的名称：没有“没有”这个名称。 出错的地方：=没有 > 1",
    ),
    "各表没有表序": (
        {"text": ALL_PLACED},
        "T115 example/text/正文.md.j2 第1行 pack.yaml缺少“表序” 写法见 templates/README.md",
    ),
    "各表的标题样式没有": (
        {"files": ONE_TABLE, "settings": "表序: {各表: [表]}\n", "text": "```各表 没有\n```\n"},
        "T108 example/text/正文.md.j2 第1行 标题样式“没有”没有第2级 请在 pack.yaml 的“标题样式”里写明这一级的编号和样式",
    ),
    "关系写全了又写左": (
        {"checks": "一: {关系: =收入.合计 ＝ 收入.合计, 左: =收入.合计, 名: [甲, 乙]}\n"},
        "T117 example/checks.yaml 第1行 核对关系“一”“左”的值“=收入.合计”不能用"
        " 一行写全的“关系: =甲 ＝ 乙”已经有左、右，请删去其中一处",
    ),
    "名不是两个": (
        {"checks": "一: {关系: =收入.合计 ＝ 收入.合计, 名: 甲}\n"},
        "T117 example/checks.yaml 第1行 核对关系“一”“名”的值“甲”不能用 写成 名: [左边的叫法, 右边的叫法]",
    ),
}


@pytest.mark.parametrize("case", ONCE)
def test_a_mistake_is_told_once_without_what_follows_from_it(tmp_path: Path, case: str) -> None:
    parts, found = ONCE[case]
    held = {word: text for word, text in parts.items() if isinstance(text, str)}
    files = parts.get("files")
    kinds = {"rows/收入种类.yaml": KINDS.replace(", 叫法: 财政拨款", "")}
    assert mistakes(tmp_path, files=kinds | (files if isinstance(files, dict) else {}), **held) == [found]


def test_a_row_that_has_a_condition_of_its_own_keeps_that_of_its_list(tmp_path: Path) -> None:
    table = "列: [{宽: 20}]\n行:\n  - {逐项: 收入种类, 当: =收入.合计 > 0, 单元: ['{名}']}\n"
    kinds = "甲: {}\n乙: {自: 2021}\n丙: {至: 2020}\n"
    for condition, rows in (("> 0", ["  - 甲", "  - 丙"]), ("< 0", [])):
        files = {"tables/表.yaml": table.replace("> 0", condition), "rows/收入种类.yaml": kinds}
        fields = "收入: {标签: 收入, 字段: {合计: {类型: 金额, 标签: 合计}}}\n"
        report = form(tmp_path / condition, PLACED, files, fields=fields).report("收入: {合计: 3}\n")
        assert [line for line in plain(report.outline).split("\n") if line.startswith("  -")] == rows
