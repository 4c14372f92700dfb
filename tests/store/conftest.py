"""Stores on both databases, empty and with the small dataset."""

from collections.abc import Iterator

import pytest

from geo.dataset import Dataset
from geo.formats.datasets import read_dataset
from geo.store.engine import sqlite_url
from geo.store.ledger import Store
from tests.conftest import SMALL_DATASET
from tests.databases import Contents, NewUrl, contents, fill


@pytest.fixture
def store(new_url: NewUrl) -> Iterator[Store]:
    """An empty store."""
    opened = Store(new_url(), busy_timeout_s=5)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def small() -> Dataset:
    """The small made-up dataset."""
    return read_dataset(SMALL_DATASET)


@pytest.fixture(scope="session")
def contents_of_small(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What is in a store after the small dataset was ingested."""
    source = Store(sqlite_url(tmp_path_factory.mktemp("store") / "small.sqlite"))
    source.ingest(small)
    held = contents(source)
    source.close()
    return held


@pytest.fixture
def filled(store: Store, contents_of_small: Contents) -> Store:
    """A store with the small dataset."""
    fill(store, contents_of_small)
    return store
