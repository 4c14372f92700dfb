"""`python -m geo restore`: a backup as the store."""

import argparse
from pathlib import Path

from geo.cli.options import Commands, add_command
from geo.cli.verify import print_verdicts
from geo.store.backup import restore
from geo.store.engine import store_url


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "restore", "put a backup in the place of the store")
    command.set_defaults(run=put_back)
    command.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")
    command.add_argument("--overwrite", action="store_true", help="also if the store is not empty: it is lost")


def put_back(arguments: argparse.Namespace) -> int:
    """Restores a backup that is checked, and prints what is in the store then."""
    return print_verdicts(restore(store_url(), arguments.file, arguments.overwrite))
