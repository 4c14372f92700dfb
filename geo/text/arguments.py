"""Who acts and which places are meant, of a verb at a point of a sentence."""

import re

from geo.text.change_patterns import TRIGGER, links
from geo.text.clauses import PlaceMention
from geo.text.phrases import ListedPlace
from geo.text.sentence import Sentence
from geo.text.verb_groups import VerbGroup
from geo.text.word_tags import letter_pattern

_VERB = 20
_NEXT = 6
Found = tuple[tuple[ListedPlace, ...], int]
"""The places that a verb is about, and where their words end."""

_OBJECT_GAP = letter_pattern("object")
_FROM_THEM = letter_pattern("from_them")
_WELL_ENDED = letter_pattern("well_ended")
_PRONOUN_OBJECT = links("arguments", "pronoun_object")
_SUBJECT_GAP = letter_pattern("subject")
_OF_PREPOSITION = letter_pattern("of_preposition")
_PRONOUN_SUBJECT = links("arguments", "pronoun_subject")
_AND = links("arguments", "and")
_IN_RELATIVE = letter_pattern("in_relative")
_WHICH_THEY, _THEIR_VERB = letter_pattern("which_they"), letter_pattern("their_verb")
_WHICH_IT = letter_pattern("which_it")
_WHICH = links("arguments", "which")
_APART, _APART_DATED = letter_pattern("apart"), links("arguments", "apart_dated")
_LISTED_AMONG, _INVERTED = links("arguments", "listed_among"), letter_pattern("inverted")
_CLOSED = letter_pattern("closed")
_IS_SUBJECT = letter_pattern("is_subject")
_NO_SUBJECT = letter_pattern("no_subject")
_RELATIVE, _ADVERBS = letter_pattern("relative"), letter_pattern("adverbs")
_REFERS = links("arguments", "refers")
_OUT_OF = links("arguments", "out_of")
_STARTS_OUT_OF = links("arguments", "starts_out_of")
_OUT_OF_IT = links("arguments", "out_of_it")
_SOME_PLACES, _AMONG_THEM = letter_pattern("some_places"), links("arguments", "among_them")
_IN_PLACE, _BESIEGED = links("arguments", "in_place"), links("arguments", "besieged")
_ENABLED_TO, _TO_DO = links("arguments", "enabled_to"), links("arguments", "to_do")
_FORCED, _FORCED_THEM = links("arguments", "forced"), links("arguments", "forced_them")
_ENABLES = links("arguments", "enables")
_THEY_BOUND, _THEY_AND = links("arguments", "they_bound"), links("arguments", "they_and")
_CONTROL_OF = links("arguments", "control_of")
_GARRISON_OF = links("arguments", "garrison_of")
_AFTER_DOING, _THEN_THEY = links("arguments", "after_doing"), links("arguments", "then_they")
_ITS_SIEGE = links("arguments", "its_siege")
_OF_THEIRS = letter_pattern("of_theirs")
_PARTICIPLE = letter_pattern("participle")
_LIES_BY = links("arguments", "lies_by")
_ONE = links("arguments", "one")
_WITH, _BEING = links("arguments", "with"), links("arguments", "being")
_SAID = links("arguments", "said")


def places_object(sentence: Sentence, end: int, link: re.Pattern[str] = _OBJECT_GAP) -> Found | None:
    """The places after a verb that ends there, or the pronoun that stands for them.

    link: what may stand between, as letters of words.
    """
    for phrase in sentence.places_after(end)[:2]:
        gap = sentence.gap(end, phrase.start)
        is_linked = link.fullmatch(gap) or (link is _OBJECT_GAP and _FROM_THEM.fullmatch(gap))
        if is_linked and ends_well(sentence, phrase.end):
            return phrase.places, phrase.end
    pronoun = _PRONOUN_OBJECT.match(sentence.text, end) if link is _OBJECT_GAP else None
    if pronoun is None:
        return None
    return tuple(
        one._replace(is_part=bool(pronoun["part"])) for one in pronoun_place(pronoun["it"] or "it")
    ), pronoun.end()


def places_relative(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places that a relative clause is about: "X, which rebels had captured", whose verb group starts there."""
    nearest = next(iter(sentence.places_before(start)), None)
    if nearest and _LIES_BY.search(sentence.text, 0, nearest.start):
        return ()
    if nearest and _WHICH_IT.fullmatch(sentence.gap(nearest.end, start)):
        return nearest.places
    subject = next(iter(sentence.actors_before(start)), None)
    if subject is None or not _THEIR_VERB.fullmatch(sentence.gap(subject.end, start)):
        return ()
    phrase = next(iter(sentence.places_before(subject.start)), None)
    return phrase.places if phrase and _WHICH_THEY.fullmatch(sentence.gap(phrase.end, subject.start)) else ()


def places_apart(sentence: Sentence, start: int, end: int) -> tuple[ListedPlace, ...]:
    """The places of a participle by itself: of "X, seized on the 4th," and of "also captured were X and Y"."""
    if _APART.search(sentence.tags.before(start)) and _APART_DATED.match(sentence.text, end):
        phrase = next(iter(sentence.places_before(start)), None)
        return phrase.places if phrase else ()
    if _LISTED_AMONG.search(sentence.text[:start]):
        for phrase in sentence.places_after(end)[:1]:
            if _INVERTED.fullmatch(sentence.gap(end, phrase.start)) and ends_well(sentence, phrase.end):
                return phrase.places
    return ()


def places_included(sentence: Sentence, start: int, end: int) -> tuple[ListedPlace, ...]:
    """The places that are named after a passive at start..end: "several towns were taken on Monday, including X"."""
    if not _SOME_PLACES.search(sentence.tags.before(start)):
        return ()
    for phrase in sentence.places_after(end)[:2]:
        if _AMONG_THEM.fullmatch(sentence.text, end, phrase.start):
            return phrase.places
    return ()


def places_within(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places that stand before a clause as where it happens: "in X rebels gained a foothold"."""
    phrase = next(iter(sentence.places_before(start)), None)
    return phrase.places if phrase and _IN_PLACE.search(sentence.text[: phrase.start]) else ()


def places_defended(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places whose defenders are the subject of a verb whose group starts there."""
    phrase = next(iter(sentence.places_before(start)), None)
    is_subject = phrase is not None and _SUBJECT_GAP.fullmatch(sentence.gap(phrase.end, start))
    return phrase.places if phrase and is_subject and _GARRISON_OF.search(sentence.text[: phrase.start]) else ()


def places_besieged(sentence: Sentence, start: int) -> tuple[ListedPlace, ...]:
    """The places whose siege is the subject of a verb whose group starts there."""
    phrase = next(iter(sentence.places_before(start)), None)
    if phrase and _ITS_SIEGE.fullmatch(sentence.text, phrase.end, start):
        return phrase.places
    is_subject = phrase is not None and _SUBJECT_GAP.fullmatch(sentence.gap(phrase.end, start))
    return phrase.places if phrase and is_subject and _BESIEGED.search(sentence.text[: phrase.start]) else ()


def ends_well(sentence: Sentence, end: int) -> bool:
    """Whether what follows a place leaves it the place that is meant ("X residents" does not)."""
    number = sentence.tags.number(end)
    return _WELL_ENDED.match(sentence.tags.letters, number) is not None


def places_subject(sentence: Sentence, start: int, default: PlaceMention | None = None) -> tuple[ListedPlace, ...]:
    """The places that are the subject of a verb whose group starts there."""
    text = sentence.text
    beside = next(iter(sentence.places_before(start)), None)
    if beside and _BEING.fullmatch(text[beside.end : start + _NEXT]) and _WITH.search(text[: beside.start]):
        return beside.places
    for phrase in sentence.places_before(start):
        gap = _SUBJECT_GAP.fullmatch(sentence.gap(phrase.end, start))
        if gap and gap["relative"] and _ONE.match(text, start):
            return phrase.places[-1:]
        if gap and not gap["relative"] and _IN_RELATIVE.search(sentence.tags.before(phrase.start)):
            continue
        if gap and (gap["relative"] or _may_be_subject(sentence, phrase.start)):
            return phrase.places
    pronoun = _PRONOUN_SUBJECT.search(text[:start])
    if pronoun:
        return pronoun_place(pronoun["it"])
    if _AND.search(text[:start].rstrip() + " "):
        for candidate in sentence.places:
            if (
                candidate.end <= start
                and _may_be_subject(sentence, candidate.start)
                and _IS_SUBJECT.match(sentence.gap(candidate.end, start))
            ):
                return candidate.places
    if default is not None and not text[:start].strip(" ,.*-–—\"'“("):
        return (ListedPlace(default, "", False, None, None, None),)
    return ()


def places_left(sentence: Sentence, end: int) -> Found | None:
    """The places that somebody is driven out of or leaves, after a word that ends there."""
    for phrase in sentence.places_after(end)[:2]:
        within = _STARTS_OUT_OF.match(sentence.text, max(end, phrase.start))
        start = within.end() if within else phrase.start
        if _OUT_OF.fullmatch(sentence.text, end, start) and ends_well(sentence, phrase.end):
            return phrase.places, phrase.end
    pronoun = _OUT_OF_IT.match(sentence.text, end)
    return (pronoun_place(pronoun["it"]), pronoun.end()) if pronoun else None


def enabled_subject(sentence: Sentence, start: int) -> tuple[str, ...]:
    """Who does what an infinitive says, of those who are enabled to: "allowing the army to enter X"."""
    if not _ENABLED_TO.search(sentence.text[:start]):
        return ()
    phrase = next(iter(sentence.actors_before(start)), None)
    is_enabled = phrase is not None and _ENABLES.search(sentence.text[: phrase.start])
    return phrase.actors if phrase and is_enabled and _TO_DO.fullmatch(sentence.text, phrase.end, start) else ()


def forced_to_leave(sentence: Sentence, start: int) -> tuple[tuple[str, ...], str, tuple[str, ...]] | None:
    """Who leaves, of an infinitive after "forced the army to" or "forced them to", and who forced them.

    The second is the word for those who leave if it is a pronoun.
    """
    before = sentence.text[:start]
    them = _FORCED_THEM.search(before)
    if them:
        return (), them["it"], actor_subject(sentence, them.start(), True)[0]
    phrase = next(iter(sentence.actors_before(start)), None)
    if phrase is None or not phrase.actors or not _TO_DO.fullmatch(sentence.text, phrase.end, start):
        return None
    forced = _FORCED.search(before[: phrase.start])
    return (phrase.actors, "", actor_subject(sentence, forced.start(), True)[0]) if forced else None


def pronoun_place(word: str) -> tuple[ListedPlace, ...]:
    """What a pronoun stands for, still to be found."""
    return (ListedPlace(None, word.lower(), False, None, None, None),)


def is_of_another(sentence: Sentence, group: VerbGroup, subject: tuple[str, ...]) -> bool:
    """Whether an -ing form may be said of a side named after its subject: "A fought B, trapped after leaving X"."""
    nearest = next(iter(sentence.actors_before(group.start)), None) if group.is_bound and subject else None
    if nearest is None or not nearest.actors or set(nearest.actors) & set(subject):
        return False
    return _PARTICIPLE.match(sentence.gap(nearest.end, group.start)) is not None


def _may_be_subject(sentence: Sentence, start: int) -> bool:
    """Whether what starts there can be the subject of a verb: not after a preposition or a verb of change."""
    if _OF_PREPOSITION.search(sentence.tags.before(start)):
        return _CONTROL_OF.search(sentence.text[:start]) is not None
    verbs = [verb for verb in TRIGGER.finditer(sentence.text, max(0, start - _VERB), start) if verb.end() + 1 >= start]
    return not verbs or _SAID.fullmatch(verbs[0][0]) is not None


def actor_subject(sentence: Sentence, start: int, is_bound: bool = False) -> tuple[tuple[str, ...], str]:
    """Who acts, of a verb in the active whose group starts there, and the words that only refer to them.

    is_bound: whether the verb is an -ing form, whose subject stands further off ("they advanced, capturing X").
    """
    refers = _REFERS.search(sentence.text[:start])
    pronoun_at = refers.start("it") if refers else len(sentence.text)
    for phrase in sentence.actors_before(start):
        words = sentence.text[phrase.start : phrase.end]
        if refers and _RELATIVE.match(sentence.gap(phrase.end, start)):
            return phrase.actors, "" if phrase.actors else words
        if _WHICH.search(sentence.text[: phrase.start]) and _CLOSED.search(sentence.gap(phrase.end, start)):
            continue
        if (
            is_bound
            and _WITH.search(sentence.text[: phrase.start] + " ")
            and _ADVERBS.fullmatch(sentence.gap(phrase.end, start))
        ):
            return phrase.actors, "" if phrase.actors else words
        if _OF_THEIRS.match(sentence.tags.letters, sentence.tags.number(phrase.end)):
            continue
        if phrase.end > pronoun_at or not _NO_SUBJECT.search(sentence.tags.before(phrase.start)):
            if refers and phrase.end <= pronoun_at:
                return phrase.actors, refers["it"] if phrase.actors else words
            return phrase.actors, "" if phrase.actors else words
    if refers is None and is_bound and _AFTER_DOING.search(sentence.text[:start]):
        for following in sentence.actors:
            if following.start > start and _THEN_THEY.fullmatch(sentence.text, start, following.start):
                return following.actors, "" if following.actors else sentence.text[following.start : following.end]
    if refers is None:
        refers = (_THEY_BOUND if is_bound else _THEY_AND).search(sentence.text[:start])
    return (), refers["it"] if refers else ""
