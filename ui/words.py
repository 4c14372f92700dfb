"""How codes, dates and events read in a sentence (the map has the same words in geo/maps/web/words.js)."""

import pandas as pd

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


def state_sentence(status: str, holder: str, contender: str, undecided: bool) -> str:
    """Who holds a place; `holder` and `contender` are names."""
    if undecided:
        return f"{holder} or {contender}: the day of the change is not known exactly"
    sentences = {
        "controlled": f"Held by {holder}",
        "contested": f"Contested: held by {holder}, part taken by {contender}",
        "mixed": f"Mixed: {holder} and others",
        "besieged": f"Held by {holder}, besieged",
        "unknown": "Not known",
    }
    return sentences[status]


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
