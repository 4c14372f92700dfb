"""`python -m geo build`: datasets to builds for the dashboard."""

import argparse
import dataclasses
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from geo.cli.ingest import print_ingested
from geo.cli.options import Commands, add_command, add_data
from geo.cli.rules import print_proposal
from geo.cli.store_options import add_accept, open_store
from geo.dataset import Dataset
from geo.errors import HoldlineError, StoreError
from geo.formats.boundaries import read_boundaries
from geo.formats.builds import write_build
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.folders import build_folder
from geo.pipeline import Build, run
from geo.store.folders import ingest_folders, stored_dataset
from geo.store.ledger import Store
from geo.store.settings import accept_settings


class Input(NamedTuple):
    """What a build is made of. proposed: the folder's settings of the rules (table `rule_settings`)."""

    dataset: Dataset
    proposed: pd.DataFrame


Inputs = Iterator[tuple[str, Callable[[], Input]]]


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "build", "build datasets for the dashboard")
    command.set_defaults(run=build)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    command.add_argument(
        "--out", type=Path, default=build_folder(), metavar="DIR", help="where the builds go (default: %(default)s)"
    )
    command.add_argument(
        "--areas",
        type=Path,
        metavar="FILE",
        help="file with the boundaries of the places, instead of drawing them (docs/datasets.md)",
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument("--from-store", action="store_true", help="do not look into the folders for what is new")
    where.add_argument(
        "--no-store", action="store_true", help="build from the folders alone, without what people have decided"
    )
    add_accept(command, "--accept-rules")
    add_data(command)


def build(arguments: argparse.Namespace) -> int:
    """Builds every dataset that can be built; one that cannot does not keep the others from it."""
    boundaries = read_boundaries(arguments.areas) if arguments.areas else None
    folders = [] if arguments.from_store else choose_datasets(arguments.data, arguments.datasets)
    if arguments.no_store:
        return _build_all(arguments, _from_folders(folders), boundaries, None)
    try:
        store = open_store(arguments.data)
    except StoreError as error:
        raise type(error)(f"{error} Without the store, and what was decided in it: --no-store.") from error
    with closing(store):
        inputs = _from_store(arguments, store) if arguments.from_store else _through_store(folders, store)
        return _build_all(arguments, inputs, boundaries, store)


def _build_all(
    arguments: argparse.Namespace, inputs: Inputs, boundaries: gpd.GeoDataFrame | None, store: Store | None
) -> int:
    status = 0
    for name, read in inputs:
        started = time.monotonic()
        try:
            given = read()
            result = run(given.dataset, boundaries)
            is_proposed = print_proposal(result, given.proposed, accepts=arguments.accept_rules)
            if is_proposed and arguments.accept_rules and store is not None:
                accept_settings(store, name, given.proposed, arguments.by)
                result = run(dataclasses.replace(given.dataset, rule_settings=given.proposed), boundaries)
        except HoldlineError as error:
            print(f"{name}: not built. {error}", file=sys.stderr)
            status = 2
        else:
            write_build(result, arguments.out / name)
            print(f"{name}: {_counts(result)}, version {result.version}, {time.monotonic() - started:.1f} s")
            for gap in result.dataset.gaps.itertuples():
                print(f"  {gap.file}: {gap.count:,} {gap.gap} ({gap.examples})")
    return status


def _from_folders(folders: list[Path]) -> Inputs:
    """The datasets of folders, as they stand there."""

    def read(folder: Path) -> Input:
        dataset = read_dataset(folder)
        return Input(dataset, dataset.rule_settings)

    for folder in folders:
        yield folder.name, partial(read, folder)


def _through_store(folders: list[Path], store: Store) -> Inputs:
    """The datasets of folders: what is new goes into the store, and what the store then holds comes out."""

    def read(folder: Path) -> Input:
        dataset = read_dataset(folder)
        store.ingest(dataset)
        stored = store.ledger(dataset.dataset_id).dataset()
        return Input(dataclasses.replace(stored, gazetteers=dataset.gazetteers), dataset.rule_settings)

    for folder in folders:
        yield folder.name, partial(read, folder)


def _from_store(arguments: argparse.Namespace, store: Store) -> Inputs:
    """The datasets of the store; one that is empty is filled from the folders first."""

    def read(name: str) -> Input:
        dataset = stored_dataset(store, name, arguments.data)
        return Input(dataset, dataset.rule_settings)

    if not store.ledger_ids():
        print_ingested(ingest_folders(store, choose_datasets(arguments.data)))
    for name in arguments.datasets or store.ledger_ids():
        yield name, partial(read, name)


def _counts(result: Build) -> str:
    tables = {
        "places": result.places,
        "documents": result.dataset.documents,
        "mentions": result.mentions,
        "events": result.events,
        "intervals": result.intervals,
    }
    return ", ".join(f"{len(table)} {name}" for name, table in tables.items())
