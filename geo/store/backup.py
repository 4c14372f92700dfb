"""Backups: one SQLite file, whichever database it comes from or goes to, so that it is also the way between the two.

A backup is taken while others read and write, holds one state of the whole database, and is checked before it gets
its name. It has everything but sessions, login tries and locks, which belong to the running program.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Connection, Engine, Table, delete, insert, select, text

from geo.errors import BackupError, StoreDamagedError
from geo.store.engine import make_engine, prepare, reading, shown_url, sqlite_url, writing
from geo.store.tables import entries, intervals, ledgers, locks, login_tries, projections, sessions, users
from geo.store.verify import Verdict, verify

_TABLES: tuple[Table, ...] = (ledgers, entries, projections, intervals, users)
_OF_THE_RUNNING_PROGRAM = (sessions, login_tries, locks)
_INSERT_ONLY = (entries, ledgers)
_AT_ONCE = 10_000
_FILE = "backup.sqlite"


def backup(engine: Engine, file: Path, overwrite: bool = False) -> list[Verdict]:
    """Writes the database as one file; returns what was verified of it.

    Raises BackupError if the file exists (unless overwrite), cannot be written, or the database is not sound.
    """
    if file.exists() and not overwrite:
        raise BackupError(f"{file} exists: give another name, or --overwrite to write over it.")
    try:
        with TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            copy = Path(folder) / _FILE
            with _opened(sqlite_url(copy)) as target:
                _copy(engine, target)
                with writing(target) as connection:
                    for table in _OF_THE_RUNNING_PROGRAM:
                        connection.execute(delete(table))
                verdicts = _require_sound(target, "the database")
            _make_one_file(copy)
            copy.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file} cannot be written ({_said(error)}): give another place.") from error
    return verdicts


def restore(url: URL, file: Path, overwrite: bool = False) -> list[Verdict]:
    """Puts a backup in the place of an empty database, or of any if overwrite; returns what was verified of it.

    The backup is checked, and brought up to date if an older Holdline wrote it, before anything is touched; the
    database changes in one step. An SQLite file that is no database any more is kept under another name.
    Raises BackupError if it is no sound backup, or the database is not empty.
    """
    if not file.is_file():
        raise BackupError(f"{file} is not there: give the file that `python -m geo backup` wrote.")
    try:
        with TemporaryDirectory() as folder:
            copy = Path(folder) / _FILE
            _copy_file(file, copy)
            _require_backup(copy, file)
            with _opened(sqlite_url(copy)) as source, _opened_target(url, overwrite) as target:
                _require_sound(source, str(file))
                _put_in_place(source, target, overwrite)
                prepare(target)
                return _require_sound(target, shown_url(url))
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be restored ({error}): nothing was changed.") from error


def _require_backup(copy: Path, file: Path) -> None:
    """Raises BackupError for a database without any of our tables, such as a file of no bytes: it would restore as
    an empty store."""
    with closing(sqlite3.connect(copy)) as connection:
        tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if not {"alembic_version", *(table.name for table in _TABLES)} <= tables:
        raise BackupError(f"{file} is no backup of Holdline: give the file that `python -m geo backup` wrote.")


def _put_in_place(source: Engine, target: Engine, overwrite: bool) -> None:
    with reading(target) as connection:
        is_empty = connection.execute(select(ledgers.c.ledger_id).limit(1)).first() is None
    if not (is_empty or overwrite):
        raise BackupError(
            f"{shown_url(target.url)} is not empty: `--overwrite` puts the backup in its place. Everything in it that "
            "is not in the backup is lost then; make a backup of it first."
        )
    _copy(source, target)


def _copy(source: Engine, target: Engine) -> None:
    """Everything from one database to another, in one step."""
    if source.dialect.name == target.dialect.name == "sqlite":
        _copy_file(Path(str(source.url.database)), Path(str(target.url.database)))
        return
    with reading(source) as from_connection, writing(target) as to_connection, _unguarded(to_connection):
        for table in (*_OF_THE_RUNNING_PROGRAM, *reversed(_TABLES)):
            to_connection.execute(delete(table))
        for table in _TABLES:
            order = list(table.primary_key.columns)
            rows = from_connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order))
            for part in rows.mappings().partitions(_AT_ONCE):
                to_connection.execute(insert(table), [dict(row) for row in part])


def _copy_file(source: Path, target: Path) -> None:
    """SQLite's own online backup: one state of the source becomes the target in one transaction."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as from_file,
        closing(sqlite3.connect(target)) as to_file,
    ):
        from_file.backup(to_file)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Lets the insert-only tables be emptied by this transaction; only their owner may."""
    if connection.dialect.name != "postgresql":
        yield  # what is copied to here is new
        return
    for table in _INSERT_ONLY:
        connection.execute(text(f"alter table {table.name} disable trigger user"))
    yield
    for table in _INSERT_ONLY:
        connection.execute(text(f"alter table {table.name} enable trigger user"))


@contextmanager
def _opened(url: URL) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        prepare(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _opened_target(url: URL, overwrite: bool) -> Iterator[Engine]:
    """The database to restore to; one that is damaged is put aside if it may be written over."""
    file = Path(str(url.database))
    with ExitStack() as stack:
        try:
            target = stack.enter_context(_opened(url))
        except StoreDamagedError:
            if url.get_backend_name() != "sqlite" or not overwrite:
                raise
            for part in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
                if part.exists():
                    part.rename(part.with_name(f"{part.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}"))
            target = stack.enter_context(_opened(url))
        yield target


def _require_sound(engine: Engine, what: str) -> list[Verdict]:
    verdicts = verify(engine)
    for verdict in verdicts:
        if verdict.faults:
            raise BackupError(f"{what} is not sound: {verdict.ledger_id or 'database'}, {verdict.faults[0]}.")
    return verdicts


def _make_one_file(file: Path) -> None:
    """Without a log beside it, and on the disk."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma journal_mode = delete")
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _said(error: OSError | sqlite3.Error) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
