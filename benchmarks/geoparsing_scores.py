"""How well places are recognised and resolved, in the measures that geoparsing systems are published with."""

import math
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

NEAR_KM = 161.0
"""100 miles: what counts as the right place."""
FURTHEST_KM = 20039.0
"""Half of the Earth's circumference: the error of the antipode."""
_EARTH_RADIUS_KM = 6371.0

Offsets = tuple[int, int]


class Recognition(NamedTuple):
    """Shares between 0 and 1."""

    precision: float
    recall: float
    f1: float


class Resolution(NamedTuple):
    """accuracy_all: share of all toponyms put within 161 km, one that is not resolved counting as wrong;
    accuracy_resolved: of those that are resolved. Errors of the resolved in km. auc: area under the curve of the
    logarithms of the errors, 0 (all at the right point) to 1 (all at the antipode)."""

    toponyms: int
    resolved: int
    accuracy_all: float
    accuracy_resolved: float
    mean_km: float
    median_km: float
    auc: float


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The length of the great circle between two points in degrees, on a sphere."""
    one, other = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    half = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def recognition(hits: int, found: int, gold: int) -> Recognition:
    """Precision, recall and F1 of so many hits among what was found and what was to be found."""
    precision, recall = hits / found if found else 0.0, hits / gold if gold else 0.0
    return Recognition(precision, recall, 2 * hits / (found + gold) if found + gold else 0.0)


def strict_hits(found: Collection[Offsets], gold: Collection[Offsets]) -> int:
    """How many have exactly the same offsets."""
    return len(set(found) & set(gold))


def overlaps(found: Sequence[Offsets], gold: Sequence[Offsets]) -> list[tuple[int, int]]:
    """Pairs of positions that overlap, each used once; both in order and without overlaps among themselves."""
    pairs = []
    one = other = 0
    while one < len(found) and other < len(gold):
        if found[one][1] <= gold[other][0]:
            one += 1
        elif gold[other][1] <= found[one][0]:
            other += 1
        else:
            pairs.append((one, other))
            one, other = one + 1, other + 1
    return pairs


def resolution(errors_km: Sequence[float | None]) -> Resolution:
    """The measures of a list of errors, None for a toponym that is not resolved."""
    known = [error for error in errors_km if error is not None]
    near = sum(error <= NEAR_KM for error in known)
    if not known:
        return Resolution(len(errors_km), 0, 0.0, 0.0, math.nan, math.nan, math.nan)
    logarithms = [math.log1p(min(error, FURTHEST_KM)) / math.log1p(FURTHEST_KM) for error in known]
    curve = sorted(logarithms)
    auc = fmean((low + high) / 2 for low, high in pairwise(curve)) if len(curve) > 1 else curve[0]
    shares = near / len(errors_km), near / len(known)
    return Resolution(len(errors_km), len(known), *shares, fmean(known), median(known), auc)
