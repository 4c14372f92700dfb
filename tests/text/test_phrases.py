"""Phrases of places and sides in rewritten sentences: examples of the data file, and sides named vaguely."""

from datetime import date

import pytest

from geo.text.actors import ActorMention
from geo.text.clauses import Clauses, PlaceMention
from geo.text.data import read_data
from geo.text.dates import DateMention
from geo.text.phrases import actor_phrases, place_phrases
from geo.text.word_tags import tag_words

EXAMPLES = read_data("phrases.toml")["example"]
DAYS = [date(2016, 12, 1), date(2016, 12, 2)]


def _clauses(text):
    places = [PlaceMention(0, 0, f"<P{number}>", f"<P{number}>", "PPL") for number in range(3)]
    dates = [DateMention(0, 0, day, day, 1) for day in DAYS]
    actors = [ActorMention(0, 0, actor) for actor in ("gov", "opp")]
    return Clauses(text, actors, places, dates, actors, text)


def _in_words(place):
    name = place.place.key if place.place else f"the {place.noun}"
    day = f" on <D{DAYS.index(place.day.earliest)}>" if place.day else ""
    return ("/" if place.is_part else "") + name + day


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"][:40])
def test_places_of_a_sentence_are_found_with_what_is_meant_of_them(example):
    found = place_phrases(_clauses(example["text"]), tag_words(example["text"]))
    assert [" ".join(map(_in_words, one.places)) for one in found if not one.is_within] == example["places"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Fighters of the <A0> and its allies entered <P0>.", [("gov",)]),
        ("<P0>'s <A0> and hundreds of <P1>-backed <A1> entered <P2>.", [("gov", "opp")]),
        ("<A0> and <A1> took it.", [("gov", "opp")]),
        ("The 36th Brigade drove the <A1> out.", [(), ("opp",)]),
    ],
)
def test_sides_of_a_sentence_are_found_also_without_a_name(text, actors):
    assert [phrase.actors for phrase in actor_phrases(_clauses(text), tag_words(text))] == actors


def test_a_participle_before_a_noun_is_no_verb():
    assert tag_words("the captured town").letters == "dlk"
    assert tag_words("rebels captured <P0>").letters == "gvP"
