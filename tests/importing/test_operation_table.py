"""机构运行信息表 (财决附03): counts, vehicles and procurement of a unit, in one list or in two beside each other."""

from __future__ import annotations

import pytest
from small_tables import Rows, read

from generator.importing.import_tables import fill
from generator.pack import Pack, PackRoots, load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_pack("final-accounts-national", PackRoots.with_own())
    assert loaded.value is not None and loaded.diagnostics == ()
    return loaded.value


LEFT: Rows = (
    ("一、“三公”经费支出", None, None),
    ("（一）支出合计", 9, 8),
    ("1.因公出国（境）费", 0, 0),
    ("3.公务接待费", 9, 8),
    ("（1）国内接待费", None, 8),
    ("其中：外事接待费", None, 1.5),
    ("（二）相关统计数", None, None),
    ("1.因公出国（境）团组数（个）", None, 0),
    ("4.公务用车保有量（辆）", None, 12),
    ("5.国内公务接待批次（个）", None, 30),
    ("其中：外事接待批次（个）", None, 2),
    ("6.国内公务接待人次（人）", None, 210),
)
RIGHT: Rows = (
    ("二、机关运行经费", 142.8),
    ("（一）行政单位", 142.8),
    ("三、国有资产占用情况", None),
    ("（一）车辆数合计（辆）", 12),
    ("1.副部（省）级及以上领导用车", None),
    ("5.执法执勤用车", 10),
    ("8.其他用车", 2),
    ("（二）单价100万元（含）以上设备（不含车辆）", 1),
    ("四、政府采购支出信息", None),
    ("（一）政府采购支出合计", 5),
    ("1.政府采购货物支出", 5),
    ("（二）政府采购授予中小企业合同金额", 4),
)
BESIDE: Rows = (
    ("项目", "预算数", "决算统计数", "项目", "统计数"),
    *((*left, *right) for left, right in zip(LEFT, RIGHT, strict=True)),
)
BELOW: Rows = (("项目", "行次", "统计数"), *((row[0], n, row[-1]) for n, row in enumerate((*LEFT, *RIGHT), 1)))


@pytest.mark.parametrize("rows", [BESIDE, BELOW])
def test_counts_stay_counts(pack: Pack, rows: Rows) -> None:
    tables, findings = read(pack, {"F03 机构运行信息表(财决附03表)": (("2024年度", "金额单位：万元"), *rows)})
    assert findings == ()
    filled = fill(tables, (), pack.import_form, pack.form.fields, "")
    assert [one.code for one in filled.diagnostics] == ["X056"]
    found = {path: one.text for path, one in filled.value.values.items()}
    assert {path: text for path, text in found.items() if text not in ("0", "2024")} == {
        "三公.保有量": "12",
        "三公.接待.外宾支出": "1.50",
        "三公.接待.国内批次": "30",
        "三公.接待.国内人次": "210",
        "三公.接待.外宾批次": "2",
        "机关运行经费.决算": "142.80",
        "国有资产.执法执勤用车": "10",
        "国有资产.其他用车": "2",
        "国有资产.设备": "1",
        "政府采购.货物": "5.00",
    }
    assert {path for path, text in found.items() if text == "0"} == {"三公.团组数", "国有资产.部级领导干部用车"}
