"""The patterns of `change_patterns.toml`, ready to match."""

import re
from typing import NamedTuple

from geo.text.data import read_data

_DATA = read_data("change_patterns.toml")


def _expand(expression: str, words: dict[str, str]) -> str:
    for word, meaning in words.items():
        expression = expression.replace(f"{{{word}}}", meaning)
    return expression


def _expanded_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for word, meaning in _DATA["words"].items():
        words[word] = _expand(meaning, words)
    return words


_WORDS = _expanded_words()


def _compile(expression: str) -> re.Pattern[str]:
    return re.compile(_expand(expression, _WORDS), re.IGNORECASE)


class Pattern(NamedTuple):
    """One way of saying that a place changed hands; see the head of `change_patterns.toml`.

    assertion: None if the sentence decides.
    """

    pattern_id: str
    regex: re.Pattern[str]
    status: str
    assertion: str | None
    confidence: float


class Blocker(NamedTuple):
    """Words that make a sentence no report of a change; either regex may be None.

    before: searched in the clause up to the change. after: searched in the rest of the clause.
    """

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


PATTERNS = [
    Pattern(entry["id"], _compile(entry["regex"]), entry["status"], entry.get("assertion"), float(entry["confidence"]))
    for entry in _DATA["pattern"]
]
BLOCKERS = [
    Blocker(*(_compile(entry[where]) if where in entry else None for where in ("before", "after")))
    for entry in _DATA["blocker"]
]
CLAIM = _compile(_DATA["claim"]["regex"])
THERE = _compile(r"\b{there}\b")
LISTED = _compile(
    r"(?P<partial>{partial}) |(?P<whole>{whole}) |(?P<districts>{district}(?: of|:|,? including) )"
    r"|(?P<side>(?:north|south|east|west|centr)(?:east|west)?(?:ern|al) )(?=<P)|<P\d+>[’']s |\(<P\d+>\)"
    r"|<P(?P<place>\d+)>|<D(?P<date>\d+)>|(?P<there>{there})\b"
)
"""The parts of a list of places, from left to right; containers ("Aleppo's") and second names have no group.

`districts` says that what follows are districts ("the districts of"), `side` that a part of the next place is meant.
"""

ANAPHORA = {noun: re.compile(codes) for noun, codes in _DATA["anaphora"].items()}
"""Noun of an anaphor ("the district") -> feature codes of the places that it can stand for."""
