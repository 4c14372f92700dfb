"""The binary columns are what web/decode.js reads: checked here against a plain reading of the format."""

import gzip
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.binary import container, signed_varints, varints


def read_varints(data: bytes) -> list[int]:
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append(value)
            value = shift = 0
    return values


@given(st.lists(st.integers(0, 2**40)))
def test_varints_round_trip(values: list[int]) -> None:
    assert read_varints(varints(values)) == values


@given(st.lists(st.integers(-(2**31), 2**31)))
def test_signed_varints_round_trip(values: list[int]) -> None:
    assert [(value >> 1) ^ -(value & 1) for value in read_varints(signed_varints(values))] == values


def test_varints_refuse_negative_numbers() -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        varints([3, -1])


def test_container_holds_header_and_sections_and_is_deterministic() -> None:
    packed = container({"title": "حلب"}, {"first": b"abc", "second": b""})
    assert packed == container({"title": "حلب"}, {"first": b"abc", "second": b""})
    plain = gzip.decompress(packed)
    length = struct.unpack("<I", plain[:4])[0]
    assert json.loads(plain[4 : 4 + length]) == {"title": "حلب", "sections": [["first", 3], ["second", 0]]}
    assert plain[4 + length :] == b"abc"
