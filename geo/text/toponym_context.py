"""What stands around a name in a text, and what it makes of it: a place, or part of another name.

The word lists are in `toponym_context.toml`.
"""

import re
from typing import NamedTuple

from geo.places.gazetteer import Candidate
from geo.places.names import name_key
from geo.places.world import region_names
from geo.text.data import read_data
from geo.text.tokens import Token

_DATA = read_data("toponym_context.toml")
_WORLD = _DATA["world"]


def _words(section: str, entry: str) -> frozenset[str]:
    return frozenset(_DATA[section][entry].split())


NEUTRAL_WORDS = _words("world", "neutral_words")
_TITLES = _words("person", "titles")
_GIVEN_NAMES = _words("person", "given_names")
_ORGANISATION_WORDS = _words("organisation", "words")
_NOT_CITIES = (_words("world", "other_words") | frozenset(_WORLD["other_phrases"]) | region_names()) - frozenset(
    _WORLD["cities_named_like_a_region"]
)

JOINS_NAME = re.compile(r"[ \t\u00a0]*(?:\r?\n[ \t]*)?|[ \t]?[-‐‑–/][ \t]?")
"""What may stand between two words of one name: spaces, at most one line break, a hyphen or a slash."""
POSSESSIVE = re.compile(r"['’][sS]$")
_JOINS_TITLE = re.compile(r"\.?[ \u00a0]")
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?(?:of\s+)?")
_LIES_IN = re.compile(r",?\s+in\s+(?:the\s+)?(?:\w+\s+)?|,\s+|\s+\w+\s+(?:of|in)\s+|\s+\(")


class Span(NamedTuple):
    """A name in a text: character offsets, and the index of its first token and of the token after it."""

    start: int
    end: int
    first_token: int
    next_token: int


def is_part_of_other_name(text: str, tokens: list[Token], span: Span) -> bool:
    """Whether the words around a name make it a person's or an organisation's."""
    before = _before(tokens, span)
    if before and before.key in _TITLES and _JOINS_TITLE.fullmatch(text, before.end, span.start):
        return before.text[0].isupper()
    previous, following = _neighbours(text, tokens, span)
    if previous and previous.text[0].isupper() and previous.key in _GIVEN_NAMES:
        return True
    if following is None or not following.text[0].isupper():
        return False
    is_given_name = name_key(text[span.start : span.end]) in _GIVEN_NAMES
    return is_given_name or following.key in _ORGANISATION_WORDS


def _before(tokens: list[Token], span: Span) -> Token | None:
    """The last word that ends before a name, whose own article is no such word."""
    before = span.first_token - 1
    while before >= 0 and tokens[before].end >= span.start:
        before -= 1
    return tokens[before] if before >= 0 else None


def _neighbours(text: str, tokens: list[Token], span: Span) -> tuple[Token | None, Token | None]:
    """The words before and after a name that could be words of one name with it."""
    previous = _before(tokens, span)
    following = tokens[span.next_token] if span.next_token < len(tokens) else None
    if previous and not JOINS_NAME.fullmatch(text, previous.end, span.start):
        previous = None
    if following and not JOINS_NAME.fullmatch(text, span.end, following.start):
        following = None
    return previous, following


def plausible(text: str, tokens: list[Token], span: Span, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that a name in this place of the text can mean: the dataset's, and large ones of the world."""
    if any(candidate.place.in_dataset for candidate in candidates):
        return [candidate for candidate in candidates if candidate.place.in_dataset]
    toponym = text[span.start : span.end]
    key = name_key(toponym)
    is_short = toponym.isascii() and len(key) < _WORLD["min_letters"]
    if is_short or key in _NOT_CITIES or toponym.isupper():
        return []
    if any(token and _continues_name(token) for token in _neighbours(text, tokens, span)):
        return []
    populated = [candidate for candidate in candidates if candidate.place.feature_code.startswith("PPL")]
    return [candidate for candidate in populated if _is_large(candidate, is_only=len(populated) == 1)]


def _continues_name(neighbour: Token) -> bool:
    """Whether a word beside a name is written as a name too and so makes it part of a longer one."""
    own = POSSESSIVE.sub("", neighbour.text)
    return own == neighbour.text and neighbour.text[0].isupper() and neighbour.key not in NEUTRAL_WORDS


def _is_large(candidate: Candidate, is_only: bool) -> bool:
    if candidate.match == "exact":
        return bool(candidate.place.population >= _WORLD["min_population_name"])
    return is_only and candidate.match == "alias" and bool(candidate.place.population >= _WORLD["min_population_alias"])


def container(text: str, spans: list[Span], position: int) -> tuple[str, ...]:
    """The name beside this one that the text makes its container: "Aleppo's Hanano", "Hanano, Aleppo"."""
    span = spans[position]
    if position and _OWNS.fullmatch(text, spans[position - 1].end, span.start):
        before = spans[position - 1]
        return (text[before.start : before.end],)
    if position + 1 < len(spans) and _LIES_IN.fullmatch(text, span.end, spans[position + 1].start):
        after = spans[position + 1]
        return (text[after.start : after.end],)
    return ()
