"""A build's intervals, packed and read back: every place on every day, in each of the ways to read a range of days."""

import base64

import pandas as pd
import pytest

from geo.control.intervals import control_intervals
from geo.control.records import When
from geo.control.states import states_on
from geo.maps.payload import encode
from geo.pipeline import Build
from tests.browser.modules.conftest import Modules

COLUMNS = ["actor", "contender", "status", "assertion", "basis", "undecided", "event_id"]
STATES = """async ({ binary: { unpacked }, decode: { decode }, timeline: { Timeline } }, { packedData, when }) => {
    const data = decode(await unpacked({ base64: packedData }));
    const { actors, events, places, states } = data.header;
    const timeline = new Timeline(data);
    timeline.read(when);
    return Array.from({ length: timeline.dayCount }, (_, day) => {
        timeline.seek(day);
        return Object.fromEntries(Array.from(timeline.state, (number, place) => {
            const { actor, contender, status, assertion, basis, undecided } = states[number];
            const interval = timeline.intervalOf(place);
            const event = interval < 0 ? -1 : timeline.intervals.intervalEvent[interval];
            const id = (side) => actors[side]?.id ?? "";
            const state = [id(actor), id(contender), status, assertion, basis, undecided, events.id[event] ?? ""];
            return [places.id[place], state];
        }));
    });
}"""


@pytest.mark.parametrize("when", ["doubt", "earliest", "latest"])
@pytest.mark.parametrize("name", ["small_build", "aleppo_build"])
def test_every_place_on_every_day(modules: Modules, request: pytest.FixtureRequest, name: str, when: When) -> None:
    build: Build = request.getfixturevalue(name)
    dataset = build.dataset
    intervals = control_intervals(dataset.baseline, build.events, dataset.start_date, dataset.end_date, when)
    intervals = intervals[intervals["place_id"].isin(build.areas["place_id"])]
    shown = modules(STATES, {"packedData": base64.b64encode(encode(build)).decode(), "when": when})
    for date, states in zip(pd.date_range(dataset.start_date, dataset.end_date), shown, strict=True):
        rows = states_on(intervals, date).set_index("place_id")[COLUMNS].astype(object)
        expected = {place: list(row) for place, row in zip(rows.index, rows.fillna("").to_numpy(), strict=True)}
        assert states == expected, date
