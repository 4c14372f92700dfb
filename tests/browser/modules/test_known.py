"""Editions, merged in the browser: each is exactly the intervals that geo/maps/known.py coded."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.maps.known import older_versions
from tests.browser.modules.conftest import Modules

MERGED = """({ known: { olderIntervals } }, { now, older, editions }) => {
    for (const columns of [now, older]) for (const name in columns) columns[name] = Int32Array.from(columns[name]);
    return editions.map((edition) => {
        const { intervalStart, intervalDay, intervalState, intervalEvent } = olderIntervals(now, older, edition);
        return Array.from({ length: intervalStart.length - 1 }, (_, place) =>
            Array.from({ length: intervalStart[place + 1] - intervalStart[place] }, (_, k) => {
                const at = intervalStart[place] + k;
                return [intervalDay[at], intervalState[at], intervalEvent[at]];
            }));
    });
}"""
EVENTS = """({ known: { olderEvents } }, edition) => olderEvents(
    { place: [4, 4, 5], rule: ["superseded", "claim", "claim"], corroborates: [-1, 0, -1],
      changes_map: [false, false, false] },
    { known: Int32Array.of(1, 2, 3), rulings: {
        events: Int32Array.of(0, 0), until: Int32Array.of(3, 2),
        rules: Int32Array.of(1, 0), corroborates: Int32Array.of(-1, 1),
    } },
    [{ id: "neutral_assessment", changes_map: true }, { id: "claim", changes_map: false }],
    edition)"""
DAYS = '({ known: { editionOn } }, day) => editionOn(["2016-12-13", "2016-12-22"], day)'
LAST = 5
Version = list[tuple[int, int, int]]


@st.composite
def versions(draw: st.DrawFn) -> Version:
    days = sorted(draw(st.sets(st.integers(0, 9), max_size=4)))
    return [(day, draw(st.integers(0, 3)), draw(st.integers(0, 5))) for day in days]


@st.composite
def places(draw: st.DrawFn) -> list[dict[int, Version]]:
    """For each place its versions by the edition from which on they held, from edition 0 on."""
    count = draw(st.integers(1, 5))
    return [
        {edition: draw(versions()) for edition in {0, *draw(st.sets(st.integers(1, LAST), max_size=3))}}
        for _ in range(count)
    ]


def in_edition(place: dict[int, Version], edition: int) -> Version:
    return place[max(known for known in place if known <= edition)]


@settings(max_examples=25)
@given(places())
def test_every_edition_comes_back(modules: Modules, histories: list[dict[int, Version]]) -> None:
    # A version without intervals cannot be told from none by its rows; geo/control/editions.py has none such.
    histories = [{edition: own or [(0, 0, 0)] for edition, own in place.items()} for place in histories]
    rows = [
        (number, edition, *interval)
        for number, place in enumerate(histories)
        for edition in sorted(place)
        for interval in place[edition]
    ]
    found = list(older_versions(iter(rows)))
    rest = [interval for one in found for interval in one.rest]
    today = [in_edition(place, LAST) for place in histories]
    argument: dict[str, Any] = {
        "now": columns(today, "intervalStart", ["intervalDay", "intervalState", "intervalEvent"]),
        "older": {
            "places": [one.place for one in found],
            "until": [one.until for one in found],
            "keeps": [one.keeps for one in found],
            **columns([list(one.rest) for one in found], "restStart", ["days", "states", "events"]),
        },
        "editions": list(range(LAST + 1)),
    }
    assert len(argument["older"]["days"]) == len(rest)
    merged = modules(MERGED, argument)
    for edition, shown in enumerate(merged):
        assert shown == [[list(interval) for interval in in_edition(place, edition)] for place in histories]


def columns(lists: list[Version], start: str, names: list[str]) -> dict[str, list[int]]:
    """Lists of intervals as columns, and where each list begins."""
    starts = [sum(map(len, lists[:k])) for k in range(len(lists) + 1)]
    flat = [interval for one in lists for interval in one]
    return {start: starts, **{name: [interval[k] for interval in flat] for k, name in enumerate(names)}}


def test_events_are_decided_as_they_were_then(modules: Modules) -> None:
    then = {edition: modules(EVENTS, edition) for edition in range(4)}
    assert [then[edition]["place"] for edition in range(4)] == [[-1, -1, -1], [4, -1, -1], [4, 4, -1], [4, 4, 5]]
    assert [then[edition]["rule"][0] for edition in range(4)] == ["neutral_assessment"] * 2 + ["claim", "superseded"]
    assert [then[edition]["changes_map"][0] for edition in range(4)] == [True, True, False, False]
    assert [then[edition]["corroborates"][0] for edition in range(4)] == [1, 1, -1, -1]


def test_a_day_shows_the_last_edition_up_to_it(modules: Modules) -> None:
    asked = ["2016-12-12", "2016-12-13", "2016-12-21", "2016-12-22", "2026-01-01"]
    assert [modules(DAYS, day) for day in asked] == [0, 1, 1, 2, 2]
