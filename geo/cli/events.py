"""`python -m geo events`: control changes read from documents, or from a table of short notes about places."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from geo.cli.options import Commands, add_command, add_data, counted, day
from geo.errors import DatasetError, Problem
from geo.formats.datasets import choose_datasets, read_dataset
from geo.formats.documents import Document, document_table, iter_documents
from geo.formats.note_tables import read_note_table
from geo.formats.urls import read_url
from geo.places.gazetteer import Gazetteer
from geo.places.world import open_world
from geo.schema import empty_table
from geo.text.actors import ActorLexicon
from geo.text.notes import read_notes
from geo.text.reports import CHANGE, json_event, read_reports

_AT_ONCE = 100
_SCREEN = "-"


class _Names(NamedTuple):
    """Whose names count: a dataset's and the world's, or the world's alone."""

    gazetteer: Gazetteer
    places: pd.DataFrame
    actors: pd.DataFrame
    baseline: pd.DataFrame | None


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "events", "read control changes from documents")
    command.set_defaults(run=events)
    command.add_argument("path", metavar="FILE_OR_FOLDER", help="documents, or a .csv of notes; or a web address")
    command.add_argument("--published", type=day, metavar="DATE", help="day of publication, where a document has none")
    command.add_argument("--dataset", nargs=1, default=(), metavar="ID", help="whose names count besides the world's")
    command.add_argument("--out", default=_SCREEN, metavar="FILE", help="where the events go (default: the screen)")
    command.add_argument("--statements", action="store_true", help="also who holds a place, where nothing changed")
    command.add_argument("--text-column", metavar="NAME", help="of a .csv: the column of the notes")
    command.add_argument("--place-column", metavar="NAME", help="of a .csv: the column of the places they are about")
    command.add_argument("--published-column", metavar="NAME", help="of a .csv: the column of the day of publication")
    command.add_argument("--online", action="store_true", help="allow the network, to read a web address")
    add_data(command)


def events(arguments: argparse.Namespace) -> int:
    """Writes the control changes that documents report, one JSON object a line; 0, or 1 if nothing could be read."""
    names = _names(arguments)
    problems: list[Problem] = []
    tables = _of_table(arguments, names) if arguments.text_column else _of_documents(arguments, names, problems)
    count = told_count = 0
    out_file = None if arguments.out == _SCREEN else Path(arguments.out)
    with out_file.open("w", encoding="utf-8") if out_file else nullcontext(sys.stdout) as out:
        for table, read in tables:
            count += read
            told = table if arguments.statements else table[table["kind"] == CHANGE]
            told_count += len(told)
            out.writelines(
                json.dumps(json_event(event), ensure_ascii=False) + "\n" for event in told.to_dict("records")
            )
    for problem in problems:
        print(f"Skipped {problem}", file=sys.stderr)
    print(f"{counted(told_count, 'event')} from {counted(count, 'text')}; {len(problems):,} skipped", file=sys.stderr)
    return 0 if count else 1


def _names(arguments: argparse.Namespace) -> _Names:
    if not arguments.dataset:
        return _Names(
            Gazetteer(empty_table("places"), open_world()), empty_table("places"), empty_table("actors"), None
        )
    dataset = read_dataset(choose_datasets(arguments.data, arguments.dataset)[0])
    gazetteer = Gazetteer(dataset.places, open_world(), dataset.gazetteers)
    return _Names(gazetteer, dataset.places, dataset.actors, dataset.baseline)


def _of_documents(
    arguments: argparse.Namespace, names: _Names, problems: list[Problem]
) -> Iterator[tuple[pd.DataFrame, int]]:
    """The events of some documents at once, and the number of documents."""
    dated = (document for one in _documents(arguments, problems) if (document := _dated(one, arguments, problems)))
    while batch := list(islice(dated, _AT_ONCE)):
        documents = document_table(batch)
        told = read_reports(documents, names.gazetteer, names.places, names.actors, names.baseline)
        offsets = told["document_id"].map(dict(zip(documents["document_id"], documents["offset"], strict=True)))
        yield told.assign(start=told["start"] + offsets, end=told["end"] + offsets), len(batch)


def _documents(arguments: argparse.Namespace, problems: list[Problem]) -> Iterable[Document]:
    if arguments.path.startswith(("http://", "https://")):
        return [read_url(arguments.path, online=arguments.online or None)]
    path = Path(arguments.path)
    if not path.exists():
        problem = Problem(path.name, None, None, "there is no such file or folder: correct the path")
        raise DatasetError(str(path), [problem])
    return iter_documents(path, problems.append)


def _dated(document: Document, arguments: argparse.Namespace, problems: list[Problem]) -> Document | None:
    """The document with the day of publication that was given, or its own; None if it has none."""
    if arguments.published is not None:
        return replace(document, published=arguments.published.date())
    if document.published is None:
        problems.append(Problem(document.document_id, None, "published", "has no value: give --published YYYY-MM-DD"))
        return None
    return document


def _of_table(arguments: argparse.Namespace, names: _Names) -> Iterator[tuple[pd.DataFrame, int]]:
    columns = (arguments.text_column, arguments.place_column, arguments.published_column)
    published: date | None = arguments.published.date() if arguments.published is not None else None
    notes = read_note_table(Path(arguments.path), *columns, published, names.gazetteer)
    yield read_notes(notes, ActorLexicon(names.actors, world=True)), len(notes)
