"""Control intervals as columns of whole numbers: when each place changes, and into which state.

A state is everything that decides how a place is drawn. The browser gets the states that occur, once, and for each
interval the number of its state. The readings "earliest" and "latest" of dates that are ranges travel as the
intervals of those places only in which they differ from the main one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.maps.binary import zigzag

Integers = npt.NDArray[np.int64]
State = tuple[str | None, str | None, str, str, str, bool]
"""actor, contender, status, assertion, basis, undecided."""

STATE_COLUMNS = ["actor", "contender", "status", "assertion", "basis", "undecided"]
NOTHING_KNOWN: State = (None, None, "unknown", "assessed", "inferred", False)
"""State number 0."""


def states_of(tables: Sequence[pd.DataFrame]) -> list[State]:
    """Return the states that occur in tables of intervals, NOTHING_KNOWN first, the others sorted."""
    rows = pd.concat([table[STATE_COLUMNS].drop_duplicates() for table in tables]).drop_duplicates()
    occurring = {_state(row) for row in rows.itertuples(index=False, name=None)}
    return [NOTHING_KNOWN, *sorted(occurring - {NOTHING_KNOWN}, key=str)]


def interval_columns(
    intervals: pd.DataFrame,
    places: Sequence[str],
    states: Sequence[State],
    events: Mapping[str, int],
    start: pd.Timestamp,
) -> dict[str, Integers]:
    """Return the intervals of places, in the places' order.

    intervals_per_place; per interval: interval_gaps (days since the place's previous interval began, for the first
    since `start`), interval_states, and interval_event_steps (zigzag steps of the event's position + 1; 0 is none).
    """
    place = _positions(intervals["place_id"], {place: k for k, place in enumerate(places)})
    days = ((intervals["start"] - start) // pd.Timedelta(days=1)).to_numpy(np.int64)
    order = np.lexsort((days, place))
    order = order[place[order] >= 0]
    place, days = place[order], days[order]
    begins = np.append(True, place[1:] != place[:-1])[: len(place)]
    numbers = _positions(intervals["event_id"], events)[order] + 1
    return {
        "intervals_per_place": np.bincount(place, minlength=len(places)),
        "interval_gaps": np.where(begins, days, np.diff(days, prepend=0)),
        "interval_states": numbers_of(intervals, states)[order],
        "interval_event_steps": zigzag(np.diff(numbers, prepend=0)),
    }


def reading_columns(
    when: str,
    intervals: pd.DataFrame,
    places: Sequence[str],
    states: Sequence[State],
    events: Mapping[str, int],
    start: pd.Timestamp,
) -> dict[str, Integers]:
    """Return the intervals of another reading, which holds only the places that differ; names begin with `when`.

    The column `<when>_places` gives the positions of those places.
    """
    differing = set(intervals["place_id"])
    own = [place for place in places if place in differing]
    positions = np.array([k for k, place in enumerate(places) if place in differing], dtype=np.int64)
    columns = interval_columns(intervals, own, states, events, start)
    return {f"{when}_places": positions, **{f"{when}_{name}": column for name, column in columns.items()}}


def numbers_of(intervals: pd.DataFrame, states: Sequence[State]) -> Integers:
    """Return the position of each interval's state among the states."""
    number_of = {state: number for number, state in enumerate(states)}
    alike = intervals.groupby(STATE_COLUMNS, dropna=False, sort=False).ngroup().to_numpy(np.int64)
    kinds = intervals[STATE_COLUMNS].drop_duplicates()  # in the order in which ngroup numbers them
    return np.array([number_of[_state(row)] for row in kinds.itertuples(index=False, name=None)], dtype=np.int64)[alike]


def _positions(ids: pd.Series, index: Mapping[str, int]) -> Integers:
    """Positions of ids, -1 where there is none; each id is looked up once."""
    codes, unique = pd.factorize(ids)
    return np.array([*(index.get(name, -1) for name in unique), -1], dtype=np.int64)[codes]


def _state(row: tuple[Any, ...]) -> State:
    actor, contender, status, assertion, basis, undecided = (None if pd.isna(cell) else cell for cell in row)
    return actor, contender, str(status), str(assertion), str(basis), bool(undecided)
