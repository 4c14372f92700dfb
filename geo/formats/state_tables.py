"""A table of place states by day (`[states]` in dataset.toml): one row for each place and day, CSV, also compressed.

    [states]
    file = "control.csv.gz"     # relative to the dataset's folder
    carry_days = 14             # a state counts for so many days without a row, then the place is unknown
    same_place_km = 5           # coordinates of one name further apart are another place, or a correction
    repeated_names = "keep"     # or "drop": leave out names whose coordinates lie further apart
    bounds = [22, 44, 41, 53]   # west, south, east, north: coordinates outside are not used
    columns = { place = "place", latitude = "lat", longitude = "lon", date = "date", holder = "held_by" }

    [states.holders]            # see `geo.formats.meanings`

How rows become places: `geo.places.identity`; how days become a history: `geo.observations`. Whatever a row does
not tell is counted (table `gaps`).
"""

import zlib
from pathlib import Path

import pandas as pd

from geo.errors import DatasetError, Problem
from geo.formats.compressed import opened
from geo.formats.meanings import parse_meanings
from geo.formats.observed import Frame, Gaps, Observed
from geo.formats.options import Options
from geo.observations import history
from geo.places.identity import identify
from geo.schema import DTYPES
from geo.validation import shown

TABLE = "states"
_COLUMNS = ("place", "latitude", "longitude", "date", "holder")
_DEGREES = [-180.0, -90.0, 180.0, 90.0]


def parse_states(folder: Path, keys: object, settings: str, frame: Frame) -> tuple[Observed, list[Problem]]:
    """The places and their history, and all problems of the settings or the file. settings: file name of the keys."""
    options = Options(keys, settings, TABLE)
    file = options.text("file")
    carry_days = int(options.number("carry_days", 14))
    same_place_km = options.number("same_place_km", 5)
    drops = options.choice("repeated_names", ("keep", "drop")) == "drop"
    bounds = options.numbers("bounds", 4) or _DEGREES
    columns = _column_names(options)
    meanings, unfit = parse_meanings(options.value("holders"), frame.actors, settings, f"{TABLE}.holders")
    problems = options.done() + unfit
    if problems:
        return Observed(), problems
    try:
        cells = _read(folder / file, columns)
    except DatasetError as error:
        return Observed(), list(error.problems)
    problems = _unknown_words(cells, meanings, settings, columns["holder"])
    if problems:
        return Observed(), problems

    gaps = Gaps(Path(file).name)
    rows = _within(_typed(cells, bounds, gaps), frame, gaps)
    if rows["latitude"].isna().all():
        advice = "has no row with coordinates on the days from start_date to end_date: correct these in dataset.toml"
        return Observed(), [Problem(Path(file).name, None, None, advice)]
    found = identify(rows, same_place_km, carry_days, frame.place_id, frame.country_code)
    gaps.note("names of several places, told apart by their coordinates", found.repeated if not drops else [])
    gaps.note("names of several places, left out", found.repeated if drops else [])
    gaps.note("rows at coordinates that their name has later given up for others far away, left out", found.given_up)
    gaps.note("names of places that stand on the point of another, taken as one place", found.renamed)
    gaps.note("rows without coordinates of a place that cannot be told, left out", found.lost)
    place_ids = found.place_ids.mask(rows["name"].isin(found.repeated)) if drops else found.place_ids
    rows = rows.assign(place_id=place_ids).dropna(subset="place_id")
    states = _one_a_day(rows.join(meanings, on="holder"), gaps)
    baseline, events = history(states, frame.end_date, carry_days)
    silent = events[(events["status"] == "unknown") & (events["basis"] == "inferred")]
    gaps.note(f"times that a place became unknown after {carry_days} days without a row", silent["place_id"])
    places = found.places[found.places["place_id"].isin(states["place_id"])]
    return Observed(places, baseline, events, gaps.table()), []


def _column_names(options: Options) -> dict[str, str]:
    """The file's name of each column that is needed."""
    given = options.value("columns")
    names = given if isinstance(given, dict) else {}
    if given is not None and (given is not names or not all(isinstance(name, str) for name in names.values())):
        options.problem("columns", 'is not a table of texts: write it like { place = "name", holder = "held_by" }')
        names = {}
    for name in names:
        if name not in _COLUMNS:
            options.problem(f"columns.{name}", f"is not one of {', '.join(_COLUMNS)}")
    return {column: str(names.get(column, column)) for column in _COLUMNS}


def _read(path: Path, columns: dict[str, str]) -> pd.DataFrame:
    """The needed columns as text under our names, the index numbering lines. Raises DatasetError."""

    def error(message: str, column: str | None = None) -> DatasetError:
        return DatasetError(str(path), [Problem(path.name, None, column, message)])

    try:
        with opened(path) as file:
            cells = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except DatasetError:
        raise
    except FileNotFoundError as missing:
        raise error("the file is missing: add it, or correct its name") from missing
    except UnicodeDecodeError as unread:
        raise error("is not in UTF-8: save the file again as UTF-8") from unread
    except (OSError, EOFError, zlib.error, ValueError) as unread:
        raise error(f"cannot be read as CSV: {unread}") from unread
    absent = [name for name in columns.values() if name not in cells]
    if absent:
        raise DatasetError(
            str(path),
            [Problem(path.name, 1, name, "is missing: name the column in [states] columns") for name in absent],
        )
    # Any space counts as one plain space: a no-break space cannot be told from it by eye.
    cells = cells[list(columns.values())].set_axis(list(columns), axis="columns")
    cells = cells.apply(lambda column: column.str.replace(r"\s+", " ", regex=True).str.strip())
    return cells.set_axis(pd.RangeIndex(2, len(cells) + 2, name="row"))


def _unknown_words(cells: pd.DataFrame, meanings: pd.DataFrame, settings: str, column: str) -> list[Problem]:
    """A problem for each word of the holder column that dataset.toml does not explain."""
    words = cells.loc[~cells["holder"].isin(meanings.index), "holder"]
    return [
        Problem(
            settings,
            None,
            f"{TABLE}.holders",
            f"does not say what {shown(word)} means ({count} rows, column {column}, the first is row "
            f"{words.index[words == word][0]}): add it",
        )
        for word, count in words.value_counts(sort=False).items()
    ]


def _typed(cells: pd.DataFrame, bounds: list[float], gaps: Gaps) -> pd.DataFrame:
    """name, latitude, longitude, date, holder and note of the rows that have a day and a name."""
    date = pd.to_datetime(cells["date"], format="%Y-%m-%d", errors="coerce").astype(DTYPES["date"])
    gaps.note("rows whose date cannot be read (it must be YYYY-MM-DD), left out", cells.loc[date.isna(), "date"])
    unnamed = cells["place"] == ""
    gaps.note("rows without the name of a place, left out", cells.index[unnamed])
    latitude = pd.to_numeric(cells["latitude"], errors="coerce")
    longitude = pd.to_numeric(cells["longitude"], errors="coerce")
    west, south, east, north = bounds
    is_inside = latitude.between(south, north) & longitude.between(west, east)
    blank = (cells["latitude"] == "") & (cells["longitude"] == "")
    gaps.note("rows without coordinates, known by the name of their place if it has one elsewhere", cells.index[blank])
    wrong = ~is_inside & ~blank
    gaps.note("rows whose coordinates cannot be used (no numbers, or out of bounds)", cells.loc[wrong, "place"])
    rows = pd.DataFrame(
        {
            "name": cells["place"],
            "latitude": latitude.where(is_inside),
            "longitude": longitude.where(is_inside),
            "date": date,
            "holder": cells["holder"],
        }
    )
    return rows[date.notna() & ~unnamed]


def _within(rows: pd.DataFrame, frame: Frame, gaps: Gaps) -> pd.DataFrame:
    """The rows of the dataset's days."""
    is_within = rows["date"].between(frame.start_date, frame.end_date)
    gaps.note("rows outside the days of the dataset, left out", rows.loc[~is_within, "date"].dt.strftime("%Y-%m-%d"))
    days = pd.date_range(frame.start_date, frame.end_date, unit="s")
    gaps.note("days without any row", days[~days.isin(rows["date"])].strftime("%Y-%m-%d"))
    return rows[is_within]


def _one_a_day(rows: pd.DataFrame, gaps: Gaps) -> pd.DataFrame:
    """One row for each place and day: of rows that agree the first; a day on which they disagree tells nothing."""
    day = ["place_id", "date"]
    said = rows.drop_duplicates([*day, "status", "assertion", "first", "second"])
    gaps.note(
        "rows that repeat another row of their place and day", rows.loc[rows.index.difference(said.index), "name"]
    )
    disagrees = said.duplicated(day, keep=False)
    gaps.note(
        "days of a place on which its rows disagree, left out",
        said.loc[disagrees, "name"],
        count=len(said[disagrees].drop_duplicates(day)),
    )
    kept = said[~disagrees]
    note = (
        "Row "
        + kept.index.astype(str)
        + ": "
        + kept["holder"].map({word: shown(word) for word in rows["holder"].unique()})
    )
    return kept.assign(basis="observed", note=note)
