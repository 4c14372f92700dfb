"""Claims and disputes on the map: drawn while they stand, and never moving ground."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.control.intervals import control_intervals
from geo.control.records import When
from geo.control.shares import shares_on
from geo.control.states import control_as_of, states_on
from geo.schema import empty_table
from tests.control.histories import (
    CLAIM_RULES,
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
    withdrawal_of,
)

CAPTURE = {"place_id": "north", "from_actor": "red", "to_actor": "blue"}
CLAIM = {**CAPTURE, "event_id": "c", "rule": "claim", "assertion": "claimed", "changes_map": False}
DISPUTED = {**CLAIM, "rule": "disputed", "assertion": "disputed"}
KEPT = ["place_id", "actor", "status", "undecided"]


def stretches(*events: dict[str, Any], when: When = "doubt", **baseline: Any) -> list[str]:
    """North, held by red: each interval as 'first day actor/contender status', with what is claimed or undecided."""
    table = control_intervals(baseline_of({**RED_NORTH, **baseline}), events_of(*events), FIRST_DAY, LAST_DAY, when)
    number = ((table["start"] - FIRST_DAY).dt.days + 1).astype(str)
    sides = table["actor"].fillna("-") + ("/" + table["contender"]).fillna("")
    how = table["assertion"].where(~table["undecided"], "undecided").replace("assessed", "")
    return list((number + " " + sides + " " + table["status"] + " " + how).str.strip())


@UNTIMED
@given(baselines(), events(), WHEN, st.sampled_from(list(DAYS)))
def test_a_claim_moves_no_ground(baseline: pd.DataFrame, judged: pd.DataFrame, when: When, date: pd.Timestamp) -> None:
    without = judged[~judged["rule"].isin(CLAIM_RULES)]
    before = states_on(control_intervals(baseline, without, FIRST_DAY, LAST_DAY, when), date)
    states = states_on(control_intervals(baseline, judged, FIRST_DAY, LAST_DAY, when), date)
    only_claimed = states[~states["place_id"].isin(before["place_id"])]
    states = states[states["place_id"].isin(before["place_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(states[KEPT], before[KEPT])
    assert set(only_claimed["status"]) <= {"unknown"}
    assert only_claimed["actor"].isna().all()
    places = pd.DataFrame(
        {
            "place_id": ["north", "river", "south"],
            "parent_place_id": None,
            "area_km2": [1.0, 2.0, 4.0],
            "place_precision": 1,
        }
    )
    pd.testing.assert_frame_equal(shares_on(states, places), shares_on(before, places))


@UNTIMED
@given(baselines(), events(), WHEN, st.sampled_from(list(DAYS)))
def test_a_claim_never_speaks_for_the_holder_and_is_never_undecided(
    baseline: pd.DataFrame, judged: pd.DataFrame, when: When, date: pd.Timestamp
) -> None:
    states = control_as_of(judged, date, baseline, when)
    events_shown = states.merge(judged[["event_id", "rule", "basis"]], on="event_id", suffixes=("", "_of_event"))
    claimed = events_shown[events_shown["rule"].isin(CLAIM_RULES)]
    assert not claimed["undecided"].any()
    assert claimed["contender"].notna().all()
    assert (claimed["contender"] != claimed["actor"].fillna("")).all()
    is_dispute = claimed["rule"].isin(["disputed", "contradicted"])
    assert (claimed["assertion"] == is_dispute.map({True: "disputed", False: "claimed"})).all()
    assert (claimed["basis"] == claimed["basis_of_event"]).all()


@pytest.mark.parametrize("rule", ["claim", "party_for_itself"])
@pytest.mark.parametrize("assertion", ["claimed", "assessed"])
def test_a_claim_stands_until_the_next_change(rule: str, assertion: str) -> None:
    claim = {**CLAIM, "rule": rule, "assertion": assertion, "earliest_date": day(5)}
    assert stretches(claim) == ["1 red controlled", "5 red/blue controlled claimed"]
    assert stretches(claim, {**CAPTURE, "earliest_date": day(8)}) == [
        "1 red controlled",
        "5 red/blue controlled claimed",
        "8 blue controlled",
    ]


def test_a_claim_does_not_beat_an_older_dispute_but_a_newer_dispute_an_older_claim() -> None:
    third = {**CLAIM, "event_id": "d", "to_actor": "green"}
    assert stretches({**DISPUTED, "earliest_date": day(5)}, {**third, "earliest_date": day(8)})[1:] == [
        "5 red/blue controlled disputed",
    ]
    newer = {**third, "assertion": "disputed", "rule": "disputed", "earliest_date": day(8)}
    assert stretches({**CLAIM, "earliest_date": day(5)}, newer)[1:] == [
        "5 red/blue controlled claimed",
        "8 red/green controlled disputed",
    ]
    taken_back = withdrawal_of(DISPUTED) | {"earliest_date": day(9)}
    assert stretches({**DISPUTED, "earliest_date": day(5)}, {**third, "earliest_date": day(8)}, taken_back)[1:] == [
        "5 red/blue controlled disputed",
        "9 red/green controlled claimed",
    ]


def test_a_change_that_confirms_the_holder_ends_a_claim_too() -> None:
    confirmed = {"place_id": "north", "to_actor": "red", "earliest_date": day(8)}
    assert stretches({**CLAIM, "earliest_date": day(5)}, confirmed)[1:] == [
        "5 red/blue controlled claimed",
        "8 red controlled",
    ]


def test_a_disputed_change_is_drawn_as_disputed() -> None:
    assert stretches({**DISPUTED, "earliest_date": day(5)}) == ["1 red controlled", "5 red/blue controlled disputed"]


def test_where_the_newcomer_of_a_disputed_change_holds_the_place_the_other_side_is_the_one_before() -> None:
    disputed = {**DISPUTED, "from_actor": "green", "to_actor": "red", "earliest_date": day(5)}
    assert stretches(disputed) == ["1 red controlled", "5 red/green controlled disputed"]


def test_a_later_claim_takes_the_place_of_an_earlier_one() -> None:
    later = {**CLAIM, "event_id": "b", "to_actor": "green", "earliest_date": day(8)}
    assert stretches({**CLAIM, "earliest_date": day(5)}, later)[1:] == [
        "5 red/blue controlled claimed",
        "8 red/green controlled claimed",
    ]


def test_a_claim_that_says_what_is_so_already_changes_nothing_and_ends_another() -> None:
    same = {**CLAIM, "to_actor": "red", "from_actor": "blue", "earliest_date": day(5)}
    assert stretches(same) == ["1 red controlled"]
    assert stretches({**CLAIM, "event_id": "b", "earliest_date": day(3)}, same) == [
        "1 red controlled",
        "3 red/blue controlled claimed",
        "5 red controlled",
    ]


def test_a_claim_that_names_no_side_is_not_read() -> None:
    assert stretches({**CLAIM, "to_actor": None, "earliest_date": day(5)}) == ["1 red controlled"]


def test_a_withdrawn_claim_stands_until_its_withdrawal() -> None:
    claim = {**CLAIM, "rule": "withdrawn_claim", "earliest_date": day(5)}
    withdrawal = {**withdrawal_of(claim), "earliest_date": day(7), "latest_date": day(9)}
    claimed = ["1 red controlled", "5 red/blue controlled claimed"]
    assert stretches(claim, withdrawal) == [*claimed, "9 red controlled"]
    assert stretches(claim, withdrawal, when="earliest") == [*claimed, "7 red controlled"]
    assert stretches(claim, {**withdrawal, "earliest_date": day(5), "latest_date": day(5)}) == ["1 red controlled"]


def test_a_withdrawal_leaves_the_claims_of_others() -> None:
    claim = {**CLAIM, "rule": "withdrawn_claim", "earliest_date": day(3)}
    other = {**CLAIM, "event_id": "d", "to_actor": "green", "earliest_date": day(5)}
    assert stretches(claim, other, {**withdrawal_of(claim), "earliest_date": day(7)})[1:] == [
        "3 red/blue controlled claimed",
        "5 red/green controlled claimed",
    ]


@pytest.mark.parametrize(("when", "first_day"), [("doubt", 5), ("earliest", 5), ("latest", 9)])
def test_a_claim_with_a_range_of_days(when: When, first_day: int) -> None:
    claim = {**CLAIM, "earliest_date": day(5), "latest_date": day(9)}
    assert stretches(claim, when=when) == ["1 red controlled", f"{first_day} red/blue controlled claimed"]


def test_a_claim_of_which_the_day_is_not_known_stands_again_from_its_last_possible_day() -> None:
    claim = {**CLAIM, "earliest_date": day(3), "latest_date": day(9)}
    green = {"place_id": "north", "to_actor": "green", "earliest_date": day(5)}
    assert stretches(claim, green)[1:] == [
        "3 red/blue controlled claimed",
        "5 green controlled",
        "9 green/blue controlled claimed",
    ]


def test_on_one_day_what_changes_the_map_outweighs_a_claim() -> None:
    claim = {**CLAIM, "event_id": "z", "to_actor": "green", "earliest_date": day(5)}
    assert stretches(claim, {**CAPTURE, "earliest_date": day(5)}) == ["1 red controlled", "5 blue controlled"]


def test_a_claim_of_the_first_day_is_later_than_the_baseline() -> None:
    assert stretches({**CLAIM, "earliest_date": FIRST_DAY}) == ["1 red/blue controlled claimed"]


def test_a_claim_from_before_the_first_day_still_stands() -> None:
    assert stretches({**CLAIM, "earliest_date": day(-3)}, date=day(-5)) == ["1 red/blue controlled claimed"]


def test_a_claim_gives_way_to_an_event_in_doubt() -> None:
    taken = {**CAPTURE, "to_actor": "green", "earliest_date": day(5), "latest_date": day(9)}
    assert stretches({**CLAIM, "earliest_date": day(3)}, taken)[1:] == [
        "3 red/blue controlled claimed",
        "5 red/green controlled undecided",
        "9 green controlled",
    ]


@pytest.mark.parametrize("status", ["contested", "mixed", "besieged"])
def test_a_place_shows_no_more_than_two_sides(status: str) -> None:
    state = {**CAPTURE, "status": status, "earliest_date": day(3)}
    for side in ("green", "red"):
        assert stretches(state, {**CLAIM, "to_actor": side, "earliest_date": day(5)})[1:] == [f"3 red/blue {status}"]
    assert stretches(state, {**CLAIM, "earliest_date": day(5)})[1:] == [
        f"3 red/blue {status}",
        f"5 red/blue {status} claimed",
    ]
    assert stretches({**CLAIM, "earliest_date": day(5)}, status=status) == [f"1 red {status}"]


def test_a_place_about_which_there_is_only_a_claim_is_unknown_and_claimed() -> None:
    judged = events_of({**CLAIM, "earliest_date": day(5)})
    table = control_intervals(empty_table("baseline"), judged, FIRST_DAY, LAST_DAY)
    assert table["status"].tolist() == ["unknown", "unknown"]
    assert table["contender"].fillna("").tolist() == ["", "blue"]
    assert table["assertion"].tolist() == ["assessed", "claimed"]


def test_a_loss_that_its_own_side_admits_is_a_change_although_the_report_is_a_claim() -> None:
    admitted = {**CAPTURE, "rule": "party_against_itself", "assertion": "claimed", "earliest_date": day(5)}
    assert stretches(admitted) == ["1 red controlled", "5 blue controlled"]
