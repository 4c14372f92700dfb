"""The short form of what `benchmarks/ledger.py` does for long."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from geo.dataset import Dataset
from geo.store.ledger import Store
from geo.store.verify import verify
from tests.databases import NewUrl
from tests.store.hard_use import kill_while_writing, write_and_read
from tests.store.test_ledger import capture


@pytest.mark.slow
def test_a_process_that_is_killed_while_it_writes_leaves_nothing_half(
    new_url: NewUrl, small: Dataset, tmp_path: Path
) -> None:
    used = kill_while_writing(new_url(), small, times=4, folder=tmp_path)
    assert (used.faults, used.missing) == ([], [])


def test_threads_share_a_store(filled: Store) -> None:
    def use(number: int) -> int:
        ledger = filled.ledger("small")
        ledger.append([capture(event_id=f"t{number}")], f"thread {number}")
        return len(ledger.control_as_of(pd.Timestamp("2021-03-09")))

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(use, range(18))) == {5}
    assert [verdict.faults for verdict in verify(filled.engine)] == [[], []]
    assert sum(entry.key.startswith("t") for entry in filled.ledger("small").entries("events")) == 18


@pytest.mark.slow
def test_writers_lose_nothing_and_readers_see_no_error(new_url: NewUrl, small: Dataset, tmp_path: Path) -> None:
    used = write_and_read(new_url(), small, seconds=1.5, writers=3, readers=4, folder=tmp_path)
    assert (used.errors, used.missing, used.faults) == ([], [], [])
    assert used.acknowledged > 0
    assert used.reads > 0
