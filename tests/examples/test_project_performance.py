"""项目支出绩效自评表 of two offices: the national form (贡井 2020, 2021), Sichuan's (2023), and planted mistakes.

`pytest --update-golden` rewrites the texts in gongjing-projects-2020/, gongjing-projects-2021/, sichuan-project-2023/.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from docx import Document
from docx.table import Table
from support import plain

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.as_text import report_lines
from generator.pack import PackRoots
from generator.pipeline import Examined, Wanted, build_word, examine
from generator.writers.outline import write_outline
from generator.writers.pages import Paged

ROOT = Path(__file__).resolve().parents[2]
ROOTS = PackRoots.with_own(())
GONGJING, SICHUAN = "gongjing-projects-2020", "sichuan-project-2023"
EXAMPLES = (GONGJING, "gongjing-projects-2021", SICHUAN)

Golden = Callable[[Path, str], None]


def examined(path: Path) -> Examined:
    made = examine(path, ROOTS)
    assert made.value is not None, made.diagnostics
    return made.value


def filled_in(name: str) -> dict[str, Any]:
    """The example as typed, every scalar a text."""
    text = (ROOT / "inputs" / name / "项目.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return read


@pytest.fixture(scope="module")
def reports() -> dict[str, Examined]:
    return {name: examined(ROOT / "inputs" / name) for name in EXAMPLES}


@pytest.fixture(scope="module")
def built(reports: dict[str, Examined], libreoffice: Path) -> dict[str, Paged]:
    """Word and PDF of each."""
    made = {}
    for name, one in reports.items():
        word = build_word(one.document, one.case.pack, Wanted(pdf=True))
        assert word.diagnostics == ()
        assert word.value is not None
        made[name] = word.value
    return made


# -- the whole, line by line ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_outline(name: str, reports: dict[str, Examined], golden: Golden) -> None:
    golden(Path(__file__).parent / name / "outline.txt", write_outline(reports[name].document))


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_noticed_in_the_examples(name: str) -> None:
    assert list(report_lines(examine(ROOT / "inputs" / name, ROOTS).diagnostics)) == ["没有发现问题。"]


def score_of(row: dict[str, str]) -> Decimal:
    """Worked out once more: what the office gave itself, else in proportion, never more than the weight."""
    weight = Decimal(row["分值"])
    if "自评得分" in row:
        return Decimal(row["自评得分"])
    if row["方向"] == "定性":
        return weight * Decimal(row.get("完成程度", "100")) / 100
    target, actual = Decimal(row["目标值"]), Decimal(row["实际值"])
    met = actual <= target if row["方向"] == "≤" else actual >= target
    return weight if met else weight * (target / actual if row["方向"] == "≤" else actual / target)


@pytest.mark.parametrize("name", EXAMPLES)
def test_totals_are_the_weights_and_scores_added_up(name: str, reports: dict[str, Examined]) -> None:
    lines = plain(write_outline(reports[name].document)).splitlines()
    printed = [line.removesuffix(" |").split(" | ")[1:3] for line in lines if line.startswith(("  - 总分", "  - 合计"))]
    expected = []
    for project in filled_in(name)["项目"]:
        budget, spent = (
            sum(Decimal(row[column]) for row in project["资金"]) for column in ("全年预算数", "全年执行数")
        )
        score = 10 * spent / budget + sum(score_of(row) for row in project["指标"])
        weights = 10 + sum(Decimal(row["分值"]) for row in project["指标"])
        shown = (
            str(score.quantize(Decimal("0.01"), ROUND_HALF_UP)).rstrip("0").rstrip(".") if score % 1 else f"{score:f}"
        )
        expected.append([str(weights), shown.split(".")[0] if shown.endswith(".00") else shown])
    assert printed == expected


# -- Word and PDF -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_word_file_is_valid(name: str, built: dict[str, Paged], validate_docx: Callable[[bytes], str]) -> None:
    assert validate_docx(built[name].docx) == ""


def tables_of(docx: bytes) -> list[Table]:
    return list(Document(io.BytesIO(docx)).tables)


def grid_of(table: Table) -> list[list[str]]:
    """The text under each grid position; a merged cell shows at each position that it covers."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def covered(table: Table, text: str) -> set[tuple[int, int]]:
    """Grid positions (row, column) of the one merged cell that says `text`."""
    places: dict[object, set[tuple[int, int]]] = {}
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if cell.text == text:
                places.setdefault(cell._tc, set()).add((number, column))
    assert len(places) == 1, (text, places)
    return next(iter(places.values()))


def block(rows: range, columns: range) -> set[tuple[int, int]]:
    return {(row, column) for row in rows for column in columns}


def test_merged_cells_of_the_national_form(built: dict[str, Paged]) -> None:
    table = tables_of(built[GONGJING].docx)[2]  # 居民职工基金征收监管: seven indicators
    assert covered(table, "项目资金（万元）") == block(range(2, 7), range(1))
    assert covered(table, "年度总体目标") == block(range(7, 9), range(1))
    assert covered(table, "预期目标") == block(range(7, 8), range(1, 5))
    assert covered(table, "实际完成情况") == block(range(7, 8), range(5, 9))
    assert covered(table, "绩效指标") == block(range(9, 17), range(1))
    assert covered(table, "产出指标") == block(range(10, 14), range(1, 2))
    assert covered(table, "数量指标") == block(range(10, 14), range(2, 3))
    assert covered(table, "效益指标") == block(range(14, 16), range(1, 2))
    assert covered(table, "总分") == block(range(17, 18), range(6))
    grid = grid_of(table)
    assert grid[3][1:] == ["年度资金总额", "年度资金总额", "5.00", "5.00", "5.00", "10", "100%", "10"]
    for row, source in ((4, "其中：当年财政拨款"), (5, "上年结转资金"), (6, "其他资金")):
        assert grid[row][1:3] == [source, source]
        assert grid[row][6:] == ["—", "—", "—"]
    assert grid[17][6:] == ["100", "98.5", ""]


def test_merged_cells_of_the_sichuan_form(built: dict[str, Paged]) -> None:
    table = tables_of(built[SICHUAN].docx)[0]
    assert covered(table, "项目基本情况") == block(range(2, 5), range(1))
    assert covered(table, "1.项目年度目标完成情况") == block(range(2, 4), range(1, 3))
    assert covered(table, "预算执行情况（10分）") == block(range(5, 11), range(1))
    assert covered(table, "9.52") == block(range(6, 11), range(9, 10))
    assert covered(table, "绩效指标（90分）") == block(range(11, 20), range(1))
    assert covered(table, "产出指标") == block(range(12, 16), range(1, 2))
    assert covered(table, "数量指标") == block(range(12, 14), range(2, 3))
    assert covered(table, "项目负责人：") == block(range(24, 25), range(5))
    grid = grid_of(table)
    assert grid[6][3:8] == ["320.00", "308.40", "308.40", "293.58", "95.19%"]
    assert [row[7] for row in grid[7:11]] == ["95%", "—", "100%", "—"]
    assert grid[20][8:] == ["100", "98.69", ""]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_project_has_its_own_page(name: str, built: dict[str, Paged]) -> None:
    pdf = built[name].pdf
    assert pdf is not None
    pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    projects = [one["名称"] for one in filled_in(name)["项目"]]
    assert len(pages) == len(projects)
    for page, project in zip(pages, projects, strict=True):
        assert "绩效自评表" in page
        assert project in page
        assert [other for other in projects if f"{other}主管部门" in page] == [project]


# -- what is not filled in is not printed -----------------------------------------------------------------------------


def changed(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of the example; each old text stands in it exactly once."""
    folder = tmp_path / name
    shutil.copytree(ROOT / "inputs" / name, folder)
    path = folder / "项目.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


def test_without_date_and_with_other_offices(tmp_path: Path) -> None:
    folder = changed(
        tmp_path,
        GONGJING,
        ("填报日期: 2021-04-20  # 示例补充\n", ""),
        ("  - 名称: 医疗救助监管\n", "  - 名称: 医疗救助监管\n    主管部门: 示例民政局\n    实施单位: 示例镇\n"),
    )
    lines = write_outline(examined(folder).document).splitlines()
    assert {line for line in lines if "表左注" in line} == {"  表左注 填报单位：自贡市贡井区医疗保障局"}
    offices = [line for line in lines if line.startswith("  - 主管部门")]
    assert offices[-1] == "  - 主管部门 ⟦1×2⟧ | 示例民政局 ⟦1×2⟧ | 实施单位 | 示例镇 ⟦1×4⟧"
    assert len(set(offices)) == 2


# -- planted mistakes -------------------------------------------------------------------------------------------------

FUNDS = "来源: 当年财政拨款, 年初预算数: 50000.00, 全年预算数: 50000.00, 全年执行数: 50000.00}"
"""Funds of 居民职工基金征收监管, the only ones of 5 万元."""

REASON = (
    "    执行原因: 年中按实际招标价调减财政资金23.60万元，学校自筹12.00万元；质保金14.82万元按合同于验收满一年后支付\n"
)
ABLE = "教师信息技术应用能力普遍提升。"

MISTAKES = [
    ("执行大于预算", GONGJING, (FUNDS, FUNDS.replace("执行数: 5", "执行数: 6")), ["P-FUND-OVER 错误"]),
    (
        "总额与分项不符",
        GONGJING,
        (f"- {{{FUNDS}", f"- {{{FUNDS}\n    全年预算数: 55000.00"),
        ["F004 错误"],
    ),
    (
        "单位填错",
        GONGJING,
        (FUNDS, FUNDS.replace("数: 50000.00", "数: 5000000000").replace("年初预算数: 5000000000", "年初预算数: 50000")),
        ["C043 警告"],
    ),
    ("分值合计不是100", GONGJING, ("实际值: 93, 分值: 10", "实际值: 93, 分值: 12"), ["P-WEIGHT 错误"]),
    ("没有达到又没有原因", GONGJING, ("实际值: 93, 分值: 10", "实际值: 89, 分值: 10"), ["P-REASON 错误"]),
    (
        "远超指标值没有原因",
        GONGJING,
        (", 偏差原因: 配合参保缴费集中宣传，增加2次；今后按年度宣传计划设定目标值", ""),
        ["P-OVER 警告"],
    ),
    ("自评得分算错", GONGJING, ("自评得分: 13.5", "自评得分: 12"), ["P-SCORE 警告"]),
    ("自评得分超过分值", GONGJING, ("自评得分: 13.5", "自评得分: 16"), ["P-SCORE-RANGE 错误", "P-SCORE 警告"]),
    (
        "总分填错",
        GONGJING,
        ("  - 名称: 医疗救助监管\n", "  - 名称: 医疗救助监管\n    总分: 98\n"),
        ["P-TOTAL 错误"],
    ),
    (
        "执行率得分填错",
        GONGJING,
        ("  - 名称: 医疗救助监管\n", "  - 名称: 医疗救助监管\n    执行率得分: 9\n"),
        ["P-EXEC 错误"],
    ),
    (
        "二级不属于一级",
        GONGJING,
        ("满意度指标, 二级: 服务对象满意度指标, 三级: 参保群众", "效益指标, 二级: 服务对象满意度指标, 三级: 参保群众"),
        ["P-LABEL 错误"],
    ),
    (
        "成本列为一级",
        GONGJING,
        ("一级: 产出指标, 二级: 数量指标, 三级: 抽查企业", "一级: 成本指标, 二级: 经济成本指标, 三级: 抽查企业"),
        ["P-COST-LEVEL 警告"],
    ),
    (
        "没有执行完没有原因",
        SICHUAN,
        (REASON, ""),
        ["F003 待填"],
    ),
    (
        "四川表执行大于预算",
        SICHUAN,
        ("全年预算数: 48.00, 全年执行数: 48.00", "全年预算数: 48.00, 全年执行数: 48.50"),
        ["P-FUND-OVER 错误", "F003 待填"],
    ),
    ("字数超过", SICHUAN, (ABLE, ABLE * 7), ["P-LENGTH-DONE 警告"]),
]  # fmt: skip


def noticed(path: Path) -> list[Diagnostic]:
    return [one for one in examine(path, ROOTS).diagnostics if one.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("name", "change", "codes"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES]
)
def test_planted_mistakes_are_found(tmp_path: Path, name: str, change: tuple[str, str], codes: list[str]) -> None:
    folder = changed(tmp_path, name, change)
    found = noticed(folder)
    assert sorted({f"{one.code} {one.severity.word}" for one in found}) == sorted(codes)
    lines = (folder / "项目.yaml").read_text(encoding="utf-8").splitlines()
    kept = (ROOT / "inputs" / name / "项目.yaml").read_text(encoding="utf-8").splitlines()
    first = next(number for number, (new, old) in enumerate(zip(lines, kept, strict=False), 1) if new != old)
    start = max(number for number in range(1, first + 1) if lines[number - 1].startswith("  - 名称"))
    later = [number for number in range(first + 1, len(lines) + 1) if lines[number - 1].startswith("  - 名称")]
    end = later[0] if later else len(lines) + 1
    for one in found:  # in the project where the mistake stands; a wrong unit also names the line of the unit
        assert any(start <= place.line < end for place in one.places), one


def in_hubei(tmp_path: Path, weights: tuple[int, ...]) -> Path:
    """DRGs项目经费 as an office in Hubei would hand it in, its first indicator reached in part."""
    data = filled_in(GONGJING)
    data["报告"] = "project-performance-hubei"
    project = data["项目"] = [data["项目"][0]]
    for row, weight in zip(project[0]["指标"], weights, strict=True):
        row["分值"] = str(weight)
    first = project[0]["指标"][0]
    del first["完成程度"]
    first["档次"] = "部分达成预期指标并具有一定效果"
    path = tmp_path / "项目.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_hubei_gives_execution_twenty_points(tmp_path: Path) -> None:
    path = in_hubei(tmp_path, (20, 20, 40))
    assert noticed(path) == []
    lines = plain(write_outline(examined(path).document)).splitlines()
    assert next(line for line in lines if "年度资金总额" in line).endswith("| 20 | 100% | 20")
    first = next(line for line in lines if "医保支付方式改革 | 逐步推开" in line)
    assert first.split(" | ")[6:8] == ["20", "13"]
    assert "  - 总分 ⟦1×6⟧ | 100 | 93 |" in lines


def test_hubei_holds_each_level_to_its_points(tmp_path: Path) -> None:
    found = noticed(in_hubei(tmp_path, (30, 20, 30)))
    assert [(one.code, one.severity.word) for one in found] == [("P-SUMLEVEL", "错误")] * 2
    assert "该一级指标的分值合计 50分，规定的权重 40分" in found[0].message


def test_a_project_without_a_budget_asks_for_its_score_and_nothing_else(tmp_path: Path) -> None:
    """There is no rate to compute; the office decides what the line gets, in the cell of that very score."""
    funds = "年初预算数: 30000.00, 全年预算数: 30000.00, 全年执行数: 30000.00"
    project = f"  - 名称: DRGs项目经费\n    资金:\n      - {{来源: 当年财政拨款, {funds}}}"
    folder = changed(tmp_path, GONGJING, (project, project.replace("30000.00", "0")))
    screen = "\n".join(report_lines(examine(folder, ROOTS).diagnostics))
    assert "项目 1处：项目（DRGs项目经费）·预算执行率得分（第15行）" in screen
    assert screen.endswith("共待填1处、1个警告。")
    text = (folder / "项目.yaml").read_text(encoding="utf-8")
    (folder / "项目.yaml").write_text(
        text.replace("    资金:\n", "    执行率得分: 10\n    资金:\n", 1), encoding="utf-8"
    )
    assert [one.code for one in noticed(folder)] == ["P-FUND-NONE"], "a warning, and nothing more"
