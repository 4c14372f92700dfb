"""The check of one table: every cell that does not fit `geo.schema`, as a sentence for the user."""

from reprlib import Repr

import pandas as pd
import pandera.pandas as pa

from geo.errors import Problem
from geo.schema import COLUMNS, SCHEMAS

_shorten = Repr()
_shorten.maxstring = 80


def shown(value: object) -> str:
    """A cell as it is safe to print: short, in quotes, control and direction characters escaped."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return _shorten.repr(value) if isinstance(value, str) else str(value)


def row_places(frame: pd.DataFrame, file: str) -> list[tuple[str, int | None]]:
    """File and line of each row, as `Problem` takes them.

    An index named `row` holds the lines, one named `file` the file that a row has to itself; any other frame
    is taken to stand in the file below a header, one line for each row.
    """
    if frame.index.name == "file":
        return [(str(name), None) for name in frame.index]
    lines = frame.index if frame.index.name == "row" else range(2, len(frame) + 2)
    return [(file, int(line)) for line in lines]


def check_table(name: str, frame: pd.DataFrame, file: str) -> list[Problem]:
    """Everything that is wrong with one table of `geo.schema`, ordered by row and column."""
    try:
        SCHEMAS[name].validate(frame.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as errors:
        places = row_places(frame, file)
        columns = {column: position for position, column in enumerate(COLUMNS[name])}
        cases = errors.failure_cases[["index", "column", "check", "failure_case"]]
        ordered = sorted(
            cases.itertuples(index=False, name=None),
            key=lambda case: (-1 if pd.isna(case[0]) else case[0], columns.get(case[1], 0)),
        )
        return [
            _header_problem(name, file, column, check, value)
            if pd.isna(position)
            else Problem(places[position][0], places[position][1], column, _cell_message(check, value))
            for position, column, check, value in ordered
        ]
    return []


def _header_problem(name: str, file: str, column: str | None, check: str, value: object) -> Problem:
    """A problem of the whole table; for a column too many or missing, pandera gives its name as the value."""
    if check == "column_in_schema":
        known = ", ".join(COLUMNS[name])
        return Problem(file, 1, str(value), f"is not a column of this table ({known}): rename or remove it")
    if check == "column_in_dataframe":
        return Problem(file, 1, str(value), "is missing: add the column")
    return Problem(file, None, column, f"is of type {value}, which does not pass {check}: correct its values")


def _cell_message(check: str, value: object) -> str:
    if check == "not_nullable":
        return "has no value: fill it in"
    if check == "field_uniqueness":
        return f"{shown(value)} stands in more than one row: keep one of them"
    if check.startswith("dtype("):
        return f"{shown(value)} has the wrong type, it must be {check[7:-2]}"
    return f"{shown(value)} {check}"
