"""What a draft must keep: the document of a complete input against that of the same input with something taken out.

A sentence or row may be missing only where it says the thing that was taken out: what else depends on it shows when the
same place is filled in otherwise (`altered`), and only such sentences may change.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from example_packs import ROOTS, Data

from generator.case import InputFiles
from generator.diagnostics import Outcome
from generator.document.nodes import Cell, Chart, Document, Figure, Heading, Paragraph, Run, SectionStart, Table
from generator.drafts import as_draft, gap_findings
from generator.pack import Pack
from generator.pipeline import Examined, examine_files

Path_ = tuple[str | int, ...]
"""Where something stands in the data: file, names, row numbers."""
_packs: dict[str, Outcome[Pack | None]] = {}
GAP = re.compile("〔[^〕]*〕")
_COUNTING = "[一二三四五六七八九十]+"
_HEADING_NUMBER = re.compile(rf"^(?:第{_COUNTING}部分\s*|{_COUNTING}、|（{_COUNTING}）|\d+[.．、]\s*|（\d+）|附件\d+)")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


def examined(data: Data) -> Outcome[Examined | None]:
    texts = tuple((name, yaml.safe_dump(one, allow_unicode=True, sort_keys=False)) for name, one in data.items())
    return examine_files(Outcome(InputFiles(Path(), texts, "")), ROOTS, _packs)


# -- inputs taken out -------------------------------------------------------------------------------------------------


def every_input(data: Data) -> Iterator[Path_]:
    """Each value, each row, each list and each group; not the names of the report and of its unit of money."""
    for file, content in data.items():
        for path in _below(content, (file,)):
            if path[-1] not in ("报告", "金额单位"):
                yield path


def _below(node: Any, path: Path_) -> Iterator[Path_]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in pairs:
        yield (*path, key)
        yield from _below(child, (*path, key))


def value_at(data: Data, path: Path_) -> Any:
    node: Any = data
    for key in path:
        node = node[key]
    return node


def without(data: Data, *paths: Path_) -> Data:
    """The later ones first, so that numbers of rows hold; one inside another goes with it."""
    changed = copy.deepcopy(data)
    for path in sorted(paths, key=repr, reverse=True):
        try:
            holder = value_at(changed, path[:-1])
            del holder[path[-1]]
        except (KeyError, IndexError):
            continue
    return changed


def altered(data: Data, path: Path_) -> Data:
    """The same place filled in otherwise."""
    changed = copy.deepcopy(data)
    holder = value_at(changed, path[:-1])
    holder[path[-1]] = _otherwise(holder[path[-1]])
    return changed


def _otherwise(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _otherwise(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_otherwise(inner) for inner in value]
    if isinstance(value, bool) or value in ("是", "否"):
        return value
    if isinstance(value, int | float):
        return type(value)(value + 1)
    if re.fullmatch(r"[\d年月日.%-]+|.{1,6}", str(value)):
        return value
    return re.sub(r"[^。；\n]+", lambda part: f"另写{part[0]}", str(value))


# -- what a document says ---------------------------------------------------------------------------------------------


@dataclass
class Said:
    """A document as its reader sees it, numbers masked: headings; by heading the sentences, rows and charts."""

    headings: list[str] = field(default_factory=list)
    sentences: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)


def said(document: Document) -> Said:
    found, above = Said(), ""
    for block in document.blocks:
        if isinstance(block, Heading):
            above = _words(block.content)
            found.headings.append(block.number + above)
        elif isinstance(block, Paragraph):
            for sentence in re.split("[。；]", _words(block.content)):
                if sentence.strip():
                    found.sentences[above, _masked(sentence)] += 1
        elif isinstance(block, Table):
            for row in (*block.head, *block.body):
                found.rows.append((block.name, tuple(_masked(_words(cell)) for cell in row.cells)))
            for note in block.notes:
                found.sentences[above, _masked(_words(note))] += 1
        elif isinstance(block, Chart):
            found.charts.append(_words(block.caption))
    return found


def _words(content: Cell) -> str:
    if isinstance(content, tuple):
        return "".join(piece.text if isinstance(piece, Run | Figure) else "" for piece in content)
    return content.text if isinstance(content, Figure) else str(content)


def _masked(text: str) -> str:
    return _NUMBER.sub("#", text)


def _fits(text: str, pattern: str) -> bool:
    """Whether `text` is `pattern` with something in place of its gaps."""
    if text == pattern:
        return True
    pieces = [re.escape(piece) for piece in GAP.split(pattern)]
    return len(pieces) > 1 and re.fullmatch(".*".join(pieces), text, re.DOTALL) is not None


# -- the comparison ---------------------------------------------------------------------------------------------------


class Complete:
    """An example as it is, and what is lost of it in drafts."""

    def __init__(self, data: Data) -> None:
        self.data = data
        made = examined(self.data).value
        assert made is not None
        self.said = said(made.document)

    def without_what_may_be_blank(self, *paths: Path_) -> tuple[Complete, tuple[Path_, ...]]:
        """The complete document that has less in it, and what is still to be taken out."""
        free = [path for path in paths if self._may_be_missing(path)]
        left = tuple(path for path in paths if path not in free)
        reduced = without(self.data, *free)
        return (Complete(reduced), left) if free and _all_there(reduced, left) else (self, paths)

    def _may_be_missing(self, path: Path_) -> bool:
        outcome = examined(without(self.data, path))
        if outcome.value is None:
            return False
        gaps = gap_findings(outcome.diagnostics, outcome.value.case.facts)
        return not gaps or not _is_gap(path, value_at(self.data, path), gaps)

    def losses(self, *paths: Path_) -> list[str]:
        """What is wrong with the draft of the input without `paths`; [] when nothing is lost."""
        if len(paths) > 1:
            complete, left = self.without_what_may_be_blank(*paths)
            if complete is not self:
                return complete.losses(*left) if left else []
        outcome = examined(without(self.data, *paths))
        if outcome.value is None:
            return ["没有草稿"] if not any(d.code == "O035" for d in outcome.diagnostics) else []
        found = outcome.value
        faults = [f"{d.code} {d.message}" for d in outcome.diagnostics if re.fullmatch("T\\d{3}", d.code)]
        gaps = gap_findings(outcome.diagnostics, found.case.facts)
        if not gaps:
            return faults  # nothing is missing: a complete document of another input
        draft = as_draft(found.document, found.case.facts, outcome.diagnostics)
        front, rest = _front_page(draft)
        missing = [gap.message for gap in gaps if not any(gap.message in line for line in front)]
        losses = [*faults, *(f"没有列出：{message}" for message in missing)]
        if rest != found.document.blocks:
            losses.append("首页以外有变化")
        now = said(found.document)
        values = [value_at(self.data, path) for path in paths]
        removed = [str(text) for value in values for text in _texts(value)]
        marked = any(GAP.search(text) for text in _all_texts(found.document))
        if gaps and not marked and now != self.said:
            losses.append("正文里没有〔待填〕")
        if marked and any(isinstance(value, list) for value in values):
            return losses  # what stood in the list's own rows is gone with them
        losses += self._headings(now, removed)
        if not any(_is_gap(path, value, gaps) for path, value in zip(paths, values, strict=True)):
            return losses  # it has a value without being filled in, and so the report is another one
        losses += self._sentences(now, paths, removed)
        by_account = any(str(path[-1]).endswith(("科目", "年度")) for path in paths)
        if not (marked and by_account):  # sums by an account that is not known
            losses += self._rows(now, removed)
        if len(now.charts) < len(self.said.charts):
            losses.append("少了图")
        return losses

    def _headings(self, now: Said, removed: list[str]) -> list[str]:
        expected, found = list(self.said.headings), list(now.headings)
        losses: list[str] = []
        own = [text for text in removed if len(text) > 1]
        expected = _without_own(expected, own)
        position = 0
        for heading in expected:
            while position < len(found) and not _fits(_bare(heading), _bare(found[position])):
                position += 1
            if position == len(found):
                losses.append(f"少了标题：{heading}")
                position = 0
            else:
                position += 1
        if len(found) > len(self.said.headings):
            losses.append(f"多了{len(found) - len(self.said.headings)}个标题")
        if len(expected) == len(self.said.headings) == len(found) and not all(map(_fits, expected, found)):
            losses.append("标题的编号变了")
        return losses

    def _sentences(self, now: Said, paths: tuple[Path_, ...], removed: list[str]) -> list[str]:
        here = Counter(sentence for (_, sentence), n in now.sentences.items() for _ in range(n))
        patterns = [sentence for sentence in here if GAP.search(sentence)]
        lost, by_account = [], any(str(path[-1]).endswith(("科目", "年度")) for path in paths)
        own = [_masked(part) for text in removed for part in re.split("[。；\n]", text) if part.strip()]
        for (_, sentence), count in self.said.sentences.items():
            if here[sentence] >= min(count, 1) or any(_fits(sentence, pattern) for pattern in patterns):
                continue
            if any(sentence in text or text.strip() in sentence for text in own if len(text.strip()) > 1):
                continue
            if any(sentence in pattern for pattern in here):
                continue
            if by_account and any(sentence[:4] == pattern[:4] or "（项）：" in sentence for pattern in patterns):
                continue  # names its accounts one after the other; 名词解释 follows what is named
            lost.append(sentence)
        if lost:
            dependent = self._dependent(paths)
            lost = [sentence for sentence in lost if sentence not in dependent]
        return [f"少了句子：{sentence}" for sentence in lost]

    def _dependent(self, paths: tuple[Path_, ...]) -> set[str]:
        """Sentences that change, numbers and all, when the same places are filled in otherwise."""
        data = self.data
        for path in paths:
            data = altered(data, path)
        changed, plain = examined(data).value, examined(self.data).value
        assert changed is not None
        assert plain is not None
        now = set(_all_sentences(changed.document))
        return {_masked(sentence) for sentence in _all_sentences(plain.document) if sentence not in now}

    def _rows(self, now: Said, removed: list[str]) -> list[str]:
        left = list(now.rows)
        own = {_masked(text) for text in removed}
        losses = []
        for name, cells in self.said.rows:
            if (name, cells) in left:
                left.remove((name, cells))
                continue
            match = next((row for row in left if row[0] == name and _row_fits(cells, row[1])), None)
            if match is not None:
                left.remove(match)
            elif not any(cell in own for cell in cells):
                losses.append(f"表“{name}”少了行：{'｜'.join(cells)}")
        return losses


def _is_gap(path: Path_, value: Any, gaps: list[Any]) -> bool:
    return isinstance(value, dict | list) or any(str(path[-1]) in gap.hint for gap in gaps)


def _all_there(data: Data, paths: tuple[Path_, ...]) -> bool:
    try:
        for path in paths:
            value_at(data, path)
    except (KeyError, IndexError):
        return False
    return True


def _row_fits(cells: tuple[str, ...], draft: tuple[str, ...]) -> bool:
    return len(cells) == len(draft) and all(
        _fits(cell, now) or GAP.search(now) or not cell or not now  # "": covered by the cell above
        for cell, now in zip(cells, draft, strict=True)
    )


def _bare(heading: str) -> str:
    """Without its number."""
    return _HEADING_NUMBER.sub("", heading)


def _without_own(headings: list[str], own: list[str]) -> list[str]:
    return [heading for heading in headings if not any(text.strip("。") in heading for text in own)]


def _texts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield value


def _front_page(draft: Document) -> tuple[list[str], tuple[Any, ...]]:
    starts = [number for number, block in enumerate(draft.blocks) if isinstance(block, SectionStart)]
    first = starts[1]
    lines = [_words(block.content) for block in draft.blocks[:first] if isinstance(block, Paragraph)]
    rest = draft.blocks[first:]
    return lines, rest if rest[0] != SectionStart() else rest[1:]


def _all_sentences(document: Document) -> Iterator[str]:
    for text in _all_texts(document):
        yield from re.split("[。；]", text)


def _all_texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield _words(block.content)
        elif isinstance(block, Table):
            for row in (*block.head, *block.body):
                yield from (_words(cell) for cell in row.cells)
            yield from map(_words, block.notes)
        elif isinstance(block, Chart):
            yield block.empty
            yield _words(block.caption)
