"""Which reports change the map: one small pure function per rule, asked in a fixed order.

Each rule is given an event and its context and says whether it decides the event; the first that does, decides.
What a decision means, and why, stands in rules.toml, in the same order; what can be set, in rule_settings.toml.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

from geo.schema import ASSERTIONS_THAT_NEVER_CHANGE_THE_MAP

EXTRACTOR_PREFIX = "extractor/"


class Event(NamedTuple):
    """What the rules read of a row of the table `events`. is_extracted: a program recorded it."""

    assertion: str
    is_extracted: bool


@dataclass(frozen=True)
class Context:
    """What the rules know about an event from the other tables.

    superseded: another event replaces this one.
    withdrawn: it does so only to say that this one did not happen.
    supports: an event that says the same counts already, so this one has nothing to add.
    apply_extracted: events read by a program count without review.
    contradicted: another report that would change the map gives the place to another side on the same days.
    confirmed: an independent source says the same (`geo.control.sourcing`).
    is_weak: the source is not rated well enough to change a place on its own word.
    source_side: side of the publisher of the event's document; None for a neutral source, or no document.
    claimer_side: side of whom the report names as saying so; None if that is nobody's.
    from_side, to_side: sides of from_actor and to_actor; None where the event does not name them.
    """

    superseded: bool
    withdrawn: bool
    supports: bool
    apply_extracted: bool
    contradicted: bool
    confirmed: bool
    is_weak: bool
    source_side: str | None
    claimer_side: str | None
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
    return context.supports


def awaits_review(event: Event, context: Context) -> bool:
    return event.is_extracted and not context.apply_extracted


def disputed(event: Event, _context: Context) -> bool:
    return event.assertion == "disputed"


def contradicted(_event: Event, context: Context) -> bool:
    return context.contradicted


def party_against_itself(_event: Event, context: Context) -> bool:
    side = context.source_side or context.claimer_side
    return side is not None and context.from_side == side and context.to_side != side


def independent_sources(_event: Event, context: Context) -> bool:
    return context.confirmed


def party_for_itself(_event: Event, context: Context) -> bool:
    return context.source_side is not None


def claim(event: Event, _context: Context) -> bool:
    return event.assertion == "claimed"


def weak_source(_event: Event, context: Context) -> bool:
    return context.is_weak


def neutral_assessment(_event: Event, _context: Context) -> bool:
    return True


RULES: tuple[Callable[[Event, Context], bool], ...] = (
    not_a_change,
    withdrawn_claim,
    superseded,
    corroborates,
    awaits_review,
    disputed,
    contradicted,
    party_against_itself,
    independent_sources,
    party_for_itself,
    claim,
    weak_source,
    neutral_assessment,
)
RULES_OF_DISPUTES = (disputed.__name__, contradicted.__name__)
RULES_OF_CONFIRMABLE_CLAIMS = tuple(rule.__name__ for rule in (party_for_itself, claim, weak_source))
"""What these rules leave a claim changes the map once an independent source says the same."""
RULES_OF_CLAIMS = (withdrawn_claim.__name__, *RULES_OF_DISPUTES, *RULES_OF_CONFIRMABLE_CLAIMS)


def rule_texts() -> pd.DataFrame:
    """The rules in the order in which they are asked: rule (id), name, reason (plain words), changes_map (bool)."""
    text = files("geo.control").joinpath("rules.toml").read_text("utf-8")
    return pd.DataFrame(tomllib.loads(text)["rule"]).rename(columns={"id": "rule"})


def decide(event: Event, context: Context) -> str:
    """The id of the rule that decides the event."""
    return next(rule.__name__ for rule in RULES if rule(event, context))
