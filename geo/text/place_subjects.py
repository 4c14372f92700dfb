"""Changes whose place is the subject: "X fell to the army", "X is theirs again"."""

import re

from geo.text.arguments import places_included
from geo.text.change_patterns import Frame, links
from geo.text.claims import read_claim
from geo.text.clauses import PlaceMention
from geo.text.listed_places import ListedPlace
from geo.text.parts import FROM, TAKER_GAP, Parts
from geo.text.phrase_patterns import letter_pattern
from geo.text.sentence import Sentence
from geo.text.unnamed import head
from geo.text.verb_groups import VerbGroup
from geo.text.verb_subjects import places_subject
from geo.text.word_tags import is_facility

_CONFIRMS = links("special_changes", "confirms")
_ITS_CONTROL, _COLLAPSES = links("sentence_changes", "its_control"), links("sentence_changes", "collapses")
_WAS, _ASIDE_AND, _BEGINS = re.compile("was "), links("arguments", "aside_and"), letter_pattern("begins")
_WHICH, _NO_SUBJECT, _IS_NEXT = re.compile(r"\bwhich $"), letter_pattern("no_subject"), letter_pattern("is_next")
_AGENTLESS = (
    "held_out",
    "fell",
    "reconciled",
    "slipped_away",
    "changed_hands_again",
    "contested",
    "under_siege",
    "next_to_fall",
    "went",
)


def subject_places(sentence: Sentence, group: VerbGroup, default: PlaceMention | None) -> tuple[ListedPlace, ...]:
    """The places that are the subject of a verb; a date before it may belong to it or to other words."""
    places = places_subject(sentence, group.start, default)
    if places and not _WAS.match(sentence.text, group.start):
        places = (*_before_aside(sentence, places), *places)
    return places or (places_subject(sentence, group.verb, default) if group.verb != group.start else ())


def _before_aside(sentence: Sentence, places: tuple[ListedPlace, ...]) -> tuple[ListedPlace, ...]:
    """The places of a list before it breaks off for more about them: "X, which rebels had fortified, and Y"."""
    number = next((at for at, phrase in enumerate(sentence.places) if phrase.places is places), 0)
    first = sentence.places[number - 1] if number else None
    if first is None or not _ASIDE_AND.fullmatch(sentence.text, first.end, sentence.places[number].start):
        return ()
    return first.places if _BEGINS.search(sentence.tags.before(first.start)) else ()


def place_subject(
    sentence: Sentence, frame: Frame, group: VerbGroup, end: int, default: PlaceMention | None
) -> Parts | None:
    """What a verb says of its subject, and who has it then: named, meant by "troops" or "them", or left open."""
    if frame.roles == "contest" and not group.is_passive and default is None:
        return None
    places = subject_places(sentence, group, default)
    if not places and frame.roles == "fall":
        places = places_included(sentence, group.start, end)
    if not places or (_COLLAPSES.search(sentence.text, group.start, end) and any(map(_is_structure, places))):
        return None
    follows = sentence.actor_after(end, TAKER_GAP)
    follows = follows or (sentence.attacker_after(end) if frame.frame_id == "fell" else None)
    actors = follows.actors if follows else ()
    has_agent = frame.frame_id not in _AGENTLESS or sentence.text.endswith((" to", " by"), 0, end)
    troops = sentence.troops_after(end, TAKER_GAP) if follows is None and has_agent else ""
    if troops:
        return Parts(places, end, refers_by=troops, is_past_perfect=group.is_past_perfect, is_passive=True)
    if frame.roles == "contest" and not actors:
        return None
    after = follows.end if follows else end
    if frame.frame_id not in _AGENTLESS and follows is None:
        own = _ITS_CONTROL.match(sentence.text, end)
        if not own:
            return None
        refers_by = "them" if own[0].endswith("them") else "we" if own[0].lstrip().startswith("our") else "its"
        is_whole = refers_by == "its" and not any(one.is_part for one in places)
        speaker = _speaker(sentence, group.start, own.end()) if is_whole else ()
        return Parts(places, own.end(), speaker, None, "" if speaker else refers_by, group.is_past_perfect)
    opponent = sentence.loser_after(after, FROM)
    opponent = opponent or (None if actors else sentence.leaver_after(after))
    from_actor = opponent.actors[0] if opponent and opponent.actors[0] not in actors else None
    return Parts(places, after, actors, from_actor, "", group.is_past_perfect, is_passive=True)


def _speaker(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    """The side that says of a place that it is "under its control"."""
    nearest = next(iter(sentence.actors_before(start)), None)
    if nearest and _CONFIRMS.match(sentence.text, nearest.end):
        return nearest.actors
    speaker = read_claim(sentence, start, end).claimed_by
    if speaker and any(speaker in phrase.actors for phrase in sentence.actors):
        return (speaker,)
    return _only_subject(sentence, start)


def _only_subject(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The only side that a sentence names, if it is the subject of a verb before: "the army advanced, and X was in its
    hands".
    """
    first = sentence.actors[0] if sentence.actors else None
    if first is None or not first.actors or first.end > start or _WHICH.search(sentence.text, 0, start):
        return ()
    is_alone = all(phrase.actors == first.actors for phrase in sentence.actors)
    is_object = _NO_SUBJECT.search(sentence.tags.before(first.start)) is not None
    is_subject = _IS_NEXT.match(sentence.tags.letters, sentence.tags.number(first.end)) is not None
    return first.actors if is_alone and is_subject and not is_object else ()


def _is_structure(one: ListedPlace) -> bool:
    """Whether a place is one that falls down when it collapses: "the bridge"; "it" is mostly a truce."""
    return one.noun == "it" or is_facility(head(one.place.toponym if one.place else one.noun))
