"""The types that the JavaScript is checked with are those of the header that the page gets."""

import gzip
import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest

from geo.maps.payload import encode
from geo.pipeline import Build

BY_DECODE = {"longitude", "latitude", "area_km2"}
"""Columns of the places that web/decode.js adds."""


@pytest.fixture(scope="module")
def interfaces(project_root: Path) -> dict[str, set[str]]:
    """The names in each interface of payload.d.ts."""
    text = (project_root / "geo" / "maps" / "web" / "payload.d.ts").read_text(encoding="utf-8")
    bodies = re.findall(r"^export interface (\w+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    return {name: set(re.findall(r"^  (\w+):", body, re.MULTILINE)) for name, body in bodies}


def header_of(build: Build) -> dict[str, Any]:
    plain = gzip.decompress(encode(build))
    (length,) = struct.unpack("<I", plain[:4])
    return dict(json.loads(plain[4 : 4 + length]))


def test_the_header_has_the_declared_names(interfaces: dict[str, set[str]], small_build: Build) -> None:
    header = header_of(small_build)
    assert set(header) == interfaces["Header"]
    assert set(header["places"]) == interfaces["Places"] - BY_DECODE
    for table in ("Baseline", "Events", "Documents", "Mentions"):
        assert set(header[table.lower()]) == interfaces[table], table


@pytest.mark.parametrize(("records", "interface"), [("actors", "Actor"), ("extents", "Extent")])
def test_records_have_the_declared_names(
    interfaces: dict[str, set[str]], aleppo_build: Build, records: str, interface: str
) -> None:
    rows = header_of(aleppo_build)[records]
    assert rows
    assert all(set(row) == interfaces[interface] for row in rows)
