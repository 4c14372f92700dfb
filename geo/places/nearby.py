"""Towns of the world near points: what ground without a name of its own is called by, and what a reader finds it by."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84, equal_area_for
from geo.places.place import Place
from geo.places.world import World, open_world

_POPULATED = "P"
_PART_OF_A_TOWN = "PPLX"
_FURTHEST_KM = 100
_FURTHEST_DEGREES = 2.0
_AT_KM = 1.0
_DIRECTIONS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")
Bounds = tuple[float, float, float, float]


def towns_within(bounds: Bounds, country_code: str, at_most: int, world: World | None = None) -> list[Place]:
    """The populated places of a country (ISO 3166-1 alpha-2) in a box, those with most inhabitants first.

    bounds: west, south, east, north in degrees. world: by default the world gazetteer.
    """
    world = world or open_world()
    towns = [town for town in map(world.at, _rows_within(world, bounds)) if town.country_code == country_code]
    return sorted(towns, key=lambda town: (-town.population, town.place_id))[:at_most]


def beside_towns(points: gpd.GeoSeries, world: World | None = None) -> list[str | None]:
    """Each point by the nearest town: "at Bakhmut", "4 km north-east of Bakhmut"; None without one within 100 km.

    points: in any CRS; its local equal-area CRS measures. Distances are rounded to whole kilometres.
    """
    if points.empty:
        return []
    world = world or open_world()
    west, south, east, north = (float(bound) for bound in points.to_crs(WGS84).total_bounds)
    wide = (west - _FURTHEST_DEGREES, south - _FURTHEST_DEGREES, east + _FURTHEST_DEGREES, north + _FURTHEST_DEGREES)
    rows = _rows_within(world, wide)
    crs = equal_area_for(points)
    latitude, longitude = world.coordinates()[rows].T
    towns = gpd.GeoSeries(gpd.points_from_xy(longitude, latitude), crs=WGS84).to_crs(crs).to_numpy()
    local = points.to_crs(crs).to_numpy()
    nearest = pd.DataFrame(
        shapely.STRtree(towns).query_nearest(local, max_distance=1000 * _FURTHEST_KM).T, columns=["point", "town"]
    ).drop_duplicates("point")
    texts: list[str | None] = [None] * len(local)
    for point, town in nearest.itertuples(index=False):
        texts[point] = _beside(towns[town], local[point], world.at(int(rows[town])).name)
    return texts


def _rows_within(world: World, bounds: Bounds) -> np.ndarray:
    west, south, east, north = bounds
    latitude, longitude = world.coordinates().T
    inside = (west <= longitude) & (longitude <= east) & (south <= latitude) & (latitude <= north)
    is_town = world.has_feature(_POPULATED) & ~world.has_feature(_PART_OF_A_TOWN)
    return np.flatnonzero(is_town & inside)


def _beside(town: shapely.Point, point: shapely.Point, name: str) -> str:
    east, north = (point.x - town.x) / 1000, (point.y - town.y) / 1000
    distance_km = float(np.hypot(east, north))
    if distance_km < _AT_KM:
        return f"at {name}"
    eighth = round(float(np.arctan2(north, east)) / (np.pi / 4)) % len(_DIRECTIONS)
    return f"{distance_km:.0f} km {_DIRECTIONS[eighth]} of {name}"
