"""The changes of control that one sentence reports.

Each verb of `change_patterns.toml` is read with its subject, its object and what follows "by", "from" and "to".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from geo.text.change_patterns import BLOCKERS, READINGS, TRIGGER, Frame, Reading, links
from geo.text.clauses import Clauses, PlaceMention
from geo.text.dates import DateMention
from geo.text.phrases import ActorPhrase, ListedPlace, PlacePhrase, actor_phrases, place_phrases
from geo.text.verb_groups import VerbGroup, verb_group

_BETWEEN = links("sentence_changes", "between")
_BESIDES = links("sentence_changes", "besides")
_PRONOUN_OBJECT = links("sentence_changes", "pronoun_object")
_SUBJECT_GAP = links("sentence_changes", "subject_gap")
_PRONOUN_SUBJECT = links("sentence_changes", "pronoun_subject")
_PREPOSITION = links("sentence_changes", "preposition")
_NOT_SUBJECT = links("sentence_changes", "not_subject")
_HEAVY_SUBJECT = links("sentence_changes", "heavy_subject")
_THEY = links("sentence_changes", "they")
_TROOPS = links("sentence_changes", "troops")
_BY = links("sentence_changes", "by")
_IN_ATTACK = links("sentence_changes", "in_attack")
_ATTACK = links("sentence_changes", "attack")
_FROM = links("sentence_changes", "from")
_TO = links("sentence_changes", "to")
_OUT_OF = links("sentence_changes", "out_of")
_OUT_OF_IT = links("sentence_changes", "out_of_it")
_NOUN_EVENT = links("sentence_changes", "noun_event")
_ANNOUNCED = links("sentence_changes", "announced")
_SAID = links("sentence_changes", "said")
_CLAUSE_END = links("sentence_changes", "clause_end")
_REACH = 8
_FEW = 4
_PARTLY_REACH = 25


class Change(NamedTuple):
    """What a verb says of one place; the sides may not be named.

    sentence: number of the sentence in its document. position: of the verb in the rewritten sentence.
    kind: "change", or "hold" for a statement of who holds a place.
    place: the place; None for a pronoun or "the town", which `noun` then has.
    to_actors, from_actor: named sides; is_referred: whether the taker is a pronoun or "troops".
    other: a side that the text sets against the taker, but not as the holder.
    day: the date that stands with the place in a list.
    """

    sentence: int
    position: int
    end: int
    frame: Frame
    kind: str
    place: PlaceMention | None
    noun: str
    is_part: bool
    share_pct: float | None
    to_actors: tuple[str, ...]
    from_actor: str | None
    is_referred: bool
    is_past_perfect: bool
    day: DateMention | None


_PARTLY = links("sentence_changes", "partly")


class _Parts(NamedTuple):
    """What a verb was found with."""

    places: tuple[ListedPlace, ...]
    end: int
    to_actors: tuple[str, ...] = ()
    from_actor: str | None = None
    is_referred: bool = False
    is_past_perfect: bool = False


class Sentence:
    """A rewritten sentence and its phrases."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.text = clauses.text
        self.actors = actor_phrases(clauses)
        self.places = place_phrases(clauses)
        self._place_starts = [phrase.start for phrase in self.places]
        self._actor_starts = [phrase.start for phrase in self.actors]

    def next_place(self, position: int) -> PlacePhrase | None:
        """The first phrase of places from a position on."""
        number = bisect_left(self._place_starts, position)
        return self.places[number] if number < len(self.places) else None

    def places_after(self, position: int) -> list[PlacePhrase]:
        """The first few phrases of places from a position on."""
        number = bisect_left(self._place_starts, position)
        return self.places[number : number + _FEW]

    def places_before(self, position: int) -> list[PlacePhrase]:
        """The last few phrases of places that end before a position, the nearest first."""
        number = bisect_left(self._place_starts, position)
        nearest = self.places[max(0, number - _FEW) : number]
        return [phrase for phrase in reversed(nearest) if phrase.end <= position]

    def actor_after(self, position: int, link: re.Pattern[str]) -> ActorPhrase | None:
        """The actor after a position that `link` leads to from there."""
        for phrase in self.actors[bisect_left(self._actor_starts, position) :][:_REACH]:
            if link.fullmatch(self.text, position, phrase.start):
                return phrase
        return None

    def attacker_after(self, position: int) -> ActorPhrase | None:
        """The actor whose attack is named after a position ("in an SDF counter-attack")."""
        for phrase in self.actors[bisect_left(self._actor_starts, position) :][:_REACH]:
            if _IN_ATTACK.fullmatch(self.text, position, phrase.start) and _ATTACK.match(self.text, phrase.end):
                return phrase
        return None

    def verb_after(self, end: int) -> int:
        """Where the clause of a verb ends, whose object ends at `end`: at the next verb of change, or "while", ";"."""
        stops = [match.start() for match in TRIGGER.finditer(self.text, end)]
        stops += [match.start() for match in _CLAUSE_END.finditer(self.text, end)]
        return min(stops, default=len(self.text))

    def actor_before(self, position: int) -> ActorPhrase | None:
        """The last actor that ends before a position."""
        return next((phrase for phrase in reversed(self.actors) if phrase.end <= position), None)


def read_sentence(sentence: Sentence, number: int, default: PlaceMention | None = None) -> Iterator[Change]:
    """What the verbs of a sentence say, in the order of the text.

    default: the place that a text is about, for verbs without one ("Captured by rebels on 2 December.").
    """
    read_up_to = 0
    for trigger in TRIGGER.finditer(sentence.text):
        if trigger.start() < read_up_to:
            continue
        for reading in READINGS[trigger[0].lower()]:
            tail = reading.frame.tail.match(sentence.text, trigger.end())
            parts = tail and _parts(sentence, reading, trigger.start(), tail.end(), default)
            if parts:
                read_up_to = tail.end() if tail else 0
                yield from _changes(sentence, number, trigger.start(), reading.frame, parts)
                break


def _changes(sentence: Sentence, number: int, position: int, frame: Frame, parts: _Parts) -> Iterator[Change]:
    is_partly = _PARTLY.search(sentence.text, max(0, position - _PARTLY_REACH), position) is not None
    kind = "hold" if frame.roles in ("hold", "hold_place") else "change"
    for one in parts.places:
        from_actor = parts.from_actor or (one.holder if kind == "change" else None)
        to_actors = tuple(actor for actor in parts.to_actors if actor != from_actor)
        if parts.to_actors and not to_actors:
            continue
        yield Change(
            number,
            position,
            parts.end,
            frame,
            kind,
            one.place,
            one.noun,
            one.is_part or is_partly,
            one.share_pct,
            to_actors,
            from_actor,
            parts.is_referred,
            parts.is_past_perfect,
            one.day,
        )


def _parts(sentence: Sentence, reading: Reading, start: int, end: int, default: PlaceMention | None) -> _Parts | None:
    """The parts that a frame finds around its verb or noun, or None."""
    if reading.forms == {"noun"}:
        return _noun_parts(sentence, reading.frame, start, end)
    forms = reading.forms
    reduced = "participle" in forms and sentence.actor_after(end, _REDUCED_BY) is not None
    group = verb_group(sentence.text, start, end, forms | {"past"} if reduced else forms)
    if group is None:
        return None
    is_passive = group.is_passive or reduced
    match reading.frame.roles:
        case "take" | "lose" | "hold":
            if is_passive:
                return _passive(sentence, reading.frame, group, end, default) if reading.frame.has_passive else None
            return _active(sentence, reading.frame, group, end)
        case "expel":
            return _expelled(sentence, group, end, is_passive)
        case "fall" | "contest" | "hold_place":
            return _place_subject(sentence, reading.frame, group, end, default)
    return None


_REDUCED_BY = links("sentence_changes", "reduced_by")


def _active(sentence: Sentence, frame: Frame, group: VerbGroup, end: int) -> _Parts | None:
    found = _object(sentence, end)
    if found and frame.after:
        follows = frame.after.match(sentence.text, found[1])
        found = (found[0], follows.end()) if follows else None
    if found is None or (frame.roles == "lose" and _HAVING.search(sentence.text[group.start : end])):
        return None
    places, after = found
    subject, is_referred = _subject(sentence, group.start)
    opponent = sentence.actor_after(end, _RIGHT_FROM) or sentence.actor_after(after, _FROM)
    if frame.roles == "lose":
        taker = sentence.actor_after(after, _TO) or sentence.attacker_after(after)
        if len(subject) != 1 and not (subject or any(one.holder for one in places)):
            return None
        to_actors = taker.actors if taker else ()
        return _Parts(places, after, to_actors, subject[0] if subject else None, is_referred, group.is_past_perfect)
    from_actor = opponent.actors[0] if opponent else None
    if not subject and not (
        is_referred and (from_actor or not _TROOPS.search(sentence.text[: group.start].rstrip(" ,")))
    ):
        return None
    return _Parts(places, after, subject, from_actor, is_referred, group.is_past_perfect)


def _object(sentence: Sentence, end: int) -> tuple[tuple[ListedPlace, ...], int] | None:
    """The places right after a verb, or the pronoun that stands for them."""
    for phrase in sentence.places_after(end):
        gap = _BETWEEN if phrase is sentence.next_place(end) else _BESIDES
        if (
            gap.fullmatch(sentence.text, end, phrase.start) or _BESIDES.fullmatch(sentence.text, end, phrase.start)
        ) and (_ends_well(sentence.text, phrase.end)):
            return phrase.places, phrase.end
    pronoun = _PRONOUN_OBJECT.match(sentence.text, end)
    if pronoun:
        return (ListedPlace(None, pronoun["it"].lower(), False, None, None, None),), pronoun.end()
    return None


_BAD_END = links("sentence_changes", "bad_end")


def _ends_well(text: str, end: int) -> bool:
    """Whether what follows a place leaves it the place that is meant ("X residents" does not)."""
    return _BAD_END.match(text, end) is None


def _subject(sentence: Sentence, start: int) -> tuple[tuple[str, ...], bool]:
    """Who acts, of a verb in the active whose group starts there, and whether the sentence only refers to them."""
    text = sentence.text
    before = text[:start].rstrip(" ,")
    said = _SAID.search(before)
    nearest = sentence.actor_before(start)
    if _TROOPS.search(before) and not (nearest and nearest.end >= len(before)):
        return (), True
    pronoun = _THEY.search(before)
    for phrase in reversed([one for one in sentence.actors if one.end <= start]):
        ahead = text[: phrase.start].rstrip()
        if _NOT_SUBJECT.search(ahead + " ") and not (
            pronoun and said is None and phrase is nearest and _RELATIVE.search(text[phrase.end : start])
        ):
            continue
        return phrase.actors, pronoun is not None and phrase.end < pronoun.start() + 1 and not _RELATIVE.search(
            text[phrase.end : start]
        )
    return (), pronoun is not None


_RIGHT_FROM = links("sentence_changes", "right_from")
_HAVING = links("sentence_changes", "having")
_RELATIVE = links("sentence_changes", "relative")


def _passive(
    sentence: Sentence, frame: Frame, group: VerbGroup, end: int, default: PlaceMention | None
) -> _Parts | None:
    places = _places_before(sentence, group.start, default)
    follows = frame.after.match(sentence.text, end) if frame.after else None
    if not places or (frame.after and not follows):
        return None
    end = follows.end() if follows else end
    agent = sentence.actor_after(end, _BY) or sentence.attacker_after(end)
    opponent = sentence.actor_after(end, _FROM)
    if opponent and agent and opponent.start == agent.start:
        opponent = None
    if frame.roles == "lose":
        taker = sentence.actor_after(end, _TO)
        loser = agent.actors[0] if agent else None
        return _Parts(places, end, taker.actors if taker else (), loser, False, group.is_past_perfect)
    from_actor = opponent.actors[0] if opponent else None
    return _Parts(places, end, agent.actors if agent else (), from_actor, False, group.is_past_perfect)


def _places_before(sentence: Sentence, start: int, default: PlaceMention | None = None) -> tuple[ListedPlace, ...]:
    """The places that are the subject of a verb whose group starts there."""
    text = sentence.text
    for phrase in sentence.places_before(start):
        if not _SUBJECT_GAP.fullmatch(text, phrase.end, start):
            continue
        is_relative = re.match(r",? (?:which|that)\b", text[phrase.end : start]) is not None
        if is_relative or not _PREPOSITION.search(text[: phrase.start]):
            return phrase.places
    pronoun = _PRONOUN_SUBJECT.search(text[:start])
    if pronoun:
        return (ListedPlace(None, pronoun["it"].lower(), False, None, None, None),)
    if re.search(r"(?:\b(?:and|but|before|then|after|or)|,) ?$", text[:start].rstrip() + " "):
        for candidate in sentence.places:
            if (
                candidate.end <= start
                and not _PREPOSITION.search(text[: candidate.start])
                and _IS_SUBJECT.match(text, candidate.end)
            ):
                return candidate.places
    if default is not None and not text[:start].strip(" ,.*-–—\"'“("):
        return (ListedPlace(default, "", False, None, None, None),)
    return ()


_IS_SUBJECT = links("sentence_changes", "is_subject")


def _expelled(sentence: Sentence, group: VerbGroup, end: int, is_passive: bool) -> _Parts | None:
    if is_passive:
        losers, _ = _subject(sentence, group.start)
        if not losers:
            return None
        link, agent = end, sentence.actor_after(end, _BY)
        takers: tuple[str, ...] = agent.actors if agent else ()
        is_referred = False
    else:
        loser = sentence.actor_after(end, _BETWEEN)
        if loser is None:
            return None
        link, losers = loser.end, loser.actors
        takers, is_referred = _subject(sentence, group.start)
        if not takers and not is_referred:
            return None
    phrase = sentence.next_place(link)
    places, after = (phrase.places, phrase.end) if phrase else ((), link)
    if phrase is None or not _OUT_OF.fullmatch(sentence.text, link, phrase.start):
        pronoun = _OUT_OF_IT.match(sentence.text, link)
        if not pronoun:
            return None
        places, after = (ListedPlace(None, pronoun["it"].lower(), False, None, None, None),), pronoun.end()
    return _Parts(places, after, takers, losers[0], is_referred, group.is_past_perfect)


def _place_subject(
    sentence: Sentence, frame: Frame, group: VerbGroup, end: int, default: PlaceMention | None
) -> _Parts | None:
    if frame.roles == "contest" and not group.is_passive and default is None:
        return None
    places = _places_before(sentence, group.start, default)
    if not places:
        return None
    follows = next(
        (one for one in sentence.actors if one.start >= end and _TAKER_GAP.fullmatch(sentence.text, end, one.start)),
        None,
    )
    actors = follows.actors if follows else ()
    if frame.roles == "contest" and not actors:
        return None
    after = follows.end if follows else end
    if frame.frame_id not in _AGENTLESS and follows is None:
        own = _ITS_CONTROL.match(sentence.text, end)
        if not own:
            return None
        return _Parts(places, own.end(), (), None, True, group.is_past_perfect)
    opponent = sentence.actor_after(after, _FROM)
    return _Parts(places, after, actors, opponent.actors[0] if opponent else None, False, group.is_past_perfect)


_AGENTLESS = ("fell", "changed_hands_again", "contested")
_ITS_CONTROL = links("sentence_changes", "its_control")
_TAKER_GAP = links("sentence_changes", "taker_gap")


def _noun_parts(sentence: Sentence, frame: Frame, start: int, end: int) -> _Parts | None:
    text = sentence.text
    before = text[:start]
    phrase = sentence.next_place(end)
    if phrase is None or not _BETWEEN.fullmatch(text, end, phrase.start) or not _ends_well(text, phrase.end):
        return None
    for blocker in BLOCKERS:
        if blocker.noun and (
            blocker.noun.search(before) or (blocker.after and blocker.after.search(text[phrase.end : phrase.end + 120]))
        ):
            return None
        if blocker.sentence and blocker.sentence.search(before):
            return None
    link = {"noun_fall": _TO, "noun_lose": _TO}.get(frame.roles, _BY)
    agent = sentence.actor_after(phrase.end, link)
    owner = sentence.actor_before(start)
    is_owned = owner is not None and _POSSESSIVE_GAP.fullmatch(text, owner.end, start) is not None
    opponent = sentence.actor_after(phrase.end, _BY if frame.roles == "noun_lose" else _FROM)
    from_actor = opponent.actors[0] if opponent else None
    if frame.roles == "noun_lose":
        loser = owner.actors[0] if owner and is_owned else from_actor
        return _Parts(phrase.places, phrase.end, agent.actors if agent else (), loser) if loser else None
    if agent:
        return _Parts(phrase.places, phrase.end, agent.actors, from_actor)
    if owner and is_owned:
        return _Parts(phrase.places, phrase.end, owner.actors, from_actor)
    announced = _ANNOUNCED.search(before)
    if announced:
        subject, is_referred = _subject(sentence, announced.start())
        return _Parts(phrase.places, phrase.end, subject, from_actor, is_referred) if subject else None
    if _NOUN_EVENT.search(before):
        return _Parts(phrase.places, phrase.end, (), from_actor)
    return None


_POSSESSIVE_GAP = links("sentence_changes", "possessive_gap")
