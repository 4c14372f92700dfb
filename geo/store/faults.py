"""What a database says when it cannot go on, as errors that tell the user what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors as postgres
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from geo.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLostError,
    StoreReadOnlyError,
)

_NOT_DONE = "Nothing of this step was saved."
_MESSAGES: dict[type[StoreError], str] = {
    StoreFullError: f"There is no room left on the disk of the database. {_NOT_DONE} Make room, then do it again.",
    StoreReadOnlyError: (
        f"The database cannot be written. {_NOT_DONE} Give this user the right to write its file and folder (or its "
        "tables), or move it to a disk that can be written, then do it again."
    ),
    StoreBusyError: f"Somebody else is writing to the database for too long. {_NOT_DONE} Do it again in a moment.",
    StoreLostError: (
        "The connection to the database broke or cannot be made. A step that was under way is saved as a whole or not "
        "at all. When the server is back, do it again: what is there already is not added twice."
    ),
    StoreDamagedError: (
        "The database is damaged or is no database of Holdline. Keep the file as it is and restore a backup: "
        "`python -m geo restore FILE --overwrite`."
    ),
}
_SQLITE = {
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_READONLY: StoreReadOnlyError,
    sqlite3.SQLITE_PERM: StoreReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: StoreReadOnlyError,
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_PROTOCOL: StoreBusyError,
    sqlite3.SQLITE_CORRUPT: StoreDamagedError,
    sqlite3.SQLITE_NOTADB: StoreDamagedError,
    sqlite3.SQLITE_IOERR: StoreFullError,
}
_POSTGRES: tuple[tuple[type[psycopg.Error], type[StoreError]], ...] = (
    (postgres.DiskFull, StoreFullError),
    (postgres.ReadOnlySqlTransaction, StoreReadOnlyError),
    (postgres.InsufficientPrivilege, StoreReadOnlyError),
    (postgres.LockNotAvailable, StoreBusyError),
    (postgres.DeadlockDetected, StoreBusyError),
    (postgres.SerializationFailure, StoreBusyError),
    (postgres.QueryCanceled, StoreBusyError),
    (postgres.TooManyConnections, StoreBusyError),
    (postgres.DataCorrupted, StoreDamagedError),
    (psycopg.OperationalError, StoreLostError),
)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turns what the database raises into a StoreError that names it; faults of the program pass as they are.

    where: the file or address of the database, as it is safe to show.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusyError(f"{where}: {_MESSAGES[StoreBusyError]}") from error
    except (DBAPIError, sqlite3.Error, psycopg.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        kind = _kind(cause)
        if kind is None and isinstance(error, DBAPIError) and error.connection_invalidated:
            kind = StoreLostError
        if kind is None:
            raise
        raise kind(f"{where}: {_MESSAGES[kind]} (The database says: {_first_line(cause)})") from error


def _kind(cause: BaseException | None) -> type[StoreError] | None:
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    return next((ours for theirs, ours in _POSTGRES if isinstance(cause, theirs)), None)


def _first_line(cause: BaseException | None) -> str:
    return next(iter(str(cause).splitlines()), type(cause).__name__)
