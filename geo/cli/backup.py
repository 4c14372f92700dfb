"""`python -m geo backup`: the store as one file."""

import argparse
from contextlib import closing
from pathlib import Path

from geo.cli.options import Commands, add_command
from geo.cli.verify import print_verdicts
from geo.store.backup import backup
from geo.store.ledger import Store


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "backup", "save the store as one file, while it is in use")
    command.set_defaults(run=save)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--overwrite", action="store_true", help="write over a file that exists")


def save(arguments: argparse.Namespace) -> int:
    """Writes a backup that is checked, and prints what is in it."""
    with closing(Store()) as store:
        return print_verdicts(backup(store.engine, arguments.file, arguments.overwrite))
