"""A dataset's folder is read as a whole or not at all, and every problem of every file is named."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.control.settings import rule_settings
from geo.crs import WGS84
from geo.errors import DatasetError, UnknownDatasetError
from geo.formats.datasets import choose_datasets, find_datasets, read_dataset
from tests.formats.folders import problems, replace
from tests.hostile import HOSTILE_TEXTS


def test_a_dataset_is_read(small_dataset_folder: Path) -> None:
    dataset = read_dataset(small_dataset_folder)
    assert (dataset.dataset_id, dataset.title_local) == ("small", "Søndermår")
    assert (dataset.start_date, dataset.end_date) == (pd.Timestamp("2021-03-01"), pd.Timestamp("2021-03-10"))
    assert not rule_settings(dataset.rule_settings).apply_extracted
    assert list(dataset.places["name"][:2]) == ["Sundermoor", "Quarrin"]
    assert list(dataset.documents["document_id"]) == ["crown-2021-03-06", "herald-2021-03-01", "herald-2021-03-08"]
    assert list(dataset.origins["file"]) == ["places.csv", "actors.csv", "baseline.csv", "events.csv", "claims.csv"]


def test_a_probable_slip_is_counted_and_kept(small_dataset_folder: Path) -> None:
    assert read_dataset(small_dataset_folder).gaps.empty
    replace(small_dataset_folder / "places.csv", "10.01,20.03", "20.03,10.01")
    replace(small_dataset_folder / "events.csv", "e3,q3,2021-03-06,2021-03-06", "e3,q3,2012-03-06,2012-03-06")
    dataset = read_dataset(small_dataset_folder)
    assert list(dataset.gaps["file"]) == ["places.csv", "events.csv"]
    assert list(dataset.gaps["count"]) == [1, 1]
    assert list(dataset.gaps["examples"]) == ["'q2'", "'e3'"]
    assert dataset.places.set_index("place_id").loc["q2", "latitude"] == 20.03


def test_a_dataset_that_lies_in_its_country_only_the_other_way_round_is_noticed(small_dataset_folder: Path) -> None:
    replace(small_dataset_folder / "dataset.toml", '"ZZ"', '"CF"')
    places = small_dataset_folder / "places.csv"
    assert read_dataset(small_dataset_folder).gaps.empty
    places.write_text(re.sub(r"(10\.\d+),(20\.\d+)", r"\2,\1", places.read_text("utf-8")), "utf-8")
    dataset = read_dataset(small_dataset_folder)
    assert list(dataset.gaps["count"]) == [len(dataset.places)]
    assert "in their country" in dataset.gaps.loc[0, "gap"]


def test_hostile_texts_come_through_unchanged(hostile_dataset_folder: Path) -> None:
    dataset = read_dataset(hostile_dataset_folder)
    assert tuple(dataset.places["name"]) == HOSTILE_TEXTS[: len(dataset.places)]
    assert all(text in dataset.documents.loc[0, "text"] for text in HOSTILE_TEXTS)


def test_problems_of_all_files_come_at_once(small_dataset_folder: Path) -> None:
    folder = small_dataset_folder
    replace(folder / "dataset.toml", "2021-03-10", "2021-02-10")
    replace(folder / "places.csv", "10.03,20.01", "100.03,20.01")
    replace(folder / "actors.csv", "#cc6677", "pink")
    replace(folder / "baseline.csv", "q1,2021-03-01,crown", "q1,2021-03-01,duke")
    replace(folder / "events.csv", "e3,q3,2021-03-06", "e3,q33,2021-03-6")
    replace(folder / "claims.csv", "lost about 40 percent", "lost some 40 percent")
    replace(folder / "documents" / "crown-2021-03-06.md", "side: crown", "side: king")
    replace(folder / "places.csv.origin.toml", "CC0", "")
    (folder / "actors.csv.origin.toml").unlink()
    assert {problem.split(": ")[0] for problem in problems(folder)} == {
        "dataset.toml, key end_date",
        "places.csv, row 6, column latitude",
        "actors.csv, row 3, column colour",
        "baseline.csv, row 2, column actor",
        "events.csv, row 4, column place_id",
        "events.csv, row 4, column earliest_date",
        "claims.csv, row 2, column quote",
        "crown-2021-03-06.md, key side",
        "places.csv.origin.toml, key licence",
        "actors.csv.origin.toml",
    }


def test_an_outline_and_a_reach_are_read(small_dataset_folder: Path) -> None:
    outline = gpd.GeoDataFrame(geometry=[shapely.box(19.9, 9.9, 20.2, 10.2)], crs=WGS84)
    outline.to_file(small_dataset_folder / "border.geojson")
    origin = (small_dataset_folder / "places.csv.origin.toml").read_text(encoding="utf-8")
    (small_dataset_folder / "border.geojson.origin.toml").write_text(origin, encoding="utf-8")
    with (small_dataset_folder / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write('\n[areas]\noutline = "border.geojson"\nreach_km = 2.5\n')
    dataset = read_dataset(small_dataset_folder)
    assert dataset.reach_km == 2.5
    assert shapely.from_wkb(dataset.outline).equals(outline.geometry.iloc[0])
    assert "border.geojson" in set(dataset.origins["file"])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("reach_km = 0", "key areas.reach_km: is 0"),
        ("reach_km = -1", "key areas.reach_km: is not a number of 0 or more"),
        ('reach_km = "2"', "key areas.reach_km: is not a number of 0 or more"),
        ('outline = "none.geojson"', "key areas.outline: "),
        ("radius = 2", "key areas.radius: is not a key of [areas]"),
    ],
)
def test_wrong_settings_of_areas_are_named(small_dataset_folder: Path, keys: str, expected: str) -> None:
    with (small_dataset_folder / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[areas]\n{keys}\n")
    assert any(f"dataset.toml, {expected}" in problem for problem in problems(small_dataset_folder))


def test_what_could_not_be_read_is_not_missed_elsewhere(small_dataset_folder: Path) -> None:
    replace(small_dataset_folder / "places.csv", "q1,Quarrin,", "q1,Quarrin,,,")
    replace(small_dataset_folder / "documents" / "herald-2021-03-08.md", "title: ", "title: a: ")
    assert [problem.split(": ")[0] for problem in problems(small_dataset_folder)] == [
        "places.csv, row 3",
        "herald-2021-03-08.md, row 2",
    ]


def test_lines_after_a_cell_with_a_line_break_are_right(small_dataset_folder: Path) -> None:
    replace(small_dataset_folder / "events.csv", "e6,q5", "e6,q6")
    [problem] = problems(small_dataset_folder)
    assert problem.startswith("events.csv, row 8, column place_id: 'q6'")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2021-03-10", "2021-02-10", "key end_date: 2021-02-10 is before start_date"),
        ("start_date = 2021-03-01", 'start_date = "2021-02-30"', "key start_date: '2021-02-30' is not a date"),
        ("start_date = 2021-03-01", "start_date = 2021-03-01T12:00:00", "key start_date: is neither text nor a date"),
        ('focus_place_id = "sundermoor"', 'focus_place_id = "q9"', "key focus_place_id: 'q9' is not the place_id"),
        ('country_code = "ZZ"', 'country_code = "zz"', "two capital letters"),
        ('country_code = "ZZ"', "country_code = 7", "is neither text nor a date"),
        ('country_code = "ZZ"', "", "key country_code: has no value"),
        ('country_code = "ZZ"', 'country_code = "ZZ"\nzoom = "7"', "key zoom: is not a key of this file"),
        ('country_code = "ZZ"', 'country_code = "ZZ"\ndataset_id = "x"', "key dataset_id: is not a key of this file"),
        ('"review"', '"always"', "key extracted_events: 'always' is not a known code: use one of review, apply"),
        ("[rules]\nextracted_events", "rules", "key rules: is not a table: write it as [rules]"),
        ("documents/*.md", "texts/*.md", "key documents: 'texts/*.md' names no file"),
        ("documents/*.md", "/etc/*.md", "key documents: '/etc/*.md' leads out of the dataset's folder"),
        ('["documents/*.md"]', '"documents/*.md"', "key documents: is not a list of patterns"),
        ("title =", "title", "is not valid TOML"),
    ],
)
def test_settings_that_do_not_fit_are_named(small_dataset_folder: Path, old: str, new: str, message: str) -> None:
    replace(small_dataset_folder / "dataset.toml", old, new)
    assert any(problem.startswith("dataset.toml") and message in problem for problem in problems(small_dataset_folder))


def test_every_file_of_a_dataset_is_missed(small_dataset_folder: Path) -> None:
    for file in sorted(small_dataset_folder.iterdir()):
        if file.is_file():
            file.unlink()
    assert [problem for problem in problems(small_dataset_folder) if "the file is missing" not in problem] == []
    assert len(problems(small_dataset_folder)) == 11


@pytest.mark.parametrize("pattern", ["../*/*.md", "documents/../../*.md", "*/../../**/*.md", "../../seed/*.md"])
def test_documents_are_not_looked_for_elsewhere(small_dataset_folder: Path, pattern: str) -> None:
    (small_dataset_folder.parent / "secret.md").write_text("of somebody else", encoding="utf-8")
    replace(small_dataset_folder / "dataset.toml", "documents/*.md", pattern)
    with pytest.raises(DatasetError, match=re.escape(f"dataset.toml, key documents: {pattern!r} leads out")):
        read_dataset(small_dataset_folder)


def test_a_link_does_not_lead_out_either(small_dataset_folder: Path) -> None:
    secret = small_dataset_folder.parent / "secret.md"
    secret.write_text("of somebody else", encoding="utf-8")
    (small_dataset_folder / "documents" / "link.md").symlink_to(secret)
    with pytest.raises(DatasetError, match=r"'documents/\*.md' names 'link.md', a link that leads out"):
        read_dataset(small_dataset_folder)


def test_documents_may_lie_in_seeds_beside_the_datasets(small_dataset_folder: Path) -> None:
    seeds = small_dataset_folder.parents[1] / "seeds"
    (small_dataset_folder / "documents").rename(seeds)
    replace(small_dataset_folder / "dataset.toml", "documents/*.md", "../../seeds/*.md")
    assert len(read_dataset(small_dataset_folder).documents) == 3


def test_one_document_named_by_two_patterns_is_read_once(small_dataset_folder: Path) -> None:
    replace(small_dataset_folder / "dataset.toml", '"documents/*.md"', '"documents/*.md", "../small/documents/h*.md"')
    assert len(read_dataset(small_dataset_folder).documents) == 3


def test_datasets_are_found_and_chosen_by_name(small_dataset_folder: Path, hostile_dataset_folder: Path) -> None:
    data = small_dataset_folder.parent
    (data / "build").mkdir()
    assert find_datasets(data) == [hostile_dataset_folder, small_dataset_folder]
    assert choose_datasets(data) == [hostile_dataset_folder, small_dataset_folder]
    assert choose_datasets(data, ["small"]) == [small_dataset_folder]
    with pytest.raises(UnknownDatasetError, match=r"There is no dataset 'big' in .*: use hostile, small"):
        choose_datasets(data, ["small", "big"])
    with pytest.raises(UnknownDatasetError, match="holds no dataset"):
        choose_datasets(data / "build")
