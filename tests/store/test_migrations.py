"""The database that the migrations make is the one that the program has in mind."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from geo.errors import StoreDamagedError, StoreVersionError
from geo.store.engine import make_engine, prepare, sqlite_url
from geo.store.ledger import Store
from geo.store.tables import metadata


def test_migrations_make_the_tables_of_the_program(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_a_store_again_changes_nothing(filled: Store) -> None:
    before = filled.ledger("small").entries()
    again = Store(filled.engine.url)
    assert again.ledger("small").entries() == before
    again.close()


def test_a_database_of_a_newer_holdline_is_refused(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StoreVersionError, match="made by a newer Holdline"):
        prepare(store.engine)


def test_a_database_of_another_program_is_refused(tmp_path) -> None:
    engine = make_engine(sqlite_url(tmp_path / "other.sqlite"))
    with engine.begin() as connection:
        connection.execute(text("create table entries (id integer)"))
    with pytest.raises(StoreDamagedError, match="Holdline did not make"):
        prepare(engine)
    engine.dispose()
