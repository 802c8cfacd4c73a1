"""A pack is named, never pointed to: a word of the data reaches no folder but those that hold packs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.border.pack_names import is_pack_name, shown
from generator.case import InputFiles, read_case
from generator.cli import main
from generator.pack import PackRoots, load_pack
from generator.pack.places import built_in_packs, pack_names


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack that stands in no folder of packs."""
    folder = tmp_path_factory.mktemp("别处") / "own"
    shutil.copytree(built_in_packs() / "project-performance", folder)
    return folder


def said(report: str, roots: PackRoots) -> list[str]:
    text = f"报告: '{report}'\n年度: 2020\n"
    read = read_case(InputFiles(Path(), (("数据.yaml", text),), ""), roots, {})
    assert read.value is None
    return [f"{one.code} {one.place} {one.message.replace(report, '…')}" for one in read.diagnostics]


def ways_to(folder: Path, base: Path) -> list[str]:
    up = "../" * len(base.parts)
    return [
        str(folder),
        f"{up}{folder.relative_to('/')}",
        f"project-performance/{up}../{folder.relative_to('/')}",
        f"file://{folder}",
    ]


def test_no_way_leads_to_another_folder(outside: Path) -> None:
    roots = PackRoots.with_own(())
    for way in ways_to(outside, built_in_packs()):
        (only,) = said(way, roots)
        assert only.startswith("T112 数据.yaml:1 模板包“") or only.startswith("T112 数据.yaml 第1行 模板包“"), only
        loaded = load_pack(way, roots)
        assert loaded.value is None or not loaded.value.form.fields
        assert [one.code for one in loaded.diagnostics][:1] == ["T112"]


@pytest.mark.parametrize(
    "word",
    [
        ".", "..", "../project-performance", "./project-performance", "project-performance/", "/", "~", "",
        "project-performance/text/..", "\\\\server\\share\\x", "C:\\x", "C:x", "x\0y", "con.txt", "a b", "a\nb", "a.b",
        "长" * 61, "长" * 300, "project-performance\u202e", "Ａ", "$HOME", "*",
    ],
)  # fmt: skip
def test_what_is_no_name(word: str) -> None:
    assert not is_pack_name(word)
    assert PackRoots.with_own(()).find(word) is None


@pytest.mark.parametrize("word", ["project-performance", "四川省_2024-决算", "〇一", "x", "长" * 60])
def test_what_is_a_name(word: str) -> None:
    assert is_pack_name(word)


def test_every_pack_that_is_listed_is_found() -> None:
    roots = PackRoots.with_own(())
    assert len(pack_names(roots)) > 5
    assert all(roots.find(name) == built_in_packs() / name for name in pack_names(roots))


def test_a_parent_is_a_name_too(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pack.yaml").write_text(f"名称: a\n标题: 甲\n上级: {outside}\n", encoding="utf-8")
    loaded = load_pack("a", PackRoots.with_own((tmp_path,)))
    (only,) = [one for one in loaded.diagnostics if one.code == "T112"]
    assert str(only.place) == "a/pack.yaml 第3行" and "只用汉字、字母、数字" in only.hint


def test_a_long_word_is_told_short_and_with_the_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "数据.yaml").write_text("报告: " + "长" * 300 + "\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(tmp_path)])
    assert ended.value.code == 1
    told = capsys.readouterr().out
    assert f"模板包“{'长' * 40}…”不存在" in told
    assert "模板包的名称是它的文件夹名，只用汉字、字母、数字、“-”和“_”，不超过 60 个字" in told
    assert shown("甲\u202e乙") == "甲�乙"
