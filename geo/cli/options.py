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


def add_command(commands: Commands, name: str, purpose: str) -> argparse.ArgumentParser:
    """A parser for a command, whose purpose (a phrase without a full stop) stands in both its own help and the list."""
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}."
    )
    return command


def counted(number: int, what: str) -> str:
    """A number of things: 1 document, 2 documents."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def day(text: str) -> "pd.Timestamp":
    """A day as the command line has it. Raises ArgumentTypeError."""
    import pandas as pd  # parsing documents does without

    try:
        return pd.Timestamp(datetime.strptime(text, "%Y-%m-%d"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as YYYY-MM-DD") from error


def add_data(command: argparse.ArgumentParser) -> None:
    """Adds `--data`, the folder of datasets."""
    command.add_argument(
        "--data", type=Path, default=data_folder(), metavar="DIR", help="folder of datasets (default: %(default)s)"
    )
