"""A build's folder: read back equal, the same bytes each time, and never half of one."""

import json
import shutil
from pathlib import Path

import pytest
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal

from geo.errors import BuildError
from geo.formats import builds
from geo.formats.builds import read_build, write_build
from geo.pipeline import Build


def assert_same_build(first: Build, second: Build) -> None:
    assert first.version == second.version
    for name, table in first.dataset.tables().items():
        assert_frame_equal(second.dataset.tables()[name], table)
    for name in ("mentions", "candidates", "events", "intervals"):
        assert_frame_equal(getattr(second, name), getattr(first, name))
    assert list(second.readings) == list(first.readings)
    for when, intervals in first.readings.items():
        assert_frame_equal(second.readings[when], intervals)
    for name in ("places", "areas"):
        assert_geodataframe_equal(getattr(second, name), getattr(first, name))


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture(scope="module")
def written(small_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small build, which no test changes."""
    folder = tmp_path_factory.mktemp("written") / "build"
    write_build(small_build, folder)
    return folder


@pytest.fixture
def copied(written: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change, in a folder of its own."""
    return Path(shutil.copytree(written, tmp_path / "out" / "build"))


@pytest.mark.parametrize("name", ["small_build", "hostile_build", "every_state_build"])
def test_a_build_is_read_back_equal(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    build = request.getfixturevalue(name)
    write_build(build, tmp_path / "build")
    assert_same_build(read_build(tmp_path / "build"), build)


def test_a_build_that_was_read_is_written_as_it_was(written: Path, tmp_path: Path) -> None:
    write_build(read_build(written), tmp_path / "two")
    assert files(written) == files(tmp_path / "two")


def test_a_build_says_what_it_was_made_of(small_build: Build, written: Path) -> None:
    summary = json.loads((written / "build.json").read_text())
    assert summary["version"] == small_build.version
    assert summary["dataset_id"] == "small"
    assert summary["tables"] == ["places.csv", "actors.csv", "baseline.csv", "events.csv", "claims.csv"]
    assert list(summary["documents"]) == ["crown-2021-03-06", "herald-2021-03-01", "herald-2021-03-08"]


def test_a_new_build_takes_the_place_of_the_old_one(hostile_build: Build, copied: Path) -> None:
    (copied / "left over").touch()
    write_build(hostile_build, copied)
    assert json.loads((copied / "build.json").read_text())["version"] == hostile_build.version
    assert not (copied / "left over").exists()
    assert [child.name for child in copied.parent.iterdir()] == ["build"]


def test_a_build_that_fails_leaves_the_old_one(
    hostile_build: Build, written: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Build) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr(builds, "encode", fail)
    with pytest.raises(OSError, match="no space left"):
        write_build(hostile_build, copied)
    assert files(copied) == files(written)
    assert [child.name for child in copied.parent.iterdir()] == ["build"]


def test_a_folder_without_a_build_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="run `python -m geo build`"):
        read_build(tmp_path)


def test_a_build_of_another_version_is_refused(copied: Path) -> None:
    summary = copied / "build.json"
    summary.write_text(summary.read_text().replace(builds.__version__, "0.0.1"))
    with pytest.raises(BuildError, match=r"was written by Holdline 0\.0\.1"):
        read_build(copied)


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"[]", b"place_id,x\na,b\n"])
def test_a_damaged_build_is_an_error_and_no_traceback(copied: Path, content: bytes | None) -> None:
    names = ("build.json", "areas.geojson", "intervals.csv", "intervals_latest.csv", "places.csv")
    for name in (*names, "input/dataset.csv", "input/events.csv"):
        file = copied / name
        before = file.read_bytes()
        file.unlink() if content is None else file.write_bytes(content)
        with pytest.raises(BuildError, match="run `python -m geo build`"):
            read_build(copied)
        file.write_bytes(before)
