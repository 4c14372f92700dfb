"""Place names in texts: found by the longest match over a gazetteer's names, and resolved with it.

A name of the dataset counts wherever it is written as a name. A place of the world counts only if it is large and
nothing beside it says that it is part of a longer name; `toponym_context` says so.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import pandas as pd

from geo.places.gazetteer import Candidate, Gazetteer
from geo.schema import COLUMNS, conform
from geo.text.tokens import Token, cached_key, tokenize
from geo.text.toponym_context import (
    JOINS_NAME,
    NEUTRAL_WORDS,
    POSSESSIVE,
    Span,
    container,
    is_part_of_other_name,
    plausible,
)

Focus = Collection[str]
_ARABIC_PREFIX = re.compile("(?:لل|[وفبكل])(?=[\u0620-\u064a]{3})")


class Toponyms(NamedTuple):
    """What the place names of documents are: tables `mentions` and `candidates`."""

    mentions: pd.DataFrame
    candidates: pd.DataFrame


def find_mentions(documents: pd.DataFrame, gazetteer: Gazetteer, focus: Focus | None = None) -> pd.DataFrame:
    """The places that documents name: the table `mentions` of `read_toponyms`."""
    return read_toponyms(documents, gazetteer, focus).mentions


def find_candidates(documents: pd.DataFrame, gazetteer: Gazetteer, focus: Focus | None = None) -> pd.DataFrame:
    """The places that each mention can mean: the table `candidates` of `read_toponyms`."""
    return read_toponyms(documents, gazetteer, focus).candidates


def read_toponyms(documents: pd.DataFrame, gazetteer: Gazetteer, focus: Focus | None = None) -> Toponyms:  # noqa: ARG001
    """The places that documents name, and for each name the places that it can mean.

    documents: columns document_id and text; rows are read in their order.
    focus: ISO 3166-1 alpha-2 codes of the countries that the documents are about, or None.
    Rows are ordered by document and by start; mentions do not overlap, and `text[start:end] == toponym`, with
    offsets in characters of the document's text. A possessive ending is not part of the toponym. Names of
    people ("Zaid al-Saleh"), of organisations ("Aleppo Media Centre") and of a people ("Syrian") are no
    mentions. A mention without place_id is a name that could not be decided: it waits for review.
    """
    mentions: list[tuple[Any, ...]] = []
    candidates: list[tuple[Any, ...]] = []
    for document_id, text in zip(documents["document_id"], documents["text"], strict=True):
        for start, end, found in _resolved(text, gazetteer):
            best, signals = found[0], _signals(found[0])
            margin = best.score - found[1].score if len(found) > 1 else best.score
            row = (best.place.place_id, best.score, margin, best.match, best.place.place_precision, signals)
            mentions.append((document_id, start, end, text[start:end], *row))
            candidates += [_candidate_row(document_id, start, rank, one) for rank, one in enumerate(found[:5], 1)]
    return Toponyms(
        conform("mentions", pd.DataFrame(mentions, columns=COLUMNS["mentions"])),
        conform("candidates", pd.DataFrame(candidates, columns=COLUMNS["candidates"])),
    )


def _signals(candidate: Candidate) -> str:
    return json.dumps({"name": candidate.score})


def _candidate_row(document_id: str, start: int, rank: int, one: Candidate) -> tuple[Any, ...]:
    place = one.place
    where = (place.latitude, place.longitude, place.country_code, place.feature_code)
    return document_id, start, rank, place.place_id, place.name, *where, one.score, one.match, _signals(one)


def _resolved(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int, list[Candidate]]]:
    tokens = tokenize(text)
    spans = list(_spans(text, tokens, gazetteer))
    for position, span in enumerate(spans):
        inside = container(text, spans, position)
        found = gazetteer.candidates(text[span.start : span.end], inside)
        yield span.start, span.end, plausible(text, tokens, span, found)


def _spans(text: str, tokens: list[Token], gazetteer: Gazetteer) -> Iterator[Span]:
    """The longest names from left to right that some plausible place has."""
    position = 0
    while position < len(tokens):
        names = _names_from(text, tokens, position, gazetteer)
        span = next((name for name in names if _is_name(text, tokens, name, gazetteer)), None)
        if span:
            yield span
        position = span.next_token if span else position + 1


def _names_from(text: str, tokens: list[Token], first: int, gazetteer: Gazetteer) -> Iterator[Span]:
    """The names of the gazetteer that start at a token, longest first."""
    if not (tokens[first].is_capitalised or tokens[first].key in NEUTRAL_WORDS):
        return
    for first_key, start in _first_forms(tokens[first]):
        longest = gazetteer.longest_key.get(first_key, 1)
        run = _run(text, tokens, first, longest)
        keys = [first_key, *(tokens[index].key for index in run[1:])]
        for length in range(len(run), 0, -1):
            last = tokens[run[length - 1]]
            for last_key, end in _last_forms(last, keys[length - 1]):
                if gazetteer.places_of_key(" ".join([*keys[: length - 1], last_key])):
                    yield Span(_with_article(text, tokens, first, start), end, first, run[length - 1] + 1)


def _first_forms(token: Token) -> Iterator[tuple[str, int]]:
    """The key and start of a token, then those without an Arabic conjunction or preposition written to it."""
    if token.key:
        yield token.key, token.start
        prefix = _ARABIC_PREFIX.match(token.text)
        if prefix:
            yield cached_key(token.text[prefix.end() :]), token.start + prefix.end()


def _last_forms(token: Token, key: str) -> Iterator[tuple[str, int]]:
    """The key and end of a token, then those without a possessive ending."""
    yield key, token.end
    ending = POSSESSIVE.search(token.text)
    if ending and key.endswith("s"):
        yield key[:-1], token.end - len(ending[0])


def _run(text: str, tokens: list[Token], first: int, longest: int) -> list[int]:
    """Indices of at most `longest` tokens from the first on that can be words of one name, without articles."""
    run = [first]
    index = first
    while len(run) < longest and index + 1 < len(tokens):
        if not JOINS_NAME.fullmatch(text, tokens[index].end, tokens[index + 1].start):
            break
        index += 1
        if tokens[index].key:
            run.append(index)
    return run


def _with_article(text: str, tokens: list[Token], first: int, start: int) -> int:
    """Where a name starts when an article before it, joined by a hyphen or written as a name, belongs to it."""
    article = tokens[first - 1] if first else None
    if article is None or article.key or start != tokens[first].start:
        return start
    joined = text[article.end] == "-" or article.text[0].isupper()
    return article.start if joined else start


def _is_name(text: str, tokens: list[Token], span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a name is written as one, stands for itself, and has a place that is plausible here."""
    words = [token for token in tokens[span.first_token : span.next_token] if token.key]
    if not any(word.is_capitalised for word in words):
        return False
    if not all(word.is_capitalised or word.key in NEUTRAL_WORDS for word in words):
        return False
    if is_part_of_other_name(text, tokens, span):
        return False
    return bool(plausible(text, tokens, span, gazetteer.candidates(text[span.start : span.end])))
