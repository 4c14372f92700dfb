"""Places inside places: which are parts of others, so that no ground is counted or drawn twice."""

from collections.abc import Iterable

import pandas as pd

from geo.places.extent import FIRST_PRECISION_THAT_IS_NO_POINT


def leaf_places(place_ids: Iterable[str], places: pd.DataFrame) -> list[str]:
    """Those of the given places that contain no other of them, sorted: a city goes if its districts are there."""
    given = sorted(set(place_ids))
    parents = _parents(places)
    above: set[str] = set()
    for place_id in given:
        above.update(_ancestors(place_id, parents))
    return [place_id for place_id in given if place_id not in above]


def ground_places(place_ids: Iterable[str], places: pd.DataFrame) -> list[str]:
    """Those of the given places that divide the ground among them, sorted: leaves (`leaf_places`) that are points.

    A report that names only a district or a province says nothing about any one place in it, so these do not count
    beside points. Where none of the leaves is a point, the districts themselves divide the ground.
    """
    leaves = leaf_places(place_ids, places)
    is_point = places["place_precision"] < FIRST_PRECISION_THAT_IS_NO_POINT
    points = set(places.loc[is_point, "place_id"])
    return [place_id for place_id in leaves if place_id in points] or leaves


def places_within(place_id: str, places: pd.DataFrame) -> list[str]:
    """The place itself and every place inside it, at any depth, sorted."""
    parents = _parents(places)
    inside = [each for each in places["place_id"] if place_id in _ancestors(each, parents)]
    return sorted({place_id, *inside})


def _parents(places: pd.DataFrame) -> dict[str, str]:
    known = places.dropna(subset="parent_place_id")
    return dict(zip(known["place_id"], known["parent_place_id"], strict=True))


def _ancestors(place_id: str, parents: dict[str, str]) -> list[str]:
    """From the parent upwards. A cycle ends where it would begin again."""
    chain: list[str] = []
    while (parent := parents.get(place_id)) is not None and parent not in chain:
        chain.append(parent)
        place_id = parent
    return chain
