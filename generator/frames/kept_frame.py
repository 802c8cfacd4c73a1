"""The frame of a look: made by python-docx once, then kept in this process and in the user's own cache folder."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from generator.border.refused import BrokenError
from generator.frames import frame
from generator.frames.frame_file import Frame, read_frame
from generator.word.look import Look
from generator.workspace import WorkspaceError, keep, kept, read_bytes

_MAKERS = ("frame_maker.py", "style_maker.py", "styles.py", "frame.py")
"""Whose words decide what a frame is: a kept one is none of theirs when they have changed."""


@lru_cache(maxsize=8)
def frame_of(look: Look) -> Frame:
    """A kept frame that is damaged, or is none, is made anew."""
    name = f"{_key(look)}.docx" if _program() else ""
    data = kept(name) if name else None
    if data is not None:
        try:
            return read_frame(data)
        except BrokenError:
            pass
    made = frame_file(look)
    if name:
        keep(name, made)
    return read_frame(made)


def frame_file(look: Look) -> bytes:
    """The frame as a Word file."""
    # python-docx takes longer to import than a small report to write.
    from generator.frames.frame_maker import make_frame

    return make_frame(look)


def _key(look: Look) -> str:
    """Of all that goes into a frame: the look, the office's file, the pictures, what makes it of them."""
    key = sha256(repr(look).encode())
    for data in (look.base, *(picture.data for picture in look.pictures), _program()):
        key.update(sha256(data).digest())
    return key.hexdigest()


@lru_cache(maxsize=1)
def _program() -> bytes:
    try:
        return b"".join(read_bytes(Path(frame.__file__).with_name(name)) for name in _MAKERS)
    except WorkspaceError:  # installed without its sources: nothing tells which program a kept frame is of
        return b""
