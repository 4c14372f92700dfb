"""What decode.js reads is what payload.py was given: areas with holes and several parts, points and intervals."""

import base64
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.maps.payload import encode
from geo.pipeline import Build
from tests.browser.modules.conftest import Modules

DECODE = """async ({ binary: { unpacked }, decode: { decode } }, base64) => {
    const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
    const all = (columns) => Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, plain(value)]));
    const data = decode(await unpacked({ base64 }));
    const { header, areaRings, ringStart } = data;
    const [x, y] = [data.x, data.y].map((axis) => Array.from(data.vertices, (vertex) => axis[vertex]));
    return { areaCount: data.areaCount, unit: header.degrees_per_unit, places: all(header.places),
        bounds: plain(data.bounds), ...all({ areaRings, ringStart, x, y }) };
}"""

Ring = list[tuple[float, float]]


def decoded(modules: Modules, build: Build) -> dict[str, Any]:
    return dict(modules(DECODE, base64.b64encode(encode(build)).decode()))


def build_of(template: Build, shapes: list[shapely.Geometry]) -> Build:
    """A build whose places have these areas, and nothing that ever happened."""
    ids = [f"p{number}" for number in range(len(shapes))]
    areas = gpd.GeoDataFrame({"place_id": ids, "area_basis": "boundary"}, geometry=shapes, crs="EPSG:4326")
    points = shapely.centroid(shapely.envelope(areas.geometry.to_numpy()))
    places = gpd.GeoDataFrame(
        {
            **{column: "" for column in template.places.columns if column != "geometry"},
            "place_id": ids,
            "name": ids,
            "longitude": shapely.get_x(points),
            "latitude": shapely.get_y(points),
            "area_km2": np.arange(len(ids)) / 8,
            "parent_place_id": pd.NA,
            "place_precision": 1,
        },
        geometry=points,
        crs="EPSG:4326",
    )
    return replace(
        template,
        dataset=replace(template.dataset, baseline=template.dataset.baseline.iloc[:0]),
        places=places,
        areas=areas,
        mentions=template.mentions.iloc[:0],
        candidates=template.candidates.iloc[:0],
        events=template.events.iloc[:0],
        intervals=template.intervals.iloc[:0],
    )


def rings_in_units(shape: shapely.Geometry, unit_degrees: float) -> list[npt.NDArray[np.int64]]:
    """Every ring of every part as the page is to have it: whole units, no vertex twice in a row, not closed."""
    out = []
    for part in shapely.get_parts(shape):
        for ring in shapely.get_rings(part):
            units = np.rint(shapely.get_coordinates(ring)[:-1] / unit_degrees).astype(np.int64)
            moved = np.append(True, (units[1:] != units[:-1]).any(axis=1))
            out.append(units[moved])
    return out


def mercator(units: npt.NDArray[np.int64], unit_degrees: float) -> npt.NDArray[np.float64]:
    longitude, latitude = units.T * unit_degrees
    return np.column_stack([longitude / 360 + 0.5, 0.5 - np.arcsinh(np.tan(np.radians(latitude))) / (2 * np.pi)])


@st.composite
def shapes(draw: st.DrawFn) -> list[shapely.Geometry]:
    """Areas anywhere on Earth, from a few metres to a continent across; their vertices are partly shared."""
    size = draw(st.sampled_from([0.001, 0.05, 1.0, 30.0]))
    west, south = draw(st.floats(-170, 170 - size)), draw(st.floats(-80, 80 - size))
    corners = st.sampled_from([(west + size * i / 7, south + size * j / 7) for i in range(8) for j in range(8)])
    anywhere = st.tuples(st.floats(west, west + size), st.floats(south, south + size))
    ring = st.lists(corners | anywhere, min_size=3, max_size=8)
    part = st.builds(shapely.Polygon, ring, st.lists(ring, max_size=2))
    return draw(
        st.lists(part | st.builds(shapely.MultiPolygon, st.lists(part, min_size=1, max_size=3)), min_size=1, max_size=5)
    )


@pytest.mark.slow
@settings(max_examples=20)
@given(shapes=shapes())
def test_areas_round_trip(modules: Modules, small_build: Build, shapes: list[shapely.Geometry]) -> None:
    data = decoded(modules, build_of(small_build, shapes))
    assert sorted(data["places"]["id"]) == [f"p{number}" for number in range(len(shapes))]
    vertices = np.column_stack([data["x"], data["y"]])
    for area, place_id in enumerate(data["places"]["id"]):
        expected = rings_in_units(shapes[int(place_id[1:])], data["unit"])
        first, end = data["areaRings"][area : area + 2]
        assert end - first == len(expected)
        outline = mercator(np.concatenate(expected), data["unit"])
        box = [*outline.min(axis=0), *outline.max(axis=0)]
        np.testing.assert_allclose(data["bounds"][4 * area : 4 * area + 4], box, rtol=0, atol=1e-12)
        for ring, units in zip(range(first, end), expected, strict=True):
            read = vertices[slice(*data["ringStart"][ring : ring + 2])]
            assert read.shape == units.shape
            np.testing.assert_allclose(read, mercator(units, data["unit"]), rtol=0, atol=1e-12)


def test_points_and_areas_in_km2_round_trip(modules: Modules, aleppo_build: Build) -> None:
    places = decoded(modules, aleppo_build)["places"]
    truth = aleppo_build.places.set_index("place_id").loc[places["id"]]
    np.testing.assert_allclose(places["longitude"], truth["longitude"], rtol=0, atol=0.5e-5 + 1e-12)
    np.testing.assert_allclose(places["latitude"], truth["latitude"], rtol=0, atol=0.5e-5 + 1e-12)
    np.testing.assert_allclose(places["area_km2"], truth["area_km2"].fillna(0), rtol=0, atol=0.005 + 1e-12)
    assert places["name"] == truth["name"].tolist()
