"""The ground that belongs to each place: imported boundaries, else Voronoi cells, marked as inferred.

Every result is EPSG:4326, valid, free of overlaps, rounded to 1e-6 degrees (about 0.1 m) and sorted by place_id.
Everything is measured and built in a local equal-area projection, never in degrees. Give only places that contain
no other of them (`geo.control.hierarchy.leaf_places`).
"""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import SQUARE_METRES_PER_KM2, WGS84, equal_area_for, require_crs
from geo.errors import HoldlineError

PRECISION_DEGREES = 1e-6
# More than rounding to PRECISION_DEGREES can move two vertices against each other.
SNAP_M = 0.2
LONE_PLACE_RADIUS_M = 1_000
# Why: docs/method.md, "How far a place reaches".
REACH_PERCENTILE = 90
# Corners of a quarter of a disc. Of thousands of places nobody sees more, and time grows with their number.
CORNERS, FEW_CORNERS = 16, 4
MANY_PLACES = 1_000
INFERRED = "inferred"
BOUNDARY = "boundary"


class AreaError(HoldlineError, ValueError):
    """The places do not allow areas to be drawn: two on one point, or one outside the outline."""


class Limits(NamedTuple):
    """What a dataset says about how far the ground of its places goes. Imported boundaries come before both.

    outline: polygons in any CRS that hold every place: ground outside belongs to nobody.
    reach_km: how far a place without a published area reaches.
    """

    outline: gpd.GeoSeries | None = None
    reach_km: float | None = None


class Ground(NamedTuple):
    """What cells divide, in a local CRS. reach_m: ground further than this from every place belongs to nobody."""

    polygon: BaseGeometry
    reach_m: float | None = None


def control_areas(
    places: pd.DataFrame, boundaries: gpd.GeoDataFrame | None = None, limits: Limits | None = None
) -> gpd.GeoDataFrame:
    """The area of each place: place_id, area_basis (`boundary` or `inferred`), geometry.

    places: columns place_id, latitude, longitude, area_km2. boundaries: polygons in any CRS; see `imported_areas`.
    What they leave, or all without them, is divided as follows. If there is an outline, all of it (within reach of a
    place, if limits say how far that is). Else, where some place has a published area, the outline made of these
    (`city_outline`). Else each place has the ground within its reach, by default REACH_PERCENTILE of the distances
    from each place to the one nearest to it.
    Raises AreaError, MissingCRSError.
    """
    limits = limits or Limits()
    if boundaries is not None:
        return imported_areas(places, boundaries, limits)
    points = _points(places)
    _refuse_shared_points(points)
    local = points.to_crs(equal_area_for(points))
    return _as_areas({INFERRED: _cells(local, _ground(places, local, limits))})


def city_outline(places: pd.DataFrame, reach_km: float | None = None) -> gpd.GeoSeries:
    """The built-up ground that the places make up together, inferred from their points and published areas.

    Each place is a disc with its published area around its point. Gaps narrower than a typical place (twice the
    median radius) are closed and holes are filled, so the outline has about the area of the places together and
    splits where they lie apart. A place without a published area has radius reach_km, else that of a typical place;
    where none has an area, the typical radius is the reach that the places' distances give.

    Returns one geometry, or none if there are no places.
    """
    points = _points(places)
    if points.empty:
        return gpd.GeoSeries([], crs=WGS84)
    local = points.to_crs(equal_area_for(points))
    radius_m = _radius_m(_published_km2(places, points), local, reach_km)
    corners = CORNERS if len(points) <= MANY_PLACES else FEW_CORNERS
    gap_m = float(np.median(radius_m))
    widened = shapely.union_all(shapely.buffer(local.to_numpy(), radius_m + gap_m, quad_segs=corners))
    closed = shapely.buffer(widened, -gap_m, quad_segs=corners)
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(closed)])
    return _rounded(gpd.GeoSeries([filled], crs=local.crs))


def voronoi_areas(places: pd.DataFrame, outline: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Divides the outline: every bit of it belongs to the place whose point is nearest. All are `inferred`.

    A cell that the outline cuts into several pieces keeps them all. Raises AreaError if two places have the same
    point (to 1e-6 degrees) or a place lies outside the outline, MissingCRSError if the outline has no CRS.
    """
    require_crs(outline)
    points = _points(places)
    _refuse_shared_points(points)
    crs = equal_area_for(points)
    return _as_areas({INFERRED: _cells(points.to_crs(crs), Ground(outline.to_crs(crs).union_all()))})


def imported_areas(
    places: pd.DataFrame, boundaries: gpd.GeoDataFrame, limits: Limits | None = None
) -> gpd.GeoDataFrame:
    """The polygons of a boundary layer, for the places they belong to (`boundary`).

    A polygon belongs to the place whose place_id stands in the layer's code column, which is the column that holds
    the most place_ids; several polygons of one place are joined. A place without one takes the smallest polygon
    without owner that contains its point and no other place's. A place that still has none takes the piece around
    its point of its Voronoi cell less the imported polygons (`inferred`), and gets no row if its point lies on
    another place's polygon: there is no ground left for it.

    Where polygons overlap, the overlap goes to the one with which it has the longest border in common; a polygon
    of which nothing is left gets no row.
    Raises MissingCRSError, AreaError.
    """
    require_crs(boundaries.geometry)
    points = _points(places)
    crs = equal_area_for(points)
    local = points.to_crs(crs)
    flat = shapely.force_2d(boundaries.geometry.to_crs(crs).to_numpy())
    polygons = gpd.GeoSeries(shapely.make_valid(flat, method="structure", keep_collapsed=False), crs=crs)
    owners = _owners_by_code(points.index, boundaries)
    owners = owners.fillna(_owners_by_point(local, polygons, owners))
    owned = gpd.GeoDataFrame({"place_id": owners}, geometry=polygons).dissolve("place_id").geometry
    ground = _ground(places, local, limits or Limits())
    return _as_areas({BOUNDARY: owned, INFERRED: _cells_beside(owned, local, ground)})


def _points(places: pd.DataFrame) -> gpd.GeoSeries:
    """The places' points, sorted by place_id, which is the index."""
    ordered = places.sort_values("place_id").set_index("place_id")
    return gpd.GeoSeries.from_xy(ordered["longitude"], ordered["latitude"], index=ordered.index, crs=WGS84)


def _published_km2(places: pd.DataFrame, points: gpd.GeoSeries) -> pd.Series:
    return places.set_index("place_id")["area_km2"].reindex(points.index)


def _ground(places: pd.DataFrame, points: gpd.GeoSeries, limits: Limits) -> Ground:
    """The ground of the places, in the points' CRS. See `control_areas`."""
    crs = require_crs(points)
    reach_m = None if limits.reach_km is None else 1_000 * limits.reach_km
    if limits.outline is not None:
        require_crs(limits.outline)
        return Ground(limits.outline.to_crs(crs).union_all(), reach_m)
    if points.empty or _published_km2(places, points).notna().any():
        return Ground(city_outline(places, limits.reach_km).to_crs(crs).union_all())
    reach_m = reach_m or _reach_m(points)
    return Ground(shapely.box(*points.total_bounds).buffer(2 * reach_m), reach_m)


def _reach_m(points: gpd.GeoSeries) -> float:
    """How far a place reaches, from the distances of each to the one nearest to it."""
    if len(points) < 2:
        return LONE_PLACE_RADIUS_M
    _, distance_m = points.sindex.nearest(points, exclusive=True, return_all=False, return_distance=True)
    return float(np.percentile(distance_m, REACH_PERCENTILE))


def _radius_m(area_km2: pd.Series, points: gpd.GeoSeries, reach_km: float | None) -> npt.NDArray[np.float64]:
    """Radius of the disc that has each place's area."""
    radius_m = np.sqrt(area_km2 * SQUARE_METRES_PER_KM2 / np.pi)
    if reach_km is not None:
        typical_m = 1_000 * reach_km
    else:
        typical_m = _reach_m(points) if radius_m.isna().all() else float(radius_m.median())
    return radius_m.fillna(typical_m).to_numpy(np.float64)


def _refuse_shared_points(points: gpd.GeoSeries) -> None:
    shared = points.index[_positions(points).duplicated(keep=False)]
    if len(shared):
        raise AreaError(
            f"Several places lie on one point, so their ground cannot be told apart: {', '.join(shared)}. "
            "Give each its own latitude and longitude, or import boundaries for them."
        )


def _positions(points: gpd.GeoSeries) -> pd.Series:
    return points.to_crs(WGS84).set_precision(PRECISION_DEGREES).to_wkb()


def _cells(points: gpd.GeoSeries, ground: Ground) -> gpd.GeoSeries:
    """The Voronoi cell of each point within the ground, in the points' CRS. No two points may be the same.

    Ground within reach of any point is within reach of the nearest one, so that each cell is cut by one disc.
    """
    polygon = ground.polygon
    shapely.prepare(polygon)
    outside = points.index[~shapely.intersects(points.to_numpy(), polygon)]
    if len(outside):
        raise AreaError(
            f"These places lie outside the outline: {', '.join(outside)}. "
            "Correct their coordinates, or the outline if dataset.toml names one."
        )
    cells = np.array([polygon] * len(points), dtype=object)
    if len(points) > 1:
        diagram = shapely.voronoi_polygons(shapely.MultiPoint(points.to_numpy()), extend_to=polygon, ordered=True)
        cells = shapely.get_parts(diagram)
    if ground.reach_m is not None:
        cells = shapely.intersection(cells, shapely.buffer(points.to_numpy(), ground.reach_m))
    cut = ~shapely.contains_properly(polygon, cells)
    cells[cut] = shapely.intersection(cells[cut], polygon)
    return gpd.GeoSeries(cells, index=points.index, crs=points.crs)


def _cells_beside(owned: gpd.GeoSeries, points: gpd.GeoSeries, ground: Ground) -> gpd.GeoSeries:
    """For each place without a polygon the piece of its cell around its point that no polygon covers."""
    has_polygon = points.index.isin(owned.index)
    _refuse_shared_points(gpd.GeoSeries(points[~has_polygon]))
    rivals = gpd.GeoSeries(points.iloc[np.argsort(~has_polygon, kind="stable")])
    rivals = gpd.GeoSeries(rivals[~_positions(rivals).duplicated()])
    is_rest = ~rivals.index.isin(owned.index)
    free = shapely.difference(_cells(rivals, ground).to_numpy()[is_rest], owned.union_all())
    pieces, place = shapely.get_parts(free, return_index=True)
    around = shapely.intersects(pieces, rivals.to_numpy()[is_rest][place])
    placed, first = np.unique(place[around], return_index=True)
    return gpd.GeoSeries(pieces[around][first], index=rivals.index[is_rest][placed], crs=points.crs)


def _owners_by_code(place_ids: pd.Index, boundaries: gpd.GeoDataFrame) -> pd.Series:
    """Per polygon, numbered from 0, the place_id in the layer's code column; NA where it names none."""
    attributes = boundaries.drop(columns=boundaries.geometry.name).astype("str").reset_index(drop=True)
    known = attributes.where(attributes.isin(place_ids))
    named = known.nunique()
    return known[named.idxmax()] if named.any() else pd.Series(index=known.index, dtype="str")


def _owners_by_point(points: gpd.GeoSeries, polygons: gpd.GeoSeries, owners: pd.Series) -> pd.Series:
    """Per polygon without owner the place without polygon whose point it contains, if it contains only that one."""
    polygon, point = points.sindex.query(polygons, predicate="intersects")
    pairs = pd.DataFrame(
        {"polygon": polygon, "place_id": points.index[point], "area": polygons.area.to_numpy()[polygon]}
    )
    is_free = owners.isna().to_numpy()[polygon] & ~pairs["place_id"].isin(owners)
    free = pairs[is_free & ~pairs["polygon"].duplicated(keep=False)]
    return free.sort_values(["area", "polygon"]).drop_duplicates("place_id").set_index("polygon")["place_id"]


def _as_areas(geometries: dict[str, gpd.GeoSeries]) -> gpd.GeoDataFrame:
    """The result table, from geometries by area_basis, made a clean coverage.

    In a clean coverage neighbours share every vertex of their border, so that rounding opens no overlaps.
    """
    bases = [basis for basis, part in geometries.items() for _ in range(len(part))]
    raw = pd.concat(geometries.values())
    clean = shapely.coverage_clean(raw.to_numpy(), snapping_distance=SNAP_M)  # type: ignore[attr-defined]
    rounded = _rounded(gpd.GeoSeries(clean, crs=raw.crs))
    areas = gpd.GeoDataFrame({"place_id": raw.index, "area_basis": bases}, geometry=rounded)
    return areas[~areas.is_empty].sort_values("place_id", ignore_index=True)


def _rounded(geometries: gpd.GeoSeries) -> gpd.GeoSeries:
    return geometries.to_crs(WGS84).set_precision(PRECISION_DEGREES)
