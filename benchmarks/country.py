"""A made-up country of any size, for measuring: Voronoi cells with bent borders, and years of changing control.

Nothing here is random from run to run: the same number of places gives the same country.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84
from geo.dataset import Dataset
from geo.pipeline import Build, located
from geo.schema import conform, empty_table

START = pd.Timestamp("2022-02-24")
DAYS = 1500
INTERVALS_PER_PLACE = 13.18
"""435,000 intervals for 33,000 places."""
WEST, SOUTH, EAST, NORTH = 22.0, 44.5, 40.0, 52.0
ACTORS = ["north", "south", "coast", "hills", "league"]
COLOURS = ["#3D6A9E", "#D9952B", "#6B2F55", "#4C9A8B", "#B9C46A"]


def country(place_count: int) -> Build:
    """Return a Build of `place_count` places over DAYS days, five actors and contested states."""
    random = np.random.default_rng(place_count)
    ids = [f"P{number:06}" for number in range(place_count)]
    points = shapely.points(random.uniform([WEST, SOUTH], [EAST, NORTH], (place_count, 2)))
    areas = gpd.GeoDataFrame({"place_id": ids, "area_basis": "boundary"}, geometry=_cells(points), crs=WGS84)
    places = conform("places", _places(ids, points))
    intervals = conform("intervals", _intervals(ids, random))
    return Build(
        dataset=_dataset(places),
        places=located(places),
        mentions=empty_table("mentions"),
        events=empty_table("judged"),
        intervals=intervals,
        areas=areas,
        version=f"{place_count:012}",
    )


def _cells(points: np.ndarray) -> np.ndarray:
    """Voronoi cells, each border bent at its middle, so that a cell has about 12 vertices."""
    country = shapely.box(WEST, SOUTH, EAST, NORTH)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=country))
    tree = shapely.STRtree(cells)
    point_index, cell_index = tree.query(points, predicate="intersects")
    own = np.empty(len(points), dtype=int)
    own[point_index] = cell_index
    return shapely.polygons(
        [_bent(ring) for ring in shapely.get_exterior_ring(shapely.intersection(cells[own], country))]
    )


def _bent(ring: shapely.LinearRing) -> shapely.LinearRing:
    corners = shapely.get_coordinates(ring)
    low, high = corners[:-1], corners[1:]
    swap = (low[:, 0] > high[:, 0]) | ((low[:, 0] == high[:, 0]) & (low[:, 1] > high[:, 1]))
    first, last = np.where(swap[:, None], high, low), np.where(swap[:, None], low, high)
    middle = (first + last) / 2
    across = np.column_stack([first[:, 1] - last[:, 1], last[:, 0] - first[:, 0]])
    bend = 0.08 * np.sin(1e4 * middle.sum(axis=1))[:, None]
    out = np.empty((2 * len(low), 2))
    out[0::2] = low
    out[1::2] = middle + across * bend
    return shapely.LinearRing(out)


def _places(ids: list[str], points: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place_id": ids,
            "name": [f"Place {place_id[1:]}" for place_id in ids],
            "name_local": None,
            "aliases": None,
            "latitude": shapely.get_y(points),
            "longitude": shapely.get_x(points),
            "feature_code": "PPL",
            "parent_place_id": None,
            "country_code": "XX",
            "area_km2": 20.0,
            "place_precision": 2,
        }
    )


def _intervals(ids: list[str], random: np.random.Generator) -> pd.DataFrame:
    """Each place changes on random days; most states are held, one in six is contested."""
    counts = np.maximum(1, random.poisson(INTERVALS_PER_PLACE, len(ids)))
    place = np.repeat(np.arange(len(ids)), counts)
    day = random.integers(1, DAYS, len(place))
    day[np.r_[True, place[1:] != place[:-1]]] = 0
    order = np.lexsort((day, place))
    place, day = place[order], day[order]
    keep = np.r_[True, (place[1:] != place[:-1]) | (day[1:] != day[:-1])]
    place, day = place[keep], day[keep]
    actor = random.integers(0, len(ACTORS), len(place))
    contested = random.random(len(place)) < 1 / 6
    names = np.array(ACTORS)
    start = START + pd.to_timedelta(day, unit="D")
    last = np.r_[place[1:] != place[:-1], True]
    return pd.DataFrame(
        {
            "place_id": np.array(ids)[place],
            "start": start,
            "end": pd.Series(np.r_[start[1:], start[:1]]).mask(last),
            "actor": names[actor],
            "contender": pd.Series(names[(actor + 1) % len(names)]).where(contested),
            "status": np.where(contested, "contested", "controlled"),
            "assertion": "assessed",
            "basis": "observed",
            "undecided": False,
            "event_id": None,
        }
    )


def _dataset(places: pd.DataFrame) -> Dataset:
    actors = pd.DataFrame(
        {
            "actor_id": ACTORS,
            "name": [name.title() for name in ACTORS],
            "name_local": None,
            "colour": COLOURS,
            "side": ACTORS,
            "aliases": None,
        }
    )
    return Dataset(
        dataset_id="country",
        title="A made-up country",
        title_local="",
        description="Made up, for measuring.",
        start_date=START,
        end_date=START + pd.Timedelta(days=DAYS - 1),
        focus_place_id="P000000",
        country_code="XX",
        extracted_events="review",
        places=places,
        actors=conform("actors", actors),
        baseline=empty_table("baseline"),
        events=empty_table("events"),
        claims=empty_table("claims"),
        documents=empty_table("documents"),
        origins=empty_table("origins"),
    )
