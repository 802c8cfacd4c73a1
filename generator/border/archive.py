"""A zip from outside: workbooks and Word files are ones.

Judged at opening by its directory alone: size, parts, unpacked bytes, ratio, kinds of compression. Parts are unpacked
when they are asked for and never kept: what nobody reads costs nothing.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from generator.border.budgets import (
    DIRECTORY_ENTRIES,
    OFFICE_BYTES,
    PARTS,
    RATIO,
    SMALL_PART,
    SMALL_WHOLE,
    UNPACKED_BYTES,
    megabytes,
)
from generator.border.refused import BrokenError, OverBudgetError

CHUNK = 1 << 18
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What office programs write. Others are slow or take memory by what they claim of themselves."""


class LockedError(BrokenError):
    """A part has a password."""


class Archive:
    """`parts` in the order of the directory; of two with one name the last. Raises `BrokenError`, `OverBudgetError`."""

    def __init__(self, data: bytes) -> None:
        if len(data) > OFFICE_BYTES:
            raise OverBudgetError("文件大小", megabytes(len(data)), megabytes(OFFICE_BYTES))
        signatures = data.count(b"PK\x01\x02")
        if signatures > DIRECTORY_ENTRIES:
            raise OverBudgetError("部件", f"{signatures:,} 个", f"{PARTS:,} 个")
        with _broken():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {info.filename: info for info in self._zip.infolist() if not info.filename.endswith("/")}
        _judge(self._zip.infolist(), len(data))

    def __deepcopy__(self, _: object) -> Archive:
        return self  # nothing of it ever changes

    def read(self, name: str) -> bytes:
        """The part, whole. Raises `KeyError` for one that is not there."""
        return b"".join(self.chunks(self.parts[name]))

    def chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """The part bit by bit; broken where its checksum at the end is wrong. Never more than the directory says."""
        if info.flag_bits & 1:
            raise LockedError(info.filename)
        if info.compress_type not in _PLAIN:
            raise BrokenError(info.filename)
        archive = self._zip
        with _broken(), archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def verify(self, names: Sequence[str]) -> None:
        """See that these parts can be unpacked to their end, and keep nothing of them."""
        for name in names:
            for _ in self.chunks(self.parts[name]):
                pass


@contextmanager
def _broken() -> Iterator[None]:
    """All that zipfile and zlib raise about bytes that are no zip or a damaged one, as one error."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise BrokenError(str(error)) from error
    except (NotImplementedError, OverflowError, RuntimeError, IndexError) as error:
        raise BrokenError(str(error)) from error


def _judge(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(infos) > PARTS:
        raise OverBudgetError("部件", f"{len(infos):,} 个", f"{PARTS:,} 个")
    whole = sum(info.file_size for info in infos)
    if whole > UNPACKED_BYTES:
        raise OverBudgetError("解压以后的大小", megabytes(whole), megabytes(UNPACKED_BYTES))
    judged = [(info.file_size, info.compress_size, SMALL_PART) for info in infos]
    for unpacked, packed, small in (*judged, (whole, size, SMALL_WHOLE)):
        if unpacked > small and unpacked > RATIO * max(packed, 1):
            raise OverBudgetError("压缩的倍数", f"{unpacked // max(packed, 1):,} 倍", f"{RATIO} 倍")
