"""Who took a place where a text names nobody: the side that the text around it, and as a whole, tells to be gaining.

Each side gets points, with its allies, for what the text tells of it: gains and attacks in the sentences nearby and in
their heading, the share of all gains, having just taken another place or several, its own word, how often it is named;
where a place is taken back, what it lost before, and has taken back elsewhere. A side that held the place already gets
less. The first is meant only if it has clearly more than the second, and more than an ally of the loser: they may have
fallen out. The weights were fitted on the develop texts of `benchmarks/control_labels`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

_SHARE, _LAST, _WORD, _BEFORE, _FOE, _HEADING = 6.0, 2.0, 1.5, 4.0, 6.0, 2.0
_BACK, _REGAINED, _OPENS, _OPENS_HERE = 2.0, 6.0, 3.0, 10.0
_NAMED, _HERE, _FEW = 4.0, 0.15, 3
_FADES, _LAST_FADES, _AHEAD = 0.8, 0.9, 0.5
_ENOUGH = 2
_REACH, _LAST_REACH = 15, 5
_RUN, _LONG = 0.3, 3
_HOLDER, _HOLDER_AGAIN = 0.5, 0.4
_CLEARLY = 1.45
_LITTLE = 0.1
_PARTNER = 0.5
_ALONE = 100.0


class Told(NamedTuple):
    """What is known where a place was taken by nobody named.

    here: the sides that its sentence or the one before names, which count where nothing else does. loser: who lost
    it, if that is known; foes: how often each side takes from it or loses to it. number: of its sentence. first, last:
    the sentences under the same heading. holder: who held the place. holders: who held it ever. is_again: whether the
    words say that it was taken back. recent: who took a place just before, how many sentences ago, and how many changes
    before this one were all that side's. word: whose word it is, if that side gains by it. lost: how often each side is
    told to lose or to give ground; regained: how often to take something back. opens: the side whose attack the
    sentence, or the one before, begins with;
    opens_here: whether it is that sentence, before the change.
    """

    here: Sequence[str]
    loser: str | None
    foes: Mapping[str, int]
    number: int
    first: int
    last: int
    holder: str | None
    holders: Sequence[str]
    is_again: bool
    recent: tuple[str, int, int] | None
    word: str | None
    lost: Mapping[str, int]
    regained: Mapping[str, int]
    opens: str | None
    opens_here: bool


class Taker(NamedTuple):
    """A side that is likely to have taken a place, and how many times the points of the next one it has."""

    side: str
    lead: float


def likely_taker(
    told: Told, gains: Sequence[Mapping[str, int]], named: Mapping[str, int], are_allied: Callable[[str, str], bool]
) -> Taker | None:
    """The side that took a place; None if none is clearly more likely than the others.

    gains: of each sentence of the text, how much each side gains in it. named: how often the text names each side.
    """
    own = _points(told, gains)
    groups = _groups([side for side in named if not (told.loser and are_allied(side, told.loser))], are_allied)
    if told.loser and len(groups) == 1:
        return Taker(max(groups[0], key=lambda side: own[side] + named[side]), _ALONE)
    if not any(own.values()):
        only = next((side for side in told.here if any(side in group for group in groups)), None)
        return Taker(only, 1.0) if only else None
    for side, times in named.items():
        own[side] += _NAMED * times / sum(named.values())
    for side in dict.fromkeys(told.here):
        own[side] += _HERE
    ranked = sorted(((_of_group(told, group, own, are_allied), group) for group in groups), key=lambda one: -one[0])
    if not ranked or ranked[0][0] <= 0:
        return None
    lead = ranked[0][0] / max(ranked[1][0], _LITTLE) if len(ranked) > 1 else ranked[0][0] / _LITTLE
    if lead < _CLEARLY:
        return None
    fallen_out = (own[side] for side in named if told.loser not in (None, side) and are_allied(side, str(told.loser)))
    if max(fallen_out, default=0.0) > ranked[0][0]:
        return None
    most = max(ranked[0][1], key=lambda side: own[side])
    acting = next((side for side in told.here if side in ranked[0][1] and own[side] >= _PARTNER * own[most]), None)
    return Taker(acting or most, lead)


def _groups(sides: Iterable[str], are_allied: Callable[[str, str], bool]) -> list[list[str]]:
    """Allies together."""
    groups: list[list[str]] = []
    for side in sides:
        group = next((one for one in groups if are_allied(one[0], side)), None)
        if group is None:
            groups.append([side])
        else:
            group.append(side)
    return groups


def _points(told: Told, gains: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """The points of each side by itself, for what the text tells that it did."""
    points: defaultdict[str, float] = defaultdict(float)
    every: Counter[str] = Counter()
    for number, gained in enumerate(gains):
        every.update(gained)
        distance = number - told.number
        if number == told.first - 1:
            for side, times in gained.items():
                points[side] += _HEADING * min(times, _ENOUGH)
        if gained and told.first <= number <= told.last and abs(distance) <= _REACH:
            weight = _FADES ** abs(distance) * (_AHEAD if distance > 0 else 1)
            for side, times in gained.items():
                points[side] += weight * min(times, _ENOUGH)
    for side, times in every.items():
        points[side] += _SHARE * times / (every.total() + _FEW)
    if told.recent and told.recent[1] <= _LAST_REACH:
        points[told.recent[0]] += _LAST * _LAST_FADES ** told.recent[1] * (1 + _RUN * min(told.recent[2] - 1, _LONG))
    for side, times in told.foes.items():
        points[side] += _FOE * times / (sum(told.foes.values()) + _ENOUGH)
    if told.is_again and not told.holders:
        for side, times in told.lost.items():
            points[side] += _BACK * times / (sum(told.lost.values()) + _FEW)
        for side, times in told.regained.items():
            points[side] += _REGAINED * times / (sum(told.regained.values()) + 1)
    if told.opens:
        points[told.opens] += _OPENS_HERE if told.opens_here else _OPENS
    if told.word:
        points[told.word] += _WORD
    return points


def _of_group(
    told: Told, group: Sequence[str], own: Mapping[str, float], are_allied: Callable[[str, str], bool]
) -> float:
    points = sum(own[side] for side in group)
    if told.holder is None:
        return points
    if are_allied(group[0], told.holder):
        return points * (_HOLDER_AGAIN if told.is_again else _HOLDER)
    had_it = told.is_again and any(are_allied(group[0], holder) for holder in told.holders)
    return points + (_BEFORE if had_it else 0)
