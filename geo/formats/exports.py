"""Downloads: who held which place from when to when, with names, evidence and areas, for other programs."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.crs import WGS84
from geo.errors import ExportError
from geo.formats.cells import to_text
from geo.formats.geojson import geojson_text
from geo.formats.tables import csv_text
from geo.pipeline import Build
from geo.schema import COLUMNS, KINDS, conform

_LAYER = "control"
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
# GDAL writes the time into the file; a fixed one makes the same build the same bytes.
_FIXED_DATE = "2000-01-01T00:00:00.000Z"


def control_table(build: Build) -> gpd.GeoDataFrame:
    """Table `control`: the control intervals, in their order, with what a reader of the bare table needs.

    Those are names beside the ids, and rule, document_id, quote and note of the event or baseline row behind the
    interval. geometry, EPSG:4326, is the place's area, or its point if it has none.
    """
    intervals = build.intervals
    place_ids = intervals["place_id"]
    places, areas = build.places.set_index("place_id"), build.areas.set_index("place_id")
    actor_names = build.dataset.actors.set_index("actor_id")["name"]
    table = intervals.assign(
        name=place_ids.map(places["name"]),
        name_local=place_ids.map(places["name_local"]),
        actor_name=intervals["actor"].map(actor_names),
        contender_name=intervals["contender"].map(actor_names),
        area_basis=place_ids.map(areas["area_basis"]),
        **_evidence(build),
    )
    shapes = places.geometry.to_dict() | areas.geometry.to_dict()
    return gpd.GeoDataFrame(conform("control", table), geometry=list(place_ids.map(shapes)), crs=WGS84)


def to_csv(build: Build) -> bytes:
    """`control_table` without geometry as CSV, with a byte order mark: spreadsheets take it for UTF-8 then.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    return spreadsheet_csv("control", control_table(build))


def spreadsheet_csv(name: str, frame: pd.DataFrame) -> bytes:
    """Table `name` as CSV that a spreadsheet may open; every such export goes through here. Numbers stay numbers."""
    cells = to_text(name, frame)
    texts = [column for column, kind in KINDS[name].items() if kind == "text"]
    cells[texts] = cells[texts].map(_without_formula)
    return csv_text(COLUMNS[name], cells).encode("utf-8-sig")


def table_csv(table: pd.DataFrame) -> bytes:
    """Any table as CSV, with dates as YYYY-MM-DD, flags as true and false, and the same care for spreadsheets."""
    cells = table.copy()
    for column in table.columns:
        if pd.api.types.is_datetime64_any_dtype(table[column]):
            cells[column] = table[column].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_bool_dtype(table[column]):
            cells[column] = table[column].map({True: "true", False: "false"})
    text = cells.astype(object).where(cells.notna(), "").astype(str).map(_without_formula)
    return csv_text(list(table.columns), text).encode("utf-8-sig")


def to_geojson(build: Build) -> bytes:
    """`control_table` as GeoJSON, with the data version as a member of the collection."""
    return geojson_text(control_table(build), name=build.dataset.title, data_version=build.version).encode()


def to_geopackage(build: Build) -> bytes:
    """`control_table` as a GeoPackage with one layer, `control`."""
    file = BytesIO()
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    pyogrio.write_dataframe(control_table(build), file, layer=_LAYER, driver="GPKG", geometry_type="Unknown")
    return file.getvalue()


def save(data: bytes, path: Path) -> None:
    """An export as a file, whole or not at all. Raises ExportError when it cannot be written."""
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".export-") as temporary:
            file = Path(temporary) / path.name
            file.write_bytes(data)
            file.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror}): choose another place.") from error


def _without_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _evidence(build: Build) -> dict[str, pd.Series]:
    """Rule, document, quote and note behind each interval: of its event, else of its place's baseline row."""
    event_ids, place_ids = build.intervals["event_id"], build.intervals["place_id"]
    events = build.events.set_index("event_id")
    baseline = build.dataset.baseline.set_index("place_id")
    columns = {"rule": event_ids.map(events["rule"])}
    for column in ("document_id", "quote", "note"):
        of_baseline = place_ids.map(baseline[column]).where(event_ids.isna())
        columns[column] = event_ids.map(events[column]).fillna(of_baseline)
    return columns
