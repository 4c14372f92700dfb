"""Which rows of a table mean the same place: names repeat, coordinates are corrected, places are renamed.

- Rows with the same name (by `name_key`) and coordinates within `same_place_km` of each other are one place.
- Coordinates of one name that lie further apart are several places, unless they follow each other within
  `carry_days` and never stand side by side on one day. Then they were corrected, or another place took over the
  name: nobody can tell, so the place is where the last ones are, and rows at those that were given up belong to none.
- Places within `SAME_POINT_KM` of each other are one, renamed: the last name counts, the others are aliases.
- A row without coordinates belongs to the place of its name, if there is only one.
"""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import WGS84, equal_area_for
from geo.places.names import name_key
from geo.schema import conform

SAME_POINT_KM = 0.1
NEAR_A_POINT = 2
Integers = npt.NDArray[np.int64]


class Identified(NamedTuple):
    """Who is who.

    places: table `places`. place_ids: per row of the input its place_id, missing where it cannot be told.
    repeated, renamed: names that several places bear; that were joined because they stand on one point.
    given_up, lost: names in rows at coordinates that were given up, and in rows without coordinates, of no place.
    """

    places: pd.DataFrame
    place_ids: pd.Series
    repeated: list[str]
    renamed: list[str]
    given_up: pd.Series
    lost: pd.Series


def identify(
    rows: pd.DataFrame, same_place_km: float, carry_days: int, parent_place_id: str, country_code: str
) -> Identified:
    """The places that rows mean. rows: name, latitude and longitude (degrees, both or neither missing), date.

    The ids are made of the name, with the coordinates where several places share it: they stay the same when rows
    are added later, unless those bring a new place of an old name.
    """
    keys = rows["name"].map({name: name_key(name) or "place" for name in rows["name"].unique()})
    located = rows.assign(key=keys).dropna(subset=["latitude", "longitude"])
    spots = _spots(located)
    spots["place"] = _joined(spots, same_place_km * 1000, "key")
    spots = _without_given_up(spots, carry_days)
    where = spots.sort_values("last_date", kind="stable").drop_duplicates("place", keep="last").set_index("place")
    point = pd.Series(_joined(where, SAME_POINT_KM * 1000), index=where.index)
    spots["place"] = where.index[point[spots["place"]].to_numpy()]
    bearers = spots.groupby("key")["place"].nunique()
    repeated = bearers.index[bearers > 1]
    place = _place_of_rows(rows.assign(key=keys), spots)
    places = _as_places(rows.assign(place=place), where, keys, repeated, parent_place_id, country_code)
    own_names = rows["name"].groupby(place).nunique()
    return Identified(
        places=conform("places", places.sort_values("place_id")),
        place_ids=place.map(places["place_id"]),
        repeated=_names(rows, keys.isin(repeated)),
        renamed=_names(rows, place.isin(own_names.index[own_names > 1])),
        given_up=rows.loc[place.isna() & rows["latitude"].notna(), "name"],
        lost=rows.loc[place.isna() & rows["latitude"].isna(), "name"],
    )


def _spots(located: pd.DataFrame) -> pd.DataFrame:
    """Each name's coordinates, with the days on which they first and last stand in the table."""
    by = ["key", "latitude", "longitude"]
    return located.groupby(by)["date"].agg(first_date="min", last_date="max").reset_index()


def _joined(spots: pd.DataFrame, distance_m: float, within: str | None = None) -> Integers:
    """Per spot the number of the first one that it hangs together with by steps of at most the distance."""
    points = gpd.GeoSeries.from_xy(spots["longitude"], spots["latitude"], crs=WGS84)
    local = points.to_crs(equal_area_for(points)).to_numpy()
    one, other = shapely.STRtree(local).query(local, predicate="dwithin", distance=distance_m)
    if within is not None:
        names = spots[within].to_numpy()
        one, other = one[names[one] == names[other]], other[names[one] == names[other]]
    number = np.arange(len(spots))
    while True:
        lowest = number.copy()
        np.minimum.at(lowest, one, number[other])
        if np.array_equal(lowest, number):
            return number
        number = lowest


def _without_given_up(spots: pd.DataFrame, carry_days: int) -> pd.DataFrame:
    """The spots without those that another one of the same name has taken over from."""
    by = ["key", "place"]
    spans = spots.groupby(by).agg(first=("first_date", "min"), last=("last_date", "max")).reset_index()
    spans = spans.sort_values(["key", "first", "place"])
    is_next = spans["key"] == spans["key"].shift()
    takes_over = (spans["first"] - spans["last"].shift()).dt.days.between(1, carry_days + 1)
    is_chain = (takes_over | ~is_next).groupby(spans["key"]).transform("all")
    kept = spans.loc[~(is_chain & spans["key"].duplicated(keep="last")), by]
    return spots.merge(kept, on=by)


def _place_of_rows(rows: pd.DataFrame, spots: pd.DataFrame) -> pd.Series:
    exact = rows.merge(spots, on=["key", "latitude", "longitude"], how="left")["place"].set_axis(rows.index)
    only = spots.groupby("key")["place"].agg(["min", "nunique"])
    by_name = rows["key"].map(only.loc[only["nunique"] == 1, "min"])
    return exact.fillna(by_name.where(rows["latitude"].isna())).astype("Int64")


def _as_places(
    rows: pd.DataFrame,
    where: pd.DataFrame,
    keys: pd.Series,
    repeated: pd.Index,
    parent_place_id: str,
    country_code: str,
) -> pd.DataFrame:
    """Table `places`, the index its number; a place bears the name it was last called by."""
    named = rows.assign(key=keys).dropna(subset=["place"]).sort_values("date", kind="stable")
    last = named.drop_duplicates("place", keep="last").set_index("place")
    names = named.drop_duplicates(["place", "name"]).groupby("place")["name"].agg(list)
    at = where.loc[last.index]
    coordinates = [
        f"-{latitude:.4f}-{longitude:.4f}" for latitude, longitude in zip(at["latitude"], at["longitude"], strict=True)
    ]
    suffix = pd.Series(coordinates, index=last.index).where(last["key"].isin(repeated), "")
    aliases = [
        "|".join(other for other in others if other != name and "|" not in other) or None
        for name, others in zip(last["name"], names.loc[last.index], strict=True)
    ]
    return pd.DataFrame(
        {
            "place_id": last["key"].str.replace(" ", "-") + suffix,
            "name": last["name"],
            "name_local": None,
            "aliases": pd.Series(aliases, index=last.index),
            "latitude": at["latitude"],
            "longitude": at["longitude"],
            "feature_code": "PPL",
            "parent_place_id": parent_place_id,
            "country_code": country_code,
            "area_km2": None,
            "place_precision": NEAR_A_POINT,
        }
    )


def _names(rows: pd.DataFrame, chosen: pd.Series) -> list[str]:
    return sorted(rows.loc[chosen.to_numpy(bool), "name"].unique())
