"""Words of an entry that the pack format does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.diagnostics.catalogue import finding
from generator.diagnostics.diagnostic import Diagnostic
from generator.names import did_you_mean
from generator.place import Place, place_of


def unknown_words(entry: Iterable[object], known: Collection[str], what: str, place: Place) -> Iterator[Diagnostic]:
    """T114 for each, with the word that may be meant. `place`: where it stands if the word itself does not say."""
    for word in entry:
        if word not in known:
            yield finding("T114", place_of(word) or place, what=what, word=word, hint=did_you_mean(str(word), known))
