"""What undoes a change right after it in its sentence, without its place: "took X but were driven out the next day"."""

import re

from geo.text.change_patterns import Reading, links
from geo.text.parts import RIGHT_BY, Parts
from geo.text.sentence import Sentence
from geo.text.subjects import actor_subject, forced_to_leave
from geo.text.verb_groups import verb_group

ROLES = ("leave_again", "expel_again", "regain")
"""Of frames whose verb says that those who took a place leave it or are driven out, or that others have it again."""

_THEN_LOST, _OTHERS_THEN = links("undone", "then_lost"), links("undone", "others_then")
_BE = re.compile(r"\b(?:was|were|being|been|be) (?:\w+ ){0,2}$")
_TO = re.compile(r" to $")
_THEM = re.compile(r"\bthem\b")


def undone(sentence: Sentence, reading: Reading, start: int, end: int, before: Parts | None) -> Parts | None:
    """What a verb at start..end says of the places of the change before it, None if it says nothing of them."""
    if before is None or not (before.to_actors or before.refers_by):
        return None
    places = tuple(place._replace(day=None) for place in before.places)
    told = Parts(places, end, from_actor=next(iter(before.to_actors), None), refers_by=before.refers_by)
    between = sentence.text[before.end : start]
    lost = _THEN_LOST.fullmatch(between) if reading.frame.roles != "regain" else None
    is_passive = _BE.search(between) is not None and not _TO.search(between)
    if lost and is_passive == (reading.frame.roles == "expel_again") and not _THEM.search(sentence.text, start, end):
        agent = sentence.actor_after(end, RIGHT_BY) or sentence.attacker_after(end)
        return told._replace(to_actors=agent.actors if agent else ()) if _is_theirs(sentence, lost, before) else None
    takers = _others(sentence, reading, start, end) if _OTHERS_THEN.fullmatch(between) else ()
    return told._replace(to_actors=takers) if takers and not set(takers) & set(before.to_actors) else None


def _is_theirs(sentence: Sentence, lost: re.Match[str], before: Parts) -> bool:
    """Whether those who leave are those who had taken the place."""
    if lost["actor"]:
        return sentence.clauses.actors[int(lost["actor"])].actor_id in before.to_actors
    return not before.is_passive or lost["who"] is not None


def _others(sentence: Sentence, reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """Who drives them out or has the place again: "but the army drove them out", "forced them to leave"."""
    if reading.forms == {"base"}:
        forced = forced_to_leave(sentence, start) if reading.frame.roles == "leave_again" else None
        return forced[2] if forced and forced[1] == "them" else ()
    group = verb_group(sentence.text, start, end, reading.forms)
    is_told = reading.frame.roles == "regain" or _THEM.search(sentence.text, start, end) is not None
    if group is None or group.is_passive or not is_told:
        return ()
    return actor_subject(sentence, group.start)[0]
