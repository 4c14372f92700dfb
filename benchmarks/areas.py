"""How well do inferred areas agree with real boundaries? `python -m benchmarks.areas`

Aleppo's 109 neighbourhoods: Voronoi cells of their points in the inferred outline, against OCHA's polygons, which
the project may not contain and which are read from ../shared. For comparison the same cells in two other outlines:
the convex hull of the points, and the real outline (what the cells could reach at best).
"""

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.areas import city_outline, imported_areas, voronoi_areas
from geo.control.judging import judge_dataset
from geo.control.states import control_as_of
from geo.crs import SQUARE_METRES_PER_KM2, WGS84, equal_area_for
from geo.dataset import Dataset
from geo.formats.boundaries import read_boundaries
from geo.formats.datasets import read_dataset

PROJECT = Path(__file__).resolve().parents[1]
BOUNDARIES = PROJECT.parent / "shared" / "data" / "boundaries" / "ocha_syria_2018" / "city_neighbourhoods.shp"
DAYS = ("2016-11-15", "2016-12-02", "2016-12-13")


def compare() -> pd.DataFrame:
    """A column for each outline, a row for each figure."""
    dataset = read_dataset(PROJECT / "data" / "aleppo_2016")
    places = dataset.places[dataset.places["place_id"].isin(dataset.baseline["place_id"])]
    real = imported_areas(places, read_boundaries(BOUNDARIES))
    holders = holders_by_day(dataset)
    return pd.DataFrame(
        {
            name: agreement(voronoi_areas(places, outline), real, holders)
            for name, outline in outlines(places, real).items()
        }
    )


def outlines(places: pd.DataFrame, real: gpd.GeoDataFrame) -> dict[str, gpd.GeoSeries]:
    """Outlines by name, EPSG:4326; the convex hull and the real outline are widened to hold every point."""
    points = gpd.GeoSeries.from_xy(places["longitude"], places["latitude"], crs=WGS84)
    crs = equal_area_for(points)
    hull = gpd.GeoSeries([points.to_crs(crs).union_all().convex_hull.buffer(1)], crs=crs)
    true_outline = gpd.GeoSeries([real.to_crs(crs).union_all()], crs=crs)
    return {"inferred outline": city_outline(places), "convex hull": hull, "real outline": true_outline}


def holders_by_day(dataset: Dataset) -> pd.DataFrame:
    """The holder of each place (row) on each day (column); a contested place has its holder's name."""
    events = judge_dataset(dataset)
    states = {day: control_as_of(events, pd.Timestamp(day), dataset.baseline, when="latest") for day in DAYS}
    return pd.DataFrame({day: state.set_index("place_id")["actor"] for day, state in states.items()})


def agreement(cells: gpd.GeoDataFrame, real: gpd.GeoDataFrame, holders: pd.DataFrame) -> dict[str, float]:
    """What the cells get right, in percent unless the name says km²."""
    crs = equal_area_for(real.geometry)
    drawn, true = cells.to_crs(crs).geometry.to_numpy(), real.to_crs(crs).geometry.to_numpy()
    overlap = shapely.area(shapely.intersection(np.asarray(drawn)[:, None], np.asarray(true)[None, :]))
    drawn_area, true_area = shapely.area(drawn), shapely.area(true)
    both, either = overlap.sum(), drawn_area.sum() + true_area.sum() - overlap.sum()
    error_pct = 100 * np.abs(drawn_area / true_area - 1)
    figures = {
        "drawn area, km²": drawn_area.sum() / SQUARE_METRES_PER_KM2,
        "real area, km²": true_area.sum() / SQUARE_METRES_PER_KM2,
        "outline: intersection over union": 100 * both / either,
        "real area drawn as the right place": 100 * np.trace(overlap) / true_area.sum(),
        "common area drawn as the right place": 100 * np.trace(overlap) / both,
        "error of a place's area, median": float(np.median(error_pct)),
        "error of a place's area, 90th percentile": float(np.percentile(error_pct, 90)),
    }
    for day in holders.columns:
        drawn_holder = holders[day].reindex(cells["place_id"]).to_numpy(dtype=object)
        true_holder = holders[day].reindex(real["place_id"]).to_numpy(dtype=object)
        right = overlap[drawn_holder[:, None] == true_holder[None, :]].sum()
        figures[f"real area drawn with the right holder, {day}"] = 100 * right / true_area.sum()
        figures[f"common area drawn with the right holder, {day}"] = 100 * right / both
    return figures


if __name__ == "__main__":
    if not BOUNDARIES.is_file():
        sys.exit(f"OCHA's boundaries are not here, so there is nothing to compare with: {BOUNDARIES} is missing.")
    print(compare().to_string(float_format="{:.1f}".format))
