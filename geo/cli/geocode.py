"""`python -m geo geocode`: a place by its name."""

import argparse
import json
import sys

import pandas as pd

from geo.cli.options import Commands, add_command, add_data
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.folders import build_folder
from geo.places.gazetteer import Gazetteer
from geo.places.geocoder import GazetteerGeocoder
from geo.places.online import open_geocoder
from geo.places.world import open_world

_CACHE = "geocode.sqlite"


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "geocode", "find a place by name")
    command.set_defaults(run=geocode)
    command.add_argument("name", metavar="NAME", help="such as 'Sheikh Saeed, Aleppo'")
    command.add_argument("--online", action="store_true", help="ask Nominatim for what the gazetteer lacks")
    command.add_argument("--country", metavar="CODE", help="two letters, such as SY")
    add_data(command)


def geocode(arguments: argparse.Namespace) -> int:
    """Prints the places that a name can mean, best first, one JSON object a line."""
    own_places = [read_dataset(folder).places for folder in choose_datasets(arguments.data)]
    gazetteer = Gazetteer(pd.concat(own_places, ignore_index=True), open_world())
    cache_file = build_folder() / _CACHE
    geocoder = open_geocoder(GazetteerGeocoder(gazetteer), cache_file, online=arguments.online or None)
    found = geocoder.geocode(arguments.name, exactly_one=False, country_codes=arguments.country)
    if not found:
        print(f"No place is known as {arguments.name!r}.", file=sys.stderr)
        return 1
    for location in found:
        print(json.dumps({"name": location.address, **location.raw}, ensure_ascii=False))
    return 0
