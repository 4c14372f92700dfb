"""A dataset's folder: dataset.toml, five CSV tables with their origins, and the documents that it names."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo.dataset import Dataset
from geo.errors import DatasetError, Problem, UnknownDatasetError
from geo.formats.documents import parse_documents
from geo.formats.keyed import KeyedFile, keyed_table, read_toml
from geo.formats.origins import parse_origins
from geo.formats.tables import parse_table
from geo.references import check_references
from geo.schema import empty_table
from geo.validation import shown

DATASET_FILE = "dataset.toml"
TABLES = ("places", "actors", "baseline", "events", "claims")


def find_datasets(data_folder: Path) -> list[Path]:
    """The folders that hold a dataset.toml, sorted by name."""
    return sorted(file.parent for file in data_folder.glob(f"*/{DATASET_FILE}"))


def choose_datasets(data_folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """The folders of the named datasets, of all of them if none is named.

    Raises UnknownDatasetError when there is none at all or none of that name.
    """
    folders = {folder.name: folder for folder in find_datasets(data_folder)}
    if not folders:
        raise UnknownDatasetError(f"{data_folder} holds no dataset, that is, no folder with a {DATASET_FILE} in it.")
    for name in names:
        if name not in folders:
            raise UnknownDatasetError(f"There is no dataset {shown(name)} in {data_folder}: use {', '.join(folders)}.")
    return [folders[name] for name in names or folders]


def read_dataset(folder: Path) -> Dataset:
    """The dataset of a folder, checked as a whole.

    Raises DatasetError with the problems of all files at once; nothing is half loaded.
    """
    settings, document_files, problems = _parse_settings(folder)
    data_files = {name: folder / f"{name}.csv" for name in TABLES}
    tables = {"dataset": settings}
    for name, path in data_files.items():
        tables[name], unfit = parse_table(name, path)
        problems += unfit
    tables["documents"], unfit = parse_documents(document_files)
    problems += unfit
    tables["origins"], unfit = parse_origins(data_files.values())
    problems += unfit + check_references(tables)
    if problems:
        raise DatasetError(folder.name, problems)
    return Dataset.from_tables(tables)


def _parse_settings(folder: Path) -> tuple[pd.DataFrame, list[Path], list[Problem]]:
    """Table `dataset` with its one row, the document files, and all problems of dataset.toml."""
    try:
        keys = read_toml(folder / DATASET_FILE)
    except DatasetError as error:
        return empty_table("dataset"), [], list(error.problems)
    globs = keys.pop("documents", None)
    rules = keys.pop("rules", {})
    documents, problems = _document_files(folder, globs)
    if not isinstance(rules, dict):
        problems.append(Problem(DATASET_FILE, None, "rules", "is not a table: write it as [rules]"))
        rules = {}
    settings = {"extracted_events": "review"} | keys | rules
    file = KeyedFile(DATASET_FILE, settings, {"dataset_id": folder.name})
    frame, unfit = keyed_table("dataset", [file])
    return frame, documents, problems + unfit


def _document_files(folder: Path, globs: object) -> tuple[list[Path], list[Problem]]:
    """The files that the patterns of dataset.toml name, each once, sorted by name."""

    def problem(message: str) -> Problem:
        return Problem(DATASET_FILE, None, "documents", message)

    if not isinstance(globs, list) or not all(isinstance(pattern, str) for pattern in globs):
        return [], [problem('is not a list of patterns: write it like ["documents/*.md"]')]
    problems = []
    files: dict[Path, Path] = {}
    for pattern in globs:
        try:
            found = sorted(file for file in folder.glob(pattern) if file.is_file())
        except (ValueError, NotImplementedError) as error:
            problems.append(problem(f"{shown(pattern)} is not a pattern for files below a folder: {error}"))
            continue
        if not found:
            problems.append(problem(f"{shown(pattern)} names no file: correct it or remove it"))
        files |= {file.resolve(): file for file in found}
    return sorted(files.values(), key=lambda file: (file.name, file)), problems
