"""The command line: `python -m geo build | events | geocode | export`."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
from geopy.exc import GeopyError

from geo.errors import HoldlineError
from geo.formats import exports
from geo.formats.boundaries import read_boundaries
from geo.formats.builds import read_build, write_build
from geo.formats.cells import json_records
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.documents import read_document
from geo.formats.folders import build_folder, data_folder
from geo.maps import animation
from geo.maps.page import map_html
from geo.pipeline import Build, read_documents, run
from geo.places.gazetteer import Gazetteer, world_places
from geo.places.geocoder import GazetteerGeocoder
from geo.places.online import open_geocoder

_GEOCODE_CACHE = "geocode.sqlite"
_EXPORTS = {
    "html": lambda build: map_html(build).encode(),
    "csv": exports.to_csv,
    "geojson": exports.to_geojson,
    "gpkg": exports.to_geopackage,
}


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


def events(arguments: argparse.Namespace) -> int:
    """Prints the control changes that a document reports, one JSON object a line."""
    overrides = {"published": arguments.published} if arguments.published else {}
    document = read_document(arguments.file, **overrides)
    dataset = read_dataset(choose_datasets(arguments.data, arguments.dataset)[0])
    for event in json_records(read_documents(document, dataset).events):
        print(json.dumps(event, ensure_ascii=False))
    return 0


def geocode(arguments: argparse.Namespace) -> int:
    """Prints the places that a name can mean, best first, one JSON object a line."""
    own_places = [read_dataset(folder).places for folder in choose_datasets(arguments.data)]
    gazetteer = Gazetteer(pd.concat(own_places, ignore_index=True), world_places())
    cache_file = build_folder() / _GEOCODE_CACHE
    geocoder = open_geocoder(GazetteerGeocoder(gazetteer), cache_file, online=arguments.online or None)
    found = geocoder.geocode(arguments.name, exactly_one=False, country_codes=arguments.country)
    if not found:
        print(f"No place is known as {arguments.name!r}.", file=sys.stderr)
        return 1
    for location in found:
        print(json.dumps({"name": location.address, **location.raw}, ensure_ascii=False))
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Writes one built dataset as a file for other programs, as a map that is one file, or as an animation."""
    result = read_build(arguments.builds / arguments.dataset)
    if arguments.animate:
        days = (arguments.first, arguments.last)
        data = animation.animation(result, *days, arguments.step, arguments.format, arguments.width)
    else:
        data = _EXPORTS[arguments.format](result)
    exports.save(data, arguments.out)
    return 0


def _counts(result: Build) -> str:
    tables = {
        "places": result.places,
        "documents": result.dataset.documents,
        "mentions": result.mentions,
        "events": result.events,
        "intervals": result.intervals,
    }
    return ", ".join(f"{len(table)} {name}" for name, table in tables.items())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Who held what, on which day, and how we know.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="build datasets for the dashboard")
    command.set_defaults(run=build)
    command.add_argument("datasets", nargs="*", metavar="DATASET", help="names of datasets (default: all)")
    command.add_argument("--out", type=Path, default=build_folder(), metavar="DIR", help="where the builds go")
    command.add_argument("--areas", type=Path, metavar="FILE", help="boundary file to use instead of Voronoi cells")
    _add_data(command)

    command = commands.add_parser("events", help="read control changes from a document")
    command.set_defaults(run=events)
    command.add_argument("file", type=Path, metavar="FILE", help=".md with front matter, or .txt")
    command.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD; needed for a .txt")
    command.add_argument("--dataset", nargs=1, default=(), metavar="ID", help="whose names count (default: the first)")
    _add_data(command)

    command = commands.add_parser("geocode", help="find a place by name")
    command.set_defaults(run=geocode)
    command.add_argument("name", metavar="NAME")
    command.add_argument("--online", action="store_true", help="ask Nominatim for what the gazetteer lacks")
    command.add_argument("--country", metavar="CODE", help="two letters, such as SY")
    _add_data(command)

    command = commands.add_parser("export", help="save a built dataset as one file")
    command.set_defaults(run=export)
    command.add_argument("dataset", metavar="DATASET")
    command.add_argument("--format", choices=[*sorted(_EXPORTS), *animation.FORMATS], required=True)
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    command.add_argument("--builds", type=Path, default=build_folder(), metavar="DIR", help="where the builds are")
    group = command.add_argument_group("animation (gif, webp)")
    group.add_argument("--animate", action="store_true", help="draw a range of days, one after the other")
    group.add_argument("--from", dest="first", type=_date, metavar="DATE", help="first day (default: the dataset's)")
    group.add_argument("--to", dest="last", type=_date, metavar="DATE", help="last day (default: the dataset's)")
    group.add_argument("--step", choices=animation.STEPS, default="day")
    group.add_argument("--width", type=int, default=animation.DEFAULT_WIDTH, metavar="PIXELS")
    return parser


def _date(text: str) -> pd.Timestamp:
    """A day as the command line has it. Raises ArgumentTypeError."""
    try:
        return pd.Timestamp(datetime.strptime(text, "%Y-%m-%d"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as YYYY-MM-DD") from error


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=data_folder(), metavar="DIR", help="folder of datasets")


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status: 0, 1 if nothing was found, 2 for an error that is explained."""
    parser = _parser()
    arguments = parser.parse_args(words)
    if arguments.run is export and arguments.animate != (arguments.format in animation.FORMATS):
        parser.error("--animate goes with --format gif or webp, and these two with --animate")
    try:
        status: int = arguments.run(arguments)
    except (HoldlineError, GeopyError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'} cannot be used ({error.strerror}).", file=sys.stderr)
    else:
        return status
    return 2


if __name__ == "__main__":
    sys.exit(main())
