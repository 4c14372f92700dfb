"""The map in the browser and the pictures drawn in Python use the same inks."""

from itertools import product
from typing import Any

from geo.maps.ink import TILE, ink_of, tile
from geo.schema import STATUSES
from tests.browser.modules.conftest import Modules, unpacked

COLOURS = {"blue": "#3d6a9e", "red": "#b5533c", "yellow": "#d9a441"}
RATIO = 2
INKS = """({ ink: { stateInks, makeTiles } }, { states, colours, ratio }) => {
    const inks = stateInks(states, colours.map((colour) => ({ colour })));
    const { side, tiles } = makeTiles(inks, ratio);
    return { inks, side, tiles: tiles.map(({ kinds }) => kinds.slice(0, 3).map(packed)) };
}"""


def every_state() -> list[dict[str, Any]]:
    sides = [None, *COLOURS]
    keys = ("actor", "contender", "status", "assertion", "basis", "undecided")
    values = product(sides, sides, STATUSES, ("assessed", "claimed"), ("observed", "inferred"), (False, True))
    return [dict(zip(keys, state, strict=True)) for state in values]


def test_every_state_has_the_same_ink_in_both(modules: Modules) -> None:
    states = every_state()
    positions: dict[str | None, int] = {None: -1, **{actor: position for position, actor in enumerate(COLOURS)}}
    sent = [{**state, **{side: positions[state[side]] for side in ("actor", "contender")}} for state in states]
    drawn = modules(INKS, {"states": sent, "colours": list(COLOURS.values()), "ratio": RATIO})
    assert drawn["side"] == TILE * RATIO
    for state, ink, kinds in zip(states, drawn["inks"], drawn["tiles"], strict=True):
        expected = ink_of(state, COLOURS)
        assert (ink["pattern"], tuple(ink["first"]), tuple(ink["second"])) == (
            expected.pattern,
            expected.first,
            expected.second,
        ), state
        for kind, pixels in zip(tile(expected, RATIO), kinds, strict=True):
            assert (unpacked(pixels, "u1").reshape(*kind.shape[:2], 4)[..., :3] == kind).all(), state
