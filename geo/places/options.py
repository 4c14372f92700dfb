"""What a name can mean before its text is read: the candidates with the points that they bring along.

Weights and their reasons are in `resolution.toml`.
"""

import math
import tomllib
from collections.abc import Collection
from importlib import resources
from typing import Any, NamedTuple

from geo.places.names import name_key, respelled, spelling
from geo.places.place import Place

WEIGHTS: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("resolution.toml").read_text("utf-8"))
_PRIOR: dict[str, float] = WEIGHTS["prior"]
_CELL_DEG = 0.5
_EARTH_KM = 6371.0
_SAME_PLACE_KM: float = WEIGHTS["decision"]["same_place_km"]
_TWIN_KM: dict[int, float] = {int(one): km for one, km in WEIGHTS["decision"]["twin_km"].items()}
_KM_A_DEGREE = 111.0
"""Of latitude, a little less than on the sphere."""
_MOST_OPTIONS = 60
_LARGE_ALIAS = 10
"""How many times larger a place mainly called so makes one with the name as an alias improbable."""
SMALL_DIVISIONS = ("ADM2", "ADM3", "ADM4", "ADM5")
Cell = int
"""Row and column of a square, in one number: a tuple would take four times the memory."""
_COLUMNS = 4096


class Option(NamedTuple):
    """A candidate. area: country, division, point or region. cells: its own, then those around it."""

    place: Place
    match: str
    prior: float
    signals: tuple[tuple[str, float], ...]
    area: str
    division_id: str | None
    cells: tuple[Cell, ...]


def options_of(places: Collection[Place], key: str, written: str, is_other_word: bool) -> tuple[Option, ...]:
    """The places of a key as candidates, those with the most points first, at most 60.

    is_other_word: whether the key is not that of what is written ("Ill.", "Syrian").
    """
    places = _merged(places)
    towns = [place for place in places if place.feature_code.startswith("PPL") and not _is_longer(place, key)]
    cities = {(place.country_code, division_of(place)) for place in towns}
    cities |= {(place.country_code, None) for place in towns if place.feature_code == "PPLC"}
    spelled = spelling(written)
    matches = [(place, "alias" if is_other_word else _match(place, key, spelled)) for place in places]
    largest = max((place.population for place, match in matches if match == "exact"), default=0)
    options = [
        _option(place, match, cities, largest * (1 + _LARGE_ALIAS * _is_longer(place, key)), is_other_word)
        for place, match in matches
    ]
    options.sort(key=lambda option: (-option.prior, option.place.place_id))
    return tuple(options[:_MOST_OPTIONS])


def _merged(places: Collection[Place]) -> list[Place]:
    """The places, without those of the world that a dataset has too: its rows take over inhabitants and division.

    The same is what is as near as such tables err, and both or neither a division: not a city and its province.
    """
    own = [place for place in places if place.in_dataset]
    if not own:
        return list(places)
    others: list[Place] = []
    for place in places:
        if place.in_dataset:
            continue
        twin = next((number for number, one in enumerate(own) if _is_twin(one, place)), None)
        if twin is None:
            others.append(place)
        else:
            population = max(own[twin].population, place.population)
            own[twin] = own[twin]._replace(population=population, admin1_id=own[twin].admin1_id or place.admin1_id)
    return own + others


def _is_twin(own: Place, other: Place) -> bool:
    is_near = distance_km(own, other) < _TWIN_KM[min(own.place_precision, max(_TWIN_KM))]
    return is_near and own.feature_code.startswith("ADM") == other.feature_code.startswith("ADM")


def division_of(place: Place) -> str | None:
    """The first-order division that a place is, or lies in; the parent of one without."""
    return place.place_id if place.feature_code == "ADM1" else place.admin1_id or place.parent_place_id


def lies_in(inner: Option, outer: Option) -> bool:
    """Whether a place lies in another, as far as the gazetteer says; near it, where it does not say."""
    if inner.place.place_id == outer.place.place_id:
        return False
    if outer.area == "country":
        return inner.place.country_code == outer.place.country_code and inner.area != "country"
    if outer.area == "division":
        return inner.division_id == outer.division_id and inner.area == "point"
    return outer.area == "point" and inner.area == "point" and is_same_spot(inner.place, outer.place)


def is_same_spot(one: Place, other: Place) -> bool:
    """Whether two places are so near to each other that it makes no difference: a city and its province."""
    is_far = abs(one.latitude - other.latitude) > _SAME_PLACE_KM / _KM_A_DEGREE
    return not is_far and distance_km(one, other) < _SAME_PLACE_KM


def distance_km(one: Place, other: Place) -> float:
    """The length of the great circle between two places."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _area(place: Place) -> str:
    code = place.feature_code
    if code.startswith("PCL"):
        return "country"
    if code == "ADM1":
        return "division"
    return "point" if place.in_dataset or code.startswith("PPL") or code in SMALL_DIVISIONS else "region"


def _option(place: Place, match: str, cities: set[Any], largest: int, is_other_word: bool) -> Option:
    area = _area(place)
    signals = list(_of_kind(place, area, cities))
    if place.feature_code == "PPLC":
        signals.append(("capital", _PRIOR["capital"]))
    if match != "exact" and not is_other_word:
        signals.append((match, _PRIOR[match]))
        if largest > _LARGE_ALIAS * place.population and not place.in_dataset:
            signals.append(("overshadowed", _PRIOR["overshadowed"]))
    if place.in_dataset:
        signals.append(("dataset", _PRIOR["dataset"]))
    points = sum(points for _, points in signals)
    return Option(place, match, points, tuple(signals), area, division_of(place), _cells(place))


def _of_kind(place: Place, area: str, cities: set[Any]) -> list[tuple[str, float]]:
    """The points for what a place is and for its inhabitants."""
    size = _PRIOR["population"] * math.log10(1 + place.population)
    if area == "region":
        return [("region", _PRIOR["region"])]
    if area == "country":
        return [("population", max(size, 5.0)), ("country", _PRIOR["country"])]
    if area == "division":
        large = min(max(size - _PRIOR["small_from"], 0.0), 1.0) if size else 0.0
        signals = [("population", size or _PRIOR["unknown_division"]), ("division", _PRIOR["division"] * large)]
        if (place.country_code, place.place_id) in cities or (place.country_code, None) in cities:
            signals.append(("division_of_city", _PRIOR["division_of_city"]))
        return signals
    signals = [("population", size or _PRIOR["unknown_division" if place.in_dataset else "unknown_place"])]
    if place.feature_code in SMALL_DIVISIONS and not place.in_dataset:
        signals.append(("small_division", _PRIOR["small_division"]))
    return signals


def _is_longer(place: Place, key: str) -> bool:
    """Whether a place is mainly called by the key and more: Oklahoma City, which leaves "Oklahoma" to the state."""
    return place.feature_code.startswith("PPL") and name_key(place.name).startswith(f"{key} ")


def _match(place: Place, key: str, spelled: str) -> str:
    if spelled == spelling(place.name) or (place.name_local and spelled == spelling(place.name_local)):
        return "exact"
    if any(spelled == spelling(alias) for alias in place.aliases):
        return "alias"
    return "exact" if name_key(place.name) in (key, respelled(key)) else "transliterated"


def _cells(place: Place) -> tuple[Cell, ...]:
    """The cell of half a degree that a place lies in, then those around it."""
    row = math.floor(place.latitude / _CELL_DEG)
    width = _CELL_DEG / max(math.cos(math.radians((row + 0.5) * _CELL_DEG)), 0.1)
    column = math.floor(place.longitude / width)
    own = row * _COLUMNS + column
    return own, *(own + down * _COLUMNS + right for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right)
