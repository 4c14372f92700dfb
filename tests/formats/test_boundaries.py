"""Boundary files: any CRS in, valid polygons in EPSG:4326 out, and an error in words for everything else."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.crs import WGS84
from geo.errors import BoundaryError
from geo.formats.boundaries import read_boundaries

SQUARE = shapely.box(37.0, 36.0, 37.1, 36.1)


def write(path: Path, geometries: list[shapely.Geometry | None], crs: object = WGS84, **options: object) -> Path:
    frame = gpd.GeoDataFrame({"code": [f"N{n}" for n in range(len(geometries))]}, geometry=geometries, crs=crs)
    frame.to_file(path, **options)
    return path


@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.geojson", "a.shp.zip"])
def test_polygons_are_read_from_the_usual_formats(tmp_path: Path, name: str) -> None:
    frame = read_boundaries(write(tmp_path / name, [SQUARE]))
    assert frame.crs == WGS84
    assert list(frame["code"]) == ["N0"]
    assert frame.geometry[0].equals(SQUARE)


def test_other_crs_are_reprojected(tmp_path: Path) -> None:
    metres = gpd.GeoSeries([SQUARE], crs=WGS84).to_crs(32637)
    frame = read_boundaries(write(tmp_path / "a.gpkg", list(metres), crs=32637))
    assert shapely.hausdorff_distance(frame.geometry[0], SQUARE) < 1e-9


def test_rings_that_cross_themselves_are_mended(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(37.0, 36.0), (37.1, 36.1), (37.1, 36.0), (37.0, 36.1)])
    frame = read_boundaries(write(tmp_path / "a.gpkg", [bow_tie]))
    assert frame.is_valid.all()
    assert frame.geometry[0].area == pytest.approx(0.005)


def test_a_file_without_crs_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [SQUARE])
    path.with_suffix(".prj").unlink()
    with pytest.raises(BoundaryError, match=r"a\.shp does not say its CRS"):
        read_boundaries(path)


@pytest.mark.parametrize("other", [shapely.Point(37, 36), shapely.LineString([(37, 36), (37.1, 36)]), None])
def test_what_is_no_polygon_is_refused(tmp_path: Path, other: shapely.Geometry | None) -> None:
    path = write(tmp_path / "a.geojson", [SQUARE, other])
    with pytest.raises(BoundaryError, match=r"features that are not polygons \(1, the first is feature 2"):
        read_boundaries(path)


def test_coordinates_beyond_the_earth_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [shapely.box(330_000, 4_000_000, 331_000, 4_001_000)])
    with pytest.raises(BoundaryError, match="coordinates that are not on Earth"):
        read_boundaries(path)


def test_several_layers_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [SQUARE], layer="one")
    write(path, [SQUARE], layer="two")
    with pytest.raises(BoundaryError, match=r"several layers \(one, two\)"):
        read_boundaries(path)


@pytest.mark.parametrize("content", [b"", b"not a map", b"\x00" * 200])
@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.geojson"])
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BoundaryError):
        read_boundaries(tmp_path / name)


def test_a_missing_file_and_an_empty_layer_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match="is not a file"):
        read_boundaries(tmp_path / "a.shp")
    with pytest.raises(BoundaryError, match="has no features"):
        read_boundaries(write(tmp_path / "a.gpkg", []))
