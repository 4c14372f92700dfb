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
from geo.review.decisions import Decision, outcome_id, review_id
from geo.review.subjects import Subject
from geo.store.accounts import add_account
from geo.store.entries import Entry
from geo.store.ledger import Store
from geo.store.reviews import ReviewDesk
from geo.store.rows import Row, rows_of
from geo.store.verify import verify

_FORK = multiprocessing.get_context("fork")
"""Children have everything imported already, so that they are killed while they write and not while they start."""
_REVIEWER = "rita"


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
    store = Store(url)
    add_account(store.engine, _REVIEWER, "Rita", "reviewer")
    store.close()
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
    with acknowledged.open("a", encoding="utf-8", buffering=1) as lines:
        for number in itertools.islice(itertools.count(), rounds):
            notes = dataset.events["note"].mask(dataset.events.index % 2 == number % 2, f"turn {turn}, {number}")
            store.ingest(dataclasses.replace(dataset, events=dataset.events.assign(note=notes)))
            ledger = store.ledger(dataset.dataset_id)
            subject = _reading(dataset, f"k{turn}-{number}")
            desk = ReviewDesk(store, ledger)
            record = desk.decide(_REVIEWER, subject, Decision("reject", 0, "It is about another place."))
            lines.write(f"{subject.item_id}\n{record}\n{outcome_id(record, 1)}\n")
            if number % 2:
                lines.write(f"{desk.undo(_REVIEWER, record, 1)}\n")
            ledger.refresh()


def _reading(dataset: Dataset, event_id: str) -> Subject:
    """A change that a program has read, as it waits for a person: its rejection writes three rows."""
    [event] = rows_of("events", dataset.events.head(1))
    cells = {**event.cells, "event_id": event_id}
    return Subject(event_id, "candidate", cells, (), "", "", None, dataset.documents)


def _missing(url: URL, dataset: Dataset, keys: list[str]) -> list[str]:
    """Of what was acknowledged, what is not there; and decisions of which not every row is there."""
    store = Store(url)
    entries = store.ledger(dataset.dataset_id).entries() if store.ledger_ids() else []
    store.close()
    return sorted(set(keys) - {entry.key for entry in entries}) + sorted(_halves(entries))


def _halves(entries: list[Entry]) -> set[str]:
    """Readings without record or outcome, undone ones whose outcome stands, and records that belong to nothing."""
    rows = {(entry.key, entry.action) for entry in entries}
    readings = {entry.key for entry in entries if entry.table_name == "events" and entry.key[0] == "k"}
    records = {entry.key for entry in entries if entry.table_name == "reviews"}
    halves = records - {review_id(key, number) for key in readings for number in (1, 2)}
    for key in readings:
        made = outcome_id(review_id(key, 1), 1)
        is_whole = review_id(key, 1) in records and (made, "assert") in rows
        if not is_whole or (review_id(key, 2) in records) != ((made, "withdraw") in rows):
            halves.add(key)
    return halves


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
