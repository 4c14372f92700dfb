"""Square kilometres by side: the legend's rule is geo.control.shares'."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.control.shares import shares_on
from geo.schema import STATUSES
from tests.browser.modules.conftest import Modules

ACTORS = ["blue", "green", "red"]
STATE = ("actor", "contender", "status", "assertion", "undecided")
SHARES = """({ shares: { Ground, sharesOf } }, { days, header }) => {
    const before = (day) => days[day - 1] ?? days[day].map(() => 0);
    const rows = days.map((states, day) =>
        states.map((after, place) => ({ place, before: before(day)[place], after })));
    const column = (name) => rows.flat().map((row) => row[name]);
    const changes = {
        dayStart: [0, ...days.map((states, day) => states.length * (day + 1))],
        place: column("place"), before: column("before"), after: column("after"),
    };
    const timeline = { day: 0, dayCount: days.length, changes };
    const ground = new Ground(timeline, { header, areaCount: days[0].length });
    return days.map((_, day) => {
        timeline.day = day;
        return sharesOf(ground);
    });
}"""


@dataclass(frozen=True)
class Place:
    """State and area of one place; actor and contender are positions in ACTORS, -1 for none."""

    actor: int
    contender: int
    status: str
    assertion: str
    undecided: bool
    area_hundredths_km2: int


a_place = st.builds(
    Place,
    st.integers(-1, len(ACTORS) - 1),
    st.integers(-1, len(ACTORS) - 1),
    st.sampled_from(STATUSES),
    st.sampled_from(["assessed", "claimed"]),
    st.booleans(),
    st.integers(0, 100_000),
)


def in_the_page(modules: Modules, places: list[Place], days: list[list[int]]) -> list[dict[str, Any]]:
    """What the page counts on each day; `days` has the place whose state each place has."""
    states = [{name: getattr(place, name) for name in STATE} for place in places]
    header = {
        "actors": [{"id": actor} for actor in ACTORS],
        "states": states,
        "places": {"area_km2": [place.area_hundredths_km2 / 100 for place in places]},
    }
    shares: list[dict[str, Any]] = modules(SHARES, {"days": days, "header": header})
    return shares


def in_python(places: list[Place], day: list[int]) -> dict[str, float]:
    """Shares of the areas of `places` once each has the state of the place that `day` says."""
    named = [*ACTORS, None]
    held = [places[number] for number in day]
    states = pd.DataFrame(
        {
            "place_id": [f"p{number}" for number in range(len(places))],
            "actor": [named[place.actor] for place in held],
            "contender": [named[place.contender] for place in held],
            **{name: [getattr(place, name) for place in held] for name in ("status", "assertion", "undecided")},
        }
    ).astype({"actor": "str", "contender": "str"})
    table = pd.DataFrame(
        {
            "place_id": states["place_id"],
            "parent_place_id": pd.Series([None] * len(places), dtype="str"),
            "place_precision": 2,
            "area_km2": [place.area_hundredths_km2 / 100 for place in places],
        }
    )
    shares = shares_on(states, table)
    return dict(zip(shares["actor"], shares["area_km2"], strict=True))


@settings(max_examples=50)
@given(st.lists(a_place, min_size=1, max_size=30), st.data())
def test_shares_of_each_day_are_those_of_python(modules: Modules, places: list[Place], data: st.DataObject) -> None:
    count = len(places)
    states = st.lists(st.integers(0, count - 1), min_size=count, max_size=count)
    days = [*data.draw(st.lists(states, max_size=2)), list(range(count))]
    for day, shown in zip(days, in_the_page(modules, places, days), strict=True):
        computed = in_python(places, day)
        np.testing.assert_allclose(shown["actors"], [computed.get(actor, 0.0) for actor in ACTORS], atol=1e-6)
        for account in ("contested", "unknown"):
            assert shown[account] == pytest.approx(computed.get(account, 0.0), abs=1e-6)
        assert shown["total"] == pytest.approx(sum(computed.values()), abs=1e-6)
