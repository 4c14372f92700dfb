"""Coordinate reference systems: WGS 84 for exchange, a local equal-area projection for everything measured.

The equal-area projection is Lambert's azimuthal one (J. P. Snyder, Map Projections: A Working Manual,
USGS Professional Paper 1395, 1987, chapter 24), centred on the data: areas are exact everywhere, and shapes
are true near the centre.
"""

import math

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from geo.errors import HoldlineError

WGS84 = CRS.from_epsg(4326)
SQUARE_METRES_PER_KM2 = 1_000_000


class MissingCRSError(HoldlineError, ValueError):
    """Geometries without a coordinate reference system: nobody can say where on Earth they lie."""


def require_crs(geoseries: gpd.GeoSeries) -> CRS:
    """The CRS of the geometries. Raises MissingCRSError if they have none."""
    if geoseries.crs is None:
        raise MissingCRSError(
            "The geometries have no coordinate reference system (CRS), so they cannot be placed on Earth. "
            "For longitude and latitude set EPSG:4326; for a shapefile, add its .prj file."
        )
    return geoseries.crs


def equal_area(longitude: float, latitude: float) -> CRS:
    """A Lambert azimuthal equal-area CRS in metres on WGS 84, centred on the given point (degrees)."""
    return CRS.from_dict({"proj": "laea", "lon_0": longitude, "lat_0": latitude, "datum": "WGS84", "units": "m"})


def equal_area_for(geoseries: gpd.GeoSeries) -> CRS:
    """The equal-area CRS centred on the bounding box of the geometries.

    Empty input is centred on longitude 0, latitude 0. Raises MissingCRSError.
    """
    require_crs(geoseries)
    west, south, east, north = (float(bound) for bound in geoseries.to_crs(WGS84).total_bounds)
    if math.isnan(west):
        return equal_area(0.0, 0.0)
    return equal_area((west + east) / 2, (south + north) / 2)


def area_km2(geoseries: gpd.GeoSeries) -> pd.Series:
    """The area of each geometry in km², with the index of the input, measured in a local equal-area CRS.

    Raises MissingCRSError: area in degrees has no meaning.
    """
    square_metres = geoseries.to_crs(equal_area_for(geoseries)).area
    return (square_metres / SQUARE_METRES_PER_KM2).rename("area_km2")
