"""The second clock: not when something happened, but when it became known.

An event became known on its `recorded_at`, or, by the clock "published", on the day on which its document was
published if that was earlier: what a reader of all documents could have known, whenever a curator came to record it.
Everything else (baseline, places, actors, documents) says what the reports are about and counts from the beginning.
"""

import dataclasses
from typing import Literal

import pandas as pd

from geo.control.intervals import control_intervals
from geo.control.judging import judge_dataset
from geo.control.records import When
from geo.control.states import states_on
from geo.dataset import Dataset

Clock = Literal["recorded", "published"]


def known_on(events: pd.DataFrame, documents: pd.DataFrame, clock: Clock = "recorded") -> pd.Series:
    """The day on which each event became known, indexed like the events."""
    recorded = events["recorded_at"]
    if clock == "recorded":
        return recorded
    published = documents.set_index("document_id")["published"].reindex(events["document_id"]).set_axis(events.index)
    return published.where(published < recorded, recorded).astype(recorded.dtype)


def known_dataset(dataset: Dataset, known_at: pd.Timestamp | None, clock: Clock = "recorded") -> Dataset:
    """The dataset as it was known at the end of a day: without the events that became known later. None: as it is.

    What a later record says of an earlier one is not known either: a correction that came later corrects nothing yet.
    """
    if known_at is None:
        return dataset
    known = known_on(dataset.events, dataset.documents, clock) <= pd.Timestamp(known_at)
    return dataclasses.replace(dataset, events=dataset.events[known].reset_index(drop=True))


def known_intervals(
    dataset: Dataset, known_at: pd.Timestamp | None = None, when: When = "doubt", clock: Clock = "recorded"
) -> pd.DataFrame:
    """Who held each place from when to when (table `intervals`), as it was known at the end of a day, or is now."""
    known = known_dataset(dataset, known_at, clock)
    judged = judge_dataset(known)
    return control_intervals(known.baseline, judged, known.start_date, known.end_date, when)


def control_as_known(
    dataset: Dataset,
    date: pd.Timestamp,
    known_at: pd.Timestamp | None = None,
    when: When = "doubt",
    clock: Clock = "recorded",
) -> pd.DataFrame:
    """The state of every place on the date (`states_on`), as it was known at the end of a day, or is known now."""
    return states_on(known_intervals(dataset, known_at, when, clock), date)
