"""Places that one sentence tells to be taken and taken back: "A, which had fallen on 2 May, was recaptured"."""

from collections.abc import Sequence
from itertools import groupby

from geo.text.change_patterns import links
from geo.text.sentence_changes import Change
from geo.text.unnamed import PRONOUNS

_AGAIN = links("sides", "again")
_BY_NOBODY = ("take", "fall")
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


def _takes_back(one: Change, other: Change) -> bool:
    """Whether a change tells that the place of one before it was taken again."""
    if other.position <= one.position or other.frame.roles not in _BY_NOBODY or not _AGAIN.search(other.words):
        return False
    is_same = one.place and other.place and one.place.key == other.place.key
    return bool(is_same) or (other.place is None and other.noun in _OF_ITSELF)
