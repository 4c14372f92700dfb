"""The store: answers that last, and turns that threads and processes share."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from geo.store import CachedAnswer, GeocodeCache

FOUND = CachedAnswer([{"lat": "36.2", "display_name": "حلب"}], "Nominatim", "© OpenStreetMap contributors, ODbL")
NOT_FOUND = CachedAnswer([], "Nominatim", "© OpenStreetMap contributors, ODbL")


@pytest.fixture
def cache(tmp_path):
    return GeocodeCache(tmp_path / "folder" / "geocode.sqlite")


def test_an_answer_is_kept_with_its_attribution_when_the_cache_is_opened_again(cache):
    cache.put("Aleppo", FOUND)
    assert GeocodeCache(cache.path).get("Aleppo") == FOUND


def test_not_found_is_an_answer_and_never_asked_is_none(cache):
    cache.put("Nowhere", NOT_FOUND)
    assert cache.get("Nowhere") == NOT_FOUND
    assert cache.get("Elsewhere") is None


def test_a_later_answer_replaces_an_earlier_one(cache):
    cache.put("Aleppo", NOT_FOUND)
    cache.put("Aleppo", FOUND)
    assert cache.get("Aleppo") == FOUND


def test_turns_lie_a_delay_apart_however_many_ask(cache):
    with ThreadPoolExecutor(8) as pool:
        waits = sorted(pool.map(lambda _: cache.reserve_slot(100.0), range(8)))
    assert waits[0] == 0
    assert all(99 < later - earlier < 101 for earlier, later in pairwise(waits))


def test_services_have_turns_of_their_own(cache):
    assert cache.reserve_slot(100.0, "one") == 0
    assert cache.reserve_slot(100.0, "another") == 0


def test_processes_share_the_turns(cache):
    script = (
        "import sys; from pathlib import Path; from geo.store import GeocodeCache; "
        "print(GeocodeCache(Path(sys.argv[1])).reserve_slot(100.0))"
    )
    waits = [float(subprocess.check_output([sys.executable, "-c", script, str(cache.path)])) for _ in range(2)]
    assert waits[0] == 0
    assert 80 < waits[1] <= 100


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("These are notes and no database. " * 100, encoding="utf-8")
    with pytest.raises(sqlite3.DatabaseError):
        GeocodeCache(path)
