"""What the map showed as its records became known: editions for the browser, each coded as what differs.

The container is fetched when somebody asks for it; the map's own data knows nothing of it. An older version of a place
is coded against the next newer one, the newest against the map of today: it keeps so many of its first intervals, and
goes on with others. Reports mostly arrive in the order of their days, so most older versions only keep. What decided
on the events is coded the same way. ``web/known.js`` is the reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.control.editions import Editions, editions
from geo.control.knowledge import Clock
from geo.control.rules import rule_texts
from geo.maps.binary import container
from geo.maps.payload import Index, along_a_curve, positions, state_record
from geo.maps.timetable import State, numbers_of, states_of
from geo.pipeline import Build
from geo.schema import COLUMNS

CLOCKS: tuple[Clock, ...] = ("recorded", "published")
Interval = tuple[int, int, int]
"""First day, number of the state, position of the event + 1 (0: none)."""
Columns = dict[str, npt.NDArray[np.int64]]


class Older(NamedTuple):
    """How a place was before an edition: so many of the next version's intervals, then the rest."""

    place: int
    until: int
    keeps: int
    rest: Sequence[Interval]


def encode_known(build: Build) -> bytes:
    """Return the editions by each clock as gzip bytes; the same build gives the same bytes.

    A clock by which the map changed on fewer than two days has no columns: there is nothing to choose.
    """
    reported = replace(build.dataset, events=build.events[COLUMNS["events"]])
    by_clock = {clock: editions(reported, clock) for clock in CLOCKS}
    offered = {clock: found for clock, found in by_clock.items() if len(found.days) > 1}
    if "recorded" in offered and _is_same(by_clock["published"], by_clock["recorded"]):
        del offered["published"], by_clock["published"]
    states = states_of(
        [build.intervals[:0], *(table for found in offered.values() for table in found.intervals.values())]
    )
    columns: Columns = {}
    for clock, found in offered.items():
        columns |= {f"{clock}_{name}": column for name, column in _columns(build, found, states).items()}
    header = {
        "version": build.version,
        "clocks": [_clock_record(clock, found) for clock, found in by_clock.items()],
        "states": [state_record(state, positions(build.dataset.actors["actor_id"])) for state in states],
        "rules": rule_texts()[["rule", "changes_map"]].rename(columns={"rule": "id"}).to_dict("records"),
    }
    return container(header, columns)


def _is_same(one: Editions, other: Editions) -> bool:
    """Whether two clocks say the same, as they do where no record has a document."""
    return one.days.equals(other.days) and one.known.equals(other.known)


def _clock_record(clock: Clock, found: Editions) -> dict[str, Any]:
    days = [f"{day:%Y-%m-%d}" for day in found.days]
    return {"clock": clock, "days": days, "readings": sorted(found.intervals), "too_many": found.too_many}


def _columns(build: Build, found: Editions, states: Sequence[State]) -> Columns:
    events = positions(build.events["event_id"])
    drawn = along_a_curve(build.areas)["place_id"]
    columns: Columns = {"known": found.known.to_numpy(np.int64), **_ruling_columns(found.rulings, events)}
    for when, intervals in found.intervals.items():
        as_doubt = found.intervals["doubt"]
        complete = pd.concat([intervals, as_doubt[~as_doubt["place_id"].isin(intervals["place_id"])]])
        own = complete[complete["place_id"].isin(drawn)]
        days = (own["start"] - build.dataset.start_date).dt.days
        numbered = pd.DataFrame(
            {
                "place": own["place_id"].map(positions(drawn)).astype(np.int64),
                "edition": own["edition"],
                "day": days,
                "state": numbers_of(own, states),
                "event": own["event_id"].map(events).fillna(-1).astype(np.int64) + 1,
            }
        )
        columns |= {f"{when}_{name}": column for name, column in _interval_columns(numbered).items()}
    return columns


def _interval_columns(numbered: pd.DataFrame) -> Columns:
    """places, until, keeps and rests (how many intervals follow) per older version; day, state, event per interval."""
    ordered = numbered.sort_values(["place", "edition", "day"])
    found = list(older_versions(ordered.itertuples(index=False, name=None)))
    rest = np.array([interval for one in found for interval in one.rest], dtype=np.int64).reshape(-1, 3)
    names = ["places", "until", "keeps"]
    return {
        **{name: np.array([one[k] for one in found], dtype=np.int64) for k, name in enumerate(names)},
        "rests": np.array([len(one.rest) for one in found], dtype=np.int64),
        **{f"rest_{name}": rest[:, k] for k, name in enumerate(["days", "states", "events"])},
    }


def older_versions(rows: Iterator[tuple[int, int, int, int, int]]) -> Iterator[Older]:
    """All versions of each place but the last, newest first; rows are place, edition, day, state, event, in order."""
    for place, of_place in groupby(rows, key=lambda row: row[0]):
        versions = [(edition, [row[2:] for row in own]) for edition, own in groupby(of_place, key=lambda row: row[1])]
        for (until, newer), (_, older) in pairwise(reversed(versions)):
            keeps = next((k for k, pair in enumerate(zip(older, newer, strict=False)) if pair[0] != pair[1]), None)
            if keeps is None:
                keeps = min(len(older), len(newer))
            yield Older(place, until, keeps, older[keeps:])


def _ruling_columns(rulings: pd.DataFrame, events: Index) -> Columns:
    """Per ruling that did not last: event, the edition until which it stood, rule, corroborates + 1; newest first."""
    ordered = rulings.sort_values(["event_id", "edition"], ascending=[True, False])
    until = ordered.groupby("event_id")["edition"].shift()
    older = ordered[until.notna()]
    rules = positions(rule_texts()["rule"])
    return {
        "ruling_events": older["event_id"].map(events).to_numpy(np.int64),
        "ruling_until": until.dropna().to_numpy(np.int64),
        "ruling_rules": older["rule"].map(rules).to_numpy(np.int64),
        "ruling_corroborates": older["corroborates"].map(events).fillna(-1).to_numpy(np.int64) + 1,
    }
