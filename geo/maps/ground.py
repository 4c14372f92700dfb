"""The ground as pixels: which area lies under each, and its picture in the inks of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from PIL import Image, ImageDraw
from pyproj import CRS

from geo.crs import WGS84, equal_area_for
from geo.maps.ink import EDGES_FROM_PX, FRONT, OPACITY, RGB, Bytes, Ink, tile

SUPERSAMPLING = 2
"""Canvas pixels for one pixel of the finished picture: edges look smooth once it is scaled down."""
FRONT_WIDTH_PX = 2
_LAND = resources.files("geo.maps") / "base" / "land.geojson"
_SEA_COLOUR: RGB = (230, 236, 238)
_LAND_COLOUR: RGB = (244, 242, 236)
_MARGIN = 0.04
_LOWEST, _HIGHEST = 0.6, 1.1
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class View:
    """A window on the equal-area projection: what looks twice as large is twice as large.

    crs: that projection. west_m, north_m: its coordinates at the canvas's top left corner.
    metres_per_pixel, columns, rows: of the canvas, which is SUPERSAMPLING times as fine as the finished picture.
    """

    crs: CRS
    west_m: float
    north_m: float
    metres_per_pixel: float
    columns: int
    rows: int

    def pixels(self, line: shapely.Geometry) -> list[float]:
        """The line's vertices (in the projection) on the canvas: column, row, column, row ..."""
        at = (shapely.get_coordinates(line) - [self.west_m, self.north_m]) / self.metres_per_pixel
        return (at * [1, -1]).ravel().tolist()


@dataclass(frozen=True, eq=False)
class Ground:
    """Areas on a canvas. Arrays are by row and column.

    area: 1 + position of the area under each pixel, 0 for none.
    kind: 0 inside an area, 1 on an edge to another, 2 on the outline.
    base: the colours under the areas.
    """

    view: View
    area: Integers
    kind: Bytes
    base: Bytes


def view_of(areas: gpd.GeoSeries, width: int) -> View:
    """All areas, on a picture that is so many pixels wide and as high as they need, within reason.

    Raises MissingCRSError.
    """
    crs = equal_area_for(areas)
    west, south, east, north = areas.to_crs(crs).total_bounds
    across_m, along_m = max(east - west, 1.0), max(north - south, 1.0)
    height = round(float(np.clip(along_m / across_m, _LOWEST, _HIGHEST)) * width)
    per_pixel = float(max(across_m / width, along_m / height)) * (1 + 2 * _MARGIN) / SUPERSAMPLING
    columns, rows = width * SUPERSAMPLING, height * SUPERSAMPLING
    west_m, north_m = (west + east - columns * per_pixel) / 2, (north + south + rows * per_pixel) / 2
    return View(crs, float(west_m), float(north_m), per_pixel, columns, rows)


def ground_of(areas: gpd.GeoSeries, view: View) -> Ground:
    """The areas (any CRS) as pixels, on a base of sea and land."""
    size = (view.columns, view.rows)
    base = Image.new("RGB", size, _SEA_COLOUR)
    land = shapely.get_parts(_land(view).to_numpy())
    _fill(base, view, land, [_LAND_COLOUR] * len(land), _SEA_COLOUR)
    numbers = Image.new("I", size)
    parts, owner = shapely.get_parts(areas.to_crs(view.crs).to_numpy(), return_index=True)
    _fill(numbers, view, parts, (owner + 1).tolist(), 0)
    area = np.asarray(numbers).astype(np.int64)
    return Ground(view, area, _kinds(area, len(areas)), np.asarray(base))


def paint(ground: Ground, inks: Sequence[Ink], ink_of_area: Integers, front: gpd.GeoSeries) -> Image.Image:
    """The finished picture: area k in the ink number ink_of_area[k], the front line over it."""
    tiles = np.stack([tile(ink, SUPERSAMPLING) for ink in inks])
    side = tiles.shape[2]
    rows, columns = np.nonzero(ground.area)
    ink = ink_of_area[ground.area[rows, columns] - 1]
    drawn = tiles[ink, ground.kind[rows, columns], rows % side, columns % side]
    canvas = ground.base.copy()
    canvas[rows, columns] = _blended(drawn, canvas[rows, columns])
    picture = Image.fromarray(canvas)
    pen = ImageDraw.Draw(picture)
    for line in shapely.get_parts(front.to_crs(ground.view.crs).to_numpy()):
        pen.line(ground.view.pixels(line), fill=FRONT, width=FRONT_WIDTH_PX * SUPERSAMPLING, joint="curve")
    return picture.reduce(SUPERSAMPLING)


def over_land(colours: Bytes) -> Bytes:
    """The colours as they look on land, where the areas let it shine through."""
    return _blended(colours, np.array(_LAND_COLOUR, np.uint8))


def _blended(colours: Bytes, under: Bytes) -> Bytes:
    return np.rint(colours * OPACITY + under * (1 - OPACITY)).astype(np.uint8)


def _fill(
    canvas: Image.Image, view: View, polygons: npt.NDArray[np.object_], colours: Sequence[int | RGB], empty: int | RGB
) -> None:
    """Draws polygons, the largest first: what lies in a hole of another comes after that hole was emptied."""
    pen = ImageDraw.Draw(canvas)
    extent = shapely.area(shapely.polygons(shapely.get_exterior_ring(polygons)))
    for number in np.argsort(-extent, kind="stable"):
        exterior, *holes = shapely.get_rings(polygons[number])
        pen.polygon(view.pixels(exterior), fill=colours[number])
        for hole in holes:
            pen.polygon(view.pixels(hole), fill=empty)


def _land(view: View) -> gpd.GeoSeries:
    """The part of the world's land around the view, in its projection."""
    corners = gpd.GeoSeries.from_xy(
        [view.west_m, view.west_m + view.columns * view.metres_per_pixel],
        [view.north_m - view.rows * view.metres_per_pixel, view.north_m],
        crs=view.crs,
    )
    west, south, east, north = corners.to_crs(WGS84).total_bounds
    margin = max(east - west, north - south)
    world = shapely.get_parts(shapely.from_geojson(_LAND.read_text(encoding="utf-8")))
    near = shapely.clip_by_rect(world, west - margin, south - margin, east + margin, north + margin)
    return gpd.GeoSeries(near[~shapely.is_empty(near)], crs=WGS84).to_crs(view.crs)


def _kinds(area: Integers, count: int) -> Bytes:
    """Edges (the next area lies right or below) and outline (no area lies right, below, left or above).

    There are no edges where the areas are too small on the picture to bear them.
    """
    around = np.pad(area, 1, mode="edge")
    right, below, left, above = around[1:-1, 2:], around[2:, 1:-1], around[1:-1, :-2], around[:-2, 1:-1]
    bears_edges = np.count_nonzero(area) > EDGES_FROM_PX * SUPERSAMPLING**2 * count
    is_edge = ((area != right) | (area != below)) & bears_edges
    is_outline = (right == 0) | (below == 0) | (left == 0) | (above == 0)
    return np.where(is_outline, 2, np.where(is_edge, 1, 0)).astype(np.uint8)
