"""Tables of short notes about places, as CSV: one row a note."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.textfiles import read_text
from geo.places.gazetteer import Gazetteer
from geo.text.notes import Note

_LATITUDE, _LONGITUDE = ("lat", "latitude"), ("lon", "lng", "longitude")


def read_note_table(
    path: Path,
    text_column: str,
    place_column: str | None,
    published_column: str | None,
    published: date | None,
    gazetteer: Gazetteer,
) -> list[Note]:
    """The notes of a CSV file with a header; their id is the number of their line.

    text_column, place_column, published_column: names of columns. published: the day of publication of rows without
    one; without either, today. Columns lat and lon, or latitude and longitude, in degrees (WGS 84), place the notes;
    without them the gazetteer does, if it has one place of the name.
    Raises DatasetError if the file cannot be read or lacks a column, and for each day that is none.
    """
    reader = csv.DictReader(read_text(path).splitlines())
    problems = [
        Problem(path.name, 1, name, f"is missing: the file has {', '.join(reader.fieldnames or ['no columns'])}")
        for name in (text_column, place_column, published_column)
        if name is not None and name not in (reader.fieldnames or [])
    ]
    if place_column is None:
        problems.append(Problem(path.name, 1, None, "the column of the places is not named: give --place-column"))
    if problems:
        raise DatasetError(str(path), problems)
    notes = []
    for row in reader:
        line = reader.line_num
        day = _day(row.get(published_column or "") or "", published, path, line, published_column, problems)
        place = row[str(place_column)] or ""
        latitude, longitude = _number(row, _LATITUDE), _number(row, _LONGITUDE)
        known = gazetteer.candidates(place) if place and latitude is None else []
        only = known[0].place if len(known) == 1 else None
        notes.append(
            Note(
                str(line),
                place,
                row[text_column] or "",
                day,
                only.place_id if only else None,
                only.latitude if only else latitude,
                only.longitude if only else longitude,
            )
        )
    if problems:
        raise DatasetError(str(path), problems)
    return notes


def _day(cell: str, published: date | None, path: Path, line: int, column: str | None, problems: list[Problem]) -> date:
    if not cell.strip():
        return published or date.today()
    try:
        return date.fromisoformat(cell.strip()[:10])
    except ValueError:
        problems.append(Problem(path.name, line, column, f"{cell!r} is not a day: write it as YYYY-MM-DD"))
        return date.today()


def _number(row: dict[str, str | None], names: tuple[str, ...]) -> float | None:
    cell = next((row[name] for name in names if row.get(name)), None)
    number = pd.to_numeric(cell, errors="coerce") if cell else float("nan")
    return float(number) if pd.notna(number) else None
