"""The changes of control that one sentence reports.

Each verb of `change_patterns.toml` is read with its subject, its object and what follows "by", "from" and "to".
"""

from collections.abc import Iterator
from typing import NamedTuple

from geo.text.active_changes import active_parts
from geo.text.arguments import (
    places_apart,
    places_so_called,
    places_told_last,
)
from geo.text.change_patterns import READINGS, TRIGGER, Frame, Reading, links
from geo.text.clauses import PlaceMention
from geo.text.dates import DateMention
from geo.text.likewise import day_after, likewise, on_days_of_their_own
from geo.text.noun_changes import noun_parts
from geo.text.parts import RIGHT_BY, Parts
from geo.text.passive_changes import passive_parts, passive_parts_of
from geo.text.phrase_patterns import letter_pattern
from geo.text.place_subjects import place_subject
from geo.text.sentence import Sentence
from geo.text.sieges import place_of_siege
from geo.text.special_changes import (
    enabled_or_forced,
    expelled,
    flag_raised,
    gained_inside,
    garrison_left,
    given,
    left_behind,
    put_under,
    restored_by,
    siege_ended,
)
from geo.text.subjects import begins_clause, had_also
from geo.text.undone import ROLES as UNDOING
from geo.text.undone import undone
from geo.text.verb_groups import verb_group
from geo.text.verb_subjects import places_besieged, places_controlled, places_subject

_AND_WAS_THEN, _PARTLY = links("sentence_changes", "and_was_then"), links("sentence_changes", "partly")
_ONLY_TO, _ONLY_FOR_IT = links("sentence_changes", "only_to"), links("sentence_changes", "only_for_it")
_ADJECTIVE = "l"
_AND_THEN = letter_pattern("and_then")
_AND_WAS, _FIRST_VERB = letter_pattern("and_was"), letter_pattern("first_verb")
_PARTLY_REACH = 25
_WORDS = 30


class Change(NamedTuple):
    """What a verb says of one place; the sides may not be named.

    sentence: number of the sentence in its document. position: of the verb in the rewritten sentence.
    kind: "change", or "hold" for a statement of who holds a place.
    place: the place; None for a pronoun or "the town", which `noun` then has.
    to_actors, from_actor: named sides; refers_by: the words for the taker if they are a pronoun or "troops".
    words: the verb and what follows. day: the date that stands with the place in a list.
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
    refers_by: str
    words: str
    is_past_perfect: bool
    day: DateMention | None


def read_sentence(sentence: Sentence, number: int, default: PlaceMention | None = None) -> Iterator[Change]:
    """What the verbs of a sentence say, in the order of the text.

    default: the place that a text is about, for verbs without one ("Captured by rebels on 2 December.").
    """
    read_up_to = 0
    before: Parts | None = None
    for trigger in TRIGGER.finditer(sentence.text):
        if trigger.start() < read_up_to:
            continue
        for reading in READINGS[trigger[0].lower()]:
            tail = reading.frame.tail.match(sentence.text, trigger.end())
            if tail is None:
                continue
            start, end = trigger.start(), tail.end()
            parts = _parts(sentence, reading, start, end, default) or _joined(sentence, reading, start, end, before)
            if parts:
                read_up_to, before = parts.end if reading.frame.after else end, parts
                for told in (on_days_of_their_own(sentence, parts), *likewise(sentence, parts)):
                    yield from _changes(sentence, number, start, reading.frame, told)
                break


def _changes(sentence: Sentence, number: int, position: int, frame: Frame, parts: Parts) -> Iterator[Change]:
    is_partly = _PARTLY.search(sentence.text, max(0, position - _PARTLY_REACH), position) is not None
    frame = frame._replace(roles="lose") if parts.are_driven else frame
    kind = "hold" if frame.roles in ("hold", "hold_place") else "change"
    day: DateMention | None = None
    for one in parts.places:
        day = one.day or (day and (day_after(sentence, parts.end) or day))
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
            parts.refers_by,
            sentence.text[position : position + _WORDS],
            parts.is_past_perfect,
            day,
        )


def _parts(sentence: Sentence, reading: Reading, start: int, end: int, default: PlaceMention | None) -> Parts | None:
    """The parts that a frame finds around its verb or noun, or None."""
    if reading.forms == {"noun"}:
        return noun_parts(sentence, reading.frame, start, end)
    forms = reading.forms
    if sentence.is_headline and "base" in forms and sentence.follows_actor(start):
        forms = forms | {"past"}
    can_be_apart = "participle" in forms and reading.frame.has_passive and reading.frame.roles in ("take", "lose")
    if sentence.tags.letters[sentence.tags.number(start)] == _ADJECTIVE:
        listed = places_so_called(sentence, start, end) if can_be_apart and not reading.frame.after else None
        return passive_parts_of(sentence, reading.frame, *listed, False) if listed else None
    told_last = places_told_last(sentence, start, end) if can_be_apart or reading.frame.roles == "fall" else ()
    if told_last:
        return passive_parts_of(sentence, reading.frame, told_last, end, False)
    apart = places_apart(sentence, start, end) if can_be_apart and not reading.frame.after else ()
    has_agent = "participle" in forms and sentence.actor_after(end, RIGHT_BY) is not None
    reduced = bool(apart) or has_agent
    is_report = "base" in forms and reading.frame.roles in ("take", "expel", "lose")
    is_report = is_report and (
        _FIRST_VERB.fullmatch(sentence.tags.before(start)) is not None or begins_clause(sentence, start)
    )
    group = verb_group(sentence.text, start, end, forms | {"past"} if reduced else forms, is_report)
    if group is None:
        return enabled_or_forced(sentence, reading, start, end) if "base" in forms else None
    if apart and not group.is_passive:
        return passive_parts_of(sentence, reading.frame, apart, end, False)
    is_passive = group.is_passive or reduced
    match reading.frame.roles:
        case "take" | "lose" | "hold":
            if is_passive:
                return (
                    passive_parts(sentence, reading.frame, group, end, default) if reading.frame.has_passive else None
                )
            return active_parts(sentence, reading.frame, group, end)
        case "garrison":
            return garrison_left(sentence, reading, group, end)
        case "inside":
            return gained_inside(sentence, group, end)
        case "relieve" | "restore" as role:
            of_which = places_besieged if role == "relieve" else places_controlled
            places = of_which(sentence, group.start) if is_passive else ()
            if role == "relieve" and is_passive and not places:
                places = place_of_siege(sentence, group.start)
            told = passive_parts_of(sentence, reading.frame, places, end, group.is_past_perfect) if places else None
            return restored_by(sentence, group, told) if told and role == "restore" else told
        case "from_which":
            return None if is_passive else left_behind(sentence, group, end)
        case "onset":
            places = places_besieged(sentence, group.start)
            return passive_parts_of(sentence, reading.frame, places, end, False) if places and not is_passive else None
        case "unlock":
            return siege_ended(sentence, group, end)
        case "expel":
            return expelled(sentence, group, end, is_passive)
        case "flag":
            return flag_raised(sentence, group, end) if is_passive or "past" in forms else None
        case "give":
            return given(sentence, reading.frame, group, end)
        case "put":
            return put_under(sentence, reading.frame, group, end)
        case "follow":
            places = places_subject(sentence, group.start)
            return Parts(places, end, is_passive=True) if places and not is_passive else None
        case "fall" | "contest" | "hold_place":
            return place_subject(sentence, reading.frame, group, end, default)
    return None


def _joined(sentence: Sentence, reading: Reading, start: int, end: int, before: Parts | None) -> Parts | None:
    """What a participle says that shares its auxiliary: "was captured, or reached, on 2 May and lost"."""
    frame = reading.frame
    if frame.roles in UNDOING:
        return undone(sentence, reading, start, end, before)
    if not reading.forms & {"participle"} or frame.roles not in ("take", "lose"):
        return None
    had = had_also(sentence, start)
    if had:
        return active_parts(sentence, frame, had, end)
    if not frame.has_passive:
        return None
    is_next = before is not None and _AND_THEN.fullmatch(sentence.gap(before.end, start)) is not None
    between = sentence.text[before.end : start] if before else ""
    goes_on = bool(is_next or _AND_WAS_THEN.fullmatch(between) or _ONLY_TO.search(between))
    if before and _ONLY_FOR_IT.search(between):
        before = before._replace(places=tuple(one._replace(day=None) for one in before.places), is_passive=True)
        goes_on = True
    if before and before.is_passive and goes_on:
        return passive_parts_of(sentence, frame, before.places, end, before.is_past_perfect)
    was = None if _takes_object(sentence, end) else _AND_WAS.search(sentence.tags.before(start))
    verb = was.start() + 1 if was else 0
    group = verb_group(sentence.text, sentence.tags.starts[verb], end, frozenset(("participle",))) if was else None
    return passive_parts(sentence, frame, group, end, None) if group and group.is_passive else None


def _takes_object(sentence: Sentence, end: int) -> bool:
    """Whether a place is the object of a verb that ends there: "were dropped at X and captured Y"."""
    return any(not sentence.gap(end, phrase.start) for phrase in sentence.places_after(end)[:1])
