"""Answers of geocoding services: one SQLite file that several processes of one application share."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_TABLES = (
    """create table if not exists answers (
        question text primary key, locations text not null, source text not null, attribution text not null
    ) without rowid""",
    """create table if not exists slots (
        service text primary key, next_free_at real not null
    ) without rowid""",
)
_BUSY_TIMEOUT_S = 30.0


class CachedAnswer(NamedTuple):
    """What a geocoding service answered to a question.

    locations: the `raw` of each location, best first; empty when the service knew no such place.
    source: the service.
    attribution: the words that must be shown with the answer.
    """

    locations: list[dict[str, object]]
    source: str
    attribution: str


class GeocodeCache:
    """Answers of geocoding services, kept in an SQLite file, and the turns to ask them.

    path: the file; it and its folder are made if they do not exist.
    Every method opens its own connection, so threads and processes may share a cache without further care.
    Raises sqlite3.Error if the file is not a database or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._transaction() as database:
            for table in _TABLES:
                database.execute(table)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
        try:
            database.execute("begin immediate")
            yield database
            database.execute("commit")
        finally:
            database.close()

    def get(self, question: str) -> CachedAnswer | None:
        """The answer to a question, or None if it was never asked; an answer without locations is "not found"."""
        with self._transaction() as database:
            row = database.execute(
                "select locations, source, attribution from answers where question = ?", (question,)
            ).fetchone()
        return None if row is None else CachedAnswer(json.loads(row[0]), row[1], row[2])

    def put(self, question: str, answer: CachedAnswer) -> None:
        """Remember the answer to a question, in place of an earlier one."""
        row = (question, json.dumps(answer.locations), answer.source, answer.attribution)
        with self._transaction() as database:
            database.execute("insert or replace into answers values (?, ?, ?, ?)", row)

    def reserve_slot(self, delay_s: float, service: str = "nominatim") -> float:
        """Reserve the next turn to ask a service; returns how many seconds to wait for it.

        Turns of one service lie at least delay_s seconds apart, whichever thread or process asks.
        """
        with self._transaction() as database:
            now = time.time()
            row = database.execute("select next_free_at from slots where service = ?", (service,)).fetchone()
            turn_at = max(now, row[0]) if row else now
            database.execute("insert or replace into slots values (?, ?)", (service, turn_at + delay_s))
        return turn_at - now
