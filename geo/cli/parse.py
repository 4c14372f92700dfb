"""`python -m geo parse`: the places that documents name, one JSON object a line."""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tqdm import tqdm

from geo import __version__
from geo.archives import (
    Parsed,
    Recipe,
    Workers,
    dask_workers,
    find_rows,
    local_workers,
    open_gazetteer,
    parse_piece,
    pieces,
)
from geo.cli.options import Commands, add_command, add_data, counted
from geo.errors import Problem
from geo.formats.mention_files import MentionFile, MentionStream, mention_lines, remaining_sources
from geo.formats.sources import Source, find_files, total_bytes
from geo.places.world_table import read_rows
from geo.text.spacy_spans import open_model

_SCREEN = "-"
_INTERRUPTED = 130


def register(commands: Commands) -> None:
    """Adds the command to the parser."""
    command = add_command(commands, "parse", "find the places that documents name")
    command.set_defaults(run=parse, parser=command)
    command.add_argument("path", metavar="FILE_OR_FOLDER", help="documents, see docs/parsing.md; or a web address")
    command.add_argument("--out", default=_SCREEN, metavar="FILE", help="where the mentions go (default: the screen)")
    command.add_argument(
        "--focus",
        action="append",
        default=[],
        type=_country,
        metavar="CODE",
        help="country that the documents are about, such as SY; may be repeated",
    )
    command.add_argument("--dataset", nargs=1, default=(), metavar="ID", help="its places count, its country is focus")
    command.add_argument(
        "--gazetteer",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="places of your own (docs/gazetteers.md); may be repeated",
    )
    command.add_argument("--workers", type=_number, default=1, metavar="N", help="processes to read with (default: 1)")
    command.add_argument("--dask", metavar="ADDRESS", help="read with a Dask cluster, such as tcp://host:8786")
    command.add_argument("--spacy", default="", metavar="MODEL", help="also count the places that a spaCy model sees")
    command.add_argument("--online", action="store_true", help="allow the network, to read a web address")
    command.add_argument("--restart", action="store_true", help="begin again what was interrupted")
    add_data(command)


def parse(arguments: argparse.Namespace) -> int:
    """Writes the mentions of all documents; returns 0, 1 if no document could be read, 130 if interrupted."""
    recipe = _recipe(arguments)
    if recipe.model:
        open_model(recipe.model)
    open_gazetteer(recipe)  # says what is wrong with the files, and converts them, before any process is started
    if arguments.path.startswith(("http://", "https://")):
        return _parse_url(arguments, recipe)
    arguments.path = Path(arguments.path)
    output = _output(arguments, recipe)
    with ExitStack() as stack:
        stack.enter_context(output)
        total = total_bytes(arguments.path, output.files) if sys.stderr.isatty() else None
        bar = stack.enter_context(
            tqdm(total=total, initial=output.progress.read_bytes, unit="B", unit_scale=True, disable=None)
        )
        sources = remaining_sources(find_files(arguments.path, output.files), output.progress)
        try:
            for piece, parsed in _parsed(recipe, pieces(sources), _workers(arguments, stack)):
                output.write(parsed.lines, output.progress.after(piece, **parsed.counts()))
                bar.update(sum(source.size_bytes for source in piece))
                _report(parsed.problems)
        except KeyboardInterrupt:
            print("Interrupted: the same command carries on from here.", file=sys.stderr)
            return _INTERRUPTED
        output.finish()
    done = output.progress
    print(
        f"{counted(done.documents, 'document')}, {counted(done.mentions, 'mention')}, "
        f"{done.waiting:,} of them waiting for review; {done.skipped:,} skipped",
        file=sys.stderr,
    )
    return 0 if done.documents else 1


def _parse_url(arguments: argparse.Namespace, recipe: Recipe) -> int:
    from geo.formats.urls import read_url

    document = read_url(arguments.path, online=arguments.online or None)
    mentions = find_rows([document], open_gazetteer(recipe), recipe)
    if arguments.out == _SCREEN:
        print(mention_lines(mentions), end="")
    else:
        Path(arguments.out).write_text(mention_lines(mentions), encoding="utf-8")
    return 0


def _parsed(
    recipe: Recipe, waiting: Iterable[list[Source]], workers: Workers | None
) -> Iterator[tuple[list[Source], Parsed]]:
    if workers:
        return workers.parse(recipe, waiting)
    return ((piece, parse_piece(recipe, piece)) for piece in waiting)


def _workers(arguments: argparse.Namespace, stack: ExitStack) -> Workers | None:
    if arguments.dask:
        return stack.enter_context(dask_workers(arguments.dask))
    return stack.enter_context(local_workers(arguments.workers)) if arguments.workers > 1 else None


def _output(arguments: argparse.Namespace, recipe: Recipe) -> MentionFile | MentionStream:
    path = Path(arguments.out)
    if arguments.out == _SCREEN:
        return MentionStream(sys.stdout)
    if path.exists() and not path.is_file():
        return MentionStream(path.open("w", encoding="utf-8"))
    return MentionFile(path, _fingerprint(arguments.path, recipe), arguments.restart)


def _recipe(arguments: argparse.Namespace) -> Recipe:
    """The dataset that is named, else those of the countries in focus; and the user's own places."""
    gazetteers = tuple(path.resolve() for path in arguments.gazetteer)
    if not arguments.dataset and not arguments.focus:
        return Recipe(gazetteers=gazetteers, model=arguments.spacy)
    from geo.formats.datasets import choose_datasets, find_datasets  # and with it pandas, only if it is needed

    if arguments.dataset:
        folders = choose_datasets(arguments.data, arguments.dataset)
    else:
        folders = [folder for folder in find_datasets(arguments.data) if _country_of(folder) in arguments.focus]
    own = [code for code in map(_country_of, folders) if code]
    known = {row["country_code"] for row in read_rows("countries.csv")}.union(own)
    for code in arguments.focus:
        if code not in known:
            arguments.parser.error(f"argument --focus: no country and no dataset has the code {code}; write it as SY")
    countries = {*arguments.focus, *own}
    return Recipe(
        places=tuple((folder / "places.csv").resolve() for folder in folders),
        gazetteers=gazetteers,
        focus=tuple(sorted(countries)),
        model=arguments.spacy,
    )


def _country_of(folder: Path) -> str:
    from geo.formats.datasets import DATASET_FILE
    from geo.formats.keyed import read_toml

    return str(read_toml(folder / DATASET_FILE).get("country_code", ""))


def _fingerprint(path: Path, recipe: Recipe) -> str:
    """A hash of all that decides what comes out for a document."""
    places = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (*recipe.places, *recipe.gazetteers)]
    asked = [__version__, str(path.resolve()), recipe.focus, recipe.model, places]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(problem))
        tqdm.write(f"Skipped {shown}", file=sys.stderr)


def _country(text: str) -> str:
    code = text.upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise argparse.ArgumentTypeError(f"{text!r} is not a country code: use two letters, such as SY")
    return code


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes: write it like 2")
    return int(text)
