"""The examples of all packs as Word files, as they are and with something changed in the input."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.case import InputFiles, read_case
from generator.diagnostics import Outcome
from generator.pack import Pack, PackRoots
from generator.pipeline import make_document
from generator.writers.docx import write_docx
from generator.writers.line_counter import estimate_pages

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
EXAMPLES = tuple(sorted(folder.name for folder in INPUTS.iterdir() if folder.is_dir()))
ROOTS = PackRoots.with_own(())
Data = dict[str, Any]
"""What stands in the files of an example: file → its YAML."""
_packs: dict[str, Outcome[Pack | None]] = {}


def data_of(example: str) -> Data:
    return {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted((INPUTS / example).glob("*.yaml"))}


def word_of(data: Data) -> bytes:
    """Page numbers are estimated: measuring them would cost more than all else."""
    texts = tuple((name, yaml.safe_dump(one, allow_unicode=True, sort_keys=False)) for name, one in data.items())
    case = read_case(InputFiles(Path(), texts, ""), ROOTS, _packs).value
    assert case is not None
    document, look = make_document(case).value, case.pack.look
    return write_docx(document, look, pages=estimate_pages(document, look))


@cache
def original(example: str) -> bytes:
    return word_of(data_of(example))


def changed(example: str, change: Callable[[Data], None]) -> bytes:
    data = data_of(example)
    change(data)
    return word_of(data)


def shaken(example: str, seed: int) -> bytes:
    """Two amounts other than they were, one entry of a list gone, one come, one text with a sentence more."""
    return changed(example, lambda data: _shake(data, random.Random(seed)))


def _shake(data: Data, chance: random.Random) -> None:
    amounts = [
        (holder, key)
        for holder, key in _leaves(data)
        if isinstance(holder[key], float) or (isinstance(holder[key], int) and holder[key] > 2100)
    ]
    for holder, key in chance.sample(amounts, min(2, len(amounts))):
        holder[key] = type(holder[key])(round(holder[key] * 3 + 1, 2))
    lists = [one for one in _lists(data) if len(one) > 1 and all(isinstance(entry, dict) for entry in one)]
    for grows in (False, True):
        if not lists:
            break
        entries = chance.choice(lists)
        at = chance.randrange(len(entries))
        if grows:
            entries.insert(at, {key: _otherwise(value) for key, value in entries[at].items()})
        elif len(entries) > 1:
            del entries[at]
    texts = [
        (holder, key)
        for holder, key in _leaves(data)
        if isinstance(holder[key], str) and len(holder[key]) > 30 and holder[key].endswith("。")
    ]
    if texts:
        holder, key = chance.choice(texts)
        holder[key] += "另有补充说明，共计12.50万元。"


def _otherwise(value: Any) -> Any:
    return (
        re.sub(r"^([\u4e00-\u9fff]{4,})", r"新增\1", value) if isinstance(value, str) and "{{" not in value else value
    )


def _leaves(node: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if isinstance(value, dict | list):
            yield from _leaves(value)
        elif not isinstance(value, bool) and key not in ("年度", "报告", "金额单位"):
            yield node, key


def _lists(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, list):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _lists(value)
