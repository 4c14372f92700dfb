"""The container of editions: what it holds, and that it stays small and out of the map's own data."""

import gzip
import json
import struct
from typing import Any

import pandas as pd

from geo.maps.known import encode_known, older_versions
from geo.maps.payload import encode
from geo.pipeline import Build


def header_of(packed: bytes) -> dict[str, Any]:
    plain = gzip.decompress(packed)
    (length,) = struct.unpack("<I", plain[:4])
    return dict(json.loads(plain[4 : 4 + length]))


def test_an_older_version_keeps_what_it_shares_with_the_next() -> None:
    rows = [
        *[(7, 0, 0, 1, 0)],
        *[(7, 2, 0, 1, 0), (7, 2, 5, 2, 9)],
        *[(7, 3, 0, 1, 0), (7, 3, 4, 3, 8), (7, 3, 5, 2, 9)],
        *[(9, 0, 0, 1, 0)],
    ]
    assert list(older_versions(iter(rows))) == [(7, 3, 1, [(5, 2, 9)]), (7, 2, 1, [])]


def test_aleppo_offers_its_days_of_publication(aleppo_build: Build) -> None:
    packed = encode_known(aleppo_build)
    assert packed == encode_known(aleppo_build)
    assert len(packed) < 1000
    recorded, published = header_of(packed)["clocks"]
    assert (recorded["clock"], recorded["days"]) == ("recorded", ["2026-11-22"])
    assert (published["clock"], published["days"]) == ("published", ["2016-12-13", "2016-12-22"])
    names = [name for name, _, _ in header_of(packed)["columns"]]
    assert names
    assert all(name.startswith("published_") for name in names)


def test_a_clock_that_says_the_same_is_left_out(every_state_build: Build) -> None:
    events = every_state_build.events
    days = pd.to_datetime("2021-06-01") + pd.to_timedelta(range(len(events)), unit="D")
    recorded = events.assign(document_id=None, recorded_at=pd.Series(days, index=events.index).astype("datetime64[s]"))
    build = Build(**{**vars(every_state_build), "events": recorded.astype(events.dtypes)})
    assert [record["clock"] for record in header_of(encode_known(build))["clocks"]] == ["recorded"]


def test_the_maps_own_data_knows_nothing_of_editions(aleppo_build: Build) -> None:
    assert b"edition" not in gzip.decompress(encode(aleppo_build))
    assert "clocks" not in header_of(encode(aleppo_build))
