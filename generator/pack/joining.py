"""How what a pack says is joined with what the packs below it say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def joined(
    parent: Mapping[Any, Any], child: Mapping[Any, Any], *, deep: bool, whole: Sequence[str] = ()
) -> dict[Any, Any]:
    """Entries of both, the child's in place of the parent's; `null` removes, and waits where only writing out will
    make the entry. `deep` joins mappings inside as well, but those that are taken `whole`."""
    result = dict(parent)
    for key, value in child.items():
        if value is None and key in result:
            del result[key]
        elif deep and key not in whole and isinstance(value, Mapping) and isinstance(result.get(key), Mapping):
            result[key] = joined(result[key], value, deep=True)
        else:
            result[key] = value
    return result
