"""A dataset's folder: dataset.toml, five CSV tables with their origins, and the documents that it names.

With `[states]` or `[polygons]` in dataset.toml the history comes from a table of states by day or from dated polygons;
baseline.csv, events.csv and claims.csv may then be left out, and what they hold is added. See docs/datasets.md.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path, PurePath
from typing import NamedTuple

import pandas as pd

from geo.dataset import Dataset
from geo.errors import BoundaryError, DatasetError, Problem, UnknownDatasetError
from geo.formats import dated_polygons, state_tables
from geo.formats.area_settings import AreaSettings, parse_area_settings
from geo.formats.documents import parse_documents
from geo.formats.gazetteers import open_gazetteer_file
from geo.formats.keyed import KeyedFile, keyed_table, read_toml
from geo.formats.observed import Frame, Observed
from geo.formats.origins import parse_origins
from geo.formats.rule_settings import SECTION, parse_rule_settings
from geo.formats.slips import find_slips
from geo.formats.tables import parse_table
from geo.places.packed import PackedPlaces
from geo.references import check_references
from geo.schema import empty_table
from geo.validation import shown

DATASET_FILE = "dataset.toml"
GAZETTEER = "gazetteer"
SEEDS = "seeds"
"""Folder of documents beside the folder of the datasets, which all of them may use."""
_LEADS_OUT = (
    "leads out of the dataset's folder: documents lie below it, or below `seeds` beside the folder of the datasets"
)
TABLES = ("places", "actors", "baseline", "events", "claims", "sources")
_REVIEW = "review"
KNOWN_KEYS = (
    *("title", "title_local", "description", "start_date", "end_date", "focus_place_id", "country_code", "documents"),
    *("[areas]", "[gazetteer]", "[polygons]", "[review] second_person_above_km2", "[rules]", "[states]"),
)
"""What dataset.toml may have, as a message lists it."""
MAY_BE_LEFT_OUT = ("sources",)
MAY_BE_LEFT_OUT_WITH_HISTORY = ("baseline", "events", "claims", "sources")


class Source(NamedTuple):
    """A way to read a history from observations: the key that names its file, and the reader."""

    file_key: str
    parse: Callable[[Path, object, str, Frame], tuple[Observed, list[Problem]]]


SOURCES = {
    state_tables.TABLE: Source("file", state_tables.parse_states),
    dated_polygons.TABLE: Source("files", dated_polygons.parse_polygons),
}


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
    settings, document_files, sources, gazetteer_files, areas, problems = _parse_settings(folder)
    data_files = [folder / f"{name}.csv" for name in TABLES]
    optional = MAY_BE_LEFT_OUT_WITH_HISTORY if sources else MAY_BE_LEFT_OUT
    data_files = [file for file in data_files if file.exists() or file.stem not in optional]
    tables = dict(settings)
    for path in data_files:
        tables[path.stem], unfit = parse_table(path.stem, path)
        problems += unfit
    observed, unfit = _observed(folder, sources, tables, problems)
    problems += unfit
    if not observed.places.empty:
        tables["places"] = pd.concat([tables["places"], observed.places.rename_axis(index="row")])
    tables["documents"], unfit = parse_documents(document_files)
    problems += unfit
    tables["origins"], unfit = parse_origins(
        [*data_files, *areas.files, *_source_files(folder, sources), *gazetteer_files]
    )
    if not document_files and any(problem.file == DATASET_FILE for problem in problems):
        del tables["documents"]  # whose ids nobody knows then
    problems += unfit + check_references(tables)
    gazetteers, unfit = _gazetteers(gazetteer_files)
    problems += unfit
    if problems:
        raise DatasetError(folder.name, problems)
    for name, imported in (("baseline", observed.baseline), ("events", observed.events)):
        tables[name] = pd.concat([tables.get(name, empty_table(name)), imported])
    for name in MAY_BE_LEFT_OUT_WITH_HISTORY:
        tables.setdefault(name, empty_table(name))
    gaps = pd.concat([observed.gaps, find_slips(tables)], ignore_index=True)
    return Dataset.from_tables(tables | {"gaps": gaps}, observed.boundaries, gazetteers)


def read_gazetteers(folder: Path) -> tuple[PackedPlaces, ...]:
    """The gazetteers that a dataset's folder names. Raises DatasetError."""
    keys = read_toml(folder / DATASET_FILE)
    files, problems = _gazetteer_files(folder, keys.get(GAZETTEER, {"files": []}))
    gazetteers, unfit = _gazetteers(files)
    if problems + unfit:
        raise DatasetError(folder.name, problems + unfit)
    return gazetteers


def _gazetteers(files: Sequence[Path]) -> tuple[tuple[PackedPlaces, ...], list[Problem]]:
    """The gazetteers of files, and all that is wrong with them."""
    opened: list[PackedPlaces] = []
    problems: list[Problem] = []
    for file in files:
        try:
            opened.append(open_gazetteer_file(file))
        except DatasetError as error:
            problems += error.problems
        except BoundaryError as error:
            problems.append(Problem(file.name, None, None, str(error)))
    return tuple(opened), problems


def _observed(
    folder: Path, sources: Mapping[str, object], tables: Mapping[str, pd.DataFrame], problems: Sequence[Problem]
) -> tuple[Observed, list[Problem]]:
    """What the dataset's table of states or its polygons say, once dataset.toml, places and actors are right."""
    if not sources or problems:
        return Observed(), []
    if len(sources) > 1:
        return Observed(), [
            Problem(DATASET_FILE, None, " and ".join(sources), "cannot stand together: make two datasets")
        ]
    settings = tables["dataset"].iloc[0]
    if settings["focus_place_id"] not in set(tables["places"]["place_id"]):
        return Observed(), []  # which is a problem of dataset.toml that is found with the others
    frame = Frame(
        start_date=settings["start_date"],
        end_date=settings["end_date"],
        place_id=settings["focus_place_id"],
        country_code=settings["country_code"],
        actors=frozenset(tables["actors"]["actor_id"]),
    )
    [(name, keys)] = sources.items()
    observed, unfit = SOURCES[name].parse(folder, keys, DATASET_FILE, frame)
    shared = observed.places["place_id"].isin(tables["places"]["place_id"])
    unfit += [
        Problem("places.csv", None, "place_id", f"{shown(place_id)} is also an id that [{name}] makes: give another")
        for place_id in observed.places.loc[shared, "place_id"]
    ]
    return observed, unfit


def _source_files(folder: Path, sources: Mapping[str, object]) -> list[Path]:
    """The files that [states] or [polygons] name, as if they lay in the dataset's folder: there their origins do."""
    named = [keys.get(SOURCES[name].file_key) for name, keys in sources.items() if isinstance(keys, Mapping)]
    return [folder / Path(name).name for name in named if isinstance(name, str) and Path(name).name]


def _parse_settings(
    folder: Path,
) -> tuple[dict[str, pd.DataFrame], list[Path], dict[str, object], list[Path], AreaSettings, list[Problem]]:
    """Tables dataset and rule_settings, document files, keys of SOURCES, gazetteer files, [areas], and problems."""
    try:
        keys = read_toml(folder / DATASET_FILE)
    except DatasetError as error:
        return {"dataset": empty_table("dataset")}, [], {}, [], AreaSettings(), list(error.problems)
    globs = keys.pop("documents", None)
    review = keys.pop(_REVIEW, {})
    rules, unfit_rules = parse_rule_settings(keys.pop(SECTION, {}), DATASET_FILE)
    sources = {name: keys.pop(name) for name in SOURCES if name in keys}
    documents, problems = _document_files(folder, globs)
    areas, unfit = parse_area_settings(folder, keys.pop("areas", {}), DATASET_FILE)
    problems += unfit
    gazetteers, unfit = _gazetteer_files(folder, keys.pop(GAZETTEER, {"files": []}))
    problems += unfit + unfit_rules
    if not isinstance(review, dict):
        problems.append(Problem(DATASET_FILE, None, _REVIEW, f"is not a table: write it as [{_REVIEW}]"))
        review = {}
    derived = {"dataset_id": folder.name, **areas.cells}
    file = KeyedFile(DATASET_FILE, keys | review, derived, KNOWN_KEYS)
    frame, unfit = keyed_table("dataset", [file])
    return {"dataset": frame, "rule_settings": rules}, documents, sources, gazetteers, areas, problems + unfit


def _gazetteer_files(folder: Path, keys: object) -> tuple[list[Path], list[Problem]]:
    """The files that [gazetteer] names, from the dataset's folder on."""
    files = keys.get("files") if isinstance(keys, dict) and set(keys) == {"files"} else None
    if not isinstance(files, list) or not all(isinstance(name, str) and name for name in files):
        message = 'is not a table with a list of files: write [gazetteer] and files = ["SY.txt"]'
        return [], [Problem(DATASET_FILE, None, GAZETTEER, message)]
    return [folder / name for name in files], []


def _stays_inside(folder: Path, pattern: str) -> bool:
    """Whether a pattern looks for files only where a dataset's documents may lie; nothing is looked up elsewhere."""
    parts = PurePath(pattern).parts
    fixed = list(takewhile(lambda part: not set(part) & set("*?["), parts))
    return ".." not in parts[len(fixed) :] and _is_inside(folder, folder.joinpath(*fixed))


def _is_inside(folder: Path, file: Path) -> bool:
    datasets = folder.resolve().parent
    return any(file.resolve().is_relative_to(each) for each in (folder.resolve(), datasets.parent / SEEDS))


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
            if not _stays_inside(folder, pattern):
                problems.append(problem(f"{shown(pattern)} {_LEADS_OUT}"))
                continue
            found = sorted(file for file in folder.glob(pattern) if file.is_file())
        except (ValueError, NotImplementedError) as error:
            problems.append(problem(f"{shown(pattern)} is not a pattern for files below a folder: {error}"))
            continue
        if not found:
            problems.append(problem(f"{shown(pattern)} names no file: correct it or remove it"))
        links = [file for file in found if not _is_inside(folder, file)]
        problems += [problem(f"{shown(pattern)} names {shown(file.name)}, a link that {_LEADS_OUT}") for file in links]
        files |= {file.resolve(): file for file in found if file not in links}
    return sorted(files.values(), key=lambda file: (file.name, file)), problems
