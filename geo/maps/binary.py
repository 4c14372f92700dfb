"""Compact binary columns for the browser, and the container around them.

A column of whole numbers from 0 up is stored by planes: the lowest byte of every number, then the next byte of
every number, and so on, as many planes as the largest number needs. High planes are nearly empty and compress to
almost nothing; measured against LEB128 varints on a country of 33,000 places this saves 6 percent and decodes
faster.

A container is gzip of: header length (uint32, little endian) | header (UTF-8 JSON) | columns back to back.
The header's ``columns`` lists ``[name, numbers, planes]`` in order. ``web/decode.js`` is the reader.
"""

import gzip
import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

LARGEST = 2**31 - 1
"""The browser reads numbers into 32-bit integers."""
_LEVEL = 7
"""Of gzip. 9 makes a country of 33,000 places one percent smaller, and takes six times as long."""


def planes(values: ArrayLike) -> list[bytes]:
    """Return the bytes of whole numbers, one string for each plane, lowest first; at least one plane.

    Raises ``ValueError`` for a number that is negative (use :func:`zigzag`) or larger than LARGEST.
    """
    numbers = np.asarray(values, dtype=np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() > LARGEST):
        raise ValueError(f"planes takes numbers from 0 to {LARGEST}")
    count = max(1, (int(numbers.max(initial=0)).bit_length() + 7) // 8)
    return [(numbers >> (8 * plane)).astype(np.uint8).tobytes() for plane in range(count)]


def zigzag(values: ArrayLike) -> npt.NDArray[np.int64]:
    """Return integers of either sign as integers from 0 up: 0, -1, 1, -2 ... become 0, 1, 2, 3 ..."""
    numbers = np.asarray(values, dtype=np.int64)
    return (numbers << 1) ^ (numbers >> 63)


def container(header: Mapping[str, Any], columns: Mapping[str, ArrayLike]) -> bytes:
    """Return header and columns as one gzip stream; the same input gives the same bytes."""
    packed = {name: planes(values) for name, values in columns.items()}
    listed = [[name, len(parts[0]), len(parts)] for name, parts in packed.items()]
    full = {**header, "columns": listed}
    text = json.dumps(full, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    body = b"".join(part for parts in packed.values() for part in parts)
    return gzip.compress(struct.pack("<I", len(text)) + text + body, compresslevel=_LEVEL, mtime=0)
