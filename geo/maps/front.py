"""The front line: where the ground of one holder ends and that of another begins."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import equal_area_for

METRES_PER_KM = 1_000
_ENDS = ["x1", "y1", "x2", "y2"]


def shared_borders(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The borders between neighbouring areas: place_id, other_place_id, length_km, geometry (CRS of the areas).

    areas: place_id and geometry, as `geo.areas.control_areas` makes them: neighbours share every vertex of their
    border. One row for each two neighbours, sorted, place_id before other_place_id; length_km is measured in the
    local equal-area projection. Raises MissingCRSError.
    """
    ordered = areas.sort_values("place_id", ignore_index=True)
    crs = equal_area_for(ordered.geometry)
    segments = _segments(ordered.geometry)
    sides = segments.groupby(_ENDS)["area"].agg(["min", "max", "size"]).query("size == 2").reset_index()
    pairs, pair = np.unique(sides[["min", "max"]].to_numpy(), axis=0, return_inverse=True)
    order = np.argsort(pair, kind="stable")
    lines = shapely.linestrings(sides[_ENDS].to_numpy()[order].reshape(-1, 2, 2))
    joined = shapely.line_merge(shapely.multilinestrings(np.asarray(lines), indices=pair[order]))
    geometry = gpd.GeoSeries(joined, crs=areas.crs)
    place_ids = ordered["place_id"].to_numpy()[pairs]
    columns = {
        "place_id": place_ids[:, 0],
        "other_place_id": place_ids[:, 1],
        "length_km": geometry.to_crs(crs).length / METRES_PER_KM,
    }
    return gpd.GeoDataFrame(columns, geometry=geometry)


def front_line(borders: gpd.GeoDataFrame, states: pd.DataFrame) -> gpd.GeoDataFrame:
    """The borders between places that different actors hold: actor, other_actor, length_km, geometry.

    borders: as `shared_borders` makes them. states: place_id and actor, one row per place (`states_on`). A place
    without a known holder has no front line: nobody knows where it runs. One row for each two actors, sorted,
    actor before other_actor.
    """
    holder = states.set_index("place_id")["actor"]
    sides = pd.concat([borders[side].map(holder) for side in ("place_id", "other_place_id")], axis="columns")
    is_front = sides.notna().all(axis="columns") & sides.nunique(axis="columns").eq(2)
    actors = pd.DataFrame(np.sort(sides[is_front].to_numpy(str), axis=1), columns=["actor", "other_actor"])
    front = borders.loc[is_front, ["length_km", "geometry"]].reset_index(drop=True)
    lines = front.join(actors).dissolve(["actor", "other_actor"], aggfunc="sum").reset_index()
    return lines.set_geometry(lines.geometry.line_merge())[["actor", "other_actor", "length_km", "geometry"]]


def _segments(areas: gpd.GeoSeries) -> pd.DataFrame:
    """The straight pieces of all rings: x1, y1, x2, y2, the smaller end first, and the position of the area."""
    parts, area_of_part = shapely.get_parts(areas.to_numpy(), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    begins = np.flatnonzero(ring[1:] == ring[:-1])
    first, second = points[begins], points[begins + 1]
    is_backwards = (first[:, 0] > second[:, 0]) | ((first[:, 0] == second[:, 0]) & (first[:, 1] > second[:, 1]))
    first[is_backwards], second[is_backwards] = second[is_backwards], first[is_backwards]
    segments = pd.DataFrame(np.hstack([first, second]), columns=_ENDS)
    return segments.assign(area=area_of_part[part_of_ring[ring[begins]]]).drop_duplicates()
