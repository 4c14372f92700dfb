"""The changes of control that one sentence reports."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import prod
from typing import NamedTuple

from geo.text.change_patterns import ANAPHORA, BLOCKERS, CLAIM, LISTED, PATTERNS, THERE, Pattern
from geo.text.clauses import Clauses, PlaceMention, symbol_number
from geo.text.dates import DateMention, date_precision
from geo.text.reader import Reader

_PAST_PERFECT = re.compile(r"\bhad\b", re.IGNORECASE)
_OLD_NEWS = timedelta(days=366)
_UNDATED = timedelta(days=6)
_ONLY_THE_YEAR = 5
_PRONOUNS = ("it", "they")
_POPULATED, _DISTRICT = "PPL", "PPLX"
_CLAIMED_FACTOR = 0.9
_INFERRED_FACTOR = 0.9
_UNDATED_FACTOR = 0.7


class Change(NamedTuple):
    """One place that changed hands, as one sentence says it.

    sentence: number of the sentence in its reader. pattern_id: the pattern that read it. The rest as in `events`.
    """

    sentence: int
    pattern_id: str
    place_id: str
    earliest: date
    latest: date
    from_actor: str | None
    to_actor: str
    status: str
    assertion: str
    confidence: float


class _Match(NamedTuple):
    """A pattern that matches a sentence of a document."""

    reader: Reader
    sentence: int
    clauses: Clauses
    groups: re.Match[str]
    pattern: Pattern


class _Listed(NamedTuple):
    """A place in a list of places.

    is_part: whether only part of it is meant. day: the date that stands with it in the list.
    is_named: whether its name stands there, rather than "the district".
    """

    place: PlaceMention
    is_part: bool
    day: DateMention | None
    is_named: bool


def read_changes(reader: Reader, sentence: int, parents: dict[str, str]) -> Iterator[Change]:
    """The changes that a sentence reports, in the order of the text.

    parents: place_id -> parent_place_id; of places in one list, a container of another is not itself meant.
    """
    words = reader.words(sentence)
    names_place = reader.places(sentence) or THERE.search(words)
    if words.endswith("?") or not names_place or not reader.names_side(sentence):
        return
    read_up_to = 0
    for match in _matches(reader, sentence):
        if match.groups.start() >= read_up_to and not _is_blocked(match):
            yield from _changes(match, parents)
            read_up_to = match.groups.end()


def _matches(reader: Reader, sentence: int) -> list[_Match]:
    """Where patterns match, from left to right; at one point in the order of the patterns."""
    clauses = reader.clauses(sentence)
    found = [
        _Match(reader, sentence, clauses, groups, pattern)
        for pattern in PATTERNS
        for groups in pattern.regex.finditer(clauses.text)
    ]
    return sorted(found, key=lambda match: match.groups.start())


def _is_blocked(match: _Match) -> bool:
    clauses, groups = match.clauses, match.groups
    before = clauses.text[clauses.clause(groups.start())[0] : groups.start()]
    after = clauses.text[groups.end() : clauses.clause(groups.end())[1]]
    return any(
        (blocker.before and blocker.before.search(before)) or (blocker.after and blocker.after.search(after))
        for blocker in BLOCKERS
    )


def _changes(match: _Match, parents: dict[str, str]) -> Iterator[Change]:
    """The changes that a pattern reads where it matches: one for each place that it lists."""
    from_actor = _actor(match, "from")
    named_actor = _actor(match, "to") or _actor(match, "to_owner")
    to_actor = named_actor or _side_before(match, from_actor)
    if to_actor is None or to_actor == from_actor:
        return
    assertion = match.pattern.assertion or ("claimed" if _names_claim(match) else "assessed")
    listed = _listed(match)
    containers = {parents.get(one.place.place_id) for one in listed}
    for one in listed:
        days, date_factor = _days(match, one)
        if one.place.place_id in containers or days is None or _is_background(*days, match.reader.published):
            continue
        factors = (
            _CLAIMED_FACTOR if assertion == "claimed" else 1,
            1 if one.is_named else _INFERRED_FACTOR,
            1 if named_actor else _INFERRED_FACTOR,
            date_factor,
        )
        yield Change(
            match.sentence,
            match.pattern.pattern_id,
            one.place.place_id,
            *days,
            from_actor,
            to_actor,
            "contested" if one.is_part else match.pattern.status,
            assertion,
            match.pattern.confidence * prod(factors),
        )


def _actor(match: _Match, group: str) -> str | None:
    """The actor named in a group of the pattern, if it has the group."""
    words = match.groups.groupdict().get(group)
    number = symbol_number(words, "A") if words else None
    return None if number is None else match.clauses.actors[number].actor_id


def _side_before(match: _Match, opponent: str | None) -> str | None:
    """The side that "troops" or "they" means: the last named before, else the only one of the sentence before.

    "Troops" can be anyone's: their side is known only as the opponent of a side that is named.
    """
    if opponent is None and match.groups["to"].lower() not in _PRONOUNS:
        return None
    here = match.clauses.symbols("A", 0, match.groups.start("to"))
    sides = [match.clauses.actors[number].actor_id for _, number in here]
    others = [side for side in sides if side != opponent]
    if others:
        return others[-1]
    for earlier in match.reader.before_in_paragraph(match.sentence):
        named = list(dict.fromkeys(mention.actor_id for mention in match.reader.actors(earlier)))
        if named:
            return named[0] if len(named) == 1 and named[0] != opponent else None
    return None


def _names_claim(match: _Match) -> bool:
    start, end = match.clauses.clause(match.groups.start())
    return CLAIM.search(match.clauses.text, start, end) is not None


def _listed(match: _Match) -> list[_Listed]:
    """The populated places of the pattern's list, each once."""
    found: dict[str, _Listed] = {}
    codes, is_part, is_side = _POPULATED, False, False
    for item in LISTED.finditer(match.clauses.text, *match.groups.span("places")):
        place = None
        if item["partial"] or item["whole"]:
            is_part = item["partial"] is not None
        elif item["districts"]:
            codes = _DISTRICT
        elif item["date"]:
            day = match.clauses.dates[int(item["date"])]
            found = {place_id: one if one.day else one._replace(day=day) for place_id, one in found.items()}
        elif item["place"]:
            place = match.clauses.places[int(item["place"])]
        elif item["there"]:
            place = _place_before(match, item.start(), item["there"].split()[-1].lower())
        if place is not None and place.feature_code.startswith(codes):
            found.setdefault(place.place_id, _Listed(place, is_part or is_side, None, item["place"] is not None))
        is_side = item["side"] is not None
    return list(found.values())


def _place_before(match: _Match, position: int, noun: str) -> PlaceMention | None:
    """The place that "the district" means: the last such place before it in the paragraph."""
    reader, clauses = match.reader, match.clauses
    here = [clauses.places[number] for _, number in clauses.symbols("P", 0, position)]
    before = [
        place for earlier in reader.before_in_paragraph(match.sentence) for place in reversed(reader.places(earlier))
    ]
    codes = ANAPHORA[noun]
    return next((place for place in [*reversed(here), *before] if codes.fullmatch(place.feature_code)), None)


def _days(match: _Match, listed: _Listed) -> tuple[tuple[date, date] | None, float]:
    """The days of a change, None if they cannot be known, and a factor for how well they are stated."""
    day = listed.day or match.clauses.nearest_date(*match.groups.span())
    if day:
        return (day.earliest, day.latest), 1
    taken_over = match.reader.carried_date(match.sentence)
    if taken_over:
        return (taken_over.earliest, taken_over.latest), _INFERRED_FACTOR
    if _PAST_PERFECT.search(match.groups[0]):
        return None, _UNDATED_FACTOR
    published = match.reader.published
    return (published - _UNDATED, published), _UNDATED_FACTOR


def _is_background(earliest: date, latest: date, published: date) -> bool:
    """Whether a change is history to the report, or still to come, rather than its news."""
    is_vague = date_precision(earliest, latest) >= _ONLY_THE_YEAR
    return is_vague or latest < published - _OLD_NEWS or latest > published
