"""The published article, and our own briefs, read with the project's own dataset."""

from pathlib import Path

import pandas as pd
import pytest

from geo.formats.datasets import read_dataset
from geo.places.gazetteer import Gazetteer
from geo.places.world import open_world
from geo.text.actors import ActorLexicon
from geo.text.changes import extract_events
from geo.text.reports import read_reports
from geo.text.territory import read_territory
from geo.text.toponyms import find_mentions

ROOT = Path(__file__).resolve().parents[2]
DATASET = ROOT / "data" / "aleppo_2016"
ARTICLE = ROOT.parent / "shared" / "seeds" / "rnz-2016-12-13-aleppo.txt"
KNOWN_MISSING = 7
DAY_BY_DAY = "wikipedia-2016-12-13-aleppo-offensive"


@pytest.fixture(scope="module")
def dataset():
    return read_dataset(DATASET)


@pytest.fixture(scope="module")
def aleppo(dataset):
    return Gazetteer(dataset.places, open_world())


@pytest.fixture(scope="module")
def article():
    if not ARTICLE.is_file():
        pytest.skip("the published article is not here: it belongs in ../shared/seeds")
    text = ARTICLE.read_text(encoding="utf-8")
    return pd.DataFrame({"document_id": ["rnz"], "text": [text], "published": [pd.Timestamp("2016-12-13")]})


def test_the_article_gives_one_change_sheikh_saeed(dataset, aleppo, article):
    events = extract_events(article, find_mentions(article, aleppo), dataset.places, dataset.actors)
    assert events["place_id"].tolist() == ["N0225"]
    event = events.iloc[0]
    assert event["earliest_date"] == event["latest_date"] == pd.Timestamp("2016-12-12")
    assert (event["from_actor"], event["to_actor"]) == ("opposition", "syrian-government")
    assert (event["status"], event["assertion"], event["date_precision"]) == ("controlled", "assessed", 1)
    assert event["quote"] in article["text"].iloc[0]
    assert event["quote"].endswith("after troops retook the area from rebel fighters.")
    assert event["note"].count("Also: ") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army captured Hanano, Aleppo, on 26 November 2016.", [("Hanano", "controlled")]),
        ("The army captured the Hanano district of Aleppo on 26 November 2016.", [("Hanano", "controlled")]),
        (
            "On 26 November 2016 the army entered Aleppo and captured the Hanano district.",
            [("Aleppo", "contested"), ("Hanano", "controlled")],
        ),
        (
            "On 26 November 2016 the army captured the whole of Aleppo except Hanano.",
            [("Aleppo", "controlled")],
        ),
    ],
)
def test_a_town_is_told_beside_a_part_of_it_unless_it_only_says_where_that_lies(dataset, aleppo, text, expected):
    frame = pd.DataFrame(
        {"document_id": ["d"], "title": [""], "text": [text], "published": [pd.Timestamp("2016-12-13")]}
    )
    events = read_reports(frame, aleppo, dataset.places, dataset.actors)
    assert [tuple(one) for one in events[["toponym", "status"]].to_numpy()] == expected


@pytest.mark.parametrize(
    ("toponym", "place_id", "latitude", "longitude"),
    [
        ("Aleppo", "gn170063", 36.20, 37.16),
        ("Sheikh Saeed", "N0225", 36.16, 37.15),
        ("Geneva", "gn2660646", 46.20, 6.15),
    ],
)
def test_its_toponyms_are_at_the_right_points(aleppo, article, toponym, place_id, latitude, longitude):
    mentions = find_mentions(article, aleppo)
    found = mentions.loc[mentions["toponym"] == toponym, "place_id"]
    assert set(found) == {place_id}
    place = aleppo.place(place_id)
    assert (round(place.latitude, 2), round(place.longitude, 2)) == (latitude, longitude)


def test_its_people_are_no_places(aleppo, article):
    text = article["text"].iloc[0]
    mentions = find_mentions(article, aleppo)
    for name in ("Ban Ki-moon", "Zaid al-Saleh", "Bashar al-Assad", "Stephane Dujarric", "Jan Egeland"):
        start = text.index(name)
        inside = mentions["start"].between(start, start + len(name))
        assert not inside.any(), name


def test_the_article_gives_one_claim_about_territory(dataset, aleppo, article):
    claims = read_territory(article, find_mentions(article, aleppo), dataset.places, ActorLexicon(dataset.actors))
    (claim,) = claims.itertuples()
    assert (claim.actor, claim.measure, claim.share_pct, claim.comparison) == ("opposition", "lost", 90, "more_than")
    assert claim.toponym == "Aleppo"


def test_the_article_gives_the_same_without_a_dataset(aleppo, article):
    events = read_reports(article, aleppo)
    (event,) = events[events["kind"] == "change"].itertuples()
    assert (event.toponym, event.from_actor, event.to_actor) == ("Sheikh Saeed", "opposition", "syrian-government")
    assert len(event.also) == 1


def test_our_own_brief_of_it_gives_the_same_change(dataset, aleppo):
    brief = dataset.documents[dataset.documents["document_id"] == "rnz-2016-12-13-aleppo"]
    events = extract_events(brief, find_mentions(brief, aleppo), dataset.places, dataset.actors)
    assert events[["place_id", "from_actor", "to_actor"]].to_numpy().tolist() == [
        ["N0225", "opposition", "syrian-government"]
    ]


def test_the_day_by_day_brief_gives_what_was_curated_from_it(dataset, aleppo):
    """Nothing that was not curated; of what was, the missing are pinned: "contested between" names no new holder."""
    brief = dataset.documents[dataset.documents["document_id"] == DAY_BY_DAY]
    events = extract_events(brief, find_mentions(brief, aleppo), dataset.places, dataset.actors)
    observed = dataset.events[dataset.events["basis"] == "observed"]
    of_brief = observed[observed["document_id"] == DAY_BY_DAY]
    assert keys(events) <= keys(observed)
    missing = keys(of_brief) - keys(events)
    assert len(missing) <= KNOWN_MISSING
    assert len(of_brief) >= 34


def keys(events):
    columns = ["place_id", "earliest_date", "latest_date", "to_actor", "status"]
    return set(events[columns].itertuples(index=False, name=None))
