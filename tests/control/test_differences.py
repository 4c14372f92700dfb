from typing import Any

import pandas as pd
from hypothesis import given

from geo.control.differences import DIFFERENCE_COLUMNS, STATE, changed_settings, differences, effect_of_settings
from geo.control.intervals import control_intervals
from geo.control.settings import settings_table
from geo.control.states import states_on
from geo.pipeline import Build
from tests.control.histories import DAYS, FIRST_DAY, LAST_DAY, UNTIMED, baseline_of, baselines, day, events, events_of


def intervals_of(baseline: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    return control_intervals(baseline, judged, FIRST_DAY, LAST_DAY)


def test_a_stretch_of_days_has_both_states() -> None:
    start = baseline_of({"place_id": "north", "actor": "red"}, {"place_id": "south", "actor": "red"})
    taken = {"place_id": "north", "earliest_date": day(5), "to_actor": "blue"}
    back = {"place_id": "north", "earliest_date": day(9), "to_actor": "red"}
    table = differences(intervals_of(start, events_of(back)), intervals_of(start, events_of(taken, back)), LAST_DAY)
    [row] = table.to_dict("records")
    assert (row["place_id"], row["first_date"], row["last_date"]) == ("north", day(5), day(8))
    assert (row["actor_before"], row["actor_after"]) == ("red", "blue")


def test_a_place_that_one_lacks_has_no_status_there() -> None:
    start = baseline_of({"place_id": "north", "actor": "red"})
    table = differences(intervals_of(baseline_of(), events_of()), intervals_of(start, events_of()), LAST_DAY)
    assert table["status_before"].isna().tolist() == [True]
    assert table["last_date"].tolist() == [LAST_DAY]


@UNTIMED
@given(baselines(), events(), events())
def test_they_are_the_days_on_which_the_states_differ(
    baseline: pd.DataFrame, one: pd.DataFrame, other: pd.DataFrame
) -> None:
    before, after = intervals_of(baseline, one), intervals_of(baseline, other)
    table = differences(before, after, LAST_DAY)
    assert list(table) == DIFFERENCE_COLUMNS
    for date in DAYS[::6]:
        told = table[(table["first_date"] <= date) & (date <= table["last_date"])]
        then, now = (_states(intervals, date) for intervals in (before, after))
        differing = {place_id for place_id in {*then, *now} if then.get(place_id) != now.get(place_id)}
        assert sorted(told["place_id"]) == sorted(differing)
    assert differences(before, before, LAST_DAY).empty


def _states(intervals: pd.DataFrame, date: pd.Timestamp) -> dict[str, list[Any]]:
    states = states_on(intervals, date).set_index("place_id")[STATE]
    return {str(place_id): row.fillna("").tolist() for place_id, row in states.iterrows()}


def test_stricter_settings_make_claims_of_changes(aleppo_build: Build) -> None:
    dataset = aleppo_build.dataset
    proposed = settings_table({"alone_reliability": "B"})
    changed = changed_settings(dataset.rule_settings, proposed)
    assert changed.to_dict("records") == [{"setting": "alone_reliability", "accepted": "C", "proposed": "B"}]
    effect = effect_of_settings(dataset, aleppo_build.events, aleppo_build.intervals, proposed)
    after = effect[effect["assertion_after"] == "claimed"]
    assert len(after) and (after["actor_after"] == "opposition").any()
    same = settings_table({"far_km": "5"})
    assert effect_of_settings(dataset, aleppo_build.events, aleppo_build.intervals, same).empty
