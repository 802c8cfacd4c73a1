"""A pack: one templates/ folder as a checked, compiled value.

This room reads the folder's words and hands them to the rooms that understand them; it knows no office's data.
"""

from generator.pack.pack import Pack, load_pack
from generator.pack.places import PackRoots, pack_names

__all__ = ["Pack", "PackRoots", "load_pack", "pack_names"]
