"""Boundaries that the user supplies: polygons from any vector file that GDAL reads (Shapefile, GeoPackage, GeoJSON)."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pyogrio.errors
import shapely

from geo.crs import WGS84
from geo.errors import BoundaryError
from geo.formats.vector_files import require_vector_file

_POLYGONS = ("Polygon", "MultiPolygon")
_UNREAD = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.CRSError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    IndexError,  # of a file without layers
)
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
    _require_on_earth(located, path, frame.crs.name)
    valid = located.set_geometry(located.make_valid(method="structure", keep_collapsed=False))
    empty = valid.index[valid.is_empty]
    if not empty.empty:
        raise BoundaryError(
            f"{path.name} has polygons that enclose nothing ({len(empty)}, the first is feature {empty[0] + 1}): leave "
            "them out."
        )
    return valid


def _require_on_earth(located: gpd.GeoDataFrame, path: Path, crs: str) -> None:
    """Raises BoundaryError, also for a corner that is no number."""
    corners, feature = shapely.get_coordinates(located.geometry.to_numpy(), return_index=True)
    west, south, east, north = _DEGREES
    longitude, latitude = corners.T
    on_earth = (west <= longitude) & (longitude <= east) & (south <= latitude) & (latitude <= north)
    if not on_earth.all():
        first = located.index[feature[~on_earth][0]] + 1
        raise BoundaryError(
            f"{path.name} has coordinates that are not on Earth (the first in feature {first}): check its CRS ({crs})."
        )


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise BoundaryError(f"{path} is not a file: give the path of a boundary file.")
    require_vector_file(path)
    # A GML file may name a service that GDAL would ask what its columns mean.
    options: dict[str, Any] = {"DOWNLOAD_SCHEMA": "NO"} if path.suffix.lower() == ".gml" else {}
    try:
        layers = pyogrio.list_layers(path)[:, 0]
        if len(layers) > 1:
            listed = ", ".join(layers)
            raise BoundaryError(f"{path.name} has several layers ({listed}): save the one with the areas alone.")
        return gpd.GeoDataFrame(gpd.read_file(path, **options))
    except (*_UNREAD, UnicodeDecodeError, shapely.errors.GEOSException) as error:
        raise BoundaryError(f"{path.name} cannot be read as a boundary file: {error}") from error
