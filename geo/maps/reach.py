"""How far places reach that are not points, for drawing: an outline, a circle, or only the word that it is unknown."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.places.extent import COLUMNS, place_extents

Ring = list[list[float]]
_DECIMALS = 5


def extents(
    places: pd.DataFrame, areas: gpd.GeoDataFrame, drawn: set[str], at: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return the extent of each place of `drawn` that is not a point, in the order of place_id.

    place (its position), kind (areas | radius | unknown), radius_km (or null), outline: the outer rings (latitude,
    longitude) around its parts, empty unless kind is areas. areas: EPSG:4326.
    """
    ground = areas.set_index("place_id").geometry
    has_ground = ground.index.get_indexer(pd.Index(places["place_id"])) >= 0
    rows = place_extents(places[places["place_id"].isin(drawn) | has_ground], areas)
    rows = rows[rows["place_id"].isin(drawn)]
    return [
        {
            "place": at[place_id],
            "kind": kind,
            "radius_km": None if pd.isna(radius_km) else round(radius_km, 2),
            "outline": _outer_rings(ground.loc[list(parts)]) if parts else [],
        }
        for place_id, kind, radius_km, parts in zip(*(rows[name].tolist() for name in COLUMNS), strict=True)
    ]


def _outer_rings(parts: pd.Series) -> list[Ring]:
    whole = shapely.union_all(parts.to_numpy())
    rings = shapely.get_exterior_ring(shapely.get_parts(whole))
    return [np.round(shapely.get_coordinates(ring)[:, ::-1], _DECIMALS).tolist() for ring in rings]
