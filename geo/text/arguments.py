"""The places that a verb is about other than as its subject: its objects, what it leaves, what it lists apart."""

import re

from geo.text.change_patterns import links
from geo.text.listed_places import ListedPlace
from geo.text.phrase_patterns import letter_pattern
from geo.text.phrases import PlacePhrase
from geo.text.sentence import Sentence

_COUNTS = dict(enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2))
Found = tuple[tuple[ListedPlace, ...], int]
"""The places that a verb is about, and where their words end."""

_OBJECT_GAP = letter_pattern("object")
_FROM_THEM, _BESIEGED_IN = letter_pattern("from_them"), letter_pattern("besieged_in")
_WELL_ENDED = letter_pattern("well_ended")
_PRONOUN_OBJECT = links("arguments", "pronoun_object")
_COUNTED_IN, _AND_OTHER = links("arguments", "counted_in"), links("arguments", "and_other")
_ONE_OF_THEM, _SOME_OBJECT = links("arguments", "one_of_them"), letter_pattern("some_object")
_QUARTERS_OF = links("arguments", "quarters_of")
_WHICH_IT, _LIES_BY = letter_pattern("which_it"), links("arguments", "lies_by")
_WHICH_THEY, _THEIR_VERB = letter_pattern("which_they"), letter_pattern("their_verb")
_BEGINS, _AHEAD = letter_pattern("begins"), letter_pattern("ahead")
_APART, _APART_DATED = letter_pattern("apart"), links("arguments", "apart_dated")
_BESIDE, _WITH = letter_pattern("beside"), links("arguments", "with")
_LISTED_AMONG, _INVERTED = links("arguments", "listed_among"), letter_pattern("inverted")
_INCLUDED = links("arguments", "included")
_NEXT_TO, _WAS_IT = links("arguments", "next_to"), links("arguments", "was_it")
_THE_SO_CALLED, _SO_CALLED = links("arguments", "the_so_called"), links("arguments", "so_called")
_SOME_PLACES, _AMONG_THEM = letter_pattern("some_places"), links("arguments", "among_them")
_CLOSED = letter_pattern("list_closed")
_IN_PLACE = links("arguments", "in_place")
_FROM_WHICH = letter_pattern("from_which")
_OUT_OF, _OUT_OF_IT = links("arguments", "out_of"), links("arguments", "out_of_it")
_STARTS_OUT_OF = links("arguments", "starts_out_of")
_EDGE = re.compile(r"\b(?:outskirts|edges?|fringes|approaches|gates|perimeter) of\b")
_STANDS_FOR = {"there": "it", "the last": "the latter"}


def places_object(sentence: Sentence, end: int, link: re.Pattern[str] = _OBJECT_GAP) -> Found | None:
    """The places after a verb that ends there, or the pronoun that stands for them.

    link: what may stand between, as letters of words.
    """
    for phrase in sentence.places_after(end)[:2]:
        gap = sentence.gap(end, phrase.start)
        is_linked = link.fullmatch(gap) or (link is _OBJECT_GAP and _FROM_THEM.fullmatch(gap))
        if is_linked and ends_well(sentence, phrase.end):
            return phrase.places, phrase.end
        counted = _COUNTED_IN.fullmatch(sentence.text, end, phrase.start) if link is _OBJECT_GAP else None
        if counted and counted["number"].lower() == _COUNTS.get(len(phrase.places) - 1):
            return phrase.places[1:], phrase.end
        if is_linked and len(phrase.places) > 1 and _AND_OTHER.search(sentence.text, phrase.start, phrase.end):
            return phrase.places[:-1], phrase.end
    if link is _OBJECT_GAP and _SOME_OBJECT.match(sentence.tags.letters, sentence.tags.number(end)):
        for phrase in sentence.places_after(end)[:2]:
            if _ONE_OF_THEM.fullmatch(sentence.text, end, phrase.start) and ends_well(sentence, phrase.end):
                return phrase.places, phrase.end
    pronoun = _PRONOUN_OBJECT.match(sentence.text, end) if link is _OBJECT_GAP else None
    if pronoun is None:
        return None
    return tuple(
        one._replace(is_part=bool(pronoun["part"])) for one in pronoun_place(pronoun["of"] or pronoun["it"] or "it")
    ), pronoun.end()


def places_around(sentence: Sentence, end: int, status: str) -> Found | None:
    """The places that are meant by what is in them: "entered the northern districts of X", "surrounded rebels in X".

    Whoever takes villages of X may have nothing of X itself, but its quarters are a part of it.
    """
    if status == "besieged":
        return places_object(sentence, end, _BESIEGED_IN)
    for phrase in sentence.districts:
        is_object = phrase.start >= end and _OBJECT_GAP.fullmatch(sentence.gap(end, phrase.start)) is not None
        is_inside = status == "contested" or _QUARTERS_OF.fullmatch(sentence.text, phrase.start, phrase.end)
        if is_object and is_inside and ends_well(sentence, phrase.end):
            return tuple(one._replace(is_part=True) for one in phrase.places), phrase.end
    return None


def places_relative(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places before a side that are the object of its verb, whose group starts there.

    "X, which rebels had captured", and "X the rebels took on Monday".
    """
    nearest = next(iter(sentence.places_before(start)), None)
    if nearest and _LIES_BY.search(sentence.text, 0, nearest.start):
        return ()
    if nearest and _WHICH_IT.fullmatch(sentence.gap(nearest.end, start)):
        return nearest.places
    subject = next(iter(sentence.actors_before(start)), None)
    if subject is None or not _THEIR_VERB.fullmatch(sentence.gap(subject.end, start)):
        return ()
    phrase = next(iter(sentence.places_before(subject.start)), None)
    gap = sentence.gap(phrase.end, subject.start) if phrase else ""
    is_first = phrase is not None and _BEGINS.search(sentence.tags.before(phrase.start)) is not None
    is_object = _WHICH_THEY.fullmatch(gap) or (is_first and _AHEAD.fullmatch(gap))
    return phrase.places if phrase and is_object else ()


def places_apart(sentence: Sentence, start: int, end: int) -> tuple[ListedPlace, ...]:
    """The places of a participle by itself: of "X, seized on the 4th," and of "also captured were X and Y"."""
    phrase = next(iter(sentence.places_before(start)), None)
    is_apart = _APART.search(sentence.tags.before(start)) or (phrase and is_beside(sentence, phrase, start))
    if is_apart and _APART_DATED.match(sentence.text, end):
        return phrase.places if phrase else ()
    if _LISTED_AMONG.search(sentence.text[:start]):
        for phrase in sentence.places_after(end)[:1]:
            is_next = _INVERTED.fullmatch(sentence.gap(end, phrase.start)) or _INCLUDED.fullmatch(
                sentence.text, end, phrase.start
            )
            if is_next and ends_well(sentence, phrase.end):
                return phrase.places
    return ()


def places_told_last(sentence: Sentence, start: int, end: int) -> tuple[ListedPlace, ...]:
    """The places after a verb at start..end of which it is said: "the next town to fall was X"."""
    if not _NEXT_TO.search(sentence.text[:start]):
        return ()
    for phrase in sentence.places_after(end)[:1]:
        if _WAS_IT.fullmatch(sentence.text, end, phrase.start) and ends_well(sentence, phrase.end):
            return phrase.places
    return ()


def places_so_called(sentence: Sentence, start: int, end: int) -> Found | None:
    """The places of a list that is told by what happened to them: "the recaptured villages were X and Y"."""
    listed = _SO_CALLED.match(sentence.text, end) if _THE_SO_CALLED.search(sentence.text[:start]) else None
    phrase = next(iter(sentence.places_after(listed.end())), None) if listed else None
    if listed is None or phrase is None or phrase.start > listed.end() or not ends_well(sentence, phrase.end):
        return None
    return phrase.places, phrase.end


def is_beside(sentence: Sentence, phrase: PlacePhrase, start: int) -> bool:
    """Whether a phrase is the subject of what is said beside a sentence: "with X falling", "with X captured by"."""
    is_next = _BESIDE.fullmatch(sentence.gap(phrase.end, start)) is not None
    return is_next and _WITH.search(sentence.text[: phrase.start]) is not None


def places_included(sentence: Sentence, start: int, end: int) -> tuple[ListedPlace, ...]:
    """The places that are named after a passive at start..end: "several towns were taken on Monday, including X"."""
    if not _SOME_PLACES.search(sentence.tags.before(start)):
        return ()
    for phrase in sentence.places_after(end)[:2]:
        is_closed = _CLOSED.match(sentence.tags.letters, sentence.tags.number(phrase.end)) is not None
        if is_closed and _AMONG_THEM.fullmatch(sentence.text, end, phrase.start):
            return phrase.places
    return ()


def places_within(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places that stand before a clause as where it happens: "in X rebels gained a foothold"."""
    phrase = next(iter(sentence.places_before(start)), None)
    return phrase.places if phrase and _IN_PLACE.search(sentence.text[: phrase.start]) else ()


def ends_well(sentence: Sentence, end: int) -> bool:
    """Whether what follows a place leaves it the place that is meant ("X residents" does not)."""
    number = sentence.tags.number(end)
    return _WELL_ENDED.match(sentence.tags.letters, number) is not None


def places_from_which(sentence: Sentence, start: int, end: int) -> Found | None:
    """The places of "X, from which it was" before a verb group that starts there, whose verb ends at `end`."""
    phrase = next(iter(sentence.places_before(start)), None)
    is_linked = phrase is not None and _FROM_WHICH.fullmatch(sentence.gap(phrase.end, start)) is not None
    named = sentence.clauses.symbols("P", 0, start)[-1:] if is_linked else []
    is_last = bool(named) and phrase is not None and phrase.places[-1].place == sentence.clauses.places[named[0][1]]
    return (phrase.places[-1:], end) if phrase and is_last else None


def places_left(sentence: Sentence, end: int) -> Found | None:
    """The places that somebody is driven out of or leaves, after a word that ends there."""
    for phrase in sentence.places_after(end)[:2]:
        within = _STARTS_OUT_OF.match(sentence.text, max(end, phrase.start))
        start = within.end() if within else phrase.start
        is_left = _OUT_OF.fullmatch(sentence.text, end, start) and not _EDGE.search(sentence.text, end, phrase.end)
        if is_left and ends_well(sentence, phrase.end):
            return phrase.places, phrase.end
    pronoun = _OUT_OF_IT.match(sentence.text, end)
    return (pronoun_place(pronoun["it"]), pronoun.end()) if pronoun else None


def pronoun_place(word: str) -> tuple[ListedPlace, ...]:
    """What a pronoun stands for, still to be found."""
    noun = _STANDS_FOR.get(word.lower(), word.lower())
    return (ListedPlace(None, noun, False, None, None, None),)
