"""Who acts, of a verb at a point of a sentence."""

import re

from geo.text.change_patterns import Frame, links
from geo.text.phrase_patterns import letter_pattern
from geo.text.phrases import ActorPhrase
from geo.text.sentence import Sentence
from geo.text.verb_groups import VerbGroup, has_happened, verb_group

_WHICH = links("subjects", "which")
_CLOSED = letter_pattern("closed")
_NO_SUBJECT = letter_pattern("no_subject")
_RELATIVE, _ADVERBS = letter_pattern("relative"), letter_pattern("adverbs")
_AND_DOING = letter_pattern("and_doing")
_REFERS = links("subjects", "refers")
_ENABLED_TO, _TO_DO = links("subjects", "enabled_to"), links("subjects", "to_do")
_ORDERED = links("subjects", "ordered")
_FORCED, _FORCED_THEM = links("subjects", "forced"), links("subjects", "forced_them")
_SAYS_THAT = letter_pattern("says_that")
_AND_SAID, _SAID = letter_pattern("and_said"), letter_pattern("said")
_CLAUSE_START = links("subjects", "clause_start")
_HAD_AND = links("subjects", "had_and")
_ENABLES = links("subjects", "enables")
_THEY_BOUND, _THEY_AND = links("subjects", "they_bound"), links("subjects", "they_and")
_AFTER_DOING, _THEN_THEY = links("subjects", "after_doing"), links("subjects", "then_they")
_THEN_IT = links("subjects", "then_it")
_AFTER_OTHERS, _ASIDE_ENDS = links("subjects", "after_others"), links("subjects", "aside_ends")
_OF_THEIRS = letter_pattern("of_theirs")
_PARTICIPLE = letter_pattern("participle")
_WHO_DOING = letter_pattern("who_doing")
_OWN_SUBJECT = letter_pattern("own_subject")
_DOING = links("subjects", "doing")
_SPEAKS, _ATTACKERS = links("sentence", "speaks"), links("referents", "attackers")
_SPOKEN_BY = links("subjects", "spoken_by")


def actor_subject(sentence: Sentence, start: int, is_bound: bool = False) -> tuple[tuple[str, ...], str]:
    """Who acts, of a verb in the active whose group starts there, and the words that only refer to them.

    is_bound: whether the verb is an -ing form, whose subject stands further off ("they advanced, capturing X").
    """
    refers = _REFERS.search(sentence.text[:start])
    if refers and refers["it"].lower() in ("the former", "the latter"):
        return (), refers["it"]
    pronoun_at = refers.start("it") if refers else len(sentence.text)
    for phrase in sentence.actors_before(start):
        words = sentence.text[phrase.start : phrase.end]
        if refers and _RELATIVE.match(sentence.gap(phrase.end, start)):
            return phrase.actors, "" if phrase.actors else words
        if _WHICH.search(sentence.text[: phrase.start]) and _CLOSED.search(sentence.gap(phrase.end, start)):
            continue
        if (
            is_bound
            and _DOING.search(sentence.text[: phrase.start])
            and _AND_DOING.fullmatch(sentence.gap(phrase.end, start))
        ):
            return phrase.actors, "" if phrase.actors else words
        if is_bound and _WHO_DOING.fullmatch(sentence.gap(phrase.end, start)):
            return phrase.actors, "" if phrase.actors else words
        if _is_aside(sentence, phrase, start) or (refers is None and _only_speaks(sentence, phrase, start)):
            continue
        if refers is None and not is_bound and _OWN_SUBJECT.search(sentence.gap(phrase.end, start)):
            return (), ""
        if _OF_THEIRS.match(sentence.tags.letters, sentence.tags.number(phrase.end)):
            continue
        is_object = _NO_SUBJECT.search(sentence.tags.before(phrase.start)) and not _SPOKEN_BY.search(
            sentence.text, 0, phrase.start
        )
        if phrase.end > pronoun_at or not is_object:
            if refers is None or phrase.end > pronoun_at:
                return phrase.actors, "" if phrase.actors else words
            attackers = _attackers_before(sentence, phrase) if refers["it"] == "they" else ""
            if attackers or (refers["it"] != "it" and _is_told_of_others(sentence, phrase, pronoun_at)):
                return (), attackers
            return phrase.actors, refers["it"] if phrase.actors else words
    if refers is None and is_bound and _AFTER_DOING.search(sentence.text[:start]):
        for following in sentence.actors:
            if following.start > start and _THEN_THEY.fullmatch(sentence.text, start, following.start):
                return following.actors, "" if following.actors else sentence.text[following.start : following.end]
        it = _THEN_IT.match(sentence.text, start)
        if it and not sentence.gap(start, it.start("it")).count("A"):
            return (), it["it"]
    if refers is None:
        refers = (_THEY_BOUND if is_bound else _THEY_AND).search(sentence.text[:start])
    return (), refers["it"] if refers else ""


def _is_aside(sentence: Sentence, phrase: ActorPhrase, start: int) -> bool:
    """Whether a side acts only in a clause that has ended: "rebels took X after the army had left, and entered Y"."""
    has_ended = _ASIDE_ENDS.fullmatch(sentence.text, phrase.end, start) and _AFTER_OTHERS.search(
        sentence.text, 0, phrase.start
    )
    return bool(has_ended) and any(
        one.actors and not _NO_SUBJECT.search(sentence.tags.before(one.start))
        for one in sentence.actors_before(phrase.start)
    )


def _only_speaks(sentence: Sentence, phrase: ActorPhrase, start: int) -> bool:
    """Whether a side is only quoted, between the side that acts and its verb: "rebels attacked, the army said, and"."""
    is_quoted = _AND_SAID.search(sentence.tags.before(phrase.start)) and _SAID.match(sentence.gap(phrase.end, start))
    return bool(is_quoted) and any(
        not _NO_SUBJECT.search(sentence.tags.before(one.start)) for one in sentence.actors_before(phrase.start)
    )


def _is_told_of_others(sentence: Sentence, speaker: ActorPhrase, pronoun_at: int) -> bool:
    """Whether a pronoun may mean others than who speaks: "rebels attacked, and B said they had taken X"."""
    is_said = _SAYS_THAT.search(sentence.gap(speaker.end, pronoun_at)) is not None
    others = [one for one in sentence.actors_before(speaker.start) if set(one.actors) != set(speaker.actors)]
    return is_said and any(not _NO_SUBJECT.search(sentence.tags.before(one.start)) for one in others)


def _attackers_before(sentence: Sentence, speaker: ActorPhrase) -> str:
    """The words of "the attackers broke in, and Kyiv said that they": whom "they" means is not who speaks."""
    if not _SPEAKS.match(sentence.text, speaker.end):
        return ""
    words = (sentence.text[one.start : one.end] for one in sentence.actors_before(speaker.start) if not one.actors)
    return next((one for one in words if _ATTACKERS.search(one)), "")


def begins_clause(sentence: Sentence, start: int) -> bool:
    """Whether a clause begins with the side right before a verb: "..., rebels and soldiers of Y take X"."""
    nearest = next(iter(sentence.actors_before(start)), None)
    is_next = nearest is not None and _ADVERBS.fullmatch(sentence.gap(nearest.end, start)) is not None
    return bool(nearest and is_next and _CLAUSE_START.search(sentence.text[: nearest.start]))


def had_also(sentence: Sentence, start: int) -> VerbGroup | None:
    """The group of a participle that shares its "had" with another one: "had advanced along the road and taken X"."""
    had = _HAD_AND.search(sentence.text[:start])
    if had is None:
        return None
    group = verb_group(sentence.text, had.start("verb"), had.end("verb"), frozenset(("participle",)))
    return group and group._replace(is_passive=False)


def is_of_another(sentence: Sentence, group: VerbGroup, subject: tuple[str, ...]) -> bool:
    """Whether an -ing form may be said of a side named after its subject: "A fought B, trapped after leaving X"."""
    nearest = next(iter(sentence.actors_before(group.start)), None) if group.is_bound and subject else None
    if nearest is None or not nearest.actors or set(nearest.actors) & set(subject):
        return False
    return _PARTICIPLE.match(sentence.gap(nearest.end, group.start)) is not None


def is_state(sentence: Sentence, frame: Frame, start: int, end: int) -> bool:
    """Whether an -ing form right after a side only says where it is: "the troops occupying X"."""
    beside = next(iter(sentence.actors_before(start)), None)
    is_beside = beside is not None and not sentence.gap(beside.end, start)
    is_lasting = frame.status == "besieged" or frame.frame_id == "occupied"
    return is_lasting and is_beside and re.fullmatch(r"\w+ing", sentence.text[start:end].strip()) is not None


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
    if them and has_happened(sentence.text, *them.span("verb")):
        return (), them["it"], actor_subject(sentence, them.start(), True)[0]
    ordered = _ORDERED.search(before)
    if ordered and has_happened(sentence.text, *ordered.span("verb")):
        return (*actor_subject(sentence, ordered.start(), True), ())
    phrase = next(iter(sentence.actors_before(start)), None)
    if phrase is None or not phrase.actors or not _TO_DO.fullmatch(sentence.text, phrase.end, start):
        return None
    forced = _FORCED.search(before[: phrase.start])
    if forced is None or not has_happened(sentence.text, *forced.span("verb")):
        return None
    return phrase.actors, "", actor_subject(sentence, forced.start(), True)[0]
