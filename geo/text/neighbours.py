"""What the words just before and after a name say of it.

A signal is named, with how much it counts; `recognition.toml` has the weights.
"""

from collections.abc import Iterator, Mapping

from geo.text.name_facts import GIVEN_NAMES
from geo.text.surroundings import (
    WORDS,
    Around,
    Span,
    heads_organisation,
    is_dateline,
    is_district,
    is_upper,
)
from geo.text.tokens import Words, cached_key

COMMON = 3.2
LARGE = 100_000
_WIDE = ("united states", "africa")
"""What their adjectives are part of is seldom there: "American Airlines"."""


class Neighbours:
    """The words of a text beside its names.

    first_of, next_of: the names by their first word, and by the word that follows them.
    """

    def __init__(self, words: Words, first_of: Mapping[int, Span], next_of: Mapping[int, Span]) -> None:
        self._words = words
        self._first_of = first_of
        self._next_of = next_of

    def signals(self, span: Span, around: Around) -> Iterator[tuple[str, float]]:
        """What stands before and after a name."""
        yield from self._before(span, around)
        yield from self._after(span, around)

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
            and span.facts.frequency > COMMON
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
        small = not span.facts.is_area and span.facts.population < LARGE
        return 0.1 if signal == "organisation" and small else 1.0

    def places(self, span: Span, around: Around) -> Iterator[tuple[str, float]]:
        """What the names beside a name say: a list, what it lies in, whose it is."""
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
