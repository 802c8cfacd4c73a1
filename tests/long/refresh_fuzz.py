"""Random edits against random corrections: `python tests/long/refresh_fuzz.py --seed 1 --count 500 [EXAMPLE …]`.

Every run takes an example, lets people edit its report (reasons reworded, figures typed otherwise or changed, clauses
put in another order, words and paragraphs added, sentences parted and joined, `--rows`: rows and paragraphs deleted),
corrects numbers, texts and the unit's name in its input, refreshes, and asks the oracle (`refresh_oracle`): no text
lost or in pieces, no sentence that nobody wrote, none that is false, no old figure without a remark, a second run
changes nothing, the file is valid. Prints what it finds with the run's own seed, for `--only SEED`.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "helpers")]

import word_edits as by_hand  # noqa: E402
from refresh_cases import refreshed, remarks_in_words, shortened  # noqa: E402
from refresh_oracle import faults, spellings  # noqa: E402
from typed_amounts import amounts_in, texts_of, trees_of  # noqa: E402
from word_by_hand import WordFile, blocks, in_contents, text_of  # noqa: E402

from generator.case import InputFiles, Packs  # noqa: E402
from generator.diagnostics import Outcome  # noqa: E402
from generator.pack import PackRoots, load_pack  # noqa: E402
from generator.pipeline import examine_files  # noqa: E402
from generator.writers.docx import write_docx  # noqa: E402
from generator.writers.line_counter import estimate_pages  # noqa: E402

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
ROOTS = PackRoots.with_own(())
SMALL = ("putuo-finance-2024", "putuo-planning-2024", "gongjing-2020", "taoyuan-2019", "xihu-2022", "heshuo-2018")
REASONS = ("新增参保服务窗口", "办公用房搬迁", "人员调资补发", "信息系统升级", "两名干部退休", "压缩一般性开支")
SIGNS = "㐀㐂㐄㐆㐈㐊㐌㐎㐐㐒㐔㐖㐘㐚㐜㐞㐠㐢㐤㐦㐨㐪㐬㐮"
"""Signs that stand in no report, at both ends of what somebody writes: whole texts are told from pieces by them."""


class Example:
    """The report of one example, and of its corrected inputs."""

    def __init__(self, name: str) -> None:
        self.trees = trees_of(INPUTS / name)
        pack = next(tree["报告"] for tree in self.trees.values() if "报告" in tree)
        self.packs: Packs = {pack: load_pack(pack, ROOTS)}
        loaded = self.packs[pack].value
        assert loaded is not None
        self.form = loaded.form.fields
        self.docx = self.built(self.trees)

    def built(self, trees: dict[str, Any]) -> bytes:
        examined = examine_files(Outcome(InputFiles(Path(), texts_of(trees), "")), ROOTS, self.packs).value
        assert examined is not None
        look, document = examined.case.pack.look, shortened(examined.document)
        return write_docx(document, look, pages=estimate_pages(document, look))


@dataclass
class Run:
    """`whole`: texts that must not come to pieces; `overtyped`: numbers that a person put in the place of others."""

    dice: random.Random
    whole: list[str] = field(default_factory=list)
    overtyped: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)

    def text(self, length: int = 2) -> str:
        """Words that nobody has written yet, between two signs."""
        sign = SIGNS[len(self.signs) % len(SIGNS)]
        self.signs.append(sign)
        text = "，".join(self.dice.sample(REASONS, length))
        self.whole.append(f"{sign}{text}{sign}")
        return self.whole[-1]


# -- corrections ------------------------------------------------------------------------------------------------------
def corrected(example: Example, run: Run) -> dict[str, Any]:
    trees = copy.deepcopy(example.trees)
    amounts = [one for tree in trees.values() for one in amounts_in(example.form, tree)]
    for one in run.dice.sample(amounts, min(len(amounts), run.dice.choice((0, 1, 1, 3, 6)))):
        one.holder[one.key] = str((one.value * run.dice.choice((2, 3, 7)) / 5).quantize(Decimal("0.01")))
        run.done.append(f"input {one.name} = {one.holder[one.key]}")
    earlier = [one for one in amounts if "上年" in one.name]
    for one in run.dice.sample(earlier, min(len(earlier), run.dice.choice((0, 1, 2)))):
        one.holder[one.key] = str((one.value * run.dice.choice((Decimal("0.3"), 1, 4))).quantize(Decimal("0.01")))
        run.done.append(f"input {one.name} = {one.holder[one.key]}")
    texts = [(holder, key) for tree in trees.values() for holder, key in _texts(tree)]
    for holder, key in run.dice.sample(texts, min(len(texts), run.dice.choice((0, 1, 2, 4)))):
        run.done.append(f"input text {holder[key][:20]!r} of {key}")
        holder[key] = run.text(run.dice.choice((1, 2)))
    if run.dice.random() < 0.15:
        names = [(tree["单位"], "名称") for tree in trees.values() if isinstance(tree.get("单位"), dict)]
        for holder, key in names:
            if key in holder:
                run.done.append("unit renamed")
                holder[key] = f"{holder[key][:-1]}服务{holder[key][-1]}"
    return trees


def _texts(held: object) -> Iterator[tuple[Any, Any]]:
    """Where reasons and other texts of one line stand."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(held, dict):
        pairs = list(held.items())
    elif isinstance(held, list):
        pairs = list(enumerate(held))
    for key, value in pairs:
        if isinstance(value, str):
            if len(value) > 7 and "\n" not in value and re.search("原因|情况|成效|问题", str(key)):
                yield held, key
        else:
            yield from _texts(value)


# -- edits ------------------------------------------------------------------------------------------------------------
def reworded(run: Run, paragraph: str) -> by_hand.Edit:
    """The reason, whole or a piece of it, or a clause behind it."""
    found = run.dice.choice(re.findall(r"原因(?:是|：|为)([^。；]{4,})", paragraph))
    kind = run.dice.choice(("whole", "piece", "behind", "end"))
    if kind == "whole":
        return by_hand.retype(found, run.text(), within=paragraph)
    if kind == "behind":
        return by_hand.type_behind(found, f"，{run.text()}", within=paragraph)
    if kind == "end":
        return by_hand.type_behind(found, run.text(1), within=paragraph)
    at = run.dice.randrange(len(found) - 3)
    return by_hand.retype(found[at : at + 3], run.text(1), within=paragraph)


def spelled(run: Run, paragraph: str) -> by_hand.Edit:
    """A figure as somebody else would type it."""
    number, unit = run.dice.choice(re.findall(r"(?<![\d.])(\d+\.\d+)(万元|%)", paragraph))
    wide, short, yuan, hundred_millions, words = spellings(number)
    ways = [(wide, unit), (short, unit)]
    if unit == "万元":
        ways += [(yuan, "元"), (hundred_millions, "亿元"), (words, unit)]
    return by_hand.retype(number + unit, "".join(run.dice.choice(ways)), within=paragraph)


def overtyped(run: Run, paragraph: str) -> by_hand.Edit:
    number = run.dice.choice(re.findall(r"(?<![\d.])\d+\.\d+", paragraph))
    run.overtyped.append(new := f"{Decimal(number) + run.dice.choice((1, 20, Decimal('0.03')))}")
    return by_hand.retype(number, new, within=paragraph, marks=run.dice.choice(("removed", "around", "collapsed")))


def reordered(run: Run, paragraph: str) -> by_hand.Edit:
    sentence = run.dice.choice([one for one in re.split("[。；]", paragraph) if one.count("，") >= 1])
    first, *rest = sentence.split("，")
    if run.dice.random() < 0.5:  # retyped: the marks are gone
        return by_hand.retype(sentence, "，".join([*rest, first]), within=paragraph)
    return by_hand.move_words(f"{first}，", f"，{rest[-1][:4]}"[1:], within=paragraph)


def inserted(run: Run, paragraph: str) -> by_hand.Edit:
    at = run.dice.choice([m.end() for m in re.finditer("[一-龥，]", paragraph[:-1])])
    before = paragraph[max(at - 4, 0) : at]
    assert paragraph.count(before) == 1
    return by_hand.type_behind(before, run.text(1), within=paragraph)


def parted(run: Run, paragraph: str) -> by_hand.Edit:
    assert "。" in paragraph[:-1]
    return by_hand.split_behind("。", within=paragraph)


def joined(run: Run, paragraph: str) -> by_hand.Edit:
    return by_hand.join_next(paragraph)


def added(run: Run, paragraph: str) -> by_hand.Edit:
    return by_hand.paragraph_behind(paragraph, f"{run.text()}。")


def clause_taken_out(run: Run, paragraph: str) -> by_hand.Edit:
    return by_hand.delete_words(run.dice.choice(paragraph.split("，")[1:-1]) + "，", within=paragraph)


def copied(run: Run, paragraph: str) -> by_hand.Edit:
    return by_hand.copy_paragraph(paragraph, paragraph, marks=run.dice.choice(("dropped", "duplicated")))


def removed(run: Run, paragraph: str) -> by_hand.Edit:
    return by_hand.delete_paragraph(paragraph)


EDITS: tuple[Callable[[Run, str], by_hand.Edit], ...] = (
    *(reworded, reworded, reworded, spelled, spelled, overtyped, overtyped, reordered, inserted, inserted, parted),
    *(joined, added, clause_taken_out, copied),
)


def edited(docx: bytes, likely: list[str], run: Run, edits: tuple[Callable[[Run, str], by_hand.Edit], ...]) -> bytes:
    """Some of them, mostly where something is corrected; one that finds nothing to do is left out."""
    file = WordFile(docx)
    for _ in range(run.dice.choice((1, 2, 3, 5, 8))):
        texts = [text_of(one) for one in file.paragraphs() if not in_contents(one)]
        texts = [one for one in texts if len(one) > 20 and texts.count(one) == 1]
        near = [one for one in texts if one in likely]
        paragraph = run.dice.choice(near if near and run.dice.random() < 0.75 else texts)
        edit, before, known = run.dice.choice(edits), file.save(), len(run.whole)
        try:
            edit(run, paragraph)(file)
            run.done.append(f"{edit.__name__} in {paragraph[:40]!r}")
        except (AssertionError, StopIteration, IndexError, ValueError, AttributeError):
            file.restore(before)
            del run.whole[known:]
    return file.save()


def one_run(example: Example, seed: str, *, rows: bool) -> list[str]:
    run = Run(random.Random(seed))
    fresh = example.built(corrected(example, run))
    data = list(run.whole)
    new = set(blocks(fresh))
    likely = [one for one in blocks(example.docx) if one not in new]
    made = edited(example.docx, likely, run, (*EDITS, removed) if rows else EDITS)
    kept = [one for one in run.whole if one in data or any(one in block for block in blocks(made))]
    before = bytes(made)
    result = refreshed(made, fresh)
    found = faults(example.docx, made, fresh, result, whole=tuple(kept), overtyped=tuple(run.overtyped))
    if made != before:
        found.append("the edited file was changed")
    if not found:
        return []
    return [*found, *(f"  {one}" for one in run.done), *(f"  said {one}" for one in remarks_in_words(result))]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--only", default="", help="the seed of one run, as printed")
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("examples", nargs="*", default=SMALL)
    options = parser.parse_args()
    examples = {name: Example(name) for name in options.examples}
    failed = 0
    began = time.process_time()
    names = list(examples)
    seeds = [options.only] if options.only else [f"{options.seed}-{n}" for n in range(options.count)]
    for number, seed in enumerate(seeds):
        name = names[int(seed.split("-")[1]) % len(names)]
        try:
            found = one_run(examples[name], seed, rows=options.rows)
        except Exception as error:  # what breaks is a finding, not the end
            found = [f"{type(error).__name__}: {error}"]
        if found:
            failed += 1
            print(f"{seed} {name}\n  " + "\n  ".join(one[:400] for one in found), flush=True)
        if number % 25 == 24:
            print(f"{number + 1} runs, {failed} failed, {time.process_time() - began:.0f} s", flush=True)
    print(f"{len(seeds)} runs, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
