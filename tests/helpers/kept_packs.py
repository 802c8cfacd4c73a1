"""The packs that travel with the program are compiled once in a test run, as one process does that makes many reports.

Packs of a test's own are read each time. Imported before any module that takes `load_pack` by its name.
"""

from __future__ import annotations

from functools import cache

import generator.pack
import generator.pack.pack as home
from generator.diagnostics import Outcome
from generator.pack.places import PackRoots
from generator.place import NOWHERE, Place

_read = home.load_pack
_kept = cache(_read)


def load_pack(name: str, roots: PackRoots, asked_at: Place = NOWHERE) -> Outcome[home.Pack | None]:
    return _kept(name, roots, asked_at) if roots == PackRoots.with_own(()) else _read(name, roots, asked_at)


home.load_pack = load_pack
generator.pack.load_pack = load_pack
