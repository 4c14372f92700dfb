"""Which place each name of a text means, decided by signals that add up and can be shown.

Names of one text are decided together: what they have in common (a country, a division, nearness) speaks for a
candidate. Weights and their reasons are in `resolution.toml`.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from geo.places.gazetteer import Gazetteer
from geo.places.options import SMALL_DIVISIONS, WEIGHTS, Option, distance_km, is_same_spot, lies_in, options_of
from geo.places.place import CONTINENT
from geo.places.ranked import FULL, Ranked, Resolution, as_parent, ranked
from geo.places.support import LITTLE, Group, Masses, Middle, Support, by_family, family, middle, together
from geo.places.transliterated import sounding

_CONTEXT: dict[str, float] = WEIGHTS["context"]
_DECISION: dict[str, float] = WEIGHTS["decision"]
_UNLISTED: dict[str, float] = WEIGHTS["unlisted"]
_FEATURE_WORDS = frozenset(WEIGHTS["words"]["features"].split())
__all__ = ["Query", "Ranked", "Resolution", "Resolver"]

_REMEMBERED = 4_000
_ROUNDS = 2
_MOST_RANKED = 5
_OUTER_OPTIONS = 8
_BESIDE = 2


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


class Resolver:
    """Resolves names against a gazetteer. One serves any number of texts and keeps what it learns about names.

    focus: ISO 3166-1 alpha-2 codes of the countries that the texts are about.
    """

    def __init__(self, gazetteer: Gazetteer, focus: Collection[str] = ()) -> None:
        self._gazetteer = gazetteer
        self._focus = frozenset(focus)
        self._options: Callable[[str, str, bool], tuple[Option, ...]] = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def resolve(self, queries: Sequence[Query], origins: Mapping[str, float] | None = None) -> list[Resolution]:
        """What each name means, in the order of the names.

        origins: how far the words of the text say where it was written, 0 to 1 by country (`geo.text.origin`).
        """
        options = [self._options(one.key, one.written, one.is_other_word) for one in queries]
        return _Text(queries, options, self._focus, origins or {}, self._gazetteer).resolve()

    def _look_up(self, key: str, written: str, is_other_word: bool) -> tuple[Option, ...]:
        return options_of(self._gazetteer.places_of_key(key), key, written, is_other_word)


class _Text:
    """The names of one text, decided together."""

    def __init__(
        self,
        queries: Sequence[Query],
        options: list[tuple[Option, ...]],
        focus: frozenset[str],
        origins: Mapping[str, float],
        gazetteer: Gazetteer,
    ) -> None:
        self._queries = queries
        self._focus = focus
        self._origins = origins
        self._gazetteer = gazetteer
        self._divisions: Masses = {}
        self._named: set[str | None] = set()
        self._middle: Middle | None = None
        groups: dict[tuple[str, str], Group] = {}
        self._group_of: list[Group | None] = []
        for position, query in enumerate(queries):
            if not options[position]:
                self._group_of.append(None)
                continue
            kind = (query.key, query.feature if query.feature.startswith("ADM") else "")
            group = groups.get(kind)
            if group is None:
                group = groups[kind] = Group(options[position], family(query.key))
            group.members.append(position)
            group.trust = max(group.trust, query.trust)
            self._group_of.append(group)
        self._groups = list(groups.values())
        self._containers: dict[int, list[Group]] = {id(group): [] for group in self._groups}
        self._contents: dict[int, list[Group]] = {id(group): [] for group in self._groups}
        for group in self._groups:
            for member in group.members:
                outer = self._container(member)
                if outer and outer is not group and outer not in self._containers[id(group)]:
                    self._containers[id(group)].append(outer)
                    self._contents[id(outer)].append(group)

    def _container(self, member: int) -> Group | None:
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
        families = by_family(self._groups)
        countries, divisions, cells, named = together(families.values())
        self._divisions = divisions
        self._named = {group.chosen.place.country_code for group in self._groups if group.chosen.area == "country"}
        full_names = self._full_names()
        for group in self._groups:
            own, in_full = families[group.family], full_names.get(self._key(group))
            is_said = self._is_said(group)
            in_countries: dict[str, float] = {}
            in_divisions: dict[str, float] = {}
            scores = []
            for option in group.options:
                signals: dict[str, float] = {}
                place, area, division_id = option.place, option.area, option.division_id
                code = place.country_code
                if code and area != "region":
                    speaks = in_countries.get(code)
                    if speaks is None:
                        speaks = in_countries[code] = _others_in(code, countries, named, own)
                    if speaks:
                        signals["same_country"] = (
                            _CONTEXT["country_itself" if area == "country" else "country"] * speaks
                        )
                    if code in self._focus:
                        signals["focus"] = _CONTEXT["focus"]
                    if code in self._origins:
                        signals["origin"] = _CONTEXT["origin"] * self._origins[code]
                if division_id and area != "region":
                    speaks = in_divisions.get(division_id)
                    if speaks is None:
                        others = divisions.get(division_id, 0.0) - own.divisions.get(division_id, 0.0)
                        speaks = in_divisions[division_id] = math.log1p(others) if others > LITTLE else 0.0
                    if speaks:
                        weight = _CONTEXT["division_itself" if area == "division" else "division"]
                        signals["same_division"] = weight * speaks
                if area == "point" and not cells.keys().isdisjoint(option.cells):
                    near = sum([cells[cell] - own.cells.get(cell, 0.0) for cell in option.cells if cell in cells])
                    if near > LITTLE:
                        signals["near"] = _CONTEXT["near"] * math.log1p(near)
                if place.place_id == in_full:
                    signals["full_name"] = _CONTEXT["full_name"]
                if is_said:
                    self._said(group, option, signals)
                scores.append((option.prior + sum(signals.values()), signals))
            group.scores = scores
        for group in self._groups:
            group.weigh()
        self._middle = middle(self._groups, cells)

    def _key(self, group: Group) -> str:
        return self._queries[group.members[0]].key

    def _full_names(self) -> dict[str, str]:
        """The countries that the text names in full, by the last word: Congo for the Republic of Congo."""
        named = (group for group in self._groups if group.chosen.area == "country" and " " in self._key(group))
        return {
            self._key(group).rpartition(" ")[2]: group.chosen.place.place_id
            for group in named
            if not self._queries[group.members[0]].is_other_word
        }

    def _is_said(self, group: Group) -> bool:
        """Whether the words beside a name say anything of what it is or where it lies."""
        is_kind = bool(self._queries[group.members[0]].feature)
        return is_kind or bool(self._containers[id(group)]) or bool(self._contents[id(group)])

    def _said(self, group: Group, option: Option, signals: dict[str, float]) -> None:
        """The signals of the words beside a name: what it is, what it lies in, what lies in it."""
        feature = self._queries[group.members[0]].feature
        if feature:
            same = option.place.feature_code.startswith(feature)
            signals["said_kind"] = _CONTEXT["said_kind" if same else "other_kind"]
            if same and any(name == "division_of_city" for name, _ in option.signals):
                signals["said_kind"] += _CONTEXT["not_the_city"]
        for outer in self._containers[id(group)]:
            if _is_list(group, outer, option):
                continue
            if any(lies_in(option, one) for one in outer.options[:_OUTER_OPTIONS]):
                signals["container"] = _CONTEXT["container"]
                break
        if option.area in ("division", "country"):
            for inner in self._contents[id(group)]:
                if any(lies_in(one, option) for one in inner.options):
                    signals["contains"] = _CONTEXT["contains"]
                    return

    def _resolution(self, position: int) -> Resolution:
        group = self._group_of[position]
        if group is None:
            parent = self._sounding(position) or self._parent(position)
            return Resolution(parent, 0.0, [parent] if parent else [])
        container = self._container(position)
        if container is not None and container is not group:
            return self._decided(group, container)
        if group.resolution is None:
            group.resolution = self._decided(group, None)
        return group.resolution

    def _decided(self, group: Group, container: Group | None) -> Resolution:
        """What a name means where it has this container."""
        order = sorted(range(len(group.options)), key=lambda one: -group.scores[one][0])
        rivals = order[1:]
        if container is not None:
            inside = [
                one
                for one in order
                if lies_in(group.options[one], container.chosen) and not _is_list(group, container, group.options[one])
            ]
            if not inside and self._lies_elsewhere(group.options[order[0]], group, container):
                parent = as_parent(container.chosen.place, {"container": _DECISION["parent_points"]})
                others = [ranked(group.options[one], group.scores[one][1]) for one in order[: _MOST_RANKED - 1]]
                return Resolution(parent, 0.0, [parent, *others])
            if inside:
                order, rivals = [*inside, *(one for one in order if one not in inside)], inside[1:]
        shown = [ranked(group.options[one], group.scores[one][1]) for one in order[:_MOST_RANKED]]
        best = shown[0]
        unlisted = self._unlisted(group, order[0])
        if unlisted is not None:
            return Resolution(unlisted, round(max(unlisted.score - best.score, 0.0), 4), [unlisted, *shown[:-1]])
        abroad = self._abroad(group, order[0])
        if abroad is not None:
            return Resolution(abroad, round(max(abroad.score - best.score, 0.0), 4), [abroad, *shown[:-1]])
        elsewhere = (one for one in rivals if not is_same_spot(group.options[one].place, best.place))
        rival = next(elsewhere, None)
        margin = best.score
        if rival is not None:
            ahead = group.scores[order[0]][0] - max(group.scores[rival][0], 0.0)
            margin = min(max(ahead / FULL, 0.0), 1.0)
        is_decided = best.score >= _DECISION["least_score"] and (rival is None or margin >= _DECISION["least_margin"])
        return Resolution(best if is_decided else None, round(margin, 4), shown)

    def _lies_elsewhere(self, best: Option, group: Group, container: Group) -> bool:
        """Whether the text says that a name lies where none of its listed places does: "Stroud, Ontario"."""
        outer = container.chosen
        if best.area != "point" or best.place.in_dataset or _is_list(group, container, best):
            return False
        is_small = best.place.population < _DECISION["small_place"]
        return outer.area == "division" or (outer.area == "country" and is_small)

    def _unlisted(self, group: Group, best: int) -> Ranked | None:
        """The middle of the text, where a place without an entry is likelier than the best of the listed ones.

        Scored as if it lay there: nobody lists every hamlet, and most names of hamlets are also those of larger places.
        """
        option, (points, signals) = group.options[best], group.scores[best]
        around = self._middle
        if around is None or around.share < _UNLISTED["least_share"] or around.near < _UNLISTED["least_near"]:
            return None
        if option.place.population > _UNLISTED["most_inhabitants"]:
            return None
        if option.area != "point" or option.place.in_dataset or {"container", "near", "focus"} & set(signals):
            return None
        if distance_km(option.place, around.place) < _UNLISTED["least_km"] or self._is_of_text(group, best):
            return None
        own = {
            "unlisted": _UNLISTED["prior"] + _UNLISTED["namesakes"] * math.log1p(len(group.options)),
            "near": _UNLISTED["near"] * math.log1p(around.near),
        }
        if sum(own.values()) <= points:
            return None
        return as_parent(around.place, own)

    def _is_of_text(self, group: Group, best: int) -> bool:
        """Whether a candidate lies in a country that the text names, and no place of another has the name."""
        place = group.options[best].place
        is_only = all(one.place.country_code == place.country_code for one in group.options)
        is_only = is_only and not _FEATURE_WORDS.intersection(self._key(group).split())
        return is_only and place.country_code in self._named and place.population >= _UNLISTED["known_from"]

    def _abroad(self, group: Group, best: int) -> Ranked | None:
        """The country of a text, for a name of small places in countries that the text says nothing of."""
        option, (_, signals) = group.options[best], group.scores[best]
        place = option.place
        is_small = place.population <= _UNLISTED["foreign_inhabitants"] or place.feature_code in SMALL_DIVISIONS
        if option.area != "point" or place.in_dataset or not is_small or set(signals) - {"said_kind", "other_kind"}:
            return None
        most = max(self._countries, key=lambda one: (self._countries[one], one), default="")
        country = self._gazetteer.get(most)
        whole = sum(self._countries.values()) - group.weight
        is_enough = self._countries.get(most, 0.0) >= _UNLISTED["foreign_share"] * whole >= _UNLISTED["foreign_least"]
        return as_parent(country, {"same_country": _DECISION["parent_points"]}) if country and is_enough else None

    def _parent(self, position: int) -> Ranked | None:
        """The place that a name without a place lies in: the one named beside it, else what the text is about."""
        container = self._container(position)
        if container is not None:
            return as_parent(container.chosen.place, {"container": _DECISION["parent_points"]})
        around, beside = self._middle, self._beside(position)
        if beside is not None and (around is None or beside.place.country_code != around.place.country_code):
            return as_parent(beside.place, {"same_country": _DECISION["parent_points"]})
        if around and around.share >= _DECISION["parent_share"]:
            return as_parent(around.place, {"near": _DECISION["parent_points"]})
        for masses, signal in ((self._divisions, "same_division"), (self._countries, "same_country")):
            most = max(masses, key=lambda one: (masses[one], one), default="")
            place = self._gazetteer.get(most)
            is_enough = place and masses[most] >= _DECISION["parent_share"] * sum(masses.values())
            if place and is_enough and place.feature_code != CONTINENT:
                return as_parent(place, {signal: _DECISION["parent_points"]})
        return None

    def _beside(self, position: int) -> Option | None:
        """The nearest division or country among the names before and after, if all of these are in one country."""
        before, after = self._group_of[max(0, position - _BESIDE) : position], self._group_of[position + 1 :][:_BESIDE]
        chosen = (group.chosen for group in (*reversed(before), *after) if group is not None)
        near = [option for option in chosen if option.place.country_code]
        if len({option.place.country_code for option in near}) != 1 or len(near) < _BESIDE:
            return None
        return next((option for option in near if option.area in ("division", "country")), None)

    def _sounding(self, position: int) -> Ranked | None:
        """The place that a name without a place is another spelling of, in the country that the text is about."""
        most = max(self._countries, key=lambda one: (self._countries[one], one), default="")
        country = self._gazetteer.get(most)
        share = float(WEIGHTS["transliteration"]["country_share"])
        if country is None or not country.country_code or self._countries[most] < share * sum(self._countries.values()):
            return None
        return sounding(self._gazetteer, self._queries[position].written, country.country_code)

    @cached_property
    def _countries(self) -> Masses:
        """How much of the text lies in each country, by the country's place_id."""
        found: Masses = defaultdict(float)
        for group in self._groups:
            place = group.chosen.place
            above = self._gazetteer.ancestors(place.place_id)
            country = next((one for one in (place, *above) if one.feature_code.startswith("PCL")), None)
            if country is not None:
                found[country.place_id] += group.weight
        return found


def _others_in(code: str, countries: Masses, named: Mapping[str, tuple[float, float]], own: Support) -> float:
    """How far the other names of a text speak for a country, as a logarithm; 0 for next to nothing."""
    others = countries.get(code, 0.0) - own.countries.get(code, 0.0)
    if code in named:
        first, second = named[code]
        others += second if own.named.get(code) == first else first
    return math.log1p(others) if others > LITTLE else 0.0


def _is_list(group: Group, outer: Group, option: Option) -> bool:
    """Whether "China, Japan" lists two countries, and does not say that a village called China lies in Japan."""
    if option.area == "division" or not any(one.area == "country" for one in outer.options[:_OUTER_OPTIONS]):
        return False
    return any(one.area == "country" for one in group.options[:_OUTER_OPTIONS])
