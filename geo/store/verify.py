"""Whether a database holds what was written to it, and nothing else: chain, rows, references, triggers, intervals."""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Engine, inspect, select, text

from geo.control.states import with_since
from geo.errors import HoldlineError
from geo.references import check_references
from geo.store import projection
from geo.store.engine import reading
from geo.store.entries import COLUMNS_OF_ENTRY, GENESIS, Entry, chain_hash, found_by
from geo.store.replay import replay
from geo.store.rows import body_of, dataset_of
from geo.store.tables import entries, ledgers, metadata
from geo.validation import shown

Head = tuple[int, str]
"""Position and hash of an entry."""
_TRIGGERS = {
    "sqlite": {
        "ledgers_no_update", "ledgers_no_delete", "ledgers_once",
        "entries_no_update", "entries_no_delete", "entries_in_order",
    },
    "postgresql": {
        "ledgers_no_update", "ledgers_no_delete", "ledgers_no_truncate",
        "entries_no_update", "entries_no_delete", "entries_no_truncate",
    },
}  # fmt: skip
_PRESENT = {
    "sqlite": "select name from sqlite_master where type = 'trigger'",
    "postgresql": "select tgname from pg_trigger where tgenabled in ('O', 'A') "
    "and not tgisinternal and tgrelid in "
    "(select oid from pg_class where relnamespace = cast(current_schema() as regnamespace))",
}
_AT_ONCE = 10_000


class Verdict(NamedTuple):
    """What was found of one ledger, or of the database (ledger_id None).

    head: position and hash of its last sound entry. faults: what is wrong, the first bad row first; none if sound.
    """

    ledger_id: str | None
    head: Head
    faults: list[str]


def verify(engine: Engine, heads: Mapping[str, Head] | None = None) -> list[Verdict]:
    """The verdicts on the database and on each of its ledgers, in one state of it.

    heads: by ledger an entry that was noted down earlier, which must still be there with its hash.
    Raises StoreError if the database cannot be read.
    """
    noted = heads or {}
    with reading(engine) as connection:
        ledger_ids = sorted(connection.execute(select(ledgers.c.ledger_id)).scalars())
        missing = [f"the ledger {shown(name)} is gone" for name in sorted(set(noted) - set(ledger_ids))]
        database = Verdict(None, (0, GENESIS), missing + _wrong_tables(connection) + _wrong_triggers(connection))
        return [database, *(_verify_ledger(connection, name, noted.get(name)) for name in ledger_ids)]


def _wrong_tables(connection: Connection) -> list[str]:
    present = set(inspect(connection).get_table_names())
    return [f"the table {name} is missing" for name in sorted(set(metadata.tables) - present)]


def _wrong_triggers(connection: Connection) -> list[str]:
    present = set(connection.execute(text(_PRESENT[connection.dialect.name])).scalars())
    expected = _TRIGGERS[connection.dialect.name]
    missing = [f"the trigger {name}, which refuses changes, is missing or switched off" for name in expected - present]
    return sorted(missing) + [f"the trigger {shown(name)} is none of Holdline's" for name in sorted(present - expected)]


def _verify_ledger(connection: Connection, ledger_id: str, noted: Head | None) -> Verdict:
    chain = _Chain(ledger_id)
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        select(*COLUMNS_OF_ENTRY).where(entries.c.ledger_id == ledger_id).order_by(entries.c.position)
    )
    for row in rows:
        entry = Entry(*row)
        if fault := chain.follow(entry, noted):
            rows.close()
            where = f"entry {entry.position} ({entry.table_name} {shown(entry.key)})"
            return Verdict(ledger_id, chain.head, [f"{where}: {fault}"])
    if noted and chain.head[0] < noted[0]:
        return Verdict(ledger_id, chain.head, [f"entry {noted[0]}, which was noted down, is missing at the end"])
    return Verdict(ledger_id, chain.head, list(_wrong_contents(connection, ledger_id)))


class _Chain:
    """One entry after the other, as they must follow each other."""

    def __init__(self, ledger_id: str) -> None:
        self.ledger_id = ledger_id
        self.head: Head = (0, GENESIS)
        self._last: dict[tuple[str, str], tuple[int, str]] = {}

    def follow(self, entry: Entry, noted: Head | None) -> str | None:
        """What is wrong with the next entry, None if nothing is."""
        position, previous_hash = self.head
        if entry.position != position + 1:
            return f"entry {position + 1} is missing before it"
        if entry.hash != chain_hash(previous_hash, entry):
            return "it is not what was written: its hash does not fit its content and the entry before"
        if noted and entry.position == noted[0] and entry.hash != noted[1]:
            return "the ledger was written anew: its hash is not the one that was noted down"
        if fault := self._wrong_row(entry):
            return fault
        self.head = (entry.position, entry.hash)
        self._last[entry.table_name, entry.key] = (entry.position, entry.action)
        return None

    def _wrong_row(self, entry: Entry) -> str | None:
        replaced, action = self._last.get((entry.table_name, entry.key), (None, "withdraw"))
        if entry.replaces != replaced:
            return f"it says that it replaces entry {entry.replaces}, the row's last one is {replaced}"
        if (entry.action == "assert") != (action == "withdraw") or (entry.action == "withdraw") != (entry.body == ""):
            return f"its action {entry.action} does not fit its body and the row's last entry"
        if (entry.place_id, entry.supersedes) != found_by(entry.table_name, entry.body):
            return "its columns place_id and supersedes do not agree with its body"
        if entry.body and entry.body != body_of(json.loads(entry.body)):
            return "its body is not in the one form that a body has"
        return None


def _wrong_contents(connection: Connection, ledger_id: str) -> Iterator[str]:
    """What is wrong with the tables that the entries make, and with what is derived from them."""
    try:
        tables = dataset_of(replay(connection, ledger_id)).tables()
    except (HoldlineError, IndexError) as error:
        yield f"its tables cannot be made of its entries: {error}"
        return
    yield from (str(problem) for problem in check_references(tables))
    kept = projection.known_intervals(connection, ledger_id)
    if not with_since(kept).equals(with_since(projection.compute(connection, ledger_id, None))):
        yield "the intervals that are kept are not those of its entries: run `python -m geo ingest --anew`"
