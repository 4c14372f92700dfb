"""`python -m geo build`: datasets to builds for the dashboard."""

import argparse
import sys
import time
from pathlib import Path

from geo.cli.options import Commands, add_data
from geo.errors import HoldlineError
from geo.formats.boundaries import read_boundaries
from geo.formats.builds import write_build
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.folders import build_folder
from geo.pipeline import Build, run


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser("build", help="build datasets for the dashboard")
    command.set_defaults(run=build)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    command.add_argument("--out", type=Path, default=build_folder(), metavar="DIR", help="where the builds go")
    command.add_argument("--areas", type=Path, metavar="FILE", help="boundary file to use instead of Voronoi cells")
    add_data(command)


def build(arguments: argparse.Namespace) -> int:
    """Builds every dataset that can be built; one that cannot does not keep the others from it."""
    boundaries = read_boundaries(arguments.areas) if arguments.areas else None
    status = 0
    for folder in choose_datasets(arguments.data, arguments.datasets):
        started = time.monotonic()
        try:
            result = run(read_dataset(folder), boundaries)
        except HoldlineError as error:
            print(f"{folder.name}: not built. {error}", file=sys.stderr)
            status = 2
        else:
            write_build(result, arguments.out / folder.name)
            print(f"{folder.name}: {_counts(result)}, version {result.version}, {time.monotonic() - started:.1f} s")
            for gap in result.dataset.gaps.itertuples():
                print(f"  {gap.file}: {gap.count:,} {gap.gap} ({gap.examples})")
    return status


def _counts(result: Build) -> str:
    tables = {
        "places": result.places,
        "documents": result.dataset.documents,
        "mentions": result.mentions,
        "events": result.events,
        "intervals": result.intervals,
    }
    return ", ".join(f"{len(table)} {name}" for name, table in tables.items())
