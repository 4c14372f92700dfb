import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.control.intervals import control_intervals
from geo.control.records import When
from geo.control.states import STATE_COLUMNS, control_as_of, states_on
from tests.control.histories import (
    DAYS,
    FIRST_DAY,
    LAST_DAY,
    RED_NORTH,
    UNTIMED,
    WHEN,
    baseline_of,
    baselines,
    day,
    events,
    events_of,
    replay,
    states_by_place,
)

TO_BLUE = {"place_id": "north", "from_actor": "red", "to_actor": "blue"}
UNKNOWN = (None, None, "unknown", False, None, "assessed")


@UNTIMED
@given(baselines(), events(), WHEN, st.sampled_from(list(DAYS)))
def test_as_of_agrees_with_the_intervals_on_any_day(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When, date: pd.Timestamp
) -> None:
    intervals = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when)
    as_of = control_as_of(judged, date, baseline, when).drop(columns="since")
    pd.testing.assert_frame_equal(as_of, states_on(intervals, date).drop(columns="since"))


@UNTIMED
@given(baselines(), events(), WHEN, st.sampled_from(list(DAYS)))
def test_since_agrees_where_the_record_begins_on_the_first_day(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When, date: pd.Timestamp
) -> None:
    baseline = pd.concat([baseline, baseline_of({"place_id": "origin", "actor": "red"})], ignore_index=True)
    baseline, judged = baseline[baseline["date"] >= FIRST_DAY], judged[judged["earliest_date"] >= FIRST_DAY]
    intervals = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when)
    pd.testing.assert_frame_equal(control_as_of(judged, date, baseline, when), states_on(intervals, date))


@UNTIMED
@given(baselines(), events(), st.sampled_from(("doubt", "latest")), st.sampled_from(list(DAYS)))
def test_as_of_never_looks_ahead(baseline: pd.DataFrame, judged: pd.DataFrame, when: When, date: pd.Timestamp) -> None:
    happened_by = "earliest_date" if when == "doubt" else "latest_date"
    past = judged[judged[happened_by] <= date]
    with_future = states_by_place(control_as_of(judged, date, baseline, when))
    without_future = states_by_place(control_as_of(past, date, baseline, when))
    assert with_future == {place_id: without_future.get(place_id, UNKNOWN) for place_id in with_future}


@UNTIMED
@given(baselines(), events(), WHEN, st.sampled_from(list(DAYS)))
def test_since_is_the_first_day_of_an_unbroken_run(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When, date: pd.Timestamp
) -> None:
    run_began: dict[str, pd.Timestamp] = {}
    day_before: dict[str, tuple[object, ...]] = {}
    for each, states in replay(baseline, judged, DAYS[date >= DAYS], when).items():
        runs = {place_id: state[:4] for place_id, state in states.items()}
        run_began |= {place_id: each for place_id, run in runs.items() if day_before.get(place_id) != run}
        day_before = runs
    states_on_date = states_on(control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when), date)
    assert dict(zip(states_on_date["place_id"], states_on_date["since"], strict=True)) == run_began


def test_since_reaches_back_over_events_that_confirm_the_state() -> None:
    judged = events_of(
        {**TO_BLUE, "earliest_date": day(5)},
        {**TO_BLUE, "from_actor": "blue", "earliest_date": day(8)},
    )
    state = control_as_of(judged, day(9), baseline_of(RED_NORTH)).loc[0]
    assert list(state.index) == STATE_COLUMNS
    assert (state["actor"], state["since"], state["event_id"]) == ("blue", day(5), "e02")


def test_as_of_without_a_baseline() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5)})
    assert states_by_place(control_as_of(judged, day(4))) == {"north": UNKNOWN}
    blue = ("blue", None, "controlled", False, "e01", "assessed")
    assert states_by_place(control_as_of(judged, day(5))) == {"north": blue}


def test_a_day_before_the_intervals_has_no_states() -> None:
    intervals = control_intervals(baseline_of(RED_NORTH), events_of(), FIRST_DAY, LAST_DAY)
    assert states_on(intervals, day(0)).empty
