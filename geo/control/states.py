"""The state of every place on one day, from intervals or straight from events (an as-of join)."""

import pandas as pd

from geo.control.intervals import control_intervals
from geo.control.records import When
from geo.schema import empty_table

STATE_COLUMNS = [
    "place_id", "actor", "contender", "status", "assertion", "basis", "undecided", "since", "event_id",
]  # fmt: skip
RUN = ["place_id", "actor", "contender", "status", "undecided"]


def states_on(intervals: pd.DataFrame, date: pd.Timestamp) -> pd.DataFrame:
    """One row per place, sorted by place_id: its state on the date, and `since`.

    since: first day of the unbroken run of the same actor, contender, status and undecided up to the date. It is
    never before the first day of the intervals.
    """
    begun = with_since(intervals[intervals["start"] <= pd.Timestamp(date)])
    on_date = begun["end"].isna() | (begun["end"] > pd.Timestamp(date))
    return begun.loc[on_date, STATE_COLUMNS].reset_index(drop=True)


def with_since(intervals: pd.DataFrame) -> pd.DataFrame:
    """The intervals with `since` (see `states_on`), sorted by place_id and start."""
    ordered = intervals.sort_values(["place_id", "start"])
    run = ordered[RUN].fillna("")
    run_begins = (run != run.shift()).any(axis="columns")
    return ordered.assign(since=ordered["start"].where(run_begins).ffill())


def control_as_of(
    events: pd.DataFrame, date: pd.Timestamp, baseline: pd.DataFrame | None = None, when: When = "doubt"
) -> pd.DataFrame:
    """The state of every place on the date, columns as `states_on`, from judged events and the baseline.

    It is the state of the intervals on that day: events that cannot have happened yet do not count. A place whose
    baseline and events all lie after the date is unknown. The run that gives `since` begins no earlier than the
    first day in the record.
    """
    known = empty_table("baseline") if baseline is None else baseline
    dates = [known["date"].min(), events["earliest_date"].min(), pd.Timestamp(date)]
    return states_on(control_intervals(known, events, min(d for d in dates if not pd.isna(d)), date, when), date)
