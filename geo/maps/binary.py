"""Compact binary columns for the browser: LEB128 varints of whole columns, and the container around them.

A container is gzip of: header length (uint32, little endian) | header (UTF-8 JSON) | sections back to back.
The header's ``sections`` lists ``[name, bytes]`` in order. ``web/decode.js`` is the reader.
"""

import gzip
import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike


def varints(values: ArrayLike) -> bytes:
    """Return non-negative integers as unsigned LEB128, seven bits a byte, low bits first.

    Raises ``ValueError`` for a negative value (use :func:`signed_varints`).
    """
    numbers = np.asarray(values, dtype=np.int64)
    if numbers.size == 0:
        return b""
    if numbers.min() < 0:
        raise ValueError("varints takes numbers from 0 up")
    lengths = np.ones(numbers.size, dtype=np.int64)
    for extra in range(1, 9):
        lengths += numbers >= (1 << (7 * extra))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    out = np.zeros(starts[-1], dtype=np.uint8)
    for index in range(int(lengths.max())):
        long_enough = lengths > index
        chunk = (numbers[long_enough] >> (7 * index)) & 127
        more = (lengths[long_enough] > index + 1).astype(np.int64) << 7
        out[starts[:-1][long_enough] + index] = chunk | more
    return out.tobytes()


def zigzag(values: ArrayLike) -> npt.NDArray[np.int64]:
    """Return integers of either sign as integers from 0 up: 0, -1, 1, -2 ... become 0, 1, 2, 3 ..."""
    numbers = np.asarray(values, dtype=np.int64)
    return (numbers << 1) ^ (numbers >> 63)


def signed_varints(values: ArrayLike) -> bytes:
    """Return integers of either sign as varints of their zigzag code."""
    return varints(zigzag(values))


def container(header: Mapping[str, Any], sections: Mapping[str, bytes]) -> bytes:
    """Return header and sections as one gzip stream; the same input gives the same bytes."""
    full = {**header, "sections": [[name, len(body)] for name, body in sections.items()]}
    text = json.dumps(full, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    plain = struct.pack("<I", len(text)) + text + b"".join(sections.values())
    return gzip.compress(plain, compresslevel=9, mtime=0)
