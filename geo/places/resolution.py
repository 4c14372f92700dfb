"""Which place each name of a text means, decided by signals that add up and can be shown.

Names of one text are decided together: what they have in common (a country, a division, nearness) speaks for a
candidate. Weights and their reasons are in `resolution.toml`.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from geo.places.gazetteer import Gazetteer, Place
from geo.places.names import name_key, spelling

_DATA: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("resolution.toml").read_text("utf-8"))
_PRIOR, _CONTEXT, _SUPPORT, _DECISION = (_DATA[part] for part in ("prior", "context", "support", "decision"))
_FULL: float = _DATA["full"]
_ROUNDS = 2
_MOST_RANKED = 5
_UNLIKELY = 9.0
_LITTLE = 0.002
_CELL_DEG = 0.5
_Masses = dict[Any, float]
_KIND_WORDS = frozenset(_DATA["words"]["kinds"].split())
_MOST_OPTIONS = 60
_UNKNOWN_DIVISION, _UNKNOWN_PLACE = 6.0, 0.5
_EARTH_KM = 6371.0
_LARGE_DIVISIONS = ("ADM1",)
_SMALL_DIVISIONS = ("ADM2", "ADM3", "ADM4", "ADM5")


class Query(NamedTuple):
    """A name to resolve.

    written: as it stands in the text. key: the `name_key` to look it up by. feature: what the text says that it is
    (ADM1, ADM2, PPL or ""). container: position in the list of the name that the text makes its container, or None.
    is_other_word: whether the key is not that of `written` ("Ill.", "Syrian"). trust: 0 to 1, how far the name counts
    for what the text is about.
    """

    written: str
    key: str
    feature: str = ""
    container: int | None = None
    is_other_word: bool = False
    trust: float = 1.0


class Ranked(NamedTuple):
    """A place that a name can mean. score: the sum of the signals, 0 to 1. match: see `geo.schema.MATCHES`."""

    place: Place
    score: float
    match: str
    signals: dict[str, float]


class Resolution(NamedTuple):
    """What a name means.

    best: the place, None if it cannot be decided. margin: how far the score of the next place elsewhere lies below,
    0 to 1. ranked: the candidates, best first, at most five.
    """

    best: Ranked | None
    margin: float
    ranked: list[Ranked]


class _Option(NamedTuple):
    """A candidate with what does not depend on the text. area: country, division, point or region."""

    place: Place
    match: str
    prior: float
    signals: tuple[tuple[str, float], ...]
    area: str
    division_id: str | None
    cells: tuple[tuple[int, int], ...]


class Resolver:
    """Resolves names against a gazetteer. One serves any number of texts and keeps what it learns about names.

    focus: ISO 3166-1 alpha-2 codes of the countries that the texts are about.
    """

    def __init__(self, gazetteer: Gazetteer, focus: Collection[str] = ()) -> None:
        self._gazetteer = gazetteer
        self._focus = frozenset(focus)
        self._options: Callable[[str, str, bool], tuple[_Option, ...]] = lru_cache(maxsize=60_000)(self._look_up)

    def resolve(self, queries: Sequence[Query]) -> list[Resolution]:
        """What each name means, in the order of the names."""
        options = [self._options(one.key, one.written, one.is_other_word) for one in queries]
        return _Text(queries, options, self._focus, self._gazetteer).resolve()

    def _look_up(self, key: str, written: str, is_other_word: bool) -> tuple[_Option, ...]:
        places = self._gazetteer.places_of_key(key)
        cities = {(place.country_code, _division(place)) for place in places if place.feature_code.startswith("PPL")}
        cities |= {(place.country_code, None) for place in places if place.feature_code == "PPLC"}
        spelled = spelling(written)
        options = [_option(place, key, spelled, is_other_word, cities) for place in places]
        options.sort(key=lambda option: (-option.prior, option.place.place_id))
        return tuple(options[:_MOST_OPTIONS])


def _division(place: Place) -> str | None:
    """The first-order division that a place is, or lies in."""
    return (
        place.place_id if place.feature_code == "ADM1" else getattr(place, "admin1_id", None) or place.parent_place_id
    )


def _area(place: Place) -> str:
    code = place.feature_code
    if code.startswith("PCL"):
        return "country"
    if code == "ADM1":
        return "division"
    return "point" if place.in_dataset or code.startswith("PPL") or code in _SMALL_DIVISIONS else "region"


def _option(place: Place, key: str, spelled: str, is_other_word: bool, cities: set[Any]) -> _Option:
    match = "alias" if is_other_word else _match(place, key, spelled)
    area = _area(place)
    size = _PRIOR["population"] * math.log10(1 + place.population)
    signals: list[tuple[str, float]] = []
    if area == "region":
        signals.append(("region", _PRIOR["region"]))
    elif area == "country":
        signals.append(("population", max(size, 5.0)))
        signals.append(("country", _PRIOR["country"]))
    elif area == "division":
        signals.append(("population", size or _UNKNOWN_DIVISION))
        signals.append(
            ("division", _PRIOR["division"] * min(max(size - _PRIOR["small_from"], 0.0), 1.0) if size else 0.0)
        )
        if (place.country_code, place.place_id) in cities or (place.country_code, None) in cities:
            signals.append(("division_of_city", _PRIOR["division_of_city"]))
    else:
        signals.append(("population", size or (_UNKNOWN_DIVISION if place.in_dataset else _UNKNOWN_PLACE)))
        if place.feature_code in _SMALL_DIVISIONS and not place.in_dataset:
            signals.append(("small_division", _PRIOR["small_division"]))
    if place.feature_code == "PPLC":
        signals.append(("capital", _PRIOR["capital"]))
    if match != "exact" and not is_other_word:
        signals.append((match, _PRIOR[match]))
    if place.in_dataset:
        signals.append(("dataset", _PRIOR["dataset"]))
    return _Option(
        place, match, sum(points for _, points in signals), tuple(signals), area, _division(place), _cells(place)
    )


def _match(place: Place, key: str, spelled: str) -> str:
    if spelled == spelling(place.name) or (place.name_local and spelled == spelling(place.name_local)):
        return "exact"
    if any(spelled == spelling(alias) for alias in place.aliases):
        return "alias"
    return "exact" if name_key(place.name) == key else "transliterated"


class _Group:
    """The names of a text that are written alike: they mean one place.

    shares: how likely each candidate is, by its points so far; 1 in all.
    """

    __slots__ = ("best", "family", "members", "options", "scores", "shares", "trust")

    def __init__(self, options: tuple[_Option, ...], family: str) -> None:
        self.options = options
        self.family = family
        self.trust = 0.0
        self.members: list[int] = []
        self.scores: list[tuple[float, dict[str, float]]] = [(option.prior, {}) for option in options]
        self.best = 0
        self.shares: list[float] = []

    @property
    def chosen(self) -> _Option:
        return self.options[self.best]

    @property
    def weight(self) -> float:
        """How much the name counts for others, by how often it stands in the text."""
        return self.trust * (1 + float(_SUPPORT["repeat"]) * min(len(self.members) - 1, _SUPPORT["repeats"]))

    def weigh(self) -> None:
        """Choose the candidate with the most points, the first of equal ones, and share the likelihood out."""
        points = [points for points, _ in self.scores]
        most = max(points)
        self.best = points.index(most)
        raw = [math.exp((value - most) / _SUPPORT["doubt"]) if most - value < _UNLIKELY else 0.0 for value in points]
        whole = sum(raw)
        self.shares = [one / whole for one in raw]


class _Text:
    """The names of one text, decided together."""

    def __init__(
        self,
        queries: Sequence[Query],
        options: list[tuple[_Option, ...]],
        focus: frozenset[str],
        gazetteer: Gazetteer,
    ) -> None:
        self._queries = queries
        self._focus = focus
        self._gazetteer = gazetteer
        self._divisions: _Masses = {}
        groups: dict[tuple[str, str], _Group] = {}
        self._group_of: list[_Group | None] = []
        for position, query in enumerate(queries):
            if not options[position]:
                self._group_of.append(None)
                continue
            kind = (query.key, query.feature if query.feature.startswith("ADM") else "")
            group = groups.get(kind)
            if group is None:
                group = groups[kind] = _Group(options[position], _family(query.key))
            group.members.append(position)
            group.trust = max(group.trust, query.trust)
            self._group_of.append(group)
        self._groups = list(groups.values())
        self._containers: dict[int, list[_Group]] = {}
        for group in self._groups:
            found = {id(one): one for member in group.members if (one := self._container(member)) and one is not group}
            self._containers[id(group)] = list(found.values())

    def _container(self, member: int) -> _Group | None:
        position = self._queries[member].container
        return None if position is None else self._group_of[position]

    def resolve(self) -> list[Resolution]:
        for group in self._groups:
            group.weigh()
        for _ in range(_ROUNDS):
            self._score_all()
        return [self._resolution(position) for position in range(len(self._queries))]

    def _score_all(self) -> None:
        """Score every candidate by what the other names of the text are likely to be."""
        families: dict[str, tuple[_Masses, ...]] = {}
        for group in self._groups:
            _most(families.setdefault(group.family, ({}, {}, {}, {})), _masses(group))
        own = [families[group.family] for group in self._groups]
        countries, divisions, cells = (_sum(masses[kind] for masses in families.values()) for kind in range(3))
        named = _two_most(masses[3] for masses in families.values())
        self._divisions = divisions
        for group, (own_countries, own_divisions, own_cells, own_named) in zip(self._groups, own, strict=True):
            scores = []
            for option in group.options:
                signals: dict[str, float] = {}
                code, division_id = option.place.country_code, option.division_id
                if code and option.area != "region":
                    others = countries[code] - own_countries.get(code, 0.0)
                    if code in named:
                        first, second = named[code]
                        others += second if own_named.get(code) == first else first
                    if others > _LITTLE:
                        weight = _CONTEXT["country_itself" if option.area == "country" else "country"]
                        signals["same_country"] = weight * math.log1p(others)
                    if code in self._focus:
                        signals["focus"] = _CONTEXT["focus"]
                if division_id and option.area != "region":
                    others = divisions[division_id] - own_divisions.get(division_id, 0.0)
                    if others > _LITTLE:
                        weight = _CONTEXT["division_itself" if option.area == "division" else "division"]
                        signals["same_division"] = weight * math.log1p(others)
                if option.area == "point":
                    near = sum(cells[cell] - own_cells.get(cell, 0.0) for cell in option.cells if cell in cells)
                    if near > _LITTLE:
                        signals["near"] = _CONTEXT["near"] * math.log1p(near)
                self._said(group, option, signals)
                scores.append((option.prior + sum(signals.values()), signals))
            group.scores = scores
        for group in self._groups:
            group.weigh()

    def _said(self, group: _Group, option: _Option, signals: dict[str, float]) -> None:
        feature = self._queries[group.members[0]].feature
        if feature:
            same = option.place.feature_code.startswith(feature)
            signals["said_kind"] = _CONTEXT["said_kind" if same else "other_kind"]
        for container in self._containers[id(group)]:
            if any(_lies_in(option, outer) for outer in container.options[:8]):
                signals["container"] = _CONTEXT["container"]
                return

    def _resolution(self, position: int) -> Resolution:
        group = self._group_of[position]
        if group is None:
            parent = self._parent(position)
            return Resolution(parent, 0.0, [parent] if parent else [])
        order = sorted(range(len(group.options)), key=lambda one: (-group.scores[one][0], one))
        container = self._container(position)
        rivals = order[1:]
        if container is not None and container is not group:
            inside = [one for one in order if _lies_in(group.options[one], container.chosen)]
            if inside:
                order, rivals = [*inside, *(one for one in order if one not in inside)], inside[1:]
        ranked = [_ranked(group.options[one], group.scores[one][1]) for one in order[:_MOST_RANKED]]
        best = ranked[0]
        elsewhere = (one for one in rivals if _km(group.options[one].place, best.place) > _DECISION["same_place_km"])
        rival = next(elsewhere, None)
        margin = best.score
        if rival is not None:
            margin = max(best.score - min(max(group.scores[rival][0] / _FULL, 0.0), 1.0), 0.0)
        is_decided = best.score >= _DECISION["least_score"] and (rival is None or margin >= _DECISION["least_margin"])
        return Resolution(best if is_decided else None, round(margin, 4), ranked)

    def _parent(self, position: int) -> Ranked | None:
        """The place that a name without a place lies in: the one named beside it, else what the text is about."""
        container = self._container(position)
        if container is not None:
            return _as_parent(container.chosen.place, "container")
        most = max(self._divisions, key=lambda one: (self._divisions[one], one), default=None)
        if most is None or self._divisions[most] < _DECISION["parent_share"] * sum(self._divisions.values()):
            return None
        place = self._gazetteer.get(most)
        return _as_parent(place, "same_division") if place else None


def _masses(group: _Group) -> tuple[_Masses, ...]:
    """How much a name speaks for countries by places in them, for divisions, for cells, and for countries as such."""
    countries: _Masses = defaultdict(float)
    divisions: _Masses = defaultdict(float)
    cells: _Masses = defaultdict(float)
    named: _Masses = defaultdict(float)
    capitals = {option.place.country_code for option in group.options if option.place.feature_code == "PPLC"}
    for option, share in zip(group.options, group.shares, strict=True):
        code = option.place.country_code
        if share < _LITTLE or option.area == "region" or not code:
            continue
        weight = share * group.weight
        if option.area == "country" or code in capitals:
            named[code] += share * group.trust * _SUPPORT["country_named"]
        else:
            countries[code] += weight
        if option.division_id:
            divisions[option.division_id] += weight * (_SUPPORT["division_named"] if option.area == "division" else 1.0)
        if option.area == "point":
            cells[option.cells[0]] += weight
    return countries, divisions, cells, named


def _cells(place: Place) -> tuple[tuple[int, int], ...]:
    """The cell that a place lies in, then those around it."""
    row = math.floor(place.latitude / _CELL_DEG)
    width = _CELL_DEG / max(math.cos(math.radians((row + 0.5) * _CELL_DEG)), 0.1)
    column = math.floor(place.longitude / width)
    around = [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
    return (row, column), *around


def _most(masses: tuple[_Masses, ...], others: tuple[_Masses, ...]) -> None:
    """Raise masses to those of another name of the family: "Dublin" and "Dublin City" count once."""
    for kind, other in zip(masses, others, strict=True):
        for key, mass in other.items():
            kind[key] = max(mass, kind.get(key, 0.0))


def _two_most(masses: Iterable[_Masses]) -> dict[Any, tuple[float, float]]:
    """The two largest masses of each key."""
    found: dict[Any, tuple[float, float]] = {}
    for one in masses:
        for key, mass in one.items():
            first, second = found.get(key, (0.0, 0.0))
            found[key] = (mass, first) if mass > first else (first, max(mass, second))
    return found


def _family(key: str) -> str:
    """What is left of a key without the words for kinds of places."""
    return " ".join(word for word in key.split() if word not in _KIND_WORDS) or key


def _sum(masses: Iterable[_Masses]) -> _Masses:
    total: _Masses = defaultdict(float)
    for one in masses:
        for key, mass in one.items():
            total[key] += mass
    return total


def _as_parent(place: Place, signal: str) -> Ranked:
    score = float(_DECISION["parent_score"])
    return Ranked(place, score, "parent", {signal: score})


def _ranked(option: _Option, context: dict[str, float]) -> Ranked:
    signals = {name: round(points / _FULL, 4) for name, points in (*option.signals, *context.items())}
    total = round(sum(signals.values()), 4)
    if not 0.0 <= total <= 1.0:
        signals["limit"] = round(min(max(total, 0.0), 1.0) - total, 4)
    return Ranked(option.place, round(min(max(total, 0.0), 1.0), 4), option.match, signals)


def _lies_in(inner: _Option, outer: _Option) -> bool:
    """Whether a place lies in another, as far as the gazetteer says; near it, where it does not say."""
    if inner.place.place_id == outer.place.place_id:
        return False
    if outer.area == "country":
        return inner.place.country_code == outer.place.country_code and inner.area != "country"
    if outer.area == "division":
        return inner.division_id == outer.division_id and inner.area == "point"
    return (
        outer.area == "point" and inner.area == "point" and _km(inner.place, outer.place) < _DECISION["same_place_km"]
    )


def _km(one: Place, other: Place) -> float:
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
