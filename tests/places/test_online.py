"""Nominatim behind the gazetteer, against a stand-in server on loopback."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from geopy.adapters import URLLibAdapter
from geopy.exc import ConfigurationError, GeocoderRateLimited, GeocoderServiceError

from geo import __version__
from geo.places.gazetteer import Gazetteer
from geo.places.geocoder import GazetteerGeocoder
from geo.places.online import (
    ATTRIBUTION,
    ChainGeocoder,
    NetworkNotAllowedError,
    network_allowed,
    nominatim,
    open_geocoder,
)
from geo.store import GeocodeCache
from tests.places.samples import sample_places
from tests.places.stand_in import stand_in_server

DELAY_S = 0.3


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch):
    for name in ("HOLDLINE_NETWORK", "HOLDLINE_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server():
    with stand_in_server() as running:
        yield running


@pytest.fixture
def offline():
    return GazetteerGeocoder(Gazetteer(sample_places()))


@pytest.fixture
def cache(tmp_path):
    return GeocodeCache(tmp_path / "geocode.sqlite")


def chain(offline, server, cache, delay_s=0.0):
    online = nominatim(online=True, domain=server.domain, scheme="http")
    return ChainGeocoder(offline, online, cache, delay_s=delay_s)


def test_the_network_is_off_by_default(monkeypatch, offline, tmp_path):
    assert not network_allowed()
    with pytest.raises(NetworkNotAllowedError, match="HOLDLINE_NETWORK"):
        nominatim()
    assert open_geocoder(offline, tmp_path / "geocode.sqlite").geocode("Handarat Camp") is None
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("HOLDLINE_NETWORK", "1")
    assert network_allowed()
    assert not network_allowed(online=False)
    monkeypatch.setenv("HOLDLINE_NETWORK", "0")
    assert not network_allowed()


def test_requests_go_through_urllib_under_our_own_name(monkeypatch, offline, server, cache):
    monkeypatch.setenv("HOLDLINE_CONTACT", "https://example.org/contact")
    geocoder = chain(offline, server, cache)
    assert isinstance(geocoder.online.online.adapter, URLLibAdapter)
    geocoder.geocode("Handarat Camp", country_codes="SY")
    ((_, path, query, headers),) = server.requests
    assert headers["User-Agent"] == f"Holdline/{__version__} (+https://example.org/contact)"
    assert (path, query["q"], query["countrycodes"]) == ("/search", ["Handarat Camp"], ["sy"])


def test_what_the_gazetteer_has_is_not_asked(offline, server, cache):
    assert chain(offline, server, cache).geocode("Hanano, Aleppo").raw["source"] == "dataset"
    assert chain(offline, server, cache).reverse((36.2, 37.16)).raw["source"] == "dataset"
    assert server.requests == []


def test_an_answer_names_its_source_and_is_asked_once_even_by_a_new_cache(offline, server, cache):
    first = chain(offline, server, cache).geocode("Handarat Camp")
    again = chain(offline, server, GeocodeCache(cache.path)).geocode("Handarat Camp")
    assert first == again
    assert (first.latitude, first.longitude) == (36.2803, 37.1789)
    assert first.raw["place_id"] == "osm-way-99"
    assert first.raw["source"] == "Nominatim"
    assert again.raw["attribution"] == ATTRIBUTION
    assert len(server.requests) == 1


def test_not_found_is_asked_once(offline, server, cache):
    geocoder = chain(offline, server, cache)
    assert geocoder.geocode("Nowhereville") is None
    assert geocoder.geocode("Nowhereville") is None
    assert geocoder.geocode("Nowhereville", exactly_one=False) is None
    assert [query["q"] for _, _, query, _ in server.requests] == [["Nowhereville"], ["Nowhereville"]]


def test_one_refusal_is_one_request_one_typed_error_and_no_answer(offline, server, cache):
    server.refusals[:] = [429]
    geocoder = chain(offline, server, cache)
    with pytest.raises(GeocoderRateLimited) as refused:
        geocoder.geocode("Handarat Camp")
    assert refused.value.retry_after == 7
    assert len(server.requests) == 1
    assert geocoder.geocode("Handarat Camp") is not None
    assert len(server.requests) == 2


def test_a_server_that_is_gone_is_a_typed_error(offline, cache):
    with stand_in_server() as server:
        geocoder = chain(offline, server, cache)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Handarat Camp")


def test_threads_are_spaced_and_ask_the_same_question_once(offline, server, cache):
    questions = ["one", "two", "three", "three", "three"]
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(chain(offline, server, cache, DELAY_S).geocode, questions))
    times = [at for at, *_ in server.requests]
    asked = [query["q"][0] for _, _, query, _ in server.requests]
    assert sorted(asked) == ["one", "three", "two"]
    assert all(later - earlier > DELAY_S * 0.5 for earlier, later in pairwise(times))


_ASK = """
import sys
from pathlib import Path
from geo.places.gazetteer import Gazetteer
from geo.places.geocoder import GazetteerGeocoder
from geo.places.online import ChainGeocoder, nominatim
from geo.store import GeocodeCache
from tests.places.samples import sample_places
domain, path, name = sys.argv[1:]
online = nominatim(online=True, domain=domain, scheme="http")
offline = GazetteerGeocoder(Gazetteer(sample_places()))
ChainGeocoder(offline, online, GeocodeCache(Path(path)), delay_s=1.0).geocode(name)
"""


def test_processes_are_spaced(server, cache):
    asking = [
        subprocess.Popen([sys.executable, "-c", _ASK, server.domain, str(cache.path), name]) for name in ("one", "two")
    ]
    assert [process.wait(timeout=60) for process in asking] == [0, 0]
    first, second = sorted(at for at, *_ in server.requests)
    assert second - first > 0.8


def test_reverse_asks_where_the_gazetteer_has_no_place(offline, server, cache):
    geocoder = chain(offline, server, cache)
    assert geocoder.reverse((0, -30)).raw["place_id"] == "osm-way-99"
    assert geocoder.reverse("0, -30").raw["attribution"] == ATTRIBUTION
    assert len(server.requests) == 1


def test_an_online_geocoder_needs_a_cache(offline, server):
    with pytest.raises(ConfigurationError):
        ChainGeocoder(offline, nominatim(online=True, domain=server.domain, scheme="http"))


def test_the_application_opens_its_chain_when_it_is_allowed(offline, server, cache):
    geocoder = open_geocoder(offline, cache.path, online=True, domain=server.domain, scheme="http")
    assert geocoder.geocode("Handarat Camp").raw["source"] == "Nominatim"
