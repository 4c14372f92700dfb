"""What is known about a name before it is read in a text: the places called so, and what else it can be."""

import math
from functools import lru_cache
from typing import NamedTuple

from wordfreq import get_frequency_dict

from geo.places.gazetteer import Gazetteer, Place
from geo.places.names import name_key, respelled
from geo.text.data import read_data

_NAMES = read_data("person_names.toml")
GIVEN_NAMES = frozenset(_NAMES["given"].split())
FAMILY_NAMES = frozenset(_NAMES["family"].split())
_FACTS_REMEMBERED, _WORDS_REMEMBERED = 8_000, 30_000
_POPULATED = "PPL"
_SMALL_DIVISION = 300_000
_AFTER_LATIN = "\u0250"
_SMALL_DIVISIONS = ("ADM2", "ADM3", "ADM4", "ADM5")


class NameFacts(NamedTuple):
    """A name, whatever text it stands in.

    places: the places that have it, in the gazetteer's order; none for a name that only people have.
    population: inhabitants of the largest that is mainly called so, and of the largest that has it as an alias.
    is_area: whether a country, a first-order division, a region, a sea or the like has it.
    in_dataset: whether a place of the dataset has it.
    frequency: how common it is as an English word, the logarithm of its occurrences in 10⁹ words; 0 if it is rare
        (below 3), and for a name of several words the least of theirs.
    is_romanised: whether only names in other scripts have this key: "srt" of سرت, which "SRT" does not mean.
    """

    places: tuple[Place, ...]
    population: int
    alias_population: int
    is_area: bool
    in_dataset: bool
    frequency: float
    is_given: bool
    is_family: bool
    is_romanised: bool


class NameBook:
    """The facts about the names of a gazetteer, by their key; the last 8,000 are remembered, which take 20 MB."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._is_name = lru_cache(maxsize=_WORDS_REMEMBERED)(gazetteer.has_key)
        self._known = lru_cache(maxsize=_FACTS_REMEMBERED)(self._facts)

    def facts(self, key: str) -> NameFacts | None:
        """What is known about a key, None if no place has it."""
        return self._known(key) if key and self._is_name(key) else None

    def _facts(self, key: str) -> NameFacts:
        places = self.gazetteer.places_of_key(key)
        main = [place for place in places if name_key(place.name) in (key, respelled(key))]
        return NameFacts(
            places,
            population=max((place.population for place in main), default=0),
            alias_population=max(place.population for place in places),
            is_area=any(is_area(place) for place in places) and not _is_other_name(key, places),
            in_dataset=any(place.in_dataset for place in places),
            frequency=min(map(frequency, key.split())),
            is_given=key in GIVEN_NAMES,
            is_family=key in FAMILY_NAMES,
            is_romanised=not main and not any(_has_latin_name(place, key) for place in places),
        )


def _has_latin_name(place: Place, key: str) -> bool:
    return any(name[:1] < _AFTER_LATIN and name_key(name) == key for name in place.names)


def _is_other_name(key: str, places: tuple[Place, ...]) -> bool:
    """Whether only small divisions abroad make an area of a name that people or larger settlements have."""
    areas = [place for place in places if is_area(place)]
    if any(place.feature_code != "ADM1" or place.population >= _SMALL_DIVISION for place in areas):
        return False
    is_of_people = key in GIVEN_NAMES or key in FAMILY_NAMES
    largest = max((place.population for place in places if place.feature_code.startswith(_POPULATED)), default=0)
    return is_of_people or largest > max(place.population for place in areas)


def is_area(place: Place) -> bool:
    """Whether a place of the world is no settlement and no smaller division: a country, a state, a sea."""
    code = place.feature_code
    return not place.in_dataset and not code.startswith(_POPULATED) and code not in _SMALL_DIVISIONS


@lru_cache(maxsize=50_000)
def frequency(word: str) -> float:
    """The logarithm to base 10 of a word's occurrences in 10⁹ words of English, 0 below 3. Source: wordfreq."""
    share = get_frequency_dict("en", wordlist="small").get(word)
    return round(math.log10(share) + 9, 2) if share else 0.0
