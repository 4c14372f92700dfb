"""Where two histories of the same places differ, and what a change of the rules' settings would do to the map."""

import dataclasses

import pandas as pd

from geo.control.intervals import control_intervals
from geo.control.judging import judge_dataset
from geo.dataset import Dataset
from geo.schema import COLUMNS

STATE = ["actor", "contender", "status", "assertion", "undecided"]
DIFFERENCE_COLUMNS = [
    "place_id", "first_date", "last_date",
    *(f"{column}_{moment}" for moment in ("before", "after") for column in STATE),
]  # fmt: skip
_DAY = pd.Timedelta(days=1)


def differences(before: pd.DataFrame, after: pd.DataFrame, last_date: pd.Timestamp) -> pd.DataFrame:
    """The days on which places are not in the same state: a row for each stretch of days, with both states.

    before, after: tables `intervals` of the same first day. last_date: of the map. Columns: DIFFERENCE_COLUMNS, sorted
    by place_id and first_date; a place that one of the two lacks has no status there.
    """
    begins = pd.concat([before, after])[["place_id", "start"]].drop_duplicates().sort_values("start")
    if begins.empty:
        return pd.DataFrame(columns=DIFFERENCE_COLUMNS)
    compared = begins
    for moment, intervals in (("before", before), ("after", after)):
        states = intervals.sort_values("start")[["place_id", "start", *STATE]]
        states = states.rename(columns={column: f"{column}_{moment}" for column in STATE})
        compared = pd.merge_asof(compared, states, on="start", by="place_id")
    compared = compared.sort_values(["place_id", "start"], ignore_index=True)
    cells = compared.drop(columns="start").astype(object)
    cells = cells.where(cells.notna(), "")  # two missing cells are alike
    compared = compared[(cells != cells.shift()).any(axis="columns")]
    next_start = compared.groupby("place_id")["start"].shift(-1)
    dated = compared.assign(first_date=compared["start"], last_date=(next_start - _DAY).fillna(last_date))
    cells = cells.loc[dated.index]
    differs = pd.Series(False, index=dated.index)
    for column in STATE:
        differs |= cells[f"{column}_before"] != cells[f"{column}_after"]
    return dated.loc[differs, DIFFERENCE_COLUMNS].reset_index(drop=True)


def changed_settings(accepted: pd.DataFrame, proposed: pd.DataFrame) -> pd.DataFrame:
    """The settings that differ (two tables `rule_settings`): setting, accepted, proposed; NA where one lacks it."""
    both = proposed.merge(accepted, on="setting", how="outer", suffixes=("_proposed", "_accepted"))
    both = both.rename(columns={"value_proposed": "proposed", "value_accepted": "accepted"})
    return both.loc[both["proposed"] != both["accepted"], ["setting", "accepted", "proposed"]].reset_index(drop=True)


def effect_of_settings(
    dataset: Dataset, events: pd.DataFrame, intervals: pd.DataFrame, proposed: pd.DataFrame
) -> pd.DataFrame:
    """`differences` that other settings of the rules would make to the map of a dataset.

    events: what was reported, also that which a program read (`Build.events`). intervals: the map as it is
    (`Build.intervals`). proposed: table `rule_settings`.
    """
    other = dataclasses.replace(dataset, rule_settings=proposed)
    judged = judge_dataset(other, events[COLUMNS["events"]])
    after = control_intervals(dataset.baseline, judged, dataset.start_date, dataset.end_date)
    return differences(intervals, after, dataset.end_date)
