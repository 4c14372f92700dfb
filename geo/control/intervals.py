"""From judged events to control intervals: who held each place from when to when, without overlap or gap.

How an event is read:

- `controlled`: to_actor holds the place. `unknown`: nobody knows who holds it.
- `contested`, `mixed` and `besieged`: the place keeps its holder. That is the event's from_actor, also where it
  disagrees with the holder known so far (the event's own word counts from its day on, the days before stay as they
  were); where from_actor is missing, the holder known so far. to_actor is the contender, the other party present
  or the besieger.
- Events of a place apply in the order of the day of change, then latest_date, then event_id; of several on one day
  the last wins. A baseline row is the state on its date, before the events of that day. Until its baseline row or
  first event a place is `unknown` (assessed, inferred: nothing has been reported).

Doubt: with when="doubt", on the days from earliest_date up to the day before latest_date the state stays as it was
and is marked undecided, with the event's to_actor as contender and the event's assertion, basis and event_id. Where
such ranges of one place overlap, each day shows the event that becomes certain first, of those that could already
have changed that day's holder. There is no doubt to show where the event leaves the holder as it is: a siege, or a
to_actor that holds the place already. With when="earliest" or "latest" the whole change is on that day.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.schema import DTYPES, conform

When = Literal["doubt", "earliest", "latest"]
KEEPS_HOLDER = ("contested", "mixed", "besieged")
NOT_REPORTED = {"status": "unknown", "assertion": "assessed", "basis": "inferred"}
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def control_intervals(
    baseline: pd.DataFrame,
    judged: pd.DataFrame,
    start_date: pd.Timestamp,
    end_date: pd.Timestamp,
    when: When = "doubt",
) -> pd.DataFrame:
    """Intervals (table `intervals`) of every place in the baseline or in an event that changes the map.

    baseline: who held each place on the first day. judged: events as `rules.judge` returns them; only those with
    changes_map are read. start_date, end_date: the first and the last day. when: which day of an event's date
    range counts, see the head of this module.

    start is inclusive; end is exclusive, and NaT in the last interval of a place. The intervals of a place begin
    on start_date, follow each other without gap or overlap, and none is empty. Sorted by place_id, start.
    """
    start, end = pd.Timestamp(start_date), pd.Timestamp(end_date)
    states = _states_in_order(baseline, judged[judged["changes_map"].astype(bool)], start, when)
    place_numbers, place_ids = pd.factorize(states["place_id"])
    days = (end - start).days + 1
    after_end = days

    def key(dates: pd.Series) -> Integers:
        """Place and day in one sortable number. Days before the start count as the start."""
        day = ((dates - start) // pd.Timedelta(days=1)).fillna(0).clip(0, after_end).to_numpy(np.int64)
        return place_numbers * (days + 1) + day

    settles = key(states["day"])
    is_last_of_day = np.append(settles[1:] != settles[:-1], True)
    certain_rows = np.flatnonzero(is_last_of_day & (settles % (days + 1) != after_end))
    doubtful_rows = np.flatnonzero(_is_doubtful(states)) if when == "doubt" else certain_rows[:0]
    doubt_from = key(states["earliest_date"])[doubtful_rows]
    doubt_until = key(states["latest_date"])[doubtful_rows]

    # A stretch begins wherever a state becomes certain or a doubt begins; within it nothing can change.
    stretches = np.union1d(settles[certain_rows], doubt_from[doubt_from < doubt_until])
    settled = certain_rows[np.searchsorted(settles[certain_rows], stretches, side="right") - 1]
    first, last = np.searchsorted(stretches, doubt_from), np.searchsorted(stretches, doubt_until)
    pending = _pending(states, settled, doubtful_rows, first, last)

    differs = np.append(True, (np.diff(settled) != 0) | (np.diff(pending) != 0))[: len(stretches)]
    place, day = stretches[differs] // (days + 1), stretches[differs] % (days + 1)
    starts = pd.DatetimeIndex(start + pd.to_timedelta(day, unit="D"))
    return _as_table(states, place_ids[place], starts, settled[differs], pending[differs])


def _states_in_order(baseline: pd.DataFrame, events: pd.DataFrame, start: pd.Timestamp, when: When) -> pd.DataFrame:
    """One row per state that a place comes into: the unreported one, its baseline, then its events, in order.

    Adds to the columns of events: day (of the change), actor (the holder) and contender.
    """
    held = baseline.assign(
        day=baseline["date"], from_actor=baseline["actor"], to_actor=baseline["actor"], assertion="assessed", step=1
    )
    dated = events.assign(day=events["earliest_date" if when == "earliest" else "latest_date"], step=2)
    stated = pd.concat([held.drop(columns="actor"), dated], ignore_index=True)
    place_ids = pd.Series(stated["place_id"].unique(), dtype=DTYPES["text"])
    unreported = pd.DataFrame({"place_id": place_ids, **NOT_REPORTED, "step": 0})
    unreported["day"] = min(start, stated["day"].min()) if len(stated) else start
    states = pd.concat([unreported, stated], ignore_index=True)
    states = states.sort_values(["place_id", "day", "step", "latest_date", "event_id"], ignore_index=True)
    return _with_holder(states)


def _with_holder(states: pd.DataFrame) -> pd.DataFrame:
    keeps_holder = states["status"].isin(KEEPS_HOLDER)
    named = states["to_actor"].mask(keeps_holder, states["from_actor"]).mask(states["status"] == "unknown")
    # Every place begins with an unreported row, which names its (missing) holder, so nothing leaks between places.
    names_holder = ~(keeps_holder & named.isna())
    source = np.maximum.accumulate(np.where(names_holder, np.arange(len(states)), 0))
    actor = named.take(source).set_axis(states.index)
    contender = states["to_actor"].where(keeps_holder & (states["to_actor"] != actor))
    return states.assign(actor=actor, contender=contender)


def _is_doubtful(states: pd.DataFrame) -> Flags:
    """Rows whose day of change is not known and that may bring another holder or contender."""
    is_range = states["earliest_date"] < states["latest_date"]
    return (is_range & (states["status"] != "besieged")).to_numpy(bool)


def _pending(
    states: pd.DataFrame, settled: Integers, doubtful_rows: Integers, first: Integers, last: Integers
) -> Integers:
    """For each stretch of days the row of the event that may have happened already, -1 where there is none.

    settled: row of the state that is certain, per stretch. first, last: stretches that each doubtful row spans.
    """
    spans = np.maximum(last - first, 0)
    rows = np.repeat(doubtful_rows, spans)
    stretches = np.arange(len(rows)) + np.repeat(first - (np.cumsum(spans) - spans), spans)
    actors, _ = pd.factorize(pd.concat([states["actor"], states["to_actor"]]))
    holder, newcomer = actors[: len(states)], actors[len(states) :]
    may_differ = newcomer[rows] != holder[settled[stretches]]
    unsettled, which = np.unique(stretches[may_differ], return_index=True)
    pending = np.full(len(settled), -1)
    pending[unsettled] = rows[may_differ][which]
    return pending


def _as_table(
    states: pd.DataFrame, place_ids: pd.Index, starts: pd.DatetimeIndex, settled: Integers, pending: Integers
) -> pd.DataFrame:
    undecided = pending >= 0
    certain = states.iloc[settled].reset_index(drop=True)
    decided_by = states.iloc[np.where(undecided, pending, settled)].reset_index(drop=True)
    table = decided_by[["assertion", "basis", "event_id"]].assign(
        place_id=place_ids,
        start=starts,
        actor=certain["actor"],
        contender=certain["contender"].mask(undecided, decided_by["to_actor"]),
        status=certain["status"],
        undecided=undecided,
    )
    next_place_id, next_start = table["place_id"].shift(-1), table["start"].shift(-1)
    return conform("intervals", table.assign(end=next_start.where(next_place_id == table["place_id"])))
