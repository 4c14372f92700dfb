"""Changes that a verb in the active tells: "A took X from B", "B lost X to A"."""

from geo.text.arguments import places_around, places_object, places_relative
from geo.text.change_patterns import Frame, links
from geo.text.parts import FROM, TO, Parts
from geo.text.phrase_patterns import letter_pattern
from geo.text.sentence import Sentence
from geo.text.special_changes import declared_by, whose_flag
from geo.text.subjects import actor_subject, is_of_another, is_state
from geo.text.verb_groups import VerbGroup

_HAVING, _HAD_TO, _CAME_TO = (links("active_changes", name) for name in ("having", "had_to", "came_to"))
_BY_ENEMY, _RIGHT_FROM = links("active_changes", "by_enemy"), links("active_changes", "right_from")
_OFFICER_GAVE_UP = links("active_changes", "officer_gave_up")
_DATED = letter_pattern("dated")


def active_parts(sentence: Sentence, frame: Frame, group: VerbGroup, end: int) -> Parts | None:
    """What a verb that ends there says of its object; None if that is no place, or if nobody is told to act."""
    found = places_object(sentence, end) or places_around(sentence, end, frame.status)
    is_dated = _DATED.match(sentence.tags.letters, sentence.tags.number(group.start)) is not None
    comes_to = not group.is_past_perfect and _CAME_TO.search(sentence.text, 0, group.start) is not None
    relative = (
        places_relative(sentence, group.start)
        if found is None and frame.roles != "hold" and (is_dated or comes_to)
        else ()
    )
    found = (relative, end) if relative else found
    if found and frame.after:
        follows = frame.after.match(sentence.text, found[1])
        found = (found[0], follows.end()) if follows else None
    doubted = _HAVING if frame.roles == "lose" else _HAD_TO
    if found is None or doubted.search(sentence.text[group.start : end]):
        return None
    places, after = found
    subject, refers_by = actor_subject(sentence, group.start, group.is_bound)
    opponent = sentence.loser_after(end, _RIGHT_FROM) or sentence.loser_after(after, FROM)
    if frame.roles == "lose":
        receiver = sentence.actor_after(after, TO)
        taker = receiver or sentence.attacker_after(after)
        is_somebody = subject or refers_by or receiver or any(one.holder for one in places)
        is_somebody = is_somebody or _OFFICER_GAVE_UP.search(sentence.text, 0, end) is not None
        if not is_somebody or is_of_another(sentence, group, subject):
            return None
        to_actors = taker.actors if taker else ()
        return Parts(places, after, to_actors, subject[0] if subject else None, refers_by, group.is_past_perfect)
    if (not subject and not refers_by) or is_state(sentence, frame, group.start, end):
        return None
    from_actor = opponent.actors[0] if opponent else None
    enemy = _BY_ENEMY.match(sentence.text, after) if frame.after else None
    if enemy:
        return Parts(places, after, (), subject[0] if subject else None, enemy["who"], group.is_past_perfect)
    told = Parts(places, after, subject, from_actor, refers_by, group.is_past_perfect)
    if frame.frame_id == "raised_flag":
        return whose_flag(sentence, told, group.verb)
    return declared_by(sentence, told) if frame.frame_id == "declared" else told
