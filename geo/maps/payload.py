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
import numpy.typing as npt
import pandas as pd

from geo.control import rules
from geo.maps.binary import container
from geo.maps.geometry import area_columns, degrees_per_unit, point_columns
from geo.maps.reach import extents
from geo.maps.timetable import STATE_COLUMNS, State, interval_columns, reading_columns, states_of
from geo.pipeline import Build
from geo.places.nearby import towns_within
from geo.places.world import SOURCE
from geo.schema import PIECE_OF_GROUND

Columns = dict[str, list[Any]]
Index = dict[str, int]

_TOWNS_AT_MOST = 1000
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
    areas = along_a_curve(build.areas)
    towns = _towns(build)
    places = pd.concat([_places(build.places, areas), towns], ignore_index=True)
    at = _Positions(
        places=positions(places["place_id"]),
        actors=positions(dataset.actors["actor_id"]),
        documents=positions(dataset.documents["document_id"]),
        events=positions(build.events["event_id"]),
    )
    readings = {when: table for when, table in sorted(build.readings.items()) if len(table)}
    states = states_of([build.intervals, *readings.values()])
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
        "readings": list(readings),
        "states": [state_record(state, at.actors) for state in states],
        "places": _folded(_place_columns(places, at)),
        "baseline": _folded(
            _baseline_columns(build.dataset.baseline.set_index("place_id").reindex(areas["place_id"]), states, at)
        ),
        "events": _event_columns(build, at),
        "documents": _columns(dataset.documents, ["document_id", "title", "publisher", "published", "url"]),
        "mentions": _mention_columns(build, at),
        "towns": list(range(len(places) - len(towns), len(places))),
        "is_drawn_by_source": build.is_drawn_by_source,
        "unnamed": np.flatnonzero(places["feature_code"] == PIECE_OF_GROUND).tolist(),
        "extents": extents(build.places, areas, _named(build), at.places),
        "rules": _records(rules.rule_texts(), ["rule", "name", "reason"]),
        "attribution": _producers(build, with_world=len(towns) > 0),
    }
    drawn = areas["place_id"].tolist()
    timetable = (drawn, states, at.events, dataset.start_date)
    columns = {
        **area_columns(areas, unit_degrees),
        **point_columns(_units(places, unit_degrees), areas, unit_degrees),
        "area_hundredths_km2": np.rint(places["area_km2"].fillna(0) * 100).astype(np.int64),
        **interval_columns(build.intervals, *timetable),
    }
    for when, table in readings.items():
        columns |= reading_columns(when, table, *timetable)
    return container(header, columns)


def along_a_curve(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The areas in the order in which a Hilbert curve meets them."""
    if areas.empty:
        return areas
    return areas.iloc[areas.hilbert_distance().argsort(kind="stable")].reset_index(drop=True)


def extent_degrees(build: Build) -> tuple[float, float, float, float]:
    """West, south, east and north of the areas; without areas, of the places; without places, of the world."""
    shapes = build.areas if len(build.areas) else build.places
    west, south, east, north = shapes.total_bounds if len(shapes) else (-180.0, -60.0, 180.0, 75.0)
    return round(float(west), 5), round(float(south), 5), round(float(east), 5), round(float(north), 5)


def positions(ids: Iterable[str]) -> Index:
    """Where each id stands among them."""
    return {name: position for position, name in enumerate(ids)}


def _places(located: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Places with an area first, in the areas' order."""
    points = pd.DataFrame(located.drop(columns="geometry"))
    drawn = pd.DataFrame(areas.drop(columns="geometry"))
    with_area = drawn.merge(points, on="place_id", how="left")
    return pd.concat([with_area, points[_beyond(points, drawn)]], ignore_index=True)


def _towns(build: Build) -> pd.DataFrame:
    """Towns of the world to read a map by whose ground has no names, as rows of `places`; else none."""
    none = pd.DataFrame(build.places.drop(columns="geometry")).iloc[:0]
    if not (build.places["feature_code"] == PIECE_OF_GROUND).any():
        return none
    towns = towns_within(extent_degrees(build), build.dataset.country_code or "", _TOWNS_AT_MOST)
    rows = [{**town._asdict(), "aliases": "|".join(town.aliases)} for town in towns]
    table = pd.DataFrame(rows, columns=none.columns).astype(none.dtypes)
    return table[_beyond(table, build.places)]


def _beyond(places: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether a place is not one of the others; ``Series.isin`` looks at texts one by one."""
    return np.asarray(pd.Index(others["place_id"]).get_indexer(pd.Index(places["place_id"])) < 0)


def _place_columns(places: pd.DataFrame, at: _Positions) -> Columns:
    return {
        **_columns(places, ["place_id", "name", "name_local", "aliases", "area_basis"]),
        "precision": places["place_precision"].tolist(),
        "parent": _refer(places["parent_place_id"], at.places),
    }


def _folded(columns: Columns) -> dict[str, Any]:
    """The same with a column whose values are all alike as ``{"all": value}``: large datasets have many of them."""
    return {
        name: {"all": values[0]} if len(values) > 1 and all(value == values[0] for value in values) else values
        for name, values in columns.items()
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


def state_record(state: State, actors: Index) -> dict[str, Any]:
    """A state as the browser has it."""
    record: dict[str, Any] = dict(zip(STATE_COLUMNS, state, strict=True))
    return {**record, **{side: actors.get(record[side], -1) for side in ("actor", "contender")}}


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


def _named(build: Build) -> set[str]:
    """The places that documents or events name."""
    return {*build.mentions["place_id"].dropna(), *build.events["place_id"]}


def _producers(build: Build, with_world: bool) -> list[str]:
    """Who the data comes from: the producers that the origin files name, each once, in the files' order.

    GeoNames is one of them where a document names a place of the world, or the map its towns.
    """
    named = [name.strip() for producer in build.dataset.origins["producer"].dropna() for name in producer.split(",")]
    from_the_world = [SOURCE] if with_world or _beyond(build.places, build.dataset.places).any() else []
    return list(dict.fromkeys([*named, *from_the_world, "Natural Earth"]))


def _units(places: pd.DataFrame, unit_degrees: float) -> npt.NDArray[np.int64]:
    """Longitude and latitude of places in whole units."""
    return np.rint(places[["longitude", "latitude"]].to_numpy(np.float64) / unit_degrees).astype(np.int64)
