"""GeoJSON of areas: read back equal, and in the form that RFC 7946 asks for."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import WGS84
from geo.errors import BoundaryError
from geo.formats.geojson import canonical_geometry, geojson_text, read_areas

corners = st.tuples(st.floats(-179, 178), st.floats(-89, 88), st.floats(0.001, 1), st.floats(0.001, 1))


def areas(geometries: list[shapely.Geometry]) -> gpd.GeoDataFrame:
    ids = [f"p{number}" for number in range(len(geometries))]
    return gpd.GeoDataFrame({"place_id": ids, "area_basis": ["inferred"] * len(ids)}, geometry=geometries, crs=WGS84)


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("geojson") / "areas.geojson"


@given(st.lists(corners, min_size=1, max_size=4))
def test_areas_are_read_back_equal(file: Path, boxes: list[tuple[float, float, float, float]]) -> None:
    table = canonical_geometry(areas([shapely.box(x, y, x + width, y + height) for x, y, width, height in boxes]))
    file.write_text(geojson_text(table), encoding="utf-8")
    assert_geodataframe_equal(read_areas(file), table)


def test_holes_and_parts_survive_and_outer_rings_run_anticlockwise(file: Path) -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2)).reverse()
    both = shapely.MultiPolygon([ring, shapely.box(6, 6, 7, 7, ccw=False)])
    table = canonical_geometry(areas([both]))
    file.write_text(geojson_text(table, name='a "name"'), encoding="utf-8")
    read = read_areas(file)
    assert read.geometry[0].equals(both)
    assert [part.exterior.is_ccw for part in read.geometry[0].geoms] == [True, True]
    assert not read.geometry[0].geoms[0].interiors[0].is_ccw
    assert json.loads(file.read_text())["name"] == 'a "name"'


def test_no_areas_are_read_back_as_no_areas(file: Path) -> None:
    file.write_text(geojson_text(areas([])), encoding="utf-8")
    assert read_areas(file).empty
    assert list(read_areas(file)) == ["place_id", "area_basis", "geometry"]


def test_coordinates_have_seven_decimals() -> None:
    text = geojson_text(canonical_geometry(areas([shapely.box(0.1 + 0.2, 1 / 3, 2 / 3, 1)])))
    ring = json.loads(text)["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == [0.6666667, 0.3333333]
    assert ring[2] == [0.3, 1.0]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": 1}', '{"features": [1]}', '{"features": [{}]}'])
def test_a_file_of_something_else_is_refused(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(BoundaryError, match=r"areas\.geojson is not a GeoJSON file of areas"):
        read_areas(file)
