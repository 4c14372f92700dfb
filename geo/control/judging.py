"""The rules asked about every event of a table: what they need to know of the other tables, and what they decide."""

import numpy as np
import pandas as pd

from geo.control.rules import (
    EXTRACTOR_PREFIX,
    RULES_OF_CONFIRMABLE_CLAIMS,
    Context,
    Event,
    decide,
    rule_texts,
)
from geo.control.settings import RuleSettings, rule_settings
from geo.control.sourcing import agreeing, backing, confirmed_by, meets
from geo.dataset import Dataset
from geo.schema import ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP, DTYPES, empty_table

_PARTIES = ["from_actor", "to_actor", "document_id"]


def judge(
    events: pd.DataFrame,
    documents: pd.DataFrame,
    actors: pd.DataFrame,
    sources: pd.DataFrame | None = None,
    settings: RuleSettings | None = None,
) -> pd.DataFrame:
    """The events with the columns changes_map (bool), rule (its id) and corroborates (event_id or NA) added.

    sources: what is known of publishers; nothing if not given. settings: by default those of rule_settings.toml.
    corroborates: the event that says the same, by which this one is confirmed or which it has nothing to add to.
    Rows and index stay as they are.
    """
    settings = settings or rule_settings()
    backed = backing(events, documents, actors, empty_table("sources") if sources is None else sources)
    facts = _facts(events, actors, backed, settings)
    rule = _decisions(facts)
    confirmed, supported = _agreement(events, facts, backed, rule, settings)
    facts = facts.assign(supports=supported.notna(), confirmed=confirmed.notna())
    if (facts["supports"] | facts["confirmed"]).any():
        rule = _decisions(facts)
    changes_map = rule_texts().set_index("rule")["changes_map"]
    contradicted = _is_contradicted(events, rule.map(changes_map).astype(DTYPES["flag"]))
    if contradicted.any():
        rule = _decisions(facts.assign(contradicted=contradicted))
    agrees = supported.where(rule == "corroborates", confirmed.where(rule == "independent_sources"))
    return events.assign(
        changes_map=rule.map(changes_map).astype(DTYPES["flag"]), rule=rule, corroborates=agrees.astype(DTYPES["text"])
    )


def _agreement(
    events: pd.DataFrame, facts: pd.DataFrame, backed: pd.DataFrame, rule: pd.Series, settings: RuleSettings
) -> tuple[pd.Series, pd.Series]:
    """For each event the independent report that confirms it, and the event that counts already and says the same."""
    others = _confirmed_events(events).astype(DTYPES["text"])
    could_agree = rule.isin(RULES_OF_CONFIRMABLE_CLAIMS)
    could_agree &= meets(settings.together, backed)
    if could_agree.sum() < 2:
        return pd.Series(index=events.index, dtype=DTYPES["text"]), others
    reports = events.join(backed).assign(to_side=facts["to_side"])
    counts, supports = confirmed_by(agreeing(reports[could_agree], settings.together_days))
    confirmed = events["event_id"].map(counts).astype(DTYPES["text"])
    supported = others.fillna(events["event_id"].map(supports).astype(DTYPES["text"])).mask(confirmed.notna())
    return confirmed, supported


def judge_dataset(dataset: Dataset, events: pd.DataFrame | None = None) -> pd.DataFrame:
    """The events of a dataset, or others given for it, judged by its settings and what it knows of its sources."""
    reported = dataset.events if events is None else events
    return judge(reported, dataset.documents, dataset.actors, dataset.sources, rule_settings(dataset.rule_settings))


def _facts(events: pd.DataFrame, actors: pd.DataFrame, backed: pd.DataFrame, settings: RuleSettings) -> pd.DataFrame:
    """What the rules read of each event, by the names of Event and Context, before the events are compared."""
    side = actors.set_index("actor_id")["side"]
    return pd.DataFrame(
        {
            "assertion": events["assertion"],
            "is_extracted": _is_extracted(events),
            "superseded": _is_superseded(events),
            "withdrawn": _is_withdrawn(events),
            "supports": False,
            "apply_extracted": settings.apply_extracted,
            "contradicted": False,
            "confirmed": False,
            "is_weak": ~meets(settings.alone, backed),
            "source_side": backed["source_side"],
            "claimer_side": backed["claimer_side"],
            "from_side": events["from_actor"].map(side),
            "to_side": events["to_actor"].map(side),
        },
        index=events.index,
    )


def _decisions(facts: pd.DataFrame) -> pd.Series:
    """The rule that decides each event; asked once for each combination of facts that occurs."""
    combination = np.zeros(len(facts), dtype=np.int64)
    for column in facts:
        if facts[column].dtype == bool:
            combination = combination * 2 + facts[column].to_numpy()
            continue
        numbers, values = pd.factorize(facts[column], use_na_sentinel=False)
        combination = combination * len(values) + numbers
    _, first, which = np.unique(combination, return_index=True, return_inverse=True)
    distinct = facts.iloc[first].astype(object)
    distinct = distinct.where(distinct.notna(), None)
    asked = zip(*(distinct[list(names)].itertuples(index=False, name=None) for names in _NAMES), strict=True)
    rules = [decide(Event(*event), Context(*context)) for event, context in asked]
    return pd.Series(rules, dtype=DTYPES["text"]).take(which).set_axis(facts.index)


_NAMES = (Event._fields, tuple(Context.__dataclass_fields__))


def _is_extracted(events: pd.DataFrame) -> pd.Series:
    return events["recorded_by"].str.startswith(EXTRACTOR_PREFIX).astype(bool)


def _confirmed_events(events: pd.DataFrame) -> pd.Series:
    """For each extracted event the curated event that says the same, the earliest one if several do."""
    extracted = _is_extracted(events)
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
    counting = counting[counting.duplicated(days, keep=False)]
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
