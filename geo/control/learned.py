"""What we learned between two moments: reports, late reports, corrections, withdrawals, and what they turned around."""

import pandas as pd

from geo.control.knowledge import Clock, known_dataset, known_intervals, known_on
from geo.dataset import Dataset
from geo.schema import DTYPES, conform, empty_table


def learned_between(
    dataset: Dataset, from_date: pd.Timestamp, to_date: pd.Timestamp, clock: Clock = "recorded"
) -> pd.DataFrame:
    """Table `learned` of what became known after the end of the first day and up to the end of the second."""
    before, after = (known_dataset(dataset, day, clock) for day in (from_date, to_date))
    became_known = known_on(dataset.events, dataset.documents, clock).set_axis(dataset.events["event_id"])
    return learned(before, after, pd.Timestamp(from_date), became_known)


def learned(before: Dataset, after: Dataset, from_date: pd.Timestamp, became_known: pd.Series) -> pd.DataFrame:
    """Table `learned`: one row for each event that is new, other than before, or gone, sorted by known_date, event_id.

    before, after: what was known at two moments. from_date: the day of the first. became_known: by event_id the day
    on which it, or its last correction, became known.

    kind: `withdrawal` (a report was taken back), `correction` (of an earlier report), `late_report` (of a change up
    to from_date: the map of that day lacked it), `report`. days_late: from latest_date to known_date, 0 if it was not
    late. actor and status, before and after: the state of the place on latest_date, as known at the two moments.
    reversal: a day up to from_date for which the map named one holder now has another.
    """
    news = _news(before.events, after.events, from_date)
    if news.empty:
        return empty_table("learned")
    known_date = news["event_id"].map(became_known).astype(DTYPES["date"])
    known_date = known_date.fillna(news["recorded_at"])
    news = news.assign(known_date=known_date, days_late=(known_date - news["latest_date"]).dt.days.clip(lower=0))
    for moment, dataset in (("before", before), ("after", after)):
        news[[f"actor_{moment}", f"status_{moment}"]] = _states(news, dataset)
    named = news["actor_before"].notna() & news["actor_after"].notna()
    past = news["latest_date"] <= from_date
    reversal = past & named & (news["actor_before"] != news["actor_after"])
    return conform("learned", news.assign(reversal=reversal.astype(bool)).sort_values(["known_date", "event_id"]))


def _news(before: pd.DataFrame, after: pd.DataFrame, from_date: pd.Timestamp) -> pd.DataFrame:
    """The events that are not the same in both, with their kind; one that is gone as it was."""
    both = pd.concat([after, before], ignore_index=True)
    differing = both[~both.duplicated(keep=False)].drop_duplicates("event_id")
    is_gone = ~differing["event_id"].isin(after["event_id"])
    is_negated = differing["supersedes"].notna() & (differing["assertion"] == "negated")
    is_other = differing["event_id"].isin(before["event_id"]) | differing["supersedes"].notna()
    kind = pd.Series("report", index=differing.index, dtype=DTYPES["text"])
    kind = kind.mask(differing["latest_date"] <= from_date, "late_report")
    return differing.assign(kind=kind.mask(is_other, "correction").mask(is_gone | is_negated, "withdrawal"))


def _states(news: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """actor and status of each event's place on its latest_date; days outside the map's count as its first or last."""
    intervals = known_intervals(dataset).sort_values("start")[["place_id", "start", "actor", "status"]]
    day = news["latest_date"]
    day = day.mask(day < dataset.start_date, dataset.start_date).mask(day > dataset.end_date, dataset.end_date)
    asked = news[["place_id"]].assign(day=day, row=news.index).sort_values("day")
    found = pd.merge_asof(asked, intervals, left_on="day", right_on="start", by="place_id").set_index("row")
    return found.reindex(news.index)[["actor", "status"]].fillna({"status": "unknown"})
