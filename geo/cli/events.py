"""`python -m geo events`: control changes read from a document."""

import argparse
import json
from pathlib import Path

from geo.cli.options import Commands, add_data
from geo.formats.cells import json_records
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.documents import read_document
from geo.pipeline import read_documents


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = commands.add_parser("events", help="read control changes from a document")
    command.set_defaults(run=events)
    command.add_argument("file", type=Path, metavar="FILE", help=".md with front matter, or .txt")
    command.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD; needed for a .txt")
    command.add_argument("--dataset", nargs=1, default=(), metavar="ID", help="whose names count (default: the first)")
    add_data(command)


def events(arguments: argparse.Namespace) -> int:
    """Prints the control changes that a document reports, one JSON object a line."""
    overrides = {"published": arguments.published} if arguments.published else {}
    document = read_document(arguments.file, **overrides)
    dataset = read_dataset(choose_datasets(arguments.data, arguments.dataset)[0])
    for event in json_records(read_documents(document, dataset).events):
        print(json.dumps(event, ensure_ascii=False))
    return 0
