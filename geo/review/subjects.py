"""What a decision is about: an item of the queue with everything that a decision on it may write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.formats.cells import to_text
from geo.pipeline import Build
from geo.review.queue import rivals, stable_ids
from geo.schema import COLUMNS, conform

Cells = Mapping[str, str]
"""A row of a table: column -> text as in a CSV file."""


@dataclass(frozen=True)
class Subject:
    """One item of the queue.

    item_id, kind: see `geo.review.queue`. event: the row of `events` that it is about, None for a name.
    rivals: rows of the events that contradict it. document_id, toponym: of a name. area_km2: of the place; None where
    it is not known. document: the row of `documents` that is quoted.
    """

    item_id: str
    kind: str
    event: Cells | None
    rivals: tuple[Cells, ...]
    document_id: str
    toponym: str
    area_km2: float | None
    document: pd.DataFrame


def subject_of(build: Build, item: Any) -> Subject:
    """The subject of a row of the queue."""
    documents = build.dataset.documents
    named = "" if pd.isna(item.document_id) else str(item.document_id)
    is_event = item.kind != "place"
    return Subject(
        item_id=str(item.item_id),
        kind=str(item.kind),
        event=_cells(build, [item.event_id])[0] if is_event else None,
        rivals=tuple(_cells(build, rivals(build.events, item.event_id))) if item.kind == "disagreement" else (),
        document_id=named,
        toponym="" if pd.isna(item.toponym) else str(item.toponym),
        area_km2=None if pd.isna(item.area_km2) else float(item.area_km2),
        document=documents[documents["document_id"] == named],
    )


def place_cells(build: Build, place_id: str) -> Cells | None:
    """The row of `places` of a place that the build knows, its parent left out if the dataset has it not."""
    places = pd.DataFrame(build.places.drop(columns="geometry"))
    place = places[places["place_id"] == place_id]
    if place.empty:
        return None
    own = build.dataset.places["place_id"]
    place = place.assign(parent_place_id=place["parent_place_id"].where(place["parent_place_id"].isin(own)))
    return dict(to_text("places", conform("places", place)).iloc[0][COLUMNS["places"]])


def _cells(build: Build, event_ids: list[str]) -> list[Cells]:
    events = build.events[build.events["event_id"].isin(event_ids)]
    kept = conform("events", events.assign(event_id=stable_ids(events)))
    rows = to_text("events", kept).itertuples(index=False, name=None)
    return [dict(zip(COLUMNS["events"], row, strict=True)) for row in rows]
