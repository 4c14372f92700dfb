"""How well does control known for towns agree with control drawn as polygons?

Run it with `python -m benchmarks.point_against_polygon`.

A table of towns by day (their Voronoi cells, as the map draws them) against polygons drawn by hand every week, for
Ukraine, on the days that both have. The data may not be in the project and are read from ../shared through
`benchmarks/datasets/`. Everything is measured on the points of a square grid in an equal-area projection, each of
which stands for GRID_KM squared.

The ground is what both speak about. The polygons show occupied ground and say nothing about the country's extent,
and no border is in the project; so the ground is whatever lies in a polygon of any day, and land (Natural Earth
1:110m) whose nearest town (GeoNames, 500 inhabitants or more) is the country's by a margin, see BORDER_MARGIN_KM,
and lies near a town outside the polygons, see TOWN_KM.
"""

import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.control.states import states_on
from geo.crs import WGS84, equal_area_for
from geo.formats.datasets import read_dataset
from geo.formats.dated_polygons import read_snapshots
from geo.formats.observed import Gaps
from geo.pipeline import Build, run
from geo.places.table import places_table
from geo.places.world import open_world

PROJECT = Path(__file__).resolve().parents[1]
POINTS = PROJECT / "benchmarks" / "datasets" / "ukraine_points"
CONTROL = PROJECT.parent / "shared" / "data" / "control"
TABLE = CONTROL / "ukraine_control_timeseries.csv.gz"
POLYGONS = CONTROL / "deepstate_weekly_sample.zip"
LAND = PROJECT / "geo" / "maps" / "base" / "land.geojson"
COUNTRY, INSIDE = "UA", "russia"
GRID_KM = 1.0
BORDER_MARGIN_KM = 10.0
"""A foreign town must be further away by this much: ground within about half of it of the border does not count."""
TOWN_KM = 25.0
"""Land with no such town this near is the coarse coastline, which runs outside the polygons' own."""
FRONT_KM = 25.0
"""How far from ground of the other side ground counts as near the front."""
TOWN_BANDS_KM = (0, 5, 10, 15, 20, 25)
"""Distances to the nearest decided town, for which agreement near the front is given apart."""
Flags = npt.NDArray[np.bool_]
Points = npt.NDArray[np.object_]


class Ground(NamedTuple):
    """Points of the grid on the ground that both speak about: points, and per point the numbers of cell and town.

    cell: position in the build's areas, -1 outside all of them. towns: the build's places that have an area.
    """

    points: Points
    cell: npt.NDArray[np.int64]
    towns: gpd.GeoSeries


def compare() -> pd.DataFrame:
    """One row for each day that both have; columns in percent unless they say km² or places."""
    build = run(read_dataset(POINTS))
    snapshots = read_snapshots(POLYGONS, re.compile(r"(\d{4})(\d{2})(\d{2})"), "", Gaps(POLYGONS.name))
    crs = equal_area_for(gpd.GeoSeries(build.areas.geometry))
    polygons = snapshots.to_crs(crs).dissolve("date").geometry
    ground = ground_of(build, polygons)
    first, last = build.dataset.start_date, build.dataset.end_date
    days = [day for day in polygons.index if first <= day <= last]
    return pd.DataFrame({day: agreement(build, ground, polygons[day], day) for day in days}).T.rename_axis("day")


def ground_of(build: Build, polygons: gpd.GeoSeries) -> Ground:
    """The grid, and what the build draws at its points."""
    crs = polygons.crs
    areas = build.areas.to_crs(crs)
    towns = build.places.set_index("place_id").loc[areas["place_id"]].geometry.to_crs(crs)
    world = places_table(place for place in open_world() if place.feature_code.startswith("PPL"))
    places = gpd.GeoSeries.from_xy(world["longitude"], world["latitude"], crs=WGS84).to_crs(crs)
    own = (world["country_code"] == COUNTRY).to_numpy()
    ever_inside = polygons.union_all()
    outside = own & ~covered(places.to_numpy(), ever_inside)
    points = grid(gpd.GeoSeries(places[own]).total_bounds)
    land = gpd.GeoSeries(gpd.read_file(LAND).geometry)
    margin_m = distance_m(points, places[~own]) - distance_m(points, places[own])
    is_country = (margin_m > 1000 * BORDER_MARGIN_KM) & covered(points, land_near(land, points, crs))
    is_near_town = distance_m(points, gpd.GeoSeries(places[outside])) <= 1000 * TOWN_KM
    points = points[(is_country & is_near_town) | covered(points, ever_inside)]
    cell = np.full(len(points), -1)
    point, area = shapely.STRtree(areas.geometry.to_numpy()).query(points, predicate="within")
    cell[point] = area
    return Ground(points, cell, towns)


def grid(bounds: npt.NDArray[np.float64]) -> Points:
    """The middles of squares of GRID_KM that fill the bounds (metres), widened by ten."""
    step, wider = 1000 * GRID_KM, 10_000 * GRID_KM
    west, south, east, north = np.add(bounds, [-wider, -wider, wider, wider])
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    return shapely.points(x.ravel(), y.ravel())


def land_near(land: gpd.GeoSeries, points: Points, crs: object) -> shapely.Geometry:
    """The land around the points; the whole world's cannot be projected."""
    around = gpd.GeoSeries(points[[0, -1]], crs=crs).to_crs(WGS84).total_bounds + np.array([-9, -9, 9, 9])
    return land.clip(shapely.box(*around)).segmentize(0.1).to_crs(crs).union_all()


def covered(points: Points, polygon: shapely.Geometry) -> Flags:
    """Which of the points lie in the polygon."""
    shapely.prepare(polygon)
    return shapely.contains_xy(polygon, shapely.get_x(points), shapely.get_y(points))


def distance_m(points: Points, others: gpd.GeoSeries) -> npt.NDArray[np.float64]:
    """Distance of each point to the nearest of the others."""
    _, metres = shapely.STRtree(others.to_numpy()).query_nearest(points, return_distance=True, all_matches=False)
    return metres


def agreement(build: Build, ground: Ground, polygon: shapely.Geometry, day: pd.Timestamp) -> dict[str, float]:
    """What the towns say on the day against the polygon of the day."""
    states = states_on(build.intervals, day).set_index("place_id").reindex(ground.towns.index)
    is_known = (states["status"] != "unknown").to_numpy()
    is_decided = ((states["status"] == "controlled") & ~states["undecided"].astype(bool)).to_numpy()
    is_inside = (states["actor"] == INSIDE).to_numpy()
    true = covered(ground.points, polygon)
    drawn = ground.cell >= 0
    is_said = np.zeros(len(drawn), dtype=bool)
    is_said[drawn] = is_decided[ground.cell[drawn]]
    right = is_said & (is_inside[ground.cell] == true)

    decided = np.flatnonzero(is_decided)
    tree = shapely.STRtree(ground.towns.to_numpy()[decided])
    (_, nearest), town_m = tree.query_nearest(ground.points, all_matches=False, return_distance=True)
    guess = is_inside[decided][nearest]
    near_front = front(ground.points, true)
    at_towns = covered(ground.towns.to_numpy()[decided], polygon) == is_inside[decided]
    return {
        "places": float(len(decided)),
        "places agree": percent(at_towns),
        "places not decided": 100 - percent(is_decided[is_known]),
        "drawn area, km²": float(drawn.sum()) * GRID_KM**2,
        "of it decided": percent(is_said[drawn]),
        "drawn and decided area agrees": percent(right[is_said]),
        "country area, km²": len(true) * GRID_KM**2,
        "country: nearest town agrees": percent(guess == true),
        "country: polygon area, share": percent(true),
        "country: occupied by both / by either": percent((guess & true)[guess | true]),
        "country: occupied by towns only, km²": float((guess & ~true).sum()) * GRID_KM**2,
        "country: occupied by polygons only, km²": float((~guess & true).sum()) * GRID_KM**2,
        "near the front, km²": float(near_front.sum()) * GRID_KM**2,
        "near the front: nearest town agrees": percent((guess == true)[near_front]),
        **{
            f"near the front, {least} to {most} km from the town: agrees": percent(
                (guess == true)[near_front & (town_m >= 1000 * least) & (town_m < 1000 * most)]
            )
            for least, most in pairwise(TOWN_BANDS_KM)
        },
    }


def front(points: Points, inside: Flags) -> Flags:
    """Which points lie within FRONT_KM of a point of the other side."""
    near = np.zeros(len(points), dtype=bool)
    near[inside] = distance_m(points[inside], gpd.GeoSeries(points[~inside])) <= 1000 * FRONT_KM
    near[~inside] = distance_m(points[~inside], gpd.GeoSeries(points[inside])) <= 1000 * FRONT_KM
    return near


def percent(flags: Flags) -> float:
    """How many of the flags are set."""
    return 100 * float(np.mean(flags)) if len(flags) else float("nan")


def report(days: pd.DataFrame) -> str:
    """The days, their months, and mean, least and most."""
    by_month = days.groupby(days.index.strftime("%Y-%m")).mean().rename_axis("month")
    overall = days.agg(["mean", "min", "max"])
    return "\n\n".join(table.T.to_string(float_format="{:.1f}".format) for table in (days, by_month, overall))


if __name__ == "__main__":
    missing = [str(file) for file in (TABLE, POLYGONS) if not file.is_file()]
    if missing:
        sys.exit(f"The data are not here, so there is nothing to compare: {' and '.join(missing)} missing.")
    print(report(compare()))
