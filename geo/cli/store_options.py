"""What commands on the store take."""

import argparse
import getpass
from pathlib import Path

from geo.store.engine import store_url
from geo.store.ledger import Store


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
