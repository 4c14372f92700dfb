"""What an event that a program read says, as an id that stays when the texts are read again or by another program."""

import hashlib
import json

import pandas as pd

_SAYS = ["document_id", "place_id", "from_actor", "to_actor", "status", "earliest_date", "latest_date"]
_DIGITS = 16


def content_ids(events: pd.DataFrame) -> pd.Series:
    """`x` and 16 hexadecimal digits for each event, the same for the same place, parties, status and days in the same
    document. Indexed like the events (table `events`).
    """
    cells = events[_SAYS].astype(str).itertuples(index=False, name=None)
    ids = ["x" + hashlib.sha256(json.dumps(row).encode()).hexdigest()[:_DIGITS] for row in cells]
    return pd.Series(ids, index=events.index, dtype=events["event_id"].dtype)


def not_yet_recorded(extracted: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """The extracted events that are not among the recorded ones (under their `content_ids`)."""
    return extracted[~content_ids(extracted).isin(recorded["event_id"])]
