"""Datasets and builds that tests of every part share."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from geo.formats.builds import read_build, write_build
from geo.formats.datasets import read_dataset
from geo.pipeline import Build, run
from tests.hostile import with_hostile_mentions, write_hostile_dataset

# A test that is slow because the machine is busy is not wrong. Each run tries other examples than the last, but for
# the one that decides whether a change may land: that one is to depend on the change alone.
DECIDES = bool(os.environ.get("HOLDLINE_REQUIRE_BROWSER"))
settings.register_profile("holdline", deadline=None, max_examples=40, derandomize=DECIDES, database=None)
settings.load_profile("holdline")

pytest_plugins = ["tests.databases"]

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SMALL_DATASET = PROJECT_ROOT / "tests" / "datasets" / "small"
EVERY_STATE_DATASET = PROJECT_ROOT / "tests" / "datasets" / "every_state"


@pytest.fixture(autouse=True)
def _same_main_module() -> Iterator[None]:
    """Streamlit's AppTest leaves its page behind as `__main__`, which every process started later would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the project."""
    return PROJECT_ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Material that is not in the project: the published article and OCHA's boundaries."""
    folder = PROJECT_ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with the published article and OCHA's boundaries is not here")
    return folder


@pytest.fixture
def small_dataset_folder(tmp_path: Path) -> Path:
    """A small made-up dataset that is valid, in a folder of its own that a test may change."""
    return Path(shutil.copytree(SMALL_DATASET, tmp_path / "data" / "small"))


@pytest.fixture
def hostile_dataset_folder(tmp_path: Path) -> Path:
    """The same, with hostile names, quotes and documents."""
    return write_hostile_dataset(SMALL_DATASET, tmp_path / "data" / "hostile")


@pytest.fixture(scope="session")
def small_build() -> Build:
    """The build of the small made-up dataset."""
    return run(read_dataset(SMALL_DATASET))


@pytest.fixture(scope="session")
def every_state_build() -> Build:
    """The build of a made-up district whose places show, on 15 May 2021, every way in which a state can be drawn."""
    return run(read_dataset(EVERY_STATE_DATASET))


@pytest.fixture(scope="session")
def hostile_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The build of the hostile dataset."""
    folder = write_hostile_dataset(SMALL_DATASET, tmp_path_factory.mktemp("data") / "hostile")
    return with_hostile_mentions(run(read_dataset(folder)))


@pytest.fixture(scope="session")
def aleppo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder with the build of the project's own dataset; the first worker that asks for it makes it for all."""
    own = tmp_path_factory.getbasetemp()
    common = own if worker_id == "master" else own.parent
    folder = common / "aleppo_2016"
    with FileLock(common / "aleppo_2016.lock"):
        if not folder.exists():
            write_build(run(read_dataset(PROJECT_ROOT / "data" / "aleppo_2016")), folder)
    return folder


@pytest.fixture(scope="session")
def aleppo_build(aleppo_folder: Path) -> Build:
    """The build of the project's own dataset."""
    return read_build(aleppo_folder)
