"""The state of every place on a day, against a replay that looks at every interval every time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.modules.conftest import Modules

DAY_COUNT = 40
EVENT, BASELINE = 7, 2
REPORTED = {1, 3}
"""States into which a report brings a place; into the others it comes without one, as at the beginning."""
READINGS = ["doubt", "earliest", "latest"]
VISIT = """({ timeline: { Timeline } }, { data, visits }) => {
    const timeline = new Timeline(data);
    return visits.map(([when, day]) => {
        if (when) timeline.read(when);
        return [Array.from(timeline.seek(day)), timeline.day, Array.from(timeline.state)];
    });
}"""
CHANGES = """({ timeline: { Timeline } }, data) => {
    const timeline = new Timeline(data);
    const rows = ({ place: places, before, after }) =>
        Array.from(places, (place, k) => ({ place, before: before[k], after: after[k] }));
    const changes = Array.from({ length: timeline.dayCount }, (_, day) => rows(timeline.changesOn(day)));
    return [timeline.changeDays(), changes];
}"""
INTERVALS_ON_EVERY_DAY = """({ timeline: { Timeline } }, data) => {
    const timeline = new Timeline(data);
    return Array.from({ length: timeline.dayCount }, (_, day) => {
        timeline.seek(day);
        return Array.from(timeline.state, (_, place) => timeline.intervalOf(place));
    });
}"""


@dataclass(frozen=True)
class History:
    """For each place the first day and the state of each of its intervals."""

    places: list[list[tuple[int, int]]]

    def state_on(self, day: int) -> list[int]:
        return [next((state for first, state in reversed(place) if first <= day), 0) for place in self.places]

    def interval_on(self, day: int) -> list[int]:
        """Positions in the list of all intervals, -1 where none has begun."""
        starts = np.cumsum([0, *map(len, self.places)])
        begun = [sum(first <= day for first, _ in place) for place in self.places]
        return [int(start) + count - 1 if count else -1 for start, count in zip(starts, begun, strict=False)]

    def columns(self) -> dict[str, list[int]]:
        intervals = [interval for place in self.places for interval in place]
        return {
            "intervalStart": np.cumsum([0, *map(len, self.places)]).tolist(),
            "intervalDay": [first for first, _ in intervals],
            "intervalState": [state for _, state in intervals],
            "intervalEvent": [EVENT if state in REPORTED else -1 for _, state in intervals],
        }


def map_data(*histories: History) -> dict[str, Any]:
    """What decode.js gives: the histories are the readings, in their order."""
    readings = {when: history.columns() for when, history in zip(READINGS, histories, strict=False)}
    header = {"day_count": DAY_COUNT, "baseline": {"state": [BASELINE] * len(histories[0].places)}}
    return {"header": header, "areaCount": len(histories[0].places), "readings": readings}


@st.composite
def histories(draw: st.DrawFn, place_count: int | None = None) -> History:
    """Neighbouring intervals have different states; a place may be unknown at first, or always."""
    places = []
    for _ in range(place_count or draw(st.integers(1, 12))):
        days = sorted(draw(st.sets(st.integers(0, DAY_COUNT - 1), max_size=8)))
        state, place = 0, []
        for day in days:
            state = (state + draw(st.integers(1, 4))) % 5
            place.append((day, state))
        places.append(place)
    return History(places)


three_histories = st.integers(1, 12).flatmap(lambda count: st.tuples(*[histories(count)] * 3))
visits = st.tuples(st.none() | st.sampled_from(READINGS), st.integers(-3, DAY_COUNT + 3))


@settings(max_examples=50)
@given(three_histories, st.lists(visits, min_size=1, max_size=25))
def test_seek_says_which_places_differ(
    modules: Modules, histories: tuple[History, ...], visits: list[tuple[str | None, int]]
) -> None:
    before, reading = [0] * len(histories[0].places), histories[0]
    results = modules(VISIT, {"data": map_data(*histories), "visits": visits})
    for (when, day), (changed, reached, state) in zip(visits, results, strict=True):
        reading = histories[READINGS.index(when)] if when else reading
        assert reached == min(max(day, 0), DAY_COUNT - 1)
        assert state == reading.state_on(reached)
        assert sorted(changed) == [place for place, old in enumerate(before) if old != state[place]]
        before = state


@settings(max_examples=30)
@given(histories())
def test_changes_of_each_day(modules: Modules, history: History) -> None:
    change_days, changes = modules(CHANGES, map_data(history))
    for day in range(1, DAY_COUNT):
        before, after = history.state_on(day - 1), history.state_on(day)
        expected = [
            {"place": place, "before": old, "after": new}
            for place, (old, new) in enumerate(zip(before, after, strict=True))
            if old != new
        ]
        assert sorted(changes[day], key=lambda change: change["place"]) == expected
    assert changes[0] == [
        {"place": place, "before": BASELINE, "after": intervals[0][1]}
        for place, intervals in enumerate(history.places)
        if intervals and intervals[0][0] == 0 and intervals[0][1] in REPORTED
    ]
    assert change_days == [day for day in range(1, DAY_COUNT) if changes[day]]


@settings(max_examples=20)
@given(histories())
def test_the_interval_behind_each_state(modules: Modules, history: History) -> None:
    found = modules(INTERVALS_ON_EVERY_DAY, map_data(history))
    assert found == [history.interval_on(day) for day in range(DAY_COUNT)]
