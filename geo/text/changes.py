"""Changes of control read from documents: who took which place from whom, when, and by whose word.

High precision before recall: a sentence is read only by a frame of `change_patterns.toml` that says who holds the
place afterwards. Attempts, conditions, denials and what happened long before publication give no event.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from geo.schema import COLUMNS, conform
from geo.text.actors import ActorLexicon
from geo.text.change_patterns import TRIGGER
from geo.text.clauses import PlaceMention
from geo.text.dates import date_precision
from geo.text.events import Event
from geo.text.history import History
from geo.text.own_places import OwnPlaces
from geo.text.reader import Reader
from geo.text.retold import with_summaries

RECORDED_BY = "extractor/9"


def extract_events(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    baseline: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The changes of control that documents report, as a table of events about known places and sides.

    documents: columns document_id, text and published; title if there is one.
    mentions: as `find_mentions` gives them for these texts. places: what they mean. actors: the sides, known by
    their names, local names and aliases; sides of the world that are not among them give no event.
    baseline: table `baseline`, for the side that a place is taken from where the text does not say it.

    Columns and codes are those of `events`; rows are in the order of the documents and their sentences, with ids
    `x-<document_id>-<number>`. quote is the sentence, cut out of the text as it stands; of several sentences about one
    change the one that says most, the others in `note`. A part of a place, or one entered, is contested. Words such as
    "the army said" make the assertion claimed. A sentence without a date takes that of its paragraph or heading;
    failing that the event lies in the week up to publication, unless it is told in the past perfect or in retrospect,
    and so of a time that is not known. recorded_at is the day of publication. confidence is how
    likely place, sides and days are right, see `geo.text.confidence`; what is not likely enough is left out, and what
    speaks against the rest is in `note`.
    """
    known = set(actors["actor_id"])
    rows = []
    for document_id, reader, groups in read_changes(documents, mentions, places, ActorLexicon(actors), baseline):
        count = 0
        for group in groups:
            best = group[0]
            is_known = best.to_actor in known and (best.from_actor is None or best.from_actor in known)
            if best.kind == "change" and best.place.place_id and is_known:
                count += 1
                rows.append(_row(f"x-{document_id}-{count}", document_id, reader, group))
    return conform("events", pd.DataFrame(rows, columns=COLUMNS["events"]))


def read_changes(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    places: pd.DataFrame,
    lexicon: ActorLexicon,
    baseline: pd.DataFrame | None = None,
) -> Iterator[tuple[str, Reader, list[list[Event]]]]:
    """Each document that says something, with its reader and its events, those that tell one change together.

    The first of a group is the one that says most, with the narrowest days of all.
    """
    for document_id, history, numbers in histories(documents, mentions, places, lexicon, baseline):
        yield document_id, history.reader, same_changes(history.events(numbers))


def histories(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    places: pd.DataFrame,
    lexicon: ActorLexicon,
    baseline: pd.DataFrame | None = None,
) -> Iterator[tuple[str, History, list[int]]]:
    """Each document that may say something, ready to be read, with the numbers of the sentences that may."""
    with_parent = places.dropna(subset=["parent_place_id"])
    parents = dict(zip(with_parent["place_id"], with_parent["parent_place_id"], strict=True))
    holders = _holders(baseline)
    own = _own(places)
    for document_id, reader in readers(documents, mentions, places, lexicon, TRIGGER):
        numbers = [number for number in range(len(reader.sentences)) if _may_report(reader, number)]
        if numbers:
            yield document_id, History(reader, parents, holders, own=own), numbers


def may_report(documents: pd.DataFrame, lexicon: ActorLexicon) -> list[bool]:
    """Of each document, whether any of its sentences can report a change: to be asked before its places are sought."""
    columns = documents[["text", "published"]].itertuples(index=False, name=None)
    return [
        any(_may_report(reader, number) for number in range(len(reader.sentences)))
        for (text, published), title in zip(columns, _titles(documents), strict=True)
        for reader in [Reader(text, published.date(), [], lexicon, title)]
    ]


def readers(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    places: pd.DataFrame,
    lexicon: ActorLexicon,
    words: re.Pattern[str],
) -> Iterator[tuple[str, Reader]]:
    """The documents in which some words occur, each with its reader."""
    named = _mentions_of(mentions, dict(zip(places["place_id"], places["feature_code"], strict=True)))
    columns = documents[["document_id", "text", "published"]].itertuples(index=False, name=None)
    for (document_id, text, published), title in zip(columns, _titles(documents), strict=True):
        if words.search(text):
            yield document_id, Reader(text, published.date(), named[document_id], lexicon, title)


def _titles(documents: pd.DataFrame) -> list[str]:
    return list(documents["title"].fillna("")) if "title" in documents else [""] * len(documents)


def _may_report(reader: Reader, number: int) -> bool:
    """Whether a sentence has a verb of change, and a side in it or just before it, or the text is about two sides."""
    words = reader.words(number)
    if reader.sentences[number].is_heading or words.startswith("![") or not TRIGGER.search(words):
        return False
    return bool(reader.actors(number)) or any(reader.actors(one) for one in reader.before(number)) or reader.has_sides


def _mentions_of(mentions: pd.DataFrame, codes: dict[str, str]) -> dict[str, list[PlaceMention]]:
    """The mentions of each document, with the feature codes of their places.

    Of a name that stands for what contains it (match "parent") only the name is kept: the container is not meant.
    """
    named: dict[str, list[PlaceMention]] = defaultdict(list)
    columns = ["document_id", "start", "end", "toponym", "place_id", "match"]
    for document_id, start, end, toponym, place_id, match in mentions[columns].itertuples(index=False, name=None):
        known = place_id if match != "parent" and isinstance(place_id, str) and place_id in codes else ""
        named[document_id].append(PlaceMention(int(start), int(end), toponym, known, codes.get(known, "")))
    return named


def _own(places: pd.DataFrame) -> OwnPlaces:
    """The places that have names in the table."""
    if "name" not in places:
        return OwnPlaces()
    named = places.dropna(subset=["name"]).astype(object).where(lambda cells: cells.notna(), None)
    columns = named[["place_id", "feature_code", "parent_place_id", "name", "aliases"]]
    return OwnPlaces(
        (place_id, code, parent, [name, *(aliases or "").split("|")])
        for place_id, code, parent, name, aliases in columns.itertuples(index=False, name=None)
    )


def _holders(baseline: pd.DataFrame | None) -> dict[str, list[tuple[date, str]]]:
    """Who held each place on the day of the baseline."""
    if baseline is None:
        return {}
    known = baseline.dropna(subset=["actor"])[["place_id", "date", "actor"]]
    return {place_id: [(day.date(), actor)] for place_id, day, actor in known.itertuples(index=False, name=None)}


def same_changes(events: list[Event]) -> list[list[Event]]:
    """The events in order, those with the same outcome and days that overlap together, and with them summaries."""
    groups: list[tuple[date, date, list[Event]]] = []
    with_outcome: dict[tuple[str, str, str | None, str], list[int]] = defaultdict(list)
    for event in events:
        known = with_outcome[event.kind, event.place.key, event.to_actor, event.status]
        for number in known:
            earliest, latest, group = groups[number]
            is_same = _same_word(event, group[0]) and _same_part(event, group[0])
            if earliest <= event.latest and event.earliest <= latest and is_same:
                group.append(event)
                groups[number] = (max(earliest, event.earliest), min(latest, event.latest), group)
                break
        else:
            known.append(len(groups))
            groups.append((event.earliest, event.latest, [event]))
    return [_ranked(group) for _, _, group in with_summaries(groups)]


def _same_word(one: Event, other: Event) -> bool:
    """Whether two events are not claims of different sources."""
    return one.claimed_by is None or other.claimed_by is None or one.claimed_by == other.claimed_by


def _same_part(one: Event, other: Event) -> bool:
    """Whether two events are not of more and less of a place: "entered X" and, elsewhere, "took half of X"."""
    return one.share_pct == other.share_pct or one.sentence == other.sentence


def _ranked(group: list[Event]) -> list[Event]:
    """The events of one change: the one that says most first, with the narrowest days of all."""
    ranked = sorted(
        group, key=lambda one: (one.is_summary, one.from_basis != "stated", _width(one), -one.confidence, one.sentence)
    )
    narrowest = min(group, key=lambda one: (one.is_summary, _width(one)))
    is_assessed = any(one.assertion == "assessed" for one in group)
    best = ranked[0]._replace(
        earliest=narrowest.earliest,
        latest=narrowest.latest,
        confidence=max(one.confidence for one in group),
        assertion="assessed" if is_assessed else ranked[0].assertion,
        claimed_by=None if is_assessed else ranked[0].claimed_by,
    )
    return [best, *ranked[1:]]


def also_told(reader: Reader, group: list[Event]) -> list[str]:
    """The other sentences that tell the same change, in the order of the text."""
    others = sorted({one.sentence for one in group[1:]} - {group[0].sentence})
    return [" ".join(reader.words(number).split()) for number in others]


def actor_basis(event: Event) -> str:
    """Whether both sides of an event are stated in the text, as far as they are known."""
    return "inferred" if "inferred" in (event.from_basis, event.to_basis) else "stated"


def _row(event_id: str, document_id: str, reader: Reader, group: list[Event]) -> dict[str, Any]:
    best = group[0]
    also = "".join(f" Also: {sentence}" for sentence in also_told(reader, group))
    against = f" Less sure because of: {'; '.join(best.reasons)}." if best.reasons else ""
    return {
        "event_id": event_id,
        "place_id": best.place.place_id,
        "earliest_date": pd.Timestamp(best.earliest),
        "latest_date": pd.Timestamp(best.latest),
        "date_precision": date_precision(best.earliest, best.latest),
        "from_actor": best.from_actor,
        "to_actor": best.to_actor,
        "status": best.status,
        "assertion": best.assertion,
        "basis": "observed",
        "confidence": round(best.confidence, 2),
        "document_id": document_id,
        "quote": reader.words(best.sentence),
        "note": f"Read by the pattern {best.pattern}.{against}{also}",
        "recorded_at": pd.Timestamp(reader.published),
        "recorded_by": RECORDED_BY,
        "supersedes": None,
        "actor_basis": actor_basis(best),
        "claimed_by": best.claimed_by,
        "share_pct": best.share_pct,
        "pattern": best.pattern,
    }


def _width(event: Event) -> int:
    return (event.latest - event.earliest).days
