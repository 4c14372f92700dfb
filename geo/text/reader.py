"""One document read sentence by sentence: what each sentence names, and what it takes over from those before."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from geo.text.actors import ActorLexicon, ActorMention
from geo.text.clauses import Clauses, PlaceMention, rewrite
from geo.text.dates import DateMention, date_after, read_dates
from geo.text.sentences import Sentence, sentences

_REACH = 5
_Mention = TypeVar("_Mention", ActorMention, PlaceMention)


class Reader:
    """A document with its mentions sorted into sentences; their offsets are then those within the sentence.

    text, published: the document's.
    places: the places that it names, with offsets in the text, in order.
    sentences: its sentences; the methods take a sentence's number in this list.
    """

    def __init__(self, text: str, published: date, places: Sequence[PlaceMention], lexicon: ActorLexicon) -> None:
        self.text = text
        self.published = published
        self.sentences = sentences(text)
        self._places = _by_sentence(self.sentences, places)
        self._actors = _by_sentence(self.sentences, lexicon.find(text))
        self._dates: dict[int, list[DateMention]] = {}

    def words(self, number: int) -> str:
        """The text of a sentence."""
        sentence = self.sentences[number]
        return self.text[sentence.start : sentence.end]

    def actors(self, number: int) -> list[ActorMention]:
        """The actors that a sentence names."""
        return self._actors[number]

    def places(self, number: int) -> list[PlaceMention]:
        """The places that a sentence names."""
        return self._places[number]

    def dates(self, number: int) -> list[DateMention]:
        """The dates in a sentence."""
        if number not in self._dates:
            self._dates[number] = read_dates(self.words(number), self.published)
        return self._dates[number]

    def clauses(self, number: int) -> Clauses:
        """A sentence rewritten with symbols for its mentions."""
        return rewrite(self.words(number), self.actors(number), self.places(number), self.dates(number))

    def before_in_paragraph(self, number: int) -> Iterator[int]:
        """The sentences before this one that it can refer to: of the same paragraph, nearest first, at most five."""
        paragraph = self.sentences[number].paragraph
        for earlier in range(number - 1, max(number - 1 - _REACH, -1), -1):
            if self.sentences[earlier].paragraph != paragraph:
                return
            yield earlier

    def names_side(self, number: int) -> bool:
        """Whether a sentence, or one before it in its paragraph, names an actor."""
        return any(self.actors(one) for one in (number, *self.before_in_paragraph(number)))

    def carried_date(self, number: int) -> DateMention | None:
        """The date that a sentence without one takes over: the last of its paragraph so far, else its heading's."""
        for earlier in self.before_in_paragraph(number):
            if self.dates(earlier):
                return date_after(self.words(number), self.dates(earlier)[-1])
        heading = next((above for above in range(number - 1, -1, -1) if self.sentences[above].is_heading), None)
        return next(iter(self.dates(heading)), None) if heading is not None else None


def _by_sentence(whole: list[Sentence], mentions: Sequence[_Mention]) -> list[list[_Mention]]:
    """The mentions that lie within each sentence."""
    found: list[list[_Mention]] = [[] for _ in whole]
    starts = [sentence.start for sentence in whole]
    for mention in mentions:
        number = bisect_right(starts, mention.start) - 1
        if number >= 0 and mention.end <= whole[number].end:
            start = whole[number].start
            found[number].append(mention._replace(start=mention.start - start, end=mention.end - start))
    return found
