"""What several commands take."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.formats.folders import data_folder

if TYPE_CHECKING:
    import pandas as pd

Commands = argparse._SubParsersAction
"""What `ArgumentParser.add_subparsers` returns."""


def day(text: str) -> "pd.Timestamp":
    """A day as the command line has it. Raises ArgumentTypeError."""
    import pandas as pd  # parsing documents does without

    try:
        return pd.Timestamp(datetime.strptime(text, "%Y-%m-%d"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as YYYY-MM-DD") from error


def add_data(command: argparse.ArgumentParser) -> None:
    """Adds `--data`, the folder of datasets."""
    command.add_argument("--data", type=Path, default=data_folder(), metavar="DIR", help="folder of datasets")
