"""GeoJSON (RFC 7946): longitude and latitude on WGS 84, seven decimals, about a centimetre."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84
from geo.errors import BoundaryError
from geo.formats.cells import json_records
from geo.formats.textfiles import read_text

DECIMALS = 7


def canonical_geometry(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame, EPSG:4326, with its geometry as files hold it: `DECIMALS` decimals, outer rings anticlockwise.

    Corners that neighbours share stay shared. Geometry on the grid of `geo.areas` does not move.
    """
    rounded = shapely.transform(frame.geometry.to_numpy(), lambda degrees: np.round(degrees, DECIMALS))
    return frame.set_geometry(gpd.GeoSeries(shapely.orient_polygons(rounded), index=frame.index, crs=WGS84))


def geojson_text(frame: gpd.GeoDataFrame, **members: object) -> str:
    """The frame as a FeatureCollection, one feature a line, with the other members of the collection that are given.

    Columns become properties: dates in ISO form, missing values null. Takes canonical geometry.
    """
    properties = json_records(pd.DataFrame(frame.drop(columns=frame.geometry.name)))
    features = [
        {"type": "Feature", "properties": row, "geometry": shapely.geometry.mapping(geometry)}
        for row, geometry in zip(properties, frame.geometry, strict=True)
    ]
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{head[:-1]}, "features": [\n{lines}\n]}}\n'


def read_areas(path: Path) -> gpd.GeoDataFrame:
    """GeoDataFrame[place_id, area_basis, geometry], EPSG:4326, from a file of `geojson_text`.

    Raises DatasetError if the file cannot be read, BoundaryError if it is not a FeatureCollection of areas.
    """
    columns = ["place_id", "area_basis", "geometry"]
    try:
        features = json.loads(read_text(path))["features"]
        return gpd.GeoDataFrame.from_features(features, crs=WGS84, columns=columns)[columns]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BoundaryError(f"{path.name} is not a GeoJSON file of areas: {error}") from error
