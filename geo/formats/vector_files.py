"""Whether a vector file is what its name says, before GDAL opens it.

GDAL goes by the content, not by the name, and some contents are no layer but instructions: to fetch one from the
network, to read any other file, to run a command. Such a file may be called a.geojson. It is refused here.
"""

import re
from pathlib import Path

from geo.errors import BoundaryError, DatasetError
from geo.formats.zips import opened_zip

MAX_BYTES = 1_000_000_000
_LOOKED_AT = 1_000_000
_JSON = rb"(?:\xef\xbb\xbf)?\s*\{"
_XML = rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<(?:\w+:)?(?:kml|FeatureCollection)\b"
_HEADS = {
    ".shp": rb"\x00\x00\x27\x0a",
    ".gpkg": rb"SQLite format 3\x00",
    ".fgb": rb"fgb",
    ".geojson": _JSON,
    ".json": _JSON,
    ".kml": _XML,
    ".gml": _XML,
}
"""Ending of the name -> what the content begins with."""
_INSTRUCTIONS = re.compile(rb"<OGR|gdal_streamed_alg|_Capabilities|<!DOCTYPE|<!ENTITY", re.IGNORECASE)


def require_vector_file(path: Path) -> None:
    """Raises BoundaryError for a file that is no Shapefile, GeoPackage, FlatGeobuf, GeoJSON, KML, GML or a zip of one.

    The contents of zips are looked at as well. What is damaged further on, GDAL finds.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BoundaryError(f"{path.name} is longer than {MAX_BYTES:,} bytes: simplify it, or split it.")
        if path.suffix.lower() == ".zip":
            _require_members(path)
            return
        with path.open("rb") as file:
            _require_head(path.name, path.name, file.read(_LOOKED_AT))
    except OSError as error:
        raise BoundaryError(f"{path.name} cannot be read ({error.strerror}).") from error


def _require_members(path: Path) -> None:
    try:
        with opened_zip(path) as (archive, members):
            layers = [member for member in members if Path(member.filename).suffix.lower() in _HEADS]
            for member in layers:
                with archive.open(member) as file:
                    _require_head(path.name, member.filename, file.read(_LOOKED_AT))
    except DatasetError as error:
        raise BoundaryError(str(error.problems[0])) from error
    if not layers:
        raise BoundaryError(f"{path.name} holds no file that is read ({', '.join(_HEADS)}): pack the areas in it.")


def _require_head(file: str, name: str, head: bytes) -> None:
    suffix = Path(name).suffix.lower()
    if suffix not in _HEADS:
        raise BoundaryError(f"{file} is of a kind that is not read: give one of {', '.join(_HEADS)}, or a .zip of one.")
    if not head:
        raise BoundaryError(f"{file} is empty: save it again.")
    if not re.match(_HEADS[suffix], head, re.DOTALL):
        raise BoundaryError(f"{file} is not what its name says ({suffix}): save it again, or correct its name.")
    if suffix not in (".gpkg", ".shp", ".fgb") and _INSTRUCTIONS.search(head):
        raise BoundaryError(
            f"{file} holds entities, or instructions to read something else, which are not followed: save the areas "
            "themselves in it."
        )
