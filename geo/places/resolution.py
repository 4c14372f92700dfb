"""Which place each name of a text means, decided by signals that add up and can be shown.

Names of one text are decided together: what they have in common (a country, a division, nearness) speaks for a
candidate. Weights and their reasons are in `resolution.toml`.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from geo.places.gazetteer import Gazetteer
from geo.places.options import WEIGHTS, Option, is_same_spot, lies_in, options_of
from geo.places.ranked import FULL, Ranked, Resolution, as_parent, ranked
from geo.places.stand_ins import StandIns, Told
from geo.places.support import LITTLE, Group, Masses, Query, Support, by_family, family, middle, together

_CONTEXT: dict[str, float] = WEIGHTS["context"]
_DECISION: dict[str, float] = WEIGHTS["decision"]
__all__ = ["Query", "Ranked", "Resolution", "Resolver"]

_REMEMBERED = 4_000
_ROUNDS = 2
_MOST_RANKED = 5
_OUTER_OPTIONS = 8


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
        countries_named = {group.chosen.place.country_code for group in self._groups if group.chosen.area == "country"}
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
        told = Told(countries_named, divisions, middle(self._groups, cells))
        self._stand_ins = StandIns(self._queries, self._group_of, told, self._gazetteer)

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
            parent = self._stand_ins.other_spelling(position)
            parent = parent or self._stand_ins.parent(position, self._container(position))
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
        unlisted = self._stand_ins.unlisted(group, order[0])
        if unlisted is not None:
            return Resolution(unlisted, round(max(unlisted.score - best.score, 0.0), 4), [unlisted, *shown[:-1]])
        abroad = self._stand_ins.abroad(group, order[0])
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
