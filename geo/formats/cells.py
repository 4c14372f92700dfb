"""The cells of a table as text, and back: how a date, a number, a flag or nothing stands in a file."""

from typing import Any

import numpy as np
import pandas as pd

from geo.errors import Problem
from geo.schema import DTYPES, KINDS
from geo.validation import row_places, shown

_FORMS = {
    "date": r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "number": r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?",
    "integer": r"-?[0-9]{1,15}",
    "flag": r"true|false",
}
_ADVICE = {
    "date": "is not a date: write a day that exists as YYYY-MM-DD",
    "number": "is not a number: write it like 36.24, with a point and without separators of thousands",
    "integer": "is not a whole number: write it like 3",
    "text": "holds the character NUL, which no database can keep: remove it",
    "flag": "is neither true nor false: write one of the two",
}
_NULLABLE: dict[str, Any] = {"number": "float64", "integer": "Int64"}


def from_text(name: str, cells: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Columns of text turned into the types of table `name`, and a problem for each cell that cannot be.

    Such a cell becomes a missing value. Columns that the table does not have stay text; the index is kept.
    """
    typed = cells.copy()
    problems: list[Problem] = []
    for column, kind in KINDS[name].items():
        if column not in cells:
            continue
        text = cells[column].astype(DTYPES["text"])
        filled = text.where(text != "")
        values = _read(filled, kind)
        typed[column] = values.astype(DTYPES[kind]) if values.notna().all() else values
        unread = (filled.notna() & typed[column].isna()).to_numpy().nonzero()[0]
        places = row_places(cells, file) if len(unread) else []
        for row in unread:
            problems.append(Problem(*places[row], column, f"{shown(filled.iloc[row])} {_ADVICE[kind]}"))
    return typed, problems


def to_text(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of table `name` as text; a missing value is the empty string."""
    columns = {column: _write(frame[column], kind) for column, kind in KINDS[name].items()}
    return pd.DataFrame(columns, index=frame.index, dtype=object)


def json_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON has them: days in ISO form, missing values None."""
    columns = {
        str(name): column.dt.strftime("%Y-%m-%d") if pd.api.types.is_datetime64_any_dtype(column) else column
        for name, column in frame.items()
    }
    cells = pd.DataFrame(columns, index=frame.index).astype(object)
    rows = cells.where(cells.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _read(text: pd.Series, kind: str) -> pd.Series:
    if kind == "text":
        return text.mask(text.str.contains("\0", regex=False, na=False))
    well_formed = text.where(text.str.fullmatch(_FORMS[kind]).fillna(False).astype(bool))
    if kind == "date":
        return pd.to_datetime(well_formed, format="%Y-%m-%d", errors="coerce").astype(DTYPES["date"])
    if kind == "flag":
        return well_formed.map({"true": True, "false": False}).astype("boolean")
    numbers = well_formed.astype(object).where(well_formed.notna(), None).astype(_NULLABLE[kind])
    return numbers.mask(numbers.abs() == np.inf)  # 1e999 is written like a number, but is none


def _write(values: pd.Series, kind: str) -> pd.Series:
    if kind == "date":
        days = np.datetime_as_string(values.to_numpy(dtype="datetime64[D]"))
        return pd.Series(days, index=values.index, dtype=object).where(values.notna(), "")
    if kind == "flag":
        return values.map({True: "true", False: "false"}).astype(object)
    if kind == "number":
        return values.map(repr).astype(object).where(values.notna(), "")
    return values.astype(object).where(values.notna(), "").map(str)
