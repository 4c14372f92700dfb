"""Reading tables row by row, as what shows them does."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

Row = Any
"""A row of a table, with its columns as attributes."""


def rows(table: pd.DataFrame) -> Iterator[Row]:
    """The rows of a table from top to bottom."""
    return iter(table.itertuples(index=False))


def find_row(table: pd.DataFrame, column: str, value: object) -> Row | None:
    """The first row that has this value in the column, or None."""
    return next(rows(table[table[column] == value]), None)


def one_row(table: pd.DataFrame, column: str, value: object) -> Row:
    """The first row that has this value in the column. Raises KeyError if there is none."""
    row = find_row(table, column, value)
    if row is None:
        raise KeyError(f"{column} {value!r}")
    return row


def is_given(cell: object) -> bool:
    """Whether a cell holds anything: not NA, not empty."""
    return not pd.isna(cell) and cell != ""  # type: ignore[call-overload]
