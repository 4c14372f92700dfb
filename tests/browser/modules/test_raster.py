"""Which place lies under each pixel, against shapely's point-in-polygon at the pixels' centres."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.modules.conftest import Modules, packed, unpacked

WIDTH, HEIGHT = 160, 120
RASTERISE = """({ raster: { edgesOf, rasterise } }, { data, view }) => {
    const read = ([kind, text]) => new globalThis[kind](Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
    const arrays = Object.fromEntries(Object.entries(data.arrays).map(([name, value]) => [name, read(value)]));
    const raster = rasterise({ ...arrays, areaCount: data.areaCount }, view);
    const { ids, drawn, filled, runStart, runs } = raster;
    return { ids: packed(ids), edges: packed(edgesOf(raster)), drawn: Array.from(drawn), filled,
        runStart: packed(runStart), runs: packed(runs) };
}"""
View = dict[str, float]
"""width and height in pixels, left and top edge in mercator units, scale: pixels for the whole world."""


@dataclass(frozen=True)
class Drawing:
    """What rasterise returns, as arrays; ids and edges by row and column."""

    ids: npt.NDArray[np.uint32]
    edges: npt.NDArray[np.uint8]
    drawn: list[int]
    filled: int
    run_start: npt.NDArray[np.int32]
    runs: npt.NDArray[np.uint16]
    """row, first column and the first column after it"""


def map_data(shapes: npt.NDArray[np.object_]) -> dict[str, Any]:
    """Shapes in mercator units as decode.js gives them: rings without their closing vertex."""
    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    vertices, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    open_ended = np.append(ring_of_vertex[1:] == ring_of_vertex[:-1], False)
    vertices, ring_of_vertex = vertices[open_ended], ring_of_vertex[open_ended]
    starts = {
        "areaRings": np.bincount(area_of_part[part_of_ring], minlength=len(shapes)),
        "ringStart": np.bincount(ring_of_vertex, minlength=len(rings)),
    }
    arrays = {name: ["Int32Array", packed(np.append(0, np.cumsum(counts)), "<i4")] for name, counts in starts.items()}
    arrays["vertices"] = ["Int32Array", packed(np.arange(len(vertices)), "<i4")]
    doubles = {
        "x": vertices[:, 0],
        "y": vertices[:, 1],
        "bounds": np.where(shapely.is_empty(shapes)[:, None], np.inf, shapely.bounds(shapes)),
    }
    for name, values in doubles.items():
        arrays[name] = ["Float64Array", packed(values, "<f8")]
    return {"areaCount": len(shapes), "arrays": arrays}


def draw(modules: Modules, shapes: npt.NDArray[np.object_], view: View) -> Drawing:
    result = modules(RASTERISE, {"data": map_data(shapes), "view": view})
    by_row = (int(view["height"]), int(view["width"]))
    return Drawing(
        unpacked(result["ids"], "<u4").reshape(by_row),
        unpacked(result["edges"], "u1").reshape(by_row),
        result["drawn"],
        result["filled"],
        unpacked(result["runStart"], "<i4"),
        unpacked(result["runs"], "<u2").reshape(-1, 3),
    )


def random_places(seed: int, place_count: int) -> npt.NDArray[np.object_]:
    """A patchwork in the middle of the world: shared borders, several parts, places inside places, and lakes."""
    random = np.random.default_rng(seed)
    points = shapely.MultiPoint(0.5 + 0.01 * random.random((6 * place_count, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=points))
    lakes = shapely.union_all(shapely.buffer(shapely.points(0.5 + 0.01 * random.random((4, 2))), 0.0006))
    owner = random.integers(0, place_count, len(cells))
    return shapely.difference([shapely.union_all(cells[owner == place]) for place in range(place_count)], lakes)


def places_at_centres(shapes: npt.NDArray[np.object_], view: View) -> npt.NDArray[np.int64]:
    """Place + 1 of each pixel, 0 for none."""
    columns, rows = np.arange(view["width"]), np.arange(view["height"])
    x, y = np.meshgrid(
        view["left"] + (columns + 0.5) / view["scale"],
        view["top"] + (rows + 0.5) / view["scale"],
    )
    truth = np.zeros(x.size, np.int64)
    pixel, place = shapely.STRtree(shapes).query(shapely.points(x.ravel(), y.ravel()), predicate="within")
    truth[pixel] = place + 1
    return truth.reshape(x.shape)


@st.composite
def views(draw: st.DrawFn) -> View:
    """From all places small in the middle to a few of them over the edge of the picture."""
    corners = {side: draw(st.floats(0.495, 0.507)) for side in ("left", "top")}
    return {"width": WIDTH, "height": HEIGHT, **corners, "scale": draw(st.floats(4_000, 80_000))}


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(1, 30), views())
def test_pixels_belong_to_the_place_under_their_centre(
    modules: Modules, seed: int, place_count: int, view: View
) -> None:
    shapes = random_places(seed, place_count)
    drawing = draw(modules, shapes, view)
    assert (drawing.ids == places_at_centres(shapes, view)).mean() >= 0.999


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(1, 30), views())
def test_runs_cover_exactly_the_pixels_of_their_place(
    modules: Modules, seed: int, place_count: int, view: View
) -> None:
    drawing = draw(modules, random_places(seed, place_count), view)
    covered = np.zeros((HEIGHT, WIDTH), np.int64)
    place_of_run = np.repeat(np.arange(place_count), np.diff(drawing.run_start))
    for place, (row, begin, end) in zip(place_of_run, drawing.runs, strict=True):
        assert begin < end, "no run is empty"
        assert not covered[row, begin:end].any(), "no pixel is in two runs"
        covered[row, begin:end] = place + 1
    assert (covered == drawing.ids).all()
    assert drawing.drawn == (np.unique(drawing.ids[drawing.ids > 0]) - 1).tolist()
    assert drawing.filled == (drawing.ids > 0).sum()


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(1, 30), views())
def test_edges_lie_between_places(modules: Modules, seed: int, place_count: int, view: View) -> None:
    drawing = draw(modules, random_places(seed, place_count), view)
    padded = np.pad(drawing.ids, 1, mode="edge").astype(np.int64)
    middle = padded[1:-1, 1:-1]
    right, below, left, above = padded[1:-1, 2:], padded[2:, 1:-1], padded[1:-1, :-2], padded[:-2, 1:-1]
    borders = np.any([(middle > 0) & (other > 0) & (other != middle) for other in (right, below)], axis=0)
    outline = np.any([(middle > 0) & (other == 0) for other in (right, below, left, above)], axis=0)
    edge_bit, outline_bit = modules("({ raster: { EDGE, OUTLINE } }) => [EDGE, OUTLINE]")
    assert ((drawing.edges & edge_bit > 0) == borders).all()
    assert ((drawing.edges & outline_bit > 0) == outline).all()


@pytest.mark.slow
def test_more_places_than_sixteen_bits_can_count(modules: Modules) -> None:
    side = 270
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    squares = shapely.box(column, row, column + 1, row + 1).ravel()
    shapes = shapely.transform(squares, lambda vertices: 0.25 + vertices / 4096)
    assert len(shapes) > 65_534
    view = {"width": 3 * side, "height": 3 * side, "left": 0.25, "top": 0.25, "scale": 3 * 4096}
    drawing = draw(modules, shapes, view)
    expected = np.arange(side * side).reshape(side, side).repeat(3, axis=0).repeat(3, axis=1) + 1
    assert (drawing.ids == expected).all()
