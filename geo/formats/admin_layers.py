"""Layers of administrative areas as OCHA publishes them (COD-AB): polygons with names in English and a local language.

Two ways of naming the columns are known: ADM2_EN, ADM2_AR, ADM2_PCODE with the level of the layer itself the highest,
or NAME_EN, NAME_AR, PCODE beside the columns ADM1_... of the levels above.
"""

import re
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geo.crs import area_km2
from geo.errors import DatasetError, Problem
from geo.formats.boundaries import read_boundaries
from geo.schema import COLUMNS
from geo.validation import shown

_LEVEL = re.compile(r"ADM([0-5])_PCODE", re.IGNORECASE)
_FEATURES = {0: "PCLI", 1: "ADM1", 2: "ADM2", 3: "ADM3", 4: "ADM4", 5: "PPLX"}
_PRECISIONS = {0: 6, 1: 4, 2: 3, 3: 3, 4: 3, 5: 2}


class _Layout(NamedTuple):
    """The columns of a layer: level 0 country to 5 neighbourhood; parent is the code of the level above or None."""

    level: int
    code: str
    english: str
    local: str | None
    parent: str | None


def read_admin_layer(path: Path) -> pd.DataFrame:
    """Table `places` of the areas of a layer: place_id is OCHA's code, the point lies inside the area, area in km².

    name is the English name, name_local that in the other language of the layer.
    Raises BoundaryError when the file cannot be read as polygons, DatasetError when a column is missing or a code or
    English name is empty or stands twice; the row is the number of the feature, from 1.
    """
    frame = read_boundaries(path)
    layout = _layout(frame, path.name)
    _check(frame, layout, path)
    points = frame.representative_point()
    places = pd.DataFrame(
        {
            "place_id": frame[layout.code].str.strip(),
            "name": frame[layout.english].str.strip(),
            "name_local": frame[layout.local].str.strip() if layout.local else None,
            "aliases": None,
            "latitude": points.y,
            "longitude": points.x,
            "feature_code": _FEATURES[layout.level],
            "parent_place_id": frame[layout.parent].str.strip() if layout.parent else None,
            "country_code": _country_codes(frame, layout),
            "area_km2": area_km2(frame.geometry),
            "place_precision": _PRECISIONS[layout.level],
        }
    )
    return places[COLUMNS["places"]]


def _layout(frame: gpd.GeoDataFrame, file: str) -> _Layout:
    columns = {str(column).upper(): str(column) for column in frame.columns}
    levels = sorted(int(match[1]) for column in columns if (match := _LEVEL.fullmatch(column)))
    if "PCODE" in columns and "NAME_EN" in columns:
        level = min(max(levels, default=-1) + 1, max(_FEATURES))
        start, code = "NAME_", "PCODE"
    elif levels and f"ADM{levels[-1]}_EN" in columns:
        level = levels.pop()
        start, code = f"ADM{level}_", f"ADM{level}_PCODE"
    else:
        message = "has no names that we know: it needs the columns NAME_EN and PCODE, or ADM1_EN and ADM1_PCODE"
        raise DatasetError(file, [Problem(file, None, None, message)])
    local = [column for column in columns if re.fullmatch(f"{start}(?!EN)[A-Z]{{2}}", column)]
    return _Layout(
        level,
        columns[code],
        columns[f"{start}EN"],
        columns[local[0]] if local else None,
        columns[f"ADM{levels[-1]}_PCODE"] if levels else None,
    )


def _check(frame: gpd.GeoDataFrame, layout: _Layout, path: Path) -> None:
    problems = []
    for column in (layout.code, layout.english):
        for row in (frame[column].fillna("").astype(str).str.strip() == "").to_numpy().nonzero()[0]:
            problems.append(Problem(path.name, int(row) + 1, column, "is empty: fill it in"))
    for row in frame[layout.code].duplicated().to_numpy().nonzero()[0]:
        code = shown(frame[layout.code].iloc[row])
        problems.append(Problem(path.name, int(row) + 1, layout.code, f"{code} stands twice: give each area its own"))
    if problems:
        raise DatasetError(str(path), problems)


def _country_codes(frame: gpd.GeoDataFrame, layout: _Layout) -> pd.Series:
    """ISO 3166-1 alpha-2 codes: those of ADM0_PCODE, else the letters that a code begins with."""
    country = next((column for column in frame if str(column).upper() == "ADM0_PCODE"), layout.code)
    return frame[country].str.extract("^([A-Z]{2})", expand=False)
