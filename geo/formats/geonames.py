"""A country dump of GeoNames: `XX.txt`, tab-separated without a header, as it is or within `XX.zip`.

Columns: download.geonames.org/export/dump/readme.txt. Licence of the data: CC BY 4.0.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.textfiles import read_text
from geo.formats.zips import opened_zip
from geo.schema import COLUMNS
from geo.validation import shown

GEONAMES_COLUMNS = (
    "geonameid",
    "name",
    "asciiname",
    "alternatenames",
    "latitude",
    "longitude",
    "feature_class",
    "feature_code",
    "country_code",
    "cc2",
    "admin1_code",
    "admin2_code",
    "admin3_code",
    "admin4_code",
    "population",
    "elevation",
    "dem",
    "timezone",
    "modification_date",
)
KEPT_CLASSES = frozenset("PATHL")
"""Populated places, areas, hills and islands, waters, regions; not buildings, roads, sea floors and forests."""
HISTORICAL = frozenset(("PPLH", "PPLCH", "PPLQ", "ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADM5H", "ADMDH", "PCLH", "RGNH"))
_PRECISION = {"ADM1": 4, "ADM2": 3, "ADM3": 3, "ADM4": 3, "ADM5": 3}
_PRECISION_OF_CLASS = {"P": 2, "A": 5, "T": 5, "H": 7, "L": 5}
_MOST_PROBLEMS = 20
_ADMIN = ("admin1_code", "admin2_code", "admin3_code", "admin4_code")
Row = dict[str, str]


def read_geonames(path: Path) -> pd.DataFrame:
    """Table `places` with `population`: ids are `gn` and the GeoNames id, parents by the codes of divisions.

    The parent of a place is the smallest division that the dump itself has, of a first-order division the country.
    Raises DatasetError with the first 20 problems, each with its row and column.
    """
    problems: list[Problem] = []
    rows = [row for row in _rows(_text(path), path.name, problems) if _is_kept(row)]
    if not rows and not problems:
        problems.append(Problem(path.name, None, None, "has no places: give a country dump of GeoNames"))
    if problems:
        raise DatasetError(str(path), problems)
    divisions = {_division_code(row): row["geonameid"] for row in rows if row["feature_code"] in _PRECISION}
    divisions |= {(row["country_code"],): row["geonameid"] for row in rows if row["feature_code"] == "PCLI"}
    return pd.DataFrame([_place(row, divisions) for row in rows], columns=[*COLUMNS["places"], "population"])


def _text(path: Path) -> str:
    if path.suffix.lower() != ".zip":
        return read_text(path)
    try:
        with opened_zip(path) as (archive, _):
            content = archive.read(f"{path.stem}.txt")
        return content.decode("utf-8")
    except (KeyError, UnicodeDecodeError) as error:
        message = f"cannot be read as a GeoNames dump ({error}): it must hold {path.stem}.txt in UTF-8"
        raise DatasetError(str(path), [Problem(path.name, None, None, message)]) from error


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    for line, cells in enumerate(io.StringIO(text), start=1):
        values = cells.rstrip("\r\n").split("\t")
        if values == [""]:
            continue
        if len(values) != len(GEONAMES_COLUMNS):
            message = f"has {len(values)} columns, a GeoNames dump has {len(GEONAMES_COLUMNS)}: download it again"
            problems.append(Problem(file, line, None, message))
        else:
            row = dict(zip(GEONAMES_COLUMNS, values, strict=True))
            problems += [Problem(file, line, column, message) for column, message in _wrong(row)]
            yield row
        if len(problems) >= _MOST_PROBLEMS:
            return


def _wrong(row: Row) -> Iterator[tuple[str, str]]:
    """The columns of a row that cannot be used, and why."""
    for column in ("geonameid", "population"):
        if not row[column].isascii() or not row[column].isdigit():
            yield column, f"{shown(row[column])} is not a whole number"
    for column, most in (("latitude", 90), ("longitude", 180)):
        try:
            is_on_earth = abs(float(row[column])) <= most
        except ValueError:
            is_on_earth = False
        if not is_on_earth:
            yield column, f"{shown(row[column])} is not a number between -{most} and {most}"
    if not row["name"]:
        yield "name", "is empty"
    for column in ("name", "asciiname", "alternatenames"):
        if "\0" in row[column]:
            yield column, "holds the character NUL: remove it"


def _is_kept(row: Row) -> bool:
    return row["feature_class"] in KEPT_CLASSES and row["feature_code"] not in HISTORICAL and bool(row["feature_code"])


def _division_code(row: Row) -> tuple[str, ...]:
    level = int(row["feature_code"][-1])
    return (row["country_code"], *(row[column] for column in _ADMIN[:level]))


def _parent(row: Row, divisions: dict[tuple[str, ...], str]) -> str | None:
    code = (row["country_code"], *(row[column] for column in _ADMIN))
    for length in range(len(code), 0, -1):
        parent = divisions.get(code[:length])
        if parent and parent != row["geonameid"] and (length == 1 or code[length - 1]):
            return f"gn{parent}"
    return None


def _place(row: Row, divisions: dict[tuple[str, ...], str]) -> dict[str, Any]:
    others = [name.strip() for name in [row["asciiname"], *row["alternatenames"].split(",")]]
    aliases = dict.fromkeys(name for name in others if name and name != row["name"] and "|" not in name)
    is_country = row["feature_code"].startswith("PCL")
    code = row["feature_code"]
    return {
        "place_id": f"gn{row['geonameid']}",
        "name": row["name"],
        "name_local": None,
        "aliases": "|".join(aliases) or None,
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "feature_code": code,
        "parent_place_id": None if is_country else _parent(row, divisions),
        "country_code": row["country_code"] or None,
        "area_km2": None,
        "place_precision": 6 if is_country else _PRECISION.get(code, _PRECISION_OF_CLASS[row["feature_class"]]),
        "population": int(row["population"]),
    }
