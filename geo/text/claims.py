"""Whose word a change is: a claim and its source, or a report in the document's own voice."""

import re
from typing import NamedTuple

from geo.text.change_patterns import CLAIM, compiled, links
from geo.text.sentence import Sentence

_BEFORE = links("claims", "before")
_ACCORDING = links("claims", "according_to")
_AFTER = links("claims", "after")
_SAID_BY = links("claims", "said_by")
_ANY_VERB = links("claims", "any_verb")
_HEDGE = compiled(CLAIM["hedge"])
_HEDGED_NOTE = links("claims", "hedged_note")
_CONFIRMED = compiled(CLAIM["confirmed"])
_CLAUSE_END = re.compile(r";|\s[–—]\s|, (?:while|but|although|however)\b")
_REPORTED_AFTER = links("claims", "reported_after")


_NEAR = 350


class Claim(NamedTuple):
    """Whether a change is claimed, and by whom: an actor_id, the name of a source, or None if it is not said."""

    is_claimed: bool
    claimed_by: str | None


def read_claim(sentence: Sentence, position: int, end: int) -> Claim:
    """Whose word the change is that the verb at a position of a sentence reports; end: of its object."""
    text = sentence.text
    first, last = max(0, position - _NEAR), min(len(text), end + _NEAR)
    start = max((match.end() for match in _CLAUSE_END.finditer(text, first, position)), default=first)
    stop = next((match.start() for match in _CLAUSE_END.finditer(text, end, last)), last)
    before, after = text[start:position], text[end:stop]
    head = text[: min(start, _NEAR)]
    for found in (
        _ACCORDING.match(head),
        _ACCORDING.search(before),
        _ACCORDING.search(after),
        _AFTER.search(after),
        _SAID_BY.search(after),
        _BEFORE.search(before),
    ):
        if found:
            return Claim(True, _claimant(sentence, found))
    if text[position : position + 8].lower() == "claimed ":
        return Claim(True, _actor_by(sentence, position))
    is_hedged = (
        _HEDGE.search(before)
        or _HEDGED_NOTE.search(before)
        or _REPORTED_AFTER.search(after)
        or _ANY_VERB.search(before)
    )
    return Claim(is_hedged is not None and _CONFIRMED.search(before) is None, None)


def _actor_by(sentence: Sentence, position: int) -> str | None:
    """The actor that a passive "claimed by" names."""
    return next((phrase.actors[0] for phrase in sentence.actors if phrase.actors and phrase.start > position), None)


def _claimant(sentence: Sentence, found: re.Match[str]) -> str:
    if found["actor"]:
        return sentence.clauses.actors[int(found["actor"])].actor_id
    words = re.sub(r"<[ADHP]\d+>-?", "", found["source"]).strip()
    return re.sub(r"^the ", "", " ".join(words.split()), flags=re.IGNORECASE) or "source"
