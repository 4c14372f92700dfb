"""A name of the gazetteer in a text, and the words beside it."""

from typing import NamedTuple

from geo.text.data import read_data
from geo.text.name_facts import NameFacts
from geo.text.tokens import Words, cached_key

WORDS = {name: frozenset(words.split()) for name, words in read_data("recognition.toml")["words"].items()}
"""The word lists of `recognition.toml`."""


class Span(NamedTuple):
    """A name of the gazetteer in a text.

    start, end: character offsets. first, next: the positions of its first word and of the word after it.
    key: the key to look it up by. form: place, abbreviation or demonym.
    """

    start: int
    end: int
    first: int
    next: int
    key: str
    form: str
    facts: NameFacts


class Around(NamedTuple):
    """The words beside a name on its line: "" where there is none or a mark stands between."""

    before: str
    after: str
    before_key: str
    after_key: str
    gap_before: str
    gap_after: str


def words_beside(words: Words, span: Span) -> Around:
    """The words beside a name."""
    first = span.first
    if first and span.start < words.starts[first] and words.starts[first - 1] >= span.start:
        first -= 1
    gap_before, gap_after = words.gap(first - 1), words.gap(span.next - 1)
    before = words.texts[first - 1] if first and gap_before in (" ", ". ", "-", "\u00a0") else ""
    after = words.texts[span.next] if span.next < len(words) and gap_after in (" ", "-", "\u00a0") else ""
    return Around(
        before,
        after,
        cached_key(before) if before else "",
        cached_key(after) if after else "",
        gap_before,
        gap_after,
    )


def names_a_thing(key: str) -> bool:
    """Whether a word makes a thing's name of the word before it rather than a person's."""
    return any(
        key in WORDS[words]
        for words in (
            "organisations",
            "streets",
            "newspapers",
            "teams",
            "features",
            "divisions",
            "settlements",
            "after",
        )
    )


def hyphened(words: Words, position: int) -> int | None:
    """The word with a capital that small words join to this one: Craven in "Thornton-in-Craven"; None if none does."""
    following = position + 1
    while following < len(words) and words.gap(following - 1) == "-" and words.texts[following] in WORDS["joining"]:
        following += 1
    if following == position + 1 or following >= len(words) or words.gap(following - 1) != "-":
        return None
    return following if is_upper(words.texts[following]) else None


def is_upper(word: str) -> bool:
    """Whether a word begins with a capital letter, which no word of a script without capitals does."""
    return word[0].isupper()


def is_district(words: Words, span: Span) -> bool:
    """Whether "District" ends the name of a district, and does not begin that of its court."""
    following = span.next + 1
    if words.key(span.next) not in WORDS["districts"] or words.gap(span.next - 1) != " ":
        return False
    return following >= len(words) or words.gap(span.next) != " " or not is_upper(words.texts[following])


def heads_organisation(words: Words, position: int) -> bool:
    """Whether the capitalised words from here on, at most two, end a name of an organisation or a team."""
    for following in range(position, min(position + 2, len(words))):
        if words.gap(following - 1) != " " or not is_upper(words.texts[following]):
            return False
        if words.key(following) in WORDS["organisations"] | WORDS["teams"] | WORDS["newspapers"]:
            return True
    return False


def is_dateline(words: Words, span: Span, around: Around) -> bool:
    """Whether a name begins the text, or in capitals a line of it, before a dash or a news agency in brackets."""
    is_capitals = words.text[span.start : span.end].isupper()
    is_first = span.first == 0 or (is_capitals and "\n" in around.gap_before)
    return is_first and around.gap_after.strip() in ("-", "–", "—", "--", "(", ":")[: 6 if is_capitals else 5]
