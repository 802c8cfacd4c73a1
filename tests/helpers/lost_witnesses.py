"""Files from which any of what says what is what has been taken: marks, first rows, places. And what must come out.

Each paragraph and row of a generated file gets a number that only this module knows (a revision id, which programs
write and nobody reads), so that whatever is done to the file, it is known what each was generated as.
"""

from __future__ import annotations

import copy
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import count

import yaml
from office import Office
from refresh_cases import INPUTS, OURS, Change, built, common, opened, refreshed
from word_by_hand import OUR_MARK, Element, WordFile, read, text_of, w, xml

from generator.document.nodes import (
    Chart,
    ChartSeries,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Meta,
    Paragraph,
    Row,
    Run,
    SectionStart,
    Table,
)
from generator.number_style import NumberStyle
from generator.quantity import Derived, Quantity
from generator.refreshing.refresh import Refreshed
from generator.word.look import parse_look
from generator.word.parts import Parts
from generator.word_file.blocks import blocks_of, rows_of
from generator.word_file.marked_file import open_marked
from generator.word_file.restored_marks import restored
from generator.writers.docx import write_docx
from generator.writers.to_docx import to_docx

_TAGS = {"tr": "rsidTr", "p": "rsidR"}
_START, _END = w("bookmarkStart"), w("bookmarkEnd")
WORDS = ("这是人写的甲", "人写的乙，", "经局务会研究丙", "另有补充丁")
RESULTS, ACCOUNTS, OTHER = "绩效.yaml", "收支.yaml", "三公与其他.yaml"
CORRECTIONS: dict[str, tuple[Change, ...]] = {
    "rise becomes fall": (Change(ACCOUNTS, "365700.00", "966800.00", 3),),
    "no change": (Change(ACCOUNTS, "365700.00", "916800.00", 3),),
    "one item": (
        Change(ACCOUNTS, "133640.00", "153640.00", 3),
        Change(
            ACCOUNTS,
            '{科目: "2080104", 经济科目: "30299", 项目支出: 20000.00}',
            '{科目: "2080104", 经济科目: "30299", 项目支出: 40000.00}',
        ),
        Change(RESULTS, "13640.00", "33640.00", 2),
    ),
    "office": (Change(OTHER, "上年: 96120.00", "上年: 126120.00"),),
    "project": (Change(RESULTS, "50000.00", "60000.00", 3),),
}


@dataclass
class Damaged:
    """`typed`: what a person wrote and must stand there afterwards; `edited`: numbers of paragraphs and rows into which
    a person wrote; `done`: what was done, in words."""

    docx: bytes
    typed: tuple[str, ...] = ()
    edited: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)


# -- numbers ----------------------------------------------------------------------------------------------------------
@cache
def numbered(docx: bytes) -> bytes:
    """The generated file with a number on each paragraph and row of its body: «0000A012» for row 18 of table 10."""
    file = WordFile(docx)
    tables = paragraphs = 0
    for block in file.body:
        if block.tag == w("tbl"):
            tables += 1
            for number, row in enumerate(block.iter(w("tr"))):
                row.set(w(_TAGS["tr"]), f"{tables:04X}{number:04X}")
        elif block.tag == w("p"):
            paragraphs += 1
            block.set(w(_TAGS["p"]), f"F{paragraphs:07X}")
    return file.save()


def _number(element: Element) -> str:
    return str(element.get(w("rsidTr" if element.tag == w("tr") else "rsidR"), ""))


@cache
def _generated(docx: bytes) -> dict[str, str]:
    """Number → mark of the generated paragraph, or «t3 5» for a row."""
    marked = opened(numbered(docx))
    found = {}
    for block in blocks_of(marked):
        mark = next((one for one in block.marks if one[0] in "pnt"), "")
        if block.kind == "p" and mark:
            found[_number(block.element)] = mark
        elif block.kind == "t":
            found.update((_number(row.element), f"{mark} {n}") for n, row in enumerate(block.rows()))
    return found


# -- what people do ---------------------------------------------------------------------------------------------------
def damaged(docx: bytes, chance: random.Random) -> Damaged:
    file = WordFile(numbered(docx))
    made = Damaged(b"")
    for name in chance.choices(sorted(DEEDS), k=chance.randint(1, 6)):
        if DEEDS[name](file, chance, made):
            made.done.append(name)
    _mend(file)
    made.docx = file.save()
    present = "\n".join(_words(made.docx))
    made.typed = tuple(one for one in made.typed if one in present)
    return made


def _tables(file: WordFile) -> list[Element]:
    return [one for one in file.body.findall(w("tbl")) if one.find(w("tr")) is not None]


def _texts(file: WordFile) -> list[Element]:
    """Paragraphs of the body that say something and hold no field."""
    found = [
        one for one in file.body.findall(w("p")) if text_of(one).strip() and one.find(f".//{w('fldChar')}") is None
    ]
    return [one for one in found if one.find(f"{w('pPr')}/{w('sectPr')}") is None]


def _drop_marks(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    kind = chance.choice(["[nptc]", "f", "t", "p", "."])
    share = chance.choice([0.2, 0.6, 1.0])
    gone = set()
    for one in list(file.body.iter(_START)):
        name = str(one.get(w("name")))
        if OUR_MARK.fullmatch(name) and re.match(f"_{kind}", name) and chance.random() < share:
            gone.add(one.get(w("id")))
            one.getparent().remove(one)
    for one in list(file.body.iter(_END)):
        if one.get(w("id")) in gone:
            one.getparent().remove(one)
    return bool(gone)


def _delete_rows(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    table = chance.choice(_tables(file))
    rows = table.findall(w("tr"))
    gone = chance.choice([rows[:1], rows[:2], chance.sample(rows, chance.randint(1, len(rows))), rows[-1:]])
    for row in gone[: len(rows) - 1]:
        table.remove(row)
    return True


def _own_header(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    row = chance.choice(_tables(file)).find(w("tr"))
    for cell in row.findall(w("tc")):
        _fill(cell, "")
    return _write_in(row, row.find(w("tc")), chance, made)


def _type_in_row(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    row = chance.choice(chance.choice(_tables(file)).findall(w("tr")))
    return _write_in(row, chance.choice(row.findall(w("tc"))), chance, made)


def _write_in(row: Element, cell: Element, chance: random.Random, made: Damaged) -> bool:
    words = chance.choice(WORDS) + str(chance.randint(100, 999))
    _fill(cell, words)
    made.typed += (words,)
    made.edited.add(_number(row))
    return True


def _fill(cell: Element, words: str) -> None:
    first, *others = cell.findall(w("p"))
    for one in others:
        cell.remove(one)
    for one in [one for one in first if one.tag != w("pPr")]:
        first.remove(one)
    if words:
        first.append(xml(f"<w:r><w:t>{words}</w:t></w:r>"))


def _type_in_paragraph(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    paragraph = chance.choice(_texts(file))
    words = chance.choice(WORDS) + str(chance.randint(100, 999))
    paragraph.append(xml(f"<w:r><w:t>{words}</w:t></w:r>"))
    made.typed += (words,)
    made.edited.add(_number(paragraph))
    return True


def _sort(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    table = chance.choice([one for one in _tables(file) if one.find(f".//{w('vMerge')}") is None] or _tables(file))
    rows = table.findall(w("tr"))
    body = rows[1:]
    chance.shuffle(body)
    for row in body:
        table.append(row)
    return True


def _split(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    table = chance.choice(_tables(file))
    rows = table.findall(w("tr"))
    if len(rows) < 3:
        return False
    second = copy.deepcopy(table)
    at = chance.randint(1, len(rows) - 1)
    for row in rows[at:]:
        table.remove(row)
    with_header = chance.random() < 0.5
    for number, row in enumerate(second.findall(w("tr"))):
        if number < at and not (with_header and number == 0):
            second.remove(row)
    if with_header:
        _without_marks(second.find(w("tr")))
    between = xml("<w:p><w:r><w:t>（续表）</w:t></w:r></w:p>")
    table.addnext(between)
    between.addnext(second)
    return True


def _joined(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    tables = _tables(file)
    at = chance.randrange(len(tables) - 1)
    first, second = tables[at], tables[at + 1]
    if len(first.find(w("tblGrid"))) != len(second.find(w("tblGrid"))):
        return False
    for row in second.findall(w("tr")):
        first.append(row)
    second.getparent().remove(second)
    return True


def _move(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    what = chance.choice(_tables(file) if chance.random() < 0.5 else _texts(file))
    behind = chance.choice(_texts(file))
    if behind is what:
        return False
    behind.addnext(what)
    return True


def _copy(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    what = chance.choice(_tables(file) if chance.random() < 0.5 else _texts(file))
    twin = copy.deepcopy(what)
    _without_marks(twin)
    chance.choice(_texts(file)).addnext(twin)
    if twin.tag == w("tbl"):
        twin.addnext(xml("<w:p/>"))
    return True


def _copy_into_contents(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    lines = [
        one for one in file.body.iter(w("p")) if any("PAGEREF" in (c.text or "") for c in one.iter(w("instrText")))
    ]
    twin = copy.deepcopy(chance.choice(_texts(file)))
    _without_marks(twin)
    for style in twin.findall(f"{w('pPr')}/{w('pStyle')}"):
        style.getparent().remove(style)
    chance.choice(lines[:-1]).addnext(twin)
    return True


def _delete(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    what = chance.choice(_tables(file) if chance.random() < 0.5 else _texts(file))
    what.getparent().remove(what)
    return True


def _copy_row(file: WordFile, chance: random.Random, made: Damaged) -> bool:
    row = chance.choice(chance.choice(_tables(file)).findall(w("tr")))
    twin = copy.deepcopy(row)
    _without_marks(twin)
    row.addnext(twin)
    return True


def _without_marks(element: Element) -> None:
    for one in list(element.iter(_START, _END)):
        one.getparent().remove(one)


DEEDS: dict[str, Callable[[WordFile, random.Random, Damaged], bool]] = {
    "marks dropped": _drop_marks,
    "more marks dropped": _drop_marks,
    "rows deleted": _delete_rows,
    "more rows deleted": _delete_rows,
    "a header of one's own": _own_header,
    "words in a row": _type_in_row,
    "words in a paragraph": _type_in_paragraph,
    "rows sorted": _sort,
    "table split": _split,
    "tables joined": _joined,
    "moved": _move,
    "copied": _copy,
    "copied into 目录": _copy_into_contents,
    "deleted": _delete,
    "row copied": _copy_row,
}


def _mend(file: WordFile) -> None:
    """As Word leaves it: bookmarks with both ends, no row that goes on from none, words between two tables."""
    starts = {one.get(w("id")) for one in file.body.iter(_START)}
    ends = {one.get(w("id")) for one in file.body.iter(_END)}
    for one in list(file.body.iter(_START, _END)):
        if one.get(w("id")) not in starts & ends:
            one.getparent().remove(one)
    for table in _tables(file):
        open_columns: dict[int, int] = {}
        for row in rows_of(table):
            still = {}
            for cell in row.cells:
                merge = cell.element.find(f"{w('tcPr')}/{w('vMerge')}")
                if merge is not None:
                    if not cell.down and open_columns.get(cell.column) != cell.across:
                        merge.set(w("val"), "restart")
                    still[cell.column] = cell.across
            open_columns = still
        if table.getnext() is not None and table.getnext().tag == w("tbl"):
            table.addnext(xml("<w:p/>"))


# -- what must come out -----------------------------------------------------------------------------------------------
def faults(generated: bytes, fresh: bytes, made: Damaged) -> list[str]:
    result = refreshed(made.docx, fresh)
    found = common(made.docx, made.typed, fresh, result)
    found += _where_they_stand(generated, fresh, made, result)
    found += _uncommented(generated, fresh, result)
    found += _deleted_but_there(generated, made, result)
    return found


def _where_they_stand(generated: bytes, fresh: bytes, made: Damaged, result: Refreshed) -> list[str]:
    """What nobody wrote into reads as the new build has it; what a person took out of it aside."""
    was, now = _generated(generated), _generated(fresh)
    if was.values() != now.values() and sorted(was.values()) != sorted(now.values()):
        return []  # rows or paragraphs have come or gone: other properties hold then
    fresh_texts = {now[number]: text for number, text in _by_number(numbered(fresh)).items() if number in now}
    old_texts = {was[number]: text for number, text in _by_number(numbered(generated)).items() if number in was}
    asked = any(one.kind == "table" for one in result.remarks)  # of a copy nobody can say what it is a copy of
    before = _each(made.docx)
    after = _each(result.docx)
    found = []
    for number, texts in after.items():
        mark = was.get(number, "")
        if not mark or number in made.edited or set(before.get(number, ())) != {old_texts[mark]}:
            continue
        right = {fresh_texts[mark], *([old_texts[mark]] if asked else [])}
        found += [f"{mark} reads {one[:90]!r}, not {fresh_texts[mark][:90]!r}" for one in texts if one not in right]
    return found


def _by_number(docx: bytes) -> dict[str, str]:
    return {number: texts[0] for number, texts in _each(docx).items()}


def _each(docx: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in read(docx).body.iter(w("tr"), w("p")):
        number = _number(element)
        if number:
            inside = [element] if element.tag == w("p") else list(element.iter(w("tc")))
            text = "\t".join(
                "\n".join(map(text_of, [one] if one.tag == w("p") else one.iter(w("p")))) for one in inside
            )
            found.setdefault(number, []).append(text)
    return found


def _uncommented(generated: bytes, fresh: bytes, result: Refreshed) -> list[str]:
    """Old figures that stand somewhere without a comment of ours beside them."""
    now = {number for text in _words(fresh) for number in _numbers(text)}
    old = {number for text in _words(generated) for number in _numbers(text)} - now
    file = read(result.docx)
    comments = file.related("comments")
    ours = {one.get(w("id")) for one in file.tree(comments) if one.get(w("author")) == OURS} if comments else set()
    found = []
    for paragraph in file.body.iter(w("p")):
        stale = [one for one in _numbers(text_of(paragraph)) if one in old]
        if stale and not any(one.get(w("id")) in ours for one in paragraph.iter(w("commentReference"))):
            found.append(f"{stale} stands in {text_of(paragraph)[:80]!r} without a comment")
    return found


def _deleted_but_there(generated: bytes, made: Damaged, result: Refreshed) -> list[str]:
    """Called deleted, and yet something of it was in the file."""
    numbers = set(_each(made.docx)) - made.edited
    tables = {mark.split()[0] for number, mark in _generated(generated).items() if " " in mark and number in numbers}
    names = {f"表‘{opened(generated).facts.tables[int(mark[1:]) - 1].name}’" for mark in tables}
    said = [one for one in result.remarks if one.kind == "deleted"]
    return [f"called deleted: {one.old}" for one in said if one.old in names]


def _words(docx: bytes) -> list[str]:
    return [text_of(one) for one in read(docx).body.iter(w("p"))]


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+\.\d+", unicodedata.normalize("NFKC", text).replace(",", ""))


# -- a small report with every kind of thing that can be mistaken for another ------------------------------------------
def _amount(name: str, value: int) -> Quantity:
    return Quantity(Decimal(value) * 100, "元", name)


def _shown(quantity: Quantity) -> Figure:
    return Figure(NumberStyle().text(Quantity(abs(quantity.value), quantity.unit), with_unit=False), quantity)


CODES = ("2080101 行政运行", "2080102 一般行政管理事务", "2080104 综合业务管理", "2130505 生产发展", "2130506 社会发展")


@cache
def small(values: tuple[int, ...]) -> bytes:
    """Four chapters, each a paragraph with growth or decline, a chart, a table of codes; then two tables that read
    alike, one of indicators with covered cells, and sentences that stand twice. `values`: 8 in hundredths of 万元."""
    entries = map("_Toc{}".format, count(90_000_001))
    blocks: list[object] = [SectionStart(), Contents()]
    for n, chapter in enumerate(("收入", "支出", "拨款", "运行")):
        now, before = _amount(f"{chapter}.本年", values[2 * n]), _amount(f"{chapter}.上年", values[2 * n + 1])
        grown = Quantity(now.value - before.value, "元", f"{chapter}之差", origin=Derived("-", (now, before)))
        word = "增加" if grown.value > 0 else "减少"
        blocks.append(Heading(1, f"{'一二三四'[n]}、", (Run(f"{chapter}情况"),), "标题1", next(entries)))
        text = (Run(f"{chapter}总计"), _shown(now), Run("万元。与上年"), _shown(before), Run("万元相比，"))
        blocks.append(Paragraph((*text, Run(word), _shown(grown), Run("万元。主要原因是人员变动。"))))
        blocks.append(Paragraph((Run(f"{chapter}的核算口径与上年一致，没有调整，数据取自部门决算报表。"),)))
        series = (ChartSeries(chapter, (before, now)),)
        blocks.append(
            Chart(f"{chapter}图", "柱形", ("上年", "本年"), series, (Run(f"图：{chapter}"),), alt=f"{chapter}柱形图")
        )
        rows = tuple(
            Row((code[:7], code[8:], _shown(_amount(f"{chapter}[{code}].决算", values[2 * n] + 11 * k + 1)), "0.00"))
            for k, code in enumerate(CODES)
        )
        head = (Row(("科目编码", "科目名称", "决算数", "其他")),)
        columns = (Column(30), Column(30), Column(20), Column(20))
        blocks.append(
            Table(
                f"{chapter}表", columns, head, (*rows, Row(("", "合计", _shown(now), "0.00"))), (Run(f"{chapter}表"),)
            )
        )
    for n, name in enumerate(("甲基金", "乙基金")):
        head = (Row(("预算数", "决算数")),)
        row = Row((_shown(_amount(f"{name}.预算", 0)), _shown(_amount(f"{name}.决算", values[n] % 3 * 100))))
        blocks.append(Table(f"{name}表", (Column(50), Column(50)), head, (row,), (Run(f"{name}表"),)))
    blocks.append(Paragraph((Run("以上数据已经核对。"),)))
    return write_docx(Document(Meta("小报告"), tuple(blocks)), _look())  # type: ignore[arg-type]


@cache
def _look() -> object:
    style = INPUTS.parent / "templates" / "common" / "style.yaml"
    return parse_look(yaml.safe_load(style.read_text(encoding="utf-8")))


def attempt(seed: str, example: str = "", office: Office | None = None) -> tuple[Damaged, str, list[str]]:
    """One run: what was done, the correction, what is wrong afterwards. `example`: one of inputs/ instead of the small
    report; `office`: LibreOffice saves it before, in a format that the seed draws."""
    chance = random.Random(seed)
    if example:
        correction = chance.choice(sorted(CORRECTIONS))
        generated, fresh = built(example, (), False), built(example, CORRECTIONS[correction], False)
    else:
        was = tuple(chance.randint(1000, 99999) for _ in range(8))
        now = tuple(chance.randint(1000, 99999) if chance.random() < 0.5 else one for one in was)
        correction = f"{was} → {now}"
        generated, fresh = small(was), small(now)
    made = damaged(generated, chance)
    if office is not None:
        suffix = chance.choice(FORMATS)
        made.done.append(f"saved as .{suffix}")
        saved = _saved_elsewhere(made.docx, generated, suffix, office)
        if saved is None:
            made.done.append(REFUSED)
            return made, correction, []
        made.docx = saved
    return made, correction, faults(generated, fresh, made)


FORMATS = ("docx", "doc", "odt")
REFUSED = "refused"


def _saved_elsewhere(docx: bytes, generated: bytes, suffix: str, office: Office) -> bytes | None:
    """Saved by LibreOffice, opened as `refresh --base` opens it; None where too little of the report is left."""
    data = office.saved_as(docx, suffix)
    if suffix != "docx":
        changed = to_docx(f"报告.{suffix}", data).value
        assert changed is not None
        data = changed
    if open_marked("报告.docx", data).value is not None:
        return data
    made = restored("报告.docx", Parts(data), opened(generated))
    return made.file.parts.save() if made.is_that_report else None
