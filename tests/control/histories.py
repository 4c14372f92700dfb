"""Made-up histories of control: tables from short rows, a hypothesis strategy, and a replay to compare with."""

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
# Rule and assertion of an event; changes of the map are the most frequent.
RULINGS = (
    *[("neutral_assessment", "assessed")] * 6,
    ("party_against_itself", "claimed"),
    ("claim", "claimed"),
    ("party_for_itself", "assessed"),
    ("independent_sources", "claimed"),
    ("weak_source", "assessed"),
    ("disputed", "disputed"),
    ("contradicted", "assessed"),
    ("withdrawn_claim", "claimed"),
    ("not_a_change", "attempt"),
)
CLAIM_RULES = ("claim", "party_for_itself", "weak_source", "disputed", "contradicted", "withdrawn_claim")
# A timed test would fail on a busy machine.
UNTIMED = settings(deadline=None, max_examples=15)
WHEN = st.sampled_from(("doubt", "earliest", "latest"))
RED_NORTH = {"place_id": "north", "actor": "red"}
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
    """Up to twelve events of three places and withdrawals of some, also before the first and after the last day.

    Rows are in any order.
    """
    actors = st.sampled_from((*ACTORS, None))
    rows = []
    for number in range(draw(st.integers(0, 12))):
        rule, assertion = draw(st.sampled_from(RULINGS))
        rows.append(
            {
                "event_id": f"e{number:02d}",
                "place_id": draw(st.sampled_from(PLACES)),
                **draw(ranges_of_days()),
                "from_actor": draw(actors),
                "to_actor": draw(actors),
                "status": draw(st.sampled_from(("controlled", "controlled", *STATUSES))),
                "basis": draw(st.sampled_from(("observed", "inferred"))),
                "assertion": assertion,
                "changes_map": rule in ("neutral_assessment", "party_against_itself", "independent_sources"),
                "rule": rule,
            }
        )
        if rule == "withdrawn_claim":
            rows.append(withdrawal_of(rows[-1]) | draw(ranges_of_days()))
    return events_of(*draw(st.permutations(rows)))


@st.composite
def ranges_of_days(draw: st.DrawFn) -> dict[str, pd.Timestamp]:
    earliest = draw(st.integers(-3, 24))
    return {"earliest_date": day(earliest), "latest_date": day(earliest + draw(st.sampled_from((0, 0, 1, 4, 9))))}


def withdrawal_of(claim: dict[str, Any]) -> dict[str, Any]:
    """The row of an event that takes a claim back, for `events_of`: give it its days."""
    return {
        "event_id": f"{claim['event_id']}-withdrawn",
        "place_id": claim["place_id"],
        "assertion": "negated",
        "rule": "not_a_change",
        "changes_map": False,
        "supersedes": claim["event_id"],
    }


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
    place_ids = sorted({*baseline["place_id"], *shown(events)["place_id"]})
    own = {
        place_id: [records(table[table["place_id"] == place_id]) for table in (baseline, events)]
        for place_id in place_ids
    }
    return {date: {place_id: _replay_place(*own[place_id], date, when) for place_id in place_ids} for date in dates}


def shown(events: pd.DataFrame) -> pd.DataFrame:
    """The events that change the map, and the claims that speak for a side."""
    return events[events["changes_map"] | (events["rule"].isin(CLAIM_RULES) & events["to_actor"].notna())]


def _replay_place(baseline: list[dict[str, Any]], events: list[dict[str, Any]], date: pd.Timestamp, when: str) -> State:
    certain_on = "earliest_date" if when == "earliest" else "latest_date"
    first_and_last = ("earliest_date", "latest_date") if when == "doubt" else (certain_on,)
    changes = [event for event in events if event["changes_map"]]
    claims = {event["event_id"]: event for event in events if event["rule"] in CLAIM_RULES and event["to_actor"]}
    happened = [((row["date"], 0), row) for row in baseline]
    happened += [((event[certain_on], 1), event) for event in events if event["supersedes"] in claims]
    happened += [((claim[each], 2), claim) for claim in claims.values() for each in first_and_last]
    happened += [((event[certain_on], 3), event) for event in changes]

    state: State = (None, None, "unknown", False, None, "assessed")
    standing: list[str] = []
    withdrawn: list[str] = []
    for (day_of_record, _), record in sorted(happened, key=_order):
        if day_of_record > date:
            break
        event_id = record.get("event_id")
        if event_id in claims:
            standing.append(event_id)
        elif record.get("supersedes") in claims:
            withdrawn.append(record["supersedes"])
        else:
            state, standing = _after(record, holder=state[0]), []
    if when == "doubt":
        for event in sorted(changes, key=lambda event: (event["latest_date"], event["event_id"])):
            is_open = event["earliest_date"] <= date < event["latest_date"]
            if is_open and event["status"] != "besieged" and event["to_actor"] != state[0]:
                return (state[0], event["to_actor"], state[2], True, event["event_id"], "assessed")
    disputes = [event_id for event_id in standing if _is_dispute(claims[event_id])]
    for event_id in (*disputes[-1:], *standing[-1:]):
        claimed = _claimed(state, claims[event_id])
        if event_id not in withdrawn and claimed != state:
            return claimed
    return state


def _order(dated: tuple[tuple[pd.Timestamp, int], dict[str, Any]]) -> tuple[Any, ...]:
    moment, record = dated
    return (*moment, record.get("latest_date"), record.get("event_id")) if "event_id" in record else moment


def _claimed(state: State, claim: dict[str, Any]) -> State:
    holder, contender, status, *_ = state
    is_disputed = _is_dispute(claim)
    side = claim["from_actor"] if is_disputed and claim["to_actor"] == holder else claim["to_actor"]
    if side is None or side == holder or (status in ("contested", "mixed", "besieged") and side != contender):
        return state
    return (holder, side, status, False, claim["event_id"], "disputed" if is_disputed else "claimed")


def _is_dispute(claim: dict[str, Any]) -> bool:
    return bool(claim["assertion"] == "disputed" or claim["rule"] == "contradicted")


def _after(record: dict[str, Any], holder: str | None) -> State:
    status, event_id = record["status"], record.get("event_id")
    said = (False, event_id, "assessed")
    if status == "unknown":
        return (None, None, status, *said)
    if event_id is None:
        return (record["actor"] or (holder if status != "controlled" else None), None, status, *said)
    if status == "controlled":
        return (record["to_actor"], None, status, *said)
    keeper = record["from_actor"] or holder
    contender = record["to_actor"] if record["to_actor"] != keeper else None
    return (keeper, contender, status, *said)


def states_by_place(states: pd.DataFrame) -> dict[str, State]:
    """The same form as `replay`, from a table of states."""
    columns = ["actor", "contender", "status", "undecided", "event_id", "assertion"]
    return {record["place_id"]: tuple(record[column] for column in columns) for record in records(states)}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries, with None for what is missing."""
    return [
        {str(key): None if pd.isna(value) else value for key, value in record.items()}
        for record in frame.to_dict("records")
    ]
