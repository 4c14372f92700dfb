"""The binary columns are what web/decode.js reads: checked here against a plain reading of the format."""

import gzip
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.binary import LARGEST, container, planes, zigzag


@given(st.lists(st.integers(0, LARGEST)))
def test_planes_hold_the_numbers(values: list[int]) -> None:
    parts = planes(values)
    assert [sum(part[k] << (8 * plane) for plane, part in enumerate(parts)) for k in range(len(values))] == values
    assert len(parts) == 1 or any(parts[-1])


@given(st.lists(st.integers(-(2**30), 2**30)))
def test_zigzag_can_be_undone(values: list[int]) -> None:
    assert [(value >> 1) ^ -(value & 1) for value in zigzag(values).tolist()] == values


@pytest.mark.parametrize("value", [-1, LARGEST + 1])
def test_planes_refuse_what_the_browser_cannot_read(value: int) -> None:
    with pytest.raises(ValueError, match="from 0 to"):
        planes([3, value])


def test_container_holds_header_and_columns_and_is_deterministic() -> None:
    packed = container({"title": "حلب"}, {"first": [1, 258], "second": []})
    assert packed == container({"title": "حلب"}, {"first": [1, 258], "second": []})
    plain = gzip.decompress(packed)
    length = struct.unpack("<I", plain[:4])[0]
    assert json.loads(plain[4 : 4 + length]) == {"title": "حلب", "columns": [["first", 2, 2], ["second", 0, 1]]}
    assert plain[4 + length :] == bytes([1, 2, 0, 1])
