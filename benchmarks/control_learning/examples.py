"""The events that frames read from the labelled texts, each with its features and whether it is right."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.control_scores.extractor import Extractor
from benchmarks.control_scores.labels import CHANGE, OPTIONAL, Label
from benchmarks.control_scores.matching import Found, is_right, same_sentence_and_place
from benchmarks.control_scores.sides import Sides
from geo.text.actors import ActorLexicon
from geo.text.changes import histories
from geo.text.events import Event
from geo.text.reader import Reader
from geo.text.reports import places_meant
from geo.text.toponyms import find_mentions


class Example(NamedTuple):
    """An event of a document.

    mode: what places were given, see `Extractor`. features: see `geo.text.confidence`. right: None if labels leave it
    open.
    """

    mode: str
    document: str
    campaign: str
    reader: Reader
    event: Event
    features: list[str]
    right: bool | None


def read_examples(documents: pd.DataFrame, labels: list[Label], folder: Path, mode: str) -> list[Example]:
    """The events of some documents before they are judged, in the order of the text.

    documents: as `read_texts` gives them. folder: of the labels. mode: see `Extractor`.
    """
    extractor, sides = Extractor(folder, mode), Sides(folder)
    return [
        example
        for campaign, group in documents.groupby("campaign")
        for example in _of_campaign(mode, str(campaign), group, labels, extractor, sides)
    ]


def _of_campaign(
    mode: str, campaign: str, group: pd.DataFrame, labels: list[Label], extractor: Extractor, sides: Sides
) -> Iterator[Example]:
    gazetteer, places, actors = extractor.given(campaign)
    mentions = find_mentions(group, gazetteer)
    meant = places_meant(mentions, gazetteer, places)
    for document, history, numbers in histories(group, mentions, meant, ActorLexicon(actors, world=True)):
        of_document = [label for label in labels if label.document == document]
        read = history.read(numbers)
        for (_, event), features in zip(read, history.evidence(read), strict=True):
            if event.kind == "change":
                example = Example(mode, document, campaign, history.reader, event, features, None)
                yield example._replace(right=_is_right(of_document, found_of(example, event, sides)))


def found_of(example: Example, event: Event, sides: Sides) -> Found:
    """An event of the document of an example, as the scores compare it with labels."""
    sentence, campaign = example.reader.sentences[event.sentence], example.campaign
    return Found(
        document=example.document,
        start=sentence.start,
        end=sentence.end,
        toponym=event.place.toponym,
        place_id=event.place.place_id or None,
        earliest=event.earliest,
        latest=event.latest,
        from_actor=sides.side(campaign, event.from_actor),
        to_actor=sides.side(campaign, event.to_actor),
        status=event.status,
        assertion=event.assertion,
        confidence=event.confidence,
        pattern=event.pattern,
    )


def _is_right(labels: Iterable[Label], found: Found) -> bool | None:
    labels = list(labels)
    changes = [label for label in labels if label.kind == CHANGE]
    if any(is_right(label, found) for label in changes):
        return True
    if any(same_sentence_and_place(label, found) for label in changes):
        return False
    optional = [label for label in labels if label.kind == OPTIONAL and label.to_actor == found.to_actor]
    return None if any(same_sentence_and_place(label, found) for label in optional) else False
