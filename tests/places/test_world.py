"""The world gazetteer: what is in it, how it hangs together, and what it is made from."""

import subprocess
import sys

import pytest

from geo.formats.origins import parse_origins
from geo.places.gazetteer import Gazetteer
from geo.places.names import name_key
from geo.places.table import places_table
from geo.places.world import open_world
from geo.places.world_table import DATA, read_rows
from geo.schema import conform, empty_table
from geo.validation import check_table


@pytest.fixture(scope="module")
def world():
    return open_world()


@pytest.fixture(scope="module")
def alone(world):
    """The world without a dataset."""
    return Gazetteer(empty_table("places"), world)


def every(world, step):
    """Every so manieth place, without reading those between."""
    return (world.at(row) for row in range(0, len(world), step))


def test_it_has_all_places_from_500_inhabitants_and_what_they_lie_in(world):
    counts = {code: int(world.has_feature(code).sum()) for code in ("PPL", "PCLI", "ADM1", "CONT")}
    assert counts["PPL"] >= 234_908
    assert (counts["PCLI"], counts["CONT"]) == (246, 7)
    assert counts["ADM1"] > 3_400


def test_its_rows_are_places(world):
    some = conform("places", places_table(every(world, 50)))
    assert check_table("places", some, "world") == []


def test_every_parent_is_a_place_and_leads_to_a_country(world):
    for place in every(world, 200):
        if place.parent_place_id:
            assert world.get(place.parent_place_id) is not None
        if place.admin1_id:
            assert world.get(place.admin1_id).feature_code == "ADM1"


def test_places_are_found_by_each_of_their_names(world):
    for place in every(world, 500):
        for key in filter(None, map(name_key, place.names)):
            assert place in world.places_of_key(key)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Aleppo", ["Aleppo", "Syria", "Asia"]),
        ("Kharkiv Oblast", ["Ukraine", "Europe"]),
        ("Ill.", ["United States", "North America"]),
        ("محافظة حلب", ["Syria", "Asia"]),
        ("UAE", ["Asia"]),
    ],
)
def test_places_lie_in_divisions_and_these_in_countries(alone, name, line):
    best = alone.best(name).place
    assert [place.name for place in alone.ancestors(best.place_id)] == line


@pytest.mark.parametrize("row", [*read_rows("countries.csv"), *read_rows("regions.csv")], ids=lambda row: row["name"])
def test_curated_places_are_found_by_their_names_and_aliases(world, row):
    for name in filter(None, [row["name"], *row["aliases"].split("|")]):
        found = world.places_of_key(name_key(name))
        assert any(place.name == row["name"] for place in found)


def test_demonyms_belong_to_places_that_exist(world):
    assert [row["demonym"] for row in read_rows("demonyms.csv") if world.demonym(row["demonym"]) is None] == []
    assert world.demonym("Syrian").country_code == "SY"
    assert world.demonym("Scottish").name == "Scotland"
    assert world.demonym("syrian") is None


@pytest.mark.parametrize("name", ["Sheikh Saeed", "شيخ سعيد"])
def test_names_that_sound_alike_are_found_in_the_countries_asked_for(gazetteer, name):
    found = gazetteer.similar(name, ["SY"])
    assert found[0].place.place_id == "N4"
    assert found[0].match == "transliterated" and 0.8 < found[0].score <= 1
    assert {one.place.country_code for one in found} == {"SY"}
    assert all(one.place.place_id != "N4" for one in gazetteer.similar(name, ["UA"]))
    assert gazetteer.similar("!?", ["SY"]) == gazetteer.similar(name, []) == []


def test_every_table_of_ours_says_where_it_came_from():
    tables = sorted(file for file in DATA.iterdir() if file.name.endswith(".csv"))
    assert parse_origins(tables)[1] == []
    assert len(tables) >= 6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_opening_it_is_quick_and_small():
    code = """
import time
from pathlib import Path
from geo.places.world import open_world
before = time.process_time()
world = open_world()
spent_s = time.process_time() - before
world.places_of_key("aleppo")
status = Path("/proc/self/status").read_text()
print(spent_s, int(status.split("VmRSS:")[1].split()[0]) / 1024)
"""
    open_world()
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    spent_s, resident_mb = map(float, answer.split())
    assert spent_s < 0.3
    assert resident_mb < 150
