"""Gazetteers of the user: GeoNames dumps and administrative layers as places, and what is wrong with a file."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.crs import WGS84
from geo.errors import DatasetError
from geo.formats.datasets import read_dataset
from geo.formats.gazetteers import open_gazetteer_file, read_gazetteer
from geo.pipeline import read_documents
from geo.schema import conform
from geo.validation import check_table

LINES = [
    "1\tQuarria\tQuarria\tQuarry Land\t10.5\t20.5\tA\tPCLI\tQQ\t\t00\t\t\t\t900000\t\t\t\t2024-01-01",
    "2\tFellmarch\tFellmarch\tAl Fell,فل\t10.1\t20.1\tA\tADM1\tQQ\t\t01\t\t\t\t50000\t\t\t\t2024-01-01",
    "3\tLow Fell\tLow Fell\t\t10.2\t20.2\tA\tADM2\tQQ\t\t01\tL\t\t\t0\t\t\t\t2024-01-01",
    "4\tTarnsted\tTarnsted\tTarn|sted,Tärnsted\t10.21\t20.21\tP\tPPL\tQQ\t\t01\tL\t\t\t700\t\t\t\t2024-01-01",
    "5\tOld Tarn\tOld Tarn\t\t10.3\t20.3\tP\tPPLH\tQQ\t\t01\tL\t\t\t0\t\t\t\t2024-01-01",
    "6\tTarn Airport\tTarn Airport\t\t10.3\t20.3\tS\tAIRP\tQQ\t\t01\tL\t\t\t0\t\t\t\t2024-01-01",
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "QQ.txt"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


def layer(folder: Path, **columns: list[object]) -> Path:
    squares = [shapely.box(20 + column, 10, 21 + column, 11) for column in range(len(next(iter(columns.values()))))]
    path = folder / "layer.shp"
    gpd.GeoDataFrame(columns, geometry=squares, crs=WGS84).to_file(path, encoding="utf-8")
    return path


def problems(path: Path) -> list[tuple[int | None, str | None]]:
    with pytest.raises(DatasetError) as caught:
        read_gazetteer(path)
    return [(problem.row, problem.column) for problem in caught.value.problems]


def test_a_geonames_dump_becomes_places_in_their_divisions(dump: Path) -> None:
    places = read_gazetteer(dump)
    assert check_table("places", conform("places", places), dump.name) == []
    rows = places.set_index("place_id")
    assert list(rows.index) == ["gn1", "gn2", "gn3", "gn4"]
    assert rows["parent_place_id"].where(rows["parent_place_id"].notna(), "").tolist() == ["", "gn1", "gn2", "gn3"]
    assert rows["place_precision"].tolist() == [6, 4, 3, 2]
    assert rows.loc["gn4", "aliases"] == "Tärnsted"
    assert rows.loc["gn2", ["aliases", "population", "country_code"]].tolist() == ["Al Fell|فل", 50000, "QQ"]


def test_a_dump_may_stay_in_its_zip(dump: Path) -> None:
    zipped = dump.with_suffix(".zip")
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(dump, "QQ.txt")
        archive.writestr("readme.txt", "x")
    assert read_gazetteer(zipped).equals(read_gazetteer(dump))


@pytest.mark.parametrize(
    ("line", "row", "column"),
    [
        ("7\tTarn", 7, None),
        (LINES[3].replace("10.21", "north"), 7, "latitude"),
        (LINES[3].replace("20.21", "nan"), 7, "longitude"),
        (LINES[3].replace("20.21", "181"), 7, "longitude"),
        (LINES[3].replace("\t700\t", "\tmany\t"), 7, "population"),
        (LINES[3].replace("4\tTarnsted", "x\tTarnsted"), 7, "geonameid"),
        (LINES[3].replace("4\tTarnsted", "4\t"), 7, "name"),
    ],
)
def test_a_wrong_line_is_named(dump: Path, line: str, row: int, column: str | None) -> None:
    dump.write_text("\n".join([*LINES, line]), "utf-8")
    assert problems(dump) == [(row, column)]
    with pytest.raises(DatasetError, match=f"QQ.txt, row 7{f', column {column}' if column else ''}:"):
        read_gazetteer(dump)


def test_problems_are_counted_only_so_far(dump: Path) -> None:
    dump.write_text("x\n" * 1000, "utf-8")
    assert len(problems(dump)) == 20


@pytest.mark.parametrize("name", ["QQ.txt", "QQ.zip", "QQ.xlsx", "QQ.csv"])
@pytest.mark.parametrize("content", [None, b"", b"PK\x05\x06 \xff\xfe"])
def test_files_that_are_no_gazetteer_are_refused_in_words(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatasetError, match="QQ"):
        read_gazetteer(path)
    with pytest.raises(DatasetError, match="QQ"):
        open_gazetteer_file(path, tmp_path / "cache")


def test_a_layer_with_the_names_of_its_level(tmp_path: Path) -> None:
    path = layer(tmp_path, ADM1_EN=["Fell", "Dale"], ADM1_AR=["فل", None], ADM1_PCODE=["QQ01", "QQ02"], ADM0_PCODE="QQ")
    places = read_gazetteer(path)
    assert check_table("places", conform("places", places), path.name) == []
    assert places["place_id"].tolist() == ["QQ01", "QQ02"]
    assert places["name_local"].where(places["name_local"].notna(), "").tolist() == ["فل", ""]
    assert set(places["feature_code"]) == {"ADM1"} and set(places["parent_place_id"]) == {"QQ"}
    assert (places["latitude"].round(1).tolist(), places["longitude"].round(1).tolist()) == ([10.5, 10.5], [20.5, 21.5])
    assert places["area_km2"].between(12_000, 12_400).all()


def test_a_layer_with_the_names_of_the_levels_above(tmp_path: Path) -> None:
    path = layer(tmp_path, NAME_EN=["Fell"], NAME_AR=["فل"], PCODE=["QQ0101"], ADM1_PCODE=["QQ01"], ADM0_PCODE=["QQ"])
    [place] = read_gazetteer(path).to_dict("records")
    assert (place["place_id"], place["feature_code"], place["place_precision"]) == ("QQ0101", "ADM2", 3)
    assert (place["parent_place_id"], place["country_code"]) == ("QQ01", "QQ")


def test_what_a_layer_lacks_is_named(tmp_path: Path) -> None:
    assert problems(layer(tmp_path, NAME=["Fell"])) == [(None, None)]
    assert problems(layer(tmp_path, NAME_EN=["Fell", ""], PCODE=["QQ01", "QQ01"])) == [(2, "NAME_EN"), (2, "PCODE")]


def test_ocha_layers_are_read(shared_folder: Path) -> None:
    folder = shared_folder / "data" / "boundaries" / "ocha_syria_2018"
    counts = {"syr_admin1": 14, "syr_admin2": 62, "syr_admin3": 272, "city_neighbourhoods": 414}
    layers = {name: read_gazetteer(folder / f"{name}.shp") for name in counts}
    assert {name: len(places) for name, places in layers.items()} == counts
    assert set(layers["syr_admin2"]["parent_place_id"]) <= set(layers["syr_admin1"]["place_id"])
    neighbourhoods = layers["city_neighbourhoods"].set_index("place_id")
    assert neighbourhoods.loc["N0225", ["name_local", "feature_code"]].tolist() == ["شيخ سعيد", "PPLX"]


def test_a_dataset_names_its_gazetteers(small_dataset_folder: Path, dump: Path) -> None:
    settings = small_dataset_folder / "dataset.toml"
    text = settings.read_text("utf-8")
    own = dump.replace(small_dataset_folder / "QQ.txt")
    settings.write_text(f'{text}\n[gazetteer]\nfiles = ["QQ.txt", "more.xlsx"]\n', "utf-8")
    with pytest.raises(DatasetError) as caught:
        read_dataset(small_dataset_folder)
    wrong = {problem.file for problem in caught.value.problems}
    assert wrong == {"QQ.txt.origin.toml", "more.xlsx.origin.toml", "more.xlsx"}

    settings.write_text(f'{text}\n[gazetteer]\nfiles = ["QQ.txt"]\n', "utf-8")
    origin = (small_dataset_folder / "places.csv.origin.toml").read_text("utf-8")
    own.with_name("QQ.txt.origin.toml").write_text(origin, "utf-8")
    dataset = read_dataset(small_dataset_folder)
    assert "QQ.txt" in set(dataset.origins["file"])
    [gazetteer] = dataset.gazetteers
    assert [place.place_id for place in gazetteer.places_of_key("tarnsted")] == ["gn4"]
    document = dataset.documents.iloc[:1].assign(text="The town of Tarnsted, Fellmarch, was quiet.")
    assert set(read_documents(document, dataset).places["place_id"]) >= set(dataset.places["place_id"])


@pytest.mark.parametrize("value", ['gazetteer = "QQ.txt"', "[gazetteer]", "[gazetteer]\nfiles = [1]"])
def test_a_malformed_gazetteer_key_is_explained(small_dataset_folder: Path, value: str) -> None:
    settings = small_dataset_folder / "dataset.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f"{value}\n{text}" if value.startswith("gazetteer") else f"{text}\n{value}\n", "utf-8")
    with pytest.raises(DatasetError, match="gazetteer: is not a table with a list of files"):
        read_dataset(small_dataset_folder)
