"""Changes that a verb in the passive tells: "X was taken by A from B", "X was lost by B to A"."""

from geo.text.arguments import places_included
from geo.text.change_patterns import Frame, links
from geo.text.clauses import PlaceMention
from geo.text.listed_places import ListedPlace
from geo.text.parts import BY, FROM, RIGHT_BY, TO, Parts
from geo.text.place_subjects import subject_places
from geo.text.sentence import Sentence
from geo.text.sieges import places_trapped
from geo.text.verb_groups import VerbGroup

_STRANGER = links("passive_changes", "stranger")


def passive_parts(
    sentence: Sentence, frame: Frame, group: VerbGroup, end: int, default: PlaceMention | None
) -> Parts | None:
    """What a verb that ends there says of its subject; None if that is no place, or if the frame needs more words.

    default: the place of a verb without a subject.
    """
    places = subject_places(sentence, group, default) or places_included(sentence, group.start, end)
    trapped = places_trapped(sentence, group.start, end) if frame.status == "besieged" and not places else None
    if trapped:
        told = passive_parts_of(sentence, frame, trapped[0], end, group.is_past_perfect)
        return told._replace(from_actor=trapped[1])
    follows = frame.after.match(sentence.text, end) if frame.after else None
    if not places or (frame.after and not follows):
        return None
    return passive_parts_of(sentence, frame, places, follows.end() if follows else end, group.is_past_perfect)


def passive_parts_of(
    sentence: Sentence, frame: Frame, places: tuple[ListedPlace, ...], end: int, is_past_perfect: bool
) -> Parts:
    """What a participle that ends there says of places: who took them and who lost them, as far as it is told."""
    agent, attacker = sentence.actor_after(end, BY), sentence.attacker_after(end)
    told = Parts(places, end, is_past_perfect=is_past_perfect, is_passive=True)
    if frame.roles == "lose":
        agent = None if agent and attacker and agent.start == attacker.start else agent
        taker = sentence.actor_after(end, TO) or attacker
        agent = agent or (None if taker else sentence.leaver_after(end))
        return told._replace(to_actors=taker.actors if taker else (), from_actor=agent.actors[0] if agent else None)
    agent = agent or attacker
    opponent = sentence.loser_after(end, FROM) or (None if agent else sentence.leaver_after(end))
    if opponent and agent and opponent.start == agent.start:
        opponent = None
    from_actor = opponent.actors[0] if opponent else None
    if agent is None:
        stranger = _STRANGER.match(sentence.text, end)
        refers_by = sentence.troops_after(end, RIGHT_BY) or (stranger[0].strip() if stranger else "")
        return told._replace(from_actor=from_actor, refers_by=refers_by)
    return told._replace(to_actors=agent.actors, from_actor=from_actor)
