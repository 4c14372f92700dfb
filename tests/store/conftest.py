"""Stores on both databases, empty and with the small dataset."""

from collections.abc import Iterator

import pytest

from geo.store.ledger import Store
from tests.databases import Contents, NewUrl, fill


@pytest.fixture
def store(new_url: NewUrl) -> Iterator[Store]:
    """An empty store."""
    opened = Store(new_url(), busy_timeout_s=5)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store, contents_of_small: Contents) -> Store:
    """A store with the small dataset."""
    fill(store, contents_of_small)
    return store
