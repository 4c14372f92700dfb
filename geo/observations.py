"""From what was observed day by day to a history: a baseline and events, which the rules and intervals take from there.

A row says what one place looked like on one day. Rows that say the same and follow each other are one run; a run
that follows another one is a change of control:

- Where days without a row lie between two runs, the change is an event with a range of days, from the day after the
  last row of the old state to the first row of the new one.
- A state is carried over at most `carry_days` days without a row. On the day after those the place is `unknown`
  (inferred) until its next row; nothing is said about when it changed meanwhile.
- Contested, mixed or besieged ground keeps the holder that was named last; `first` is the holder where none was.
- A claim leaves the state as it is: `first` is the side that it speaks for.
"""

import numpy as np
import pandas as pd

from geo.references import date_precision
from geo.schema import STATUSES_THAT_KEEP_THE_HOLDER, conform

STATE = ["status", "assertion", "first", "second", "basis"]
OBSERVED_COLUMNS = ["place_id", "date", *STATE, "note"]
NOT_RATED = 0.5
"""Confidence of a state from a table that gives none."""
RECORDED_BY = "import/1"


def history(observed: pd.DataFrame, end_date: pd.Timestamp, carry_days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables `baseline` and `events` of the observed states.

    observed: OBSERVED_COLUMNS, at most one row for each place and day. status and assertion as in `geo.schema`;
        first is the holder, the holder before (see above) or the side that claims; second the other side, if named.
    end_date: the last day. carry_days: for how many days without a row a state still counts.
    """
    runs = _with_holders(_runs(observed.sort_values(["place_id", "date"], ignore_index=True), carry_days))
    plain = runs["status"].isin(["controlled", "unknown"]) & (runs["assertion"] == "assessed")
    is_baseline = runs["is_first"] & plain
    baseline = runs.assign(actor=runs["to_actor"], document_id=None, quote=None)[is_baseline]
    events = pd.concat([runs[~is_baseline], _silences(runs, end_date, carry_days)], ignore_index=True)
    return conform("baseline", baseline), _as_events(events)


def _runs(rows: pd.DataFrame, carry_days: int) -> pd.DataFrame:
    """One row per run: its first row, last_date, is_first (of its place), is_lost (after a silence), earliest_date."""
    state = rows.groupby(STATE, dropna=False).ngroup()
    same_place = rows["place_id"] == rows["place_id"].shift()
    is_seen = same_place & (_days_between(rows["date"].shift(), rows["date"]) <= carry_days)
    begins = np.flatnonzero(~(is_seen & (state == state.shift())))
    ends = np.append(begins[1:], len(rows))[: len(begins)] - 1
    runs = rows.iloc[begins].assign(last_date=rows["date"].to_numpy()[ends])
    runs["is_first"] = ~same_place.iloc[begins]
    runs["is_lost"] = (same_place & ~is_seen).iloc[begins]
    before = rows["date"].shift().iloc[begins] + pd.Timedelta(days=1)
    runs["earliest_date"] = before.where(is_seen.iloc[begins], runs["date"])
    return runs.reset_index(drop=True)


def _with_holders(runs: pd.DataFrame) -> pd.DataFrame:
    """Adds from_actor and to_actor, as events have them."""
    names_holder = (runs["status"] == "controlled") & (runs["assertion"] == "assessed")
    named = runs["first"].where(names_holder)
    before = named.groupby(runs["place_id"]).ffill().groupby(runs["place_id"]).shift()
    keeps_holder = runs["status"].isin(STATUSES_THAT_KEEP_THE_HOLDER)
    holder = before.fillna(runs["first"])
    contender = runs["second"].where(holder == runs["first"], runs["first"])
    from_actor = before.mask(runs["is_lost"]).mask(keeps_holder, holder)
    to_actor = runs["first"].mask(keeps_holder, contender).mask(runs["status"] == "unknown")
    return runs.assign(from_actor=from_actor, to_actor=to_actor)


def _silences(runs: pd.DataFrame, end_date: pd.Timestamp, carry_days: int) -> pd.DataFrame:
    """The days on which places become unknown because no row has named them for too long."""
    follows = runs["place_id"] == runs["place_id"].shift(-1)
    next_date = runs["date"].shift(-1).where(follows, end_date + pd.Timedelta(days=1))
    is_silent = (_days_between(runs["last_date"], next_date) > carry_days) & (runs["status"] != "unknown")
    silent = runs[is_silent]
    unseen = silent["last_date"] + pd.Timedelta(days=carry_days + 1)
    holder = silent["to_actor"].mask(silent["status"].isin(STATUSES_THAT_KEEP_THE_HOLDER), silent["from_actor"])
    return silent.assign(
        date=unseen,
        earliest_date=unseen,
        from_actor=holder,
        to_actor=None,
        status="unknown",
        assertion="assessed",
        basis="inferred",
        note=f"Not named for more than {carry_days} days, last on " + silent["last_date"].dt.strftime("%Y-%m-%d") + ".",
    )


def _as_events(changes: pd.DataFrame) -> pd.DataFrame:
    ordered = changes.sort_values(["place_id", "date"])
    day = ordered["date"].dt.strftime("%Y-%m-%d")
    return conform(
        "events",
        ordered.assign(
            event_id=ordered["place_id"] + "-" + day,
            latest_date=ordered["date"],
            date_precision=date_precision(ordered["earliest_date"], ordered["date"]),
            confidence=NOT_RATED,
            document_id=None,
            quote=None,
            recorded_at=ordered["date"],
            recorded_by=RECORDED_BY,
            supersedes=None,
        ),
    )


def _days_between(first: pd.Series, second: pd.Series) -> pd.Series:
    """Number of days that lie between two days, neither counted."""
    return (second - first).dt.days - 1
