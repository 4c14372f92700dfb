"""Boundaries that the user supplies: polygons from any vector file that GDAL reads (Shapefile, GeoPackage, GeoJSON)."""

from pathlib import Path

import geopandas as gpd
import pyogrio
import pyogrio.errors

from geo.crs import WGS84
from geo.errors import BoundaryError

_POLYGONS = ("Polygon", "MultiPolygon")
_DEGREES = (-180.0, -90.0, 180.0, 90.0)


def read_boundaries(path: Path) -> gpd.GeoDataFrame:
    """The polygons of a file with all its columns, mended where a ring crosses itself, in EPSG:4326.

    Raises BoundaryError when the file is missing or cannot be read, has several layers, no CRS, no features,
    features that are not polygons, or coordinates that are not on Earth.
    """
    frame = _read(path)
    if frame.crs is None:
        raise BoundaryError(f"{path.name} does not say its CRS: for a shapefile, put its .prj file beside it.")
    if frame.empty:
        raise BoundaryError(f"{path.name} has no features: give a file with one polygon for each place.")
    wrong = frame.index[~frame.geom_type.isin(_POLYGONS)]
    if not wrong.empty:
        kind = frame.geom_type[wrong[0]] or "without geometry"
        raise BoundaryError(
            f"{path.name} has features that are not polygons ({len(wrong)}, the first is feature {wrong[0] + 1}, "
            f"{kind}): leave them out."
        )
    located = frame.to_crs(WGS84)
    valid = located.set_geometry(located.make_valid(method="structure"))
    west, south, east, north = valid.total_bounds
    if not (_DEGREES[0] <= west <= east <= _DEGREES[2] and _DEGREES[1] <= south <= north <= _DEGREES[3]):
        raise BoundaryError(f"{path.name} has coordinates that are not on Earth: check its CRS ({frame.crs.name}).")
    return valid


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise BoundaryError(f"{path} is not a file: give the path of a boundary file.")
    try:
        layers = pyogrio.list_layers(path)[:, 0]
        if len(layers) > 1:
            listed = ", ".join(layers)
            raise BoundaryError(f"{path.name} has several layers ({listed}): save the one with the areas alone.")
        return gpd.GeoDataFrame(gpd.read_file(path))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError) as error:
        raise BoundaryError(f"{path.name} cannot be read as a boundary file: {error}") from error
