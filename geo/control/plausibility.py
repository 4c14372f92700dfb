"""Changes that nobody would expect: a place taken far from everything that its new holder has."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.control.settings import RuleSettings, rule_settings
from geo.control.states import states_on
from geo.crs import equal_area_for

_METRES_PER_KM = 1000
_DAY = pd.Timedelta(days=1)


def far_changes(
    judged: pd.DataFrame, intervals: pd.DataFrame, areas: gpd.GeoDataFrame, settings: RuleSettings | None = None
) -> pd.DataFrame:
    """Events that give a place to a side which held no ground near it on the day before: event_id, distance_km.

    judged: events as `judging.judge` returns them; only those that change the map to `controlled` are looked at.
    intervals: control of the places. areas: GeoDataFrame[place_id, geometry] with a CRS.
    distance_km: from the edge of the place's area to the nearest area that the side held, shared or contested on the
    day before earliest_date, in an equal-area projection of all areas. Listed where it is above `far_km` of the
    settings or, where places are small, above `far_places` typical widths of one (the root of the median area). A
    side that held nothing at all then (a landing, a side that is new to the map) is not listed, nor is a place without
    an area. Such an event is not refused: it waits for a second look. Sorted by distance_km, the farthest first.
    Raises MissingCRSError.
    """
    settings = settings or rule_settings()
    metric = areas.geometry.to_crs(equal_area_for(areas.geometry))
    width_km = float(np.sqrt(metric.area.median())) / _METRES_PER_KM
    farthest_km = min(settings.far_km, settings.far_places * width_km)
    ground = pd.Series(metric.to_numpy(), index=areas["place_id"])
    takes = judged["changes_map"] & (judged["status"] == "controlled") & judged["place_id"].isin(ground.index)
    found = []
    for day, of_day in judged[takes & judged["to_actor"].notna()].groupby("earliest_date"):
        before = states_on(intervals, pd.Timestamp(str(day)) - _DAY)
        before = before[before["place_id"].isin(ground.index)]
        for actor, taken in of_day.groupby("to_actor"):
            held = before.loc[(before["actor"] == actor) | (before["contender"] == actor), "place_id"]
            if len(held):
                found.append(taken[["event_id"]].assign(distance_km=_distance_km(ground, taken["place_id"], held)))
    if not found:
        return pd.DataFrame({"event_id": pd.Series(dtype="str"), "distance_km": pd.Series(dtype="float64")})
    distances = pd.concat(found, ignore_index=True)
    far = distances[distances["distance_km"] > farthest_km]
    return far.sort_values(["distance_km", "event_id"], ascending=[False, True], ignore_index=True)


def _distance_km(ground: pd.Series, taken: pd.Series, held: pd.Series) -> npt.NDArray[np.float64]:
    """From each place taken to the nearest of those held. ground: geometries in metres by place_id."""
    tree = shapely.STRtree(ground.reindex(held).to_numpy())
    _, distance_m = tree.query_nearest(ground.reindex(taken).to_numpy(), all_matches=False, return_distance=True)
    return np.asarray(distance_m / _METRES_PER_KM)
