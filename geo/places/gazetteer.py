"""The gazetteer: which places a name can mean, best first, and why."""

import math
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from geo.places.names import name_key, spelling
from geo.places.world import countries, world_places

__all__ = ["Candidate", "Gazetteer", "Place", "world_places"]

COUNTRY = "PCLI"
_DATASET = 0.25
_MATCH = {"exact": 0.30, "alias": 0.23, "transliterated": 0.16}
_CONTEXT = 0.35
_POPULATED = 0.05
_POPULATION = 0.05
_LARGEST_LOG_POPULATION = 8.0


class Place(NamedTuple):
    """One row of a table of places.

    aliases: the row's aliases as a tuple.
    latitude, longitude: degrees, WGS84.
    population: inhabitants, 0 where the table does not say.
    in_dataset: whether the row is the dataset's own; otherwise it is one of the world's.
    """

    place_id: str
    name: str
    name_local: str | None
    aliases: tuple[str, ...]
    latitude: float
    longitude: float
    feature_code: str
    parent_place_id: str | None
    country_code: str | None
    place_precision: int
    population: int
    in_dataset: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the place, the main one first."""
        local = (self.name_local,) if self.name_local else ()
        return (self.name, *local, *self.aliases)


class Candidate(NamedTuple):
    """A place that a name can mean.

    match: exact (the name or the local name), alias, or transliterated (equal only under `name_key`).
    score: 0 to 1, see `Gazetteer.candidates`.
    in_context: whether the place lies in one of the containers that were given.
    """

    place: Place
    match: str
    score: float
    in_context: bool


def _read(frame: pd.DataFrame, in_dataset: bool) -> Iterator[Place]:
    known = frame.astype(object).where(frame.notna(), None)
    for row in known.to_dict("records"):
        yield Place(
            place_id=row["place_id"],
            name=row["name"],
            name_local=row["name_local"],
            aliases=tuple(alias.strip() for alias in (row["aliases"] or "").split("|") if alias.strip()),
            latitude=row["latitude"],
            longitude=row["longitude"],
            feature_code=row["feature_code"],
            parent_place_id=row["parent_place_id"],
            country_code=row["country_code"],
            place_precision=row["place_precision"],
            population=int(row.get("population") or 0),
            in_dataset=in_dataset,
        )


class Gazetteer:
    """Places found by name. Two tables go in and are not changed; the network is not asked.

    places: the dataset's places (columns of `places`).
    world: places of the world (see `world_places`), or None for the dataset's alone. Where both have a
        place_id, the dataset's row is used.

    The 34,000 places of the world have 290,000 names: indexing them, at the first look-up, takes about 2 s and
    140 MB. A dataset of a few hundred places alone takes a few milliseconds.
    """

    def __init__(self, places: pd.DataFrame, world: pd.DataFrame | None = None) -> None:
        own = {place.place_id: place for place in _read(places, in_dataset=True)}
        others = [] if world is None else _read(world, in_dataset=False)
        self._places = own | {place.place_id: place for place in others if place.place_id not in own}

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def place(self, place_id: str) -> Place:
        """The place of that id. Raises KeyError if the gazetteer does not have it."""
        return self._places[place_id]

    @cached_property
    def _by_key(self) -> dict[str, list[Place]]:
        index: dict[str, dict[str, Place]] = {}
        for place in self:
            for name in place.names:
                index.setdefault(name_key(name), {})[place.place_id] = place
        index.pop("", None)
        return {key: list(found.values()) for key, found in index.items()}

    @cached_property
    def longest_key(self) -> dict[str, int]:
        """For each first word of a key, the number of words of the longest key that starts with it."""
        longest: dict[str, int] = {}
        for key in self._by_key:
            words = key.split()
            longest[words[0]] = max(len(words), longest.get(words[0], 0))
        return longest

    def places_of_key(self, key: str) -> list[Place]:
        """The places that have a name with this `name_key`."""
        return self._by_key.get(key, [])

    def ancestors(self, place_id: str) -> list[Place]:
        """The places that contain this one, nearest first, as far as the tables say."""
        found: list[Place] = []
        place = self._places.get(place_id)
        while place is not None and place.parent_place_id:
            place = self._places.get(place.parent_place_id)
            if place is None or place in found:
                break
            found.append(place)
        return found

    def _containers(self, names: Iterable[str]) -> tuple[set[str], set[str]]:
        """The place ids and the country codes that the names of containers can mean."""
        keys = [name_key(name) for name in names]
        places = [place for key in keys for place in self.places_of_key(key)]
        codes = {countries()[key] for key in keys if key in countries()}
        codes |= {place.country_code for place in places if place.feature_code == COUNTRY and place.country_code}
        return {place.place_id for place in places}, codes

    def candidates(self, name: str, context: Collection[str] = ()) -> list[Candidate]:
        """The places that a name can mean, best first; none if the gazetteer does not have the name.

        context: names of places that should contain it, for example ("Aleppo", "Syria").

        The score is a sum of signals, at most 1: 0.25 for a place of the dataset; 0.30 for an exact match, 0.23
        for an alias, 0.16 for a transliteration; 0.35 for lying in the context (below a place named there by
        parent_place_id, or in a country named there); 0.05 for a populated place (so a city comes before a
        province of the same name); 0.05 times log10(population) / 8. So, without context, places of the
        dataset come first, then the better match, then the larger population; equal scores go by place_id.
        """
        written = spelling(name)
        container_ids, country_codes = self._containers(context) if context else (set(), set())
        found = []
        for place in self.places_of_key(name_key(name)):
            match = _match(place, written)
            inside = place.country_code in country_codes or any(
                ancestor.place_id in container_ids for ancestor in self.ancestors(place.place_id)
            )
            found.append(Candidate(place, match, _score(place, match, inside), inside))
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.place.place_id))

    def best(self, name: str, context: Collection[str] = ()) -> Candidate | None:
        """The first of `candidates`, or None."""
        return next(iter(self.candidates(name, context)), None)


def _match(place: Place, written: str) -> str:
    if written == spelling(place.name) or (place.name_local and written == spelling(place.name_local)):
        return "exact"
    return "alias" if any(written == spelling(alias) for alias in place.aliases) else "transliterated"


def _score(place: Place, match: str, in_context: bool) -> float:
    population = math.log10(1 + place.population) / _LARGEST_LOG_POPULATION
    signals = (
        _DATASET * place.in_dataset,
        _MATCH[match],
        _CONTEXT * in_context,
        _POPULATED * place.feature_code.startswith("PPL"),
        _POPULATION * min(population, 1.0),
    )
    return round(sum(signals), 4)
