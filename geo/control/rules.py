"""Which reports change the map: one small pure function per rule, asked in a fixed order.

Each rule is given an event and its context and says whether it decides the event; the first that does, decides.
What a decision means, and why, stands in rules.toml, in the same order.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

from geo.schema import ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP, DTYPES

EXTRACTOR_PREFIX = "extractor/"


class Event(NamedTuple):
    """What the rules read of a row of the table `events`."""

    assertion: str
    recorded_by: str


@dataclass(frozen=True)
class Context:
    """What the rules know about an event from the other tables.

    superseded: another event replaces this one.
    withdrawn: it does so only to say that this one did not happen.
    corroborates: the reviewed event that says the same, or None.
    apply_extracted: events read by a program count without review.
    source_side: side of the publisher of the event's document; None for a neutral source, or no document.
    from_side, to_side: sides of from_actor and to_actor; None where the event does not name them.
    """

    superseded: bool
    withdrawn: bool
    corroborates: str | None
    apply_extracted: bool
    source_side: str | None
    from_side: str | None
    to_side: str | None


def not_a_change(event: Event, _context: Context) -> bool:
    return event.assertion in ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP


def withdrawn_claim(event: Event, context: Context) -> bool:
    as_before = replace(context, superseded=False, withdrawn=False)
    return context.withdrawn and decide(event, as_before) in RULES_OF_CLAIMS


def superseded(_event: Event, context: Context) -> bool:
    return context.superseded


def corroborates(_event: Event, context: Context) -> bool:
    return context.corroborates is not None


def awaits_review(event: Event, context: Context) -> bool:
    return event.recorded_by.startswith(EXTRACTOR_PREFIX) and not context.apply_extracted


def disputed(event: Event, _context: Context) -> bool:
    return event.assertion == "disputed"


def party_against_itself(_event: Event, context: Context) -> bool:
    side = context.source_side
    return side is not None and context.from_side == side and context.to_side != side


def party_for_itself(_event: Event, context: Context) -> bool:
    return context.source_side is not None


def claim(event: Event, _context: Context) -> bool:
    return event.assertion == "claimed"


def neutral_assessment(_event: Event, _context: Context) -> bool:
    return True


RULES: tuple[Callable[[Event, Context], bool], ...] = (
    not_a_change,
    withdrawn_claim,
    superseded,
    corroborates,
    awaits_review,
    disputed,
    party_against_itself,
    party_for_itself,
    claim,
    neutral_assessment,
)
RULES_OF_CLAIMS = tuple(rule.__name__ for rule in (withdrawn_claim, disputed, party_for_itself, claim))


def rule_texts() -> pd.DataFrame:
    """The rules in the order in which they are asked: rule (id), name, reason (plain words), changes_map (bool)."""
    text = files("geo.control").joinpath("rules.toml").read_text("utf-8")
    return pd.DataFrame(tomllib.loads(text)["rule"]).rename(columns={"id": "rule"})


def decide(event: Event, context: Context) -> str:
    """The id of the rule that decides the event."""
    return next(rule.__name__ for rule in RULES if rule(event, context))


def judge(
    events: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame, extracted_events: str = "review"
) -> pd.DataFrame:
    """The events with the columns changes_map (bool), rule (its id) and corroborates (event_id or NA) added.

    extracted_events: "apply" lets events that a program read from a text change the map like any other;
    otherwise they wait for review. Rows and index stay as they are.
    """
    confirmed = _confirmed_events(events)
    contexts = _contexts(events, documents, actors, confirmed, extracted_events == "apply")
    rows = map(Event, events["assertion"], events["recorded_by"])
    decisions = [decide(event, context) for event, context in zip(rows, contexts, strict=True)]
    rule = pd.Series(decisions, index=events.index, dtype=DTYPES["text"])
    changes_map = rule_texts().set_index("rule")["changes_map"]
    return events.assign(
        changes_map=rule.map(changes_map).astype(DTYPES["flag"]),
        rule=rule,
        corroborates=confirmed.where(rule == "corroborates").astype(DTYPES["text"]),
    )


def _contexts(
    events: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame, confirmed: pd.Series, apply: bool
) -> list[Context]:
    document_side = documents.set_index("document_id")["side"]
    actor_side = actors.set_index("actor_id")["side"]
    columns = [
        _is_superseded(events),
        _is_withdrawn(events),
        _or_none(confirmed),
        _or_none(events["document_id"].map(document_side)),
        _or_none(events["from_actor"].map(actor_side)),
        _or_none(events["to_actor"].map(actor_side)),
    ]
    return [
        Context(replaced, withdrawn, confirms, apply, source_side, from_side, to_side)
        for replaced, withdrawn, confirms, source_side, from_side, to_side in zip(*columns, strict=True)
    ]


def _confirmed_events(events: pd.DataFrame) -> pd.Series:
    """For each extracted event the curated event that says the same, the earliest one if several do."""
    extracted = events["recorded_by"].str.startswith(EXTRACTOR_PREFIX).astype(bool)
    counts = ~events["assertion"].isin(ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP) & ~_is_superseded(events)
    same = ["place_id", "to_actor", "status"]
    columns = [*same, "event_id", "earliest_date", "latest_date"]
    pairs = events.loc[extracted, columns].merge(
        events.loc[~extracted & counts, columns], on=same, suffixes=("", "_curated")
    )
    overlap = (pairs["earliest_date"] <= pairs["latest_date_curated"]) & (
        pairs["earliest_date_curated"] <= pairs["latest_date"]
    )
    first = pairs[overlap].sort_values(["latest_date_curated", "event_id_curated"]).drop_duplicates("event_id")
    return events["event_id"].map(first.set_index("event_id")["event_id_curated"])


def _is_superseded(events: pd.DataFrame) -> pd.Series:
    return events["event_id"].isin(events["supersedes"].dropna())


def _is_withdrawn(events: pd.DataFrame) -> pd.Series:
    """Superseded by nothing but events that say it did not happen."""
    is_negated = events["assertion"] == "negated"
    replaced = events.loc[~is_negated, "supersedes"].dropna()
    return events["event_id"].isin(events.loc[is_negated, "supersedes"].dropna()) & ~events["event_id"].isin(replaced)


def _or_none(column: pd.Series) -> list[str | None]:
    return [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]
