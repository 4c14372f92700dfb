"""Why a place has its state on a day: the reports that were considered, and what each of them did."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from geo.control.rules import rule_texts
from geo.control.states import control_as_of

_STATE = ["actor", "contender", "status", "assertion", "basis", "undecided", "event_id"]


@dataclass(frozen=True, eq=False)
class Explanation:
    """The state of one place on one day, and how it came about.

    place_id, date: of which place and day.
    state: the row of `states_on`, or None where nothing at all is recorded for the place.
    document_id: the document that the state rests on, None where no record gives it or the record cites none.
    steps: one row per record considered, in the order in which they count: step (from 1), kind ("baseline" or
        "event"), event_id, earliest_date, latest_date, document_id, quote, rule, rule_name, reason (the rule in plain
        words), corroborates (the event that says the same, if the rule took one into account), decides (whether the
        state on the day rests on this record), changed (whether the record made a difference to this day when it
        came), and the state after it: actor, contender, status, assertion, basis, undecided.
    """

    place_id: str
    date: pd.Timestamp
    state: pd.Series | None
    document_id: str | None
    steps: pd.DataFrame


def explain(place_id: str, date: pd.Timestamp, baseline: pd.DataFrame, judged: pd.DataFrame) -> Explanation:
    """The state of a place on a day, record by record.

    baseline: the starting position. judged: events as `judging.judge` returns them.
    Every record of the place that can bear on the day is put on the map after the others, in order of latest_date,
    earliest_date and event_id, and the state of the day is worked out anew by `control_as_of`; so the last row is
    the state that the map shows. Events that begin after the date are not considered: they change nothing before.
    """
    held = baseline[(baseline["place_id"] == place_id) & (baseline["date"] <= date)]
    events = judged[(judged["place_id"] == place_id) & (judged["earliest_date"] <= date)]
    events = events.sort_values(["latest_date", "earliest_date", "event_id"])
    states = [_state(place_id, date, held, events.head(count)) for count in range(len(events) + 1)]
    steps = pd.concat([_baseline_steps(held), _event_steps(events)], ignore_index=True)
    after = pd.DataFrame([states[0]] * len(held) + states[1:], columns=_STATE).reset_index(drop=True)
    changed = [*[True] * len(held), *(not now.equals(before) for before, now in pairwise(states))]
    steps = pd.concat([steps, after.drop(columns="event_id")], axis="columns").assign(changed=changed)
    steps.insert(0, "step", range(1, len(steps) + 1))
    state = states[-1]
    is_recorded = bool(len(steps))
    if is_recorded and pd.notna(state["event_id"]):
        steps["decides"] = steps["event_id"] == state["event_id"]
    else:
        steps["decides"] = steps["kind"] == "baseline"
    cited = steps.loc[steps["decides"].astype(bool), "document_id"].dropna()
    document_id = str(cited.iloc[-1]) if len(cited) else None
    return Explanation(place_id, date, state if is_recorded else None, document_id, steps)


def _state(place_id: str, date: pd.Timestamp, held: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """The state of the place that these records alone give; unknown where they say nothing."""
    states = control_as_of(events, date, held)
    of_place = states.loc[states["place_id"] == place_id, _STATE]
    if len(of_place):
        return of_place.iloc[0]
    unknown = {"status": "unknown", "assertion": "assessed", "basis": "inferred", "undecided": False}
    return pd.Series(unknown, index=_STATE)


def _baseline_steps(held: pd.DataFrame) -> pd.DataFrame:
    return held[["document_id", "quote"]].assign(
        kind="baseline", event_id=None, earliest_date=held["date"], latest_date=held["date"],
        rule=None, rule_name="The starting position", reason="Who held the place when the map begins.",
    )  # fmt: skip


def _event_steps(events: pd.DataFrame) -> pd.DataFrame:
    texts = rule_texts().set_index("rule")
    columns = ["event_id", "earliest_date", "latest_date", "document_id", "quote", "rule", "corroborates"]
    return events[columns].assign(
        kind="event", rule_name=events["rule"].map(texts["name"]), reason=events["rule"].map(texts["reason"])
    )
