"""`python -m geo build`: datasets to builds for the dashboard."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from geo.cli.ingest import print_ingested
from geo.cli.options import Commands, add_data
from geo.dataset import Dataset
from geo.errors import HoldlineError
from geo.formats.boundaries import read_boundaries
from geo.formats.builds import write_build
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.folders import build_folder
from geo.pipeline import Build, run
from geo.store.folders import ingest_folders
from geo.store.ledger import Store


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser("build", help="build datasets for the dashboard")
    command.set_defaults(run=build)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    command.add_argument("--out", type=Path, default=build_folder(), metavar="DIR", help="where the builds go")
    command.add_argument("--areas", type=Path, metavar="FILE", help="boundary file to use instead of Voronoi cells")
    command.add_argument("--from-store", action="store_true", help="read the datasets from the store, see `ingest`")
    add_data(command)


def build(arguments: argparse.Namespace) -> int:
    """Builds every dataset that can be built; one that cannot does not keep the others from it."""
    boundaries = read_boundaries(arguments.areas) if arguments.areas else None
    status = 0
    for name, read in _from_store(arguments) if arguments.from_store else _from_folders(arguments):
        started = time.monotonic()
        try:
            result = run(read(), boundaries)
        except HoldlineError as error:
            print(f"{name}: not built. {error}", file=sys.stderr)
            status = 2
        else:
            write_build(result, arguments.out / name)
            print(f"{name}: {_counts(result)}, version {result.version}, {time.monotonic() - started:.1f} s")
            for gap in result.dataset.gaps.itertuples():
                print(f"  {gap.file}: {gap.count:,} {gap.gap} ({gap.examples})")
    return status


def _from_folders(arguments: argparse.Namespace) -> Iterator[tuple[str, Callable[[], Dataset]]]:
    for folder in choose_datasets(arguments.data, arguments.datasets):
        yield folder.name, partial(read_dataset, folder)


def _from_store(arguments: argparse.Namespace) -> Iterator[tuple[str, Callable[[], Dataset]]]:
    """The datasets of the store; one that is empty is filled from the folders first."""
    with closing(Store()) as store:
        if not store.ledger_ids():
            print_ingested(ingest_folders(store, choose_datasets(arguments.data)))
        for name in arguments.datasets or store.ledger_ids():
            yield name, store.ledger(name).dataset


def _counts(result: Build) -> str:
    tables = {
        "places": result.places,
        "documents": result.dataset.documents,
        "mentions": result.mentions,
        "events": result.events,
        "intervals": result.intervals,
    }
    return ", ".join(f"{len(table)} {name}" for name, table in tables.items())
