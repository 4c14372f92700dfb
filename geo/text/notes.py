"""Short notes about one given place: "Captured by Russia 16 March 2022. Recaptured by Ukraine 6 September 2022."

Notes have no subject, and often no space where one ends and the next begins.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from geo.text.actors import ActorLexicon
from geo.text.changes import actor_basis
from geo.text.clauses import PlaceMention
from geo.text.dates import date_precision
from geo.text.events import Event
from geo.text.history import History
from geo.text.reader import Reader
from geo.text.reports import COLUMNS, claimed_side
from geo.text.sentences import Sentence

_CUT = re.compile(
    r"(?<=[\w)])(?=(?:Partially|Possibly|Captured?|Recaptured?|Claimed|Contested|Pressured|Occupied|Annexed|Liberated|"
    r"Control|Declared)\b)|(?<=[\w)]) (?=(?:Partially |Possibly )?(?:Captured|Recaptured|Recaptued) by\b)|"
    r"(?<=[.;])\s*(?=[A-Z])"
)


class Note(NamedTuple):
    """A text about a place. latitude, longitude: of the place, degrees, WGS 84, or None."""

    document_id: str
    place: str
    text: str
    published: date
    place_id: str | None
    latitude: float | None
    longitude: float | None


def read_notes(notes: list[Note], lexicon: ActorLexicon) -> pd.DataFrame:
    """The changes of control that notes tell of their places, with the columns of `read_reports`.

    What a note says is not news of the day of publication: nothing in it is too old to count, and dates without a
    year are the latest ones before publication.
    """
    rows = [row for note in notes for row in _rows(note, lexicon)]
    return pd.DataFrame(rows, columns=COLUMNS)


def holder_of(events: pd.DataFrame) -> tuple[str | None, str]:
    """Who holds a place after the events of its note, in their order: the side, if one holds it, and the status.

    Claims change nothing; contested ground has no holder.
    """
    holder: str | None = None
    status = "unknown"
    for event in events[events["assertion"] == "assessed"].itertuples():
        status = str(event.status)
        holder = str(event.to_actor) if status == "controlled" else holder
    return holder, status


def _rows(note: Note, lexicon: ActorLexicon) -> Iterator[dict[str, object]]:
    reader = Reader(note.text, note.published, [], lexicon, note.place, pieces(note.text))
    default = PlaceMention(0, 0, note.place, note.place_id or "", "")
    for event in History(reader, {}, default=default).events(list(range(len(reader.sentences)))):
        yield _row(note, reader, event)


def pieces(text: str) -> list[Sentence]:
    """The notes in a text, also where one is written right after the other."""
    found: list[Sentence] = []
    starts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            found.append(Sentence(first, first + len(words.strip()), 0, False))
    return found


def _row(note: Note, reader: Reader, event: Event) -> dict[str, object]:
    sentence = reader.sentences[event.sentence]
    return {
        "document_id": note.document_id,
        "start": sentence.start,
        "end": sentence.end,
        "toponym": event.place.toponym,
        "place_id": event.place.place_id or None,
        "latitude": note.latitude,
        "longitude": note.longitude,
        "earliest_date": pd.Timestamp(event.earliest),
        "latest_date": pd.Timestamp(event.latest),
        "date_precision": date_precision(event.earliest, event.latest),
        "from_actor": event.from_actor,
        "to_actor": event.to_actor,
        "actor_basis": actor_basis(event),
        "status": event.status,
        "assertion": event.assertion,
        "claimed_by": event.claimed_by,
        "claimed_side": claimed_side(event, reader),
        "share_pct": event.share_pct,
        "confidence": round(event.confidence, 2),
        "pattern": event.pattern,
        "quote": reader.words(event.sentence),
        "also": [],
        "kind": event.kind,
    }
