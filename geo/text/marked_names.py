"""Names that a person has marked as places': looked up by what is written there, whatever stands around them."""

from collections.abc import Iterable, Iterator

from geo.places.names import WORD, name_key, respelled, word_key
from geo.text.data import read_data
from geo.text.name_facts import NameBook, NameFacts
from geo.text.names_in_text import Name
from geo.text.recognition import Recogniser, full_name

_GENERIC = frozenset(read_data("recognition.toml")["words"]["generic"].split())
_SECOND_DIVISIONS = ("county", "parish", "borough")
_SHORT = {"co": "county", "twp": "township", "par": "parish"}
_LEAST_PART = 4


def with_marked(recogniser: Recogniser, text: str, offsets: Iterable[tuple[int, int]]) -> list[Name]:
    """The marked names, and of those that the recogniser finds the ones that overlap none of them, in order.

    offsets: character offsets, without overlaps.
    """
    marked = sorted(offsets)
    found = recogniser.names(text)
    as_found = {(name.start, name.end): name for name in found}
    names = []
    for start, end in marked:
        own = as_found.get((start, end))
        names.append(own if own and own.facts else _looked_up(recogniser, text, start, end))
    others = [name for name in found if not any(start < name.end and name.start < end for start, end in marked)]
    return sorted([*names, *others], key=lambda name: name.start)


def with_more(recogniser: Recogniser, text: str, names: list[Name], offsets: Iterable[tuple[int, int]]) -> list[Name]:
    """The names, and those at the offsets that overlap none of them, in order."""
    found = list(names)
    for start, end in offsets:
        if start < end and not any(start < name.end and name.start < end for name in found):
            found.append(_looked_up(recogniser, text, start, end))
    return sorted(found, key=lambda name: name.start)


def _looked_up(recogniser: Recogniser, text: str, start: int, end: int) -> Name:
    written = text[start:end]
    keys = [key for key in map(word_key, WORD.findall(written)) if key]
    if keys and keys[-1] in _SHORT:
        keys = [*keys[:-1], _SHORT[keys[-1]]]
    feature = "ADM2" if keys and keys[-1] in _SECOND_DIVISIONS else ""
    for key in _keys(recogniser, written, keys):
        facts = recogniser.book.facts(key)
        if facts:
            return Name(start, end, key, "place", "" if key == " ".join(keys) else feature, facts)
    part = _longest_part(recogniser.book, keys)
    return Name(start, end, part[0], "place", feature, part[1]) if part else _unlisted(start, end, keys)


def _keys(recogniser: Recogniser, written: str, keys: list[str]) -> Iterator[str]:
    """Keys by which the whole name may be known."""
    whole = " ".join(keys)
    yield full_name(whole) or whole
    yield name_key(written)
    yield respelled(whole)
    for word in (written, written.capitalize(), written.removesuffix("s")):
        yield recogniser.people(word)


def _longest_part(book: NameBook, keys: list[str]) -> tuple[str, NameFacts] | None:
    """The longest part of a name that the gazetteer has, the first of equal ones."""
    for length in range(len(keys) - 1, 0, -1):
        for first in range(len(keys) - length + 1):
            part = keys[first : first + length]
            key = " ".join(part)
            facts = None if set(part) <= _GENERIC or len(key) < _LEAST_PART else book.facts(key)
            if facts:
                return key, facts
    return None


def _unlisted(start: int, end: int, keys: list[str]) -> Name:
    return Name(start, end, " ".join(keys), "unlisted", "", None)
