"""From judged events to control intervals: who held each place from when to when, without overlap or gap.

How an event or a claim is read, and in which order: see `geo.control.records`.

Doubt: with when="doubt", on the days from earliest_date up to the day before latest_date the state stays as it was
and is marked undecided, with the event's to_actor as contender and the event's basis and event_id. Where
such ranges of one place overlap, each day shows the event that becomes certain first, of those that could already
have changed that day's holder. There is no doubt to show where the event leaves the holder as it is: a siege, or a
to_actor that holds the place already. With when="earliest" or "latest" the whole change is on that day.

A claim moves no ground, so none is ever undecided: it is itself a doubt. With when="doubt" it stands from its
earliest possible day on and, should a change or another claim have come between, again from its latest. On undecided
days no claim is shown: the event in doubt is.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.control.records import CHANGE, Integers, When, records_in_order
from geo.schema import conform

Flags = npt.NDArray[np.bool_]


def control_intervals(
    baseline: pd.DataFrame,
    judged: pd.DataFrame,
    start_date: pd.Timestamp,
    end_date: pd.Timestamp,
    when: When = "doubt",
) -> pd.DataFrame:
    """Intervals (table `intervals`) of every place in the baseline, in an event that changes the map or in a claim.

    baseline: who held each place on the first day. judged: events as `rules.judge` returns them. start_date,
    end_date: the first and the last day. when: which day of an event's date range counts, see the head of this
    module.

    start is inclusive; end is exclusive, and NaT in the last interval of a place. The intervals of a place begin
    on start_date, follow each other without gap or overlap, and none is empty. Sorted by place_id, start.
    """
    start, end = pd.Timestamp(start_date), pd.Timestamp(end_date)
    records = records_in_order(baseline, judged, start, when)
    place_numbers, place_ids = pd.factorize(records["place_id"])
    days = (end - start).days + 1
    after_end = days

    def key(dates: pd.Series) -> Integers:
        """Place and day in one sortable number. Days before the start count as the start."""
        day = ((dates - start) // pd.Timedelta(days=1)).fillna(0).clip(0, after_end).to_numpy(np.int64)
        return place_numbers * (days + 1) + day

    settles = key(records["day"])
    is_last_of_day = np.append(settles[1:] != settles[:-1], True)
    certain_rows = np.flatnonzero(is_last_of_day & (settles % (days + 1) != after_end))
    doubtful_rows = np.flatnonzero(_is_doubtful(records)) if when == "doubt" else certain_rows[:0]
    doubt_from = key(records["earliest_date"])[doubtful_rows]
    doubt_until = key(records["latest_date"])[doubtful_rows]

    # A stretch begins wherever a record becomes certain or a doubt begins; within it nothing can change.
    stretches = np.union1d(settles[certain_rows], doubt_from[doubt_from < doubt_until])
    settled = certain_rows[np.searchsorted(settles[certain_rows], stretches, side="right") - 1]
    first, last = np.searchsorted(stretches, doubt_from), np.searchsorted(stretches, doubt_until)
    pending = _pending(records, settled, doubtful_rows, first, last)
    state = records["state"].to_numpy(np.int64)[settled]
    claim = np.where(pending < 0, records["claim"].to_numpy(np.int64)[settled], -1)

    changes = (np.diff(state) != 0) | (np.diff(pending) != 0) | (np.diff(claim) != 0)
    differs = np.append(True, changes)[: len(stretches)]
    place, day = stretches[differs] // (days + 1), stretches[differs] % (days + 1)
    starts = pd.DatetimeIndex(start + pd.to_timedelta(day, unit="D"))
    return _as_table(records, place_ids[place], starts, state[differs], pending[differs], claim[differs])


def _is_doubtful(records: pd.DataFrame) -> Flags:
    """Changes whose day is not known and that may bring another holder or contender."""
    is_range = records["earliest_date"] < records["latest_date"]
    return (is_range & (records["step"] == CHANGE) & (records["status"] != "besieged")).to_numpy(bool)


def _pending(
    records: pd.DataFrame, settled: Integers, doubtful_rows: Integers, first: Integers, last: Integers
) -> Integers:
    """For each stretch of days the row of the event that may have happened already, -1 where there is none.

    settled: row of the record that is certain, per stretch. first, last: stretches that each doubtful row spans.
    """
    spans = np.maximum(last - first, 0)
    rows = np.repeat(doubtful_rows, spans)
    stretches = np.arange(len(rows)) + np.repeat(first - (np.cumsum(spans) - spans), spans)
    actors, _ = pd.factorize(pd.concat([records["actor"], records["to_actor"]]))
    holder, newcomer = actors[: len(records)], actors[len(records) :]
    may_differ = newcomer[rows] != holder[settled[stretches]]
    unsettled, which = np.unique(stretches[may_differ], return_index=True)
    pending = np.full(len(settled), -1)
    pending[unsettled] = rows[may_differ][which]
    return pending


def _as_table(
    records: pd.DataFrame,
    place_ids: pd.Index,
    starts: pd.DatetimeIndex,
    state: Integers,
    pending: Integers,
    claim: Integers,
) -> pd.DataFrame:
    undecided = pending >= 0
    held = records.iloc[state].reset_index(drop=True)
    decided_by = records.iloc[np.where(undecided, pending, np.where(claim >= 0, claim, state))].reset_index(drop=True)
    table = decided_by[["assertion", "basis", "event_id"]].assign(
        place_id=place_ids,
        start=starts,
        actor=held["actor"],
        contender=decided_by["contender"].mask(undecided, decided_by["to_actor"]),
        status=held["status"],
        undecided=undecided,
    )
    next_place_id, next_start = table["place_id"].shift(-1), table["start"].shift(-1)
    return conform("intervals", table.assign(end=next_start.where(next_place_id == table["place_id"])))
