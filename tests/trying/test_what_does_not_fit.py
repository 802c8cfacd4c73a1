"""`packs try`: each thing that does not fit is told once, at the line of the pack that prints it."""

from __future__ import annotations

from pathlib import Path

from support import SETTINGS, loaded, pack_folder

from generator.trying.tried import try_pack

ALL = "（样本“平常”“全零”“空表”“最长”）"
FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {类型: 文字, 标签: 单位名称, 必填: 是}
收入:
  标签: 收入
  字段:
    本年: {类型: 金额, 标签: 本年收入, 必填: 是}
    上年: {类型: 金额, 标签: 上年收入, 必填: 是}
    备注: {类型: 文字, 标签: 收入备注}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称, 必填: 是}
      金额: {类型: 金额, 标签: 项目金额, 必填: 是}
"""


def tried(tmp_path: Path, text: str, files: dict[str, str] | None = None, **parts: str) -> list[str]:
    """What the samples of 2020 say, without the years."""
    files = {"fields.yaml": FIELDS + parts.pop("fields", ""), **(files or {})}
    roots = pack_folder(tmp_path, files, text=text, **parts)
    pack = loaded(roots)
    assert pack.diagnostics == () and pack.value is not None
    found = try_pack(pack.value, roots, 2020)
    assert all(one.docx for one in found.value)
    return sorted(f"{one.code} {one.place} {one.message}".replace("，2020年度", "") for one in found.diagnostics)


def test_a_pack_that_fits(tmp_path: Path) -> None:
    text = (
        "# 收入情况\n\n本年收入{{ 收入.本年 | 万元 }}。\n\n"
        "# 项目\n\n{% for 项 in 项目 %}{{ 项.名称 }}。{% endfor %}共。\n"
    )
    assert tried(tmp_path, text) == []


def test_a_title_printed_twice(tmp_path: Path) -> None:
    """«附表1 收支总表» above and «收支总表» on the table; just the same words are printed once and are no finding."""
    table = "标题: {}\n列: [{{宽: 40}}, {{宽: 40}}]\n行:\n  - [收入, =收入.本年]\n"
    files = {
        "tables/收支总表.yaml": table.format("收支总表"),
        "tables/明细表.yaml": table.format("明细情况表"),
        "tables/项目总表.yaml": table.format("项目一览").replace("行:\n", "行:\n  - [{文: 项目一览, 跨列: 2}]\n"),
    }
    text = (
        "# 附表1 收支总表\n\n```表 收支总表\n```\n\n# 明细情况表\n\n```表 明细表\n```\n\n"
        "# 三表\n\n```表 项目总表\n```\n\n"
        "年度工作总结\n\n# 年度工作总结\n\n无。\n"
    )
    assert tried(tmp_path, text, files) == [
        f"T169 example/tables/收支总表.yaml 第1行 标题连着印了两遍：“附表1 收支总表”下面又是“收支总表”{ALL}",
        f"T169 example/tables/项目总表.yaml 第1行 标题连着印了两遍：“项目一览”下面又是“项目一览”{ALL}",
        f"T169 example/text/正文.md.j2 第18行 标题连着印了两遍：“年度工作总结”下面又是“年度工作总结”{ALL}",
    ]


def test_a_cover_of_two_pages(tmp_path: Path) -> None:
    """Four days, each far below the one before."""
    cover = "```样式 封面日期\n甲\n乙\n丙\n丁\n```\n\n```分节 纵向\n```\n\n# 正文\n\n无。\n"
    assert tried(tmp_path, cover) == [f"T170 example/text/正文.md.j2 第1行 封面一页排不下，排到了第2页（“丁”起）{ALL}"]
    short = cover.replace("丙\n丁\n", "")
    assert tried(tmp_path, short) == []
    assert tried(tmp_path, short.replace("```分节 纵向\n```\n\n", "")) == [], "a letter begins on the page of its text"


def test_a_table_that_spills_one_row(tmp_path: Path) -> None:
    """Rows that the pack gives; of a list the office's rows decide where it ends."""
    row = '  - ["{}", =收入.本年]\n'

    def table(count: int, more: str = "") -> dict[str, str]:
        return {"tables/总表.yaml": "列: [{宽: 40}, {宽: 40}]\n行:\n" + "".join(map(row.format, range(count))) + more}

    text = "# 收支情况\n\n```表 总表\n```\n"
    told = [tried(tmp_path, text, table(count)) for count in range(32, 35)]
    spilled = [one for one in told if one]
    assert len(spilled) == 1
    count = 32 + told.index(spilled[0])
    assert spilled == [[
        f"T164 example/tables/总表.yaml 第1行 表“总表”差一点排在一页上：共{count}行，最后一行单独占一页"
        "（样本“平常”“全零”“空表”）"
    ]]  # fmt: skip
    each = "  - {逐行: =项目, 单元: [=行.名称, =行.金额]}\n"
    assert tried(tmp_path, text, table(count - 3, each)) == []


def test_a_table_wider_than_the_page(tmp_path: Path) -> None:
    files = {"tables/宽表.yaml": "标题: 宽的表\n列: [{宽: 150}, {宽: 50}]\n行:\n  - [收入, =收入.本年]\n"}
    assert tried(tmp_path, "# 一览\n\n```表 宽表\n```\n", files) == [
        f"T168 example/tables/宽表.yaml 第1行 表“宽表”的列宽合计 200 毫米，纸上只有 156 毫米，印时缩小到 78%{ALL}"
    ]
    assert tried(tmp_path, "```分节 横向\n```\n\n# 一览\n\n```表 宽表\n```\n", files) == []


def test_headings(tmp_path: Path) -> None:
    text = (
        "# 收入\n\n无。\n\n# 收入\n\n{% for 项 in 项目 %}\n## 项目说明\n\n{{ 项.名称 }}。\n\n{% endfor %}\n"
        "# 四、支出\n\n无。\n\n# 资产\n\n# 其他\n\n无。\n"
    )
    assert tried(tmp_path, text) == [
        f"T167 example/text/正文.md.j2 第17行 标题“第四部分 资产”下面什么也没有印{ALL}",
        "T167 example/text/正文.md.j2 第5行 标题“第二部分 收入”下面什么也没有印（样本“空表”）",
        f"T172 example/text/正文.md.j2 第5行 同一个标题下面有两个“收入”{ALL}",
        f"T173 example/text/正文.md.j2 第13行 标题“第三部分 四、支出”的编号印了两个{ALL}",
    ]  # fmt: skip


def test_numbers_typed_by_hand_that_do_not_follow(tmp_path: Path) -> None:
    settings = "标题样式: {手写: {1: {编号: '', 样式: 标题1}, 2: {编号: '', 样式: 标题2}}}\n"
    settings += "章节: [{文件: 正文, 标题样式: 手写}]\n"
    head = SETTINGS.split("章节:")[0]
    files = {"pack.yaml": head + settings + "角色: {年度: 年度, 单位: 单位}\n"}
    text = (
        "# 一、收入\n\n无。\n\n{% if 收入.备注 %}\n# 二、备注\n\n{{ 收入.备注 }}\n\n{% endif %}\n"
        "# 三、支出\n\n## （一）其他\n\n无。\n"
    )
    assert tried(tmp_path, text, files) == [
        "T171 example/text/正文.md.j2 第11行 标题“三、支出”前面手写的编号接不上，应是第2个（样本“空表”）"
    ]


def test_what_may_be_left_out_and_is_printed_all_the_same(tmp_path: Path) -> None:
    assert tried(tmp_path, "收入（{{ 收入.备注 }}）。\n") == [
        "T161 example/fields.yaml 第9行 收入备注可以不填，报告里却要印它：没有填时会印出〔待填〕（样本“空表”）"
    ]
    assert tried(tmp_path, "收入{% if 收入.备注 %}（{{ 收入.备注 }}）{% endif %}。\n") == []


def test_what_cannot_be_worked_out(tmp_path: Path) -> None:
    """A rate of nothing prints «—», but nobody can say whether it is large."""
    text = "{% if 收入.本年 | 增幅(收入.上年) > 5 %}增长较多。{% else %}增长不多。{% endif %}\n"
    assert tried(tmp_path, text) == [
        "T162 example/text/正文.md.j2 报告里要印上年收入为0时的增幅，可是算不出来（样本“全零”）"
    ]
    assert tried(tmp_path, "增长{{ 收入.本年 | 增幅(收入.上年) | 百分比 }}。\n") == []


def test_a_mark_left_in_the_text(tmp_path: Path) -> None:
    assert tried(tmp_path, "一。\n\n联系人：〔待填：姓名〕。\n") == [
        f"T174 example/text/正文.md.j2 第3行 什么都填了，报告里还留着“〔待填：姓名〕”{ALL}"
    ]


def test_a_chapter_that_prints_nothing(tmp_path: Path) -> None:
    files = {
        "pack.yaml": SETTINGS.replace("章节: [正文]", "章节: [正文, 附录]") + "角色: {年度: 年度, 单位: 单位}\n",
        "text/附录.md.j2": "{% if 年度 > 2100 %}\n# 附录\n\n无。\n{% endif %}\n",
    }
    assert tried(tmp_path, "无。\n", files) == [
        "T165 example/text/附录.md.j2 第1行 章节“附录”什么也没有印（样本“平常”）"
    ]


def test_a_check_that_nobody_can_fulfil(tmp_path: Path) -> None:
    """Two checks that exclude each other, and one that the samples are made to fulfil."""
    checks = """
能成立: {左: =收入.本年, 右: "=项目 | 求和('金额')", 说明: 收入与项目合计不符}
多一: {应当: =年度 > 2100, 说明: 年度不对}
"""
    assert tried(tmp_path, "无。\n", checks=checks) == [
        f"T160 example/checks.yaml 第3行 核对关系“多一”在平常的样本里怎样也不成立：年度不对{ALL}"
    ]


def test_a_report_that_contradicts_itself(tmp_path: Path) -> None:
    """The share was typed instead of computed."""
    text = (
        "本年收入合计{{ (收入.本年 + 收入.上年) | 万元 }}，其中：财政拨款收入{{ 收入.本年 | 万元 }}，占90.00%；"
        "其他收入{{ 收入.上年 | 万元 }}，占{{ 收入.上年 | 占(收入.本年 + 收入.上年) | 百分比 }}。\n"
    )
    told = tried(tmp_path, text)
    assert [one.partition("：")[0] for one in told] == ["T175 example/pack.yaml 样本的报告自相矛盾"]
    assert "占比＝部分÷总额：印的是90.00%" in told[0]
    assert tried(tmp_path, text.replace("90.00%", "{{ 收入.本年 | 占(收入.本年 + 收入.上年) | 百分比 }}")) == []


def test_an_input_that_cannot_be_filled_in(tmp_path: Path) -> None:
    """A 科目 that must be filled in, in a pack that has emptied the list of them."""
    empty = "code,name,confidence,source,note\n"
    files = {
        "accounts/functional.csv": empty,
        "accounts/economic.csv": empty,
        "accounts/renames.csv": "code,name,from,to\n",
    }
    fields = "科目: {类型: 功能科目, 标签: 功能科目, 必填: 是}\n"
    assert tried(tmp_path, "无。\n", files, fields=fields) == [
        f"T163 example/fields.yaml 第17行 样本没有填成：功能科目是必填项，没有填写{ALL}"
    ]


def test_the_years_in_which_a_form_changes(tmp_path: Path) -> None:
    from generator.pack.sources import gather
    from generator.trying.kinds import years_of

    fields = "收入: {类型: 金额, 标签: 收入}\n设备: {类型: 个数, 标签: 设备, 当: 年度 >= 2022, 变动年度: 2018}\n"
    roots = pack_folder(tmp_path, fields=fields, settings="年度: {自: 2016}\n")
    pack = loaded(roots).value
    assert pack is not None
    assert years_of(pack, gather("example", roots), 2024) == (2016, 2017, 2018, 2021, 2022, 2024)


def test_sentences_that_a_child_changes_count_as_its_chapters_do(tmp_path: Path) -> None:
    """The years they name are tried, and what does not fit in them is told at their lines."""
    from generator.pack import PackRoots
    from generator.pack.sources import gather
    from generator.trying.kinds import years_of

    text = "{% block 收入情况 %}收入{{ 收入.本年 | 万元 }}。{% endblock %}\n"
    pack_folder(tmp_path, {"fields.yaml": FIELDS}, text=text, settings="年度: {自: 2016}\n")
    own = tmp_path / "child" / "text" / "正文.md.j2"
    own.parent.mkdir(parents=True)
    (own.parent.parent / "pack.yaml").write_text("名称: child\n标题: 子包\n上级: example\n", encoding="utf-8")
    own.write_text(
        '{% extends "上级" %}\n{% block 收入情况 %}\n{% if 年度 >= 2019 %}新口径。{% endif %}\n\n'
        "联系人：〔待填：姓名〕。\n{% endblock %}\n",
        encoding="utf-8",
    )
    roots = PackRoots.with_own((tmp_path,))
    pack = loaded(roots, "child").value
    assert pack is not None
    assert {2018, 2019} <= set(years_of(pack, gather("child", roots), 2021))
    assert [str(one.place) for one in try_pack(pack, roots, 2021).diagnostics] == ["child/text/正文.md.j2 第5行"]


def test_what_a_child_prints_of_its_parent_s_form_is_told_at_the_child_s_own_line(tmp_path: Path) -> None:
    """The form is the parent's; the table in which a cell may stay empty is the child's."""
    text = "收入{% if 收入.备注 %}（{{ 收入.备注 }}）{% endif %}。\n\n```表 收入表\n```\n"
    table = "标题: 收入表\n列: [{宽: 50}, {宽: 50}]\n行:\n  - [收入, =收入.本年]\n"
    roots = pack_folder(tmp_path, {"fields.yaml": FIELDS, "tables/收入表.yaml": table}, text=text)
    child = tmp_path / "child"
    (child / "tables").mkdir(parents=True)
    (child / "pack.yaml").write_text("名称: child\n标题: 下级\n上级: example\n", encoding="utf-8")
    (child / "tables" / "收入表.yaml").write_text(table.replace("=收入.本年", "=收入.备注"), encoding="utf-8")
    pack = loaded(roots, "child").value
    assert pack is not None
    told = [f"{one.code} {one.place}" for one in try_pack(pack, roots, 2020).diagnostics]
    assert told == ["T161 child/tables/收入表.yaml 第4行"]
