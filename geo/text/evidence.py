"""What stands around a name in a text, and how much it speaks for a place or for another thing.

Evidence is additive; its weights and word lists, each with what it means, are in `recognition.toml`.
"""

from collections.abc import Iterator
from functools import cached_property

from geo.text.data import read_data
from geo.text.kinds import BETWEEN
from geo.text.name_facts import GIVEN_NAMES, NameBook, NameFacts
from geo.text.names_in_text import Name
from geo.text.people_in_text import family_names, person_signals
from geo.text.surroundings import (
    WORDS,
    Around,
    Span,
    heads_organisation,
    hyphened,
    is_dateline,
    is_district,
    is_upper,
    words_beside,
)
from geo.text.tokens import Words, cached_key

_WEIGHTS: dict[str, float] = read_data("recognition.toml")["weights"]
_COMMON, _VERY_COMMON = 3.2, 4.4
_CERTAIN = 3.0
_LARGE = 100_000
_WIDE = ("united states", "africa")
"""What their adjectives are part of is seldom there: "American Airlines"."""
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
        yield from self._before(span, around)
        yield from self._after(span, around)
        yield from person_signals(span, around, self._people)
        yield from self._beside(span, around)

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
        if not facts.in_dataset and not is_said and population < _LARGE and not written[0].isupper():
            yield "no_capitals", 1
        if written.isascii() and len(written) <= 3 and not facts.in_dataset:
            yield "short", 1

    def _commonness(self, span: Span, facts: NameFacts) -> Iterator[tuple[str, float]]:
        if facts.in_dataset:
            return
        is_one = span.next == span.first + 1
        if not is_one:
            is_division = any(word in WORDS["divisions"] for word in span.key.split()[1:])
            if facts.frequency > _VERY_COMMON and facts.population < _LARGE and not is_division:
                yield "common_words", 1
            return
        if facts.frequency > _COMMON:
            yield "common_word", facts.frequency - _COMMON
            if self._words.starts_sentence(span.first):
                yield "first_word", 1
        lower = self._words.texts[span.first].lower()
        if lower[0].islower() and lower in self._lower:
            yield "lower_case", 1

    def _before(self, span: Span, around: Around) -> Iterator[tuple[str, float]]:
        key = around.before_key
        if not key:
            return
        if around.gap_before == "-":
            is_part = is_upper(around.before) and key not in WORDS["prefixes"] and span.first not in self._next_of
            if is_part and not span.facts.is_area:
                yield "unknown_before", 1
            return
        if key in WORDS["prepositions"]:
            yield "preposition", 1
        is_capital = is_upper(around.before)
        if not is_capital:
            if key == "of" and span.first > 1:
                yield from self._owner(span)
            return
        if key in WORDS["titles"] and around.gap_before in (" ", ". "):
            yield "title", 1
        elif around.gap_before != " ":
            return
        elif key in GIVEN_NAMES and key not in WORDS["before"] and span.first not in self._next_of:
            yield ("given_name_before_area" if span.facts.is_area else "given_name_before"), 1
        elif (
            span.first in self._next_of
            and around.gap_before == " "
            and not span.facts.is_area
            and span.facts.frequency > _COMMON
        ):
            yield "unknown_before", 0.7
        elif key not in WORDS["before"] and span.first not in self._next_of and around.gap_before == " ":
            if not span.facts.is_area and span.form != "demonym":
                yield "unknown_before", 1
            elif span.form == "place" and span.facts.is_area and not self._words.starts_sentence(span.first - 1):
                yield "organisation", 0.1

    def _owner(self, span: Span) -> Iterator[tuple[str, float]]:
        kind = self._words.texts[span.first - 2]
        key = cached_key(kind)
        if key in WORDS["settlements"] or key in WORDS["divisions"]:
            yield "kind_beside", 1
        elif kind[0].isupper() and key in WORDS["organisations"]:
            yield "organisation", 1

    def _after(self, span: Span, around: Around) -> Iterator[tuple[str, float]]:
        key = around.after_key
        if not key:
            return
        if around.gap_after == "-":
            return
        if key in WORDS["named_after"]:
            yield "named_after", 1
            return
        if (
            key in WORDS["divisions"]
            or key in WORDS["others_of_place"]
            or is_district(self._words, span)
            or (key in WORDS["settlements"] and not is_upper(around.after))
        ):
            yield "kind_beside", 1
            return
        if span.form == "demonym" and is_upper(around.after):
            if key not in WORDS["after"]:
                yield ("organisation", 1) if span.key not in _WIDE else ("organisation", -6)
            return
        if not is_upper(around.after) or (span.next in self._first_of and self._first_of[span.next].facts.is_area):
            return
        if key in WORDS["after"] or key in WORDS["offices"]:
            return
        for signal, words in (
            ("street", "streets"),
            ("newspaper", "newspapers"),
            ("team", "teams"),
            ("organisation", "organisations"),
        ):
            if key in WORDS[words]:
                yield signal, self._share(span, signal)
                return
        if key in WORDS["features"]:
            if span.form == "place":
                yield "feature", 1
            return
        if (
            span.form != "demonym"
            and span.next not in self._first_of
            and not self._words.text[span.start : span.end].isupper()
        ):
            if heads_organisation(self._words, span.next + 1):
                yield "organisation", self._share(span, "organisation")
            else:
                yield "unknown_after", 1

    @staticmethod
    def _share(span: Span, signal: str) -> float:
        """How much an organisation's name counts: that of a small place is more often only a name."""
        small = not span.facts.is_area and span.facts.population < _LARGE
        return 0.1 if signal == "organisation" and small else 1.0

    def _beside(self, span: Span, around: Around) -> Iterator[tuple[str, float]]:
        following = self._first_of.get(span.next)
        if (
            following
            and around.gap_after in (", ", " (", ",")
            and (following.facts.is_area or following.form == "abbreviation")
        ) or (around.gap_after == ", " and self._words.key(span.next) == "in" and span.next + 1 in self._first_of):
            yield "followed_by_container", 1
        elif (following and around.gap_after in (", ", " and ")) or (
            span.first in self._next_of and around.gap_before == ", "
        ):
            yield "listed", 1
        if (
            span.first in self._next_of
            and span.first - 1 in self._words.owns
            and self._next_of[span.first].form != "demonym"
        ):
            yield "possessed", 1
        if is_dateline(self._words, span, around):
            yield "dateline", 1
