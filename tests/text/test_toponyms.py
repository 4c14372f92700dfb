"""Toponyms in texts: which names are found, where exactly, and what is no place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.names import name_key
from geo.schema import COLUMNS
from geo.text.toponyms import find_mentions
from tests.places.samples import documents


def found(text, gazetteer):
    mentions = find_mentions(documents(text), gazetteer)
    return list(zip(mentions["toponym"], mentions["place_id"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleppo's Sheikh Saeed district", [("Aleppo", "city"), ("Sheikh Saeed", "N4")]),
        ("in Syria’s city of Aleppo.", [("Syria", "sy"), ("Aleppo", "city")]),
        ("Aleppo province and Aleppo", [("Aleppo province", "adm"), ("Aleppo", "city")]),
        (
            "the districts of al-Sakhour, Al Sakhour and Sakhour",
            [("al-Sakhour", "N3"), ("Al Sakhour", "N3"), ("Sakhour", "N3")],
        ),
        ("MASAKEN HANANO, masaken Hanano, hanano", [("MASAKEN HANANO", "N1"), ("Hanano", "N1")]),
        ("Masaken\nHanano", [("Masaken\nHanano", "N1")]),
        ("Masaken\n\nHanano", [("Hanano", "N1")]),
        ("Ash-Sha’ar and Sha'ar's streets", [("Ash-Sha’ar", "N2"), ("Sha'ar", "N2")]),
        ("They saw Ahmad. Hanano fell.", [("Hanano", "N1")]),
        ("Hananos Hananohouse preHanano", []),
        (
            "(Hanano), “Hanano”; Hanano/Sakhour",
            [("Hanano", "N1"), ("Hanano", "N1"), ("Hanano", "N1"), ("Sakhour", "N3")],
        ),
    ],
)
def test_names_of_the_dataset_are_found_as_they_are_written(small_gazetteer, text, expected):
    assert found(text, small_gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سيطر الجيش على حي الشيخ سعيد في حلب.", [("الشيخ سعيد", "N4"), ("حلب", "city")]),
        ("في شيخ سعيد", [("شيخ سعيد", "N4")]),
        ("وحلب وسوريا", [("حلب", "city"), ("سوريا", "sy")]),
        ("الحلبيون وحلبي", []),
        ("حَلَب", [("حَلَب", "city")]),
    ],
)
def test_arabic_names_are_whole_words_that_may_carry_a_conjunction(small_gazetteer, text, expected):
    assert found(text, small_gazetteer) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lt Gen Zaid al-Saleh said so.",
        "Secretary-General Ban Ki-moon was alarmed.",
        "Mr Saleh left.",
        "the Aleppo Media Centre",
        "Syrian troops and the Aleppines",
    ],
)
def test_people_organisations_and_demonyms_are_no_places(small_gazetteer, text):
    assert found(text, small_gazetteer) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("held talks in Geneva over the weekend", ["gn2660646"]),
        ("In Geneva, Switzerland, and in Moscow", ["gn2660646", "gn524901"]),
        ("Kiev and Киев", ["gn703448", "gn703448"]),
        ("It was in Moscow. Geneva was far.", ["gn524901", "gn2660646"]),
        ("the Geneva Conventions", []),
        ("Paris Hilton and Jack London", []),
        ("geneva", []),
        ("It is a Nice Orange, said Victoria", []),
        ("Mexico and Georgia", []),
        ("from Singapore to New York", ["gn1880252", "gn5128581"]),
        ("near Marengo", []),
    ],
)
def test_places_of_the_world_must_be_large_and_stand_alone(gazetteer, text, expected):
    assert [place_id for _, place_id in found(text, gazetteer)] == expected


def test_a_container_beside_a_name_raises_its_score(small_gazetteer):
    alone, inside = find_mentions(documents("Hanano", "Hanano, Aleppo"), small_gazetteer)["score"].iloc[:2]
    assert inside > alone


def test_the_table_is_that_of_the_contract_also_without_mentions(small_gazetteer):
    mentions = find_mentions(documents("Nothing here.", "Hanano"), small_gazetteer)
    assert list(mentions) == COLUMNS["mentions"]
    assert mentions["document_id"].tolist() == ["d2"]
    assert find_mentions(documents(), small_gazetteer).empty


NAMES = ["Aleppo's", "Hanano", "al-Sakhour", "Sheikh Saeed", "الشيخ سعيد", "وحلب", "Geneva", "Ash-Sha’ar", "Ban", "Mr"]
JOINTS = [" ", ", ", "-", "\n", "'s ", "\u200f", "", ". "]


@given(st.lists(st.sampled_from(NAMES) | st.sampled_from(JOINTS) | st.text(max_size=8)).map("".join))
def test_offsets_cut_the_toponym_out_of_any_text(gazetteer, text):
    mentions = find_mentions(documents(text), gazetteer)
    spans = list(zip(mentions["start"], mentions["end"], strict=True))
    assert [text[start:end] for start, end in spans] == mentions["toponym"].tolist()
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for toponym, place_id in zip(mentions["toponym"], mentions["place_id"], strict=True):
        assert name_key(toponym) in {name_key(name) for name in gazetteer.place(place_id).names}


@given(st.sampled_from(["Hanano", "Sheikh Saeed", "al-Sakhour", "حلب"]), st.text(), st.text())
def test_a_name_between_full_stops_is_found_in_any_surroundings(small_gazetteer, name, before, after):
    text = f"{before}. {name}. {after}"
    mentions = find_mentions(documents(text), small_gazetteer)
    assert len(before) + 2 in mentions["start"].tolist()
