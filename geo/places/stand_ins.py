"""What stands in for a name that no gazetteer has, or of which all its places are unlikely: what the text is about."""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from geo.places.gazetteer import Gazetteer
from geo.places.options import SMALL_DIVISIONS, WEIGHTS, Option, distance_km
from geo.places.place import CONTINENT
from geo.places.ranked import Ranked, as_parent
from geo.places.support import Group, Masses, Middle, Query
from geo.places.transliterated import sounding

_DECISION: dict[str, float] = WEIGHTS["decision"]
_UNLISTED: dict[str, float] = WEIGHTS["unlisted"]
_FEATURE_WORDS = frozenset(WEIGHTS["words"]["features"].split())
_BESIDE = 2


class Told(NamedTuple):
    """What the names of a text say together: the countries it names, how much lies in each division, its middle."""

    countries: set[str | None]
    divisions: Masses
    middle: Middle | None


class StandIns:
    """Finds them for one text, whose names have been scored. group_of: the group of each query, None without places."""

    def __init__(
        self, queries: Sequence[Query], group_of: Sequence[Group | None], told: Told, gazetteer: Gazetteer
    ) -> None:
        self._queries = queries
        self._group_of = group_of
        self._groups = list({id(group): group for group in group_of if group is not None}.values())
        self._told = told
        self._gazetteer = gazetteer

    def unlisted(self, group: Group, best: int) -> Ranked | None:
        """The middle of the text, where a place without an entry is likelier than the best of the listed ones.

        Scored as if it lay there: nobody lists every hamlet, and most names of hamlets are also those of larger places.
        """
        option, (points, signals) = group.options[best], group.scores[best]
        around = self._told.middle
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
        is_only = is_only and not _FEATURE_WORDS.intersection(self._queries[group.members[0]].key.split())
        return is_only and place.country_code in self._told.countries and place.population >= _UNLISTED["known_from"]

    def abroad(self, group: Group, best: int) -> Ranked | None:
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

    def parent(self, position: int, container: Group | None) -> Ranked | None:
        """The place that a name without a place lies in: the one named beside it, else what the text is about."""
        if container is not None:
            return as_parent(container.chosen.place, {"container": _DECISION["parent_points"]})
        around, beside = self._told.middle, self._beside(position)
        if beside is not None and (around is None or beside.place.country_code != around.place.country_code):
            return as_parent(beside.place, {"same_country": _DECISION["parent_points"]})
        if around and around.share >= _DECISION["parent_share"]:
            return as_parent(around.place, {"near": _DECISION["parent_points"]})
        for masses, signal in ((self._told.divisions, "same_division"), (self._countries, "same_country")):
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

    def other_spelling(self, position: int) -> Ranked | None:
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
