"""What becomes of a report that people have edited when its figures are corrected: one line a story."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from every import some
from office import append_row, bold, paragraph_after, record, replace
from office import delete_paragraph as office_delete
from office import highlight as office_highlight
from office import split as office_split
from refresh_cases import OFFICE, WORD, WPS, Change, Scenario, prepared, problems, refreshed, remarks_in_words
from word_by_hand import blocks, comments_of, places, read, text_of, w
from word_edits import (
    accept_all,
    centre,
    chart_label,
    chart_value,
    column_widths,
    comment,
    control_around,
    control_in_line,
    copy_paragraph,
    copy_row,
    custom_style,
    date_field,
    delete_chapter,
    delete_chart,
    delete_from_to,
    delete_paragraph,
    delete_row,
    delete_table,
    delete_words,
    font_everywhere,
    footer_words,
    header_text,
    highlight,
    hyperlink,
    into_cell,
    join_next,
    joined_with_chart,
    line_break_behind,
    look,
    merge_cells,
    move_chapter,
    move_paragraph,
    move_row,
    move_words,
    new_section,
    new_table,
    note,
    overtype,
    own_bookmark,
    page_break_before,
    paragraph_before,
    paragraph_behind,
    paste_plain,
    picture,
    recolour_chart,
    resize_chart,
    retype,
    retype_cell,
    retype_paragraph,
    row_behind,
    shade_cell,
    split_behind,
    symbol_behind,
    tables_joined,
    text_box,
    title_property,
    tracked_delete,
    tracked_delete_paragraph,
    tracked_look,
    tracked_move,
    tracked_paragraph,
    tracked_retype,
    tracked_row,
    tracked_type,
    type_at_beginning,
    type_behind,
    type_in_contents,
    update_contents,
)

ABOUT, ACCOUNTS, OTHER, RESULTS = "基本情况.yaml", "收支.yaml", "三公与其他.yaml", "绩效.yaml"

_NEW_PROJECT = """\
  - 名称: 长期护理保险试点
    科目: "2080104"
    绩效评价: 是
    预算财政拨款: 20000.00
    执行财政拨款: 20000.00
    到位: 20000.00
    用途: 长期护理保险试点
    实施成效: 试点顺利
    主要问题: 无
    改进措施: 无
    预期目标: 完成试点。
    实际完成: 完成了试点。
    主管职能: 组织试点
    立项依据: 区政府批复。
    资金用途: 试点工作
    分配原则: 按工作量分配。
    主要内容: 开展试点。
    具体目标: 完成试点。
    完成情况: 完成了试点。
    效益情况: 群众受益。
    评价结论: 良好。
    存在问题: 无。
    相关建议: 无。
    指标:
      - {一级: 项目完成指标, 二级: 数量指标, 三级: 试点镇街, 预期值: 2个, 实际值: 2个}
"""

CORRECTIONS: dict[str, tuple[Change, ...]] = {
    # 上年数填错，一个数也没有错
    "none": (),
    # 上年数 36.57 → 96.68 万元：增加变减少、增长变下降
    "less": (Change(ACCOUNTS, "365700.00", "966800.00", 3),),
    # 上年数 36.57 → 91.68 万元：持平
    "equal": (Change(ACCOUNTS, "365700.00", "916800.00", 3),),
    # 综合业务管理 13.36 → 15.36 万元：收支合计、比重、四张附表都变
    "item": (
        Change(ACCOUNTS, "133640.00", "153640.00", 3),
        Change(
            ACCOUNTS,
            '{科目: "2080104", 经济科目: "30299", 项目支出: 20000.00}',
            '{科目: "2080104", 经济科目: "30299", 项目支出: 40000.00}',
        ),
        Change(RESULTS, "13640.00", "33640.00", 2),
    ),
    # 机关运行经费上年数 9.61 → 12.61 万元：减少
    "office": (Change(OTHER, "上年: 96120.00", "上年: 126120.00"),),
    "project gone": (
        Change(
            RESULTS,
            '名称: 医保基金监管\n    科目: "2080104"  # 示例补充\n    绩效评价: 是',
            '名称: 医保基金监管\n    科目: "2080104"  # 示例补充\n    绩效评价: 否',
        ),
    ),
    "project new": (
        Change(RESULTS, "  - 名称: 医保经办服务工作经费", _NEW_PROJECT + "  - 名称: 医保经办服务工作经费"),
    ),
    # 居民职工基金征收监管 5 → 6 万元
    "project money": (Change(RESULTS, "50000.00", "60000.00", 3),),
    # 指标增加一行
    "indicator": (
        Change(
            RESULTS,
            "      - {一级: 项目完成指标, 二级: 数量指标, 三级: 抽查企业职工医保参保情况",
            "      - {一级: 项目完成指标, 二级: 数量指标, 三级: 走访镇街, 预期值: 13个, 实际值: 14个}\n"
            "      - {一级: 项目完成指标, 二级: 数量指标, 三级: 抽查企业职工医保参保情况",
        ),
    ),
    "duty": (Change(ABOUT, "完成区委、区政府交办的其他任务。", "完成区委、区政府和上级部门交办的其他任务。"),),
    "duty new": (
        Change(
            ABOUT,
            "  - 内容: |-\n      完成区委、区政府交办的其他任务。",
            "  - 内容: |-\n      指导镇街医疗保障服务站建设。\n  - 内容: |-\n      完成区委、区政府交办的其他任务。",
        ),
    ),
    "national": (Change("情况说明.yaml", "上年: 156.32", "上年: 136.32"),),
    "finance": (Change("情况说明.yaml", "上年: 182.10", "上年: 142.10"),),
    "hunan": (Change(ACCOUNTS, "决算: 9.87", "决算: 15.87"),),
    "hebei": (
        Change(ACCOUNTS, "本年收入: 2515.17", "本年收入: 2615.17"),
        Change(ACCOUNTS, "年末结转和结余: 38.33", "年末结转和结余: 138.33"),
    ),
    "jiangxi": (
        Change("绩效指标.yaml", "名称: 居民征缴, 数值: 14806", "名称: 居民征缴, 数值: 14906"),
        Change("绩效指标.yaml", "目标值: 14804, 单位: 万元, 实际值: 14806", "目标值: 14804, 单位: 万元, 实际值: 14906"),
    ),
    "xinjiang": (Change(ACCOUNTS, "上年待遇支出: 2670.66", "上年待遇支出: 3270.66"),),
    "five projects": (
        Change("项目.yaml", "全年预算数: 50000.00, 全年执行数: 50000.00", "全年预算数: 50000.00, 全年执行数: 40000.00"),
    ),
    "sichuan project": (Change("项目.yaml", "全年执行数: 281.58", "全年执行数: 271.58"),),
    "reason": (Change(ACCOUNTS, "原因: 人员经费增加及公用经费增加", "原因: 人员经费和项目支出增加", 3),),
}

TOTAL = "年度收、支总计91.68万元"
GRANT = "年财政拨款收、支总计91.68万元"
REASON = "人员经费增加及公用经费增加"
LESS = "2020年度收、支总计91.68万元。与2019年96.68万元相比，收、支总计各减少5.00万元，下降5.17%。"
LESS_WHOLE = f"{LESS}主要变动原因是{REASON}。"
DUTY = "10. 完成区委、区政府交办的其他任务。"


# -- looks that must stay ---------------------------------------------------------------------------------------------
def has(text: str, tag: str, within: str) -> Callable[[bytes], object]:
    """Every character of `text`, in the first paragraph that holds `within`, has this run property."""

    def check(docx: bytes) -> object:
        paragraph = next(one for one in read(docx).paragraphs() if within in text_of(one))
        start = text_of(paragraph).index(text)
        found = [one.run.find(f"{w('rPr')}/{w(tag)}") for one in places(paragraph)[start : start + len(text)]]
        return all(one is not None for one in found) or f"{text} lost {tag}"

    return check


def commented(author: str, on: str) -> Callable[[bytes], object]:
    def check(docx: bytes) -> object:
        found = [one.on for one in comments_of(docx) if one.author == author]
        return on in found or found

    return check


def holds(tag: str, text: str) -> Callable[[bytes], object]:
    """An element of this kind holds exactly `text`."""

    def check(docx: bytes) -> object:
        found = ["".join(t.text or "" for t in one.iter(w("t"))) for one in read(docx).body.iter(w(tag))]
        return text in found or found[:20]

    return check


def in_order(*texts: str) -> Callable[[bytes], object]:
    def check(docx: bytes) -> object:
        lines = blocks(docx)
        at = [next((n for n, line in enumerate(lines) if text in line), -1) for text in texts]
        return (at == sorted(at) and -1 not in at) or at

    return check


SCENARIOS = (
    # -- nothing by hand ----------------------------------------------------------------------------------------------
    Scenario("没有人改过", whole=True, shows=(LESS_WHOLE,)),
    Scenario("没有人改过，数据也没有变", "none"),
    Scenario("只在 Word 里保存过", "item", whole=True, saved=WORD, shows=("综合业务管理（项）：支出决算为15.36万元",)),
    Scenario("只在 WPS 里保存过", "item", whole=True, saved=WPS, shows=("综合业务管理（项）：支出决算为15.36万元",)),
    Scenario(
        "只在 LibreOffice 里保存过",
        "item",
        whole=True,
        saved=OFFICE,
        shows=("综合业务管理（项）：支出决算为15.36万元",),
    ),
    Scenario("持平：增长的说法整个换掉", "equal", saved=WORD, shows=("收、支总计各持平。",), gone=("150.70",)),
    # -- words of a paragraph -----------------------------------------------------------------------------------------
    Scenario(
        "重写变动原因，上年数更正",
        edits=(retype(REASON, "参保扩面工作经费减少", within=TOTAL),),
        saved=WORD,
        shows=(f"{LESS}主要变动原因是参保扩面工作经费减少。",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "重写变动原因，更正后却是持平：两边都改了，留人写的",
        "equal",
        edits=(retype(REASON, "参保扩面工作经费增加", within=TOTAL),),
        saved=WORD,
        shows=("参保扩面工作经费增加",),
        remarks=(("conflict", "人员经费增加及公用经费增加"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "人已经把更正写进去了",
        edits=(
            retype("36.57", "96.68", within=TOTAL),
            retype("增加55.11", "减少5.00", within=TOTAL),
            retype("增长150.70", "下降5.17", within="2019年96.68万元"),
        ),
        shows=(LESS_WHOLE,),
    ),
    Scenario(
        "句末补一句，字在书签外",
        edits=(type_behind("公用经费增加。", "详见附表。", within=TOTAL),),
        saved=WORD,
        shows=(f"{LESS_WHOLE}详见附表。",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "句末补一句，字在书签内",
        edits=(type_behind("公用经费增加。", "详见附表。", within=TOTAL, inside_mark=True),),
        saved=WPS,
        shows=(f"{LESS_WHOLE}详见附表。",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "紧挨着数字打字，字进了数字的书签",
        edits=(type_behind("36.57", "（决算数）", within=TOTAL, inside_mark=True),),
        shows=("与2019年96.68（决算数）万元相比，收、支总计各减少5.00万元",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "段首加字",
        edits=(type_at_beginning(TOTAL, "经汇总，"),),
        saved=WORD,
        shows=(f"经汇总，{LESS_WHOLE}",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "删去变动原因一句",
        edits=(delete_words(f"主要变动原因是{REASON}。", within=TOTAL),),
        saved=WORD,
        shows=(LESS,),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "删去变动原因一句，更正后持平",
        "equal",
        edits=(delete_words(f"主要变动原因是{REASON}。", within=TOTAL),),
        saved=WORD,
        shows=("与2019年91.68万元相比，收、支总计各持平。",),
        gone=("总计各增加55.11",),
    ),
    Scenario(
        "把与上年相比一句拖到句末，数字的书签跟着走",
        edits=(move_words("与2019年36.57万元相比，", "增长150.70%。", within=TOTAL),),
        saved=WORD,
        shows=("收、支总计各减少5.00万元，下降5.17%。与2019年96.68万元相比，",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "单位改了文字，人改了同一句的别处：两边的字不掺在一起",
        "duty",
        edits=(retype("其他任务", "其他工作任务", within=DUTY),),
        saved=WORD,
        shows=("10. 完成区委、区政府交办的其他工作任务。",),
        remarks=(("conflict", "和上级部门"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "单位改了文字，人改了同一处",
        "duty",
        edits=(type_behind("区委、区政府", "、区人大", within=DUTY),),
        saved=WORD,
        shows=("完成区委、区政府、区人大",),
        remarks=(("conflict", "和上级部门"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "原因更正，人重写了原因",
        "reason",
        edits=(retype(REASON, "参保人数增加", within=TOTAL),),
        saved=WORD,
        shows=("主要变动原因是参保人数增加。",),
        remarks=(("conflict", "和项目支出"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "换行、符号、自己的书签",
        edits=(
            line_break_behind("其他任务。", "（以下略）"),
            symbol_behind("公用经费增加。"),
            own_bookmark("人员经费增加"),
        ),
        shows=("其他任务。\n（以下略）", LESS_WHOLE),
        only_fresh=1,
        only_here=1,
        also=(lambda docx: "重点" in {o.get(w("name")) for o in read(docx).body.iter(w("bookmarkStart"))},),
    ),
    # -- figures typed over -------------------------------------------------------------------------------------------
    Scenario(
        "手工改了上年数，Word 删去了书签",
        edits=(overtype("36.57", "36.60", TOTAL),),
        saved=WORD,
        shows=("与2019年36.60万元相比，收、支总计各减少5.00万元",),
        remarks=(("overtyped", "36.57 96.68 36.60"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "手工改了上年数，书签空了",
        edits=(overtype("36.57", "36.60", TOTAL, marks="collapsed"),),
        saved=WPS,
        shows=("与2019年36.60万元相比，收、支总计各减少5.00万元",),
        remarks=(("overtyped", "36.57 96.68 36.60"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "手工改了上年数，书签还套着",
        edits=(overtype("36.57", "36.60", TOTAL, marks="around"),),
        saved=WORD,
        shows=("与2019年36.60万元相比，收、支总计各减少5.00万元",),
        remarks=(("overtyped", "36.57 96.68 36.60"),),
        comments=1,
        only_fresh=1,
        only_here=1,
        overtyped=("36.60",),
    ),
    Scenario(
        "手工改了一个数，数据没有变",
        "none",
        edits=(overtype("36.57", "36.60", TOTAL),),
        saved=WORD,
        shows=("与2019年36.60万元相比",),
        remarks=(("overtyped", "36.60"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "增加改成了减少，数也改了，更正后仍是增加",
        "item",
        edits=(retype("增加55.11", "减少5.00", within=TOTAL),),
        saved=WORD,
        shows=("收、支总计各减少5.00万元，增长150.70%",),
        remarks=(("clause", "57.11"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "人写的数正好等于旧数",
        edits=(paragraph_behind(TOTAL, "其中上年的36.57万元已经审计。"),),
        saved=WORD,
        shows=("其中上年的36.57万元已经审计。",),
        remarks=(("leftover", "36.57 96.68"),),
        only_here=1,
        comments=1,
    ),
    # -- paragraphs ---------------------------------------------------------------------------------------------------
    Scenario(
        "另起一段",
        edits=(paragraph_behind(TOTAL, "此项已报区财政局备案。"),),
        saved=WORD,
        shows=("此项已报区财政局备案。", LESS_WHOLE),
        only_here=1,
        also=(in_order(LESS, "此项已报", "图1："),),
    ),
    Scenario(
        "另起一段，书签的末端跑到新段",
        edits=(paragraph_behind(TOTAL, "此项已报区财政局备案。", mark_follows=True),),
        saved=WORD,
        shows=("此项已报区财政局备案。", LESS_WHOLE),
        only_here=1,
    ),
    Scenario(
        "上面加一段",
        edits=(paragraph_before(TOTAL, "现将收支情况说明如下。"),),
        saved=WPS,
        shows=("现将收支情况说明如下。", LESS_WHOLE),
        only_here=1,
        also=(in_order("一、收入支出决算总体情况说明", "现将收支情况", LESS),),
    ),
    Scenario(
        "一段拆成两段",
        edits=(split_behind("增长150.70%。", within=TOTAL),),
        saved=WORD,
        shows=(LESS, f"主要变动原因是{REASON}。"),
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "在数字之间拆开，后一段再补字",
        edits=(
            split_behind("36.57万元相比，", within=TOTAL),
            type_behind("公用经费增加。", "另有结余。", within="收、支总计各增加55.11"),
        ),
        saved=WORD,
        shows=("与2019年96.68万元相比，", f"收、支总计各减少5.00万元，下降5.17%。主要变动原因是{REASON}。另有结余。"),
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "两段接成一段",
        "item",
        edits=(join_next("2020年一般公共预算支出决算数为91.68万元"),),
        saved=WORD,
        shows=(
            "2020年一般公共预算支出决算数为93.68万元，完成预算100%。其中：1. 社会保障和就业支出（类）人力资源和社会"
            "保障管理事务（款）综合业务管理（项）：支出决算为15.36万元，完成预算100%，决算数与预算数持平。",
        ),
        only_fresh=2,
        only_here=1,
    ),
    Scenario(
        "删去的一段，更正后会不同",
        edits=(delete_paragraph(TOTAL),),
        saved=WORD,
        gone=("2020年度收、支总计",),
        remarks=(("deleted", "96.68"),),
        only_fresh=1,
        comments=1,
    ),
    Scenario(
        "删去的一段，更正与它无关",
        edits=(delete_paragraph("9. 负责职责范围内的安全生产", end_stays=True),),
        saved=WORD,
        shows=(LESS_WHOLE,),
        only_fresh=1,
    ),
    Scenario(
        "删去连着的三段，单位又加了一条职责",
        "duty new",
        edits=(delete_from_to("3. 组织实施医疗保障筹资", "5. 组织落实药品"),),
        saved=WORD,
        shows=("10. 指导镇街医疗保障服务站建设。", "11. 完成区委、区政府交办的其他任务。"),
        only_fresh=3,
    ),
    Scenario(
        "整段重写",
        edits=(retype_paragraph(TOTAL, "我局全年收支平衡，与上年相比变化较大，具体见附表。"),),
        saved=WORD,
        shows=("我局全年收支平衡，与上年相比变化较大，具体见附表。",),
        remarks=(("deleted", "96.68"),),
        only_fresh=1,
        only_here=1,
        comments=1,
    ),
    Scenario(
        "整段换成纯文本，多数字句照旧",
        edits=(
            paste_plain(
                TOTAL,
                "2020年度我局收、支总计91.68万元。与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。"
                "主要变动原因是参保扩面。",
            ),
        ),
        saved=WORD,
        shows=(f"{LESS}主要变动原因是参保扩面。".replace("收、支", "我局收、支", 1),),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "挪动一段",
        edits=(move_paragraph("9. 负责职责范围内", "7. 负责全区医疗保障经办管理"),),
        saved=WORD,
        shows=(LESS_WHOLE,),
        only_fresh=1,
        only_here=1,
        also=(in_order("7. 负责全区", "9. 负责职责", "8. 负责组织"),),
    ),
    Scenario(
        "复制一段，副本没有书签",
        edits=(copy_paragraph(TOTAL, DUTY),),
        saved=WORD,
        shows=(LESS_WHOLE,),
        gone=("36.57",),
        only_here=1,
    ),
    Scenario(
        "复制一段，书签也复制了",
        edits=(copy_paragraph(TOTAL, DUTY, marks="duplicated"),),
        saved=WPS,
        shows=(LESS_WHOLE,),
        gone=("36.57", "55.11", "150.70"),
        only_here=1,
    ),
    Scenario(
        "加分页、居中、自己的样式",
        edits=(page_break_before("三、支出决算情况说明"), centre(DUTY), custom_style("局办公室正文", TOTAL)),
        saved=WORD,
        shows=(LESS_WHOLE,),
        also=(
            lambda docx: read(docx).paragraph(LESS).find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "JuBanGongShi",
        ),
    ),
    # -- chapters -----------------------------------------------------------------------------------------------------
    Scenario(
        "加一节，套标题样式",
        edits=(new_section("三、支出决算情况说明", "收入补充说明", "我局没有非税收入。", "特此说明。"),),
        saved=WORD,
        shows=("收入补充说明", "我局没有非税收入。", "特此说明。", LESS_WHOLE),
        only_here=3,
        own_headings=("收入补充说明",),
        also=(in_order("图2：", "收入补充说明", "特此说明。", "三、支出决算情况说明"),),
    ),
    Scenario(
        "加一节，标题只是加粗",
        edits=(new_section("三、支出决算情况说明", "收入补充说明", "我局没有非税收入。", styled=False),),
        saved=WPS,
        shows=("收入补充说明", "我局没有非税收入。"),
        only_here=2,
    ),
    Scenario(
        "挪动一章，里面的数更正了",
        "office",
        edits=(move_chapter("（一）机关运行经费支出情况", "（三）国有资产占有使用情况"),),
        saved=WORD,
        shows=("机关运行经费支出11.53万元，比2019年12.61万元减少1.08万元",),
        only_fresh=2,
        only_here=2,
        also=(in_order("（二）政府采购支出情况", "（一）机关运行经费支出情况", "（三）国有资产占有使用情况"),),
    ),
    Scenario(
        "删去一章",
        "office",
        edits=(delete_chapter("（一）机关运行经费支出情况"),),
        saved=WORD,
        gone=("12.61",),
        remarks=(("deleted", "12.61"),),
        only_fresh=2,
        comments=1,
    ),
    Scenario(
        "标题改名，目录跟着改",
        edits=(retype("收入决算情况说明", "收入决算说明", within="二、收入决算情况说明"),),
        saved=WORD,
        shows=("二、收入决算说明", LESS_WHOLE),
        only_fresh=1,
        only_here=1,
        own_headings=("二、收入决算说明",),
    ),
    # -- looks --------------------------------------------------------------------------------------------------------
    Scenario(
        "荧光笔标了一个数",
        edits=(highlight("36.57", within=TOTAL),),
        saved=WORD,
        shows=(LESS_WHOLE,),
        also=(has("96.68", "highlight", LESS),),
    ),
    Scenario(
        "加粗、换色跨过数字的边",
        "item",
        edits=(look("总计91", '<w:b/><w:color w:val="FF0000"/>', within=TOTAL),),
        saved=WORD,
        shows=("2020年度收、支总计93.68万元",),
        also=(has("总计", "b", "2020年度收、支总计93.68"),),
    ),
    Scenario(
        "全文换字体", "item", edits=(font_everywhere("方正仿宋_GBK"),), saved=WORD, shows=("支出决算为15.36万元",)
    ),
    # -- comments, notes, pictures ------------------------------------------------------------------------------------
    Scenario(
        "有人批注了一个数",
        edits=(comment("36.57", "请财务核对", within=TOTAL),),
        saved=WORD,
        shows=(LESS_WHOLE, "请财务核对"),
        also=(commented("王晓丽", "96.68"),),
    ),
    Scenario(
        "批注的一段要改，又有手改的数",
        edits=(comment("收、支总计各增加", "口径？", within=TOTAL), overtype("36.57", "36.60", TOTAL)),
        saved=WORD,
        shows=("口径？",),
        remarks=(("overtyped", "36.60"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "数后面有脚注，段末有尾注",
        edits=(
            note("36.57", "据2019年决算批复", within=TOTAL),
            note("公用经费增加。", "见人事档案", within=TOTAL, kind="endnote"),
        ),
        saved=WORD,
        shows=(LESS_WHOLE, "据2019年决算批复", "见人事档案"),
    ),
    Scenario(
        "句中插图、段后插图",
        edits=(picture("人员经费增加"), picture(GRANT, own_paragraph=True)),
        saved=WORD,
        shows=(LESS_WHOLE,),
    ),
    Scenario(
        "文本框、超链接、日期域",
        edits=(
            text_box("其他任务。", "盖章处"),
            hyperlink("与2019年36.57万元", "https://example.cn/2019", within=TOTAL),
            date_field("公用经费增加。", "2021年11月2日"),
        ),
        saved=WORD,
        shows=("盖章处", f"{LESS_WHOLE}2021年11月2日"),
        only_fresh=1,
        only_here=1,
        also=(holds("hyperlink", "与2019年96.68万元"),),
    ),
    Scenario(
        "内容控件套住整段和一个数",
        edits=(control_around(TOTAL), control_in_line("36.57", within=GRANT)),
        saved=WORD,
        shows=(
            LESS_WHOLE,
            LESS_WHOLE.replace("年度收、支总计", "年财政拨款收、支总计", 1).replace("，收、支", "，财政拨款收、支"),
        ),
        also=(holds("sdtContent", LESS_WHOLE), holds("sdtContent", "96.68")),
    ),
    # -- tracked changes ----------------------------------------------------------------------------------------------
    Scenario(
        "修订着：重写原因",
        edits=(tracked_retype(REASON, "参保扩面经费减少", within=TOTAL),),
        saved=WORD,
        shows=(f"{LESS}主要变动原因是参保扩面经费减少。",),
        only_fresh=1,
        only_here=1,
        also=(holds("ins", "参保扩面经费减少"),),
    ),
    Scenario(
        "修订着：改了上年数",
        edits=(tracked_retype("36.57", "36.60", within=TOTAL),),
        saved=WORD,
        shows=("与2019年36.60万元相比",),
        remarks=(("overtyped", "36.60"), ("leftover", "修订中删去的字 36.57")),
        comments=2,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "修订着：删几个字、加几个字、加粗",
        edits=(
            tracked_delete("及公用经费增加", within=TOTAL),
            tracked_type("人员经费增加", "等", within=TOTAL),
            tracked_look("万元相比", within=TOTAL),
        ),
        saved=WORD,
        shows=(f"{LESS}主要变动原因是人员经费增加等。",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "修订着：加一段，删一段",
        edits=(tracked_paragraph(TOTAL, "修订中加的一段。"), tracked_delete_paragraph(GRANT)),
        saved=WORD,
        shows=("修订中加的一段。", LESS_WHOLE),
        remarks=(("deleted", "96.68"),),
        only_fresh=1,
        only_here=1,
        comments=1,
    ),
    Scenario(
        "接受了全部修订",
        edits=(
            tracked_retype(REASON, "参保扩面经费减少", within=TOTAL),
            tracked_paragraph(TOTAL, "修订中加的一段。"),
            tracked_delete_paragraph("9. 负责职责范围内"),
            accept_all(),
        ),
        saved=WORD,
        shows=(f"{LESS}主要变动原因是参保扩面经费减少。", "修订中加的一段。"),
        only_fresh=2,
        only_here=2,
    ),
    # -- tables -------------------------------------------------------------------------------------------------------
    # -- figures that must not stay as they were ----------------------------------------------------------------------
    Scenario(
        "在数字前面补一位：整个数是人写的，不能只换后面的",
        edits=(type_behind("与2019年", "1", within=TOTAL),),
        saved=WORD,
        shows=("与2019年136.57万元相比，收、支总计各减少5.00万元",),
        gone=("196.68",),
        remarks=(("overtyped", "136.57"),),
        comments=1,
        only_fresh=1,
        only_here=1,
        overtyped=("136.57",),
    ),
    Scenario(
        "旧数用全角写在自己的段里",
        edits=(paragraph_behind(TOTAL, "上年３６．５７万元，增加５５．１１万元。"),),
        saved=WORD,
        remarks=(("leftover", "96.68"), ("leftover", "5.00")),
        only_here=1,
        comments=2,
    ),
    Scenario(
        "更正后持平，自己的段里还写着增加的数",
        "equal",
        edits=(paragraph_behind(TOTAL, "收支总计增加55.11万元。"),),
        saved=WORD,
        remarks=(("leftover", "55.11"),),
        only_here=1,
        comments=1,
    ),
    Scenario(
        "脚注里抄了旧数",
        edits=(note("公用经费增加。", "与上年36.57万元相比，增加55.11万元。", within=TOTAL),),
        saved=WORD,
        remarks=(("leftover", "脚注 36.57"), ("leftover", "脚注 55.11")),
        comments=2,
    ),
    Scenario(
        "文本框里抄了旧数",
        edits=(text_box("公用经费增加。", "比上年增加55.11万元。"),),
        saved=WORD,
        remarks=(("leftover", "55.11"),),
        comments=1,
    ),
    Scenario(
        "页眉里抄了旧数",
        edits=(header_text("比上年增加55.11万元"),),
        saved=WORD,
        remarks=(("leftover", "页眉 55.11"),),
        comments=1,
    ),
    Scenario(
        "修订着删去带数字的半句：拒绝修订时旧数会回来",
        edits=(tracked_delete("与2019年36.57万元相比，", within=TOTAL),),
        saved=WORD,
        remarks=(("leftover", "修订中删去的字 36.57"),),
        only_fresh=1,
        only_here=1,
        comments=1,
    ),
    Scenario(
        "表里的行换了次序，行里的数更正了",
        "item",
        whole=True,
        edits=(move_row("综合业务管理", "行政运行"),),
        saved=WORD,
        shows=("综合业务管理",),
        gone=("13.36",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "两张表接成一张",
        "item",
        whole=True,
        edits=(tables_joined(),),
        only_fresh=4,
        only_here=4,
    ),
    Scenario(
        "标题后面有脚注：目录里没有它",
        "item",
        edits=(note("收入支出决算总体情况说明", "单位：万元。", within="一、收入支出决算总体情况说明"),),
        saved=WORD,
        gone=("\t\ufffc",),
    ),
    Scenario(
        "一段和下面的图接在一起，书签也没有了：数照样更正",
        edits=(joined_with_chart(TOTAL),),
        shows=(LESS_WHOLE,),
    ),
    Scenario(
        "一段剪切到表的格子里",
        edits=(into_cell(TOTAL),),
        shows=("与2019年96.68万元相比，收、支总计各增加5.00万元",),
        remarks=(("wording", "增加5.00"), ("wording", "增长5.17")),
        comments=2,
        only_fresh=2,
        only_here=1,
    ),
    Scenario(
        "修订着移动一段",
        edits=(tracked_move(TOTAL, "二、收入决算情况说明"),),
        shows=(LESS_WHOLE,),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "指标表加一行，单位也加一行",
        "indicator",
        edits=(row_behind("重复参保人数", "", "", "", "培训场次", "2场", "3场"),),
        saved=WORD,
        shows=("培训场次", "走访镇街"),
        only_here=1,
        also=(in_order("走访镇街", "重复参保人数", "培训场次"),),
    ),
    Scenario(
        "指标表删一行，单位加一行",
        "indicator",
        edits=(delete_row("重复参保人数"),),
        saved=WORD,
        shows=("走访镇街",),
        only_fresh=1,
    ),
    Scenario("复制一行", "indicator", edits=(copy_row("重复参保人数"),), saved=WORD, shows=("走访镇街",), only_here=1),
    Scenario(
        "挪动一行",
        "project money",
        edits=(move_row("重复参保人数", "开展医保政策宣传活动次数"),),
        saved=WORD,
        shows=("预算执行情况（万元）",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "单元格里的字改了，数更正了",
        "project money",
        edits=(retype_cell("抽查企业职工", 5, "完成抽查企业22家"),),
        saved=WORD,
        shows=("完成抽查企业22家", "项目全年预算数6.00万元"),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "单元格里的数改了",
        "item",
        edits=(retype_cell("总计\t31", 2, "91.70", table="本年收入合计"),),
        saved=WORD,
        shows=("91.70",),
        remarks=(("overtyped", "91.68 93.68 91.70"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "底纹、列宽",
        "item",
        edits=(shade_cell("总计\t31", 2, table="本年收入合计"), column_widths("本年收入合计")),
        saved=WORD,
        shows=("收、支总计93.68万元",),
    ),
    Scenario(
        "合并了两格，这一行的数更正了",
        "item",
        edits=(merge_cells("总计\t31", 1, table="本年收入合计"),),
        saved=WORD,
        remarks=(("table", "收入支出决算总表"),),
        comments=1,
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "自己的表格",
        edits=(new_table(TOTAL, ("年度", "金额"), ("2019年", "36.57")),),
        saved=WORD,
        shows=("年度", "金额", LESS_WHOLE),
        remarks=(("leftover", "36.57 96.68"),),
        only_here=2,
        comments=1,
    ),
    Scenario(
        "删去一张表",
        "project money",
        edits=(delete_table("居民职工基金征收监管"),),
        saved=WORD,
        remarks=(("deleted", "项目绩效目标完成情况表"),),
        only_fresh=15,
        comments=1,
    ),
    Scenario(
        "修订着加一行",
        "indicator",
        edits=(tracked_row("重复参保人数", "", "", "", "培训场次", "2场", "3场"),),
        saved=WORD,
        shows=("培训场次", "走访镇街"),
        only_here=1,
    ),
    # -- blocks that come and go --------------------------------------------------------------------------------------
    Scenario(
        "项目增加", "project new", whole=True, saved=WORD, shows=("（6）长期护理保险试点项目绩效目标完成情况综述。",)
    ),
    Scenario(
        "项目减少", "project gone", whole=True, saved=WORD, shows=("（4）医疗救助监管项目绩效目标完成情况综述。",)
    ),
    Scenario(
        "项目减少，它的一段有人改过",
        "project gone",
        edits=(
            type_behind(
                "有效遏制了欺诈骗保现象", "，追回资金12万元", within="控制了医保基金支出增速，严厉打击了医疗机构"
            ),
        ),
        saved=WORD,
        shows=("追回资金12万元",),
        remarks=(("kept", "追回资金12万元"),),
        comments=1,
        only_here=1,
    ),
    Scenario(
        "项目增加，概括的一句有人改过",
        "project new",
        edits=(retype("从评价情况来看，项目完成率较高", "总的看，项目完成率较高", within="本部门还自行组织了5个"),),
        saved=WORD,
        shows=("本部门还自行组织了6个项目支出绩效评价，总的看，项目完成率较高",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "单位加了一条职责，人改过后面的一条",
        "duty new",
        edits=(retype("其他任务", "其他工作", within=DUTY),),
        saved=WORD,
        shows=("10. 指导镇街医疗保障服务站建设。", "11. 完成区委、区政府交办的其他工作。"),
        only_fresh=1,
        only_here=1,
    ),
    # -- 目录, charts, headers ----------------------------------------------------------------------------------------
    Scenario(
        "直接在目录里打字：更新时照标题",
        edits=(type_in_contents("二、机构设置", "二、机构情况"),),
        saved=WORD,
        shows=(LESS_WHOLE,),
        gone=("二、机构情况",),
    ),
    Scenario("按 F9 更新过目录", "project new", edits=(update_contents(),), saved=WORD),
    Scenario(
        "删去一张图",
        edits=(delete_chart("图1："),),
        saved=WORD,
        shows=(LESS_WHOLE,),
        remarks=(("deleted", "收支总计变动"),),
        only_fresh=1,
        comments=1,
    ),
    Scenario(
        "给图换颜色、缩小",
        edits=(recolour_chart("图1："), resize_chart("图1：")),
        saved=WORD,
        shows=(LESS_WHOLE,),
        also=(lambda docx: any(b"00B050" in data for name, data in read(docx).parts.items() if "charts/" in name),),
    ),
    Scenario(
        "改了图里的数",
        edits=(chart_value("图1：", "36.57", "36.6"),),
        saved=WORD,
        charts=False,
        remarks=(("chart", "收支总计变动"),),
        comments=1,
    ),
    Scenario(
        "改了饼图上写的百分比",
        edits=(chart_label("图2：", "100%", "99.9%"),),
        saved=WORD,
        charts=False,
        remarks=(("chart", "收入结构"),),
        comments=1,
    ),
    Scenario(
        "页眉、页脚、文件属性",
        edits=(header_text("内部资料"), footer_words("（第二稿）"), title_property("贡井区医保局决算说明")),
        saved=WORD,
        shows=("内部资料", "（第二稿）", "贡井区医保局决算说明", LESS_WHOLE),
    ),
    # -- a real LibreOffice -------------------------------------------------------------------------------------------
    Scenario(
        "LibreOffice：改字再加一段",
        in_office=(
            replace("完成区委、区政府交办的其他任务", "完成区委、区政府交办的其他工作"),
            paragraph_after("综合业务管理（项）：支出决算为", "以上为快报数。"),
        ),
        shows=("10. 完成区委、区政府交办的其他工作。", "以上为快报数。", LESS_WHOLE),
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "LibreOffice：改了数",
        in_office=(replace("36.57", "36.60"),),
        shows=("与2019年36.60万元相比",),
        remarks=(("overtyped", "36.60"),),
        comments=1,
        only_fresh=1,
        only_here=1,
        overtyped=("36.60",),
    ),
    Scenario(
        "LibreOffice：荧光笔、加粗、拆段",
        in_office=(office_highlight("36.57"), bold("人员经费增加"), office_split("增长150.70%。")),
        shows=(LESS, f"主要变动原因是{REASON}。"),
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "LibreOffice：删一段",
        in_office=(office_delete("负责职责范围内的安全生产"),),
        shows=(LESS_WHOLE,),
        only_fresh=1,
    ),
    Scenario(
        "LibreOffice：修订着改字",
        in_office=(record(), replace("完成区委、区政府交办的其他任务", "完成区委、区政府交办的其他工作")),
        shows=("10. 完成区委、区政府交办的其他工作。", LESS_WHOLE),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "LibreOffice：表格加一行",
        "indicator",
        in_office=(append_row("参保人员对医保服务的满意度", "", "", "", "培训场次", "2场", "3场"),),
        shows=("培训场次", "走访镇街"),
        only_here=1,
    ),
    Scenario(
        "Word 里改过，LibreOffice 又存过",
        "equal",
        saved=OFFICE,
        edits=(
            comment("36.57", "请财务核对", within=TOTAL),
            note("公用经费增加。", "据批复", within=GRANT),
            paragraph_behind(TOTAL, "此项已备案。"),
        ),
        shows=("收、支总计各持平。", "此项已备案。", "据批复", "请财务核对"),
        only_here=1,
    ),
    Scenario(
        "LibreOffice：项目减少",
        "project gone",
        saved=OFFICE,
        edits=(highlight("项目完成率较高"),),
        shows=("（4）医疗救助监管项目绩效目标完成情况综述。",),
    ),
    Scenario(
        "LibreOffice：图、内容控件、修订",
        "less",
        saved=OFFICE,
        edits=(picture(GRANT, own_paragraph=True), tracked_retype(REASON, "参保扩面经费减少", within=TOTAL)),
        shows=(f"{LESS}主要变动原因是参保扩面经费减少。",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "LibreOffice：批注过的一段",
        saved=OFFICE,
        edits=(comment("36.57", "请财务核对", within=TOTAL), comment("91.68", "口径？", within=TOTAL)),
        shows=(LESS_WHOLE, "请财务核对", "口径？"),
    ),
    Scenario(
        "书签也复制了的一段，LibreOffice 又存过",
        saved=OFFICE,
        edits=(copy_paragraph(TOTAL, DUTY, marks="duplicated"),),
        shows=(LESS_WHOLE,),
        gone=("36.57", "55.11", "150.70", "_Copy_"),
        only_here=1,
    ),
    Scenario(
        "两个人先后改：批注、修订、加段，再在 LibreOffice 里改",
        edits=(
            tracked_retype(REASON, "参保扩面经费减少", within=TOTAL),
            paragraph_behind(GRANT, "此项已备案。"),
            highlight("36.57", within=GRANT),
        ),
        saved=WORD,
        in_office=(replace("完成区委、区政府交办的其他任务", "完成区委、区政府交办的其他工作"),),
        shows=(f"{LESS}主要变动原因是参保扩面经费减少。", "此项已备案。", "10. 完成区委、区政府交办的其他工作。"),
        only_fresh=2,
        only_here=3,
        also=(has("96.68", "highlight", "年财政拨款收、支总计"), holds("ins", "参保扩面经费减少")),
    ),
    Scenario(
        "改过以后更正两次：先持平，后减少",
        edits=(type_behind("公用经费增加。", "详见附表。", within=TOTAL),),
        first="equal",
        saved=WORD,
        shows=(f"{LESS_WHOLE}详见附表。",),
        only_fresh=1,
        only_here=1,
    ),
    # -- other reports ------------------------------------------------------------------------------------------------
    Scenario(
        "全国决算：机关运行经费改为增加，原因重写",
        "national",
        example="putuo-planning-2024",
        saved=WORD,
        edits=(
            retype(
                "落实中央八项规定精神和控制机关运行成本的规定，减少培训费等支出",
                "新增办公用房，水电费增加",
                within="机关运行经费支出142.80",
            ),
            paragraph_behind("机关运行经费支出142.80", "以上含局属参公单位。"),
        ),
        shows=(
            "机关运行经费支出142.80万元，比2023年度增加6.48万元，增长4.75%。主要原因：新增办公用房，水电费增加。",
            "以上含局属参公单位。",
        ),
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "全国决算：财政局，表格里手改",
        "finance",
        example="putuo-finance-2024",
        saved=WPS,
        edits=(comment("184.65", "含街道？"), type_behind("支出略有增加。", "已压减明年预算。")),
        shows=("比2023年度增加42.55万元，增长29.94%。", "支出略有增加。已压减明年预算。"),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "湖南绩效：减少改为增加",
        "hunan",
        example="taoyuan-2019",
        saved=WORD,
        edits=(
            retype("我中心“三公经费”", "我中心‘三公经费’", within="公务接待费20.00万元"),
            row_behind("3.公务接待", "4.其他", "0", "0", "0"),
        ),
        shows=(
            "支出决算为15.87万元，比上年增加1.93万元；其中：公务接待费15.87万元。",
            "我中心‘三公经费’预算",
            "4.其他",
        ),
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "河北绩效：收入、结转更正，段末加一句",
        "hebei",
        example="chengde-2022",
        saved=WORD,
        edits=(type_behind("年末结转和结余38.33万元。", "结转资金均为项目资金。"), highlight("2515.17")),
        shows=("本年收入2615.17万元，本年支出2534.09万元，年末结转和结余138.33万元。结转资金均为项目资金。",),
        only_fresh=1,
        only_here=1,
        also=(has("2615.17", "highlight", "本年收入2615.17"),),
    ),
    Scenario(
        "江西绩效：一个数在文字和表里都更正，人改了别处",
        "jiangxi",
        example="xihu-2022",
        saved=WORD,
        edits=(retype("参保覆盖面持续扩大", "参保覆盖面进一步扩大", within="城乡居民基本医疗保险基金征缴总额"),),
        shows=("1.参保覆盖面进一步扩大", "城乡居民基本医疗保险基金征缴总额14906万元"),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "新疆基金绩效：增支改为减支，原因里删去一条",
        "xinjiang",
        example="heshuo-2018",
        saved=WORD,
        edits=(
            delete_words("，25种病种在全州县级以上定点医疗机构统一实施", within="2018年职工基本医疗保险住院支出"),
            footer_words("（送审）"),
        ),
        shows=("本年与上年同期相比减支241.43万元，降幅为7.38%。减支的主要原因是①",),
        only_fresh=1,
        only_here=1,
    ),
    Scenario(
        "项目自评表：执行数更正，得分跟着变，完成值手改",
        "five projects",
        example="gongjing-projects-2020",
        saved=WORD,
        edits=(
            retype_cell("抽查企业职工医保参保情况", 5, "22家"),
            paragraph_behind("项目支出绩效自评表", "（居民职工基金征收监管已复核）"),
        ),
        shows=("22家", "80%"),
        remarks=(("overtyped", "20 20 22"),),
        comments=1,
        only_fresh=1,
        only_here=2,
    ),
    Scenario(
        "四川项目自评表：执行率、得分跟着变",
        "sichuan project",
        example="sichuan-project-2023",
        saved=WORD,
        edits=(type_behind("师生和家长反映良好", "，获县政府通报表扬"), copy_row("更新食堂设备的学校数")),
        shows=("283.58", "91.95%", "，获县政府通报表扬"),
        only_fresh=1,
        only_here=2,
    ),
)


def _told(scenarios: tuple[Scenario, ...]) -> list[object]:
    """What the program does not do yet is expected to fail, so that the day on which it does is noticed."""
    return [
        pytest.param(
            one,
            id=f"{number:02d}",
            marks=[pytest.mark.xfail(reason=f"{one.name}: {one.broken}", strict=True)] if one.broken else [],
        )
        for number, one in enumerate(scenarios)
    ]


@pytest.mark.parametrize("scenario", some(_told(SCENARIOS), 6))
def test_scenario(scenario: Scenario, validate_docx: Callable[[bytes], str], request: pytest.FixtureRequest) -> None:
    docx, typed, fresh = prepared(scenario, CORRECTIONS, lambda: request.getfixturevalue("office"))
    before = bytes(docx)
    result = refreshed(docx, fresh)
    found = problems(scenario, docx, typed, fresh, result)
    assert not found, "\n".join([scenario.name, *found, "report:", *remarks_in_words(result)])
    assert docx == before
    assert validate_docx(result.docx) == ""
