"""What the border says when it lets something not pass."""

from __future__ import annotations


class RefusedError(Exception):
    """What came cannot be used: `code` of the catalogue and the values of its sentence, all but `file`. Caught where
    the file's name is known, and told there as a finding."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class BrokenError(Exception):
    """Not what it should be, or damaged. The opener of the kind says so with its own sentence."""


class OverBudgetError(Exception):
    """`what` («部件») counts `found`, the budget is `most`; both as they are told, with their unit."""

    def __init__(self, what: str, found: str, most: str) -> None:
        super().__init__(f"{what} {found} > {most}")
        self.values = {"what": what, "found": found, "most": most}
