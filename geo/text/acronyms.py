"""Short forms of sides that a text itself gives: after "the Border Guard (BG)" BG is that side."""

import re
from collections.abc import Callable, Iterable, Mapping

from geo.text.actors import ActorMention

_ACRONYM = re.compile(r"\s\((?P<letters>[A-Z]{2,7})\)")


def acronyms(sentences: Iterable[str], find: Callable[[str], list[ActorMention]]) -> dict[str, str]:
    """Short form -> actor_id, of those that no lexicon knows. find: the sides that some words name."""
    known: dict[str, str] = {}
    for words in sentences:
        for match in _ACRONYM.finditer(words):
            actor = next((one.actor_id for one in find(words) if one.end == match.start() and not one.holds), None)
            if actor and not find(match["letters"]):
                known.setdefault(match["letters"], actor)
    return known


def with_acronyms(words: str, found: list[ActorMention], known: Mapping[str, str]) -> list[ActorMention]:
    """The sides that a sentence names, also by short forms, in order. found: without these."""
    if not known:
        return found
    mentions = list(found)
    for letters, actor_id in known.items():
        for match in re.finditer(rf"(?<![\w-]){letters}(?![\w-])", words):
            if all(match.end() <= one.start or one.end <= match.start() for one in mentions):
                mentions.append(ActorMention(*match.span(), actor_id, False))
    return sorted(mentions, key=lambda one: one.start)
