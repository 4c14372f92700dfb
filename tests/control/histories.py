"""Made-up histories of control: tables from short rows, a hypothesis strategy, and a replay to compare with."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

from geo.schema import COLUMNS, STATUSES, conform

FIRST_DAY = pd.Timestamp("2016-01-01")
LAST_DAY = pd.Timestamp("2016-01-20")
DAYS = pd.date_range(FIRST_DAY, LAST_DAY, unit="s")
PLACES = ("north", "river", "south")
ACTORS = ("blue", "green", "red")
# A timed test would fail on a busy machine.
UNTIMED = settings(deadline=None, max_examples=40)
State = tuple[Any, ...]


def day(number: int) -> pd.Timestamp:
    """Day 1 is the first day."""
    return FIRST_DAY + pd.Timedelta(days=number - 1)


def baseline_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """Table `baseline`; rows give place_id and actor, and what differs from a controlled place on the first day."""
    common = {"date": FIRST_DAY, "status": "controlled", "basis": "observed"}
    return conform("baseline", pd.DataFrame([common | row for row in rows], columns=COLUMNS["baseline"]))


def events_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """Table `judged`; rows give place_id, earliest_date and what differs from a certain, assessed capture."""
    filled = []
    for number, row in enumerate(rows, start=1):
        common = {
            "event_id": f"e{number:02d}",
            "latest_date": row["earliest_date"],
            "date_precision": 1,
            "status": "controlled",
            "assertion": "assessed",
            "basis": "observed",
            "confidence": 1.0,
            "recorded_at": LAST_DAY,
            "recorded_by": "curator",
            "changes_map": True,
            "rule": "neutral_assessment",
        }
        filled.append(common | row)
    return conform("judged", pd.DataFrame(filled, columns=COLUMNS["judged"]))


@st.composite
def events(draw: st.DrawFn) -> pd.DataFrame:
    """Up to twelve events of three places, also before the first and after the last day, in any row order."""
    actors = st.sampled_from((*ACTORS, None))
    rows = []
    for number in range(draw(st.integers(0, 12))):
        earliest = draw(st.integers(-3, 24))
        rows.append(
            {
                "event_id": f"e{number:02d}",
                "place_id": draw(st.sampled_from(PLACES)),
                "earliest_date": day(earliest),
                "latest_date": day(earliest + draw(st.sampled_from((0, 0, 1, 4, 9)))),
                "from_actor": draw(actors),
                "to_actor": draw(actors),
                "status": draw(st.sampled_from(("controlled", "controlled", *STATUSES))),
                "basis": draw(st.sampled_from(("observed", "inferred"))),
                "changes_map": draw(st.sampled_from((True, True, True, False))),
            }
        )
    return events_of(*draw(st.permutations(rows)))


@st.composite
def baselines(draw: st.DrawFn) -> pd.DataFrame:
    """A baseline of some of the places."""
    rows = []
    for place_id in draw(st.lists(st.sampled_from(PLACES), unique=True)):
        actor, status = draw(st.sampled_from((*ACTORS, None))), draw(st.sampled_from(STATUSES))
        rows.append({"place_id": place_id, "date": day(draw(st.integers(-2, 3))), "actor": actor, "status": status})
    return baseline_of(*rows)


def replay(
    baseline: pd.DataFrame, events: pd.DataFrame, dates: Iterable[pd.Timestamp], when: str
) -> dict[pd.Timestamp, dict[str, State]]:
    """The state of each place on each day, worked out slowly, one record after the other."""
    first_states, changes = defaultdict(list), defaultdict(list)
    for row in records(baseline):
        first_states[row["place_id"]].append(row)
    for event in records(events[events["changes_map"]]):
        changes[event["place_id"]].append(event)
    place_ids = sorted({*first_states, *changes})
    return {
        date: {place_id: _replay_place(first_states[place_id], changes[place_id], date, when) for place_id in place_ids}
        for date in dates
    }


def _replay_place(baseline: list[dict[str, Any]], events: list[dict[str, Any]], date: pd.Timestamp, when: str) -> State:
    changed_on = "earliest_date" if when == "earliest" else "latest_date"
    dated = [((row["date"], 0), row) for row in baseline]
    dated += [((event[changed_on], 1, event["latest_date"], event["event_id"]), event) for event in events]
    state: State = (None, None, "unknown", False, None)
    for _, record in sorted(dated, key=lambda pair: pair[0]):
        if record.get(changed_on, record.get("date")) <= date:
            state = _after(record, holder=state[0])
    if when == "doubt":
        for event in sorted(events, key=lambda event: (event["latest_date"], event["event_id"])):
            is_open = event["earliest_date"] <= date < event["latest_date"]
            if is_open and event["status"] != "besieged" and event["to_actor"] != state[0]:
                return (state[0], event["to_actor"], state[2], True, event["event_id"])
    return state


def _after(record: dict[str, Any], holder: str | None) -> State:
    status, event_id = record["status"], record.get("event_id")
    if status == "unknown":
        return (None, None, status, False, event_id)
    if event_id is None:
        return (record["actor"] or (holder if status != "controlled" else None), None, status, False, None)
    if status == "controlled":
        return (record["to_actor"], None, status, False, event_id)
    keeper = record["from_actor"] or holder
    contender = record["to_actor"] if record["to_actor"] != keeper else None
    return (keeper, contender, status, False, event_id)


def states_by_place(states: pd.DataFrame) -> dict[str, State]:
    """The same form as `replay`, from a table of states."""
    columns = ["actor", "contender", "status", "undecided", "event_id"]
    return {record["place_id"]: tuple(record[column] for column in columns) for record in records(states)}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries, with None for what is missing."""
    return [
        {str(key): None if pd.isna(value) else value for key, value in record.items()}
        for record in frame.to_dict("records")
    ]
