"""What a check of a text found, before the text's label and place are known."""

from __future__ import annotations

from collections.abc import Mapping

from generator.place import Place


class Remark:
    """A code of the catalogue with its values. `places`: other cells that take part."""

    __slots__ = ("code", "places", "values")

    def __init__(self, code: str, *places: Place, **values: object) -> None:
        self.code, self.places = code, places
        self.values: Mapping[str, object] = values
