# ruff: noqa: E501 - nasty words stand side by side
"""Input as nobody would hand it in: bytes flipped, words and nodes replaced, parts of packages changed, packs misspelt.

Each attempt runs a command as the command line does, in this process, and tells what came of it. Attempts of one seed
are always the same.
"""

from __future__ import annotations

import copy
import io
import random
import re
import resource
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from docx import Document
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from screen import juesuan
from typed_amounts import trees_of

ROOT = Path(__file__).resolve().parents[2]
INPUTS, TEMPLATES = ROOT / "inputs", ROOT / "templates"
SMALL = "gongjing-projects-2020"
"""Its pack and its document are small: a run takes a fraction of a second."""
NASTY: tuple[Any, ...] = (
    "", " ", "-", "0", "-0", "1e999999", "NaN", "sNaN", "Infinity", "9" * 400, "１２，３４５．６", "91.68万元", "1,23,4.5",
    "0x1F", "1_000", "#DIV/0!", "=1+1", "2020-02-30", "二〇二〇年", "不适用", "〔待填〕", "{{ 年度 }}", "{{ 年度 | 没有 }}",
    "{{ ''.__class__ }}", "{% for 行 in 项目 %}", "..", "/etc/passwd", "\\\\server\\share", "con", "a" * 5000, "\u202e倒",
    "\u200b", "\ufdd0", "\x0b", "\ud800", "_x0000_", "<w:t>&amp;", "\r\n", "😀", "*a", "!!python/object:os.system x",
    True, None, 0, -1, 10**30, 1.5, [], {}, [[]], {"": ""}, ["甲"] * 50, {"甲": {"乙": {"丙": []}}},
)  # fmt: skip


class Fault(NamedTuple):
    """`what`: traceback, slow, large or lost; `where` says how to make the attempt again."""

    what: str
    where: str
    told: str


@dataclass
class Tally:
    attempts: int = 0
    slowest: float = 0.0
    """Seconds of processor time."""
    faults: list[Fault] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


class Attempt(NamedTuple):
    """The command's words; `kept`: words that a person wrote, which must stand in the file `made`."""

    words: tuple[object, ...]
    kept: str = ""
    made: Path | None = None


Maker = Callable[[random.Random, Path], Attempt]


# -- YAML -------------------------------------------------------------------------------------------------------------
def _yaml_bytes(dice: random.Random, folder: Path) -> Attempt:
    data = bytearray((INPUTS / SMALL / "项目.yaml").read_bytes())
    for _ in range(dice.randrange(1, 6)):
        data = _damaged(data, dice)
    if dice.random() < 0.2:
        text = data.decode("utf-8", "replace")
        data = bytearray(text.encode(dice.choice(("gb18030", "utf-16", "utf-8-sig", "utf-32")), "replace"))
    if dice.random() < 0.2:
        data = bytearray(data.replace(b"\n", dice.choice((b"\r", b"\r\n", b"\n\t", b"\x00"))))
    (folder / "数据.yaml").write_bytes(data)
    return Attempt((dice.choice(("check", "build")), folder / "数据.yaml"))


def _damaged(data: bytearray, dice: random.Random) -> bytearray:
    at, kind = dice.randrange(len(data) or 1), dice.randrange(5)
    if kind == 0:
        data[at : at + 1] = bytes([dice.randrange(256)])
    elif kind == 1:
        del data[at : at + dice.randrange(1, 200)]
    elif kind == 2:
        data[at:at] = data[max(0, at - dice.randrange(1, 400)) : at]
    elif kind == 3:
        data[at:at] = str(dice.choice(NASTY)).encode("utf-8", "surrogatepass")
    else:
        data[at:at] = dice.choice((b"&a ", b"*a", b"!!map ", b"%YAML 9\n", b"---\n", b"? ", b"<<: ", b"[", b"{", b'"'))
    return data


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    """(holder, key) of every value below."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from _nodes(tree[key])


def _yaml_nodes(dice: random.Random, folder: Path) -> Attempt:
    trees = copy.deepcopy(_trees(dice.choice((SMALL, "heshuo-2018", "taoyuan-2019", "xihu-2022"))))
    places = [place for tree in trees.values() for place in _nodes(tree)]
    for holder, key in dice.sample(places, dice.randrange(1, 4)):
        value = dice.choice(NASTY)
        if isinstance(holder, dict) and dice.random() < 0.2:
            holder[str(dice.choice(NASTY))[:300]] = holder.pop(key, None)
        elif isinstance(holder, dict) or key < len(holder):
            holder[key] = [value, value] if dice.random() < 0.1 else value
    for name, tree in trees.items():
        text = yaml.dump(tree, allow_unicode=True, default_flow_style=dice.choice((None, False, True)))
        (folder / name).write_text(text, "utf-8", "replace")
    return Attempt((dice.choice(("check", "build")), folder))


@cache
def _trees(name: str) -> dict[str, Any]:
    return trees_of(INPUTS / name)


# -- packages ---------------------------------------------------------------------------------------------------------
def _package(data: bytes, dice: random.Random, part: str = "") -> bytes:
    """A zip with bytes flipped or cut, or with one of its parts changed, lost or doubled."""
    if not part and dice.random() < 0.3:
        damaged = bytearray(data)
        for _ in range(dice.randrange(1, 4)):
            damaged = _damaged(damaged, dice)
        return bytes(damaged)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = dice.choice([name for name in names if part in name])
        for name in names:
            content = old.read(name)
            if name == chosen:
                content = _part(content, dice)
                if not part and dice.random() < 0.1:
                    continue
            new.writestr(name, content)
    return stream.getvalue()


def _part(content: bytes, dice: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    kind = dice.randrange(4)
    if kind == 0:
        return bytes(_damaged(bytearray(content), dice))
    value = str(dice.choice(NASTY)).encode("utf-8", "replace").decode("utf-8")
    pattern = (r"\d+", r'"[^"<>]*"', r">[^<>]+<")[kind - 1]
    found = list(re.finditer(pattern, text))
    if not found:
        return content[: dice.randrange(len(content) + 1)]
    match = dice.choice(found)
    inside = value if kind == 1 else f"{match[0][0]}{value}{match[0][-1]}"
    return (text[: match.start()] + inside + text[match.end() :]).encode("utf-8", "replace")


def _workbook(dice: random.Random, folder: Path) -> Attempt:
    (folder / "填报.xlsx").write_bytes(_package(_blank_filled(), dice))
    return Attempt((*dice.choice((("check",), ("build",), ("check", "--annotate"))), folder / "填报.xlsx"))


@cache
def _blank_filled() -> bytes:
    """The example as a workbook."""
    return _made("new", "project-performance", "--example", INPUTS / SMALL, "-o", Path("填报.xlsx"))


@cache
def _word() -> bytes:
    return _made("build", INPUTS / SMALL, "-o", Path("报告.docx"))


def _made(*words: object) -> bytes:
    """What the command makes under the name after «-o»."""
    with tempfile.TemporaryDirectory() as folder:
        given = [Path(folder) / word if isinstance(word, Path) and not word.is_absolute() else word for word in words]
        target = given[-1] if Path(str(given[-1])).suffix == ".xlsx" else Path(folder)
        shown = juesuan(*given[:-1], target)
        assert shown.status == 0, shown
        return next(Path(folder).rglob("*.xlsx" if "new" in words else "*.docx")).read_bytes()


_TABLE = (
    ("支出决算表",), ("部门：甲局", "单位：万元"),
    ("功能分类科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    ("合计", None, 91.68, 69.98, 21.7, None, None, None),
    ("210", "卫生健康支出", 91.68, 69.98, 21.7, None, None, None),
    ("2101501", "行政运行", 69.98, 69.98, 0, None, None, None),
    ("2101504", "信息化建设", 21.7, None, 21.7, None, None, None),
)  # fmt: skip


def _official_table(dice: random.Random, folder: Path) -> Attempt:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    stream = io.BytesIO()
    try:
        for row in _TABLE:
            sheet.append([dice.choice(NASTY[:40]) if dice.random() < 0.03 else cell for cell in row])
        book.save(stream)
        data = _package(stream.getvalue(), dice) if dice.random() < 0.8 else stream.getvalue()
    except (ValueError, IllegalCharacterError):  # openpyxl does not write what XML cannot hold
        data = b""
    (folder / "表.xlsx").write_bytes(data)
    return Attempt(("import", folder / "表.xlsx", "-o", folder / "局", "--year", "2024", "--unit", "万元"))


def _table_in_another_file(dice: random.Random, folder: Path) -> Attempt:
    """What web systems call .xls (a page, XML Spreadsheet) and a table in a Word file, with spans out of any sense."""
    name, data = dice.choice((("表.xls", _page()), ("表.xls", _spreadsheet()), ("表.docx", _table_in_word())))
    if name == "表.docx":
        data = _package(data, dice, part=dice.choice(("", "word/document.xml")))
    else:
        at = dice.randrange(len(data))
        data = data[:at] + dice.choice(_SPANS) * dice.choice((1, 1, 500)) + data[at:]
        data = bytes(_damaged(bytearray(data), dice)) if dice.random() < 0.5 else data
    (folder / name).write_bytes(data)
    return Attempt(("import", folder / name, "-o", folder / "局", "--year", "2024", "--unit", "万元"))


_SPANS = (
    b"<table>", b"</td>", b"<tr>", b'<!DOCTYPE x [<!ENTITY a "b">]>', b"&a;", b'<td colspan="999999999">', b'<td rowspan="-3">1',
    b'<Cell ss:Index="99999999">', b'<Cell ss:MergeAcross="9999999" ss:MergeDown="999999"/>', b"\x00\xff", b"<Row/>",
)  # fmt: skip


def _rows_as(row: str, cell: str) -> str:
    return "".join(row.format("".join(cell.format("" if one is None else one) for one in line)) for line in _TABLE)


@cache
def _page() -> bytes:
    return f"<html><meta charset=utf-8><table>{_rows_as('<tr>{}</tr>', '<td>{}</td>')}</table></html>".encode()


@cache
def _spreadsheet() -> bytes:
    head = '<?xml version="1.0"?><Workbook xmlns="{0}" xmlns:ss="{0}"><Worksheet ss:Name="表3"><Table>'
    rows = _rows_as("<Row>{}</Row>", '<Cell><Data ss:Type="String">{}</Data></Cell>')
    return (
        head.format("urn:schemas-microsoft-com:office:spreadsheet") + rows + "</Table></Worksheet></Workbook>"
    ).encode()


@cache
def _table_in_word() -> bytes:
    document, stream = Document(), io.BytesIO()
    table = document.add_table(len(_TABLE), max(map(len, _TABLE)))
    for number, line in enumerate(_TABLE):
        for column, value in enumerate(line):
            table.cell(number, column).text = "" if value is None else str(value)
    document.save(stream)
    return stream.getvalue()


def _word_file(dice: random.Random, folder: Path) -> Attempt:
    (folder / "报告.docx").write_bytes(_package(_word(), dice))
    return _asked_of(folder / "报告.docx", dice)


def _facts_part(dice: random.Random, folder: Path) -> Attempt:
    (folder / "报告.docx").write_bytes(_package(_word(), dice, part="customXml/item1.xml"))
    return _asked_of(folder / "报告.docx", dice)


def _asked_of(docx: Path, dice: random.Random) -> Attempt:
    words: tuple[tuple[object, ...], ...] = (
        ("explain", docx, "项目"),
        ("diff", docx, INPUTS / SMALL),
        ("refresh", docx, INPUTS / SMALL, "-o", docx.with_name("新.docx")),
        ("build", INPUTS / SMALL, "--redline", docx, "-o", docx.with_name("修订.docx")),
        ("refresh", docx, INPUTS / SMALL, "--base", INPUTS / SMALL, "-o", docx.with_name("新.docx")),
        ("join", docx, _sound(docx), "-o", docx.with_name("合.docx")),
        ("publish", docx, "-o", docx.parent / "公开"),
        ("identify", docx, "--json"),
        ("adopt", docx, "--pack", "project-performance", "-o", docx.parent / "取自旧报告"),
        ("import", docx, "--pack", "project-performance", "-o", docx.parent / "读入"),
    )
    return Attempt(dice.choice(words))


def _sound(docx: Path) -> Path:
    """The same file before it was damaged, beside it."""
    path = docx.with_name("原来.docx")
    path.write_bytes(_word())
    return path


def _person(dice: random.Random, folder: Path) -> Attempt:
    """Words that a person put into a sound file come through a refresh."""
    document = Document(io.BytesIO(_word()))
    words = "".join(dice.choice("经局务会研究决定同意上述安排并据实说明如下") for _ in range(12))
    paragraph = dice.choice([one for one in document.paragraphs if one.text.strip()])
    paragraph.add_run(f"（{words}）")
    docx, made = folder / "报告.docx", folder / "新.docx"
    document.save(str(docx))
    return Attempt(("refresh", docx, INPUTS / SMALL, "-o", made), words, made)


# -- packs ------------------------------------------------------------------------------------------------------------
def _pack(dice: random.Random, folder: Path) -> Attempt:
    own = folder / "包" / "own"
    shutil.copytree(TEMPLATES / "project-performance", own)
    files = sorted(path for path in own.rglob("*") if path.is_file())
    for path in dice.sample(files, dice.randrange(1, 3)):
        lines = path.read_text("utf-8").replace("project-performance", "own").split("\n")
        at = dice.randrange(len(lines))
        kind = dice.randrange(4)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, str(dice.choice((*NASTY[:40], "{% for 项 in 项目 %}", "a: &a [*a]", "{{ (" * 60))))
        elif kind == 2 and lines[at]:
            words = re.split(r"(\W)", lines[at])
            words[dice.randrange(len(words))] = str(dice.choice(NASTY[:40]))
            lines[at] = "".join(words)
        else:
            lines[at] = lines[at] + lines[dice.randrange(len(lines))]
        path.write_text("\n".join(lines), "utf-8", "replace")
    head = own / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("名称: project-performance", "名称: own"), "utf-8")
    text = (INPUTS / SMALL / "项目.yaml").read_text("utf-8").replace("报告: project-performance", "报告: own")
    (folder / "项目.yaml").write_text(text, "utf-8")
    words = (("build", folder / "项目.yaml", "-o", folder / "出"), ("check", folder / "项目.yaml"))
    return Attempt((*dice.choice(words), "--templates", folder / "包"))


KINDS: dict[str, Maker] = {
    "YAML bytes": _yaml_bytes,
    "YAML nodes and values": _yaml_nodes,
    "workbooks": _workbook,
    "official tables": _official_table,
    "tables in other files": _table_in_another_file,
    "Word files": _word_file,
    "facts parts": _facts_part,
    "a person's words": _person,
    "packs": _pack,
}
SLOW, LARGE = 5.0, 400 << 20
"""Seconds of processor time, and bytes of memory that one attempt may add."""


def attempts(kind: str, seed: int, count: int, folder: Path) -> Tally:
    tally = Tally()
    for number in range(count):
        place = folder / f"{number}"
        place.mkdir(parents=True)
        attempt = KINDS[kind](random.Random(f"{seed} {kind} {number}"), place)
        before, memory = _spent(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        words = attempt.words
        if words[0] == "build" and "-o" not in words:
            words = (*words, "-o", place / "出")
        shown = juesuan(*words)
        seconds = _spent() - before
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) << 10
        where = f"{kind} --seed {seed}, number {number}: {' '.join(map(str, words))[:160]}"
        tally.attempts += 1
        tally.slowest = max(tally.slowest, seconds)
        tally.statuses[shown.status] = tally.statuses.get(shown.status, 0) + 1
        if shown.status not in (0, 1, 2) or "程序内部出错" in shown.text or "Traceback" in shown.text:
            tally.faults.append(Fault("traceback", where, shown.text[-300:]))
        if seconds > SLOW:
            tally.faults.append(Fault("slow", where, f"{seconds:.1f} s"))
        if grown > LARGE:
            tally.faults.append(Fault("large", where, f"{grown >> 20} MB"))
        if attempt.kept and not _holds(attempt.made, attempt.kept):
            tally.faults.append(Fault("lost", where, attempt.kept))
        shutil.rmtree(place, ignore_errors=True)
    return tally


def _holds(made: Path | None, words: str) -> bool:
    return made is not None and made.exists() and words in _everything(made)


def _everything(docx: Path) -> str:
    with zipfile.ZipFile(docx) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode("utf-8"))


def _spent() -> float:
    """Children too: packs from outside run in one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime
