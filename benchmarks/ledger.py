"""How reliable and how fast the ledger is: python -m benchmarks.ledger [PART…] [--database KIND]; a part of RESULTS.md.

Parts: kills, crowd, faults, speed; all of them if none is named. PostgreSQL is a server of its own that `.ci/postgres`
starts (fsync on) and stops; without PostgreSQL on the machine the figures are of SQLite alone.
"""

import argparse
import contextlib
import json
import os
import platform
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import URL, text

from benchmarks.ledger_report import ledger_page
from benchmarks.ledger_subject import DAYS, Databases, databases_of_each_kind, made_up, postgres
from benchmarks.report import write_part
from geo.dataset import Dataset
from geo.errors import StoreError
from geo.formats.datasets import read_dataset
from geo.store.backup import backup, restore
from geo.store.engine import sqlite_url, writing
from geo.store.ledger import Ledger, Store
from geo.store.replay import moment_of
from geo.store.rows import Row, rows_of
from geo.store.verify import verify
from tests.store.hard_use import Used, kill_while_writing, write_and_read

HERE = Path(__file__).parent
FIGURES = HERE / "ledger.json"
ALEPPO = HERE.parent / "data" / "aleppo_2016"
SMALL = HERE.parent / "tests" / "datasets" / "small"
KILLS, SECONDS, WRITERS, READERS = 200, 60, 8, 32
Figures = dict[str, Any]


def kills(databases: Databases) -> Figures:
    """A process that ingests and reviews is killed at random moments."""
    found = {name: _used(_in_folder(kill_while_writing, new(), KILLS)) for name, new in databases.items()}
    return {name: {"times": KILLS, **used} for name, used in found.items()}


def crowd(databases: Databases) -> Figures:
    """Many writers and readers at once."""
    size = {"seconds": SECONDS, "writers": WRITERS, "readers": READERS}
    found = {name: _used(_in_folder(write_and_read, new(), *size.values())) for name, new in databases.items()}
    return {name: size | used for name, used in found.items()}


def _in_folder(use: Callable[..., Used], url: URL, *numbers: int) -> Used:
    with tempfile.TemporaryDirectory() as folder:
        return use(url, read_dataset(SMALL), *numbers, folder=Path(folder))


def _used(used: Used) -> Figures:
    waits_ms = np.array(used.waits_s or [np.nan]) * 1000
    return {
        "acknowledged": used.acknowledged,
        "missing": len(used.missing),
        "faults": used.faults[:5],
        "errors": used.errors[:5],
        "reads": used.reads,
        "write_p50_ms": float(np.percentile(waits_ms, 50)),
        "write_p95_ms": float(np.percentile(waits_ms, 95)),
        "write_max_ms": float(waits_ms.max()),
    }


def faults(databases: Databases) -> Figures:
    """What a writer is told when something is wrong, and whether the same object goes on when it is right again."""
    figures = dict(_sqlite_faults())
    if "PostgreSQL" in databases:
        figures["PostgreSQL: server stopped in the middle of a write and started again"] = _server_restarts(
            databases["PostgreSQL"]()
        )
    return figures


def _sqlite_faults() -> Iterator[tuple[str, Figures]]:
    dataset = read_dataset(ALEPPO)
    with _small_disk() as disk:
        store = Store(sqlite_url(disk / "store.sqlite"), busy_timeout_s=0.5)
        store.ingest(dataset)
        [row] = rows_of("events", dataset.events.head(1))

        ballast = disk / "ballast"
        room = os.statvfs(disk)
        ballast.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - 8192))
        yield "SQLite: disk full", _told(store, row, "full", 326, ballast.unlink)

        store.close()  # a disk with files that are open for writing does not turn read-only
        _mount("-o", "remount,ro", str(disk))
        writable = partial(_mount, "-o", "remount,rw", str(disk))
        yield "SQLite: disk turned read-only", _told(store, row, "readonly", 526, writable)

        other = sqlite3.connect(disk / "store.sqlite", isolation_level=None)
        other.execute("begin immediate")
        yield "SQLite: locked by another process", _told(store, row, "locked", 726, other.close)
        store.close()


def _told(store: Store, row: Row, name: str, before: int, put_right: Callable[[], object]) -> Figures:
    ledger = Ledger(store, "aleppo_2016")
    rows = [Row("events", {**row.cells, "event_id": f"{name}-{number}"}) for number in range(200)]
    try:
        ledger.append(rows, "writer")
        said = "nothing"
    except StoreError as error:
        said = f"{type(error).__name__}: {error}"
    put_right()
    lost = before - len(ledger.entries())
    ledger.append(rows, "writer")
    faults = [fault for verdict in verify(store.engine) for fault in verdict.faults]
    return {"said": said, "entries_lost": lost, "goes_on": len(ledger.entries()) == before + 200, "faults": faults}


def _server_restarts(url: URL) -> Figures:
    store = Store(url)
    dataset = read_dataset(ALEPPO)
    store.ingest(dataset)
    [row] = rows_of("events", dataset.events.head(1))
    before = len(store.ledger("aleppo_2016").entries())
    said = "nothing"
    try:
        with writing(store.engine) as connection:
            connection.execute(text("update projections set position = 0"))
            postgres("restart")
            connection.execute(text("select 1"))
    except StoreError as error:
        said = f"{type(error).__name__}: {error}"
    ledger = store.ledger("aleppo_2016")
    lost = before - len(ledger.entries())
    ledger.append([Row("events", {**row.cells, "event_id": "after"})], "writer")
    faults = [fault for verdict in verify(store.engine) for fault in verdict.faults]
    goes_on = bool(ledger.entries("events", "after"))
    store.close()
    return {"said": said, "entries_lost": lost, "goes_on": goes_on, "faults": faults}


@contextlib.contextmanager
def _small_disk() -> Iterator[Path]:
    """A disk of 8 MB in memory; only root can make one."""
    with tempfile.TemporaryDirectory() as folder:
        _mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def speed(databases: Databases) -> Figures:
    """A ledger of a million events."""
    dataset = made_up()
    return {name: _speed(new(), dataset) for name, new in databases.items()}


def _speed(url: URL, dataset: Dataset) -> Figures:
    store = Store(url)
    figures: Figures = {"events": len(dataset.events), "places": len(dataset.places)}

    def found(name: str, figure: object) -> None:
        figures[name] = figure
        print(url.get_backend_name(), name, json.dumps(figure), flush=True)

    found("ingest", _timed(lambda: store.ingest(dataset)))
    ledger = store.ledger(dataset.dataset_id)
    date = dataset.start_date + pd.Timedelta(days=DAYS // 2)
    found("as_of_now", _best(lambda: ledger.control_as_of(date)))
    appends, refreshes = _appends(ledger, dataset)
    found("append", _spread(appends))
    found("refresh", _spread(refreshes))
    found("bare_fsync_p50_ms", _fsync_ms())
    last_week = dataset.start_date + pd.Timedelta(days=DAYS + 10)
    found("as_known_last_week", _best(lambda: ledger.control_as_of(date, last_week), 3))
    found("as_known_in_the_middle", _best(lambda: ledger.control_as_of(date, date), 1))
    found("verify", _timed(lambda: verify(store.engine)))
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".ledger-") as folder:
        file = Path(folder) / "saved"
        found("backup", _timed(lambda: backup(store.engine, file)))
        found("backup_mb", file.stat().st_size / 1e6)
        found("restore", _timed(lambda: restore(sqlite_url(Path(folder) / "restored"), file)))
    found("ingest_again", _timed(lambda: store.ingest(dataset)))
    store.close()
    return figures


def _appends(ledger: Ledger, dataset: Dataset) -> tuple[list[Figures], list[Figures]]:
    rows = rows_of("events", dataset.events.sample(300, random_state=1))
    appends, refreshes = [], []
    for number, row in enumerate(rows):
        event = Row("events", {**row.cells, "event_id": f"new{number}", "to_actor": "red"})
        appends.append(_timed(lambda event=event: ledger.append([event], "reviewer", moment_of(dataset.end_date))))
        if number % 10 == 9:
            refreshes.append(_timed(ledger.refresh))
    return appends, refreshes


def _fsync_ms() -> float:
    """What this disk needs to keep one page, without any database."""
    waits = []
    with tempfile.NamedTemporaryFile(dir=HERE) as file:
        for _ in range(100):
            file.write(b"\0" * 4096)
            file.flush()
            started = time.perf_counter()
            os.fsync(file.fileno())
            waits.append(time.perf_counter() - started)
    return float(np.median(waits) * 1000)


def _timed(do: Callable[[], object]) -> Figures:
    wall, processor = time.perf_counter(), time.process_time()
    do()
    return {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - processor}


def _best(do: Callable[[], object], times: int = 5) -> Figures:
    runs = [_timed(do) for _ in range(times)]
    return {key: min(run[key] for run in runs) for key in runs[0]}


def _spread(runs: list[Figures]) -> Figures:
    return {
        f"{key[:-2]}_p{percent}_ms": float(np.percentile([run[key] for run in runs], percent) * 1000)
        for key in ("wall_s", "cpu_s")
        for percent in (50, 95)
    }


PARTS = {"kills": kills, "crowd": crowd, "faults": faults, "speed": speed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument(
        "--database", metavar="KIND", help="SQLite or PostgreSQL alone, the other's figures are kept (default: both)"
    )
    arguments = parser.parse_args()
    chosen = arguments.parts or list(PARTS)
    figures: Figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    with databases_of_each_kind(HERE) as every:
        databases = {kind: new for kind, new in every.items() if arguments.database in (None, kind)}
        if not databases:
            parser.error(f"there is no {arguments.database} here: choose one of {', '.join(every)}")
        for name in chosen:
            started = time.perf_counter()
            kept = figures.get(name, {}) if arguments.database else {}
            figures[name] = kept | PARTS[name](databases) | {"machine": _machine()}
            FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
            write_part("ledger", ledger_page(figures))
            print(f"{name}: {time.perf_counter() - started:.0f} s", json.dumps(figures[name], indent=1), sep="\n")


def _machine() -> Figures:
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "load": os.getloadavg()[0],
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "packages": f"SQLite {sqlite3.sqlite_version}, SQLAlchemy {version('sqlalchemy')}, "
        f"psycopg {version('psycopg')}",
    }


if __name__ == "__main__":
    main()
