"""Toponyms in texts: which names are found, where exactly, and what is no place."""

import json
import time
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.gazetteer import Gazetteer
from geo.schema import COLUMNS
from geo.text.toponyms import Policy, find_candidates, find_mentions, read_toponyms
from tests.places.samples import documents, sample_places


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
        ("They took the Conoco gas plant.", ["Conoco gas plant"]),
        ("the Conoco\ngas plant's gates", ["Conoco\ngas plant"]),
        ("a gas plant of Conoco", []),
        ("the al-Omar oil field, al-Omar", ["al-Omar oil field"]),
        ("Base 46 and Base 47", ["Base 46"]),
        ("at Mine No. 7 and the sugar factory", ["Mine No. 7", "sugar factory"]),
        ("Aleppo's railway station in Aleppo", ["Aleppo's railway station", "Aleppo"]),
    ],
)
def test_names_of_the_dataset_may_have_small_letters_and_figures(text, expected):
    names = [
        "Conoco gas plant",
        "al-Omar oil field",
        "Base 46",
        "Mine No. 7",
        "sugar factory",
        "Aleppo railway station",
    ]
    places = sample_places()
    rows = [places.head(1).assign(place_id=name, name=name, name_local=None, aliases=None) for name in names]
    own = pd.concat([places, *rows], ignore_index=True)
    mentions = find_mentions(documents(text), Gazetteer(own))
    assert list(mentions["toponym"]) == expected
    assert mentions["place_id"].notna().all()


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
        ("In Geneva, Switzerland, and in Moscow", ["gn2660646", "gn2658434", "gn524901"]),
        ("Kiev and Киев", ["gn703448", "gn703448"]),
        ("It was in Moscow. Geneva was far.", ["gn524901", "gn2660646"]),
        ("the United States held talks in Geneva", ["gn6252001", "gn2660646"]),
        ("talks in Geneva, Illinois, on Monday", ["gn4893591", "gn4896861"]),
        ("the Geneva Conventions", []),
        ("Paris Hilton and Jack London", []),
        ("geneva", []),
        ("It is a Nice Orange, said Victoria", []),
        ("from Singapore to New York", ["gn1880251", "gn5128581"]),
        ("for US$5 million", []),
        ("the Marburg virus", []),
    ],
)
def test_places_of_the_world_are_resolved_or_known_to_be_something_else(gazetteer, text, expected):
    assert [place_id for _, place_id in found(text, gazetteer)] == expected


@pytest.mark.parametrize(
    ("text", "toponyms"),
    [
        ("near Fayette, Ala., and in Tupelo, Miss.", ["Fayette", "Ala.", "Tupelo", "Miss."]),
        ("in Washington, D.C., and N.Y.", ["Washington", "D.C.", "N.Y."]),
        ("Walker County deputies in St. Louis", ["Walker County", "St. Louis"]),
        ("the Democratic Republic of the Congo", ["Democratic Republic of the Congo"]),
        ("the village of Prisi and the Neches River", ["Prisi", "Neches River"]),
    ],
)
def test_names_are_cut_out_whole(gazetteer, text, toponyms):
    assert [toponym for toponym, _ in found(text, gazetteer)] == toponyms


def test_a_place_that_no_gazetteer_has_stands_for_the_one_that_contains_it(gazetteer):
    mentions = find_mentions(documents("Troops entered the village of Qarrinabad, Iraq."), gazetteer)
    village, country = mentions.to_dict("records")
    assert (village["toponym"], village["match"]) == ("Qarrinabad", "parent")
    assert village["place_id"] == country["place_id"]
    assert village["place_precision"] == country["place_precision"] == 6


def test_a_name_about_which_nothing_is_known_waits_for_review(gazetteer):
    [mention] = find_mentions(documents("They fled the village of Qarrinabad."), gazetteer).to_dict("records")
    assert mention["toponym"] == "Qarrinabad"
    assert mention["place_id"] is None or mention["place_id"] != mention["place_id"]
    assert find_candidates(documents("They fled the village of Qarrinabad."), gazetteer).empty


def test_demonyms_and_embedded_names_count_if_the_policy_says_so(gazetteer):
    texts = documents("Syrian troops left the University of Geneva.")
    read = read_toponyms(texts, gazetteer, policy=Policy(demonyms=True, embedded=True))
    assert read.mentions["toponym"].tolist() == ["Syrian", "Geneva"]
    assert find_mentions(texts, gazetteer).empty


def test_signals_add_up_to_the_score_and_candidates_are_ranked(gazetteer):
    text = "In Geneva, Illinois, and in Paris, Texas, US troops met; Springfield, Aleppo's Hanano and Georgia, too."
    mentions, candidates = read_toponyms(documents(text), gazetteer, focus=["SY"])
    assert len(mentions) >= 8
    for row in [*mentions.to_dict("records"), *candidates.to_dict("records")]:
        assert sum(json.loads(row["signals"]).values()) == pytest.approx(row["score"], abs=1e-3)
    assert candidates.groupby("start")["rank"].agg(list).map(lambda ranks: ranks == [*range(1, len(ranks) + 1)]).all()
    first = candidates[candidates["rank"] == 1].set_index("start")["place_id"]
    assert first.reindex(mentions["start"]).tolist() == mentions["place_id"].tolist()


def test_the_countries_in_focus_win_where_nothing_else_decides(gazetteer):
    text = documents("They came to Tripoli.")
    [libya] = find_candidates(text, gazetteer).query("rank == 1")["country_code"]
    [lebanon] = find_candidates(text, gazetteer, focus=["LB"]).query("rank == 1")["country_code"]
    assert (libya, lebanon) == ("LY", "LB")


def test_a_line_of_ten_megabytes_takes_time_in_proportion(gazetteer):
    sentence = "Troops left Geneva and Aleppo's Hanano for the village of Prisi near Paris, Texas, said Mr Kim. "
    seconds = []
    for repeats in (300, 1200):
        started = time.process_time()
        find_mentions(documents(sentence * repeats), gazetteer)
        seconds.append(time.process_time() - started)
    assert seconds[1] < 10 * seconds[0] + 0.5


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


@given(st.sampled_from(["Hanano", "Sheikh Saeed", "al-Sakhour", "حلب"]), st.text(), st.text())
def test_a_name_between_full_stops_is_found_in_any_surroundings(small_gazetteer, name, before, after):
    text = f"{before}. {name}. {after}"
    mentions = find_mentions(documents(text), small_gazetteer)
    assert len(before) + 2 in mentions["start"].tolist()
