"""Files of keys and values (TOML, front matter): read as text, then checked as rows of a table."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.cells import from_text
from geo.formats.textfiles import read_text
from geo.schema import COLUMNS, DTYPES, KINDS
from geo.validation import check_table


@dataclass(frozen=True)
class KeyedFile:
    """One file that stands for one row of a table.

    name: name of the file.
    keys: what the user wrote; a value must be text or a date.
    derived: what Holdline itself adds; a key of the same name in the file is a problem.
    known: the keys that a message about an unknown one lists, if not those of the table.
    """

    name: str
    keys: Mapping[str, object]
    derived: Mapping[str, str]
    known: Sequence[str] = ()


def read_toml(path: Path) -> dict[str, Any]:
    """The keys of a TOML file. Raises DatasetError when it cannot be read."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problem = Problem(path.name, None, None, f"is not valid TOML: {error}")
        raise DatasetError(str(path), [problem]) from error


def keyed_table(name: str, files: Sequence[KeyedFile]) -> tuple[pd.DataFrame, list[Problem]]:
    """One row of table `name` for each file, the index named `file`, and all problems of the files."""
    problems: list[Problem] = []
    rows = [_row(name, file, problems) for file in files]
    index = pd.Index([file.name for file in files], name="file", dtype=DTYPES["text"])
    cells = pd.DataFrame(rows, index=index, columns=COLUMNS[name], dtype=DTYPES["text"])
    frame, unread = from_text(name, cells, "")
    problems += unread
    named = {(problem.file, problem.column) for problem in problems}
    problems += [p for p in check_table(name, frame, "") if (p.file, p.column) not in named]
    return frame, sorted(problems, key=lambda problem: problem.file)


def _row(name: str, file: KeyedFile, problems: list[Problem]) -> dict[str, str]:
    """The file's values as cells of table `name`; what cannot be a cell becomes a problem."""
    allowed = [column for column in COLUMNS[name] if column not in file.derived]
    known = ", ".join(file.known or allowed)
    row = dict(file.derived)
    for key, value in file.keys.items():
        wrong = None
        if key not in allowed:
            wrong = f"is not a key of this file ({known}): rename or remove it"
        elif isinstance(value, date) and not isinstance(value, datetime):
            row[key] = value.isoformat()
        elif KINDS[name][key] == "number" and type(value) in (int, float):
            row[key] = repr(value)
        elif not isinstance(value, str):
            wrong = "is neither text nor a date: write it in quotes"
        elif any("\ud800" <= character <= "\udfff" for character in value):
            wrong = "has half of a character (a lone surrogate): write it again"
        else:
            row[key] = value
        if wrong:
            problems.append(Problem(file.name, None, key, wrong))
    return row
