"""Made-up events of the small dataset's places, with days on which they became known and corrections of each other."""

import dataclasses

import pandas as pd
from hypothesis import strategies as st

from geo.dataset import Dataset
from geo.references import date_precision
from geo.schema import COLUMNS, conform

PLACES = ("q1", "q2", "q3")
FIRST_DAY = pd.Timestamp("2021-03-01")
ASSERTIONS = ("assessed", "assessed", "assessed", "claimed", "disputed", "negated")


def day(number: int) -> pd.Timestamp:
    return FIRST_DAY + pd.Timedelta(days=number)


@st.composite
def events(draw: st.DrawFn) -> pd.DataFrame:
    """Table `events`: up to nine, each may supersede one before it; recorded on any day, in any order."""
    rows = []
    for number in range(draw(st.integers(0, 9))):
        earliest = draw(st.integers(-1, 8))
        before = [row["event_id"] for row in rows]
        rows.append(
            {
                "event_id": f"h{number}",
                "place_id": draw(st.sampled_from(PLACES)),
                "earliest_date": day(earliest),
                "latest_date": day(earliest + draw(st.sampled_from((0, 0, 2)))),
                "from_actor": draw(st.sampled_from(("crown", "league", None))),
                "to_actor": draw(st.sampled_from(("crown", "league"))),
                "status": draw(st.sampled_from(("controlled", "controlled", "contested"))),
                "assertion": draw(st.sampled_from(ASSERTIONS)),
                "basis": "observed",
                "confidence": draw(st.sampled_from((0.1, 0.5, 1 / 3))),
                "document_id": draw(st.sampled_from(("herald-2021-03-08", "crown-2021-03-06", None))),
                "claimed_by": draw(st.sampled_from(("Watchers", "Residents", "league", None))),
                "note": draw(st.sampled_from((None, 'a "note",\nof two lines', "ملاحظة"))),
                "recorded_at": day(draw(st.integers(0, 12))),
                "recorded_by": draw(st.sampled_from(("editor", "extractor/1"))),
                "supersedes": draw(st.sampled_from((None, *before))) if before else None,
            }
        )
    frame = pd.DataFrame(rows, columns=COLUMNS["events"])
    frame["date_precision"] = date_precision(
        frame["earliest_date"].astype("datetime64[s]"), frame["latest_date"].astype("datetime64[s]")
    )
    return conform("events", frame)


def with_events(dataset: Dataset, frame: pd.DataFrame) -> Dataset:
    """The dataset with other events."""
    return dataclasses.replace(dataset, events=frame.reset_index(drop=True))
