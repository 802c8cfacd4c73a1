"""A picture that a pack carries: a .png or .jpg whose size can be told without unpacking it."""

from __future__ import annotations

from generator.border.budgets import PICTURE_BYTES, PICTURE_PIXELS, megabytes
from generator.border.refused import BrokenError, OverBudgetError

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Segments of a JPEG that tell its size."""


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises `BrokenError` for what is neither kind, `OverBudgetError`."""
    if len(data) > PICTURE_BYTES:
        raise OverBudgetError("图片的大小", megabytes(len(data)), megabytes(PICTURE_BYTES))
    width, height = _of_png(data) if data.startswith(_PNG) else _of_jpeg(data)
    if not (width and height):
        raise BrokenError("size")
    if width * height > PICTURE_PIXELS:
        raise OverBudgetError("图片的像素", f"{width:,}×{height:,}", f"{PICTURE_PIXELS:,}")
    return width, height


def _of_png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or len(data) < 33:
        raise BrokenError("png")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _of_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    if not data.startswith(b"\xff\xd8\xff"):
        raise BrokenError("jpeg")
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in _SIZES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise BrokenError("jpeg")
