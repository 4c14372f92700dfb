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
WAVES = 5
RADIANS_PER_DAY = 0.0068
NEAR_TIE = 0.06
BLOCK = 1000
"""Places whose strength is computed at a time."""
WEST, SOUTH, EAST, NORTH = 22.0, 44.5, 40.0, 52.0
ACTORS = ["north", "south", "coast", "hills", "league"]
COLOURS = ["#32629A", "#E8AF40", "#4B1E3A", "#4C9A8B", "#B9C46A"]


def country(place_count: int, scattered: bool = False) -> Build:
    """Return a Build of `place_count` places over DAYS days, five actors and contested states.

    The fronts move over the country; with ``scattered`` each place changes for itself instead: no fronts, nothing
    for compression to find, every other border a front.
    """
    random = np.random.default_rng(place_count)
    ids = [f"P{number:06}" for number in range(place_count)]
    points = np.asarray(shapely.points(random.uniform([WEST, SOUTH], [EAST, NORTH], (place_count, 2))))
    areas = gpd.GeoDataFrame({"place_id": ids, "area_basis": "boundary"}, geometry=_cells(points), crs=WGS84)
    places = conform("places", _places(ids, points))
    intervals = conform("intervals", _intervals(ids, points, scattered, random))
    return Build(
        dataset=_dataset(places),
        places=located(places),
        mentions=empty_table("mentions"),
        candidates=empty_table("candidates"),
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


def _intervals(ids: list[str], points: np.ndarray, scattered: bool, random: np.random.Generator) -> pd.DataFrame:
    """One row for each run of days in which a place keeps its state; contested: the holder stays, nobody is named."""
    place, day, state = _scattered(len(ids), random) if scattered else _moving_fronts(points)
    start = START + pd.to_timedelta(day, unit="D")
    last = np.r_[place[1:] != place[:-1], True]
    return pd.DataFrame(
        {
            "place_id": np.array(ids)[place],
            "start": start,
            "end": pd.Series(np.r_[start[1:], start[:1]]).mask(last),
            "actor": np.array(ACTORS)[state // 2],
            "contender": None,
            "status": np.where(state % 2 == 1, "contested", "controlled"),
            "assertion": "assessed",
            "basis": "observed",
            "undecided": False,
            "event_id": None,
        }
    )


Runs = tuple[np.ndarray, np.ndarray, np.ndarray]
"""place, first day and state of each interval, by place and day; a state is twice the holder, plus 1 if contested."""


def _moving_fronts(points: np.ndarray) -> Runs:
    """Each actor has a strength that moves over the country in waves; the strongest holds, a near tie is contested."""
    random = np.random.default_rng(3)  # the same fronts whatever the number of places
    shape = (len(ACTORS), WAVES)
    wave = random.normal(0, [[[0.7]], [[1.0]]], (2, *shape))
    phase, speed, height = random.uniform(0, 7, shape), random.normal(0, RADIANS_PER_DAY, shape), random.random(shape)
    angle = speed[:, :, None] * np.arange(DAYS)
    turning = np.concatenate([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    runs = []
    for first in range(0, len(points), BLOCK):
        block = points[first : first + BLOCK]
        at = phase[:, None] + np.einsum("dp,daw->apw", shapely.get_coordinates(block).T, wave)
        still = np.concatenate([np.sin(at), np.cos(at)], axis=2) * np.tile(height, 2)[:, None]
        strength = still.astype(np.float32) @ turning
        place, day, state = _runs(_states(strength))
        runs.append((place + first, day, state))
    place, day, state = (np.concatenate(parts) for parts in zip(*runs, strict=True))
    return place, day, state


def _states(strength: np.ndarray) -> np.ndarray:
    """State of each place and day, from strength by actor, place and day."""
    strongest = np.zeros(strength.shape[1:], np.int8)
    first, second = strength[0].copy(), np.full_like(strength[0], -np.inf)
    for actor in range(1, len(strength)):
        stronger = strength[actor] > first
        strongest[stronger] = actor
        np.maximum(second, np.minimum(first, strength[actor]), out=second)
        np.maximum(first, strength[actor], out=first)
    contested = first - second < NEAR_TIE
    decided = np.where(contested, 0, np.arange(DAYS))
    np.maximum.accumulate(decided, axis=1, out=decided)
    holder = np.take_along_axis(strongest, decided, axis=1)
    return 2 * holder + contested


def _runs(states: np.ndarray) -> Runs:
    begins = np.c_[np.ones(len(states), bool), states[:, 1:] != states[:, :-1]]
    place, day = np.nonzero(begins)
    return place, day, states[place, day]


def _scattered(place_count: int, random: np.random.Generator) -> Runs:
    """The worst case: each place changes on days of its own, to any actor; one state in six is contested."""
    counts = np.maximum(1, random.poisson(INTERVALS_PER_PLACE, place_count))
    place = np.repeat(np.arange(place_count), counts)
    day = random.integers(1, DAYS, len(place))
    day[np.r_[True, place[1:] != place[:-1]]] = 0
    order = np.lexsort((day, place))
    place, day = place[order], day[order]
    keep = np.r_[True, (place[1:] != place[:-1]) | (day[1:] != day[:-1])]
    place, day = place[keep], day[keep]
    state = 2 * random.integers(0, len(ACTORS), len(place)) + (random.random(len(place)) < 1 / 6)
    return place, day, state


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
        places=places,
        actors=conform("actors", actors),
        baseline=empty_table("baseline"),
        events=empty_table("events"),
        claims=empty_table("claims"),
        documents=empty_table("documents"),
        origins=empty_table("origins"),
    )
