"""How a state reads in a sentence (the map has the same words in web/words.js)."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from geo.maps.ink import pattern_of


def day(date: pd.Timestamp) -> str:
    """A day, as in 12 December 2016."""
    return f"{date.day} {date:%B %Y}"


def days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """A stretch of days, both included."""
    return day(first) if first == last else f"{day(first)} to {day(last)}"


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
