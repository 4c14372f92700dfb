"""The few hundred places of a dataset, in memory, with the look-ups that `PackedPlaces` has."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.places.names import name_key
from geo.places.place import DIVISION, Place
from geo.places.skeleton import skeleton

if TYPE_CHECKING:
    import pandas as pd


class TablePlaces:
    """The rows of a table `places`, which may also have `population`. The table is not changed.

    in_dataset: what the places shall say of themselves.
    """

    def __init__(self, places: "pd.DataFrame", in_dataset: bool = True) -> None:
        self._places = {place.place_id: place for place in _read(places, in_dataset)}

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def get(self, place_id: str) -> Place | None:
        """The place of that id, None if there is none."""
        return self._places.get(place_id)

    @cached_property
    def _by_key(self) -> dict[str, tuple[Place, ...]]:
        return _index((name_key(name), place) for place in self for name in place.names)

    @cached_property
    def _by_sound(self) -> dict[str, dict[str, tuple[Place, ...]]]:
        """By country code and `skeleton`."""
        countries: dict[str, list[Place]] = {}
        for place in self:
            countries.setdefault(place.country_code or "", []).append(place)
        return {
            code: _index((skeleton(name, code), place) for place in places for name in place.names)
            for code, places in countries.items()
        }

    @cached_property
    def _longest(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        for key in self._by_key:
            words = key.split()
            longest[words[0]] = max(len(words), longest.get(words[0], 0))
        return longest

    def has_key(self, key: str) -> bool:
        """Whether a place has a name with this `name_key`."""
        return key in self._by_key

    def places_of_key(self, key: str) -> tuple[Place, ...]:
        """The places that have a name with this `name_key`."""
        return self._by_key.get(key, ())

    def longest(self, first_word: str) -> int:
        """The number of words of the longest key that starts with this word, 0 if there is none."""
        return self._longest.get(first_word, 0)

    def places_of_sound(self, country_code: str, sound: str) -> tuple[Place, ...]:
        """The places of a country that have a name with this `skeleton`."""
        return self._by_sound.get(country_code, {}).get(sound, ())

    def sounds(self, country_code: str) -> list[str]:
        """Every `skeleton` that a name of a place of the country has."""
        return list(self._by_sound.get(country_code, {}))

    def coordinates(self) -> np.ndarray:
        """Latitude and longitude of every place in the order of iteration, degrees, shape (places, 2)."""
        return np.array([(place.latitude, place.longitude) for place in self], dtype=float).reshape(-1, 2)

    def has_feature(self, start: str) -> np.ndarray:
        """For every place in the order of iteration, whether its feature code starts so, shape (places,)."""
        return np.array([place.feature_code.startswith(start) for place in self], dtype=bool)

    def at(self, row: int) -> Place:
        """The place at a position in the order of iteration."""
        return list(self)[row]


def places_table(places: Iterable[Place]) -> "pd.DataFrame":
    """Places as a table of `places` with `population` as its last column; area_km2 is missing."""
    import pandas as pd  # not where only names are looked up: it takes more memory than all places of the world

    from geo.schema import COLUMNS

    rows = [{**place._asdict(), "aliases": "|".join(place.aliases) or None, "area_km2": None} for place in places]
    return pd.DataFrame(rows, columns=[*COLUMNS["places"], "population"])


def _index(named: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    index: dict[str, dict[str, Place]] = {}
    for key, place in named:
        if key:
            index.setdefault(key, {})[place.place_id] = place
    return {key: tuple(found.values()) for key, found in index.items()}


def _read(frame: "pd.DataFrame", in_dataset: bool) -> list[Place]:
    known = frame.astype(object).where(frame.notna(), None)
    rows: dict[str, Any] = {row["place_id"]: row for row in known.to_dict("records")}
    return [_place(row, rows, in_dataset) for row in rows.values()]


def _place(row: dict[str, Any], rows: dict[str, Any], in_dataset: bool) -> Place:
    return Place(
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
        admin1_id=_division(row, rows),
    )


def _division(row: dict[str, Any] | None, rows: dict[str, Any]) -> str | None:
    """The place_id of the first-order division that a row is or lies in, as far as the table says."""
    seen: set[str] = set()
    while row is not None and row["place_id"] not in seen:
        if row["feature_code"] == DIVISION:
            return str(row["place_id"])
        seen.add(row["place_id"])
        row = rows.get(row["parent_place_id"])
    return None
