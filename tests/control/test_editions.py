"""Every edition is what was known on its day, and uses no later record."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control import editions as module
from geo.control.editions import INTERVAL, Editions, editions
from geo.control.judging import judge_dataset
from geo.control.knowledge import Clock, known_dataset, known_intervals, known_on
from geo.control.records import When
from geo.dataset import Dataset
from geo.formats.datasets import read_dataset
from geo.formats.tables import table_text
from geo.pipeline import Build
from geo.schema import COLUMNS, conform
from tests.conftest import SMALL_DATASET
from tests.store import histories
from tests.store.histories import day, with_events

FEW = settings(max_examples=4)
clocks = st.sampled_from(("recorded", "published"))
NOTHING = ["unknown", "assessed", "inferred", False]


@pytest.fixture(scope="module")
def small() -> Dataset:
    return read_dataset(SMALL_DATASET)


def shown(found: Editions, number: int, when: When) -> pd.DataFrame:
    """All intervals that differ from today's in an edition: of each place those of its last version up to it."""
    own = found.intervals[when]
    doubt = found.intervals["doubt"]
    versions = pd.concat([own, doubt[~doubt["place_id"].isin(own["place_id"])]]) if when != "doubt" else doubt
    versions = versions[versions["edition"] <= number]
    last = versions.groupby("place_id")["edition"].transform("max")
    return versions[versions["edition"] == last].sort_values(["place_id", "start"])[["place_id", *INTERVAL]]


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """The same intervals of the places of both; of a place that was not heard of, that nothing is known."""
    ours = expected[expected["place_id"].isin(found["place_id"])][["place_id", *INTERVAL]]
    heard_of = found["place_id"].isin(expected["place_id"])
    both = [frame.reset_index(drop=True) for frame in (found[heard_of], ours)]
    pd.testing.assert_frame_equal(*both, check_dtype=False)
    unheard_of = found.loc[~heard_of, ["status", "assertion", "basis", "undecided"]]
    assert all(row == NOTHING for row in unheard_of.to_numpy().tolist())


def days_to_ask(found: Editions) -> list[pd.Timestamp]:
    """Before everything, each day of an edition, and a day between two."""
    return [day(-30), *found.days, *(found.days[:-1] + (found.days[1:] - found.days[:-1]) // 2)]


@FEW
@given(histories.events(), clocks)
def test_an_edition_is_what_was_known_on_its_day(small: Dataset, events: pd.DataFrame, clock: Clock) -> None:
    dataset = with_events(small, events)
    found = editions(dataset, clock)
    for asked in days_to_ask(found):
        number = int((found.days <= asked).sum())
        for when in ("doubt", "earliest", "latest"):
            assert_same(shown(found, number, when), known_intervals(dataset, asked, when, clock))


@FEW
@given(histories.events(), clocks, st.integers(0, 12))
def test_an_edition_uses_no_later_record(small: Dataset, events: pd.DataFrame, clock: Clock, until: int) -> None:
    whole = editions(with_events(small, events), clock)
    known = editions(known_dataset(with_events(small, events), day(until), clock), clock)
    number = len(known.days)
    assert list(known.days) == list(whole.days[:number])
    assert_same(shown(known, number, "doubt"), shown(whole, number, "doubt"))


@FEW
@given(histories.events(), clocks)
def test_an_event_is_known_from_the_first_edition_after_it(small: Dataset, events: pd.DataFrame, clock: Clock) -> None:
    dataset = with_events(small, events)
    found = editions(dataset, clock)
    for number, known in zip(found.known, known_on(dataset.events, dataset.documents, clock), strict=True):
        assert number == len(found.days) + 1 or known <= found.days[number - 1]
        assert number == 1 or known > found.days[number - 2]


@FEW
@given(histories.events(), st.integers(0, 12))
def test_what_decided_is_what_decided_then(small: Dataset, events: pd.DataFrame, until: int) -> None:
    dataset = with_events(small, events)
    found = editions(dataset)
    number = int((found.days <= day(until)).sum())
    asked = found.days[number - 1] if number else day(-30)
    known = known_dataset(dataset, asked)
    expected = judge_dataset(known)
    then = found.rulings[found.rulings["edition"] <= number].groupby("event_id").last()
    for row in expected.itertuples():
        assert then.loc[row.event_id, "rule"] == row.rule


def test_too_many_records_thin_the_days_out(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    common = small.events.iloc[0].to_dict() | {"place_id": "q1", "document_id": None, "supersedes": None}
    rows = [
        common | {"event_id": f"x{k}", "to_actor": ("crown", "league")[k % 2], "from_actor": None} | dates
        for k in range(8)
        for dates in [{"earliest_date": day(k), "latest_date": day(k), "recorded_at": day(k)}]
    ]
    dataset = with_events(small, conform("events", pd.DataFrame(rows)))
    assert len(editions(dataset).days) == 8
    monkeypatch.setattr(module, "MOST_REPLAYED", 22)
    found = editions(dataset)
    assert list(found.days) == [day(k) for k in (1, 3, 5, 7)]
    for number, asked in enumerate(found.days, start=1):
        assert_same(shown(found, number, "doubt"), known_intervals(dataset, asked))
    monkeypatch.setattr(module, "MOST_REPLAYED", 7)
    assert (len(editions(dataset).days), editions(dataset).too_many) == (0, True)
    assert not editions(with_events(small, dataset.events[:0])).too_many


def test_the_last_edition_of_aleppo_is_the_map_of_today(aleppo_build: Build) -> None:
    dataset = dataclasses.replace(aleppo_build.dataset, events=aleppo_build.events[COLUMNS["events"]])
    found = editions(dataset, "published")
    assert [f"{known:%Y-%m-%d}" for known in found.days] == ["2016-12-13", "2016-12-22"]
    assert_same(shown(found, 2, "doubt"), aleppo_build.intervals)
    assert table_text("intervals", known_intervals(dataset)) == table_text("intervals", aleppo_build.intervals)
    assert len(editions(dataset, "recorded").days) == 1
