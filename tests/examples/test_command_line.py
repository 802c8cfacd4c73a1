"""`juesuan` as an office runs it: in a console, with its own folders."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from gongjing import ABOUT, ACCOUNTS, FOLDER, NAME, OTHER, ROOT, Change, copied

from generator.writers.libreoffice import SOFFICE_VARIABLE

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Arguments|Error|Show|Try|Missing|required|TEXT|PATH|Traceback)\b")


def juesuan(
    *words: object, cwd: Path = ROOT, soffice: Path | str = "/nowhere/soffice"
) -> subprocess.CompletedProcess[str]:
    """Run without LibreOffice unless told; no English word of click and no traceback may ever reach the console."""
    run = subprocess.run(
        [sys.executable, "-m", "generator.cli", *map(str, words)],
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            SOFFICE_VARIABLE: str(soffice),
            "PYTHONWARNINGS": "error",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert not ENGLISH.findall(run.stdout + run.stderr), run.stdout + run.stderr
    assert "程序内部出错" not in run.stdout + run.stderr
    return run


# -- help and wrong use -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ["用法：juesuan", "命令", "build", "生成 Word 文件", "check", "explain", "packs"]),
        (("--help",), ["用法：juesuan", "选项", "--version", "显示帮助"]),
        (("build", "--help"), ["填报数据", "--pdf", "--draft", "--publish", "--templates", "-o, --output"]),
        (("check", "--help"), ["填报数据", "--json", "--templates"]),
        (("explain", "--help"), ["说明一个数怎么来"]),
        (("packs", "--help"), ["list", "列出全部模板包", "show", "lint"]),
        (("packs", "show", "--help"), ["包名"]),
        (("packs", "lint", "--help"), ["包名"]),
        (("packs", "list", "--help"), ["列出全部模板包"]),
    ],
)
def test_help_is_chinese(words: tuple[str, ...], said: list[str]) -> None:
    run = juesuan(*words)
    assert run.returncode == 0
    for one in said:
        assert one in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("biuld", "x"), "没有“biuld”这个命令。您是否指“build”？"),
        (("build",), "缺少“填报数据”。"),
        (("explain", "x"), "缺少“数”。"),
        (("check", "x", "--jsno"), "没有“--jsno”这个选项。"),
        (("build", "我的", "文件夹"), "多写了参数：文件夹。文件夹名里有空格时请加引号。"),
        (("build", "x", "-o"), "选项“-o”后面要写值。"),
        (("check", "x", "--templates", "没有这个"), "“--templates”不能用：文件夹不存在"),
        (("packs", "shwo"), "没有“shwo”这个命令。您是否指“show”？现有：lint、list、new、show、style、try。"),
    ],
)
def test_wrong_use_ends_with_2(words: tuple[str, ...], said: str) -> None:
    run = juesuan(*words)
    assert run.returncode == 2
    assert said in run.stderr
    assert "用法请看：juesuan" in run.stderr
    assert run.stdout == ""


def test_version() -> None:
    assert re.fullmatch(r"juesuan \d+\.\d+\.\d+\n", juesuan("--version").stdout)


# -- packs, check, explain --------------------------------------------------------------------------------------------
def test_packs() -> None:
    listed = juesuan("packs")
    assert listed.returncode == 0
    assert "final-accounts-sichuan" in listed.stdout
    assert "common" not in listed.stdout
    shown = juesuan("packs", "show", "final-accounts-sichuan").stdout
    for words in ("部门决算编制的说明", "章节：", "核对关系：", "T1-BAL", "*预算  金额", "=决算"):
        assert words in shown
    lint = juesuan("packs", "lint", "common", "final-accounts-sichuan")
    assert lint.returncode == 0, lint.stdout
    missing = juesuan("packs", "show", "final-accounts-sichaun")
    assert missing.returncode == 1
    assert "您是否指“final-accounts-sichuan”" in missing.stdout


def test_check_as_text_and_as_json(tmp_path: Path) -> None:
    fine = juesuan("check", FOLDER)
    assert fine.returncode == 0
    assert "\n共4个提示。\n还有" in fine.stdout
    folder = copied(tmp_path / "改", Change(ACCOUNTS, "    预算: 40000.00", "    预算: 四万元"))
    text = juesuan("check", folder)
    assert text.returncode == 1
    assert text.stdout.startswith("错误 I030  收支.yaml 第51行\n")
    assert "共1个错误、" in text.stdout
    found = juesuan("check", "--json", folder)
    assert found.returncode == 1
    data = json.loads(found.stdout)
    assert set(data) == {"findings", "counts", "not_checked"}
    assert data["counts"]["错误"] == 1
    first = data["findings"][0]
    assert set(first) == {"severity", "kind", "code", "message", "hint", "basis", "places"}
    assert (first["severity"], first["code"], first["places"]) == ("错误", "I030", [{"file": "收支.yaml", "line": 51}])
    assert "四万元" in first["message"]
    assert str(tmp_path) not in found.stdout


def test_explain() -> None:
    rise = juesuan("explain", FOLDER, "55.11")
    assert rise.returncode == 0
    for words in ("收支总计.上年", "365,700.00元", "收支.yaml 第126行", "印成“55.11”", "一、收入支出决算总体情况说明"):
        assert words in rise.stdout
    by_name = juesuan("explain", FOLDER, "机关运行经费.上年")
    assert "96,120.00元" in by_name.stdout
    assert "三公与其他.yaml 第29行" in by_name.stdout
    unknown = juesuan("explain", FOLDER, "机关运行经费.去年")
    assert unknown.returncode == 1
    assert "没有名为“机关运行经费.去年”的数" in unknown.stdout
    assert "机关运行经费.上年" in unknown.stdout


def test_explain_does_not_mix_up_sums_over_different_rows_of_one_table() -> None:
    """印刷费 4.10 and 办公费 4.55 are sums of the same columns: each is explained by its own rows."""
    run = juesuan("explain", FOLDER, "4.10")
    assert run.returncode == 0
    heads = [line for line in run.stdout.splitlines() if line and not line.startswith(" ")]
    assert heads
    assert all(line.endswith("= 41,000.00元") for line in heads)
    assert "4.55" not in run.stdout


# -- build ------------------------------------------------------------------------------------------------------------
def test_build_makes_the_folder_and_says_where(tmp_path: Path) -> None:
    run = juesuan("build", FOLDER, cwd=tmp_path)
    assert run.returncode == 0
    made = tmp_path / "outputs" / f"{NAME}.docx"
    assert [path.name for path in (tmp_path / "outputs").glob("*.*x")] == [made.name]
    assert f"已生成：{Path('outputs') / made.name}" in run.stdout
    assert "目录页码：按版面估算" in run.stdout


def test_a_second_build_replaces_its_own_file_and_never_a_person_s(tmp_path: Path) -> None:
    out = tmp_path / "结果"
    assert juesuan("build", FOLDER, "-o", out).returncode == 0
    made = out / f"{NAME}.docx"
    first = made.read_bytes()
    assert juesuan("build", FOLDER, "-o", out).returncode == 0
    assert [path.name for path in out.glob("*.docx")] == [made.name]
    made.write_bytes(first + b"edited in Word")
    third = juesuan("build", FOLDER, "-o", out)
    assert third.returncode == 0
    assert made.read_bytes() == first + b"edited in Word"
    assert (out / f"{NAME}（2）.docx").read_bytes() == first
    assert "已由人改过或正打开着，没有覆盖" in third.stdout


def test_output_named_by_the_office(tmp_path: Path) -> None:
    run = juesuan("build", FOLDER, "-o", tmp_path / "新 建" / "决算 定稿.docx")
    assert run.returncode == 0
    assert (tmp_path / "新 建" / "决算 定稿.docx").is_file()
    assert [path.name for path in (tmp_path / "新 建").glob("*.docx")] == ["决算 定稿.docx"]


def test_folder_names_with_spaces_and_chinese(tmp_path: Path) -> None:
    folder = copied(tmp_path / "2020 年度 决算（报送稿）" / "医保局 数据")
    run = juesuan("build", folder, "-o", tmp_path / "输出 文件")
    assert run.returncode == 0, run.stdout
    assert (tmp_path / "输出 文件" / f"{NAME}.docx").is_file()


def test_a_single_file_as_input(tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8").replace("金额单位: 元\n", "") for path in sorted(FOLDER.glob("*.yaml"))]
    whole = tmp_path / "全部.yml"
    whole.write_text("金额单位: 元\n" + "\n".join(texts), encoding="utf-8")
    run = juesuan("build", whole, "-o", tmp_path / "出")
    assert run.returncode == 0, run.stdout
    assert (tmp_path / "出" / f"{NAME}.docx").is_file()


def test_an_input_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = copied(tmp_path / "只读")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    try:
        assert juesuan("build", folder, "-o", tmp_path / "出").returncode == 0
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    finally:
        folder.chmod(0o755)


def test_the_file_s_name_is_safe_on_windows(tmp_path: Path) -> None:
    folder = copied(
        tmp_path / "改",
        Change(ABOUT, "  名称: 自贡市贡井区医疗保障局\n", "  名称: 自贡市/贡井区:医疗*保障局?\n"),
        Change(ABOUT, "名称: 自贡市贡井区医疗保障局（本级）", "名称: 自贡市/贡井区:医疗*保障局?（本级）"),
    )
    assert juesuan("build", folder, "-o", tmp_path / "出").returncode == 0
    (made,) = (tmp_path / "出").glob("*.docx")
    assert not re.search(r'[\\/:*?"<>|]', made.name)
    assert "贡井区" in made.name


def test_errors_stop_the_build_and_a_draft_shows_them(tmp_path: Path) -> None:
    folder = copied(tmp_path / "改", Change(OTHER, "  上年: 96120.00", "  上年:"))
    stopped = juesuan("build", folder, "-o", tmp_path / "出")
    assert stopped.returncode == 1
    assert not (tmp_path / "出").exists()
    assert "还没有填完，没有生成文件。请填好后重新运行；要先看草稿，请加 --draft。" in stopped.stdout
    draft = juesuan("build", folder, "--draft", "-o", tmp_path / "出")
    assert draft.returncode == 0
    assert (tmp_path / "出" / f"{NAME}（草稿）.docx").is_file()
    assert "这是草稿，不能作为定稿。" in draft.stdout


def test_the_published_copy_has_its_own_name(tmp_path: Path) -> None:
    assert juesuan("build", FOLDER, "--publish", "-o", tmp_path).returncode == 0
    assert (tmp_path / f"{NAME}（公开）.docx").is_file()


def test_pdf_without_libreoffice_says_how_to_get_it(tmp_path: Path) -> None:
    run = juesuan("build", FOLDER, "--pdf", "-o", tmp_path / "出")
    assert run.returncode == 1
    assert "W020" in run.stdout
    assert "没有找到 LibreOffice" in run.stdout
    assert [path.name for path in (tmp_path / "出").glob("*.*x")] == [f"{NAME}.docx"]


def test_a_libreoffice_that_fails_gets_one_message(tmp_path: Path) -> None:
    """One that is there and ends at once: what is said of it is said once, and nothing says that it is not there."""
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    run = juesuan("build", FOLDER, "--pdf", "-o", tmp_path / "出", soffice=broken)
    assert run.returncode == 1
    assert [line for line in run.stdout.splitlines() if "LibreOffice" in line and not line.startswith(" " * 8)] == [
        "    LibreOffice 没有生成 PDF：LibreOffice 没有启动",
        "    请先确认 LibreOffice 能正常启动，再重试；也可以在 Word 或 WPS 里打开 .docx，另存为 PDF",
    ]
    assert "目录页码：按版面估算" in run.stdout
    run = juesuan("build", FOLDER, "--measure", "-o", tmp_path / "出", soffice=broken)
    assert run.returncode == 0
    assert "警告 W025" in run.stdout
    assert "实测：" not in run.stdout.replace("没有实测：", "")
    assert "目录页码：按版面估算" in run.stdout


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "找不到“"),
        (lambda path: path.mkdir(), "里没有填报文件"),
        (lambda path: path.write_text("1,2", encoding="utf-8"), "不是填报文件"),
    ],
    ids=["nothing there", "empty folder", "no YAML"],
)
def test_nothing_to_read(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "数据.csv"
    make(path)  # type: ignore[operator]
    for command in (("check", path), ("build", path, "-o", tmp_path / "出"), ("explain", path, "1")):
        run = juesuan(*command)
        assert run.returncode == 1
        assert said in run.stdout
    assert not (tmp_path / "出").exists()
