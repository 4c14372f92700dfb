"""One document read sentence by sentence: what each sentence names, and what it takes over from those before."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TypeVar

from geo.text.acronyms import acronyms, with_acronyms
from geo.text.actors import ActorLexicon, ActorMention, country_of
from geo.text.clauses import Clauses, PlaceMention, rewrite, without_overlaps
from geo.text.date_leads import leads
from geo.text.dates import (
    DateMention,
    Expression,
    find_expressions,
    last_year,
    read_dates,
    setting_of,
    tells_history,
    told_year,
)
from geo.text.general_names import without_heads
from geo.text.place_slots import as_facility, dated_names, unlisted_places, whole_name
from geo.text.sentences import Sentence, sentences
from geo.text.shared_nouns import with_shared_nouns
from geo.text.told_kinds import ToldKinds

_REACH = 5
_CHRONICLE = 5
_SHORT, _SHORT_REACH = 2, 3
_WEEKS = 4
_HEADLINES, _LONGEST_HEADLINE = 2, 160
_STOPS = (".", "?", ":")
_ARTICLE = 3
_BY = re.compile(r"(?:by|as of) ", re.IGNORECASE)
# "X's airport".
_OWNER = re.compile(r"(?P<owner>[A-Z][\w-]+(?: [A-Z][\w-]+)*)['’]s ")
_Mention = TypeVar("_Mention", PlaceMention, DateMention)


class Reader:
    """A document with its mentions sorted into sentences; their offsets are then those within the sentence.

    text, published, title: the document's.
    places: the places that it names, with offsets in the text, in order.
    pieces: its sentences, if they are cut already.
    sentences: its sentences; the methods take a sentence's number in this list.
    """

    def __init__(
        self,
        text: str,
        published: date,
        places: Sequence[PlaceMention],
        lexicon: ActorLexicon,
        title: str = "",
        pieces: list[Sentence] | None = None,
    ) -> None:
        self.text = text
        self.title = title
        self.published = published
        self.lexicon = lexicon
        self.sentences = sentences(text) if pieces is None else pieces
        self._places = _by_sentence(self.sentences, places)
        self._actors: dict[int, list[ActorMention]] = {}
        self._clauses: dict[int, Clauses] = {}

    @cached_property
    def country(self) -> str | None:
        """The country whose war the text is about."""
        return country_of(f"{self.title}\n{self.text}") if self.lexicon.is_world else None

    @cached_property
    def year(self) -> int:
        """The year that the text tells of: of its story, and for news that of publication."""
        return told_year(self.title, self.text, self.published.year)

    @cached_property
    def is_story(self) -> bool:
        """Whether the text tells a story in retrospect."""
        if self._setting is not None or any(lead.year for lead in leads(self.text)):
            return True
        return self.is_history

    @cached_property
    def is_history(self) -> bool:
        """Whether the text is about years long past."""
        return self._setting is None and tells_history(self.text, self.published, self._expressions)

    @cached_property
    def is_chronicle(self) -> bool:
        """Whether the text dates what it tells, so that what has no date is not news of the week."""
        days = {day.earliest for found in self._dates for day in found if not self._is_vague(day)}
        return self.is_story or len(days) >= _CHRONICLE

    def _is_vague(self, day: DateMention) -> bool:
        """Whether a date is none that news is dated by, such as the year in which a war began."""
        return day.precision >= _WEEKS and not self.is_story

    @cached_property
    def has_sides(self) -> bool:
        """Whether the text names two sides or more."""
        return len({mention.actor_id for number in range(len(self.sentences)) for mention in self.actors(number)}) > 1

    @cached_property
    def _setting(self) -> date | None:
        return setting_of(self.title, self.text, self.published, self._expressions)

    @cached_property
    def _expressions(self) -> list[Expression]:
        return find_expressions(self.text)

    @cached_property
    def _dates(self) -> list[list[DateMention]]:
        return _by_sentence(self.sentences, read_dates(self.text, self.published, self._setting, self._expressions))

    def words(self, number: int) -> str:
        """The text of a sentence."""
        sentence = self.sentences[number]
        return self.text[sentence.start : sentence.end]

    def actors(self, number: int) -> list[ActorMention]:
        """The actors that a sentence names."""
        if number not in self._actors:
            words = self.words(number)
            found = without_heads(words, self._find_actors(words))
            self._actors[number] = with_acronyms(words, found, self._acronyms)
        return self._actors[number]

    def _find_actors(self, words: str) -> list[ActorMention]:
        return self.lexicon.find(
            words, lambda: self.country, lambda: last_year(words, self.published.year) or self.year
        )

    @cached_property
    def _acronyms(self) -> dict[str, str]:
        return acronyms(map(self.words, range(len(self.sentences))), self._find_actors)

    def places(self, number: int) -> list[PlaceMention]:
        """The places that a sentence names."""
        return self._places[number]

    def places_within(self, number: int, place: PlaceMention | None) -> list[PlaceMention]:
        """The places in the name of another one in a sentence: the town of "the Tell Abyad border crossing"."""
        if place is None or place.place_id:
            return []
        named = (one for one in self._places[number] if place.start <= one.start and one.end <= place.end)
        known = [one for one in named if one.place_id and len(place.toponym) - len(one.toponym) > _ARTICLE]
        owner = None if known else _OWNER.match(self.words(number), place.start, place.end)
        return [PlaceMention(*owner.span("owner"), owner["owner"], "", "")] if owner else known

    def with_towns(self, number: int, places: Iterable[PlaceMention]) -> list[PlaceMention]:
        """Places of a sentence, each facility with the town in its name: of "Goma airport" Goma, too."""
        return [one for place in places for one in (place, *self.places_within(number, place))]

    def dates(self, number: int) -> list[DateMention]:
        """The dates in a sentence."""
        return self._dates[number]

    def is_limit(self, number: int, day: DateMention) -> bool:
        """Whether a date of a sentence only says by when: "by 6 May"."""
        return _BY.match(self.words(number), day.start) is not None

    def clauses(self, number: int) -> Clauses:
        """A sentence rewritten with symbols for its mentions, with places that no gazetteer has."""
        if number not in self._clauses:
            words = self.words(number)
            sides = self.actors(number)
            places = [as_facility(words, _whole(words, place, sides)) for place in self.places(number)]
            known = without_overlaps([*self.actors(number), *places, *dated_names(words), *self.dates(number)])
            spans = [(one.start, one.end, _kind(one)) for one in known]
            mentions = without_overlaps([*known, *unlisted_places(words, spans)])
            named = with_shared_nouns(words, [one for one in mentions if isinstance(one, PlaceMention)])
            others = [one for one in mentions if not isinstance(one, PlaceMention)]
            self._clauses[number] = rewrite(words, without_overlaps([*others, *named]))
        return self._clauses[number]

    @cached_property
    def told_kinds(self) -> ToldKinds:
        """What the text calls its places."""
        return ToldKinds(map(self.clauses, range(len(self.sentences))))

    def is_headline(self, number: int) -> bool:
        """Whether a sentence is of the headline of news or of the line below it: it does not end with a stop."""
        sentence = self.sentences[number]
        is_above = sentence.paragraph < _HEADLINES and sentence.end - sentence.start <= _LONGEST_HEADLINE
        return is_above and not self.is_story and not self.words(number).endswith(_STOPS)

    def section(self, number: int) -> tuple[int, int]:
        """The first and the last sentence under the heading of a sentence."""
        first = last = number
        while first and not self.sentences[first - 1].is_heading:
            first -= 1
        while last + 1 < len(self.sentences) and not self.sentences[last + 1].is_heading:
            last += 1
        return first, last

    def before_in_paragraph(self, number: int) -> Iterator[int]:
        """The sentences before this one that it can refer to: of the same paragraph, nearest first, at most five."""
        paragraph = self.sentences[number].paragraph
        for earlier in range(number - 1, max(number - 1 - _REACH, -1), -1):
            if self.sentences[earlier].paragraph != paragraph:
                return
            yield earlier

    def told_before(self, number: int) -> Iterator[int]:
        """The sentences before this one in its paragraph, however many, and under its heading, at most five."""
        paragraph = self.sentences[number].paragraph
        for earlier in range(number - 1, -1, -1):
            sentence = self.sentences[earlier]
            if sentence.is_heading or (sentence.paragraph != paragraph and earlier < number - _REACH):
                return
            yield earlier

    @cached_property
    def _has_short_paragraphs(self) -> bool:
        """Whether paragraphs are mostly single sentences, as in news, so that one goes on where the other ends."""
        prose = [sentence.paragraph for sentence in self.sentences if not sentence.is_heading]
        return len(prose) < _SHORT * len(set(prose))

    def before_in_reach(self, number: int) -> Iterator[int]:
        """The sentences before this one whose places and sides its words can stand for: of the same paragraph, or,
        where paragraphs are single sentences, the three before it.
        """
        if not self._has_short_paragraphs:
            return self.before_in_paragraph(number)
        return islice(self.before(number), _SHORT_REACH)

    def before(self, number: int) -> Iterator[int]:
        """The sentences before this one under the same heading, nearest first, at most five."""
        for earlier in range(number - 1, max(number - 1 - _REACH, -1), -1):
            if self.sentences[earlier].is_heading:
                return
            yield earlier


def _whole(words: str, place: PlaceMention, sides: list[ActorMention]) -> PlaceMention:
    """The place with its whole name, unless that would take in the name of a side beside it."""
    whole = whole_name(words, place)
    takes = any(whole.start < side.end and side.start < whole.end for side in sides)
    return place if takes else whole


def _kind(mention: ActorMention | PlaceMention | DateMention) -> str:
    match mention:
        case ActorMention():
            return "actor"
        case PlaceMention():
            return "place"
        case DateMention():
            return "date"


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
