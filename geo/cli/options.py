"""What several commands take."""

import argparse
import getpass
from datetime import datetime
from pathlib import Path

import pandas as pd

from geo.formats.folders import data_folder
from geo.store.engine import store_url
from geo.store.ledger import Store

Commands = argparse._SubParsersAction
"""What `ArgumentParser.add_subparsers` returns."""


def day(text: str) -> pd.Timestamp:
    """A day as the command line has it. Raises ArgumentTypeError."""
    try:
        return pd.Timestamp(datetime.strptime(text, "%Y-%m-%d"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as YYYY-MM-DD") from error


def add_data(command: argparse.ArgumentParser) -> None:
    """Adds `--data`, the folder of datasets."""
    command.add_argument("--data", type=Path, default=data_folder(), metavar="DIR", help="folder of datasets")


def add_accept(command: argparse.ArgumentParser, flag: str) -> None:
    """Adds the flag that accepts changed settings of the rules, and `--by`."""
    command.add_argument(flag, action="store_true", help="accept the settings of the rules that the folder has now")
    command.add_argument("--by", default=_user(), metavar="NAME", help="who accepts them (default: your user name)")


def open_store(data: Path) -> Store:
    """The store of a folder of datasets; the one that HOLDLINE_DATABASE_URL names, if it is set."""
    return Store(store_url(data))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # this user has no name
        return "unknown"
