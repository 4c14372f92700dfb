"""Pieces: every polygon is a union of whole ones, and none overlaps another."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import WGS84, equal_area
from geo.overlay import pieces

LOCAL = equal_area(30.0, 50.0)
BOX = shapely.box(0, 0, 1000, 1000)


def cut(*polygons: shapely.Geometry, snap_m: float = 1) -> gpd.GeoDataFrame:
    return pieces(gpd.GeoSeries(list(polygons), crs=LOCAL).to_crs(WGS84), snap_m).to_crs(LOCAL)


@st.composite
def boxes(draw: st.DrawFn) -> shapely.Geometry:
    west, south = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    outer = shapely.box(100 * west, 100 * south, 100 * (west + draw(st.integers(1, 5))), 100 * (south + 4))
    return outer.difference(outer.centroid.buffer(40)) if draw(st.booleans()) else outer


@settings(deadline=None, max_examples=40)
@given(st.lists(boxes(), min_size=1, max_size=6))
def test_each_polygon_is_the_union_of_its_pieces(polygons: list[shapely.Geometry]) -> None:
    found = cut(*polygons)
    for number, polygon in enumerate(polygons):
        own = found[[number in numbers for numbers in found["polygon"]]]
        assert own.union_all().symmetric_difference(polygon).area < 0.02 * polygon.area
    assert found.area.sum() == pytest.approx(found.union_all().area, rel=1e-6)
    points = gpd.GeoSeries.from_xy(found["longitude"], found["latitude"], crs=WGS84).to_crs(LOCAL)
    assert found.contains(points).all()


def test_a_hole_stays_a_hole_until_another_day_fills_it() -> None:
    with_hole = BOX.difference(shapely.box(400, 400, 600, 600))
    assert list(cut(with_hole)["polygon"]) == [[0]]
    assert sorted(cut(with_hole, BOX)["polygon"]) == [[0, 1], [1]]
    assert sorted(cut(with_hole, BOX).area.round(-2)) == [40_000, 960_000]


def test_the_parts_of_a_multipolygon_are_pieces_of_their_own() -> None:
    apart = shapely.MultiPolygon([BOX, shapely.box(3000, 0, 4000, 1000)])
    assert list(cut(apart, apart)["polygon"]) == [[0, 1], [0, 1]]


def test_a_border_drawn_anew_within_the_snap_leaves_no_sliver() -> None:
    redrawn = shapely.box(2, 1, 1001, 999)
    assert len(cut(BOX, redrawn, snap_m=0.1)) > 1
    assert list(cut(BOX, redrawn, snap_m=10)["polygon"]) == [[0, 1]]
