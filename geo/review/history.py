"""What was decided so far: the state of each item of the queue, from the records of reviews."""

from dataclasses import dataclass, field

import pandas as pd

from geo.schema import COLUMNS

RECORD_COLUMNS = [*COLUMNS["reviews"], "position", "recorded_by", "recorded_at"]
"""Columns of the records: table `reviews`, with the place in the ledger, who decided and when (UTC)."""
_FINAL = ("accept", "correct", "reject")


@dataclass
class ItemState:
    """Where an item stands.

    state: open, deferred, proposed (waits for a second person) or decided. seen: how many records
    of the item there are; it says what an editor had before them. record: the one that made the state, None while open.
    """

    state: str = "open"
    assigned_to: str | None = None
    seen: int = 0
    record: pd.Series | None = None
    standing: list[pd.Series] = field(default_factory=list)


def item_states(records: pd.DataFrame) -> dict[str, ItemState]:
    """By item_id where each item stands. records: see `RECORD_COLUMNS`; what was undone counts no more."""
    states: dict[str, ItemState] = {}
    for _, record in records.sort_values("position").iterrows():
        state = states.setdefault(str(record["item_id"]), ItemState())
        state.seen += 1
        if record["decision"] == "undo":
            state.standing = [each for each in state.standing if each["review_id"] != record["undoes"]]
        else:
            state.standing.append(record)
    for state in states.values():
        _settle(state)
    return states


def _settle(state: ItemState) -> None:
    for record in state.standing:
        decision = record["decision"]
        if decision == "assign":
            state.assigned_to = None if pd.isna(record["assigned_to"]) else str(record["assigned_to"])
        elif decision == "defer":
            state.state, state.record = "deferred", record
        elif decision in _FINAL:
            state.state = "proposed" if pd.notna(record["proposal"]) else "decided"
            state.record = record
