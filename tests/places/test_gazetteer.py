"""The gazetteer: what a name can mean, and in which order."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.gazetteer import Gazetteer
from geo.places.table import places_table
from geo.places.world import open_world
from tests.places.samples import sample_places

GENEVAS = places_table(place for place in open_world().places_of_key("geneva") if place.name == "Geneva")


def ids(candidates):
    return [candidate.place.place_id for candidate in candidates]


def test_geneva_is_in_switzerland_without_any_curated_place():
    world = Gazetteer(sample_places(), GENEVAS)
    first, second = world.candidates("Geneva")[:2]
    assert (first.place.place_id, first.place.country_code) == ("gn2660646", "CH")
    assert (round(first.place.latitude, 2), round(first.place.longitude, 2)) == (46.20, 6.15)
    assert second.place.country_code == "US"
    assert first.score > second.score


def test_a_country_as_context_moves_a_place_there(gazetteer):
    assert gazetteer.best("Geneva", ["United States"]).place.country_code == "US"
    assert gazetteer.best("Geneva", ["USA"]).in_context


def test_aleppo_is_the_city_and_not_the_province(gazetteer):
    assert ids(gazetteer.candidates("Aleppo"))[:2] == ["city", "adm"]
    assert gazetteer.best("Aleppo province").place.place_id == "adm"
    assert gazetteer.best("حلب").place.place_id == "city"


@pytest.mark.parametrize(
    ("name", "place_id", "match"),
    [
        ("Sheikh Said", "N4", "exact"),
        ("الشيخ سعيد", "N4", "exact"),
        ("SHEIKH  SAEED", "N4", "alias"),
        ("Shaykh Sa’id", "N4", "alias"),
        ("شيخ سعيد", "N4", "transliterated"),
        ("al-Shaar", "N2", "transliterated"),
    ],
)
def test_a_place_is_found_by_each_of_its_names(gazetteer, name, place_id, match):
    best = gazetteer.best(name)
    assert (best.place.place_id, best.match) == (place_id, match)


def test_places_of_the_dataset_come_before_the_world(gazetteer):
    found = gazetteer.candidates("Aleppo")
    assert [one.place.in_dataset for one in found] == sorted((one.place.in_dataset for one in found), reverse=True)
    assert "gn170063" in ids(found)


def test_a_worse_match_in_the_dataset_comes_before_the_best_in_the_world():
    own = sample_places().iloc[:1].assign(name="Ginevra", name_local=None, aliases="Ge'neva", feature_code="ADM1")
    assert ids(Gazetteer(own, GENEVAS).candidates("Geneva"))[:2] == ["sy", "gn2660646"]


def test_larger_places_come_first(gazetteer):
    found = gazetteer.candidates("Springfield")
    populations = [one.place.population for one in found if one.match == "exact"]
    assert populations == sorted(populations, reverse=True)


def test_the_dataset_replaces_a_place_of_the_world_with_the_same_id():
    own = sample_places().iloc[[2]].assign(place_id="gn2660646", parent_place_id=None)
    assert ids(Gazetteer(own, GENEVAS).candidates("Halab"))[0] == "gn2660646"


def test_a_place_of_the_dataset_is_found_by_a_name_that_only_the_world_gives_it():
    own = sample_places().iloc[[2]].assign(place_id="gn2660646", parent_place_id=None)
    found = Gazetteer(own, GENEVAS).places_of_key("geneva")
    assert [(place.place_id, place.in_dataset) for place in found if place.place_id == "gn2660646"] == [
        ("gn2660646", True)
    ]


def test_unknown_names_have_no_candidates(gazetteer):
    assert gazetteer.candidates("Nowhereville") == []
    assert gazetteer.candidates("") == []
    assert gazetteer.best("!?") is None


def test_ancestors_go_up_to_the_country(gazetteer):
    assert [place.place_id for place in gazetteer.ancestors("N1")] == ["city", "adm", "sy"]
    assert gazetteer.ancestors("unknown") == []


def test_a_circle_of_parents_ends():
    circle = sample_places().iloc[:2].assign(parent_place_id=["adm", "sy"])
    assert len(Gazetteer(circle).ancestors("sy")) == 2


def test_the_tables_are_not_changed():
    places = sample_places()
    before = places.copy()
    Gazetteer(places, GENEVAS).candidates("Aleppo")
    pd.testing.assert_frame_equal(places, before)


@given(st.text() | st.sampled_from(["Aleppo", "Geneva", "Paris", "London", "San Jose"]))
def test_scores_fall_and_stay_between_0_and_1(gazetteer, name):
    scores = [one.score for one in gazetteer.candidates(name, ["Syria", name])]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
