"""What a dataset may say, but hardly means: coordinates the wrong way round, days that the map does not show.

Such rows are kept as they stand. They are counted with the gaps, so `build` prints them and the Data page names them.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo.crs import WGS84
from geo.formats.observed import Gaps
from geo.places.world_table import read_rows

_MUCH_NEARER = 3
_FAR_KM = 200
_EXCHANGED = "with latitude and longitude that seem exchanged: the other way round {}"


def find_slips(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Table `gaps` of the slips in the tables `dataset`, `places` and `events`, which are valid."""
    dataset, places, events = tables["dataset"].iloc[0], tables["places"], tables["events"]
    gaps = Gaps("places.csv")
    if not _note_exchanged_country(gaps, dataset["country_code"], places):
        middle = places[["latitude", "longitude"]].median()
        exchanged = _seem_exchanged(places, middle["latitude"], middle["longitude"])
        gaps.note(_EXCHANGED.format("the place would lie among the others"), places.loc[exchanged, "place_id"])
    missed = Gaps("events.csv")
    outside = (events["latest_date"] < dataset["start_date"]) | (events["earliest_date"] > dataset["end_date"])
    missed.note(
        "outside the days of the map, from start_date to end_date of dataset.toml", events.loc[outside, "event_id"]
    )
    return pd.concat([gaps.table(), missed.table()], ignore_index=True)


def _note_exchanged_country(gaps: Gaps, country_code: str, places: pd.DataFrame) -> bool:
    """Notes and returns whether the places as a whole lie in their country only the other way round."""
    points = {
        row["country_code"]: (float(row["latitude"]), float(row["longitude"])) for row in read_rows("countries.csv")
    }
    if country_code not in points:
        return False
    middle = places[["latitude", "longitude"]].median().to_frame().T
    exchanged = bool(_seem_exchanged(middle, *points[country_code]).item())
    if exchanged:
        gaps.note(_EXCHANGED.format("the places would lie in their country"), places["place_id"])
    return exchanged


def _seem_exchanged(places: pd.DataFrame, latitude: float, longitude: float) -> pd.Series:
    """Whether each place is far from a point, and much nearer to it with its coordinates exchanged."""
    as_given_km = _distance_km(places["latitude"], places["longitude"], latitude, longitude)
    can_be = places["longitude"].abs() <= 90
    other_way_km = _distance_km(places["longitude"].where(can_be, 0), places["latitude"], latitude, longitude)
    return can_be & (as_given_km > _FAR_KM) & (as_given_km > _MUCH_NEARER * other_way_km)


def _distance_km(latitudes: pd.Series, longitudes: pd.Series, latitude: float, longitude: float) -> pd.Series:
    count = len(latitudes)
    geod = WGS84.get_geod()
    assert geod is not None, "WGS 84 has an ellipsoid"
    _, _, metres = geod.inv(longitudes, latitudes, np.full(count, longitude), np.full(count, latitude))
    return pd.Series(np.asarray(metres) / 1000, index=latitudes.index)
