"""Folders into the store: what goes in comes out byte for byte, the same again adds nothing, changes become entries."""

import dataclasses
import uuid
from pathlib import Path
from random import Random

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.dataset import Dataset
from geo.errors import DatasetError, EntryError
from geo.formats.datasets import read_dataset
from geo.formats.tables import table_text
from geo.schema import conform
from geo.store.ledger import Store
from geo.store.rows import Row, body_of, frame_of, rows_of
from tests.store import histories
from tests.store.histories import with_events
from tests.store.test_ledger import capture

FEW = settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])


def texts(dataset: Dataset) -> dict[str, str]:
    return {name: table_text(name, frame) for name, frame in dataset.tables().items()}


def require_same(store: Store, dataset: Dataset) -> None:
    """What the store holds is the dataset, to the byte."""
    held = store.ledger(dataset.dataset_id).dataset()
    assert texts(held) == texts(dataset)
    for name, frame in dataset.tables().items():
        pd.testing.assert_frame_equal(held.tables()[name], frame)


def test_every_table_comes_out_as_it_went_in(store: Store, small: Dataset) -> None:
    counts = store.ingest(small)
    assert counts.added == sum(map(len, small.tables().values()))
    require_same(store, small)


def test_hostile_texts_come_out_as_they_went_in(store: Store, hostile_dataset_folder: Path) -> None:
    dataset = read_dataset(hostile_dataset_folder)
    store.ingest(dataset)
    require_same(store, dataset)


def test_boundaries_come_out_to_the_last_bit(store: Store, small: Dataset) -> None:
    shapes = [shapely.box(20 + 1 / 3, 10, 20.4, 10.1), shapely.Point(20.02, 10.02).buffer(0.01)]
    boundaries: gpd.GeoDataFrame = gpd.GeoDataFrame(
        {"place_id": small.places["place_id"].iloc[1:3].reset_index(drop=True)}, geometry=shapes, crs="EPSG:4326"
    )
    dataset = dataclasses.replace(small, boundaries=boundaries)
    store.ingest(dataset)
    held = store.ledger("small").dataset()
    assert held.boundaries is not None
    assert [shape.wkb for shape in held.boundaries.geometry] == [shape.wkb for shape in shapes]
    assert held.boundaries.crs == boundaries.crs


def test_the_same_input_adds_nothing(filled: Store, small: Dataset) -> None:
    before = filled.ledger("small").entries()
    counts = filled.ingest(small)
    assert (counts.added, counts.corrected, counts.withdrawn) == (0, 0, 0)
    assert filled.ledger("small").entries() == before


@FEW
@given(st.lists(histories.events(), min_size=2, max_size=3), st.randoms())
def test_each_version_of_a_folder_comes_out_whatever_came_before(
    store: Store, small: Dataset, versions: list[pd.DataFrame], random: Random
) -> None:
    own = dataclasses.replace(small, dataset_id=uuid.uuid4().hex)
    for frame in versions:
        order = random.sample(range(len(frame)), len(frame))
        dataset = with_events(own, frame.iloc[order])
        store.ingest(dataset)
        require_same(store, dataset)
        assert store.ingest(dataset).changed == 0


def test_a_changed_row_is_a_correction_and_a_missing_one_a_withdrawal(filled: Store, small: Dataset) -> None:
    events = small.events.copy()
    events.loc[0, "note"] = "corrected"
    counts = filled.ingest(with_events(small, events.drop(index=3)))
    assert (counts.added, counts.corrected, counts.withdrawn) == (0, 1, 1)
    ledger = filled.ledger("small")
    gone = small.events.loc[3, "event_id"]
    assert [entry.action for entry in ledger.entries("events", "e1")] == ["assert", "correct"]
    assert [entry.action for entry in ledger.entries("events", gone)] == ["assert", "withdraw"]


def test_events_count_from_the_day_that_the_table_names_and_corrections_from_now(filled: Store, small: Dataset) -> None:
    events = small.events.copy()
    events.loc[0, "note"] = "corrected"
    events.loc[1, ["note", "recorded_at"]] = ["corrected as well", pd.Timestamp("2021-04-01")]
    filled.ingest(with_events(small, events))
    first, again = filled.ledger("small").entries("events", "e1")
    _, dated = filled.ledger("small").entries("events", "e2")
    assert f"{first.recorded_at:%Y-%m-%d %H:%M}" == "2021-03-08 00:00"
    assert again.recorded_at == again.stored_at > first.stored_at
    assert f"{dated.recorded_at:%Y-%m-%d}" == "2021-04-01"


def test_what_people_enter_stays_until_the_folder_says_something_else(filled: Store, small: Dataset) -> None:
    ledger = filled.ledger("small")
    [e1] = [entry.body for entry in ledger.entries("events", "e1")]
    corrected = dict(zip(*_cells(small, "e1"), strict=True)) | {"status": "mixed"}
    ledger.append([capture(), Row("events", corrected)], "ana")
    assert filled.ingest(small).changed == 0
    events = ledger.dataset().events.set_index("event_id")
    assert (events.loc["e1", "status"], events.index[-1]) == ("mixed", "n1")

    changed = small.events.copy()
    changed.loc[0, "note"] = "the folder speaks again"
    filled.ingest(with_events(small, changed))
    assert ledger.dataset().events.loc[0, "note"] == "the folder speaks again"
    assert [entry.via for entry in ledger.entries("events", "e1")] == ["ingest", "edit", "ingest"]
    assert ledger.entries("events", "e1")[0].body == e1


def _cells(dataset: Dataset, event_id: str) -> tuple[list[str], list[str]]:
    header, *rows = table_text("events", dataset.events[dataset.events["event_id"] == event_id]).splitlines()
    assert len(rows) == 1 and '"' not in rows[0]
    return header.split(","), rows[0].split(",")


def test_a_folder_that_contradicts_what_people_entered_changes_nothing(filled: Store, small: Dataset) -> None:
    filled.ledger("small").append([capture(event_id="n1", supersedes="e1")], "ana")
    before = filled.ledger("small").entries()
    without = small.events[small.events["event_id"] != "e1"]
    with pytest.raises(DatasetError, match="'e1' is not the event_id of any of the events"):
        filled.ingest(with_events(small, without))
    assert filled.ledger("small").entries() == before


def test_a_row_that_no_database_can_keep_leaves_nothing_half_loaded(store: Store, small: Dataset) -> None:
    events = small.events.copy()
    events.loc[len(events) - 1, "note"] = "\0"
    with pytest.raises(EntryError, match="NUL"):
        store.ingest(with_events(small, conform("events", events)))
    assert store.ledger_ids() == []


def test_two_datasets_keep_to_themselves(filled: Store, small: Dataset) -> None:
    other = dataclasses.replace(small, dataset_id="other", title="Another")
    filled.ingest(other)
    filled.ledger("other").append([capture()], "ana")
    assert filled.ledger_ids() == ["other", "small"]
    require_same(filled, small)
    assert filled.ledger("other").entries()[0].position == 1


def test_many_bodies_are_read_as_few_are(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = small.events.assign(note='a "quote",\nالشيخ \\ \u2028 \t' + small.events["event_id"])
    bodies = [body_of(row.cells) for row in rows_of("events", odd)]
    bodies.append(bodies[0].replace('"basis"', '"a column of another time":"x","basis"'))
    few = frame_of("events", bodies)
    monkeypatch.setattr("geo.store.rows._MANY", 1)
    monkeypatch.setattr("geo.store.rows._BLOCK_BYTES", 1)
    pd.testing.assert_frame_equal(frame_of("events", bodies), few)
