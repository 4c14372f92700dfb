"""Adding entries to one ledger, inside one transaction."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from geo.errors import EditConflictError, EntryError
from geo.references import REFERENCES
from geo.schema import COLUMNS
from geo.store.entries import COLUMNS_OF_ENTRY, GENESIS, Entry, chain_hash, found_by
from geo.store.rows import KEYS, Row, body_of
from geo.store.tables import entries, ledgers
from geo.validation import shown

_MOST_KEY_BYTES = 1000
_AT_ONCE = 20_000
_NUL = re.compile(r"\0|(?<!\\)(?:\\\\)*\\u0000")
"""As it is, and as JSON escapes it."""


class Writer:
    """The only one that adds to a ledger until its transaction ends: others wait.

    connection: of `geo.store.engine.writing`. A ledger that does not exist is begun.
    """

    def __init__(self, connection: Connection, ledger_id: str) -> None:
        self._connection = connection
        self.ledger_id = ledger_id
        self._lock()
        last = connection.execute(
            select(entries.c.position, entries.c.hash, entries.c.stored_at)
            .where(entries.c.ledger_id == ledger_id)
            .order_by(entries.c.position.desc())
            .limit(1)
        ).first()
        self._position: int = last.position if last else 0
        self._hash: str = last.hash if last else GENESIS
        # A clock that was set back must not put an entry before one that was written earlier.
        self.now = max(datetime.now(UTC), last.stored_at) if last else datetime.now(UTC)
        self._added: list[Entry] = []

    def _lock(self) -> None:
        row = select(ledgers.c.ledger_id).where(ledgers.c.ledger_id == self.ledger_id).with_for_update()
        if self._connection.execute(row).first() is None:
            if problem := _unstorable(self.ledger_id):
                raise EntryError(f"The name of the dataset {shown(self.ledger_id)} has {problem}.")
            new = {"ledger_id": self.ledger_id, "created_at": datetime.now(UTC)}
            self._connection.execute(insert(ledgers).values(new))

    def current(self, table: str, key: str) -> Entry | None:
        """The last entry of a row, also one that withdraws it; None if there is none."""
        row = self._connection.execute(
            select(*COLUMNS_OF_ENTRY)
            .where(entries.c.ledger_id == self.ledger_id, entries.c.table_name == table, entries.c.key == key)
            .order_by(entries.c.position.desc())
            .limit(1)
        ).first()
        return None if row is None else Entry(*row)

    def enter(
        self, table: str, key: str, body: str | None, before: Entry | None, recorded_at: datetime, by: str, via: str
    ) -> int:
        """Adds an entry, at the latest when `flush` comes, and returns its position. body: None to withdraw the row.

        before: the row's last entry. Raises EntryError for what cannot be kept.
        """
        if len(key.encode()) > _MOST_KEY_BYTES:
            raise EntryError(f"{table}: the id {shown(key)} is longer than {_MOST_KEY_BYTES} bytes: shorten it.")
        for text in (key, by, body or ""):
            if problem := _unstorable(text):
                raise EntryError(f"{table} {shown(key)} has {problem}.")
        is_new = before is None or before.action == "withdraw"
        place_id, supersedes = found_by(table, body or "")
        self._position += 1
        entry = Entry(
            ledger_id=self.ledger_id,
            position=self._position,
            table_name=table,
            key=key,
            action="withdraw" if body is None else "assert" if is_new else "correct",
            replaces=before.position if before else None,
            recorded_at=max(recorded_at, before.recorded_at) if before else recorded_at,
            stored_at=self.now,
            recorded_by=by,
            via=via,
            body=body or "",
            place_id=place_id,
            supersedes=supersedes,
            hash="",
        )
        self._hash = chain_hash(self._hash, entry)
        self._added.append(entry._replace(hash=self._hash))
        if len(self._added) >= _AT_ONCE:
            self.flush()
        return self._position

    def flush(self) -> None:
        """Puts the entries into the database."""
        if self._added:
            self._connection.execute(insert(entries), [entry._asdict() for entry in self._added])
            self._added = []

    def append(self, rows: Sequence[Row], by: str, recorded_at: datetime | None, expected: dict[str, int]) -> list[int]:
        """See `Ledger.append`."""
        positions = []
        for row in rows:
            _require_columns(row)
            before = self.current(row.table, row.key)
            require_unchanged(row.table, row.key, before, expected)
            body = body_of(row.cells)
            if before is not None and before.body == body:
                positions.append(before.position)
                continue
            self._require_references(row)
            when = recorded_at or self.now
            positions.append(self.enter(row.table, row.key, body, before, when, by, "edit"))
            self.flush()
        return positions

    def withdraw(self, table: str, keys: Iterable[str], by: str, expected: dict[str, int]) -> list[int]:
        """See `Ledger.withdraw`."""
        positions = []
        for key in keys:
            before = self.current(table, key)
            require_unchanged(table, key, before, expected)
            if before is None:
                raise EntryError(f"{table} has no row {shown(key)} that could be taken back.")
            if before.action == "withdraw":
                positions.append(before.position)
                continue
            positions.append(self.enter(table, key, None, before, self.now, by, "edit"))
        self.flush()
        return positions

    def _require_references(self, row: Row) -> None:
        """Raises EntryError unless every id that the row names is in the ledger."""
        named = {
            (target, row.cells[column])
            for table, column, target, key in REFERENCES
            if table == row.table and KEYS.get(target) == key and row.cells.get(column)
        }
        for target, key in sorted(named):
            last = self.current(target, key)
            if last is not None and last.action != "withdraw":
                continue
            raise EntryError(
                f"{row.table} {shown(row.key)} names {shown(key)}, which is not among the {target} of "
                f"{self.ledger_id}: correct it, or add it there first. Nothing was saved."
            )


def require_unchanged(table: str, key: str, before: Entry | None, expected: dict[str, int]) -> None:
    """Raises EditConflictError unless the row's last entry is the one that the editor had before them."""
    found = before.position if before else 0
    if expected.get(key, found) != found:
        by = f"by {shown(before.recorded_by)} at {before.stored_at:%Y-%m-%d %H:%M} UTC" if before else "by somebody"
        raise EditConflictError(
            f"{table} {shown(key)} was changed {by} while you were editing it. Yours is not saved: look at the "
            "row as it is now, then do it again."
        )


def _require_columns(row: Row) -> None:
    unknown = set(row.cells) - set(COLUMNS[row.table])
    if unknown or not row.cells.get(KEYS[row.table]):
        wrong = f"has no column {shown(min(unknown))}" if unknown else f"needs a {KEYS[row.table]}"
        raise EntryError(f"The table {row.table} {wrong}: correct the row.")


def _unstorable(text: str) -> str | None:
    """What is in a text that not both databases can keep."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "half of a character (a lone surrogate): write it again"
    return "the character NUL, which no database can keep: remove it" if _NUL.search(text) else None
