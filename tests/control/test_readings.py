import pandas as pd
import pytest
from hypothesis import given

from geo.control.intervals import control_intervals
from geo.control.readings import OTHER_READINGS, control_readings
from geo.control.records import When
from geo.schema import empty_table
from geo.validation import check_table
from tests.control.histories import (
    FIRST_DAY,
    LAST_DAY,
    UNTIMED,
    baseline_of,
    baselines,
    day,
    events,
    events_of,
    withdrawal_of,
)

TAKEN = {"place_id": "north", "from_actor": "red", "to_actor": "blue"}
BASELINE = baseline_of({"place_id": "north", "actor": "red"}, {"place_id": "south", "actor": "red"})


@UNTIMED
@given(baselines(), events())
def test_a_reading_has_the_places_that_differ_and_all_their_intervals(
    baseline: pd.DataFrame, judged: pd.DataFrame
) -> None:
    readings = control_readings(baseline, judged, FIRST_DAY, LAST_DAY)
    assert list(readings) == ["doubt", *OTHER_READINGS]
    doubt = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY)
    pd.testing.assert_frame_equal(readings["doubt"], doubt)
    for when in OTHER_READINGS:
        whole = dict(list(control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when).groupby("place_id")))
        same = {place_id for place_id, own in doubt.groupby("place_id") if _equal(own, whole[place_id])}
        expected = [own for place_id, own in sorted(whole.items()) if place_id not in same]
        joined = pd.concat([empty_table("intervals"), *expected], ignore_index=True)
        pd.testing.assert_frame_equal(readings[when], joined)
        assert check_table("intervals", readings[when], when) == []


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.reset_index(drop=True).equals(other.reset_index(drop=True))


def starts(judged: pd.DataFrame) -> dict[When, list[int]]:
    """In each reading the first day of each interval."""
    readings = control_readings(BASELINE, judged, FIRST_DAY, LAST_DAY)
    return {when: ((table["start"] - FIRST_DAY).dt.days + 1).tolist() for when, table in readings.items()}


def test_the_readings_of_one_capture_with_a_range() -> None:
    judged = events_of({**TAKEN, "earliest_date": day(5), "latest_date": day(9)})
    assert starts(judged) == {"doubt": [1, 5, 9, 1], "earliest": [1, 5], "latest": [1, 9]}


@pytest.mark.parametrize("place_id", ["north", "south"])
def test_a_withdrawal_with_a_range_of_days_differs_wherever_it_was_recorded(place_id: str) -> None:
    claim = {**TAKEN, "event_id": "c", "rule": "withdrawn_claim", "changes_map": False, "earliest_date": day(3)}
    withdrawal = {**withdrawal_of(claim), "place_id": place_id, "earliest_date": day(5), "latest_date": day(9)}
    assert starts(events_of(claim, withdrawal)) == {"doubt": [1, 3, 9, 1], "earliest": [1, 3, 5], "latest": []}


def test_where_no_date_is_a_range_all_readings_are_one() -> None:
    judged = events_of({**TAKEN, "earliest_date": day(5)})
    assert starts(judged) == {"doubt": [1, 5, 1], "earliest": [], "latest": []}
