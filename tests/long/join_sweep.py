"""Random edits by two people on copies of the examples, joined: `python tests/long/join_sweep.py SEED COUNT`.

Nothing typed by either is lost (it stands in the text or in a comment), figures that nobody touched are as they were,
the file is valid, joining it once more with either copy changes nothing, and it can still be refreshed.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[0:1] = [str(Path(__file__).resolve().parents[1] / "helpers"), str(Path(__file__).resolve().parents[2])]

from refresh_cases import DATE, built, opened, refreshed  # noqa: E402
from word_by_hand import comments_of, text_of, w  # noqa: E402
from word_edits import (  # noqa: E402
    Edit,
    comment,
    delete_paragraph,
    delete_row,
    edited,
    highlight,
    hyperlink,
    join_next,
    move_paragraph,
    note,
    overtype,
    paragraph_behind,
    picture,
    retype,
    retype_cell,
    row_behind,
    split_behind,
    text_box,
    tracked_delete,
    tracked_type,
    type_behind,
)
from word_rules import broken_rules  # noqa: E402

from generator.joined_files import EditedCopy, join_files  # noqa: E402
from generator.joining.join import Joined  # noqa: E402
from generator.joining.sides import Side  # noqa: E402
from generator.word.parts import Parts  # noqa: E402
from generator.word.read import read_outline  # noqa: E402

EXAMPLES = ("heshuo-2018", "taoyuan-2019", "xihu-2022", "chengde-2022", "sichuan-project-2023", "gongjing-2020")
_LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def texts(docx: bytes) -> list[str]:
    parts = Parts(docx)
    body = parts.tree(parts.document)
    found = []
    for paragraph in body.iter(w("p")):
        inside = any(one.tag in (w("tc"), w("txbxContent")) for one in paragraph.iterancestors())
        if not inside and len(text_of(paragraph)) > 14 and "\t" not in text_of(paragraph):
            found.append(text_of(paragraph))
    return list(dict.fromkeys(found))


def cells(docx: bytes) -> list[tuple[str, int]]:
    """First cells of rows, and how many cells the row has."""
    parts = Parts(docx)
    rows = [row.findall(w("tc")) for row in parts.tree(parts.document).iter(w("tr"))]
    named = [("".join(text_of(p) for p in row[0].iter(w("p"))), len(row)) for row in rows if row]
    return [(name, count) for name, count in named if len(name) > 3 and count > 1]


class Person:
    """Types words that nobody else types."""

    def __init__(self, chance: random.Random, name: str) -> None:
        self.chance, self.name, self.count = chance, name, 0

    def words(self) -> str:
        self.count += 1
        return f"{self.name}{''.join(self.chance.choices(_LETTERS, k=6))}{_LETTERS[self.count % len(_LETTERS)]}"

    def edit(self, paragraphs: list[str], rows: list[tuple[str, int]]) -> Edit:
        chance, new = self.chance, self.words()
        text = chance.choice(paragraphs)
        start = chance.randrange(len(text) - 6)
        piece = text[start : start + chance.randint(2, 6)]
        choices: list[Callable[[], Edit]] = [
            lambda: retype(piece, new, within=text),
            lambda: type_behind(piece, new, within=text),
            lambda: paragraph_behind(text, new + "。"),
            lambda: delete_paragraph(text),
            lambda: comment(piece, new, within=text, author=self.name),
            lambda: note(piece, new, within=text),
            lambda: picture(text, own_paragraph=chance.random() < 0.5),
            lambda: text_box(text, new),
            lambda: hyperlink(piece, "https://example.org/", within=text),
            lambda: highlight(piece, within=text),
            lambda: tracked_type(piece, new, within=text),
            lambda: tracked_delete(piece, within=text),
            lambda: split_behind(piece, within=text),
            lambda: join_next(text),
            lambda: move_paragraph(text, chance.choice(paragraphs)),
            lambda: overtype(next(c for c in text.split("万元")[0].split("，") if c), new, text),
        ]
        if rows:
            row, count = chance.choice(rows)
            choices += [
                lambda: retype_cell(row, chance.randrange(1, count), new),
                lambda: row_behind(row, new),
                lambda: delete_row(row),
            ]
        return chance.choice(choices)()


def worked_on(docx: bytes, person: Person, most: int) -> tuple[bytes, list[str]]:
    """A copy with some edits, and what was typed and still stands in it."""
    typed: list[str] = []
    for _ in range(person.chance.randint(1, most)):
        try:
            made = edited(docx, person.edit(texts(docx), cells(docx)))
        except (AssertionError, ValueError, IndexError, StopIteration, AttributeError, KeyError):
            continue  # there is no such place for this edit
        docx = made.docx
        typed += made.typed
    present = said(docx)
    return docx, [one for one in typed if one in present]


def said(docx: bytes) -> str:
    """What a reader finds: text, notes and text boxes that stand in it, comments."""
    side = Side(opened(docx), "")
    blocks = [f"{side.says(number)}{block.text()}" for number, block in enumerate(side.blocks)]
    return "\n".join((*blocks, *(one.text for one in comments_of(docx))))


def joined(first: bytes, other: bytes) -> Joined:
    made = join_files(EditedCopy("张三.docx", first), EditedCopy("李四.docx", other), date=DATE).value
    assert made is not None
    return made


def one_run(seed: int) -> list[str]:
    """What is wrong."""
    chance = random.Random(seed)
    base = built(chance.choice(EXAMPLES), whole=False)
    first, first_typed = worked_on(base, Person(chance, "张三"), 8)
    other, other_typed = worked_on(base, Person(chance, "李四"), 8)
    made = joined(first, other).docx
    wrong = [f"lost: {one}" for one in (*first_typed, *other_typed) if one not in said(made)]
    wrong += [f"invalid: {one}" for one in broken_rules(made)]
    for name, again in (("first", first), ("other", other), ("itself", made)):
        once_more = joined(made, again).docx
        if read_outline(once_more) != read_outline(made) or comments_of(once_more) != comments_of(made):
            wrong.append(f"joining with the {name} once more changes it")
    renewed = refreshed(made, base)
    stale = [one for one in renewed.remarks if one.kind in ("leftover", "wording")]
    if any(one not in said(renewed.docx) for one in (*first_typed, *other_typed)):
        wrong.append("refreshing loses words")
    if stale:
        wrong.append(f"figures are not what they were: {stale[:2]}")
    assert opened(renewed.docx)
    return wrong


def main() -> None:
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    failed = 0
    for number in range(seed, seed + count):
        try:
            wrong = one_run(number)
        except Exception as error:  # a sweep tells and goes on
            wrong = [f"{type(error).__name__}: {error}"]
        if wrong:
            failed += 1
            print(number, *wrong[:4], sep="\n    ", flush=True)
    print(f"{count} joinings, {failed} failed")


if __name__ == "__main__":
    main()
