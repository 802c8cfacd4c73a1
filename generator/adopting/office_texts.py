"""Paragraphs that are no sentence of the pack: they go where the pack prints nothing but an office's text, into one
field or as the rows of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.adopting.gathered import DAY, Gathered, Piece, Rows, is_table, key_of
from generator.adopting.grammar import Chapter, Pattern, Slot
from generator.adopting.own_lists import is_bare_list
from generator.adopting.plain_text import NUMBER_SLOTS, NUMBERING, TEXT_SLOTS, Plain, count_of, numbering, style_of
from generator.adopting.sentences import expression

_NAME, _RUN_IN, _FEW = 40, 30, 3
_NO_NAME = re.compile(r"[\d，。；：、]|(?:报告|说明|总结|表)$")
_FIRST = re.compile("一是|首先|第一，")


class OfficeTexts:
    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered

    def place(self, pieces: Sequence[Piece], chapter: Chapter, rows: Rows, section: int, *, cut_off: bool) -> None:
        """Runs of paragraphs that are no sentence of the pack go where the pack prints nothing but an office's text."""
        if chapter.number == 0:
            self._cover(pieces, chapter)
        for piece in pieces:
            self._signature(piece, chapter)
        slots = [
            (pattern.order, pattern, slot) for pattern in chapter.patterns if (slot := pattern.only_slot) is not None
        ]
        if not slots or chapter.number == 0:
            return
        for run, low, high in _runs(pieces):
            if self._groups(run, chapter, rows, section) or is_bare_list(run[0].text.text, chapter.patterns):
                continue
            homes = [one for one in slots if low < one[0] < high and one[2].field is not None]
            homes = [
                one
                for one in homes
                if (one[2].field is not None and one[2].field.kind in ("长文", "原因")) or one[2].rows
            ]
            self._place(run, homes, rows, section, cut_off=cut_off)

    def _cover(self, pieces: Sequence[Piece], chapter: Chapter) -> None:
        """The first line, when the pack's cover begins with a name; lines of the cover may stand on one line."""
        first = next((piece for piece in pieces if not is_table(piece)), None)
        slot = chapter.patterns[0].only_slot if chapter.patterns else None
        if first is None or slot is None or slot.field is None or slot.field.kind != "文字":
            return
        text = first.text.text
        if first.order is None and 3 < len(text) <= _NAME and not _NO_NAME.search(text):
            self.gathered.put(slot, (), first.text, "")
            first.order = 0.0
            return
        for last in range(len(chapter.patterns), 1, -1):
            match = expression(_one_line(chapter.patterns[:last])).fullmatch(text)
            if match is not None:
                self.gathered.put(slot, (), first.text.cut(match.start("w0"), match.end("w0")), "")
                self.gathered.know(first.text, range(match.end("w0"), len(text)))
                first.order = 0.0
                return

    def _signature(self, piece: Piece, chapter: Chapter) -> None:
        """A date alone on its line, or a name that stands elsewhere too, where the pack prints one so."""
        if piece.order is not None:
            return
        alone = {slot.path: slot for pattern in chapter.patterns if (slot := pattern.only_slot) and slot.field}
        dates = [slot for slot in alone.values() if slot.field is not None and slot.field.kind == "日期"]
        if len(dates) == 1 and DAY.fullmatch(piece.text.text):
            self.gathered.put(dates[0], (), piece.text, "")
            piece.order = 1e6
            return
        for one in self.gathered.reading.lifted:
            if one.slot.path in alone and not one.rows and key_of(one.text) == key_of(piece.text.text):
                self.gathered.put(one.slot, (), piece.text, "")
                piece.order = 1e6
                return

    def _place(
        self, run: list[Piece], homes: Sequence[tuple[float, Pattern, Slot]], rows: Rows, section: int, *, cut_off: bool
    ) -> None:
        run = [piece for piece in run if not is_table(piece)]
        if len(run) > 1 and re.fullmatch("（[^（）]*(?:（[^（）]*）[^（）]*)*）", run[0].text.text):
            run = run[1:]  # the form's own remark on what is to be written
        if not run or not homes:
            return
        homes = list({one[2].path: one for one in homes}.values())
        listed = [one for one in homes if _is_list(one[2], rows)]
        single = [one for one in homes if not _is_list(one[2], rows)]
        if len(listed) > 1 or len(single) > 1:
            return
        if not listed:
            if cut_off and len(run) == 1 and "。" in run[0].text.text.rstrip("。"):
                return  # nobody can say where in the paragraph the text of the next chapter begins
            own = run[:1] if cut_off else run
            self._one_text(single[0][2], own, rows, marked=single[0][1].numbered)
            return
        if cut_off and not _style(run[0]):
            return
        if not any(_style(piece) for piece in run) and single:
            self._led_list(single[0], listed[0], run, rows, section)
            return
        style = next((style_of(n) for piece in run if (n := numbering(piece.text.text))), "")
        first = next((at for at, piece in enumerate(run) if style and _style(piece) == style), 0)
        last = max((at for at, piece in enumerate(run) if style and _style(piece) == style), default=len(run) - 1)
        inside, outside = run[first : last + 1], run[:first] + run[last + 1 :]
        if single:
            behind = single[0][0] > listed[0][0]
            outside = run[last + 1 :] if behind else run[:first]
            if outside:
                self._one_text(single[0][2], outside, rows)
        self._list(listed[0][2], inside, style, rows, section)

    def _led_list(
        self,
        lead: tuple[float, Pattern, Slot],
        listed: tuple[float, Pattern, Slot],
        run: Sequence[Piece],
        rows: Rows,
        section: int,
    ) -> None:
        """A text and a list without numbers: only when the first paragraph is clearly no item."""
        longest = max((len(piece.text.text) for piece in run[1:]), default=0)
        first = run[0].text.text
        if lead[0] < listed[0] and len(run) > _FEW and (first.endswith("：") or len(first) >= 2 * longest):
            self._one_text(lead[2], run[:1], rows)
            self._list(listed[2], run[1:], "", rows, section)

    def _groups(self, run: Sequence[Piece], chapter: Chapter, rows: Rows, section: int) -> bool:
        """Lists under titles of their own («某部门主要职责：», then （一）, （二） …), where the pack has a table in a
        table: whether there is such a thing."""
        inner = next(
            (slot for p in chapter.patterns if (slot := p.only_slot) and len(slot.rows) == len(rows) + 2), None
        )
        title = next((p.slots[0] for p in chapter.patterns if p.slots and len(p.text) == 2 and p.text[1] == "："), None)
        if inner is None or title is None or not title.rows or title.rows[-1][0] != inner.rows[-2][0]:
            return False
        lead = next((slot for p in chapter.patterns if (slot := p.only_slot) and slot.rows == title.rows), None)
        groups: list[list[Piece]] = []
        for piece in run:
            text = piece.text.text
            if not is_table(piece) and text.endswith("：") and len(text) <= _RUN_IN and not numbering(text):
                groups.append([])
            if groups:
                groups[-1].append(piece)
        for number, (head, *below) in enumerate(groups, 1):
            own = (*rows, (title.rows[-1][0], f"P{section}.{number}"))
            self.gathered.put(title, own, head.text.cut(0, len(head.text.text) - 1), "")
            first = next((at for at, piece in enumerate(below) if _style(piece)), len(below))
            if lead is not None and first == 1 and (len(below) == 1 or _count(below[1]) == 1):
                self._one_text(lead, below[:1], own)
            if first < len(below):
                self._list(inner, below[first:], _style(below[first]), own, section)
        return bool(groups)

    def _list(self, slot: Slot, pieces: Sequence[Piece], style: str, rows: Rows, section: int) -> None:
        items: list[list[Piece]] = []
        for piece in pieces:
            if not style or _style(piece) == style:
                if items and style and _count(piece) <= _count(items[-1][0]):
                    del items[-1][1:]  # another list begins, perhaps with what stands before it
                    break
                items.append([piece])
            elif items:
                items[-1].append(piece)
        counts = [_count(item[0]) for item in items]
        in_order = counts == list(range(counts[0], counts[0] + len(counts))) if counts else True
        for item in items if style and not in_order else ():
            del item[1:]  # one between them has lost its number
        table = slot.rows[-1][0]
        for number, item in enumerate(items, 1):
            within = "".join(row for _, row in rows if row.startswith("P"))
            own = (*rows, (table, f"P{section}.{number}{within}"))
            if any(_goes_on_counting(piece, style) for piece in item) or item[-1].text.text.endswith("："):
                continue  # two items stand on one line, and not in their order, or a title behind the last
            self._one_text(slot, item, own, marked=bool(style))

    def _one_text(self, slot: Slot, pieces: Sequence[Piece], rows: Rows, *, marked: bool = False) -> None:
        text = Plain("", ())
        parts: list[str] = []
        for at, piece in enumerate(_up_to_another(pieces)):
            number = len(numbering(piece.text.text)) if marked and at == 0 else 0
            self.gathered.know(piece.text, range(number))
            part = piece.text.cut(number)
            parts.append(self.gathered.report.raw(part).strip())
            text = text + part
        if text.text:
            self.gathered.record(slot, rows if slot.rows else (), "\n".join(parts), "", text)


def _is_list(slot: Slot, rows: Rows) -> bool:
    return bool(slot.rows) and slot.rows[-1][0] not in [path for path, _ in rows]


def _count(piece: Piece) -> int:
    return count_of(numbering(piece.text.text))


def _style(piece: Piece) -> str:
    return style_of(numbering(piece.text.text))


def _up_to_another(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The paragraphs of one text: where «一是» comes again, the next text has lost its heading."""
    firsts = [at for at, piece in enumerate(pieces) if _FIRST.match(piece.text.text)]
    return pieces[: firsts[1]] if len(firsts) > 1 else pieces


def _goes_on_counting(piece: Piece, style: str) -> bool:
    inner = re.finditer(rf"(?<=[。；：])(?:{NUMBERING})", piece.text.text)
    return bool(style) and any(style_of(one[0]) == style for one in inner)


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[list[Piece], float, float]]:
    """Paragraphs without a sentence of the pack that follow each other, with the order of the sentences around them."""
    run: list[Piece] = []
    low = -1.0
    for piece in pieces:
        if piece.order is None:
            run.append(piece)
            continue
        if run:
            yield run, low, piece.order if piece.order > low else low + 1
        run, low = [], piece.order
    if run:
        yield run, low, 1e9


def _one_line(patterns: Sequence[Pattern]) -> str:
    """Several lines of a pattern as one, its slots counted on."""
    text, count = "", 0
    for pattern in patterns:
        for sign in pattern.text:
            base = TEXT_SLOTS if ord(sign) >= TEXT_SLOTS else NUMBER_SLOTS if NUMBER_SLOTS <= ord(sign) < 0xF900 else 0
            text += chr(ord(sign) + count) if base else sign
        count += len(pattern.slots)
    return text
