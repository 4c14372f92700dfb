"""The pipeline as a whole: pure, deterministic, and right about the article that the project began with."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from geo.control.shares import shares_on
from geo.control.states import states_on
from geo.crs import WGS84
from geo.dataset import Dataset
from geo.formats.boundaries import read_boundaries
from geo.formats.datasets import read_dataset
from geo.formats.documents import read_document
from geo.pipeline import Build, data_version, run
from geo.schema import BASES, COLUMNS, STATUSES, empty_table
from geo.validation import check_table


@pytest.fixture
def small_dataset(small_dataset_folder: Path) -> Dataset:
    return read_dataset(small_dataset_folder)


def changed(dataset: Dataset, table: str, row: int, **cells: object) -> Dataset:
    frame = getattr(dataset, table).copy()
    for column, value in cells.items():
        frame.loc[row, column] = value
    return dataclasses.replace(dataset, **{table: frame})


@pytest.mark.parametrize("name", ["small_build", "hostile_build", "every_state_build", "aleppo_build"])
def test_every_table_of_a_build_is_valid(request: pytest.FixtureRequest, name: str) -> None:
    build: Build = request.getfixturevalue(name)
    places = pd.DataFrame(build.places.drop(columns="geometry"))
    tables = [
        ("places", places),
        ("mentions", build.mentions),
        ("candidates", build.candidates),
        ("territory_claims", build.territory_claims),
        ("judged", build.events),
    ]
    tables += [("intervals", intervals) for intervals in (build.intervals, *build.readings.values())]
    for table, frame in tables:
        assert check_table(table, frame, table) == []
        assert list(frame) == COLUMNS[table]
    assert list(build.areas) == ["place_id", "area_basis", "geometry"]
    assert build.areas.crs == build.places.crs == WGS84
    assert set(build.areas["place_id"]) <= set(build.intervals["place_id"])
    assert set(build.mentions["place_id"].dropna()) <= set(build.places["place_id"])


def test_the_dataset_is_not_changed(small_dataset: Dataset, small_build: Build) -> None:
    for name, frame in small_dataset.tables().items():
        assert_frame_equal(small_build.dataset.tables()[name], frame)


def test_places_of_the_world_join_only_if_a_document_names_them(small_build: Build) -> None:
    own, mentioned = set(small_build.dataset.places["place_id"]), set(small_build.mentions["place_id"])
    assert set(small_build.places["place_id"]) == own | mentioned
    geneva = small_build.places.set_index("place_id").loc["gn2660646"]
    assert geneva["country_code"] == "CH"
    assert (geneva.geometry.x, geneva.geometry.y) == (geneva["longitude"], geneva["latitude"])


def test_the_city_around_the_quarters_has_no_area_of_its_own(small_build: Build) -> None:
    assert list(small_build.areas["place_id"]) == ["q1", "q2", "q3", "q4", "q5"]


def test_a_report_that_names_only_a_district_colours_no_neighbourhood(every_state_build: Build) -> None:
    events, intervals = every_state_build.events, every_state_build.intervals
    districts = ["fellmarch", "the-dales", "westmark"]
    of_districts = events[events["place_id"].isin(districts)]
    assert sorted(of_districts["place_id"]) == districts and of_districts["changes_map"].all()
    assert not every_state_build.areas["place_id"].isin(districts).any()
    assert not intervals["event_id"].isin(of_districts["event_id"])[~intervals["place_id"].isin(districts)].any()

    dataset = every_state_build.dataset
    without = dataclasses.replace(dataset, events=dataset.events[~dataset.events["place_id"].isin(districts)])
    assert run(without).areas.equals(every_state_build.areas)
    states = states_on(intervals, pd.Timestamp("2021-05-15"))
    own_states = states[~states["place_id"].isin(districts)]
    assert_frame_equal(shares_on(states, every_state_build.places), shares_on(own_states, every_state_build.places))


def test_every_way_to_draw_a_state_is_there_on_one_day(every_state_build: Build) -> None:
    states = states_on(every_state_build.intervals, pd.Timestamp("2021-05-15"))
    assert set(states["status"]) == set(STATUSES)
    assert set(states["assertion"]) == {"assessed", "claimed", "disputed"}
    assert set(states["basis"]) == set(BASES)
    assert states["undecided"].any()
    assert states.loc[states["status"] == "unknown", "assertion"].tolist() == ["assessed", "claimed"]


def test_readings_hold_the_places_whose_dates_are_ranges(every_state_build: Build, small_build: Build) -> None:
    assert {when: list(table["place_id"].unique()) for when, table in every_state_build.readings.items()} == {
        "earliest": ["c3", "d4"],
        "latest": ["c1", "c3", "d4"],
    }
    assert list(small_build.readings) == ["earliest", "latest"]


def version(build: Build, **parts: object) -> str:
    """The data version of the build with some of its parts replaced."""
    build = dataclasses.replace(build, **parts)
    places = pd.DataFrame(build.places.drop(columns="geometry"))
    derived = {"places": places, "mentions": build.mentions, "candidates": build.candidates}
    derived |= {"judged": build.events, "intervals": build.intervals, "territory_claims": build.territory_claims}
    return data_version(build.dataset, derived, build.readings, build.areas)


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("places", {"name": "Quarrin-on-Sea"}),
        ("places", {"latitude": 10.0200001}),
        ("actors", {"colour": "#000000"}),
        ("baseline", {"note": "seen from the air"}),
        ("events", {"confidence": 0.81}),
        ("claims", {"value": 41.0}),
        ("documents", {"title": "Defeat"}),
        ("origins", {"licence": "CC BY 4.0"}),
    ],
)
def test_every_input_is_part_of_the_version(small_build: Build, table: str, cells: dict[str, object]) -> None:
    assert version(small_build) == small_build.version
    assert version(small_build, dataset=changed(small_build.dataset, table, 0, **cells)) != small_build.version


def test_settings_and_everything_derived_are_part_of_the_version(small_build: Build) -> None:
    dataset = small_build.dataset
    longer = dataclasses.replace(dataset, end_date=dataset.end_date + pd.Timedelta(days=1))
    versions = {version(small_build, dataset=longer)}
    for part in ("places", "mentions", "candidates", "events", "intervals", "areas"):
        versions.add(version(small_build, **{part: getattr(small_build, part).iloc[1:]}))
    for when, reading in small_build.readings.items():
        versions.add(version(small_build, readings={**small_build.readings, when: reading.iloc[1:]}))
    assert len(versions) == 9 and small_build.version not in versions


def test_boundaries_take_the_place_of_inferred_areas_and_give_another_version(small_dataset: Dataset) -> None:
    dataset = dataclasses.replace(small_dataset, documents=empty_table("documents"))
    square = shapely.box(20.005, 10.005, 20.015, 10.015)
    boundaries = gpd.GeoDataFrame({"code": ["q1"]}, geometry=[square], crs=WGS84)
    build = run(dataset, boundaries)
    areas = build.areas.set_index("place_id")
    assert areas.loc["q1", "area_basis"] == "boundary"
    assert areas.loc["q1"].geometry.equals(square)
    assert set(areas["area_basis"].drop("q1")) == {"inferred"}
    assert build.version != run(dataset).version


def test_a_dataset_about_which_nothing_is_known_yet_can_be_built(small_dataset: Dataset) -> None:
    bare = dataclasses.replace(
        small_dataset,
        baseline=empty_table("baseline"),
        events=empty_table("events"),
        documents=empty_table("documents"),
    )
    build = run(bare)
    assert build.intervals.empty and build.areas.empty and build.mentions.empty


def test_builds_are_the_same_bytes_in_another_process_with_another_hash_seed(
    project_root: Path, aleppo_folder: Path, tmp_path: Path
) -> None:
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    command = [sys.executable, "-m", "geo", "build", "aleppo_2016", "--no-store", "--out", str(tmp_path / "there")]
    environment = os.environ | {"PYTHONHASHSEED": seed, "HOLDLINE_DATA": str(project_root / "data")}
    subprocess.run(command, cwd=project_root, env=environment, check=True, capture_output=True)
    here, there = (
        {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
        for folder in (aleppo_folder, tmp_path / "there" / "aleppo_2016")
    )
    assert "map.bin.gz" in here
    assert here == there


@pytest.fixture(scope="module")
def article_build(project_root: Path, shared_folder: Path) -> Build:
    """The Aleppo dataset with the published article as its one document and OCHA's boundaries."""
    article = read_document(
        shared_folder / "seeds" / "rnz-2016-12-13-aleppo.txt", published="2016-12-13", publisher="RNZ", language="en"
    )
    dataset = dataclasses.replace(read_dataset(project_root / "data" / "aleppo_2016"), documents=article)
    shapefile = shared_folder / "data" / "boundaries" / "ocha_syria_2018" / "city_neighbourhoods.shp"
    return run(dataset, read_boundaries(shapefile))


def test_the_article_yields_its_places(article_build: Build) -> None:
    found = dict(zip(article_build.mentions["toponym"], article_build.mentions["place_id"], strict=True))
    assert found["Sheikh Saeed"] == "N0225"
    assert found["Aleppo"] == "gn170063"
    assert found["Geneva"] == "gn2660646"


def test_the_article_yields_the_fall_of_sheikh_saeed(article_build: Build) -> None:
    events = article_build.events
    read = events[events["recorded_by"].str.startswith("extractor/")]
    [fall] = read[(read["place_id"] == "N0225") & (read["assertion"] == "assessed")].to_dict("records")
    assert fall["earliest_date"] == fall["latest_date"] == pd.Timestamp("2016-12-12")
    assert (fall["from_actor"], fall["to_actor"]) == ("opposition", "syrian-government")
    held = article_build.intervals[article_build.intervals["place_id"] == "N0225"]
    on_the_day = held[(held["start"] <= "2016-12-12") & (held["end"].isna() | (held["end"] > "2016-12-12"))]
    assert list(on_the_day["actor"]) == ["syrian-government"]


def test_ocha_boundaries_give_every_neighbourhood_its_own_ground(article_build: Build) -> None:
    assert len(article_build.areas) == 109
    assert set(article_build.areas["area_basis"]) == {"boundary"}
