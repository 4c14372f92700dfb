"""The gazetteer: which places a name can mean, best first, and why."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from rapidfuzz import fuzz, process

from geo.places.names import name_key, respelled, spelling
from geo.places.packed import PackedPlaces
from geo.places.place import CONTINENT, COUNTRY, Candidate, Place
from geo.places.skeleton import likeness, skeleton
from geo.places.table import TablePlaces, places_table
from geo.places.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COUNTRY", "Candidate", "Gazetteer", "Place"]

EARTH_RADIUS_KM = 6371.0088
_DATASET = 0.25
_MATCH = {"exact": 0.30, "alias": 0.23, "transliterated": 0.16}
_CONTEXT = 0.35
_KIND = {"PPL": 0.05, COUNTRY: 0.06, CONTINENT: 0.06}
_POPULATION = 0.05
_LARGEST_LOG_POPULATION = 8.0
_LEAST_LIKENESS = 0.835
_LEAST_SOUND_LIKENESS_PCT = 60
_NEAR_SOUNDS = 60


class _Layer(Protocol):
    """What `TablePlaces` and `PackedPlaces` have in common."""

    def __iter__(self) -> Iterator[Place]: ...
    def __len__(self) -> int: ...
    def get(self, place_id: str) -> Place | None: ...
    def has_key(self, key: str) -> bool: ...
    def places_of_key(self, key: str) -> Sequence[Place]: ...
    def longest(self, first_word: str) -> int: ...
    def places_of_sound(self, country_code: str, sound: str) -> Sequence[Place]: ...
    def sounds(self, country_code: str) -> list[str]: ...
    def coordinates(self) -> np.ndarray: ...
    def has_feature(self, start: str) -> np.ndarray: ...
    def at(self, row: int) -> Place: ...


class Gazetteer:
    """Places found by name. What goes in is not changed; the network is not asked.

    places: the dataset's places (columns of `places`), or what was packed of them, the first before the second.
    world: the places of the world (`open_world()`), a table of places that are not the dataset's, or None.
    extra: further gazetteers (see docs/gazetteers.md), the first before the second.

    Where several have a place_id, the dataset's row is used, then that of the first extra gazetteer, then the world's.
    Nothing of the world is copied: a gazetteer takes the memory of its dataset's few places.
    """

    def __init__(
        self,
        places: "pd.DataFrame | Sequence[PackedPlaces]",
        world: "World | pd.DataFrame | None" = None,
        extra: Sequence[PackedPlaces] = (),
    ) -> None:
        self.world = world if isinstance(world, World) else None
        own: list[_Layer] = [*places] if isinstance(places, Sequence) else [TablePlaces(places)]
        self._own = own
        layers: list[_Layer] = [*own, *extra]
        if isinstance(world, PackedPlaces):
            layers.append(world)
        elif world is not None:
            layers.append(TablePlaces(world, in_dataset=False))
        self._layers = [layer for layer in layers if len(layer)]

    def __iter__(self) -> Iterator[Place]:
        for layer, places in enumerate(self._layers):
            for place in places:
                if not self._is_hidden(layer, place.place_id):
                    yield place

    def of_dataset(self) -> Iterator[Place]:
        """The places of the dataset."""
        return (place for layer in self._own for place in layer if place.in_dataset)

    def _is_hidden(self, layer: int, place_id: str) -> bool:
        """Whether a layer above has the place."""
        return any(above.get(place_id) is not None for above in self._layers[:layer])

    def get(self, place_id: str) -> Place | None:
        """The place of that id, None if the gazetteer does not have it."""
        return next((place for layer in self._layers if (place := layer.get(place_id)) is not None), None)

    def place(self, place_id: str) -> Place:
        """The place of that id. Raises KeyError if the gazetteer does not have it."""
        place = self.get(place_id)
        if place is None:
            raise KeyError(place_id)
        return place

    def longest(self, first_word: str) -> int:
        """The number of words of the longest key that starts with this word, 0 if there is none."""
        return max((layer.longest(first_word) for layer in self._layers), default=0)

    def has_key(self, key: str) -> bool:
        """Whether a place has a name with this `name_key`; much quicker than to ask which."""
        return any(layer.has_key(key) for layer in self._layers)

    def places_of_key(self, key: str) -> tuple[Place, ...]:
        """The places that have a name with this `name_key`: the dataset's, then others, the most populous first.

        "st" and "saint" at the start of a key are one, and so are mount, fort and point with their abbreviations.
        A place of the dataset is also found by the names that only the world gives it, and stays the dataset's row.
        """
        found: dict[str, Place] = {}
        other = respelled(key)
        for number, layer in enumerate(self._layers):
            places = layer.places_of_key(key)
            if other != key and (more := layer.places_of_key(other)):
                places = sorted([*places, *more], key=lambda place: -place.population)
            for place in places:
                if place.place_id not in found:
                    above = (upper.get(place.place_id) for upper in self._layers[:number])
                    found[place.place_id] = next((own for own in above if own is not None), place)
        return tuple(found.values())

    def places_table(self, place_ids: Iterable[str]) -> "pd.DataFrame":
        """Table `places` of those of the places that the gazetteer has, in the order in which they are asked for."""
        from geo.schema import conform  # and with it pandas, which looking up names does without

        found = (place for place_id in dict.fromkeys(place_ids) if (place := self.get(place_id)) is not None)
        return conform("places", places_table(found))

    def ancestors(self, place_id: str) -> list[Place]:
        """The places that contain this one, nearest first, as far as the tables say."""
        found: list[Place] = []
        place = self.get(place_id)
        while place is not None and place.parent_place_id:
            place = self.get(place.parent_place_id)
            if place is None or place in found:
                break
            found.append(place)
        return found

    def nearest(
        self, latitude: float, longitude: float, feature_start: str, limit: int | None, within_km: float = math.inf
    ) -> list[tuple[float, Place]]:
        """The places nearest to a point whose feature code starts so, with their distances (km), nearest first.

        latitude, longitude: degrees, WGS84. within_km: the largest distance. Distances are great circles on a sphere.
        """
        found: list[tuple[float, Place]] = []
        for layer, places in enumerate(self._layers):
            rows = np.flatnonzero(places.has_feature(feature_start))
            distances = distances_km(places.coordinates()[rows], latitude, longitude)
            nearest = np.argsort(distances, kind="stable")[:limit]
            nearest = nearest[distances[nearest] <= within_km]
            near = ((float(distances[row]), places.at(int(rows[row]))) for row in nearest)
            found += [(distance, place) for distance, place in near if not self._is_hidden(layer, place.place_id)]
        return sorted(found, key=lambda pair: pair[0])[:limit]

    def demonym(self, word: str) -> Place | None:
        """The country or region that a word for its people means ("Syrian"); None without a world."""
        return self.world.demonym(word) if self.world else None

    def _containers(self, names: Iterable[str]) -> tuple[set[str], set[str]]:
        """The place ids and the country codes that the names of containers can mean."""
        places = [place for name in names for place in self.places_of_key(name_key(name))]
        codes = {place.country_code for place in places if place.feature_code == COUNTRY and place.country_code}
        return {place.place_id for place in places}, codes

    def candidates(self, name: str, context: Collection[str] = ()) -> list[Candidate]:
        """The places that a name can mean, best first; none if the gazetteer does not have the name.

        context: names of places that should contain it, for example ("Aleppo", "Syria").

        The score is a sum of signals, at most 1: 0.25 for a place of the dataset; 0.30 for an exact match, 0.23
        for an alias, 0.16 for a transliteration; 0.35 for lying in the context (below a place named there by
        parent_place_id, or in a country named there); 0.06 for a country or continent and 0.05 for a populated place
        (so a city comes before a province of the same name); 0.05 times log10(population) / 8. So, without context,
        places of the dataset come first, then the better match, then the larger population; equal scores go by
        place_id.
        """
        written = spelling(name)
        container_ids, country_codes = self._containers(context) if context else (set(), set())
        found = []
        for place in self.places_of_key(name_key(name)):
            match = _match(place, written)
            inside = bool(context) and (
                place.country_code in country_codes
                or any(ancestor.place_id in container_ids for ancestor in self.ancestors(place.place_id))
            )
            found.append(Candidate(place, match, _score(place, match, inside), inside))
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.place.place_id))

    def best(self, name: str, context: Collection[str] = ()) -> Candidate | None:
        """The first of `candidates`, or None."""
        return next(iter(self.candidates(name, context)), None)

    def similar(self, name: str, country_codes: Collection[str], limit: int = 5) -> list[Candidate]:
        """The places of some countries that have a name that sounds like this one, best first.

        The match is `transliterated`; the score is the `likeness` (0 to 1) of the most alike of the place's names, and
        places below 0.835 are left out. Of equal scores the dataset's places come first, then the more populous.
        Places are compared whose `skeleton` is that of the name or within 60 percent of it.
        """
        alike: dict[str, Candidate] = {}
        for code in country_codes:
            for place in self._places_like(skeleton(name, code), code):
                if place.place_id not in alike:
                    score = max(likeness(name, other, code) for other in place.names)
                    alike[place.place_id] = Candidate(place, "transliterated", round(score, 4), False)
        found = [one for one in alike.values() if one.score >= _LEAST_LIKENESS]
        found.sort(key=lambda one: (-one.score, not one.place.in_dataset, -one.place.population, one.place.place_id))
        return found[:limit]

    def _places_like(self, sound: str, country_code: str) -> Iterator[Place]:
        if not sound:
            return
        for layer, places in enumerate(self._layers):
            near = process.extract(
                sound,
                places.sounds(country_code),
                scorer=fuzz.ratio,
                score_cutoff=_LEAST_SOUND_LIKENESS_PCT,
                limit=_NEAR_SOUNDS,
            )
            for other, *_ in near:
                for place in places.places_of_sound(country_code, other):
                    if not self._is_hidden(layer, place.place_id):
                        yield place


def distances_km(points: np.ndarray, latitude: float, longitude: float) -> np.ndarray:
    """Great-circle distances (haversine formula) from a point to points, all in degrees; points has shape (n, 2)."""
    latitudes, longitudes = np.radians(points).T
    here_latitude, here_longitude = np.radians([latitude, longitude])
    half_chord = (
        np.sin((latitudes - here_latitude) / 2) ** 2
        + np.cos(latitudes) * np.cos(here_latitude) * np.sin((longitudes - here_longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1)))


def _match(place: Place, written: str) -> str:
    if written == spelling(place.name) or (place.name_local and written == spelling(place.name_local)):
        return "exact"
    return "alias" if any(written == spelling(alias) for alias in place.aliases) else "transliterated"


def _score(place: Place, match: str, in_context: bool) -> float:
    population = math.log10(1 + place.population) / _LARGEST_LOG_POPULATION
    kind = "PPL" if place.feature_code.startswith("PPL") else place.feature_code
    signals = (
        _DATASET * place.in_dataset,
        _MATCH[match],
        _CONTEXT * in_context,
        _KIND.get(kind, 0.0),
        _POPULATION * min(population, 1.0),
    )
    return round(sum(signals), 4)
