"""A table of states by day becomes places and a history; what it does not tell is counted."""

import gzip
import shutil
from pathlib import Path

import pandas as pd
import pytest

from geo.control.states import states_on
from geo.dataset import Dataset
from geo.formats.builds import read_build, write_build
from geo.formats.datasets import read_dataset
from geo.pipeline import Build, run
from tests.formats.folders import problems, replace

BY_DAY = Path(__file__).resolve().parents[1] / "datasets" / "by_day"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(BY_DAY)


@pytest.fixture(scope="module")
def build(dataset: Dataset) -> Build:
    return run(dataset)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BY_DAY, tmp_path / "by_day"))


def test_rows_become_places(dataset: Dataset) -> None:
    places = dataset.places.set_index("place_id")
    assert set(places.index) == {"moor", "ashby", "bray-10.3000-20.1000", "bray-10.9000-20.9000", "new-colme"}
    assert (places.loc["new-colme", "name"], places.loc["new-colme", "aliases"]) == ("New Colme", "Colme")
    assert places.loc["new-colme", "latitude"] == 10.5
    assert set(places["parent_place_id"].dropna()) == {"moor"}


def state(build: Build, place_id: str, day: str) -> tuple[object, ...]:
    states = states_on(build.intervals, pd.Timestamp(day)).set_index("place_id")
    row = states.loc[place_id, ["actor", "contender", "status", "assertion", "undecided"]]
    return tuple(None if pd.isna(cell) else cell for cell in row)


@pytest.mark.parametrize(
    ("place_id", "day", "expected"),
    [
        ("ashby", "2021-03-02", ("crown", None, "controlled", "assessed", False)),
        ("ashby", "2021-03-03", ("crown", "league", "controlled", "assessed", True)),  # no row on 3 and 4 March
        ("ashby", "2021-03-05", ("league", None, "controlled", "assessed", False)),
        ("ashby", "2021-03-08", ("league", "crown", "controlled", "claimed", False)),  # "Crown?"
        ("ashby", "2021-03-17", ("crown", None, "controlled", "assessed", False)),  # carried for five days
        ("bray-10.3000-20.1000", "2021-03-07", ("league", None, "controlled", "assessed", False)),
        ("bray-10.3000-20.1000", "2021-03-08", (None, None, "unknown", "assessed", False)),  # and no longer
        ("new-colme", "2021-03-02", (None, None, "unknown", "assessed", False)),  # its rows lie elsewhere
        ("new-colme", "2021-03-03", ("crown", "league", "contested", "assessed", False)),
        ("new-colme", "2021-03-05", ("crown", "league", "controlled", "assessed", True)),  # two rows disagree
        ("new-colme", "2021-03-06", ("league", None, "controlled", "assessed", False)),
    ],
)
def test_days_become_a_history(build: Build, place_id: str, day: str, expected: tuple[object, ...]) -> None:
    assert state(build, place_id, day) == expected


def test_every_event_names_its_row(dataset: Dataset) -> None:
    events = dataset.events.set_index("event_id")
    assert events.loc["ashby-2021-03-05", "note"] == "Row 4: 'League'"
    assert events.loc["new-colme-2021-03-13", ["status", "basis", "note"]].tolist() == [
        "unknown",
        "observed",
        "Row 21: ''",
    ]
    assert events.loc["new-colme-2021-03-12", ["status", "basis", "note"]].tolist() == [
        "unknown",
        "inferred",
        "Not named for more than 5 days, last on 2021-03-06.",
    ]


def test_what_rows_do_not_tell_is_counted(dataset: Dataset) -> None:
    counts = dict(zip(dataset.gaps["gap"].str.split(" ").str[:4].str.join(" "), dataset.gaps["count"], strict=True))
    assert counts == {
        "rows whose date cannot": 1,
        "rows without the name": 1,
        "rows without coordinates, known": 3,
        "rows whose coordinates cannot": 1,
        "rows outside the days": 1,
        "days without any row": 10,
        "names of several places,": 1,
        "rows at coordinates that": 2,
        "names of places that": 2,
        "rows without coordinates of": 3,
        "rows that repeat another": 1,
        "days of a place": 1,
        "times that a place": 3,
    }


def test_a_build_keeps_the_counts(build: Build, tmp_path: Path) -> None:
    write_build(build, tmp_path / "build")
    pd.testing.assert_frame_equal(read_build(tmp_path / "build").dataset.gaps, build.dataset.gaps)
    assert set(build.areas["area_basis"]) == {"inferred"}


def test_repeated_names_can_be_left_out(folder: Path) -> None:
    replace(folder / "dataset.toml", "carry_days", 'repeated_names = "drop"\ncarry_days')
    assert "bray" not in " ".join(read_dataset(folder).places["place_id"])


def test_a_compressed_table_and_odd_spaces_read_the_same(folder: Path, dataset: Dataset) -> None:
    text = (folder / "towns.csv").read_text().replace("New Colme", "New\u00a0Colme ")
    (folder / "towns.csv.gz").write_bytes(gzip.compress(text.encode("utf-8-sig")))
    (folder / "towns.csv.origin.toml").rename(folder / "towns.csv.gz.origin.toml")
    replace(folder / "dataset.toml", '"towns.csv"', '"towns.csv.gz"')
    pd.testing.assert_frame_equal(read_dataset(folder).events, dataset.events)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"" = {', '"?" = {', "key states.holders: does not say what '' means"),
        ('"Crown" = "crown"', '"Crown" = "king"', "key states.holders.'Crown': 'king' is not the actor_id"),
        ('"Crown" = "crown"', '"Crown" = 7', "key states.holders.'Crown': cannot be read: write it as"),
        ('"contested", between', '"controlled", between', "key states.holders.'Contested': cannot be read"),
        ("carry_days = 5", 'carry_days = "5"', "key states.carry_days: is not a number"),
        ("carry_days = 5", "carry_days = -5", "key states.carry_days: is not a number of 0 or more"),
        ("carry_days = 5", "keep_days = 5", "key states.keep_days: is not a key of [states]"),
        ("bounds = [19, 9, 22, 12]", "bounds = [19, 9]", "key states.bounds: is not a list of 4 numbers"),
        ('file = "towns.csv"', 'file = "cities.csv"', "cities.csv: the file is missing"),
        ('lat"', 'latitude"', "towns.csv, row 1, column latitude: is missing"),
        ("place =", "name =", "key states.columns.name: is not one of place"),
        ("start_date = 2021-03-01", "start_date = 2021-03-19", "towns.csv: has no row with coordinates on the days"),
        ("[states]", '[polygons]\nfiles = "x"\n\n[states]', "states and polygons: cannot stand together"),
        ('id = "moor"', 'id = "ashby"', "key focus_place_id: 'ashby' is not the place_id"),
    ],
)
def test_settings_that_do_not_fit_are_named(folder: Path, old: str, new: str, message: str) -> None:
    replace(folder / "dataset.toml", old, new)
    assert any(message in problem for problem in problems(folder))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'date,"town\n', b"date,town\n1,2,3\n4,5,6,7\n"])
def test_a_file_that_is_no_table_is_an_error_in_words(folder: Path, content: bytes) -> None:
    (folder / "towns.csv").write_bytes(content)
    assert all(problem.startswith("towns.csv") for problem in problems(folder))


def test_a_damaged_archive_is_an_error_in_words(folder: Path) -> None:
    whole = gzip.compress((folder / "towns.csv").read_bytes())
    replace(folder / "dataset.toml", '"towns.csv"', '"towns.csv.gz"')
    (folder / "towns.csv.origin.toml").rename(folder / "towns.csv.gz.origin.toml")
    for content in (whole[: len(whole) // 2], b"no archive", whole[:30] + b"\0" * 20 + whole[50:]):
        (folder / "towns.csv.gz").write_bytes(content)
        assert all(problem.startswith("towns.csv.gz") for problem in problems(folder))


def test_curated_tables_join_in(folder: Path) -> None:
    for name in ("events.csv", "baseline.csv"):
        source = BY_DAY.parent / "small" / name
        (folder / name).write_text(source.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        shutil.copy(BY_DAY / "places.csv.origin.toml", folder / f"{name}.origin.toml")
    with (folder / "baseline.csv").open("a") as file:
        file.write("ember,2021-03-01,crown,controlled,observed,,,By hand.\n")
    assert any("baseline.csv, row 2, column place_id: 'ember' is not the place_id" in each for each in problems(folder))
    replace(folder / "places.csv", "moor,", "ember,Ember,,,10.7,20.3,PPL,,ZZ,,2\nmoor,")
    assert "By hand." in set(read_dataset(folder).baseline["note"])
