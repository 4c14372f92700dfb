"""The rules asked about every event of a table: what they need to know of the other tables, and what they decide."""

from dataclasses import replace

import pandas as pd

from geo.control.rules import EXTRACTOR_PREFIX, Context, Event, decide, rule_texts
from geo.schema import ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP, DTYPES

_PARTIES = ["from_actor", "to_actor", "document_id"]


def judge(
    events: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame, extracted_events: str = "review"
) -> pd.DataFrame:
    """The events with the columns changes_map (bool), rule (its id) and corroborates (event_id or NA) added.

    extracted_events: "apply" lets events that a program read from a text change the map like any other;
    otherwise they wait for review. Rows and index stay as they are.
    """
    confirmed = _confirmed_events(events)
    contexts = _contexts(events, documents, actors, confirmed, extracted_events == "apply")
    changes_map = rule_texts().set_index("rule")["changes_map"]
    alone = _decisions(events, contexts).map(changes_map).astype(DTYPES["flag"])
    contexts = [
        replace(context, contradicted=contradicted)
        for context, contradicted in zip(contexts, _is_contradicted(events, alone), strict=True)
    ]
    rule = _decisions(events, contexts)
    return events.assign(
        changes_map=rule.map(changes_map).astype(DTYPES["flag"]),
        rule=rule,
        corroborates=confirmed.where(rule == "corroborates").astype(DTYPES["text"]),
    )


def _decisions(events: pd.DataFrame, contexts: list[Context]) -> pd.Series:
    """The rule that decides each event."""
    rows = map(Event, events["assertion"], events["recorded_by"])
    decisions = [decide(event, context) for event, context in zip(rows, contexts, strict=True)]
    return pd.Series(decisions, index=events.index, dtype=DTYPES["text"])


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
        Context(replaced, withdrawn, confirms, apply, False, source_side, from_side, to_side)
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


def _is_contradicted(events: pd.DataFrame, changes_map: pd.Series) -> pd.Series:
    """Changes of a place's holder for which another document has another holder on the very same days.

    Where the one side takes over from the other ("A took it, then B took it from A") they follow each other.
    """
    days = ["place_id", "earliest_date", "latest_date"]
    counting = events.loc[changes_map & (events["status"] == "controlled"), [*days, *_PARTIES]]
    pairs = counting.reset_index().merge(counting, on=days, suffixes=("", "_other"))
    follows = (pairs["from_actor"] == pairs["to_actor_other"]) | (pairs["from_actor_other"] == pairs["to_actor"])
    differs = (pairs["to_actor"] != pairs["to_actor_other"]) & (pairs["document_id"] != pairs["document_id_other"])
    return pd.Series(events.index.isin(pairs.loc[differs & ~follows, "index"]), index=events.index)


def _is_superseded(events: pd.DataFrame) -> pd.Series:
    return events["event_id"].isin(events["supersedes"].dropna())


def _is_withdrawn(events: pd.DataFrame) -> pd.Series:
    """Superseded by nothing but events that say it did not happen."""
    is_negated = events["assertion"] == "negated"
    replaced = events.loc[~is_negated, "supersedes"].dropna()
    return events["event_id"].isin(events.loc[is_negated, "supersedes"].dropna()) & ~events["event_id"].isin(replaced)


def _or_none(column: pd.Series) -> list[str | None]:
    return [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]
