"""The sides as texts name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schema import empty_table
from geo.text.actors import ActorLexicon
from geo.text.side_names import known_sides
from tests.places.samples import sample_actors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebel fighters and the SYRIAN ARMY", [("Rebel fighters", "opp"), ("SYRIAN ARMY", "gov")]),
        ("rebel-led groups, pro-government forces", []),
        ("Syrian\n army", [("Syrian\n army", "gov")]),
        ("rebellion, rebels'", [("rebels", "opp")]),
        ("سيطرت القوات الحكومية", [("القوات الحكومية", "gov")]),
    ],
)
def test_names_are_found_longest_first_and_whole(text, expected):
    found = ActorLexicon(sample_actors()).find(text)
    assert [(text[one.start : one.end], one.actor_id) for one in found] == expected


def test_who_holds_a_place_is_told_from_who_acts():
    (found,) = ActorLexicon(sample_actors()).find("rebel-held districts")
    assert (found.start, found.end, found.holds) == (0, 5, True)


def test_a_name_of_two_actors_names_neither():
    actors = sample_actors().assign(aliases="soldiers|the side")
    assert ActorLexicon(actors).find("The side and its soldiers") == []


def test_a_general_name_of_the_table_is_also_the_adjective_of_other_troops():
    actors = sample_actors().assign(aliases=["pro-government forces", "", ""])
    text = "Pro-government troops advanced; the pro-government press did not."
    found = ActorLexicon(actors, world=True).find(text, lambda: "YE")
    assert [(text[one.start : one.end], one.actor_id) for one in found] == [("Pro-government", actors.actor_id[0])]


def test_troops_called_by_an_alias_of_the_table_are_its_side():
    actors = sample_actors().iloc[:1].assign(aliases="British|Argentine")
    found = ActorLexicon(actors, world=True).find("British troops fought Argentine soldiers and Turkish troops.")
    assert [one.actor_id for one in found] == [actors.actor_id.iloc[0]] * 2 + ["turkey"]


def test_no_actors_are_found_without_actors():
    assert ActorLexicon(sample_actors().iloc[:0]).find("rebels") == []


@given(st.text() | st.sampled_from(["reb\u0131ls", "\u017fyrian army", "rebels\u212a"]))
def test_any_text_can_be_read(text):
    for mention in ActorLexicon(sample_actors()).find(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_years_of_a_side_are_in_order_and_its_general_names_have_a_country():
    for side in known_sides():
        assert side.get("since", 0) <= side.get("until", 9999), side["id"]
        assert side["countries"] or not side.get("generic"), side["id"]
    assert len({side["id"] for side in known_sides()}) == len(known_sides())


@given(st.integers(1900, 2030))
def test_a_name_means_at_most_one_side_in_any_year(year):
    lexicon = ActorLexicon(sample_actors().iloc[:0], world=True)
    found = lexicon.find("Russian forces", year=lambda: year)
    is_shared = year == 1991
    expected = [] if year < 1918 or is_shared else ["soviet-union"] if year < 1991 else ["russia"]
    assert [one.actor_id for one in found] == expected


def test_part_of_another_name_is_no_side_that_the_country_tells():
    lexicon = ActorLexicon(sample_actors().iloc[:0], world=True)
    found = lexicon.find("The army and the Kokang Army fought in Lashio.", lambda: "MM")
    assert [(one.start, one.actor_id) for one in found] == [(4, "myanmar-junta")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Forces loyal to the country’s unity government advanced",
            [("Forces loyal to the country’s unity government", "gna")],
        ),
        (
            "troops still loyal to Marshal Khalifa Haftar",
            [("troops still loyal to Marshal Khalifa Haftar", "libyan-national-army")],
        ),
        ("Hadi's troops left, President Hadi said", [("Hadi", "yemeni-government")]),
        ("the Croatian 4th and 7th Guards Brigades, Croatian 9th place", [("Croatian", "croatia")]),
        ("forces loyal to nobody and Haftar's militia", [("Haftar's militia", "libyan-national-army")]),
    ],
)
def test_whose_forces_they_are_belongs_to_the_name(text, expected):
    found = ActorLexicon(empty_table("actors"), world=True).find(text, lambda: "LY")
    assert [(text[one.start : one.end], one.actor_id) for one in found] == expected
