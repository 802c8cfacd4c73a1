"""The size of a picture, told from its first bytes."""

from __future__ import annotations

import pytest
from pictures import png

from generator.border.budgets import PICTURE_BYTES
from generator.border.picture import picture_size
from generator.border.refused import BrokenError, OverBudgetError

JPEG_START = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
JPEG_SIZE = b"\xff\xc0\x00\x11\x08\x00\x1e\x00\x28\x03" + b"\0" * 12
"""Height 30, width 40."""


def test_width_and_height() -> None:
    assert picture_size(png(40, 30)) == (40, 30)
    assert picture_size(JPEG_START + JPEG_SIZE) == (40, 30)
    tables = b"\xff\xc4\x00\x06abcd"  # stands before the size in some files and says none
    assert picture_size(JPEG_START + tables + JPEG_SIZE) == (40, 30)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", png()[:20], JPEG_START, JPEG_START + b"\xff\xe1\x00", b"\xff\xd8\xff", png(40, 0), b"\xff" * 99],
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(BrokenError):
        picture_size(data)


@pytest.mark.parametrize("data", [png() + b"\0" * PICTURE_BYTES, png()[:16] + b"\x00\x01\x00\x00" * 2 + png()[24:]])
def test_more_than_a_report_should_carry(data: bytes) -> None:
    with pytest.raises(OverBudgetError):
        picture_size(data)
