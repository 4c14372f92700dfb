"""`python -m geo ingest`: datasets from their folders into the store."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import closing

from geo.cli.options import Commands, add_command, add_data
from geo.cli.store_options import open_store
from geo.errors import HoldlineError
from geo.formats.datasets import choose_datasets
from geo.store.folders import ingest_folders
from geo.store.ingest import Ingested


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "ingest", "put datasets into the store")
    command.set_defaults(run=ingest)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    command.add_argument("--anew", action="store_true", help="compute the intervals that the store keeps anew")
    add_data(command)


def ingest(arguments: argparse.Namespace) -> int:
    """Puts every dataset that can be read into the store and prints what was new."""
    folders = choose_datasets(arguments.data, arguments.datasets)
    with closing(open_store(arguments.data)) as store:
        status = print_ingested(ingest_folders(store, folders))
        if arguments.anew:
            for name in sorted({folder.name for folder in folders} & set(store.ledger_ids())):
                print(f"{name}: intervals of {store.ledger(name).refresh(anew=True)} places computed anew")
        print(f"The store is {store.name}.")
    return status


def print_ingested(done: Iterable[tuple[str, Ingested | HoldlineError]]) -> int:
    """A line for each dataset; the exit status: 2 if one could not be put there."""
    status = 0
    for name, result in done:
        if isinstance(result, HoldlineError):
            print(f"{name}: not ingested. {result}", file=sys.stderr)
            status = 2
        else:
            rows = f"{result.added} rows added, {result.corrected} corrected, {result.withdrawn} withdrawn"
            print(f"{name}: {rows}, {result.unchanged} as before")
    return status
