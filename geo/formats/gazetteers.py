"""Gazetteers that the user supplies, by the kind of file: see docs/gazetteers.md."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import DatasetError, Problem
from geo.places.packed import FORMAT, PackedPlaces, write_packed
from geo.places.table import TablePlaces
from geo.places.world import gazetteer_folder, open_or_write

if TYPE_CHECKING:
    import pandas as pd

_ENDINGS = (".csv", ".txt", ".zip", ".shp", ".gpkg", ".geojson")
_DIGITS = 12


def _reader(ending: str) -> "Callable[[Path], pd.DataFrame]":
    """What reads files of an ending; imported only where a file is converted, not where it is opened."""
    if ending == ".csv":
        from geo.formats.tables import read_table

        return lambda path: read_table("places", path)
    if ending in (".txt", ".zip"):
        from geo.formats.geonames import read_geonames

        return read_geonames
    from geo.formats.admin_layers import read_admin_layer

    return read_admin_layer


def read_gazetteer(path: Path) -> "pd.DataFrame":
    """Table `places`, with `population` where the file tells it, from a file whose ending says what it is.

    .csv: the columns of `places`. .txt, .zip: a country dump of GeoNames. .shp, .gpkg, .geojson: a layer of
    administrative areas as OCHA publishes it (for a shapefile with its .dbf, .shx and .prj beside it).
    Raises DatasetError or BoundaryError for a file that cannot be read or is wrong.
    """
    if path.suffix.lower() not in _ENDINGS:
        endings = ", ".join(_ENDINGS)
        raise DatasetError(str(path), [Problem(path.name, None, None, f"is not a gazetteer: give one of {endings}")])
    if not path.is_file():
        raise DatasetError(str(path), [Problem(path.name, None, None, "there is no such file: correct the path")])
    return _reader(path.suffix.lower())(path)


def open_gazetteer_file(path: Path, folder: Path | None = None, in_dataset: bool = False) -> PackedPlaces:
    """The places of a file, converted on first use and then mapped into memory, for `Gazetteer(extra=...)`.

    folder: where gazetteers lie, by default `gazetteer_folder()`; the same content is converted once.
    in_dataset: whether they are a dataset's own, for `Gazetteer(places=...)`.
    Raises what `read_gazetteer` raises.
    """
    if not path.is_file():
        read_gazetteer(path)
    digest = hashlib.sha256(f"{FORMAT} {path.suffix.lower()} {in_dataset}".encode())
    for part in sorted(path.parent.glob(f"{path.stem}.*")) if path.suffix.lower() == ".shp" else [path]:
        digest.update(part.read_bytes())
    target = (folder or gazetteer_folder()) / f"{path.stem}-{digest.hexdigest()[:_DIGITS]}"

    def write(new: Path) -> None:
        about = {"source": path.name, "in_dataset": in_dataset}
        write_packed(list(TablePlaces(read_gazetteer(path), in_dataset)), new, about)

    return open_or_write(target, PackedPlaces, write)
