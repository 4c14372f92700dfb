from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import translate

from benchmarks import areas as benchmark
from geo.areas import AreaError, Limits, city_outline, control_areas, imported_areas, voronoi_areas
from geo.crs import WGS84, MissingCRSError, area_km2, equal_area
from geo.formats.boundaries import read_boundaries
from geo.formats.datasets import read_dataset

LONGITUDE, LATITUDE = 37.16, 36.2
LOCAL = equal_area(LONGITUDE, LATITUDE)
SQUARE_METRE_KM2 = 1e-6


def places_at(*metres: tuple[float, float], area_km2: float | None = 1.0) -> pd.DataFrame:
    """Places p0, p1, ... at metres east and north of the centre."""
    east, north = zip(*metres, strict=True) if metres else ((), ())
    points = gpd.GeoSeries.from_xy(east, north, crs=LOCAL).to_crs(WGS84)
    return pd.DataFrame(
        {
            "place_id": [f"p{number}" for number in range(len(metres))],
            "latitude": points.y.round(6),
            "longitude": points.x.round(6),
            "area_km2": pd.Series([area_km2] * len(metres), dtype="float64"),
        }
    )


def layer(*polygons: Polygon | MultiPolygon, **columns: list[object]) -> gpd.GeoDataFrame:
    """A boundary layer, polygons in metres from the centre."""
    return gpd.GeoDataFrame(columns, geometry=list(polygons), crs=LOCAL).to_crs(WGS84)


@st.composite
def towns(draw: st.DrawFn) -> pd.DataFrame:
    """One to ten places in ten kilometres, some without a published area."""
    metres = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
    spots = draw(st.lists(metres, min_size=1, max_size=10, unique=True))
    places = places_at(*[(100.0 * east, 100.0 * north) for east, north in spots])
    sizes = st.one_of(st.none(), st.floats(0.05, 5))
    return places.assign(area_km2=pd.Series([draw(sizes) for _ in spots], dtype="float64"))


def points_of(places: pd.DataFrame) -> gpd.GeoSeries:
    points = gpd.GeoSeries.from_xy(places["longitude"], places["latitude"], crs=WGS84)
    return points.set_axis(places["place_id"]).sort_index()


def overlap_km2(areas: gpd.GeoDataFrame) -> float:
    """Ground that is covered more than once."""
    return float(area_km2(areas.geometry).sum() - area_km2(dissolved(areas)).sum())


def dissolved(areas: gpd.GeoDataFrame) -> gpd.GeoSeries:
    return gpd.GeoSeries([areas.geometry.union_all()], crs=areas.crs)


def assert_well_formed(areas: gpd.GeoDataFrame) -> None:
    assert list(areas.columns) == ["place_id", "area_basis", "geometry"]
    assert list(areas.index) == list(range(len(areas)))
    assert areas["place_id"].is_unique
    assert areas["place_id"].is_monotonic_increasing
    assert areas.crs == WGS84
    assert areas.geometry.is_valid.all()
    assert not areas.geometry.is_empty.any()
    assert set(areas.geom_type) <= {"Polygon", "MultiPolygon"}
    coordinates = shapely.get_coordinates(areas.geometry.to_numpy(), include_z=True)
    assert np.abs(coordinates[:, :2] - coordinates[:, :2].round(6)).max(initial=0) < 1e-12
    assert np.isnan(coordinates[:, 2]).all()
    assert abs(overlap_km2(areas)) < SQUARE_METRE_KM2


@settings(deadline=None, max_examples=15)
@given(towns())
def test_cells_divide_the_outline(places: pd.DataFrame) -> None:
    outline = city_outline(places)
    cells = voronoi_areas(places, outline)
    assert_well_formed(cells)
    assert set(cells["area_basis"]) == {"inferred"}
    assert list(cells["place_id"]) == sorted(places["place_id"])
    assert cells.set_index("place_id").geometry.contains(points_of(places)).all()
    outline_km2, missed_km2 = area_km2(outline).sum(), area_km2(outline.difference(dissolved(cells))).sum()
    assert area_km2(dissolved(cells)).sum() == pytest.approx(outline_km2, rel=1e-4)
    assert missed_km2 < 1e-4 * outline_km2


@settings(deadline=None, max_examples=15)
@given(towns(), st.data())
def test_every_bit_of_ground_belongs_to_the_nearest_place(places: pd.DataFrame, data: st.DataObject) -> None:
    cells = control_areas(places).to_crs(LOCAL)
    cell = data.draw(st.sampled_from(range(len(cells))))
    spot = cells.geometry.iloc[cell].representative_point()
    distances = points_of(places).to_crs(LOCAL).distance(spot)
    assert distances[cells["place_id"].iloc[cell]] <= distances.min() + 1


@settings(deadline=None, max_examples=15)
@given(towns())
def test_the_outline_holds_every_place_and_has_no_holes(places: pd.DataFrame) -> None:
    outline = city_outline(places)
    assert len(outline) == 1
    assert outline.crs == WGS84
    assert outline.is_valid.all()
    assert outline.explode().interiors.map(len).sum() == 0
    assert points_of(places).within(outline.iloc[0]).all()
    assert area_km2(outline).iloc[0] >= places["area_km2"].max() * 0.99 or places["area_km2"].isna().all()


@settings(deadline=None, max_examples=10)
@given(towns(), st.integers(0, 99))
def test_the_order_of_rows_does_not_matter_and_nothing_given_is_changed(places: pd.DataFrame, seed: int) -> None:
    before = places.copy(deep=True)
    areas = control_areas(places)
    pd.testing.assert_frame_equal(places, before)
    shuffled = control_areas(places.sample(frac=1, random_state=seed))
    assert areas.to_wkb().equals(shuffled.to_wkb())


def test_a_dense_town_has_about_the_area_of_its_places() -> None:
    grid = places_at(*[(1000.0 * column, 1000.0 * row) for column in range(8) for row in range(8)])
    assert area_km2(city_outline(grid)).iloc[0] == pytest.approx(64, rel=0.03)


def test_places_far_apart_have_outlines_apart() -> None:
    outline = city_outline(places_at((-5000, 0), (5000, 0)))
    assert outline.geom_type.tolist() == ["MultiPolygon"]
    assert area_km2(outline).iloc[0] == pytest.approx(2, rel=0.01)


def test_a_ring_of_places_has_no_hole() -> None:
    ring = places_at(*[(3000 * np.cos(angle), 3000 * np.sin(angle)) for angle in np.linspace(0, 2 * np.pi, 16)[:-1]])
    outline = city_outline(ring)
    assert outline.geom_type.tolist() == ["Polygon"]
    assert np.pi * 3**2 < area_km2(outline).iloc[0] < np.pi * 3.57**2


def test_without_published_areas_the_spacing_gives_the_size() -> None:
    grid = [(500.0 * column, 500.0 * row) for column in range(8) for row in range(8)]
    assert area_km2(city_outline(places_at(*grid, area_km2=None))).iloc[0] == pytest.approx(4.5**2, rel=0.05)
    assert area_km2(city_outline(places_at((0, 0), area_km2=None))).iloc[0] == pytest.approx(np.pi, rel=0.01)


def test_without_published_areas_no_ground_is_out_of_reach() -> None:
    places = places_at((-900, 0), (0, 0), (9000, 0), area_km2=None)
    areas = control_areas(places, limits=Limits(reach_km=1)).to_crs(LOCAL).set_index("place_id").geometry
    far = areas.hausdorff_distance(points_of(places).to_crs(LOCAL))
    assert far.max() == pytest.approx(1000, abs=1)
    assert areas["p2"].area == pytest.approx(np.pi * 1e6, rel=0.01)
    assert areas.total_bounds == pytest.approx([-1900, -1000, 10000, 1000], abs=1)


def test_reach_follows_the_distances_of_nine_places_in_ten() -> None:
    close = [(1000.0 * number, 0.0) for number in range(19)]
    areas = control_areas(places_at(*close, (300_000, 0), area_km2=None)).set_index("place_id")
    assert area_km2(areas.geometry)["p19"] == pytest.approx(np.pi, rel=0.01)


def test_an_outline_is_divided_and_only_reach_limits_it() -> None:
    outline = layer(box(-2000, -1000, 2000, 1000)).geometry
    whole = control_areas(PAIR, limits=Limits(outline))
    assert area_km2(whole.geometry).tolist() == pytest.approx([4, 4], rel=1e-3)
    near = control_areas(PAIR, limits=Limits(outline, reach_km=0.2))
    assert area_km2(near.geometry).tolist() == pytest.approx([np.pi * 0.04] * 2, rel=0.01)


def test_boundaries_come_before_an_outline() -> None:
    outline = layer(box(-2000, -1000, 2000, 1000)).geometry
    areas = control_areas(PAIR, layer(EAST, code=["p1"]), Limits(outline))
    assert areas["area_basis"].tolist() == ["inferred", "boundary"]
    assert area_km2(areas.geometry).iloc[1] == pytest.approx(1, rel=1e-3)


def test_no_places_have_no_outline_and_no_areas() -> None:
    nowhere = places_at()
    assert city_outline(nowhere).empty
    assert_well_formed(control_areas(nowhere))
    assert_well_formed(control_areas(nowhere, layer(box(0, 0, 1, 1), code=["p0"])))
    assert control_areas(nowhere).empty


def test_two_places_on_one_point_are_refused() -> None:
    with pytest.raises(AreaError, match=r"one point.*p0, p2"):
        control_areas(places_at((0, 0), (900, 0), (0, 0)))


def test_a_place_outside_the_outline_is_refused() -> None:
    outline = city_outline(places_at((0, 0)))
    with pytest.raises(AreaError, match="outside the outline: p1"):
        voronoi_areas(places_at((0, 0), (9000, 0)), outline)


def test_geometries_without_crs_are_refused() -> None:
    places = places_at((0, 0))
    with pytest.raises(MissingCRSError):
        voronoi_areas(places, gpd.GeoSeries([box(0, 0, 1, 1)]))
    with pytest.raises(MissingCRSError):
        imported_areas(places, gpd.GeoDataFrame(geometry=[box(0, 0, 1, 1)]))


WEST, EAST = box(-1000, -500, 0, 500), box(0, -500, 1000, 500)
PAIR = places_at((-500, 0), (500, 0))


@pytest.mark.parametrize(("place_ids", "codes"), [(["p0", "p1"], ["p0", "p1", "x"]), (["10", "20"], [10, 20, 30])])
def test_the_code_column_holds_most_place_ids(place_ids: list[str], codes: list[object]) -> None:
    boundaries = layer(EAST, WEST, EAST, number=[1, 2, 3], old=[place_ids[1], "x", "y"], code=codes)
    areas = imported_areas(PAIR.assign(place_id=place_ids), boundaries)
    assert_well_formed(areas)
    assert areas["area_basis"].tolist() == ["boundary", "boundary"]
    assert areas.to_crs(LOCAL).centroid.x.tolist() == pytest.approx([500, -500], abs=1)


@pytest.mark.parametrize("columns", [{}, {"code": ["x", None]}])
def test_without_codes_a_polygon_goes_to_the_place_in_it(columns: dict[str, list[object]]) -> None:
    areas = imported_areas(PAIR, layer(EAST, WEST, **columns).to_crs(3857))
    assert_well_formed(areas)
    assert areas["area_basis"].tolist() == ["boundary", "boundary"]
    assert areas.to_crs(LOCAL).centroid.x.tolist() == pytest.approx([-500, 500], abs=1)
    assert area_km2(areas.geometry).tolist() == pytest.approx([1, 1], rel=1e-3)


def test_of_nested_polygons_a_place_takes_the_smallest() -> None:
    areas = imported_areas(PAIR, layer(EAST.buffer(200), WEST, EAST, EAST.buffer(100)))
    assert area_km2(areas.geometry).tolist() == pytest.approx([1, 1], rel=1e-3)


def test_a_polygon_with_the_points_of_several_places_is_not_used() -> None:
    areas = imported_areas(PAIR, layer(box(-1000, -500, 1000, 500)))
    assert areas["area_basis"].tolist() == ["inferred", "inferred"]
    assert areas.to_wkb().equals(control_areas(PAIR).to_wkb())


def test_several_polygons_of_one_place_are_joined() -> None:
    island = translate(WEST, yoff=3000)
    areas = imported_areas(PAIR, layer(WEST, island, EAST, code=["p0", "p0", "p1"]))
    assert areas.geom_type.tolist() == ["MultiPolygon", "Polygon"]
    assert area_km2(areas.geometry).tolist() == pytest.approx([2, 1], rel=1e-3)


def test_a_place_without_polygon_gets_what_its_cell_has_left() -> None:
    areas = imported_areas(PAIR, layer(box(-1000, -500, 200, 500), code=["p0"]))
    assert_well_formed(areas)
    assert areas["area_basis"].tolist() == ["boundary", "inferred"]
    cell = control_areas(PAIR).to_crs(LOCAL).geometry.iloc[1]
    expected = cell.difference(box(-1000, -500, 200, 500))
    left = areas.to_crs(LOCAL).geometry.iloc[1]
    assert left.symmetric_difference(expected).area < 0.001 * expected.area


def test_of_a_cell_that_polygons_cut_apart_only_the_piece_around_the_point_stays() -> None:
    places = places_at((0, 0), (5000, 0))
    areas = imported_areas(places, layer(box(100, -1000, 200, 1000), code=["p1"]))
    assert areas.geom_type.tolist() == ["Polygon", "Polygon"]
    assert areas.to_crs(LOCAL).total_bounds[2] == pytest.approx(200, abs=1)


def test_a_place_on_the_polygon_of_another_has_no_ground_left() -> None:
    areas = imported_areas(PAIR, layer(box(-1000, -500, 1000, 500), code=["p0"]))
    assert areas["place_id"].tolist() == ["p0"]


def test_overlaps_and_crossing_rings_and_heights_are_mended() -> None:
    bow_tie = Polygon([(-1000, -500, 9), (0, 500, 9), (0, -500, 9), (-1000, 500, 9)])
    areas = imported_areas(PAIR, layer(bow_tie, box(-300, -500, 1000, 500), code=["p0", "p1"]))
    assert_well_formed(areas)
    assert areas["place_id"].tolist() == ["p0", "p1"]


@settings(deadline=None, max_examples=10)
@given(towns(), st.data())
def test_imported_and_inferred_areas_never_overlap(places: pd.DataFrame, data: st.DataObject) -> None:
    cells = control_areas(places)
    kept = data.draw(st.lists(st.sampled_from(range(len(cells))), unique=True, min_size=1))
    grown = cells.iloc[kept].to_crs(LOCAL)
    grown = grown.set_geometry(grown.buffer(data.draw(st.integers(-20, 300)))).query("~geometry.is_empty")
    areas = imported_areas(places, grown.rename(columns={"place_id": "code"}))
    assert_well_formed(areas)
    assert set(areas["place_id"]) <= set(places["place_id"])


@pytest.fixture(scope="module")
def neighbourhoods(project_root: Path) -> pd.DataFrame:
    places = read_dataset(project_root / "data" / "aleppo_2016").places
    return places[places["feature_code"] == "PPLX"]


@pytest.fixture(scope="module")
def ocha(shared_folder: Path) -> gpd.GeoDataFrame:
    return read_boundaries(shared_folder / "data" / "boundaries" / "ocha_syria_2018" / "city_neighbourhoods.shp")


def test_aleppo_is_drawn_at_its_published_size(neighbourhoods: pd.DataFrame) -> None:
    areas = control_areas(neighbourhoods)
    assert_well_formed(areas)
    assert len(areas) == 109
    assert area_km2(areas.geometry).sum() == pytest.approx(neighbourhoods["area_km2"].sum(), rel=0.03)


@pytest.mark.parametrize("dropped", [[], ["PCODE"]])
def test_ochas_boundaries_of_aleppo(neighbourhoods: pd.DataFrame, ocha: gpd.GeoDataFrame, dropped: list[str]) -> None:
    areas = control_areas(neighbourhoods, ocha.drop(columns=dropped))
    assert_well_formed(areas)
    assert areas["area_basis"].tolist() == ["boundary"] * 109
    published = neighbourhoods.set_index("place_id")["area_km2"].sort_index()
    assert (area_km2(areas.geometry).to_numpy() - published).abs().max() < 0.006


def test_half_of_ochas_boundaries_leave_cells_for_the_rest(
    neighbourhoods: pd.DataFrame, ocha: gpd.GeoDataFrame
) -> None:
    areas = control_areas(neighbourhoods, ocha[ocha["PCODE"].isin(neighbourhoods["place_id"].iloc[::2])])
    assert_well_formed(areas)
    assert areas["area_basis"].value_counts().to_dict() == {"boundary": 55, "inferred": 54}


@pytest.mark.usefixtures("shared_folder")
def test_inferred_areas_are_as_near_to_the_real_ones_as_we_say() -> None:
    figures = benchmark.compare()["inferred outline"]
    assert figures["outline: intersection over union"] == pytest.approx(84.4, abs=0.1)
    assert figures["real area drawn as the right place"] == pytest.approx(72.0, abs=0.1)
    assert figures["common area drawn with the right holder, 2016-12-02"] == pytest.approx(95.4, abs=0.1)
