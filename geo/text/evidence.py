"""What stands around a name in a text, and how much it speaks for a place or for another thing.

Evidence is additive; its weights and word lists, each with what it means, are in `recognition.toml`.
"""

from collections.abc import Iterator
from functools import cached_property

from geo.text.data import read_data
from geo.text.kinds import BETWEEN
from geo.text.name_facts import NameBook, NameFacts
from geo.text.names_in_text import Name
from geo.text.neighbours import COMMON, LARGE, Neighbours
from geo.text.people_in_text import family_names, person_signals
from geo.text.surroundings import (
    WORDS,
    Span,
    hyphened,
    is_district,
    is_upper,
    words_beside,
)
from geo.text.tokens import Words, cached_key

_WEIGHTS: dict[str, float] = read_data("recognition.toml")["weights"]
_VERY_COMMON = 4.4
_CERTAIN = 3.0
_KINDS_BEFORE = frozenset(
    cached_key(f"{prefix}{word}") for word in WORDS["kinds_before"] for prefix in ("", *WORDS["joined_before"])
)
_TIERS = ((1_000_000, "million"), (100_000, "hundred_thousand"), (10_000, "ten_thousand"), (1_000, "thousand"))


class Evidence:
    """The names in a text and what speaks for each of them."""

    def __init__(self, words: Words, spans: list[Span], book: NameBook) -> None:
        self._words = words
        self._spans = spans
        self._book = book
        self._first_of = {span.first: span for span in spans}
        self._next_of = {span.next: span for span in spans}
        self._neighbours = Neighbours(words, self._first_of, self._next_of)
        self._around = {span.first: words_beside(words, span) for span in spans}

    @cached_property
    def _lower(self) -> frozenset[str]:
        """The words of the text as they are written; those without a capital are found by their lower case."""
        return frozenset(self._words.texts)

    @cached_property
    def _people(self) -> frozenset[str]:
        return family_names(self._words, self._book, self._first_of)

    @cached_property
    def _of_kind(self) -> frozenset[int]:
        """First words of the names in lists: "Okmulgee and Noble counties", "the villages of Bidi and Koro"."""
        found = set[int]()
        for span, following in zip(self._spans[::-1], [None, *self._spans[::-1]], strict=False):
            if self._around[span.first].after_key in WORDS["kinds_in_plural"] or (
                following is not None and following.first in found and self._is_listed(span, following)
            ):
                found.add(span.first)
        for before, span in zip([None, *self._spans], self._spans, strict=False):
            is_after_of = self._around[span.first].before_key == "of" and span.first > 1
            if (is_after_of and self._words.key(span.first - 2) in WORDS["kinds_in_plural"]) or (
                before is not None and before.first in found and self._is_listed(before, span)
            ):
                found.add(span.first)
        return frozenset(found)

    def _is_listed(self, span: Span, following: Span) -> bool:
        return BETWEEN.fullmatch(self._words.text, span.end, following.start) is not None

    def names(self) -> list[Name]:
        """The names that count as places'."""
        scores, kinds = [], []
        for span in self._spans:
            kind, score = "place" if span.form == "abbreviation" else span.form, 0.0
            for signal, factor in self._signals(span):
                score += _WEIGHTS[signal] * factor
                if signal == "organisation" and factor > 0 and kind in ("place", "demonym"):
                    kind = "embedded" if kind == "place" else "embedded demonym"
            scores.append(score)
            kinds.append(kind)
        certain = {
            span.key
            for span, score, kind in zip(self._spans, scores, kinds, strict=True)
            if score >= _CERTAIN and kind == "place"
        }
        found = []
        for span, score, kind in zip(self._spans, scores, kinds, strict=True):
            score += _WEIGHTS["elsewhere"] if span.key in certain else 0
            if score > 0:
                end, feature = self._widened(span)
                found.append(
                    Name(span.start, end, span.key, kind, feature, span.facts, span.form == "abbreviation", score)
                )
        return found

    def _widened(self, span: Span) -> tuple[int, str]:
        """The end of a name with the word for its kind ("Walker County"), and the feature that this word says."""
        around = self._around[span.first]
        if span.form != "place":
            return span.end, "ADM1" if span.form == "abbreviation" else ""
        key = around.after_key
        if around.gap_after == " ":
            if key in WORDS["divisions"] or is_district(self._words, span):
                feature = "ADM2" if key in WORDS["second_divisions"] else "ADM1"
                return (self._words.ends[span.next] if is_upper(around.after) else span.end), feature
            if key in ("city", "town", "village"):
                return span.end, "PPL"
        if around.before_key == "of" and span.first > 1:
            kind = self._words.key(span.first - 2)
            if kind in WORDS["divisions"]:
                return span.end, "ADM1"
            if kind in WORDS["settlements"]:
                return span.end, "PPL"
        return span.end, ""

    def _signals(self, span: Span) -> Iterator[tuple[str, float]]:
        around = self._around[span.first]
        yield from self._of_name(span)
        if span.first in self._of_kind and not span.facts.is_area:
            yield "kind_beside", 1
        text = self._words.text
        if text[span.end : span.end + 1] in ("$", "£", "€") or text[span.start - 1 : span.start] == "$":
            yield "currency", 1
        if self._is_hyphened(span):
            yield "hyphened", 1
        if span.form == "abbreviation":
            return
        yield from self._neighbours.signals(span, around)
        yield from person_signals(span, around, self._people)
        yield from self._neighbours.places(span, around)

    def _is_hyphened(self, span: Span) -> bool:
        """Whether a name is only a part of one that small words join with hyphens."""
        words = self._words
        if words.gap(span.next - 1) == "-" and hyphened(words, span.next - 1) is not None:
            return True
        first = span.first - 1
        if first < 1 or words.gap(first) != "-" or words.texts[first] not in WORDS["joining"]:
            return False
        while first > 0 and words.gap(first - 1) == "-" and words.texts[first] in WORDS["joining"]:
            first -= 1
        return is_upper(words.texts[first]) and hyphened(words, first) is not None

    def _of_name(self, span: Span) -> Iterator[tuple[str, float]]:
        facts = span.facts
        if facts.in_dataset:
            yield "dataset", 1
        if facts.is_romanised and span.form == "place" and self._words.texts[span.first].isascii():
            yield "other_script", 1
        if facts.is_area or span.form != "place":
            yield "area", 1
            return
        is_said = self._around[span.first].before_key in _KINDS_BEFORE
        if is_said:
            yield "kind_beside", 1
        population = facts.population or facts.alias_population
        tier = next((name for least, name in _TIERS if population >= least), "village")
        yield tier, 1
        if not facts.population:
            yield "alias", 1
        yield from self._commonness(span, facts)
        written = self._words.text[span.start : span.end]
        if not facts.in_dataset and not is_said and population < LARGE and not written[0].isupper():
            yield "no_capitals", 1
        if written.isascii() and len(written) <= 3 and not facts.in_dataset:
            yield "short", 1

    def _commonness(self, span: Span, facts: NameFacts) -> Iterator[tuple[str, float]]:
        if facts.in_dataset:
            return
        is_one = span.next == span.first + 1
        if not is_one:
            is_division = any(word in WORDS["divisions"] for word in span.key.split()[1:])
            if facts.frequency > _VERY_COMMON and facts.population < LARGE and not is_division:
                yield "common_words", 1
            return
        if facts.frequency > COMMON:
            yield "common_word", facts.frequency - COMMON
            if self._words.starts_sentence(span.first):
                yield "first_word", 1
        lower = self._words.texts[span.first].lower()
        if lower[0].islower() and lower in self._lower:
            yield "lower_case", 1
