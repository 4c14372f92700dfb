"""The queue: what waits for a person, most important first.

Four kinds of items. `candidate`: a change that a program read in a text. `disagreement`: reports that contradict each
other. `implausible`: a change far from everything that its new holder had. `place`: a name in a document that means no
place yet, or one that nearly as well could be another; one item for all its mentions in the document.
How urgent each is: `priority.toml`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from geo.control.content import content_ids
from geo.control.plausibility import far_changes
from geo.control.rules import EXTRACTOR_PREFIX
from geo.control.settings import rule_settings
from geo.pipeline import Build
from geo.places.names import name_key
from geo.review.history import ItemState, item_states

QUEUE_COLUMNS = [
    "item_id", "kind", "reason", "event_id", "document_id", "place_id", "toponym", "start", "end", "earliest_date",
    "latest_date", "quote", "area_km2", "confidence", "sources", "priority", "state", "assigned_to", "seen",
]  # fmt: skip
_ORDER_OF_STATES = {"open": 0, "proposed": 0, "deferred": 1}
_KINDS_BY_RULE = {"awaits_review": "candidate", "contradicted": "disagreement"}
_REASONS = {
    "candidate": "Read from a text by a program; nobody has checked it.",
    "disagreement": "Another document gives the place to another side on the same days.",
}


def review_queue(build: Build, records: pd.DataFrame) -> pd.DataFrame:
    """The items that are not decided, most important first, with the columns of `QUEUE_COLUMNS`.

    Reports that contradict each other leave it together as soon as only one of them stands.

    records: what was decided so far (`geo.review.history.RECORD_COLUMNS`).
    kind: see the head of this module. reason: why it waits, a sentence. event_id: the event, NA for a name. toponym,
    start, end: for a name, its first mention in the text of the document. area_km2: of the place. sources: how many
    documents say the same. state: open, proposed or deferred; deferred ones come last. assigned_to: user_id or NA.
    seen: for the decision, see `ItemState`.
    """
    items = pd.concat([_events(build), _names(build)], ignore_index=True)
    states = item_states(records)
    found = [states.get(item_id, ItemState()) for item_id in items["item_id"]]
    items["state"] = [each.state for each in found]
    items["assigned_to"] = pd.Series([each.assigned_to for each in found], dtype=object)
    items["seen"] = [each.seen for each in found]
    items["area_km2"] = items["place_id"].map(build.places.set_index("place_id")["area_km2"])
    items["priority"] = _priority(items, build)
    items = items[(items["state"] != "decided") & ~_settled(items, build.events, states)]
    order = items.assign(later=items["state"].map(_ORDER_OF_STATES)).sort_values(
        ["later", "priority", "item_id"], ascending=[True, False, True]
    )
    return order[QUEUE_COLUMNS].reset_index(drop=True)


def name_item_id(document_id: str, toponym: str) -> str:
    """The id of the item that stands for a name in a document."""
    return f"name:{document_id}:{name_key(toponym) or toponym}"


def stable_ids(events: pd.DataFrame) -> pd.Series:
    """The id under which the ledger keeps each event: its own, or what it says where a program read it."""
    is_read = events["recorded_by"].str.startswith(EXTRACTOR_PREFIX).astype(bool)
    return events["event_id"].where(~is_read, content_ids(events))


def rivals(events: pd.DataFrame, event_id: str) -> list[str]:
    """Ids of the events (table `judged`) that contradict this one: same place and days, another holder."""
    this = events[events["event_id"] == event_id].iloc[0]
    days = ["place_id", "earliest_date", "latest_date"]
    same = (events[days] == this[days]).all(axis="columns")
    other = (events["rule"] == "contradicted") & (events["to_actor"] != this["to_actor"])
    return sorted(events.loc[same & other, "event_id"])


def _events(build: Build) -> pd.DataFrame:
    events = build.events
    kinds = events["rule"].map(_KINDS_BY_RULE)
    settings = rule_settings(build.dataset.rule_settings)
    far = far_changes(events, build.intervals, build.areas, settings).set_index("event_id")["distance_km"]
    distance = events["event_id"].map(far)
    items = events.assign(
        item_id=stable_ids(events),
        kind=kinds.where(distance.isna(), "implausible"),
        reason=kinds.map(_REASONS).astype(object).where(distance.isna(), distance.map(_far_reason)),
    )
    items = items[items["kind"].notna()].drop_duplicates("item_id")
    sources = [_sources(events, item) for item in items.itertuples()]
    return items.assign(sources=sources).reindex(columns=QUEUE_COLUMNS).astype(object)


def _settled(items: pd.DataFrame, events: pd.DataFrame, states: Mapping[str, ItemState]) -> pd.Series:
    """Which items are disagreements that decisions about the other reports have ended, before the map shows them."""
    disagreements = items[items["kind"] == "disagreement"]
    against = {event_id: rivals(events, event_id) for event_id in map(str, disagreements["event_id"])}
    gone: set[str] = set()
    for item in disagreements[disagreements["state"] == "decided"].itertuples():
        record = states[str(item.item_id)].record
        is_right = record is not None and record["decision"] == "accept"
        gone.update(against[str(item.event_id)] if is_right else [str(item.event_id)])
    ended = {event_id for event_id, others in against.items() if event_id in gone or gone.issuperset(others)}
    return items["event_id"].isin(ended) & (items["kind"] == "disagreement")


def _far_reason(distance_km: float) -> str:
    return f"The nearest ground that this side held the day before is {distance_km:.0f} km away."


def _sources(events: pd.DataFrame, item: Any) -> int:
    """How many documents report the change: same place, side and status, on days that overlap."""
    same = (
        (events["place_id"] == item.place_id)
        & (events["to_actor"] == item.to_actor)
        & (events["status"] == item.status)
        & (events["earliest_date"] <= item.latest_date)
        & (item.earliest_date <= events["latest_date"])
    )
    return max(1, events.loc[same, "document_id"].nunique())


def _names(build: Build) -> pd.DataFrame:
    settings = _settings()["names"]
    mentions = build.mentions
    unsure = (mentions["score"] < settings["least_score"]) | (mentions["margin"] < settings["least_margin"])
    waiting = mentions[mentions["place_id"].isna() | unsure]
    if waiting.empty:
        return pd.DataFrame(columns=QUEUE_COLUMNS, dtype=object)
    item_ids = list(map(name_item_id, waiting["document_id"], waiting["toponym"]))
    documents = build.dataset.documents.set_index("document_id")
    waiting = waiting.assign(item_id=item_ids).sort_values(["item_id", "start"])
    items = waiting.drop_duplicates("item_id").assign(kind="place", sources=1)
    published = items["document_id"].map(documents["published"])
    items = items.assign(
        reason=[_name_reason(build, mention) for mention in items.itertuples()],
        earliest_date=published,
        latest_date=published,
        confidence=items["score"],
        quote=[
            _line_around(str(documents["text"].get(mention.document_id, "")), mention.start, mention.end)
            for mention in items.itertuples()
        ],
    )
    return items.reindex(columns=QUEUE_COLUMNS).astype(object)


def _name_reason(build: Build, mention: Any) -> str:
    candidates = build.candidates
    count = int(((candidates["document_id"] == mention.document_id) & (candidates["start"] == mention.start)).sum())
    if not count:
        return "No gazetteer has this name."
    if pd.isna(mention.place_id):
        return f"{count} places could be meant, none clearly enough." if count > 1 else "The one candidate fits badly."
    return "Taken for a place, but it is not clear that this one is meant."


def _line_around(text: str, start: Any, end: Any) -> str:
    """The line in which a mention stands, at most 200 characters to each side."""
    begins = max(text.rfind("\n", 0, start) + 1, start - 200)
    stop = text.find("\n", end)
    return text[begins : min(stop if stop >= 0 else len(text), end + 200)].strip()


def _priority(items: pd.DataFrame, build: Build) -> pd.Series:
    weights = _settings()
    drawn = build.places[build.places["place_id"].isin(build.intervals["place_id"])]["area_km2"]
    typical_km2 = float(drawn.median()) if drawn.notna().any() else 1.0
    area_km2 = items["area_km2"].astype(float).fillna(0)
    days = max((build.dataset.end_date - build.dataset.start_date).days, 1)
    age_days = (build.dataset.end_date - items["latest_date"].astype("datetime64[s]")).dt.days
    signals = {
        "area": area_km2 / (area_km2 + typical_km2),
        "confidence": items["confidence"].astype(float).fillna(0),
        "recency": (1 - age_days / days).clip(0, 1),
        "sources": 1 - 1 / items["sources"].astype(float),
    }
    total = items["kind"].map(weights["kind"]).astype(float)
    for name, signal in signals.items():
        total = total + weights["signals"][name] * signal
    return pd.Series(np.round(total, 4), index=items.index)


@cache
def _settings() -> dict[str, dict[str, float]]:
    return tomllib.loads(files("geo.review").joinpath("priority.toml").read_text("utf-8"))
