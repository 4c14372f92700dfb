"""The front line runs where ground of different holders meets, and nowhere else."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import control_areas
from geo.control.states import states_on
from geo.crs import WGS84, MissingCRSError, equal_area_for
from geo.maps.front import front_line, shared_borders
from geo.pipeline import Build

HOLDERS = st.sampled_from(["blue", "green", "red", None])


def states_of(areas: gpd.GeoDataFrame, holders: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({"place_id": areas["place_id"], "actor": pd.Series(holders, index=areas.index, dtype="str")})


def squares(across: int, along: int) -> gpd.GeoDataFrame:
    """A board of squares, a hundredth of a degree wide; place b2 is in column b, row 2."""
    cells = [(column, row) for column in range(across) for row in range(along)]
    geometry = [shapely.box(c / 100, r / 100, (c + 1) / 100, (r + 1) / 100) for c, r in cells]
    place_ids = [f"{chr(97 + column)}{row}" for column, row in cells]
    return gpd.GeoDataFrame({"place_id": place_ids, "area_basis": "inferred"}, geometry=geometry, crs=WGS84)


@st.composite
def divided_ground(draw: st.DrawFn) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Voronoi cells of up to fifteen places, in pieces and with gaps, and who holds each."""
    grid = st.tuples(st.integers(0, 30), st.integers(0, 30))
    points = draw(st.lists(grid, min_size=1, max_size=15, unique=True))
    places = pd.DataFrame(points, columns=["x", "y"]).assign(area_km2=draw(st.sampled_from([0.5, 3.0, 12.0])))
    places = places.assign(
        place_id=[f"p{number:02d}" for number in range(len(points))],
        longitude=37 + places["x"] / 100,
        latitude=36 + places["y"] / 100,
    )
    areas = control_areas(places)
    return areas, states_of(areas, draw(st.lists(HOLDERS, min_size=len(areas), max_size=len(areas))))


@settings(max_examples=25)
@given(divided_ground())
def test_the_front_is_the_border_that_the_holders_grounds_share(
    ground: tuple[gpd.GeoDataFrame, pd.DataFrame],
) -> None:
    areas, states = ground
    front = front_line(shared_borders(areas), states)
    local = areas.geometry.to_crs(equal_area_for(areas.geometry))
    held = gpd.GeoSeries(local.to_numpy()).groupby(states["actor"].to_numpy()).agg(shapely.union_all)
    expected_km = {
        (one, other): held[one].boundary.intersection(held[other].boundary).length / 1000
        for one in held.index
        for other in held.index
        if one < other
    }
    found_km = {(row.actor, row.other_actor): row.length_km for row in front.itertuples()}
    for actors, length_km in expected_km.items():
        assert found_km.get(actors, 0) == pytest.approx(length_km, abs=0.002), actors
    assert set(found_km) <= set(expected_km)
    assert front["length_km"].gt(0).all()
    assert front.crs == areas.crs


@settings(max_examples=25)
@given(divided_ground())
def test_the_lengths_of_the_borders_leave_only_the_outline(ground: tuple[gpd.GeoDataFrame, pd.DataFrame]) -> None:
    areas, _ = ground
    local = areas.geometry.to_crs(equal_area_for(areas.geometry))
    borders = shared_borders(areas)
    outline_km = local.union_all().length / 1000
    assert 2 * borders["length_km"].sum() + outline_km == pytest.approx(local.length.sum() / 1000, rel=1e-3)


@settings(max_examples=10)
@given(divided_ground(), st.randoms())
def test_neither_the_order_of_rows_nor_anything_but_the_holder_matters(
    ground: tuple[gpd.GeoDataFrame, pd.DataFrame], random: np.random.RandomState
) -> None:
    areas, states = ground
    order = list(range(len(areas)))
    random.shuffle(order)
    before = areas.copy()
    front = front_line(shared_borders(areas), states)
    shuffled = front_line(shared_borders(areas.iloc[order]), states.iloc[order].assign(status="contested"))
    pd.testing.assert_frame_equal(pd.DataFrame(front), pd.DataFrame(shuffled))
    pd.testing.assert_frame_equal(pd.DataFrame(areas), pd.DataFrame(before))


def test_neighbours_touch_along_a_line_not_in_a_point() -> None:
    borders = shared_borders(squares(2, 2))
    neighbours = list(zip(borders["place_id"], borders["other_place_id"], strict=True))
    assert neighbours == [("a0", "a1"), ("a0", "b0"), ("a1", "b1"), ("b0", "b1")]
    assert borders["length_km"].round(2).tolist() == [1.11, 1.11, 1.11, 1.11]


def test_where_nobody_is_known_to_hold_there_is_no_front() -> None:
    areas = squares(3, 1)
    front = front_line(shared_borders(areas), states_of(areas, ["red", None, "blue"]))
    assert front.empty
    assert list(front.columns) == ["actor", "other_actor", "length_km", "geometry"]


def test_an_enclave_has_a_front_all_around() -> None:
    areas = squares(3, 3)
    holders = ["blue" if place_id == "b1" else "red" for place_id in areas["place_id"]]
    [row] = front_line(shared_borders(areas), states_of(areas, holders)).itertuples()
    assert (row.actor, row.other_actor) == ("blue", "red")
    assert row.geometry.is_ring


def test_areas_without_a_reference_system_are_refused() -> None:
    with pytest.raises(MissingCRSError):
        shared_borders(squares(2, 1).set_crs(None, allow_override=True))


def test_the_front_of_aleppo_shrinks(aleppo_build: Build) -> None:
    borders = shared_borders(aleppo_build.areas)
    lengths_km = []
    for date in ("2016-11-15", "2016-12-13"):
        front = front_line(borders, states_on(aleppo_build.intervals, pd.Timestamp(date)))
        lengths_km.append(front.set_index(["actor", "other_actor"])["length_km"]["opposition", "syrian-government"])
    assert lengths_km[0] > lengths_km[1] > 0
