"""Points told by the nearest town of the world."""

import geopandas as gpd
import pytest
import shapely

from geo.crs import WGS84
from geo.places.nearby import beside_towns, towns_within
from geo.places.world import open_world

BAKHMUT = (37.99886, 48.59419)


@pytest.mark.parametrize(
    ("east_degrees", "north_degrees", "told"),
    [
        (0.004, 0.0, "at Bakhmut"),
        (0.0, 0.027, "3 km north of Bakhmut"),
        (0.019, 0.013, "2 km north-east of Bakhmut"),
    ],
)
def test_a_point_is_told_by_the_nearest_town(east_degrees: float, north_degrees: float, told: str) -> None:
    point = shapely.Point(BAKHMUT[0] + east_degrees, BAKHMUT[1] + north_degrees)
    assert beside_towns(gpd.GeoSeries([point], crs=WGS84)) == [told]


def test_far_from_every_town_nothing_is_told() -> None:
    sea, town = shapely.Point(-140.0, -40.0), shapely.Point(*BAKHMUT)
    assert beside_towns(gpd.GeoSeries([sea], crs=WGS84)) == [None]
    assert beside_towns(gpd.GeoSeries([sea, town], crs=WGS84)) == [None, "at Bakhmut"]
    assert beside_towns(gpd.GeoSeries([], crs=WGS84)) == []


def test_towns_of_a_box_are_those_of_the_country_the_largest_first() -> None:
    box = (37.0, 47.8, 38.5, 48.8)
    towns = towns_within(box, "UA", 20)
    assert len(towns) == 20
    assert towns[0].name == "Donetsk"
    assert [town.population for town in towns] == sorted((town.population for town in towns), reverse=True)
    assert {town.country_code for town in towns} == {"UA"}
    assert all(37.0 <= town.longitude <= 38.5 and 47.8 <= town.latitude <= 48.8 for town in towns)
    assert not [town for town in towns if town.feature_code == "PPLX"], "a part of a town is none"
    assert towns_within(box, "FR", 20, open_world()) == []
