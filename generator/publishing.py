"""A copy for publication of a Word file that people have worked on, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.border.refused import RefusedError
from generator.diagnostics import Diagnostic, Outcome, finding, has_errors
from generator.place import Place
from generator.word.parts import Parts
from generator.word_file.published_copy import Judged, judged, published_copy

_MOST = 5


def publish_word(file: str, data: bytes, *, accept: bool = False) -> Outcome[bytes | None]:
    """The copy of the file, named `file`; `accept`: its open tracked changes are accepted.

    R001, R002, R005 what cannot be read; R056 〔待填〕, 〔待确认〕, 草稿 and R057 tracked changes: then there is no
    copy; R058 comments, which were taken out, and R059 hidden words.
    """
    try:
        parts = Parts(data)
        found = tuple(_told(judged(parts), Place(file), accept=accept))
        return Outcome(None if has_errors(found) else published_copy(parts, accept=accept), found)
    except RefusedError as error:
        return Outcome(None, (finding(error.code, Place(file), file=file, **error.values),))


def _told(found: Judged, place: Place, *, accept: bool) -> Iterator[Diagnostic]:
    for gap in found.gaps:
        yield finding("R056", place, story=gap.story, words=gap.words)
    if not accept:
        for change in found.changes:
            whose = f"“{change.author}”的" if change.author else ""
            yield finding("R057", place, story=change.story, whose=whose, count=change.words)
    if found.comments:
        several = [f"{one.author or '没有署名'}：“{one.words}”" for one in found.comments]
        said = "；".join(several[:_MOST]) + ("……" if len(several) > _MOST else "")
        yield finding("R058", place, count=len(several), said=said)
    for hidden in found.hidden:
        yield finding("R059", place, story=hidden.story, words=hidden.words)
