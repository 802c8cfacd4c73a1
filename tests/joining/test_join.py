"""`juesuan join`: what two people typed into copies of one report stands in one file, or in a comment of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from refresh_cases import DATE, Change, built, refreshed
from word_by_hand import comments_of, marked, text_of, w
from word_edits import (
    Edit,
    chart_value,
    comment,
    delete_paragraph,
    delete_row,
    edited,
    highlight,
    look,
    move_chapter,
    new_section,
    note,
    paragraph_behind,
    picture,
    retype,
    retype_cell,
    row_behind,
    tracked_type,
)

from generator.commands.join import command
from generator.joined_files import EditedCopy, join_files
from generator.joining.join import Joined
from generator.word.parts import Parts
from generator.word.read import read_outline
from generator.word_file.paragraph import new_run

EXAMPLE = "gongjing-2020"
LESS = (Change("收支.yaml", "上年: 365700.00", "上年: 966800.00", 3),)
OPENING = "2020年度收、支总计91.68万元"


def copy(*edits: Edit) -> bytes:
    return edited(built(EXAMPLE, whole=False), *edits).docx


def joined(first: bytes, other: bytes) -> Joined:
    made = join_files(EditedCopy("张三.docx", first), EditedCopy("李四.docx", other), date=DATE).value
    assert made is not None
    return made


def words(docx: bytes) -> list[str]:
    parts = Parts(docx)
    return [text_of(one) for one in parts.tree(parts.document).iter(w("p"))]


def comments(docx: bytes) -> list[str]:
    return [f"{one.author}：{one.text}" for one in comments_of(docx)]


def test_what_only_one_has_changed_is_taken(validate_docx: Callable[[bytes], str]) -> None:
    first = copy(retype("人员经费增加", "编制增加"), paragraph_behind(OPENING, "甲加的一段。"))
    other = copy(
        highlight("按规定更新购置公务用车"),
        new_section("二、收入决算情况说明", "乙加的一节", "乙加的话。"),
        note("办公费、差旅费等日常公用经费增加", "乙的脚注"),
        picture("二、收入决算情况说明", own_paragraph=True),
    )

    made = joined(first, other)

    text = words(made.docx)
    assert any("编制增加及公用经费增加" in one for one in text)
    assert {"甲加的一段。", "乙加的话。"} <= set(text)
    assert text.index("甲加的一段。") < text.index("乙加的话。")
    assert made.remarks == ()
    assert validate_docx(made.docx) == ""


def test_different_sentences_of_one_paragraph_are_joined() -> None:
    made = joined(copy(retype("人员经费增加", "编制增加")), copy(retype("收、支总计各增加", "收入和支出各增加")))

    (paragraph,) = [one for one in words(made.docx) if "编制增加" in one]
    assert "收入和支出各增加55.11万元" in paragraph
    assert comments(made.docx) == []


def test_the_same_sentence_changed_by_both_is_a_comment() -> None:
    made = joined(copy(retype("人员经费增加", "编制增加")), copy(retype("人员经费增加", "调资")))

    (paragraph,) = [one for one in words(made.docx) if "编制增加" in one]
    assert "调资" not in paragraph
    assert comments(made.docx) == [
        "决算报告生成器：“李四.docx”这里写的是：“主要变动原因是调资及公用经费增加。”。两份改得不一样，"
        "保留了“张三.docx”的，请决定用哪一个。"
    ]
    assert [one.kind for one in made.remarks] == ["conflict"]


def test_what_one_struck_out_goes_unless_the_other_has_changed_it() -> None:
    struck = copy(delete_paragraph(OPENING))

    assert not any(OPENING in one for one in words(joined(copy(), struck).docx))
    assert not any(OPENING in one for one in words(joined(struck, copy()).docx))
    changed = copy(retype("人员经费增加", "编制增加"))
    for made in (joined(changed, struck), joined(struck, changed)):
        assert any("编制增加及公用经费增加" in one for one in words(made.docx))
        assert [one.kind for one in made.remarks] == ["deleted"]
        assert "请决定去留" in comments(made.docx)[0]


def test_tables_are_joined_by_rows_and_cells(validate_docx: Callable[[bytes], str]) -> None:
    first = copy(row_behind("五、事业收入", "甲加的行"), retype_cell("六、经营收入", 1, "甲改"))
    other = copy(
        row_behind("五、事业收入", "乙加的行"), retype_cell("五、事业收入", 1, "乙改"), delete_row("七、附属单位上缴")
    )

    made = joined(first, other)

    text = words(made.docx)
    assert {"甲加的行", "乙加的行", "甲改", "乙改"} <= set(text)
    assert text.index("甲加的行") < text.index("乙加的行")
    assert "七、附属单位上缴收入" not in text
    assert validate_docx(made.docx) == ""


def test_tracked_changes_and_comments_of_both_stay() -> None:
    first = copy(comment("36.57", "甲问", author="张三"))
    other = copy(comment("36.57", "乙问", author="李四"), tracked_type("人员经费增加", "（按实有人数）"))

    docx = joined(first, other).docx

    assert comments(docx) == ["张三：甲问", "李四：乙问"]
    parts = Parts(docx)
    assert [text_of(one.getparent()) for one in parts.tree(parts.document).iter(w("ins"))]


def test_chapters_that_one_has_moved_stay_where_they_are() -> None:
    moved = copy(move_chapter("九、国有资本经营预算支出决算情况说明", "八、政府性基金预算支出决算情况说明"))
    changed = copy(retype("人员经费增加", "编制增加"))

    for made in (joined(moved, changed), joined(changed, moved)):
        text = words(made.docx)
        assert text.index("九、国有资本经营预算支出决算情况说明") < text.index("八、政府性基金预算支出决算情况说明")
        assert any("编制增加" in one for one in text)


def test_once_more_changes_nothing_and_refresh_goes_on() -> None:
    first = copy(retype("人员经费增加", "编制增加"), paragraph_behind(OPENING, "甲加的一段。"))
    other = copy(retype("人员经费增加", "调资"), paragraph_behind(OPENING, "乙加的一段。"))
    made = joined(first, other).docx

    for again in (first, other, made):
        once_more = joined(made, again).docx
        assert read_outline(once_more) == read_outline(made)
        assert comments(once_more) == comments(made)
    result = refreshed(made, built(EXAMPLE, LESS, whole=False))
    assert any("5.00万元" in one and "编制增加" in one for one in words(result.docx))
    assert sorted(marked(joined(copy(), copy()).docx)) == sorted(marked(copy()))


def test_copies_of_different_builds_are_not_joined(tmp_path: Path) -> None:
    for name, docx in (("甲.docx", copy()), ("乙.docx", built(EXAMPLE, LESS, whole=False))):
        (tmp_path / name).write_bytes(docx)

    run = CliRunner().invoke(command, [str(tmp_path / "甲.docx"), str(tmp_path / "乙.docx")])

    assert run.exit_code == 1
    assert "错误 R065" in run.output
    assert "请先用 juesuan refresh 把两份都更新到现在的填报数据" in run.output


def test_what_is_left_to_decide_is_told(tmp_path: Path) -> None:
    opening = "按规定更新购置公务用车"
    first = copy(
        retype("人员经费增加", "编制增加"),
        chart_value("图1：", "36.57", "36.58"),
        look(opening, '<w:color w:val="FF0000"/>'),
        delete_paragraph("纳入自贡市贡井区医疗保障局"),
    )
    other = copy(
        retype("人员经费增加", "调资"),
        chart_value("图1：", "36.57", "36.59"),
        look(opening, '<w:color w:val="0000FF"/>'),
        retype("二级预算单位包括", "二级单位包括"),
    )
    (tmp_path / "甲.docx").write_bytes(first)
    (tmp_path / "乙.docx").write_bytes(with_footer(other, "内部资料"))

    run = CliRunner().invoke(command, [str(tmp_path / "甲.docx"), str(tmp_path / "乙.docx")])

    assert run.exit_code == 0, run.output
    for code, said in (
        ("R066", "两份改得不一样，保留了“甲.docx”的；“乙.docx”的是：主要变动原因是调资及公用经费增加。"),
        (
            "R067",
            "一份删去、一份改过的内容保留了下来：纳入自贡市贡井区医疗保障局2020年度部门决算编制范围的",
        ),
        ("R068", "有 1 段文字相同、格式两份不一样，用了“甲.docx”的格式"),
        ("R069", "图中的数据两份都改过，用了“甲.docx”的"),
        ("R070", "页脚：“乙.docx”里有“甲.docx”没有的话：“内部资料”，没有并入"),
    ):
        assert code in run.output
        assert said in run.output
    assert "2 处要由人决定，文件里加了批注。" in run.output


def with_footer(docx: bytes, text: str) -> bytes:
    parts = Parts(docx)
    name = next(one.target for one in parts.relations(parts.document) if one.kind.endswith("/footer"))
    footer = parts.tree(name)
    paragraph = footer.makeelement(w("p"))
    paragraph.append(new_run(paragraph, text))
    footer.append(paragraph)
    return parts.save()
