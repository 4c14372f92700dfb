"""The areas of the patchwork on a map, day after day, and what is on the canvas on each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser

from tests.browser.modules.conftest import Modules, unpacked
from tests.browser.modules.test_raster import map_data, places_at_centres
from tests.browser.patchwork import COLOURS, DAY_COUNT, EVENTFUL, STATES, patchwork

Flags = npt.NDArray[np.bool_]
Pixels = npt.NDArray[np.uint32]

SIZE_PX = [240, 190]
MARGIN = 3
"""Canvas pixels next to a border, where edges are drawn."""
ENOUGH = 2_000
"""Canvas pixels that a pattern needs to be known."""
WHOLE = (-0.13, 0.175, 9.85)
CLOSE = (-0.12, 0.13, 11.1)
"""Latitude, longitude and zoom."""
VIEWS = pytest.mark.parametrize("view", [WHOLE, CLOSE], ids=["whole", "close"])
STEPS = tuple(range(DAY_COUNT))
JUMPS = (3, 11, 0, 7, 13, 5, 1, 12)

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


Film = Callable[..., list[Picture]]


@contextmanager
def filming(browser: Browser, screen_ratio: int) -> Iterator[Film]:
    """Show days one after the other, as `film(days, view, front)`, and take a picture of each.

    screen_ratio: pixels of the screen for one CSS pixel.
    """
    context = browser.new_context(device_scale_factor=screen_ratio)
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
