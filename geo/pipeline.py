"""From a dataset to a map: the one pure pipeline that every build goes through."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geo.areas import Limits, control_areas
from geo.control.content import not_yet_recorded
from geo.control.hierarchy import ground_places
from geo.control.judging import judge_dataset
from geo.control.readings import OTHER_READINGS, control_readings
from geo.control.records import When
from geo.crs import WGS84, area_km2
from geo.dataset import Dataset
from geo.formats.geojson import canonical_geometry, geojson_text
from geo.formats.tables import table_text
from geo.places.gazetteer import Gazetteer
from geo.places.world import open_world
from geo.schema import PIECE_OF_GROUND, conform, empty_table
from geo.text.actors import ActorLexicon
from geo.text.changes import extract_events
from geo.text.territory import read_territory
from geo.text.toponyms import read_toponyms

_VERSION_DIGITS = 12


@dataclass(frozen=True, eq=False)
class Build:
    """Everything that the map and the pages show, computed once from a dataset.

    dataset: the dataset it was built from.
    places: GeoDataFrame of points, EPSG:4326, columns of `places` plus geometry: the dataset's places and the
        places of the world that its documents mention. area_km2 is the published area, else the drawn one.
    mentions: places named in the documents; one without place_id waits for review.
    candidates: the best places that each mention can mean, with the signals that speak for them.
    events: curated and extracted events with the rule that decided each (table `judged`).
    intervals: who held each place from when to when, with the days marked on which that is in doubt.
    areas: GeoDataFrame[place_id, area_basis, geometry], EPSG:4326, of the places that have intervals and divide the
        ground (`geo.control.hierarchy.ground_places`).
    version: the data version: 12 hexadecimal digits that change whenever anything else here changes.
    readings: by "earliest" and "latest" the intervals with every change on its first and on its last possible day,
        of the places for which they differ from `intervals`. Empty if no other reading is offered.
    territory_claims: what the documents say of the size of a side's territory.
    """

    dataset: Dataset
    places: gpd.GeoDataFrame
    mentions: pd.DataFrame
    candidates: pd.DataFrame
    events: pd.DataFrame
    intervals: pd.DataFrame
    areas: gpd.GeoDataFrame
    version: str
    readings: Mapping[When, pd.DataFrame] = field(default_factory=dict)
    territory_claims: pd.DataFrame = field(default_factory=partial(empty_table, "territory_claims"))

    @property
    def is_drawn_by_source(self) -> bool:
        """Whether all its areas are pieces of ground that a source draws without naming them."""
        codes = self.places.loc[self.places["place_id"].isin(self.areas["place_id"]), "feature_code"]
        return len(codes) > 0 and bool((codes == PIECE_OF_GROUND).all())


class Reading(NamedTuple):
    """What was read from documents.

    places: the dataset's places and the places of the world that are mentioned.
    mentions, candidates, events: tables, the events not yet judged.
    territory_claims: what the texts say of the size of a side's territory.
    """

    places: pd.DataFrame
    mentions: pd.DataFrame
    candidates: pd.DataFrame
    events: pd.DataFrame
    territory_claims: pd.DataFrame


def run(dataset: Dataset, boundaries: gpd.GeoDataFrame | None = None) -> Build:
    """Documents to mentions to events to intervals to areas. The dataset is not changed.

    boundaries: polygons to use for the areas instead of the dataset's own, where they fit a place. Where neither
        has one, the area is a Voronoi cell.
    Raises AreaError when the places do not allow areas to be drawn.
    """
    places, mentions, candidates, extracted, territory_claims = read_documents(dataset.documents, dataset)
    reported = pd.concat([dataset.events, not_yet_recorded(extracted, dataset.events)], ignore_index=True)
    events = conform("judged", judge_dataset(dataset, reported))
    intervals_as_read = control_readings(dataset.baseline, events, dataset.start_date, dataset.end_date)
    intervals, readings = intervals_as_read["doubt"], {when: intervals_as_read[when] for when in OTHER_READINGS}
    if boundaries is None:
        boundaries = dataset.boundaries
    areas = canonical_geometry(control_areas(_dividing_the_ground(places, intervals), boundaries, _limits(dataset)))
    places = _with_drawn_area(places, areas)
    derived = {
        "places": places,
        "mentions": mentions,
        "candidates": candidates,
        "judged": events,
        "intervals": intervals,
        "territory_claims": territory_claims,
    }
    version = data_version(dataset, derived, readings, areas)
    return Build(
        dataset, located(places), mentions, candidates, events, intervals, areas, version, readings, territory_claims
    )


def read_documents(documents: pd.DataFrame, dataset: Dataset) -> Reading:
    """What texts say, read with the names of a dataset's places and actors and of the places of the world."""
    gazetteer = Gazetteer(dataset.places, open_world(), dataset.gazetteers)
    mentions, candidates = read_toponyms(documents, gazetteer, [dataset.country_code])
    places = pd.concat([dataset.places, _mentioned(gazetteer, mentions, dataset.places)], ignore_index=True)
    events = extract_events(documents, mentions, places, dataset.actors, dataset.baseline)
    territory_claims = read_territory(documents, mentions, places, ActorLexicon(dataset.actors))
    return Reading(places, mentions, candidates, events, territory_claims)


def located(places: pd.DataFrame) -> gpd.GeoDataFrame:
    """Table `places` with its points, EPSG:4326."""
    points = gpd.points_from_xy(places["longitude"], places["latitude"], crs=WGS84)
    return gpd.GeoDataFrame(places, geometry=points)


def data_version(
    dataset: Dataset,
    derived: Mapping[str, pd.DataFrame],
    readings: Mapping[When, pd.DataFrame],
    areas: gpd.GeoDataFrame,
) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of all tables and areas, as they stand in files.

    derived: the computed tables by their name in `geo.schema`. readings: see `Build`.
    """
    digest = hashlib.sha256()
    for part, tables in (("input", dataset.tables()), ("derived", derived)):
        for name, frame in tables.items():
            digest.update(f"{part} {name}\n{table_text(name, frame)}".encode())
    for when, intervals in readings.items():
        digest.update(f"reading {when}\n{table_text('intervals', intervals)}".encode())
    digest.update(geojson_text(areas).encode())
    return digest.hexdigest()[:_VERSION_DIGITS]


def _dividing_the_ground(places: pd.DataFrame, intervals: pd.DataFrame) -> pd.DataFrame:
    return places[places["place_id"].isin(ground_places(intervals["place_id"].unique(), places))]


def _limits(dataset: Dataset) -> Limits:
    outline = gpd.GeoSeries.from_wkb([dataset.outline], crs=WGS84) if dataset.outline else None
    return Limits(outline, dataset.reach_km)


def _with_drawn_area(places: pd.DataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """The places, with the drawn area (km², to a square metre) where none is published."""
    drawn_km2 = area_km2(areas.geometry).round(6).set_axis(areas["place_id"])
    return places.assign(area_km2=places["area_km2"].fillna(places["place_id"].map(drawn_km2)))


def _mentioned(gazetteer: Gazetteer, mentions: pd.DataFrame, own_places: pd.DataFrame) -> pd.DataFrame:
    """Table `places` with the places of other gazetteers that are mentioned.

    A parent that is neither the dataset's nor mentioned is left out, so that every parent is in the table.
    """
    others = set(mentions["place_id"].dropna()) - set(own_places["place_id"])
    found = gazetteer.places_table(sorted(others))
    is_known = found["parent_place_id"].isin(others.union(own_places["place_id"]))
    return found.assign(parent_place_id=found["parent_place_id"].where(is_known))
