"""The actors and places of a rewritten sentence as whole phrases: "large parts of <P0> and the village of <P1>".

Their grammar is in `phrases.toml`, over one letter a word.
"""

from typing import NamedTuple

from geo.text.clauses import Clauses
from geo.text.listed_places import ListedPlace, listed_places
from geo.text.phrase_patterns import letter_pattern, text_pattern
from geo.text.word_tags import Tags

_SOME_OF, _SOME_IN, _ALL = map(text_pattern, ("some_of", "some_in", "all"))
_THE_NORTH, _NORTH_AND_PLACE = "db", letter_pattern("north_and_place")
_IS_OBJECT, _NEXT_SUBJECT, _IS_NEXT = map(letter_pattern, ("is_object", "next_subject", "is_next"))
_IS_NEXT_ASIDE = letter_pattern("is_next_aside")
_BEGINS_IN, _WHERE_FIRST = letter_pattern("begins_in"), letter_pattern("where_first")
_LEADS_IN, _AFTER_LEAD, _MAIN_VERB = map(letter_pattern, ("leads_in", "after_lead", "main_verb"))
_UNIT_FROM, _MET, _LED_IN, _LEADS = map(text_pattern, ("unit_from", "met", "led_in", "leads"))
_PLACES, _ACTORS, _VAGUE, _DOES = map(letter_pattern, ("places", "actors", "vague", "does"))


class ActorPhrase(NamedTuple):
    """Where a sentence names one actor or several that act together, and their ids, each once.

    actors: none for "the troops".
    """

    start: int
    end: int
    actors: tuple[str, ...]


class PlacePhrase(NamedTuple):
    """Where a sentence names some places, and which.

    is_within: whether they are districts without a name, of "the northern districts of X", where `places` has X.
    """

    start: int
    end: int
    places: tuple[ListedPlace, ...]
    is_within: bool = False


def actor_phrases(clauses: Clauses, tags: Tags) -> list[ActorPhrase]:
    """The actors of a sentence, in order, also those that it names vaguely ("the troops")."""
    spans = [match.span() for match in _ACTORS.finditer(tags.letters)]
    named = {number for first, last in spans for number in range(first, last)}
    spans += [match.span() for match in _VAGUE.finditer(tags.letters) if match.start() not in named]
    found = []
    for first, last in sorted(spans):
        first += _DOES.search(tags.letters, 0, first + 1) is not None
        start, end = tags.starts[first], tags.ends[last - 1]
        if _MET.fullmatch(clauses.text, start, end):
            continue
        unit = _UNIT_FROM.match(clauses.text, start, end)
        if unit:
            found.append(ActorPhrase(start, unit.end("unit"), ()))
            start = unit.end()
        led_in = _LED_IN.match(clauses.text, start, end) if _LEADS.search(clauses.text, 0, start) else None
        start = led_in.end() if led_in else start
        actors = (clauses.actors[number].actor_id for _, number in clauses.symbols("A", start, end))
        found.append(ActorPhrase(start, end, tuple(dict.fromkeys(actors))))
    return found


def place_phrases(clauses: Clauses, tags: Tags) -> list[PlacePhrase]:
    """The places of a sentence, in order."""
    found = []
    for match in _PLACES.finditer(tags.letters):
        for first, last in _by_clause(tags.letters, *match.span()):
            start, end = tags.starts[first], tags.ends[last - 1]
            listed = tuple(listed_places(clauses, tags, first, last))
            is_some = _SOME_OF.match(clauses.text, start, end) or _SOME_IN.search(clauses.text[start:end])
            is_whole = len(listed) > 1 or not is_some or _ALL.match(clauses.text, start) is not None
            if listed:
                found.append(PlacePhrase(start, end, listed, not is_whole))
    return found


def _by_clause(letters: str, first: int, last: int) -> list[tuple[int, int]]:
    """The phrase, or two where an object and the subject of a next clause meet: "took <P>, and <P> was seized"."""
    before = letters[:first]
    first += len(_THE_NORTH) if _BEGINS_IN.search(before) and _NORTH_AND_PLACE.match(letters, first) else 0
    lead = _AFTER_LEAD.search(letters, first, last) if _LEADS_IN.search(before) else None
    joint = lead if lead and _MAIN_VERB.match(letters, last) else None
    if joint is None and (_IS_NEXT.match(letters, last) or _IS_NEXT_ASIDE.match(letters, last)):
        joint = _NEXT_SUBJECT.search(letters, first, last) if _IS_OBJECT.search(before) else None
        joint = joint or (_WHERE_FIRST.search(letters, first, last) if _BEGINS_IN.search(before) else None)
    return [(first, joint.start()), (joint.end(), last)] if joint else [(first, last)]
