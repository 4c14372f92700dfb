"""What the browser needs of a build, in one compressed container: areas, intervals and the facts behind them.

Tables travel by columns; places, actors, documents and events refer to each other by position, -1 for none.
Places that have an area come first, in the order of a Hilbert curve (neighbours near each other compress well);
the others are only points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.control import rules
from geo.maps.binary import container, signed_varints, varints
from geo.maps.geometry import area_sections, degrees_per_unit
from geo.pipeline import Build

Columns = dict[str, list[Any]]
Index = dict[str, int]
State = tuple[str | None, str | None, str, str, str, bool]
"""actor, contender, status, assertion, basis, undecided: what one colour and pattern stand for."""

NOTHING_KNOWN: State = (None, None, "unknown", "assessed", "inferred", False)
_STATE_COLUMNS = ["actor", "contender", "status", "assertion", "basis", "undecided"]
_IDS = ("place_id", "event_id", "document_id", "actor_id", "rule")


@dataclass(frozen=True)
class _Positions:
    """Where each id stands in its table, as the browser refers to it."""

    places: Index
    actors: Index
    documents: Index
    events: Index


def encode(build: Build) -> bytes:
    """Return the map's data as gzip bytes; the same build gives the same bytes. See ``web/decode.js``."""
    dataset = build.dataset
    areas = _along_a_curve(build.areas)
    places = _places(build.places, areas)
    at = _Positions(
        places=_positions(places["place_id"]),
        actors=_positions(dataset.actors["actor_id"]),
        documents=_positions(dataset.documents["document_id"]),
        events=_positions(build.events["event_id"]),
    )
    intervals = _intervals_by_place(build.intervals, areas, at)
    state_codes, states = _states(intervals)
    extent = extent_degrees(build)
    unit_degrees = degrees_per_unit(extent)
    header = {
        "version": build.version,
        "dataset": {"id": dataset.dataset_id, "title": dataset.title, "title_local": dataset.title_local or ""},
        "start_date": f"{dataset.start_date:%Y-%m-%d}",
        "day_count": (dataset.end_date - dataset.start_date).days + 1,
        "opening_day": 0,
        "bounds": [[extent[1], extent[0]], [extent[3], extent[2]]],
        "degrees_per_unit": unit_degrees,
        "actors": _records(dataset.actors, ["actor_id", "name", "name_local", "colour", "side"]),
        "states": [_state_record(state, at) for state in states],
        "places": _place_columns(places, at),
        "baseline": _baseline_columns(
            build.dataset.baseline.set_index("place_id").reindex(areas["place_id"]), states, at
        ),
        "events": _event_columns(build, at),
        "documents": _columns(dataset.documents, ["document_id", "title", "publisher", "published", "url"]),
        "mentions": _mention_columns(build, at),
        "rules": _records(rules.rule_texts(), ["rule", "name", "reason"]),
        "attribution": _producers(build),
    }
    sections = {
        **area_sections(areas, unit_degrees),
        **_point_sections(places, unit_degrees),
        "intervals_per_place": varints(np.bincount(intervals["place"].astype(np.int64), minlength=len(areas))),
        **_interval_sections(intervals, dataset.start_date, state_codes, at),
    }
    return container(header, sections)


def _along_a_curve(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The areas in the order in which a Hilbert curve meets them."""
    if areas.empty:
        return areas
    return areas.iloc[areas.hilbert_distance().argsort(kind="stable")].reset_index(drop=True)


def extent_degrees(build: Build) -> tuple[float, float, float, float]:
    """West, south, east and north of the areas; without areas, of the places; without places, of the world."""
    shapes = build.areas if len(build.areas) else build.places
    west, south, east, north = shapes.total_bounds if len(shapes) else (-180.0, -60.0, 180.0, 75.0)
    return round(float(west), 5), round(float(south), 5), round(float(east), 5), round(float(north), 5)


def _positions(ids: Iterable[str]) -> Index:
    return {name: position for position, name in enumerate(ids)}


def _places(located: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Places with an area first, in the areas' order."""
    points = pd.DataFrame(located.drop(columns="geometry"))
    drawn = pd.DataFrame(areas.drop(columns="geometry"))
    with_area = drawn.merge(points, on="place_id", how="left")
    return pd.concat([with_area, points[~points["place_id"].isin(drawn["place_id"])]], ignore_index=True)


def _place_columns(places: pd.DataFrame, at: _Positions) -> Columns:
    return {
        **_columns(places, ["place_id", "name", "name_local", "aliases", "area_basis"]),
        "precision": places["place_precision"].tolist(),
        "parent": _refer(places["parent_place_id"], at.places),
    }


def _records(table: pd.DataFrame, names: list[str]) -> list[dict[str, Any]]:
    columns = _columns(table, names)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _columns(table: pd.DataFrame, names: list[str]) -> Columns:
    """Columns as JSON values: missing text is "", a date is ISO, the table's own id is called id."""
    return {"id" if name == names[0] and name in _IDS else name: _cells(table[name]) for name in names}


def _cells(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return [str(value) for value in column.dt.strftime("%Y-%m-%d")]
    if pd.api.types.is_numeric_dtype(column):
        return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]
    return ["" if missing else str(value) for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def _refer(ids: pd.Series, index: Index) -> list[int]:
    """Positions of ids, -1 where there is none."""
    return [int(position) for position in ids.map(index).fillna(-1)]


def _days(dates: pd.Series, start: pd.Timestamp) -> list[int]:
    return [int(day) for day in (dates - start).dt.days]


def _intervals_by_place(intervals: pd.DataFrame, areas: gpd.GeoDataFrame, at: _Positions) -> pd.DataFrame:
    """Intervals of the places that have an area, in the areas' order."""
    own = intervals[intervals["place_id"].isin(areas["place_id"])]
    return own.assign(place=own["place_id"].map(at.places)).sort_values(["place", "start"], ignore_index=True)


def _states(intervals: pd.DataFrame) -> tuple[list[int], list[State]]:
    """The state of each interval as a number, and what the numbers stand for; 0 is "nothing is known"."""
    numbers, unique = pd.factorize(pd.MultiIndex.from_frame(intervals[_STATE_COLUMNS]))
    occurring = [_state(row) for row in unique]
    states = [NOTHING_KNOWN, *sorted((state for state in occurring if state != NOTHING_KNOWN), key=str)]
    code_of = [states.index(state) for state in occurring]
    return [code_of[number] for number in numbers], states


def _state(row: tuple[Any, ...]) -> State:
    actor, contender, status, assertion, basis, undecided = (None if pd.isna(cell) else cell for cell in row)
    return actor, contender, str(status), str(assertion), str(basis), bool(undecided)


def _state_record(state: State, at: _Positions) -> dict[str, Any]:
    record: dict[str, Any] = dict(zip(_STATE_COLUMNS, state, strict=True))
    return {**record, **{side: at.actors.get(record[side], -1) for side in ("actor", "contender")}}


def _baseline_columns(baseline: pd.DataFrame, states: list[State], at: _Positions) -> Columns:
    """One row for each place with an area; ``state`` is -1 where the baseline says nothing."""
    rows = zip(baseline["actor"], baseline["status"], baseline["basis"], strict=True)
    number_of = {state: number for number, state in enumerate(states)}
    return {
        "state": [number_of.get((actor, None, status, "assessed", basis, False), -1) for actor, status, basis in rows],
        "document": _refer(baseline["document_id"], at.documents),
        **_columns(baseline, ["quote", "note"]),
    }


def _event_columns(build: Build, at: _Positions) -> Columns:
    events, start = build.events, build.dataset.start_date
    return {
        **_columns(events, ["event_id", "date_precision", "status", "assertion", "basis", "confidence"]),
        **_columns(events, ["quote", "note", "rule"]),
        "place": _refer(events["place_id"], at.places),
        "earliest": _days(events["earliest_date"], start),
        "latest": _days(events["latest_date"], start),
        "from": _refer(events["from_actor"], at.actors),
        "to": _refer(events["to_actor"], at.actors),
        "document": _refer(events["document_id"], at.documents),
        "corroborates": _refer(events["corroborates"], at.events),
        "changes_map": events["changes_map"].tolist(),
    }


def _mention_columns(build: Build, at: _Positions) -> Columns:
    """One row for each place and document, with how often it is named there."""
    resolved = build.mentions.dropna(subset=["place_id"])
    counted = resolved.groupby(["place_id", "document_id"], sort=True).size().reset_index(name="count")
    return {
        "place": _refer(counted["place_id"], at.places),
        "document": _refer(counted["document_id"], at.documents),
        "count": counted["count"].tolist(),
    }


def _producers(build: Build) -> list[str]:
    """Who the data comes from: the producers that the origin files name, each once, in the files' order."""
    named = [name.strip() for producer in build.dataset.origins["producer"].dropna() for name in producer.split(",")]
    return list(dict.fromkeys([*named, "Natural Earth"]))


def _point_sections(places: pd.DataFrame, unit_degrees: float) -> dict[str, bytes]:
    """Representative points as steps from place to place, and areas in hundredths of a km² (0: none)."""
    points = np.rint(places[["longitude", "latitude"]].to_numpy() / unit_degrees).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
    return {
        "point_longitude_steps": signed_varints(steps[:, 0]),
        "point_latitude_steps": signed_varints(steps[:, 1]),
        "area_hundredths_km2": varints(np.rint(places["area_km2"].fillna(0) * 100).astype(np.int64)),
    }


def _interval_sections(
    intervals: pd.DataFrame, start: pd.Timestamp, state_codes: list[int], at: _Positions
) -> dict[str, bytes]:
    """Per interval: days since the place's previous interval began, state, and step of the event's number.

    The event's number is its position + 1, 0 for the baseline.
    """
    days = np.asarray(_days(intervals["start"], start), dtype=np.int64)
    place = intervals["place"].to_numpy()
    begins = np.append(True, place[1:] != place[:-1])[: len(place)]
    gaps = np.where(begins, days, np.diff(days, prepend=0))
    events = np.asarray(_refer(intervals["event_id"], at.events), dtype=np.int64) + 1
    return {
        "interval_gaps": varints(gaps),
        "interval_states": varints(state_codes),
        "interval_event_steps": signed_varints(np.diff(events, prepend=0)),
    }
