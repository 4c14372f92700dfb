"""Places that one sentence tells to be taken and taken back: "A, which had fallen on 2 May, was recaptured"."""

from collections.abc import Sequence
from itertools import groupby

from geo.text.change_patterns import links
from geo.text.sentence_changes import Change
from geo.text.unnamed import PRONOUNS

_AGAIN = links("sides", "again")
_BY_NOBODY = ("take", "fall")
_CHANGED_HANDS = "changed_hands_again"
_OF_ITSELF = (*PRONOUNS, "town", "city", "village")


def reversals(changes: Sequence[Change]) -> dict[tuple[int, int], Change]:
    """Of changes by nobody named, by sentence and position, the one of their sentence that undoes them."""
    found = {}
    for _, group in groupby(changes, key=lambda change: change.sentence):
        told = [change for change in group if change.kind == "change"]
        for number, one in enumerate(told):
            back = next((other for other in told[number + 1 :] if _takes_back(one, other)), None)
            if back and one.frame.roles in _BY_NOBODY and not (one.to_actors or one.from_actor):
                found[one.sentence, one.position] = back
    return found


def completions(changes: Sequence[Change]) -> dict[tuple[int, int], str]:
    """Who encircled or entered a place that its sentence tells to be taken then: "was encircled and stormed by A"."""
    found = {}
    for one in changes:
        if one.frame.roles in _BY_NOBODY and one.frame.status != "controlled" and not (one.to_actors or one.from_actor):
            here = (other for other in changes if other.sentence == one.sentence)
            taker = next((other.to_actors[0] for other in here if one.place and _names_taker(one, other)), None)
            if taker and not one.refers_by:
                found[one.sentence, one.position] = taker
    return found


def without_told_twice(changes: list[Change]) -> list[Change]:
    """The changes of a sentence without "changed hands" where it tells who took the place then: "when A seized it"."""
    return [
        one
        for one in changes
        if one.frame.frame_id != _CHANGED_HANDS or not any(_names_taker(one, other) for other in changes)
    ]


def _names_taker(one: Change, other: Change) -> bool:
    is_later = other.position > one.position and not _AGAIN.search(other.words)
    return is_later and bool(other.to_actors) and _is_same(one, other)


def _takes_back(one: Change, other: Change) -> bool:
    """Whether a change tells that the place of one before it was taken again."""
    if other.position <= one.position or other.frame.roles not in _BY_NOBODY or not _AGAIN.search(other.words):
        return False
    return _is_same(one, other)


def _is_same(one: Change, other: Change) -> bool:
    """Whether the place of a change is that of one before it."""
    is_same = one.place and other.place and one.place.key == other.place.key
    return bool(is_same) or (other.place is None and other.noun in _OF_ITSELF)
