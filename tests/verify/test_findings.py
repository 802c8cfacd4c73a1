"""What the office or the maintainer of a pack is told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from printed import report, table, text

from generator.place import Place
from generator.verify.findings import findings
from generator.verify.verify import verify

LINE = "机关运行经费支出142.80万元，比2023年度减少13.52万元，下降8.65%。主要原因：培训费12.00万元，占8.40%。"
REASON = "公务接待费支出0.32万元。全年严格执行规定，接待费支出决算为0.23万元，完成预算120%，决算数小于预算数。"


def test_what_the_program_printed_is_its_own_fault() -> None:
    (found,) = findings(report(text(LINE.replace("8.65", "9.65"))))
    assert found.code == "V001"
    assert found.message == (
        "成稿自相矛盾：“收入支出决算总体情况说明”一节“…年度减少13.52万元，下降9.65%。主要原因：培训费12.0…”，"
        "增减幅＝增减额÷（本年数－增减额）：印的是9.65%，按所印的数应为8.65%（142.80万元、13.52万元）"
    )


def test_what_the_office_typed_is_its_own_to_correct() -> None:
    typed = "全年严格执行规定，接待费支出决算为0.23万元，完成预算120%，决算数小于预算数。"
    assert [one.code for one in findings(report(text(REASON)))] == ["V001"]
    (found,) = findings(report(text(REASON)), (typed,))
    assert found.code == "V002"
    assert found.message.startswith("手工填写的文字与报告里的数不一致")


def test_numbers_that_were_all_typed_lead_to_their_cells() -> None:
    drawn = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n208 | 社会保障 | 3832.40 | 1572.70 | 2259.65"
    cells = [Place("支出.xlsx", sheet="支出", cell=cell) for cell in ("C4", "D4", "E4")]
    typed = [(Decimal(n) * 10000, cell) for n, cell in zip(("3832.40", "1572.70", "2259.65"), cells, strict=True)]
    (found,) = findings(report(table("支出决算表", drawn)), (), typed)
    assert found.code == "V004"
    assert found.message.startswith("填报的数自相矛盾：“支出决算表”第2行")
    assert set(found.places) == set(cells)
    (other,) = findings(report(table("支出决算表", drawn)), (), typed[1:])
    assert other.code == "V001"


def test_a_table_that_is_off_by_rounding_says_so() -> None:
    drawn = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n208 | 社会保障 | 3832.36 | 1572.70 | 2259.65"
    (found,) = findings(report(table("支出决算表", drawn)))
    assert found.code == "V003"
    assert "相差的是四舍五入的尾差，表下没有说明" in found.message
    note = ("因四舍五入，部分合计数与分项之和存在尾差。",)
    assert findings(report(table("支出决算表", drawn, notes=note))) == ()


def test_a_chart_is_named_by_its_caption(word_of: Callable[[str], bytes]) -> None:
    """A slice whose label says another share than the text."""
    docx = with_part_changed(word_of("gongjing-2021"), "word/charts/", b"42.40%", b"42.41%")
    found = [one.message for one in findings(verify(docx)) if one.code == "V001"]
    assert found == [
        "成稿自相矛盾：“图6：2021年度一般公共预算财政拨款支出决算结构图（%）”中的“社会保障和就业支出”，"
        "图上的比重与文字一致：印的是42.41%，按所印的数应为42.40%",
    ]


def with_part_changed(docx: bytes, folder: str, old: bytes, new: bytes) -> bytes:
    """The file with `old` replaced in its parts below `folder`, where it stands at least once."""
    made = BytesIO()
    changed = 0
    with ZipFile(BytesIO(docx)) as before, ZipFile(made, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.startswith(folder):
                changed += data.count(old)
                data = data.replace(old, new)
            after.writestr(name, data)
    assert changed
    return made.getvalue()
