"""What names mean, decided together: each signal by an example where it decides."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places.gazetteer import Gazetteer
from geo.places.names import name_key
from geo.places.resolution import Query, Resolver
from geo.places.world import open_world
from tests.places.samples import sample_places


@pytest.fixture(scope="module")
def resolver(gazetteer):
    return Resolver(gazetteer)


def query(name, feature="", container=None):
    return Query(name, name_key(name), feature, container)


def meant(resolver, *queries):
    """Country and feature code of what each name means, None where nothing decides it."""
    found = [one.best for one in resolver.resolve(queries)]
    return [best and (best.place.country_code, best.place.feature_code[:4]) for best in found]


def test_the_larger_place_of_a_name_is_meant_where_nothing_else_is_said(resolver):
    assert meant(resolver, query("Paris")) == [("FR", "PPLC")]


def test_the_place_named_beside_it_decides(resolver):
    assert meant(resolver, query("Paris", container=1), query("Texas")) == [("US", "PPL"), ("US", "ADM1")]


def test_two_places_of_a_name_may_stand_in_one_text(resolver):
    names = (query("Paris", container=1), query("France"), query("Paris", container=3), query("Texas"))
    assert meant(resolver, *names)[::2] == [("FR", "PPLC"), ("US", "PPL")]


def test_what_the_text_says_that_it_is_decides(resolver):
    assert meant(resolver, query("Aleppo"), query("Aleppo", "ADM1"))[1] == ("SY", "ADM1")


def test_the_other_places_of_the_text_decide(resolver):
    alone, among = query("Tripoli"), (query("Beirut"), query("Sidon"), query("Tyre"), query("Zahle"))
    assert meant(resolver, alone) == [("LY", "PPLC")]
    assert meant(resolver, alone, *among)[0] == ("LB", "PPL")


def test_a_country_named_moves_no_city_to_a_namesake(resolver):
    names = (query("United States"), query("Washington"), query("Geneva"), query("United States"))
    assert meant(resolver, *names)[2] == ("CH", "PPL")


def test_a_name_without_a_place_stands_for_what_contains_it(resolver):
    unknown = Query("Qarrinabad", "qarrinabad", "PPL", 1)
    [village, _] = resolver.resolve([unknown, query("Texas")])
    assert (village.best.match, village.best.place.name) == ("parent", "Texas")
    assert resolver.resolve([Query("Qarrinabad", "qarrinabad")])[0].best is None


def test_the_focus_decides_between_equals(gazetteer):
    assert meant(Resolver(gazetteer, ["LB"]), query("Tripoli")) == [("LB", "PPL")]


NAMES = ["Paris", "Texas", "Geneva", "Aleppo", "Syria", "Springfield", "Georgia", "San Jose", "Qarrinabad", "حلب"]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["", "ADM1", "ADM2", "PPL"])), max_size=12))
def test_signals_add_up_to_scores_within_their_bounds(resolver, names):
    queries = [
        query(name, feature, position + 1 if position + 1 < len(names) else None)
        for position, (name, feature) in enumerate(names)
    ]
    for resolution in resolver.resolve(queries):
        assert 0 <= resolution.margin <= 1
        for one in resolution.ranked:
            assert 0 <= one.score <= 1
            assert sum(one.signals.values()) == pytest.approx(one.score, abs=1e-3)


def test_countries_in_a_list_do_not_contain_each_other(resolver):
    names = (query("China", container=1), query("Japan", container=2), query("Brazil"))
    assert meant(resolver, *names) == [("CN", "PCLI"), ("JP", "PCLI"), ("BR", "PCLI")]


def test_the_division_that_is_said_to_contain_a_city_is_not_the_city_of_its_name(resolver):
    assert meant(resolver, query("Buffalo", container=1), query("New York")) == [("US", "PPL"), ("US", "ADM1")]


def test_an_alias_yields_to_the_far_larger_place_that_is_mainly_called_so(resolver):
    names = (query("Minnesota"), query("Marshall", container=0), query("Ghent", container=0))
    assert meant(resolver, *names)[0] == ("US", "ADM1")


def test_a_place_that_is_not_where_the_text_says_is_not_meant(resolver):
    [stroud, _] = resolver.resolve([query("Stroud", container=1), query("Ontario")])
    assert (stroud.best.match, stroud.best.place.name) == ("parent", "Ontario")


def test_a_hamlet_without_an_entry_is_put_where_the_text_is(resolver):
    names = ("Alexandria", "Osakis", "Evansville", "Glenwood", "Parkers Prairie", "Sauk Centre")
    around = [query(name, container=len(names)) for name in names]
    *_, hamlet = resolver.resolve([*around, query("Minnesota"), query("Nelson")])
    assert hamlet.best.match == "parent"
    assert (hamlet.best.place.name in names, hamlet.best.place.country_code) == (True, "US")
    assert "unlisted" in hamlet.best.signals


def test_another_spelling_is_found_by_its_sound_where_names_are_transliterated(resolver):
    names = [query("Cairo"), query("Egypt"), query("Daqahliya")]
    *_, found = resolver.resolve(names)
    assert (found.best.match, found.best.place.country_code) == ("transliterated", "EG")
    [*_, american] = resolver.resolve([query("Ohio"), query("United States"), query("Lanexa")])
    assert american.best is None or american.best.match == "parent"


def own_places(*places, country="SY"):
    """Rows of a dataset: id, name, latitude, longitude."""
    rows = [
        sample_places()
        .tail(1)
        .assign(place_id=place_id, name=name, latitude=latitude, longitude=longitude, feature_code="PPL")
        .assign(parent_place_id=None, country_code=country)
        for place_id, name, latitude, longitude in places
    ]
    return pd.concat(rows, ignore_index=True)


def test_a_place_of_the_dataset_is_the_worlds_at_the_same_spot():
    own = own_places(("own", "Buni Yadi", 11.27, 12.0), country="NG")
    [found] = Resolver(Gazetteer(own, open_world())).resolve([query("Buni Yadi")])
    assert [one.place.place_id for one in found.ranked] == ["own"]
    own = own_places(("own", "Aleppo", 36.2, 37.16))
    [found] = Resolver(Gazetteer(own, open_world())).resolve([query("Aleppo")])
    assert found.best.place.place_id == "own"
    assert found.best.place.population > 1_000_000
    assert {one.place.feature_code for one in found.ranked} > {"ADM1"}


def test_scores_above_the_highest_still_tell_a_place_from_its_rival():
    own = own_places(("near", "Qabasin", 36.43, 37.57), ("far", "Qabasin", 33.5, 36.4))
    others = "Aleppo Manbij Jarabulus Tadef Idlib Homs Hama Latakia Tartus Damascus Palmyra Raqqa Daraa Douma Harasta"
    names = [query(name) for name in ("Qabasin", *others.split())]
    [found, *_] = Resolver(Gazetteer(own, open_world()), {"SY"}).resolve(names)
    assert [one.score for one in found.ranked[:2]] == [1.0, 1.0]
    assert found.best.place.place_id == "near"
    assert 0 < found.margin < 1
