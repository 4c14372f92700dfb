"""Dates and sentences as the map writes them."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.schema import STATUSES
from tests.browser.modules.conftest import Modules
from ui.names import NOT_NAMED
from ui.words import state_sentence

START = date(2016, 11, 15)
HEADER: dict[str, Any] = {
    "start_date": START.isoformat(),
    "actors": [{"name": "The Crown"}, {"name": "The League"}],
    "states": [{"undecided": False}, {"undecided": True}],
}
CERTAIN, POSSIBLE = 0, 1
"""States after a change."""


def say(modules: Modules, method: str, argument: object, header: dict[str, Any] = HEADER) -> Any:
    script = "({ words: { Words } }, [header, method, argument]) => new Words(header)[method](argument)"
    return modules(script, [header, method, argument])


@settings(max_examples=60)
@given(st.dates(date(1815, 1, 1), date(2100, 12, 31)), st.integers(0, 40_000))
def test_days_are_dates_and_back(modules: Modules, start: date, day: int) -> None:
    header = {**HEADER, "start_date": start.isoformat()}
    moment = start + timedelta(days=day)
    assert say(modules, "iso", day, header) == moment.isoformat()
    assert say(modules, "day", moment.isoformat(), header) == day
    assert say(modules, "long", day, header) == f"{moment.day} {moment:%B %Y}"


@pytest.mark.parametrize(
    "text", [None, "", "tomorrow", "2016-13-01", "2016-11-15T00:00", "15-11-2016", "<b>2016-11-15"]
)
def test_what_is_no_date_is_no_day(modules: Modules, text: str | None) -> None:
    assert say(modules, "day", text) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([], "no change recorded"),
        ([CERTAIN], "1 place changes"),
        ([CERTAIN, CERTAIN], "2 places change"),
        ([POSSIBLE], "1 may have changed"),
        ([CERTAIN, POSSIBLE, POSSIBLE], "1 place changes, 2 may have changed"),
    ],
)
def test_how_many_places_change(modules: Modules, changes: list[int], sentence: str) -> None:
    assert say(modules, "changes", {"after": changes}) == sentence


def test_a_range_of_days_is_said_as_one(modules: Modules) -> None:
    assert say(modules, "eventDate", {"earliest": 3, "latest": 3}) == "18 November 2016"
    assert say(modules, "eventDate", {"earliest": 3, "latest": 20}) == "between 18 Nov and 5 December 2016"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"actor": -1, "contender": -1, "status": "unknown"}, "Not known"),
        ({"actor": 0, "contender": -1, "status": "controlled"}, "Held by The Crown"),
        ({"actor": 0, "contender": 1, "status": "contested"}, "Contested: held by The Crown, part taken by The League"),
        (
            {"actor": 0, "contender": -1, "status": "contested"},
            "Contested: held by The Crown, the other side is not named",
        ),
        ({"actor": 1, "contender": -1, "status": "besieged"}, "Held by The League, besieged"),
    ],
)
def test_who_holds_a_place(modules: Modules, state: dict[str, Any], sentence: str) -> None:
    certain = {"undecided": False, "assertion": "assessed", "basis": "observed"}
    assert say(modules, "state", {**state, **certain}) == sentence


def test_the_map_and_the_pages_say_the_same_of_every_state(modules: Modules) -> None:
    names = [actor["name"] for actor in HEADER["actors"]]
    keys = ("actor", "contender", "status", "assertion", "undecided")
    holders = [(0, 1), (0, None), (None, 1), (None, None)]
    kinds = product(holders, STATUSES, ("assessed", "claimed", "disputed"), (False, True))
    states = [dict(zip(keys, (*who, *rest), strict=True)) for who, *rest in kinds]
    sent = [{**state, **{side: -1 if state[side] is None else state[side] for side in keys[:2]}} for state in states]
    script = "({ words: { Words } }, [header, states]) => states.map((state) => new Words(header).state(state))"
    said = modules(script, [HEADER, sent])
    for state, sentence in zip(states, said, strict=True):
        assert state_sentence(state, lambda actor: NOT_NAMED if actor is None else names[actor]) == sentence, state
    assert any("claimed by The League" in sentence for sentence in said)
