"""The gazetteer as a geopy geocoder."""

import pytest
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.geocoders.base import Geocoder
from hypothesis import given
from hypothesis import strategies as st

from geo.places.geocoder import GazetteerGeocoder


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    return GazetteerGeocoder(gazetteer)


def test_it_is_a_geopy_geocoder_that_cannot_ask_the_network(geocoder):
    assert isinstance(geocoder, Geocoder)
    with pytest.raises(GeocoderUnavailable):
        geocoder._call_geocoder("https://example.org", lambda answer: answer)


def test_a_name_gives_a_location_that_says_where_it_is_from(geocoder):
    location = geocoder.geocode("Geneva")
    assert (round(location.latitude, 2), round(location.longitude, 2)) == (46.20, 6.15)
    assert location.address == "Geneva, Geneva, Switzerland"
    assert location.raw["place_id"] == "gn2660646"
    assert location.raw["source"] == "GeoNames"
    assert "CC BY 4.0" in location.raw["attribution"]
    assert 0 < location.raw["score"] <= 1


def test_a_place_of_the_dataset_says_so(geocoder):
    location = geocoder.geocode("Sheikh Saeed, Aleppo")
    assert location.raw["place_id"] == "N4"
    assert location.raw["source"] == "dataset"
    assert location.address == "Sheikh Said, Aleppo, Aleppo, Syria"


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Hanano, Aleppo, Syria", "N1"),
        ("Hanano، حلب", "N1"),
        ({"city": "Hanano", "state": "Aleppo", "country": "Syria"}, "N1"),
        ({"country": "Syria"}, "sy"),
        ("Geneva, Switzerland", "gn2660646"),
        ("Geneva, United States", "gn4893591"),
    ],
)
def test_containers_are_a_context(geocoder, query, place_id):
    assert geocoder.geocode(query).raw["place_id"] == place_id


@pytest.mark.parametrize("query", ["Nowhereville", "Hanano, France", "Geneva, Atlantis"])
def test_what_is_not_there_is_not_found(geocoder, query):
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_all_places_of_a_name_best_first_and_limited(geocoder):
    every = geocoder.geocode("Springfield", exactly_one=False)
    assert len(every) > 3
    assert [one.raw["place_id"] for one in geocoder.geocode("Springfield", exactly_one=False, limit=2)] == [
        one.raw["place_id"] for one in every[:2]
    ]


def test_country_codes_limit_the_answer(geocoder):
    assert geocoder.geocode("Geneva", country_codes="us").raw["country_code"] == "US"
    assert geocoder.geocode("Geneva", country_codes=["sy", "FR"]) is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda geocoder: geocoder.geocode(""),
        lambda geocoder: geocoder.geocode(" , "),
        lambda geocoder: geocoder.geocode({"galaxy": "Milky Way"}),
        lambda geocoder: geocoder.geocode("Aleppo", country_codes="Syria"),
        lambda geocoder: geocoder.geocode("Aleppo", limit=0),
        lambda geocoder: geocoder.reverse("here"),
        lambda geocoder: geocoder.reverse((91, 0)),
    ],
)
@pytest.mark.filterwarnings("ignore:Latitude normalization")
def test_malformed_questions_raise_geopys_error(geocoder, ask):
    with pytest.raises(GeocoderQueryError):
        ask(geocoder)


def test_reverse_finds_the_nearest_quarter(geocoder):
    location = geocoder.reverse((36.231, 37.201))
    assert location.raw["place_id"] == "N1"
    assert 0 < location.raw["distance_km"] < 0.2
    distances = [one.raw["distance_km"] for one in geocoder.reverse("36.2, 37.16", exactly_one=False, limit=5)]
    assert distances == sorted(distances)
    assert len(distances) == 5


def test_reverse_finds_nothing_in_the_middle_of_the_sea(geocoder):
    assert geocoder.reverse((0, -30)) is None
    assert geocoder.reverse((0, -30), exactly_one=False) is None


@given(st.text())
def test_any_text_is_answered_or_refused(geocoder, text):
    try:
        location = geocoder.geocode(text)
    except GeocoderQueryError:
        assert not text.replace(",", "").replace("،", "").strip()
    else:
        assert location is None or location.raw["place_id"]
