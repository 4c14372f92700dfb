"""The form on disk: everything comes back, damage is noticed, and processes that start at once agree."""

import logging
import multiprocessing
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places.names import name_key
from geo.places.packed import DamagedGazetteerError, PackedPlaces, write_packed
from geo.places.place import Place
from geo.places.table import TablePlaces, places_table
from geo.places.world import open_or_write
from tests.places.samples import sample_places

SAMPLES = list(TablePlaces(sample_places(), in_dataset=False))
NAME = st.text(st.characters(exclude_characters="\x1f|"), min_size=1)
PLACES = st.builds(
    Place,
    place_id=NAME,
    name=NAME,
    name_local=st.none() | NAME,
    aliases=st.lists(NAME, max_size=4).map(tuple),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    feature_code=st.sampled_from(["PPL", "ADM1", "PCLI"]),
    parent_place_id=st.none() | NAME,
    country_code=st.none() | st.sampled_from(["SY", "UA"]),
    place_precision=st.integers(1, 7),
    population=st.integers(0, 10**10),
    in_dataset=st.just(False),
    admin1_id=st.none() | NAME,
)


@settings(max_examples=15)
@given(st.lists(PLACES, max_size=6, unique_by=lambda place: place.place_id))
def test_every_place_comes_back_and_is_found_by_each_of_its_names(places):
    with tempfile.TemporaryDirectory() as folder:
        write_packed(places, Path(folder) / "new", {"source": "test"})
        packed = PackedPlaces(Path(folder) / "new")
        assert list(packed) == places
        for place in places:
            assert packed.get(place.place_id) == place
            for key in filter(None, map(name_key, place.names)):
                assert packed.has_key(key) and place in packed.places_of_key(key)
                assert packed.longest(key.split()[0]) >= len(key.split())


def test_both_forms_of_a_table_answer_alike(tmp_path):
    write_packed(SAMPLES, tmp_path / "new", {})
    packed, table = PackedPlaces(tmp_path / "new"), TablePlaces(places_table(SAMPLES), in_dataset=False)
    assert list(table) == list(packed)
    for key in ("aleppo", "hanano", "syria", "nothing"):
        assert set(packed.places_of_key(key)) == set(table.places_of_key(key))
        assert packed.longest(key) == table.longest(key)
    assert sorted(packed.sounds("SY")) == sorted(table.sounds("SY"))
    for sound in table.sounds("SY"):
        assert set(packed.places_of_sound("SY", sound)) == set(table.places_of_sound("SY", sound))
    np.testing.assert_array_equal(packed.has_feature("PPL"), table.has_feature("PPL"))
    np.testing.assert_array_equal(packed.coordinates(), table.coordinates())


def write_samples(folder: Path) -> None:
    write_packed(SAMPLES, folder, {})


def open_samples(target: Path) -> int:
    return len(open_or_write(target, PackedPlaces, write_samples))


@pytest.mark.parametrize("file", ["texts.bin", "key.trie", "latitude.npy", "manifest.json"])
@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: data[:-1] + bytes([data[-1] ^ 255])]
)
def test_a_damaged_gazetteer_is_made_again_with_a_message(tmp_path, caplog, file, damage):
    target = tmp_path / "samples"
    open_samples(target)
    data = (target / file).read_bytes()
    (target / file).write_bytes(damage(data))
    with pytest.raises(DamagedGazetteerError):
        PackedPlaces(target)
    with caplog.at_level(logging.WARNING):
        assert open_samples(target) == len(SAMPLES)
    assert "made again" in caplog.text
    assert (target / file).read_bytes() == data


def test_a_missing_file_is_damage_too(tmp_path):
    target = tmp_path / "samples"
    open_samples(target)
    (target / "sound.trie").unlink()
    assert open_samples(target) == len(SAMPLES)


def test_processes_that_start_at_once_convert_once_and_leave_nothing_behind(tmp_path):
    target = tmp_path / "samples"
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert pool.map(open_samples, [target] * 8) == [len(SAMPLES)] * 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["samples", "samples.lock"]


def test_a_writer_that_fails_leaves_no_gazetteer(tmp_path):
    def fail(folder: Path) -> None:
        folder.mkdir()
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        open_or_write(tmp_path / "samples", PackedPlaces, fail)
    assert not (tmp_path / "samples").exists()
    assert open_samples(tmp_path / "samples") == len(SAMPLES)
