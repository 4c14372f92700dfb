"""Where a data file came from: `<file>.origin.toml` beside each one.

Keys: producer, title, citation, accessed, licence; url and note may be left out.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.keyed import KeyedFile, keyed_table, read_toml


def parse_origins(data_files: Iterable[Path]) -> tuple[pd.DataFrame, list[Problem]]:
    """Table `origins`, one row for each data file, and all problems of the files beside them."""
    problems: list[Problem] = []
    files: list[KeyedFile] = []
    for data_file in data_files:
        origin_file = data_file.with_name(f"{data_file.name}.origin.toml")
        try:
            files.append(KeyedFile(origin_file.name, read_toml(origin_file), {"file": data_file.name}))
        except DatasetError as error:
            problems += error.problems
    frame, unfit = keyed_table("origins", files)
    return frame, problems + unfit
