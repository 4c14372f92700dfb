"""The second clock on tables: what was known on a day, and what was learned between two."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control.knowledge import control_as_known, known_dataset, known_intervals, known_on
from geo.control.learned import learned_between
from geo.dataset import Dataset
from geo.formats.datasets import read_dataset
from geo.formats.tables import table_text
from geo.pipeline import Build
from geo.schema import SCHEMAS, conform
from tests.conftest import SMALL_DATASET
from tests.store import histories
from tests.store.histories import day, with_events

FEW = settings(max_examples=10)


@pytest.fixture(scope="module")
def small() -> Dataset:
    return read_dataset(SMALL_DATASET)


def of_q1(small: Dataset, *rows: dict[str, object]) -> Dataset:
    """The dataset with these events of q1, which the Crown holds: captures by the League on 4 March, recorded then."""
    common = small.events.iloc[0].to_dict() | {
        "place_id": "q1",
        "earliest_date": day(3),
        "latest_date": day(3),
        "from_actor": "crown",
        "to_actor": "league",
        "status": "controlled",
        "document_id": None,
        "quote": None,
        "recorded_at": day(3),
    }
    events = [common | {"event_id": f"x{number}"} | row for number, row in enumerate(rows, start=1)]
    return with_events(small, conform("events", pd.DataFrame(events)))


@FEW
@given(histories.events(), st.integers(-1, 13), st.integers(0, 13))
def test_a_later_record_changes_nothing_of_what_was_known(
    small: Dataset, events: pd.DataFrame, known: int, later: int
) -> None:
    dataset = with_events(small, events)
    until = max(known, later)
    then = known_intervals(known_dataset(dataset, day(until)), day(known))
    assert table_text("intervals", then) == table_text("intervals", known_intervals(dataset, day(known)))


@FEW
@given(histories.events(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(small: Dataset, events: pd.DataFrame, random) -> None:
    mixed = events.iloc[random.sample(range(len(events)), len(events))]
    expected = table_text("intervals", known_intervals(with_events(small, events)))
    assert table_text("intervals", known_intervals(with_events(small, mixed))) == expected


@FEW
@given(histories.events(), st.integers(-1, 6), st.integers(0, 7))
def test_what_was_learned_is_every_event_that_became_known_between(
    small: Dataset, events: pd.DataFrame, first: int, days: int
) -> None:
    learned = learned_between(with_events(small, events), day(first), day(first + days))
    between = (events["recorded_at"] > day(first)) & (events["recorded_at"] <= day(first + days))
    assert set(learned["event_id"]) == set(events.loc[between, "event_id"])
    SCHEMAS["learned"].validate(learned)


def test_a_correction_counts_from_when_it_was_recorded(small: Dataset) -> None:
    dataset = of_q1(small, {}, {"to_actor": "crown", "from_actor": None, "supersedes": "x1", "recorded_at": day(6)})
    holders = {
        known: control_as_known(dataset, day(8), day(known)).set_index("place_id").loc["q1", "actor"]
        for known in (2, 3, 5, 6)
    }
    assert holders == {2: "crown", 3: "league", 5: "league", 6: "crown"}


def test_by_the_clock_of_publication_an_event_is_known_when_its_document_is_out(small: Dataset) -> None:
    dataset = of_q1(small, {"document_id": "herald-2021-03-08", "recorded_at": day(100)}, {"recorded_at": day(2)})
    assert known_on(dataset.events, dataset.documents, "published").tolist() == [day(7), day(2)]
    assert known_on(dataset.events, dataset.documents).tolist() == [day(100), day(2)]
    assert len(known_dataset(dataset, day(7), "published").events) == 2
    assert len(known_dataset(dataset, day(7)).events) == 1


def test_each_kind_of_news_is_told_apart_with_its_days(small: Dataset) -> None:
    dataset = of_q1(
        small,
        {},
        {"latest_date": day(6), "earliest_date": day(6), "recorded_at": day(7)},
        {"latest_date": day(2), "earliest_date": day(2), "recorded_at": day(9)},
        {"to_actor": "crown", "supersedes": "x1", "recorded_at": day(8)},
        {"assertion": "negated", "supersedes": "x3", "recorded_at": day(9)},
    )
    learned = learned_between(dataset, day(5), day(10)).set_index("event_id")
    assert learned["kind"].to_dict() == {
        "x2": "report",
        "x3": "late_report",
        "x4": "correction",
        "x5": "withdrawal",
    }
    assert learned["days_late"].to_dict() == {"x2": 1, "x3": 7, "x4": 5, "x5": 6}
    assert list(learned.index) == ["x2", "x4", "x3", "x5"]


def test_a_reversal_is_a_past_day_for_which_the_map_named_another_holder(small: Dataset) -> None:
    corrected = of_q1(small, {}, {"to_actor": "crown", "supersedes": "x1", "recorded_at": day(8)})
    [row] = learned_between(corrected, day(5), day(10)).to_dict("records")
    assert (row["actor_before"], row["actor_after"], row["reversal"]) == ("league", "crown", True)
    fresh = of_q1(small, {"earliest_date": day(6), "latest_date": day(6), "recorded_at": day(7)})
    [row] = learned_between(fresh, day(5), day(10)).to_dict("records")
    assert (row["actor_before"], row["actor_after"], row["reversal"]) == ("crown", "league", False)


def test_nothing_was_learned_in_no_time(small: Dataset) -> None:
    assert learned_between(small, day(5), day(5)).empty


def test_aleppo_by_the_clock_of_publication(aleppo_build: Build) -> None:
    dataset = dataclasses.replace(aleppo_build.dataset)
    published = [pd.Timestamp(date) for date in ("2016-12-13", "2016-12-22")]
    learned = learned_between(dataset, *published, "published")
    assert len(learned) == 10
    assert learned["days_late"].max() == 8
    pd.testing.assert_frame_equal(
        control_as_known(dataset, pd.Timestamp("2016-12-22")),
        control_as_known(dataset, pd.Timestamp("2016-12-22"), pd.Timestamp("2016-12-22"), clock="published"),
    )
