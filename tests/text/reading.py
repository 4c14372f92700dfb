"""Texts read for the changes that they tell, of the sides of the samples."""

from collections.abc import Callable

import pandas as pd

from geo.places.gazetteer import Gazetteer
from geo.text.actors import ActorLexicon
from geo.text.changes import read_changes
from geo.text.events import Event
from geo.text.toponyms import find_mentions
from tests.places.samples import documents, sample_actors

Told = Callable[..., list[list[Event]]]
"""The changes that texts tell, each with its events, the one that says most first."""


def reads(gazetteer: Gazetteer, places: pd.DataFrame) -> Told:
    """What reads texts of a day (`published`), which may have a title; given: the dataset's places, if others."""
    lexicon = ActorLexicon(sample_actors())

    def told(
        *texts: str, published: str = "2016-12-13", title: str = "", given: pd.DataFrame | None = None
    ) -> list[list[Event]]:
        frame = documents(*texts, published=published).assign(title=title)
        known = places if given is None else given
        found = read_changes(frame, find_mentions(frame, gazetteer), known, lexicon)
        return [group for *_, groups in found for group in groups]

    return told
