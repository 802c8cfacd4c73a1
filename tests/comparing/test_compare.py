"""Two versions of a report: one changed cell, and exactly what changes with it is listed."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from every import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from one_cell import CELLS, INPUTS, Cell, changed, compared, differences, report
from small_reports import Numbers, between, laid

from generator.comparing.compare import compare
from generator.comparing.comparison import Comparison
from generator.comparing.comparison_text import comparison_lines
from generator.document.occurrences import Spot
from generator.word_file.marked_file import Marked, open_marked
from generator.writers.docx import write_docx
from generator.writers.outline import write_outline


def figures(comparison: Comparison) -> Counter[tuple[str, str, str]]:
    """(name, before, after) at every place where the digits differ."""
    return Counter(
        (fact.name, one.old, one.new)
        for fact in comparison.facts
        for one in fact.printed
        if one.old and one.new and one.old != one.new
    )


def sentences(comparison: Comparison) -> Counter[tuple[str, str]]:
    return Counter((one.old.strip(), one.new.strip()) for one in comparison.texts if one.kind != "表格")


def number(cell: tuple[str, str]) -> tuple[str, str]:
    """What differs between «95分» and «90分», numbers whole."""
    a, b = (re.findall(r"-?\d[\d,]*(?:\.\d+)?|\D", one) for one in cell)
    (differing,) = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return differing


@pytest.mark.parametrize("cell", some(CELLS, 5), ids=str)
def test_one_cell_changes_exactly_what_the_two_outlines_show(cell: Cell, tmp_path: Path) -> None:
    old, new = INPUTS / cell.folder, changed(cell, tmp_path / "改")
    comparison = compared(old, new)
    expected = differences(*(write_outline(report(one).document) for one in (old, new)))
    assert figures(comparison) >= expected.figures
    only_here = figures(comparison) - expected.figures
    assert all(any(before in a and after in b for a, b in expected.sentences) for _, before, after in only_here)
    assert sentences(comparison) == Counter((a.strip(), b.strip()) for a, b in expected.sentences.elements())
    in_cells = Counter((one.old, one.new) for one in comparison.texts if one.kind == "表格")
    numbers = Counter(
        (one.old, one.new) for fact in comparison.facts for one in fact.printed if one.spot.row and one.old != one.new
    )
    assert in_cells <= expected.cells
    assert {pair for pair in numbers if pair not in in_cells} == {number(pair) for pair in expected.cells - in_cells}
    assert {chart.name for chart in comparison.charts} == expected.charts
    assert comparison.extras == ()
    assert comparison.hand_edits == ()
    typed = [fact for fact in comparison.facts if fact.direct]
    assert len(typed) == 1
    line = (new / cell.file).read_text(encoding="utf-8").splitlines()[typed[0].new_place.line - 1]
    assert typed[0].new_place.file == cell.file
    assert cell.new.split("#")[0].strip() in line


# -- both sides, from input or from Word files ------------------------------------------------------------------------
def what_is_seen(comparison: Comparison) -> object:
    """Without the names of the files, and without what only an input can know."""
    facts = sorted((f.name, str(f.old), str(f.new), f.direct, f.printed) for f in comparison.facts if f.printed)
    return facts, comparison.texts, comparison.charts, comparison.extras, comparison.hand_edits


ONE_OF_EACH = tuple({cell.folder: cell for cell in CELLS}.values())


@pytest.fixture(scope="module")
def versions(
    tmp_path_factory: pytest.TempPathFactory, saved_by_libreoffice: Callable[[dict[str, bytes]], dict[str, Path]]
) -> dict[Cell, tuple[Path, Path, Path, Path, Path]]:
    """Of one cell in an example: old and new input, old and new Word file, the new one saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("两份")
    found: dict[Cell, tuple[Path, Path]] = {}
    files: dict[str, bytes] = {}
    for cell in some(ONE_OF_EACH, 5):
        old, new = INPUTS / cell.folder, changed(cell, folder / cell.folder)
        found[cell] = (old, new)
        for name, path in (("旧", old), ("新", new)):
            made = report(path)
            files[f"{cell.folder}-{name}.docx"] = write_docx(made.document, made.case.pack.look)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    saved = saved_by_libreoffice({name: data for name, data in files.items() if "新" in name})
    return {
        cell: (*found[cell], *(folder / f"{cell.folder}-{n}.docx" for n in "旧新"), saved[f"{cell.folder}-新.docx"])
        for cell in some(ONE_OF_EACH, 5)
    }


@pytest.mark.parametrize("cell", some(ONE_OF_EACH, 5), ids=str)
def test_inputs_and_word_files_give_the_same(
    versions: dict[Cell, tuple[Path, Path, Path, Path, Path]], cell: Cell
) -> None:
    old, new, old_word, new_word, saved = versions[cell]
    seen = what_is_seen(compared(old, new))
    assert what_is_seen(compared(old_word, new_word)) == seen
    assert what_is_seen(compared(old, new_word)) == seen
    assert what_is_seen(compared(old_word, new)) == seen
    assert what_is_seen(compared(old_word, saved)) == seen


@pytest.mark.parametrize("cell", some(ONE_OF_EACH, 5), ids=str)
def test_nothing_changed(versions: dict[Cell, tuple[Path, Path, Path, Path, Path]], cell: Cell) -> None:
    _, new, _, new_word, saved = versions[cell]
    for other in (new, new_word, saved):
        comparison = compared(new, other)
        assert not comparison
        assert list(comparison_lines(comparison)) == ["没有差别。"]


# -- a small report ---------------------------------------------------------------------------------------------------
def lines(comparison: Comparison) -> str:
    return "\n".join(comparison_lines(comparison)) + "\n"


def test_a_figure_and_what_hangs_on_it() -> None:
    assert lines(between(Numbers(), Numbers(now="30"))) == (
        "更正的数 1 个，随之变化的数 2 个；变动的文字 2 处，变动的图 1 个。\n"
        "\n"
        "更正的数\n"
        "  收支.决算（收支·收、支总计）                91.68 → 30.00 万元，减少 61.68  数据.yaml 第6行\n"
        "    印在：一、收支 第1段\n"
        "    随之 收支·收、支总计与收支·上年收、支总计之差  55.11 → -6.57 万元，减少 61.68\n"
        "      印在：一、收支 第1段\n"
        "    随之 收支·收、支总计的增减幅              150.70% → -17.97%，减少 168.67 个百分点\n"
        "      印在：一、收支 第1段\n"
        "\n"
        "变动的文字\n"
        "  第一部分 概况 › 一、收支 第1段\n"
        "    原：91.68万元为全年收、支总计。\n"
        "    新：30.00万元为全年收、支总计。\n"
        "  第一部分 概况 › 一、收支 第1段\n"
        "    原：与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。\n"
        "    新：与2019年36.57万元相比，收、支总计各减少6.57万元，下降17.97%。\n"
        "\n"
        "变动的图\n"
        "  图“变动”（第一部分 概况 › 一、收支）\n"
        "    原：2020年 91.68\n"
        "    新：2020年 30.00\n"
    )


def test_a_figure_that_the_report_does_not_print() -> None:
    """Known from input alone; two Word files do not hold it."""
    assert lines(between(Numbers(), Numbers(aside=2))) == (
        "更正的数 1 个。\n\n更正的数\n  备查数  0 → 2 件，增加 2  数据.yaml 第8行\n    没有印在报告里\n"
    )
    assert not between(Numbers(), Numbers(aside=2), inputs=False)


def test_a_figure_that_only_now_is_printed() -> None:
    """Input knows that it has not changed; a Word file that does not print it cannot know."""
    few, many = Numbers(aside=3), Numbers(aside=3, people=51)
    assert [(f.name, f.old, f.new) for f in between(few, many).facts] == [("人数", 34, 51)]
    assert [(f.name, f.old, f.new) for f in between(few, many, inputs=False).facts] == [
        ("人数", 34, 51),
        ("备查数", None, 3),
    ]
    other = Numbers(aside=4, people=51)
    assert [(f.name, f.old, f.new) for f in between(few, other).facts] == [("人数", 34, 51), ("备查数", 3, 4)]


def test_words_typed_by_the_office() -> None:
    (text,) = between(Numbers(), Numbers(reason="人员增加及物价上涨")).texts
    assert (text.kind, text.old, text.new) == (
        "句子",
        "主要变动原因是人员增加。",
        "主要变动原因是人员增加及物价上涨。",
    )


PROJECTS = (("监管", "5", "按月检查"), ("培训", "2", "办班"), ("宣传", "3", "印发手册"))


def test_a_row_put_in_between() -> None:
    comparison = between(Numbers(), Numbers(projects=PROJECTS))
    assert [(one.kind, one.added, one.text) for one in comparison.extras] == [
        ("段落", True, "培训支出2.00万元，占20%；办班。"),
        ("行", True, "培训 | 2.00 | 办班"),
    ]
    assert [(f.name, f.old, f.new) for f in comparison.facts if f.direct] == [("项目[培训].金额", None, 20000)]
    assert [(text.old, text.new) for text in comparison.texts] == [
        ("监管支出5.00万元，占62.50%；", "监管支出5.00万元，占50%；"),
        ("宣传支出3.00万元，占37.50%；", "宣传支出3.00万元，占30%；"),
    ]
    gone = between(Numbers(projects=PROJECTS), Numbers())
    assert [(one.kind, one.added) for one in gone.extras] == [("段落", False), ("行", False)]


def test_rows_known_by_their_number_keep_their_figures() -> None:
    """«指标[1]» is another row now: what matters is which row says the same."""
    measures = (("抽查次数", 4), ("检查次数", 12), ("培训次数", 3))
    comparison = between(Numbers(), Numbers(measures=measures))
    assert [(f.new_place.line, f.old, f.new) for f in comparison.facts] == [(13, None, 4)]
    assert [one.text for one in comparison.extras] == ["抽查次数 | 4"]
    assert comparison.texts == ()


def test_rows_known_by_their_number_that_are_not_printed() -> None:
    old = Numbers(measures=(("检查次数", 12, 8), ("培训次数", 3, 5)))
    new = Numbers(measures=(("抽查次数", 4, 7), ("检查次数", 12, 8), ("培训次数", 3, 6)))
    expected = [("指标[1].数值", None, 4), ("指标[1].基数", None, 7), ("指标[3].基数", 5, 6)]
    assert [(f.name, f.old, f.new) for f in between(old, new).facts] == expected
    assert [(f.old, f.new) for f in between(new, old).facts] == [(b, a) for _, a, b in expected]


def test_a_change_below_the_printed_digits() -> None:
    """The typed figure is listed exactly; what is computed from it is only counted."""
    comparison = between(Numbers(), Numbers(now="91.6801"))
    assert lines(comparison) == (
        "更正的数 1 个。\n\n更正的数\n"
        "  收支.决算（收支·收、支总计）  916,800.00 → 916,801.00 元，增加 1.00  数据.yaml 第6行\n"
        "    印在：一、收支 第1段\n"
        "  另有2个算出的数变化不到末位数字，印出来不变。\n"
    )


def edited(numbers: Numbers, edit: Callable[[WordDocument], None]) -> Marked:
    document = docx.Document(io.BytesIO(laid(numbers).docx))
    edit(document)
    out = io.BytesIO()
    document.save(out)
    opened = open_marked("改过.docx", out.getvalue()).value
    assert opened is not None
    return opened


def retype(old: str, new: str, *, marks: bool = True) -> Callable[[WordDocument], None]:
    """Every run that holds exactly `old`; without `marks` as programs do that drop the bookmark of replaced words."""

    def edit(document: WordDocument) -> None:
        for run in list(document.element.body.iter(qn("w:r"))):
            for text in run.iter(qn("w:t")):
                if text.text == old:
                    text.text = new
                    if not marks:
                        for beside in (run.getprevious(), run.getnext()):
                            beside.getparent().remove(beside)

    return edit


@pytest.mark.parametrize("marks", [True, False], ids=["mark kept", "mark lost"])
def test_a_number_typed_over_by_hand(marks: bool) -> None:
    """The figure has not changed, the sentence has, and it is said who did it."""
    comparison = compare(laid(Numbers()).version.word, edited(Numbers(), retype("55.11", "55.00", marks=marks)))
    assert comparison.facts == ()
    assert [(text.old, text.new) for text in comparison.texts] == [
        (
            "与2019年36.57万元相比，收、支总计各增加55.11万元，增长150.70%。",
            "与2019年36.57万元相比，收、支总计各增加55.00万元，增长150.70%。",
        )
    ]
    assert [(one.file, one.name, one.generated, one.text) for one in comparison.hand_edits] == [
        ("改过.docx", "收支.决算 - 收支.上年", "55.11", "55.00")
    ]


def test_a_cell_typed_over_by_hand() -> None:
    comparison = compare(laid(Numbers()).version.word, edited(Numbers(), retype("8.00", "9.00")))
    assert [(text.kind, text.old, text.new, text.new_spot.cell) for text in comparison.texts] == [
        ("表格", "8.00", "9.00", "第4行第2列“合计”")
    ]
    assert [(one.generated, one.text) for one in comparison.hand_edits] == [("8.00", "9.00")]


def test_a_paragraph_written_by_hand() -> None:
    def edit(document: WordDocument) -> None:
        document.paragraphs[1].insert_paragraph_before("本报告数字均取自决算报表。")

    comparison = compare(laid(Numbers()).version.word, edited(Numbers(), edit))
    assert [(one.kind, one.added, one.text) for one in comparison.extras] == [
        ("段落", True, "本报告数字均取自决算报表。")
    ]
    assert comparison.texts == ()


# -- properties -------------------------------------------------------------------------------------------------------
amount = st.decimals("0", "999", places=2).map(str)
names = st.lists(st.sampled_from(["监管", "宣传", "培训", "设备", "调研"]), unique=True, max_size=4)
words = st.sampled_from(("按月检查", "印发手册。另办班", "无"))
projects = names.flatmap(lambda given: st.tuples(*(st.tuples(st.just(name), amount, words) for name in given)))
measures = st.lists(st.tuples(st.sampled_from(("检查次数", "抽查次数", "培训次数")), st.integers(0, 9)), max_size=4)
numbers = st.builds(
    Numbers,
    now=amount,
    before=amount,
    people=st.integers(0, 99),
    aside=st.integers(0, 1),
    projects=projects,
    measures=measures.map(tuple),
)


def mirrored(comparison: Comparison) -> tuple[object, ...]:
    """The other way round, and in no order: what only one version has stands where it stood there."""
    return (
        sorted(
            repr((f.name, f.unit, f.new, f.old, f.direct, sorted((p.new, p.old) for p in f.printed)))
            for f in comparison.facts
            if "[" not in f.name
        ),
        sorted((t.kind, t.new, t.old) for t in comparison.texts),
        sorted((c.name, sorted((a, b, y, x) for a, b, x, y in c.values)) for c in comparison.charts),
        sorted((e.kind, not e.added, e.text) for e in comparison.extras),
    )


def straight(comparison: Comparison) -> tuple[object, ...]:
    turned = replace(
        comparison,
        facts=tuple(
            replace(f, old=f.new, new=f.old, printed=tuple(replace(p, old=p.new, new=p.old) for p in f.printed))
            for f in comparison.facts
        ),
        texts=tuple(replace(t, old=t.new, new=t.old) for t in comparison.texts),
        charts=tuple(replace(c, values=tuple((a, b, y, x) for a, b, x, y in c.values)) for c in comparison.charts),
        extras=tuple(replace(e, added=not e.added) for e in comparison.extras),
    )
    return mirrored(turned)


@settings(max_examples=40)
@given(numbers, numbers)
def test_the_other_way_round_it_is_the_mirror_image(old: Numbers, new: Numbers) -> None:
    assert straight(between(old, new)) == mirrored(between(new, old))
    assert not between(old, old)


@settings(max_examples=40)
@given(st.data(), numbers)
def test_what_is_listed_turns_the_old_text_into_the_new(data: st.DataObject, old: Numbers) -> None:
    """The same rows, other amounts: every sentence, cell and chart value listed, put into the old outline, gives the
    new one, and none is listed in vain."""
    new = replace(
        old,
        now=data.draw(amount),
        before=data.draw(amount),
        people=data.draw(st.integers(0, 99)),
        projects=tuple((name, data.draw(amount), words) for name, _, words in old.projects),
    )
    comparison = between(old, new)
    assert comparison.extras == ()
    assume(all(one.old and one.new for one in comparison.texts))  # where a lone sentence goes is not listed
    text = visible(laid(old).outline)
    for one in comparison.texts:
        assert one.old in text
        text = text.replace(one.old, one.new, 1)
    rows = text.split("\n")
    for fact in comparison.facts:
        for printed in fact.printed:
            if printed.spot.row and printed.old != printed.new:
                at = cell_line(rows, printed.spot)
                cells = [cell.strip() for cell in rows[at][4:].split("|")]
                assert cells[printed.spot.column - 1] == printed.old
                cells[printed.spot.column - 1] = printed.new
                rows[at] = (rows[at][:4] + " | ".join(cells)).rstrip()
    for chart in comparison.charts:
        assert {(before, after) for _, _, before, after in chart.values}
    wanted = visible(laid(new).outline).split("\n")
    skip = {n for n, line in enumerate(wanted) if line.startswith(("C ", "  | ", "  收、支总计 |", "  无"))}
    assert [r for n, r in enumerate(rows) if n not in skip] == [r for n, r in enumerate(wanted) if n not in skip]
    assert bool(comparison.charts) == ((old.now, old.before) != (new.now, new.before))


def visible(outline: str) -> str:
    return re.sub(r"‹(\S+) [^›]*›", r"\1", outline)


def cell_line(rows: list[str], spot: Spot) -> int:
    start = next(n for n, row in enumerate(rows) if row.startswith(f"T {spot.table} "))
    grid = [n for n in range(start + 1, len(rows)) if rows[n].startswith(("  H ", "  - "))]
    return grid[spot.row - 1]
