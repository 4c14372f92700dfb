import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control.explanation import explain
from geo.control.states import control_as_of
from geo.pipeline import Build
from tests.control.histories import PLACES, UNTIMED, baseline_of, baselines, day, events, events_of

COMPARED = ["actor", "contender", "status", "assertion", "basis", "undecided", "event_id"]


@pytest.mark.slow
@settings(UNTIMED, max_examples=12)
@given(baselines(), events(), st.sampled_from(PLACES), st.integers(1, 20))
def test_the_last_step_is_the_state_on_the_map(
    baseline: pd.DataFrame, judged: pd.DataFrame, place_id: str, number: int
) -> None:
    date = day(number)
    explanation = explain(place_id, date, baseline, judged)
    states = control_as_of(judged, date, baseline).set_index("place_id")
    if explanation.state is None:
        assert place_id not in states.index or states.loc[place_id, "status"] == "unknown"
        assert explanation.steps.empty
        return
    if place_id in states.index:
        pd.testing.assert_series_equal(explanation.state, states.loc[place_id, COMPARED], check_names=False)
    last = explanation.steps.iloc[-1]
    assert last[["actor", "status"]].fillna("").tolist() == explanation.state[["actor", "status"]].fillna("").tolist()
    assert not (explanation.steps["earliest_date"] > date).any()


@settings(UNTIMED, max_examples=12)
@given(baselines(), events(), st.integers(1, 20))
def test_every_state_has_an_explanation_that_ends_in_a_source(
    baseline: pd.DataFrame, judged: pd.DataFrame, number: int
) -> None:
    baseline = baseline.assign(document_id="start of " + baseline["place_id"])
    judged = judged.assign(document_id="report of " + judged["event_id"])
    states = control_as_of(judged, day(number), baseline)
    for state in states.to_dict("records"):
        explanation = explain(state["place_id"], day(number), baseline, judged)
        reported = baseline[(baseline["place_id"] == state["place_id"]) & (baseline["date"] <= day(number))]
        if pd.notna(state["event_id"]):
            assert explanation.document_id == f"report of {state['event_id']}"
            [deciding] = explanation.steps.loc[explanation.steps["decides"], "rule_name"]
            assert len(deciding) > 5
        elif len(reported):
            assert explanation.document_id == f"start of {state['place_id']}"
        else:
            assert (state["status"], explanation.document_id) == ("unknown", None)


def test_each_record_says_what_it_did_and_by_which_rule() -> None:
    baseline = baseline_of({"place_id": "north", "actor": "red", "document_id": "start"})
    told = events_of(
        {"place_id": "north", "earliest_date": day(2), "to_actor": "blue", "rule": "not_a_change",
         "changes_map": False, "assertion": "attempt", "document_id": "first"},
        {"place_id": "north", "earliest_date": day(3), "to_actor": "blue", "document_id": "second"},
        {"place_id": "north", "earliest_date": day(9), "to_actor": "red", "document_id": "third"},
    )  # fmt: skip
    before = explain("north", day(2), baseline, told)
    assert before.document_id == "start"
    assert before.steps["changed"].tolist() == [True, False]
    after = explain("north", day(5), baseline, told)
    assert after.document_id == "second"
    assert after.steps["step"].tolist() == [1, 2, 3]
    assert after.steps["actor"].tolist() == ["red", "red", "blue"]
    assert after.steps["decides"].tolist() == [False, False, True]
    assert after.steps["rule_name"].tolist()[1] == "Nothing changed hands"


def test_a_place_that_nobody_reports_has_no_explanation() -> None:
    explanation = explain("north", day(5), baseline_of(), events_of())
    assert (explanation.state, explanation.document_id, len(explanation.steps)) == (None, None, 0)


@pytest.mark.parametrize("date", ["2016-11-15", "2016-12-06", "2016-12-22"])
def test_every_state_of_the_dataset_ends_in_a_source(aleppo_build: Build, date: str) -> None:
    dataset, documents = aleppo_build.dataset, set(aleppo_build.dataset.documents["document_id"])
    for place_id in aleppo_build.intervals["place_id"].unique()[::7]:
        explanation = explain(place_id, pd.Timestamp(date), dataset.baseline, aleppo_build.events)
        assert explanation.document_id in documents, place_id
