# ruff: noqa: E501 - what is written wrongly stands on one line
"""Every line that reaches a screen is read here: each command on each example and pack, and with things gone wrong.

Nothing of the program's insides may be seen: no Python value, object or exception, no token of the renderer, no hole
that was not filled. What exactly is said stands in the tests of the commands.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from every import EVERY, some
from example_packs import EXAMPLES, INPUTS
from screen import Shown, juesuan, leaks
from support import DATA, pack_folder

from generator.pack import PackRoots, pack_names
from generator.word.read import read_facts_part
from generator.writers.libreoffice import SOFFICE_VARIABLE

PACKS = pack_names(PackRoots.with_own(()))
ENDED = {"done": (0,), "found": (1,), "wrong use": (2,), "any": (0, 1)}


@pytest.fixture(scope="module", autouse=True)
def quickly() -> Iterator[None]:
    """Page numbers are estimated: measuring them says nothing more and costs most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOFFICE_VARIABLE, "/nowhere/soffice")
        yield


def clean(*words: object, ends: str = "done", typed: tuple[str, ...] = ()) -> Shown:
    """Run a command, read all that it says."""
    shown = juesuan(*words)
    assert leaks(shown.words, typed) == []
    assert shown.status in ENDED[ends], f"{words}: {shown.text}"
    return shown


# -- the reader of the screen -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("没有表“\ufdd063\ufdd1”", "a token of the renderer"),
        ("上年数：None", "a Python value"),
        ("必填：是True", "a Python value"),
        ("甲<generator.facts.fact.Rows object at 0x7f6b>", "an object"),
        ("错误 T1  Sentence(pieces=('两数不等',))", "a class"),
        ("相差 Decimal('4.00')", "a class"),
        ("completed(budget=3)", "a call"),
        ("KeyError: '没有'", "an exception"),
        ("程序内部出错：甲", "an exception"),
        ("File generator/pipeline.py", "a module"),
        ("“{name}”写了两次", "a hole that was not filled"),
        ("“{{ 收支.决算 }}”只有一处", "a hole that was not filled"),
        ("计算出错：division by zero", "English"),
    ],
)
def test_what_the_sweep_sees(line: str, what: str) -> None:
    assert what in {leak.partition(": ")[0] for leak in leaks(line)}


def test_what_the_sweep_lets_pass() -> None:
    fine = "错误 T122  请改用 {{ 年度 }} 或 {{ 上年 }}\n请运行 juesuan packs lint final-accounts-national\nDRGs（3%）"
    assert leaks(fine) == []
    assert leaks("里面的“{{ 甲 }}”看不懂", ("{{ 甲 }}",)) == []


# -- examples ---------------------------------------------------------------------------------------------------------
def copied(example: str, folder: Path) -> Path:
    """The input of an example; the page README.md is none."""
    folder.mkdir()
    for path in (INPUTS / example).glob("*.yaml"):
        shutil.copy(path, folder)
    return folder


def mentions(folder: Path) -> tuple[str, ...]:
    """What an office typed between braces, whole and cut off."""
    found = re.findall(r"\{\{.*?\}\}", "".join(path.read_text("utf-8") for path in folder.glob("*.yaml")))
    return (*found, *(one[:8] for one in found))


def corrected(folder: Path, times: int = 3) -> Path:
    """The same input with some figures changed."""
    left = times
    for path in sorted(folder.glob("*.yaml")):
        text, made = re.subn(r"(: )(\d{2,})(\.\d+)?$", r"\g<1>1\2\3", path.read_text("utf-8"), count=left, flags=re.M)
        path.write_text(text, encoding="utf-8")
        left -= made
    return folder


def words_of(docx: Path) -> Iterator[str]:
    """The text of a Word file, a paragraph a line."""
    with zipfile.ZipFile(docx) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for paragraph in re.split("</w:p>", archive.read(name).decode("utf-8")):
                    yield "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph))


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_an_example_through_all_commands(example: str, tmp_path: Path) -> None:
    folder = copied(example, tmp_path / "数据")
    clean("check", folder)
    clean("check", folder, "--json")
    clean("check", folder, "--annotate")  # there is no workbook
    clean("build", folder, "-o", tmp_path / "定稿.docx")
    clean("build", folder, "--draft", "--publish", "--pdf", "-o", tmp_path / "草稿", ends="any")  # no LibreOffice
    built = tmp_path / "定稿.docx"
    assert [leak for leak in leaks("\n".join(words_of(built))) if "English" not in leak] == []
    facts = read_facts_part(built.read_bytes())
    assert facts is not None
    printed = {figure.partition("_")[0] for pieces in facts.written for _, figure in pieces if figure}
    figure = max((facts.figures[one] for one in sorted(printed)), key=lambda one: len(one.operands))
    for asked, other in ((folder, built), (built, folder)):
        clean("explain", asked, figure.name)
        clean("explain", other, figure.name, "--json")
        clean("explain", asked, "没有这个数", *(["--json"] if asked is folder else []), ends="found")
    changed = corrected(copied(example, tmp_path / "更正"))
    clean("diff", built, changed, "-o", tmp_path / "对照表.docx", ends="any")
    clean("diff", folder, changed, "--json", ends="any")
    clean("refresh", built, changed, "-o", tmp_path / "更新.docx", ends="any")
    clean("refresh", built, folder, "--json")
    clean("build", changed, "--draft", "--redline", built, "-o", tmp_path / "修订.docx", ends="any")


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_the_next_year_and_a_workbook_of_an_example(example: str, tmp_path: Path) -> None:
    folder = copied(example, tmp_path / "数据")
    clean("roll-forward", folder, "-o", tmp_path / "新的一年", ends="any", typed=mentions(folder))
    clean("roll-forward", folder, "--json", "-o", tmp_path / "新的一本.xlsx", ends="any", typed=mentions(folder))
    clean("check", tmp_path / "新的一年", ends="any", typed=mentions(folder))
    pack = re.search(r"^报告: *(\S+)", "\n".join(p.read_text("utf-8") for p in folder.glob("*.yaml")), re.M)
    assert pack is not None
    clean("new", pack[1], "--example", folder, "-o", tmp_path / "本" / "填报.xlsx", ends="any")
    clean("new", pack[1], "--example", folder, "--yaml", "-o", tmp_path / "稿", ends="any")
    clean("check", tmp_path / "本", "--json", ends="any")
    spoilt(tmp_path / "本" / "填报.xlsx")
    clean("check", tmp_path / "本", "--annotate", ends="found")
    (copy,) = (tmp_path / "本").glob("*（核对意见）.xlsx")
    assert leaks("\n".join(opinions(copy))) == []


def spoilt(path: Path) -> None:
    """Every ninth number of the workbook becomes something that no form takes."""
    book = openpyxl.load_workbook(path)
    typed = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
    odd = ("四万元", "#REF!", "=1/0", "1e5", "-3", "2020-13-45", "〔待填〕", "", "（5）")
    for number, cell in enumerate(typed[::9]):
        cell.value = odd[number % len(odd)]
    book.save(path)


def opinions(path: Path) -> Iterator[str]:
    """The comments, and the list of opinions on the first sheet."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        yield from (cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
    yield from (str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None)


ODD = (
    "",
    "四万元",
    "2020-13-45",
    "=A1+B1",
    "'#REF!'",
    "1e5",
    "〔待填〕",
    "'{{ 没有 }}'",
    "[1, 2]",
    "-5",
    "不适用",
    "{a: 1}",
)


@pytest.mark.parametrize("example", some(EXAMPLES, 5))
def test_an_example_full_of_mistakes(example: str, tmp_path: Path) -> None:
    folder = copied(example, tmp_path / "数据")
    for path in folder.glob("*.yaml"):
        count = iter(range(10**6))

        def odd(match: re.Match[str], count: Iterator[int] = count) -> str:
            number = next(count)
            return match[0] if number % 5 else f"{match[1]}{ODD[number // 5 % len(ODD)]}"

        path.write_text(re.sub(r"^( +\S+: )\S.*$", odd, path.read_text("utf-8"), flags=re.M), encoding="utf-8")
    typed = ("{{ 没有 }}",)
    clean("check", folder, ends="found", typed=typed)
    clean("check", folder, "--json", ends="found", typed=typed)
    clean("build", folder, "--draft", "-o", tmp_path, ends="any", typed=typed)
    clean("roll-forward", folder, ends="any", typed=typed)


# -- packs ------------------------------------------------------------------------------------------------------------
def test_the_packs_together() -> None:
    clean("packs", "list")
    clean("packs", "lint")


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack(pack: str, tmp_path: Path) -> None:
    assert pack in clean("packs", "show", pack).text
    abstract = "只供其他包沿用" in clean("new", pack, "-o", tmp_path, ends="any").text
    if not abstract:
        clean("new", pack, "--year", "2023", "--yaml", "-o", tmp_path / "空")
        clean("check", tmp_path / "空", ends="any")
        clean("build", tmp_path / "空", "--draft", "-o", tmp_path / "出", ends="any")


FIELDS = """
收支: {标签: 收支, 字段: {决算: {类型: 金额, 标签: 决算数}, 上年: {类型: 金额, 标签: 上年数}}}
项目:
  标签: 项目
  行: {主键: 名称, 字段: {名称: {类型: 文字, 标签: 名称}, 数: {类型: 金额, 标签: 数}}}
"""
INPUT = "收支: {决算: 5, 上年: 4}\n项目: [{名称: 甲, 数: 1}]\n"
TABLE = "列: [{宽: 40}, {宽: 30}]\n行:\n"
SLIPS: dict[str, dict[str, str]] = {
    "a template that is not finished": {"text": "甲{{ 收支.决算 \n"},
    "a tag that does not exist": {"text": "{% iff 收支 %}甲{% endif %}\n"},
    "a name that does not exist": {"text": "甲{{ 收支.和计 }}，{{ 没有 }}。\n"},
    "a filter that does not exist": {"text": "甲{{ 收支.决算 | 万 }}。\n"},
    "a column that does not exist": {"text": "甲{{ 项目 | 求和('没有') }}。\n"},
    "a table in a sentence": {"text": "甲{{ 项目 }}。\n"},
    "a group in a sentence": {"text": "# {{ 收支 }}\n"},
    "a list in a sentence": {"text": "甲{{ [收支.决算] }}。\n"},
    "a group as a number": {"text": "甲{{ 收支 + 1 }}。\n"},
    "division by nothing": {"text": "甲{{ 1 / 0 }}。\n"},
    "a filter called wrongly": {"text": "甲{{ 收支.决算 | 万元(1, 2, 3) }}。\n"},
    "nothing at all": {"text": "甲{{ none }}。\n"},
    "a fence that names its table by a field": {"text": "{% for 名 in ['甲表'] %}\n```表 {{ 名 }}\n```\n{% endfor %}\n"},
    "a fence that does not exist": {"text": "```图表 甲\n```\n\n```样式 没有\n甲\n```\n"},
    "a table that does not exist": {"text": "```表 没有\n```\n\n```图 没有\n```\n"},
    "a mark that chapters do not have": {"text": "- 甲\n- 乙\n\n##### 太深\n"},
    "too few cells": {"text": "```表 甲表\n```\n", "tables/甲表.yaml": TABLE + "  - [合计]\n"},
    "too many cells": {"text": "```表 甲表\n```\n", "tables/甲表.yaml": TABLE + "  - [甲, 乙, 丙]\n"},
    "rows of what is no table": {
        "text": "```表 甲表\n```\n",
        "tables/甲表.yaml": TABLE + "  - {逐行: =收支, 单元: [=行.数, 乙]}\n",
    },
    "a group in a cell": {"text": "```表 甲表\n```\n", "tables/甲表.yaml": TABLE + "  - [=收支, =项目]\n"},
    "a table that is none": {"text": "```表 甲表\n```\n", "tables/甲表.yaml": "- 甲\n"},
    "a chart of words": {"text": "```图 甲图\n```\n", "charts": "甲图: {种类: 饼形, 各项: [{名: 甲, 值: =单位}]}\n"},
    "a chart of a group": {"text": "```图 甲图\n```\n", "charts": "甲图: {种类: 饼形, 各项: [{名: =收支, 值: =收支}]}\n"},
    "a chart of no kind": {"text": "```图 甲图\n```\n", "charts": "甲图: {种类: 雷达, 各项: 3}\n"},
    "rules that cannot be worked out": {
        "checks": "甲: {左: =收支, 右: =项目, 说明: 不等}\n乙: {应当: =收支.决算, 说明: '{{ 项目 }}不对'}\n"
        "丙: {逐行: =收支.决算, 应当: =行.数 > 1, 说明: 甲}\n丁: {应当: =收支.决算 > 9, 说明: '{{ 收支 }}{{ 没有 }}{{ 项目 }}'}\n"
    },
    "rules written wrongly": {"checks": "甲: 3\n乙: {左: '=1 +', 说明: '{{ 甲'}\n丙: {等级: 大错, 应当: =年度 > 1, 说明: 甲}\n"},
    "fields written wrongly": {"fields": "甲: {类型: 钱}\n乙: 3\n丙: {行: 3}\n丁: {类型: 金额, 计算: '=丁 +'}\n年: {类型: [a]}\n"},
    "formulas that need each other": {"fields": "甲: {类型: 金额, 计算: 乙}\n乙: {类型: 金额, 计算: 甲}\n"},
    "a formula that cannot be worked out": {"fields": FIELDS + "甲: {类型: 金额, 计算: 收支 + 1}\n乙: {类型: 文字, 计算: 项目}\n"},
    "settings written wrongly": {"settings": "单位: {金额: 吨}\n数字: 3\n原因: {阈值: 大}\n章结: [甲]\n复算口径: [3]\n"},
    "settings that are no YAML": {"settings": "单位: {金额: 万元\n"},
    "wording that is no list of words": {"text": "甲{{ 收支 | 与上年相比 }}。\n", "wording": "与上年相比: {总述: {增加: '{{ 没有 }}'}}\n"},
    "a look written wrongly": {"style": "样式: {正文: {字号: 特大, 行距: [1]}}\n页面: 3\n"},
    "a glossary written wrongly": {"text": "```名词解释\n```\n", "glossary": "- 甲\n- {词: 乙, 意思: 丙}\n- 3\n"},
}  # fmt: skip


@pytest.mark.parametrize("slip", some(list(SLIPS), 3))
def test_a_pack_with_a_slip(slip: str, tmp_path: Path) -> None:
    parts = {"fields": FIELDS, **{name: text for name, text in SLIPS[slip].items() if "/" not in name}}
    pack_folder(tmp_path / "模板", {k: v for k, v in SLIPS[slip].items() if "/" in k}, **parts)
    (tmp_path / "数据").mkdir()
    (tmp_path / "数据" / "数据.yaml").write_text(DATA + INPUT, encoding="utf-8")
    own = ("--templates", tmp_path / "模板")
    typed = tuple(re.findall(r"\{\{.*?\}\}|\{\{.*?(?=')", "".join(SLIPS[slip].values())))
    commands: tuple[tuple[object, ...], ...] = (
        ("packs", "show", "example"),
        ("packs", "lint", "example"),
        ("check", tmp_path / "数据"),
        ("check", tmp_path / "数据", "--json"),
        ("build", tmp_path / "数据", "--draft", "-o", tmp_path / "出"),
    )
    chosen = commands if EVERY else (commands[1], commands[-1])
    said = [clean(words[0], *own, *words[1:], ends="any", typed=typed) for words in chosen]
    assert any("错误 T" in shown.text for shown in said), "nobody said what is wrong"


# -- official tables --------------------------------------------------------------------------------------------------
def official(path: Path, unit: str = "单位：万元") -> Path:
    book = openpyxl.Workbook()
    for row in (
        ("财政拨款“三公”经费支出决算表",),
        ("2020年度", unit),
        ("项目", "预算数", "决算数"),
        ("合计", 0.95, 0.5),
        ("因公出国（境）费", None, "无"),
        ("公务接待费", 0.95, 0.4),
        ("别的", 3, 4),
    ):
        book.active.append(row)
    book.save(path)
    return path


def test_official_tables(tmp_path: Path) -> None:
    table = official(tmp_path / "表.xlsx")
    clean("import", table, "-o", tmp_path / "甲", ends="any")
    clean("import", table, "--prior", table, "--workbook", "-o", tmp_path / "乙", ends="any")
    clean("import", table, "-o", tmp_path / "甲", ends="found")  # already there
    clean("import", table, "--pack", "performance-hunan", "-o", tmp_path / "丙", ends="found")
    clean("import", table, "--pack", "没有", "-o", tmp_path / "丙", ends="found")
    clean("import", official(tmp_path / "无单位.xlsx", ""), "-o", tmp_path / "丁", ends="found")
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    for name, data in {
        "空.xlsx": b"", "坏.xlsx": b"PK\x03\x04" + bytes(90), "旧.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "文字.xlsx": b"1,2", "旧.xls": b"\xd0\xcf\x11\xe0", "无表.xlsx": empty.getvalue(),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
        clean("import", tmp_path / name, "-o", tmp_path / "戊", ends="found")
        if name != "旧.xls":
            clean("check", tmp_path / name, ends="found")


# -- wrong use --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "", "--help", "--version", "biuld", "-x", "build", "build --help", "check --help", "explain --help", "diff --help",
        "refresh --help", "join --help", "publish --help", "roll-forward --help", "new --help", "import --help", "packs --help", "packs show --help",
        "packs lint --help", "packs list --help", "build --jsno x", "check", "check a b", "explain x", "diff x", "refresh x", "join x",
        "publish",
        "import", "import x", "new", "packs show", "packs shwo", "packs show --x", "build x -o", "build x --author",
        "roll-forward x --year 1999", "roll-forward x --year 明年", "new x --year", "check x --templates 没有",
        "import x -o y --unit 吨", "roll-forward x --workbook --yaml", "build x --redline", "packs --templates",
    ],
)  # fmt: skip
def test_wrong_use(line: str) -> None:
    shown = juesuan(*line.split(" ")) if line else juesuan()
    assert leaks(shown.words) == []
    assert shown.status == (0 if line in ("", "--version") or line.endswith("--help") else 2)


@pytest.mark.parametrize(
    "line",
    [
        "check 没有", "check 没有.yaml", "check 空", "check 表.csv", "check 报告.docx", "check 坏.yaml", "check 别的包.yaml",
        "check 无年度.yaml", "check 乱码.yaml", "build 没有", "build 无年度.yaml", "build 坏.yaml", "build 好.yaml --redline 没有.docx",
"build 好.yaml --redline 报告.docx", "explain 没有 1", "explain 报告.docx 1",
        "explain 没有.docx 1", "explain 坏.yaml 1", "diff 没有 好.yaml", "diff 报告.docx 好.yaml", "diff 好.yaml 好.yaml -o 表.txt",
        "diff 好.yaml 报告.docx --json", "diff 好.yaml 好.yaml -o 好.yaml", "refresh 没有.docx 好.yaml", "refresh 报告.docx 好.yaml",
        "refresh 报告.docx 好.yaml --base 没有", "join 报告.docx 没有.docx", "publish 没有.docx --json", "publish 报告.docx",
        "refresh 报告.docx 没有 --json", "refresh 好.yaml 好.yaml", "roll-forward 没有", "roll-forward 坏.yaml",
        "roll-forward 无年度.yaml", "roll-forward 好.yaml --year 2030", "new 没有", "new performance", "new performance-hunan --example 好.yaml",
        "new performance-hunan --example 没有", "import 没有 -o 甲", "import 表.csv -o 甲", "import 空 -o 甲", "import 好.yaml -o 甲",
        "packs show 没有", "packs lint 没有", "build 好.yaml -o 好.yaml", "build 好.yaml --draft -o 好.yaml/甲",
    ],
)  # fmt: skip
def test_files_that_do_not_fit(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "空").mkdir()
    for name, data in {
        "表.csv": b"1,2", "报告.docx": b"PK\x03\x04" + bytes(50), "坏.yaml": "报告: x\n年度:\n\t甲: [1\n".encode(),
        "别的包.yaml": "报告: 没有这个包\n".encode(), "无年度.yaml": "报告: project-performance\n金额单位: 元\n".encode(),
        "乱码.yaml": "报告: 甲".encode("gb18030") + b"\xff\xfe", "好.yaml": (INPUTS / "gongjing-projects-2020/项目.yaml").read_bytes(),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    clean(*line.split(" "), ends="any" if "--draft" in line or line.startswith("build 好.yaml -o") else "found")
