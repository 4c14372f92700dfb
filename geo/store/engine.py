"""Connections to the database: where it is, how it is opened, and the two kinds of transactions.

Without HOLDLINE_DATABASE_URL it is the SQLite file `holdline.sqlite` in the folder of datasets, else what the URL
names: `postgresql://user:password@host/database`.

A reader sees one state of the whole database from its first statement to its last and never waits for a writer. A
writer is alone with its ledger (`geo.store.entries`); what it has done is on the disk when `writing` ends.
"""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from geo.errors import StoreBusyError, StoreDamagedError, StoreError, StoreVersionError
from geo.formats.folders import data_folder
from geo.store.faults import explained

URL_VARIABLE = "HOLDLINE_DATABASE_URL"
SQLITE_FILE = "holdline.sqlite"
_BUSY_TIMEOUT_S = 30
_MIGRATION_LOCK = 7_301_966
_WRITES = "holdline_writes"


def store_url(folder: Path | None = None) -> URL:
    """Where the database is, see the head of this module. Raises StoreError for a URL that is none.

    folder: of the datasets, if it is not the usual one.
    """
    given = os.environ.get(URL_VARIABLE)
    if not given:
        return sqlite_url((folder or data_folder()) / SQLITE_FILE)
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise StoreError(
            f"{URL_VARIABLE} is not an address: write postgresql://user:password@host/database."
        ) from error
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return url.set(drivername="sqlite")
    raise StoreError(f"{URL_VARIABLE} names a database of the kind {backend}: use postgresql:// or sqlite:///.")


def sqlite_url(path: Path) -> URL:
    """The address of an SQLite file."""
    return URL.create("sqlite", database=str(path))


def shown_url(url: URL) -> str:
    """The address as it is safe to show: an SQLite file, or host and database without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"PostgreSQL {url.host or 'localhost'}{f':{url.port}' if url.port else ''}/{url.database}"


def make_engine(url: URL, busy_timeout_s: float = _BUSY_TIMEOUT_S) -> Engine:
    """Connections to a database that is not looked at yet. busy_timeout_s: how long a writer waits for another."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": busy_timeout_s}, pool_size=8, max_overflow=64)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = url.query.get("options", "")
    waits = f"{options} -c lock_timeout={round(busy_timeout_s * 1000)} -c timezone=UTC"
    return create_engine(
        url,
        connect_args={"connect_timeout": 10, "options": waits},
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=64,
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One state of the database. Raises StoreError."""
    with explained(shown_url(engine.url)), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is saved as a whole when it ends, or not at all. Raises StoreError.

    On SQLite it is the only writer; on PostgreSQL each of its statements sees what others have saved before.
    """
    with explained(shown_url(engine.url)), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.info[_WRITES] = True
        else:
            connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            yield connection


def prepare(engine: Engine) -> None:
    """Makes the tables, or brings those of an older Holdline up to date; safe when several processes begin at once.

    Raises StoreVersionError for a database of a newer Holdline, StoreDamagedError for a file that is no database.
    """
    if engine.dialect.name == "sqlite":
        _keep_write_ahead_log(engine)
    with as_file(files("geo.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        newest = ScriptDirectory.from_config(config).get_current_head()
        with reading(engine) as connection:
            if MigrationContext.configure(connection).get_current_revision() == newest:
                return
        _upgrade(engine, config)


def _upgrade(engine: Engine, config: Config) -> None:
    with writing(engine) as connection:
        if engine.dialect.name != "sqlite":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        present = MigrationContext.configure(connection).get_current_revision()
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        where = shown_url(engine.url)
        if present is not None and present not in known:
            raise StoreVersionError(
                f"{where} was made by a newer Holdline (its tables are {present}): update Holdline."
            )
        if present is None and engine.dialect.has_table(connection, "entries"):
            raise StoreDamagedError(f"{where} has a table `entries` that Holdline did not make: use another database.")
        command.upgrade(config, "head")


def _keep_write_ahead_log(engine: Engine) -> None:
    """Readers and a writer at once. The file remembers it; while another process sets it, this one must try again."""
    patience = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            with explained(shown_url(engine.url)), closing(engine.raw_connection()) as connection:
                connection.cursor().execute("pragma journal_mode = wal")
                return
        except StoreBusyError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.05)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own way of beginning transactions is off: `_begin_sqlite` does it.
    connection.isolation_level = None
    for setting in ("synchronous = full", "foreign_keys = on", "recursive_triggers = on"):
        connection.execute(f"pragma {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that begins to write later cannot wait for one, and fails.
    connection.exec_driver_sql("begin immediate" if connection.info.pop(_WRITES, False) else "begin")
