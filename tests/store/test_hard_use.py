"""The short form of what `benchmarks/ledger.py` does for long."""

from pathlib import Path

from geo.dataset import Dataset
from tests.store.conftest import NewUrl
from tests.store.hard_use import kill_while_writing, write_and_read


def test_a_process_that_is_killed_while_it_writes_leaves_nothing_half(
    new_url: NewUrl, small: Dataset, tmp_path: Path
) -> None:
    used = kill_while_writing(new_url(), small, times=6, folder=tmp_path)
    assert (used.faults, used.missing) == ([], [])


def test_writers_lose_nothing_and_readers_see_no_error(new_url: NewUrl, small: Dataset, tmp_path: Path) -> None:
    used = write_and_read(new_url(), small, seconds=1.5, writers=3, readers=4, folder=tmp_path)
    assert (used.errors, used.missing, used.faults) == ([], [], [])
    assert used.acknowledged > 0
    assert used.reads > 0
