"""The store: a database with one ledger for each dataset."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import pandas as pd
from sqlalchemy import URL, Connection, select

from geo.control.learned import learned
from geo.dataset import Dataset
from geo.errors import UnknownDatasetError
from geo.store import projection
from geo.store.edits import edits
from geo.store.engine import make_engine, prepare, reading, shown_url, store_url, writing
from geo.store.entries import COLUMNS_OF_ENTRY, Entry
from geo.store.ingest import Ingested, ingest
from geo.store.replay import moment_of, replay
from geo.store.rows import Row, dataset_of
from geo.store.tables import entries, ledgers
from geo.store.writer import Writer
from geo.validation import shown

Moment = pd.Timestamp | datetime
"""With a time zone: that moment. Without one: the end of that day, in UTC."""


class Store:
    """A database of ledgers; threads may share it, processes open their own.

    url: see `geo.store.engine`; by default where HOLDLINE_DATABASE_URL says, else the SQLite file in the folder of
    datasets. The tables are made, or brought up to date, when it is opened.
    busy_timeout_s: how long a writer waits for another one.
    Every method raises StoreError if the database cannot go on; the next call tries again.
    """

    def __init__(self, url: URL | None = None, busy_timeout_s: float = 30) -> None:
        self.engine = make_engine(url or store_url(), busy_timeout_s)
        prepare(self.engine)

    @property
    def name(self) -> str:
        """The file or address, as it is safe to show."""
        return shown_url(self.engine.url)

    def ledger_ids(self) -> list[str]:
        """The datasets that are kept, sorted."""
        with reading(self.engine) as connection:
            return sorted(connection.execute(select(ledgers.c.ledger_id)).scalars())

    def ledger(self, dataset_id: str) -> "Ledger":
        """The ledger of a dataset. Raises UnknownDatasetError if there is none."""
        known = self.ledger_ids()
        if dataset_id not in known:
            raise UnknownDatasetError(
                f"{self.name} has no dataset {shown(dataset_id)}: use {', '.join(known)}, or "
                "put it there with `python -m geo ingest`."
                if known
                else f"{self.name} holds no dataset yet: put them there with `python -m geo ingest`."
            )
        return Ledger(self, dataset_id)

    def ingest(self, dataset: Dataset) -> Ingested:
        """Brings the ledger of a dataset up to date with what its folder says, see `geo.store.ingest`."""
        counts = ingest(self.engine, dataset)
        Ledger(self, dataset.dataset_id).refresh()
        return counts

    def close(self) -> None:
        """Ends all connections."""
        self.engine.dispose()


class Ledger:
    """Everything that was ever recorded about one dataset."""

    def __init__(self, store: Store, dataset_id: str) -> None:
        self._store = store
        self.dataset_id = dataset_id

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reading(self._store.engine) as connection:
            yield connection

    def append(
        self,
        rows: Sequence[Row],
        recorded_by: str,
        recorded_at: datetime | None = None,
        expected: Mapping[str, int] | None = None,
    ) -> list[int]:
        """Enters rows, all or none; returns their positions. When it returns they are on the disk.

        rows: checked before (`geo.validation.check_table`), a row after those that it names. A row whose key is known
        becomes a correction; the same row again adds nothing, so a call that failed can be repeated.
        recorded_at: when they became known; now if not given. expected: key of a row -> position of the entry that
        the editor had before them (0: none).
        Raises EditConflictError if that is not the row's last entry any more, EntryError for a row that names what
        does not exist or cannot be kept.
        """
        with writing(self._store.engine) as connection:
            return Writer(connection, self.dataset_id).append(rows, recorded_by, recorded_at, dict(expected or {}))

    def withdraw(self, table: str, keys: Iterable[str], recorded_by: str, expected: Mapping[str, int]) -> list[int]:
        """Enters that rows are taken back; errors as for `append`."""
        with writing(self._store.engine) as connection:
            return Writer(connection, self.dataset_id).withdraw(table, keys, recorded_by, dict(expected))

    def refresh(self, anew: bool = False) -> int:
        """Brings the kept intervals up to date with the entries; returns how many places were computed anew.

        What is read never depends on it, only how fast. anew: compute them all, whatever is kept.
        """
        with self._reading() as connection:
            update = projection.due(connection, self.dataset_id, anew)
        if update.last == update.kept and not anew:
            return 0
        with writing(self._store.engine) as connection:
            Writer(connection, self.dataset_id)
            return projection.put(connection, self.dataset_id, update)

    def entries(self, table: str | None = None, key: str | None = None, after: int = 0) -> list[Entry]:
        """The log, in order. table, key: only of these rows. after: only entries after this position."""
        rows = select(*COLUMNS_OF_ENTRY).where(entries.c.ledger_id == self.dataset_id, entries.c.position > after)
        if table is not None:
            rows = rows.where(entries.c.table_name == table)
        if key is not None:
            rows = rows.where(entries.c.key == key)
        with self._reading() as connection:
            return [Entry(*row) for row in connection.execute(rows.order_by(entries.c.position))]

    def dataset(self, known_at: Moment | None = None) -> Dataset:
        """The dataset as it holds now, or as it was known at a moment, for `geo.pipeline.run`."""
        with self._reading() as connection:
            return dataset_of(replay(connection, self.dataset_id, _moment(known_at)))

    def control_as_of(self, date: pd.Timestamp, known_at: Moment | None = None) -> pd.DataFrame:
        """The state of every place on a day (`geo.control.states.states_on`), as we know it now or knew it then."""
        with self._reading() as connection:
            return projection.states(connection, self.dataset_id, date, _moment(known_at))

    def intervals(self, known_at: Moment | None = None) -> pd.DataFrame:
        """Who held each place from when to when (table `intervals`), as we know it now or knew it then."""
        with self._reading() as connection:
            return projection.known_intervals(connection, self.dataset_id, _moment(known_at))

    def learned(self, from_moment: Moment, to_moment: Moment) -> pd.DataFrame:
        """What became known after the first moment and up to the second: table `learned`, see `geo.control.learned`."""
        with self._reading() as connection:
            bodies = [replay(connection, self.dataset_id, moment_of(each)) for each in (from_moment, to_moment)]
            became_known = self._became_known(connection, moment_of(to_moment))
        before, after = map(dataset_of, bodies)
        return learned(before, after, pd.Timestamp(moment_of(from_moment).date()), became_known)

    def edits(self) -> pd.DataFrame:
        """Rows of the folder that were edited or taken out since they were first entered, see `geo.store.edits`."""
        with self._reading() as connection:
            return edits(connection, self.dataset_id)

    def _became_known(self, connection: Connection, until: datetime) -> "pd.Series[pd.Timestamp]":
        """By event_id the day on which its last entry became known."""
        rows = select(entries.c.key, entries.c.recorded_at).where(
            entries.c.ledger_id == self.dataset_id, entries.c.table_name == "events", entries.c.recorded_at <= until
        )
        days = {key: moment.date() for key, moment in connection.execute(rows.order_by(entries.c.position))}
        return pd.Series(days, dtype="object").astype("datetime64[s]")


def _moment(known_at: Moment | None) -> datetime | None:
    return None if known_at is None else moment_of(known_at)
