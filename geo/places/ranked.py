"""What comes of resolution: ranked candidates, with the score that their signals add up to."""

from typing import NamedTuple

from geo.places.options import WEIGHTS, Option
from geo.places.place import Place

FULL: float = WEIGHTS["full"]
"""So many points make the score 1."""


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


def as_parent(place: Place, points: dict[str, float]) -> Ranked:
    """A place that stands for one in it; points: of each signal, before they are made a score."""
    signals = {name: round(one / FULL, 4) for name, one in points.items()}
    return Ranked(place, *_bounded(signals, "parent"))


def ranked(option: Option, context: dict[str, float]) -> Ranked:
    """A candidate with the signals of its own and those of the text."""
    signals = {name: round(points / FULL, 4) for name, points in (*option.signals, *context.items())}
    return Ranked(option.place, *_bounded(signals, option.match))


def _bounded(signals: dict[str, float], match: str) -> tuple[float, str, dict[str, float]]:
    """Score, match and signals; what lies outside of 0 to 1 is taken off by the signal `limit`."""
    total = round(sum(signals.values()), 4)
    if not 0.0 <= total <= 1.0:
        signals["limit"] = round(min(max(total, 0.0), 1.0) - total, 4)
    return round(min(max(total, 0.0), 1.0), 4), match, signals
