"""The ways into Holdline, each a function that takes in what it is given or raises."""

import csv
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import DatasetError, DocumentError, Problem
from geo.formats.boundaries import read_boundaries
from geo.formats.datasets import read_dataset
from geo.formats.dated_polygons import read_snapshots
from geo.formats.documents import iter_documents, read_document
from geo.formats.gazetteers import read_gazetteer
from geo.formats.keyed import read_toml
from geo.formats.observed import Frame, Gaps
from geo.formats.state_tables import parse_states
from geo.formats.tables import read_table, table_text
from geo.review.decisions import Decision
from geo.review.subjects import Subject
from geo.schema import KINDS, empty_table
from geo.store.accounts import check_password
from geo.store.backup import restore
from geo.store.ledger import Store
from geo.store.login_limit import LoginLimit
from geo.store.reviews import ReviewDesk
from geo.store.rows import rows_of
from tests.conftest import SMALL_DATASET
from tests.corpus.tables import TABLES
from tests.store.test_ledger import capture
from ui.links import page_link, read_link

_BY_DAY = SMALL_DATASET.parent / "by_day"
SCRATCH = "scratch"
"""The ledger that rows and decisions go to, if they are taken in."""
Way = Callable[[Any, Store], object]
_NO_LIMIT = LoginLimit(free_in_all=10_000, free_here=10_000)


def _table(name: str, path: Path, _: Store) -> None:
    """What is read is what stands there, text for text."""
    frame = read_table(name, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in (column for column, kind in KINDS[name].items() if kind == "text"):
        assert list(frame[column].fillna("")) == [row.get(column, "") for row in rows]


def _document(path: Path, _: Store) -> None:
    def refuse(problem: Problem) -> None:
        raise DocumentError(problem)

    for document in iter_documents(path, refuse):
        assert document.text.strip()


def _states(path: Path, _: Store) -> None:
    keys = {**read_toml(_BY_DAY / "dataset.toml")["states"], "file": path.name}
    days = (pd.Timestamp("2021-03-01"), pd.Timestamp("2021-03-20"))
    frame = Frame(*days, "moor", "ZZ", frozenset(("crown", "league")))
    keys["columns"] = {**keys["columns"], "date": "day"}
    _, problems = parse_states(path.parent, keys, "dataset.toml", frame)
    if problems:
        raise DatasetError(path.name, problems)


def _dataset(folder: Path, store: Store) -> None:
    """What is taken in comes out of the store as it was."""
    dataset = read_dataset(folder)
    store.ingest(dataset)
    held = store.ledger(dataset.dataset_id).dataset().tables()
    for name, frame in dataset.tables().items():
        assert table_text(name, held[name]) == table_text(name, frame)


def _row(cells: dict[str, str], store: Store) -> None:
    store.ledger(SCRATCH).append([capture(**cells)], "ana")


def _decision(reason: str, store: Store) -> None:
    [row] = rows_of("events", read_table("events", SMALL_DATASET / "events.csv").head(1))
    item_id = f"read {abs(hash(reason))}"
    event = {**row.cells, "event_id": item_id, "document_id": "", "quote": ""}
    subject = Subject(item_id, "candidate", event, (), "", "", None, empty_table("documents"))
    ReviewDesk(store, store.ledger(SCRATCH)).decide("rita", subject, Decision("reject", 0, reason))


def _link(parameters: dict[str, str], _: Store) -> None:
    state = read_link(parameters)
    page_link("changes", str(state.dataset), date=state.date, place=state.place and state.place[:50])


def _polygons(folder: Path, _: Store) -> None:
    read_snapshots(folder, re.compile(r"(\d{4})(\d{2})(\d{2})"), "", Gaps("drawn"))


WAYS: dict[str, Way] = {table: partial(_table, table) for table in TABLES} | {
    "boundaries": lambda path, _: read_boundaries(path),
    "polygons": _polygons,
    "document": _document,
    "own document": lambda path, _: read_document(path, published="2021-03-08"),
    "states": _states,
    "dataset": _dataset,
    "backup": lambda path, store: restore(store.engine.url, path, overwrite=True),
    "row": _row,
    "decision": _decision,
    "login": lambda name, store: check_password(store.engine, name, name, _NO_LIMIT),
    "link": _link,
    "gazetteer": lambda path, _: read_gazetteer(path),
}
