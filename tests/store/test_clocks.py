"""The two clocks of the store: what held on a day, as we know it now and as it was known then."""

import dataclasses
import uuid
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.control.knowledge import control_as_known, known_dataset, known_intervals
from geo.control.learned import learned_between
from geo.control.settings import settings_table
from geo.dataset import Dataset
from geo.formats.tables import table_text
from geo.schema import COLUMNS, conform, empty_table
from geo.store.ledger import Ledger, Store
from geo.store.replay import moment_of
from geo.store.rows import Row, rows_of
from geo.store.settings import accept_settings
from tests.store import histories
from tests.store.histories import day, with_events
from tests.store.test_ledger import capture

FEW = settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(FEW, max_examples=8)
HISTORIES = (histories.events(), st.randoms(use_true_random=False))
KNOWN_HISTORIES = (histories.events(), st.integers(-1, 13), st.randoms(use_true_random=False))


def begun(store: Store, small: Dataset) -> Ledger:
    """A new ledger of the small dataset without events."""
    own = dataclasses.replace(small, dataset_id=uuid.uuid4().hex, events=empty_table("events"))
    store.ingest(own)
    return store.ledger(own.dataset_id)


def append_in(order: list[int], events: pd.DataFrame, ledger: Ledger, refreshes: Random) -> None:
    """Enters the events one by one, each known from the day in its table; now and then somebody refreshes."""
    for number in order:
        frame = events.iloc[[number]]
        ledger.append(rows_of("events", frame), "ana", moment_of(frame["recorded_at"].iloc[0]))
        if refreshes.random() < 0.15:
            ledger.refresh()


def any_order(events: pd.DataFrame, random: Random) -> list[int]:
    """The rows in an order in which each comes after the one that it supersedes."""
    order: list[int] = []
    waiting = random.sample(range(len(events)), len(events))
    while waiting:
        entered = set(events["event_id"].iloc[order])
        supersedes = events["supersedes"]
        ready = next(row for row in waiting if pd.isna(supersedes.iloc[row]) or supersedes.iloc[row] in entered)
        waiting.remove(ready)
        order.append(ready)
    return order


@FEW
@given(*HISTORIES)
def test_any_order_of_arrival_gives_the_same_as_we_know_it_now(
    store: Store, small: Dataset, events: pd.DataFrame, random: Random
) -> None:
    first, second = begun(store, small), begun(store, small)
    for ledger in (first, second):
        append_in(any_order(events, random), events, ledger, random)
    expected = table_text("intervals", known_intervals(with_events(small, events)))
    assert table_text("intervals", first.intervals()) == table_text("intervals", second.intervals()) == expected
    pd.testing.assert_frame_equal(first.control_as_of(day(4)), second.control_as_of(day(4)))
    pd.testing.assert_frame_equal(first.control_as_of(day(4)), control_as_known(with_events(small, events), day(4)))


@FEW
@given(*KNOWN_HISTORIES)
def test_as_known_on_a_day_uses_no_later_record(
    store: Store, small: Dataset, events: pd.DataFrame, known: int, random: Random
) -> None:
    events = _corrected_no_earlier(events)
    ledger, without_later = begun(store, small), begun(store, small)
    order = any_order(events, random)
    append_in(order, events, ledger, random)
    is_known = [row for row in order if events["recorded_at"].iloc[row] <= day(known)]
    append_in(is_known, events, without_later, random)
    then = table_text("intervals", ledger.intervals(day(known)))
    assert then == table_text("intervals", without_later.intervals())
    assert then == table_text("intervals", known_intervals(with_events(small, events), day(known)))
    pd.testing.assert_frame_equal(ledger.control_as_of(day(5), day(known)), without_later.control_as_of(day(5)))


def _corrected_no_earlier(events: pd.DataFrame) -> pd.DataFrame:
    """Nobody can correct what is not known yet."""
    events = events.copy()
    for row, superseded in enumerate(events["supersedes"]):
        if pd.notna(superseded):
            known = events.loc[events["event_id"] == superseded, "recorded_at"].iloc[0]
            events.loc[row, "recorded_at"] = max(known, events.loc[row, "recorded_at"])
    return events


@FEW
@given(*HISTORIES)
def test_a_replay_gives_the_tables_byte_for_byte(
    store: Store, small: Dataset, events: pd.DataFrame, random: Random
) -> None:
    ledger = begun(store, small)
    order = any_order(events, random)
    append_in(order, events, ledger, random)
    held = ledger.dataset()
    assert table_text("events", held.events) == table_text("events", events.iloc[order])
    ledger.refresh()
    kept = table_text("intervals", ledger.intervals())
    ledger.refresh(anew=True)
    assert table_text("intervals", ledger.intervals()) == kept


@pytest.mark.slow
@MANY
@given(*HISTORIES)
def test_orders_of_many_histories(store: Store, small: Dataset, events: pd.DataFrame, random: Random) -> None:
    test_any_order_of_arrival_gives_the_same_as_we_know_it_now.hypothesis.inner_test(store, small, events, random)
    test_a_replay_gives_the_tables_byte_for_byte.hypothesis.inner_test(store, small, events, random)


@pytest.mark.slow
@MANY
@given(*KNOWN_HISTORIES)
def test_what_was_known_of_many_histories(
    store: Store, small: Dataset, events: pd.DataFrame, known: int, random: Random
) -> None:
    test_as_known_on_a_day_uses_no_later_record.hypothesis.inner_test(store, small, events, known, random)


def test_a_correction_of_a_row_counts_from_when_it_was_recorded(filled: Store) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture()], "ana", moment_of(day(3)))
    ledger.append([capture(place_id="q2")], "ana", moment_of(day(5)))
    now = ledger.control_as_of(day(9)).set_index("place_id")["event_id"]
    then = ledger.control_as_of(day(9), day(4)).set_index("place_id")["event_id"]
    assert (now["q2"], then["q1"]) == ("n1", "n1")
    assert "n1" not in (now["q1"], then["q2"])
    ledger.withdraw("events", ["n1"], "ana", {})
    assert "n1" not in set(ledger.control_as_of(day(9))["event_id"])
    assert ledger.control_as_of(day(9), day(5)).set_index("place_id").loc["q2", "event_id"] == "n1"


def test_a_correction_that_is_taken_back_gives_another_place_its_event_back(filled: Store) -> None:
    ledger = filled.ledger("small")
    before = ledger.control_as_of(day(9))
    ledger.append([capture(supersedes="e2")], "ana")
    ledger.refresh()
    corrected = ledger.control_as_of(day(9)).set_index("place_id")
    assert corrected.loc["q2", "event_id"] != before.set_index("place_id").loc["q2", "event_id"]
    ledger.append([capture()], "ana")
    pd.testing.assert_frame_equal(ledger.control_as_of(day(9)).iloc[1:], before.iloc[1:])
    assert ledger.refresh() == 2
    ledger.withdraw("events", ["n1"], "ana", {})
    pd.testing.assert_frame_equal(ledger.control_as_of(day(9)), before)


def test_a_correction_of_the_baseline_or_of_a_side_counts_from_when_it_was_recorded(
    filled: Store, small: Dataset
) -> None:
    ledger = filled.ledger("small")
    before = ledger.intervals()
    noted = pd.Timestamp.now("UTC")
    baseline = small.baseline.assign(actor="league")
    actors = small.actors.assign(side="one")
    documents = small.documents.assign(side="one")
    filled.ingest(dataclasses.replace(small, baseline=baseline, actors=actors, documents=documents))
    after = dataclasses.replace(small, baseline=baseline, actors=actors, documents=documents)
    pd.testing.assert_frame_equal(ledger.intervals(), known_intervals(after))
    pd.testing.assert_frame_equal(ledger.intervals(noted), before)


def test_settings_and_ratings_count_from_when_they_were_accepted(filled: Store, small: Dataset) -> None:
    ledger = filled.ledger("small")
    before = ledger.intervals()
    noted = pd.Timestamp.now("UTC")
    rating = {"publisher": small.documents["publisher"].iloc[0], "reliability": "E"}
    sources = conform("sources", pd.DataFrame([rating], columns=COLUMNS["sources"]))
    stricter = dataclasses.replace(
        small, sources=sources, rule_settings=settings_table({"alone_unrated": "no", "far_km": "5"})
    )
    filled.ingest(stricter)
    rated = dataclasses.replace(stricter, rule_settings=small.rule_settings)
    pd.testing.assert_frame_equal(ledger.dataset().rule_settings, small.rule_settings)
    pd.testing.assert_frame_equal(ledger.intervals(), known_intervals(rated))
    assert accept_settings(filled, "small", stricter.rule_settings, "anna") == ["alone_unrated", "far_km"]
    assert accept_settings(filled, "small", stricter.rule_settings, "anna") == []
    pd.testing.assert_frame_equal(ledger.intervals(), known_intervals(stricter))
    assert not ledger.intervals().equals(before)
    assert {entry.recorded_by for entry in ledger.entries("rule_settings", "alone_unrated")} == {"ingest/1", "anna"}
    assert filled.ingest(stricter).changed == 0
    # A source first entered counts from the beginning, as places and documents do; a setting, once changed, does not.
    pd.testing.assert_frame_equal(ledger.intervals(noted), known_intervals(rated))


def test_a_day_counts_to_its_end_and_a_moment_to_the_microsecond() -> None:
    assert f"{moment_of(pd.Timestamp('2021-03-04')):%Y-%m-%d %H:%M:%S.%f %Z}" == "2021-03-04 23:59:59.999999 UTC"
    moment = pd.Timestamp("2021-03-04 12:00:00.000001", tz="Asia/Damascus")
    assert moment_of(moment).isoformat() == "2021-03-04T10:00:00.000001+00:00"


def test_what_was_learned_is_the_same_from_the_store_as_from_the_tables(filled: Store, small: Dataset) -> None:
    learned = filled.ledger("small").learned(day(5), day(9))
    pd.testing.assert_frame_equal(learned, learned_between(small, day(5), day(9)))
    assert not learned.empty


def test_what_was_learned_tells_of_rows_that_were_changed_and_taken_back(filled: Store, small: Dataset) -> None:
    ledger = filled.ledger("small")
    before = pd.Timestamp.now("UTC")
    events = small.events.copy()
    events.loc[events["event_id"] == "e2", "to_actor"] = "league"
    filled.ingest(with_events(small, events[events["event_id"] != "e1"]))
    learned = ledger.learned(before, pd.Timestamp.now("UTC")).set_index("event_id")
    today = pd.Timestamp.now("UTC").tz_localize(None).normalize()
    assert learned["kind"].to_dict() == {"e1": "withdrawal", "e2": "correction"}
    assert set(learned["known_date"]) == {today}
    assert learned.loc["e2", "days_late"] == (today - pd.Timestamp("2021-03-07")).days
    assert (learned.loc["e2", "actor_before"], learned.loc["e2", "actor_after"]) == ("crown", "league")
    assert learned.loc["e2", "reversal"]


@pytest.mark.parametrize("known_at", [None, day(30)])
def test_a_ledger_that_nobody_has_refreshed_reads_the_same(filled: Store, known_at: pd.Timestamp | None) -> None:
    ledger = filled.ledger("small")
    ledger.append([capture(), Row("events", capture(event_id="n2", supersedes="e1").cells)], "ana", moment_of(day(20)))
    unrefreshed = ledger.control_as_of(day(9), known_at)
    assert ledger.refresh() == 2
    pd.testing.assert_frame_equal(ledger.control_as_of(day(9), known_at), unrefreshed)
    pd.testing.assert_frame_equal(known_intervals(known_dataset(ledger.dataset(), known_at)), ledger.intervals())
