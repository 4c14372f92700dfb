"""A dataset as rows of the ledger, and back: each row a key and a body.

The body is the row as a JSON object: column -> the cell as it stands in a CSV file; empty cells are left out, keys are
sorted, there are no spaces, and characters stand as they are. One row has one body, on every machine.

Two tables exist only here. `boundaries`: place_id and geometry, as hexadecimal WKB. `order`: the keys of a table whose
rows do not stand in the order in which they were first entered.
"""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.json
import shapely

from geo.crs import WGS84
from geo.dataset import INPUT_TABLES, Dataset
from geo.errors import StoreDamagedError
from geo.formats.cells import from_text, to_text
from geo.schema import COLUMNS, DTYPES, conform, empty_table

BOUNDARIES, ORDER = "boundaries", "order"
KEYS = {
    "dataset": "dataset_id",
    "places": "place_id",
    "actors": "actor_id",
    "baseline": "place_id",
    "events": "event_id",
    "claims": "claim_id",
    "documents": "document_id",
    "sources": "publisher",
    "rule_settings": "setting",
    "origins": "file",
    "reviews": "review_id",
    "remembered_names": "name_key",
    BOUNDARIES: "place_id",
}
"""The column that names a row, by table. Rows of `gaps` have none: they are counted within their file."""
DATASET_TABLES = ("dataset", *INPUT_TABLES, BOUNDARIES)
Bodies = dict[str, dict[str, str]]
"""Table -> key -> body, the keys in the order of the rows."""
Cells = Mapping[str, str]


_MANY, _BLOCK_BYTES = 5_000, 1 << 22
"""From so many bodies on, Arrow parses them, in blocks of so many bytes or more; a body must fit into one."""


class Row(NamedTuple):
    """A row as it is to be entered. cells: column -> text as in a CSV file; empty ones may be left out."""

    table: str
    cells: Cells

    @property
    def key(self) -> str:
        return self.cells[KEYS[self.table]]


def body_of(cells: Cells) -> str:
    """The one form of a row's cells."""
    filled = {column: cell for column, cell in cells.items() if cell != ""}
    return json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows_of(table: str, frame: pd.DataFrame) -> list[Row]:
    """The rows of a table of `geo.schema`, for `Ledger.append`."""
    return [Row(table, cells) for cells in _cells(table, frame)]


def dataset_bodies(dataset: Dataset) -> Bodies:
    """Everything that a dataset holds."""
    bodies = {table: _bodies(table, frame) for table, frame in dataset.tables().items()}
    if dataset.boundaries is not None:
        wkb = shapely.to_wkb(dataset.boundaries.geometry.to_numpy(), hex=True)
        pairs = zip(dataset.boundaries["place_id"], wkb, strict=True)
        bodies[BOUNDARIES] = {key: body_of({"place_id": key, "geometry": shape}) for key, shape in pairs}
    return bodies


def dataset_of(bodies: Mapping[str, Mapping[str, str]]) -> Dataset:
    """The dataset that was made into bodies. Raises StoreDamagedError for cells that no table can have."""
    tables = {table: frame_of(table, bodies.get(table, {}).values()) for table in ("dataset", *INPUT_TABLES)}
    shapes = [json.loads(body) for body in bodies.get(BOUNDARIES, {}).values()]
    boundaries = None
    if shapes:
        place_ids = pd.Series([shape["place_id"] for shape in shapes], dtype=DTYPES["text"])
        geometry = shapely.from_wkb([shape["geometry"] for shape in shapes])
        boundaries = gpd.GeoDataFrame({"place_id": place_ids}, geometry=geometry, crs=WGS84)
    return Dataset.from_tables(tables, boundaries)


def frame_of(table: str, bodies: Iterable[str]) -> pd.DataFrame:
    """A table of `geo.schema` from bodies."""
    written = list(bodies)
    if not written:
        return empty_table(table)
    frame, problems = from_text(table, _parsed(table, written), table)
    if problems:
        raise StoreDamagedError(f"The ledger holds what no table can hold: {problems[0]}. Run `python -m geo verify`.")
    return conform(table, frame)


def _parsed(table: str, bodies: list[str]) -> pd.DataFrame:
    """The cells of bodies, empty ones as empty text."""
    if len(bodies) < _MANY:
        rows = json.loads(f"[{','.join(bodies)}]")
        return pd.DataFrame(
            {column: [row.get(column, "") for row in rows] for column in COLUMNS[table]}, dtype=DTYPES["text"]
        )
    lines = "\n".join(bodies).encode()
    cells = pa.json.read_json(
        pa.BufferReader(lines),
        read_options=pa.json.ReadOptions(block_size=max(_BLOCK_BYTES, 4 * max(map(len, bodies)) + 1)),
        parse_options=pa.json.ParseOptions(
            explicit_schema=pa.schema([(column, pa.large_string()) for column in COLUMNS[table]]),
            unexpected_field_behavior="ignore",
        ),
    )
    return pd.DataFrame(
        {column: pd.array(cells[column].fill_null(""), dtype=DTYPES["text"]) for column in COLUMNS[table]}
    )


def ordered(bodies: dict[str, str], order: str | None) -> dict[str, str]:
    """The rows of a table in the order that a body of the table `order` names; what it does not name comes after."""
    if order is None:
        return bodies
    named = [key for key in json.loads(json.loads(order)["keys"]) if key in bodies]
    return {key: bodies[key] for key in dict.fromkeys([*named, *bodies])}


def order_body(table: str, keys: Iterable[str]) -> str:
    """The body that says in which order the rows of a table stand."""
    return body_of({"table": table, "keys": json.dumps(list(keys), ensure_ascii=False)})


def _cells(table: str, frame: pd.DataFrame) -> list[dict[str, str]]:
    rows = to_text(table, frame).itertuples(index=False, name=None)
    return [dict(zip(COLUMNS[table], row, strict=True)) for row in rows]


def _bodies(table: str, frame: pd.DataFrame) -> dict[str, str]:
    rows = _cells(table, frame)
    if table == "gaps":
        counted = frame.groupby("file").cumcount() + 1
        keys = [f"{file} #{number}" for file, number in zip(frame["file"], counted, strict=True)]
    else:
        keys = [row[KEYS[table]] for row in rows]
    return {key: body_of(row) for key, row in zip(keys, rows, strict=True)}
