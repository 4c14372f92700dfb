import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from geo.crs import WGS84, MissingCRSError, area_km2, equal_area, equal_area_for
from geo.errors import HoldlineError

LONGITUDES = st.floats(-170, 170)
LATITUDES = st.floats(-80, 80)


def test_the_exchange_crs_is_wgs_84_longitude_and_latitude() -> None:
    assert WGS84.to_epsg() == 4326


@given(LONGITUDES, LATITUDES)
def test_the_equal_area_crs_is_centred_on_the_point_and_in_metres(longitude: float, latitude: float) -> None:
    crs = equal_area(longitude, latitude)
    centre = gpd.GeoSeries([Point(longitude, latitude)], crs=WGS84).to_crs(crs).iloc[0]
    assert (centre.x, centre.y) == pytest.approx((0, 0), abs=0.01)
    assert crs.axis_info[0].unit_name == "metre"


@given(LATITUDES)
def test_area_is_that_of_the_ellipsoid_at_any_latitude(latitude: float) -> None:
    cell = box(36, latitude, 36.01, latitude + 0.01)
    expected_km2 = abs(WGS84.get_geod().geometry_area_perimeter(cell)[0]) / 1e6
    assert area_km2(gpd.GeoSeries([cell], crs=WGS84)).iloc[0] == pytest.approx(expected_km2, rel=1e-4)


def test_area_does_not_depend_on_the_crs_and_keeps_the_index() -> None:
    cells = gpd.GeoSeries([box(37, 36, 37.1, 36.1), box(37.1, 36, 37.3, 36.1)], index=["a", "b"], crs=WGS84)
    mercator = cells.to_crs(3857)
    assert list(area_km2(mercator).index) == ["a", "b"]
    pd.testing.assert_series_equal(area_km2(mercator), area_km2(cells), rtol=1e-6)


def test_one_projection_is_centred_on_all_the_geometries() -> None:
    points = gpd.GeoSeries([Point(36, 35), None, Polygon(), Point(38, 37)], crs=WGS84)
    assert equal_area_for(points) == equal_area(37, 36)


@pytest.mark.parametrize("geometries", [[], [None], [Polygon()]])
def test_nothing_has_a_projection_and_no_area(geometries: list[Polygon | None]) -> None:
    nothing = gpd.GeoSeries(geometries, crs=WGS84)
    assert equal_area_for(nothing) == equal_area(0, 0)
    assert area_km2(nothing).fillna(0).sum() == 0


@pytest.mark.parametrize("measure", [area_km2, equal_area_for])
def test_geometries_without_crs_are_refused(measure: object) -> None:
    assert callable(measure)
    with pytest.raises(MissingCRSError, match=r"EPSG:4326.*\.prj") as caught:
        measure(gpd.GeoSeries([Point(37, 36)]))
    assert isinstance(caught.value, HoldlineError)
