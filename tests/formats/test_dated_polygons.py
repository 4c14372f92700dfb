"""Dated polygons become pieces of ground with a history, from a folder or a zip, in any vector format."""

import shutil
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.control.states import states_on
from geo.crs import WGS84, area_km2
from geo.formats.datasets import read_dataset
from geo.pipeline import Build, run
from tests.formats.folders import problems, replace

BY_DAY = Path(__file__).resolve().parents[1] / "datasets" / "by_day"
SETTINGS = """\
title = "The made-up march, drawn"
description = "A made-up series of polygons."
start_date = 2021-03-01
end_date = 2021-03-31
focus_place_id = "moor"
country_code = "ZZ"
documents = []

[polygons]
files = "drawn"
holder = "crown"
outside = "league"
"""
WEST, EAST = shapely.box(20.0, 10.0, 20.1, 10.1), shapely.box(20.1, 10.0, 20.2, 10.1)
ISLAND = shapely.box(20.5, 10.5, 20.6, 10.6)
HOLE = shapely.box(20.02, 10.02, 20.08, 10.08)
SNAPSHOTS = {
    "drawn_20210301.geojson": shapely.MultiPolygon([WEST.difference(HOLE), ISLAND]),
    "drawn_20210308.gpkg": shapely.MultiPolygon([WEST, ISLAND]),
    "drawn_20210315.shp": shapely.union_all([WEST, EAST]),
}


def save(path: Path, *geometries: shapely.Geometry, **columns: list[str]) -> None:
    gpd.GeoDataFrame(columns or {"n": range(len(geometries))}, geometry=list(geometries), crs=WGS84).to_file(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(BY_DAY, tmp_path / "drawn_moor"))
    for file in folder.glob("towns.csv*"):
        file.unlink()
    shutil.copy(folder / "places.csv.origin.toml", folder / "drawn.origin.toml")
    (folder / "dataset.toml").write_text(SETTINGS)
    (folder / "drawn").mkdir()
    for name, polygon in SNAPSHOTS.items():
        save(folder / "drawn" / name, polygon)
    (folder / "drawn" / "notes 2021-03-01.txt").write_text("Not a polygon.")
    return folder


def state(build: Build, longitude: float, latitude: float, day: str) -> tuple[object, ...]:
    """What the map says about a point on a day."""
    [place_id] = build.areas.loc[build.areas.contains(shapely.Point(longitude, latitude)), "place_id"]
    row = states_on(build.intervals, pd.Timestamp(day)).set_index("place_id").loc[place_id]
    return row["actor"], row["basis"], bool(row["undecided"])


def test_every_point_has_the_state_of_the_polygons_of_its_day(folder: Path) -> None:
    build = run(read_dataset(folder))
    hole, island, east, rim = (20.05, 10.05), (20.55, 10.55), (20.15, 10.05), (20.01, 10.01)
    assert state(build, *rim, "2021-03-01") == ("crown", "observed", False)
    assert state(build, *hole, "2021-03-01") == ("league", "inferred", False)
    assert state(build, *hole, "2021-03-05")[2]
    assert state(build, *hole, "2021-03-08") == ("crown", "observed", False)
    assert state(build, *island, "2021-03-08") == ("crown", "observed", False)
    assert state(build, *island, "2021-03-15") == ("league", "inferred", False)
    assert state(build, *east, "2021-03-15") == ("crown", "observed", False)
    assert state(build, *east, "2021-03-30")[0] != "crown"  # nothing drawn for more than 14 days
    assert set(build.areas["area_basis"]) == {"boundary"}


def test_areas_are_those_of_the_polygons(folder: Path) -> None:
    build = run(read_dataset(folder))
    drawn = area_km2(gpd.GeoSeries([shapely.union_all(list(SNAPSHOTS.values()))], crs=WGS84)).iloc[0]
    assert area_km2(build.areas.geometry).sum() == pytest.approx(drawn, rel=1e-3)
    assert len(build.areas) == 4
    notes = read_dataset(folder).baseline["note"]
    assert "drawn_20210301.geojson: inside a polygon." in set(notes)


def test_pieces_are_named_by_the_nearest_town_or_by_where_they_are(folder: Path) -> None:
    names = read_dataset(folder).places["name"]
    pieces = names[names.str.startswith("Ground")]
    assert len(pieces) == 4
    assert pieces.is_unique
    assert pieces.str.fullmatch(r"Ground at 10\.\d{3}, 20\.\d{3}|Ground \d+ km [a-z-]+ of .+").all()


def test_a_zip_reads_as_its_folder_does(folder: Path) -> None:
    expected = read_dataset(folder)
    with zipfile.ZipFile(folder / "drawn.zip", "w") as archive:
        for file in sorted((folder / "drawn").iterdir()):
            archive.write(file, f"inner/{file.name}")
    (folder / "drawn.origin.toml").rename(folder / "drawn.zip.origin.toml")
    replace(folder / "dataset.toml", '"drawn"', '"drawn.zip"')
    found = read_dataset(folder)
    for table in ("places", "baseline", "events"):
        pd.testing.assert_frame_equal(getattr(found, table), getattr(expected, table))


def test_the_holder_can_stand_in_a_column_and_overlaps_are_counted(folder: Path) -> None:
    overlap = shapely.box(20.08, 10.0, 20.2, 10.1)
    for file in (folder / "drawn").iterdir():
        file.unlink()
    save(folder / "drawn" / "2021-03-01.geojson", WEST, overlap, ISLAND, side=["C", "L", "L"])
    save(folder / "drawn" / "undated.geojson", WEST, side=["C"])
    holders = 'holder_column = "side"\n\n[polygons.holders]\n"C" = "crown"\n"L" = "league"\n'
    replace(folder / "dataset.toml", 'holder = "crown"\noutside = "league"\n', holders)
    dataset = read_dataset(folder)
    assert sorted(dataset.baseline["actor"]) == ["crown", "league", "league"]
    assert dataset.gaps[["count", "examples"]].to_numpy().tolist() == [
        [1, "'undated.geojson'"],
        [1, "'2021-03-01.geojson'"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"drawn"', '"painted"', "painted: is missing"),
        ('"drawn"', '"actors.csv"', "actors.csv: is no zip"),
        ('holder = "crown"', "", "key polygons.holder: or holder_column must be there"),
        ('holder = "crown"', 'holder = "king"', "'king' is not the actor_id"),
        ('holder = "crown"', 'holder_column = "side"\nholders = {}', "has no column 'side'"),
        ('holder = "crown"', 'holder_column = "n"\nholders = {}', "does not say what '0' of column n means"),
        ('outside = "league"', "outside = 3", "key polygons.outside"),
        ('outside = "league"', "date_pattern = '('", "key polygons.date_pattern: is not a regular expression"),
        ('outside = "league"', "date_pattern = 'x'", "key polygons.date_pattern: must have three groups"),
        ('outside = "league"', "date_pattern = '(x)(y)(z)'", "drawn: holds no dated file of polygons"),
        ('outside = "league"', "snap = 3", "key polygons.snap: is not a key of [polygons]"),
    ],
)
def test_settings_that_do_not_fit_are_named(folder: Path, old: str, new: str, message: str) -> None:
    replace(folder / "dataset.toml", old, new)
    assert any(message in problem for problem in problems(folder))


def test_every_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "drawn" / "bad_20210310.geojson").write_text("{}")
    save(folder / "drawn" / "line_20210311.geojson", shapely.LineString([(20, 10), (21, 11)]))
    assert [problem.split(":")[0] for problem in problems(folder)] == ["bad_20210310.geojson", "line_20210311.geojson"]


def test_polygons_of_other_days_are_counted_and_some_must_fit(folder: Path) -> None:
    replace(folder / "dataset.toml", "start_date = 2021-03-01", "start_date = 2021-03-10")
    assert read_dataset(folder).gaps["count"].tolist() == [2]
    replace(folder / "dataset.toml", "start_date = 2021-03-10", "start_date = 2021-03-20")
    assert problems(folder) == [
        "drawn: holds no polygon of the days from start_date to end_date: correct these in dataset.toml"
    ]
