"""自评表, 指标表 as offices hand them in: what goes where, what is refused by name; no shape gives a wrong cell."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from form_shapes import all_forms, cells_of, judged, shaped
from small_tables import Areas, Rows, grid

from generator.cli import entry
from generator.official_tables.sheet_blocks import Page
from generator.pack import Pack, PackRoots, load_pack

HEAD: Rows = (
    ("项目支出绩效自评表",),
    ("（2023年度）",),
    ("项目名称", None, None, "城区道路维修"),
    ("主管部门", None, None, None, "实施单位", None, "市政所"),
    (
        "项目资金（万元）",
        None,
        None,
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率（B/A）",
        "得分",
    ),
    (None, "年度资金总额", None, 100, "1,120.50", "1,100.5", 10, "98.22%", "9.82分"),
    (None, "其中：当年财政拨款", None, 100, 1120.5, 1100.5, "—", "—", "—"),
    (None, "其他资金", None, 0, 0, 0),
    ("年度总体目标", "预期目标", None, None, None, "实际完成情况"),
    (None, "维修道路，改善通行。", None, None, None, "已完成维修。"),
    (
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
)
TAIL: Rows = (("总分", None, None, None, None, None, 100, "98.82"),)
COLUMNS = ("一级", "二级", "三级", "方向", "目标值", "单位", "目标", "实际值", "实际", "分值", "自评得分", "偏差原因")


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("project-performance", PackRoots.with_own())
    assert loaded.value is not None
    return loaded.value


def read(pack: Pack, rows: Rows, merged: Areas = (), *more: Rows) -> tuple[dict[str, str], list[str]]:
    pages = [Page("表.xlsx", f"Sheet{at}", grid(one, merged)) for at, one in enumerate((rows, *more), 1)]
    return cells_of(pack, pages)


def indicators(cells: dict[str, str]) -> list[str]:
    """A line for each 指标: what is filled in, in the order of the form."""
    rows: dict[str, dict[str, str]] = {}
    for path, text in cells.items():
        where, _, name = path.rpartition(".")
        if "指标[" in where:
            rows.setdefault(where, {})[name] = text
    return [" ".join(f"{name}={row[name]}" for name in COLUMNS if name in row) for row in rows.values()]


def said_of(pack: Pack, target: object, actual: object) -> str:
    """What becomes of one indicator's two cells."""
    cells, said = read(pack, (*HEAD, ("", "产出指标", "数量指标", "某指标", target, actual, 10, 10), *TAIL))
    line = (
        indicators(cells)[0]
        .removeprefix("一级=产出指标 二级=数量指标 三级=某指标 ")
        .removesuffix("分值=10 自评得分=10")
    )
    return f"{line}{' '.join(said)}".strip()


def test_a_form_goes_into_its_fields(pack: Pack) -> None:
    rows = (
        *HEAD,
        (None, "产出指标（50分）", "数量指标", "维修面积", "≥23,000平方米", "23,099平方米", 30, 30),
        (None, None, "质量指标", "验收合格率", "≥98%", "99%", 20, "20"),
        (None, "效益", None, "居民出行", "明显改善", "有所改善", 40, 39, "工期推迟"),
        *TAIL,
    )
    cells, said = read(pack, rows)
    assert said == []
    assert indicators(cells) == [
        "一级=产出指标 二级=数量指标 三级=维修面积 方向=≥ 目标值=23000 单位=平方米 实际值=23099 分值=30 自评得分=30",
        "一级=产出指标 二级=质量指标 三级=验收合格率 方向=≥ 目标值=98 单位=% 实际值=99 分值=20 自评得分=20",
        "一级=效益指标 三级=居民出行 方向=定性 目标=明显改善 实际=有所改善 分值=40 自评得分=39 偏差原因=工期推迟",
    ]
    assert {path.removeprefix("项目[城区道路维修]."): text for path, text in cells.items() if "指标[" not in path} == {
        "年度": "2023",
        "实施单位": "市政所",
        "年初预算数": "100.00",
        "全年预算数": "1120.50",
        "全年执行数": "1100.50",
        "执行率分值": "10",
        "执行率得分": "9.82",
        "预期目标": "维修道路，改善通行。",
        "实际完成": "已完成维修。",
        "总分值": "100",
        "总分": "98.82",
        "资金[当年财政拨款].年初预算数": "100.00",
        "资金[当年财政拨款].全年预算数": "1120.50",
        "资金[当年财政拨款].全年执行数": "1100.50",
        "资金[其他资金].年初预算数": "0.00",
        "资金[其他资金].全年预算数": "0.00",
        "资金[其他资金].全年执行数": "0.00",
    }


@pytest.mark.parametrize(
    ("target", "actual", "becomes"),
    [
        (">=98%", "99.5%", "方向=≥ 目标值=98 单位=% 实际值=99.5"),
        ("大于等于98%", "９９％", "方向=≥ 目标值=98 单位=% 实际值=99"),
        ("不低于 98 %", "98", "方向=≥ 目标值=98 单位=% 实际值=98"),
        ("98%以上", "99%以上", "方向=≥ 目标值=98 单位=% 实际=99%以上"),
        ("≤5个工作日", "4个工作日", "方向=≤ 目标值=5 单位=个工作日 实际值=4"),
        ("≥2万人", "23,099人", "方向=≥ 目标值=2 单位=万人 实际值=2.3099"),
        ("100%", "100%", "方向== 目标值=100 单位=% 实际值=100 X083"),
        ("≥98%", "0.98", "方向=≥ 目标值=98 单位=% X079"),
        ("≥98%", "1", "方向=≥ 目标值=98 单位=% X079"),
        ("≥100人", "120户", "方向=≥ 目标值=100 单位=人 X079"),
        ("≥100人", "已完成", "方向=≥ 目标值=100 单位=人 实际=已完成"),
        ("逐步推开", "100%", "方向=定性 目标=逐步推开 实际=100%"),
        ("各镇街至少二次", "二次", "目标=各镇街至少二次 实际=二次"),
        ("12月底前", "12月底前", "目标=12月底前 实际=12月底前"),
        ("2-3次", "3次", "目标=2-3次 实际=3次"),
        ("2023年", "2023年", "目标=2023年 实际=2023年"),
        ("≥±5%", "/", "目标=≥±5%"),
    ],
)
def test_direction_value_and_unit_of_one_cell(pack: Pack, target: str, actual: str, becomes: str) -> None:
    assert said_of(pack, target, actual) == becomes


def test_a_level_that_is_merged_and_empty_is_nobodys_ditto(pack: Pack) -> None:
    rows = (
        *HEAD,
        (None, "产出指标", "数量指标", "甲", "≥1次", "1次", 10, 10),
        (None, None, None, "乙", "≥1次", "1次", 10, 10),
        (None, None, None, "丙", "≥1次", "1次", 10, 10),
        *TAIL,
    )
    at = len(HEAD) + 2
    lines = indicators(read(pack, rows, [(at, 2, at + 1, 2), (at, 3, at + 1, 3)])[0])
    begun = [line.partition(" 方向")[0] for line in lines]
    assert begun == ["一级=产出指标 二级=数量指标 三级=甲", "一级=产出指标 二级=数量指标 三级=乙", "三级=丙"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((*HEAD, (None, "产出指标", "数量指标", None, "≥1次", "1次", 10, 10), *TAIL), "X085"),
        ((*HEAD, (None, "产出指标", "数量指标", "甲", "≥1次", "1次", "十", 10), *TAIL), "X075"),
        ((*HEAD[:5], (None, "年度资金总额", None, "约100", 1, 1), *HEAD[6:]), "X054"),
        ((*HEAD[:4], ("项目资金", None, None, *HEAD[4][3:]), *HEAD[5:]), "X051"),
        ((*HEAD[:2], ("项目名称",), *HEAD[3:]), "X081"),
        (
            (*HEAD[:10], (*HEAD[10][:3], "三级指标植", *HEAD[10][4:]), (None, "产出", "数量", "甲", "≥1次", "1次", 1)),
            "X077",
        ),
        ((*HEAD[:10], (*HEAD[10], "实际完成值"), (None, "产出", "数量", "甲", "≥1次", "1次", 1, 1, "", "2次")), "X065"),
        ((*HEAD[:10], (*HEAD[10], "复核得分"), (None, "产出", "数量", "甲", "≥1次", "1次", 1, 1, "", 3)), "X077"),
    ],
)
def test_what_cannot_be_read_is_named(pack: Pack, rows: Rows, code: str) -> None:
    assert code in read(pack, rows)[1]


def test_two_forms_of_a_project_are_one_row_and_contradictions_name_both(pack: Pack) -> None:
    row = (None, "产出指标", "数量指标", "甲", "≥1次", "1次", 10, 10)
    again = [list(one) for one in (*HEAD, row, *TAIL)]
    again[9][1] = "另一个目标。"
    cells, said = read(pack, (*HEAD, row, *TAIL), (), again)
    assert (len(indicators(cells)), said) == (1, ["X052"])
    assert cells["项目[城区道路维修].预期目标"] == "维修道路，改善通行。"


def test_forms_below_each_other_on_one_sheet(pack: Pack) -> None:
    row = (None, "产出指标", "数量指标", "甲", "≥1次", "1次", 10, 10)
    second = [list(one) for one in (*HEAD[2:], row, *TAIL)]
    second[0][3] = "公园维护"
    cells, said = read(pack, (*HEAD, row, *TAIL, (), *second))
    assert said == []
    assert cells["项目[公园维护].预期目标"] == cells["项目[城区道路维修].预期目标"]
    assert len(indicators(cells)) == 2


def test_another_years_columns_and_forms_are_not_this_years(pack: Pack) -> None:
    head = (*HEAD[:10], (None, None, None, None, "2022年", "2023年"), (*HEAD[10][:5], "年度指标值", *HEAD[10][5:]))
    row = (None, "产出指标", "数量指标", "甲", "≥7次", "≥1次", "1次", 10, 10)
    cells, said = read(pack, (*head, row))
    assert (indicators(cells)[0].partition("二级=数量指标 ")[2], said) == (
        "三级=甲 方向=≥ 目标值=1 单位=次 实际值=1 分值=10 自评得分=10",
        [],
    )
    earlier = [list(one) for one in (*HEAD, row[:5] + row[6:])]
    earlier[1][0] = "（2022年度）"
    cells, said = read(pack, (*HEAD, row[:5] + row[6:]), (), earlier)
    assert (cells, said) == ({}, ["X081", "X081"])


def test_no_shape_gives_a_wrong_cell() -> None:
    """A small run of tests/long/form_shapes.py."""
    models = all_forms(("sichuan-project-2023", "taoyuan-2019"))
    shapes = [shaped(models[at % len(models)], random.Random(f"suite.{at}")) for at in range(50)]
    verdicts = [judged(shape) for shape in shapes]
    assert [why for verdict, why in verdicts if verdict == "WRONG"] == []
    assert sum(verdict == "right" for verdict, _ in verdicts) >= 20


def written(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(folder / "自评表.xlsx")
    return folder / "自评表.xlsx"


def test_the_command_says_what_was_read_and_what_is_left(tmp_path: Path) -> None:
    """0.98 shown as 98 % is 98 %."""
    file = written(tmp_path, (*HEAD, (None, "产出指标", "质量指标", "合格率", "≥95%", None, 90, 90), *TAIL))
    book = openpyxl.load_workbook(file)
    cell = book.worksheets[0].cell(len(HEAD) + 1, 6, 0.98)
    cell.number_format = "0.00%"
    book.save(file)
    wish = ["import", "--pack", "project-performance", str(file), "-o", str(tmp_path / "填报")]
    said = CliRunner().invoke(entry, wish)
    assert said.exit_code == 0, said.output
    assert (
        "读入表单 1 张：\n  项目支出绩效自评表    自评表.xlsx · Sheet    11 项，指标 1 行、资金 2 行\n" in said.output
    )
    assert said.output.endswith("还要填写 1 项（文件里标着“待填”“视情况填”）：文字 1\n  单位信息：填报单位\n")
    text = (tmp_path / "填报" / "公开表.yaml").read_text(encoding="utf-8")
    assert "        实际值: 98  # Sheet!F12\n" in text
    assert '    实施单位: "市政所"  # Sheet!G4\n' in text
    assert "    全年预算数: 1120.50  # Sheet!E6\n" in text


def test_a_form_goes_on_over_the_pages_of_a_document(pack: Pack) -> None:
    """The second page has no title, no head, and its merged 一级 goes on from the first; a foreign table does not."""
    first = (*HEAD, (None, "产出指标", "数量指标", "甲", "≥1次", "1次", 10, 10))
    second = (
        (None, None, None, "乙", "≥1次", "1次", 10, 10),
        (None, None, None, "丙", "≥1次", "1次", 10, 10),
        (None, "效益指标", "社会效益指标", "丁", "≥1次", "1次", 10, 10, "原因"),
        *TAIL,
    )
    pages = [
        Page("表.pdf", "第1页第1张表", grid(first), named=False),
        Page("表.pdf", "第2页第1张表", grid(second, [(1, 2, 2, 2), (1, 3, 2, 3)]), named=False),
        Page("表.pdf", "第3页第1张表", grid((("姓名", "电话"),)), named=False),
    ]
    cells, said = cells_of(pack, pages)
    assert ([line.partition(" 方向")[0] for line in indicators(cells)], said) == (
        [
            "一级=产出指标 二级=数量指标 三级=甲",
            "一级=产出指标 二级=数量指标 三级=乙",
            "一级=产出指标 二级=数量指标 三级=丙",
            "一级=效益指标 二级=社会效益指标 三级=丁",
        ],
        [],
    )
    assert cells["项目[城区道路维修].总分"] == "98.82"
    torn = grid((("乙", "≥1次", "1次", 10, 10), ("丙", "≥1次", "1次", 10, 10)))
    _, said = cells_of(pack, [pages[0], Page("表.pdf", "第2页第1张表", torn, named=False)])
    assert said == ["X081"]
