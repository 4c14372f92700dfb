"""The map in the browser and the pictures that Python draws have the same inks."""

import base64
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from geo.maps.ink import OPACITY, STATE, ink_of, tile
from geo.maps.page import map_html
from geo.pipeline import Build
from geo.schema import BASES, STATUSES
from tests.browser.conftest import Visit

RATIO = 2
TILES = """async ({ states, actors, ratio }) => {
    const { stateInks, makeTiles } = holdlineModule("ink.js");
    return makeTiles(stateInks(states, actors), ratio).tiles.map(({ kinds }) =>
        kinds.slice(0, 3).map((kind) => btoa(String.fromCharCode(...new Uint8Array(kind.buffer)))));
}"""
COLOURS = {"blue": "#32629A", "amber": "#E8AF40"}


def every_state() -> list[dict[str, object]]:
    """All combinations of what a state is made of."""
    holders = [("blue", None), ("blue", "amber"), (None, "amber"), (None, None)]
    rows = product(holders, STATUSES, ("assessed", "claimed"), BASES, (False, True))
    states = [(*who, *rest) for who, *rest in rows]
    return [dict(zip(STATE, state, strict=True)) for state in states]


@pytest.fixture
def opened(visit: Callable[..., Visit], small_build: Build, tmp_path: Path) -> Visit:
    file = tmp_path / "map.html"
    file.write_text(map_html(small_build), encoding="utf-8")
    opened = visit(file.as_uri(), offline=True)
    opened.wait_for_map()
    return opened


def test_every_state_has_the_same_tile(opened: Visit) -> None:
    states, numbers = every_state(), {actor: number for number, actor in enumerate(COLOURS)}
    sides = ("actor", "contender")
    sent = [{**state, **{side: numbers.get(str(state[side]), -1) for side in sides}} for state in states]
    actors = [{"colour": colour} for colour in COLOURS.values()]
    drawn = opened.page.evaluate(TILES, {"states": sent, "actors": actors, "ratio": RATIO})
    for state, kinds in zip(states, drawn, strict=True):
        expected = tile(ink_of(state, COLOURS), RATIO)
        pixels = b"".join(base64.b64decode(kind) for kind in kinds)
        in_browser = np.frombuffer(pixels, np.uint8).reshape(*expected.shape[:-1], 4)
        assert np.abs(in_browser[..., :3].astype(int) - expected).max() <= 1, state


def test_areas_let_as_much_shine_through(opened: Visit) -> None:
    assert float(str(opened.map("(h) => getComputedStyle(h.areas._container).opacity"))) == OPACITY
