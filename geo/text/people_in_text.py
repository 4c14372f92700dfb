"""People that a text names: who is once "John Manchester" is no city when he is "Manchester"."""

from collections.abc import Collection, Iterator, Mapping

from geo.text.name_facts import GIVEN_NAMES, NameBook
from geo.text.surroundings import WORDS, Around, Span, is_upper, names_a_thing
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


def person_signals(span: Span, around: Around, people: Collection[str]) -> Iterator[tuple[str, float]]:
    """The signals that a name is a person's. people: keys of the names that the text gives to persons."""
    facts = span.facts
    if span.next - span.first != 1 or span.form != "place" or facts.in_dataset:
        return
    if facts.is_given and (not facts.is_area or around.before_key in WORDS["says"]):
        yield "given_name", 1
    if facts.is_given and around.after and is_upper(around.after) and around.gap_after == " ":
        key = around.after_key
        if not (key in WORDS["after"] or key in WORDS["divisions"] or names_a_thing(key)):
            yield "given_name_of_person", 1
    if facts.is_family and not facts.is_area:
        yield "family_name", 1
    says = around.after_key in WORDS["says"] or around.before_key in WORDS["says"]
    if says and (facts.is_given or (facts.is_family and not facts.is_area)):
        yield "speaks", 1
    if span.key in people and not facts.is_area:
        yield "person", 1
