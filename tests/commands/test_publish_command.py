"""`juesuan publish`: the copy for publication of a file that people have edited."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from refresh_cases import built
from word_by_hand import text_of, w
from word_edits import comment, edited, retype, save_in_word, tracked_type

from generator.commands.publish import command
from generator.word.parts import Parts

TYPED = "参保人数增加是主要原因"


@pytest.fixture(scope="module")
def worked_on() -> bytes:
    return edited(built("gongjing-2020"), retype("人员经费增加", TYPED), save_in_word()).docx


def publish(*words: object) -> Result:
    result = CliRunner().invoke(command, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def paragraphs(docx: bytes) -> list[str]:
    parts = Parts(docx)
    return [text_of(one) for one in parts.tree(parts.document).iter(w("p"))]


def saved(folder: Path, docx: bytes) -> Path:
    path = folder / "报告.docx"
    path.write_bytes(docx)
    return path


def test_the_words_stay_and_what_leads_behind_them_goes(
    worked_on: bytes, tmp_path: Path, validate_docx: Callable[[bytes], str]
) -> None:
    run = publish(saved(tmp_path, edited(worked_on, comment("36.57", "请核对")).docx))

    assert run.exit_code == 0, run.output
    assert "警告 R058" in run.output
    assert "还有批注 1 条，公开用的副本里已去掉：王晓丽：“请核对”" in run.output
    data = (tmp_path / "报告（公开）.docx").read_bytes()
    assert paragraphs(data) == paragraphs(worked_on)
    assert any(TYPED in words for words in paragraphs(data))
    with zipfile.ZipFile(tmp_path / "报告（公开）.docx") as archive:
        names, inside = archive.namelist(), b"".join(archive.read(name) for name in archive.namelist())
    assert not [name for name in names if "customXml" in name or "comments" in name]
    for trace in (b"juesuan:facts", b'w:name="_f', b'w:name="_p', b"rsid", b"\xe7\x8e\x8b\xe6\x99\x93\xe4\xb8\xbd"):
        assert trace not in inside, trace
    assert validate_docx(data) == ""


def test_the_contents_still_lead_to_their_headings(worked_on: bytes, tmp_path: Path) -> None:
    publish(saved(tmp_path, worked_on), "-o", tmp_path / "公开.docx")

    parts = Parts((tmp_path / "公开.docx").read_bytes())
    root = parts.tree(parts.document)
    names = {one.get(w("name")) for one in root.iter(w("bookmarkStart"))}
    assert {one.get(w("anchor")) for one in root.iter(w("hyperlink"))} <= names
    assert names and all(str(name).startswith("_Toc") for name in names)


def test_what_is_not_settled_is_not_published(worked_on: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, edited(worked_on, retype(TYPED, "[待确认]参保人数增加〔待填〕人")).docx)

    run = publish(path)

    assert run.exit_code == 1
    assert "错误 R056" in run.output
    assert "正文里还有没有定下来的内容：“….70%。主要变动原因是[待确认]参保人数增加〔待填〕人及…”" in run.output
    assert not (tmp_path / "报告（公开）.docx").exists()


def test_open_changes_are_refused_or_accepted_on_demand(worked_on: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, edited(worked_on, tracked_type(TYPED, "（按实有人数）")).docx)

    assert "错误 R057" in (said := publish(path).output)
    assert "正文里有“王晓丽”的修订 1 处没有接受" in said
    assert publish(path, "--accept-changes").exit_code == 0
    made = Parts((tmp_path / "报告（公开）.docx").read_bytes())
    assert list(made.tree(made.document).iter(w("ins"))) == []
    assert any("（按实有人数）" in words for words in paragraphs(made.save()))


def test_hidden_words_are_told(worked_on: bytes, tmp_path: Path) -> None:
    parts = Parts(worked_on)
    for run in parts.tree(parts.document).iter(w("r")):
        if TYPED in "".join(one.text or "" for one in run.iter(w("t"))):
            run.find(w("rPr")).append(run.makeelement(w("vanish")))
    assert "警告 R059" in (said := publish(saved(tmp_path, parts.save())).output)
    assert "正文里有隐藏的文字：“" in said
