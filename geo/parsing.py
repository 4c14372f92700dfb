"""Documents to mentions of places: what `python -m geo parse` writes, as tables.

One row is one mention. Columns, in this order:

document: the document_id that was given.
start, end: character offsets in the document's file, so that `text[start - offset:end - offset] == toponym`.
toponym: the name as it is written.
place_id: the place that it means, missing where nothing decides it: such a mention waits for review.
name, latitude, longitude, country_code, feature_code: of that place; degrees, WGS 84; ISO 3166-1 alpha-2; GeoNames.
score: 0 to 1, see `geo.text.toponyms`.
match: exact, alias, transliterated, or parent: the name is in no gazetteer, and the place is what contains it.
precision: of the place, 1 (exact) to 7, by the codes of UCDP (where_prec).
signals: what speaks for the place, a JSON object of contributions to the score; missing for one that waits.
"""

import json
from collections.abc import Collection

import geopandas as gpd
import pandas as pd

from geo.crs import WGS84
from geo.places.gazetteer import Gazetteer
from geo.schema import DTYPES
from geo.text.mention_rows import MentionRow, mention_rows
from geo.text.toponyms import reader

_KINDS = {
    "document": "text",
    "start": "integer",
    "end": "integer",
    "toponym": "text",
    "place_id": "text",
    "name": "text",
    "latitude": "number",
    "longitude": "number",
    "country_code": "text",
    "feature_code": "text",
    "score": "number",
    "match": "text",
    "precision": "number",
    "signals": "text",
}
MENTION_COLUMNS = list(MentionRow._fields)


def parse_documents(
    documents: pd.DataFrame, gazetteer: Gazetteer, focus: Collection[str] | None = None
) -> pd.DataFrame:
    """The places that documents name, one row a mention; columns and units are those of this module.

    documents: columns document_id and text, and if the texts do not begin where their files do, offset: the number
        of characters before them (as `geo.formats.documents.document_table` has it). Two documents may share an id.
    focus: ISO 3166-1 alpha-2 codes of the countries that the documents are about.
    Rows are in the order of the documents, then by start. The documents are not changed.
    """
    ids, texts = documents["document_id"].tolist(), documents["text"].tolist()
    offsets = documents["offset"].tolist() if "offset" in documents else [0] * len(texts)
    own = reader(gazetteer, frozenset(focus or ()))
    found = [
        row._replace(signals=None if row.signals is None else json.dumps(row.signals))  # type: ignore[arg-type]
        for one, text, offset in zip(ids, texts, offsets, strict=True)
        for row in mention_rows(one, text, own, offset)
    ]
    table = pd.DataFrame(found, columns=MENTION_COLUMNS)
    return table.astype({column: DTYPES[kind] for column, kind in _KINDS.items()})


def locate_documents(
    documents: pd.DataFrame, gazetteer: Gazetteer, focus: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """`parse_documents` with a point for each mention, EPSG:4326; a mention that waits for review has no geometry."""
    mentions = parse_documents(documents, gazetteer, focus)
    points = gpd.points_from_xy(mentions["longitude"], mentions["latitude"], crs=WGS84)
    geometry = gpd.GeoSeries(points, index=mentions.index).where(mentions["place_id"].notna(), None)
    return gpd.GeoDataFrame(mentions, geometry=geometry, crs=WGS84)
