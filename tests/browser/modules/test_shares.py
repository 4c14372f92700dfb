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
SHARES = """({ shares: { Ground, sharesOf } }, { moves, header }) => {
    const timeline = { state: new Uint16Array(moves[0].length) };
    const ground = new Ground(timeline, { header, areaCount: timeline.state.length });
    for (const states of moves) {
        const moved = states.flatMap((state, place) => (state === timeline.state[place] ? [] : [place]));
        timeline.state.set(states);
        ground.follow(moved);
    }
    return sharesOf(ground);
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


def in_the_page(modules: Modules, places: list[Place], way: list[list[int]]) -> dict[str, Any]:
    """What the page counts once each place has its own state, after all the states of the `way`."""
    states = [{name: getattr(place, name) for name in STATE} for place in places]
    header = {
        "actors": [{"id": actor} for actor in ACTORS],
        "states": states,
        "places": {"area_km2": [place.area_hundredths_km2 / 100 for place in places]},
    }
    return dict(modules(SHARES, {"moves": [*way, list(range(len(places)))], "header": header}))


def in_python(places: list[Place]) -> dict[str, float]:
    named = [*ACTORS, None]
    states = pd.DataFrame(
        {
            "place_id": [f"p{number}" for number in range(len(places))],
            "actor": [named[place.actor] for place in places],
            "contender": [named[place.contender] for place in places],
            **{name: [getattr(place, name) for place in places] for name in ("status", "assertion", "undecided")},
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
def test_shares_are_those_of_python_whatever_was_before(
    modules: Modules, places: list[Place], data: st.DataObject
) -> None:
    count = len(places)
    states = st.lists(st.integers(0, count - 1), min_size=count, max_size=count)
    way = data.draw(st.lists(states, max_size=3))
    shown, computed = in_the_page(modules, places, way), in_python(places)
    expected = [computed.get(actor, 0.0) for actor in ACTORS]
    np.testing.assert_allclose(shown["actors"], expected, atol=1e-6)
    assert shown["contested"] == pytest.approx(computed.get("contested", 0.0), abs=1e-6)
    assert shown["unknown"] == pytest.approx(computed.get("unknown", 0.0), abs=1e-6)
    assert shown["total"] == pytest.approx(sum(computed.values()), abs=1e-6)
