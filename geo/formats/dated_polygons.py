"""Polygons of many days (`[polygons]` in dataset.toml): one vector file a day, the day in its name.

    [polygons]
    files = "snapshots"          # a folder or a .zip, relative to the dataset's folder
    date_pattern = '(\\d{4})-?(\\d{2})-?(\\d{2})'   # year, month and day in the name of a file
    holder = "crown"             # who holds the ground inside; or
    holder_column = "side"       # the column that says it, with its words under [polygons.holders]
    outside = "league"           # who holds ground that lies inside on other days only; unknown if left out
    snap_m = 10                  # borders drawn anew within this distance are the same
    carry_days = 14              # as in [states]

    [polygons.holders]           # see `geo.formats.meanings`

The polygons are cut into pieces (`geo.overlay`); each piece is a place and its own boundary. Ground inside is
observed; ground outside is inferred: no polygon says anything about it. How days become a history:
`geo.observations`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import WGS84
from geo.errors import BoundaryError, DatasetError, Problem
from geo.formats.boundaries import read_boundaries
from geo.formats.meanings import parse_meanings
from geo.formats.observed import Frame, Gaps, Observed
from geo.formats.options import Options
from geo.formats.zips import opened_zip
from geo.observations import history
from geo.overlay import pieces
from geo.places.nearby import beside_towns
from geo.schema import DTYPES, PIECE_OF_GROUND, conform
from geo.validation import shown

TABLE = "polygons"
_SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml", ".gml")
_DATE_PATTERN = r"(\d{4})-?(\d{2})-?(\d{2})"
_INSIDE = "inside"


def parse_polygons(folder: Path, keys: object, settings: str, frame: Frame) -> tuple[Observed, list[Problem]]:
    """The pieces and their history, and all problems of the settings or the files. settings: file name of the keys."""
    options = Options(keys, settings, TABLE)
    source = options.text("files")
    pattern = _pattern(options)
    snap_m = options.number("snap_m", 10)
    carry_days = int(options.number("carry_days", 14))
    column = options.text("holder_column", "")
    holder, holders, outside = options.value("holder"), options.value("holders"), options.value("outside")
    if bool(column) == (holder is not None):
        options.problem("holder", "or holder_column must be there, one of the two: add or remove one")
    inside, unfit = parse_meanings(holders if column else {_INSIDE: holder}, frame.actors, settings, f"{TABLE}.holders")
    beyond, unfit_beyond = parse_meanings(
        {"": outside if outside is not None else {"status": "unknown"}}, frame.actors, settings, f"{TABLE}.outside"
    )
    problems = options.done() or unfit + unfit_beyond
    if problems:
        return Observed(), problems

    gaps = Gaps(Path(source).name)
    try:
        polygons = read_snapshots(folder / source, pattern, column, gaps)
    except DatasetError as error:
        return Observed(), list(error.problems)
    words = polygons.loc[~polygons["holder"].isin(inside.index), "holder"].unique()
    if len(words):
        advice = f"does not say what {', '.join(map(shown, words))} of column {column} means: add it"
        return Observed(), [Problem(settings, None, f"{TABLE}.holders", advice)]
    is_within = polygons["date"].between(frame.start_date, frame.end_date)
    gaps.note("polygons outside the days of the dataset, left out", polygons.loc[~is_within, "file"])
    polygons = polygons[is_within].reset_index(drop=True)
    if polygons.empty:
        advice = "holds no polygon of the days from start_date to end_date: correct these in dataset.toml"
        return Observed(), [Problem(Path(source).name, None, None, advice)]
    cut = pieces(polygons.geometry, snap_m)
    places = _as_places(cut, frame)
    states = _states(cut.assign(place_id=places["place_id"]), polygons, inside, beyond, gaps)
    baseline, events = history(states, frame.end_date, carry_days)
    boundaries = gpd.GeoDataFrame({"place_id": places["place_id"]}, geometry=cut.geometry)
    return Observed(places, baseline, events, gaps.table(), boundaries), []


def read_snapshots(source: Path, pattern: re.Pattern[str], holder_column: str, gaps: Gaps) -> gpd.GeoDataFrame:
    """date, holder (text), file and geometry (EPSG:4326) of every polygon of a folder or zip, sorted by date.

    Without a holder_column the holder is the text `inside`. Raises DatasetError with the problems of all files.
    """
    problems: list[Problem] = []
    frames: list[gpd.GeoDataFrame] = []
    with _folder(source) as folder:
        files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in _SUFFIXES)
        dates = [_date(file.name, pattern) for file in files]
        undated = [file.name for file, date in zip(files, dates, strict=True) if date is None]
        gaps.note("files without a day in their name, left out", undated)
        for file, date in zip(files, dates, strict=True):
            if date is None:
                continue
            try:
                frames.append(_snapshot(file, date, holder_column))
            except BoundaryError as error:
                problems.append(Problem(file.name, None, None, str(error)))
    if not frames and not problems:
        problems.append(Problem(source.name, None, None, f"holds no dated file of polygons ({', '.join(_SUFFIXES)})"))
    if problems:
        raise DatasetError(str(source), problems)
    polygons = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True)).sort_values(["date", "file"], ignore_index=True)
    return polygons.astype({"date": DTYPES["date"], "holder": DTYPES["text"]})


@contextmanager
def _folder(source: Path) -> Iterator[Path]:
    """The folder itself, or a temporary one with what the zip holds."""
    if source.is_dir():
        yield source
        return
    with TemporaryDirectory() as temporary:
        with opened_zip(source) as (archive, members):
            archive.extractall(temporary, members)
        yield Path(temporary)


def _snapshot(file: Path, date: pd.Timestamp, holder_column: str) -> gpd.GeoDataFrame:
    polygons = read_boundaries(file)
    if holder_column and holder_column not in polygons:
        raise BoundaryError(f"has no column {shown(holder_column)}: correct holder_column")
    holder = polygons[holder_column].fillna("").astype(str).str.strip() if holder_column else _INSIDE
    return gpd.GeoDataFrame(geometry=polygons.geometry).assign(date=date, holder=holder, file=file.name)


def _pattern(options: Options) -> re.Pattern[str]:
    text = options.text("date_pattern", _DATE_PATTERN)
    try:
        pattern = re.compile(text)
    except re.error as error:
        options.problem("date_pattern", f"is not a regular expression: {error}")
        return re.compile(_DATE_PATTERN)
    if pattern.groups != 3:
        options.problem("date_pattern", "must have three groups in brackets: year, month and day")
    return pattern


def _date(name: str, pattern: re.Pattern[str]) -> pd.Timestamp | None:
    match = pattern.search(name)
    date = pd.to_datetime("-".join(match.groups()), format="%Y-%m-%d", errors="coerce") if match else None
    return None if pd.isna(date) else pd.Timestamp(date)


def _as_places(cut: gpd.GeoDataFrame, frame: Frame) -> pd.DataFrame:
    """Table `places` in the order of the pieces, named by the town that is nearest to the point inside."""
    at = [
        f"{latitude:.5f}, {longitude:.5f}"
        for latitude, longitude in zip(cut["latitude"], cut["longitude"], strict=True)
    ]
    return conform(
        "places",
        pd.DataFrame(
            {
                "place_id": [f"piece-{point.replace(', ', '-')}" for point in at],
                "name": _names(cut),
                "name_local": None,
                "aliases": None,
                "latitude": cut["latitude"],
                "longitude": cut["longitude"],
                "feature_code": PIECE_OF_GROUND,
                "parent_place_id": frame.place_id,
                "country_code": frame.country_code,
                "area_km2": None,
                "place_precision": 1,
            }
        ),
    )


def _names(cut: gpd.GeoDataFrame) -> list[str]:
    """A name of its own for each piece: several beside the same town are numbered."""
    points = gpd.GeoSeries(gpd.points_from_xy(cut["longitude"], cut["latitude"]), crs=WGS84)
    degrees = zip(cut["latitude"], cut["longitude"], strict=True)
    names = pd.Series(
        [
            f"Ground {beside or f'at {latitude:.3f}, {longitude:.3f}'}"
            for beside, (latitude, longitude) in zip(beside_towns(points), degrees, strict=True)
        ],
        dtype=DTYPES["text"],
    )
    number = names.groupby(names).cumcount() + 1
    return [name if count == 1 else f"{name} ({count})" for name, count in zip(names, number, strict=True)]


def _states(
    cut: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame, inside: pd.DataFrame, beyond: pd.DataFrame, gaps: Gaps
) -> pd.DataFrame:
    """OBSERVED_COLUMNS: every piece on every day of a snapshot."""
    numbers = np.concatenate([*cut["polygon"], np.empty(0)]).astype(np.int64)
    within = polygons.iloc[numbers][["date", "holder", "file"]].assign(
        place_id=np.repeat(cut["place_id"].to_numpy(), cut["polygon"].map(len))
    )
    said = within.drop_duplicates(["place_id", "date", "holder"]).join(inside, on="holder").assign(basis="observed")
    day = ["place_id", "date"]
    disagrees = said.duplicated(day, keep=False)
    gaps.note(
        "days of a piece on which polygons of several holders overlap, left out",
        said.loc[disagrees, "file"],
        count=len(said[disagrees].drop_duplicates(day)),
    )
    files = polygons.drop_duplicates("date")[["date", "file"]]
    every = pd.DataFrame({"place_id": cut["place_id"]}).merge(files, how="cross")
    is_outside = ~pd.MultiIndex.from_frame(every[day]).isin(pd.MultiIndex.from_frame(within[day]))
    outside = every[is_outside].assign(basis="inferred", holder="").join(beyond, on="holder")
    states = pd.concat([said[~disagrees], outside], ignore_index=True)
    where = states["basis"].map({"observed": "inside a polygon", "inferred": "outside every polygon"})
    return states.assign(note=states["file"] + ": " + where + ".")
