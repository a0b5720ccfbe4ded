"""PNG kinds that Pillow cannot write: 16-bit colour, and one-bit pictures too large to hold as pixels."""

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

GREYSCALE, TRUECOLOUR = 0, 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _write(path: Path, width: int, height: int, depth: int, colour: int, rows: Iterable[bytes]) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(b"\0" + row) for row in rows] + [packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)


def write_16_bit(path: Path, pixels: np.ndarray) -> None:
    """Writes uint16 `pixels`, [height, width] (grey) or [height, width, 3] (RGB)."""
    height, width = pixels.shape[:2]
    colour = GREYSCALE if pixels.ndim == 2 else TRUECOLOUR
    _write(path, width, height, 16, colour, (row.astype(">u2").tobytes() for row in pixels))


def write_blank_1_bit(path: Path, width: int, height: int) -> None:
    """Writes an all-black one-bit picture, row by row: a few kilobytes whatever its size in pixels."""
    _write(path, width, height, 1, GREYSCALE, (bytes((width + 7) // 8) for _ in range(height)))
