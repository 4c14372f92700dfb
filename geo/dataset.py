"""A dataset: everything known about one conflict, as it was read and checked, before anything is computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.control.settings import settings_table
from geo.places.packed import PackedPlaces
from geo.schema import COLUMNS, conform, empty_table

INPUT_TABLES = (
    "places",
    "actors",
    "baseline",
    "events",
    "claims",
    "documents",
    "sources",
    "rule_settings",
    "origins",
    "gaps",
)


@dataclass(frozen=True, eq=False)
class Dataset:
    """One conflict. The tables have the columns of `geo.schema`; none of them is ever changed in place.

    dataset_id: name of the dataset's folder.
    title, title_local: its name in English and in the language of the place (empty if none is given).
    description: one or two sentences.
    start_date, end_date: first and last day of the map, both inclusive; midnight, no time zone.
    focus_place_id: the place that the map opens on, and whose territory shares are counted in.
    country_code: ISO 3166-1 alpha-2.
    second_person_above_km2: a reviewed change of a larger place needs a second person; None: no change does.
    places, actors, baseline, events, claims, documents: the tables.
    sources: what is known of the publishers of the documents: publisher, side, reliability, credibility, note.
    rule_settings: the settings of the rules, every one of them: setting, value (`geo.control.settings`).
    origins: where each file came from: file, producer, title, citation, url, accessed, licence, note.
    gaps: what imported files do not tell, in numbers: file, gap, count, examples.
    boundaries: polygons of the places (place_id, EPSG:4326) that come with the dataset. They are read from its folder
        for a build, which has its own areas; None if there are none, and in the dataset of a build that was read.
    gazetteers: further places that documents may name, from the files of `[gazetteer]` (docs/gazetteers.md); empty in
        the dataset of a build that was read.
    reach_km: how far a place without a published area reaches; None leaves it to `geo.areas.control_areas`.
    outline: the ground that the places divide, EPSG:4326, as hexadecimal WKB; empty if there is none.
    """

    dataset_id: str
    title: str
    title_local: str
    description: str
    start_date: pd.Timestamp
    end_date: pd.Timestamp
    focus_place_id: str
    country_code: str
    places: pd.DataFrame
    actors: pd.DataFrame
    baseline: pd.DataFrame
    events: pd.DataFrame
    claims: pd.DataFrame
    documents: pd.DataFrame
    origins: pd.DataFrame
    sources: pd.DataFrame = field(default_factory=lambda: empty_table("sources"))
    rule_settings: pd.DataFrame = field(default_factory=settings_table)
    gaps: pd.DataFrame = field(default_factory=lambda: empty_table("gaps"))
    boundaries: gpd.GeoDataFrame | None = None
    gazetteers: tuple[PackedPlaces, ...] = ()
    reach_km: float | None = None
    outline: str = ""
    second_person_above_km2: float | None = None

    @classmethod
    def from_tables(
        cls,
        tables: Mapping[str, pd.DataFrame],
        boundaries: gpd.GeoDataFrame | None = None,
        gazetteers: tuple[PackedPlaces, ...] = (),
    ) -> "Dataset":
        """The dataset of tables that have been checked; table `dataset` holds what is not a table."""
        typed: dict[str, Any] = {name: conform(name, frame) for name, frame in tables.items()}
        settings = typed.pop("dataset").iloc[0]
        values = settings.where(settings.notna(), "").to_dict()
        for column in ("reach_km", "second_person_above_km2"):
            values[column] = None if values[column] == "" else float(values[column])
        return cls(**values, **typed, boundaries=boundaries, gazetteers=gazetteers)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that `from_tables` makes the dataset of."""
        settings = pd.DataFrame([{column: getattr(self, column) for column in COLUMNS["dataset"]}])
        tables = {name: getattr(self, name) for name in INPUT_TABLES}
        return {"dataset": conform("dataset", settings)} | tables
