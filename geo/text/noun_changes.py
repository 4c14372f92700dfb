"""Changes that a noun names: "the capture of X by Y", "the fall of X", "Y's loss of X"."""

from geo.text.arguments import actor_subject, places_object
from geo.text.change_patterns import BLOCKERS, Frame, links
from geo.text.parts import BY, FROM, TO, Parts
from geo.text.sentence import Sentence

_EVENT = links("noun_changes", "event")
_ANNOUNCED = links("noun_changes", "announced")
_POSSESSIVE = links("noun_changes", "possessive")
_AFTER = 120


def noun_parts(sentence: Sentence, frame: Frame, start: int, end: int) -> Parts | None:
    """What the noun at start..end is found with, or None if it names nothing that happened."""
    found = places_object(sentence, end)
    if found is None or _is_blocked(sentence.text, start, found[1]):
        return None
    places, after = found
    text = sentence.text
    agent = sentence.actor_after(after, BY if frame.roles == "noun_take" else TO)
    opponent = sentence.actor_after(after, BY if frame.roles == "noun_lose" else FROM)
    owner = _owner(sentence, start)
    from_actor = opponent.actors[0] if opponent else None
    if frame.roles == "noun_lose":
        loser = owner[0] if owner else from_actor
        return Parts(places, after, agent.actors if agent else (), loser) if loser else None
    if agent or owner:
        return Parts(places, after, agent.actors if agent else owner, from_actor)
    announced = _ANNOUNCED.search(text[:start])
    if announced:
        subject, refers_by = actor_subject(sentence, announced.start())
        return Parts(places, after, subject, from_actor, refers_by) if subject else None
    return Parts(places, after, (), from_actor) if _EVENT.search(text[:start]) else None


def _owner(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The side in "the army's capture of X"."""
    for phrase in sentence.actors_before(start)[:1]:
        if phrase.actors and _POSSESSIVE.fullmatch(sentence.text, phrase.end, start):
            return phrase.actors
    return ()


def _is_blocked(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end : end + _AFTER]
    return any(
        (blocker.noun and (blocker.noun.search(before) or (blocker.after and blocker.after.search(after))))
        or (blocker.sentence and blocker.sentence.search(before))
        for blocker in BLOCKERS
    )
