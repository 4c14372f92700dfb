"""Reports read: every change of control that documents tell, also of places and sides that no table has."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.places.gazetteer import Gazetteer
from geo.schema import empty_table
from geo.text.actors import ActorLexicon
from geo.text.changes import actor_basis, also_told, may_report, read_changes
from geo.text.dates import date_precision
from geo.text.events import Event
from geo.text.reader import Reader
from geo.text.toponyms import find_mentions

CHANGE, HOLD = "change", "hold"
COLUMNS = [
    *("document_id", "start", "end", "toponym", "place_id", "latitude", "longitude", "earliest_date", "latest_date"),
    *("date_precision", "from_actor", "to_actor", "actor_basis", "status", "assertion", "claimed_by", "claimed_side"),
    *("share_pct", "confidence", "pattern", "quote", "also", "kind"),
]


def read_reports(
    documents: pd.DataFrame,
    gazetteer: Gazetteer,
    places: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    baseline: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The changes of control that documents report, and their statements of who holds a place.

    documents: columns document_id, text and published; title if there is one. gazetteer: what names can mean.
    places: a dataset's own places, with their parents. actors: its sides; the sides of `actors.toml` count besides
    them. baseline: who held its places. mentions: as `find_mentions` gives them, if they are known already.

    One row for each event, in the order of the documents and their sentences:
    document_id; start, end: offsets of the quote in the text; toponym; place_id, latitude, longitude (degrees, WGS 84),
    missing where no place of the gazetteer is meant for certain; earliest_date, latest_date; date_precision (UCDP);
    from_actor, to_actor: ids; actor_basis: stated, or inferred if the text leaves a side to the reader; status;
    assertion: assessed or claimed; claimed_by: an actor_id or the name of a source; claimed_side: gains, loses or
    neither, for a claimant that is a side; share_pct: how much of the place, if that is said; confidence; pattern;
    quote; also: further sentences that tell the same; kind: change, or hold for a statement of who holds a place.
    Changes of one place by claims of different sources stay different rows.
    """
    places = empty_table("places") if places is None else places
    lexicon = ActorLexicon(empty_table("actors") if actors is None else actors, world=True)
    documents = documents[may_report(documents, lexicon)]
    mentions = find_mentions(documents, gazetteer) if mentions is None else mentions
    meant = places_meant(mentions, gazetteer, places)
    rows = [
        _row(document_id, reader, group, gazetteer)
        for document_id, reader, groups in read_changes(documents, mentions, meant, lexicon, baseline)
        for group in groups
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def json_event(event: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of `read_reports` as JSON has it: the id under `document`, days in ISO form, missing values None."""
    cells = {"document": event["document_id"], **{name: event[name] for name in COLUMNS[1:]}}
    return {name: _json(value) for name, value in cells.items()}


def _json(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, list):
        return value
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def places_meant(mentions: pd.DataFrame, gazetteer: Gazetteer, places: pd.DataFrame) -> pd.DataFrame:
    """Id, feature code and parent of the places that are mentioned, and of the dataset's, these with their names."""
    own = places[["place_id", "feature_code", "parent_place_id", "name", "aliases"]]
    others = [
        gazetteer.place(place_id)
        for place_id in dict.fromkeys(mentions["place_id"].dropna())
        if place_id not in set(own["place_id"])
    ]
    rows = [(place.place_id, place.feature_code, place.parent_place_id, None, None) for place in others]
    return pd.concat([own, pd.DataFrame(rows, columns=own.columns)], ignore_index=True) if rows else own


def _row(document_id: str, reader: Reader, group: list[Event], gazetteer: Gazetteer) -> dict[str, Any]:
    best = group[0]
    sentence = reader.sentences[best.sentence]
    place = gazetteer.place(best.place.place_id) if best.place.place_id else None
    return {
        "document_id": document_id,
        "start": sentence.start,
        "end": sentence.end,
        "toponym": best.place.toponym,
        "place_id": place.place_id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "earliest_date": pd.Timestamp(best.earliest),
        "latest_date": pd.Timestamp(best.latest),
        "date_precision": date_precision(best.earliest, best.latest),
        "from_actor": best.from_actor,
        "to_actor": best.to_actor,
        "actor_basis": actor_basis(best),
        "status": best.status,
        "assertion": best.assertion,
        "claimed_by": best.claimed_by,
        "claimed_side": claimed_side(best, reader),
        "share_pct": best.share_pct,
        "confidence": round(best.confidence, 2),
        "pattern": best.pattern,
        "quote": reader.words(best.sentence),
        "also": also_told(reader, group),
        "kind": best.kind,
    }


def claimed_side(event: Event, reader: Reader) -> str | None:
    """Whether the side that claims a change gains or loses by it."""
    if event.claimed_by is None:
        return None
    allied = reader.lexicon.are_allied
    if event.to_actor and allied(event.claimed_by, event.to_actor, reader.country):
        return "gains"
    if event.from_actor and allied(event.claimed_by, event.from_actor, reader.country):
        return "loses"
    return "neither"
