"""Places that share the noun after the last of them: "the Aleppo and Hama airports", "the A, B and C hills"."""

import re
from collections.abc import Sequence

from geo.text.change_patterns import expand
from geo.text.clauses import PlaceMention

_KINDS = expand(r"(?:{purpose} )?(?:{shared})")
_NOUN_AFTER, _NOUN_WITHIN = re.compile(rf" (?P<noun>{_KINDS})\b", re.I), re.compile(rf" (?P<noun>{_KINDS})$", re.I)
_AND, _COMMA = re.compile(",? and "), ", "
_THE = re.compile(r"\b[Tt]he (?:\w+ )?$")
# Of which one place can have several: "X and the Y hills".
_OFTEN_SEVERAL = re.compile(r"\b(?:hills|heights|mountains|farms|fields|mines|wells|silos|camps)$", re.I)
_SAME = re.compile("(?:farm|height|silo|mine|barrack|crossroad|work)s$", re.I)
_Y, _S = re.compile("ies$"), re.compile("(?<=ss)es$|s$")


def with_shared_nouns(words: str, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places of a sentence, in order, each called by the noun that stands for all of its list."""
    found = list(places)
    for last, place in enumerate(places):
        noun = _noun_of(words, place)
        first = _first_of_list(words, places, last) if noun else last
        if noun is None or first == last:
            continue
        if not _THE.search(words[: places[first].start]) and _OFTEN_SEVERAL.search(noun):
            continue
        end = max(place.end, place.start + len(_own(place)) + 1 + len(noun))
        for number in range(first, last + 1):
            name = f"{_own(places[number])} {singular(noun)}"
            stop = end if number == last else places[number].end
            found[number] = PlaceMention(places[number].start, stop, name, "", "")
    return found


def singular(noun: str) -> str:
    """The singular of a noun in the plural: "oil field"; of those that are mostly in the plural, the plural."""
    if _SAME.search(noun):
        return noun
    return _Y.sub("y", noun) if _Y.search(noun) else _S.sub("", noun)


def _noun_of(words: str, place: PlaceMention) -> str | None:
    """The noun in the plural with which a place's name ends or that stands right after it."""
    found = _NOUN_WITHIN.search(place.toponym) or _NOUN_AFTER.match(words, place.end)
    return found["noun"] if found else None


def _own(place: PlaceMention) -> str:
    """The name of a place without the noun."""
    return _NOUN_WITHIN.sub("", place.toponym)


def _first_of_list(words: str, places: Sequence[PlaceMention], last: int) -> int:
    """The number of the first place of a list that ends with "and" and another."""
    first = last
    while first and _is_joined(words, places[first - 1], places[first], first == last):
        first -= 1
    return first


def _is_joined(words: str, one: PlaceMention, other: PlaceMention, is_last: bool) -> bool:
    between = words[one.end : other.start]
    return _AND.fullmatch(between) is not None if is_last else between == _COMMA
