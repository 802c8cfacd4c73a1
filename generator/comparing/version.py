"""One of two versions to be compared, read: its parts, its figures, what an office calls them."""

from __future__ import annotations

from generator.comparing.comparison import Side
from generator.comparing.input_figures import without_keys
from generator.document.occurrences import Spot
from generator.facts.naming import spoken_name
from generator.quantity import Derived, Quantity
from generator.word.facts_part import FactsPart
from generator.word_file.blocks import name_of
from generator.word_file.marked_file import Marked
from generator.word_file.remembered_figures import recalled
from generator.word_file.visible_content import content, printed


class VersionRead:
    """The words in `parts`; the figures in `quantities`, by their keys («f3»), printed or not."""

    def __init__(self, file: Marked) -> None:
        self.file = file.file
        self.facts: FactsPart = file.facts
        self.parts = content(file)
        self.quantities = recalled(file.facts)
        words = file.facts.document
        self.side = Side(file.file, *(words.get(key, "") for key in ("title", "unit", "year", "pack", "version")))

        self.spots: dict[str, Spot] = {}
        """Where in a table a figure is first printed, by its key."""
        for part in self.parts:
            for line in part.lines if part.kind == "t" else ():
                for one in printed(line):
                    if line.spot.label:
                        self.spots.setdefault(one.key, line.spot)

    def spoken(self, key: str) -> str:
        """What an office calls the figure; a sum without label by the row and column in which it stands."""
        quantity = self.quantities[key]
        origin = quantity.origin
        if origin is None or quantity.label:
            return spoken_name(quantity, signed=True)
        operands = tuple(
            self._called(one, operand)
            for one, operand in zip(self.facts.figures[key].operands, origin.operands, strict=False)
        )
        name = quantity.name
        derived = Derived(origin.operation, operands)
        spoken = spoken_name(Quantity(quantity.value, quantity.unit, name, origin=derived), signed=True)
        spot = self.spots.get(key)
        return f"{spot.table}·{spot.label}·{spot.head}" if spoken == name and spot is not None else spoken

    def _called(self, key: str, operand: Quantity) -> Quantity:
        spot = self.spots.get(key)
        if operand.label or operand.origin is None or spot is None:
            return operand
        return Quantity(operand.value, operand.unit, operand.name, label=spot.label, origin=operand.origin)

    def name(self, mark: str) -> str:
        return name_of(self.facts, mark)

    def role(self, mark: str) -> str:
        """The fact's name without the rows' keys: what stands in one column of a table."""
        return without_keys(self.name(mark))

    def sources(self) -> dict[tuple[str, str], set[str]]:
        """Name and unit of a computed figure → names of the filled-in figures behind it."""
        memory: dict[int, frozenset[str]] = {}

        def names(quantity: Quantity) -> frozenset[str]:
            found = memory.get(id(quantity))
            if found is None:
                if quantity.origin is None:
                    found = frozenset((quantity.name,))
                else:
                    found = frozenset().union(*map(names, quantity.origin.operands))
                memory[id(quantity)] = found
            return found

        sources: dict[tuple[str, str], set[str]] = {}
        for quantity in self.quantities.values():
            if quantity.origin is not None:
                sources.setdefault((quantity.name, quantity.unit), set()).update(names(quantity))
        return sources
