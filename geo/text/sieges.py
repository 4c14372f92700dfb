"""Sieges told without saying "siege of X": "the rebels in X were surrounded", "the siege was lifted"."""

from geo.text.arguments import ends_well
from geo.text.change_patterns import links
from geo.text.listed_places import ListedPlace
from geo.text.phrase_patterns import letter_pattern
from geo.text.sentence import Sentence
from geo.text.subjects import actor_subject

SIEGE = "siege"
"""The noun of a place of which only its siege is told, still to be found."""
_SUBJECT_GAP = letter_pattern("subject")
_SIDE_IN, _IN = links("sieges", "side_in"), links("sieges", "in")
_THE_SIEGE = links("sieges", "the_siege")


def places_trapped(sentence: Sentence, start: int, end: int) -> tuple[tuple[ListedPlace, ...], str] | None:
    """The places where a side is that a passive at start..end says to be surrounded, and that side."""
    before = next(iter(sentence.places_before(start)), None)
    inside = _SIDE_IN.search(sentence.text, 0, before.start) if before else None
    if before and inside and _SUBJECT_GAP.fullmatch(sentence.gap(before.end, start)):
        return before.places, sentence.clauses.actors[int(inside["actor"])].actor_id
    losers, _ = actor_subject(sentence, start)
    for phrase in sentence.places_after(end)[:1] if losers else ():
        is_inside = _IN.fullmatch(sentence.text, end, phrase.start) and not any(one.is_part for one in phrase.places)
        if is_inside and ends_well(sentence, phrase.end):
            return phrase.places, losers[0]
    return None


def place_of_siege(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """What "the siege" right before a verb that starts there is of: a place that the text has told to be besieged."""
    return of_the_siege() if _THE_SIEGE.search(sentence.text, 0, start) else ()


def of_the_siege() -> tuple[ListedPlace, ...]:
    """What the last siege that the text has told of is of, still to be found."""
    return (ListedPlace(None, SIEGE, False, None, None, None),)
