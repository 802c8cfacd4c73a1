"""Published tables of last year, this year and the budget, to a draft: what is left stands in none of them."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.case import InputFiles, read_case
from generator.cli import entry
from generator.pack import PackRoots
from generator.pipeline import make_document
from generator.writers.docx import write_docx

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs" / "putuo-finance-2024"
IN_NO_TABLE = (
    *("主要职能", "纳入部门决算编制范围的单位", "预算绩效管理情况"),
    *("机关运行经费", "政府采购支出", "国有资产占有使用情况"),
)


def published(year: int) -> bytes:
    """The example's report as a Word file, of that year."""
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLE.glob("*.yaml"))]
    files = tuple((name, text.replace("年度: 2024", f"年度: {year}")) for name, text in texts)
    case = read_case(InputFiles(EXAMPLE, files, ""), PackRoots.with_own(), {}).value
    assert case is not None
    document = make_document(case).value
    assert document is not None
    return write_docx(document, case.pack.look)


def budget(path: Path, rows: list[tuple[str, str, str]], three: dict[str, str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年一般公共预算支出表"])
    sheet.append(["单位：万元"])
    sheet.append(["科目编码", "科目名称", "合计"])
    for row in rows:
        sheet.append([*row[:2], float(row[2])])
    sheet.append(["合计", None, round(sum(float(row[2]) for row in rows), 2)])
    second = book.create_sheet("三公")
    for line in (["2024年“三公”经费支出预算表"], ["单位：万元"], ["项目", "预算数"], *map(list, three.items())):
        second.append(line)
    book.save(path)
    return path


def operation_table(path: Path) -> Path:
    vehicles = ("部级领导干部用车", "主要领导干部用车", "机要通信用车", "应急保障用车", "执法执勤用车")
    more = ("特种专业技术用车", "离退休干部服务用车", "其他用车", "（二）单价100万元（含）以上设备（不含车辆）")
    amounts = {
        **dict.fromkeys((*vehicles, *more), 0),
        "1.政府采购货物支出": 5,
        "2.政府采购工程支出": 0,
        "3.政府采购服务支出": 9,
    }
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["机构运行信息表"], ["2024年度", "单位：万元"], ["项目", "决算统计数"], *map(list, amounts.items())):
        sheet.append(line)
    book.save(path)
    return path


def left(output: str) -> dict[str, str]:
    """Group → what of it has to be filled in."""
    lines = output.partition("还要填写")[2].splitlines()[1:]
    pairs = (line.strip().partition("：")[::2] for line in lines if line.startswith("  "))
    return {group: rest for group, rest in pairs if not group.startswith("同一栏")}


def test_three_sets_of_tables_leave_what_stands_in_none_of_them(tmp_path: Path) -> None:
    for year in (2023, 2024):
        (tmp_path / f"{year}.docx").write_bytes(published(year))
    text = (EXAMPLE / "公开表.yaml").read_text(encoding="utf-8")
    part = text.partition("\n一般公共预算支出:")[2].partition("\n\n")[0]
    found = re.findall(r'科目: "?(\d{7}) ?([^"\n#]*)"?.*?\n\s+预算: ([\d.]+)', part, re.DOTALL)
    rows = [(code, name.strip(), amount) for code, name, amount in found]
    assert len(rows) == 11
    asked = budget(tmp_path / "预算.xlsx", rows, {"公务接待费": "0.95", "合计": "0.95"})
    given = [str(tmp_path / "2024.docx"), "--prior", str(tmp_path / "2023.docx"), "--budget", str(asked)]
    result = CliRunner().invoke(entry, ["import", *given, "-o", str(tmp_path / "局")])
    assert result.exit_code == 0, result.output
    assert "错误" not in result.output
    rest = left(result.output)
    figures = {group: labels for group, labels in rest.items() if not group.startswith(IN_NO_TABLE)}
    assert all(not re.search("年初预算数|决算数（|上年度[^、]*数|总计", labels) for labels in figures.values()), figures
    assert not re.search("团组|人次|批次|购置公务用车|保有量", figures.get("财政拨款“三公”经费", ""))
    things = re.search(r"还要填写 (\d+) 项", result.output)
    assert things is not None and int(things[1]) <= 30, "row by row, reasons and all"
    own = operation_table(tmp_path / "附03.xlsx")
    result = CliRunner().invoke(entry, ["import", str(own), *given, "-o", str(tmp_path / "局二")])
    things = re.search(r"还要填写 (\d+) 项", result.output)
    assert things is not None and int(things[1]) <= 25, "with the treasury's table of counts, vehicles and procurement"
    held = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "局二").glob("*.yaml"))
    assert "其他用车: 0" in held and not re.search("车辆合计|待填：政府采购金额", held), "its parts say the total"
    read = (tmp_path / "局" / "公开表.yaml").read_text(encoding="utf-8")
    assert "    预算: 0.95  # 预算.xlsx · 三公!B4" in read
    assert '  三公表位置: "末一张"' in read or '  三公表位置: "第七张"' in read
    # What last year's report says where this year's tables are silent: to be confirmed, and no reason.
    assert '用途: "〔待确认〕局本部人员经费和公用经费等支出"  # 照 2023.docx' in read
    assert not re.search("原因: .*待确认", read)
    rest = (tmp_path / "局" / "待填.yaml").read_text(encoding="utf-8")
    assert '  上年: "〔待确认〕184.65"  # 照 2023.docx' in read + rest


@pytest.mark.parametrize("name", ["putuo-planning-2024"])
def test_published_tables_of_a_real_unit(shared: Path, tmp_path: Path, name: str) -> None:
    """The budget's table is made in the layout of a published one; last year's tables are this year's once more."""
    tables = shared / "published" / f"{name}.tables.xlsx"
    if not tables.is_file():
        pytest.skip(f"{name} is not among the published documents beside the repository")
    sheet = openpyxl.load_workbook(tables)["一般公共预算财政拨款支出决算表"]
    cells = [row[:3] for row in sheet.iter_rows(min_row=3, values_only=True)]
    rows = [(str(code), str(label), str(amount)) for code, label, amount in cells if code and len(str(code)) == 7]
    asked = budget(tmp_path / "预算.xlsx", rows, {"公务接待费": "2.85", "合计": "2.85"})
    given = [str(tables), "--prior", str(tables), "--budget", str(asked), "--unit", "万元", "--year", "2024"]
    result = CliRunner().invoke(entry, ["import", *given, "-o", str(tmp_path / "局")])
    assert result.exit_code == 0, result.output
    rest = left(result.output)
    assert not re.search("年初预算数|总计", " ".join(labels for group, labels in rest.items() if group[:2] != "预算"))
    things = re.search(r"共 (\d+) 件", result.output)
    assert things is not None and int(things[1]) <= 30, "nothing but tables was given, and no report of last year"
