"""Changes that a noun names: "the capture of X by Y", "the fall of X", "Y's loss of X"."""

from geo.text.arguments import Found, places_object, pronoun_place
from geo.text.change_patterns import BLOCKERS, Frame, links
from geo.text.parts import BY, FROM, RIGHT_BY, TO, Parts
from geo.text.sentence import ATTACK, Sentence
from geo.text.subjects import actor_subject
from geo.text.verb_groups import has_happened

_EVENT, _CAME_ABOUT = links("noun_changes", "event"), links("noun_changes", "came_about")
_BY_ITSELF, _ENDED = links("noun_changes", "by_itself"), links("noun_changes", "ended")
_ANNOUNCED = links("noun_changes", "announced")
_ADMITTED, _ORDERED = links("noun_changes", "admitted"), links("noun_changes", "ordered")
_LED_TO = links("noun_changes", "led_to")
_POSSESSIVE = links("noun_changes", "possessive")
_ITS = links("noun_changes", "its")
_OWNED = links("noun_changes", "owned")
_WITH, _THEY = links("noun_changes", "with"), links("noun_changes", "they")
_COMPLETES = links("noun_changes", "completes")
_AFTER = 120


def noun_parts(sentence: Sentence, frame: Frame, start: int, end: int) -> Parts | None:
    """What the noun at start..end is found with, or None if it names nothing that happened."""
    found = (
        places_object(sentence, end)
        if sentence.text[:end].endswith((" of", " from", " in", " at", " inside", " into"))
        else _owned_place(sentence, start, end)
    )
    if found is None or _is_blocked(sentence.text, start, found[1]) or not _is_done(sentence.text, start):
        return None
    places, after = found
    text = sentence.text
    agent = sentence.actor_after(after, BY if frame.roles == "noun_take" else TO)
    opponent = sentence.loser_after(after, BY if frame.roles == "noun_lose" else FROM)
    owner = _owner(sentence, start, end)
    came_about = _CAME_ABOUT.match(text, agent.end if agent else after)
    is_event = _EVENT.search(text[:start]) is not None or came_about is not None or any(one.day for one in places)
    from_actor = opponent.actors[0] if opponent else None
    admitted = _ADMITTED.search(text[:start])
    if admitted and not from_actor:
        from_actor = next(iter(actor_subject(sentence, admitted.start())[0]), None)
    if frame.roles == "noun_leave":
        is_event = is_event or (bool(owner) and _ENDED.search(text[: _owner_at(sentence, start)]) is not None)
        return _left(sentence, start, found, owner, is_event)
    if frame.roles == "noun_lose":
        announced = _ANNOUNCED.search(text[:start]) if not owner and not opponent else None
        owner = actor_subject(sentence, announced.start())[0] if announced else owner
        loser = owner[0] if owner else from_actor
        return Parts(places, after, agent.actors if agent else (), loser) if loser or agent or is_event else None
    after = came_about.end() if came_about else after
    if agent or owner:
        return Parts(places, after, agent.actors if agent else owner, from_actor)
    attackers = _attackers(sentence, start) or (_now(sentence, start, after) if frame.roles == "noun_take" else ())
    if attackers:
        return Parts(places, after, attackers, from_actor)
    announced = _ANNOUNCED.search(text[:start])
    if announced:
        subject, refers_by = actor_subject(sentence, announced.start())
        return Parts(places, after, subject, from_actor, refers_by)
    return Parts(places, after, (), from_actor) if is_event or admitted else None


def _left(sentence: Sentence, start: int, found: Found, owner: tuple[str, ...], is_event: bool) -> Parts | None:
    """Who left, of "rebels announced their withdrawal from X" and "after the withdrawal of rebels from X"."""
    announced = next(
        (said for of in (_ANNOUNCED, _ADMITTED, _ORDERED) if (said := of.search(sentence.text[:start]))), None
    )
    if not is_event and not announced:
        return None
    subject, refers_by = actor_subject(sentence, announced.start()) if announced else ((), "")
    losers = owner or subject
    taker = sentence.attacker_after(found[1])
    if not losers and not refers_by:
        return None
    return Parts(*found, taker.actors if taker else (), losers[0] if losers else None, "" if losers else refers_by)


def _owned_place(sentence: Sentence, start: int, end: int) -> Found | None:
    """The place in "X's capture", "its capture", "the town's capture" and "The recapture came a day later"."""
    its = _ITS.search(sentence.text[:start])
    by = sentence.actor_after(end, RIGHT_BY)
    is_alone = _BY_ITSELF.search(sentence.text[:start]) and _CAME_ABOUT.match(sentence.text, by.end if by else end)
    if its or is_alone:
        noun = its["it"].lower().removeprefix("the ") if its else "its"
        return pronoun_place("it" if noun == "its" else noun[:-2]), end
    phrase = next(iter(sentence.places_before(start)), None)
    return (phrase.places, end) if phrase and _OWNED.fullmatch(sentence.text, phrase.end, start) else None


def _owner(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    """The side in "the army's capture of X" and in "the entry of the army into X"."""
    inside = next((phrase.actors for phrase in sentence.actors if start < phrase.start < end and phrase.actors), ())
    if inside:
        return inside
    for phrase in sentence.actors_before(start)[:1]:
        if phrase.actors and _POSSESSIVE.fullmatch(sentence.text, phrase.end, start):
            return phrase.actors
    return ()


def _owner_at(sentence: Sentence, start: int) -> int:
    """Where the words before a noun begin that name the side whose deed it is."""
    return next((phrase.start for phrase in sentence.actors_before(start)[:1]), start)


def _attackers(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The side whose attack led to what a noun names: "an army offensive resulted in the capture of X"."""
    led = _LED_TO.search(sentence.text[:start])
    for phrase in sentence.actors_before(led.start())[:1] if led else ():
        if phrase.actors and ATTACK.match(sentence.text, phrase.end):
            return phrase.actors
    return ()


def _now(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    """The side of which more is said after "with the capture of X, "."""
    following = next((phrase for phrase in sentence.actors if phrase.start >= end), None)
    is_next = (
        following is not None
        and _WITH.search(sentence.text[:start])
        and _THEY.fullmatch(sentence.text, end, following.start)
    )
    return following.actors if following and is_next else ()


def _is_done(text: str, start: int) -> bool:
    """Whether the verb whose object the noun at `start` is says that it happened: not "failed to complete the"."""
    verb = _COMPLETES.search(text, 0, start)
    return verb is None or has_happened(text, *verb.span("verb"))


def _is_blocked(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end : end + _AFTER]
    return any(
        (blocker.noun and (blocker.noun.search(before) or (blocker.after and blocker.after.search(after))))
        or (blocker.sentence and blocker.sentence.search(before))
        for blocker in BLOCKERS
    )
