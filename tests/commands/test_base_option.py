"""`--base`: a file without marks is brought up to date with the help of the input that it was made from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from refresh_cases import INPUTS, built
from word_by_hand import marked, text_of, w
from word_edits import edited, paragraph_behind, retype

from generator.commands import diff, explain, join, refresh
from generator.word.parts import Parts
from generator.word_file.published_copy import published_copy
from generator.writers.libreoffice import SOFFICE_VARIABLE

OLD = INPUTS / "heshuo-2018"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrected") / "更正后"
    shutil.copytree(OLD, folder)
    for path in folder.glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("2670.66", "2570.66"), encoding="utf-8")
    return folder


def run(command: object, *words: object) -> Result:
    result = CliRunner().invoke(command, [str(word) for word in words])  # type: ignore[arg-type]
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def saved(folder: Path, docx: bytes, name: str = "报告.docx") -> Path:
    path = folder / name
    path.write_bytes(docx)
    return path


def published(docx: bytes) -> bytes:
    return published_copy(Parts(docx))


def paragraphs(docx: bytes) -> list[str]:
    parts = Parts(docx)
    return [text_of(one) for one in parts.tree(parts.document).iter(w("p"))]


def test_a_published_copy_that_was_edited_is_renewed(
    corrected: Path, tmp_path: Path, validate_docx: Callable[[bytes], str]
) -> None:
    own = "以上情况已经局务会审定。"
    worked_on = edited(built("heshuo-2018"), paragraph_behind("（一）社会保险基金总体情况", own)).docx
    bare = saved(tmp_path, published(worked_on))
    assert "错误 R003" in (said := run(refresh.command, bare, corrected).output)
    assert "--base 写明当时的填报数据" in said

    assert run(refresh.command, bare, corrected, "--base", OLD).exit_code == 0

    renewed = (tmp_path / "报告（更新）.docx").read_bytes()
    with_marks = saved(tmp_path, worked_on, "原件.docx")
    run(refresh.command, with_marks, corrected)
    expected = (tmp_path / "原件（更新）.docx").read_bytes()
    assert paragraphs(renewed) == paragraphs(expected)
    assert own in paragraphs(renewed)
    assert sorted(marked(renewed)) == sorted(marked(expected))
    assert validate_docx(renewed) == ""


def test_a_file_of_the_first_facts_part_is_renewed_with_its_input(corrected: Path, tmp_path: Path) -> None:
    """Three facts parts there have been: `facts:1` (here), `facts:2` with its first names (tests/word_file/earlier),
    and today's."""
    parts = Parts(built("heshuo-2018"))
    for name, part in parts.content.items():
        parts.content[name] = part.replace(b"urn:juesuan:facts:2", b"urn:juesuan:facts:1")
    old = saved(tmp_path, parts.save())
    assert "错误 R004" in run(refresh.command, old, corrected).output

    assert run(refresh.command, old, corrected, "--base", OLD).exit_code == 0

    saved(tmp_path, built("heshuo-2018"), "今.docx")
    run(refresh.command, tmp_path / "今.docx", corrected)
    assert paragraphs((tmp_path / "报告（更新）.docx").read_bytes()) == paragraphs(
        (tmp_path / "今（更新）.docx").read_bytes()
    )


def test_the_marks_are_asked_for_elsewhere_too(corrected: Path, tmp_path: Path) -> None:
    bare = saved(tmp_path, published(built("heshuo-2018")))

    assert "2570.66" in (said := run(diff.command, bare, corrected, "--base", OLD).output)
    assert "更正的数" in said
    assert "印成“" in run(explain.command, bare, "2670.66", "--base", OLD).output


def test_two_copies_without_marks_are_joined(tmp_path: Path) -> None:
    anchor = "（一）社会保险基金总体情况"
    for name, text in (("甲.docx", "甲加的一段。"), ("乙.docx", "乙加的一段。")):
        saved(tmp_path, published(edited(built("heshuo-2018"), paragraph_behind(anchor, text)).docx), name)

    assert "错误 R003" in run(join.command, tmp_path / "甲.docx", tmp_path / "乙.docx").output
    assert run(join.command, tmp_path / "甲.docx", tmp_path / "乙.docx", "--base", OLD).exit_code == 0

    text = paragraphs((tmp_path / "甲（合并）.docx").read_bytes())
    assert text.index("甲加的一段。") + 1 == text.index("乙加的一段。")


def test_a_file_of_another_report_is_refused(tmp_path: Path) -> None:
    other = saved(tmp_path, published(built("xihu-2022", whole=False)))

    said = run(refresh.command, other, OLD, "--base", OLD).output

    assert "错误 R061" in said
    assert "在文件里找得到" in said


def test_a_file_of_another_year_is_refused(tmp_path: Path) -> None:
    other = saved(tmp_path, published(built("gongjing-projects-2021")))
    old = INPUTS / "gongjing-projects-2020"

    said = run(refresh.command, other, old, "--base", old).output

    assert "当时的报告里，文字有 77%、数有 0% 在文件里找得到" in said


def test_marks_that_are_there_need_no_old_input(tmp_path: Path) -> None:
    assert "提示 R060" in run(refresh.command, saved(tmp_path, built("heshuo-2018")), OLD, "--base", OLD).output


def test_what_is_not_found_is_named(tmp_path: Path) -> None:
    first = next(text for text in paragraphs(built("heshuo-2018")) if len(text) > 60)
    bare = saved(tmp_path, published(edited(built("heshuo-2018"), retype(first, "另作说明")).docx))

    said = run(refresh.command, bare, OLD, "--base", OLD).output

    assert "警告 R064" in said
    assert first[:20] in said


def test_an_old_word_file_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
    old = saved(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "报告.doc")
    assert "错误 R062" in run(refresh.command, old, OLD, "--base", OLD).output
    assert "错误 R063" in run(refresh.command, saved(tmp_path, b"hallo", "报.odt"), OLD, "--base", OLD).output
