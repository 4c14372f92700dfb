"""Which place "the town", "it" or "the former" means at a point of a document."""

import re
from functools import cached_property
from itertools import islice

from geo.text.antecedents import Antecedents, seat
from geo.text.by_name import ByName, is_so_called
from geo.text.change_patterns import ANAPHORA, links
from geo.text.clauses import PlaceMention
from geo.text.data import read_data
from geo.text.own_places import OwnPlaces
from geo.text.phrases import PlacePhrase
from geo.text.reader import Reader
from geo.text.sentence import Sentence
from geo.text.sentence_changes import Change
from geo.text.sieges import SIEGE
from geo.text.theme import is_titled, theme_of
from geo.text.unnamed import (
    GARRISON,
    PRONOUNS,
    alike,
    described,
    fits,
    head,
    in_town,
    is_built,
    is_owned_by_it,
    is_quarter,
    stands_for_any,
)
from geo.text.word_tags import is_facility

_ELSEWHERE, _ANOTHER = (frozenset(read_data("name_words.toml")[name].split()) for name in ("elsewhere", "another"))
_APART_FROM = links("meant", "apart_from")
_WHEN_IT = links("meant", "when_it")
_REFUGE, _ROAD_TO = links("meant", "refuge"), links("meant", "road_to")
_AT = re.compile(r"\bat (?:the )?<P(\d+)>")
_MANY = 2
_GAINS = ("take", "fall", "noun_take", "noun_fall", "hold_place")
_AGAIN = links("sides", "again")
_OF_TWO = ("the former", "the latter")
_THEME = ("town", "city", "village", "enclave", "settlement")


class Meant:
    """What words stand for in one document. Sentences have to be asked for in their order.

    reader: the document. own: the dataset's places.
    """

    def __init__(self, reader: Reader, own: OwnPlaces | None = None) -> None:
        self._reader = reader
        self._own = own or OwnPlaces()
        self._by_name = ByName(reader, self._own)
        self._before = Antecedents(self.sentence)
        self._sentences: dict[int, Sentence] = {}
        self._focus: list[tuple[int, PlaceMention]] = []
        self._taken: set[str] = set()
        self._focus_end = 0
        self._besieged: PlaceMention | None = None

    def sentence(self, number: int) -> Sentence:
        """A sentence with its phrases."""
        if number not in self._sentences:
            self._sentences[number] = Sentence(self._reader.clauses(number), self._reader.is_headline(number))
        return self._sentences[number]

    def remember(self, change: Change, place: PlaceMention) -> None:
        """A place of which something has been told."""
        self._focus.append((change.sentence, place))
        self._focus_end = change.end
        if change.frame.status == "controlled" and not change.is_part:
            self._taken.add(place.key)
        if change.frame.status == "besieged":
            self._besieged = place

    def place(self, change: Change) -> PlaceMention | None:
        """The place that a change is about."""
        if change.place and not change.place.place_id:
            return self._own.called(change.place) or change.place
        if change.noun == SIEGE:
            return self._besieged
        is_gain = change.frame.roles in _GAINS and _AGAIN.search(change.words) is None
        return change.place or self._meant(change.noun, change.sentence, change.position, change.end, is_gain)

    def _meant(self, noun: str, number: int, position: int, end: int = 0, is_gain: bool = False) -> PlaceMention | None:
        """What words at a position of a sentence mean; end: of the list that they may be the last of.

        is_gain: whether the place is said to be taken, but not to be taken again.
        """
        here = [phrase for phrase in self.sentence(number).places if phrase.end <= position]
        for phrase in self.sentence(number).places:
            is_object = position < phrase.start and phrase.end == end and len(phrase.places) > 1
            if is_object and phrase.places[-1].noun == noun:
                here.append(phrase._replace(places=phrase.places[:-1]))
        last = self._focus[-1] if self._focus else None
        if noun in PRONOUNS:
            return self._of_pronoun(noun, number, position, here, is_gain)
        words, noun = noun, head(noun)
        if (_ELSEWHERE if noun in ANAPHORA else _ANOTHER) & set(words.lower().split()):
            return None
        text = self.sentence(number).text
        here = [phrase for phrase in here if not _REFUGE.search(text, 0, phrase.start)]
        named = self._named(noun, number, here)
        if last and last[0] == number and not named:
            named.append(last[1])
        near = [number, *self._reader.before_in_reach(number)]
        for earlier in near[1:]:
            named += [last[1]] if last and last[0] == earlier else []
            named += self._named(noun, earlier, self.sentence(earlier).phrases)
        around = [(number, here), *((at, self.sentence(at).places) for at in near[1:])]
        if noun == GARRISON:
            return self._before.attacked(around, named, set()) or next(iter(named), None)
        if noun == "capital":
            return seat(words, named, self._reader.told_kinds)
        if is_quarter(words):
            return self._by_name.place(noun, words, number, named)
        of_town = in_town(words)
        if of_town:
            town, rest = of_town
            owner = self._meant(town, number, position, end)
            found = self._by_name.of_owner(noun, rest, owner) if owner else None
            return found or self._by_name.place(noun, rest, number, named)
        in_told = None if noun in ANAPHORA else self._by_name.in_town_told(noun, words, text, here)
        if in_told:
            return in_told
        said = [] if noun in ANAPHORA else described(words)
        if is_owned_by_it(words) and named and noun not in ANAPHORA:
            return self._by_name.of_owner(noun, words, named[0])
        if stands_for_any(noun) and not said:
            return self._built_before(number, here)
        kinds = self._reader.told_kinds
        every = [place for place in named if fits(noun, place) or (noun not in ANAPHORA and kinds.calls(noun, place))]
        every = [place for place in every if is_so_called(place, said)]
        every = kinds.among(noun, every)
        fitting = every[0] if every else None
        is_just_told = last is not None and fitting is not None and last[0] == number and last[1].key == fitting.key
        if is_gain and fitting and fitting.key in self._taken and not is_just_told:
            called = (one for one in every if one.key not in self._taken and noun != "city" and kinds.calls(noun, one))
            fitting = self._before.attacked(around, every, self._taken) or next(called, fitting)
        is_here = fitting and fitting.place_id and any(phrase.places[0].place is fitting for phrase in here)
        theme = self._theme if self._theme and fits(noun, self._theme) else None
        is_titled_theme = theme is not None and is_titled(self._reader, theme)
        if theme and not is_titled_theme and not self._is_known(theme, number, position):
            theme = None
        if noun == "city" and theme and (is_titled_theme or not is_here):
            return theme
        if fitting is None and noun in _THEME:
            return theme or self._at_facility(noun, near)
        if fitting is None and noun not in ANAPHORA:
            said_before = self._said_before(noun, said, number, here)
            return said_before or self._by_name.place(noun, words, number, named)
        return fitting

    def _named(self, noun: str, number: int, phrases: list[PlacePhrase]) -> list[PlaceMention]:
        """The places of phrases that a noun can stand for, the last first, facilities with the town in their name."""
        text = self.sentence(number).text
        phrases = [phrase for phrase in phrases if not _ROAD_TO.search(text, 0, phrase.start)]
        named = self._before.named(number, phrases, noun)
        return self._reader.with_towns(number, named) if noun in _THEME else named

    def _at_facility(self, noun: str, near: list[int]) -> PlaceMention | None:
        """The last place that a facility lies at or is called after: "the base at <P>", "the Avdiivka coke plant"."""
        for at in near:
            clauses = self._reader.clauses(at)
            for phrase in reversed(self.sentence(at).places):
                beside = _AT.search(clauses.text, phrase.start, phrase.end)
                named = [part for one in phrase.places for part in self._reader.places_within(at, one.place)]
                named += [clauses.places[int(beside[1])]] if beside else []
                found = next((place for place in reversed(named) if fits(noun, place)), None)
                if found:
                    return found
        return None

    def _said_before(self, noun: str, said: list[str], number: int, here: list[PlacePhrase]) -> PlaceMention | None:
        """What "the field" means after "the Jahar gas field", or "the airport" after "the airport of X"."""
        near = [(number, here)]
        near += [(earlier, self.sentence(earlier).places) for earlier in self._reader.before_in_reach(number)]
        for at, phrases in near:
            for phrase in reversed(phrases):
                for one in reversed(phrase.places):
                    words = one.noun.lower().split()
                    is_told = one.place is None and head(one.noun) in alike(noun) and set(said) <= {*words}
                    if is_told and (" of " in one.noun or described(one.noun)):
                        return self._meant(one.noun, at, phrase.start)
        return None

    def _of_pronoun(
        self, noun: str, number: int, position: int, here: list[PlacePhrase], is_gain: bool
    ) -> PlaceMention | None:
        last = self._focus[-1] if self._focus else None
        if noun in _OF_TWO:
            return self._of_two(noun, number, here)
        sentence = self.sentence(number)
        apart = [phrase for phrase in here if not _APART_FROM.search(sentence.text, 0, phrase.start)]
        if last and last[0] == number and not any(phrase.start > self._focus_end for phrase in apart):
            return last[1]
        for phrase in reversed(apart or here):
            listed = phrase.places[0] if phrase.places else None
            if listed:
                return listed.place or self._meant(listed.noun, number, phrase.start)
        for earlier in () if _WHEN_IT.search(sentence.text, 0, position) else self._reader.before_in_reach(number):
            if self.sentence(earlier).places:
                told = [place for at, place in self._focus if at == earlier]
                return self._before.only_one(earlier, told, is_gain)
        return None

    def _of_two(self, noun: str, number: int, here: list[PlacePhrase]) -> PlaceMention | None:
        """The first or the last of the two places that were named last."""
        named = [(number, one, phrase.start) for phrase in here for one in phrase.places]
        for earlier in self._reader.before_in_reach(number) if len(named) < _MANY else ():
            before = self.sentence(earlier).places
            named = [(earlier, one, phrase.start) for phrase in before for one in phrase.places] + named
            break
        if len(named) < _MANY:
            return None
        at, one, start = named[-_MANY if noun == "the former" else -1]
        return one.place or self._meant(one.noun, at, start)

    def _built_before(self, number: int, here: list[PlacePhrase]) -> PlaceMention | None:
        """What "the building" means: what was built of the places named last, in its sentence or the one before."""
        near = [(number, here)]
        before = ((earlier, self.sentence(earlier).places) for earlier in self._reader.before_in_reach(number))
        near += islice((one for one in before if one[1]), 1)
        for at, phrases in near:
            for phrase in reversed(phrases):
                for one in reversed(phrase.places):
                    is_noun = one.place is None and is_facility(head(one.noun)) and not stands_for_any(head(one.noun))
                    place = self._meant(one.noun, at, phrase.start) if is_noun else one.place
                    if place and is_built(place):
                        return place
        return None

    @cached_property
    def _theme(self) -> PlaceMention | None:
        return theme_of(self._reader, self._by_name.every[1:])

    def _is_known(self, place: PlaceMention, number: int, position: int) -> bool:
        """Whether the text names a place up to a point, or so often that it can be meant before."""
        mentions = [
            at for at in range(len(self._reader.sentences)) for one in self._reader.places(at) if one.key == place.key
        ]
        here = [
            one.place.key
            for phrase in self.sentence(number).places
            if phrase.end <= position
            for one in phrase.places
            if one.place
        ]
        return len(mentions) > _MANY or place.key in here or any(at < number for at in mentions)
