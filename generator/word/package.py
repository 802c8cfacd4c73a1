"""The zip of an Office package: same parts, same bytes.

Times are fixed, entries keep the given order. A part that many documents share is deflated once (`packed`) and then
only copied.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread

from generator.word.xml import DECLARATION

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_DATE = 0x21  # 1980-01-01, the first day that a zip can name
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHUNK = 1 << 17
"""Characters that a deflating thread takes at a time, about 2 ms of its work."""
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class Packed:
    """One part, ready for the zip."""

    name: bytes
    method: int
    crc: int
    size: int
    data: bytes


def packed(name: str, content: str | bytes, *, store: bool = False) -> Packed:
    """`store` leaves a part as it is: an embedded workbook is a zip already."""
    data = content.encode() if isinstance(content, str) else content
    crc = zlib.crc32(data)
    if store:
        return Packed(name.encode(), 0, crc, len(data), data)
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Packed(name.encode(), 8, crc, len(data), deflate.compress(data) + deflate.flush())


def packed_meanwhile(name: str, pieces: Iterable[str]) -> Callable[[], Packed]:
    """Deflates in a thread of its own while `pieces` are still being made (zlib does not hold the interpreter).

    Call the result to wait for the part. Always cut at the same places: same pieces, same bytes.
    """
    given: SimpleQueue[bytes | None] = SimpleQueue()
    taken = Event()
    deflated: list[bytes] = []

    def deflate() -> None:
        compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
        while (data := given.get()) is not None:
            taken.set()
            deflated.append(compressor.compress(data))
        deflated.append(compressor.flush())

    worker = Thread(target=deflate)
    worker.start()
    crc = size = 0
    try:
        for data in _chunks(pieces):
            crc, size = zlib.crc32(data, crc), size + len(data)
            given.put(data)
            # Python would hand over only after 5 ms, more than the worker needs for the chunk.
            taken.wait(0.001)
            taken.clear()
    finally:
        given.put(None)

    def part() -> Packed:
        worker.join()
        return Packed(name.encode(), 8, crc, size, b"".join(deflated))

    return part


def _chunks(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting, length = [], 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()


def zipped(parts: Iterable[Packed]) -> bytes:
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in parts:
        local = _LOCAL.pack(
            b"PK\x03\x04", 20, 0, part.method, 0, _DATE, part.crc, len(part.data), part.size, len(part.name), 0
        )
        out += (local, part.name, part.data)
        directory.append(
            _CENTRAL.pack(
                b"PK\x01\x02", 20, 20, 0, part.method, 0, _DATE, part.crc, len(part.data), part.size,
                len(part.name), 0, 0, 0, 0, 0, offset,
            )
            + part.name
        )  # fmt: skip
        offset += len(local) + len(part.name) + len(part.data)
    central = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(central), offset, 0)
    return b"".join((*out, central, end))


def relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    """A .rels part: id → (type, target)."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{lines}</Relationships>'


def content_types(defaults: Mapping[str, str], overrides: Mapping[str, str]) -> str:
    """`[Content_Types].xml`: extension → type and part name → type."""
    lines = "".join(f'<Default Extension="{ext}" ContentType="{kind}"/>' for ext, kind in defaults.items())
    lines += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return f'{DECLARATION}<Types xmlns="{_CONTENT_TYPES}">{lines}</Types>'
