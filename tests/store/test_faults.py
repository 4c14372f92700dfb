"""What goes wrong with a database: a clear error, nothing lost, and the next call works without a restart."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from geo.dataset import Dataset
from geo.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLostError,
    StoreReadOnlyError,
)
from geo.store.engine import sqlite_url, store_url, writing
from geo.store.ledger import Store
from geo.store.verify import verify
from tests.store.test_ledger import capture


@pytest.fixture
def on_sqlite(tmp_path: Path, small: Dataset) -> Iterator[Store]:
    """A store on SQLite with the small dataset, whose writers wait for a tenth of a second."""
    store = Store(sqlite_url(tmp_path / "store.sqlite"), busy_timeout_s=0.1)
    store.ingest(small)
    yield store
    store.close()


@pytest.fixture
def on_postgres(postgres_databases, small: Dataset) -> Iterator[Store]:
    """The same on PostgreSQL."""
    store = Store(postgres_databases(), busy_timeout_s=0.1)
    store.ingest(small)
    yield store
    store.close()


def require_recovered(store: Store) -> None:
    """Nothing is half there, what was acknowledged is, and the same object goes on."""
    assert not store.ledger("small").entries("events", "n1")
    assert [verdict.faults for verdict in verify(store.engine)] == [[], []]
    store.ledger("small").append([capture()], "ana")
    assert store.ledger("small").entries("events", "n1")


def test_a_full_disk(on_sqlite: Store) -> None:
    on_sqlite.close()  # so that there is one connection only
    with on_sqlite.engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar()
        connection.exec_driver_sql(f"pragma max_page_count = {pages}")
    rows = [capture(event_id=f"n{number}", note="x" * 1000) for number in range(1, 40)]
    with pytest.raises(StoreFullError, match=r"store\.sqlite: There is no room left .* Nothing of this step was saved"):
        on_sqlite.ledger("small").append(rows, "ana")
    with on_sqlite.engine.connect() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1000000")
    require_recovered(on_sqlite)


def test_a_disk_that_cannot_be_written(on_sqlite: Store) -> None:
    on_sqlite.close()  # so that there is one connection only
    with on_sqlite.engine.connect() as connection:
        connection.exec_driver_sql("pragma query_only = on")
    with pytest.raises(StoreReadOnlyError, match="cannot be written"):
        on_sqlite.ledger("small").append([capture()], "ana")
    assert not on_sqlite.ledger("small").dataset().events.empty
    with on_sqlite.engine.connect() as connection:
        connection.exec_driver_sql("pragma query_only = off")
    require_recovered(on_sqlite)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreReadOnlyError, match="Give this user the right to write"):
        Store(sqlite_url(tmp_path / "folder" / "store.sqlite"))


def test_a_locked_database(on_sqlite: Store) -> None:
    other = sqlite3.connect(str(on_sqlite.engine.url.database), isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreBusyError, match="for too long"):
        on_sqlite.ledger("small").append([capture()], "ana")
    assert not on_sqlite.ledger("small").dataset().events.empty
    other.execute("rollback")
    other.close()
    require_recovered(on_sqlite)


def test_a_writer_waits_for_another_one(tmp_path: Path, small: Dataset) -> None:
    store = Store(sqlite_url(tmp_path / "store.sqlite"), busy_timeout_s=20)
    store.ingest(small)
    other = sqlite3.connect(str(store.engine.url.database), isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    end = threading.Timer(0.3, lambda: other.execute("rollback"))
    end.start()
    store.ledger("small").append([capture()], "ana")
    end.join()
    other.close()
    store.close()


@pytest.mark.parametrize("content", [b"These are notes. " * 1000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises(StoreDamagedError, match="restore a backup"):
        Store(sqlite_url(tmp_path / "store.sqlite"))
    assert (tmp_path / "store.sqlite").read_bytes() == content


def test_a_damaged_page_is_an_error_and_not_an_answer(on_sqlite: Store, tmp_path: Path) -> None:
    on_sqlite.close()
    file = tmp_path / "store.sqlite"
    pages = bytearray(file.read_bytes())
    pages[8192:] = b"\xff" * (len(pages) - 8192)
    file.write_bytes(pages)
    with pytest.raises(StoreError):
        verify(on_sqlite.engine)


def test_a_lost_connection_in_the_middle_of_a_write(on_postgres: Store, server: Engine) -> None:
    with (
        pytest.raises(StoreLostError, match="do it again: what is there already is not added twice"),
        writing(on_postgres.engine) as connection,
    ):
        connection.execute(text("update projections set position = 0"))
        _end_connections(server, on_postgres)
        connection.execute(text("select 1"))
    require_recovered(on_postgres)


def test_readers_and_writers_do_not_notice_connections_that_broke_while_idle(
    on_postgres: Store, server: Engine
) -> None:
    ledger = on_postgres.ledger("small")
    for _ in range(2):
        _end_connections(server, on_postgres)
        assert not ledger.dataset().events.empty
        _end_connections(server, on_postgres)
        ledger.append([capture()], "ana")


def _end_connections(server: Engine, store: Store) -> None:
    with server.connect() as connection:
        ending = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"
        connection.execute(text(ending), {"name": store.engine.url.database})


def test_a_postgresql_transaction_that_may_only_read(on_postgres: Store, server: Engine) -> None:
    name = on_postgres.engine.url.database
    with server.connect() as connection:
        connection.execute(text(f"alter database {name} set default_transaction_read_only = on"))
    on_postgres.close()
    with pytest.raises(StoreReadOnlyError, match="cannot be written"):
        on_postgres.ledger("small").append([capture()], "ana")
    with server.connect() as connection:
        connection.execute(text(f"alter database {name} reset default_transaction_read_only"))
    on_postgres.close()
    require_recovered(on_postgres)


def test_a_postgresql_ledger_that_somebody_else_holds(on_postgres: Store) -> None:
    other = Store(on_postgres.engine.url)
    with writing(other.engine) as connection:
        connection.execute(text("select * from ledgers for update"))
        with pytest.raises(StoreBusyError, match="for too long"):
            on_postgres.ledger("small").append([capture()], "ana")
    other.close()
    require_recovered(on_postgres)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreLostError, match=r"PostgreSQL 127\.0\.0\.1:1/none"):
        Store(make_url("postgresql+psycopg://user:secret@127.0.0.1:1/none"))


@pytest.mark.parametrize("address", ["nonsense", "mysql://user:secret@host/database"])
def test_an_address_of_no_use_is_explained_without_its_password(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HOLDLINE_DATABASE_URL", address)
    with pytest.raises(StoreError, match=r"use postgresql://|write postgresql://") as caught:
        store_url()
    assert "secret" not in str(caught.value)
