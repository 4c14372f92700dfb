"""Putting a dataset's folder into its ledger: what is new, what is other than the folder said before, what is gone.

The folder is compared with what it said last time, not with what holds now: a row that a person has corrected or
added since stays as it is until the folder itself says something else about it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine, select

from geo.dataset import Dataset
from geo.errors import DatasetError, EntryError
from geo.references import check_references
from geo.store.engine import writing
from geo.store.entries import COLUMNS_OF_ENTRY, Entry
from geo.store.replay import replay
from geo.store.rows import DATASET_TABLES, ORDER, Bodies, dataset_bodies, dataset_of, order_body, ordered
from geo.store.tables import entries
from geo.store.writer import Writer

INGESTED_BY = "ingest/1"
RowId = tuple[str, str]


class Ingested(NamedTuple):
    """How many rows of a folder were new, other than before, gone, and as they were."""

    added: int
    corrected: int
    withdrawn: int
    unchanged: int

    @property
    def changed(self) -> int:
        """Rows that were not as before."""
        return self.added + self.corrected + self.withdrawn


def ingest(engine: Engine, dataset: Dataset) -> Ingested:
    """Brings the ledger of a dataset up to date with its folder, in one transaction; the same input adds nothing.

    Raises DatasetError if the folder's rows and those that people have added would contradict each other, EntryError
    for a row that cannot be kept, StoreError if the database cannot go on. Nothing is half loaded.
    """
    bodies = dataset_bodies(dataset)
    with writing(engine) as connection:
        writer = Writer(connection, dataset.dataset_id)
        rows = connection.execute(
            select(*COLUMNS_OF_ENTRY).where(entries.c.ledger_id == dataset.dataset_id).order_by(entries.c.position)
        )
        log = _Log()
        for row in rows:
            log.add(Entry(*row))
        counts = _enter(writer, log, bodies)
        writer.flush()
        if log.has_edits and counts.changed:
            problems = check_references(dataset_of(replay(connection, dataset.dataset_id)).tables())
            if problems:
                raise DatasetError(f"{dataset.dataset_id}, together with what people have added to it,", problems)
    return counts


class _Log:
    """What a ledger holds.

    last: by table and key the last entry of each row, rows in the order of a replay. folder: the body that the folder
    gave a row last, None if it took the row out.
    """

    def __init__(self) -> None:
        self.last: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        self.folder: dict[RowId, str | None] = {}
        self.has_edits = False

    def add(self, entry: Entry) -> None:
        rows = self.last[entry.table_name]
        if entry.action == "assert":
            rows.pop(entry.key, None)  # a row that comes back comes last
        rows[entry.key] = entry
        if entry.via == "ingest":
            self.folder[entry.table_name, entry.key] = entry.body or None
        else:
            self.has_edits = True

    def standing(self, table: str) -> dict[str, str]:
        """The bodies of a table that hold."""
        return {key: entry.body for key, entry in self.last[table].items() if entry.action != "withdraw"}


def _enter(writer: Writer, log: _Log, bodies: Bodies) -> Ingested:
    added = corrected = withdrawn = unchanged = 0
    for table in DATASET_TABLES:
        for key, body in bodies.get(table, {}).items():
            before = log.last[table].get(key)
            if table == "rule_settings" and before is not None:  # a person accepts them: `geo.store.settings`
                unchanged += before.body == body
                continue
            if log.folder.get((table, key)) == body or (before and before.body == body):
                unchanged += 1
                continue
            is_new = before is None or before.action == "withdraw"
            added, corrected = added + is_new, corrected + (not is_new)
            when = _recorded_at(table, key, body, before, writer.now)
            writer.enter(table, key, body, before, when, _recorded_by(table, body), "ingest")
    for table, key in _gone(log, bodies):
        withdrawn += 1
        writer.enter(table, key, None, log.last[table][key], writer.now, INGESTED_BY, "ingest")
    _enter_order(writer, log, bodies)
    return Ingested(added, corrected, withdrawn, unchanged)


def _gone(log: _Log, bodies: Bodies) -> Iterator[RowId]:
    """Rows that the folder had and has no more, and that nobody has withdrawn."""
    for (table, key), body in log.folder.items():
        is_there = log.last[table][key].action != "withdraw"
        if body is not None and is_there and table != ORDER and key not in bodies.get(table, {}):
            yield table, key


def _recorded_at(table: str, key: str, body: str, before: Entry | None, now: datetime) -> datetime:
    """A new event counts from the day that it names, a corrected one from a later day that it names, or from now."""
    if table != "events":
        return now
    day = json.loads(body)["recorded_at"]
    try:
        stated = datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError as error:
        raise EntryError(f"events {key}: recorded_at {day} is no day that a database can keep.") from error
    if before is None:
        return stated
    return stated if stated > before.recorded_at else now


def _recorded_by(table: str, body: str) -> str:
    return str(json.loads(body)["recorded_by"]) if table == "events" else INGESTED_BY


def _enter_order(writer: Writer, log: _Log, bodies: Bodies) -> None:
    """Keeps the order of the folder's rows where the log alone would give another one."""
    for table, rows in bodies.items():
        before = log.last[ORDER].get(table)
        held = log.standing(table) | rows
        present = [key for key in ordered(held, before.body if before else None) if key in rows]
        if present != list(rows):
            writer.enter(ORDER, table, order_body(table, rows), before, writer.now, INGESTED_BY, "ingest")
