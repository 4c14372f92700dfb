"""Hostile input is taken in as it is, or refused with the place of the fault; the store stays as it was."""

import dataclasses
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from geo.dataset import Dataset
from geo.errors import HoldlineError
from geo.store.accounts import add_account
from geo.store.engine import sqlite_url
from geo.store.ledger import Store
from geo.store.tables import entries
from geo.store.verify import verify
from tests.corpus.archives import hostile_archives
from tests.corpus.documents import hostile_documents
from tests.corpus.kinds import Hostile
from tests.corpus.shapes import hostile_shapes
from tests.corpus.stores import hostile_stores
from tests.corpus.tables import hostile_tables
from tests.corpus.ways import SCRATCH, WAYS
from tests.databases import Contents, fill

CORPUS = [*hostile_tables(), *hostile_shapes(), *hostile_documents(), *hostile_archives(), *hostile_stores()]
MOST_CPU_S = 20
MOST_MEMORY_MB = 600
Heads = dict[str, tuple[int, str]]
params = [pytest.param(each, id=each.name, marks=[pytest.mark.slow] if each.slow else []) for each in CORPUS]


def test_it_is_as_large_as_was_asked_for() -> None:
    assert len(CORPUS) >= 300
    assert len({each.name for each in CORPUS}) == len(CORPUS)
    assert {each.way for each in CORPUS} == set(WAYS)


@pytest.fixture(scope="module")
def store(contents_of_small: Contents, small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the small dataset, which all of the corpus is tried on, and one to write to; sound at the end."""
    opened = Store(sqlite_url(tmp_path_factory.mktemp("store") / "store.sqlite"))
    fill(opened, contents_of_small)
    opened.ingest(dataclasses.replace(small, dataset_id=SCRATCH))
    add_account(opened.engine, "rita", "Rita", "reviewer")
    yield opened
    assert not [verdict.faults for verdict in verify(opened.engine) if verdict.faults]
    opened.close()


def heads(store: Store) -> Heads:
    """The last entry of each ledger."""
    last = select(entries.c.ledger_id, func.max(entries.c.position)).group_by(entries.c.ledger_id).subquery()
    rows = select(entries.c.ledger_id, entries.c.position, entries.c.hash).join(
        last, (entries.c.ledger_id == last.c.ledger_id) & (entries.c.position == last.c[1])
    )
    with store.engine.connect() as connection:
        return {row.ledger_id: (row.position, row.hash) for row in connection.execute(rows)}


@pytest.mark.parametrize("hostile", params)
def test_hostile_input(hostile: Hostile, store: Store, tmp_path: Path) -> None:
    given = hostile.make(tmp_path)
    before, memory_mb = heads(store), _peak_mb()
    started = time.process_time()
    said = None
    try:
        WAYS[hostile.way](given, store)
    except HoldlineError as error:
        said = str(error)
    assert time.process_time() - started < MOST_CPU_S
    assert _peak_mb() - memory_mb < MOST_MEMORY_MB
    after = heads(store)
    others = before.keys() - {SCRATCH}
    assert {ledger: after.get(ledger) for ledger in others} == {ledger: before[ledger] for ledger in others}
    if said is None:
        assert hostile.place is None or hostile.may_load, "it was taken in"
    else:
        assert after == before
        assert hostile.place is not None, said
        assert re.search(hostile.place, said), said


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
