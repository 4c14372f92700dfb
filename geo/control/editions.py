"""Every edition of the map: what it showed at the end of each day on which something was learned that changed it.

Edition 0 is the starting position alone, edition k what was known at the end of the k-th of these days; the last one
is the map of today. No edition uses a record that became known later (`geo.control.knowledge` says when one did).

From one edition to the next a place changes only where a record of it, or one that supersedes a record of it, became
known between. So a place is worked out anew for its own days only, and all of these at once: as if they were places
of their own, each with the records that were known by then.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.control.judging import judge_dataset
from geo.control.knowledge import Clock, known_on
from geo.control.readings import OTHER_READINGS, control_readings
from geo.control.records import When
from geo.dataset import Dataset
from geo.schema import COLUMNS, DTYPES

MOST_EDITIONS = 1000
MOST_REPLAYED = 300_000
"""Records worked out anew, over all editions. Beyond either limit only every second, fourth ... day has an edition."""
INTERVAL = ["start", "actor", "contender", "status", "assertion", "basis", "undecided", "event_id"]

_NOTHING_KNOWN: dict[str, Any] = {"status": "unknown", "assertion": "assessed", "basis": "inferred", "undecided": False}
_DIGITS = 4


@dataclass(frozen=True, eq=False)
class Editions:
    """The editions by one clock, each as what differs from the one before.

    days: the last day of each edition but edition 0, ascending. Empty where the map never changed.
    known: the edition from which on each event is known, len(days) + 1 if no edition has it yet; indexed like them.
    intervals: by how dates are read, one row per interval: place_id, edition and INTERVAL. They are all intervals of
        the place from that edition on, until its next one. "earliest" and "latest" have only the places that differ
        from "doubt" in some edition.
    rulings: event_id, edition, rule, corroborates: what decided on the event, from that edition on.
    too_many: whether there are none because the map has too many records for that.
    """

    days: pd.DatetimeIndex
    known: pd.Series
    intervals: dict[When, pd.DataFrame]
    rulings: pd.DataFrame
    too_many: bool = False


class _Plan(NamedTuple):
    """What is worked out: days as in Editions, the edition of each event, and place_id and edition of each version."""

    days: pd.DatetimeIndex
    edition: pd.Series
    versions: pd.DataFrame


def editions(dataset: Dataset, clock: Clock = "recorded") -> Editions:
    """All editions of a dataset, by the clock "recorded" or "published"."""
    plan = _plan(dataset.events, known_on(dataset.events, dataset.documents, clock))
    records = _records(dataset.events, plan)
    judged = judge_dataset(dataset, records)
    baseline = dataset.baseline.merge(plan.versions, on="place_id")
    baseline = baseline.assign(place_id=_marked(baseline["edition"], baseline["place_id"]))[COLUMNS["baseline"]]
    read = control_readings(baseline, judged, dataset.start_date, dataset.end_date)
    doubt = _every_version(_unmarked(read["doubt"]), plan.versions, dataset.start_date)
    intervals: dict[When, pd.DataFrame] = {"doubt": _without_repetition(doubt)}
    for when in OTHER_READINGS:
        intervals[when] = _without_repetition(_completed(_unmarked(read[when]), doubt, plan.versions))
    return _of_days_that_changed_the_map(plan, intervals, _rulings(judged, plan.versions))


def _plan(events: pd.DataFrame, known_date: pd.Series) -> _Plan:
    """The days that get an edition: all on which an event became known, or as many as the limits allow."""
    superseding = events.assign(day=known_date).dropna(subset="supersedes")[["supersedes", "day"]]
    elsewhere = superseding.merge(events[["event_id", "place_id"]], left_on="supersedes", right_on="event_id")
    own = pd.DataFrame({"place_id": events["place_id"], "day": known_date})
    touched = pd.concat([own, elsewhere[["place_id", "day"]]]).drop_duplicates()
    days = pd.DatetimeIndex(known_date.drop_duplicates().sort_values())
    while True:
        edition = pd.Series(days.searchsorted(known_date) + 1, index=events.index)
        versions = touched.assign(edition=days.searchsorted(touched["day"]) + 1)[["place_id", "edition"]]
        versions = pd.concat([versions, touched[["place_id"]].assign(edition=0)]).drop_duplicates()
        versions = versions.sort_values(["place_id", "edition"], ignore_index=True)
        _, _, counts = _known_by_then(events["place_id"], edition, versions)
        if len(days) <= MOST_EDITIONS and counts.sum() <= MOST_REPLAYED:
            return _Plan(days, edition, versions)
        if len(days) == 1:
            return _Plan(days[:0], edition, versions[:0])
        days = days[::-1][::2][::-1]


def _known_by_then(
    place_ids: pd.Series, edition: pd.Series, versions: pd.DataFrame
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The events in the order of place and edition, and for each version the first of its own there and how many."""
    codes, known_places = pd.factorize(place_ids, sort=True)
    largest = int(edition.max()) + 1 if len(edition) else 1
    keys = codes * largest + edition.to_numpy(np.int64)
    order = np.argsort(keys, kind="stable")
    place = known_places.get_indexer(pd.Index(versions["place_id"])) * largest
    first = np.searchsorted(keys[order], place)
    last = np.searchsorted(keys[order], place + versions["edition"].to_numpy(np.int64), side="right")
    return order, first, last - first


def _records(events: pd.DataFrame, plan: _Plan) -> pd.DataFrame:
    """The events that each version rests on, under marked ids: those of its place, and what supersedes one of them."""
    order, first, counts = _known_by_then(events["place_id"], plan.edition, plan.versions)
    starts = np.repeat(first - (np.cumsum(counts) - counts), counts)
    rows = order[starts + np.arange(counts.sum())]
    own = events.iloc[rows].assign(edition=np.repeat(plan.versions["edition"].to_numpy(np.int64), counts))
    superseding = events.assign(known=plan.edition).dropna(subset="supersedes")
    asked = own[["event_id", "edition"]].rename(columns={"event_id": "supersedes"})
    others = superseding.merge(asked, on="supersedes")
    others = others[others["known"] <= others["edition"]].drop(columns="known")
    records = pd.concat([own, others], ignore_index=True).drop_duplicates(["event_id", "edition"], ignore_index=True)
    edition = records["edition"]
    ids = {column: _marked(edition, records[column]) for column in ("event_id", "place_id", "supersedes")}
    return records.assign(**ids)[COLUMNS["events"]]


def _marked(edition: pd.Series, ids: pd.Series) -> pd.Series:
    """Ids with their edition before them; in the same order as without within one edition."""
    marks = edition.astype(str).str.zfill(_DIGITS)
    return (marks.astype(DTYPES["text"]) + ids).astype(DTYPES["text"])


def _unmarked(table: pd.DataFrame) -> pd.DataFrame:
    """A table with the ids as they are, and the column edition."""
    ids = table.columns.intersection(["place_id", "event_id", "supersedes", "corroborates"])
    edition = table["place_id"].str[:_DIGITS].astype(np.int64)
    return table.assign(**{column: table[column].str[_DIGITS:] for column in ids}, edition=edition)


def _every_version(intervals: pd.DataFrame, versions: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """The intervals of all versions: unknown from the start on where nothing at all was known of a place."""
    of_versions = versions.merge(intervals, on=["place_id", "edition"], how="left")
    missing = of_versions["start"].isna()
    empty = of_versions.loc[missing, ["place_id", "edition"]].assign(start=start, **_NOTHING_KNOWN)
    table = pd.concat([of_versions[~missing].astype({"undecided": bool}), empty], ignore_index=True)
    return table.sort_values(["place_id", "edition", "start"], ignore_index=True)[["place_id", "edition", *INTERVAL]]


def _completed(differing: pd.DataFrame, doubt: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """Another reading, with those versions of its places that are as in doubt."""
    differing = differing.merge(versions, on=["place_id", "edition"])
    ours = doubt[doubt["place_id"].isin(differing["place_id"])]
    told = pd.MultiIndex.from_frame(differing[["place_id", "edition"]])
    same = ours[~pd.MultiIndex.from_frame(ours[["place_id", "edition"]]).isin(told)]
    together = pd.concat([differing[ours.columns], same], ignore_index=True)
    return together.sort_values(["place_id", "edition", "start"], ignore_index=True)


def _without_repetition(intervals: pd.DataFrame) -> pd.DataFrame:
    """Without the versions of a place that are as the one before."""
    version = intervals.groupby(["place_id", "edition"], sort=False)
    length = version["start"].transform("size")
    place_number = pd.Series(pd.factorize(intervals["place_id"])[0], index=intervals.index)
    number = version.ngroup()
    row = version.cumcount()
    before = intervals.assign(number=number + 1, row=row, length=length, place_number=place_number)
    now = before.assign(number=number)
    columns = ["number", "row", "length", "place_number", *INTERVAL]
    is_same = pd.MultiIndex.from_frame(now[columns]).isin(pd.MultiIndex.from_frame(before[columns]))
    repeats = pd.Series(is_same, index=intervals.index).groupby(number).transform("all")
    return intervals[~repeats].reset_index(drop=True)


def _rulings(judged: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """What decided on each event, wherever it differs from the edition before in which its place changed."""
    found = _unmarked(judged)[["place_id", "edition", "event_id", "rule", "corroborates"]]
    found = found.merge(versions, on=["place_id", "edition"]).sort_values(["event_id", "edition"], ignore_index=True)
    ruling = found[["event_id", "rule", "corroborates"]].fillna("")
    is_new = (ruling != ruling.shift()).any(axis="columns")
    return found.loc[is_new, ["event_id", "edition", "rule", "corroborates"]].reset_index(drop=True)


def _of_days_that_changed_the_map(plan: _Plan, intervals: dict[When, pd.DataFrame], rulings: pd.DataFrame) -> Editions:
    """Numbered by the days on which the map changed; what became known on another day belongs to the next of them."""
    used = np.unique(np.concatenate([table["edition"].to_numpy(np.int64) for table in intervals.values()]))
    used = used[used > 0]

    def renumbered(edition: pd.Series) -> npt.NDArray[np.int64]:
        numbers = edition.to_numpy(np.int64)
        return np.where(numbers > 0, np.searchsorted(used, numbers) + 1, 0)

    rulings = rulings.assign(edition=renumbered(rulings["edition"]))
    return Editions(
        days=plan.days[used - 1],
        known=pd.Series(renumbered(plan.edition), index=plan.edition.index),
        intervals={when: table.assign(edition=renumbered(table["edition"])) for when, table in intervals.items()},
        rulings=rulings.drop_duplicates(["event_id", "edition"], keep="last", ignore_index=True),
        too_many=plan.days.empty and len(plan.edition) > 0,
    )
