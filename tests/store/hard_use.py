"""Hard use of a store: processes that are killed while they write, and many writers and readers at once.

Tests do it for a moment, `benchmarks/ledger.py` for long. A process acknowledges what it has written by a line in a
file of its own, which outlives it.
"""

import dataclasses
import itertools
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sqlalchemy import URL

from geo.dataset import Dataset
from geo.errors import StoreError
from geo.store.ledger import Store
from geo.store.rows import Row, rows_of
from geo.store.verify import verify

_FORK = multiprocessing.get_context("fork")
"""Children have everything imported already, so that they are killed while they write and not while they start."""


class Used(NamedTuple):
    """What came of hard use. waits_s: of each write. errors: what readers and writers were shown."""

    acknowledged: int
    missing: list[str]
    faults: list[str]
    errors: list[str]
    reads: int = 0
    waits_s: tuple[float, ...] = ()


def kill_while_writing(url: URL, dataset: Dataset, times: int, folder: Path, seed: int = 0) -> Used:
    """Starts a process that ingests and reviews, kills it at a random moment, looks at the store; so many times."""
    moments = random.Random(seed)
    acknowledged = folder / "acknowledged.txt"
    acknowledged.touch()
    faults: list[str] = []
    round_s = _seconds_of_a_round(url, dataset, acknowledged)
    for turn in range(times):
        child = _FORK.Process(target=_ingest_and_review, args=(url, dataset, acknowledged, turn))
        child.start()
        time.sleep(moments.uniform(0, 2.5 * round_s))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        store = Store(url)
        faults += [f"after kill {turn}: {fault}" for verdict in verify(store.engine) for fault in verdict.faults]
        store.close()
    keys = acknowledged.read_text("utf-8").split()
    return Used(len(keys), _missing(url, dataset, keys), faults, [])


def _seconds_of_a_round(url: URL, dataset: Dataset, acknowledged: Path) -> float:
    """How long it takes here and now to open the store and to ingest and review once."""
    started = time.perf_counter()
    child = _FORK.Process(target=_ingest_and_review, args=(url, dataset, acknowledged, -1, 1))
    child.start()
    child.join()
    return time.perf_counter() - started


def _ingest_and_review(url: URL, dataset: Dataset, acknowledged: Path, turn: int, rounds: int | None = None) -> None:
    store = Store(url)
    [event] = rows_of("events", dataset.events.head(1))
    with acknowledged.open("a", encoding="utf-8", buffering=1) as lines:
        for number in itertools.islice(itertools.count(), rounds):
            notes = dataset.events["note"].mask(dataset.events.index % 2 == number % 2, f"turn {turn}, {number}")
            store.ingest(dataclasses.replace(dataset, events=dataset.events.assign(note=notes)))
            ledger = store.ledger(dataset.dataset_id)
            event_id, review_id = f"k{turn}-{number}", f"r{turn}-{number}"
            review = {"review_id": review_id, "event_id": event_id, "decision": "accept"}
            rows = [Row("events", {**event.cells, "event_id": event_id}), Row("reviews", review)]
            ledger.append(rows, "reviewer")
            lines.write(f"{event_id}\n{review_id}\n")
            ledger.refresh()


def _missing(url: URL, dataset: Dataset, keys: list[str]) -> list[str]:
    """Of what was acknowledged, what is not there; and events that are there without the review of the same write."""
    store = Store(url)
    ledger = store.ledger(dataset.dataset_id) if store.ledger_ids() else None
    written = {entry.key for entry in ledger.entries()} if ledger else set()
    store.close()
    halves = {key for key in written if key[0] == "k" and f"r{key[1:]}" not in written}
    return sorted(set(keys) - written) + sorted(halves)


def write_and_read(url: URL, dataset: Dataset, seconds: float, writers: int, readers: int, folder: Path) -> Used:
    """So many writers and readers, each a process of its own, on one ledger for so long.

    A writer waits up to half a second before each event, a reader up to a second before each look at the map. On a
    machine that is too busy to start one in time, it still has one turn.
    """
    store = Store(url)
    store.ingest(dataset)
    store.close()
    until = time.time() + seconds
    jobs = [("write", number) for number in range(writers)] + [("read", number) for number in range(readers)]
    files = [folder / f"{kind}{number}.txt" for kind, number in jobs]
    children = [
        _FORK.Process(target=_write if kind == "write" else _read, args=(url, dataset, file, number, until))
        for (kind, number), file in zip(jobs, files, strict=True)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    lines = [(kind, line) for (kind, _), file in zip(jobs, files, strict=True) for line in _lines(file)]
    errors = [line[6:] for _, line in lines if line.startswith("error ")]
    errors += [f"a process ended with {child.exitcode}" for child in children if child.exitcode]
    written = [line.split() for kind, line in lines if kind == "write" and not line.startswith("error ")]
    keys = [key for key, _ in written]
    opened = Store(url)
    faults = [fault for verdict in verify(opened.engine) for fault in verdict.faults]
    opened.close()
    reads = sum(kind == "read" and not line.startswith("error ") for kind, line in lines)
    waits_s = tuple(float(wait) for _, wait in written)
    return Used(len(keys), _missing(url, dataset, keys), faults, errors, reads, waits_s)


def _write(url: URL, dataset: Dataset, file: Path, number: int, until: float) -> None:
    store = Store(url)
    ledger = store.ledger(dataset.dataset_id)
    [event] = rows_of("events", dataset.events.head(1))
    pauses = random.Random(number)
    with file.open("w", encoding="utf-8", buffering=1) as lines:
        for turn in itertools.count():
            if turn and time.time() > until:
                return
            time.sleep(pauses.uniform(0, 0.5))
            started = time.perf_counter()
            try:
                ledger.append([Row("events", {**event.cells, "event_id": f"w{number}-{turn}"})], f"writer {number}")
                lines.write(f"w{number}-{turn} {time.perf_counter() - started}\n")
                if turn % 10 == 0:
                    ledger.refresh()
            except StoreError as error:
                lines.write(f"error {error}\n")


def _read(url: URL, dataset: Dataset, file: Path, number: int, until: float) -> None:
    store = Store(url)
    days = pd.date_range(dataset.start_date, dataset.end_date)
    chosen = random.Random(number)
    with file.open("w", encoding="utf-8", buffering=1) as lines:
        for turn in itertools.count():
            if turn and time.time() > until:
                return
            time.sleep(chosen.uniform(0, 1))
            try:
                states = store.ledger(dataset.dataset_id).control_as_of(chosen.choice(days))
                lines.write(f"{len(states)}\n")
            except StoreError as error:
                lines.write(f"error {error}\n")


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.exists() else []
