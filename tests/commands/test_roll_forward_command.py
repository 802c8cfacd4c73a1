"""`juesuan roll-forward` as an office uses it; used wrongly, it says so clearly and leaves every file as it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from support import SETTINGS, pack_folder

from generator.cli import entry
from generator.pack import PackRoots
from generator.pipeline import examine

INPUTS = Path(__file__).resolve().parents[2] / "inputs"

PACK = SETTINGS.replace("{{ 单位 }}", "{{ 单位.名称 }}")
FIELDS = """
年度: {类型: 年度, 标签: 决算年度, 必填: 是}
单位: {标签: 单位, 字段: {名称: {类型: 文字, 标签: 单位名称, 沿用: 是}}}
收支:
  标签: 收支
  字段:
    决算: {类型: 金额, 标签: 决算数, 必填: 是}
    上年: {类型: 金额, 标签: 上年数, 必填: 是, 上年对应: 决算}
    原因: {类型: 原因, 标签: 变动原因, 当: "=收支.决算 != 收支.上年", 年度性: 是}
支出:
  标签: 支出
  行:
    主键: 科目
    字段:
      科目: {类型: 功能科目, 标签: 科目, 级次: 项}
      决算: {类型: 金额, 标签: 决算数, 缺省: 0}
"""
DATA = """报告: example
金额单位: 万元
年度: 2020
单位: {名称: 甲局}
收支: {决算: 12.5, 上年: 10, 原因: 在职人员增加两名}
支出:
  - {科目: 2080505, 决算: 12.5}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder of inputs, and an own pack beside it."""
    pack_folder(tmp_path / "templates", {"fields.yaml": FIELDS, "pack.yaml": PACK}, text="{{ 收支.原因 }}\n")
    folder = tmp_path / "填报" / "甲局-2020"
    folder.mkdir(parents=True)
    (folder / "数据.yaml").write_text(DATA, encoding="utf-8")
    return tmp_path


def run(office: Path, *arguments: object) -> Result:
    own = ["--templates", str(office / "templates")]
    return CliRunner().invoke(entry, ["roll-forward", *map(str, arguments), *own], catch_exceptions=False)


def state(folder: Path) -> dict[str, str]:
    """Every file below the folder with its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_gets_its_next_year_beside_it(office: Path) -> None:
    before = state(office)
    made = run(office, office / "填报" / "甲局-2020")
    new = office / "填报" / "甲局-2021"
    assert made.exit_code == 0
    assert (
        made.output
        == f"""已由 2020 年度结转到 2021 年度：{new / "数据.yaml"}、{new / "结转记录.yaml"}
移到上年 1 项
    收支·上年数：12.50    数据.yaml 第16行
清空待填 2 项
    收支·决算数    数据.yaml 第15行
    支出·决算数    数据.yaml 第21行
待确认 1 项
    收支·变动原因    数据.yaml 第17行
沿用 2 项
接着请填写新的文件，并运行 juesuan check：现在还有 2 处没有填。
"""
    )
    assert {name: mark for name, mark in state(office).items() if name in before} == before
    assert (
        (new / "数据.yaml").read_text(encoding="utf-8")
        == """# 2021年度示例报告
# 由上年的填报数据结转而来：上年数已移到对比栏，本年的数空着或写着“〔待填〕”，请逐项填写。
# 文字前面写着“〔待确认〕”的是上年的内容：请改成本年的情况，再删去“〔待确认〕”；没有变化的只删去这几个字。
# 没有发生的金额填 0，不存在的填“不适用”。行首的“#”是说明，不读取。
报告: example
金额单位: 万元
年度: 2021

# 单位
单位:
  名称: 甲局

# 收支
收支:
  决算:  # 决算数；金额；必填
  上年: 12.50
  原因: 〔待确认〕在职人员增加两名

# 支出（可填多行，每行以“- ”开头；没有就空着）
支出:
  - {科目: 2080505, 决算: 〔待填〕}
"""
    )


def test_check_and_build_say_what_is_left(office: Path) -> None:
    run(office, office / "填报" / "甲局-2020")
    own = ["--templates", str(office / "templates")]
    new = str(office / "填报" / "甲局-2021")
    checked = CliRunner().invoke(entry, ["check", new, *own])
    assert (checked.exit_code, "\n共待填2处、1个警告。\n" in checked.output) == (1, True)
    built = CliRunner().invoke(entry, ["build", new, "--draft", "-o", str(office / "out"), *own])
    assert "警告 I068  数据.yaml 第17行\n    收支·变动原因还没有确认，标着“〔待确认〕”" in built.output


def test_filled_in_the_report_prints_no_mark(office: Path) -> None:
    run(office, office / "填报" / "甲局-2020")
    file = office / "填报" / "甲局-2021" / "数据.yaml"
    text = file.read_text(encoding="utf-8").replace("决算:  #", "决算: 15  #").replace("〔待填〕", "15")
    file.write_text(text, encoding="utf-8")
    read = examine(file.parent, PackRoots.with_own((office / "templates",)))
    assert [d.code for d in read.diagnostics] == ["I068"]
    assert read.value is not None
    assert "待确认" not in repr(read.value.document)
    file.write_text(text.replace("〔待确认〕", ""), encoding="utf-8")
    assert [d.code for d in examine(file.parent, PackRoots.with_own((office / "templates",))).diagnostics] == ["N020"]


@pytest.mark.parametrize(
    ("given", "asked", "written"),
    [
        (["甲局-2020/数据.yaml"], [], "甲局-2021/数据-2021.yaml"),
        (["2020-乙局.yaml"], [], "2021-乙局.yaml"),
        (["甲局-2020/数据.yaml"], ["-o", "新/甲局.yaml"], "新/甲局.yaml"),
        (["甲局-2020/数据.yaml"], ["-o", "新/甲局.xlsx"], "新/甲局.xlsx"),
        (["甲局-2020/数据.yaml"], ["-o", "新"], "新/数据-2021.yaml"),
        (["甲局-2020/数据.yaml"], ["--workbook"], "甲局-2021/数据-2021.xlsx"),
        (["甲局-2020"], ["--workbook"], "甲局-2021/填报.xlsx"),
        (["甲局-2020"], ["-o", "乙"], "乙/数据.yaml"),
        (["甲局-2020"], ["-o", "乙.yaml"], "乙.yaml"),
        (["甲局-2020"], ["--year", "2021"], "甲局-2021/数据.yaml"),
    ],
)
def test_where_it_goes(office: Path, given: list[str], asked: list[str], written: str) -> None:
    folder = office / "填报"
    (folder / "2020-乙局.yaml").write_text(DATA, encoding="utf-8")
    options = [str(folder / one) if asked[n - 1 : n] == ["-o"] else one for n, one in enumerate(asked)]
    made = run(office, folder / given[0], *options)
    assert (made.exit_code, (folder / written).is_file()) == (0, True), made.output
    whole = (folder / written).parent if (folder / written).name == "数据.yaml" else folder / written
    found = examine(whole, PackRoots.with_own((office / "templates",))).diagnostics
    assert sorted({d.code for d in found}) in (["F002", "I067", "I068"], ["F001", "F002", "I067", "I068"])


def test_a_workbook_gives_a_workbook_with_a_hidden_memory(office: Path) -> None:
    folder = office / "填报"
    run(office, folder / "甲局-2020", "--workbook")
    book = load_workbook(folder / "甲局-2021" / "填报.xlsx")
    assert book["结转记录"].sheet_state == "hidden"
    assert [cell.value for cell in book["结转记录"][2]][:2] == ["收支.上年", "125000.0"]
    rows = [row for page in book.worksheets for row in page.iter_rows(min_row=4)]
    form = {row[0].value: row[1].value for row in rows if row[0].value in ("决算数", "上年数", "变动原因")}
    assert form == {"决算数": None, "上年数": 12.5, "变动原因": "〔待确认〕在职人员增加两名"}


def test_a_name_without_year_gets_one(office: Path) -> None:
    shutil.move(office / "填报" / "甲局-2020", office / "填报" / "甲局")
    run(office, office / "填报" / "甲局")
    assert (office / "填报" / "甲局-2021" / "数据.yaml").is_file()


def test_as_json(office: Path) -> None:
    data = json.loads(run(office, office / "填报" / "甲局-2020", "--json").output)
    assert (data["from"], data["to"], data["pack"], data["findings"]) == (2020, 2021, "example", [])
    assert data["steps"][1] == {
        "kind": "清空待填",
        "name": "收支.决算",
        "label": "收支·决算数",
        "place": "数据.yaml 第15行",
        "detail": "",
        "computed": False,
    }


# -- wrong uses ------------------------------------------------------------------------------------------------------
WRONG = [
    (["没有"], {}, "O031", "找不到“{填报}/没有”"),
    (["甲局-2020", "--year", "2020"], {}, "N001", "填报数据是2020年度的，只能结转到2021年度，写的是2020年度"),
    (["甲局-2020", "--year", "2022"], {}, "N001", "上年数取自2020年度的决算；请写 --year 2021，或不写"),
    (["甲局-2020"], {"甲局-2020/数据.yaml": DATA.replace("example", "exampel")}, "T112", "模板包“exampel”不存在"),
    (
        ["甲局-2020"],
        {"甲局-2020/数据.yaml": DATA.replace("决算: 12.5, 上", "决算: 无, 上")},
        "N002",
        "有1个错误，没有结转",
    ),
    (["甲局-2020"], {"甲局-2020/数据.yaml": DATA.replace("决算: 12.5, 上", "决算: 无, 上")}, "I056", "没有发生的填 0"),
    (["甲局-2020"], {"甲局-2020/数据.yaml": "报告: example\n单位: ["}, "N002", "没有结转"),
    (["甲局-2020"], {"甲局-2021/旧.yaml": "年度: 2021\n"}, "X062", "甲局-2021”已经有内容，没有写入"),
    (["甲局-2020", "-o", "{填报}/旧.yaml"], {"旧.yaml": "年度: 2021\n"}, "X062", "旧.yaml”已经有内容，没有写入"),
    (["甲局-2020", "-o", "{填报}/占/下"], {"占": "是文件"}, "O0", "没有结转，没有写入任何文件。"),
    (["甲局-2020"], {"甲局-2020/.~数据.yaml": ""}, "N004", "“数据.yaml”正在别的程序里打开，可能有没保存的改动"),
]


@pytest.mark.parametrize(
    ("arguments", "files", "code", "sentence"), WRONG, ids=[f"{w[2]}-{n}" for n, w in enumerate(WRONG)]
)
def test_wrong_uses_are_explained_and_change_nothing(
    office: Path, arguments: list[str], files: dict[str, str], code: str, sentence: str
) -> None:
    folder = office / "填报"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    before = state(office)
    source, *options = [one.replace("{填报}", str(folder)) for one in arguments]
    made = run(office, folder / source, *options)
    assert made.exit_code == 1
    assert code in made.output
    assert sentence.replace("{填报}", str(folder)) in made.output
    assert made.output.endswith("没有结转，没有写入任何文件。\n")
    assert state(office) == before


def test_without_a_year_nobody_knows_the_next(tmp_path: Path) -> None:
    """A form that neither demands nor prints the year."""
    pack = PACK.replace("{{ 年度 }}年度", "").replace("{{ 年度 }}-", "")
    fields = FIELDS.replace("标签: 决算年度, 必填: 是", "标签: 决算年度")
    pack_folder(tmp_path / "templates", {"fields.yaml": fields, "pack.yaml": pack})
    file = tmp_path / "数据.yaml"
    file.write_text(DATA.replace("年度: 2020\n", ""), encoding="utf-8")
    made = run(tmp_path, file)
    assert (made.exit_code, made.output.split("\n")[:2]) == (
        1,
        ["错误 N003", "    填报数据没有写年度，不知道结转到哪一年"],
    )


def test_two_forms_at_once_are_wrong_use(office: Path) -> None:
    made = run(office, office / "填报" / "甲局-2020", "--workbook", "--yaml")
    assert made.exit_code == 2


@pytest.mark.parametrize("name", ["gongjing-2020", "putuo-finance-2024"])
def test_the_examples(tmp_path: Path, name: str) -> None:
    made = CliRunner().invoke(entry, ["roll-forward", str(INPUTS / name), "-o", str(tmp_path / "新")])
    assert made.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "新").iterdir()) == sorted(
        ["结转记录.yaml", *(path.name for path in (INPUTS / name).glob("*.yaml"))]
    )
