"""A build as it was known on a day, for pictures of it; the map in the browser has all days at once (`known.py`)."""

import dataclasses
from typing import Any

import pandas as pd

from geo.control.intervals import control_intervals
from geo.control.judging import judge_dataset
from geo.control.knowledge import Clock, known_dataset
from geo.pipeline import Build
from geo.schema import COLUMNS, conform

_NOTHING_KNOWN: dict[str, Any] = {"status": "unknown", "assertion": "assessed", "basis": "inferred", "undecided": False}


def build_as_known(build: Build, known_at: pd.Timestamp, clock: Clock = "recorded") -> Build:
    """The build with the events and intervals that were known at the end of a day; its ground stays as it is now.

    A place of which nothing was known yet has one interval of status `unknown`.
    """
    reported = dataclasses.replace(build.dataset, events=conform("events", build.events[COLUMNS["events"]]))
    known = known_dataset(reported, known_at, clock)
    documents = known.documents
    was_there = (documents["published"] <= known_at) | documents["document_id"].isin(known.events["document_id"])
    known = dataclasses.replace(known, documents=documents[was_there].reset_index(drop=True))
    judged = judge_dataset(known)
    intervals = control_intervals(known.baseline, judged, known.start_date, known.end_date)
    unheard = build.areas.loc[~build.areas["place_id"].isin(intervals["place_id"]), ["place_id"]]
    unknown = pd.DataFrame(unheard.assign(start=known.start_date, **_NOTHING_KNOWN)).reindex(columns=intervals.columns)
    every = pd.concat([intervals, conform("intervals", unknown)]) if len(unknown) else intervals
    return dataclasses.replace(
        build, dataset=known, events=judged, intervals=conform("intervals", every.sort_values(["place_id", "start"]))
    )
