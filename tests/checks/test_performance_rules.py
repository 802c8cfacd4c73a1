"""The P-rules of templates/performance, on a small self-evaluation: one planted mistake, one finding at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SETTINGS, Form, Report, lines_below_head, loaded, pack_folder, said

from generator.lint.lint import lint_pack
from generator.pack.sources import gather

FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {类型: 文字, 标签: 单位名称}
执行:
  标签: 预算执行情况
  字段:
    预算: {类型: 金额, 标签: 全年预算数}
    执行: {类型: 金额, 标签: 全年执行数}
    自评得分: {类型: 数值, 标签: 预算执行率得分}
自评:
  标签: 自评结果
  字段:
    总分: {类型: 数值, 标签: 总分, 单位: 分}
    等级: {类型: 选项, 标签: 等级, 选项: [优, 良, 中, 差]}
指标:
  标签: 绩效指标
  行:
    字段: &columns
      一级: {类型: 选项, 标签: 一级指标, 选项: [产出指标, 效益指标, 满意度指标]}
      二级: {类型: 选项, 标签: 二级指标, 选项: [数量指标, 质量指标, 社会效益指标, 服务对象满意度指标]}
      三级: {类型: 文字, 标签: 三级指标, 必填: 是}
      方向: {类型: 选项, 标签: 指标性质, 选项: ["≥", ">", "=", "<", "≤", 定性]}
      目标值: {类型: 数值, 标签: 目标值}
      目标: {类型: 文字, 标签: 目标}
      单位: {类型: 文字, 标签: 计量单位}
      实际值: {类型: 数值, 标签: 实际完成值}
      实际: {类型: 文字, 标签: 实际完成情况}
      档次: {类型: 选项, 标签: 定性档次, 选项: [达成预期指标, 部分达成预期指标并具有一定效果, 未达成预期指标且效果较差]}
      完成程度: {类型: 百分比, 标签: 完成程度}
      分值: {类型: 数值, 标签: 分值}
      自评得分: {类型: 数值, 标签: 自评得分}
      偏差原因: {类型: 长文, 标签: 偏差原因}
"""

DATA = """\
执行: {预算: 100, 执行: 97.56, 自评得分: 9.76}
自评: {总分: 98.98, 等级: 优}
指标:
- {一级: 产出指标, 二级: 数量指标, 三级: 培训人数, 方向: ≥, 目标值: 90, 单位: 人, 实际值: 93, 实际: 已完成, 分值: 20}
- {一级: 产出指标, 二级: 数量指标, 三级: 检查次数, 方向: =, 目标值: 12, 单位: 次, 实际值: 12, 分值: 20, 自评得分: 20}
- {一级: 产出指标, 二级: 质量指标, 三级: 覆盖率, 方向: ≥, 目标值: 90, 单位: "%",
   实际值: 83, 分值: 10, 自评得分: 9.22, 偏差原因: 人员外出}
- {一级: 效益指标, 二级: 社会效益指标, 三级: 政策知晓, 方向: 定性, 目标: 明显提高, 档次: 达成预期指标, 分值: 30}
- {一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 群众满意度, 方向: ≥, 目标值: 90, 单位: "%", 实际值: 95, 分值: 10}
"""

TEXT = """\
总分{{ 评分表 | first | 总分 }}，为{{ 评分表 | first | 总分 | 等级 }}。

{% for 行 in 指标 %}
{{- 行.三级 }}目标{{ 行 | 目标文本 }}，实际{{ 行 | 实际文本 }}，得{{ 行 | 得分 | 数值 }}分。{% endfor %}
"""


def form(folder: Path, scoring: str = "", fields: str = FIELDS, checks: str = "") -> Form:
    files = {
        "pack.yaml": SETTINGS.replace("上级: common", "上级: performance\n角色: {年度: 年度, 单位: 单位}"),
        "fields.yaml": fields,
        "scoring.yaml": scoring or "满分: 100\n",
    }
    return Form(pack_folder(folder, files, text=TEXT, **({"checks": checks} if checks else {})))


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form(tmp_path_factory.mktemp("packs"))


def test_a_sound_evaluation_has_no_findings(evaluation: Form) -> None:
    report = evaluation.report(DATA)
    assert report.said == []
    assert report.sentences == [
        "总分98.98分，为优。",
        "培训人数目标≥90人，实际已完成，得20分。检查次数目标12次，实际12次，得20分。覆盖率目标≥90%，实际83%，得9.22分。"
        "政策知晓目标明显提高，实际达成预期指标，得30分。群众满意度目标≥90%，实际95%，得10分。",
    ]


@pytest.mark.parametrize(
    ("before", "after", "codes", "line", "words"),
    [
        ("分值: 30}", "分值: 25}", ["P-WEIGHT", "P-TOTAL"], 8, "各项分值合计 95分，满分 100分，相差 5分"),
        ("自评得分: 9.76", "自评得分: 10", ["P-EXEC", "P-TOTAL"], 1, "按执行率计算 9.76分，相差 0.24分"),
        ("分值: 20, 自评得分: 20", "分值: 20, 自评得分: 21", ["P-SCORE-RANGE", "P-SCORE", "P-TOTAL"], 5, "21"),
        ("自评得分: 9.22", "自评得分: 9.5", ["P-SCORE", "P-TOTAL"], 7, "自评得分 9.5分，按计分办法计算 9.22分"),
        ("自评得分: 9.22", "自评得分: 9.23", ["P-TOTAL"], 2, "各项得分合计 98.99分"),
        ("总分: 98.98", "总分: 99", ["P-TOTAL"], 2, "填写的总分 99分，各项得分合计 98.98分，相差 0.02分"),
        ("等级: 优", "等级: 良", ["P-GRADE"], 2, "填写的等级“良”，按总分应为“优”"),
        ("实际值: 95, ", "", ["P-COMPLETE", "F001"], 9, "群众满意度"),
        ("实际: 已完成", "实际: 未完成", ["P-MET"], 4, "所写的是达成“否”，按目标值判断“是”"),
        ("实际值: 12", "实际值: 18", ["P-OVER"], 5, "完成率 150%，达到 130% 及以上，没有写偏差原因"),
        (", 偏差原因: 人员外出", "", ["P-REASON"], 6, "“覆盖率”没有达到目标"),
        (
            "档次: 达成预期指标",
            "档次: 达成预期指标, 完成程度: 79",
            ["P-TIER", "P-TOTAL", "P-REASON"],
            8,
            "完成程度 79%",
        ),
        ("二级: 质量指标", "二级: 社会效益指标", ["P-LABEL"], 6, "“社会效益指标”不属于一级指标“产出指标”"),
        ("三级: 检查次数", "三级: 培训 人数", ["P-DUP", "P-UNIT"], 5, "“培训 人数”在“数量指标”下重复出现"),
        ("单位: 次", "单位: 人", ["P-UNIT"], 5, "单位是“人”，与名称不相称，一般为次、批次"),
        ("单位: 人, ", "", ["P-UNIT"], 4, "单位是“（没有填写）”"),
    ],
)
def test_a_planted_mistake(evaluation: Form, before: str, after: str, codes: list[str], line: int, words: str) -> None:
    assert DATA.count(before) == 1
    found = evaluation.report(DATA.replace(before, after)).findings
    assert sorted(one.code for one in found) == sorted(codes)
    wanted = next(one for one in found if one.code == codes[0])
    assert line + lines_below_head() in [place.line for place in wanted.places]
    assert words in wanted.message


def test_full_points_for_a_missed_target_need_a_reason(evaluation: Form) -> None:
    data = DATA.replace("自评得分: 9.22, 偏差原因: 人员外出", "自评得分: 10").replace("98.98", "99.76")
    assert evaluation.report(data).codes == ["P-SCORE", "P-REASON"]


def test_a_target_without_proportion_asks(evaluation: Form) -> None:
    data = DATA.replace(
        "方向: ≥, 目标值: 90, 单位: 人, 实际值: 93, 实际: 已完成",
        "方向: '>', 目标值: 0, 单位: 人, 实际值: 0, 偏差原因: 停办",
    )
    report = evaluation.report(data)
    assert set(report.codes) == {"P-TARGET", "F001"}
    assert "请填写“指标[1].自评得分”" in "".join(report.said)
    answered = data.replace("偏差原因: 停办", "偏差原因: 停办, 自评得分: 0").replace(
        "98.98, 等级: 优", "78.98, 等级: 中"
    )
    assert evaluation.report(answered).codes == []


def test_tolerance_is_the_packs(tmp_path: Path) -> None:
    mild = form(tmp_path, "容差: 0.3\n")
    assert mild.report(DATA.replace("自评得分: 9.22", "自评得分: 9.5").replace("98.98", "99.26")).said == []


def test_sums_of_first_levels(tmp_path: Path) -> None:
    strict = form(tmp_path, "一级合计核对: 是\n")
    assert strict.report(DATA).said == []
    found = strict.report(
        DATA.replace("分值: 30}", "分值: 20}").replace(
            "方向: =, 目标值: 12, 单位: 次, 实际值: 12, 分值: 20, 自评得分: 20",
            "方向: =, 目标值: 12, 单位: 次, 实际值: 12, 分值: 30, 自评得分: 30",
        )
    )
    assert found.codes == ["P-SUMLEVEL", "P-SUMLEVEL"]
    assert (
        "指标·产出指标 一级指标的分值合计与规定的权重不一致：该一级指标的分值合计 60分，规定的权重 50分"
        in found.said[0]
    )


LEVEL_TEXT = """\
{% for 行 in 评分表 | 分级合计 %}
{{ 行.一级 }}得{{ 行.得分 | 数值 }}分（满分{{ 行.分值 | 数值 }}分），得分率{{ 行.得分率 | 百分比 }}
{{- "。" if loop.last else "；" }}
{% endfor %}

产出{{ 指标 | 筛选('一级', '产出指标') | 分级合计 | 求和('得分') | 数值 }}分，
合计{{ 评分表 | 分级合计 | 求和('得分') | 数值 }}分，总分{{ 评分表 | first | 总分 | 数值 }}分。
"""


def test_first_levels_in_words(tmp_path: Path) -> None:
    files = {
        "pack.yaml": SETTINGS.replace("上级: common", "上级: performance\n角色: {年度: 年度, 单位: 单位}"),
        "fields.yaml": FIELDS,
    }
    made = Form(pack_folder(tmp_path, files, text=LEVEL_TEXT)).report(DATA)
    assert made.sentences == [
        "预算执行率得9.76分（满分10分），得分率97.60%；产出指标得49.22分（满分50分），得分率98.44%；"
        "效益指标得30分（满分30分），得分率100%；满意度指标得10分（满分10分），得分率100%。",
        "产出49.22分，合计98.98分，总分98.98分。",
    ]


LEVELS_TYPED = (
    FIELDS + "分级:\n  标签: 分级得分\n  行: {主键: 一级, 字段: {一级: {类型: 文字}, 得分: {类型: 数值, 单位: 分}}}\n"
)
LEVEL_CHECKS = """
P-LEVEL:
  逐行: =评分表 | 分级合计
  当: =行.一级 in 分级
  左: =分级[行.一级].得分
  右: =行.得分
  说明: “{{ 行.一级 }}”填写的得分与各指标得分之和不一致
P-LEVEL-MOST:
  逐行: =评分表 | 分级合计
  左: =行.得分
  右: =行.分值
  关系: 不大于
  说明: “{{ 行.一级 }}”的得分超过分值
P-LEVEL-SUM:
  左: =分级 | 求和('得分')
  右: =评分表 | first | 总分
  说明: 各一级指标的得分相加不是总分
"""


def test_typed_first_levels_are_checked(tmp_path: Path) -> None:
    evaluation = form(tmp_path, fields=LEVELS_TYPED, checks=LEVEL_CHECKS)
    typed = "分级: [{一级: 预算执行率, 得分: 9.76}, {一级: 产出指标, 得分: %s}, {一级: 效益指标, 得分: 40}]\n"
    assert evaluation.report(DATA + (typed % "49.22").replace("40}", "30}, {一级: 满意度指标, 得分: 10}")).codes == []
    found = evaluation.report(DATA + typed % "50")
    assert [one.message.partition("：")[0] for one in found.findings if one.code.startswith("P-LEVEL")] == [
        "指标·产出指标 “产出指标”填写的得分与各指标得分之和不一致",
        "指标·效益指标 “效益指标”填写的得分与各指标得分之和不一致",
        "各一级指标的得分相加不是总分",
    ]
    found = evaluation.report(DATA.replace("分值: 10}", "分值: 10, 自评得分: 12}"))
    assert "P-LEVEL-MOST" in found.codes


def test_the_printed_points_of_first_levels_add_up_to_the_total(tmp_path: Path) -> None:
    """3.33 thrice in one 一级 are 9.99, never 10."""
    rows = "".join(
        f"- {{一级: {first}, 三级: 甲{n}, 方向: ≥, 目标值: 3, 实际值: 1, 单位: 个, 分值: 10}}\n"
        for n, first in enumerate(["产出指标"] * 3 + ["效益指标"])
    )
    files = {
        "pack.yaml": SETTINGS.replace("上级: common", "上级: performance\n角色: {年度: 年度, 单位: 单位}"),
        "fields.yaml": FIELDS,
    }
    made = Form(pack_folder(tmp_path, files, text=LEVEL_TEXT)).report(f"执行: {{预算: 3, 执行: 1}}\n指标:\n{rows}")
    assert made.sentences == [
        "预算执行率得3.33分（满分10分），得分率33.30%；产出指标得9.99分（满分30分），得分率33.30%；"
        "效益指标得3.33分（满分10分），得分率33.30%。",
        "产出9.99分，合计16.65分，总分16.65分。",
    ]


PROJECTS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {类型: 文字, 标签: 单位名称}
项目:
  标签: 项目
  行:
    主键: 名称
    字段:
      名称: {类型: 文字, 标签: 项目名称}
      全年预算数: {类型: 金额, 标签: 全年预算数}
      全年执行数: {类型: 金额, 标签: 全年执行数}
      考核:
        标签: 绩效指标
        行:
          字段:
            三级: {类型: 文字, 标签: 三级指标}
            方向: {类型: 选项, 标签: 性质, 选项: ["≥", "≤"]}
            目标值: {类型: 数值, 标签: 目标值}
            实际值: {类型: 数值, 标签: 实际值}
            分值: {类型: 数值, 标签: 分值}
"""

TWO_PROJECTS = """\
项目:
- 名称: 甲
  全年预算数: 10
  全年执行数: 10
  考核: [{三级: 修路, 方向: ≥, 目标值: 5, 实际值: 5, 分值: 90}]
- 名称: 乙
  全年预算数: 10
  全年执行数: 5
  考核: [{三级: 修桥, 方向: ≥, 目标值: 5, 实际值: 5, 分值: 80}]
"""


def project_form(folder: Path, sheet: str) -> Form:
    files = {
        "pack.yaml": SETTINGS.replace("上级: common", "上级: performance\n角色: {年度: 年度, 单位: 单位}"),
        "fields.yaml": PROJECTS,
        "scoring.yaml": f"评分表:\n- {sheet}\n",
    }
    text = "{% for 表 in 评分表 %}{{ 表 | 总分 }}。{% endfor %}\n"
    return Form(pack_folder(folder, files, text=text))


def test_one_sheet_for_each_project(tmp_path: Path) -> None:
    projects = project_form(tmp_path, "{逐行: 项目, 指标: 考核, 预算: 全年预算数, 执行: 全年执行数}")
    report = projects.report(TWO_PROJECTS)
    assert report.sentences == ["100分。85分。"]
    assert report.codes == ["P-WEIGHT"]
    assert report.findings[0].message.startswith(
        "项目[乙] 各指标分值与预算执行率分值的合计不等于满分：各项分值合计 90分"
    )


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("{逐行: 项目, 指标: 考核表}", "评分表的“指标”的值“考核表”不能用 您是否指“考核”？"),
        ("{逐行: 项目名, 指标: 考核}", "评分表的“逐行”的值“项目名”不能用"),
        ("{逐行: 项目, 指标: 考核, 预算: 预算数}", "评分表的“预算”的值“预算数”不能用"),
        ("{逐行: 项目, 指标: 名称}", "评分表的“指标”的值“名称”不能用"),
    ],
)
def test_a_sheet_that_names_what_is_not_in_the_form(tmp_path: Path, sheet: str, words: str) -> None:
    findings = loaded(project_form(tmp_path, sheet).roots).diagnostics
    assert any(line.startswith("T117 example/scoring.yaml 第2行") and words in line for line in said(list(findings)))


def test_a_sentence_with_a_mistake_is_the_packs(tmp_path: Path) -> None:
    broken = form(tmp_path, checks="甲:\n  应当: =false\n  说明: 共{{ 指标 | 行属 }}行\n")
    assert [(one.code, one.place.line) for one in loaded(broken.roots).diagnostics] == [("T102", 3)]


def test_the_parent_and_a_child_are_without_lint(tmp_path: Path) -> None:
    roots = form(tmp_path).roots
    for name in ("performance", "example"):
        pack = loaded(roots, name).value
        assert pack is not None
        assert said(lint_pack(pack, gather(pack.name, roots))) == []


def test_a_report_without_scores_is_still_looked_at(tmp_path: Path) -> None:
    fields = "\n".join(
        line for line in FIELDS.split("\n") if not line.strip().startswith(("分值:", "自评得分:", "总分:"))
    )
    plain = Form(
        pack_folder(
            tmp_path,
            {
                "pack.yaml": SETTINGS.replace("上级: common", "上级: performance\n角色: {年度: 年度, 单位: 单位}"),
                "fields.yaml": fields,
            },
        )
    )
    data = "指标:\n- {三级: 覆盖率, 方向: ≥, 目标值: 90, 单位: '%', 实际值: 80}\n"
    report: Report = plain.report(data + "- {三级: 培训人数, 方向: ≥, 目标值: 9, 单位: 人}\n")
    assert report.codes == ["P-COMPLETE", "P-REASON"]
