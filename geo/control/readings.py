"""Three ways to read dates that are ranges: with the doubt shown, every change as early as can be, or as late."""

import pandas as pd

from geo.control.intervals import control_intervals
from geo.control.records import When

OTHER_READINGS: tuple[When, ...] = ("earliest", "latest")


def control_readings(
    baseline: pd.DataFrame, judged: pd.DataFrame, start_date: pd.Timestamp, end_date: pd.Timestamp
) -> dict[When, pd.DataFrame]:
    """All intervals under "doubt", and under "earliest" and "latest" those of the places that differ from it.

    Each is a table `intervals`; a place has all its intervals in a reading or, where they are those of "doubt", none.
    """
    has_range = judged["earliest_date"] < judged["latest_date"]
    withdrawn_in_doubt = judged["event_id"].isin(judged.loc[has_range, "supersedes"])
    doubtful = judged.loc[has_range | withdrawn_in_doubt, "place_id"].unique()
    held = baseline[baseline["place_id"].isin(doubtful)]
    happened = judged[judged["place_id"].isin(doubtful) | (judged["assertion"] == "negated")]
    doubt = control_intervals(baseline, judged, start_date, end_date)
    shown = doubt[doubt["place_id"].isin(doubtful)]
    readings: dict[When, pd.DataFrame] = {"doubt": doubt}
    for when in OTHER_READINGS:
        readings[when] = _differing(control_intervals(held, happened, start_date, end_date, when), shown)
    return readings


def _differing(intervals: pd.DataFrame, from_intervals: pd.DataFrame) -> pd.DataFrame:
    """Those of the intervals whose place has not quite the same ones in the other table."""
    together = pd.concat([intervals, from_intervals])
    only_in_one = together.loc[~together.duplicated(keep=False), "place_id"].unique()
    return intervals[intervals["place_id"].isin(only_in_one)].reset_index(drop=True)
