"""The kinds of columns that tables have: their types in memory, and the checks of their cells."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

DTYPES: dict[str, Any] = {
    "text": pd.StringDtype(na_value=float("nan")),
    "date": "datetime64[s]",
    "number": "float64",
    "integer": "int64",
    "flag": "bool",
}


def column(kind: str, *checks: pa.Check, optional: bool = False, unique: bool = False) -> pa.Column:
    """A column of a kind (`DTYPES`)."""
    return pa.Column(DTYPES[kind], list(checks), nullable=optional, unique=unique, metadata={"kind": kind})


def text(*checks: pa.Check, optional: bool = False, unique: bool = False) -> pa.Column:
    """Text that is not empty."""
    filled = pa.Check.str_length(min_value=1, error="is empty: fill it in")
    return column("text", filled, *checks, optional=optional, unique=unique)


def code(codes: tuple[str, ...], optional: bool = False) -> pa.Column:
    """One of the codes."""
    known = pa.Check.isin(codes, error=f"is not a known code: use one of {', '.join(codes)}")
    return text(known, optional=optional)


def pattern(pattern: str, error: str, optional: bool = False) -> pa.Column:
    """Text of one form. error: what is wrong with any other."""
    return text(pa.Check.str_matches(pattern, error=error), optional=optional)


def date(optional: bool = False) -> pa.Column:
    """A day."""
    return column("date", optional=optional)


def number(low: float, high: float, optional: bool = False) -> pa.Column:
    """A number within bounds."""
    bounds = pa.Check.in_range(low, high, error=f"is out of range: it must lie between {low:g} and {high:g}")
    return column("number", bounds, optional=optional)


def integer(low: int, high: int) -> pa.Column:
    """A whole number within bounds."""
    bounds = pa.Check.in_range(low, high, error=f"is out of range: it must lie between {low} and {high}")
    return column("integer", bounds)


def flag() -> pa.Column:
    """True or false."""
    return column("flag")
