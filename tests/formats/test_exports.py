"""Downloads: complete, readable by others, the same bytes each time, and without formulas."""

import csv
import io
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.__main__ import main
from geo.crs import WGS84
from geo.errors import ExportError
from geo.formats.builds import write_build
from geo.formats.exports import control_table, save, spreadsheet_csv, to_csv, to_geojson, to_geopackage
from geo.pipeline import Build
from geo.schema import COLUMNS, SCHEMAS
from tests.hostile import HOSTILE_TEXTS
from ui.downloads import DOWNLOADS

EXPORTS = (to_csv, to_geojson, to_geopackage)


@pytest.fixture(params=["small_build", "hostile_build"])
def build(request: pytest.FixtureRequest) -> Build:
    return request.getfixturevalue(request.param)


def test_every_interval_is_there_with_names_evidence_and_area(build: Build) -> None:
    table = control_table(build)
    SCHEMAS["control"].validate(pd.DataFrame(table.drop(columns="geometry")))
    assert len(table) == len(build.intervals)
    assert table.crs == WGS84
    held = table[table["actor"].notna()]
    assert held["name"].notna().all() and held["actor_name"].notna().all()
    assert not table.geometry.isna().any()


def test_the_evidence_is_that_of_the_event_else_of_the_baseline(small_build: Build) -> None:
    table = control_table(small_build).set_index("place_id")
    ostmere = table.loc["q2"]
    assert list(ostmere["event_id"].fillna("")) == ["", "e1", "e2", "e2"]
    assert ostmere["quote"].iloc[0] == "Ostmere, Velloway and Brackwell"
    assert ostmere["quote"].iloc[1] == "Crown forces entered Ostmere on 4 March 2021"
    assert list(ostmere["rule"].isna()) == [True, False, False, False]
    assert list(ostmere["contender_name"].fillna("")) == ["", "The Crown", "The Crown", ""]
    brackwell = table.loc["q5"]
    assert brackwell["note"].isna().iloc[0], "an event's note is not lent to the baseline row before it"
    assert brackwell["note"].iloc[1].startswith("it must have fallen")


def test_a_place_without_area_gets_its_point(small_build: Build) -> None:
    without = small_build.areas[small_build.areas["place_id"] != "q1"]
    table = control_table(Build(**(vars(small_build) | {"areas": without})))
    first = table[table["place_id"] == "q1"].iloc[0]
    assert (first.geometry.geom_type, first.geometry.x, first.geometry.y) == ("Point", 20.01, 10.01)
    assert pd.isna(first["area_basis"])


@pytest.mark.parametrize("export", EXPORTS)
def test_the_same_build_gives_the_same_bytes(build: Build, export: object) -> None:
    assert export(build) == export(build)  # type: ignore[operator]


def test_no_cell_of_the_csv_is_a_formula(hostile_build: Build) -> None:
    content = to_csv(hostile_build).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows[0] == COLUMNS["control"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r\n" and cell]
    assert "'" + HOSTILE_TEXTS[9] in {cell for row in rows for cell in row}


def test_numbers_of_a_csv_stay_numbers(small_build: Build) -> None:
    places = small_build.dataset.places.assign(latitude=-33.5, name="-33.5", aliases="\t=1+1")
    read = pd.read_csv(io.BytesIO(spreadsheet_csv("places", places)))
    assert (read["latitude"] == -33.5).all()
    assert (read["name"] == "'-33.5").all()
    assert (read["aliases"] == "'\t=1+1").all()


@pytest.mark.parametrize("way", ["command line", "page"])
def test_every_way_to_a_csv_is_without_formulas(
    hostile_build: Build, way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if way == "command line":
        write_build(hostile_build, tmp_path / "hostile")
        words = ["export", "hostile", "--format", "csv", "--out", str(tmp_path / "a.csv"), "--builds", str(tmp_path)]
        assert main(words) == 0, capsys.readouterr().err
        made = (tmp_path / "a.csv").read_bytes()
    else:
        [download] = [each for each in DOWNLOADS if each.ending == "csv"]
        made = download.make(hostile_build)
    assert made == to_csv(hostile_build)


def test_csv_without_formulas_is_the_table_itself(small_build: Build) -> None:
    read = pd.read_csv(io.BytesIO(to_csv(small_build)), dtype="str")
    table = control_table(small_build)
    assert list(read["name"]) == list(table["name"])
    assert list(read["end"].fillna("")) == [f"{end:%Y-%m-%d}" if pd.notna(end) else "" for end in table["end"]]
    assert set(read["undecided"]) == {"true", "false"}


def test_geojson_is_read_back_equal(build: Build) -> None:
    collection = json.loads(to_geojson(build))
    assert collection["data_version"] == build.version
    read = gpd.GeoDataFrame.from_features(collection["features"], crs=WGS84)
    table = control_table(build)
    for column in ("start", "end"):
        table[column] = table[column].dt.strftime("%Y-%m-%d")
    assert_geodataframe_equal(read[list(table)], table, check_dtype=False)


def test_geopackage_is_read_back_equal(build: Build, tmp_path: Path) -> None:
    file = tmp_path / "control.gpkg"
    file.write_bytes(to_geopackage(build))
    read = gpd.read_file(file, layer="control")
    table = control_table(build).astype({"start": "datetime64[ms]", "end": "datetime64[ms]"})
    assert_geodataframe_equal(read[list(table)], table)


def test_an_export_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    save(b"data", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"data"
    with pytest.raises(ExportError, match="cannot be written"):
        save(b"data", tmp_path / "no folder" / "a.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match="choose another place"):
        save(b"data", tmp_path / "folder")
    assert sorted(child.name for child in tmp_path.iterdir()) == ["a.csv", "folder"]
