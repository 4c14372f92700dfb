"""Places of a dataset by a part of their name: "the airport" where its list of places has "Mosul Airport"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.places.names import name_key
from geo.text.clauses import PlaceMention
from geo.text.unnamed import alike


class _Own(NamedTuple):
    """A place, its parent's id and the words of one of its names."""

    place: PlaceMention
    parent_id: str
    words: tuple[str, ...]


class OwnPlaces:
    """The places of a dataset, found by the noun in their names and what describes it.

    places: rows of place_id, feature_code, parent_place_id or None, and the names of the place.
    """

    def __init__(self, places: Iterable[tuple[str, str, str | None, Sequence[str]]] = ()) -> None:
        self._by_word: dict[str, list[_Own]] = defaultdict(list)
        for place_id, feature_code, parent_id, names in places:
            for name in names:
                words = tuple(name_key(name).split())
                place = PlaceMention(0, 0, name, place_id, feature_code)
                for noun in {words[-1:], _before_of(words)} - {()}:
                    self._by_word[noun[0]].append(_Own(place, parent_id or "", words))

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def meant(
        self, noun: str, said: Sequence[str], named: Sequence[PlaceMention], near: Sequence[PlaceMention] = ()
    ) -> PlaceMention | None:
        """The one place with a noun in its name, and all that is said of it, that a text can mean; None if several.

        named: the places of the text. A name that says more than the text counts only where the text names the place
        that contains it, or what else is in the name: "the airport" is Mosul's where Mosul is named.
        near: the places named last, the last first: of two airports the one of the place named last is meant.
        """
        fitting = [one for one in self._by_word.get(noun, ()) if set(said) <= set(one.words)]
        exact = [one for one in fitting if len(one.words) == len(said) + 1]
        among = exact or _anchored(fitting, noun, named)
        for fit in (among, *(_anchored(among, noun, [one]) for one in near)):
            found = {one.place.place_id: one.place for one in fit}
            if len(found) == 1:
                return next(iter(found.values()))
        return None

    def called(self, place: PlaceMention) -> PlaceMention | None:
        """The one place whose name has all words of an unknown name: "Azot plant" is "Azot chemical plant"."""
        words = tuple(name_key(place.toponym.replace("'s", "").replace("’s", "")).split())
        noun = next(iter(_before_of(words) or words[-1:]), "")
        said = [word for word in words if word not in (noun, "of", "the")]
        fitting = [
            one.place for word in alike(noun) for one in self._by_word.get(word, ()) if set(said) <= set(one.words)
        ]
        found = {one.place_id: one for one in fitting if said}
        return next(iter(found.values()))._replace(toponym=place.toponym) if len(found) == 1 else None


def _anchored(places: Sequence[_Own], noun: str, named: Sequence[PlaceMention]) -> list[_Own]:
    """Those of the places whose container, or the rest of whose name, is among named places."""
    ids = {place.place_id for place in named if place.place_id}
    words = {word for place in named for word in name_key(place.toponym).split()}
    return [one for one in places if one.parent_id in ids or words & (set(one.words) - {noun})]


def _before_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The noun of "port of aden"."""
    return words[words.index("of") - 1 :][:1] if "of" in words[1:] else ()
