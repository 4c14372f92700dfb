"""The extractor as it stands, run on documents with the sides and places of their campaign."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.control_scores.campaigns import campaign_actors
from benchmarks.control_scores.matching import Found
from geo.places.gazetteer import Gazetteer
from geo.places.world import open_world
from geo.schema import conform, empty_table
from geo.text.reports import read_reports
from geo.text.toponyms import find_mentions

PLACE_MODES = ("given", "world", "alone")


class Run(NamedTuple):
    """What was found in some documents, and the processor time that it took."""

    found: list[Found]
    documents: int
    seconds: float


class Extractor:
    """Runs the extractor.

    labels: folder with `actors.csv` and the `places_<campaign>.csv`.
    mode: "given": the gazetteer has the campaign's list of places besides those of the world; "world": only the world;
        "alone": only the world, and no sides but those that the extractor knows itself.
    """

    def __init__(self, labels: Path, mode: str) -> None:
        self._labels = labels
        self._mode = mode
        self._world = open_world()
        self._actors = pd.read_csv(labels / "actors.csv", dtype=str, keep_default_na=False)

    def run(self, documents: pd.DataFrame) -> Run:
        """The events of documents (as `read_texts` gives them), campaign by campaign; the clock stands in between."""
        found: list[Found] = []
        seconds = 0.0
        for campaign, group in documents.groupby("campaign", dropna=False):
            name = campaign if isinstance(campaign, str) else None
            gazetteer, places, actors = self.given(name)
            find_mentions(group.head(1), gazetteer)  # builds the index of names
            started = time.process_time()
            events = self._read(group, gazetteer, places, actors)
            seconds += time.process_time() - started
            found += events
        return Run(found, len(documents), seconds)

    def given(self, campaign: str | None) -> tuple[Gazetteer, pd.DataFrame, pd.DataFrame]:
        """What the extractor is given for a campaign: what names can mean, its places and its sides.

        Without a campaign it has no sides but those that it knows itself, as at the command line without a dataset.
        """
        places = self._places(campaign)
        sides_of = None if self._mode == "alone" else campaign
        return Gazetteer(places, self._world), places, campaign_actors(self._actors, sides_of)

    def _places(self, campaign: str | None) -> pd.DataFrame:
        path = self._labels / f"places_{campaign}.csv"
        if self._mode != "given" or not path.is_file():
            return empty_table("places")
        return conform("places", pd.read_csv(path, na_values=[""], keep_default_na=False))

    def _read(
        self, documents: pd.DataFrame, gazetteer: Gazetteer, places: pd.DataFrame, actors: pd.DataFrame
    ) -> list[Found]:
        events = read_reports(documents, gazetteer, places, actors)
        return list(_found(events[events["kind"] == "change"]))


def _found(events: pd.DataFrame) -> Iterator[Found]:
    for row in events.to_dict("records"):
        yield Found(
            document=row["document_id"],
            start=row["start"],
            end=row["end"],
            toponym=row["toponym"],
            place_id=_text(row["place_id"]),
            earliest=_day(row["earliest_date"]),
            latest=_day(row["latest_date"]),
            from_actor=_text(row["from_actor"]),
            to_actor=_text(row["to_actor"]),
            status=row["status"],
            assertion=row["assertion"],
            confidence=float(row["confidence"]),
            pattern=row["pattern"],
        )


def _day(cell: pd.Timestamp) -> date:
    return cell.date()


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None
