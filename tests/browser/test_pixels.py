"""Every pixel of the areas, after steps and after jumps: the colour says who, the pattern says how sure.

What is expected is worked out here from the areas and the intervals alone. A pattern is known by how it repeats, not
by the code that draws it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser

from tests.browser.modules.conftest import Modules, unpacked
from tests.browser.modules.test_raster import map_data, places_at_centres
from tests.browser.patchwork import COLOURS, DAY_COUNT, EVENTFUL, STATES, State, patchwork, state_on

Flags = npt.NDArray[np.bool_]
Pixels = npt.NDArray[np.uint32]

HALF_PERIOD_PX = 6
SIZE_PX = [240, 190]
MARGIN = 3
"""Canvas pixels next to a border, where edges are drawn."""
ENOUGH = 2_000
"""Canvas pixels that a pattern needs to be known."""

LEAFLET = (resources.files("xstatic.pkg.leaflet") / "data" / "leaflet.js").read_text(encoding="utf-8")
OPEN = """(_, { data, intervals, dayCount, states, colours, view, size }) => {
    const { AreaLayer } = holdlineModule("area_layer.js");
    const { stateInks } = holdlineModule("ink.js");
    const read = ([kind, text]) => new globalThis[kind](Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    const arrays = Object.fromEntries(Object.entries(data.arrays).map(([name, value]) => [name, read(value)]));
    const actors = colours.map((colour) => ({ colour }));
    const header = { day_count: dayCount, states, actors };
    const mapData = { ...arrays, areaCount: data.areaCount, header, readings: { doubt: intervals } };
    window.scene?.map.remove();
    document.body.style.margin = 0;
    const box = document.createElement("div");
    Object.assign(box.style, { width: `${size[0]}px`, height: `${size[1]}px` });
    document.body.replaceChildren(box);
    const map = L.map(box, { zoomSnap: 0, zoomControl: false, attributionControl: false });
    map.createPane("areas");
    map.setView(view.slice(0, 2), view[2], { animate: false });
    const timeline = new modules.timeline.Timeline(mapData);
    timeline.seek(0);
    const areas = new AreaLayer(mapData, timeline.state, stateInks(states, actors)).addTo(map);
    window.scene = { map, timeline, areas };
}"""
SEEK = """async (_, { day, front }) => {
    const { map, timeline, areas } = window.scene;
    if (front !== undefined) areas.setFront(front);
    areas.repaint(timeline.seek(day));
    await areas.drawn();
    const canvas = areas._container;
    const { width, height } = canvas;
    const ratio = width / parseFloat(canvas.style.width);
    const world = 256 * 2 ** map.getZoom();
    const corner = map.getPixelOrigin().add(L.DomUtil.getPosition(canvas));
    const view = { width, height, left: corner.x / world, top: corner.y / world, scale: world * ratio };
    return { view, ratio, pixels: packed(canvas.getContext("2d").getImageData(0, 0, width, height).data) };
}"""


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


@dataclass(frozen=True)
class Ground:
    """What lies under each pixel of a canvas.

    place: its place, -1 for none. ratio: canvas pixels for one CSS pixel.
    """

    place: npt.NDArray[np.int64]
    ratio: int

    @cached_property
    def insides(self) -> dict[int, tuple[tuple[slice, slice], Flags]]:
        """For each place that is large enough: its box, and which pixels there are not near its border."""
        out = {}
        for place in range(len(EVENTFUL)):
            own = self.place == place
            for axis in (0, 1):
                own = np.logical_and.reduce([np.roll(own, by, axis) for by in range(-MARGIN, MARGIN + 1)])
            if own.sum() >= ENOUGH:
                rows, columns = np.nonzero(own)
                box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
                out[place] = (box, own[box])
        return out


@dataclass(frozen=True)
class Picture:
    """The canvas on one day: alpha, blue, green and red of each pixel in one number, by row and column."""

    pixels: Pixels
    ground: Ground

    def patches(self) -> Iterator[tuple[int, Patch]]:
        for place, (box, own) in self.ground.insides.items():
            yield place, Patch(self.pixels[box], own, self.ground.ratio)


Film = Callable[..., list[Picture]]


@pytest.fixture(scope="module")
def film(browser: Browser) -> Iterator[Film]:
    """Show days one after the other, as `film(days, view, front)`, and take a picture of each."""
    context = browser.new_context(device_scale_factor=2)
    page = context.new_page()
    modules = Modules(page)
    page.add_script_tag(content=LEAFLET)
    shapes = patchwork()
    intervals = [interval for place in EVENTFUL for interval in place]
    scene = {
        "data": map_data(shapes),
        "dayCount": DAY_COUNT,
        "intervals": {
            "intervalStart": np.cumsum([0, *map(len, EVENTFUL)]).tolist(),
            "intervalDay": [day for day, _ in intervals],
            "intervalState": [STATES.index(state) for _, state in intervals],
        },
        "states": [vars(state) for state in STATES],
        "colours": COLOURS,
        "size": SIZE_PX,
    }

    @cache
    def show(days: tuple[int, ...], view: tuple[float, ...], front: bool) -> list[Picture]:
        modules(OPEN, {**scene, "view": view})
        canvas = modules(SEEK, {"day": 0, "front": front})
        ground = Ground(places_at_centres(shapes, canvas["view"]) - 1, int(canvas["ratio"]))
        canvases = (modules(SEEK, {"day": day}) for day in days)
        return [Picture(unpacked(seen["pixels"], "<u4").reshape(ground.place.shape), ground) for seen in canvases]

    yield show
    context.close()


WHOLE = (-0.13, 0.175, 9.85)
CLOSE = (-0.12, 0.13, 11.1)
"""Latitude, longitude and zoom."""
VIEWS = pytest.mark.parametrize("view", [WHOLE, CLOSE], ids=["whole", "close"])
STEPS = tuple(range(DAY_COUNT))
JUMPS = (3, 11, 0, 7, 13, 5, 1, 12)


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
        for place, patch in picture.patches():
            state = state_on(place, day)
            check_of(state)(patch, state)
            seen.add(state)
    assert len(seen) >= len(STATES) - (view is CLOSE) * 3


@VIEWS
@pytest.mark.parametrize("front", [False, True], ids=["areas", "front"])
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
