"""A build as a folder of files: written as a whole or not at all, and the same bytes for the same build."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd

from geo import __version__
from geo.control.readings import OTHER_READINGS
from geo.dataset import INPUT_TABLES, Dataset
from geo.errors import BuildError, HoldlineError
from geo.formats.geojson import geojson_text, read_areas
from geo.formats.tables import read_table, write_table
from geo.formats.textfiles import read_text
from geo.maps.known import encode_known
from geo.maps.payload import encode
from geo.pipeline import Build, located
from geo.schema import empty_table

BUILD_FILE = "build.json"
MAP_FILE = "map.bin.gz"
KNOWN_FILE = "known.bin.gz"
_AREAS_FILE = "areas.geojson"
_INPUT_FOLDER = "input"
_DERIVED = {
    "places": "places",
    "mentions": "mentions",
    "candidates": "candidates",
    "events": "judged",
    "intervals": "intervals",
    "territory_claims": "territory_claims",
}
_READINGS = {when: f"intervals_{when}.csv" for when in OTHER_READINGS}


def write_build(build: Build, folder: Path) -> None:
    """The build as `folder`, in place of what stood there.

    It is written beside the folder and then renamed, so that a reader never meets half a build.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".build-") as temporary:
        new = Path(temporary) / "new"
        _write(build, new)
        if folder.exists():
            folder.rename(Path(temporary) / "old")
        new.rename(folder)


def read_build(folder: Path) -> Build:
    """The build of a folder. Raises BuildError when it is not there, damaged, or of another Holdline."""
    if not (folder / BUILD_FILE).is_file():
        raise BuildError(f"There is no build in {folder}: run `python -m geo build`.")
    try:
        summary = json.loads(read_text(folder / BUILD_FILE))
        if summary["geo_version"] != __version__:
            raise BuildError(f"it was written by Holdline {summary['geo_version']}, this is {__version__}")
        inputs = {name: read_table(name, folder / _INPUT_FOLDER / f"{name}.csv") for name in ("dataset", *INPUT_TABLES)}
        derived = {field: read_table(table, folder / f"{field}.csv") for field, table in _DERIVED.items()}
        readings = {when: read_table("intervals", folder / file) for when, file in _READINGS.items()}
        areas = read_areas(folder / _AREAS_FILE)
        version = str(summary["version"])
    except (HoldlineError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise BuildError(f"The build in {folder} cannot be used, run `python -m geo build` again: {error}") from error
    places: gpd.GeoDataFrame = located(derived.pop("places"))
    dataset = Dataset.from_tables(inputs)
    return Build(dataset=dataset, places=places, areas=areas, version=version, readings=readings, **derived)


def _write(build: Build, folder: Path) -> None:
    inputs = folder / _INPUT_FOLDER
    inputs.mkdir(parents=True)
    for name, frame in build.dataset.tables().items():
        write_table(name, frame, inputs / f"{name}.csv")
    for field, table in _DERIVED.items():
        write_table(table, getattr(build, field), folder / f"{field}.csv")
    for when, file in _READINGS.items():
        write_table("intervals", build.readings.get(when, empty_table("intervals")), folder / file)
    (folder / _AREAS_FILE).write_bytes(geojson_text(build.areas).encode())
    (folder / MAP_FILE).write_bytes(encode(build))
    (folder / KNOWN_FILE).write_bytes(encode_known(build))
    (folder / BUILD_FILE).write_bytes(_summary(build).encode())


def _summary(build: Build) -> str:
    documents = build.dataset.documents
    summary = {
        "dataset_id": build.dataset.dataset_id,
        "title": build.dataset.title,
        "version": build.version,
        "geo_version": __version__,
        "tables": build.dataset.origins["file"].tolist(),
        "documents": dict(zip(documents["document_id"], documents["sha256"], strict=True)),
    }
    return json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
