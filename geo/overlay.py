"""Polygons of many days cut into pieces: the largest bits of ground that no border of any day crosses.

Every polygon of every day is a union of whole pieces, so that pieces lose nothing. Where a source moves only the
borders that have changed, as sources do, there are few: most of a border is the same from day to day, and each
distinct stretch of it counts once. See docs/decisions/0006-dated-polygons-are-cut-into-pieces.md.
"""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import WGS84, equal_area_for


def pieces(polygons: gpd.GeoSeries, snap_m: float) -> gpd.GeoDataFrame:
    """The pieces that polygons (any CRS) cut each other into: geometry (EPSG:4326), latitude, longitude, polygon.

    latitude, longitude: a point inside the piece. polygon: the sorted numbers of the polygons that cover it. Ground
    that none covers is left out. Borders are first snapped to a grid of `snap_m` metres, equal-area: lines that
    are drawn anew within that distance would otherwise leave slivers between them.
    Sorted by latitude and longitude.
    """
    local = polygons.to_crs(equal_area_for(polygons))
    snapped = shapely.set_precision(shapely.force_2d(local.to_numpy()), snap_m)
    lines = shapely.union_all(_distinct_segments(snapped), grid_size=snap_m)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    points = shapely.point_on_surface(faces)
    covering = _covering(snapped, points)
    is_covered = np.array([len(numbers) > 0 for numbers in covering], dtype=bool)
    inside = gpd.GeoSeries(points[is_covered], crs=local.crs).to_crs(WGS84)
    frame = gpd.GeoDataFrame(
        {
            "latitude": inside.y,
            "longitude": inside.x,
            "polygon": pd.Series([list(covering[face]) for face in np.flatnonzero(is_covered)], dtype=object),
        },
        geometry=gpd.GeoSeries(faces[is_covered], crs=local.crs).to_crs(WGS84),
    )
    return frame.sort_values(["latitude", "longitude"], ignore_index=True)


def _distinct_segments(polygons: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Each straight stretch of any border once, whichever way it is walked."""
    rings = shapely.get_rings(shapely.get_parts(polygons))
    ends, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring[1:] == ring[:-1]
    segments = np.stack([ends[:-1][same_ring], ends[1:][same_ring]], axis=1)
    backwards = (segments[:, 0, 0] > segments[:, 1, 0]) | (
        (segments[:, 0, 0] == segments[:, 1, 0]) & (segments[:, 0, 1] > segments[:, 1, 1])
    )
    segments[backwards] = segments[backwards][:, ::-1]
    return np.asarray(shapely.linestrings(np.unique(segments, axis=0)), dtype=object)


def _covering(polygons: npt.NDArray[np.object_], points: npt.NDArray[np.object_]) -> list[npt.NDArray[np.int64]]:
    """Per point the sorted numbers of the polygons that it lies in."""
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    order = np.lexsort([polygon, point])
    return np.split(polygon[order], np.cumsum(np.bincount(point, minlength=len(points)))[:-1])
