"""People that a text names: who is once "John Manchester" is no city when he is "Manchester"."""

from collections.abc import Mapping

from geo.text.name_facts import GIVEN_NAMES, NameBook
from geo.text.surroundings import WORDS, Span, is_upper, names_a_thing
from geo.text.tokens import Words, cached_key

_LARGE, _VERY_LARGE = 100_000, 1_000_000


def family_names(words: Words, book: NameBook, first_of: Mapping[int, Span]) -> frozenset[str]:
    """Keys of the family names of people that the text names in full or with a title.

    first_of: the names of places in the text, by the position of their first word.
    """
    people = set[str]()
    for position in words.capitalised:
        word = words.texts[position]
        if position + 1 == len(words) or not word[0].isupper():
            continue
        key = cached_key(word)
        if key in GIVEN_NAMES or key in WORDS["titles"]:
            family = _family_name(words, book, first_of, position, key)
            if family:
                people.add(family)
        if words.texts[position + 1] in WORDS["says"] and words.gap(position) == " ":
            facts = book.facts(key)
            if facts and not facts.is_area and facts.population < _LARGE:
                people.add(key)
    return frozenset(people)


def _family_name(words: Words, book: NameBook, first_of: Mapping[int, Span], position: int, key: str) -> str:
    """The key of the name after a given name or a title, "" if it is none."""
    following = position + 1
    if words.gap(position) not in (" ", ". ") or not is_upper(words.texts[following]):
        return ""
    if len(words.texts[following]) == 1 and following + 1 < len(words) and words.gap(following) == ". ":
        following += 1
    other = cached_key(words.texts[following])
    if key in GIVEN_NAMES and (book.facts(f"{key} {other}") or names_a_thing(other)):
        return ""
    facts = book.facts(other)
    if facts and (facts.is_area or facts.population >= _VERY_LARGE):
        return ""
    if position in first_of and first_of[position].next > position + 1:
        return ""
    return other
