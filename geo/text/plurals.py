"""The places that "both", "these" or "the two villages" stands for at a point of a document."""

import re
from collections.abc import Callable

from geo.text.clauses import PlaceMention
from geo.text.phrases import PlacePhrase
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.unnamed import fits, head, only_counts

_PLURAL_NOUN = re.compile(
    r"(?:village|town|district|place|suburb|neighbou?rhood|quarter|settlement|area|base|hill|mountain)s|cities|localities"
)
_HEIGHTS = ("hills", "mountains")
_PLURALS = ("they", "them", "these", "both", "both of them", "all of them", "the former two", "the latter two")
_LISTED = ("these", "both", "both of them")
_PERSONS = ("they", "them", "these", "both of them", "all of them")
_MANY = 2
_TWO_OF = {"the former two": slice(2), "the latter two": slice(-2, None)}


class Plurals:
    """What plurals stand for in one document: the places of which something was told together before.

    reader: the document. sentence: gives a sentence of it with its phrases, by number.
    """

    def __init__(self, reader: Reader, sentence: Callable[[int], Sentence]) -> None:
        self._reader = reader
        self._sentence = sentence
        self._group: list[PlaceMention] = []
        self._group_at = (-1, -1)

    def remember(self, change: Change, place: PlaceMention) -> None:
        """A place of which something has been told; those of which one verb tells belong together."""
        if (change.sentence, change.position) != self._group_at:
            self._group, self._group_at = [], (change.sentence, change.position)
        self._group.append(place)

    def each(self, change: Change) -> list[Change]:
        """The change, or one for each place that "they" or "the villages" stands for; none if these are not known."""
        noun = head(change.noun) if change.noun and change.noun not in _PLURALS else change.noun
        if change.place is not None or (noun not in _PLURALS and not _PLURAL_NOUN.fullmatch(noun)):
            return [change]
        if self._is_named_so(noun, change):
            return [change]
        here = [phrase for phrase in self._sentence(change.sentence).places if phrase.end <= change.position]
        listed = next((phrase for phrase in reversed(here) if len(phrase.places) > 1), None)
        if listed and self._group_at[0] != change.sentence:
            return [change._replace(place=one.place, noun=one.noun) for one in listed.places]
        group = [place for place in self._group if self._is_near(place, change.sentence)]
        if change.noun.lower().startswith("two ") and len(group) != _MANY:
            group = self._last_two(noun, change.sentence, here)
        if change.noun in _LISTED and len(group) < _MANY:
            group = self._listed_before(change.noun, change.sentence)
        if change.noun in _PERSONS and len(group) < _MANY:
            return []
        if noun not in _PLURALS and (len(group) < _MANY or not only_counts(change.noun)):
            return []
        if noun in _HEIGHTS and not all(fits(noun.removesuffix("s"), place) for place in group):
            return []
        group = group[_TWO_OF.get(change.noun, slice(None))]
        return [change._replace(place=place, noun="") for place in group] or [change]

    def _is_named_so(self, noun: str, change: Change) -> bool:
        """Whether a plural is in the name of one place that was named just before: "the mountains"."""
        near = [change.sentence, *self._reader.before_in_reach(change.sentence)]
        named = (place for at in near for place in self._reader.clauses(at).places)
        return any(place.toponym.lower().endswith(noun) for place in named) if noun not in _PLURALS else False

    def _listed_before(self, noun: str, number: int) -> list[PlaceMention]:
        """The places of the last list in the sentence before: "attacked A and B. Both were taken"."""
        earlier = next(iter(self._reader.before_in_reach(number)), None)
        phrases = [] if earlier is None else self._sentence(earlier).places
        listed = next((phrase.places for phrase in reversed(phrases) if len(phrase.places) > 1), ())
        found = [one.place for one in listed if one.place]
        return found if len(found) == _MANY or (noun == "these" and len(found) > _MANY) else []

    def _last_two(self, noun: str, number: int, here: list[PlacePhrase]) -> list[PlaceMention]:
        """The two places that a sentence, or the one before it, has named up to a point, if they are so many."""
        before = (self._sentence(earlier).places for earlier in self._reader.before_in_reach(number))
        for phrases in (here, next(before, [])):
            named = {one.place.key: one.place for phrase in phrases for one in phrase.places if one.place}
            fitting = [place for place in named.values() if fits(noun, place)]
            if fitting:
                return fitting if len(fitting) == _MANY else []
        return []

    def _is_near(self, place: PlaceMention, number: int) -> bool:
        near = [number, *self._reader.before_in_reach(number)]
        return any(place.key in {one.key for one in self._reader.clauses(one_near).places} for one_near in near)
