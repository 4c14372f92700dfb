"""Areas as columns of whole numbers: neighbours share their border's vertices, so each vertex travels once.

Rings are walked area after area. A vertex that was met before is a reference to it; since a neighbour walks a
common border the other way round, the next reference is mostly the previous one minus one, which is coded as 1
and compresses to almost nothing. A new vertex (coded as 0) follows by its step from the vertex walked just before.
``web/decode.js`` is the reader.
"""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.maps.binary import zigzag

Integers = npt.NDArray[np.int64]
Columns = dict[str, Integers]

FINEST_DEGREES = 1e-5
"""About one metre."""
STEPS_ACROSS = 200_000
"""Coordinates are at least this fine compared with the extent of all areas."""


def degrees_per_unit(extent: tuple[float, float, float, float]) -> float:
    """Return the power of ten (degrees, at least FINEST_DEGREES) that coordinates are multiples of.

    extent: west, south, east and north of what is drawn.
    """
    west, south, east, north = extent
    across = max(east - west, north - south, FINEST_DEGREES)
    return float(max(FINEST_DEGREES, 10.0 ** np.ceil(np.log10(across / STEPS_ACROSS))))


def area_columns(areas: gpd.GeoDataFrame, unit_degrees: float) -> Columns:
    """Return the rings of all parts of each area (EPSG:4326), without their closing vertex, in multiples of the unit.

    Holes are rings like any other: even-odd filling gives them back.
    """
    parts, area_of_part = shapely.get_parts(areas.geometry.to_numpy(), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    coordinates, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    units = np.rint(coordinates / unit_degrees).astype(np.int64)
    keep = _is_worth_keeping(units, ring_of_vertex)
    units, ring_of_vertex = units[keep], ring_of_vertex[keep]
    references, is_new = _references(units)
    steps = zigzag(np.diff(units, axis=0, prepend=np.zeros((1, 2), np.int64))[is_new])
    return {
        "rings_per_area": np.bincount(area_of_part[part_of_ring], minlength=len(areas)),
        "vertices_per_ring": np.bincount(ring_of_vertex, minlength=len(rings)),
        "vertex_references": references,
        "longitude_steps": steps[:, 0],
        "latitude_steps": steps[:, 1],
    }


def point_columns(points: Integers, areas: gpd.GeoDataFrame, unit_degrees: float) -> Columns:
    """Return points (longitude, latitude in units), those of the areas first and in their order, as steps.

    A point with an area is coded by its step from the middle of its area's bounding box, one without by its step
    from the origin.
    """
    west, south, east, north = np.rint(areas.bounds.to_numpy() / unit_degrees).astype(np.int64).T
    middle = np.zeros_like(points)
    middle[: len(areas)] = np.column_stack([(west + east) // 2, (south + north) // 2])
    steps = zigzag(points - middle)
    return {"point_longitude_steps": steps[:, 0], "point_latitude_steps": steps[:, 1]}


def _is_worth_keeping(units: Integers, ring_of_vertex: Integers) -> npt.NDArray[np.bool_]:
    """False for the closing vertex of a ring, and for one that rounding put on top of the vertex before."""
    closing = np.append(ring_of_vertex[1:] != ring_of_vertex[:-1], True)[: len(units)]
    same_place = (units[1:] == units[:-1]).all(axis=1) & (ring_of_vertex[1:] == ring_of_vertex[:-1])
    return ~closing & ~np.append(False, same_place)[: len(units)]


def _references(units: Integers) -> tuple[Integers, npt.NDArray[np.bool_]]:
    """Per vertex 0 where it is new, else 1 + the zigzag of how far its number is from the previous one minus one."""
    _, first, inverse = np.unique(units[:, 0] * (1 << 32) + units[:, 1], return_index=True, return_inverse=True)
    number_of = np.empty(len(first), np.int64)
    number_of[np.argsort(first)] = np.arange(len(first))
    number = number_of[inverse]
    is_new = np.zeros(len(units), bool)
    is_new[first] = True
    expected = np.append(0, number[:-1] - 1)[: len(number)]
    return np.where(is_new, 0, 1 + zigzag(number - expected)), is_new
