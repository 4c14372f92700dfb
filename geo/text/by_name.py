"""Places that words stand for by their names: "the hospital" is the one hospital that the text or the dataset names."""

import re
from collections.abc import Sequence
from functools import cached_property

from geo.text.clauses import PlaceMention
from geo.text.own_places import OwnPlaces
from geo.text.phrases import PlacePhrase
from geo.text.reader import Reader
from geo.text.unnamed import alike, called, described, fits, is_owned

_IN_TOWN = re.compile(
    r"(?:^|[;,] (?:and |but |while )?)(?:(?:On )?<D\d+>,? )?(?:[Ii]n|[Aa]t) (?:the (?:town|city|village) of )?<P\d+>$"
)
_THEN_SIDE = re.compile(r",? (?:the )?(?:[\w-]+ )?<A\d+>")


def is_so_called(place: PlaceMention, said: Sequence[str]) -> bool:
    """Whether the name of a place has all that is said of it."""
    return all(word in place.toponym.lower() for word in said)


class ByName:
    """Finds places of one document by the nouns in their names. own: the dataset's places."""

    def __init__(self, reader: Reader, own: OwnPlaces) -> None:
        self._reader = reader
        self._own = own

    def place(self, noun: str, words: str, number: int, near: Sequence[PlaceMention]) -> PlaceMention | None:
        """The place with a noun in its name, of the text or else of the dataset, or what the words themselves name.

        words: with the noun. number: of the sentence. near: the places named last, the last first.
        """
        if is_owned(words):
            return None
        before = self._before(noun, words, number) or self._of_dataset(noun, words, self.every, near)
        return before or called(words, bool(self._own))

    def of_owner(self, noun: str, words: str, owner: PlaceMention) -> PlaceMention | None:
        """What "its airport" means: the one in or of a place that was named before."""
        found = self._of_dataset(noun, words, [owner])
        one = called(words) if found is None else None
        if one and " of " in one.toponym:
            return one
        return one._replace(toponym=f"{owner.toponym} {one.toponym}") if one else found

    def in_town_told(self, noun: str, words: str, text: str, here: Sequence[PlacePhrase]) -> PlaceMention | None:
        """What "the airport" is in a clause that begins with its town: "In X, rebels took the airport".

        text: of the sentence. here: the places named before these words.
        """
        end = here[-1].end if here else 0
        is_told = _IN_TOWN.search(text, 0, end) and _THEN_SIDE.match(text, end)
        town = here[-1].places[0].place if here and is_told else None
        if town is None or not fits("city", town):
            return None
        is_named = any(fits(noun, one) and town.toponym in one.toponym for one in self.every[1:])
        return None if is_named else self.of_owner(noun, words, town)

    @cached_property
    def every(self) -> list[PlaceMention]:
        """Every place that the text names, each once, and its title as if it were one."""
        every = (place for number in range(len(self._reader.sentences)) for place in self._reader.places(number))
        titled = PlaceMention(0, 0, self._reader.title, "", "")
        return [titled, *{place.key: place for place in every}.values()]

    def _of_dataset(
        self, noun: str, words: str, named: Sequence[PlaceMention], near: Sequence[PlaceMention] = ()
    ) -> PlaceMention | None:
        said = described(words)
        found = (self._own.meant(one, said, named, near) for one in alike(noun))
        return next(filter(None, found), None)

    def _before(self, noun: str, words: str, number: int) -> PlaceMention | None:
        """The place with the noun, and all that describes it, in its name that the text named last: "the hospital"."""
        said = described(words)
        found: dict[str, PlaceMention] = {}
        near = {number, *self._reader.before_in_reach(number)}
        for earlier in range(number, -1, -1):
            for place in reversed(self._reader.clauses(earlier).places):
                if fits(noun, place) and is_so_called(place, said):
                    if earlier in near:
                        return place
                    found.setdefault(place.key, place)
        return next(iter(found.values())) if len(found) == 1 else None
