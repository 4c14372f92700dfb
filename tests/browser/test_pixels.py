"""Every pixel of the areas, after steps and after jumps: the colour says who, the pattern says how sure.

What is expected is worked out here from the areas and the intervals alone. A pattern is known by how it repeats, not
by the code that draws it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser

from tests.browser.film import CLOSE, JUMPS, STEPS, VIEWS, Film, Flags, Picture, Pixels, filming
from tests.browser.patchwork import COLOURS, EVENTFUL, STATES, State, state_on

HALF_PERIOD_PX = 6


@dataclass(frozen=True)
class Patch:
    """The inside of one place on the canvas: pixels by row and column, and which of them are its own."""

    pixels: Pixels
    own: Flags
    ratio: int

    def repeats(self, right_px: int, down_px: int) -> float:
        """Share of the pixels with the same colour as the pixel so far to the right and down, both in the place."""
        x, y = right_px * self.ratio, down_px * self.ratio
        height, width = self.own.shape
        here = np.s_[max(0, -y) : height - max(0, y), max(0, -x) : width - max(0, x)]
        there = np.s_[max(0, y) : height + min(0, y), max(0, x) : width + min(0, x)]
        both = self.own[here] & self.own[there]
        return float((self.pixels[here] == self.pixels[there])[both].mean())

    def colours(self) -> dict[tuple[int, ...], float]:
        """Red, green and blue of what is there, the most frequent first, with their shares."""
        found, count = np.unique(self.pixels[self.own], return_counts=True)
        return {rgb_of(found[k]): count[k] / count.sum() for k in np.argsort(-count, kind="stable")}


def patches(picture: Picture) -> Iterator[tuple[int, Patch]]:
    """The insides of the places that are large enough."""
    for place, (box, own) in picture.ground.insides.items():
        yield place, Patch(picture.pixels[box], own, picture.ground.ratio)


@pytest.fixture(scope="module")
def film(browser: Browser) -> Iterator[Film]:
    with filming(browser, 2) as film:
        yield film


def rgb_of(pixel: int) -> tuple[int, ...]:
    return tuple(int(pixel).to_bytes(4, "little")[:3])


def rgb(actor: int) -> tuple[int, ...]:
    return tuple(bytes.fromhex(COLOURS[actor][1:]))


def check_plain(patch: Patch, state: State) -> None:
    (colour,) = patch.colours()
    if state.basis == "observed":
        assert colour == rgb(state.actor)
    else:
        assert all(light > full for light, full in zip(colour, rgb(state.actor), strict=True))
        assert sum(colour) - sum(rgb(state.actor)) > 100, "inferred is clearly lighter than observed"


def check_stripes(patch: Patch, state: State) -> None:
    assert set(patch.colours()) == {rgb(state.actor), rgb(state.contender)}
    assert min(patch.colours().values()) > 0.3
    assert patch.repeats(1, -1) == 1, "stripes run up to the right"
    assert patch.repeats(HALF_PERIOD_PX, 0) < 0.5
    assert patch.repeats(2 * HALF_PERIOD_PX, 0) == 1


def check_checks(patch: Patch, state: State) -> None:
    assert set(patch.colours()) == {rgb(state.actor), rgb(state.contender)}
    assert min(patch.colours().values()) > 0.4
    assert patch.repeats(HALF_PERIOD_PX, 0) == patch.repeats(0, HALF_PERIOD_PX) == 0
    assert patch.repeats(HALF_PERIOD_PX, HALF_PERIOD_PX) == 1


def check_rings(patch: Patch, state: State) -> None:
    """A besieged place keeps its holder's colour."""
    (ground, share), (ring, _) = patch.colours().items()
    assert ground == rgb(state.actor)
    assert 0.6 < share < 0.95
    assert sum(ring) < sum(ground)
    assert patch.repeats(2 * HALF_PERIOD_PX, 0) == patch.repeats(0, 2 * HALF_PERIOD_PX) == 1
    assert max(patch.repeats(1, 1), patch.repeats(1, -1)) < 1


def check_crosshatch(patch: Patch, state: State) -> None:
    assert set(patch.colours()) == {rgb(state.actor), rgb(state.contender)}
    assert patch.repeats(HALF_PERIOD_PX, 0) == patch.repeats(0, HALF_PERIOD_PX) == 1
    assert max(patch.repeats(1, 1), patch.repeats(1, -1)) < 1


def check_hatch(patch: Patch, state: State) -> None:
    """A claim is hatched over its holder's colour, the other way than stripes."""
    ground, _hatch = patch.colours()
    assert ground == rgb(state.actor)
    assert patch.repeats(1, 1) == 1
    assert patch.repeats(1, -1) < 1


def check_dots(patch: Patch, _state: State) -> None:
    (grey, share), _dot = patch.colours().items()
    assert share > 0.7
    assert max(grey) - min(grey) < 12, "nobody's colour is grey"


def check_of(state: State) -> Callable[[Patch, State], None]:
    if state.actor < 0:
        return check_dots
    if state.undecided:
        return check_checks
    if state.assertion == "claimed":
        return check_hatch
    return {
        "controlled": check_plain,
        "contested": check_stripes,
        "besieged": check_rings,
        "mixed": check_crosshatch,
    }[state.status]


@VIEWS
def test_every_place_is_drawn_as_it_stands_and_nothing_beside_it(film: Film, view: tuple[float, ...]) -> None:
    seen = set()
    for day, picture in zip(STEPS, film(STEPS, view, False), strict=True):
        assert ((picture.pixels > 0) == (picture.ground.place >= 0)).mean() >= 0.999
        for place, patch in patches(picture):
            state = state_on(place, day)
            check_of(state)(patch, state)
            seen.add(state)
    assert len(seen) >= len(STATES) - (view is CLOSE) * 3


@VIEWS
@pytest.mark.parametrize("front", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["areas", "front"])
def test_a_jump_draws_what_steps_draw(film: Film, view: tuple[float, ...], front: bool) -> None:
    stepped = film(STEPS, view, front)
    for day, jumped in zip(JUMPS, film(JUMPS, view, front), strict=True):
        assert (jumped.pixels == stepped[day].pixels).all(), day


@VIEWS
def test_the_front_lies_between_holders_and_nowhere_else(film: Film, view: tuple[float, ...]) -> None:
    without, with_front = film(STEPS, view, False), film(STEPS, view, True)
    for day, plain, drawn in zip(STEPS, without, with_front, strict=True):
        holders = np.array([*(state_on(place, day).actor for place in range(len(EVENTFUL))), -1])
        is_front = plain.pixels != drawn.pixels
        beside = touches_another_holder(holders[drawn.ground.place])
        assert beside.any()
        assert is_front[beside].mean() >= 0.999, day
        assert (is_front & ~beside).sum() <= 0.001 * beside.sum(), day
        (colour,) = np.unique(drawn.pixels[is_front])
        assert max(rgb_of(colour)) < 80, "the front is dark"


def touches_another_holder(holder: npt.NDArray[np.int64]) -> Flags:
    """Pixels with a neighbour that somebody else holds; ground that nobody is known to hold has no front."""
    out = np.zeros(holder.shape, bool)
    for one, other in (
        (np.s_[:, :-1], np.s_[:, 1:]),
        (np.s_[:-1], np.s_[1:]),
    ):
        differ = (holder[one] != holder[other]) & (holder[one] >= 0) & (holder[other] >= 0)
        out[one] |= differ
        out[other] |= differ
    return out
