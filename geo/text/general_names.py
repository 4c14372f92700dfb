"""Words such as "soldiers" that can mean a side by themselves, where they only say of what another side is made."""

import re
from itertools import zip_longest

from geo.text.actors import ActorMention

_OF = re.compile(r"\s+(?:of|loyal to|belonging to)\s+(?:the\s+)?")


def without_heads(words: str, found: list[ActorMention]) -> list[ActorMention]:
    """The sides that a sentence names without the first of "soldiers of the rebels". found: these, in order."""
    pairs = zip_longest(found, found[1:])
    return [one for one, other in pairs if other is None or not _is_head(words, one, other)]


def _is_head(words: str, one: ActorMention, other: ActorMention) -> bool:
    return words[one.start + 1 : one.end].islower() and _OF.fullmatch(words, one.end, other.start) is not None
