"""Changes of control read from documents: who took which place from whom, when, and by whose word.

High precision before recall: a sentence is read only by a pattern of `change_patterns.toml` that says who holds the
place afterwards. Attempts, conditions, denials and what happened long before publication give no event.
"""

from collections import defaultdict
from datetime import date
from typing import Any

import pandas as pd

from geo.schema import COLUMNS, conform
from geo.text.actors import ActorLexicon
from geo.text.clauses import PlaceMention
from geo.text.dates import date_precision
from geo.text.reader import Reader
from geo.text.sentence_changes import Change, read_changes

RECORDED_BY = "extractor/1"


def extract_events(
    documents: pd.DataFrame, mentions: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """The changes of control that documents report, as a table of events.

    documents: columns document_id, text and published.
    mentions: as `find_mentions` gives them for these texts. places: what they mean; only populated places (feature
    codes PPL...) can change hands. actors: the sides, known by their names, local names and aliases.

    Columns and codes are those of `events`; rows are in the order of the documents and their sentences, with ids
    `x-<document_id>-<number>`. from_actor is missing when the text does not say it. quote is the sentence, cut out of
    the text as it stands; of several sentences about one change the one that says most, the others in `note`. A part
    of a place, or one entered, is contested. Words such as "the army said" make the assertion claimed. A sentence
    without a date takes that of its paragraph or heading; failing that the event lies in the week up to publication,
    unless it is told in the past perfect, and so of a time that is not known.
    recorded_at is the day of publication. confidence is that of the pattern (0.75 to 0.9), times 0.9 for each of a
    claim, a place or side that is only referred to, and a date taken over, and times 0.7 without any date.
    """
    lexicon = ActorLexicon(actors)
    named = _populated_mentions(mentions, places)
    with_parent = places.dropna(subset=["parent_place_id"])
    parents = dict(zip(with_parent["place_id"], with_parent["parent_place_id"], strict=True))
    columns = ["document_id", "text", "published"]
    rows = [
        row
        for document_id, text, published in documents[columns].itertuples(index=False, name=None)
        for row in _rows(document_id, Reader(text, published.date(), named[document_id], lexicon), parents)
    ]
    return conform("events", pd.DataFrame(rows, columns=COLUMNS["events"]))


def _populated_mentions(mentions: pd.DataFrame, places: pd.DataFrame) -> dict[str, list[PlaceMention]]:
    """The mentions of each document, with the feature codes of their places; of unknown places there are none."""
    codes = dict(zip(places["place_id"], places["feature_code"], strict=True))
    named: dict[str, list[PlaceMention]] = defaultdict(list)
    columns = ["document_id", "start", "end", "place_id"]
    for document_id, start, end, place_id in mentions[columns].itertuples(index=False, name=None):
        if place_id in codes:
            named[document_id].append(PlaceMention(int(start), int(end), place_id, codes[place_id]))
    return named


def _rows(document_id: str, reader: Reader, parents: dict[str, str]) -> list[dict[str, Any]]:
    changes = [change for number in range(len(reader.sentences)) for change in read_changes(reader, number, parents)]
    return [
        _row(f"x-{document_id}-{count}", document_id, reader, group)
        for count, group in enumerate(_same_changes(changes), start=1)
    ]


def _same_changes(changes: list[Change]) -> list[list[Change]]:
    """The changes in order, those with the same outcome and days that overlap together."""
    groups: list[tuple[date, date, list[Change]]] = []
    with_outcome: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for change in changes:
        known = with_outcome[change.place_id, change.to_actor, change.status]
        for number in known:
            earliest, latest, group = groups[number]
            if earliest <= change.latest and change.earliest <= latest:
                group.append(change)
                groups[number] = (max(earliest, change.earliest), min(latest, change.latest), group)
                break
        else:
            known.append(len(groups))
            groups.append((change.earliest, change.latest, [change]))
    return [group for _, _, group in groups]


def _row(event_id: str, document_id: str, reader: Reader, group: list[Change]) -> dict[str, Any]:
    """The event that some sentences report: told by the one that says most, with the narrowest days of all."""
    ranked = sorted(group, key=lambda one: (one.from_actor is None, _width(one), -one.confidence, one.sentence))
    best, narrowest = ranked[0], min(group, key=_width)
    is_assessed = any(one.assertion == "assessed" for one in group)
    others = dict.fromkeys(one.sentence for one in ranked if one.sentence != best.sentence)
    also = "".join(f" Also: {' '.join(reader.words(number).split())}" for number in others)
    return {
        "event_id": event_id,
        "place_id": best.place_id,
        "earliest_date": pd.Timestamp(narrowest.earliest),
        "latest_date": pd.Timestamp(narrowest.latest),
        "date_precision": date_precision(narrowest.earliest, narrowest.latest),
        "from_actor": best.from_actor,
        "to_actor": best.to_actor,
        "status": best.status,
        "assertion": "assessed" if is_assessed else best.assertion,
        "basis": "observed",
        "confidence": round(max(one.confidence for one in group), 2),
        "document_id": document_id,
        "quote": reader.words(best.sentence),
        "note": f"Read by the pattern {best.pattern_id}.{also}",
        "recorded_at": pd.Timestamp(reader.published),
        "recorded_by": RECORDED_BY,
        "supersedes": None,
    }


def _width(change: Change) -> int:
    return (change.latest - change.earliest).days
