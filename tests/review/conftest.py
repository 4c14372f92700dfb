"""A small dataset in a store, with readings of a program, contradicting reports and a name that waits."""

import dataclasses
from collections.abc import Iterator

import pandas as pd
import pytest

from geo.dataset import Dataset
from geo.formats.datasets import read_dataset
from geo.pipeline import Build, run
from geo.schema import conform
from geo.store.accounts import add_account
from geo.store.engine import sqlite_url
from geo.store.ledger import Store
from geo.store.reviews import ReviewDesk
from tests.conftest import SMALL_DATASET
from tests.databases import Contents, NewUrl, contents, fill
from tests.hashes import cheap_hashes

PASSWORD = "a long enough one"
ROLES = {"vera": "viewer", "edit": "editor", "rita": "reviewer", "rolf": "reviewer", "olga": "owner"}


@pytest.fixture(scope="session")
def waiting_dataset() -> Dataset:
    """The small dataset without e2, which its document still reports, and with two reports that disagree on q5."""
    small = read_dataset(SMALL_DATASET)
    events = small.events[small.events["event_id"] != "e2"]
    disagreeing = events[events["event_id"] == "e6"].assign(document_id="herald-2021-03-08")
    other = disagreeing.assign(event_id="e7", to_actor="league", document_id="herald-2021-03-01")
    disagreeing = disagreeing.assign(from_actor=None)
    other = other.assign(from_actor=None)
    events = pd.concat([events[events["event_id"] != "e6"], disagreeing, other], ignore_index=True)
    return dataclasses.replace(small, events=conform("events", events), second_person_above_km2=5.0)


@pytest.fixture(scope="session")
def waiting_build(waiting_dataset: Dataset) -> Build:
    """Its build, in which nobody knows what Geneva is."""
    built = run(waiting_dataset)
    mentions = built.mentions.assign(place_id=built.mentions["place_id"].where(built.mentions["toponym"] != "Geneva"))
    return dataclasses.replace(built, mentions=mentions)


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    with cheap_hashes():
        yield


@pytest.fixture(scope="session")
def contents_of_waiting(waiting_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What is in a store with the dataset and an account of each role, two of reviewers."""
    opened = Store(sqlite_url(tmp_path_factory.mktemp("store") / "holdline.sqlite"))
    opened.ingest(waiting_dataset)
    for user_id, role in ROLES.items():
        add_account(opened.engine, user_id, user_id.title(), role, PASSWORD)
    held = contents(opened)
    opened.close()
    return held


@pytest.fixture
def store(new_url: NewUrl, contents_of_waiting: Contents) -> Iterator[Store]:
    """That store, on each of both databases, for one test."""
    opened = Store(new_url(), busy_timeout_s=5)
    fill(opened, contents_of_waiting)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> ReviewDesk:
    """The review of the dataset."""
    return ReviewDesk(store, store.ledger("small"))
