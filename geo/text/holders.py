"""Who held each place of one document, and from which day, as far as its baseline and its own events tell."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

_Held = tuple[date, str]
_HALF_YEAR = timedelta(days=183)


def _day_of(held: _Held) -> date:
    return held[0]


class Holders:
    """Places by their key. before: place key -> (day, actor_id) of who held it, from a baseline."""

    def __init__(self, before: Mapping[str, list[_Held]]) -> None:
        self._known: dict[str, list[_Held]] = defaultdict(list, {key: sorted(held) for key, held in before.items()})
        self._named: dict[str, str] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def name(self, key: str, actor: str) -> None:
        """Keep the side of "rebel-held X", the first one named so, for when no event tells of a holder."""
        self._named.setdefault(key, actor)

    def add(self, key: str, day: date, actor: str) -> None:
        """Keep that a side holds a place from a day."""
        insort(self._known[key], (day, actor), key=_day_of)

    def on(self, key: str, day: date) -> str | None:
        """Who held a place before the end of a day."""
        known = self._known.get(key, [])
        number = bisect_right(known, day, key=_day_of)
        return known[number - 1][1] if number else self._named.get(key)

    def lately(self, key: str, day: date) -> list[str]:
        """All who held a place in the half year before a day, or hold it on that day, in order."""
        known = self._known.get(key, [])
        ends = [until for until, _ in known[1:]] + [day]
        return [actor for (_, actor), end in zip(known, ends, strict=False) if day - end <= _HALF_YEAR]

    def ever(self, key: str) -> list[str]:
        """All who held a place, in order."""
        return [actor for _, actor in self._known.get(key, [])]
