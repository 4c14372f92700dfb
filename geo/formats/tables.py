"""Tables of `geo.schema` as CSV: UTF-8, comma, one header line, ISO dates, empty for missing.

A file is read as text first and converted cell by cell, so that every bad cell can be named with its line.
"""

import csv
import io
import re
from pathlib import Path

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.cells import from_text, to_text
from geo.formats.sources import MAX_BYTES
from geo.formats.textfiles import read_text
from geo.schema import COLUMNS, DTYPES, LATER_COLUMNS, conform
from geo.validation import check_table

_NO_TABLE = pd.DataFrame(index=pd.Index([], name="row", dtype="int64"))
_NEEDS_QUOTES = re.compile('[",\r\n]')
csv.field_size_limit(MAX_BYTES)  # a document's text is one cell


def read_table(name: str, path: Path) -> pd.DataFrame:
    """Table `name` from a CSV file, columns in the schema's order, rows in the file's.

    Raises DatasetError with everything that is wrong with the file.
    """
    frame, problems = parse_table(name, path)
    if problems:
        raise DatasetError(str(path), problems)
    return conform(name, frame)


def parse_table(name: str, path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """The table as far as it can be typed, its index named `row` holding line numbers, and all its problems.

    A table of which whole rows could not be read comes without columns: nothing can be said about what it lacks.
    """
    try:
        text = read_text(path)
    except DatasetError as error:
        return _NO_TABLE, list(error.problems)
    cells, problems = _parse_csv(name, text, path.name)
    if cells.columns.empty:
        return cells, problems
    lacking = [column for column in LATER_COLUMNS.get(name, ()) if column not in cells]
    frame, unread = from_text(name, cells.assign(**dict.fromkeys(lacking, "")), path.name)
    problems += unread
    named = {(problem.row, problem.column) for problem in problems}
    problems += [p for p in check_table(name, frame, path.name) if (p.row, p.column) not in named]
    lacks_rows = any(problem.column is None for problem in problems)
    return _NO_TABLE if lacks_rows else frame, sorted(problems, key=lambda problem: problem.row or 0)


def write_table(name: str, frame: pd.DataFrame, path: Path) -> None:
    """Table `name` as a CSV file; `read_table` gives the same table back."""
    path.write_bytes(table_text(name, frame).encode("utf-8"))


def table_text(name: str, frame: pd.DataFrame) -> str:
    """Table `name` as CSV: one form for one content, on every machine."""
    return csv_text(COLUMNS[name], to_text(name, frame))


def csv_text(columns: list[str], cells: pd.DataFrame) -> str:
    """A header and rows of text cells as CSV with line feeds.

    Not `csv.writer`: before Python 3.13 it leaves a carriage return unquoted, and that splits the row.
    """
    rows = [columns, *cells.itertuples(index=False, name=None)]
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _parse_csv(name: str, text: str, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    problems = []
    line = 1
    try:
        for cells in reader:
            if cells:
                numbered.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        advice = f"cannot be read as CSV ({error}): check the quotes of this row"
        problems.append(Problem(file, line, None, advice))
    if not numbered:
        advice = f"is empty: begin it with the line {','.join(COLUMNS[name])}"
        return _NO_TABLE, problems or [Problem(file, None, None, advice)]
    return _frame(numbered, file, problems)


def _frame(
    numbered: list[tuple[int, list[str]]], file: str, problems: list[Problem]
) -> tuple[pd.DataFrame, list[Problem]]:
    (header_line, header), *rows = numbered
    if len(header) == 1 and ";" in header[0]:
        advice = "has semicolons between the columns: save the file again with commas"
        return _NO_TABLE, [Problem(file, header_line, None, advice)]
    twice = [column for position, column in enumerate(header) if column in header[:position]]
    if twice:
        advice = "stands more than once in the header: keep one"
        return _NO_TABLE, [Problem(file, header_line, column, advice) for column in twice]
    for line, row in rows:
        if len(row) != len(header):
            advice = f"has {len(row)} cells, the header has {len(header)}: check the commas and quotes"
            problems.append(Problem(file, line, None, advice))
    whole = [(line, row) for line, row in rows if len(row) == len(header)]
    index = pd.Index([line for line, _ in whole], name="row", dtype="int64")
    cells = pd.DataFrame([row for _, row in whole], index=index, columns=header, dtype=DTYPES["text"])
    return cells, problems
