"""Names that no gazetteer has, in lists: "in Mayom, Abiemnhom and Ayod", "the Al Ghayl and Al Maton districts"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geo.text.data import read_data
from geo.text.name_facts import FAMILY_NAMES, GIVEN_NAMES, frequency
from geo.text.names_in_text import Name
from geo.text.tokens import Words

_WORDS = {name: frozenset(words.split()) for name, words in read_data("recognition.toml")["words"].items()}
_AND = ("and", "or")
_LONGEST_PARTICLE = 3
_KINDS_OF_PLACES = ("place", "unlisted")


class Run(NamedTuple):
    """Words with a capital in a row, by the positions of the first and the last."""

    first: int
    last: int


def is_strange(words: Words, first: int, last: int) -> bool:
    """Whether words with a capital are nothing that we know: no words of English, no names of people, no initials."""
    is_name = False
    for position in range(first, last + 1):
        word, key = words.texts[position], words.key(position)
        if len(word) <= _LONGEST_PARTICLE:
            if key not in _WORDS["particles"]:
                return False
        elif word.isupper() or frequency(key) or key in GIVEN_NAMES or key in FAMILY_NAMES:
            return False
        else:
            is_name = True
    return is_name


def in_lists(words: Words, places: Sequence[Name], runs: Sequence[Run]) -> list[Run]:
    """Those of the runs that a list of places makes places.

    places: what is known to name a place. A list goes on after a place, up to its "and"; and it goes back from the
    last place before "districts", "villages" and the like. Words that end a longer name elsewhere are a person's.
    """
    if not runs:
        return []
    people = set(_ends_of_names(words))
    candidates = [run for run in runs if run.first < run.last or words.key(run.last) not in people]
    listed = [place for place in places if place.kind in _KINDS_OF_PLACES]
    ends = {place.end for place in listed}
    found = []
    for one in candidates:
        if _end_before(words, one.first) in ends and (_is_last(words, one.first) or _goes_on(words, one.last)):
            found.append(one)
            ends.add(words.ends[one.last])
    starts = set[int]()
    going: list[tuple[int, int | None, Run | None]]
    going = [(place.start, _word_at_end(words, place.end), None) for place in listed]
    going += [(words.starts[run.first], run.last, run) for run in candidates]
    for start, last, run in sorted(going, key=lambda one: one[0], reverse=True):
        if last is not None and (_is_closed(words, last) or _start_after(words, last) in starts):
            starts.add(start)
            if run is not None and run not in found:
                found.append(run)
    return sorted(found)


def _ends_of_names(words: Words) -> Iterator[str]:
    """Keys of the words that follow another word with a capital, as a family name does."""
    capitalised = set(words.capitalised)
    for position in words.capitalised:
        if position - 1 in capitalised and words.gap(position - 1) == " " and not words.starts_sentence(position - 1):
            yield words.key(position)


def _is_last(words: Words, first: int) -> bool:
    return first > 0 and words.texts[first - 1] in _AND


def _end_before(words: Words, first: int) -> int | None:
    """Where the name before a name in a list ends; None if it stands in none."""
    if _is_last(words, first) and first > 1 and words.gap(first - 2) in (" ", ", "):
        return words.ends[first - 2]
    return words.ends[first - 1] if first and words.gap(first - 1) == ", " else None


def _start_after(words: Words, last: int) -> int | None:
    """Where the name after a name in a list starts; None if it stands in none."""
    following = last + 1
    if following >= len(words):
        return None
    if words.texts[following] in _AND and words.gap(last) in (" ", ", "):
        return words.starts[following + 1] if following + 1 < len(words) else None
    return words.starts[following] if words.gap(last) == ", " else None


def _goes_on(words: Words, last: int) -> bool:
    """Whether another word with a capital follows in the list."""
    start = _start_after(words, last)
    return start is not None and words.text[start].isupper()


def _is_closed(words: Words, last: int) -> bool:
    """Whether a word such as "districts" follows a name."""
    return last + 1 < len(words) and words.gap(last) == " " and words.key(last + 1) in _WORDS["kinds_in_plural"]


def _word_at_end(words: Words, end: int) -> int | None:
    position = bisect_left(words.ends, end)
    return position if position < len(words) and words.ends[position] == end else None
