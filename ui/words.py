"""How codes, dates and events read in a sentence (the map has the same words in geo/maps/web/words.js)."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from geo.maps.ink import pattern_of

DATE_PRECISION = {1: "exact day", 2: "two to six days", 3: "about a week", 4: "about a month", 5: "about a year"}
PLACE_PRECISION = {
    1: "exact place",
    2: "near a known point",
    3: "a district (second order)",
    4: "a province (first order)",
    5: "a larger or vague area",
    6: "a country",
    7: "at sea or in the air",
}
BASIS = {"observed": "a source names the place", "inferred": "inferred from its position"}
ASSERTION = {
    "assessed": "assessed",
    "claimed": "a claim",
    "disputed": "disputed",
    "attempt": "an attempt",
    "hypothetical": "a possibility",
    "negated": "denied",
}


def day(date: pd.Timestamp) -> str:
    """A day, as in 12 December 2016."""
    return f"{date.day} {date:%B %Y}"


def date_range(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    """One day, or the range of days that something happened in."""
    return day(earliest) if earliest == latest else f"between {day(earliest)} and {day(latest)}"


def state_sentence(state: Mapping[str, Any], names: Callable[[object], str]) -> str:
    """Who holds a place, and who else says that it does.

    state: actor, contender (missing where nobody is known), status, assertion, undecided. names: an actor's name.
    """
    if pattern_of(state) != "lines":
        return _holder(state, names)
    verb = "disputed" if state["assertion"] == "disputed" else "claimed"
    return f"{_holder(state, names)}; {verb} by {names(state['contender'])}"


def _holder(state: Mapping[str, Any], names: Callable[[object], str]) -> str:
    holder, contender = names(state["actor"]), names(state["contender"])
    if pd.isna(state["actor"]):
        return "Not known"
    if state["undecided"]:
        return f"{holder} or {contender}: the day of the change is not known exactly"
    part = "the other side is not named" if pd.isna(state["contender"]) else f"part taken by {contender}"
    sentences = {
        "controlled": f"Held by {holder}",
        "contested": f"Contested: held by {holder}, {part}",
        "mixed": f"Mixed: {holder} and others",
        "besieged": f"Held by {holder}, besieged",
        "unknown": "Not known",
    }
    return sentences[state["status"]]


def change_sentence(status: str, from_actor: str, to_actor: str) -> str:
    """What an event says happened to its place."""
    sentences = {
        "controlled": f"Passes from {from_actor} to {to_actor}",
        "contested": f"Contested: {to_actor} against {from_actor}",
        "mixed": f"Mixed: {from_actor} and {to_actor}",
        "besieged": f"Besieged by {to_actor}",
        "unknown": "No longer known who holds it",
    }
    return sentences[status]
