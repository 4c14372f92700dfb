from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.control.intervals import control_intervals
from geo.control.records import When
from geo.schema import empty_table
from geo.validation import check_table
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
    shown,
    states_by_place,
)

TO_BLUE = {"place_id": "north", "from_actor": "red", "to_actor": "blue"}


def stretches(baseline: pd.DataFrame, judged: pd.DataFrame, when: When = "doubt") -> list[str]:
    """Each interval as 'first day actor/contender status', an undecided one with a question mark."""
    table = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when)
    number = (table["start"] - FIRST_DAY).dt.days + 1
    holders = table["actor"].fillna("-") + ("/" + table["contender"]).fillna("")
    doubt = table["undecided"].map({True: "?", False: ""})
    return list(number.astype(str) + " " + holders + " " + table["status"] + doubt)


@UNTIMED
@given(baselines(), events(), WHEN)
def test_every_day_is_what_a_replay_of_the_records_gives(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When
) -> None:
    intervals = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when)
    begun = intervals.merge(pd.DataFrame({"date": DAYS}), how="cross").query("start <= date and not end <= date")
    drawn = {date: states_by_place(states) for date, states in begun.groupby("date")}
    assert {date: drawn.get(date, {}) for date in DAYS} == replay(baseline, judged, DAYS, when)


@UNTIMED
@given(baselines(), events(), WHEN)
def test_intervals_of_a_place_follow_each_other_without_gap_or_overlap(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When
) -> None:
    intervals = control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when)
    assert check_table("intervals", intervals, "intervals.csv") == []
    assert list(intervals["place_id"].unique()) == sorted({*baseline["place_id"], *shown(judged)["place_id"]})
    for _, place in intervals.groupby("place_id"):
        assert place["start"].iloc[0] == FIRST_DAY
        assert list(place["end"].iloc[:-1]) == list(place["start"].iloc[1:])
        assert place["start"].is_monotonic_increasing
        assert place["start"].is_unique
        assert place["start"].iloc[-1] <= LAST_DAY
        assert pd.isna(place["end"].iloc[-1])


@UNTIMED
@given(baselines(), events(), WHEN, st.randoms(use_true_random=False))
def test_the_order_and_the_labels_of_rows_do_not_matter(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When, random: Random
) -> None:
    shuffled = judged.sample(frac=1, random_state=random.randrange(1000))
    pd.testing.assert_frame_equal(
        control_intervals(baseline.iloc[::-1], shuffled, FIRST_DAY, LAST_DAY, when),
        control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when),
    )


@UNTIMED
@given(baselines(), events(), WHEN)
def test_the_tables_given_are_not_changed(baseline: pd.DataFrame, judged: pd.DataFrame, when: When) -> None:
    before = baseline.copy(deep=True), judged.copy(deep=True)
    control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when)
    pd.testing.assert_frame_equal(baseline, before[0])
    pd.testing.assert_frame_equal(judged, before[1])


def test_without_records_there_are_no_intervals() -> None:
    intervals = control_intervals(empty_table("baseline"), empty_table("judged"), FIRST_DAY, LAST_DAY)
    pd.testing.assert_frame_equal(intervals, empty_table("intervals"))


def test_a_capture_on_a_known_day() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5)})
    assert stretches(baseline_of(RED_NORTH), judged) == ["1 red controlled", "5 blue controlled"]


def test_a_contested_place_keeps_its_holder() -> None:
    judged = events_of(
        {**TO_BLUE, "earliest_date": day(5), "status": "contested"},
        {**TO_BLUE, "earliest_date": day(8)},
    )
    assert stretches(baseline_of(RED_NORTH), judged) == [
        "1 red controlled",
        "5 red/blue contested",
        "8 blue controlled",
    ]


def test_a_contested_event_without_from_actor_keeps_the_holder_known_so_far() -> None:
    judged = events_of(
        {"place_id": "north", "to_actor": "blue", "earliest_date": day(5), "status": "contested"},
        {"place_id": "north", "to_actor": "green", "earliest_date": day(6), "status": "contested"},
    )
    assert stretches(baseline_of(RED_NORTH), judged) == [
        "1 red controlled",
        "5 red/blue contested",
        "6 red/green contested",
    ]


def test_the_events_own_word_counts_where_it_disagrees_with_the_holder_known_so_far() -> None:
    judged = events_of(
        {"place_id": "north", "from_actor": "green", "to_actor": "blue", "earliest_date": day(5), "status": "contested"}
    )
    assert stretches(baseline_of(RED_NORTH), judged) == ["1 red controlled", "5 green/blue contested"]


def test_a_siege_changes_no_holder_and_leaves_no_doubt_about_it() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5), "latest_date": day(9), "status": "besieged"})
    assert stretches(baseline_of(RED_NORTH), judged) == ["1 red controlled", "9 red/blue besieged"]


def test_a_contested_baseline_has_no_contender() -> None:
    baseline = baseline_of({**RED_NORTH, "status": "contested"})
    assert stretches(baseline, empty_table("judged")) == ["1 red contested"]


def test_a_place_without_baseline_is_unknown_until_its_first_event() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5)})
    assert stretches(empty_table("baseline"), judged) == ["1 - unknown", "5 blue controlled"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("doubt", ["1 red controlled", "5 red/blue controlled?", "9 blue controlled"]),
        ("earliest", ["1 red controlled", "5 blue controlled"]),
        ("latest", ["1 red controlled", "9 blue controlled"]),
    ],
)
def test_a_capture_on_one_of_several_days(when: When, expected: list[str]) -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5), "latest_date": day(9)})
    assert stretches(baseline_of(RED_NORTH), judged, when) == expected


def test_an_undecided_interval_names_the_event_in_doubt() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5), "latest_date": day(9), "basis": "inferred"})
    intervals = control_intervals(baseline_of(RED_NORTH), judged, FIRST_DAY, LAST_DAY)
    assert intervals["event_id"].isna().tolist() == [True, False, False]
    assert intervals["basis"].tolist() == ["observed", "inferred", "inferred"]


def test_where_doubts_overlap_the_event_that_becomes_certain_first_is_shown() -> None:
    judged = events_of(
        {**TO_BLUE, "earliest_date": day(3), "latest_date": day(9)},
        {"place_id": "north", "to_actor": "green", "earliest_date": day(5), "latest_date": day(12)},
    )
    assert stretches(baseline_of(RED_NORTH), judged) == [
        "1 red controlled",
        "3 red/blue controlled?",
        "9 blue/green controlled?",
        "12 green controlled",
    ]


def test_doubt_about_a_capture_ends_for_the_days_on_which_its_actor_holds_the_place_anyway() -> None:
    judged = events_of(
        {**TO_BLUE, "earliest_date": day(3), "latest_date": day(9)},
        {**TO_BLUE, "earliest_date": day(5)},
    )
    assert stretches(baseline_of(RED_NORTH), judged) == [
        "1 red controlled",
        "3 red/blue controlled?",
        "5 blue controlled",
        "9 blue controlled",
    ]


def test_doubt_that_reaches_beyond_both_ends() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(-5), "latest_date": day(40)})
    assert stretches(baseline_of({**RED_NORTH, "date": day(-9)}), judged) == ["1 red/blue controlled?"]


def test_of_several_events_on_one_day_the_last_id_wins() -> None:
    judged = events_of(
        {**TO_BLUE, "event_id": "b", "earliest_date": day(5)},
        {**TO_BLUE, "event_id": "a", "to_actor": "green", "earliest_date": day(5)},
    )
    assert stretches(baseline_of(RED_NORTH), judged) == ["1 red controlled", "5 blue controlled"]


def test_an_event_that_does_not_change_the_map_is_not_read() -> None:
    judged = events_of({**TO_BLUE, "earliest_date": day(5), "changes_map": False})
    assert stretches(baseline_of(RED_NORTH), judged) == ["1 red controlled"]
    assert stretches(empty_table("baseline"), judged) == []
