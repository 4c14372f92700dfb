"""How far a place reaches that is not a point: a district, a province, a country or a vague region.

A report that names no more than such a place is drawn as far as the place reaches, never at a point within it.
"""

import math
from collections import defaultdict

import pandas as pd

FIRST_PRECISION_THAT_IS_NO_POINT = 3
"""UCDP where_prec: 1 and 2 are points; 3 district, 4 province, 5 vague region, 6 country, 7 water or air."""
_FIRST_PRECISION_WITHOUT_BORDER = 5
SMALLEST_PART_OF_A_WHOLE = 0.5
"""Parts that cover less of a published area than this do not stand for the place."""
COLUMNS = ["place_id", "kind", "radius_km", "parts"]


def place_extents(places: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row for each place that is no point, sorted by place_id: place_id, kind, radius_km, parts.

    places: table `places`. areas: the places that have ground drawn (column place_id).
    kind: `areas`: the place reaches as far as its parts do, which are the drawn places inside it, at any depth
    (tuple of place_ids, sorted). `radius`: a circle of radius_km around the place's point has its published area.
    `unknown`: nothing says how far it reaches.

    The parts stand for the place where they cover at least half of its published area. Where none is published,
    every place recorded inside it must be drawn, itself or by all its own parts (regions without a border apart):
    a province of which only the capital is on the map is not that city.
    """
    inside = _Inside(places, areas)
    area_km2 = places.set_index("place_id")["area_km2"]
    is_extended = places["place_precision"] >= FIRST_PRECISION_THAT_IS_NO_POINT
    rows = []
    for place_id in sorted(places.loc[is_extended, "place_id"]):
        parts, own_km2 = inside.parts(place_id), float(area_km2[place_id])
        has_area = own_km2 > 0
        if has_area:
            parts_stand_for_it = area_km2.reindex(parts).sum() >= SMALLEST_PART_OF_A_WHOLE * own_km2
        else:
            parts_stand_for_it = inside.is_covered(place_id)
        if parts and parts_stand_for_it:
            rows.append((place_id, "areas", float("nan"), parts))
        elif has_area:
            rows.append((place_id, "radius", math.sqrt(own_km2 / math.pi), ()))
        else:
            rows.append((place_id, "unknown", float("nan"), ()))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"radius_km": "float64"})


class _Inside:
    """What lies inside a place, by the parents that the places name. A cycle ends where it would begin again."""

    def __init__(self, places: pd.DataFrame, areas: pd.DataFrame) -> None:
        self.drawn = set(areas["place_id"])
        has_border = places["place_precision"] < _FIRST_PRECISION_WITHOUT_BORDER
        self.has_border = dict(zip(places["place_id"], has_border, strict=True))
        self.children: dict[str, list[str]] = defaultdict(list)
        known = places.dropna(subset="parent_place_id")
        for child, parent in zip(known["place_id"], known["parent_place_id"], strict=True):
            self.children[parent].append(child)

    def parts(self, place_id: str) -> tuple[str, ...]:
        """The drawn places below the place."""
        return tuple(sorted(self._below(place_id) & self.drawn))

    def is_covered(self, place_id: str) -> bool:
        """Whether the place has children that are all drawn or covered."""
        return self._is_covered(place_id, (place_id,))

    def _below(self, place_id: str) -> set[str]:
        below: set[str] = set()
        waiting = [place_id]
        while waiting:
            new = [child for child in self.children[waiting.pop()] if child != place_id and child not in below]
            below.update(new)
            waiting += new
        return below

    def _is_covered(self, place_id: str, path: tuple[str, ...]) -> bool:
        children = [child for child in self.children[place_id] if self.has_border[child] and child not in path]
        return bool(children) and all(
            child in self.drawn or self._is_covered(child, (*path, child)) for child in children
        )
