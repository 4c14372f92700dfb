"""What the ledger is measured on: databases of each kind, and a made-up history of a million events."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import URL, create_engine, make_url, text

from geo.dataset import Dataset
from geo.schema import COLUMNS, conform, empty_table
from geo.store.engine import sqlite_url

SERVER = Path(__file__).parents[1] / ".ci" / "postgres"
PORT = 54_399
EVENTS, PLACES, DAYS = 1_000_000, 33_000, 1_500
Databases = dict[str, Callable[[], URL]]
"""By its name a kind of database -> makes a new, empty one."""


def made_up() -> Dataset:
    """33,000 places and a million changes between three sides, each recorded up to 20 days after it happened."""
    chance = np.random.default_rng(7)
    start = pd.Timestamp("2020-01-01")
    place_ids = np.array([f"p{number:05d}" for number in range(PLACES)])
    sides = np.array(["blue", "green", "red"])
    places = pd.DataFrame(
        {
            "place_id": place_ids, "name": place_ids, "latitude": chance.uniform(30, 40, PLACES).round(5),
            "longitude": chance.uniform(30, 40, PLACES).round(5), "feature_code": "PPL", "place_precision": 1,
        }
    )  # fmt: skip
    actors = pd.DataFrame({"actor_id": sides, "name": sides, "colour": "#112233", "side": sides})
    baseline = pd.DataFrame(
        {"place_id": place_ids, "date": start, "actor": "blue", "status": "controlled", "basis": "observed"}
    )
    happened = np.sort(chance.integers(0, DAYS, EVENTS))
    late = chance.integers(0, 20, EVENTS)
    events = pd.DataFrame(
        {
            "event_id": [f"e{number:07d}" for number in range(EVENTS)],
            "place_id": chance.choice(place_ids, EVENTS),
            "earliest_date": start + pd.to_timedelta(happened, unit="D"),
            "latest_date": start + pd.to_timedelta(happened, unit="D"),
            "date_precision": 1,
            "to_actor": chance.choice(sides, EVENTS),
            "status": chance.choice(["controlled", "contested"], EVENTS),
            "assertion": "assessed", "basis": "observed", "confidence": 0.9,
            "recorded_at": start + pd.to_timedelta(happened + late, unit="D"), "recorded_by": "curator",
        }
    )  # fmt: skip
    tables = {"places": places, "actors": actors, "baseline": baseline, "events": events}
    rest = {name: empty_table(name) for name in ("claims", "documents", "sources", "rule_settings", "origins", "gaps")}
    settings = {
        "dataset_id": "million", "title": "A million events", "description": "Made up.", "start_date": start,
        "end_date": start + pd.Timedelta(days=DAYS + 30), "focus_place_id": "p00000", "country_code": "ZZ",
    }  # fmt: skip
    filled = {name: conform(name, frame.reindex(columns=COLUMNS[name])) for name, frame in tables.items()}
    dataset = conform("dataset", pd.DataFrame([settings]).reindex(columns=COLUMNS["dataset"]))
    return Dataset.from_tables({"dataset": dataset, **filled, **rest})


def postgres(action: str, *words: str) -> None:
    """Starts, restarts or stops the server."""
    subprocess.run([str(SERVER), action, str(_cluster()), *words], check=True)


def _cluster() -> Path:
    return Path(tempfile.gettempdir()) / f"holdline-ledger-{os.getpid()}"


@contextlib.contextmanager
def databases_of_each_kind(beside: Path) -> Iterator[Databases]:
    """SQLite in a folder beside the path given; PostgreSQL on a server that is started for it, if it is installed."""
    numbers = iter(range(1000))
    with tempfile.TemporaryDirectory(dir=beside, prefix=".ledger-") as folder:
        kinds: Databases = {"SQLite": lambda: sqlite_url(Path(folder) / f"{next(numbers)}.sqlite")}
        try:
            postgres("start", str(PORT))
        except subprocess.CalledProcessError:
            print("PostgreSQL cannot be started: SQLite only.", file=sys.stderr)
            yield kinds
            return
        server = make_url(f"postgresql+psycopg://holdline@127.0.0.1:{PORT}/postgres")

        def new_database() -> URL:
            name = f"ledger{next(numbers)}"
            with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text(f"create database {name}"))
            return server.set(database=name)

        try:
            yield kinds | {"PostgreSQL": new_database}
        finally:
            postgres("stop")
            shutil.rmtree(_cluster())
