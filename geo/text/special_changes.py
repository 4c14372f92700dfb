"""Changes that few verbs tell: who is driven out or forced to leave, whose flag is raised, who gains inside a place."""

import re
from itertools import pairwise

from geo.text.arguments import (
    places_from_which,
    places_left,
    places_object,
    places_within,
    pronoun_place,
)
from geo.text.change_patterns import Frame, Reading, links
from geo.text.listed_places import ListedPlace
from geo.text.parts import BY, RIGHT_BY, TAKER_GAP, TO, Parts
from geo.text.phrase_patterns import letter_pattern
from geo.text.sentence import Sentence
from geo.text.sieges import of_the_siege
from geo.text.subjects import actor_subject, enabled_subject, forced_to_leave
from geo.text.unnamed import GARRISON
from geo.text.verb_groups import VerbGroup, is_denied
from geo.text.verb_subjects import places_defended, places_subject

_FLAG, _OF_FLAG = links("sentence_changes", "flag"), links("sentence_changes", "of_flag")
_OBJECT_GAP = letter_pattern("object")
_WHOSE_FLAG = links("special_changes", "whose_flag")
_FLAG_REACH, _REACH = 25, 60
_IS_BESIEGED = links("special_changes", "is_besieged")
_THEM = links("sentence_changes", "them")
_WHOSE_CONTROL = links("special_changes", "whose_control")
_IT, _LEAVE = links("special_changes", "it"), re.compile("le(?:ft|av)")
_PEOPLE = links("special_changes", "people")
_GIVING_WAY = links("special_changes", "giving_way")
_AWAY = links("special_changes", "away")
_DEFENDERS, _GIVING_UP = links("referents", "defenders"), re.compile("surrender|capitulat")
_THE_DEFENDERS = links("special_changes", "the_defenders")


def enabled_or_forced(sentence: Sentence, reading: Reading, start: int, end: int) -> Parts | None:
    """What an infinitive says that others bring about: "allowing the army to enter X", "forced them to leave X"."""
    if is_denied(sentence.text, start):
        return forced_out(sentence, reading, start, end)
    enabled = enabled_subject(sentence, start)
    if not enabled or reading.frame.roles != "take":
        return forced_out(sentence, reading, start, end)
    found = places_object(sentence, end)
    return Parts(*found, to_actors=enabled) if found and not reading.frame.after else None


def forced_out(sentence: Sentence, reading: Reading, start: int, end: int) -> Parts | None:
    """What a side is forced to leave: "forced the rebels to withdraw from X"."""
    forced = forced_to_leave(sentence, start) if reading.frame.roles == "lose" else None
    found = places_object(sentence, end) if forced else None
    if forced is None or found is None:
        return None
    losers, refers_by, takers = forced
    return Parts(*found, to_actors=takers, from_actor=losers[0] if losers else None, refers_by=refers_by)


def expelled(sentence: Sentence, group: VerbGroup, end: int, is_passive: bool) -> Parts | None:
    if is_passive:
        losers, refers_by = actor_subject(sentence, group.start)
        if not losers and (not refers_by or _PEOPLE.search(sentence.text[: group.start])):
            return None
        link, agent = end, sentence.actor_after(end, BY)
        takers: tuple[str, ...] = agent.actors if agent else ()
        refers_by = "" if losers else refers_by
    else:
        driven = _driven(sentence, end)
        if driven is None:
            return None
        link, losers = driven
        takers, refers_by = actor_subject(sentence, group.start, group.is_bound)
        if not takers and not refers_by:
            return None
    found = places_left(sentence, link) or places_from_which(sentence, group.start, link)
    if found is None:
        return None
    places, after = found
    loser = losers[0] if losers else ""
    are_driven = is_passive and not losers
    return Parts(places, after, takers, loser or None, refers_by, group.is_past_perfect, are_driven=are_driven)


def gained_inside(sentence: Sentence, group: VerbGroup, end: int) -> Parts | None:
    """A gain in a place that stands before its clause: "in X rebels gained a foothold"."""
    places = places_within(sentence, group.start)
    subject, refers_by = actor_subject(sentence, group.start)
    if group.is_passive or not places or not (subject or refers_by):
        return None
    parts = tuple(one._replace(is_part=True) for one in places)
    return Parts(parts, end, subject, None, refers_by, group.is_past_perfect)


def left_behind(sentence: Sentence, group: VerbGroup, end: int) -> Parts | None:
    """What its holders leave, of "X, from which they withdrew"."""
    found = places_from_which(sentence, group.start, end)
    losers, refers_by = actor_subject(sentence, group.start) if found else ((), "")
    if found is None or not (losers or refers_by):
        return None
    past = group.is_past_perfect
    return Parts(*found, (), losers[0] if losers else None, "" if losers else refers_by, past, are_driven=True)


def given(sentence: Sentence, frame: Frame, group: VerbGroup, end: int) -> Parts | None:
    """What the side after a verb gets: "the deal gave the army control of X", "giving it control of X"."""
    it = _IT.match(sentence.text, end)
    nearest = next((phrase for phrase in sentence.actors if phrase.end > end), None)
    if it:
        takers, refers_by = actor_subject(sentence, group.start, group.is_bound)
        refers_by = refers_by if takers or refers_by or it[0] == " it" else "they"
        link = it.end()
    elif nearest and nearest.actors and _OBJECT_GAP.fullmatch(sentence.gap(end, nearest.start)):
        takers, refers_by, link = nearest.actors, "", nearest.end
    else:
        return None
    control = frame.after.match(sentence.text, link) if frame.after else None
    found = places_object(sentence, control.end()) if control else None
    if group.is_passive or found is None or not (takers or refers_by) or (it and control and not control[0]):
        return None
    return Parts(*found, to_actors=takers, refers_by=refers_by, is_past_perfect=group.is_past_perfect)


def put_under(sentence: Sentence, frame: Frame, group: VerbGroup, end: int) -> Parts | None:
    """What comes into the hands of a side that is named after it: "they fled, leaving X in the hands of rebels".

    What others leave to a side while they gain themselves it had before.
    """
    found = (places_subject(sentence, group.start), end) if group.is_passive else places_object(sentence, end)
    follows = frame.after.match(sentence.text, found[1]) if frame.after and found else None
    taker = sentence.actor_after(follows.end(), TAKER_GAP) if follows else None
    if found is None or taker is None or not found[0]:
        return None
    subject, _ = actor_subject(sentence, group.start, group.is_bound)
    is_left = _LEAVE.match(sentence.text, group.verb) is not None and not set(subject) & set(taker.actors)
    if is_left and not _GIVING_WAY.search(sentence.text[: group.start]):
        return None
    return Parts(found[0], taker.end, taker.actors, is_past_perfect=group.is_past_perfect)


def declared_by(sentence: Sentence, told: Parts) -> Parts:
    """What somebody declares of another side: "reported X captured by the enemy"."""
    agent = sentence.actor_after(told.end, RIGHT_BY)
    if agent:
        return told._replace(to_actors=agent.actors, refers_by="", from_actor=None)
    troops = sentence.troops_after(told.end, RIGHT_BY)
    return told._replace(to_actors=(), refers_by=troops, from_actor=None) if troops else told


def whose_flag(sentence: Sentence, told: Parts, start: int) -> Parts:
    """What a side gains whose flag others or itself raise over a place: "hoisted the <A> flag over X"."""
    owner = _WHOSE_FLAG.match(sentence.text, start)
    return told._replace(to_actors=(sentence.clauses.actors[int(owner["actor"])].actor_id,)) if owner else told


def siege_ended(sentence: Sentence, group: VerbGroup, end: int) -> Parts | None:
    """A place whose siege ends, of which the words before have told: "reached besieged X and lifted the siege"."""
    before = list(sentence.places_before(group.start))
    starts = [max(one.start - _REACH, earlier.end) for one, earlier in pairwise(before)]
    own = (
        one for one, start in zip(before, starts, strict=False) if _IS_BESIEGED.search(sentence.text, start, one.end)
    )
    phrase = next(own, before[-1] if before else None)
    told = phrase is not None and _IS_BESIEGED.search(sentence.text, max(0, phrase.start - _REACH), phrase.end)
    subject, refers_by = actor_subject(sentence, group.start, group.is_bound)
    if group.is_passive or not (subject or refers_by) or (phrase and not told):
        return None
    places = phrase.places if phrase else of_the_siege()
    return Parts(places, end, subject, None, refers_by, group.is_past_perfect)


def restored_by(sentence: Sentence, group: VerbGroup, told: Parts) -> Parts:
    """Whose control was restored, where nobody is said to have done it: "government control of X was restored"."""
    owner = _WHOSE_CONTROL.search(sentence.text, 0, group.start)
    if told.to_actors or told.refers_by or not owner:
        return told
    return told._replace(to_actors=(sentence.clauses.actors[int(owner["actor"])].actor_id,))


def flag_raised(sentence: Sentence, group: VerbGroup, end: int) -> Parts | None:
    """A flag that was raised over places: whose it is the sentence may say."""
    found = places_object(sentence, end)
    before = sentence.text[: group.start]
    if found is None or not _FLAG.search(before):
        return None
    owner = next(iter(sentence.actors_before(group.start)), None)
    is_theirs = owner is not None and _OF_FLAG.search(before[max(0, owner.start - _FLAG_REACH) :]) is not None
    return Parts(found[0], found[1], owner.actors if owner and is_theirs else ())


def garrison_left(sentence: Sentence, reading: Reading, group: VerbGroup, end: int) -> Parts | None:
    """A place whose defenders give it up or are beaten; who beats them or takes their surrender may be named."""
    places = places_defended(sentence, group.start) or _of_defenders(sentence, group)
    is_beaten = reading.forms == {"participle"}
    if not places or group.is_passive != is_beaten:
        return None
    losers, refers_by = actor_subject(sentence, group.start)
    taker = sentence.actor_after(end, BY if is_beaten else TO)
    refers_by = "" if _DEFENDERS.search(refers_by) else refers_by
    return Parts(places, end, taker.actors if taker else (), losers[0] if losers else None, refers_by)


def _of_defenders(sentence: Sentence, group: VerbGroup) -> tuple[ListedPlace, ...]:
    """The place, still to be found, of "the defenders" who surrender."""
    is_giving_up = _GIVING_UP.match(sentence.text, group.verb) and _THE_DEFENDERS.search(sentence.text[: group.start])
    return pronoun_place(GARRISON) if is_giving_up else ()


def _driven(sentence: Sentence, end: int) -> tuple[int, tuple[str, ...]] | None:
    """Where the words for the side that is driven out end, right after the verb, and the side if they name it."""
    them = _THEM.match(sentence.text, end)
    if them:
        return them.end(), ("",)
    away = _AWAY.match(sentence.text, end)
    end = away.end() if away else end
    nearest = next((phrase for phrase in sentence.actors if phrase.end > end), None)
    is_object = nearest is not None and _OBJECT_GAP.fullmatch(sentence.gap(end, nearest.start)) is not None
    return (nearest.end, nearest.actors or ("",)) if nearest and is_object else None
