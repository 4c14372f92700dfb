"""The entries of a ledger and the chain of hashes over them.

The hash of an entry is the SHA-256, in hexadecimal digits, of the hash of the entry before it (64 zeros for the
first), a line feed, and the entry as a JSON array in the form of `geo.store.rows` bodies: ledger_id, position,
table_name, key, action, replaces, recorded_at, stored_at, recorded_by, via, body. Moments are written
2016-12-13T00:00:00.000000Z. All of it is UTF-8. Whoever changes, removes or inserts an entry must change every hash
from there on; the last one, kept elsewhere, gives that away (`python -m geo verify --head`).
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from geo.store.tables import entries

GENESIS = "0" * 64
PLACE_TABLES = ("events", "baseline")


class Entry(NamedTuple):
    """A row of the table `entries` (`geo.store.tables`).

    position: 1 for the first entry of a ledger, then one more each. action: assert (a new row), correct (another body
    for the row) or withdraw (no body any more). replaces: position of the row's entry before this one.
    recorded_at: when it became known; for a row of an imported table of events the day that the table names.
    stored_at: when it was written here. via: ingest (from a folder) or edit (by a person).
    place_id, supersedes: as in the body of an event (place_id also of a baseline), to find entries by them.
    """

    ledger_id: str
    position: int
    table_name: str
    key: str
    action: str
    replaces: int | None
    recorded_at: datetime
    stored_at: datetime
    recorded_by: str
    via: str
    body: str
    place_id: str | None
    supersedes: str | None
    hash: str


COLUMNS_OF_ENTRY = [entries.c[name] for name in Entry._fields]


def chain_hash(previous_hash: str, entry: Entry) -> str:
    """The hash that an entry must have after the entry with the previous hash."""
    stated = (
        entry.ledger_id,
        entry.position,
        entry.table_name,
        entry.key,
        entry.action,
        entry.replaces,
        written(entry.recorded_at),
        written(entry.stored_at),
        entry.recorded_by,
        entry.via,
        entry.body,
    )
    text = json.dumps(stated, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def written(moment: datetime) -> str:
    """A moment as it is hashed: UTC, to the microsecond, always of one length."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def found_by(table: str, body: str) -> tuple[str | None, str | None]:
    """place_id and supersedes of an entry with this body."""
    if table not in PLACE_TABLES or not body:
        return None, None
    cells: dict[str, Any] = json.loads(body)
    return cells.get("place_id"), cells.get("supersedes")
