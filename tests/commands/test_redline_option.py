"""`juesuan build --redline`: which files it takes, what it says, where it puts the result."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from generator.commands.build import command
from generator.writers.libreoffice import SOFFICE_VARIABLE

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLE = INPUTS / "heshuo-2018"


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")


def build(*words: object) -> Result:
    result = CliRunner().invoke(command, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
        build(EXAMPLE, "-o", folder)
    (path,) = folder.glob("*.docx")
    return path


def changed(folder: Path, *pairs: tuple[str, str], of: Path = EXAMPLE) -> Path:
    copy = folder / "改"
    shutil.copytree(of, copy)
    for path in copy.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for before, after in pairs:
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")
    return copy


def test_only_the_redline_is_made_and_the_old_file_stays(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    run = build(
        changed(tmp_path, ("目标值: 77314", "目标值: 76314")), "--redline", old, "-o", tmp_path, "--author", "张三<"
    )
    assert run.exit_code == 0, run.output
    (made,) = tmp_path.glob("*.docx")
    assert made.name == f"{old.stem}（修订）.docx"
    assert "修订：改动 " in run.output and "个单元格" in run.output
    assert old.read_bytes() == before
    with zipfile.ZipFile(made) as archive:
        assert 'w:author="张三&lt;"' in archive.read("word/document.xml").decode()


def test_nothing_changed(old: Path, tmp_path: Path) -> None:
    run = build(EXAMPLE, "--redline", old, "-o", tmp_path)
    assert run.exit_code == 0 and "与旧文件相比，文字没有变化" in run.output


def test_the_old_file_is_not_written_over(old: Path, tmp_path: Path) -> None:
    own = tmp_path / "报告.docx"
    build(EXAMPLE, "-o", own)
    before = own.read_bytes()
    assert build(EXAMPLE, "--redline", own, "-o", own).exit_code == 0
    assert own.read_bytes() == before
    assert (tmp_path / "报告（修订）.docx").is_file()


def test_a_draft_may_be_a_redline(old: Path, tmp_path: Path) -> None:
    run = build(EXAMPLE, "--redline", old, "-o", tmp_path, "--draft")
    assert [path.name for path in tmp_path.glob("*.docx")] == [f"{old.stem}（草稿）（修订）.docx"]
    assert "这是草稿" in run.output


@pytest.mark.parametrize("how", ["--publish", "--html"])
def test_not_for_publication(how: str, old: Path, tmp_path: Path) -> None:
    run = build(EXAMPLE, "--redline", old, how, "-o", tmp_path)
    assert run.exit_code == 2 and "R043" in run.output and f"--redline 不能与 {how} 同用" in run.output
    assert not list(tmp_path.glob("*.docx"))


def test_files_that_are_no_earlier_version(old: Path, tmp_path: Path) -> None:
    nothing, locked, published = tmp_path / "空.docx", tmp_path / "旧.doc", tmp_path / "公开" / "甲.docx"
    nothing.write_bytes(b"PK")
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    build(EXAMPLE, "--publish", "-o", published)
    older = tmp_path / "更旧.docx"
    with zipfile.ZipFile(old) as archive, zipfile.ZipFile(older, "w") as written:
        for name in archive.namelist():
            written.writestr(name, archive.read(name).replace(b"urn:juesuan:facts:2", b"urn:juesuan:facts:1"))
    for path, code in ((nothing, "R001"), (locked, "R002"), (published, "R003"), (older, "R004")):
        run = build(EXAMPLE, "--redline", path, "-o", tmp_path / "出")
        assert run.exit_code == 1 and code in run.output and "没有生成文件" in run.output, run.output
    missing = build(EXAMPLE, "--redline", tmp_path / "没有.docx")
    assert missing.exit_code == 1 and "O001" in missing.output
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize(
    ("code", "pairs", "of"),
    [
        ("R040", (), INPUTS / "taoyuan-2019"),
        ("R041", (("名称: 和硕县", "名称: 和静县"),), EXAMPLE),
        ("R042", (("年度: 2018", "年度: 2019"),), EXAMPLE),
    ],
)
def test_another_report(code: str, pairs: tuple[tuple[str, str], ...], of: Path, old: Path, tmp_path: Path) -> None:
    run = build(changed(tmp_path, *pairs, of=of), "--redline", old, "-o", tmp_path / "出", "--draft")
    assert run.exit_code == 1 and code in run.output, run.output
    assert not (tmp_path / "出").exists()


def test_what_a_redline_does_not_show_is_said(old: Path, tmp_path: Path) -> None:
    noted = tmp_path / "有脚注.docx"
    with zipfile.ZipFile(old) as archive, zipfile.ZipFile(noted, "w") as written:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                note = b'<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
                data = data.replace(b"</w:p>", note, 1).replace("参保人数".encode(), "参保总人数".encode(), 1)
                data = data.replace(b"<w:t>", "<w:t>旧".encode(), 1)
            written.writestr(name, data)
    run = build(EXAMPLE, "--redline", noted, "-o", tmp_path / "出")
    assert run.exit_code == 0 and "R044" in run.output and "1 处脚注" in run.output, run.output


def test_a_change_that_is_no_word_has_its_sentence(old: Path, tmp_path: Path) -> None:
    document = docx.Document(str(old))
    next(one for one in document.paragraphs if len(one.text) > 40).insert_paragraph_before("")
    document.save(str(tmp_path / "空了一行.docx"))
    run = build(EXAMPLE, "--redline", tmp_path / "空了一行.docx", "-o", tmp_path / "出")
    assert "修订：文字没有变化；分段、图片等处的改动标在文件里。" in run.output
