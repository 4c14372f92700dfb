"""What the names of one text say together: how much speaks for each country, division and neighbourhood."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from geo.places.options import WEIGHTS, Option
from geo.places.place import Place
from geo.places.ranked import Resolution

_SUPPORT: dict[str, float] = WEIGHTS["support"]
_KIND_WORDS = frozenset(WEIGHTS["words"]["kinds"].split())
_UNLIKELY = 9.0
LITTLE = 0.002
"""Less than this does not count."""
Masses = dict[Any, float]


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


class Group:
    """The names of a text that are written alike: they mean one place.

    shares: how likely each candidate is, by its points so far; 1 in all. weight: how much the name counts for others,
    by how often it stands in the text. resolution: what it means wherever nothing beside it says more.
    """

    __slots__ = ("best", "family", "members", "options", "resolution", "scores", "shares", "trust")

    def __init__(self, options: tuple[Option, ...], family: str) -> None:
        self.options = options
        self.family = family
        self.trust = 0.0
        self.members: list[int] = []
        self.scores: list[tuple[float, dict[str, float]]] = [(option.prior, {}) for option in options]
        self.best = 0
        self.shares: list[float] = []
        self.resolution: Resolution | None = None

    @property
    def chosen(self) -> Option:
        """The candidate with the most points."""
        return self.options[self.best]

    @property
    def weight(self) -> float:
        """How much the name counts for others, by how often it stands in the text."""
        return self.trust * (1 + _SUPPORT["repeat"] * min(len(self.members) - 1, _SUPPORT["repeats"]))

    def weigh(self) -> None:
        """Choose the candidate with the most points, the first of equal ones, and share the likelihood out."""
        points = [points for points, _ in self.scores]
        most = max(points)
        self.best = points.index(most)
        raw = [math.exp((value - most) / _SUPPORT["doubt"]) if most - value < _UNLIKELY else 0.0 for value in points]
        whole = sum(raw)
        self.shares = [one / whole for one in raw]


class Support(NamedTuple):
    """Masses of a text or of one name. countries: by places in them; named: by the country or its capital itself."""

    countries: Masses
    divisions: Masses
    cells: Masses
    named: Masses


def family(key: str) -> str:
    """What is left of a key without the words for kinds of places."""
    return " ".join(word for word in key.split() if word not in _KIND_WORDS) or key


def support_of(group: Group) -> Support:
    """How much a name speaks for countries by places in them, for divisions, for cells, and for countries as such."""
    found = Support(defaultdict(float), defaultdict(float), defaultdict(float), defaultdict(float))
    countries, divisions, cells, named = found
    capitals = {option.place.country_code for option in group.options if option.place.feature_code == "PPLC"}
    whole = group.weight
    for option, share in zip(group.options, group.shares, strict=True):
        code = option.place.country_code
        if share < LITTLE or option.area == "region" or not code:
            continue
        weight = share * whole
        if option.area == "country" or code in capitals:
            named[code] += share * group.trust * _SUPPORT["country_named"]
        else:
            countries[code] += weight
        if option.division_id:
            divisions[option.division_id] += weight * (_SUPPORT["division_named"] if option.area == "division" else 1.0)
        if option.area == "point":
            cells[option.cells[0]] += weight
    return found


def by_family(groups: Iterable[Group]) -> dict[str, Support]:
    """The support of each family of names: "Dublin" and "Dublin City" count once, with the greater."""
    families: dict[str, Support] = {}
    for group in groups:
        own = support_of(group)
        kinds = families.setdefault(group.family, own)
        if kinds is not own:
            for kind, other in zip(kinds, own, strict=True):
                for key, mass in other.items():
                    kind[key] = max(mass, kind.get(key, 0.0))
    return families


def together(families: Iterable[Support]) -> tuple[Masses, Masses, Masses, dict[Any, tuple[float, float]]]:
    """The masses of all: sums for countries, divisions and cells; the two largest for countries as such."""
    sums: tuple[Masses, Masses, Masses] = (defaultdict(float), defaultdict(float), defaultdict(float))
    named: dict[Any, tuple[float, float]] = {}
    for one in families:
        for total, masses in zip(sums, one[:3], strict=True):
            for key, mass in masses.items():
                total[key] += mass
        for key, mass in one.named.items():
            first, second = named.get(key, (0.0, 0.0))
            named[key] = (mass, first) if mass > first else (first, max(mass, second))
    return *sums, named


class Middle(NamedTuple):
    """Where the places of a text crowd. near: their mass there. share: of the mass of all its points."""

    option: Option
    near: float
    share: float

    @property
    def place(self) -> Place:
        """The place in the middle of the crowd."""
        return self.option.place


def middle(groups: Iterable[Group], cells: Masses) -> Middle | None:
    """The place with the most of the text's places around it, the most often named of equal ones; None if no point."""
    whole = sum(cells.values())
    best: tuple[float, float, Option] | None = None
    for group in groups:
        chosen = group.chosen
        if chosen.area == "point":
            near = sum(cells[cell] for cell in chosen.cells if cell in cells)
            if best is None or (near, group.weight) > best[:2]:
                best = near, group.weight, chosen
    return Middle(best[2], best[0], best[0] / whole) if best and whole else None
