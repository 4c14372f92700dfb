"""How much ground each actor holds: km² and percent, from the places' own areas.

A contested, mixed or undecided place counts half for its holder and half for its contender; where the contender is
not named, that half goes to the pseudo-actor `contested`. A place or half without a known holder goes to `unknown`.
A claim moves no ground: a place that is only claimed by another side is its holder's alone. A place that contains
other places of the table is left out, its parts stand for it, and so is a district or province beside points
(`geo.control.hierarchy.ground_places`). A place without an area adds nothing.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.control.hierarchy import ground_places

CONTESTED = "contested"
UNKNOWN = "unknown"
SHARED_STATUSES = ("contested", "mixed")
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def shares_on(states: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Area per actor on one day: actor, area_km2, share_pct (of the area of all these places), sorted by actor.

    states: rows of `states_on` (or any subset). places: with area_km2, parent_place_id and place_precision.
    share_pct is NaN if no place has an area.
    """
    parts = _parts(states, places)
    shares = parts.groupby("actor", sort=True)["area_km2"].sum().reset_index()
    return shares.assign(share_pct=_percent(shares["area_km2"], shares["area_km2"].sum()))


def share_series(intervals: pd.DataFrame, places: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Area per actor for every day from start to end, both included: date, actor, area_km2, share_pct.

    Each actor that holds anything on any of the days has a row on all of them. Sorted by date, actor.
    """
    days = pd.date_range(start, end, freq="D", unit="s", name="date")
    parts = _parts(intervals, places)
    begins = _day_number(parts["start"], days)
    ends = _day_number(parts["end"].fillna(days[-1] + pd.Timedelta(days=1)), days)
    parts, begins, ends = parts[begins < ends], begins[begins < ends], ends[begins < ends]
    numbers, actors = pd.factorize(parts["actor"], sort=True)
    change_km2 = np.zeros((len(days) + 1, len(actors)))
    np.add.at(change_km2, (begins, numbers), parts["area_km2"])
    np.add.at(change_km2, (ends, numbers), -parts["area_km2"])
    # Rounding to a square millimetre removes what is left of sums such as 0.1 + 0.2 - 0.3.
    area_km2 = np.abs(change_km2[:-1].cumsum(axis=0).round(12))
    series = pd.DataFrame(
        {
            "date": days.repeat(len(actors)),
            "actor": np.tile(actors, len(days)),
            "area_km2": area_km2.ravel(),
        }
    )
    return series.assign(share_pct=_percent(series["area_km2"], area_km2.sum(axis=1).repeat(len(actors))))


def area_held_km2(states: pd.DataFrame, places: pd.DataFrame, actor: str) -> float:
    """The area in km² that an actor holds in these states, 0 if it holds none."""
    parts = _parts(states, places)
    return float(parts.loc[parts["actor"] == actor, "area_km2"].sum())


def _parts(states: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The states with the columns actor and area_km2 of each actor's part: one row, or two where a place is shared."""
    counted = states[states["place_id"].isin(ground_places(states["place_id"], places))]
    area_km2 = counted["place_id"].map(places.set_index("place_id")["area_km2"]).astype("float64").fillna(0.0)
    is_shared = counted["status"].isin(SHARED_STATUSES) | counted["undecided"]
    holders = counted.assign(actor=counted["actor"].fillna(UNKNOWN), area_km2=area_km2.where(~is_shared, area_km2 / 2))
    contenders = holders[is_shared].assign(actor=counted.loc[is_shared, "contender"].fillna(CONTESTED))
    return pd.concat([holders, contenders], ignore_index=True)


def _percent(area_km2: pd.Series, total_km2: float | Floats) -> pd.Series:
    return 100 * area_km2 / np.where(np.asarray(total_km2) > 0, total_km2, np.nan)


def _day_number(dates: pd.Series, days: pd.DatetimeIndex) -> Integers:
    return np.asarray(((dates - days[0]) // pd.Timedelta(days=1)).clip(0, len(days)), dtype=np.int64)
