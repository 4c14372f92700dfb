"""The actors and places of a rewritten sentence as whole phrases: "large parts of <P0> and the village of <P1>"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.text.change_patterns import LISTED, expand, links
from geo.text.clauses import Clauses, PlaceMention
from geo.text.dates import DateMention

_ACTORS = links("phrases", "actors")
_PLACES = links("phrases", "places")
_MAY_START = re.compile(expand(r"<P\d+>|(?<![\w<>-])(?:the|that|this|these|those|both) (?=[\w-]+)|(?<![\w<>-])(?=\w)"))
_ANCHOR = links("phrases", "anchor")
_LIES_IN = re.compile(r"\b[a-z]+s in $")
_ACTOR = re.compile(r"<A(\d+)>")
_ITSELF = re.compile(r" (?:itself|proper)$", re.IGNORECASE)
_NEAR_PLACE = 90
_PCT = re.compile(r"(\d+(?:\.\d+)?) ?(?:percent|per cent|%)")
_SHARES = {"half": 50.0, "third": 33.3, "quarter": 25.0, "two-thirds": 66.7, "three-quarters": 75.0, "tenth": 10.0}
_SHARE = re.compile(r"\b(two[- ]thirds|three[- ]quarters|half|third|quarter|tenth)\b")


class ActorPhrase(NamedTuple):
    """Where a sentence names one actor or several that act together, and their ids, each once."""

    start: int
    end: int
    actors: tuple[str, ...]


class ListedPlace(NamedTuple):
    """A place in a phrase.

    place: None for "the district", whose noun is then in `noun`.
    is_part, share_pct: whether only a part of it is meant, and how much, if that is said.
    day: the date that stands with it in the list. holder: the side that "rebel-held" names.
    """

    place: PlaceMention | None
    noun: str
    is_part: bool
    share_pct: float | None
    day: DateMention | None
    holder: str | None


class PlacePhrase(NamedTuple):
    """Where a sentence names some places, and which."""

    start: int
    end: int
    places: tuple[ListedPlace, ...]


def actor_phrases(clauses: Clauses) -> list[ActorPhrase]:
    """The actors of a sentence, in order."""
    found = []
    for match in _ACTORS.finditer(clauses.text):
        numbers = [int(one[1]) for one in _ACTOR.finditer(match[0])]
        actors = dict.fromkeys(clauses.actors[number].actor_id for number in numbers)
        found.append(ActorPhrase(*match.span(), tuple(actors)))
    return found


def place_phrases(clauses: Clauses) -> list[PlacePhrase]:
    """The places of a sentence, in order."""
    found = []
    end = 0
    for start in _starts(clauses.text):
        match = _PLACES.match(clauses.text, start) if start >= end else None
        if match:
            end = match.end()
            found.append(PlacePhrase(start, end, tuple(_listed(clauses, start, end))))
    return found


def _starts(text: str) -> Iterator[int]:
    """Where a phrase can begin: at words not far before a place, or before "the district"."""
    symbols = [match.start() for match in _ANCHOR.finditer(text)]
    at = 0
    for match in _MAY_START.finditer(text):
        while at < len(symbols) and symbols[at] < match.start():
            at += 1
        if match[0] and _LIES_IN.search(text, max(0, match.start() - 20), match.start()):
            continue
        is_near = at < len(symbols) and symbols[at] - match.start() <= _NEAR_PLACE
        if is_near or match[0]:
            yield match.start()


def _listed(clauses: Clauses, start: int, end: int) -> list[ListedPlace]:
    """The parts of a phrase from left to right, each place once."""
    found: dict[str, ListedPlace] = {}
    codes, is_part, share, holder = "", False, None, None
    for item in LISTED.finditer(clauses.text, start, end):
        place, noun = None, ""
        if item["partial"]:
            is_part, share = True, _share(item["partial"])
        elif item["whole"]:
            is_part, share = False, None
        elif item["districts"]:
            codes = "PPLX"
        elif item["holder"]:
            holder = clauses.holders[int(item["holder"])].actor_id
        elif item["date"]:
            day = clauses.dates[int(item["date"])]
            found = {key: one if one.day else one._replace(day=day) for key, one in found.items()}
        elif item["place"]:
            place = clauses.places[int(item["place"])]
        elif item["inner"]:
            place, is_part = clauses.places[int(item["inner"])], True
        elif item["there"]:
            noun = _ITSELF.sub("", item["there"]).split()[-1].lower()
        if place is not None and place.feature_code and not place.feature_code.startswith(codes):
            continue
        if place is not None or noun:
            key = place.key if place else noun
            found.setdefault(key, ListedPlace(place, noun, is_part, share, None, holder))
            is_side = item["place"] is not None and clauses.text[max(0, item.start() - 10) : item.start()]
            if is_part and isinstance(is_side, str) and _ENDS_IN_SIDE.search(is_side):
                is_part, share = False, None
    return list(found.values())


_ENDS_IN_SIDE = links("phrases", "ends_in_side")


def _share(words: str) -> float | None:
    percent = _PCT.search(words)
    if percent:
        return min(float(percent[1]), 100.0)
    share = _SHARE.search(words)
    return _SHARES[share[1].replace(" ", "-")] if share else None
