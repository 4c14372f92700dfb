"""Databases of both kinds for tests: SQLite in a file, and PostgreSQL where HOLDLINE_TEST_POSTGRES names a server.

HOLDLINE_TEST_POSTGRES is the URL of a server on which the user may create databases (`.ci/postgres` starts one). With
HOLDLINE_REQUIRE_POSTGRES set, a missing server is a failure.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, NullPool, Table, create_engine, insert, make_url, select, text
from sqlalchemy.exc import OperationalError

from geo.dataset import Dataset
from geo.formats.datasets import read_dataset
from geo.store.engine import sqlite_url, writing
from geo.store.ledger import Store
from geo.store.tables import entries, intervals, ledgers, projections, users

SERVER_VARIABLE = "HOLDLINE_TEST_POSTGRES"
REQUIRED_VARIABLE = "HOLDLINE_REQUIRE_POSTGRES"
NewUrl = Callable[[], URL]
Contents = list[tuple[Table, list[dict[str, Any]]]]
_SMALL = Path(__file__).parent / "datasets" / "small"
_KEPT = (ledgers, entries, intervals, projections, users)


@pytest.fixture(scope="session")
def server() -> Iterator[Engine]:
    """The PostgreSQL server, connected to a database of its own that tests do not use."""
    address = os.environ.get(SERVER_VARIABLE)
    if not address:
        _not_here(f"{SERVER_VARIABLE} names no PostgreSQL server, so the store was tested on SQLite only")
    url = make_url(str(address)).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        engine.connect().close()
    except OperationalError as error:
        _not_here(f"the PostgreSQL server of {SERVER_VARIABLE} cannot be reached ({error.orig})")
    yield engine
    engine.dispose()


def _not_here(reason: str) -> None:
    if os.environ.get(REQUIRED_VARIABLE):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_databases(server: Engine) -> Iterator[NewUrl]:
    """Makes empty databases: schemas of one, which is dropped when the tests are done."""
    name = f"holdline_{uuid.uuid4().hex}"
    url = server.url.set(database=name)
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    inside = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def new_url() -> URL:
        schema = f"test_{uuid.uuid4().hex}"
        with inside.connect() as connection:
            connection.execute(text(f"create schema {schema}"))
        return url.update_query_dict({"options": f"-c search_path={schema}"})

    yield new_url
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Addresses of new, empty databases, of each kind in turn."""
    if request.param == "postgresql":
        found: NewUrl = request.getfixturevalue("postgres_databases")
        return found
    return lambda: sqlite_url(tmp_path / f"{uuid.uuid4().hex}.sqlite")


def contents(store: Store) -> Contents:
    """What a store holds, to be put into others: that is faster than to make it anew."""
    with store.engine.connect() as connection:
        return [(table, [dict(row) for row in connection.execute(select(table)).mappings()]) for table in _KEPT]


def fill(store: Store, held: Contents) -> None:
    """Puts what another store holds into an empty one."""
    with writing(store.engine) as connection:
        for table, rows in held:
            if rows:
                connection.execute(insert(table), rows)


@pytest.fixture(scope="session")
def small() -> Dataset:
    """The small made-up dataset."""
    return read_dataset(_SMALL)


@pytest.fixture(scope="session")
def contents_of_small(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What is in a store after the small dataset was ingested."""
    source = Store(sqlite_url(tmp_path_factory.mktemp("store") / "small.sqlite"))
    source.ingest(small)
    held = contents(source)
    source.close()
    return held
