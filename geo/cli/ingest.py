"""`python -m geo ingest`: datasets from their folders into the store."""

import argparse
import sys
from contextlib import closing

from geo.cli.options import Commands, add_data
from geo.errors import HoldlineError
from geo.formats.datasets import choose_datasets
from geo.store.folders import ingest_folders
from geo.store.ledger import Store


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser("ingest", help="put datasets into the store")
    command.set_defaults(run=ingest)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    command.add_argument("--anew", action="store_true", help="compute the intervals that the store keeps anew")
    add_data(command)


def ingest(arguments: argparse.Namespace) -> int:
    """Puts every dataset that can be read into the store and prints what was new."""
    with closing(Store()) as store:
        status = _ingest_all(store, arguments)
        print(f"The store is {store.name}.")
    return status


def _ingest_all(store: Store, arguments: argparse.Namespace) -> int:
    """The exit status: 2 if a dataset could not be put there."""
    status = 0
    for name, done in ingest_folders(store, choose_datasets(arguments.data, arguments.datasets)):
        if isinstance(done, HoldlineError):
            print(f"{name}: not ingested. {done}", file=sys.stderr)
            status = 2
        else:
            rows = f"{done.added} rows added, {done.corrected} corrected, {done.withdrawn} withdrawn"
            print(f"{name}: {rows}, {done.unchanged} as before")
            if arguments.anew:
                print(f"{name}: intervals of {store.ledger(name).refresh(anew=True)} places computed anew")
    return status
