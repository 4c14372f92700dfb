"""Gazetteers that the user supplies, by the kind of file: see docs/gazetteers.md."""

import hashlib
from pathlib import Path

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.admin_layers import read_admin_layer
from geo.formats.geonames import read_geonames
from geo.formats.tables import read_table
from geo.places.packed import FORMAT, PackedPlaces, write_packed
from geo.places.table import TablePlaces
from geo.places.world import gazetteer_folder, open_or_write

_READERS = {
    ".csv": lambda path: read_table("places", path),
    ".txt": read_geonames,
    ".zip": read_geonames,
    ".shp": read_admin_layer,
    ".gpkg": read_admin_layer,
    ".geojson": read_admin_layer,
}
_DIGITS = 12


def read_gazetteer(path: Path) -> pd.DataFrame:
    """Table `places`, with `population` where the file tells it, from a file whose ending says what it is.

    .csv: the columns of `places`. .txt, .zip: a country dump of GeoNames. .shp, .gpkg, .geojson: a layer of
    administrative areas as OCHA publishes it (for a shapefile with its .dbf, .shx and .prj beside it).
    Raises DatasetError or BoundaryError for a file that cannot be read or is wrong.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        endings = ", ".join(_READERS)
        raise DatasetError(str(path), [Problem(path.name, None, None, f"is not a gazetteer: give one of {endings}")])
    if not path.is_file():
        raise DatasetError(str(path), [Problem(path.name, None, None, "the file is missing: add it")])
    return reader(path)


def open_gazetteer_file(path: Path, folder: Path | None = None) -> PackedPlaces:
    """The places of a file, converted on first use and then mapped into memory, for `Gazetteer(extra=...)`.

    folder: where gazetteers lie, by default `gazetteer_folder()`; the same content is converted once.
    Raises what `read_gazetteer` raises.
    """
    if not path.is_file():
        read_gazetteer(path)
    digest = hashlib.sha256(f"{FORMAT} {path.suffix.lower()}".encode())
    for part in sorted(path.parent.glob(f"{path.stem}.*")) if path.suffix.lower() == ".shp" else [path]:
        digest.update(part.read_bytes())
    target = (folder or gazetteer_folder()) / f"{path.stem}-{digest.hexdigest()[:_DIGITS]}"

    def write(new: Path) -> None:
        write_packed(list(TablePlaces(read_gazetteer(path), in_dataset=False)), new, {"source": path.name})

    return open_or_write(target, PackedPlaces, write)
