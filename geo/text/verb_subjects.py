"""The places that are the subject of a verb, by name or by their garrison, siege or control: "the siege of X ended"."""

import re

from geo.text.arguments import is_beside, pronoun_place
from geo.text.change_patterns import TRIGGER, links
from geo.text.clauses import PlaceMention
from geo.text.listed_places import ListedPlace
from geo.text.phrase_patterns import letter_pattern
from geo.text.phrases import PlacePhrase
from geo.text.sentence import Sentence

_VERB = 20
_SUBJECT_GAP, _IS_SUBJECT = letter_pattern("subject"), letter_pattern("is_subject")
_OF_PREPOSITION, _IN_RELATIVE = letter_pattern("of_preposition"), letter_pattern("in_relative")
_BEGINS, _INSERTED, _APPOSED = letter_pattern("begins"), letter_pattern("inserted"), letter_pattern("apposed")
_PRONOUN_SUBJECT, _AND = links("verb_subjects", "pronoun_subject"), links("verb_subjects", "and")
_ONE, _SAID = links("verb_subjects", "one"), links("verb_subjects", "said")
_MOST_OF = re.compile("qo")
_FALLING = re.compile(r"(?:also |then |later |both |all |[a-z]+ly )*[a-z]+ing\b")
# "X, the largest town after <P>," before a verb.
_THAN_IT, _ASIDE_ENDS = re.compile(r"\b(?:after|before|since|than) (?:the )?$"), letter_pattern("aside_ends")
_GARRISON_OF = links("verb_subjects", "garrison_of")
_OF_GARRISON = re.compile(r"the (?:[\w<>-]+ )?garrison\b", re.IGNORECASE)
_HEAD_OF = re.compile(r"\b(?:command(?:er|ant)|head|chief) of $", re.IGNORECASE)
_ITS_SIEGE, _BESIEGED = links("verb_subjects", "its_siege"), links("verb_subjects", "besieged")
_CONTROL_OF = links("verb_subjects", "control_of")


def places_subject(sentence: Sentence, start: int, default: PlaceMention | None = None) -> tuple[ListedPlace, ...]:
    """The places that are the subject of a verb whose group starts there."""
    text = sentence.text
    beside = next(iter(sentence.places_before(start)), None)
    if beside and _FALLING.match(text, start) and is_beside(sentence, beside, start):
        return beside.places
    for phrase in sentence.places_before(start):
        gap = _SUBJECT_GAP.fullmatch(sentence.gap(phrase.end, start))
        has_days = any(place.day for place in phrase.places[:-1])
        if gap and gap["relative"] and _MOST_OF.search(gap["relative"]):
            return tuple(one._replace(is_part=True) for one in phrase.places[-1:])
        if gap and gap["relative"] and (has_days or _ONE.match(text, start)):
            return phrase.places[-1:]
        if gap and not gap["relative"] and _IN_RELATIVE.search(sentence.tags.before(phrase.start)):
            continue
        if gap and _ASIDE_ENDS.fullmatch(sentence.gap(phrase.end, start)) and _THAN_IT.search(text, 0, phrase.start):
            continue
        apposed = _apposed(sentence, phrase) if gap and not gap["relative"] else None
        if apposed:
            return apposed.places
        if gap and (
            gap["relative"] or _may_be_subject(sentence, phrase.start) or ":" in text[phrase.start : phrase.end]
        ):
            return phrase.places
    inserted = _before_insertion(sentence, start)
    if inserted:
        return inserted
    pronoun = _PRONOUN_SUBJECT.search(text[:start])
    if pronoun:
        return pronoun_place(pronoun["it"])
    if _AND.search(text[:start].rstrip() + " "):
        for candidate in reversed(sentence.places):
            if (
                candidate.end <= start
                and _may_be_subject(sentence, candidate.start)
                and _IS_SUBJECT.match(sentence.gap(candidate.end, start))
            ):
                return candidate.places
    if default is not None and not text[:start].strip(" ,.*-–—\"'“("):
        return (ListedPlace(default, "", False, None, None, None),)
    return ()


def _apposed(sentence: Sentence, said: PlacePhrase) -> PlacePhrase | None:
    """The places of which a phrase without a name only says more: "X itself, the last town of the rebels"."""
    if any(one.place for one in said.places):
        return None
    named = next(iter(sentence.places_before(said.start)), None)
    is_next = named is not None and _APPOSED.fullmatch(sentence.gap(named.end, said.start)) is not None
    return named if named and is_next and named.places[-1].place else None


def _before_insertion(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places with which a clause begins whose verb stands after more about them, between commas."""
    for phrase in sentence.places_before(start):
        begins = _BEGINS.search(sentence.tags.before(phrase.start)) is not None
        if begins and _INSERTED.fullmatch(sentence.gap(phrase.end, start)):
            return phrase.places
    return ()


def places_defended(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places whose defenders are the subject of a verb whose group starts there."""
    phrase = next(iter(sentence.places_before(start)), None)
    is_subject = phrase is not None and _SUBJECT_GAP.fullmatch(sentence.gap(phrase.end, start))
    if phrase is None or not is_subject:
        return ()
    is_of_garrison = _OF_GARRISON.match(sentence.text, phrase.start) and _HEAD_OF.search(sentence.text[: phrase.start])
    return phrase.places if is_of_garrison or _GARRISON_OF.search(sentence.text[: phrase.start]) else ()


def places_besieged(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places whose siege is the subject of a verb whose group starts there."""
    phrase = next(iter(sentence.places_before(start)), None)
    if phrase and _ITS_SIEGE.fullmatch(sentence.text, phrase.end, start):
        return phrase.places
    return _of_subject(sentence, start, _BESIEGED)


def places_controlled(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places the control of which is the subject of a verb whose group starts there."""
    return _of_subject(sentence, start, _CONTROL_OF)


def _of_subject(sentence: Sentence, start: int, noun: re.Pattern[str]) -> tuple[ListedPlace, ...]:
    """The places after a noun with "of" that is the subject of a verb whose group starts there."""
    phrase = next(iter(sentence.places_before(start)), None)
    is_subject = phrase is not None and _SUBJECT_GAP.fullmatch(sentence.gap(phrase.end, start))
    return phrase.places if phrase and is_subject and noun.search(sentence.text[: phrase.start]) else ()


def _may_be_subject(sentence: Sentence, start: int) -> bool:
    """Whether what starts there can be the subject of a verb: not after a preposition or a verb of change."""
    if _OF_PREPOSITION.search(sentence.tags.before(start)):
        return _CONTROL_OF.search(sentence.text[:start]) is not None
    verbs = [verb for verb in TRIGGER.finditer(sentence.text, max(0, start - _VERB), start) if verb.end() + 1 >= start]
    return not verbs or _SAID.fullmatch(verbs[0][0]) is not None
